//! Renaming a heading: its words, and every link to an anchor that changes with them.

use std::collections::BTreeSet;

use gen_lsp_types as lsp;

use super::references::links_to;
use super::subject::{self, Subject};
use super::view::{View, anchor};
use crate::finding::Edit;
use crate::model::alert::Runbook;
use crate::model::page::{Anchor, Page};
use crate::parse::markdown;
use crate::source::{SourceId, Span};

/// What would be renamed: the words of the heading at a byte.
pub(super) fn prepare(view: View<'_>, source: SourceId, offset: u32) -> Option<lsp::PrepareRenameResult> {
    let (page, at) = heading(view, source, offset)?;
    let span = page.headings.get(at as usize)?.span;
    let placeholder = view.project().sources.text(span).to_owned();
    Some(lsp::PrepareRenamePlaceholder { range: view.range(span), placeholder }.into())
}

/// The edits that give the heading at a byte another name.
///
/// # Errors
/// There is no heading, or the name cannot be one; why, in words for the client to show.
pub(super) fn rename(
    view: View<'_>,
    source: SourceId,
    offset: u32,
    name: &str,
) -> Result<lsp::WorkspaceEdit, String> {
    let (page, at) = heading(view, source, offset).ok_or("only a heading can be renamed here")?;
    let name = name.trim();
    if name.is_empty() || name.contains(['\n', '\r']) {
        return Err("a heading has one line of text".to_owned());
    }
    let span = page.headings.get(at as usize).ok_or("only a heading can be renamed here")?.span;
    let path = view.project().sources.path(source);
    let mut text = view.text(source).to_owned();
    if text.get(span.range()).is_none() || view.project().sources.get(source).is_masked(span.range()) {
        return Err("this heading cannot be renamed".to_owned());
    }
    text.replace_range(span.range(), name);
    let renamed = markdown::parse_with(source, path, &text, page.in_book, page.math);
    let same = renamed.headings.len() == page.headings.len()
        && renamed.headings.iter().zip(&page.headings).all(|(new, old)| new.level == old.level);
    if !same {
        return Err(format!("`{name}` is no text of a heading"));
    }
    let mut edits = vec![Edit { span, text: name.to_owned() }];
    edits.extend(moved_links(view, page, &renamed));
    edits.sort_by_key(|it| it.span);
    Ok(view.edit(&edits))
}

fn heading(view: View<'_>, source: SourceId, offset: u32) -> Option<(&Page, u32)> {
    let page = view.page(source)?;
    let line = page.headings.iter().position(|it| {
        let start = page.document.node(it.node).start;
        start <= offset && offset <= it.span.end
    });
    match subject::at(view.project(), source, offset)?.0 {
        // The words of a heading may hold a link, a request, the name of an alert.
        Subject::Heading(page, at) => Some((page, at)),
        _ => Some((page, line? as u32)),
    }
}

/// The links whose headings have another anchor on the page as it will be. Those of other headings count too: after
/// `Step` is renamed, a second `Step` is no longer `step-1`.
fn moved_links(view: View<'_>, page: &Page, renamed: &Page) -> Vec<Edit> {
    let target = |fragment: &str| {
        let Anchor::Heading(at) = anchor(page, fragment)? else { return None };
        let (old, new) = (page.headings.get(at as usize)?, renamed.headings.get(at as usize)?);
        (old.anchor != new.anchor).then_some(new.anchor.as_str())
    };
    let sources = &view.project().sources;
    let mut done: BTreeSet<Span> = BTreeSet::new();
    let mut edits = Vec::new();
    let mut change = |span: Span, fragment: &str| {
        let Some(new) = target(fragment) else { return };
        let written = sources.text(span);
        let Some(place) = fragment_in(written, fragment).map(|it| span.slice(it)) else { return };
        if done.insert(place) && !sources.get(place.source).is_masked(place.range()) {
            edits.push(Edit { span: place, text: new.to_owned() });
        }
    };
    for (link, fragment) in links_to(view, page) {
        if let Some(fragment) = fragment {
            change(link.dest_span, &fragment);
        }
    }
    for alert in &view.project().alerts.all {
        let here = match alert.runbook {
            Runbook::File { page, .. } => page.and_then(|it| view.project().pages.get(it)),
            _ => None,
        };
        if let Some(link) = alert.link.as_ref().filter(|_| here.is_some_and(|it| it.source == page.source))
            && let Some((_, fragment)) = link.address.split_once('#')
        {
            change(link.span, fragment);
        }
    }
    edits
}

/// Where a fragment stands in a link as written: behind the only `#`, or behind the one that it follows.
fn fragment_in(written: &str, fragment: &str) -> Option<std::ops::Range<usize>> {
    let hash = written.find('#')? + 1;
    if !written[hash..].contains(['#', ' ', '"', '\'', '>', ')', '\n']) {
        return Some(hash..written.len());
    }
    let at = written.find(&format!("#{fragment}"))? + 1;
    Some(at..at + fragment.len())
}
