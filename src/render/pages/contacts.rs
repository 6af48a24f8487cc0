//! Whom to call: the contact sections of all documents on one page.

use std::ops::Range;

use crate::model::Project;
use crate::model::contact::ContactSection;
use crate::model::document::NodeId;
use crate::model::page::{Heading, Page};
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{Badge, ContactsOf, ContactsPage, Section};
use crate::render::{Html, html};

/// Whether any document says whom to call.
pub(in crate::render) fn is_wanted(project: &Project) -> bool {
    project.contacts.iter().any(|it| !it.sections.is_empty())
}

/// The page at a path.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str) -> Html {
    let place = Place::at(path);
    let (mut sections, mut missing, mut documents) = (Vec::new(), 0, 0);
    for contacts in cx.project.contacts.iter().filter(|it| !it.sections.is_empty()) {
        let Some(page) = cx.page(contacts.source).filter(|it| it.in_book) else { continue };
        documents += 1;
        for section in &contacts.sections {
            missing += holes(section);
            sections.push(part(cx, &place, page, section, sections.len()));
        }
    }
    let toc = sections.iter().map(|it| Section {
        title: it.title.clone(),
        href: format!("#{}", it.anchor),
        level: 2,
    });
    let toc = toc.collect();
    let shell = cx.shell(About { sections: toc, ..About::made(place, cx.says.get("contacts")) });
    cx.html("contacts.html", &ContactsPage { shell, documents, missing, sections })
}

/// The entries that name nobody.
fn holes(section: &ContactSection) -> usize {
    section.entries.iter().filter(|it| !it.reachable && it.placeholder.is_some()).count()
}

fn part(cx: &Context<'_>, place: &Place, page: &Page, section: &ContactSection, number: usize) -> ContactsOf {
    let (page, text, body) = shown(cx.project, page, section);
    let badge = |tone, text: String| Badge { tone, text };
    let problem = match holes(section) {
        0 if section.reachable => None,
        0 => Some(badge("warn", cx.says.get("nobody").to_owned())),
        n => Some(badge("bad", cx.says.with("not-filled", &n.to_string()))),
    };
    ContactsOf {
        anchor: format!("contacts-{}", number + 1),
        title: page.title.clone(),
        heading: cx.project.shown_words(section.heading).trim().to_owned(),
        href: cx.origin(section.heading, place).href,
        problem,
        body: html::part(&cx.links, page, text, place, body, 3),
    }
}

/// The section as readers of its page see it, with parts from other files and values put in: the page, its text and
/// the nodes below the heading.
fn shown<'a>(
    project: &'a Project,
    page: &'a Page,
    section: &ContactSection,
) -> (&'a Page, &'a str, Range<NodeId>) {
    let own = &project.sources.get(page.source).text;
    let start = |page: &Page, heading: &Heading| page.document.node(heading.node).start;
    let written = page.headings.iter().find(|it| it.span == section.heading).map(|it| start(page, it));
    let composed = project.includes.compositions.get(&page.source).and_then(|it| {
        let headings = &it.page.headings;
        let at = headings.iter().position(|heading| it.own_place(start(&it.page, heading)) == written)?;
        let (heading, below) = headings.get(at..)?.split_first()?;
        let next = below.iter().find(|it| it.level <= heading.level);
        let end = next.map_or(it.page.document.nodes.len() as NodeId, |it| it.node);
        Some((&it.page, &*it.text, it.page.document.node(heading.node).subtree_end..end))
    });
    composed.unwrap_or((page, own, section.body.clone()))
}
