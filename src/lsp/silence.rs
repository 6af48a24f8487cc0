//! Directives that silence a finding in place: where such a comment can stand without changing what the page shows.

use crate::finding::{Edit, Finding};
use crate::model::document::Kind;
use crate::model::page::{LinkKind, Page};
use crate::source::Span;

/// A comment to put in. The reason belongs between the two halves of its text.
pub(super) struct Comment {
    /// Where.
    pub(super) at: Span,
    /// The text before the reason, and the text behind it.
    pub(super) halves: [String; 2],
}

/// What a directive is about.
#[derive(Clone, Copy)]
enum Scope {
    Line,
    NextLine,
    File,
}

impl Comment {
    /// The edit that puts it in without a reason, which a rule will ask for.
    pub(super) fn edit(&self) -> Edit {
        Edit { span: self.at, text: self.halves.concat() }
    }
}

/// A comment that silences a finding where it stands; `page` is the page of its file, if it is one.
pub(super) fn here(finding: &Finding, page: Option<&Page>, path: &str, text: &str) -> Option<Comment> {
    match page {
        Some(page) => Some(on_page(finding, page, text)),
        None => in_file(finding, path, text),
    }
}

/// A comment that silences the rule of a finding in the whole file.
pub(super) fn in_whole_file(
    finding: &Finding,
    page: Option<&Page>,
    path: &str,
    text: &str,
) -> Option<Comment> {
    let marks = if page.is_some() { ["<!--", " -->\n"] } else { [leader(path)?, "\n"] };
    Some(at_top(finding, page, text, marks))
}

fn at_top(finding: &Finding, page: Option<&Page>, text: &str, marks: [&str; 2]) -> Comment {
    let at = match page.and_then(|it| it.front_matter.as_ref()) {
        Some(front_matter) => line_end(text, (front_matter.span.end as usize).saturating_sub(1)),
        None if text.starts_with("#!") => line_end(text, 0),
        None if text.starts_with('\u{feff}') => '\u{feff}'.len_utf8(),
        None => 0,
    };
    comment(finding, at..at, Scope::File, "", marks)
}

fn comment(
    finding: &Finding,
    at: std::ops::Range<usize>,
    scope: Scope,
    before: &str,
    [open, close]: [&str; 2],
) -> Comment {
    let verb = match scope {
        Scope::Line => "disable-line",
        Scope::NextLine => "disable-next-line",
        Scope::File => "disable-file",
    };
    let halves = [format!("{before}{open} docwright-{verb} {} -- ", finding.rule), close.to_owned()];
    Comment { at: Span::new(finding.span.source, at), halves }
}

fn on_page(finding: &Finding, page: &Page, text: &str) -> Comment {
    let start = finding.span.start;
    let of_file = || at_top(finding, Some(page), text, ["<!--", " -->\n"]);
    let in_front_matter = page.front_matter.as_ref().is_some_and(|it| start < it.span.end);
    if in_front_matter || (finding.span.start == finding.span.end && start == 0) {
        return of_file();
    }
    let above = |begin: u32| {
        let line = line_start(text, begin as usize);
        let indent = text.get(line..begin as usize).unwrap_or_default();
        let plain = indent.chars().all(|c| matches!(c, ' ' | '\t' | '>'));
        plain.then(|| comment(finding, line..line, Scope::NextLine, indent, ["<!--", " -->\n"]))
    };
    let holds = |it: &&crate::model::document::Node| it.start <= start && start < it.end.max(it.start + 1);
    let holding: Vec<_> = page.document.nodes.iter().filter(holds).collect();
    for node in &holding {
        match &node.kind {
            Kind::CodeBlock(at) if !page.code_blocks.get(*at as usize).is_some_and(|it| it.fenced) => {
                return of_file();
            }
            Kind::CodeBlock(_) | Kind::Table(_) | Kind::HtmlBlock => {
                return above(node.start).unwrap_or_else(of_file);
            }
            Kind::Heading(_) => {
                if let Some(comment) = above(node.start) {
                    return comment;
                }
            }
            _ => {}
        }
    }
    let definitions = page.links.iter().filter(|it| it.kind == LinkKind::Definition);
    if let Some(definition) = definitions.rev().find(|it| it.span.contains(finding.span)) {
        return above(definition.span.start).unwrap_or_else(of_file);
    }
    let line = line_start(text, start as usize);
    let end = line_end(text, line);
    let words = text.get(line..end).unwrap_or_default().trim_end();
    // Two spaces or a backslash at the end are a line break, and stay at the end.
    let words = words.strip_suffix('\\').unwrap_or(words).trim_end();
    let at = line + words.len();
    let inside = |it: &crate::model::document::Node| {
        let whole = matches!(it.kind, Kind::Code(_) | Kind::InlineHtml | Kind::Link(_) | Kind::Image(_));
        whole && (it.start as usize) < at && at < it.end as usize
    };
    if words.is_empty() || page.document.nodes.iter().any(inside) {
        return of_file();
    }
    comment(finding, at..at, Scope::Line, " ", ["<!--", " -->"])
}

fn in_file(finding: &Finding, path: &str, text: &str) -> Option<Comment> {
    let leader = leader(path)?;
    let line = line_start(text, finding.span.start as usize);
    let words = text.get(line..)?;
    let indent = &words[..words.len() - words.trim_start_matches([' ', '\t']).len()];
    if in_block_scalar(path, &text[..line], indent.len()) {
        return in_whole_file(finding, None, path, text);
    }
    Some(comment(finding, line..line, Scope::NextLine, indent, [leader, "\n"]))
}

/// How a comment that runs to the end of its line begins in a file; none where there are no comments.
fn leader(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |it| it.1);
    Some(match extension {
        "yaml" | "yml" | "rules" | "toml" | "py" | "rb" | "sh" | "bash" | "mk" => "#",
        "js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "mts" | "cts" | "go" | "java" | "kt" | "kts" | "rs"
        | "cs" => "//",
        _ if matches!(name, "Makefile" | "GNUmakefile" | "Dockerfile" | "justfile") => "#",
        _ => return None,
    })
}

/// Whether a line of a YAML file belongs to a text in which `#` is no comment: the nearest line above that is less
/// indented ends in `|` or `>`.
fn in_block_scalar(path: &str, before: &str, indent: usize) -> bool {
    if !path.ends_with(".yaml") && !path.ends_with(".yml") {
        return false;
    }
    let indented = |it: &str| it.len() - it.trim_start_matches(' ').len();
    let above = before.lines().rev().find(|it| !it.trim().is_empty() && indented(it) < indent);
    above.is_some_and(|it| {
        let words = it.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
        words.ends_with(['|', '>'])
    })
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1)
}

/// The end of the line that holds a byte, behind its line ending.
fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|it| it.find('\n')).map_or(text.len(), |it| at + it + 1)
}
