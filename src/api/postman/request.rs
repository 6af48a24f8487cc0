//! Operations as requests of Postman.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::auth::{Auth, Schemes};
use super::server::{self, Server};
use super::{body, id, insert_description, response};
use crate::model::spec::Call;
use crate::model::spec::message::Parameter;
use crate::model::spec::sample;
use crate::model::spec::{Node, Spec};

/// Makes requests, and remembers what they need of the collection.
pub(super) struct Requests<'s, 'a> {
    spec: &'s Spec,
    schemes: &'s Schemes<'a>,
    /// How calls say who sends them unless they say otherwise.
    auth: Option<Auth>,
    /// Servers that single operations name, in the order in which they were met.
    servers: Vec<Server>,
    variables: Vec<(String, String)>,
}

/// The headers that OpenAPI says elsewhere.
const SAID_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'s, 'a> Requests<'s, 'a> {
    pub(super) fn new(spec: &'s Spec, root: Option<Node<'a>>, schemes: &'s Schemes<'a>) -> Requests<'s, 'a> {
        let auth = root.and_then(|it| schemes.auth(it));
        Requests { spec, schemes, auth, servers: Vec::new(), variables: Vec::new() }
    }

    /// The servers that single operations name.
    pub(super) fn servers(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter()
    }

    /// The variables that the requests use, with their values.
    pub(super) fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// The item of an operation: its request and the saved responses.
    pub(super) fn item(&mut self, call: &Call<'a>) -> Value {
        let key = [self.spec.title.as_str(), &call.method, &call.path];
        let name =
            [call.node.read_text("summary").into_owned(), call.node.read_text("operationId").into_owned()];
        let name = name.into_iter().find(|it| !it.trim().is_empty()).unwrap_or_else(|| call.name());
        let own = self.schemes.auth(call.node);
        let auth = own.clone().or_else(|| self.auth.clone());
        let (body, content_type) = body::of(call);
        let mut headers = headers(call);
        if let Some(media_type) = content_type {
            headers.push(pair("Content-Type", &media_type));
        }
        if let Some(media_type) = response::accepted(call) {
            headers.push(pair("Accept", &media_type));
        }
        for (name, value) in auth.iter().flat_map(|it| &it.headers) {
            headers.push(pair(name, value));
        }
        let mut request = Map::new();
        if let Some(own) = own.filter(|it| Some(&it.auth) != self.auth.as_ref().map(|it| &it.auth)) {
            request.insert("auth".to_owned(), own.auth);
        }
        request.insert("method".to_owned(), call.method.as_ref().into());
        request.insert("header".to_owned(), headers.into());
        if let Some(body) = body {
            request.insert("body".to_owned(), body);
        }
        request.insert("url".to_owned(), self.url(call, auth.as_ref()));
        let mut item = Map::new();
        item.insert("id".to_owned(), id(&[&["request"], &key[..]].concat()).into());
        item.insert("name".to_owned(), name.into());
        let responses = response::saved(call, &key, &request);
        insert_description(&mut request, &description(call));
        item.insert("request".to_owned(), request.into());
        item.insert("response".to_owned(), responses.into());
        item.into()
    }

    /// The variable of the server that an operation is called at.
    fn base(&mut self, call: &Call<'a>) -> String {
        let own = [call.node, call.item].into_iter().flat_map(server::of).next();
        let Some(own) = own else { return "baseUrl".to_owned() };
        let known = self.servers.iter().position(|it| it.url == own.url);
        let at = known.unwrap_or_else(|| {
            let name = format!("baseUrl{}", self.servers.len() + 2);
            self.variables.push((name, own.url.clone()));
            self.servers.push(own);
            self.servers.len() - 1
        });
        format!("baseUrl{}", at + 2)
    }

    fn url(&mut self, call: &Call<'a>, auth: Option<&Auth>) -> Value {
        let base = format!("{{{{{}}}}}", self.base(call));
        let (in_path, others): (Vec<Parameter<'_>>, Vec<Parameter<'_>>) =
            call.parameters().into_iter().partition(|it| it.location() == "path");
        let mut variables = Vec::new();
        let mut segments = Vec::new();
        let path = call.path.split(['?', '#']).next().unwrap_or_default();
        for segment in path.split('/').skip(1) {
            let whole = segment.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            if let Some(name) = whole.filter(|it| !it.contains(['{', '}'])) {
                let declared = in_path.iter().find(|it| it.name() == name);
                let value =
                    declared.map_or_else(|| "string".to_owned(), |it| joined(&sample::parameter(it), ","));
                let mut variable = Map::new();
                variable.insert("key".to_owned(), name.into());
                variable.insert("value".to_owned(), value.into());
                insert_description(
                    &mut variable,
                    &declared.map(|it| it.node.read_text("description").into_owned()).unwrap_or_default(),
                );
                variables.push(Value::from(variable));
                segments.push(format!(":{name}"));
                continue;
            }
            // A path variable of Postman is a whole segment; a part of one is a variable of the collection.
            let mut words = segment.to_owned();
            for it in in_path.iter().filter(|it| segment.contains(&format!("{{{}}}", it.name()))) {
                let name = it.name();
                words = words.replace(&format!("{{{name}}}"), &format!("{{{{{name}}}}}"));
                if !self.variables.iter().any(|(known, _)| *known == name) {
                    self.variables.push((name.into_owned(), joined(&sample::parameter(it), ",")));
                }
            }
            segments.push(words);
        }
        let mut query: Vec<Value> = Vec::new();
        for it in others.iter().filter(|it| it.location() == "query") {
            query.extend(fields(it, |_, _| {}));
        }
        for (name, value) in auth.iter().flat_map(|it| &it.query) {
            query.push(pair(name, value));
        }
        let mut raw = format!("{base}/{}", segments.join("/"));
        let plain = |it: &Value| it.as_str().unwrap_or_default().replace('&', "%26").replace('#', "%23");
        let enabled = query.iter().filter(|it| it["disabled"] != Value::Bool(true));
        for (at, it) in enabled.enumerate() {
            raw.push(if at == 0 { '?' } else { '&' });
            raw.push_str(&format!("{}={}", plain(&it["key"]), plain(&it["value"])));
        }
        let mut url = Map::new();
        url.insert("raw".to_owned(), raw.into());
        url.insert("host".to_owned(), json!([base]));
        url.insert("path".to_owned(), segments.into());
        if !query.is_empty() {
            url.insert("query".to_owned(), query.into());
        }
        if !variables.is_empty() {
            url.insert("variable".to_owned(), variables.into());
        }
        url.into()
    }
}

fn description(call: &Call<'_>) -> String {
    let text = call.node.read_text("description").into_owned();
    match call.node.reads_true("deprecated") {
        true => format!("**Deprecated.**\n\n{text}").trim_end().to_owned(),
        false => text,
    }
}

fn headers(call: &Call<'_>) -> Vec<Value> {
    let mut headers = Vec::new();
    for it in &call.parameters() {
        match it.location().as_ref() {
            "header" if !SAID_ELSEWHERE.contains(&it.name().to_ascii_lowercase().as_str()) => {
                let mut field = Map::new();
                field.insert("key".to_owned(), it.name().into_owned().into());
                field.insert("value".to_owned(), joined(&sample::parameter(it), ",").into());
                headers.push(described(field, it));
            }
            "cookie" => {
                let value = format!("{}={}", it.name(), joined(&sample::parameter(it), ","));
                let mut field = Map::new();
                field.insert("key".to_owned(), "Cookie".into());
                field.insert("value".to_owned(), value.into());
                headers.push(described(field, it));
            }
            _ => {}
        }
    }
    headers
}

/// A key and a value.
pub(super) fn pair(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": value })
}

fn described(mut field: Map<String, Value>, parameter: &Parameter<'_>) -> Value {
    insert_description(&mut field, &parameter.node.read_text("description"));
    if !parameter.is_required() {
        field.insert("disabled".to_owned(), true.into());
    }
    field.into()
}

/// A parameter as fields of a query or form: several where each value has the name.
pub(super) fn fields(
    parameter: &Parameter<'_>,
    more: impl Fn(&mut Map<String, Value>, &Value),
) -> Vec<Value> {
    let value = sample::parameter(parameter);
    let pairs = pairs(parameter, &value);
    let mut seen = HashSet::new();
    let field = |(key, text): (String, String)| {
        let is_first = seen.insert(key.clone());
        let mut field = Map::new();
        field.insert("key".to_owned(), key.into());
        field.insert("value".to_owned(), text.into());
        more(&mut field, &value);
        if is_first {
            return described(field, parameter);
        }
        if !parameter.is_required() {
            field.insert("disabled".to_owned(), true.into());
        }
        field.into()
    };
    pairs.into_iter().map(field).collect()
}

/// The names and values of a parameter as its style has them.
fn pairs(parameter: &Parameter<'_>, value: &Value) -> Vec<(String, String)> {
    let name = parameter.name().into_owned();
    if parameter.media().is_some() {
        return vec![(name, plain(value))];
    }
    let (style, explode) = parameter.style();
    let separator = match style.as_str() {
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        _ => ",",
    };
    match value {
        Value::Array(items) if explode && !items.is_empty() => {
            items.iter().map(|it| (name.clone(), plain(it))).collect()
        }
        Value::Object(members) if style == "deepObject" && !members.is_empty() => {
            members.iter().map(|(key, it)| (format!("{name}[{key}]"), plain(it))).collect()
        }
        Value::Object(members) if explode && !members.is_empty() => {
            members.iter().map(|(key, it)| (key.clone(), plain(it))).collect()
        }
        _ => vec![(name, joined(value, separator))],
    }
}

/// A value as text; lists and objects with a separator between their parts.
fn joined(value: &Value, separator: &str) -> String {
    match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(separator),
        Value::Object(members) => {
            members.iter().flat_map(|(key, it)| [key.clone(), plain(it)]).collect::<Vec<_>>().join(separator)
        }
        _ => plain(value),
    }
}

/// A value as text: text as it is, everything else as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        _ => value.to_string(),
    }
}
