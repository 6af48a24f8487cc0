//! What a call carries and what comes back, read alike from all versions.

use std::borrow::Cow;

use super::{Node, Version, read};

/// A parameter, a field of a form of 2.0, or a header of a response.
#[derive(Clone, Copy)]
pub struct Parameter<'a> {
    /// Where it is declared, or referred to; what a `$ref` leads to is read through it.
    pub node: Node<'a>,
    /// The key that names the header of a response.
    header: Option<Node<'a>>,
}

/// The body of a request.
#[derive(Clone)]
pub struct Body<'a> {
    /// The body; of 2.0 the parameter that stands for it, or the first field of its form.
    pub node: Node<'a>,
    /// Whether a call must have it.
    pub is_required: bool,
    /// In the order of the document.
    pub content: Vec<Media<'a>>,
}

/// One media type of a body or response.
#[derive(Clone)]
pub struct Media<'a> {
    /// `application/json`
    pub media_type: Cow<'a, str>,
    /// Where it stands: its key, or what declares it in 2.0.
    pub place: Node<'a>,
    /// What it holds.
    pub schema: Option<Node<'a>>,
    /// What holds `example` and `examples`.
    pub node: Option<Node<'a>>,
    /// The example that 2.0 gives for a media type.
    pub example: Option<Node<'a>>,
    /// Whether the schema is that of each item of a stream.
    pub is_stream: bool,
    /// The fields of a form of 2.0, which has no schema.
    pub form: Vec<Parameter<'a>>,
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
#[derive(Clone)]
pub struct Response<'a> {
    /// `200`, `4XX`, `default`.
    pub status: Cow<'a, str>,
    /// The status in the document, for the place.
    pub key: Node<'a>,
    /// The response, or a reference to it.
    pub node: Node<'a>,
    /// In the order of the document.
    pub content: Vec<Media<'a>>,
}

impl<'a> Parameter<'a> {
    /// A declared parameter; none where it has no name.
    pub(super) fn declared(node: Node<'a>) -> Option<Parameter<'a>> {
        let it = Parameter { node, header: None };
        (!it.name().is_empty()).then_some(it)
    }

    /// Its name.
    pub fn name(&self) -> Cow<'a, str> {
        match self.header {
            Some(key) => key.text().unwrap_or_default(),
            None => self.node.read_text("name"),
        }
    }

    /// `path`, `query`, `querystring`, `header`, `cookie`; of 2.0 also `body` and `formData`.
    pub fn location(&self) -> Cow<'a, str> {
        match self.header {
            Some(_) => Cow::Borrowed("header"),
            None => self.node.read_text("in"),
        }
    }

    /// Whether a call must have it.
    pub fn is_required(&self) -> bool {
        self.node.reads_true("required") || self.location() == "path"
    }

    /// What says which values it takes; in 2.0 the declaration itself.
    pub fn schema(&self) -> Option<Node<'a>> {
        if self.node.version() == Version::V2 {
            return Some(self.node);
        }
        self.node.read("schema").or_else(|| self.media().and_then(|(_, it)| it.read("schema")))
    }

    /// The media type that its value is written in, where it has one.
    pub fn media(&self) -> Option<(Node<'a>, Node<'a>)> {
        read::members_at(self.node, "content").into_iter().next()
    }

    /// How several values are written: the `style`, and whether each has the name.
    pub fn style(&self) -> (String, bool) {
        if self.node.version() == Version::V2 {
            let style = match self.node.read_text("collectionFormat").as_ref() {
                "multi" => return ("form".to_owned(), true),
                "ssv" => "spaceDelimited",
                "pipes" => "pipeDelimited",
                _ => "form",
            };
            return (style.to_owned(), false);
        }
        let style = match self.node.read_text("style").into_owned() {
            written if !written.is_empty() => written,
            _ if matches!(self.location().as_ref(), "query" | "cookie") => "form".to_owned(),
            _ => "simple".to_owned(),
        };
        let explode = self.node.read("explode").and_then(|it| it.view.as_bool());
        let explode = explode.unwrap_or(style == "form");
        (style, explode)
    }
}

impl<'a> Body<'a> {
    /// The body that `requestBody` declares.
    pub(super) fn declared(node: Node<'a>) -> Body<'a> {
        Body { node, is_required: node.reads_true("required"), content: content(node) }
    }

    /// The parameter of 2.0 that stands for the body.
    pub(super) fn of_parameter(parameter: Parameter<'a>, types: Vec<Cow<'a, str>>) -> Body<'a> {
        let node = parameter.node;
        let schema = node.read("schema");
        let media = types.into_iter().map(|it| Media { schema, ..Media::new(it, node) });
        Body { node, is_required: parameter.is_required(), content: media.collect() }
    }

    /// The form of 2.0; none without fields.
    pub(super) fn of_form(form: Vec<Parameter<'a>>, types: Vec<Cow<'a, str>>) -> Option<Body<'a>> {
        let node = form.first()?.node;
        let has_file = form.iter().any(|it| it.node.read_text("type") == "file");
        let written = types.into_iter().find(|it| it.contains("form"));
        let media_type = written.unwrap_or(Cow::Borrowed(match has_file {
            true => "multipart/form-data",
            false => "application/x-www-form-urlencoded",
        }));
        let is_required = form.iter().any(Parameter::is_required);
        Some(Body { node, is_required, content: vec![Media { form, ..Media::new(media_type, node) }] })
    }

    /// Whether it is a form of 2.0, which is declared as parameters.
    pub fn is_form(&self) -> bool {
        self.content.iter().any(|it| !it.form.is_empty())
    }

    /// Markdown.
    pub fn description(&self) -> Cow<'a, str> {
        if self.is_form() { Cow::default() } else { self.node.read_text("description") }
    }
}

impl<'a> Response<'a> {
    /// A declared response. `types` are the media types of 2.0.
    pub(super) fn declared(
        (key, node): (Node<'a>, Node<'a>),
        types: impl Fn() -> Vec<Cow<'a, str>>,
    ) -> Option<Response<'a>> {
        let status = key.text().filter(|it| !it.starts_with("x-"))?;
        let content = match node.version() {
            Version::V2 => produced(node, types),
            _ => content(node),
        };
        Some(Response { status, key, node, content })
    }

    /// Markdown. 3.2 has a summary too and no longer asks for a description.
    pub fn description(&self) -> Cow<'a, str> {
        let description = self.node.read_text("description");
        if description.is_empty() { self.node.read_text("summary") } else { description }
    }

    /// Its headers.
    pub fn headers(&self) -> Vec<Parameter<'a>> {
        let named = |(key, node): (Node<'a>, Node<'a>)| {
            key.text().filter(|it| !it.starts_with("x-") || node.view.is_mapping())?;
            Some(Parameter { node, header: Some(key) })
        };
        read::members_at(self.node, "headers").into_iter().filter_map(named).collect()
    }
}

impl<'a> Media<'a> {
    fn new(media_type: Cow<'a, str>, place: Node<'a>) -> Media<'a> {
        let (schema, node, example) = (None, None, None);
        Media { media_type, place, schema, node, example, is_stream: false, form: Vec::new() }
    }

    /// The examples that are written for it.
    pub fn examples(&self) -> Vec<NamedExample<'a>> {
        let own = self.node.map(examples).unwrap_or_default();
        self.example.map(unnamed).into_iter().chain(own).collect()
    }

    /// The examples that are written for it, else those of its schema.
    pub fn examples_or_of_schema(&self) -> Vec<NamedExample<'a>> {
        match (self.examples(), self.schema) {
            (own, Some(schema)) if own.is_empty() => {
                let several = read::items_at(schema, "examples");
                schema.read("example").into_iter().chain(several).map(unnamed).collect()
            }
            (own, _) => own,
        }
    }
}

fn unnamed(value: Node<'_>) -> NamedExample<'_> {
    NamedExample { name: Cow::default(), summary: Cow::default(), value: value.follow().unwrap_or(value) }
}

/// The examples of a media type or parameter.
pub fn examples(node: Node<'_>) -> Vec<NamedExample<'_>> {
    let named = read::members_at(node, "examples").into_iter().filter_map(|(name, it)| {
        let value = ["value", "dataValue", "serializedValue"].iter().find_map(|key| it.read(key))?;
        Some(NamedExample { name: name.text()?, summary: it.read_text("summary"), value })
    });
    node.read("example").map(unnamed).into_iter().chain(named).collect()
}

/// The media types of a body or response.
fn content<'a>(owner: Node<'a>) -> Vec<Media<'a>> {
    let media = |(key, node): (Node<'a>, Node<'a>)| -> Option<Media<'a>> {
        let whole = node.read("schema");
        let schema = whole.or_else(|| node.read("itemSchema"));
        let is_stream = whole.is_none() && schema.is_some();
        Some(Media { schema, node: Some(node), is_stream, ..Media::new(key.text()?, key) })
    };
    read::members_at(owner, "content").into_iter().filter_map(media).collect()
}

/// The media types of a response of 2.0.
fn produced<'a>(response: Node<'a>, types: impl Fn() -> Vec<Cow<'a, str>>) -> Vec<Media<'a>> {
    let Some((place, schema)) = read::entry(response, "schema") else { return Vec::new() };
    let examples = response.read("examples");
    let media = |media_type: Cow<'a, str>| {
        let example = examples.and_then(|it| it.read(&media_type));
        Media { schema: Some(schema), example, ..Media::new(media_type, place) }
    };
    types().into_iter().map(media).collect()
}
