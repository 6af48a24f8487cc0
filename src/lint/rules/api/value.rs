//! Compares a value of a document with what the table says a field holds.

use std::borrow::Cow;

use crate::finding::{Edit, Fix, Safety};
use crate::lint::Context;
use crate::model::spec::shape::{Shape, Value};
use crate::model::spec::{Kind, Node, Version};
use crate::model::tree::ValueKind;

/// What the `$ref` of a reference holds.
pub(super) const REFERENCE: Value = Value::Text;

/// What a value is called in a message.
#[derive(Clone, Copy)]
pub(super) enum Label<'a> {
    /// The value of a key.
    Key(Node<'a>),
    /// An item of the list at a key.
    Item(Node<'a>),
}

impl<'a> Label<'a> {
    fn key(self) -> Node<'a> {
        let (Label::Key(key) | Label::Item(key)) = self;
        key
    }

    fn name(self) -> Cow<'a, str> {
        self.key().text().unwrap_or_default()
    }
}

/// Says what is wrong with a value and with what is inside it, up to the next object.
pub(super) fn check(cx: &mut Context<'_>, label: Label<'_>, held: Node<'_>, expected: &Value) {
    let kind = held.view.kind();
    let expected = expected.choose(kind);
    // A reference is `api/ref-not-allowed`'s where it may not stand.
    if held.is_reference() {
        return;
    }
    let fits = match expected {
        Value::Any => true,
        Value::Text => kind == ValueKind::String,
        Value::Flag => kind == ValueKind::Boolean,
        Value::Number => matches!(kind, ValueKind::Integer | ValueKind::Float),
        Value::Count => return count(cx, label, held, expected),
        Value::Word(words) => return word(cx, label, held, expected, words),
        Value::Type(words) if kind == ValueKind::Sequence => {
            return held.items().for_each(|it| word(cx, Label::Item(label.key()), it, &Value::Text, words));
        }
        Value::Type(words) => return word(cx, label, held, expected, words),
        Value::Object(_) => kind == ValueKind::Mapping,
        Value::Referable(Kind::Schema) if kind == ValueKind::Boolean => held.version() >= Version::V31,
        Value::Referable(_) => kind == ValueKind::Mapping,
        Value::List(inner) if kind == ValueKind::Sequence => {
            return held.items().for_each(|it| check(cx, Label::Item(label.key()), it, inner));
        }
        Value::Map(inner) if kind == ValueKind::Mapping => {
            for (key, inside) in held.members() {
                let Some(name) = key.text() else { continue };
                // It may be meant as an extension of what is no object.
                let unclear = name.starts_with("x-") && !inside.view.is_mapping();
                if !unclear && !is_plain_object(inside, inner) {
                    check(cx, Label::Key(key), inside, inner);
                }
            }
            return;
        }
        Value::List(_) | Value::Map(_) => false,
        // `choose` has chosen.
        Value::Either(..) => true,
    };
    if !fits {
        wrong(cx, label, held, expected);
    }
}

/// What needs no further look; most values of maps are such.
fn is_plain_object(held: Node<'_>, expected: &Value) -> bool {
    matches!(expected, Value::Object(_) | Value::Referable(_)) && held.view.is_mapping()
}

fn count(cx: &mut Context<'_>, label: Label<'_>, held: Node<'_>, expected: &Value) {
    let whole = held.view.as_f64().is_some_and(|it| it >= 0.0 && it.fract() == 0.0);
    if !whole {
        wrong(cx, label, held, expected);
    }
}

fn word(cx: &mut Context<'_>, label: Label<'_>, held: Node<'_>, expected: &Value, words: &[&str]) {
    let Some(said) = held.string() else { return wrong(cx, label, held, expected) };
    if words.contains(&&*said) {
        return;
    }
    let message = match label {
        Label::Key(_) => format!("`{}` is `{said}`", label.name()),
        Label::Item(_) => format!("an item of `{}` is `{said}`", label.name()),
    };
    let help = match similar(&said, words.iter().copied()) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => format!("write one of {}", quoted(words)),
    };
    cx.report(held.place(), message).help(help);
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

fn wrong(cx: &mut Context<'_>, label: Label<'_>, held: Node<'_>, expected: &Value) {
    let version = held.version();
    let kind = held.view.kind();
    let got = match kind {
        ValueKind::Null => "nothing".to_owned(),
        ValueKind::Boolean => "a boolean".to_owned(),
        ValueKind::Integer | ValueKind::Float if matches!(expected, Value::Count) => {
            format!("`{}`", held.text().unwrap_or_default())
        }
        ValueKind::Integer | ValueKind::Float => "a number".to_owned(),
        ValueKind::String => "text".to_owned(),
        ValueKind::Sequence => "a list".to_owned(),
        ValueKind::Mapping => "an object".to_owned(),
    };
    let wanted = match expected {
        Value::Text => "text".to_owned(),
        Value::Flag => "`true` or `false`".to_owned(),
        Value::Number => "a number".to_owned(),
        Value::Count => "a whole number from 0 on".to_owned(),
        Value::Word(_) => "one word".to_owned(),
        Value::Type(_) => "one word or a list of words".to_owned(),
        Value::Object(kind) | Value::Referable(kind) => with_article(Shape::of(*kind).name),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "an object".to_owned(),
        Value::Any | Value::Either(..) => "that".to_owned(),
    };
    let message = match label {
        Label::Key(_) => format!("`{}` holds {got}, not {wanted}", label.name()),
        Label::Item(_) => format!("an item of `{}` is {got}, not {wanted}", label.name()),
    };
    let is_scalar = matches!(kind, ValueKind::Boolean | ValueKind::Integer | ValueKind::Float);
    let fix = (matches!(expected, Value::Text) && is_scalar && !held.view.is_alias()).then(|| Fix {
        safety: Safety::Safe,
        edits: vec![Edit {
            span: held.span(),
            text: format!("\"{}\"", cx.project.sources.text(held.span())),
        }],
    });
    // Nothing has no words to underline.
    let place = if kind == ValueKind::Null { label.key().span() } else { held.place() };
    let finding = cx.report(place, message);
    finding.fix = fix;
    if let Some(help) = help(&label.name(), kind, expected, version) {
        finding.help(help);
    }
}

fn help(name: &str, kind: ValueKind, expected: &Value, version: Version) -> Option<String> {
    let words = match (expected, kind) {
        (Value::Text, ValueKind::Boolean | ValueKind::Integer | ValueKind::Float) => {
            "put the value in quotes".to_owned()
        }
        (Value::Word(_), ValueKind::Sequence) if name == "type" && version == Version::V30 => {
            "lists of types exist since OpenAPI 3.1; write `nullable: true` for one with `null`".to_owned()
        }
        (Value::Referable(Kind::Schema), ValueKind::Boolean) => {
            "schemas that are `true` or `false` exist since OpenAPI 3.1".to_owned()
        }
        (Value::Flag, ValueKind::Integer | ValueKind::Float) if name.starts_with("exclusive") => {
            let limit = if name == "exclusiveMinimum" { "minimum" } else { "maximum" };
            format!("up to OpenAPI 3.0 the limit itself stands in `{limit}`")
        }
        (Value::Number, ValueKind::Boolean) if name.starts_with("exclusive") => {
            format!("since OpenAPI 3.1 `{name}` is the limit itself")
        }
        (Value::List(_), ValueKind::Boolean) if name == "required" => {
            "list the names of the required properties in the schema around them".to_owned()
        }
        (Value::List(inner), ValueKind::Mapping) if inner.holds_objects() => {
            "begin each entry with `- `".to_owned()
        }
        (Value::Flag, ValueKind::String) => "write `true` or `false` without quotes".to_owned(),
        _ => return None,
    };
    Some(words)
}

/// A name with its article, `an operation`.
pub(super) fn with_article(name: &str) -> String {
    match name {
        "the document" => name.to_owned(),
        "info"
        | "components"
        | "paths"
        | "responses"
        | "items"
        | "xml"
        | "external documentation"
        | "OAuth flows"
        | "scopes" => {
            format!("the {name}")
        }
        _ if name.starts_with(['a', 'e', 'i', 'o', 'u', 'O']) => format!("an {name}"),
        _ => format!("a {name}"),
    }
}

/// The known word that a word was meant to be.
pub(super) fn similar<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |it: &str| {
        it.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = plain(word);
    let scored = known.map(|it| {
        let score = if plain(it) == wanted { 2.0 } else { strsim::jaro_winkler(&plain(it), &wanted) };
        (score, it)
    });
    scored.filter(|(score, _)| *score > 0.88).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, it)| it)
}
