//! Bodies, responses and their media types.

use std::collections::HashMap;
use std::sync::Arc;

use super::kind::kind;
use super::limits::limits;
use super::place::{Files, Place};
use crate::model::spec::{Body, Field, Media, Response, Version};
use crate::model::tree::{TreeId, ValueKind};

/// A longer example is not shown.
const MAX_EXAMPLE_NODES: usize = 5_000;

/// Reads what calls carry; schemas and examples that many operations share are read once.
pub(super) struct Contents<'a> {
    pub(super) files: Files<'a>,
    pub(super) version: Version,
    pub(super) fields: HashMap<(u32, TreeId), Arc<[Field]>>,
    pub(super) examples: HashMap<(u32, TreeId, bool), Arc<str>>,
}

impl<'a> Contents<'a> {
    /// A request body.
    pub(super) fn body(&mut self, body: Place<'a>) -> Body {
        let files = self.files;
        Body {
            required: files.flag(body, "required"),
            description: files.text(body, "description"),
            content: files.get(body, "content").map(|it| self.media_types(it)).unwrap_or_default(),
            span: files.chain(body).next().and_then(|it| it.own("$ref")).unwrap_or(body).span(),
        }
    }

    /// The request body of 2.0, which has it among the parameters.
    pub(super) fn body_of_parameters(&mut self, declared: &[Place<'a>], consumes: &[String]) -> Option<Body> {
        let files = self.files;
        let located = |wanted| declared.iter().copied().filter(move |&it| files.text(it, "in") == wanted);
        if let Some(body) = located("body").next() {
            let schema = files.get(body, "schema");
            let types = if consumes.is_empty() { &["application/json".to_owned()] } else { consumes };
            return Some(Body {
                required: files.flag(body, "required"),
                description: files.text(body, "description"),
                content: types.iter().map(|it| self.media(it.clone(), schema, None)).collect(),
                span: body.own("name").or_else(|| body.own("$ref")).unwrap_or(body).span(),
            });
        }
        let parts: Vec<_> = located("formData").collect();
        let first = *parts.first()?;
        let has_file = parts.iter().any(|&it| files.text(it, "type") == "file");
        let is_form = |it: &&String| it.contains("form");
        let media_type = match consumes.iter().find(is_form) {
            Some(declared) => declared.clone(),
            None if has_file => "multipart/form-data".to_owned(),
            None => "application/x-www-form-urlencoded".to_owned(),
        };
        let fields: Arc<[Field]> = parts.iter().filter_map(|&it| self.form_field(it)).collect();
        Some(Body {
            required: fields.iter().any(|it| it.required),
            description: String::new(),
            content: vec![Media { media_type, kind: "object".to_owned(), fields, example: Arc::default() }],
            span: first.own("name").or_else(|| first.own("$ref")).unwrap_or(first).span(),
        })
    }

    fn form_field(&mut self, part: Place<'a>) -> Option<Field> {
        let files = self.files;
        let name = files.get(part, "name")?;
        Some(Field {
            name: name.text()?,
            kind: kind(files, part),
            required: files.flag(part, "required"),
            limits: limits(files, part),
            description: files.text(part, "description"),
            span: name.span(),
        })
    }

    /// The responses of an operation. `produces` are the media types of 2.0.
    pub(super) fn responses(&mut self, responses: Place<'a>, produces: &[String]) -> Vec<Response> {
        let files = self.files;
        let mut all = Vec::new();
        for (key, response) in files.members(responses) {
            let Some(status) = key.text().filter(|it| !it.starts_with("x-")) else { continue };
            let content = match self.version {
                Version::V2 => self.produced(response, produces),
                _ => files.get(response, "content").map(|it| self.media_types(it)).unwrap_or_default(),
            };
            let description = match files.text(response, "description") {
                // 3.2 has a summary too and no longer asks for a description.
                empty if empty.is_empty() => files.text(response, "summary"),
                description => description,
            };
            all.push(Response { status, description, content, span: key.span() });
        }
        all
    }

    fn produced(&mut self, response: Place<'a>, produces: &[String]) -> Vec<Media> {
        let files = self.files;
        let Some(schema) = files.get(response, "schema") else { return Vec::new() };
        let examples = files.get(response, "examples");
        let types = if produces.is_empty() { &["application/json".to_owned()] } else { produces };
        types
            .iter()
            .map(|it| self.media(it.clone(), Some(schema), examples.and_then(|all| files.get(all, it))))
            .collect()
    }

    fn media_types(&mut self, content: Place<'a>) -> Vec<Media> {
        let files = self.files;
        let mut all = Vec::new();
        for (key, media) in files.members(content) {
            let Some(media_type) = key.text() else { continue };
            let schema = files.get(media, "schema").or_else(|| files.get(media, "itemSchema"));
            let example = files.get(media, "example").or_else(|| self.first_example(media));
            all.push(self.media(media_type, schema, example));
        }
        all
    }

    /// The value of the first of the named examples.
    fn first_example(&self, media: Place<'a>) -> Option<Place<'a>> {
        let files = self.files;
        let examples = files.members(files.get(media, "examples")?);
        examples.into_iter().find_map(|(_, example)| {
            ["value", "dataValue", "serializedValue"].iter().find_map(|key| files.get(example, key))
        })
    }

    fn media(&mut self, media_type: String, schema: Option<Place<'a>>, example: Option<Place<'a>>) -> Media {
        let files = self.files;
        let of_schema = |schema| {
            files
                .get(schema, "example")
                .or_else(|| files.get(schema, "examples").and_then(|it| it.items().next()))
        };
        let example = example.or_else(|| schema.and_then(of_schema));
        let is_json = media_type.contains("json");
        Media {
            kind: schema.map(|it| kind(files, it)).unwrap_or_default(),
            fields: schema.map(|it| self.fields(it)).unwrap_or_default(),
            example: example.map(|it| self.example(it, is_json)).unwrap_or_default(),
            media_type,
        }
    }

    fn example(&mut self, example: Place<'a>, is_json: bool) -> Arc<str> {
        let example = self.files.follow(example);
        let (file, node) = example.identity();
        let files = self.files;
        let text = self.examples.entry((file, node, is_json));
        Arc::clone(text.or_insert_with(|| {
            let text = if files.is_exhausted() { String::new() } else { example_text(example, is_json) };
            files.charge(text.len());
            text.into()
        }))
    }
}

/// An example as it goes over the wire.
fn example_text(example: Place<'_>, is_json: bool) -> String {
    if example.view.kind() == ValueKind::String {
        let text = example.text().unwrap_or_default();
        // JSON is often written as one text.
        if !is_json || text.trim_start().starts_with(['{', '[']) {
            return text;
        }
    }
    let json = example.view.to_json(MAX_EXAMPLE_NODES);
    json.and_then(|it| serde_json::to_string_pretty(&it).ok()).unwrap_or_default()
}
