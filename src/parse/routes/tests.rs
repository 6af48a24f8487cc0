//! Whole invented applications in `tests/fixtures/routes`: each folder with the routes that it serves in
//! `expected.tsv`, `METHOD<TAB>PATH<TAB>CONFIDENCE`, a third column `hidden` where the code hides it.
#![cfg(feature = "languages")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::resolve::join;
use super::*;
use crate::model::Entry;
use crate::source::Source;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/routes")
}

fn read(folder: &Path, below: &str, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = join(below, entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &path, found);
        } else {
            found.push(Source::new(path, std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

fn load(folder: &Path) -> (Sources, Files) {
    let mut found = Vec::new();
    read(folder, "", &mut found);
    let mut files = Files::default();
    for source in &found {
        files.insert(&source.path, Entry { is_dir: false, executable: false });
    }
    (Sources::new(found), files)
}

#[test]
fn applications_serve_what_is_expected() {
    let mut failures = String::new();
    let mut count = 0;
    for entry in std::fs::read_dir(fixtures()).unwrap().map(Result::unwrap) {
        let (sources, files) = load(&entry.path());
        let Some(expected) = sources.id("expected.tsv") else { continue };
        let expected: BTreeSet<String> =
            sources.get(expected).text.lines().filter(|it| !it.starts_with('#')).map(str::to_owned).collect();
        let found: BTreeSet<String> = extract(&sources, &files, &Settings::default())
            .routes
            .iter()
            .map(|it| {
                let hidden = if it.hidden { "\thidden" } else { "" };
                format!("{}\t{}\t{}{hidden}", it.method, it.path, it.confidence.as_str())
            })
            .collect();
        count += 1;
        if found != expected {
            let right = found.intersection(&expected).count() as f64;
            let (precision, recall) = (right / found.len() as f64, right / expected.len() as f64);
            let name = entry.file_name();
            failures += &format!("\n{name:?}: precision {precision:.3}, recall {recall:.3}\n");
            failures.extend(expected.difference(&found).map(|it| format!("  missing {it}\n")));
            failures.extend(found.difference(&expected).map(|it| format!("  extra   {it}\n")));
        }
    }
    assert!(count >= 11, "fixtures are there");
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn words_of_another_framework_show_no_use() {
    let app = "using Microsoft.AspNetCore.Mvc;\nvar app = WebApplication.CreateBuilder(args).Build();\napp.MapGet(\"/a\", () => 1);\napp.Run();\n";
    let sources = Sources::new(vec![Source::new("Program.cs", app)]);
    let found = extract(&sources, &Files::default(), &Settings::default());
    let names: Vec<(&str, usize)> = found.frameworks.iter().map(|it| (&*it.name, it.routes)).collect();
    assert_eq!(names, [("ASP.NET Core endpoints", 1)]);
}

#[test]
fn any_prefix_of_any_file_is_lowered() {
    for entry in std::fs::read_dir(fixtures()).unwrap().map(Result::unwrap) {
        let (sources, files) = load(&entry.path());
        for (_, source) in sources.iter() {
            let cuts = (0..source.text.len()).filter(|at| at % 41 == 0 && source.text.is_char_boundary(*at));
            for cut in cuts {
                let _ = lower::lower(&source.path, &source.text[..cut], None);
            }
        }
        // All files of an application cut at the same share of their length.
        for share in 1..8 {
            let cut = sources.iter().map(|(_, it)| {
                let mut end = it.text.len() * share / 8;
                while !it.text.is_char_boundary(end) {
                    end -= 1;
                }
                Source::new(it.path.clone(), &it.text[..end])
            });
            let cut = Sources::new(cut.collect());
            for route in extract(&cut, &files, &Settings { query: true, ..Settings::default() }).routes {
                assert!(cut.get(route.span.source).text.get(route.span.range()).is_some());
            }
        }
    }
}

#[test]
fn deep_nesting_harms_nothing() {
    let many = |text: &str| text.repeat(3_000);
    let texts = [
        format!("from fastapi import FastAPI\napp = FastAPI()\nx = {}1", many("(")),
        format!("from fastapi import FastAPI\napp = FastAPI()\nx = {}", many("f(")),
        format!("from fastapi import FastAPI\nx = ''{}", many(" + 'a'")),
        format!("from fastapi import FastAPI\nx = y{}", many(".z()")),
        format!("from fastapi import FastAPI\nx = {}1", many("not ")),
        "from fastapi import FastAPI\n".to_owned()
            + &(0..400).map(|i| format!("{}if x:\n", " ".repeat(i))).collect::<String>(),
        "from fastapi import FastAPI\ndef f(): return g(FastAPI())\ndef g(x): return f()\nf()\n".to_owned(),
        "from fastapi import FastAPI\nfrom app import *\nfrom . import app\nimport app\n".to_owned(),
        format!("import express from 'express';\nconst x = {}1{};", many("["), many("]")),
        format!("import express from 'express';\nexpress(){};", many(".get('/x', f)")),
        format!("import express from 'express';\nconst f = {} 1;", many("() =>")),
        format!("import express from 'express';\n{}", many("if (a) {")),
        format!("import express from 'express';\nconst {}", many("{a: ")),
        "import express from 'express'; class A { a() { new B(); express } }\nclass B { b() { new A(); } }\nexport function start() { new A(); start(); }".to_owned(),
        format!("package main\nimport \"github.com/gin-gonic/gin\"\nvar x = {}1", many("(")),
        format!("package main\nimport \"github.com/gin-gonic/gin\"\nvar x = []T{}", many("{a: ")),
        format!("package main\nimport \"github.com/gin-gonic/gin\"\nfunc main() {{ gin.New(){} }}", many(".GET(\"/x\", f)")),
        format!("package main\nimport \"github.com/gin-gonic/gin\"\nfunc main() {{ gin.New(); {}", many("if a == b {")),
        "package main\nimport \"github.com/gin-gonic/gin\"\ntype A struct { B }\ntype B struct { A }\ntype C C\nvar x, y = y, x\nfunc main() { gin.New(); var c C; A{}.f(c, x); main() }\n".to_owned(),
        format!("import express from 'express';\nexpress().get('/x', (req) => {{ {}; {} }})", "f".to_owned() + &many("(req)(req.query"), many("let a = a.query || (a = req);")),
        "export * from './app'; export { default } from './app'; import express from 'express'".to_owned(),
    ];
    for (i, text) in texts.iter().enumerate() {
        let path = match text {
            it if it.contains("fastapi") => "app.py",
            it if it.starts_with("package") => "main.go",
            _ => "app.ts",
        };
        let sources = Sources::new(vec![Source::new(path, text.as_str())]);
        let settings = Settings { query: true, ..Settings::default() };
        let found = extract(&sources, &Files::default(), &settings);
        assert!(found.routes.len() < 3_001, "{i}");
    }
}

#[test]
fn long_chains_are_followed() {
    let chain = |link: fn(usize) -> String| (0..400).map(link).collect::<String>();
    let rust = chain(|i| format!("\n.route(\"/k{i}\", get(h))"));
    let javascript = chain(|i| format!("\n.get('/k{i}', h)"));
    let applications = [
        (
            "src/main.rs",
            format!(
                "use axum::{{Router, routing::get}};\nfn main() {{ let app = Router::new(){rust};\n axum::serve(l, app); }}\n"
            ),
        ),
        ("app.js", format!("const app = require('express')();\napp{javascript};\napp.listen(1);\n")),
    ];
    for (path, text) in applications {
        let sources = Sources::new(vec![Source::new(path, text)]);
        assert_eq!(extract(&sources, &Files::default(), &Settings::default()).routes.len(), 400, "{path}");
    }
}

#[test]
fn what_doubles_harms_nothing() {
    let many = |line: &str| line.repeat(60);
    let constants: String =
        (0..60).map(|i| format!("static final String A{} = A{i} + A{i} + A{i};\n", i + 1)).collect();
    let filters: String = (0..30).map(|i| format!("let a{} = a{i}.or(a{i}).and(a{i});\n", i + 1)).collect();
    let list = |name: &str| (0..400).map(|i| format!("\"/{name}{i}\",")).collect::<String>();
    let applications = [
        (
            "app.py",
            format!(
                "from fastapi import FastAPI\napp = FastAPI()\np = '/kilns'\n{}@app.get(p)\ndef a(): ...\n",
                many("p = p + p\n")
            ),
        ),
        (
            "app.py",
            format!(
                "from fastapi import FastAPI\napp = FastAPI()\np = '/k'\n{}@app.get(p)\ndef a(): ...\n",
                many("p = p.replace('k', 'kkkk')\n")
            ),
        ),
        (
            "app.py",
            format!(
                "from fastapi import FastAPI\napp = FastAPI()\nl = ['/k']\n{}for x in l:\n    app.get(x)(f)\n",
                many("l = l + l\nl.extend(l)\n")
            ),
        ),
        (
            "app.js",
            format!(
                "const app = require('express')();\nlet p = '/kilns';\n{}app.get(p, f);\napp.listen(1);\n",
                many("p = `${p}${p}`;\n")
            ),
        ),
        (
            "main.go",
            format!(
                "package main\nimport \"github.com/gin-gonic/gin\"\nfunc main() {{ r := gin.New(); p := \"/kilns\"\n{}r.GET(p, f); r.Run() }}\n",
                many("p = p + p\n")
            ),
        ),
        (
            "A.java",
            format!(
                "import org.springframework.web.bind.annotation.*;\n@RestController class A {{ static final String A0 = \"/k\";\n{constants}@GetMapping(A60) void a() {{}} }}\n"
            ),
        ),
        (
            "A.java",
            format!(
                "import org.springframework.web.bind.annotation.*;\n@RestController @RequestMapping({{{}}}) class A {{ @GetMapping({{{}}}) void a() {{}} }}\n",
                list("a"),
                list("b")
            ),
        ),
        (
            "src/main.rs",
            format!(
                "use warp::Filter;\nfn main() {{ let a0 = warp::path(\"a\").or(warp::path(\"b\"));\n{filters}warp::serve(a30).run(x); }}\n"
            ),
        ),
    ];
    for (path, text) in applications {
        let sources = Sources::new(vec![Source::new(path, text)]);
        let found = extract(&sources, &Files::default(), &Settings::default());
        assert!(found.routes.len() <= MAX_ROUTES + 1_000, "{path}: {}", found.routes.len());
        let long = found.routes.iter().find(|it| it.path.len() > 20_000);
        assert_eq!(long.map(|it| it.path.len()), None, "{path}");
    }
}

#[test]
fn settings_narrow_the_sources_and_name_lists() {
    let app = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/a')\ndef a(): ...\n";
    let sources = [("one/main.py", app), ("two/main.py", app), ("routes.txt", "PUT /b")]
        .map(|(path, text)| Source::new(path, text));
    let sources = Sources::new(sources.into());
    let settings = Settings {
        sources: vec!["one/**".to_owned()],
        frameworks: Vec::new(),
        query: false,
        steps: None,
        imports: vec![Import { format: Format::List, path: "routes.txt".to_owned() }],
    };
    let found = extract(&sources, &Files::default(), &settings);
    let routes: Vec<_> =
        found.routes.iter().map(|it| format!("{} {}", it.path, sources.path(it.span.source))).collect();
    assert_eq!(routes, ["/a one/main.py", "/b routes.txt"]);
    assert_eq!(sources.text(found.routes[0].span), "'/a'");
}

#[test]
fn a_project_teaches_its_own_words() {
    let code = "import { kiln } from '@ours/kiln';\nconst app = kiln.create();\napp.read('/kilns/:id', handler);\n\
                const inner = kiln.part('/glazes');\ninner.read('/today', handler);\napp.hang('/v1', inner);\n";
    let express = "const { app } = require('./ours');\nconst express = require('express');\nconst a = express();\n\
                   a.fetch('/loud', (req, res) => res.end());\na.listen(1);\n";
    let sources = Sources::new(vec![Source::new("src/a.ts", code), Source::new("src/b.js", express)]);
    let own = r#"
        [[framework]]
        name = "Kiln"
        language = "javascript"
        parameters = "colon"
        detect = { import = ["@ours/kiln"], markers = ["@ours/kiln"] }
        construct = [
            { names = ["@ours/kiln.kiln.create"], makes = "app" },
            { names = ["@ours/kiln.kiln.part"], makes = "router", path = [0] },
        ]
        verbs = { read = "GET" }
        mount = [{ names = ["hang"], path = [0], child = [1] }]
        [[framework]]
        name = "Express"
        verbs = { fetch = "GET" }
    "#;
    let own: toml::Table = toml::from_str(own).unwrap();
    let frameworks: Vec<toml::Table> = own["framework"].clone().try_into().unwrap();
    assert_eq!(check_tables(&frameworks), Ok(()));
    let settings = Settings { frameworks, ..Settings::default() };
    let found = extract(&sources, &Files::default(), &settings);
    let routes: Vec<_> = found.routes.iter().map(|it| format!("{} {}", it.method, it.path)).collect();
    assert_eq!(routes, ["GET /kilns/{id}", "GET /loud", "GET /v1/glazes/today"]);
    let wrong: toml::Table = toml::from_str("name = \"Kiln\"\nlanguage = \"javascript\"\nverb = 1").unwrap();
    assert!(check_tables(&[wrong]).is_err_and(|it| it.contains("`Kiln`") && it.contains("verb")));
}

#[test]
fn a_framework_without_routes_is_seen() {
    let sources = Sources::new(vec![Source::new("main.py", "from fastapi import FastAPI\nbuild(FastAPI)\n")]);
    let found = extract(&sources, &Files::default(), &Settings::default());
    assert_eq!(found.frameworks.len(), 1);
    assert_eq!((found.frameworks[0].routes, found.frameworks[0].evidence.as_str()), (0, "main.py"));
}

#[test]
fn a_site_of_pages_alone_is_not_blind() {
    let frameworks = |files: &[(&str, &str)]| {
        let manifest = [("package.json", "{\"dependencies\": {\"next\": \"^15.0.0\"}}")];
        let sources = manifest.iter().chain(files).map(|(path, text)| Source::new(*path, *text));
        let found = extract(&Sources::new(sources.collect()), &Files::default(), &Settings::default());
        found.frameworks.into_iter().map(|it| (it.name, it.routes)).collect::<Vec<_>>()
    };
    assert_eq!(frameworks(&[("app/page.tsx", "export default () => null;")]), []);
    let unclear = [("app/api/kilns/route.ts", "module.exports = makeAll();")];
    assert_eq!(frameworks(&unclear), [("Next.js".to_owned(), 0)]);
}

#[test]
fn a_program_beyond_the_bound_is_told() {
    let app = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/a')\ndef a(): ...\n";
    let sources = Sources::new(vec![Source::new("main.py", app)]);
    let reach = |steps| {
        let settings = Settings { steps, ..Settings::default() };
        let found = extract(&sources, &Files::default(), &settings);
        found.frameworks[0].reach
    };
    assert_eq!(reach(None), Reach::Whole);
    assert_eq!(reach(Some(2)), Reach::Partly);
}

#[test]
fn a_framework_below_another_need_not_serve() {
    let startup = "using Microsoft.AspNetCore.Builder;\npublic class Startup {\n    public void Configure(IApplicationBuilder app) { app.UseEndpoints(it => it.MapControllers()); }\n}\n";
    let controller = "using Microsoft.AspNetCore.Mvc;\n[Route(\"glazes\")]\npublic class GlazesController : ControllerBase {\n    [HttpGet]\n    public string List() => \"\";\n}\n";
    let files = vec![Source::new("Startup.cs", startup), Source::new("GlazesController.cs", controller)];
    let found = extract(&Sources::new(files), &Files::default(), &Settings::default());
    let names: Vec<_> = found.frameworks.iter().map(|it| (it.name.as_str(), it.routes)).collect();
    assert_eq!(names, [("ASP.NET Core", 1)]);
}
