//! What can be written at a place: paths and anchors in links, operations and their ids, rules in directives.
//!
//! Only the line up to the cursor is looked at, as it stands in the editor; the project may be a moment behind. So
//! nothing has to be read again while somebody types.

use std::sync::LazyLock;

use gen_lsp_types as lsp;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use regex::Regex;

use super::position::Lines;
use super::view::View;
use crate::lint::rules;
use crate::model::page::{Anchor, Page};
use crate::model::resolve::{has_scheme, join, relative};
use crate::pattern::compiled;
use crate::source::is_markdown;

/// The most proposals at once; the client asks again when more is typed.
const MOST: usize = 500;

/// What ends a destination or cannot stand in one.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>').add(b'#').add(b'?').add(b'%');

/// A destination that is being written: of an inline link, of a definition, of an attribute.
static DESTINATION: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r#"(?:\]\(<?|^ {0,3}\[[^\]]+\]:\s*<?|\b(?:href|src)\s*=\s*["'])([^\s()<>"']*)$"#)
});

/// A request: the method, then the path as far as it is written.
static REQUEST: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\b(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)\s+(/[^\s`\])]*)$"));

/// The id of an operation in a spec's links.
static OPERATION_ID: LazyLock<Regex> = LazyLock::new(|| compiled(r#"\boperationId["']?:\s*["']?([\w.-]*)$"#));

/// The rule in a directive.
static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"docwright-(?:disable|enable)[a-z-]*\s+(?:[\w/*-]+[,\s]+)*([\w/*-]*)$"));

/// A proposal: what is shown, what is written, and what it is found by.
struct Proposal {
    label: String,
    detail: String,
    text: String,
    found_by: String,
    kind: lsp::CompletionItemKind,
}

/// What can be written at a place of a file.
pub(super) fn completion(view: View<'_>, at: &lsp::TextDocumentPositionParams) -> lsp::CompletionList {
    let found = view.place.inside(&at.text_document.uri).and_then(|path| {
        let open = view.documents.get(&path).map(|it| it.text.as_str());
        let text = open.or_else(|| Some(view.text(view.project().sources.id(&path)?)))?;
        let lines = Lines::new(text, view.client.encoding);
        let offset = lines.offset(at.position);
        let line = lines.line_around(offset).start;
        let before = text.get(line..offset)?;
        let (written, proposals) = proposals(view, &path, before)?;
        let range = lines.range(offset - written.len()..offset);
        Some((range, written.to_owned(), proposals))
    });
    let Some((range, written, proposals)) = found else { return lsp::CompletionList::default() };
    let wanted = written.to_lowercase();
    let fits = |it: &Proposal| is_subsequence(&wanted, &it.found_by.to_lowercase());
    let mut fitting: Vec<Proposal> = proposals.into_iter().filter(fits).collect();
    let is_incomplete = fitting.len() > MOST;
    fitting.truncate(MOST);
    let items = fitting.into_iter().enumerate().map(|(at, it)| lsp::CompletionItem {
        sort_text: Some(format!("{at:04}")),
        text_edit: Some(lsp::TextEdit { range, new_text: it.text }.into()),
        detail: Some(it.detail).filter(|it| !it.is_empty()),
        filter_text: Some(it.found_by),
        kind: Some(it.kind),
        label: it.label,
        ..Default::default()
    });
    lsp::CompletionList { is_incomplete, items: items.collect(), ..Default::default() }
}

/// What has been written of the thing at the end of a line, and what it may become.
fn proposals<'t>(view: View<'_>, path: &str, before: &'t str) -> Option<(&'t str, Vec<Proposal>)> {
    let written = |pattern: &Regex, group| Some(pattern.captures(before)?.get(group)?.as_str());
    if let Some(written) = written(&DIRECTIVE, 1) {
        let rule = |it: &&'static crate::lint::Rule| Proposal {
            label: it.id.to_owned(),
            detail: it.summary(),
            text: it.id.to_owned(),
            found_by: it.id.to_owned(),
            kind: lsp::CompletionItemKind::Constant,
        };
        return Some((written, rules::ALL.iter().map(rule).collect()));
    }
    let extension = path.rsplit_once('.').map_or("", |it| it.1).to_ascii_lowercase();
    if matches!(extension.as_str(), "yaml" | "yml" | "json") {
        let written = written(&OPERATION_ID, 1)?;
        return Some((written, operations(view, |_, id, _| Some((id.to_owned(), id.to_owned())))));
    }
    if !is_markdown(path) {
        return None;
    }
    if let Some(written) = written(&DESTINATION, 1) {
        if has_scheme(written) || written.starts_with("//") {
            return None;
        }
        return match written.split_once('#') {
            Some((file, fragment)) => Some((fragment, anchors(linked(view, path, file)?))),
            None => Some((written, paths(view, path))),
        };
    }
    if let Some(found) = REQUEST.captures(before) {
        let (method, written) = (found.get(1)?.as_str(), found.get(2)?.as_str());
        let of_method = |it: &str, id: &str, path: &str| {
            (it == method).then(|| (path.to_owned(), format!("{path} {id}")))
        };
        return Some((written, operations(view, of_method)));
    }
    // The words of a link or of code: an operation by its id becomes the request that documents name it by.
    let bracket = before.rfind('[').filter(|at| !before[*at..].contains([']', '^', '`']));
    let tick = before.rfind('`').filter(|_| before.matches('`').count() % 2 == 1);
    let open = bracket.max(tick)?;
    let written = before.get(open + 1..)?;
    let mark = if tick == Some(open) { "" } else { "`" };
    let named = |method: &str, id: &str, path: &str| {
        Some((format!("{mark}{method} {path}{mark}"), format!("{id} {method} {path}")))
    };
    (!written.is_empty() && !written.starts_with(' ')).then(|| (written, operations(view, named)))
}

/// The operations that `of` takes, which gives what is written and what it is found by, from method, id and path.
fn operations(view: View<'_>, of: impl Fn(&str, &str, &str) -> Option<(String, String)>) -> Vec<Proposal> {
    let all = view.project().specs.iter().flat_map(|it| &it.operations);
    all.filter_map(|it| {
        let (text, found_by) = of(&it.method, &it.id, &it.path).filter(|it| !it.0.is_empty())?;
        let detail = [it.id.as_str(), it.summary.as_str()].into_iter().filter(|it| !it.is_empty());
        Some(Proposal {
            label: format!("{} {}", it.method, it.path),
            detail: detail.collect::<Vec<_>>().join(": "),
            text,
            found_by,
            kind: lsp::CompletionItemKind::Method,
        })
    })
    .collect()
}

/// The page that a destination without fragment leads to.
fn linked<'a>(view: View<'a>, from: &str, dest: &str) -> Option<&'a Page> {
    let target = if dest.is_empty() {
        from.to_owned()
    } else {
        let folder = from.rsplit_once('/').map_or("", |it| it.0);
        join(folder, &percent_decode_str(dest).decode_utf8().ok()?)?
    };
    view.page(view.project().sources.id(&target)?)
}

/// The anchors of a page: headings in their order, then the others.
fn anchors(page: &Page) -> Vec<Proposal> {
    let of = |id: &str, detail: &str| Proposal {
        label: format!("#{id}"),
        detail: detail.to_owned(),
        text: id.to_owned(),
        found_by: format!("{id} {detail}"),
        kind: lsp::CompletionItemKind::Reference,
    };
    let mut found: Vec<Proposal> =
        page.headings.iter().filter(|it| !it.anchor.is_empty()).map(|it| of(&it.anchor, &it.text)).collect();
    let is_other = |it: &Anchor| matches!(it, Anchor::Html(_) | Anchor::Target(_));
    let mut others: Vec<&String> = page.anchors.iter().filter(|it| is_other(it.1)).map(|it| it.0).collect();
    others.sort_unstable();
    found.extend(others.into_iter().map(|it| of(it, "")));
    found
}

/// The files of the project as a page would link to them: pages first, then what else the repository holds.
fn paths(view: View<'_>, from: &str) -> Vec<Proposal> {
    let project = view.project();
    let pages = project.pages.iter().map(|it| (project.sources.path(it.source), it.title.clone(), true));
    let mut all: Vec<(&str, String, bool)> = pages.filter(|it| it.0 != from).collect();
    let is_page = |path: &str| project.sources.id(path).is_some_and(|id| view.page(id).is_some());
    let is_hidden = |path: &str| path.split('/').any(|it| it.starts_with('.'));
    let files = project.files.paths().filter(|(path, it)| !it.is_dir && !is_hidden(path) && !is_page(path));
    let mut files: Vec<(&str, String, bool)> = files.map(|(path, _)| (path, String::new(), false)).collect();
    files.sort_unstable();
    all.extend(files);
    let proposal = |(path, detail, is_page): (&str, String, bool)| {
        let label = relative(from, path);
        Proposal {
            text: utf8_percent_encode(&label, ESCAPED).to_string(),
            found_by: format!("{label} {detail}"),
            label,
            detail,
            kind: if is_page { lsp::CompletionItemKind::File } else { lsp::CompletionItemKind::Text },
        }
    };
    all.into_iter().map(proposal).collect()
}

/// Whether the characters of one text stand in another in their order.
fn is_subsequence(wanted: &str, text: &str) -> bool {
    let mut rest = text.chars();
    wanted.chars().all(|c| rest.any(|it| it == c))
}
