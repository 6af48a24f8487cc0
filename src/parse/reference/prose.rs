//! Inline code in running text: commands, and paths of the repository.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::elsewhere::names_another_repository;
use super::path;
use super::programs::mentions;
use super::walk::{Walked, reference};
use super::words::inline;
use super::{Place, Setting};
use crate::model::document::Kind;
use crate::model::reference::{Reference, Target};
use crate::model::resolve::join;
use crate::pattern::compiled;
use crate::source::Span;

/// What the inline code of a page refers to.
pub(super) fn references(setting: &Setting<'_>, walked: &Walked) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut link_end = 0;
    for (id, node) in setting.page.document.nodes.iter().enumerate() {
        match &node.kind {
            Kind::Link(_) => link_end = node.subtree_end as usize,
            // What a link's text names is judged where the link leads.
            Kind::Code(code) if id >= link_end && !walked.silent.contains(node.start) => {
                let Some(span) = inner(setting, node.range(), code) else { continue };
                found.extend(in_code(setting, walked, code, span));
            }
            _ => {}
        }
    }
    found
}

/// The span of inline code without its backticks; none where its words differ from the source.
pub(super) fn inner(setting: &Setting<'_>, range: std::ops::Range<usize>, code: &str) -> Option<Span> {
    let at = setting.text.get(range.clone())?.find(code)?;
    (!code.is_empty())
        .then(|| Span::new(setting.page.source, range.start + at..range.start + at + code.len()))
}

fn in_code(setting: &Setting<'_>, walked: &Walked, code: &str, span: Span) -> Vec<Reference> {
    let Some(words) = inline(code, span) else { return Vec::new() };
    let place = Place { folder: setting.folder, in_command: false };
    let runs = words.len() > 1 || (code.starts_with("./") && path::is_script(code));
    if runs {
        let own = mentions(&words).into_iter().filter(|it| !matches!(it.target, Target::Service(_)));
        let own = own.filter(|it| !is_told_as_gone(setting, it.word.span));
        return own.filter_map(|it| reference(setting, &walked.created, &it, place)).collect();
    }
    file(setting, walked, code, span).into_iter().collect()
}

/// A path of the repository: with a folder that is there, and the extension of a file that teams keep.
fn file(setting: &Setting<'_>, walked: &Walked, code: &str, span: Span) -> Option<Reference> {
    static LINE: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?::\d+(?:[-:]\d+)?|#L\d+(?:-L?\d+)?)$"));
    let written = LINE.find(code).map_or(code, |it| &code[..it.start()]);
    let plausible = path::is_path(written)
        && path::is_file(written)
        && path::has_folder(written)
        && !path::is_made(written)
        && !path::is_generic(written)
        && !walked.created.contains(written)
        && (!written.starts_with('/') || path::may_mean_root(written, setting.files))
        && has_first_folder(setting, written)
        && (!is_settings(written) || setting.page.document_type.is_some() || written.contains("docs/"))
        && !is_told_as_absent(setting, span)
        && !is_in_example(setting, span);
    plausible.then(|| Reference {
        target: Target::File(written.to_owned()),
        span: span.slice(0..written.len()),
        folder: setting.folder.to_owned(),
        in_command: false,
    })
}

/// Whether the first folder of a path is there: at the root, or in the project that the page belongs to. Folders that
/// only stand beside the page may mirror those of somebody else's project.
fn has_first_folder(setting: &Setting<'_>, path: &str) -> bool {
    let mut parts = path.split('/').filter(|it| !matches!(*it, "" | "." | ".."));
    let Some(first) = parts.next() else { return false };
    let mut base = setting.folder;
    loop {
        let at = |name: &str| join(base, name).and_then(|it| setting.files.get(&it));
        let manifests = ["package.json", "Cargo.toml", "pyproject.toml", "go.mod", "Makefile", "pom.xml"];
        let is_project = base.is_empty() || manifests.iter().any(|it| at(it).is_some());
        if is_project && at(first).is_some_and(|it| it.is_dir) {
            return true;
        }
        if base.is_empty() {
            return false;
        }
        base = base.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

/// Whether a path is that of settings: on other pages than those of operations it may be the reader's own.
fn is_settings(path: &str) -> bool {
    let settings =
        ["yaml", "yml", "json", "toml", "ini", "conf", "cfg", "properties", "xml", "env", "example"];
    path::extension(path).is_some_and(|it| settings.contains(&it))
}

/// Whether a path stands below a heading of examples, or in a list of what somebody makes or may have.
fn is_in_example(setting: &Setting<'_>, span: Span) -> bool {
    static EXAMPLE: LazyLock<Regex> =
        LazyLock::new(|| compiled(r"(?i)\b(?:examples?|samples?|tutorial|walk-?through)\b"));
    let above = setting.page.headings.partition_point(|it| it.span.start < span.start);
    let heading = above.checked_sub(1).and_then(|it| setting.page.headings.get(it));
    if heading.is_some_and(|it| EXAMPLE.is_match(&it.text)) {
        return true;
    }
    let mut start = line_start(setting.text, span.range().start);
    let line = |start: usize| setting.text.get(start..line_end(setting.text, start)).unwrap_or_default();
    let is_item = |it: &str| {
        let it = it.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        it.is_empty() || it.starts_with(['-', '*', '+', '.', ')'])
    };
    for _ in 0..FAR_UP {
        if !is_item(line(start)) {
            break;
        }
        start = line_start(setting.text, start.saturating_sub(1));
    }
    // What "was created" should be there; what a program creates or looks for need not.
    static MAKES: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            r"(?i)\b(?:will|would|creates?|generates?|writes?|looks? (?:for|in)|searche[sd]|first \w+ (?:file )?found|if (?:it|they) exists?|for example|e\.g\.|such as|optional(?:ly)?)\b",
        )
    });
    let introduction = line(start);
    introduction.trim_end().ends_with(':') && MAKES.is_match(&said(introduction))
}

/// How many lines of a list are followed up to the words above it.
const FAR_UP: usize = 12;

/// Whether the words around a path say that what it names is made, gone, planned or only an example: those of its
/// line, and of the line above, where the sentence may begin.
fn is_told_as_absent(setting: &Setting<'_>, span: Span) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            r"(?i)\b(creat\w+|generat\w+|add(?:s|ed|ing)?|new|writ(?:e|es|ten|ing)|sav(?:e|es|ed)|output\w*|produc\w+|emit\w*|delet\w+|renam\w+|mov(?:e|es|ed)|previous(?:ly)?|former|was|were|e\.g\.|eg|for example|example|for instance|such as|like|missing|absent|not exist|doesn't|does not|optional|if present|if (?:it|they) exists?|your|imagine|suppose|say|init\w*|scaffold\w*|install\w*|download\w*|upload\w*|clone\w*|copy|copies|copied)\b|→|->|=>",
        )
    });
    let here = line_start(setting.text, span.range().start);
    let above = line_start(setting.text, here.saturating_sub(1));
    let lines = setting.text.get(above..line_end(setting.text, span.range().end)).unwrap_or_default();
    WORDS.is_match(&said(lines)) || is_told_as_gone(setting, span)
}

/// Whether the line of a command says that it is gone, planned, or not to be run.
fn is_told_as_gone(setting: &Setting<'_>, span: Span) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            r"(?i)\b(would|will|future|plan(?:s|ned)?|todo|deprecat\w+|remov\w+|no longer|never|not|don't|do not|cannot|legacy|old|formerly|hypothetical|instead of|replac\w+|add(?:s|ed|ing)? (?:a|an|the|this)|for example|e\.g\.|like|such as)\b",
        )
    });
    let here = line_start(setting.text, span.range().start);
    let line = setting.text.get(here..line_end(setting.text, span.range().end)).unwrap_or_default();
    // "For example `a` or" may stand at the end of the line above.
    static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)\b(?:for example|e\.g\.|such as)"));
    let before = setting.text.get(line_start(setting.text, here.saturating_sub(1))..here).unwrap_or_default();
    WORDS.is_match(&said(line))
        || names_another_repository(line)
        || (EXAMPLE.is_match(before) && !before.trim_end().ends_with('.'))
}

/// What lines say: without inline code, addresses and where links lead, whose parts are no words.
fn said(lines: &str) -> Cow<'_, str> {
    static NAMES: LazyLock<Regex> =
        LazyLock::new(|| compiled(r"`[^`]*`|\]\([^)]*\)|\S+://\S+|[\w.+-]+@[\w.-]+"));
    NAMES.replace_all(lines, "`")
}

/// How far a line is followed: a page may be one line.
const FAR: usize = 2_000;

/// The start of the character at a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..at.min(3) + 1).map(|it| at - it).find(|&it| text.is_char_boundary(it)).unwrap_or(0)
}

fn line_start(text: &str, at: usize) -> usize {
    let far = boundary(text, at.saturating_sub(FAR));
    text.get(far..at).and_then(|it| it.rfind('\n')).map_or(far, |it| far + it + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let far = boundary(text, at.saturating_add(FAR).min(text.len())).max(at);
    text.get(at..far).and_then(|it| it.find('\n')).map_or(far, |it| at + it)
}
