//! The built site in a real browser, from `file://`: it is shown, and nothing is refused or missing.
//!
//! `./test` installs Chromium and requires it; a plain `cargo test` without one says so and goes on.

use std::path::PathBuf;
use std::process::Command;

use crate::golden::{docwright, project};

fn browser() -> Option<PathBuf> {
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
        let done = Command::new(&browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"])
            .arg(format!("--user-data-dir={}", out.path().join("profile").display()))
            .arg(format!("file://{}", site.join(page).display()))
            .output()
            .expect("the browser runs");
        let (dom, log) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        let console: Vec<_> = log.lines().filter(|it| it.contains(":CONSOLE")).collect();
        assert!(console.is_empty(), "{page}: {console:?}");
        assert!(dom.contains("</main>") && dom.contains("<h1"), "{page} shows nothing");
    }
}
