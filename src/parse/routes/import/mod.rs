//! Routes and requests that other programs have written down: what a framework lists of itself, what a proxy or a
//! browser has seen. The way in for what no extractor reads, and a second opinion on what one does.

mod frameworks;
mod list;
mod log;
mod requests;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::model::route::{Confidence, Request, Route};
use crate::parse::tree;
use crate::source::{SourceId, Sources, Span};

/// A file in which a program wrote routes or requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// What wrote it.
    pub format: Format,
    /// Its project path.
    pub path: String,
}

/// What wrote a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `METHOD /path` lines, or JSON.
    List,
    /// `php artisan route:list --json`
    Artisan,
    /// `bin/rails routes`, plain or `--expanded`.
    Rails,
    /// `flask routes`
    Flask,
    /// `manage.py show_urls` of django-extensions, plain or `--format json`.
    Django,
    /// `/actuator/mappings` of Spring Boot.
    Spring,
    /// `.next/routes-manifest.json` or `.next/app-path-routes-manifest.json`.
    Next,
    /// An OpenAPI document that the running application made of itself.
    OpenApi,
    /// An HTTP archive.
    Har,
    /// A Postman collection.
    Postman,
    /// An access log: common or combined format, or JSON lines.
    AccessLog,
}

impl Format {
    /// All of them, in the order of the help text.
    pub const ALL: [Format; 11] = [
        Format::List,
        Format::Artisan,
        Format::Rails,
        Format::Flask,
        Format::Django,
        Format::Spring,
        Format::Next,
        Format::OpenApi,
        Format::Har,
        Format::Postman,
        Format::AccessLog,
    ];

    /// Its name on the command line and in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Format::List => "list",
            Format::Artisan => "artisan",
            Format::Rails => "rails",
            Format::Flask => "flask",
            Format::Django => "django",
            Format::Spring => "spring",
            Format::Next => "next",
            Format::OpenApi => "openapi",
            Format::Har => "har",
            Format::Postman => "postman",
            Format::AccessLog => "access-log",
        }
    }

    /// The format of a name.
    pub fn find(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Imported {
    pub(super) routes: Vec<Route>,
    /// One for each verb and path.
    pub(super) requests: Vec<Request>,
}

/// Reads a file. What is no route and no request is left out.
pub(super) fn read(sources: &Sources, id: SourceId, format: Format) -> Imported {
    let text = &*sources.get(id).text;
    let json = || value(sources.path(id), text);
    let mut found = Found { source: id, text, from: 0, framework: format.name(), routes: Vec::new() };
    let mut seen = Vec::new();
    match format {
        Format::List => found.routes = list::read(id, text),
        Format::Artisan => frameworks::artisan(&json(), &mut found),
        Format::Rails => frameworks::rails(text, &mut found),
        Format::Flask => frameworks::flask(text, &mut found),
        Format::Django => frameworks::django(text, &mut found),
        Format::Spring => frameworks::spring(&json(), &mut found),
        Format::Next => frameworks::next(&json(), &mut found),
        Format::OpenApi => frameworks::openapi(&json(), &mut found),
        Format::Har => seen = requests::har(&json()),
        Format::Postman => seen = requests::postman(&json()),
        Format::AccessLog => seen = log::read(text),
    }
    Imported { routes: found.routes, requests: counted(id, seen) }
}

/// Leaves out what the code says too: its place is the better one. A list that knows no verbs says nothing of a path
/// whose verbs are known.
pub(super) fn new_ones(imported: Vec<Route>, known: &[Route]) -> Vec<Route> {
    let mut verbs: HashMap<String, HashSet<&str>> = HashMap::new();
    for route in known {
        verbs.entry(without_names(&route.path)).or_default().insert(&route.method);
    }
    let is_new = |it: &Route| {
        verbs.get(&without_names(&it.path)).is_none_or(|known| {
            it.method != "ANY" && !known.contains("ANY") && !known.contains(it.method.as_str())
        })
    };
    imported.into_iter().filter(is_new).collect()
}

/// A template without the names of its parameters and a slash at its end.
fn without_names(path: &str) -> String {
    let mut parts = path.trim_end_matches('/').split('{');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str("{}");
        bare.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    bare
}

/// A JSON or YAML file as a value; null where it is broken.
fn value(path: &str, text: &str) -> Value {
    const BUDGET: usize = 4_000_000;
    let (tree, _) = tree::parse(path, text);
    tree.root(text).and_then(|it| it.to_json(BUDGET)).unwrap_or_default()
}

/// A request that somebody made.
struct Seen {
    method: String,
    path: String,
    /// The answer's status; 0 where it is not known.
    status: u16,
}

/// Suffixes of what servers hand out as files.
const STATIC: [&str; 17] = [
    ".css",
    ".js",
    ".mjs",
    ".map",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".svg",
    ".ico",
    ".webp",
    ".woff",
    ".woff2",
    ".ttf",
    ".html",
    ".txt",
    ".webmanifest",
];

/// The requests that something answered, counted by verb and path.
fn counted(source: SourceId, seen: Vec<Seen>) -> Vec<Request> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for it in seen {
        let nobody_there = matches!(it.status, 404 | 405 | 410);
        let implied = matches!(it.method.as_str(), "OPTIONS" | "HEAD" | "CONNECT" | "TRACE");
        let path = it.path.split(['?', '#']).next().unwrap_or_default();
        let is_file = STATIC.iter().any(|suffix| path.to_ascii_lowercase().ends_with(suffix));
        if !nobody_there && !implied && !is_file && path.starts_with('/') {
            *counts.entry((it.method, path.to_owned())).or_default() += 1;
        }
    }
    let requests = counts.into_iter();
    requests.map(|((method, path), count)| Request { method, path, count, source }).collect()
}

/// Collects the routes of a file. Readers go through it in order, so the place of an entry is the next occurrence of
/// its words.
struct Found<'a> {
    source: SourceId,
    text: &'a str,
    from: usize,
    framework: &'static str,
    routes: Vec<Route>,
}

impl Found<'_> {
    /// A route, written in the file with these words.
    fn add(&mut self, method: &str, path: String, wildcard: bool, words: &str) {
        let at = self.text.get(self.from..).and_then(|rest| rest.find(words)).map(|at| self.from + at);
        let at = at.or_else(|| self.text.find(words)).filter(|_| !words.is_empty());
        let span = at.map_or(0..0, |at| at..at + words.len());
        self.from = self.from.max(span.start);
        self.routes.push(Route {
            method: method.to_owned(),
            path: if path.is_empty() { "/".to_owned() } else { path },
            confidence: Confidence::Resolved,
            framework: self.framework.to_owned(),
            span: Span::new(self.source, span),
            wildcard,
            library: false,
            query: Vec::new(),
            hidden: false,
        });
    }
}
