//! An operation in full: what it takes, what it answers, who may call it.

use std::sync::Arc;

use super::Reference;
use super::authentication::scheme_anchor;
use super::schema::SchemaWriter;
use crate::model::coverage::OperationId;
use crate::model::spec::message::{Body, Media, Response};
use crate::model::spec::sample::{Side, of_schema};
use crate::model::spec::schema::Schema;
use crate::model::spec::{Call, Node, Operation, Role};
use crate::model::tree::ValueKind;
use crate::render::html::code::write_code;
use crate::render::pages::routes::method_tone;
use crate::render::url::Place;
use crate::render::view::{
    Badge, BodyView, CallbackView, Crumb, ExternalDocs, InputGroup, MediaView, OperationLink, OperationView,
    ResponseView, SchemeUse,
};

/// The title of an operation in lists is cut at so many characters.
const TITLE: usize = 80;
/// A longer example, in nodes, is not shown.
const MAX_EXAMPLE_NODES: usize = 5_000;
/// A longer example is not made.
const MADE: usize = 4_000;
/// How many properties are written in the folds of an operation.
const ROOM: usize = 250;
/// And for all operations of a page together.
const ROOM_OF_PAGE: usize = 1_000;
/// And for all operations of a spec: the more there are, the sooner a name is a link to its schema's own page.
const ROOM_OF_SPEC: usize = 400_000;
/// What an operation may always show.
const LEAST_ROOM: usize = 25;

impl<'p> Reference<'_, 'p> {
    /// How many properties an operation of a page with so many may show.
    pub(super) fn room(&self, operations: usize) -> usize {
        let of_spec = (ROOM_OF_SPEC / self.spec.operations.len().max(1)).max(LEAST_ROOM);
        (ROOM_OF_PAGE / operations.max(1)).min(ROOM).min(of_spec)
    }

    pub(super) fn operation_link(&self, at: usize, place: &Place) -> Option<OperationLink> {
        let operation = self.spec.operations.get(at)?;
        let (path, anchor) = self.plan.operation(at)?;
        Some(OperationLink {
            method: operation.method.clone(),
            tone: method_tone(&operation.method),
            path: operation.path.clone(),
            summary: operation.summary.clone(),
            deprecated: operation.deprecated,
            href: place.to_fragment(path, anchor),
        })
    }

    pub(super) fn operation(&self, at: usize, place: &Place, room: usize) -> OperationView {
        let mut view = self.view(&self.spec.operations[at], &self.plan.anchors[at], place, room);
        view.used_by = self.used_by(at, place);
        view
    }

    /// An operation of a path, a webhook or a callback.
    pub(super) fn view(
        &self,
        operation: &'p Operation,
        anchor: &str,
        place: &Place,
        room: usize,
    ) -> OperationView {
        let call = self.spec.call(&self.cx.project.sources, operation);
        let mut writer = SchemaWriter::new(self, place, room);
        let inputs = self.inputs(&call, &mut writer);
        let body = call.body().map(|it| self.body(&it, place, &mut writer));
        let mut answers = call.responses();
        // What goes well is read first.
        answers.sort_by_key(|it| !it.status.starts_with('2'));
        let responses = answers.iter().map(|it| self.response(it, place, &mut writer)).collect();
        let samples = self.samples(operation, &call);
        OperationView {
            href: place.to_fragment(&place.path, anchor),
            anchor: anchor.to_owned(),
            method: operation.method.clone(),
            tone: method_tone(&operation.method),
            path: operation.path.clone(),
            title: title(operation),
            id: operation.id.clone(),
            description: self.description(&operation.description, place, 2),
            docs: self.external_docs(call.node),
            deprecated: operation.deprecated,
            servers: operation.servers.iter().map(|it| it.url.clone()).collect(),
            security: self.security(operation, &call, place),
            inputs,
            body,
            responses,
            base: self.base_of(operation).filter(|_| call.role == Role::Served),
            labels: samples.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join(", "),
            samples,
            callbacks: callbacks(&call),
            used_by: Vec::new(),
            origin: self.cx.origin(operation.span, place),
        }
    }

    fn inputs(&self, call: &Call<'p>, writer: &mut SchemaWriter<'_, 'p>) -> Vec<InputGroup> {
        let all = call.parameters();
        let groups = [
            ("path", "path-parameters"),
            ("query", "query-parameters"),
            ("querystring", "query-string"),
            ("header", "headers"),
            ("cookie", "cookies"),
        ];
        let of =
            |location: &str| all.iter().filter(|it| it.location() == location).copied().collect::<Vec<_>>();
        let groups = groups.iter().filter_map(|(location, title)| {
            let inputs = of(location);
            (!inputs.is_empty()).then(|| {
                writer.inputs(&inputs);
                InputGroup { title: self.cx.says.get(title).to_owned(), html: writer.take() }
            })
        });
        groups.collect()
    }

    fn body(&self, body: &Body<'p>, place: &Place, writer: &mut SchemaWriter<'_, 'p>) -> BodyView {
        BodyView {
            required: body.is_required,
            description: self.description(&body.description(), place, 3),
            content: self.media(&body.content, Side::Request, writer),
        }
    }

    fn response(
        &self,
        answer: &Response<'p>,
        place: &Place,
        writer: &mut SchemaWriter<'_, 'p>,
    ) -> ResponseView {
        let tone = match answer.status.as_bytes().first() {
            Some(b'1' | b'3') => "info",
            Some(b'2') => "ok",
            Some(b'4') => "warn",
            Some(b'5') => "bad",
            _ => "plain",
        };
        let headers = answer.headers();
        if !headers.is_empty() {
            writer.inputs(&headers);
        }
        ResponseView {
            open: answer.status.starts_with('2'),
            status: Badge { tone, text: answer.status.to_string() },
            description: self.line(&answer.description(), place),
            headers: writer.take(),
            content: self.media(&answer.content, Side::Response, writer),
        }
    }

    /// The media types; those with one schema and no examples of their own stand together.
    fn media(&self, media: &[Media<'p>], side: Side, writer: &mut SchemaWriter<'_, 'p>) -> Vec<MediaView> {
        let mut views: Vec<(Option<(u32, u32)>, MediaView)> = Vec::new();
        for it in media {
            let schema = it.schema.map(Schema::of);
            let identity = schema.as_ref().map(Schema::identity);
            let same = views.iter_mut().find(|(of, _)| identity.is_some() && *of == identity);
            if let Some((_, view)) = same {
                view.media_types.push(it.media_type.to_string());
                continue;
            }
            let mut view = MediaView { media_types: vec![it.media_type.to_string()], ..MediaView::default() };
            if let Some(schema) = &schema {
                writer.kind(schema);
                view.kind = writer.take();
                view.is_stream = it.is_stream;
                writer.top(schema);
            }
            if !it.form.is_empty() {
                writer.inputs(&it.form);
            }
            view.schema = writer.take();
            let language = if it.media_type.contains("json") {
                "json"
            } else if it.media_type.contains("xml") {
                "xml"
            } else {
                ""
            };
            let examples = it.examples_or_of_schema();
            for example in &examples {
                let Some(text) = example_text(example.value, language == "json") else { continue };
                let title = match (example.summary.trim(), example.name.trim()) {
                    ("", "") => self.cx.says.get("example"),
                    ("", name) => name,
                    (summary, _) => summary,
                };
                writer.example(&text, language, title);
            }
            let made = examples.is_empty() && language == "json" && !view.schema.is_empty();
            view.examples = writer.take();
            if let (true, Some(schema)) = (made, it.schema) {
                view.examples.push_str(&self.made_example(schema, side).unwrap_or_default());
            }
            views.push((identity, view));
        }
        views.into_iter().map(|(_, view)| view).collect()
    }

    /// A value made for a schema; none where it is too long to be read. Errors have the same in every operation.
    fn made_example(&self, schema: Node<'p>, side: Side) -> Option<Arc<str>> {
        let make = || {
            let text = serde_json::to_string_pretty(&of_schema(schema, side)).ok()?;
            let mut html = String::new();
            let title = self.cx.says.get("made-example");
            (text.len() <= MADE).then(|| write_code(&mut html, &text, "json", title))?;
            Some(html)
        };
        let of_name = Schema::of(schema);
        match of_name.is_plain_reference() {
            true => self.memory.made((of_name.identity(), side), make),
            false => make().map(Arc::from),
        }
    }

    /// The ways to prove who calls; each alternative is a list of schemes.
    fn security(&self, operation: &Operation, call: &Call<'p>, place: &Place) -> Vec<Vec<SchemeUse>> {
        let own = call.node.read("security");
        let root = || self.spec.root(&self.cx.project.sources)?.node.get("security");
        let written: Vec<Node<'_>> = own.or_else(root).into_iter().flat_map(Node::items).collect();
        let page = self.plan.authentication.as_ref();
        let alternatives = operation.security.iter().enumerate().map(|(at, names)| {
            let scheme = |name: &String| {
                let scopes = written.get(at).and_then(|it| it.get(name)).into_iter().flat_map(Node::items);
                let known = self.spec.security_schemes.iter().any(|it| it.name == *name);
                SchemeUse {
                    name: name.clone(),
                    href: page.filter(|_| known).map(|it| place.to_fragment(it, &scheme_anchor(name))),
                    scopes: scopes.filter_map(|it| it.text().map(Into::into)).collect(),
                }
            };
            names.iter().map(scheme).collect()
        });
        alternatives.collect()
    }

    pub(super) fn external_docs(&self, node: Node<'_>) -> Option<ExternalDocs> {
        let docs = node.read("externalDocs")?;
        let url = docs.read_text("url").into_owned();
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        let words = docs.read_text("description").into_owned();
        is_web.then(|| ExternalDocs { words: if words.is_empty() { url.clone() } else { words }, url })
    }

    /// The pages of the book that speak of an operation.
    fn used_by(&self, at: usize, place: &Place) -> Vec<Crumb> {
        let id = OperationId { spec: self.at, operation: at };
        let pages = self.cx.operations.mentions.get(&id).into_iter().flatten();
        pages
            .filter_map(|span| {
                let page = self.cx.page(span.source)?;
                Some(Crumb { title: page.title.clone(), href: self.cx.origin(*span, place).href })
            })
            .collect()
    }
}

/// What an operation is called where its path is not enough.
pub(super) fn title(operation: &Operation) -> String {
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

/// The calls that the API makes while an operation runs.
fn callbacks(call: &Call<'_>) -> Vec<CallbackView> {
    let Some(all) = call.node.read("callbacks").and_then(Node::follow) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, callback) in all.members() {
        let Some(name) = name.text().filter(|it| !it.starts_with("x-")) else { continue };
        for (expression, item) in callback.follow().into_iter().flat_map(Node::members) {
            let Some(expression) = expression.text().filter(|it| !it.starts_with("x-")) else { continue };
            for (method, operation) in item.follow().into_iter().flat_map(Node::members) {
                let Some(method) = method.text().filter(|_| operation.read("responses").is_some()) else {
                    continue;
                };
                let summary = Some(operation.read_text("summary")).filter(|it| !it.is_empty());
                let method = method.to_uppercase();
                found.push(CallbackView {
                    name: name.to_string(),
                    tone: method_tone(&method),
                    method,
                    expression: expression.to_string(),
                    summary: summary.unwrap_or_else(|| operation.read_text("description")).into_owned(),
                });
            }
        }
    }
    found
}

/// An example as it goes over the wire.
fn example_text(value: Node<'_>, is_json: bool) -> Option<String> {
    if value.view.kind() == ValueKind::String {
        let text = value.text()?;
        // JSON is often written as one text.
        if !is_json || text.trim_start().starts_with(['{', '[']) {
            return Some(text.into_owned());
        }
    }
    serde_json::to_string_pretty(&value.view.to_json(MAX_EXAMPLE_NODES)?).ok()
}
