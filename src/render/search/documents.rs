//! What is found: sections of pages, operations, schemas, alerts, recovery subjects and the pages that docwright
//! makes. Each origin gives its sections again whenever they are asked for, so that the text of a site is never
//! held twice.

use super::Kind;
use crate::model::Project;
use crate::model::document::{Document, Kind as Node};
use crate::model::formula::words;
use crate::model::matrix;
use crate::model::page::Page;
use crate::model::spec::{Operation, Spec};
use crate::render::operations::Operations;
use crate::render::shell::Context;
use crate::render::url::Urls;

/// The text of a section that is looked at, in bytes: what stands below is a listing.
const LONGEST_BODY: usize = 16 * 1024;

/// The kinds of document that count as runbooks.
const RUNBOOKS: [&str; 3] = ["runbook", "alert", "dr-plan"];

/// Where sections come from; indices into the lists of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A page of the book.
    Page(usize),
    /// An operation of a spec.
    Operation(usize, usize),
    /// A schema of a spec, as its plan numbers them.
    Schema(usize, usize),
    /// An alert.
    Alert(usize),
    /// A page that docwright makes, or an entry of one.
    Made(usize),
}

/// A page that docwright makes, or an entry of one.
#[derive(Debug)]
pub(in crate::render) struct Made {
    page: String,
    path: String,
    anchor: Option<&'static str>,
    heading: String,
    above: String,
    body: String,
}

/// A section: what is looked for in it, and what is shown of it.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Its own heading.
    pub heading: String,
    /// The headings above it, and other names of it.
    pub above: String,
    /// What stands below the heading, down to the next one.
    pub body: String,
    /// Whether it is the beginning of a page.
    pub is_page: bool,
    /// The title of its page.
    pub page: String,
    /// The file of its page.
    pub path: String,
    /// Its place there.
    pub anchor: Option<String>,
    /// One line between heading and text.
    pub note: String,
}

/// The pages that docwright makes, and the subjects of the recovery matrix.
pub(super) fn made(project: &Project, operations: &Operations) -> Vec<Made> {
    let mut made: Vec<Made> = Vec::new();
    let title_of =
        |path: &str| operations.links.iter().find(|it| it.path == path).map_or("", |it| it.title.as_str());
    for link in operations.links.iter().filter(|it| it.language.is_none()) {
        let mut body = link.about.clone();
        if operations.contacts.as_ref() == Some(&link.path) {
            for section in project.contacts.iter().flat_map(|it| &it.sections) {
                body.push_str(" · ");
                body.push_str(project.shown_words(section.heading).trim());
            }
        }
        made.push(Made {
            page: link.title.to_owned(),
            path: link.path.clone(),
            anchor: None,
            heading: link.title.to_owned(),
            above: String::new(),
            body,
        });
    }
    for topics in &operations.topics {
        let title = title_of(&topics.index);
        made.extend(topics.all.iter().map(|it| Made {
            page: it.name.clone(),
            path: it.path().to_owned(),
            anchor: None,
            heading: it.name.clone(),
            above: title.to_owned(),
            body: String::new(),
        }));
    }
    let Some(path) = &operations.recovery else { return made };
    for row in matrix::rows(project) {
        let Some((name, above)) = row.subject().split_last() else { continue };
        let values = row.facts.iter().map(|it| format!("{} {}", it.kind.as_str(), it.raw.trim()));
        made.push(Made {
            page: title_of(path).to_owned(),
            path: path.clone(),
            anchor: Some("matrix"),
            heading: name.clone(),
            above: above.join(" › "),
            body: values.collect::<Vec<_>>().join(", "),
        });
    }
    made
}

/// All origins by kind, each with the number of its first section, and the first section of each kind.
pub(super) fn origins(
    project: &Project,
    operations: &Operations,
    urls: &Urls,
    made: &[Made],
) -> (Vec<(Origin, u32)>, [u32; Kind::ALL.len() + 1]) {
    let mut of_kind: [Vec<(Origin, usize)>; Kind::ALL.len()] = Default::default();
    for (at, page) in project.pages.iter().enumerate() {
        if page.in_book && urls.page(page.source).is_some() {
            of_kind[kind(page) as usize].push((Origin::Page(at), sections_of(project.shown(page).0)));
        }
    }
    for (spec, plan) in operations.specs.iter().enumerate() {
        let shown = (0..plan.anchors.len()).filter(|&it| plan.operation(it).is_some());
        let all = shown.map(|it| Origin::Operation(spec, it));
        let all = all.chain((0..plan.schemas.len()).map(|it| Origin::Schema(spec, it)));
        of_kind[Kind::Api as usize].extend(all.map(|it| (it, 1)));
    }
    if operations.alerts.is_some() {
        let all = (0..project.alerts.all.len()).map(|it| (Origin::Alert(it), 1));
        of_kind[Kind::Alert as usize].extend(all);
    }
    of_kind[Kind::Guide as usize].extend((0..made.len()).map(|it| (Origin::Made(it), 1)));
    let mut all = Vec::new();
    let mut kinds = [0; Kind::ALL.len() + 1];
    let mut next = 0;
    for (kind, origins) in of_kind.into_iter().enumerate() {
        for (origin, sections) in origins {
            all.push((origin, next));
            next += sections as u32;
        }
        kinds[kind + 1] = next;
    }
    (all, kinds)
}

fn kind(page: &Page) -> Kind {
    match page.document_type.as_deref() {
        Some(it) if RUNBOOKS.contains(&it) => Kind::Runbook,
        _ => Kind::Guide,
    }
}

/// How many sections a page has: the beginning with its title, and one for every other heading.
fn sections_of(page: &Page) -> usize {
    1 + page.headings.len() - usize::from(has_title(page))
}

fn has_title(page: &Page) -> bool {
    page.title_heading() == Some(0)
}

/// The sections of an origin, in order.
pub(super) fn sections(cx: &Context<'_>, made: &[Made], origin: Origin) -> Vec<Section> {
    let project = cx.project;
    let one = |it: Option<Section>| vec![it.unwrap_or_default()];
    match origin {
        Origin::Page(at) => project.pages.get(at).map_or_else(Vec::new, |it| page(cx, it)),
        Origin::Operation(spec, at) => one(project.specs.get(spec).and_then(|it| {
            let (path, anchor) = cx.operations.specs.get(spec)?.operation(at)?;
            Some(operation(project, it, it.operations.get(at)?, path, anchor))
        })),
        Origin::Schema(spec, at) => one(schema(cx, spec, at)),
        Origin::Alert(at) => one(alert(cx, at)),
        Origin::Made(at) => one(made.get(at).map(|it| Section {
            heading: it.heading.clone(),
            above: it.above.clone(),
            body: it.body.clone(),
            is_page: it.anchor.is_none(),
            page: it.page.clone(),
            path: it.path.clone(),
            anchor: it.anchor.map(str::to_owned),
            note: it.above.clone(),
        })),
    }
}

fn page(cx: &Context<'_>, page: &Page) -> Vec<Section> {
    let (page, text) = cx.project.shown(page);
    let path = cx.links.urls.page(page.source).unwrap_or_default();
    let section = || Section { page: page.title.clone(), path: path.to_owned(), ..Section::default() };
    let mut first = Section { heading: page.title.clone(), is_page: true, ..section() };
    // The name of its file is what colleagues call a page.
    first.above = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".html").to_owned();
    let skipped = usize::from(has_title(page));
    if let Some(title) = page.headings.first().filter(|it| skipped > 0 && it.text != page.title) {
        first.above.push(' ');
        first.above.push_str(&title.text);
    }
    let mut sections = vec![first];
    for heading in page.headings.iter().skip(skipped) {
        let parents = std::iter::successors(heading.parent, |&it| page.headings.get(it as usize)?.parent);
        let parents = parents.filter(|&it| it as usize >= skipped);
        let mut above: Vec<&str> =
            parents.filter_map(|it| Some(page.headings.get(it as usize)?.text.as_str())).collect();
        above.reverse();
        let note = above.join(" › ");
        sections.push(Section {
            heading: heading.text.clone(),
            above: format!("{} {note}", page.title),
            anchor: Some(heading.anchor.clone()),
            note,
            ..section()
        });
    }
    fill(&page.document, text, skipped, &mut sections);
    sections
}

/// Gives every section the words that stand below its heading.
fn fill(document: &Document, text: &str, skipped: usize, sections: &mut [Section]) {
    let (mut current, mut next) = (0, 0);
    while let Some(node) = document.nodes.get(next) {
        if let Node::Heading(at) = node.kind {
            current = (at as usize + 1).saturating_sub(skipped);
            next = node.subtree_end as usize;
            continue;
        }
        next += 1;
        let Some(body) = sections.get_mut(current).map(|it| &mut it.body) else { continue };
        if body.len() >= LONGEST_BODY {
            continue;
        }
        match &node.kind {
            Node::Text(None) => body.push_str(text.get(node.range()).unwrap_or_default()),
            Node::Text(Some(words)) | Node::Code(words) => body.push_str(words),
            Node::Math(_) => body.push_str(words(text.get(node.range()).unwrap_or_default())),
            Node::Paragraph
            | Node::Item
            | Node::CodeBlock(_)
            | Node::TableCell
            | Node::DefinitionTerm
            | Node::DefinitionDetails
            | Node::SoftBreak
            | Node::HardBreak => body.push(' '),
            _ => {}
        }
    }
}

fn operation(project: &Project, spec: &Spec, operation: &Operation, path: &str, anchor: &str) -> Section {
    let call = format!("{} {}", operation.method, operation.path);
    let (heading, note) = match operation.summary.trim() {
        "" => (call, operation.id.clone()),
        summary => (call, summary.to_owned()),
    };
    let mut body = operation.description.clone();
    for parameter in spec.call(&project.sources, operation).parameters() {
        body.push(' ');
        body.push_str(&parameter.name());
    }
    Section {
        above: format!("{} {} {} {}", operation.id, operation.summary, spec.title, operation.tags.join(" ")),
        heading,
        body,
        page: spec.title.clone(),
        path: path.to_owned(),
        anchor: Some(anchor.to_owned()),
        note,
        ..Section::default()
    }
}

fn schema(cx: &Context<'_>, spec: usize, at: usize) -> Option<Section> {
    let plan = cx.operations.specs.get(spec)?.schemas.get(at)?;
    let spec = cx.project.specs.get(spec)?;
    let (file, node) = plan.identity;
    let file = spec.files.get(file as usize)?;
    let view = file.tree.view(node, &cx.project.sources.get(file.source).text);
    let words = |key: &str| view.get(key).and_then(|it| it.as_str());
    let mut body = words("description").map_or_else(String::new, |it| it.into_owned());
    for (name, _) in view.get("properties").into_iter().flat_map(|it| it.entries()) {
        body.push(' ');
        body.push_str(&name.as_str().unwrap_or_default());
    }
    Some(Section {
        heading: plan.name.clone(),
        above: format!("{} {}", spec.title, words("title").unwrap_or_default()),
        body,
        page: spec.title.clone(),
        path: plan.path.clone(),
        note: "Schema".to_owned(),
        ..Section::default()
    })
}

fn alert(cx: &Context<'_>, at: usize) -> Option<Section> {
    let alert = cx.project.alerts.all.get(at)?;
    let runbook = alert.runbook.page().and_then(|it| cx.project.pages.get(it));
    Some(Section {
        heading: alert.name.clone(),
        above: runbook.map_or_else(String::new, |it| it.title.clone()),
        body: alert.summary.clone(),
        page: "Alerts".to_owned(),
        path: cx.operations.alerts.clone()?,
        anchor: cx.operations.alert_anchors.get(at).cloned(),
        note: alert.severity.clone().unwrap_or_default(),
        ..Section::default()
    })
}
