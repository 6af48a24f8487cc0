//! The built site in a real browser, from `file://`: it is shown, and nothing is refused or missing.
//!
//! `./test` installs Chromium and requires it; a plain `cargo test` without one says so and goes on.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::commands::made;
use crate::golden::{docwright, project};

pub(crate) fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|it| it.is_file());
    let required = std::env::var("DOCWRIGHT_BROWSER").is_ok_and(|it| it == "required");
    assert!(found.is_some() || !required, "no chromium in PATH");
    found
}

#[test]
fn pages_are_shown_and_nothing_is_refused() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let root = project();
    let done = docwright(&["build", "--root", &root.to_string_lossy(), "-d", &site.to_string_lossy()]);
    assert!(done.status.success());
    let mut kinds = vec!["index.html", "findings.html", "recovery.html", "routes.html", "toc.html"];
    let api = site.join("api");
    let reference = std::fs::read_dir(&api).expect("the reference").flatten().next().expect("a spec");
    let reference = format!("api/{}/index.html", reference.file_name().to_string_lossy());
    kinds.push(&reference);
    for page in kinds {
        let dom = shown(&browser, out.path(), &site.join(page));
        assert!(dom.contains("</main>") && dom.contains("<h1"), "{page} shows nothing");
    }
}

/// What a page becomes in the browser. Nothing may be refused or missing.
fn shown(browser: &Path, folder: &Path, page: &Path) -> String {
    let done = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"])
        // A request to another host fails aloud.
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=5000"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser runs");
    let log = String::from_utf8_lossy(&done.stderr);
    let console: Vec<_> = log.lines().filter(|it| it.contains(":CONSOLE")).collect();
    assert!(console.is_empty(), "{}: {console:?}", page.display());
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
fn the_page_for_calls_shows_the_operations() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let spec = "openapi: 3.1.0\ninfo: {title: Quays, version: '1'}\nservers: [{url: https://quays.example}]\npaths:\n  \
                /quays: {get: {tags: [Quays], operationId: listQuays, summary: List the quays, responses: {'200': {description: all}}}}\n";
    let dir = made(&[("api/openapi.yaml", spec), ("book.toml", "[api]\ntry-it = true\n")]);
    let done = docwright(&["build", "--root", &dir.path().to_string_lossy()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let dom = shown(&browser, dir.path(), &dir.path().join("book/api/quays/try.html"));
    assert!(dom.contains("opblock-summary") && dom.contains("List the quays"), "{dom}");
}
