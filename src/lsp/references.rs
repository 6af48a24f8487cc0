//! Who speaks of the thing at a place: links to a heading or a page, requests for an operation.

use gen_lsp_types as lsp;

use super::definition::operation_span;
use super::subject::{self, Subject, answering, routes_of};
use super::view::{View, anchor};
use crate::model::coverage::{Endpoints, OperationId};
use crate::model::page::{Anchor, Link, LinkKind, Page};
use crate::model::reference::Target as Mentioned;
use crate::model::resolve::{Resolver, Target};
use crate::source::{SourceId, Span};

/// The places that speak of what stands at a byte, in the order of the text.
pub(super) fn references(
    view: View<'_>,
    source: SourceId,
    offset: u32,
    declaration: bool,
) -> Vec<lsp::Location> {
    let project = view.project();
    let Some((subject, _)) = subject::at(project, source, offset) else { return Vec::new() };
    let mut spans = match subject {
        Subject::Heading(page, at) => to_heading(view, page, at, declaration),
        Subject::Link(page, link) => match Resolver::new(project).resolve_link(page, link).0 {
            Target::Page { page, fragment } => {
                let Some(page) = project.pages.get(page) else { return Vec::new() };
                match fragment.and_then(|it| anchor(page, &it)) {
                    Some(Anchor::Heading(at)) => to_heading(view, page, at, declaration),
                    _ => links_to(view, page).into_iter().map(|(link, _)| link.span).collect(),
                }
            }
            _ => Vec::new(),
        },
        Subject::Operation(id) => of_operations(view, &[id], declaration),
        Subject::Route(at) => {
            let rows = project.coverage.rows.iter().filter(|it| it.route == Some(at));
            let operations: Vec<OperationId> = rows.filter_map(|it| it.operation).collect();
            of_operations(view, &operations, declaration)
        }
        Subject::Request(it) => match &it.target {
            Mentioned::Endpoint { method, path, .. } => {
                of_operations(view, &answering(project, method, path).0, declaration)
            }
            _ => Vec::new(),
        },
        Subject::Alert(at) => {
            let named = project.alerts.all.get(at);
            named
                .iter()
                .flat_map(|it| it.link.as_ref().map(|link| link.span).into_iter().chain([it.span]))
                .collect()
        }
        Subject::Mention(it) => {
            let same = project.references.iter().filter(|other| other.target == it.target);
            same.map(|it| it.span).collect()
        }
        Subject::Ref(..) | Subject::Runbook(_) | Subject::Rule(_) => Vec::new(),
    };
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter().map(|it| view.location(it)).collect()
}

/// The links of all pages, and of the descriptions of specs, that lead to a page, with their fragments. A link by
/// reference counts once, at its definition too.
pub(super) fn links_to<'a>(view: View<'a>, page: &Page) -> Vec<(&'a Link, Option<String>)> {
    let project = view.project();
    let resolver = Resolver::new(project);
    let of_specs = project.specs.iter().flat_map(|it| &it.links);
    let mut found = Vec::new();
    for from in project.pages.iter().chain(of_specs) {
        for link in &from.links {
            if let Target::Page { page: index, fragment } = resolver.resolve(from, &link.dest)
                && project.pages.get(index).is_some_and(|it| it.source == page.source)
            {
                found.push((link, fragment));
            }
        }
    }
    found
}

fn to_heading(view: View<'_>, page: &Page, at: u32, declaration: bool) -> Vec<Span> {
    let here = |fragment: &Option<String>| {
        let id = fragment.as_deref().and_then(|it| anchor(page, it));
        id == Some(Anchor::Heading(at)) || (fragment.is_none() && is_title(page, at))
    };
    let links = links_to(view, page).into_iter().filter(|(link, fragment)| {
        // The definition stands for the links that use it, unless there are such links.
        link.kind != LinkKind::Definition && here(fragment)
    });
    let mut spans: Vec<Span> = links.map(|(link, _)| link.span).collect();
    let named = page.headings.get(at as usize).filter(|_| declaration);
    spans.extend(named.map(|it| it.span));
    spans
}

/// Whether a heading is the title of its page, so that links to the page mean it.
fn is_title(page: &Page, at: u32) -> bool {
    at == 0 && page.headings.first().is_some_and(|it| it.level == 1)
}

fn of_operations(view: View<'_>, wanted: &[OperationId], declaration: bool) -> Vec<Span> {
    let project = view.project();
    let endpoints = Endpoints::new(project);
    let asks = |it: &Mentioned| match it {
        Mentioned::Endpoint { method, path, .. } => {
            endpoints.operations(method, path).iter().any(|it| wanted.contains(it))
        }
        _ => false,
    };
    let mut spans: Vec<Span> =
        project.references.iter().filter(|it| asks(&it.target)).map(|it| it.span).collect();
    for id in wanted {
        spans.extend(routes_of(project, *id).into_iter().map(|it| project.routes.routes[it].span));
        spans.extend(operation_span(view, *id).filter(|_| declaration));
    }
    spans
}
