//! The answers that are saved with a request.

use serde_json::{Map, Value, json};

use super::body::{self, Form, form, language};
use super::id;
use super::request::{pair, plain};
use crate::model::spec::Call;
use crate::model::spec::message::{Media, Response};
use crate::model::spec::read;
use crate::model::spec::sample::{self, Side};

/// The media type that a request asks for.
pub(super) fn accepted(call: &Call<'_>) -> Option<String> {
    let responses = call.responses();
    let good = responses.iter().filter(|it| it.status.starts_with('2'));
    let all: Vec<&Media<'_>> = good.chain(&responses).flat_map(|it| &it.content).collect();
    let json = all.iter().find(|it| form(&it.media_type) == Form::Json);
    Some(json.or(all.first())?.media_type.to_string()).filter(|it| !it.contains('*'))
}

/// The responses of an operation: one for each example of the media type that comes first.
pub(super) fn saved(call: &Call<'_>, key: &[&str; 3], request: &Map<String, Value>) -> Vec<Value> {
    let mut original = request.clone();
    original.remove("auth");
    let mut original = Value::from(original);
    for list in ["/header", "/url/query", "/url/variable", "/body/urlencoded", "/body/formdata"] {
        let Some(fields) = original.pointer_mut(list).and_then(Value::as_array_mut) else { continue };
        // What is not sent, and what is said about it, stands in the request itself.
        fields.retain(|it| it["disabled"] != Value::Bool(true));
        for field in fields {
            field.as_object_mut().and_then(|it| it.shift_remove("description"));
        }
    }
    let responses = call.responses();
    let has_good = responses.iter().any(|it| it.status.starts_with(['2', '3']));
    responses.iter().flat_map(|it| of(it, has_good, key, &original)).collect()
}

fn of(response: &Response<'_>, has_good: bool, key: &[&str; 3], request: &Value) -> Vec<Value> {
    let status = response.status.as_ref();
    let code = match status {
        // What is said of all other answers is about errors, where a good one is described.
        "default" if has_good => 500,
        "default" => 200,
        _ => status.to_ascii_uppercase().replace('X', "0").parse::<u16>().unwrap_or(200),
    };
    let description = response.node.read_text("description").into_owned();
    let title = match description.lines().next().map(str::trim).filter(|it| !it.is_empty()) {
        Some(line) => format!("{status} {line}"),
        None => status.to_owned(),
    };
    let json = response.content.iter().find(|it| form(&it.media_type) == Form::Json);
    let media = json.or(response.content.first());
    let mut examples = media.map(sample::named).unwrap_or_default();
    if examples.is_empty() {
        let made = media.and_then(|it| sample::media(it, Side::Response));
        examples.push((String::new(), made.unwrap_or_default()));
    }
    let mut headers: Vec<Value> = media
        .iter()
        .map(|it| pair("Content-Type", &it.media_type.replace("*/*", "application/json")))
        .collect();
    for (name, header) in read::members_at(response.node, "headers") {
        let Some(name) = name.text() else { continue };
        let value = header.read("example").and_then(|it| it.view.to_json(1_000));
        let schema = header.read("schema").unwrap_or(header);
        let value = value.unwrap_or_else(|| sample::of_schema(schema, Side::Response));
        headers.push(pair(&name, &plain(&value)));
    }
    let saved = |(name, value): (String, Value)| {
        let body = media.map(|it| match form(&it.media_type) {
            Form::Binary => String::new(),
            _ => body::text(it, Some(&value).filter(|it| !it.is_null())),
        });
        let says_nothing = name.is_empty() || description.trim().eq_ignore_ascii_case(&name);
        let title = if says_nothing { title.clone() } else { format!("{title} ({name})") };
        json!({
            "id": id(&[&["response"], &key[..], &[status, &name]].concat()),
            "name": title,
            "originalRequest": request,
            "status": reason(code),
            "code": code,
            "_postman_previewlanguage": media.map_or("text", |it| language(form(&it.media_type))),
            "header": headers,
            "cookie": [],
            "body": body.unwrap_or_default(),
        })
    };
    examples.into_iter().map(saved).collect()
}

/// The reason phrase of a status (RFC 9110 and its kin).
fn reason(code: u16) -> &'static str {
    match code {
        100 => "Continue",
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}
