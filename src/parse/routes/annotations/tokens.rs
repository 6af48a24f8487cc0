//! What stands for something else in the templates of C#: `[controller]`, `{version:apiVersion}`.

use super::declared::Method;
use super::engine::Engine;
use super::value::{Annotation, Value};
use crate::parse::routes::text::Text;

impl Engine<'_, '_> {
    /// `[controller]`, `[action]` and `[area]`, in any case. What another token at the front stands for is known to
    /// a convention of the project alone.
    pub(super) fn tokens(&self, path: &Text, controller: &str, action: &str, area: &str) -> Text {
        if let Some(known) = path.as_known()
            && let Some((token, rest)) = own_token(&known)
        {
            let mut whole = Text::hole(token);
            whole.push(&self.tokens(&path.with(rest), controller, action, area));
            return whole;
        }
        path.map(|text| {
            let mut out = String::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('[') {
                let Some((token, left)) = after.split_once(']') else { break };
                out.push_str(before);
                let value = match token.to_ascii_lowercase().as_str() {
                    "controller" => controller,
                    "action" => action,
                    "area" => area,
                    _ => token,
                };
                out.push_str(&self.configuration.token(value));
                rest = left;
            }
            out + rest
        })
    }
}

/// The token of a project that a path begins with, and what follows it.
fn own_token(path: &str) -> Option<(&str, &str)> {
    let (token, rest) = path.trim_start_matches('/').strip_prefix('[')?.split_once(']')?;
    let is_known = ["controller", "action", "area"].iter().any(|it| it.eq_ignore_ascii_case(token));
    (!is_known && rest.starts_with('/')).then_some((token, rest))
}

/// A constant text.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => text.as_known(),
        _ => None,
    }
}

/// The name of an action, as `[action]` shows it.
pub(super) fn action(method: &Method) -> String {
    let given = method.annotations.iter().find(|it| &*it.name == "ActionName");
    given.and_then(|it| text(it.positional.first()?)).unwrap_or_else(|| {
        let name = &*method.func.name;
        name.strip_suffix("Async").unwrap_or(name).to_owned()
    })
}

/// `v{version:apiVersion}` with the versions that the method, else its class, says.
pub(super) fn versioned(path: Text, method: &Method, of_line: &[Vec<Annotation>]) -> Vec<Text> {
    let Some(known) = path.as_known() else { return vec![path] };
    let Some(end) = known.find(":apiVersion}") else { return vec![path] };
    let Some(start) = known[..end].rfind('{') else { return vec![path] };
    let said = |all: &[Annotation], names: &[&str]| -> Vec<String> {
        let all = all.iter().filter(|it| names.contains(&&*it.name));
        all.filter_map(|it| text(it.positional.first()?)).collect()
    };
    let mut versions = said(&method.annotations, &["MapToApiVersion", "ApiVersion"]);
    let classes = of_line.iter().map(|it| said(it, &["ApiVersion"]));
    if versions.is_empty() {
        versions = classes.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    }
    if versions.is_empty() {
        return vec![path];
    }
    let after = &known[end + ":apiVersion}".len()..];
    // `1.0` is asked for as `1`.
    let short = |it: &String| it.strip_suffix(".0").unwrap_or(it).to_owned();
    versions.iter().map(|it| path.with(&format!("{}{}{after}", &known[..start], short(it)))).collect()
}
