//! What readers do with a page, in a real browser: copy, tick, change the scheme, open the drawer, and read without
//! scripts. Also what axe-core and html-validate say of every kind of page.
//!
//! `./test` installs the browser and both packages; where they are missing these tests say so and go on.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::browser;
use crate::commands::made;
use crate::devtools::Tab;
use crate::golden::{docwright, project};

/// A built site and a browser that shows a page of it.
struct Reader {
    folder: tempfile::TempDir,
    tab: Tab,
}

impl Reader {
    /// None without a browser.
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    fn of(page: &str) -> Option<Reader> {
        let Some(browser) = browser() else {
            eprintln!("skipped: no browser (./test installs one)");
            return None;
        };
        let folder = made(&[("docs/index.md", page), ("docs/other.md", "# Other\n\nWords.\n")]);
        let done = docwright(&["build", "--root", &folder.path().to_string_lossy()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let address = address(folder.path());
        let mut tab = Tab::open(&browser, folder.path(), &address);
        tab.until("document.readyState === 'complete'");
        Some(Reader { folder, tab })
    }

    fn again(&mut self) {
        let address = address(self.folder.path());
        self.tab.show(&address);
    }
}

fn address(folder: &Path) -> String {
    format!("file://{}/book/index.html", folder.display())
}

#[test]
fn copying_leaves_out_prompts_and_what_was_answered() {
    let page = "# Replica\n\n```console\n$ tidectl promote quay-2\npromoted\n$ tidectl status\nquay-2 primary\n```\n";
    let Some(mut reader) = Reader::of(page) else { return };
    let kept =
        "navigator.clipboard.writeText = function (it) { window.kept = it; return Promise.resolve(); }";
    reader.tab.eval(kept);
    reader.tab.until("(document.querySelector('.tools .copy').click(), !!window.kept)");
    assert_eq!(reader.tab.eval("window.kept"), "tidectl promote quay-2\ntidectl status");
}

#[test]
fn ticks_and_the_scheme_survive_a_reload() {
    let page = "# Night watch\n\n- [ ] lamps\n- [x] doors\n- [ ] boats\n";
    let Some(mut reader) = Reader::of(page) else { return };
    let ticks =
        "Array.from(document.querySelectorAll('article input')).map(function (it) { return it.checked; })";
    assert_eq!(reader.tab.eval(ticks), json!([false, true, false]));
    reader.tab.eval("document.querySelectorAll('article input')[2].click()");
    reader.tab.eval("document.querySelector('button.theme').click()");
    let scheme = reader.tab.eval("document.documentElement.dataset.theme");
    reader.again();
    assert_eq!(reader.tab.eval(ticks), json!([false, true, true]));
    // Before anything is painted: the script stands in the head and waits for nothing.
    assert_eq!(reader.tab.eval("document.documentElement.dataset.theme"), scheme);
    let early =
        "!document.head.querySelector('script').defer && !document.head.querySelector('script').async";
    assert_eq!(reader.tab.eval(early), true);
    reader.tab.eval("document.querySelector('button.reset').click()");
    reader.again();
    assert_eq!(reader.tab.eval(ticks), json!([false, true, false]));
}

#[test]
fn the_drawer_of_a_phone_keeps_the_focus_until_it_is_closed() {
    let Some(mut reader) = Reader::of("# Quays\n\nWords.\n") else { return };
    reader.tab.be_a_phone();
    reader.again();
    reader.tab.eval(
        "(document.querySelector('button.menu').focus(), document.querySelector('button.menu').click())",
    );
    let inside = "!!document.activeElement.closest('#dw-nav:popover-open')";
    reader.tab.until(inside);
    let many = reader.tab.eval("document.querySelectorAll('#dw-nav a, #dw-nav button').length");
    for _ in 0..many.as_u64().unwrap() + 3 {
        reader.tab.press("Tab");
        assert_eq!(reader.tab.eval(inside), true);
    }
    reader.tab.press("Escape");
    reader.tab.until("!document.querySelector('#dw-nav:popover-open')");
    assert_eq!(reader.tab.eval("document.activeElement.matches('button.menu')"), true);
    reader.tab.until("!document.querySelector('[inert]')");
}

#[test]
fn nothing_needs_a_script_to_be_read() {
    let page = "# Restore\n\n=== \"Primary\"\n\n    First words.\n\n=== \"Standby\"\n\n    Second words.\n\n??? note \"More\"\n    Folded words.\n";
    let Some(mut reader) = Reader::of(page) else { return };
    reader.tab.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    let address = address(reader.folder.path());
    reader.tab.call("Page.navigate", json!({ "url": address }));
    reader.tab.until(
        "document.readyState === 'complete' && !document.documentElement.classList.contains('script')",
    );
    let shown = |tab: &mut Tab, words: &str| {
        let find = format!(
            "Array.from(document.querySelectorAll('article p')).some(function (it) {{ \
             return it.textContent === '{words}' && it.checkVisibility(); }})"
        );
        tab.eval(&find)
    };
    assert_eq!(shown(&mut reader.tab, "First words."), true);
    assert_eq!(shown(&mut reader.tab, "Second words."), false);
    reader.tab.eval("document.querySelectorAll('.tabs > label')[1].click()");
    assert_eq!(shown(&mut reader.tab, "Second words."), true);
    assert_eq!(shown(&mut reader.tab, "First words."), false);
    assert_eq!(shown(&mut reader.tab, "Folded words."), false);
    reader.tab.eval("document.querySelector('details.alert > summary').click()");
    assert_eq!(shown(&mut reader.tab, "Folded words."), true);
    // Controls that only a script could serve are not there.
    assert_eq!(reader.tab.eval("document.querySelector('button.theme').checkVisibility()"), false);
    assert_eq!(reader.tab.eval("document.querySelector('a.find').checkVisibility()"), true);
}

/// A package that `./test` installs.
pub(crate) fn package(path: &str) -> Option<PathBuf> {
    let tools = std::env::var_os("DOCWRIGHT_TOOLS").map(PathBuf::from)?;
    Some(tools.join("node_modules").join(path)).filter(|it| it.exists())
}

/// The site of the ferry company, in which every kind of page is.
fn ferries() -> tempfile::TempDir {
    let out = tempfile::tempdir().expect("a temporary folder");
    let (root, site) = (project(), out.path().join("book"));
    let done = docwright(&["build", "--root", &root.to_string_lossy(), "-d", &site.to_string_lossy()]);
    assert!(done.status.success());
    // What that one has not: several languages, a made start page, audiences and tags, versions.
    let more = crate::languages::book();
    std::fs::remove_file(more.path().join("docs/index.md")).expect("a page goes");
    let (root, site) = (more.path().to_string_lossy().into_owned(), out.path().join("book/more"));
    let done = docwright(&["build", "--root", &root, "-d", &site.to_string_lossy()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    out
}

const KINDS: [&str; 20] = [
    "index.html",
    "recovery.html",
    "alerts.html",
    "routes.html",
    "findings.html",
    "freshness.html",
    "contacts.html",
    "toc.html",
    "404.html",
    "runbooks/booking-api-down.html",
    "api/skerrygate-booking-api/index.html",
    "api/skerrygate-booking-api/bookings.html",
    "api/skerrygate-booking-api/authentication.html",
    "api/skerrygate-booking-api/schemas/Order.html",
    "more/index.html",
    "more/map.html",
    "more/tags/index.html",
    "more/tags/chart.html",
    "more/de/plan.html",
    "more/de/map.html",
];

/// What axe-core, which is in the page already, finds of the kinds that keep people out.
pub(crate) fn serious(tab: &mut Tab) -> Vec<Value> {
    let run = "axe.run(document, { preload: false }).then(function (it) { \
               return it.violations.map(function (v) { \
               return [v.impact, v.id, v.nodes[0].html.slice(0, 200)]; }); })";
    let violations = tab.eval(run);
    let violations = violations.as_array().expect("axe ran").iter();
    violations.filter(|it| matches!(it[0].as_str(), Some("serious" | "critical"))).cloned().collect()
}

/// A book that is written from the right, with formulas, a logo and colours of its own.
fn quays() -> tempfile::TempDir {
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect width=\"40\" height=\"20\" fill=\"#8a1538\"/></svg>";
    let out = made(&[
        (
            "book.toml",
            "[book]\ntitle = \"رصيف الميناء\"\nlanguage = \"ar\"\nsrc = \"docs\"\n[site]\nmath = true\nlogo = \"logo.svg\"\n\
             logo-dark = \"logo.svg\"\nfavicon = \"logo.svg\"\n[site.colors.light]\naccent = \"#8a1538\"\n",
        ),
        ("logo.svg", logo),
        ("docs/SUMMARY.md", "# الفهرس\n\n- [البداية](index.md)\n  - [النسخ](backup.md)\n"),
        (
            "docs/index.md",
            "# دليل الميناء\n\nالنسبة $A_1 = \\frac{t_u}{t_u + t_d}$ و \"الهدف\" `make dump --all`.\n\n$$\n\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}\n$$\n\n\
             ```math\n\\sum_{i=0}^{n} \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n```\n\n```sh\nmake dump\n```\n\n> [!NOTE]\n> تنبيه\n\n| أ | ب |\n|---|---|\n| 1 | 2 |\n\n1. أول\n2. ثان\n",
        ),
        ("docs/backup.md", "# النسخ\n\n$x + \\nope$\n\n- [ ] واحد\n"),
    ]);
    let done = docwright(&["build", "--root", &out.path().to_string_lossy()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    out
}

const QUAYS: [&str; 3] = ["index.html", "backup.html", "findings.html"];

#[test]
fn axe_finds_nothing_serious_on_any_kind_of_page() {
    let (Some(browser), Some(axe)) = (browser(), package("axe-core/axe.min.js")) else {
        eprintln!("skipped: no browser or no axe-core (./test installs both)");
        return;
    };
    let axe = std::fs::read_to_string(axe).expect("the script");
    let sites = [(ferries(), &KINDS[..]), (quays(), &QUAYS[..])];
    let mut tab = Tab::open(&browser, sites[0].0.path(), "about:blank");
    let mut found = Vec::new();
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        tab.call("Emulation.setEmulatedMedia", features);
        for (out, page) in sites.iter().flat_map(|(out, pages)| pages.iter().map(move |it| (out, it))) {
            tab.show(&format!("file://{}/book/{page}", out.path().display()));
            tab.eval(&axe);
            found.extend(serious(&mut tab).into_iter().map(|it| format!("{scheme} {page}: {it}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_kind_of_page_is_valid_html() {
    let Some(validator) = package("html-validate/bin/html-validate.mjs")
        .or_else(|| package("html-validate/bin/html-validate.js"))
    else {
        eprintln!("skipped: no html-validate (./test installs it)");
        return;
    };
    // Style is not validity.
    let rules = json!({
        "root": true,
        "extends": ["html-validate:standard"],
        "rules": {
            "attribute-boolean-style": "off", "doctype-style": "off", "long-title": "off",
            "no-inline-style": "error", "no-raw-characters": "off", "no-trailing-whitespace": "off",
            "prefer-native-element": "off", "require-sri": "off", "void-style": "off"
        }
    });
    for (out, pages) in [(ferries(), &KINDS[..]), (quays(), &QUAYS[..])] {
        std::fs::write(out.path().join("rules.json"), rules.to_string()).expect("the rules are written");
        let done = Command::new("node")
            .arg(&validator)
            .args(["--config", "rules.json"])
            .args(pages.iter().map(|it| format!("book/{it}")))
            .current_dir(out.path())
            .output()
            .expect("node runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }
}
