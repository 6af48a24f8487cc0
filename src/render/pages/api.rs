//! The API reference: one page a spec, one a tag, every operation with an anchor. Plain HTML, so a spec of any
//! size opens at once.

use rayon::prelude::*;

use super::findings::with_code;
use super::routes::method_tone;
use crate::model::coverage::OperationId;
use crate::model::spec::{Media, Operation, Response, Spec};
use crate::render::html::code::write_code;
use crate::render::html::description;
use crate::render::operations::{SpecPlan, TagPlan};
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{
    Badge, BodyView, Crumb, FieldView, MediaView, NavRow, OperationLink, OperationView, ParameterView,
    ProblemView, ResponseView, SchemeView, Section, ServerView, SpecLink, SpecPage, SpecsPage, TagPage,
    TagView,
};
use crate::render::{File, RenderError};

/// The title of an operation in lists is cut at so many characters.
const TITLE: usize = 80;

/// All pages of all specs.
pub(in crate::render) fn files(cx: &Context<'_>) -> Result<Vec<File>, RenderError> {
    let mut files = Vec::new();
    files.extend(cx.operations.specs_index.as_ref().map(|path| specs(cx, path)).transpose()?);
    for (at, (spec, plan)) in cx.project.specs.iter().zip(&cx.operations.specs).enumerate() {
        let reference = Reference { cx, at, spec, plan };
        files.push(reference.index()?);
        let pages: Vec<File> =
            plan.pages.par_iter().map(|it| reference.tag_page(it)).collect::<Result<_, _>>()?;
        files.extend(pages);
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
}

impl Reference<'_, '_> {
    fn index(&self) -> Result<File, RenderError> {
        let (cx, spec) = (self.cx, self.spec);
        let place = Place::at(&self.plan.index);
        let file = cx.project.sources.path(spec.source);
        let copied = cx.links.urls.copied(file).map(|it| place.to(it));
        let tags: Vec<TagView> = self.plan.pages.iter().map(|it| self.tag(it, &place)).collect();
        let view = SpecPage {
            title: spec.title.clone(),
            version: spec.api_version.clone(),
            format: format(&spec.version),
            description: self.description(&spec.description, &place, 1),
            file: file.to_owned(),
            file_href: copied.or_else(|| Some(cx.settings.repository.as_ref()?.blob(file))),
            servers: spec
                .servers
                .iter()
                .map(|it| ServerView { url: it.url.clone(), description: self.line(&it.description, &place) })
                .collect(),
            schemes: spec
                .security_schemes
                .iter()
                .map(|it| SchemeView {
                    name: it.name.clone(),
                    kind: it.kind.clone(),
                    summary: with_code(&it.summary),
                    description: self.description(&it.description, &place, 3),
                })
                .collect(),
            tags,
            problems: spec
                .problems
                .iter()
                .map(|it| ProblemView { message: with_code(&it.message), origin: cx.origin(it.span, &place) })
                .collect(),
            shell: cx.shell(About {
                crumbs: self.crumbs(&place),
                nav: self.nav(&place),
                ..About::made(place.clone(), &spec.title)
            }),
        };
        cx.file(&self.plan.index, "spec.html", &view)
    }

    fn tag_page(&self, tag: &TagPlan) -> Result<File, RenderError> {
        let place = Place::at(&tag.path);
        let operations: Vec<OperationView> =
            tag.operations.iter().filter_map(|&it| self.operation(it, &place)).collect();
        let sections =
            operations.iter().map(|it| Section { title: it.title.clone(), href: it.href.clone(), level: 2 });
        let mut crumbs = self.crumbs(&place);
        crumbs.push(Crumb { title: self.spec.title.clone(), href: Some(place.to(&self.plan.index)) });
        let title = format!("{} · {}", tag.title, self.spec.title);
        let view = TagPage {
            title: tag.title.clone(),
            description: self.tag_description(tag, &place),
            elsewhere: tag.elsewhere.iter().filter_map(|&it| self.operation_link(it, &place)).collect(),
            shell: self.cx.shell(About {
                sections: sections.collect(),
                crumbs,
                nav: self.nav(&place),
                ..About::made(place.clone(), &title)
            }),
            operations,
        };
        self.cx.file(&tag.path, "tag.html", &view)
    }

    fn crumbs(&self, place: &Place) -> Vec<Crumb> {
        let list = self.cx.operations.specs_index.as_ref();
        list.map(|it| Crumb { title: "API".to_owned(), href: Some(place.to(it)) }).into_iter().collect()
    }

    /// The spec's pages in the place of the book's navigation.
    fn nav(&self, place: &Place) -> Vec<NavRow> {
        let link = |title: &str, path: &str| NavRow {
            title: title.to_owned(),
            href: Some(place.to(path)),
            current: path == place.path,
            ..NavRow::default()
        };
        let mut rows = vec![NavRow { title: self.spec.title.clone(), part: true, ..NavRow::default() }];
        rows.push(link("Overview", &self.plan.index));
        // A page shows a window of the tags, as it does of the book's pages.
        let current = self.plan.pages.iter().position(|it| it.path == place.path).unwrap_or_default();
        let shown = crate::render::nav::window(0..self.plan.pages.len(), Some(current));
        let hidden = self.plan.pages.len() - shown.len();
        let pages = self.plan.pages.get(shown).unwrap_or_default();
        rows.extend(pages.iter().map(|it| link(&it.title, &it.path)));
        if hidden > 0 {
            let href = Some(place.to(&self.plan.index));
            rows.push(NavRow { more: hidden, href, ..NavRow::default() });
        }
        rows.push(NavRow { title: self.cx.site_title().to_owned(), part: true, ..NavRow::default() });
        rows.push(link("Start page", &self.cx.operations.home));
        rows.push(link("All pages", &self.cx.operations.index));
        rows
    }

    fn tag(&self, tag: &TagPlan, place: &Place) -> TagView {
        let operations = tag.operations.iter().chain(&tag.elsewhere);
        TagView {
            title: tag.title.clone(),
            href: place.to(&tag.path),
            description: self.tag_description(tag, place),
            operations: operations.filter_map(|&it| self.operation_link(it, place)).collect(),
        }
    }

    fn tag_description(&self, tag: &TagPlan, place: &Place) -> String {
        let declared = tag.tag.and_then(|it| self.spec.tags.get(it));
        declared.map(|it| self.description(&it.description, place, 2)).unwrap_or_default()
    }

    fn operation_link(&self, at: usize, place: &Place) -> Option<OperationLink> {
        let operation = self.spec.operations.get(at)?;
        let id = OperationId { spec: self.at, operation: at };
        let (path, anchor) = self.cx.operations.operation(id)?;
        Some(OperationLink {
            method: operation.method.clone(),
            tone: method_tone(&operation.method),
            path: operation.path.clone(),
            summary: operation.summary.clone(),
            deprecated: operation.deprecated,
            href: place.to_fragment(path, anchor),
        })
    }

    fn operation(&self, at: usize, place: &Place) -> Option<OperationView> {
        let operation = self.spec.operations.get(at)?;
        let anchor = self.plan.anchors.get(at)?.clone();
        let body = operation.body.as_ref().map(|body| BodyView {
            required: body.required,
            description: self.description(&body.description, place, 3),
            content: body.content.iter().map(|it| self.media(it, place)).collect(),
        });
        Some(OperationView {
            href: place.to_fragment(&place.path, &anchor),
            anchor,
            method: operation.method.clone(),
            tone: method_tone(&operation.method),
            path: operation.path.clone(),
            title: title(operation),
            id: operation.id.clone(),
            description: self.description(&operation.description, place, 2),
            deprecated: operation.deprecated,
            parameters: operation
                .parameters
                .iter()
                .map(|it| ParameterView {
                    name: it.name.clone(),
                    location: it.location.clone(),
                    kind: it.kind.clone(),
                    required: it.required,
                    description: self.line(&it.description, place),
                })
                .collect(),
            body,
            responses: operation.responses.iter().map(|it| self.response(it, place)).collect(),
            security: operation
                .security
                .iter()
                .map(|it| if it.is_empty() { "none".to_owned() } else { it.join(" and ") })
                .collect(),
            origin: self.cx.origin(operation.span, place),
        })
    }

    fn response(&self, response: &Response, place: &Place) -> ResponseView {
        let tone = match response.status.as_bytes().first() {
            Some(b'1' | b'3') => "info",
            Some(b'2') => "ok",
            Some(b'4') => "warn",
            Some(b'5') => "bad",
            _ => "plain",
        };
        ResponseView {
            status: Badge { tone, text: response.status.clone() },
            description: self.line(&response.description, place),
            content: response.content.iter().map(|it| self.media(it, place)).collect(),
        }
    }

    fn media(&self, media: &Media, place: &Place) -> MediaView {
        let mut example = String::new();
        if !media.example.is_empty() {
            write_code(&mut example, &media.example, "json", "Example");
        }
        let fields = media.fields.iter().map(|it| FieldView {
            name: it.name.clone(),
            kind: it.kind.clone(),
            required: it.required,
            description: self.line(&it.description, place),
        });
        MediaView {
            media_type: media.media_type.clone(),
            kind: media.kind.clone(),
            fields: fields.collect(),
            example,
        }
    }

    fn description(&self, markdown: &str, place: &Place, level: u8) -> String {
        description(&self.cx.links, self.spec.source, markdown, place, level)
    }

    /// A description for a table's cell: a lone paragraph loses its element.
    fn line(&self, markdown: &str, place: &Place) -> String {
        let html = self.description(markdown, place, 4);
        let inside = html.trim_end().strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>"));
        match inside {
            Some(words) if !words.contains("<p>") => words.to_owned(),
            _ => html,
        }
    }
}

/// What an operation is called where its path is not enough.
fn title(operation: &Operation) -> String {
    let words = match (operation.summary.trim(), operation.id.trim()) {
        ("", "") => return format!("{} {}", operation.method, operation.path),
        ("", id) => id,
        (summary, _) => summary,
    };
    match words.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

fn format(version: &str) -> String {
    match version {
        "" => String::new(),
        "2.0" => "Swagger 2.0".to_owned(),
        version => format!("OpenAPI {version}"),
    }
}
