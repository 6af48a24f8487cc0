//! Where the thing at a place is defined: the other end of a link, the operation of a request, the page of an alert.

use gen_lsp_types as lsp;

use super::subject::{self, Subject, answering, routes_of};
use super::view::{View, anchor, anchor_span};
use crate::model::alert::{Alert, Runbook};
use crate::model::coverage::OperationId;
use crate::model::page::{Link, Page};
use crate::model::reference;
use crate::model::repository::Place;
use crate::model::resolve::{Resolver, Target};
use crate::model::spec;
use crate::source::{SourceId, Span};

/// The places that define what stands at a byte; none where nothing does.
pub(super) fn definition(view: View<'_>, source: SourceId, offset: u32) -> Vec<lsp::Location> {
    let project = view.project();
    let Some((subject, _)) = subject::at(project, source, offset) else { return Vec::new() };
    let spans: Vec<Span> = match subject {
        Subject::Link(page, link) => return of_link(view, page, link).into_iter().collect(),
        Subject::Mention(it) => return of_mention(view, it),
        Subject::Heading(page, at) => page.headings.get(at as usize).map(|it| it.span).into_iter().collect(),
        Subject::Request(it) => match &it.target {
            reference::Target::Endpoint { method, path, .. } => {
                let (operations, routes) = answering(project, method, path);
                let operations = operations.into_iter().filter_map(|it| operation_span(view, it));
                operations.chain(routes.into_iter().map(|it| project.routes.routes[it].span)).collect()
            }
            _ => Vec::new(),
        },
        Subject::Operation(id) => {
            routes_of(project, id).into_iter().map(|it| project.routes.routes[it].span).collect()
        }
        Subject::Route(at) => {
            let rows = project.coverage.rows.iter().filter(|it| it.route == Some(at));
            rows.filter_map(|it| it.operation).filter_map(|it| operation_span(view, it)).collect()
        }
        Subject::Alert(at) if view.page(source).is_some() => vec![project.alerts.all[at].span],
        Subject::Alert(at) | Subject::Runbook(at) => return runbook(view, &project.alerts.all[at]),
        Subject::Ref(spec, it) => match it.target {
            spec::Target::Value { file, node } => vec![spec.node(&project.sources, file, node).place()],
            spec::Target::Text(source) => vec![Span::new(source, 0..0)],
            spec::Target::Remote | spec::Target::Missing => Vec::new(),
        },
        Subject::Rule(_) => Vec::new(),
    };
    spans.into_iter().map(|it| view.location(it)).collect()
}

/// The method of an operation in its spec.
pub(super) fn operation_span(view: View<'_>, id: OperationId) -> Option<Span> {
    view.project().operation(id).map(|it| it.span)
}

fn of_link(view: View<'_>, page: &Page, link: &Link) -> Option<lsp::Location> {
    match Resolver::new(view.project()).resolve_link(page, link).0 {
        Target::Page { page, fragment } => {
            let page = view.project().pages.get(page)?;
            let found = fragment.and_then(|it| anchor(page, &it)).map(|it| anchor_span(page, it));
            Some(view.location(found.unwrap_or(Span::new(page.source, 0..0))))
        }
        Target::File { path, fragment } => Some(file(view, &path, fragment.as_deref())),
        _ => None,
    }
}

/// A file, at the line that a fragment such as `L12` names.
fn file(view: View<'_>, path: &str, fragment: Option<&str>) -> lsp::Location {
    let mut location = view.beginning(path);
    let digits =
        fragment.and_then(|it| it.strip_prefix('L')).map(|it| it.split(|c: char| !c.is_ascii_digit()));
    let line: Option<u32> = digits.and_then(|mut it| it.next()?.parse().ok());
    if let Some(line) = line.and_then(|it| it.checked_sub(1)) {
        let start = lsp::Position { line, character: 0 };
        location.range = lsp::Range { start, end: start };
    }
    location
}

fn of_mention(view: View<'_>, mention: &reference::Reference) -> Vec<lsp::Location> {
    use reference::Target::{ComposeFile, File, NpmScript, Script, Service, Task};
    let repository = &view.project().repository;
    let paths: Vec<String> = match &mention.target {
        Script { path, .. } | File(path) | ComposeFile(path) => {
            match repository.place(&view.project().files, &mention.folder, path) {
                Place::At(path) => vec![path],
                Place::Elsewhere(paths) => paths.to_vec(),
                Place::Untracked | Place::Nowhere => Vec::new(),
            }
        }
        NpmScript(_) => repository.packages_for(&mention.folder).map(|it| it.path.clone()).collect(),
        Task { runner, name } => {
            let files = repository.task_files_for(*runner, &mention.folder);
            files.filter(|it| it.names.contains(name)).map(|it| it.path.clone()).collect()
        }
        Service(name) => {
            let files = repository.compose_files.iter().filter(|it| it.services.contains(name));
            files.map(|it| it.path.clone()).collect()
        }
        _ => Vec::new(),
    };
    let is_file = |path: &String| view.project().files.get(path).is_some_and(|it| !it.is_dir);
    paths.iter().filter(|it| is_file(it)).map(|it| view.beginning(it)).collect()
}

fn runbook(view: View<'_>, alert: &Alert) -> Vec<lsp::Location> {
    let fragment = alert.link.as_ref().and_then(|it| it.address.split_once('#')).map(|it| it.1);
    if let Some(page) = alert.runbook.page().and_then(|it| view.project().pages.get(it)) {
        let found = fragment.and_then(|it| anchor(page, it)).map(|it| anchor_span(page, it));
        return vec![view.location(found.unwrap_or(Span::new(page.source, 0..0)))];
    }
    match &alert.runbook {
        Runbook::File { path, .. } => vec![view.beginning(path)],
        _ => Vec::new(),
    }
}
