//! Nothing panics on a user's file: every fixture, cut off anywhere, still loads, lints and answers.

use std::path::Path;

use docwright::config::Config;
use docwright::lint::{self, Selection};
use docwright::model::{Entry, Files};
use docwright::parse;
use docwright::source::{Source, Sources};

use crate::golden;

/// The files of a fixture project that docwright reads as text.
fn fixture(name: &str) -> Vec<(String, String)> {
    let root = golden::project().with_file_name(name);
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("the fixture").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let relative = path.strip_prefix(&root).expect("below the root");
                found.push((relative.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    found.sort();
    found
}

fn lint_files(files: &[(String, String)]) {
    let mut tree = Files::default();
    for (path, _) in files {
        tree.insert(path, Entry { is_dir: false, executable: false });
    }
    let sources = files.iter().map(|(path, text)| Source::new(path.as_str(), text.as_str())).collect();
    let config = Config::default();
    let project = parse::project(Sources::new(sources), tree, Vec::new(), &config);
    for finding in lint::run(&project, &config, &Selection::default()).findings {
        let text = &project.sources.get(finding.span.source).text;
        assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
    }
}

#[test]
fn any_prefix_of_any_file_loads_and_lints() {
    for name in ["skerrygate-ferries", "tallowgate-lighting"] {
        cut_everywhere(&fixture(name));
    }
}

fn cut_everywhere(whole: &[(String, String)]) {
    assert!(whole.len() > 10, "the fixture project is there");
    for index in 0..whole.len() {
        let text = whole[index].1.clone();
        // Every cut of a short file, an even sample of a long one.
        let step = (text.len() / 40).max(1);
        for end in (0..text.len()).step_by(step).filter(|&it| text.is_char_boundary(it)) {
            let mut files = vec![(whole[index].0.clone(), text[..end].to_owned())];
            // A page alone, and once among the others, where cross-references meet it.
            lint_files(&files);
            if end == text.len() / 2 / step * step {
                files.extend(whole.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, it)| it.clone()));
                lint_files(&files);
            }
        }
    }
}

#[test]
fn hostile_documents_end() {
    let deep_lists = "- ".repeat(5_000) + "x";
    let deep_quotes = "> ".repeat(5_000) + "x";
    let brackets = "[".repeat(20_000);
    let headings: String = (0..20_000).map(|_| "# same\n\n").collect();
    let links: String = (0..20_000).map(|i| format!("[x](no{i}.md#a) ")).collect();
    let cells = format!("|{}\n|{}\n|{}", "a|".repeat(2_000), "-|".repeat(2_000), "TBD|".repeat(2_000));
    let yaml = format!("---\na: &a [x]\nb: {}\n---\n", "[".repeat(2_000));
    let null = "a\0b\u{feff}\u{202e}c";
    for text in [&deep_lists, &deep_quotes, &brackets, &headings, &links, &cells, &yaml, null] {
        lint_files(&[("docs/a.md".to_owned(), text.to_owned().clone())]);
        lint_files(&[("docs/SUMMARY.md".to_owned(), text.to_owned().clone())]);
    }
}

#[test]
fn the_fixture_is_committed_as_bytes() {
    let attributes = Path::new(env!("CARGO_MANIFEST_DIR")).join(".gitattributes");
    assert!(std::fs::read_to_string(attributes).expect("the file").contains("tests/fixtures/** -text"));
}
