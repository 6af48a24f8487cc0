//! `METHOD /path` in inline code, headings, tables and blocks of HTTP.

use std::sync::LazyLock;

use regex::Regex;

use super::Setting;
use super::request::{split_url, template};
use crate::model::document::{Kind, Node, NodeId};
use crate::model::reference::{Reference, Server, Target};
use crate::pattern::compiled;
use crate::source::Span;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The requests that a page writes as method and path.
pub(super) fn references(setting: &Setting<'_>) -> Vec<Reference> {
    let document = &setting.page.document;
    let mut found = Vec::new();
    let mut inside_end = 0;
    for id in 0..document.nodes.len() as NodeId {
        let node = document.node(id);
        match &node.kind {
            Kind::Heading(_) | Kind::TableCell => {
                inside_end = node.subtree_end;
                found.extend(in_words(setting, node));
            }
            Kind::TableRow => found.extend(in_row(setting, id)),
            Kind::Code(code) if id >= inside_end => {
                let Some(span) = super::prose::inner(setting, node.range(), code) else { continue };
                found.extend(in_line(setting, code, span.range().start, None));
            }
            Kind::CodeBlock(index) => found.extend(in_block(setting, *index as usize)),
            _ => {}
        }
    }
    found
}

fn reference(
    setting: &Setting<'_>,
    method: &str,
    target: &str,
    start: usize,
    host: Option<&str>,
) -> Option<Reference> {
    let (server, path) = match target.strip_prefix('/') {
        Some(_) => (host.and_then(server).unwrap_or(Server::Unnamed), target),
        None => split_url(target)?,
    };
    let at = start + target.len() - path.len();
    Some(Reference {
        target: Target::Endpoint { method: method.to_owned(), path: template(path)?, server },
        span: Span::new(setting.page.source, at..at + written(path)),
        folder: setting.folder.to_owned(),
        in_command: false,
    })
}

/// Who stands in a `Host` header.
fn server(host: &str) -> Option<Server> {
    split_url(&format!("http://{host}/")).map(|(server, _)| server)
}

/// The length of a path without its query.
fn written(path: &str) -> usize {
    path.find(['?', '#']).unwrap_or(path.len())
}

/// `METHOD target`, and nothing more than the version of HTTP behind it.
fn in_line(setting: &Setting<'_>, line: &str, start: usize, host: Option<&str>) -> Option<Reference> {
    let (method, rest) = line.split_once(' ').filter(|(method, _)| METHODS.contains(method))?;
    let mut words = rest.split_whitespace();
    let target = words.next()?;
    words.all(|it| it.starts_with("HTTP/")).then_some(())?;
    let at = start + method.len() + 1 + rest.find(target)?;
    reference(setting, method, target, at, host)
}

/// `METHOD /path` anywhere in a heading or a cell, whatever marks stand around.
fn in_words(setting: &Setting<'_>, node: &Node) -> Vec<Reference> {
    static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            r"(?:^|[\s`*|(\[])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[`*]*\s+[`*]*((?:https?://[^\s`*|)/]+)?/[^\s`*|)]*)",
        )
    });
    let Some(words) = setting.text.get(node.range()) else { return Vec::new() };
    let hits = REQUEST.captures_iter(words).filter_map(|hit| {
        let (method, target) = (hit.get(1)?, hit.get(2)?);
        let clean = target.as_str().trim_end_matches(['.', ',', ';', ':']);
        reference(setting, method.as_str(), clean, node.range().start + target.start(), None)
    });
    hits.collect()
}

/// A row with the method in one cell and the path in the next one.
fn in_row(setting: &Setting<'_>, row: NodeId) -> Option<Reference> {
    let document = &setting.page.document;
    let marks = |c: char| c.is_whitespace() || matches!(c, '`' | '*' | '|');
    let cells: Vec<(usize, &str)> = document
        .children(row)
        .filter_map(|it| {
            let range = document.node(it).range();
            let words = setting.text.get(range.clone())?;
            let inner = words.trim_start_matches(marks);
            Some((range.start + words.len() - inner.len(), inner.trim_end_matches(marks)))
        })
        .collect();
    let method = cells.iter().find(|(_, it)| METHODS.contains(it))?.1;
    let (start, path) =
        cells.iter().find(|(_, it)| it.starts_with('/') && !it.contains(char::is_whitespace))?;
    reference(setting, method, path, *start, None)
}

/// The request lines of an ```` ```http ```` block.
fn in_block(setting: &Setting<'_>, index: usize) -> Vec<Reference> {
    let Some(block) = setting.page.code_blocks.get(index) else { return Vec::new() };
    if !matches!(block.language.as_str(), "http" | "https" | "rest") {
        return Vec::new();
    }
    let words = setting.text.get(block.span.range()).unwrap_or_default();
    let host = words.lines().find_map(|it| it.trim().strip_prefix("Host:")).map(str::trim);
    let mut found = Vec::new();
    let mut at = block.span.range().start;
    for line in words.split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '\t', '>']);
        found.extend(in_line(setting, inner.trim_end(), at + line.len() - inner.len(), host));
        at += line.len();
    }
    found
}
