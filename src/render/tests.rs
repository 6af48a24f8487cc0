//! The site as a whole, on a small invented book.

use super::*;
use crate::config::Config;
use crate::model::{Entry, Files, Project};
use crate::parse;
use crate::source::{Source, Sources};

/// A project of these files; those without text are images and the like.
pub(super) fn project(files: &[(&str, &str)]) -> Project {
    let mut entries = Files::default();
    for (path, _) in files {
        entries.insert(path, Entry { is_dir: false, executable: false });
    }
    let texts = files.iter().filter(|it| !it.1.is_empty());
    let sources = Sources::new(texts.map(|(path, text)| Source::new(*path, *text)).collect());
    parse::project(sources, entries, Vec::new(), &Config::default())
}

/// A site with all its files made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Built {
    pub files: BTreeMap<String, Content>,
}

pub(super) fn build(files: &[(&str, &str)], settings: &Settings) -> Built {
    let project = project(files);
    let site = Site::new(&project, &[], settings).expect("the built-in theme is sound");
    let made = |path: &str| site.file(path).expect("the built-in theme renders").expect("it is there");
    Built { files: site.paths().map(|path| (path.to_owned(), made(path))).collect() }
}

pub(super) fn html<'a>(site: &'a Built, path: &str) -> &'a str {
    match site.files.get(path) {
        Some(Content::Bytes(bytes)) => std::str::from_utf8(bytes).expect("HTML is UTF-8"),
        other => panic!("no page `{path}`: {other:?}, there are {:?}", site.files.keys()),
    }
}

#[test]
fn pages_and_files_stand_where_links_expect_them() {
    let site = build(
        &[
            ("docs/README.md", "# Home\n\n[run](runbooks/db.md#restore) ![plan](plan.png) [x](gone.md)\n"),
            ("docs/runbooks/index.md", "# Runbooks\n"),
            ("docs/runbooks/README.md", "# About\n"),
            ("docs/runbooks/db.md", "# Database\n\n## Restore\n\n[home](../README.md) `../README.md`\n"),
            ("docs/plan.png", ""),
            ("docs/.env", ""),
            ("src/main.rs", ""),
        ],
        &Settings::default(),
    );
    let home = html(&site, "index.html");
    assert!(home.contains("<a href=\"runbooks/db.html#restore\">run</a>"), "{home}");
    assert!(home.contains("<img src=\"plan.png\" alt=\"plan\""), "{home}");
    assert!(
        home.contains("<a href=\"gone.md\" class=\"dead\" title=\"dead link: docs/gone.md does not exist\">")
    );
    let page = html(&site, "runbooks/db.html");
    assert!(page.contains("<a href=\"../index.html\">home</a> <a href=\"../index.html\"><code>"), "{page}");
    assert!(html(&site, "runbooks/index.html").contains("<h1 id=\"runbooks\">"));
    assert!(html(&site, "runbooks/README.html").contains("<h1 id=\"about\">"));
    assert_eq!(site.files.get("plan.png"), Some(&Content::CopyOf("docs/plan.png".to_owned())));
    assert!(site.files.contains_key("runbooks/db.md"));
    assert!(!site.files.contains_key(".env"));
}
