//! What stands at a place of a file: the thing that hover, definition, references and rename are about.

use crate::lint::{Rule, rules};
use crate::model::Project;
use crate::model::coverage::{Endpoints, OperationId};
use crate::model::document::Kind;
use crate::model::page::{Link, Page};
use crate::model::reference::{Reference, Target};
use crate::model::spec;
use crate::source::{SourceId, Span};

/// A thing that can be asked about. Numbers are indices into the lists of [`Project`].
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A link of a page.
    Link(&'a Page, &'a Link),
    /// A heading, by page and index.
    Heading(&'a Page, u32),
    /// A request that a page names: `GET /orders/{id}`.
    Request(&'a Reference),
    /// A file, script or the like that a page names.
    Mention(&'a Reference),
    /// An operation where its spec declares it.
    Operation(OperationId),
    /// A `$ref` of a spec.
    Ref(&'a spec::Spec, &'a spec::Reference),
    /// A route where the code declares it.
    Route(usize),
    /// An alert where it is declared, or its name on a page.
    Alert(usize),
    /// The runbook that an alert names.
    Runbook(usize),
    /// A rule that a directive names.
    Rule(&'static Rule),
}

/// The smallest thing that holds a byte, with its place.
pub(super) fn at(project: &Project, source: SourceId, offset: u32) -> Option<(Subject<'_>, Span)> {
    let mut found = Vec::new();
    if let Ok(index) = project.pages.binary_search_by_key(&source, |it| it.source) {
        on_page(project, &project.pages[index], offset, &mut found);
    } else {
        elsewhere(project, source, &mut found);
    }
    for it in project.suppressions.of(source) {
        found.extend(rules::find(&it.rule).map(|rule| (Subject::Rule(rule), it.rule_span)));
    }
    let holds = |span: Span| span.source == source && span.start <= offset && offset <= span.end;
    found.into_iter().filter(|(_, span)| holds(*span)).min_by_key(|(_, span)| span.end - span.start)
}

fn on_page<'a>(project: &'a Project, page: &'a Page, offset: u32, found: &mut Vec<(Subject<'a>, Span)>) {
    found.extend(page.links.iter().map(|it| (Subject::Link(page, it), it.span)));
    for (at, heading) in page.headings.iter().enumerate() {
        let line = Span { start: page.document.node(heading.node).start, ..heading.span };
        found.push((Subject::Heading(page, at as u32), line));
    }
    let from = project.references.partition_point(|it| it.span.source < page.source);
    let here = project.references[from..].iter().take_while(|it| it.span.source == page.source);
    let text = &project.sources.get(page.source).text;
    found.extend(here.map(|it| match &it.target {
        Target::Endpoint { method, .. } => (Subject::Request(it), with_method(text, method, it.span)),
        _ => (Subject::Mention(it), it.span),
    }));
    let touched = page.document.nodes.iter().filter(|it| it.start <= offset && offset <= it.end);
    for node in touched {
        if let Kind::Code(words) = &node.kind {
            let named = project.alerts.all.iter().position(|it| it.name == **words);
            found.extend(named.map(|it| (Subject::Alert(it), Span::new(page.source, node.range()))));
        }
    }
}

/// The path of a request with its method, where that stands right before it.
fn with_method(text: &str, method: &str, path: Span) -> Span {
    let before = text.get(..path.start as usize).unwrap_or_default();
    let start = before.trim_end_matches([' ', '`', '*']).strip_suffix(method).map(str::len);
    Span { start: start.map_or(path.start, |it| it as u32), ..path }
}

fn elsewhere<'a>(project: &'a Project, source: SourceId, found: &mut Vec<(Subject<'a>, Span)>) {
    for (index, spec) in project.specs.iter().enumerate() {
        for (at, operation) in spec.operations.iter().enumerate() {
            let id = OperationId { spec: index, operation: at };
            found.extend([
                (Subject::Operation(id), operation.span),
                (Subject::Operation(id), operation.path_span),
            ]);
            if let Some(name) = spec.call(&project.sources, operation).node.get("operationId") {
                found.push((Subject::Operation(id), name.span()));
            }
        }
        found.extend(spec.references.iter().map(|it| (Subject::Ref(spec, it), it.span)));
    }
    let routes = project.routes.routes.iter().enumerate().filter(|(_, it)| it.span.source == source);
    found.extend(routes.map(|(at, it)| (Subject::Route(at), it.span)));
    let alerts = project.alerts.all.iter().enumerate().filter(|(_, it)| it.span.source == source);
    for (at, alert) in alerts {
        found.push((Subject::Alert(at), alert.span));
        found.extend(alert.link.as_ref().map(|it| (Subject::Runbook(at), it.span)));
    }
}

/// The operations and routes that a request may be for.
pub(super) fn answering(project: &Project, method: &str, path: &str) -> (Vec<OperationId>, Vec<usize>) {
    let operations = Endpoints::new(project).operations(method, path);
    let mut routes: Vec<usize> = operations.iter().flat_map(|it| routes_of(project, *it)).collect();
    if operations.is_empty() {
        let all = project.routes.routes.iter().enumerate();
        let fits = |it: &str| it == method || it == "ANY";
        routes.extend(all.filter(|(_, it)| fits(&it.method) && same_path(&it.path, path)).map(|(at, _)| at));
    }
    (operations, routes)
}

/// The routes that serve an operation.
pub(super) fn routes_of(project: &Project, id: OperationId) -> Vec<usize> {
    let rows = project.coverage.rows.iter().filter(|it| it.operation == Some(id));
    rows.filter_map(|it| it.route).collect()
}

/// Whether two templates are the same but for the names of their parameters.
fn same_path(a: &str, b: &str) -> bool {
    let parts = |it: &str| -> Vec<String> {
        let parts = it.trim_matches('/').split('/');
        parts.map(|it| if it.starts_with('{') { "{}".to_owned() } else { it.to_lowercase() }).collect()
    };
    parts(a) == parts(b)
}
