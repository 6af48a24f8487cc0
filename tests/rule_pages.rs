//! The pages of the rules in the documentation are what `docwright explain` says, and their examples hold.

use std::path::{Path, PathBuf};

use docwright::cli::explain::{examples, lint_example, page};
use docwright::lint::rules::ALL;

use crate::golden::{compare, overwrite};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-src")
}

#[test]
fn flagged_examples_fire_their_rule_alone_and_accepted_ones_none() {
    for rule in ALL {
        let examples = examples(rule);
        let files_only = rule.id.starts_with("source/");
        assert!(
            files_only || (examples.iter().any(|it| it.flagged) && examples.iter().any(|it| !it.flagged)),
            "{} needs a section `## Flagged` and a section `## Accepted`",
            rule.id
        );
        for example in &examples {
            assert!(!example.files.is_empty(), "{}: an example has no file", rule.id);
            let (_, findings) = lint_example(rule, example).expect("the example's configuration is valid");
            let said: Vec<_> = findings.iter().map(|it| (it.rule, it.message.as_str())).collect();
            if example.flagged {
                assert!(!said.is_empty(), "{}: a flagged example is silent", rule.id);
                assert!(said.iter().all(|(id, _)| *id == rule.id), "{}: {said:?}", rule.id);
            } else {
                assert!(said.is_empty(), "{}: an accepted example fires {said:?}", rule.id);
            }
        }
    }
}

/// The documentation's `SUMMARY.md` with the pages of the rules below the entry of their index.
fn summary() -> String {
    let text = std::fs::read_to_string(docs().join("SUMMARY.md")).expect("the summary");
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().filter(|it| !it.starts_with("  - [") || !it.contains("](rules/")) {
        lines.push(line.to_owned());
        if line == "- [Rules](rules/index.md)" {
            lines.extend(ALL.iter().map(|rule| format!("  - [{0}](rules/{0}.md)", rule.id)));
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_rule_has_its_page() {
    for rule in ALL {
        compare(&docs().join(format!("rules/{}.md", rule.id)), &page(rule));
    }
    let mut index = String::from(
        "# Rules\n\nEvery check that docwright makes. `docwright explain RULE` prints the same pages.\n\n\
         | rule | level | finds |\n|---|---|---|\n",
    );
    for rule in ALL {
        let level = if rule.preview { "preview" } else { rule.severity.as_str() };
        let finds = rule.summary();
        let finds = finds.strip_prefix("Finds ").unwrap_or(&finds);
        index.push_str(&format!("| [{0}]({0}.md) | {level} | {finds} |\n", rule.id));
    }
    compare(&docs().join("rules/index.md"), &index);
    compare(&docs().join("SUMMARY.md"), &summary());
    compare(&docs().join("reference/configuration.md"), &docwright::config::keys::reference());
    compare(&docs().join("reference/texts.md"), &docwright::render::texts::reference());
    if overwrite() {
        return;
    }
    for group in std::fs::read_dir(docs().join("rules")).expect("the folder of the pages").flatten() {
        let Ok(pages) = std::fs::read_dir(group.path()) else { continue };
        for page in pages.flatten() {
            let name = page.path().with_extension("");
            let id =
                name.strip_prefix(docs().join("rules")).expect("below").to_string_lossy().replace('\\', "/");
            assert!(ALL.iter().any(|it| it.id == id), "there is a page and no rule `{id}`");
        }
    }
}
