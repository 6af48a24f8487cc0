//! The pages around the operations: the first page of a spec, its authentication, its schemas.

use super::Reference;
use super::plan::{LARGE, SchemaPlan};
use super::schema::SchemaWriter;
use crate::model::spec::Node;
use crate::model::spec::schema::Schema;
use crate::render::Html;
use crate::render::pages::findings::with_code;
use crate::render::shell::About;
use crate::render::url::Place;
use crate::render::view::{
    Crumb, ProblemView, SchemaListPage, SchemaPage, Section, ServerView, SpecPage, TagView, VariableView,
};

/// How many properties the page of a schema shows in its folds: other schemas have pages of their own.
const ROOM: usize = 120;

/// A schema that more operations use than a reader goes through names the first of them.
const USES: usize = 200;

impl<'p> Reference<'_, 'p> {
    pub(super) fn index(&self) -> Html {
        let (cx, spec) = (self.cx, self.spec);
        let place = Place::at(&self.plan.index);
        let file = cx.project.sources.path(spec.source);
        let root = spec.root(&cx.project.sources).map(|it| it.node);
        let tags: Vec<TagView> = self
            .plan
            .tags
            .iter()
            .map(|tag| TagView {
                title: tag.title.clone(),
                group: tag.group.clone(),
                href: place.to(&tag.path),
                description: self.tag_description(tag, &place),
                count: self.counted(tag.operations.len() + tag.elsewhere.len()),
                operations: tag
                    .operations
                    .iter()
                    .chain(&tag.elsewhere)
                    .filter(|_| spec.operations.len() <= LARGE)
                    .filter_map(|&it| self.operation_link(it, &place))
                    .collect(),
            })
            .collect();
        let sections =
            tags.iter().map(|it| Section { title: it.title.clone(), href: it.href.clone(), level: 2 });
        let view = SpecPage {
            title: spec.title.clone(),
            version: spec.api_version.clone(),
            format: format(&spec.version),
            description: self.description(&spec.description, &place, 1),
            docs: root.and_then(|it| self.external_docs(it)),
            file: file.to_owned(),
            file_href: cx.settings.repository.as_ref().map(|it| it.blob(file)),
            download: self.plan.download.as_ref().map(|it| place.to(it)),
            collection: self.plan.collection.as_ref().map(|it| place.to(it)),
            servers: self.servers(&place),
            picker: self.plan.picker.clone(),
            changelog: self.plan.changelog.as_ref().map(|it| place.to(it)),
            try_it: self.plan.try_it.as_ref().map(|it| place.to(&it.page)),
            authentication: self.plan.authentication.as_ref().map(|it| place.to(it)),
            webhooks: self.plan.webhooks.as_ref().map(|it| place.to(it)),
            schemas: self.plan.schema_index.as_ref().map(|it| place.to(it)),
            schema_count: self.plan.schemas.len(),
            schemes: spec.security_schemes.iter().map(|it| self.scheme(it, &place)).collect(),
            problems: spec
                .problems
                .iter()
                .map(|it| ProblemView { message: with_code(&it.message), origin: cx.origin(it.span, &place) })
                .collect(),
            shell: cx.shell(About {
                sections: sections.collect(),
                crumbs: self.crumbs(&place, false),
                nav: self.nav(&place, None),
                ..About::made(place.clone(), &spec.title)
            }),
            tags,
        };
        cx.html("spec.html", &view)
    }

    fn servers(&self, place: &Place) -> Vec<ServerView> {
        let root = self.spec.root(&self.cx.project.sources).map(|it| it.node);
        let written: Vec<Node<'_>> =
            root.and_then(|it| it.get("servers")).into_iter().flat_map(Node::items).collect();
        let servers = self.spec.servers.iter().enumerate().map(|(at, server)| {
            let variables =
                written.get(at).and_then(|it| it.read("variables")).into_iter().flat_map(Node::members);
            let variables = variables.filter_map(|(name, it)| {
                Some(VariableView {
                    name: name.text()?.into_owned(),
                    default: it.read_text("default").into_owned(),
                    values: it
                        .read("enum")
                        .into_iter()
                        .flat_map(Node::items)
                        .filter_map(|it| it.text().map(Into::into))
                        .collect(),
                    description: self.line(&it.read_text("description"), place),
                })
            });
            let url =
                written.get(at).map_or_else(|| server.url.clone(), |it| it.read_text("url").into_owned());
            ServerView {
                expanded: Some(server.url.clone()).filter(|it| *it != url),
                url,
                description: self.line(&server.description, place),
                variables: variables.collect(),
            }
        });
        servers.collect()
    }

    pub(super) fn schema_list(&self, path: &str) -> Html {
        let place = Place::at(path);
        let title = format!("{} · {}", self.cx.says.get("schemas"), self.spec.title);
        let schemas = self.plan.schemas.iter().map(|it| {
            let schema = Schema::of(self.spec.node(&self.cx.project.sources, it.identity.0, it.identity.1));
            let about = schema.text("description");
            let about = about.lines().next().unwrap_or_default().to_owned();
            let title = schema.text("title").into_owned();
            let about = if about.is_empty() && title != it.name { title } else { about };
            (Crumb { title: it.name.clone(), href: Some(place.to(&it.path)) }, shortened(&about))
        });
        let view = SchemaListPage {
            schemas: schemas.collect(),
            shell: self.cx.shell(About {
                crumbs: self.crumbs(&place, true),
                nav: self.nav(&place, None),
                ..About::made(place.clone(), &title)
            }),
        };
        self.cx.html("schemas.html", &view)
    }

    pub(super) fn schema_page(&self, plan: &SchemaPlan) -> Html {
        let used_by = self.memory.uses(self, plan.identity);
        let place = Place::at(&plan.path);
        let schema = Schema::of(self.spec.node(&self.cx.project.sources, plan.identity.0, plan.identity.1));
        let mut writer = SchemaWriter::new(self, &place, ROOM);
        writer.kind(&schema);
        let kind = writer.take();
        writer.top(&schema);
        let body = writer.take();
        let title = format!("{} · {}", plan.name, self.spec.title);
        let mut crumbs = self.crumbs(&place, true);
        crumbs.extend(
            self.plan
                .schema_index
                .as_ref()
                .map(|it| Crumb { title: self.cx.says.get("schemas").to_owned(), href: Some(place.to(it)) }),
        );
        let example = schema.get("example").and_then(|it| it.view.to_json(2_000));
        if let Some(text) = example.and_then(|it| serde_json::to_string_pretty(&it).ok()) {
            writer.example(&text, "json", self.cx.says.get("example"));
        }
        let view = SchemaPage {
            name: plan.name.clone(),
            kind,
            description: self.description(&schema.text("description"), &place, 1),
            deprecated: schema.flag("deprecated"),
            body,
            example: writer.take(),
            used_by: used_by.iter().take(USES).filter_map(|&it| self.operation_link(it, &place)).collect(),
            more_uses: used_by.len().saturating_sub(USES),
            origin: self.cx.origin(schema.node.place(), &place),
            shell: self.cx.shell(About {
                crumbs,
                nav: self.nav(&place, None),
                ..About::made(place.clone(), &title)
            }),
        };
        self.cx.html("schema.html", &view)
    }
}

fn format(version: &str) -> String {
    match version {
        "" => String::new(),
        "2.0" => "Swagger 2.0".to_owned(),
        version => format!("OpenAPI {version}"),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
