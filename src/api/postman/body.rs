//! What requests carry.

use serde_json::{Map, Value, json};

use super::insert_description;
use super::request::{fields, plain};
use crate::model::spec::Call;
use crate::model::spec::message::{Media, Parameter};
use crate::model::spec::read;
use crate::model::spec::sample::{self, Side};

/// How media types are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Urlencoded,
    Multipart,
    Xml,
    Binary,
    Text,
}

/// How a media type is written.
pub(super) fn form(media_type: &str) -> Form {
    let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match name.as_str() {
        "*/*" | "application/*" | "text/json" => Form::Json,
        "application/x-www-form-urlencoded" => Form::Urlencoded,
        "application/octet-stream" => Form::Binary,
        _ if name.ends_with("/json") || name.ends_with("+json") => Form::Json,
        _ if name.starts_with("multipart/") => Form::Multipart,
        _ if name.ends_with("/xml") || name.ends_with("+xml") => Form::Xml,
        _ if ["image/", "audio/", "video/", "application/pdf", "application/zip"]
            .iter()
            .any(|it| name.starts_with(it)) =>
        {
            Form::Binary
        }
        _ => Form::Text,
    }
}

/// A name for a media type that a header can have.
fn concrete(media_type: &str) -> String {
    if media_type.contains('*') { "application/json".to_owned() } else { media_type.to_owned() }
}

/// The body of a request with its `Content-Type`, which Postman sets itself for forms.
pub(super) fn of(call: &Call<'_>) -> (Option<Value>, Option<String>) {
    let Some(body) = call.body() else { return (None, None) };
    let rank = |media: &&Media<'_>| match form(&media.media_type) {
        Form::Json => 0,
        Form::Urlencoded | Form::Multipart => 1,
        Form::Text | Form::Xml => 2,
        Form::Binary => 3,
    };
    let Some(media) = body.content.iter().min_by_key(rank) else { return (None, None) };
    let form = form(&media.media_type);
    if !media.form.is_empty() {
        return (Some(form_of(media, form == Form::Multipart)), None);
    }
    let value = sample::media(media, Side::Request);
    match form {
        Form::Urlencoded | Form::Multipart => {
            let all = parts_of(media, value.unwrap_or_default());
            (Some(fields_body(form == Form::Multipart, all)), None)
        }
        Form::Binary => (Some(json!({ "mode": "file", "file": {} })), Some(concrete(&media.media_type))),
        _ => {
            let text = text(media, value.as_ref());
            let language = language(form);
            let body = json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": language } } });
            (Some(body), Some(concrete(&media.media_type)))
        }
    }
}

/// A form of 2.0.
fn form_of(media: &Media<'_>, is_multipart: bool) -> Value {
    let is_file = |it: &Parameter<'_>| it.node.read_text("type") == "file";
    let parts = media.form.iter().flat_map(|it| match is_file(it) {
        true => vec![file(&it.name(), &it.node.read_text("description"))],
        false => fields(it, |field, _| {
            field.insert("type".to_owned(), "text".into());
        }),
    });
    fields_body(is_multipart || media.form.iter().any(is_file), parts.collect())
}

/// What Postman calls the language of a form.
pub(super) fn language(form: Form) -> &'static str {
    match form {
        Form::Json => "json",
        Form::Xml => "xml",
        _ => "text",
    }
}

/// A value as its media type writes it.
pub(super) fn text(media: &Media<'_>, value: Option<&Value>) -> String {
    let Some(value) = value else { return String::new() };
    match form(&media.media_type) {
        Form::Json => match value {
            // An example is often JSON in a string.
            Value::String(text) if is_json_text(text) => text.clone(),
            _ => format!("{value:#}"),
        },
        Form::Xml if !value.is_string() => {
            let name = media.schema.and_then(|it| {
                let xml =
                    it.read("xml").map(|it| it.read_text("name").into_owned()).filter(|it| !it.is_empty());
                xml.or_else(|| read::reference_name(it))
            });
            let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
            xml(&name.unwrap_or_else(|| "root".to_owned()), value, 0, &mut out);
            out
        }
        _ => plain(value),
    }
}

fn is_json_text(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<Value>(text).is_ok()
}

/// A value as elements; what the spec says about attributes and wrapping is left out.
fn xml(name: &str, value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Array(items) => items.iter().for_each(|it| xml(name, it, depth, out)),
        Value::Object(members) => {
            out.push_str(&format!("{indent}<{name}>\n"));
            members.iter().for_each(|(key, it)| xml(key, it, depth + 1, out));
            out.push_str(&format!("{indent}</{name}>\n"));
        }
        _ => {
            let text = plain(value).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            out.push_str(&format!("{indent}<{name}>{text}</{name}>\n"));
        }
    }
}

fn fields_body(is_multipart: bool, all: Vec<Value>) -> Value {
    let mode = if is_multipart { "formdata" } else { "urlencoded" };
    json!({ "mode": mode, mode: all })
}

fn file(name: &str, description: &str) -> Value {
    let mut field = Map::new();
    field.insert("key".to_owned(), name.into());
    field.insert("type".to_owned(), "file".into());
    field.insert("src".to_owned(), json!([]));
    insert_description(&mut field, description);
    field.into()
}

/// The fields of a form: the properties of its value, those that need not be there disabled.
fn parts_of(media: &Media<'_>, value: Value) -> Vec<Value> {
    let Value::Object(members) = value else { return Vec::new() };
    let properties = media.schema.map(|it| read::members_at(it, "properties")).unwrap_or_default();
    let required = media.schema.map(|it| read::texts(it, "required")).unwrap_or_default();
    let encodings = media.node.map(|it| read::members_at(it, "encoding")).unwrap_or_default();
    let is_deep = |name: &str| {
        let encoding = encodings.iter().find(|(key, _)| key.text().is_some_and(|it| it == name));
        encoding.is_some_and(|(_, it)| it.read_text("style").into_owned() == "deepObject")
    };
    let mut all = Vec::new();
    for (name, value) in members {
        let declared = properties.iter().find(|(key, _)| key.text().is_some_and(|it| it == name));
        let description =
            declared.map(|(_, it)| it.read_text("description").into_owned()).unwrap_or_default();
        let is_file = declared.is_some_and(|(_, it)| {
            let schema = it.read("items").unwrap_or(*it);
            schema.read_text("format").into_owned() == "binary" || schema.read("contentMediaType").is_some()
        });
        let first = all.len();
        if is_file {
            all.push(file(&name, &description));
        } else if is_deep(&name) && (value.is_object() || value.is_array()) {
            flatten(&name, &value, &mut all);
        } else {
            let mut field = text_field(&name, &value);
            insert_description(&mut field, &description);
            all.push(field.into());
        }
        if !required.contains(&name) {
            all[first..].iter_mut().for_each(|it| it["disabled"] = true.into());
        }
    }
    all
}

fn text_field(name: &str, value: &Value) -> Map<String, Value> {
    let mut field = Map::new();
    field.insert("key".to_owned(), name.into());
    field.insert("value".to_owned(), plain(value).into());
    field.insert("type".to_owned(), "text".into());
    field
}

/// A value as fields with brackets: `filter[age]`, `ids[0]`.
fn flatten(name: &str, value: &Value, into: &mut Vec<Value>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(key, it)| flatten(&format!("{name}[{key}]"), it, into));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(at, it)| flatten(&format!("{name}[{at}]"), it, into));
        }
        _ => into.push(text_field(name, value).into()),
    }
}
