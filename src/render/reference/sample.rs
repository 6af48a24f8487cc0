//! How a call looks in the languages that people copy from: one request, made from the spec's examples, written in
//! each.

use serde_json::Value;

use super::Reference;
use crate::api::sample::{Side, of_schema};
use crate::model::spec::message::{Call, Input, examples};
use crate::model::spec::{Node, Operation};
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
    pub(super) fn samples(&self, operation: &Operation, call: Call<'p>) -> Vec<SampleView> {
        let own = ["x-codeSamples", "x-code-samples"].iter().find_map(|key| call.operation.read(key));
        let own = own.into_iter().flat_map(Node::items).filter_map(|it| {
            let language = it.read_text("lang").into_owned();
            let label = Some(it.read_text("label").into_owned()).filter(|it| !it.is_empty());
            Some(sample(
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
            .map(|(label, lang, text)| sample(label, lang, text))
            .collect();
        samples.extend(made);
        samples
    }

    fn request(&self, operation: &Operation, call: Call<'p>) -> Request {
        let server =
            operation.servers.first().or(self.spec.servers.first()).map(|it| it.url.trim_end_matches('/'));
        let server = server
            .filter(|it| it.contains("://"))
            .map_or_else(|| format!("https://api.example.com{}", server.unwrap_or_default()), str::to_owned);
        let mut path = operation.path.clone();
        let mut query: Vec<String> = Vec::new();
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut cookies: Vec<String> = Vec::new();
        for input in call.parameters() {
            let value = value_of(&input);
            match input.location.as_ref() {
                "path" => {
                    path = path.replace(&format!("{{{}}}", input.name), &encode_fragment(&plain(&value)))
                }
                "query" if input.required => {
                    let all = value.as_array().cloned().unwrap_or_else(|| vec![value]);
                    let name = encode_fragment(&input.name);
                    query.extend(
                        all.iter().take(3).map(|it| format!("{name}={}", encode_fragment(&plain(it)))),
                    );
                }
                "header" if input.required => headers.push((input.name.to_string(), plain(&value))),
                "cookie" if input.required => cookies.push(format!("{}={}", input.name, plain(&value))),
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

/// The first example of a parameter, else a value made from its schema.
fn value_of(input: &Input<'_>) -> Value {
    let written = examples(input.node).into_iter().find_map(|it| it.value.view.to_json(100));
    written.unwrap_or_else(|| of_schema(input.schema.node, Side::Request))
}

/// The body with its media type: JSON where there is a choice.
fn body_of(call: Call<'_>) -> (Option<Value>, Option<String>) {
    let Some(body) = call.body() else { return (None, None) };
    let is_json = |name: &str| name.contains("json");
    let media = body.media.iter().find(|it| is_json(&it.name)).or(body.media.first());
    let Some(media) = media else { return (None, None) };
    let written = media.examples.iter().find_map(|it| it.value.view.to_json(1_000));
    let made = || Some(of_schema(media.schema.as_ref()?.node, Side::Request));
    let form = || {
        let fields = media.form.iter().map(|it| (it.name.to_string(), value_of(it)));
        Value::Object(fields.collect())
    };
    let value = written.or_else(made).unwrap_or_else(form);
    let short = serde_json::to_string_pretty(&value).is_ok_and(|it| it.len() <= LONGEST_BODY);
    let can_be_written = is_json(&media.name) || media.name.contains("form") || value.is_string();
    (Some(value).filter(|_| short && can_be_written), Some(media.name.to_string()))
}

/// A value as it stands in a URL or a header.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn sample(label: &str, language: &str, text: &str) -> SampleView {
    let mut html = String::new();
    write_code(&mut html, text.trim_end(), language, label);
    SampleView { label: label.to_owned(), html }
}

impl Request {
    /// The body as text: JSON, or words.
    fn text(&self) -> Option<String> {
        match self.body.as_ref()? {
            Value::String(text) => Some(text.clone()),
            value => serde_json::to_string_pretty(value).ok(),
        }
    }

    /// The fields of a form.
    fn fields(&self) -> Vec<(String, String)> {
        let fields = self.body.as_ref().filter(|_| self.is_form).and_then(Value::as_object);
        fields.into_iter().flatten().map(|(name, value)| (name.clone(), plain(value))).collect()
    }

    fn curl(&self) -> String {
        let mut parts = vec![match self.method.as_str() {
            "GET" => format!("curl {}", shell(&self.url)),
            method => format!("curl -X {method} {}", shell(&self.url)),
        }];
        if self.has_password {
            parts.push("-u \"$USER:$PASSWORD\"".to_owned());
        }
        parts.extend(
            self.headers.iter().map(|(name, value)| format!("-H {}", shell(&format!("{name}: {value}")))),
        );
        if self.is_form {
            parts.extend(
                self.fields().iter().map(|(name, value)| format!("-F {}", shell(&format!("{name}={value}")))),
            );
        } else {
            parts.extend(self.text().map(|it| format!("-d {}", shell(&it))));
        }
        parts.join(" \\\n  ")
    }

    fn http(&self) -> String {
        let (host, path) = self.url.split_once("://").map_or(("", self.url.as_str()), |(_, rest)| {
            rest.find('/').map_or((rest, "/"), |at| rest.split_at(at))
        });
        let mut text = format!("{} {path} HTTP/1.1\nHost: {host}\n", self.method);
        if self.has_password {
            text.push_str("Authorization: Basic $CREDENTIALS\n");
        }
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\n"));
        }
        if self.is_form {
            let fields: Vec<String> = self
                .fields()
                .iter()
                .map(|(name, value)| format!("{}={}", encode_fragment(name), encode_fragment(value)))
                .collect();
            text.push_str(&format!(
                "Content-Type: application/x-www-form-urlencoded\n\n{}",
                fields.join("&")
            ));
        } else if let Some(body) = self.text() {
            text.push_str(&format!("\n{body}"));
        }
        text
    }

    fn python(&self) -> String {
        let mut arguments = vec![quoted(&self.url)];
        if self.has_password {
            arguments.push("auth=(user, password)".to_owned());
        }
        if !self.headers.is_empty() {
            let headers: Vec<String> = self
                .headers
                .iter()
                .filter(|(name, _)| name != "Content-Type" || !self.is_json())
                .map(|(name, value)| format!("        {}: {},\n", quoted(name), quoted(value)))
                .collect();
            if !headers.is_empty() {
                arguments.push(format!("headers={{\n{}    }}", headers.concat()));
            }
        }
        match &self.body {
            Some(Value::String(text)) => arguments.push(format!("data={}", quoted(text))),
            Some(value) => {
                let key = if self.is_form { "data" } else { "json" };
                arguments.push(format!("{key}={}", python_literal(value, 1)));
            }
            None => {}
        }
        let method = self.method.to_lowercase();
        let known = ["get", "post", "put", "patch", "delete", "head", "options"].contains(&method.as_str());
        let start = if known {
            format!("requests.{method}(")
        } else {
            format!("requests.request(\n    {},", quoted(&self.method))
        };
        format!(
            "import requests\n\nresponse = {start}\n    {},\n)\nresponse.raise_for_status()",
            arguments.join(",\n    ")
        )
    }

    fn is_json(&self) -> bool {
        self.body.as_ref().is_some_and(|it| !it.is_string()) && !self.is_form
    }

    fn javascript(&self) -> String {
        let mut options = vec![format!("method: {}", quoted(&self.method))];
        let mut headers = self.headers.clone();
        if self.has_password {
            headers.insert(0, ("Authorization".to_owned(), "Basic $CREDENTIALS".to_owned()));
        }
        if !headers.is_empty() {
            let lines: Vec<String> = headers
                .iter()
                .map(|(name, value)| format!("    {}: {},\n", quoted(name), quoted(value)))
                .collect();
            options.push(format!("headers: {{\n{}  }}", lines.concat()));
        }
        if let Some(value) = &self.body {
            let json = serde_json::to_string_pretty(value).unwrap_or_default().replace('\n', "\n  ");
            options.push(match (self.is_form, value) {
                (true, _) => format!("body: new URLSearchParams({json})"),
                (false, Value::String(text)) => format!("body: {}", quoted(text)),
                (false, _) => format!("body: JSON.stringify({json})"),
            });
        }
        format!(
            "const response = await fetch({}, {{\n  {},\n}});\nif (!response.ok) throw new Error(response.statusText);",
            quoted(&self.url),
            options.join(",\n  ")
        )
    }

    fn go(&self) -> String {
        let fields = self.fields();
        let body = match (self.is_form, self.text()) {
            (true, _) => {
                let lines: Vec<String> = fields
                    .iter()
                    .map(|(name, value)| format!("form.Set({}, {})\n", quoted(name), quoted(value)))
                    .collect();
                format!(
                    "form := url.Values{{}}\n{}body := strings.NewReader(form.Encode())\n",
                    lines.concat()
                )
            }
            (false, Some(text)) if !text.contains('`') => format!("body := strings.NewReader(`{text}`)\n"),
            (false, Some(text)) => format!("body := strings.NewReader({})\n", quoted(&text)),
            (false, None) => String::new(),
        };
        let argument = if body.is_empty() { "nil" } else { "body" };
        let mut text = format!(
            "{body}request, err := http.NewRequest({}, {}, {argument})\nif err != nil {{\n\treturn err\n}}\n",
            quoted(&self.method),
            quoted(&self.url)
        );
        if self.has_password {
            text.push_str("request.SetBasicAuth(user, password)\n");
        }
        for (name, value) in &self.headers {
            text.push_str(&format!("request.Header.Set({}, {})\n", quoted(name), quoted(value)));
        }
        text.push_str("response, err := http.DefaultClient.Do(request)\nif err != nil {\n\treturn err\n}\ndefer response.Body.Close()");
        text
    }
}

/// A text in double quotes, as JSON, JavaScript, Python and Go read it alike.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// A word for a shell; variables such as `$TOKEN` stay variables.
fn shell(text: &str) -> String {
    let has_variable = ["$TOKEN", "$API_KEY"].iter().any(|it| text.contains(it));
    // A spec from elsewhere must not put a command into what people copy.
    if has_variable && text.matches('$').count() == 1 && !text.contains(['"', '`', '\\', '!']) {
        return format!("\"{text}\"");
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A JSON value as Python writes it.
fn python_literal(value: &Value, depth: usize) -> String {
    let indent = "    ".repeat(depth);
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Array(items) => {
            let lines = items.iter().map(|it| format!("{indent}    {},\n", python_literal(it, depth + 1)));
            format!("[\n{}{indent}]", lines.collect::<String>())
        }
        Value::Object(members) => {
            let line = |(name, it): (&String, &Value)| {
                format!("{indent}    {}: {},\n", quoted(name), python_literal(it, depth + 1))
            };
            format!("{{\n{}{indent}}}", members.iter().map(line).collect::<String>())
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request() -> Request {
        Request {
            method: "POST".to_owned(),
            url: "https://api.example.com/berths?day=2026-01-31".to_owned(),
            headers: vec![
                ("Authorization".to_owned(), "Bearer $TOKEN".to_owned()),
                ("Content-Type".to_owned(), "application/json".to_owned()),
            ],
            body: Some(json!({"name": "it's", "open": true, "of": null})),
            has_password: false,
            is_form: false,
        }
    }

    #[test]
    fn a_shell_reads_back_what_was_meant() {
        assert_eq!(
            request().curl(),
            "curl -X POST 'https://api.example.com/berths?day=2026-01-31' \\\n  -H \"Authorization: Bearer $TOKEN\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\n  \"name\": \"it'\\''s\",\n  \"open\": true,\n  \"of\": null\n}'"
        );
        assert_eq!(shell("$(rm) $TOKEN"), "'$(rm) $TOKEN'");
    }

    #[test]
    fn each_language_has_its_own_words() {
        let python = request().python();
        assert!(python.contains("\"open\": True") && python.contains("\"of\": None"), "{python}");
        assert!(!python.contains("Content-Type"), "`json=` sets it");
        assert!(request().javascript().contains("body: JSON.stringify({\n    \"name\": \"it's\""));
        assert!(request().go().contains("strings.NewReader(`{"));
        assert!(
            request().http().starts_with("POST /berths?day=2026-01-31 HTTP/1.1\nHost: api.example.com\n")
        );
    }
}
