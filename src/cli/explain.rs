//! `docwright explain`: the page of a rule, made of its file's header and of what docwright really says about
//! the examples in it. The pages in the documentation are the same text.

use std::fmt::Write;

use clap::Args;
use jiff::civil::{Date, date};

use super::{Outcome, output};
use crate::config::{self, Config, ConfigFile, RuleConfig};
use crate::finding::Finding;
use crate::links::cache;
use crate::lint::baseline::{self, Baseline};
use crate::lint::{self, Rule, Selection, rules};
use crate::model::external::{External, mentions};
use crate::model::{Entry, Files, Project};
use crate::parse::{self, markdown};
use crate::report::{Format, Report, Style};
use crate::source::{Source, SourceId, Sources};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule, `group/name`; a group explains all of its rules
    rule: String,
}

impl Explain {
    pub(super) fn run(&self) -> miette::Result<Outcome> {
        let asked = self.rule.trim_end_matches("/*");
        let pages: Vec<String> = rules::ALL
            .iter()
            .filter(|rule| rule.id == asked || rule.id.split('/').next() == Some(asked))
            .map(|rule| page(rule))
            .collect();
        if pages.is_empty() {
            let help = match lint::nearest(asked) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`docwright rules` lists them".to_owned(),
            };
            return Err(miette::miette!(help = help, "there is no rule `{asked}`"));
        }
        output::result(&pages.join("\n"))?;
        Ok(Outcome::Clean)
    }
}

/// Today in the examples.
const EXAMPLE_DAY: Date = date(2026, 3, 1);

/// One section of a rule's documentation whose code blocks are the files of a project.
#[derive(Debug)]
pub struct Example {
    /// Whether the rule must speak; otherwise no rule may.
    pub flagged: bool,
    /// Path and text of each file.
    pub files: Vec<(String, String)>,
    /// The offset in the documentation at which the section's last block ends.
    end: usize,
}

/// The examples of a rule: the sections `## Flagged` and `## Accepted`.
pub fn examples(rule: &Rule) -> Vec<Example> {
    let text = rule.documentation();
    let page = markdown::parse(SourceId(0), "rule.md", &text, false);
    let mut examples = Vec::new();
    for (index, heading) in page.headings.iter().enumerate() {
        let flagged = heading.text.starts_with("Flagged");
        if !flagged && !heading.text.starts_with("Accepted") {
            continue;
        }
        let start = heading.span.end;
        let end = page.headings.get(index + 1).map_or(text.len() as u32, |next| next.span.start);
        let blocks = page.code_blocks.iter().filter(|it| (start..end).contains(&it.span.start));
        let mut last = start as usize;
        let mut files = Vec::new();
        for block in blocks {
            last = block.span.end as usize;
            if let Some((_, path)) = block.info.split_once(' ') {
                files.push((path.trim().to_owned(), unescape(&page.code(block, &text))));
            }
        }
        examples.push(Example { flagged, files, end: last });
    }
    examples
}

/// Characters that an example cannot show are written as in Rust: `\u{202E}`.
fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.split_once('}').and_then(|(digits, rest)| {
            let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
            Some((c, rest))
        });
        match code {
            Some((c, rest)) => {
                plain.push(c);
                plain.push_str(rest);
            }
            None => {
                plain.push_str("\\u{");
                plain.push_str(part);
            }
        }
    }
    plain
}

/// The same way back, for the characters that would turn or hide what is printed.
fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {
                let _ = write!(shown, "\\u{{{:04X}}}", c as u32);
            }
            c => shown.push(c),
        }
    }
    shown
}

/// What all default rules say about an example of a rule, and the rule itself where it is a preview.
///
/// # Errors
/// The example's `book.toml` is not valid.
pub fn lint_example(rule: &Rule, example: &Example) -> miette::Result<(Project, Vec<Finding>)> {
    let mut tree = Files::default();
    for (path, _) in &example.files {
        tree.insert(path, Entry { is_dir: false, executable: path.ends_with(".sh") });
    }
    let config = example.files.iter().find(|(path, _)| path == "book.toml");
    let mut config: Config = match config {
        Some((path, text)) => config::load(&[ConfigFile { path: path.clone(), text: text.clone() }])?,
        None => Config::default(),
    };
    if rule.preview {
        config.lint.rules.entry(rule.id.to_owned()).or_insert(RuleConfig::Level(rule.severity.into()));
    }
    let sources = example.files.iter().map(|(path, text)| Source::new(path.as_str(), text.as_str()));
    let mut project = parse::project(Sources::new(sources.collect()), tree, Vec::new(), &config);
    // What `docwright links` would have been answered.
    if let Some((_, text)) = example.files.iter().find(|(path, _)| path == cache::NAME) {
        let answers = cache::read(text).unwrap_or_default();
        project.external = Some(External {
            mentions: mentions(&project),
            answers: answers.into_iter().map(|(url, entry)| (url, entry.answer)).collect(),
        });
    }
    let accepted = example.files.iter().find(|(path, _)| path == baseline::FILE);
    let baseline = match accepted {
        Some((path, text)) => {
            let read = Baseline::parse(text);
            let read = read.map_err(|error| miette::miette!("`{path}` is no baseline: {error}"))?;
            Some(Baseline { source: project.sources.id(path), ..read })
        }
        None => None,
    };
    let selection = Selection { as_of: Some(EXAMPLE_DAY), baseline, ..Selection::default() };
    let findings = lint::run(&project, &config, &selection).findings;
    Ok((project, findings))
}

/// A rule's page in Markdown.
pub fn page(rule: &Rule) -> String {
    let text = rule.documentation();
    let level = if rule.preview { "preview" } else { rule.severity.as_str() };
    let mut page = format!("# {}\n\nLevel: **{level}**\n\n", rule.id);
    let mut at = 0;
    for example in examples(rule).iter().filter(|it| it.flagged) {
        page.push_str(text.get(at..example.end).unwrap_or_default().trim());
        page.push_str("\n\n");
        at = example.end;
        if let Ok((project, findings)) = lint_example(rule, example) {
            let report = Report::new(&project, &findings, &[]);
            let shown = report.render(Format::Text, Style { color: false, width: 100 });
            let lines: Vec<&str> = shown.trim_matches('\n').lines().map(str::trim_end).collect();
            let _ = write!(page, "docwright says:\n\n```text\n{}\n```\n\n", escape(&lines.join("\n")));
        }
    }
    page.push_str(text.get(at..).unwrap_or_default().trim());
    let _ = write!(
        page,
        "\n\n## Configure\n\n```toml book.toml\n[lint.rules]\n\"{}\" = \"off\" # error, warning, info or off\n```\n",
        rule.id
    );
    page
}
