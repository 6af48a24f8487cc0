//! What is known about the thing at a place, as Markdown.

use gen_lsp_types as lsp;

use super::subject::{self, Subject, answering, routes_of};
use super::view::{View, anchor};
use crate::finding::Finding;
use crate::lint::{Rule, rules};
use crate::model::alert::Alert;
use crate::model::coverage::OperationId;
use crate::model::page::{Anchor, Link, Page};
use crate::model::reference::Target as Mentioned;
use crate::model::resolve::{Resolver, Target};
use crate::source::{SourceId, Span};

/// The longest piece of prose that is shown, in characters.
const LONGEST: usize = 400;

/// What is known about the place; `findings` are those of this state, where the rules have run on it.
pub(super) fn hover(
    view: View<'_>,
    source: SourceId,
    offset: u32,
    findings: &[Finding],
) -> Option<lsp::Hover> {
    let subject = subject::at(view.project(), source, offset);
    let mut parts: Vec<String> = subject.as_ref().and_then(|(it, _)| about(view, *it)).into_iter().collect();
    let holds =
        |it: &Span| it.source == source && it.start <= offset && offset <= it.end && it.start < it.end;
    let mut said: Vec<&str> = findings.iter().filter(|it| holds(&it.span)).map(|it| it.rule).collect();
    said.dedup();
    parts.extend(said.into_iter().filter_map(rules::find).map(reason));
    let span = subject.map(|(_, span)| span);
    (!parts.is_empty()).then(|| lsp::Hover {
        contents: lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: parts.join("\n\n---\n\n") }
            .into(),
        range: span.map(|it| view.range(it)),
    })
}

/// Why a rule exists: its documentation up to the examples.
pub(super) fn reason(rule: &Rule) -> String {
    let page = rule.documentation();
    let text = page.split("\n## ").next().unwrap_or_default().trim();
    format!("**{}**\n\n{text}", rule.id)
}

/// The same as [`reason`] in plain words, for a message.
pub(super) fn plain_reason(rule: &Rule) -> String {
    let page = rule.documentation();
    let text = page.split("\n## ").next().unwrap_or_default();
    format!("{}: {}", rule.id, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn about(view: View<'_>, subject: Subject<'_>) -> Option<String> {
    let project = view.project();
    match subject {
        Subject::Link(page, link) => of_link(view, page, link),
        Subject::Heading(page, at) => {
            let heading = page.headings.get(at as usize)?;
            let leads = |it: &&Alert| {
                let here = it.runbook.page().and_then(|it| project.pages.get(it));
                let fragment = it.link.as_ref().and_then(|it| it.address.split_once('#')).map(|it| it.1);
                here.is_some_and(|it| it.source == page.source)
                    && fragment.map_or(at == 0, |it| it == heading.anchor)
            };
            let alerts: Vec<String> =
                project.alerts.all.iter().filter(leads).map(|it| alert(view, it)).collect();
            Some([vec![format!("`#{}`", heading.anchor)], alerts].concat().join("\n\n"))
        }
        Subject::Request(it) => match &it.target {
            Mentioned::Endpoint { method, path, .. } => {
                let (operations, routes) = answering(project, method, path);
                let operations: Vec<String> =
                    operations.into_iter().filter_map(|it| operation(view, it)).collect();
                if operations.is_empty() {
                    let routes: Vec<String> = routes.into_iter().filter_map(|it| route(view, it)).collect();
                    return (!routes.is_empty()).then(|| routes.join("\n\n"));
                }
                Some(operations.join("\n\n---\n\n"))
            }
            _ => None,
        },
        Subject::Operation(id) => operation(view, id),
        Subject::Route(at) => route(view, at),
        Subject::Alert(at) | Subject::Runbook(at) => project.alerts.all.get(at).map(|it| alert(view, it)),
        Subject::Rule(rule) => Some(reason(rule)),
        Subject::Mention(_) | Subject::Ref(..) => None,
    }
}

fn of_link(view: View<'_>, page: &Page, link: &Link) -> Option<String> {
    match Resolver::new(view.project()).resolve_link(page, link).0 {
        Target::Page { page, fragment } => {
            let page = view.project().pages.get(page)?;
            let path = view.project().sources.path(page.source);
            let title = escape(&page.title);
            let kind = page.document_type.as_ref().map_or(String::new(), |it| format!(", {it}"));
            let heading = fragment.as_deref().and_then(|it| match anchor(page, it)? {
                Anchor::Heading(at) => page.headings.get(at as usize),
                _ => None,
            });
            let from = heading.or(page.headings.first()).map_or(0, |it| it.span.end);
            let text = first_paragraph(view, page, from).map_or(String::new(), |it| format!("\n\n{it}"));
            Some(match (heading, fragment) {
                (Some(heading), _) => {
                    format!("**{}**\n\n{title} (`{path}`{kind}){text}", escape(&heading.text))
                }
                (None, Some(id)) if anchor(page, &id).is_none() && id != "top" => {
                    format!("**{title}** (`{path}`{kind})\n\nno heading or id `#{id}`")
                }
                _ => format!("**{title}** (`{path}`{kind}){text}"),
            })
        }
        Target::File { path, .. } | Target::Directory(path) => Some(format!("`{path}`")),
        Target::Missing(path) => Some(format!("`{path}` does not exist")),
        Target::Escapes => Some("leads out of the project".to_owned()),
        _ => None,
    }
}

/// The words of the first paragraph behind a byte.
fn first_paragraph(view: View<'_>, page: &Page, from: u32) -> Option<String> {
    use crate::model::document::Kind;
    let document = &page.document;
    let roots = document.roots().map(|id| (id, document.node(id))).skip_while(|(_, it)| it.start < from);
    let mut before_next = roots.take_while(|(_, it)| !matches!(it.kind, Kind::Heading(_)));
    let (id, _) = before_next.find(|(_, it)| it.kind == Kind::Paragraph)?;
    Some(escape(&shortened(&document.plain_text(id, view.text(page.source)))))
}

fn operation(view: View<'_>, id: OperationId) -> Option<String> {
    let project = view.project();
    let spec = project.specs.get(id.spec)?;
    let operation = project.operation(id)?;
    let call = spec.call(&project.sources, operation);
    let mut lines = vec![format!("**{} {}**", operation.method, escape(&operation.path))];
    let summary = if operation.summary.is_empty() { &operation.description } else { &operation.summary };
    let summary = summary.split("\n\n").next().unwrap_or_default();
    lines.extend((!summary.is_empty()).then(|| shortened(summary)));
    let mut rows = Vec::new();
    if operation.deprecated {
        rows.push("deprecated".to_owned());
    }
    if !operation.id.is_empty() {
        rows.push(format!("operation `{}`", operation.id));
    }
    let parameters = call.parameters();
    if !parameters.is_empty() {
        let name = |it: &crate::model::spec::message::Parameter<'_>| {
            let optional = if it.is_required() { "" } else { "?" };
            format!("`{}`{optional} ({})", it.name(), it.location())
        };
        rows.push(format!("takes {}", parameters.iter().map(name).collect::<Vec<_>>().join(", ")));
    }
    if let Some(body) = call.body() {
        let types: Vec<String> = body.content.iter().map(|it| format!("`{}`", it.media_type)).collect();
        rows.push(format!("body {}", types.join(", ")));
    }
    let answers: Vec<String> = call.responses().iter().map(|it| format!("`{}`", it.status)).collect();
    if !answers.is_empty() {
        rows.push(format!("answers {}", answers.join(", ")));
    }
    rows.push(format!("described in `{}`", view.shown(operation.span)));
    let served = routes_of(project, id).into_iter().map(|it| &project.routes.routes[it]);
    rows.extend(served.map(|it| format!("served by `{}` ({})", view.shown(it.span), it.framework)));
    let row = project.coverage.rows.iter().find(|it| it.operation == Some(id));
    rows.extend(row.map(|it| it.status.as_str()).filter(|it| *it != "documented").map(str::to_owned));
    lines.push(rows.iter().map(|it| format!("- {it}")).collect::<Vec<_>>().join("\n"));
    Some(lines.join("\n\n"))
}

fn route(view: View<'_>, at: usize) -> Option<String> {
    let project = view.project();
    let route = project.routes.routes.get(at)?;
    let row = project.coverage.rows.iter().find(|it| it.route == Some(at));
    let status = row.map_or("unresolved", |it| it.status.as_str());
    let mut text = format!(
        "**{} {}**\n\n- {status}\n- {} route, {}\n- served by `{}`",
        route.method,
        escape(&route.path),
        route.framework,
        route.confidence.as_str(),
        view.shown(route.span)
    );
    if let Some(operation) = row.and_then(|it| it.operation).and_then(|it| project.operation(it)) {
        text += &format!("\n- described in `{}`", view.shown(operation.span));
        if !operation.summary.is_empty() {
            text += &format!(": {}", shortened(&operation.summary));
        }
    }
    Some(text)
}

fn alert(view: View<'_>, alert: &Alert) -> String {
    let mut rows = Vec::new();
    rows.extend(alert.severity.as_ref().map(|it| format!("severity `{it}`")));
    rows.extend(alert.holds_for.as_ref().map(|it| format!("fires after `{it}`")));
    rows.push(format!("declared in `{}`", view.shown(alert.span)));
    rows.push(match (&alert.runbook.page(), &alert.link) {
        (Some(page), _) => {
            let page = view.project().pages.get(*page);
            let path = page.map_or("", |it| view.project().sources.path(it.source));
            format!("runbook `{path}`")
        }
        (None, Some(link)) => format!("runbook `{}` ({})", link.address, alert.runbook.status()),
        (None, None) => "no runbook".to_owned(),
    });
    let rows: Vec<String> = rows.iter().map(|it| format!("- {it}")).collect();
    let summary =
        if alert.summary.is_empty() { String::new() } else { format!("{}\n\n", shortened(&alert.summary)) };
    format!("**{}**\n\n{summary}{}", escape(&alert.name), rows.join("\n"))
}

fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// Words of a document as Markdown that shows them as they are.
fn escape(text: &str) -> String {
    let special = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}
