//! Books of mdBook, built from the outside: pages put together, values filled in, addresses that moved.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::browser::browser;
use crate::commands::{made, run};
use crate::site_links::check;

/// A book with everything that mdBook has and docwright takes over.
fn book() -> tempfile::TempDir {
    made(&[
        (
            "book.toml",
            "[book]\ntitle = \"Harbour\"\nsrc = \"src\"\n[build]\ncreate-missing = false\n\
             [output.html]\nsite-url = \"/harbour/\"\nno-section-label = true\nadditional-css = [\"theme/own.css\"]\n\
             additional-js = [\"theme/own.js\"]\ncname = \"harbour.example\"\n\
             edit-url-template = \"https://forge.example/edit/main/{path}\"\n\
             [output.html.playpen]\neditable = true\n[output.html.fold]\nenable = true\n[output.html.code.hidelines]\npython = \"~\"\n\
             [output.html.redirect]\n\"/old.html\" = \"guide/tides.html\"\n\"/old.html#neap\" = \"guide/tides.html#neap-tides\"\n\
             \"/guide/tides.html#gone\" = \"../quays.html\"\n\"./a/b.html\" = \"/harbour/quays.html\"\n\"other.html\" = \"https://tides.example/\"\n\
             [output.linkcheck]\nfollow-web-links = true\n[preprocessor.links]\n\
             [variables]\nmaster = \"Ann Low\"\n[variables.fee]\nday = 12\n",
        ),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Harbour](README.md)\n\n# Guide\n\n- [Tides](guide/tides.md)\n  - [Later]()\n- [Quays](quays.md)\n\n---\n\n[Missing page](missing.md)\n",
        ),
        (
            "src/README.md",
            "# Harbour\n\nAsk {{ master }}; a day costs {{fee.day}} of {{ docwright.pages }} coins, not `{{ master }}`.\n",
        ),
        (
            "src/guide/tides.md",
            "# Tides\n\n{{#include ../parts/neap.md}}\n\n```rust\n{{#rustdoc_include ../../code/tide.rs:low}}\n```\n\n\
             ```python\n~import tide\nlow()\n```\n\n[up](#neap-tides) [half](#½-ebb)\n\n## ½ ebb\n\nWait.\n",
        ),
        (
            "src/parts/neap.md",
            "## Neap tides\n\nSee [the quays](../quays.md) of [these](tides.md), and \\{{#include it}}: {{ docwright.routes.documented }} routes.\n",
        ),
        ("src/quays.md", "# Quays\n\n[neap](guide/tides.md#neap-tides)\n"),
        ("src/missing.md", "# Wrong address\n\nNothing is here.\n"),
        ("src/404.md", "# Lost\n\nBack to the [harbour](README.md).\n"),
        ("code/tide.rs", "fn main() {\n    // ANCHOR: low\n    low();\n    // ANCHOR_END: low\n}\n"),
        ("theme/own.css", "h1 { color: teal }\n"),
        ("theme/own.js", "document.documentElement.dataset.own = 1;\n"),
    ])
}

fn read(site: &Path, path: &str) -> String {
    std::fs::read_to_string(site.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_book_of_mdbook_builds_unchanged() {
    let dir = book();
    let (code, out, err) =
        run(dir.path(), &["check", "--format", "concise", "--ignore", "page/missing-from-summary"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let (code, _, err) = run(dir.path(), &["build"]);
    assert_eq!(code, 0, "{err}");
    let site = dir.path().join("book");
    // A part is a part, no page.
    assert!(!site.join("parts/neap.html").exists());
    let tides = read(&site, "guide/tides.html");
    for part in [
        "<h2 id=\"neap-tides\">",
        "<a href=\"../quays.html\">the quays</a> of <a href=\"#\">these</a>",
        "{{#include it}}: 0 routes",
        "<span class=\"ln boring\">",
        "<a href=\"#neap-tides\">up</a>",
        "<a href=\"#%C2%BD-ebb\">half</a>",
        "<span id=\"½-ebb\">",
        "<li id=\"gone\">This part is now in <a href=\"../quays.html\">Quays</a>.</li>",
        "href=\"../_files/theme/own.css\"",
        "src=\"../_files/theme/own.js\" defer",
        "href=\"https://forge.example/edit/main/src/guide/tides.md\"",
    ] {
        assert!(tides.contains(part), "{part} is not in\n{tides}");
    }
    assert!(!tides.contains("ANCHOR") && !tides.contains("~import"));
    let home = read(&site, "index.html");
    assert!(
        home.contains("Ask Ann Low; a day costs 12 of 7 coins, not <code>{{ master }}</code>."),
        "{home}"
    );
    assert!(read(&site, "guide/tides.md").contains("## Neap tides"));
    let lost = read(&site, "404.html");
    assert!(lost.contains("href=\"/harbour/index.html\">harbour</a>"), "{lost}");
    assert_eq!(read(&site, "CNAME"), "harbour.example\n");
    assert_eq!(
        read(&site, "_redirects"),
        "/harbour/a/b.html /harbour/quays.html 301\n/harbour/old.html /harbour/guide/tides.html 301\n\
         /harbour/other.html https://tides.example/ 301\n"
    );
    let old = read(&site, "old.html");
    for part in [
        "<meta http-equiv=\"refresh\" content=\"0; url=guide/tides.html\">",
        "<link rel=\"canonical\" href=\"guide/tides.html\">",
        "<a id=\"dw-whole\" href=\"guide/tides.html\">Tides</a>",
        "<li id=\"neap\"><a href=\"guide/tides.html#neap-tides\">Tides</a></li>",
    ] {
        assert!(old.contains(part), "{part} is not in\n{old}");
    }
    assert!(read(&site, "a/b.html").contains("url=../quays.html\""));
    // A page for wrong addresses is served at any of them, so its links begin at the server's root.
    std::fs::remove_file(site.join("404.html")).expect("it is there");
    check(&site, false);
}

#[test]
fn what_has_no_effect_is_said() {
    let dir = book();
    let (code, out, _) = run(dir.path(), &["config"]);
    assert_eq!(code, 0);
    let without: BTreeSet<&str> = out
        .lines()
        .filter(|it| it.contains("without effect: "))
        .filter_map(|it| it.split(' ').next())
        .collect();
    let expected = [
        "build.create-missing",
        "output.html.fold.enable",
        "output.html.playpen.editable",
        "output.linkcheck",
        "preprocessor.links",
    ];
    assert_eq!(without.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn keys_that_mdbook_does_not_know_are_refused() {
    for (table, help) in [
        ("[output.html]\nno-section-labels = true\n", "no-section-label"),
        ("[output.html.fold]\nenabled = true\n", "enable"),
        ("[output.html.playground]\nrunable = true\n", "runnable"),
        ("[variables]\nx = [1]\n", "a string"),
        ("[variables.docwright]\nx = 1\n", "another name"),
    ] {
        let dir = made(&[
            ("book.toml", table),
            ("src/SUMMARY.md", "- [A](a.md)\n"),
            ("src/a.md", "# A\n\nText.\n"),
        ]);
        let (code, _, err) = run(dir.path(), &["check"]);
        assert_eq!(code, 2, "{table}");
        assert!(err.contains(help), "{table}: {err}");
    }
}

#[test]
fn findings_stand_in_the_file_that_holds_the_words() {
    let dir = made(&[
        ("src/SUMMARY.md", "- [A](a.md)\n"),
        ("src/a.md", "# A\n\n{{#include parts/b.md}}\n\n{{#include no.txt}}\n"),
        (
            "src/parts/b.md",
            "Some words.\n\n[gone](gone.md) {{#include ../../c.rs:none}} {{ docwright.pagse }}\n",
        ),
        ("c.rs", "{{#include d.rs}}\n"),
    ]);
    let (code, out, _) = run(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(code, 1);
    let found: Vec<&str> = out.lines().filter_map(|it| it.split(" `").next()).collect();
    assert_eq!(
        found,
        [
            "c.rs:1:12: error[include/missing-file]",
            "src/a.md:5:12: error[include/missing-file]",
            "src/parts/b.md:3:8: error[link/missing-file]",
            "src/parts/b.md:3:39: error[include/missing-anchor]",
            "src/parts/b.md:3:46: error[variable/unknown]",
        ]
    );
}

#[test]
fn an_include_leads_nowhere_but_into_the_project() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(outside.path().join("secret.txt"), "sesame").expect("a file");
    let secret = outside.path().join("secret.txt");
    let page = format!(
        "# A\n\n{{{{#include {}}}}}\n\n{{{{#include link.txt}}}}\n\n{{{{#include ../.git/config}}}}\n",
        secret.display()
    );
    let dir = made(&[("docs/a.md", &page), (".git/config", "[core]\n\tsesame = true\n")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, dir.path().join("docs/link.txt")).expect("a link");
    let (code, ..) = run(dir.path(), &["build"]);
    assert_eq!(code, 0);
    assert!(!read(&dir.path().join("book"), "a.html").contains("sesame"));
    let (_, out, _) = run(dir.path(), &["check", "--select", "include", "--format", "concise"]);
    assert_eq!(out.lines().count(), 3, "{out}");
}

#[test]
fn old_addresses_lead_on_in_a_browser() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let dir = book();
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    let site = dir.path().join("book");
    let title = |address: &str| {
        let done = Command::new(&browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"])
            .args(["--virtual-time-budget=5000"])
            .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
            .arg(format!("file://{}/{address}", site.display()))
            .output()
            .expect("the browser runs");
        let log = String::from_utf8_lossy(&done.stderr);
        let console: Vec<_> = log.lines().filter(|it| it.contains(":CONSOLE")).collect();
        assert!(console.is_empty(), "{address}: {console:?}");
        let dom = String::from_utf8_lossy(&done.stdout).into_owned();
        dom.split("<title>").nth(1).and_then(|it| it.split('<').next()).unwrap_or_default().to_owned()
    };
    assert_eq!(title("old.html"), "Tides · Harbour");
    assert_eq!(title("old.html#neap"), "Tides · Harbour");
    assert_eq!(title("guide/tides.html#gone"), "Quays · Harbour");
    assert_eq!(title("guide/tides.html#neap-tides"), "Tides · Harbour");
}

#[test]
fn chapters_have_the_numbers_of_the_summary() {
    let files = |config| {
        made(&[
            ("book.toml", config),
            (
                "docs/SUMMARY.md",
                "# Summary\n\n[Start](index.md)\n\n- [Quays](quays.md)\n  - [North](north.md)\n  - Later\n\n# More\n\n- [Lamps](lamps.md)\n- [Again](quays.md)\n",
            ),
            ("docs/index.md", "# Start\n\nWords.\n"),
            ("docs/quays.md", "# Quays\n\nThere are \"four\" -- or five.\n"),
            ("docs/north.md", "# North\n\nWords.\n"),
            ("docs/lamps.md", "# Lamps\n\nIt's lit with `lamps --on`.\n"),
        ])
    };
    let dir = files("[book]\nsrc = \"docs\"\n");
    let (code, out, _) = run(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("SUMMARY.md:7:5: warning[book/unlinked-entry] `Later` links no page"), "{out}");
    assert!(out.contains("SUMMARY.md:12:3: warning[book/repeated-page]"), "{out}");
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    let site = dir.path().join("book");
    let north = read(&site, "north.html");
    for part in [
        "<h1 id=\"north\"><span class=\"number\">1.1.</span> North",
        "aria-current=\"page\"><span class=\"number\">1.1.</span> North</a>",
        "<span><span class=\"number\">1.2.</span> Later</span>",
        "<span class=\"number\">2.</span> Lamps</a>",
        ">Start</a>",
    ] {
        assert!(north.contains(part), "{part}: {north}");
    }
    // As mdBook sets words, in a book of mdBook.
    assert!(read(&site, "quays.html").contains("There are “four” – or five."));
    assert!(read(&site, "lamps.html").contains("It’s lit with <code>lamps --on</code>."));
    let plain = "[book]\nsrc = \"docs\"\n[output.html]\nno-section-label = true\nsmart-punctuation = false\n";
    let dir = files(plain);
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    assert!(!read(&dir.path().join("book"), "north.html").contains("\"number\""));
    assert!(read(&dir.path().join("book"), "quays.html").contains("&quot;four&quot; -- or"));
}

#[test]
fn variables_of_the_environment_take_the_place_of_what_the_file_says() {
    let dir = made(&[
        ("book.toml", "[book]\ntitle = \"Harbour\"\nsrc = \"docs\"\n"),
        ("docs/index.md", "# Start\n\nWords.\n"),
    ]);
    let with = |variables: &[(&str, &str)], arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_docwright"))
            .args(arguments)
            .current_dir(dir.path())
            .envs(variables.iter().copied())
            .output()
            .expect("docwright runs");
        let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
        (done.status.code(), text(&done.stdout), text(&done.stderr))
    };
    let set = [
        ("MDBOOK_BOOK__TITLE", "Quays"),
        ("MDBOOK_OUTPUT__HTML__SEARCH__ENABLE", "false"),
        ("MDBOOK_BUILD__BUILD_DIR", "out"),
        ("MDBOOK_VERSION", "0.5.4"),
        ("MDBOOK_SHELL", "x"),
    ];
    let (code, out, err) = with(&set, &["config"]);
    assert_eq!(code, Some(0), "{err}");
    let line = |key: &str| out.lines().find(|it| it.starts_with(key)).unwrap_or_default().to_owned();
    assert!(line("book.title").ends_with("\"Quays\"  (MDBOOK_BOOK__TITLE)"), "{out}");
    assert!(
        line("output.html.search.enable").ends_with("false  (MDBOOK_OUTPUT__HTML__SEARCH__ENABLE)"),
        "{out}"
    );
    assert!(line("book.src").ends_with("(book.toml:3)"), "{out}");
    assert_eq!(with(&set, &["build"]).0, Some(0));
    assert!(
        read(&dir.path().join("out"), "index.html").contains("property=\"og:site_name\" content=\"Quays\"")
    );
    assert!(!read(&dir.path().join("out"), "index.html").contains("class=\"find\""));
    let (code, _, err) = with(&[("MDBOOK_BOOK__TITEL", "x")], &["check"]);
    assert!(
        code == Some(2) && err.contains("unknown key `book.titel`") && err.contains("MDBOOK_BOOK__TITEL"),
        "{err}"
    );
    let (code, out, _) = with(&[("MDBOOK_BOOK", "{\"title\":\"All\",\"src\":\"docs\"}")], &["config"]);
    assert!(code == Some(0) && !out.contains("Harbour"), "{out}");
}
