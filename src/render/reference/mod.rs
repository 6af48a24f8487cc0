//! The API reference: pages for a spec, its tags, operations and schemas. Plain HTML, so a spec of any size opens at
//! once.

mod authentication;
mod changelog;
mod index;
mod memory;
mod operation;
pub(super) mod plan;
mod sample;
mod schema;
mod server;
#[cfg(test)]
mod tests;
mod try_it;
mod words;

pub(super) use self::memory::Memory;
use self::operation::title;
use self::plan::{SpecPlan, TagPlan};
pub(super) use self::try_it::{assets as try_it_assets, file as try_it_file};
use super::Html;
use super::html::description;
use super::html::escape::escape;
use super::operations::slug;
use super::shell::{About, Context};
use super::url::Place;
use super::view::{Crumb, NavRow, OperationPage, OperationView, Section, SpecLink, SpecsPage, TagPage};
use crate::api::postman;
use crate::model::spec::Spec;

/// A file of a reference.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Index,
    Authentication,
    SchemaList,
    Webhooks,
    Changelog,
    TryIt,
    /// The spec as the page for calls loads it.
    TryItSpec,
    /// The page of a tag, by its index in the plan.
    Tag(usize),
    /// The page of an operation: the index of its tag and its own.
    Operation(usize, usize),
    /// The page of a schema, by its index in the plan.
    Schema(usize),
    /// The spec itself.
    Download,
    /// The spec as a Postman collection.
    Collection,
}

/// The files of a spec, with their paths.
pub(super) fn parts(plan: &SpecPlan) -> Vec<(&str, Part)> {
    let single = [
        (Some(&plan.index), Part::Index),
        (plan.authentication.as_ref(), Part::Authentication),
        (plan.schema_index.as_ref(), Part::SchemaList),
        (plan.webhooks.as_ref(), Part::Webhooks),
        (plan.changelog.as_ref(), Part::Changelog),
        (plan.try_it.as_ref().map(|it| &it.page), Part::TryIt),
        (plan.try_it.as_ref().map(|it| &it.script), Part::TryItSpec),
        (plan.download.as_ref(), Part::Download),
        (plan.collection.as_ref(), Part::Collection),
    ];
    let mut parts: Vec<(&str, Part)> =
        single.into_iter().filter_map(|(path, part)| Some((path?.as_str(), part))).collect();
    for (at, tag) in plan.tags.iter().enumerate() {
        parts.push((&tag.path, Part::Tag(at)));
        let own = tag.operations.iter().filter(|_| tag.is_list);
        parts.extend(own.filter_map(|&it| Some((plan.operation(it)?.0, Part::Operation(at, it)))));
    }
    parts.extend(plan.schemas.iter().enumerate().map(|(at, it)| (it.path.as_str(), Part::Schema(at))));
    parts
}

/// The list of specs.
pub(super) fn specs(cx: &Context<'_>, path: &str) -> Html {
    let place = Place::at(path);
    let specs = cx.project.specs.iter().zip(&cx.operations.specs);
    let specs = specs.map(|(spec, plan)| SpecLink {
        title: spec.title.clone(),
        version: spec.api_version.clone(),
        href: place.to(&plan.index),
        path: cx.project.sources.path(spec.source).to_owned(),
        operations: spec.operations.len(),
    });
    let view = SpecsPage {
        specs: specs.collect(),
        shell: cx.shell(About::made(place.clone(), cx.says.get("api-reference"))),
    };
    cx.html("specs.html", &view)
}

/// One spec on its way to pages.
pub(super) struct Reference<'a, 'p> {
    cx: &'a Context<'p>,
    at: usize,
    spec: &'p Spec,
    plan: &'a SpecPlan,
    memory: &'a Memory,
}

impl<'a, 'p> Reference<'a, 'p> {
    /// The reference of a spec, by its index.
    pub(super) fn of(cx: &'a Context<'p>, at: usize, memory: &'a Memory) -> Option<Reference<'a, 'p>> {
        Some(Reference {
            cx,
            at,
            spec: cx.project.specs.get(at)?,
            plan: cx.operations.specs.get(at)?,
            memory,
        })
    }
}

impl<'p> Reference<'_, 'p> {
    /// The bytes of a file.
    pub(super) fn make(&self, path: &str, part: Part) -> Html {
        let sources = &self.cx.project.sources;
        match part {
            Part::Index => self.index(),
            Part::Authentication => self.authentication(path),
            Part::SchemaList => self.schema_list(path),
            Part::Webhooks => self.webhooks(path),
            Part::Changelog => self.changelog(path),
            Part::TryIt => self.try_it(path),
            Part::TryItSpec => Ok(self.try_it_spec()),
            Part::Tag(at) => self.tag_page(&self.plan.tags[at]),
            Part::Operation(tag, at) => self.operation_page(path, at, &self.plan.tags[tag]),
            Part::Schema(at) => self.schema_page(&self.plan.schemas[at]),
            Part::Download => {
                let bundle = self.plan.bundle.as_deref();
                Ok(bundle.unwrap_or(&sources.get(self.spec.source).text).as_bytes().to_vec())
            }
            Part::Collection => Ok(postman::collection(self.spec, sources).to_string().into_bytes()),
        }
    }

    fn tag_page(&self, tag: &TagPlan) -> Html {
        let place = Place::at(&tag.path);
        let room = self.room(tag.operations.len());
        let full = tag.operations.iter().filter(|_| !tag.is_list);
        let operations: Vec<OperationView> = full.map(|&it| self.operation(it, &place, room)).collect();
        let listed = tag.operations.iter().filter(|_| tag.is_list);
        let sections =
            operations.iter().map(|it| Section { title: it.title.clone(), href: it.href.clone(), level: 2 });
        let view = TagPage {
            title: tag.title.clone(),
            picker: self.plan.picker.clone().filter(|_| !operations.is_empty()),
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
        self.cx.html("tag.html", &view)
    }

    fn operation_page(&self, path: &str, at: usize, tag: &TagPlan) -> Html {
        let place = Place::at(path);
        let operation = self.operation(at, &place, self.room(1));
        let mut crumbs = self.crumbs(&place, true);
        crumbs.push(Crumb { title: tag.title.clone(), href: Some(place.to(&tag.path)) });
        let shell = self.cx.shell(About {
            crumbs,
            nav: self.nav(&place, Some(tag)),
            ..About::made(place.clone(), &format!("{} · {}", operation.title, self.spec.title))
        });
        let picker = self.plan.picker.clone();
        self.cx.html("operation-page.html", &OperationPage { shell, picker, operation })
    }

    /// The calls that the API makes itself.
    fn webhooks(&self, path: &str) -> Html {
        let place = Place::at(path);
        let all = &self.spec.webhooks;
        let room = self.room(all.len());
        let says = |key| self.cx.says.get(key);
        let anchor = |at: usize| slug(&format!("{} {}", all[at].method, all[at].path));
        let operations: Vec<OperationView> =
            (0..all.len()).map(|at| self.view(&all[at], &anchor(at), &place, room)).collect();
        let sections =
            operations.iter().map(|it| Section { title: it.title.clone(), href: it.href.clone(), level: 2 });
        let view = TagPage {
            title: says("webhooks").to_owned(),
            picker: None,
            description: format!("<p>{}</p>", escape(says("webhooks-text"))),
            listed: Vec::new(),
            elsewhere: Vec::new(),
            shell: self.cx.shell(About {
                sections: sections.collect(),
                crumbs: self.crumbs(&place, true),
                nav: self.nav(&place, None),
                ..About::made(place.clone(), &format!("{} · {}", says("webhooks"), self.spec.title))
            }),
            operations,
        };
        self.cx.html("tag.html", &view)
    }

    /// The entries above a page; `inner` for all but the first page of the spec.
    fn crumbs(&self, place: &Place, inner: bool) -> Vec<Crumb> {
        let list = self.cx.operations.specs_index.as_ref();
        let list =
            list.map(|it| Crumb { title: self.cx.says.get("api").to_owned(), href: Some(place.to(it)) });
        let own =
            inner.then(|| Crumb { title: self.spec.title.clone(), href: Some(place.to(&self.plan.index)) });
        list.into_iter().chain(own).collect()
    }

    /// The spec's pages in the place of the book's navigation; below the current tag its operations.
    fn nav(&self, place: &Place, current: Option<&TagPlan>) -> Vec<NavRow> {
        let says = |key| self.cx.says.get(key);
        let link = |title: &str, path: &str| NavRow {
            title: title.to_owned(),
            href: Some(place.to(path)),
            current: path == place.path,
            ..NavRow::default()
        };
        let part = |title: &str| NavRow { title: title.to_owned(), part: true, ..NavRow::default() };
        let mut rows = vec![part(&self.spec.title), link(says("overview"), &self.plan.index)];
        let try_it = self.plan.try_it.as_ref().map(|it| it.page.clone());
        let single = [
            ("authentication", &self.plan.authentication),
            ("webhooks", &self.plan.webhooks),
            ("schemas", &self.plan.schema_index),
            ("changes", &self.plan.changelog),
            ("try-it", &try_it),
        ];
        rows.extend(single.iter().filter_map(|(key, path)| Some(link(says(key), path.as_ref()?))));
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
            let is_current = current.is_some_and(|it| it.path == tag.path);
            let inside = if is_current { self.nav_operations(place, tag) } else { None };
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
        rows.push(link(says("start-page"), &self.cx.operations.home));
        rows.push(link(says("all-pages"), &self.cx.operations.index));
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

    /// `12 operations`
    fn counted(&self, operations: usize) -> String {
        self.cx.says.counted(operations, "operation-count", "operations-count")
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
