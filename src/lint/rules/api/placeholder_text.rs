//! Finds text of OpenAPI documents that was never written: markers, filler and the values that generators put in.
//!
//! Readers take `TODO` for a joke and `"string"` for a value that works. Text in code and names of to-do lists are left alone.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       description: TODO
//!       responses: {"200": {description: the orders}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       description: The newest first.
//!       responses: {"200": {description: the orders}}
//! ```

use std::sync::LazyLock;

use super::markdown::outside_code;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node};
use crate::model::tree::ValueKind;
use crate::pattern::compiled;
use regex::Regex;

pub(crate) static RULE: Rule = Rule {
    id: "api/placeholder-text",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("placeholder_text.rs"),
    check: Check::Project(check),
};

/// How many values of examples are looked at in one spec.
const MAX_VALUES: usize = 500_000;

/// How deep examples are looked into.
const MAX_DEPTH: usize = 64;

/// Markers and filler; the whole text in the first part, words of it in the second.
static TEXT: LazyLock<Regex> = LazyLock::new(|| {
    let whole = r"(?i:todo|tbd|tba|tbc|fixme|x{3,}|wip|\.{3}|…|-{3,}|\?{2,}|placeholder|(?:(?:add|insert|enter|write|your|some|the|a|optional)\s+)*(?:description|summary|title)(?:\s+(?:here|goes here|of the (?:operation|endpoint|api)))?|<[a-z][a-z _-]*>|\[[a-z][a-z _-]*\])\.?";
    let words = r"\b(?:TODO|FIXME)\b|\bTBD\b|(?i:lorem ipsum|\bdescription goes here\b|\binsert \w+ here\b)";
    compiled(&format!(r"\A\s*({whole})\s*\z|({words})"))
});

/// Values that generators and converters put where a value belongs.
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"\A(?:<(?:string|integer|number|boolean|long|float|double|uuid|date|dateTime|date-time|email|uri|url|object|array|null)>|TODO|TBD|FIXME)\z",
    )
});

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let mut left = MAX_VALUES;
        for object in spec.all_objects(&project.sources) {
            for field in ["summary", "description", "title"] {
                // The title of a schema may be a word like any other.
                let is_name = field == "title" && object.kind() != Kind::Info;
                if let Some(text) = object.get(field).filter(|it| !is_name && it.string().is_some()) {
                    prose(cx, text);
                }
            }
            let examples = match object.kind() {
                Kind::MediaType | Kind::Parameter | Kind::Header | Kind::Schema => object.get("example"),
                Kind::Example => object.get("value").or_else(|| object.get("dataValue")),
                _ => None,
            };
            if let Some(example) = examples {
                values(cx, example, MAX_DEPTH, &mut left);
            }
        }
    }
}

fn prose(cx: &mut Context<'_>, text: Node<'_>) {
    let place = text.span();
    let words = cx.project.sources.text(place);
    // Long texts are prose; what stands for one is short, or has a marker in capitals.
    if words.len() > 40
        && !["TODO", "FIXME", "TBD", "orem", "here", "HERE", "LOREM"].iter().any(|it| words.contains(it))
    {
        return;
    }
    let plain = outside_code(words);
    let Some(found) = TEXT.captures(&plain) else { return };
    let Some(part) = found.get(1).or_else(|| found.get(2)) else { return };
    // `"TODO"` is a word that somebody speaks about.
    let quoted = plain[..part.start()].ends_with(['"', '\'', '“', '`']);
    if quoted
        || plain[..part.start()].ends_with(['-', '_', '/'])
        || plain[part.end()..].starts_with(['-', '_', '/'])
    {
        return;
    }
    let found = place.slice(part.range());
    cx.report(found, format!("placeholder `{}`", super::schema::short(cx.project.sources.text(found))))
        .help("write the real text, or remove it");
}

/// Whether a value is nothing but its type, and its key does not ask for one.
fn is_filled(key: Node<'_>, value: Node<'_>) -> bool {
    let asks = key.text().is_some_and(|it| {
        let key = it.to_ascii_lowercase();
        ["type", "kind", "format"].iter().any(|it| key.ends_with(it))
    });
    !asks && value.string().is_some_and(|it| it == "string")
}

fn values(cx: &mut Context<'_>, example: Node<'_>, depth: usize, left: &mut usize) {
    let (Some(depth), Some(less)) = (depth.checked_sub(1), left.checked_sub(1)) else { return };
    *left = less;
    match example.view.kind() {
        ValueKind::Mapping => {
            // One value may be the word; several are what a generator fills in.
            let mut filled = example.members().filter(|(key, value)| is_filled(*key, *value)).map(|it| it.1);
            if let (Some(first), Some(_)) = (filled.next(), filled.next()) {
                cx.report(first.span(), "placeholder `string` in an example")
                    .help("write values as the API gives them");
            }
            example.members().for_each(|(_, it)| values(cx, it, depth, left));
        }
        ValueKind::Sequence => example.items().for_each(|it| values(cx, it, depth, left)),
        ValueKind::String => {
            let words = example.string().unwrap_or_default();
            if VALUE.is_match(&words) {
                cx.report(
                    example.span(),
                    format!("placeholder `{}` in an example", super::schema::short(&words)),
                )
                .help("write a value as the API gives it");
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn markers_filler_and_generated_values() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1', description: Description goes here}
                                            ^^^^^^^^^^^^^^^^^^^^^ placeholder `Description goes here`
tags:
- {name: a, description: 'Todo lists and `TODO` comments. The state \"TODO\" and TODO-items.'}
- {name: b, description: 'Reads it. TODO: say how.'}
                                    ^^^^ placeholder `TODO`
- {name: c, description: Lorem ipsum dolor sit amet}
                         ^^^^^^^^^^^ placeholder `Lorem ipsum`
- {name: d, description: <description>}
                         ^^^^^^^^^^^^^ placeholder `<description>`
- {name: e, description: A short description of a thing}
paths:
  /a:
    get:
      summary: '...'
                ^^^ placeholder `...`
      responses:
        200: {description: OK, content: {application/json: {example: {a: <string>, b: [string, '<b>', TBD]}}}}
                                                                         ^^^^^^^^ placeholder `<string>` in an example
                                                                                                      ^^^ placeholder `TBD` in an example
        400: {description: NO, content: {application/json: {example: {type: string, a: string, b: 'string'}}}}
                                                                                       ^^^^^^ placeholder `string` in an example
",
        );
    }
}
