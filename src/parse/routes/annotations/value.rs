//! What an annotation and its arguments say.

use crate::parse::routes::framework::Place;
use crate::parse::routes::text::Text;
use crate::source::Span;

/// The value of an argument.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(Text),
    List(Vec<Value>),
    /// A member of an enumeration, a class: known by its name alone.
    Name(Box<str>),
    Bool(bool),
    Unknown,
}

impl Value {
    /// Whether it is a text or a list with nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.is_empty(),
            Value::List(all) => all.is_empty(),
            _ => false,
        }
    }
}

/// An annotation with its arguments.
#[derive(Debug, Clone)]
pub(super) struct Annotation {
    pub(super) name: Box<str>,
    pub(super) positional: Vec<Value>,
    pub(super) named: Vec<(Box<str>, Value)>,
    pub(super) span: Span,
    /// Whether all positional arguments are one list.
    pub(super) varargs: bool,
}

impl Annotation {
    /// The argument at the first place that is given.
    pub(super) fn at(&self, places: &[Place]) -> Option<&Value> {
        places.iter().find_map(|place| match place {
            Place::Index(at) => self.positional.get(*at),
            Place::Key(name) if name == "*" => None,
            Place::Key(name) => self.named(name),
        })
    }

    /// The argument of a name.
    pub(super) fn named(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(it, _)| **it == *name).map(|(_, value)| value)
    }

    /// The paths at the first place that is given; all positional arguments where that is `0`.
    pub(super) fn paths(&self, places: &[Place]) -> Vec<Text> {
        let found = self.at(places);
        let mut texts = Vec::new();
        let by_index = places.iter().find_map(|it| match it {
            Place::Index(at) => self.positional.get(*at),
            Place::Key(_) => None,
        });
        match found {
            // `@GetMapping("/a", "/b")` in Kotlin.
            Some(value) if by_index == Some(value) && self.positional.len() > 1 && self.vararg() => {
                self.positional.iter().for_each(|it| collect(it, &mut texts));
            }
            Some(value) => collect(value, &mut texts),
            None => {}
        }
        texts
    }

    fn vararg(&self) -> bool {
        self.varargs && self.positional.iter().all(|it| matches!(it, Value::Text(_)))
    }
}

fn collect(value: &Value, texts: &mut Vec<Text>) {
    match value {
        Value::Text(text) => texts.push(text.clone()),
        Value::List(all) => all.iter().for_each(|it| collect(it, texts)),
        Value::Name(name) => texts.push(Text::hole(name)),
        Value::Bool(_) => {}
        Value::Unknown => texts.push(Text::hole("path")),
    }
}

/// The verbs that a value names: texts, or members of an enumeration.
pub(super) fn verbs(value: &Value) -> Vec<String> {
    const VERBS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];
    let word = match value {
        Value::List(all) => return all.iter().flat_map(verbs).collect(),
        Value::Text(text) => text.as_known().unwrap_or_default(),
        Value::Name(name) => name.to_string(),
        Value::Bool(_) | Value::Unknown => String::new(),
    };
    let word = word.to_ascii_uppercase();
    // `Request::METHOD_GET`
    let word = word.strip_prefix("METHOD_").unwrap_or(&word).to_owned();
    if VERBS.contains(&word.as_str()) { vec![word] } else { Vec::new() }
}
