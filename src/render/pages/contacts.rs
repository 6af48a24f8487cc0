//! Whom to call: the contact sections of all documents on one page.

use crate::model::Project;
use crate::model::contact::ContactSection;
use crate::model::page::Page;
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
    let shell = cx.shell(About { sections: toc, ..About::made(place, "Contacts") });
    cx.html("contacts.html", &ContactsPage { shell, documents, missing, sections })
}

/// The entries that name nobody.
fn holes(section: &ContactSection) -> usize {
    section.entries.iter().filter(|it| !it.reachable && it.placeholder.is_some()).count()
}

fn part(cx: &Context<'_>, place: &Place, page: &Page, section: &ContactSection, number: usize) -> ContactsOf {
    let text = &cx.project.sources.get(page.source).text;
    let badge = |tone, text: String| Badge { tone, text };
    let problem = match holes(section) {
        0 if section.reachable => None,
        0 => Some(badge("warn", "nobody can be reached".to_owned())),
        n => Some(badge("bad", format!("{n} not filled in"))),
    };
    ContactsOf {
        anchor: format!("contacts-{}", number + 1),
        title: page.title.clone(),
        heading: cx.project.sources.text(section.heading).trim().to_owned(),
        href: cx.origin(section.heading, place).href,
        problem,
        body: html::part(&cx.links, page, text, place, section.body.clone(), 3),
    }
}
