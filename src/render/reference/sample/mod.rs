//! A call as people copy it: one request, made from the spec's examples, written in several languages.

mod language;

use serde_json::{Map, Value};

use super::Reference;
use super::server::base;
use crate::model::spec::sample::{self, Side};
use crate::model::spec::{Call, Node, Operation};
use crate::render::html::code::write_code;
use crate::render::url::encode_fragment;
use crate::render::view::SampleView;

/// A longer body is left out of the samples.
const LONGEST_BODY: usize = 4_000;

/// A request, ready to be written.
struct Request {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Value>,
    /// Name and password stand in the place of a header.
    has_password: bool,
    is_form: bool,
}

impl<'p> Reference<'_, 'p> {
    /// The samples that the spec brings along, then those that are made.
    pub(super) fn samples(&self, operation: &Operation, call: &Call<'p>) -> Vec<SampleView> {
        let own = ["x-codeSamples", "x-code-samples"].iter().find_map(|key| call.node.read(key));
        let own = own.into_iter().flat_map(Node::items).filter_map(|it| {
            let language = it.read_text("lang").into_owned();
            let label = Some(it.read_text("label").into_owned()).filter(|it| !it.is_empty());
            Some(written(
                &label.unwrap_or_else(|| language.clone()),
                &language.to_lowercase(),
                &it.read("source")?.text()?,
            ))
        });
        let mut samples: Vec<SampleView> = own.collect();
        let request = self.request(operation, call);
        let made = [
            ("curl", "sh", request.curl()),
            ("HTTP", "http", request.http()),
            ("Python", "python", request.python()),
            ("JavaScript", "javascript", request.javascript()),
            ("Go", "go", request.go()),
        ];
        let is_new = |label: &str| !samples.iter().any(|it| it.label.eq_ignore_ascii_case(label));
        let made: Vec<SampleView> = made
            .iter()
            .filter(|it| is_new(it.0))
            .map(|(label, lang, text)| written(label, lang, text))
            .collect();
        samples.extend(made);
        samples
    }

    fn request(&self, operation: &Operation, call: &Call<'p>) -> Request {
        let server = operation.servers.first().or(self.spec.servers.first());
        let server = base(server.map(|it| it.url.as_str()));
        let mut path = operation.path.clone();
        let mut query: Vec<String> = Vec::new();
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut cookies: Vec<String> = Vec::new();
        for input in call.parameters() {
            let name = input.name();
            let value = || sample::parameter(&input);
            match input.location().as_ref() {
                "path" => {
                    path = path.replace(&format!("{{{name}}}"), &encode_fragment(&plain(&value())));
                }
                "query" if input.is_required() => {
                    let value = value();
                    let all = value.as_array().cloned().unwrap_or_else(|| vec![value]);
                    let name = encode_fragment(&name);
                    query.extend(
                        all.iter().take(3).map(|it| format!("{name}={}", encode_fragment(&plain(it)))),
                    );
                }
                "header" if input.is_required() => headers.push((name.into_owned(), plain(&value()))),
                "cookie" if input.is_required() => cookies.push(format!("{name}={}", plain(&value()))),
                _ => {}
            }
        }
        let mut has_password = false;
        for name in operation.security.first().into_iter().flatten() {
            let Some(scheme) = self.scheme_node(name) else { continue };
            match (scheme.read_text("type").as_ref(), scheme.read_text("in").as_ref()) {
                ("apiKey", "header") => {
                    headers.push((scheme.read_text("name").into_owned(), "$API_KEY".to_owned()))
                }
                ("apiKey", "query") => query.push(format!("{}=$API_KEY", scheme.read_text("name"))),
                ("apiKey", _) => cookies.push(format!("{}=$API_KEY", scheme.read_text("name"))),
                ("basic", _) => has_password = true,
                ("http", _) if scheme.read_text("scheme").eq_ignore_ascii_case("basic") => {
                    has_password = true
                }
                ("http" | "oauth2" | "openIdConnect", _) => {
                    headers.push(("Authorization".to_owned(), "Bearer $TOKEN".to_owned()));
                }
                _ => {}
            }
        }
        if !cookies.is_empty() {
            headers.push(("Cookie".to_owned(), cookies.join("; ")));
        }
        let (body, media_type) = body_of(call);
        let is_form = media_type.as_deref().is_some_and(|it| it.contains("form"));
        headers.extend(media_type.filter(|_| !is_form).map(|it| ("Content-Type".to_owned(), it)));
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        Request {
            method: operation.method.clone(),
            url: format!("{server}{path}{query}"),
            headers,
            body,
            has_password,
            is_form,
        }
    }
}

/// The body with its media type: JSON where there is a choice.
fn body_of(call: &Call<'_>) -> (Option<Value>, Option<String>) {
    let content = call.body().map(|it| it.content).unwrap_or_default();
    let is_json = |name: &str| name.contains("json");
    let Some(media) = content.iter().find(|it| is_json(&it.media_type)).or(content.first()) else {
        return (None, None);
    };
    let value = sample::media(media, Side::Request).unwrap_or_else(|| Value::Object(Map::new()));
    let short = serde_json::to_string_pretty(&value).is_ok_and(|it| it.len() <= LONGEST_BODY);
    let can_be_written = is_json(&media.media_type) || media.media_type.contains("form") || value.is_string();
    (Some(value).filter(|_| short && can_be_written), Some(media.media_type.to_string()))
}

/// A value as it stands in a URL or a header.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn written(label: &str, language: &str, text: &str) -> SampleView {
    let mut html = String::new();
    write_code(&mut html, text.trim_end(), language, label);
    SampleView { label: label.to_owned(), html }
}
