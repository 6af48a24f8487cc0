//! What an object may not hold because of what else it holds.

use std::borrow::Cow;

use crate::model::spec::{Kind, Node, Typed, Version};
use crate::source::Span;

/// Something that does not go together.
pub(super) struct Problem {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

fn problem(span: Span, message: impl Into<String>) -> Problem {
    Problem { span, message: message.into(), help: None }
}

impl Problem {
    fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}

/// What does not go together in an object.
pub(super) fn problems(object: Typed<'_>) -> Vec<Problem> {
    let mut all = Vec::new();
    let version = object.node.version();
    match object.kind() {
        Kind::Document => document(object.node, &mut all),
        Kind::License => license(object.node, &mut all),
        Kind::PathItem => path_item(object.node, &mut all),
        Kind::Parameter if version == Version::V2 => old_parameter(object, &mut all),
        Kind::Parameter => parameter(object, &mut all),
        Kind::Header if version >= Version::V30 => schema_or_content(object, &mut all),
        Kind::Response => header_names(object.node, &mut all),
        Kind::Responses => responses(object, &mut all),
        Kind::Link => link(object, &mut all),
        Kind::SecurityScheme => security_scheme(object, &mut all),
        Kind::OAuthFlow => flow(object, &mut all),
        _ => {}
    }
    all
}

fn document(root: Node<'_>, all: &mut Vec<Problem>) {
    if let Some((_, version)) = root.entry("openapi")
        && let Some(text) = version.string()
        && !is_full_version(&text)
    {
        all.push(
            problem(version.span(), format!("`{text}` is no full version"))
                .help("write e.g. `openapi: 3.1.0`"),
        );
    }
    if let Some((_, own)) = root.entry("$self")
        && own.string().is_some_and(|it| it.contains('#'))
    {
        all.push(problem(own.span(), "`$self` has a fragment").help("name the document without `#…`"));
    }
}

/// Three numbers, perhaps with a suffix.
fn is_full_version(text: &str) -> bool {
    let plain = text.split('-').next().unwrap_or_default();
    let parts: Vec<&str> = plain.split('.').collect();
    parts.len() == 3 && parts.iter().all(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
}

fn license(license: Node<'_>, all: &mut Vec<Problem>) {
    if let (Some((key, _)), true) = (license.entry("identifier"), license.has("url")) {
        all.push(problem(key.span(), "`identifier` and `url` exclude each other").help("keep one of them"));
    }
}

const METHODS: [&str; 9] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"];

fn path_item(item: Node<'_>, all: &mut Vec<Problem>) {
    let Some(additional) = item.get("additionalOperations") else { return };
    for (key, _) in additional.members() {
        let Some(method) = key.text() else { continue };
        if METHODS.contains(&&*method) {
            let field = method.to_ascii_lowercase();
            let message = format!("`{method}` is no additional operation");
            all.push(
                problem(key.span(), message).help(format!("the path item has the field `{field}` for it")),
            );
        }
    }
}

/// A label for messages: "the parameter `limit`".
fn label(object: Typed<'_>, noun: &str) -> String {
    let name = object.string_at("name").or_else(|| object.name());
    match name {
        Some(name) => format!("the {noun} `{name}`"),
        None => format!("the {noun}"),
    }
}

fn old_parameter(parameter: Typed<'_>, all: &mut Vec<Problem>) {
    let node = parameter.node;
    let Some(location) = node.string_at("in") else { return };
    path_parameter(parameter, &location, all);
    match (&*location, node.has("schema"), node.has("type")) {
        ("body", false, _) => {
            all.push(problem(parameter.place(), format!("{} lacks `schema`", label(parameter, "body"))));
        }
        ("body", true, _) => {}
        (_, true, _) => {
            let place = node.entry("schema").map_or(parameter.place(), |(key, _)| key.span());
            let message = format!("a {location} parameter has no `schema` in OpenAPI 2.0");
            all.push(
                problem(place, message).help("put `type`, `format` and so on into the parameter itself"),
            );
        }
        (_, false, false) => {
            all.push(problem(parameter.place(), format!("{} lacks `type`", label(parameter, "parameter"))));
        }
        _ => {}
    }
}

/// A parameter in a path must be there, and its name is a word of the path.
fn path_parameter(parameter: Typed<'_>, location: &str, all: &mut Vec<Problem>) {
    let node = parameter.node;
    if location != "path" {
        return;
    }
    if !node.flag("required") {
        let (place, message) = match node.entry("required") {
            Some((_, value)) if value.view.as_bool().is_none() => return,
            Some((_, value)) => (value.span(), "is not required"),
            None => (name_place(parameter), "lacks `required: true`"),
        };
        let message = format!("{} in the path {message}", label(parameter, "parameter"));
        all.push(problem(place, message).help("write `required: true`: a path is not complete without it"));
    }
    if let Some(name) = node.string_at("name").filter(|it| it.contains(['{', '}'])) {
        all.push(problem(name_place(parameter), format!("`{name}` is no name of a path parameter")));
    }
}

fn name_place(parameter: Typed<'_>) -> Span {
    parameter.get("name").map_or_else(|| parameter.place(), Node::span)
}

fn parameter(parameter: Typed<'_>, all: &mut Vec<Problem>) {
    let node = parameter.node;
    schema_or_content(parameter, all);
    let Some(location) = node.string_at("in") else { return };
    path_parameter(parameter, &location, all);
    if location == "header"
        && let Some(name) = node.string_at("name").filter(|it| !is_token(it))
    {
        all.push(problem(name_place(parameter), format!("`{name}` is no name of a header")));
    }
    if let Some(style) = node.string_at("style") {
        styles(node, &location, &style, all);
    }
    let newer = node.version() >= Version::V31;
    if let Some((key, _)) = node.entry("allowEmptyValue").filter(|_| newer && location != "query") {
        all.push(problem(key.span(), format!("`allowEmptyValue` in a {location} parameter")));
    }
    let encoded = match node.version() {
        Version::V31 => location == "query",
        Version::V32 => {
            let style = node.string_at("style").unwrap_or(Cow::Borrowed("form"));
            matches!(&*location, "query" | "path") || (location == "cookie" && style == "form")
        }
        _ => true,
    };
    if let Some((key, _)) = node.entry("allowReserved").filter(|_| !encoded) {
        let message = format!("`allowReserved` in a {location} parameter");
        all.push(problem(key.span(), message).help("nothing is percent-encoded there"));
    }
}

/// A header's name as HTTP knows it: a token (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let is_token_char = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    !name.is_empty() && name.chars().all(is_token_char)
}

fn styles(node: Node<'_>, location: &str, style: &str, all: &mut Vec<Problem>) {
    let allowed: &[&str] = match location {
        "path" => &["matrix", "label", "simple"],
        "header" => &["simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" if node.version() >= Version::V32 => &["form", "cookie"],
        "cookie" => &["form"],
        _ => return,
    };
    let Some(place) = node.get("style").map(Node::span).filter(|_| !allowed.contains(&style)) else { return };
    let known = allowed.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let message = format!("`style: {style}` in a {location} parameter");
    all.push(problem(place, message).help(format!("a {location} parameter may have {known}")));
}

/// Parameters and headers describe their value in one of two ways.
fn schema_or_content(object: Typed<'_>, all: &mut Vec<Problem>) {
    let node = object.node;
    let noun = if object.kind() == Kind::Header { "header" } else { "parameter" };
    let is_query_string = node.string_at("in").is_some_and(|it| it == "querystring");
    let content = node.entry("content");
    match (node.entry("schema"), content) {
        (Some((key, _)), _) if is_query_string => {
            let message = "a `querystring` parameter has `content`, not `schema`";
            all.push(
                problem(key.span(), message)
                    .help("write `content: {application/x-www-form-urlencoded: {schema: …}}`"),
            );
        }
        (Some(_), Some((key, _))) => {
            all.push(
                problem(key.span(), "`schema` and `content` exclude each other").help("keep one of them"),
            );
        }
        (None, None) => {
            let wanted = if is_query_string { "`content`" } else { "`schema` or `content`" };
            all.push(problem(object.place(), format!("{} lacks {wanted}", label(object, noun))));
        }
        _ => {}
    }
    let Some((key, content)) = content.filter(|(_, it)| it.view.is_mapping() && !it.is_reference()) else {
        return;
    };
    if content.view.len() != 1 {
        let message = format!("`content` of a {noun} has {} media types, not one", content.view.len());
        all.push(problem(key.span(), message));
    }
    for name in ["style", "explode", "allowReserved"] {
        if let Some((key, _)) = node.entry(name) {
            let message = format!("`{name}` beside `content`");
            all.push(problem(key.span(), message).help("the media type says how the value is written"));
        }
    }
}

fn header_names(response: Node<'_>, all: &mut Vec<Problem>) {
    let Some(headers) = response.get("headers").filter(|it| it.view.is_mapping()) else { return };
    for (key, _) in headers.members() {
        if let Some(name) = key.text().filter(|it| !is_token(it) && it != "$ref") {
            all.push(problem(key.span(), format!("`{name}` is no name of a header")));
        }
    }
}

fn responses(responses: Typed<'_>, all: &mut Vec<Problem>) {
    if responses.node.view.is_empty() {
        all.push(
            problem(responses.place(), "no responses")
                .help("describe at least one, such as `200` or `default`"),
        );
    }
}

fn link(link: Typed<'_>, all: &mut Vec<Problem>) {
    match (link.node.entry("operationRef"), link.node.has("operationId")) {
        (Some((key, _)), true) => {
            let message = "`operationRef` and `operationId` exclude each other";
            all.push(problem(key.span(), message).help("keep one of them"));
        }
        (None, false) => {
            let message = format!("{} lacks `operationId` or `operationRef`", label(link, "link"));
            all.push(problem(link.place(), message));
        }
        _ => {}
    }
}

fn security_scheme(scheme: Typed<'_>, all: &mut Vec<Problem>) {
    let node = scheme.node;
    let Some(kind) = node.string_at("type") else { return };
    let flow = node.string_at("flow").unwrap_or_default();
    let needed: &[&str] = match (&*kind, node.version()) {
        ("apiKey", _) => &["name", "in"],
        ("http", Version::V30 | Version::V31 | Version::V32) => &["scheme"],
        ("openIdConnect", Version::V30 | Version::V31 | Version::V32) => &["openIdConnectUrl"],
        ("oauth2", Version::V2) => match &*flow {
            "" => &["flow", "scopes"],
            "implicit" => &["authorizationUrl", "scopes"],
            "accessCode" => &["authorizationUrl", "tokenUrl", "scopes"],
            _ => &["tokenUrl", "scopes"],
        },
        ("oauth2", _) => &["flows"],
        _ => &[],
    };
    for field in needed.iter().filter(|it| !node.has(it)) {
        let place = node.get("type").map_or(scheme.place(), Node::span);
        all.push(problem(place, format!("a security scheme of type `{kind}` lacks `{field}`")));
    }
}

fn flow(flow: Typed<'_>, all: &mut Vec<Problem>) {
    let name = flow.name().unwrap_or_default();
    let needed: &[&str] = match &*name {
        "implicit" => &["authorizationUrl"],
        "password" | "clientCredentials" => &["tokenUrl"],
        "authorizationCode" => &["authorizationUrl", "tokenUrl"],
        "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
        _ => &[],
    };
    for field in needed.iter().filter(|it| !flow.node.has(it)) {
        all.push(problem(flow.place(), format!("the flow `{name}` lacks `{field}`")));
    }
}
