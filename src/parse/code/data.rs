//! YAML and TOML as documents show them: parts and templates are left alone, what remains is wrong.

use std::sync::LazyLock;

use regex::Regex;

use super::json::Problem;
use crate::parse::yaml;
use crate::pattern::compiled;

/// Templates, shortcodes, include directives.
static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"\{\{|\{%|\{!|-8<-|<%|<<[A-Z]|\$\(|%\{|@@|__[A-Z]+__|(?m:^[ \t]*<[A-Z][A-Z0-9_]*>[ \t]*$)")
});

/// A line that says what may stand there, as reference manuals do: `[ timeout: <duration> | default = 10s ]`.
static NOTATION: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^[ \t]*(?:- )?\[ [^\n]*<[a-z][\w .-]*>[^\n]*\]?[ \t]*$"));

/// A line, or a value, that stands for what was left out.
static OMISSION: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^\s*#?\s*[\[({<]?(?:\.\.\.|…|\.\. )|(?:\.\.\.|…)"));

/// `<name>`, also in a string, where anything may stand.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| compiled(r"<[A-Za-z][^<>\n]*>"));

/// What is wrong with the YAML, if anything.
pub(super) fn yaml_problem(text: &str) -> Option<Problem> {
    if TEMPLATE.is_match(text) || NOTATION.is_match(text) || OMISSION.is_match(text) || is_part(text) {
        return None;
    }
    let (_, problems) = yaml::parse(text, 0..text.len());
    let first = problems.into_iter().find(|it| !it.message.starts_with("unknown anchor"))?;
    Some((first.span.start as usize..first.span.end as usize, first.message, first.help))
}

/// What is wrong with the TOML, if anything.
pub(super) fn toml_problem(text: &str) -> Option<Problem> {
    if TEMPLATE.is_match(text) || OMISSION.is_match(text) {
        return None;
    }
    let error = toml::from_str::<toml::Table>(&cover(text)).err()?;
    // Two ways to write a key are often shown one below the other.
    if error.message().starts_with("duplicate key") {
        return None;
    }
    let range = error.span().unwrap_or(0..0);
    let mut lines = error.message().lines();
    let message = lines.next().unwrap_or_default().trim_end_matches('.').to_owned();
    Some((range, message, None))
}

/// Puts numbers in the place of `<name>`: they may stand for a key as well as for a value.
fn cover(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for found in PLACEHOLDER.find_iter(text) {
        let line = text[..found.start()].rfind('\n').map_or(0, |it| it + 1);
        let is_value = text[line..found.start()].contains('=');
        let part = &mut bytes[found.range()];
        part.fill(if is_value { b' ' } else { b'1' });
        part[0] = b'1';
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether lines stand further left than the first one: a part out of the middle of a file. So does a document
/// marker that the page has indented with all the rest.
fn is_part(text: &str) -> bool {
    if text.lines().any(|it| it.starts_with(' ') && it.trim() == "---") {
        return true;
    }
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines = text.lines().filter(|it| !it.trim().is_empty() && !it.trim_start().starts_with('#'));
    let first = lines.next().map_or(0, indent);
    lines.any(|it| indent(it) < first)
}
