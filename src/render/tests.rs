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

#[test]
fn a_book_without_a_start_page_gets_one_that_names_its_pages() {
    let many: Vec<(String, String)> =
        (0..30).map(|at| (format!("docs/runbooks/r{at:02}.md"), format!("# Runbook {at:02}\n"))).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    files.push(("docs/about.md", "# About\n"));
    let settings = Settings { description: Some("What wakes us.".to_owned()), ..Settings::default() };
    let site = build(&files, &settings);
    let home = html(&site, "index.html");
    assert!(home.contains("<p class=\"lead\">What wakes us.</p>"), "{home}");
    assert!(home.contains("<h2>Pages <span class=\"count\">1 page</span></h2>"), "{home}");
    assert!(home.contains("Runbooks <span class=\"count\">30 pages</span></h2>"), "{home}");
    assert!(home.contains("<a href=\"runbooks/r00.html\">Runbook 00</a>"), "{home}");
    assert!(!home.contains("r24.html") && home.contains("href=\"toc.html\">6 more …</a>"), "{home}");
}

#[test]
fn a_site_speaks_the_language_of_the_book_and_says_where_it_cannot() {
    let settings = Settings { language: "de-AT".to_owned(), ..Settings::default() };
    let site = build(&[("docs/index.md", "# Hafen\n"), ("docs/kai.md", "# Kai\n")], &settings);
    let home = html(&site, "index.html");
    assert!(home.contains("<html lang=\"de-AT\"") && home.contains(">Weiter</span>"), "{home}");
    assert!(home.contains("<article>"), "{home}");
    assert!(html(&site, "findings.html").contains("<article>\n<h1>Befunde</h1>"));
    let settings = Settings { language: "nl".to_owned(), ..Settings::default() };
    let site = build(&[("docs/index.md", "# Haven\n")], &settings);
    assert!(html(&site, "findings.html").contains("<article lang=\"en\" dir=\"ltr\">"));
    assert!(html(&site, "index.html").contains("<article>"));
}
