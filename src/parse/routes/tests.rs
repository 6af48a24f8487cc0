//! Whole invented applications in `tests/fixtures/routes`: each folder with the routes that it serves in
//! `expected.tsv`, `METHOD<TAB>PATH<TAB>CONFIDENCE`, a third column `hidden` where the code hides it.
#![cfg(all(feature = "lang-javascript", feature = "lang-python"))]
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
    assert!(count >= 4, "fixtures are there");
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn any_prefix_of_any_file_is_lowered() {
    for entry in std::fs::read_dir(fixtures()).unwrap().map(Result::unwrap) {
        let (sources, files) = load(&entry.path());
        for (_, source) in sources.iter() {
            let cuts = (0..source.text.len()).filter(|at| at % 41 == 0 && source.text.is_char_boundary(*at));
            for cut in cuts {
                let _ = lower::lower(&source.path, &source.text[..cut]);
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
            for route in extract(&cut, &files, &Settings::default()).routes {
                assert!(cut.get(route.span.source).text.get(route.span.range()).is_some());
            }
        }
    }
}
