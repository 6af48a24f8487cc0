//! The ways into CI that the repository ships, and those that its pages show: they can be read, their shell parses,
//! they pin and quote, and what they name is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use docwright::parse::{markdown, tree};
use docwright::source::SourceId;
use regex::Regex;
use serde_json::Value;

use crate::commands::{made, run};

struct File {
    name: String,
    text: String,
    value: Value,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(name: String, text: String) -> File {
    let (tree, problems) = tree::parse("file.yaml", &text);
    assert!(problems.is_empty(), "{name}: {problems:?}");
    let value =
        tree.root(&text).and_then(|it| it.to_json(100_000)).unwrap_or_else(|| panic!("{name} is empty"));
    File { name, text, value }
}

/// The YAML files that are shipped.
fn shipped() -> Vec<File> {
    let mut paths = vec!["action.yml", ".pre-commit-hooks.yaml", "ci/gitlab/docwright.yml"];
    paths.extend([".github/workflows/ci.yml", ".github/workflows/release.yml"]);
    paths.into_iter().map(|it| yaml(it.to_owned(), text(it))).collect()
}

/// The pages about ways in, with their code blocks: info string and words.
fn pages() -> Vec<(String, Vec<(String, String)>)> {
    let paths = ["github", "gitlab", "pre-commit", "docker"].map(|it| format!("docs-src/guide/ci/{it}.md"));
    let hosts = ["index", "github-pages", "gitlab-pages", "netlify", "cloudflare-pages", "s3", "nginx"];
    let hosts = hosts.map(|it| format!("docs-src/guide/publishing/{it}.md"));
    let paths = paths.into_iter().chain(hosts).chain(["docs-src/guide/external-links.md".to_owned()]);
    let blocks = |path: &str| {
        let text = text(path);
        let page = markdown::parse(SourceId(0), path, &text, true);
        page.code_blocks.iter().map(|it| (it.info.clone(), page.code(it, &text))).collect()
    };
    paths.map(|path| (path.clone(), blocks(&path))).collect()
}

/// The YAML examples of the pages.
fn shown() -> Vec<File> {
    let blocks = pages().into_iter().flat_map(|(path, blocks)| {
        blocks.into_iter().map(move |(info, code)| (format!("{path}, {info}"), info, code))
    });
    blocks.filter(|(_, info, _)| info.starts_with("yaml")).map(|(name, _, code)| yaml(name, code)).collect()
}

/// Every value below a key of this name, wherever it stands.
fn below<'a>(value: &'a Value, key: &str, into: &mut Vec<&'a Value>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                if name == key {
                    into.push(inner);
                }
                below(inner, key, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| below(it, key, into)),
        _ => {}
    }
}

fn all<'a>(file: &'a File, key: &str) -> Vec<&'a Value> {
    let mut found = Vec::new();
    below(&file.value, key, &mut found);
    found
}

/// The shell scripts of a file.
fn scripts(file: &File) -> Vec<String> {
    let mut scripts = Vec::new();
    for key in ["run", "script", "before_script"] {
        for value in all(file, key) {
            match value {
                Value::String(script) => scripts.push(script.clone()),
                Value::Array(lines) => {
                    scripts.push(lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"));
                }
                _ => {}
            }
        }
    }
    scripts
}

#[test]
fn the_shell_of_every_file_and_example_parses_and_holds_no_expression() {
    let mut page = String::from("# Scripts\n");
    let mut count = 0;
    for file in shipped().iter().chain(&shown()) {
        for script in scripts(file) {
            assert!(!script.contains("${{"), "{}: an expression inside of a script", file.name);
            page.push_str(&format!("\n~~~bash\n{}\n~~~\n", script.trim_end()));
            count += 1;
        }
    }
    for (_, blocks) in pages() {
        for (_, code) in blocks.iter().filter(|(info, _)| info.starts_with("sh")) {
            page.push_str(&format!("\n~~~bash\n{}\n~~~\n", code.trim_end()));
            count += 1;
        }
    }
    assert!(count > 20, "{count} scripts");
    let dir = made(&[("docs/scripts.md", &page)]);
    let (code, out, err) = run(dir.path(), &["check", "--select", "code", "--fail-on", "info"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn actions_are_pinned_and_workflows_have_no_rights_by_default() {
    let pinned = Regex::new("^[A-Za-z0-9_./-]+@[0-9a-f]{40}$").expect("a pattern");
    for file in shipped().iter().chain(&shown()) {
        for uses in all(file, "uses").into_iter().filter_map(Value::as_str) {
            let own = uses.starts_with("OWNER/docwright@v");
            assert!(own || pinned.is_match(uses), "{}: `{uses}` is not pinned", file.name);
        }
        if file.value.get("jobs").is_some() {
            assert_eq!(file.value["permissions"], serde_json::json!({}), "{}", file.name);
            for job in file.value["jobs"].as_object().expect("jobs").values() {
                assert!(job.get("permissions").is_some(), "{}: a job without permissions", file.name);
            }
        }
        for step in all(file, "with") {
            let checkout = step.get("persist-credentials");
            assert!(checkout.is_none_or(|it| it == &Value::Bool(false)), "{}", file.name);
        }
    }
}

#[test]
fn inputs_and_variables_are_declared_used_and_told() {
    let action = shipped().swap_remove(0);
    let declared: BTreeSet<String> =
        action.value["inputs"].as_object().expect("inputs").keys().cloned().collect();
    let used: BTreeSet<String> = Regex::new(r"\binputs\.([a-z-]+)")
        .expect("a pattern")
        .captures_iter(&action.text)
        .map(|it| it[1].to_owned())
        .collect();
    assert_eq!(used, declared);
    let steps: BTreeSet<&str> = all(&action, "id").into_iter().filter_map(Value::as_str).collect();
    for step in
        Regex::new(r"\bsteps\.([a-z]+)\.outputs\.([a-z-]+)").expect("a pattern").captures_iter(&action.text)
    {
        let written = action.text.contains(&format!("echo \"{}=", &step[2])) || &step[2] == "cache-hit";
        assert!(steps.contains(&step[1]) && written, "{}", &step[0]);
    }
    let page = text("docs-src/guide/ci/github.md");
    for input in &declared {
        assert!(page.contains(&format!("| `{input}` |")), "the page does not tell of `{input}`");
    }
    for file in shown() {
        for job in all(&file, "steps") {
            let own = |it: &&Value| it["uses"].as_str().is_some_and(|it| it.starts_with("OWNER/docwright@"));
            for step in job.as_array().expect("steps").iter().filter(own) {
                for input in step["with"].as_object().into_iter().flatten().map(|it| it.0) {
                    assert!(declared.contains(input), "{}: there is no input `{input}`", file.name);
                }
            }
        }
    }
    let template = text("ci/gitlab/docwright.yml");
    let page = text("docs-src/guide/ci/gitlab.md");
    for variable in Regex::new("DOCWRIGHT_[A-Z]+").expect("a pattern").find_iter(&(page + &template)) {
        assert!(template.contains(&format!("\n  {}:", variable.as_str())), "{}", variable.as_str());
    }
    let hooks = text(".pre-commit-hooks.yaml");
    for id in Regex::new("- id: ([a-z-]+)")
        .expect("a pattern")
        .captures_iter(&text("docs-src/guide/ci/pre-commit.md"))
    {
        assert!(hooks.contains(&format!("- id: {}\n", &id[1])), "there is no hook `{}`", &id[1]);
    }
}

#[test]
fn flags_that_are_used_exist() {
    let mut commands: Vec<(String, String)> = Vec::new();
    let called =
        Regex::new(r"\bdocwright(?::ci)? (check|links|build|publish)\b([^|>\n]*)").expect("a pattern");
    let collected = Regex::new(r"arguments\+=\((--[^)]*)\)").expect("a pattern");
    let passed = Regex::new(r"(?m)^\s*(?:args|DOCWRIGHT_ARGS): (.*--.*)$").expect("a pattern");
    let mut texts: Vec<String> = shipped().into_iter().map(|it| it.text).collect();
    texts.extend(pages().into_iter().flat_map(|it| it.1).map(|it| it.1));
    texts.push(text("docs-src/guide/ci/github.md"));
    for text in &texts {
        commands.extend(called.captures_iter(text).map(|it| (it[1].to_owned(), it[2].to_owned())));
        for arguments in collected.captures_iter(text).chain(passed.captures_iter(text)) {
            commands.push(("check".to_owned(), arguments[1].to_owned()));
        }
    }
    assert!(commands.len() > 15, "{commands:?}");
    let help = |command: &str| run(&root(), &[command, "--help"]).1;
    let (check, links, build, publish) = (help("check"), help("links"), help("build"), help("publish"));
    let flag = Regex::new("--[a-z]+(-[a-z]+)*").expect("a pattern");
    let format = Regex::new(r#"--(?:format[ =]|output-file[ =]"?)([a-z]+)"#).expect("a pattern");
    for (command, arguments) in commands {
        let help = match command.as_str() {
            "check" => &check,
            "links" => &links,
            "publish" => &publish,
            _ => &build,
        };
        let known = |word: &str| {
            let whole = Regex::new(&format!(r"(?m)(^|[\s,\[]){word}($|[\s,\]:=<])")).expect("a pattern");
            // A build without the feature has no such command.
            help.is_empty() || whole.is_match(help)
        };
        for flag in flag.find_iter(&arguments) {
            assert!(known(flag.as_str()), "`docwright {command}` has no `{}`", flag.as_str());
        }
        for format in format.captures_iter(&arguments) {
            assert!(known(&format[1]), "`docwright {command}` has no format `{}`", &format[1]);
        }
    }
}

#[test]
fn every_system_that_is_released_can_be_installed() {
    let targets = |text: &str| -> BTreeSet<String> {
        let name = Regex::new(r"\b(x86_64|aarch64)-[a-z]+-[a-z]+(-[a-z]+)?\b").expect("a pattern");
        name.find_iter(text).map(|it| it.as_str().to_owned()).collect()
    };
    let released = targets(&text(".github/workflows/release.yml"));
    assert!(released.len() == 7 && targets(&text("action.yml")).is_subset(&released), "{released:?}");
    assert_eq!(targets(&text("deny.toml")), released);
    // What the release packs is what the installers ask for.
    let archive =
        Regex::new(r"docwright-\$(DOCWRIGHT_)?VERSION-\$(TARGET|target)\.tar\.gz").expect("a pattern");
    for path in [".github/workflows/release.yml", "action.yml", "ci/gitlab/docwright.yml"] {
        assert!(archive.is_match(&text(path)) && text(path).contains("SHA256SUMS"), "{path}");
    }
    let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text("ci/gitlab/docwright.yml").contains(&format!("DOCWRIGHT_VERSION: {version}")));
}

/// Runs a step of the action with a stand-in for a program.
#[cfg(unix)]
fn step(dir: &Path, name: &str, program: (&str, &str), env: &[(&str, &str)]) -> (i32, String) {
    use std::os::unix::fs::PermissionsExt;
    let action = shipped().swap_remove(0);
    let steps = action.value["runs"]["steps"].as_array().expect("steps").clone();
    let step = steps.iter().find(|it| it["name"] == name).expect("the step");
    let declared: BTreeSet<&str> = step["env"].as_object().expect("env").keys().map(String::as_str).collect();
    assert_eq!(env.iter().map(|it| it.0).collect::<BTreeSet<_>>(), declared);
    let bin = dir.join("bin");
    std::fs::create_dir_all(&bin).expect("a folder");
    let stand_in = bin.join(program.0);
    std::fs::write(&stand_in, format!("#!/bin/sh\n{}\n", program.1)).expect("a program");
    std::fs::set_permissions(&stand_in, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let done = std::process::Command::new("bash")
        .args([
            "--noprofile",
            "--norc",
            "-e",
            "-o",
            "pipefail",
            "-c",
            step["run"].as_str().expect("a script"),
        ])
        .envs(env.iter().copied())
        .envs([("PATH", path.as_str()), ("RUNNER_TEMP", &dir.to_string_lossy())])
        .envs([("GITHUB_OUTPUT", dir.join("output")), ("GITHUB_PATH", dir.join("path"))])
        .current_dir(dir)
        .output()
        .expect("bash runs");
    (done.status.code().unwrap_or(-1), String::from_utf8_lossy(&done.stdout).into_owned())
}

#[cfg(unix)]
#[test]
fn the_action_installs_only_what_has_the_published_checksum() {
    let dir = made(&[("docwright", "the binary")]);
    let root = dir.path();
    let shell = |script: &str| {
        let done = std::process::Command::new("sh").args(["-ec", script]).current_dir(root).status();
        assert!(done.expect("sh runs").success(), "{script}");
    };
    let archive = "docwright-1.2.3-x86_64-unknown-linux-musl.tar.gz";
    shell(&format!("mkdir release; tar -czf release/{archive} docwright"));
    shell(
        "cd release; if command -v sha256sum; then sha256sum *.gz; else shasum -a 256 *.gz; fi >SHA256SUMS",
    );
    // Takes the last part of the address from the folder of the release.
    let curl = "while [ $# -gt 1 ]; do if [ \"$1\" = -o ]; then out=$2; fi; shift; done; cp \"../release/${1##*/}\" \"$out\"";
    let folder = root.join("docwright-here");
    let folder = folder.to_string_lossy();
    let install = |checksum: &str| {
        let env = [
            ("VERSION", "1.2.3"),
            ("TARGET", "x86_64-unknown-linux-musl"),
            ("REPOSITORY", "acme/docwright"),
            ("FOLDER", &folder),
            ("CHECKSUM", checksum),
        ];
        let _ = std::fs::remove_dir_all(&*folder);
        let (code, out) = step(root, "Install the release", ("curl", curl), &env);
        (code, out, Path::new(&*folder).join("bin/docwright").exists())
    };
    assert_eq!(install(""), (0, String::new(), true));
    let (code, out, installed) = install(&"0".repeat(64));
    assert!(code == 2 && out.starts_with("::error::") && !installed, "{out}");
    std::fs::write(root.join("release/SHA256SUMS"), "0123 another.tar.gz\n").expect("a list");
    assert!(!install("").2);
}

#[cfg(unix)]
#[test]
fn the_action_passes_its_inputs_as_they_are() {
    let dir = made(&[("docs/a.md", "# A\n")]);
    let docwright = "printf '<%s>' \"$@\"; exit 1";
    let env = [
        ("ARGS", "--select link\n--ignore *"),
        ("FOLDER", "docs"),
        ("SINCE", "a b; touch x"),
        ("FAIL_ON", "warning"),
    ];
    let (code, out) = step(dir.path(), "Check", ("docwright", docwright), &env);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.ends_with("<--since><a b; touch x><--fail-on><warning><--select><link><--ignore><*>"),
        "{out}"
    );
    let output = std::fs::read_to_string(dir.path().join("output")).expect("the outputs");
    assert!(output.starts_with("exit-code=1\nsarif="), "{output}");
}
