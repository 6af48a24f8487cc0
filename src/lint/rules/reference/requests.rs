//! Which requests in documents the application does not answer: shared by the rules about endpoints and `curl`.

use std::collections::HashSet;

use crate::lint::Context;
use crate::model::Project;
use crate::model::coverage::{Answer, Endpoints};
use crate::model::reference::{Reference, Server, Target};
use crate::source::SourceId;

/// Reports the requests of documents that the application does not have: those in commands, or those in text.
///
/// A document may speak of any API, so there must be a sign that it is this one: a request to the same server, or on
/// the same page, that the application has; or a path that begins like known ones.
pub(super) fn report(cx: &mut Context<'_>, in_commands: bool) {
    let project = cx.project;
    let endpoints = Endpoints::new(project);
    if endpoints.is_empty() {
        return;
    }
    let asked: Vec<(&Reference, Answer<'_>)> = project
        .references
        .iter()
        .filter_map(|it| match &it.target {
            Target::Endpoint { method, path, .. } => Some((it, endpoints.answer(method, path))),
            _ => None,
        })
        .collect();
    let known = Signs::new(&asked, !project.specs.is_empty());
    for (reference, answer) in &asked {
        if reference.in_command != in_commands || !known.is_own(reference, answer, &endpoints) {
            continue;
        }
        let Target::Endpoint { method, .. } = &reference.target else { continue };
        let path = project.sources.text(reference.span);
        match answer {
            Answer::OtherVerb(verbs) => {
                let list: Vec<String> = verbs.iter().map(|it| format!("`{it}`")).collect();
                let message = format!("`{path}` is there for {}, not for `{method}`", list.join(", "));
                cx.report(reference.span, message).help("correct the method, or the path");
            }
            Answer::Unknown { nearest, .. } => {
                let finding = cx.report(reference.span, format!("{} `{method} {path}`", who(project)));
                finding.help(match nearest {
                    Some((method, path)) => format!("did you mean `{method} {path}`?"),
                    None => "correct the path, or remove it".to_owned(),
                });
            }
            Answer::Known => {}
        }
    }
}

/// Who was asked.
fn who(project: &Project) -> &'static str {
    match (project.routes.routes.is_empty(), project.specs.is_empty()) {
        (true, _) => "no OpenAPI document has",
        (_, true) => "no code serves",
        _ => "neither the code nor a spec has",
    }
}

/// What shows that a request is one to this application.
struct Signs<'a> {
    servers: HashSet<&'a Server>,
    pages: HashSet<SourceId>,
    has_specs: bool,
}

impl<'a> Signs<'a> {
    fn new(asked: &[(&'a Reference, Answer<'_>)], has_specs: bool) -> Signs<'a> {
        let hits = || asked.iter().filter(|(_, answer)| *answer == Answer::Known).map(|(it, _)| *it);
        let server = |it: &'a Reference| match &it.target {
            Target::Endpoint { server, .. } => Some(server),
            _ => None,
        };
        Signs {
            servers: hits().filter_map(server).collect(),
            pages: hits().map(|it| it.span.source).collect(),
            has_specs,
        }
    }

    fn is_own(&self, reference: &Reference, answer: &Answer<'_>, endpoints: &Endpoints) -> bool {
        let Target::Endpoint { server, .. } = &reference.target else { return false };
        let shared = match answer {
            Answer::Known => return false,
            Answer::OtherVerb(_) => 2,
            // Code alone may serve more than was found.
            Answer::Unknown { slip: false, .. } if !self.has_specs => return false,
            Answer::Unknown { shared, .. } => *shared,
        };
        let on_page = self.pages.contains(&reference.span.source);
        match server {
            Server::Own(_) if shared > 0 && self.servers.contains(server) => true,
            // A port or a variable may be that of any program; an `http` block is about an API.
            Server::Own(_) if reference.in_command => false,
            Server::Unnamed | Server::Own(_) => shared > 1 || (shared == 1 && on_page),
            Server::Named(host) => shared > 0 && endpoints.is_own_host(host),
        }
    }
}
