//! What a call carries and what comes back, read alike from all versions.

use std::borrow::Cow;
use std::collections::HashMap;

use super::schema::Schema;
use super::{Node, Operation, Spec, Version};
use crate::source::Sources;

/// An operation with its path item, ready to be read.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The operation's mapping.
    pub operation: Node<'a>,
    /// The path item around it.
    item: Node<'a>,
}

/// A parameter, or a header of a response.
pub struct Input<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// `path`, `query`, `querystring`, `header`, `cookie`; of 2.0 also `body` and `formData`.
    pub location: Cow<'a, str>,
    /// Whether a call must have it.
    pub required: bool,
    /// Its declaration; what a `$ref` leads to is read through it.
    pub node: Node<'a>,
    /// What it holds. Of 2.0 the declaration itself says that.
    pub schema: Schema<'a>,
}

/// The body of a request or response.
pub struct Payload<'a> {
    /// Whether a call must have it.
    pub required: bool,
    /// Markdown.
    pub description: Cow<'a, str>,
    /// In the order of the document.
    pub media: Vec<MediaType<'a>>,
}

/// One media type of a body.
pub struct MediaType<'a> {
    /// `application/json`
    pub name: Cow<'a, str>,
    /// What it holds.
    pub schema: Option<Schema<'a>>,
    /// Whether the schema is that of each item of a stream.
    pub is_stream: bool,
    /// The fields of a form of 2.0, which has no schema.
    pub form: Vec<Input<'a>>,
    /// The examples that are written for it: name or empty, summary or empty, value.
    pub examples: Vec<NamedExample<'a>>,
}

/// An example that is written in the spec.
pub struct NamedExample<'a> {
    /// Its key, or empty.
    pub name: Cow<'a, str>,
    /// One line, or empty.
    pub summary: Cow<'a, str>,
    /// Its value.
    pub value: Node<'a>,
}

/// An answer.
pub struct Answer<'a> {
    /// `200`, `4XX`, `default`.
    pub status: Cow<'a, str>,
    /// The status in the document, for the place.
    pub key: Node<'a>,
    /// What is said of it.
    pub content: Payload<'a>,
    /// Its headers.
    pub headers: Vec<Input<'a>>,
}

impl<'a> Node<'a> {
    /// The value of a key: beside a `$ref`, else where that leads.
    pub fn read(self, key: &str) -> Option<Node<'a>> {
        self.chain().find_map(|it| it.get(key))
    }

    /// The text of a key, read through references; empty when there is none.
    pub fn read_text(self, key: &str) -> Cow<'a, str> {
        self.read(key).and_then(Node::text).unwrap_or_default()
    }

    /// Whether a key is `true`, read through references.
    pub fn reads_true(self, key: &str) -> bool {
        self.read(key).is_some_and(|it| it.view.as_bool() == Some(true))
    }

    /// The members of the value that the references lead to, without extensions.
    fn listed(self) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>, Node<'a>)> {
        let target = self.follow().into_iter();
        let members = target.flat_map(Node::members);
        members.filter_map(|(key, value)| Some((key.text().filter(|it| !it.starts_with("x-"))?, key, value)))
    }
}

impl Spec {
    /// An operation of this spec, ready to be read.
    pub fn call<'a>(&'a self, sources: &'a Sources, operation: &Operation) -> Call<'a> {
        let node = |(file, id)| self.node(sources, file, id);
        Call { operation: node(operation.at), item: node(operation.item_at) }
    }
}

impl<'a> Call<'a> {
    /// Whether it, or its path, is marked as not for readers.
    pub fn is_internal(self) -> bool {
        [self.operation, self.item].iter().any(|it| it.reads_true("x-internal"))
    }

    /// Its parameters and those of its path, each once; of 2.0 with body and form.
    pub fn declared(self) -> Vec<Input<'a>> {
        let list = |owner: Node<'a>| owner.read("parameters").into_iter().flat_map(Node::items);
        let mut all: Vec<Input<'a>> = Vec::new();
        let mut positions: HashMap<(String, String), usize> = HashMap::new();
        for it in list(self.item).chain(list(self.operation)).filter_map(input) {
            let key = (it.name.to_string(), it.location.to_string());
            match positions.get(&key) {
                Some(&at) => all[at] = it,
                None => {
                    positions.insert(key, all.len());
                    all.push(it);
                }
            }
        }
        all
    }

    /// The parameters without bodies.
    pub fn parameters(self) -> Vec<Input<'a>> {
        let mut all = self.declared();
        all.retain(|it| !matches!(it.location.as_ref(), "body" | "formData"));
        all
    }

    /// The request body.
    pub fn body(self) -> Option<Payload<'a>> {
        if self.operation.version() == Version::V2 {
            return self.body_of_parameters();
        }
        let body = self.operation.read("requestBody")?;
        Some(Payload {
            required: body.reads_true("required"),
            description: body.read_text("description"),
            media: body.read("content").map(media_types).unwrap_or_default(),
        })
    }

    /// 2.0 has the body among the parameters.
    fn body_of_parameters(self) -> Option<Payload<'a>> {
        let mut all = self.declared();
        if let Some(body) = all.iter().find(|it| it.location == "body") {
            let schema = body.node.read("schema").map(Schema::of);
            let types = self.types_of("consumes");
            let media = types.into_iter().map(|name| MediaType::new(name, schema.clone(), Vec::new()));
            return Some(Payload {
                required: body.required,
                description: body.node.read_text("description"),
                media: media.collect(),
            });
        }
        all.retain(|it| it.location == "formData");
        let has_file = all.iter().any(|it| it.node.read_text("type") == "file");
        let name = self.types_of("consumes").into_iter().find(|it| it.contains("form"));
        let name = name.unwrap_or(Cow::Borrowed(match has_file {
            true => "multipart/form-data",
            false => "application/x-www-form-urlencoded",
        }));
        let required = all.iter().any(|it| it.required);
        (!all.is_empty()).then(|| Payload {
            required,
            description: Cow::default(),
            media: vec![MediaType { form: all, ..MediaType::new(name, None, Vec::new()) }],
        })
    }

    /// The media types that 2.0 names for the operation, or for all.
    fn types_of(self, key: &str) -> Vec<Cow<'a, str>> {
        let root = self.operation.spec.root(self.operation.sources).map(|it| it.node);
        let list = self.operation.read(key).or_else(|| root?.get(key));
        let types: Vec<_> = list.into_iter().flat_map(Node::items).filter_map(Node::text).take(32).collect();
        if types.is_empty() { vec![Cow::Borrowed("application/json")] } else { types }
    }

    /// The answers, in the order of the document.
    pub fn answers(self) -> Vec<Answer<'a>> {
        let Some(responses) = self.operation.read("responses") else { return Vec::new() };
        let answers = responses.listed().map(|(status, key, node)| {
            // 3.2 has a summary too and no longer asks for a description.
            let description = Some(node.read_text("description")).filter(|it| !it.is_empty());
            let description = description.unwrap_or_else(|| node.read_text("summary"));
            let media = match node.version() {
                Version::V2 => self.produced(node),
                _ => node.read("content").map(media_types).unwrap_or_default(),
            };
            let headers = node.read("headers").into_iter().flat_map(Node::listed);
            let headers = headers.map(|(name, _, it)| of_declaration(name, Cow::Borrowed("header"), it));
            let content = Payload { required: false, description, media };
            Answer { status, key, content, headers: headers.collect() }
        });
        answers.collect()
    }

    fn produced(self, response: Node<'a>) -> Vec<MediaType<'a>> {
        let Some(schema) = response.read("schema").map(Schema::of) else { return Vec::new() };
        let examples = response.read("examples");
        let media = self.types_of("produces").into_iter().map(|name| {
            let example = examples.and_then(|it| it.get(&name));
            let examples = example.map(|value| unnamed(value)).into_iter().collect();
            MediaType::new(name, Some(schema.clone()), examples)
        });
        media.collect()
    }
}

impl<'a> MediaType<'a> {
    fn new(name: Cow<'a, str>, schema: Option<Schema<'a>>, examples: Vec<NamedExample<'a>>) -> MediaType<'a> {
        let mut examples = examples;
        if let (true, Some(schema)) = (examples.is_empty(), &schema) {
            let several = schema.get("examples").into_iter().flat_map(Node::items);
            examples = schema.get("example").into_iter().chain(several).map(unnamed).collect();
        }
        MediaType { name, schema, is_stream: false, form: Vec::new(), examples }
    }
}

fn unnamed(value: Node<'_>) -> NamedExample<'_> {
    NamedExample { name: Cow::default(), summary: Cow::default(), value: value.follow().unwrap_or(value) }
}

/// The examples of a media type or parameter.
pub fn examples(node: Node<'_>) -> Vec<NamedExample<'_>> {
    let named = node.read("examples").into_iter().flat_map(Node::listed).filter_map(|(name, _, it)| {
        let value = ["value", "dataValue", "serializedValue"].iter().find_map(|key| it.read(key))?;
        Some(NamedExample { name, summary: it.read_text("summary"), value })
    });
    node.read("example").map(unnamed).into_iter().chain(named).collect()
}

fn media_types(content: Node<'_>) -> Vec<MediaType<'_>> {
    let media = content.listed().map(|(name, _, node)| {
        let stream = node.read("itemSchema");
        let schema = node.read("schema").or(stream).map(Schema::of);
        let is_stream = stream.is_some() && node.read("schema").is_none();
        MediaType { is_stream, ..MediaType::new(name, schema, examples(node)) }
    });
    media.collect()
}

fn input(node: Node<'_>) -> Option<Input<'_>> {
    let name = node.read("name")?.text()?;
    Some(of_declaration(name, node.read_text("in"), node))
}

fn of_declaration<'a>(name: Cow<'a, str>, location: Cow<'a, str>, node: Node<'a>) -> Input<'a> {
    // A parameter may have a media type instead of a schema; 2.0 puts the schema's words into the parameter.
    let media = || node.read("content")?.listed().next()?.2.read("schema");
    let schema = Schema::of(node.read("schema").or_else(media).unwrap_or(node));
    Input { required: location == "path" || node.reads_true("required"), name, location, node, schema }
}
