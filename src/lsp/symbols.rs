//! The outline of a file: headings of a page, operations of a spec, alerts.

use gen_lsp_types as lsp;

use super::position::Lines;
use super::view::View;
use crate::model::page::Page;
use crate::source::{SourceId, Span};

/// The outline of a file.
pub(super) fn symbols(view: View<'_>, source: SourceId) -> lsp::DocumentSymbolResponse {
    let lines = view.lines(source);
    let tree = match view.page(source) {
        Some(page) => headings(view, page, &lines),
        None => elsewhere(view, source, &lines),
    };
    if view.client.symbol_trees {
        return tree.into();
    }
    let uri = view.uri(view.project().sources.path(source));
    let mut flat = Vec::new();
    flatten(tree, None, &uri, &mut flat);
    flat.into()
}

fn headings(view: View<'_>, page: &Page, lines: &Lines<'_>) -> Vec<lsp::DocumentSymbol> {
    let end_of_text = view.text(page.source).len() as u32;
    // Open headings, outermost first, each with what is below it.
    let mut open: Vec<(u8, lsp::DocumentSymbol)> = Vec::new();
    let mut roots = Vec::new();
    for (at, heading) in page.headings.iter().enumerate() {
        close(&mut open, &mut roots, heading.level);
        let next = page.headings[at + 1..].iter().find(|it| it.level <= heading.level);
        let end = next.map_or(end_of_text, |it| page.document.node(it.node).start);
        let start = page.document.node(heading.node).start;
        let whole = Span { start, end: end.max(heading.span.end), ..heading.span };
        let name = if heading.text.is_empty() { "(empty)" } else { &heading.text };
        open.push((heading.level, symbol(name, None, lsp::SymbolKind::String, whole, heading.span, lines)));
    }
    close(&mut open, &mut roots, 0);
    roots
}

/// Ends the headings that a heading of this level ends.
fn close(open: &mut Vec<(u8, lsp::DocumentSymbol)>, roots: &mut Vec<lsp::DocumentSymbol>, level: u8) {
    while open.last().is_some_and(|it| it.0 >= level) {
        let Some((_, done)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, above)) => above.children.get_or_insert_default().push(done),
            None => roots.push(done),
        }
    }
}

fn elsewhere(view: View<'_>, source: SourceId, lines: &Lines<'_>) -> Vec<lsp::DocumentSymbol> {
    let project = view.project();
    let operations = project.specs.iter().flat_map(|it| &it.operations).filter(|it| it.span.source == source);
    let mut found: Vec<lsp::DocumentSymbol> = operations
        .map(|it| {
            let name = format!("{} {}", it.method, it.path);
            let detail = Some(it.summary.clone()).filter(|it| !it.is_empty());
            symbol(&name, detail, lsp::SymbolKind::Method, it.span, it.span, lines)
        })
        .collect();
    let routes = project.routes.routes.iter().filter(|it| it.span.source == source);
    found.extend(routes.map(|it| {
        let name = format!("{} {}", it.method, it.path);
        symbol(&name, Some(it.framework.clone()), lsp::SymbolKind::Method, it.span, it.span, lines)
    }));
    let alerts = project.alerts.all.iter().filter(|it| it.span.source == source);
    found
        .extend(alerts.map(|it| {
            symbol(&it.name, it.severity.clone(), lsp::SymbolKind::Event, it.span, it.span, lines)
        }));
    found
}

fn symbol(
    name: &str,
    detail: Option<String>,
    kind: lsp::SymbolKind,
    whole: Span,
    name_span: Span,
    lines: &Lines<'_>,
) -> lsp::DocumentSymbol {
    #[expect(deprecated, reason = "the type has the field and no default")]
    lsp::DocumentSymbol {
        name: name.to_owned(),
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: lines.range(whole.range()),
        selection_range: lines.range(name_span.range()),
        children: None,
    }
}

fn flatten(
    tree: Vec<lsp::DocumentSymbol>,
    container: Option<&str>,
    uri: &lsp::Uri,
    into: &mut Vec<lsp::SymbolInformation>,
) {
    for it in tree {
        let base = lsp::BaseSymbolInformation {
            name: it.name.clone(),
            kind: it.kind,
            tags: None,
            container_name: container.map(str::to_owned),
        };
        let location = lsp::Location { uri: uri.clone(), range: it.range };
        into.push(lsp::SymbolInformation::new(None, location, base));
        flatten(it.children.unwrap_or_default(), Some(&it.name), uri, into);
    }
}
