//! A book in several languages, built: a tree for each, ways between them, and what is said of a page that is not
//! translated.

use std::collections::BTreeSet;
use std::path::Path;

use crate::browser::browser;
use crate::commands::{made, run};
use crate::devtools::Tab;
use crate::golden::tree;

const CONFIG: &str = "[book]\ntitle = \"Ferry desk\"\nsrc = \"docs\"\n[site]\nurl = \"https://ferry.example/docs/\"\n\
                      [site.languages.de]\ntitle = \"Fährbüro\"\n[site.languages.nl]\nfolder = \"dutch\"\n\
                      [site.languages.nl.texts]\nsearch = \"Zoeken\"\n";
const PLAN: &str =
    "\n## Recovery\n\n| Service | RTO | RPO |\n|---|---|---|\n| booking | 4 hours | 15 minutes |\n";

pub(crate) fn book() -> tempfile::TempDir {
    let plan = |title: &str| format!("# {title}\n{PLAN}");
    let dir = made(&[
        ("book.toml", CONFIG),
        ("docs/index.md", "# Ferry desk\n\n[Plan](plan.md), [map](map.md), [deutsch](de/plan.md#recovery)\n"),
        ("docs/plan.md", &plan("Recovery plan")),
        ("docs/map.md", "---\ntags: chart\n---\n# Harbour map\n\nQuays.\n"),
        ("docs/de/index.md", "# Fährbüro\n\n[Plan](plan.md), [englisch](../map.md)\n"),
        ("docs/de/plan.md", &plan("Wiederherstellungsplan")),
        ("docs/de/winter.md", "---\ntags: Eis\n---\n# Winterfahrplan\n\nEis.\n"),
        ("docs/dutch/index.md", "# Veerkantoor\n"),
    ]);
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    dir
}

fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join("book").join(path)).unwrap_or_else(|it| panic!("{path}: {it}"))
}

/// The text between two others.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
    rest.split_once(end).expect("an end").0
}

#[test]
fn every_language_is_a_tree_of_its_own() {
    let dir = book();
    let (english, german) = (read(dir.path(), "plan.html"), read(dir.path(), "de/plan.html"));
    assert!(english.contains("<html lang=\"en\"") && german.contains("<html lang=\"de\""));
    assert!(german.contains("<title>Wiederherstellungsplan · Fährbüro</title>"), "{german}");
    assert!(german.contains(">Zum Text springen</a>"));
    let tree = |page: &str| between(page, "<ul class=\"tree\">", "</nav>").to_owned();
    assert!(tree(&german).contains("Winterfahrplan") && !tree(&german).contains("Harbour"));
    assert!(tree(&english).contains("Harbour map") && !tree(&english).contains("Winterfahrplan"));
    // Search, contents and lists of one language know nothing of the others.
    let found = |path: &str| read(dir.path(), path);
    assert!(found("search/d0.js").contains("Harbour") && !found("search/d0.js").contains("Winterfahrplan"));
    assert!(
        found("de/search/d0.js").contains("Winterfahrplan") && !found("de/search/d0.js").contains("Harbour")
    );
    assert!(found("de/toc.html").contains("Inhalt") && !found("toc.html").contains("Winter"));
    assert!(found("de/tags/eis.html").contains("../winter.html"), "{}", found("de/tags/eis.html"));
    assert!(!dir.path().join("book/tags/eis.html").exists());
    // Assets stand once, at the root.
    assert!(german.contains("<link rel=\"stylesheet\" href=\"../assets/docwright-"));
    assert!(!dir.path().join("book/de/assets").exists());
    // What is made of the whole project stands in the language of the book, and counts a translation once.
    assert!(!dir.path().join("book/de/recovery.html").exists());
    assert!(german.contains("<a href=\"../recovery.html\" hreflang=\"en\">Wiederherstellung</a>"));
    assert!(found("recovery.html").contains("2 objectives in 1 document."), "{}", found("recovery.html"));
    // Words of the project itself, and English ones for the rest.
    let dutch = found("dutch/index.html");
    assert!(dutch.contains("aria-label=\"Zoeken\"") && dutch.contains("lang=\"nl\""), "{dutch}");
}

#[test]
fn links_lead_from_one_language_to_another() {
    let dir = book();
    let home = read(dir.path(), "index.html");
    assert!(home.contains("<a href=\"de/plan.html#recovery\">deutsch</a>"), "{home}");
    let german = read(dir.path(), "de/index.html");
    assert!(german.contains("<a href=\"../map.html\">englisch</a>"), "{german}");
    let switch = between(&home, "<details class=\"pick languages\">", "</details>").to_owned();
    assert!(
        switch
            .contains("<a href=\"index.html\" lang=\"en\" hreflang=\"en\" aria-current=\"true\">English</a>")
    );
    assert!(
        switch.contains("<a href=\"dutch/index.html\" lang=\"nl\" hreflang=\"nl\">Nederlands</a>"),
        "{switch}"
    );
    let plan = read(dir.path(), "plan.html");
    assert!(plan.contains(
        "<link rel=\"alternate\" hreflang=\"de\" href=\"https://ferry.example/docs/de/plan.html\">"
    ));
    assert!(plan.contains("hreflang=\"x-default\" href=\"https://ferry.example/docs/plan.html\">"));
    assert!(!plan.contains("hreflang=\"nl\" href=\"https"));
    let map = read(dir.path(), "sitemap.xml");
    let entry = between(&map, "<loc>https://ferry.example/docs/de/plan.html</loc>", "</url>");
    assert!(entry.contains("hreflang=\"en\" href=\"https://ferry.example/docs/plan.html\""), "{map}");
    assert!(map.contains("<loc>https://ferry.example/docs/de/winter.html</loc></url>"));
    assert!(!map.contains("de/map.html"));
}

#[test]
fn a_page_that_is_not_translated_says_so_and_leads_to_the_one_that_is_there() {
    let dir = book();
    let map = read(dir.path(), "map.html");
    assert!(map.contains(
        "<a href=\"de/map.html\" lang=\"de\" hreflang=\"de\">Deutsch<span lang=\"en\">Not translated yet"
    ));
    let stub = read(dir.path(), "de/map.html");
    assert!(stub.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(
        stub.contains("Diese Seite gibt es noch nicht auf Deutsch. Hier steht sie auf English:"),
        "{stub}"
    );
    assert!(stub.contains("<a href=\"../map.html\" lang=\"en\" hreflang=\"en\">Harbour map</a>"), "{stub}");
    // What only a translation has leads to the start pages of the others.
    let winter = read(dir.path(), "de/winter.html");
    assert!(
        winter
            .contains("<a href=\"../index.html\" lang=\"en\" hreflang=\"en\">English<span lang=\"de\">Noch")
    );
    let check = run(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(check.0, 0, "{}", check.1);
}

#[test]
fn the_book_s_language_may_have_a_folder_and_a_summary_too() {
    let dir = made(&[
        (
            "book.toml",
            "[site.languages.en]\n[site.languages.fr]\n[site.languages.fr.texts]\nsearch = \"Chercher\"\n",
        ),
        ("docs/en/SUMMARY.md", "# Summary\n\n- [Start](index.md)\n- [Deep](a/b.md)\n"),
        ("docs/en/index.md", "# Start\n"),
        ("docs/en/a/b.md", "# Deep\n\n![quay](../../quay.png)\n"),
        ("docs/fr/SUMMARY.md", "# Sommaire\n\n- [Début](index.md)\n- [Profond](a/b.md)\n"),
        ("docs/fr/index.md", "# Début\n"),
        ("docs/fr/a/b.md", "# Profond\n\n![quai](../../quay.png)\n"),
        ("docs/quay.png", "not really"),
    ]);
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    let deep = read(dir.path(), "a/b.html");
    assert!(deep.contains("<a href=\"../fr/a/b.html\" lang=\"fr\""), "{deep}");
    assert!(deep.contains("hreflang=\"fr\" href=\"../fr/a/b.html\">"), "{deep}");
    let deep = read(dir.path(), "fr/a/b.html");
    assert!(
        deep.contains("<script src=\"../../assets/theme-") && deep.contains("<a href=\"../../a/b.html\"")
    );
    let image = between(&deep, "<img src=\"", "\"");
    assert!(dir.path().join("book/fr/a").join(image).exists(), "{image}");
    let (code, out, _) = run(dir.path(), &["check", "--format", "concise"]);
    assert!(code == 0 && !out.contains("missing-from-summary"), "{out}");
}

#[test]
fn a_text_that_the_site_does_not_have_is_refused() {
    let dir = made(&[("docs/index.md", "# Quay\n"), ("book.toml", "[site.texts]\nserach = \"Find\"\n")]);
    let (code, _, err) = run(dir.path(), &["build"]);
    assert!(code == 2 && err.contains("no text `serach`") && err.contains("did you mean `search`?"), "{err}");
    std::fs::write(dir.path().join("book.toml"), "[site.texts]\nmore = \"some more\"\n").expect("written");
    let (code, _, err) = run(dir.path(), &["build"]);
    assert!(code == 2 && err.contains("needs `{}`") && err.contains("“{} more …”"), "{err}");
    std::fs::write(dir.path().join("book.toml"), "[site.languages.de]\n").expect("written");
    let (code, _, err) = run(dir.path(), &["build"]);
    assert!(code == 2 && err.contains("no pages in `de`"), "{err}");
    std::fs::write(dir.path().join("book.toml"), "[site.languages.de]\nfoldr = \"x\"\n").expect("written");
    let (code, _, err) = run(dir.path(), &["build"]);
    assert!(code == 2 && err.contains("unknown key") && err.contains("folder"), "{err}");
}

#[test]
fn scripts_speak_the_language_of_the_page_and_the_switch_works_without_any() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let dir = book();
    let address = |path: &str| format!("file://{}/book/{path}", dir.path().display());
    let mut tab = Tab::open(&browser, dir.path(), "about:blank");
    tab.show(&address("de/plan.html"));
    tab.eval("document.querySelector('button.find').click()");
    tab.until("!!document.querySelector('.palette input')");
    assert_eq!(
        tab.eval("document.querySelector('.palette').getAttribute('aria-label')"),
        "Website durchsuchen"
    );
    tab.press("Escape");
    tab.eval("document.querySelector('.languages summary').focus()");
    tab.press("Enter");
    tab.until("document.querySelector('.languages').open");
    tab.press("Escape");
    assert_eq!(tab.eval("document.querySelector('.languages').open"), false);
    tab.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    tab.call("Page.navigate", serde_json::json!({ "url": address("map.html") }));
    tab.until("document.readyState === 'complete' && document.title.startsWith('Harbour map')");
    tab.eval("document.querySelector('.languages summary').click()");
    assert_eq!(tab.eval("document.querySelectorAll('.languages a')[1].checkVisibility()"), true);
    tab.eval("document.querySelectorAll('.languages a')[1].click()");
    tab.until("document.title.startsWith('Noch nicht übersetzt')");
}

/// The text of every file below a folder whose name ends so.
fn all(folder: &str, ends: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files =
        tree(&root).into_iter().filter(|it| ends.iter().any(|end| it.to_string_lossy().ends_with(end)));
    files.map(|it| std::fs::read_to_string(root.join(it)).expect("a text")).collect()
}

#[test]
fn every_text_is_said_and_what_is_said_has_a_text() {
    let keys = docwright::render::texts::built_in();
    let (rust, html, scripts) =
        (all("src/render", &[".rs"]), all("templates", &[".html"]), all("templates", &[".js"]));
    let names: BTreeSet<&str> = html
        .split("say.")
        .skip(1)
        .map(|it| it.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or_default())
        .collect();
    for name in &names {
        assert!(keys.contains_key(&name.replace('_', "-")), "templates say `{name}`, which is no text");
    }
    for key in keys.keys() {
        let in_script = scripts.contains(&format!("texts.{key}")) || scripts.contains(&format!("\"{key}\""));
        let in_rust = rust.contains(&format!("\"{key}\"")) || key.starts_with("kind-");
        let is_said = in_script || in_rust || names.contains(key.replace('-', "_").as_str());
        assert!(is_said, "nothing says `{key}`");
    }
}
