//! Versions beside each other, in a real browser: an old one learns of those that came after it, readers change between
//! them and stay on their page, and a site without versions asks for nothing.

use serde_json::{Value, json};

use crate::browser::{browser, serve};
use crate::commands::made;
use crate::devtools::Tab;
use crate::golden::docwright;
use crate::publish::{project, published, rewrite};
use crate::reading::{package, serious};

/// Two versions in a folder, the second one without the page `depot`.
fn two() -> (tempfile::TempDir, tempfile::TempDir) {
    let (project, out) = (project(), tempfile::tempdir().expect("a temporary folder"));
    let to = format!("dir:{}", out.path().join("site").display());
    published(project.path(), &to, &["--version", "1.0", "--alias", "latest"]);
    rewrite(project.path(), "river");
    published(project.path(), &to, &["--version", "2.1", "--alias", "latest"]);
    (project, out)
}

const BANNER: &str = "(function (it) { return it && [it.querySelector('p').textContent, it.querySelector('a').textContent, \
                      it.querySelector('a').href.replace(location.origin, '')]; })(document.querySelector('.other-version'))";

fn shown(tab: &mut Tab, url: &str) {
    tab.show(url);
    tab.until("document.querySelectorAll('details.versions li').length === 2");
}

#[test]
fn an_old_version_tells_of_the_current_one_and_readers_stay_on_their_page() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let (_project, out) = two();
    let site = serve(out.path().join("site")).expect("a free port").replace("127.0.0.1", "localhost");
    let mut tab = Tab::open(&browser, out.path(), "about:blank");
    shown(&mut tab, &format!("{site}/1.0/index.html"));
    tab.until("!!document.querySelector('.other-version')");
    let words = "You are reading version 1.0. The current version is 2.1.";
    assert_eq!(tab.eval(BANNER), json!([words, "This page in 2.1", "/latest/index.html"]));
    // It moves no line of the page.
    let shift = "new Promise(function (done) { new PerformanceObserver(function (list) { \
                 done(list.getEntries().reduce(function (sum, it) { return sum + it.value; }, 0)); }) \
                 .observe({ type: 'layout-shift', buffered: true }); setTimeout(done, 500, 0); })";
    assert!(tab.eval(shift).as_f64().is_some_and(|it| it < 0.02), "{:?}", tab.eval(shift));
    if let Some(axe) = package("axe-core/axe.min.js") {
        tab.eval(&std::fs::read_to_string(axe).expect("a script"));
        tab.eval("document.querySelector('details.versions').open = true");
        let found = serious(&mut tab);
        assert!(found.is_empty(), "{found:?}");
    }
    // A page that went: the start of the current version.
    shown(&mut tab, &format!("{site}/1.0/depot.html"));
    tab.until("!!document.querySelector('.other-version')");
    assert_eq!(tab.eval(BANNER), json!([words, "Start of 2.1", "/latest/index.html"]));
    // The current version says nothing, under either name.
    for folder in ["2.1", "latest"] {
        shown(&mut tab, &format!("{site}/{folder}/river.html"));
        assert_eq!(tab.eval("document.querySelector('summary[aria-label]').textContent"), "2.1");
        assert_eq!(tab.eval(BANNER), Value::Null);
    }
    // By keyboard: open, close, open, go to the older one.
    tab.eval("document.querySelector('details.versions summary').focus()");
    let open = "document.querySelector('details.versions').open";
    tab.press("Enter");
    tab.until(open);
    tab.press("Tab");
    assert_eq!(tab.eval("document.activeElement.textContent"), "2.1 · latest");
    assert_eq!(tab.eval("document.activeElement.getAttribute('aria-current')"), "true");
    tab.press("Escape");
    assert_eq!(tab.eval(open), false);
    assert_eq!(tab.eval("document.activeElement.matches('summary')"), true);
    tab.press("Enter");
    tab.until(open);
    shown(&mut tab, &format!("{site}/2.1/index.html#tram-desk"));
    tab.eval("document.querySelectorAll('details.versions a')[1].click()");
    tab.until("location.pathname + location.hash === '/1.0/index.html#tram-desk'");
    shown(&mut tab, &format!("{site}/2.1/river.html"));
    tab.eval("document.querySelectorAll('details.versions a')[1].click()");
    tab.until("location.pathname === '/1.0/index.html'");
}

#[test]
fn without_scripts_a_link_leads_to_all_versions() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let (_project, out) = two();
    let site = serve(out.path().join("site")).expect("a free port").replace("127.0.0.1", "localhost");
    let mut tab = Tab::open(&browser, out.path(), "about:blank");
    tab.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    tab.call("Page.navigate", json!({ "url": format!("{site}/1.0/depot.html") }));
    tab.until("document.readyState === 'complete' && !!document.querySelector('a.versions')");
    assert_eq!(tab.eval("document.querySelector('a.versions').checkVisibility()"), true);
    tab.call("Page.navigate", json!({ "url": format!("{site}/versions.html") }));
    tab.until("document.querySelectorAll('li a').length === 2 && location.pathname === '/versions.html'");
    tab.until("getComputedStyle(document.querySelector('h1')).fontWeight === '660'");
}

#[test]
fn from_a_disk_and_in_a_site_without_versions_nothing_is_asked() {
    let (project, out) = two();
    let page = std::fs::read_to_string(out.path().join("site/1.0/depot.html")).expect("a page");
    assert!(page.contains("data-list=\"../versions.json\" data-root=\"./\""), "{page}");
    let alone = made(&[("docs/index.md", "# Quay\n"), ("docs/a/b.md", "# B\n")]);
    let root = alone.path().to_str().expect("text");
    assert!(docwright(&["--root", root, "build"]).status.success());
    let read = |path: &str| std::fs::read_to_string(alone.path().join(path)).expect("a page");
    assert!(!read("book/a/b.html").contains("versions"));
    std::fs::write(alone.path().join("book.toml"), "[site]\nversion = \"3.0\"\n").expect("written");
    assert!(docwright(&["--root", root, "build"]).status.success());
    assert!(read("book/a/b.html").contains("data-list=\"../../versions.json\" data-root=\"../\""));
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let url = format!("file://{}/site/1.0/index.html", out.path().display());
    let mut tab = Tab::open(&browser, project.path(), "about:blank");
    tab.show(&url);
    assert_eq!(tab.eval("document.querySelector('a.versions').checkVisibility()"), false);
    let asked =
        "performance.getEntriesByType('resource').some(function (it) { return /versions/.test(it.name); })";
    assert_eq!(tab.eval(asked), false);
}

#[test]
fn the_page_for_wrong_addresses_of_a_version_finds_its_styles() {
    let project = project();
    std::fs::write(project.path().join("book.toml"), "[site]\nurl = \"https://docs.tram.example/desk/\"\n")
        .expect("written");
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    published(project.path(), &format!("dir:{}", site.display()), &["--version", "1.0", "--alias", "latest"]);
    let page = std::fs::read_to_string(site.join("404.html")).expect("the page");
    assert!(page.contains("href=\"/desk/latest/assets/docwright-"), "{page}");
    assert!(page.contains("data-list=\"/desk/latest/../versions.json\""), "{page}");
}
