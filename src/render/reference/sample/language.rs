//! A request in the languages that people copy from.

use serde_json::Value;

use super::{Request, plain};
use crate::render::url::encode_fragment;

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

    pub(super) fn curl(&self) -> String {
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

    pub(super) fn http(&self) -> String {
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

    pub(super) fn python(&self) -> String {
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

    pub(super) fn javascript(&self) -> String {
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

    pub(super) fn go(&self) -> String {
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
