//! OpenAPI trees → [`Spec`]. Versions 2.0, 3.0, 3.1 and 3.2; what can be read is read, whatever is broken.

mod document;
mod links;
mod operation;
mod place;
mod references;
mod sniff;
mod typed;

#[cfg(test)]
mod tests;

use std::cell::Cell;

use self::place::{Files, Place};
pub use self::sniff::looks_like_openapi;
use crate::model::spec::{Objects, ProblemKind, Role, Spec, SpecProblem, Version};
use crate::model::tree::ValueKind;
use crate::source::{SourceId, Sources, Span};

/// Reads the spec whose root file is `root`, with the files that it refers to as far as they are among the
/// sources. References to other hosts are remembered and never fetched.
pub fn load(root: SourceId, sources: &Sources) -> Spec {
    let gathered = references::gather(root, sources);
    let mut spec = Spec {
        source: root,
        version: String::new(),
        edition: Version::V31,
        title: sources.path(root).rsplit('/').next().unwrap_or_default().to_owned(),
        api_version: String::new(),
        description: String::new(),
        servers: Vec::new(),
        tags: Vec::new(),
        operations: Vec::new(),
        webhooks: Vec::new(),
        security_schemes: Vec::new(),
        files: Vec::new(),
        references: Vec::new(),
        objects: Objects::default(),
        links: Vec::new(),
        problems: gathered.problems,
    };
    let budget = Cell::new(place::BUDGET);
    let files = Files { sources, files: &gathered.files, references: &gathered.references, budget: &budget };
    match files.root().filter(|it| it.view.is_mapping()) {
        Some(root) => {
            let (version, problem) = version(files, root, &mut spec.version);
            let problems = problem.into_iter().chain(missing_parts(root, version));
            if !gathered.root_is_broken {
                spec.problems.extend(problems);
            }
            spec.edition = version;
            fill(&mut spec, files, root, version);
            spec.objects = typed::objects(sources, &gathered.files, &gathered.references, version);
            if files.is_exhausted() {
                spec.problems.push(too_large(root));
            }
        }
        None if gathered.root_is_broken => {}
        None => spec.problems.push(no_mapping(root, sources)),
    }
    spec.files = gathered.files;
    spec.references = gathered.references;
    spec.links = links::pages(&spec, sources);
    spec
}

fn fill<'a>(spec: &mut Spec, files: Files<'a>, root: Place<'a>, version: Version) {
    if let Some(info) = files.get(root, "info") {
        let title = files.text(info, "title");
        if !title.trim().is_empty() {
            spec.title = title;
        }
        spec.api_version = files.text(info, "version");
        spec.description = files.text(info, "description");
    }
    spec.servers = document::servers(files, root, version);
    spec.tags = document::tags(files, root);
    spec.security_schemes = document::security_schemes(files, root, version);
    spec.operations = operation::operations(files, root, Role::Served, version);
    spec.webhooks = operation::operations(files, root, Role::Webhook, version);
}

/// The version, and what is wrong with it; a document of an unknown version is read as its nearest kin.
fn version(files: Files<'_>, root: Place<'_>, words: &mut String) -> (Version, Option<SpecProblem>) {
    const HELP: &str = "docwright reads OpenAPI 2.0 (`swagger: \"2.0\"`), 3.0, 3.1 and 3.2";
    let (key, place) = match (root.own("openapi"), root.own("swagger")) {
        (Some(place), _) => ("openapi", place),
        (None, Some(place)) => ("swagger", place),
        (None, None) => {
            let problem = SpecProblem {
                kind: ProblemKind::Document,
                span: first_key(root),
                message: "no `openapi` version".to_owned(),
                help: Some("begin the document with `openapi: 3.1.0`".to_owned()),
            };
            return (Version::V31, Some(problem));
        }
    };
    *words = files.follow(place).text().unwrap_or_default();
    let mut parts = words.split(['.', '-']);
    let known = match (key, parts.next(), parts.next()) {
        ("swagger", Some("2"), Some("0")) => Some(Version::V2),
        ("openapi", Some("3"), Some("0")) => Some(Version::V30),
        ("openapi", Some("3"), Some("1")) => Some(Version::V31),
        ("openapi", Some("3"), Some("2")) => Some(Version::V32),
        _ => None,
    };
    let problem = known.is_none().then(|| SpecProblem {
        kind: ProblemKind::Document,
        span: place.span(),
        message: format!("unknown OpenAPI version `{key}: {words}`"),
        help: Some(HELP.to_owned()),
    });
    (known.unwrap_or(if key == "swagger" { Version::V2 } else { Version::V32 }), problem)
}

/// A document that lacks what its version needs to say anything.
fn missing_parts(root: Place<'_>, version: Version) -> Option<SpecProblem> {
    if let Some(paths) = root.own("paths") {
        return (paths.view.kind() != ValueKind::Mapping).then(|| SpecProblem {
            kind: ProblemKind::Document,
            span: root
                .view
                .entry("paths")
                .map_or(paths.span(), |(key, _)| Place { view: key, ..root }.span()),
            message: "`paths` holds no paths".to_owned(),
            help: Some(
                "each key below `paths` is a path such as `/orders`, and `paths: {}` is none".to_owned(),
            ),
        });
    }
    let problem = |message: &str, help: &str| SpecProblem {
        kind: ProblemKind::Document,
        span: first_key(root),
        message: message.to_owned(),
        help: Some(help.to_owned()),
    };
    match version {
        Version::V2 | Version::V30 => {
            Some(problem("no `paths`", "add `paths` with the operations of the API, or `paths: {}`"))
        }
        Version::V31 | Version::V32 => {
            ["webhooks", "components"].iter().all(|it| root.own(it).is_none()).then(|| {
                problem(
                    "no `paths`, `webhooks` or `components`",
                    "add `paths` with the operations of the API",
                )
            })
        }
    }
}

fn too_large(root: Place<'_>) -> SpecProblem {
    SpecProblem {
        kind: ProblemKind::Document,
        span: first_key(root),
        message: format!("references and aliases make this spec larger than {} MiB", place::BUDGET >> 20),
        help: Some("what comes last in it is left out".to_owned()),
    }
}

fn first_key(root: Place<'_>) -> Span {
    root.view.entries().next().map_or(root.span(), |(key, _)| Place { view: key, ..root }.span())
}

fn no_mapping(root: SourceId, sources: &Sources) -> SpecProblem {
    let text = &sources.get(root).text;
    let start = text.len() - text.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}').len();
    let line = text[start..].lines().next().unwrap_or_default().trim_end();
    SpecProblem {
        kind: ProblemKind::Document,
        span: Span::new(root, start..start + line.len()),
        message: match line.is_empty() {
            true => "the OpenAPI document is empty".to_owned(),
            false => "no OpenAPI document: the file holds no keys with values".to_owned(),
        },
        help: Some("begin the document with `openapi: 3.1.0`".to_owned()),
    }
}
