//! The harness of the rules' own tests, and what holds for every rule.

use super::*;
use crate::config::{ConfigFile, load};
use crate::model::{Entry, Files};
use crate::source::{Source, Sources};

/// Runs one rule over a fixture and compares its findings with the carets.
///
/// A fixture is files, each after a line `//- path`. A line of carets stands below the line that it underlines,
/// with the message after the carets; it is taken out before the rule sees the text.
#[track_caller]
pub(crate) fn check_rule(rule: &'static Rule, fixture: &str) {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut expected: Vec<(String, u32, String, String)> = Vec::new();
    for line in fixture.lines() {
        if let Some(path) = line.strip_prefix("//- ") {
            files.push((path.to_owned(), String::new()));
            continue;
        }
        let (path, text) = files.last_mut().expect("a fixture begins with `//- path`");
        let carets = line.trim_start();
        if carets.starts_with('^') {
            let above = text.lines().last().unwrap_or_default();
            let (start, width) =
                (line.len() - carets.len(), carets.chars().take_while(|&c| c == '^').count());
            let words: String = above.chars().skip(start).take(width).collect();
            let number = text.lines().count() as u32;
            expected.push((path.clone(), number, words, carets[width..].trim().to_owned()));
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    let (project, config) = project(files);
    let selection = Selection { select: vec![rule.id.to_owned()], ..Selection::default() };
    let found: Vec<_> = run(&project, &config, &selection)
        .findings
        .into_iter()
        .map(|it| {
            let source = project.sources.get(it.span.source);
            let line = source.position(it.span.start).line;
            (source.path.clone(), line, project.sources.text(it.span).to_owned(), it.message)
        })
        .collect();
    expected.sort();
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, expected, "found, then expected");
}

/// The project of some files; `book.toml` among them is its configuration.
pub(crate) fn project(files: Vec<(String, String)>) -> (Project, Config) {
    let config: Vec<ConfigFile> = files
        .iter()
        .filter(|(path, _)| path == "book.toml")
        .map(|(path, text)| ConfigFile { path: path.clone(), text: text.clone() })
        .collect();
    let config = load(&config).expect("the fixture's configuration is valid");
    let mut tree = Files::default();
    for (path, _) in &files {
        tree.insert(path, Entry { is_dir: false, executable: path.ends_with(".sh") });
    }
    let sources = Sources::new(files.into_iter().map(|(path, text)| Source::new(path, text)).collect());
    (crate::parse::project(sources, tree, Vec::new(), &config), config)
}

#[test]
fn ids_are_the_paths_of_the_files_and_sorted() {
    let ids: Vec<_> = rules::ALL.iter().map(|it| it.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    for rule in rules::ALL {
        let summary = rule.summary();
        assert!(
            summary.len() > 20 && rule.documentation().contains(". ") || summary.contains(' '),
            "{}",
            rule.id
        );
        assert!(rule.file.contains(&format!("id: \"{}\"", rule.id)), "{}", rule.id);
    }
}

#[test]
fn levels_come_from_the_rule_the_configuration_and_the_paths() {
    let files = |config: &str| {
        vec![
            ("book.toml".to_owned(), config.to_owned()),
            ("a.md".to_owned(), "[x](no.md)\n".to_owned()),
            ("old/b.md".to_owned(), "[x](no.md)\n".to_owned()),
        ]
    };
    let severities = |config: &str, selection: &Selection| {
        let (project, config) = project(files(config));
        run(&project, &config, selection).findings.iter().map(|it| it.severity).collect::<Vec<_>>()
    };
    let all = Selection::default();
    let only = |id: &str| Selection { select: vec![id.to_owned()], ..Selection::default() };
    let without = |id: &str| Selection { ignore: vec![id.to_owned()], ..Selection::default() };
    assert_eq!(severities("", &all), [Severity::Error, Severity::Error]);
    assert_eq!(severities("[lint.rules]\nlink = \"info\"\n", &all), [Severity::Info, Severity::Info]);
    assert_eq!(
        severities("[lint.rules]\nlink = \"info\"\n\"link/missing-file\" = \"warning\"\n", &all),
        [Severity::Warning, Severity::Warning]
    );
    assert_eq!(severities("[lint.rules]\n\"link/missing-file\" = \"off\"\n", &all), []);
    assert_eq!(
        severities("[[lint.override]]\npaths = [\"old/**\"]\nrules = { link = \"off\" }\n", &all).len(),
        1
    );
    assert_eq!(severities("", &only("link/missing-file")).len(), 2);
    assert_eq!(severities("", &only("anchor")).len(), 0);
    assert_eq!(severities("", &without("link/*")).len(), 0);
}

#[test]
fn names_of_no_rule_are_told_with_the_nearest() {
    let (_, config) =
        project(vec![("book.toml".to_owned(), "[lint.rules]\n\"link/mising-file\" = \"off\"\n".to_owned())]);
    assert_eq!(
        unknown_rules(&config, &Selection::default()),
        [("link/mising-file".to_owned(), Some("link/missing-file"))]
    );
}
