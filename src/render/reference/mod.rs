//! The API reference: pages for a spec, its tags, operations and schemas. Plain HTML, so a spec of any size opens at
//! once.

mod changelog;
mod index;
mod operation;
pub(super) mod plan;
mod sample;
mod schema;
mod server;
#[cfg(test)]
mod tests;
#[cfg(feature = "try-it")]
mod try_it;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use self::operation::title;
use self::plan::{SpecPlan, TagPlan};
use super::html::description;
use super::operations::slug;
use super::shell::{About, Context};
use super::url::Place;
use super::view::{
    Crumb, NavRow, OperationPage, OperationView, Section, ServerPicker, SpecLink, SpecsPage, TagPage,
};
use super::{Content, File, RenderError};
use crate::api::postman;
use crate::model::spec::Spec;
use crate::model::spec::message::{Media, Parameter};
use crate::model::spec::schema::{Piece, Schema};
use crate::model::tree::TreeId;

/// All pages of all specs.
pub(super) fn files(cx: &Context<'_>) -> Result<Vec<File>, RenderError> {
    let mut files = Vec::new();
    files.extend(cx.operations.specs_index.as_ref().map(|path| specs(cx, path)).transpose()?);
    for (at, (spec, plan)) in cx.project.specs.iter().zip(&cx.operations.specs).enumerate() {
        let picker = server::picker(spec, &cx.project.sources, &plan.index);
        let reference = Reference { cx, at, spec, plan, picker, written: Mutex::default() };
        files.push(reference.index()?);
        files.extend(reference.downloads());
        files.extend(
            plan.authentication
                .iter()
                .map(|it| reference.authentication(it))
                .collect::<Result<Vec<_>, _>>()?,
        );
        files.extend(
            plan.schema_index.iter().map(|it| reference.schema_list(it)).collect::<Result<Vec<_>, _>>()?,
        );
        files.extend(plan.changelog.iter().map(|it| reference.changelog(it)).collect::<Result<Vec<_>, _>>()?);
        #[cfg(feature = "try-it")]
        if let Some(path) = &plan.try_it {
            files.extend(try_it::assets()?);
            files.extend(reference.try_it(path)?);
        }
        files.extend(plan.webhooks.iter().map(|it| reference.webhooks(it)).collect::<Result<Vec<_>, _>>()?);
        let tags: Vec<Vec<File>> =
            plan.tags.par_iter().map(|it| reference.tag_files(it)).collect::<Result<_, _>>()?;
        files.extend(tags.into_iter().flatten());
        let used = reference.uses();
        let of = |identity| used.get(&identity).map(Vec::as_slice).unwrap_or_default();
        let schemas: Vec<File> = (0..plan.schemas.len())
            .into_par_iter()
            .map(|at| reference.schema_page(at, of(plan.schemas[at].identity)))
            .collect::<Result<_, _>>()?;
        files.extend(schemas);
    }
    Ok(files)
}

/// The list of specs.
fn specs(cx: &Context<'_>, path: &str) -> Result<File, RenderError> {
    let place = Place::at(path);
    let specs = cx.project.specs.iter().zip(&cx.operations.specs);
    let specs = specs.map(|(spec, plan)| SpecLink {
        title: spec.title.clone(),
        version: spec.api_version.clone(),
        href: place.to(&plan.index),
        path: cx.project.sources.path(spec.source).to_owned(),
        operations: spec.operations.len(),
    });
    let view =
        SpecsPage { specs: specs.collect(), shell: cx.shell(About::made(place.clone(), "API reference")) };
    cx.file(path, "specs.html", &view)
}

/// One spec on its way to pages.
struct Reference<'a, 'p> {
    cx: &'a Context<'p>,
    at: usize,
    spec: &'p Spec,
    plan: &'a SpecPlan,
    /// The servers among which readers choose.
    picker: Option<ServerPicker>,
    /// The HTML of schemas with a name, by the folder of the page and the room in it.
    written: Mutex<HashMap<Key, Arc<str>>>,
}

/// A schema, the folder of a page, and how many properties may be written.
type Key = ((u32, TreeId), String, usize);

impl<'p> Reference<'_, 'p> {
    /// What readers take with them.
    fn downloads(&self) -> Vec<File> {
        let sources = &self.cx.project.sources;
        let text = |text: String| Content::Bytes(text.into_bytes());
        let collection = postman::collection(self.spec, sources);
        let collection = collection.to_string();
        let spec = self.plan.download.iter().map(|path| {
            let bundle = self.plan.bundle.clone();
            let one = bundle.unwrap_or_else(|| sources.get(self.spec.source).text.to_string());
            (path.clone(), text(one))
        });
        spec.chain([(self.plan.collection.clone(), text(collection))]).collect()
    }

    /// The page of a tag, and those of its operations where they have their own.
    fn tag_files(&self, tag: &TagPlan) -> Result<Vec<File>, RenderError> {
        let mut files = vec![self.tag_page(tag)?];
        if tag.is_list {
            for &at in &tag.operations {
                files.extend(self.operation_page(at, tag)?);
            }
        }
        Ok(files)
    }

    fn tag_page(&self, tag: &TagPlan) -> Result<File, RenderError> {
        let place = Place::at(&tag.path);
        let room = Self::room(tag.operations.len());
        let full = tag.operations.iter().filter(|_| !tag.is_list);
        let operations: Vec<OperationView> =
            full.filter_map(|&it| self.operation(it, &place, room)).collect();
        let listed = tag.operations.iter().filter(|_| tag.is_list);
        let sections =
            operations.iter().map(|it| Section { title: it.title.clone(), href: it.href.clone(), level: 2 });
        let view = TagPage {
            title: tag.title.clone(),
            picker: self.picker.clone().filter(|_| !operations.is_empty()),
            description: self.tag_description(tag, &place),
            listed: listed.filter_map(|&it| self.operation_link(it, &place)).collect(),
            elsewhere: tag.elsewhere.iter().filter_map(|&it| self.operation_link(it, &place)).collect(),
            shell: self.cx.shell(About {
                sections: sections.collect(),
                crumbs: self.crumbs(&place, true),
                nav: self.nav(&place, Some(tag)),
                ..About::made(place.clone(), &format!("{} · {}", tag.title, self.spec.title))
            }),
            operations,
        };
        self.cx.file(&tag.path, "tag.html", &view)
    }

    fn operation_page(&self, at: usize, tag: &TagPlan) -> Result<Option<File>, RenderError> {
        let Some((path, _)) = self.plan.operation(at) else { return Ok(None) };
        let place = Place::at(path);
        let Some(operation) = self.operation(at, &place, Self::room(1)) else { return Ok(None) };
        let mut crumbs = self.crumbs(&place, true);
        crumbs.push(Crumb { title: tag.title.clone(), href: Some(place.to(&tag.path)) });
        let shell = self.cx.shell(About {
            crumbs,
            nav: self.nav(&place, Some(tag)),
            ..About::made(place.clone(), &format!("{} · {}", operation.title, self.spec.title))
        });
        self.cx
            .file(
                path,
                "operation-page.html",
                &OperationPage { shell, picker: self.picker.clone(), operation },
            )
            .map(Some)
    }

    /// The calls that the API makes itself.
    fn webhooks(&self, path: &str) -> Result<File, RenderError> {
        let place = Place::at(path);
        let all = &self.spec.webhooks;
        let room = Self::room(all.len());
        let anchor = |at: usize| slug(&format!("{} {}", all[at].method, all[at].path));
        let operations: Vec<OperationView> =
            (0..all.len()).map(|at| self.view(&all[at], &anchor(at), &place, room)).collect();
        let sections =
            operations.iter().map(|it| Section { title: it.title.clone(), href: it.href.clone(), level: 2 });
        let view = TagPage {
            title: "Webhooks".to_owned(),
            picker: None,
            description: "<p>Calls that the API makes; the receiver answers.</p>".to_owned(),
            listed: Vec::new(),
            elsewhere: Vec::new(),
            shell: self.cx.shell(About {
                sections: sections.collect(),
                crumbs: self.crumbs(&place, true),
                nav: self.nav(&place, None),
                ..About::made(place.clone(), &format!("Webhooks · {}", self.spec.title))
            }),
            operations,
        };
        self.cx.file(path, "tag.html", &view)
    }

    /// The operations that name each schema in what they take or answer.
    fn uses(&self) -> HashMap<(u32, TreeId), Vec<usize>> {
        let mut uses: HashMap<(u32, TreeId), Vec<usize>> = HashMap::new();
        for (at, operation) in self.spec.operations.iter().enumerate() {
            if self.plan.operation(at).is_none() {
                continue;
            }
            let call = self.spec.call(&self.cx.project.sources, operation);
            let of_content =
                |it: Vec<Media<'p>>| it.into_iter().filter_map(|it| it.schema).collect::<Vec<_>>();
            let mut schemas = call.body().map(|it| of_content(it.content)).unwrap_or_default();
            for answer in call.responses() {
                schemas.extend(answer.headers().iter().filter_map(Parameter::schema));
                schemas.extend(of_content(answer.content));
            }
            schemas.extend(call.parameters().iter().filter_map(Parameter::schema));
            for piece in schemas.into_iter().flat_map(|it| Schema::of(it).pieces()) {
                if let Piece::Name(_, identity) = piece {
                    let list = uses.entry(identity).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
        }
        uses
    }

    /// The entries above a page; `inner` for all but the first page of the spec.
    fn crumbs(&self, place: &Place, inner: bool) -> Vec<Crumb> {
        let list = self.cx.operations.specs_index.as_ref();
        let list = list.map(|it| Crumb { title: "API".to_owned(), href: Some(place.to(it)) });
        let own =
            inner.then(|| Crumb { title: self.spec.title.clone(), href: Some(place.to(&self.plan.index)) });
        list.into_iter().chain(own).collect()
    }

    /// The spec's pages in the place of the book's navigation; below the current tag its operations.
    fn nav(&self, place: &Place, current: Option<&TagPlan>) -> Vec<NavRow> {
        let link = |title: &str, path: &str| NavRow {
            title: title.to_owned(),
            href: Some(place.to(path)),
            current: path == place.path,
            ..NavRow::default()
        };
        let part = |title: &str| NavRow { title: title.to_owned(), part: true, ..NavRow::default() };
        let mut rows = vec![part(&self.spec.title), link("Overview", &self.plan.index)];
        let single = [
            ("Authentication", &self.plan.authentication),
            ("Webhooks", &self.plan.webhooks),
            ("Schemas", &self.plan.schema_index),
            ("Changes", &self.plan.changelog),
            ("Try it", &self.plan.try_it),
        ];
        rows.extend(single.iter().filter_map(|(title, path)| Some(link(title, path.as_ref()?))));
        // A page shows a window of the tags, as it does of the book's pages.
        let tags = &self.plan.tags;
        let at = current.and_then(|it| tags.iter().position(|tag| tag.path == it.path));
        let shown = super::nav::window(0..tags.len(), Some(at.unwrap_or_default()));
        let hidden = tags.len() - shown.len();
        let mut group = None;
        for tag in tags.get(shown).unwrap_or_default() {
            if tag.group != group {
                rows.extend(tag.group.as_deref().map(part));
                group.clone_from(&tag.group);
            }
            let mut row = link(&tag.title, &tag.path);
            let inside =
                self.nav_operations(place, tag).filter(|_| current.is_some_and(|it| it.path == tag.path));
            row.folder = tag.is_list;
            row.open = inside.is_some();
            rows.push(row);
            if let Some(mut inside) = inside {
                if let Some(last) = inside.last_mut() {
                    last.closes = 1;
                }
                rows.append(&mut inside);
            }
        }
        if hidden > 0 {
            let href = Some(place.to(&self.plan.index));
            rows.push(NavRow { more: hidden, href, ..NavRow::default() });
        }
        rows.push(part(self.cx.site_title()));
        rows.push(link("Start page", &self.cx.operations.home));
        rows.push(link("All pages", &self.cx.operations.index));
        rows
    }

    /// The operations of a tag that have pages of their own.
    fn nav_operations(&self, place: &Place, tag: &TagPlan) -> Option<Vec<NavRow>> {
        if !tag.is_list {
            return None;
        }
        let is_here = |at: &usize| self.plan.operation(*at).is_some_and(|(path, _)| path == place.path);
        let current = tag.operations.iter().position(is_here);
        let shown = super::nav::window(0..tag.operations.len(), current);
        let hidden = tag.operations.len() - shown.len();
        let rows = tag.operations.get(shown)?.iter().filter_map(|&at| {
            let (path, _) = self.plan.operation(at)?;
            let operation = self.spec.operations.get(at)?;
            let href = Some(place.to(path));
            Some(NavRow { title: title(operation), href, current: path == place.path, ..NavRow::default() })
        });
        let mut rows: Vec<NavRow> = rows.collect();
        if hidden > 0 {
            let href = Some(place.to(&tag.path));
            rows.push(NavRow { more: hidden, href, ..NavRow::default() });
        }
        Some(rows)
    }

    fn tag_description(&self, tag: &TagPlan, place: &Place) -> String {
        let declared = tag.tag.and_then(|it| self.spec.tags.get(it));
        declared.map(|it| self.description(&it.description, place, 2)).unwrap_or_default()
    }

    fn description(&self, markdown: &str, place: &Place, level: u8) -> String {
        description(&self.cx.links, self.spec.source, markdown, place, level)
    }

    /// A description for a line: a lone paragraph loses its element.
    fn line(&self, markdown: &str, place: &Place) -> String {
        let html = self.description(markdown, place, 4);
        let inside = html.trim_end().strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>"));
        match inside {
            Some(words) if !words.contains("<p>") => words.to_owned(),
            _ => html,
        }
    }
}
