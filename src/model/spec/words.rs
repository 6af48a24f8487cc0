//! A schema in a few words, type and limits. The words have no language here: whoever shows them says them in that of
//! the reader.

use super::Node;
use super::schema::{Choice, Schema};
use crate::model::tree::TreeId;

/// How deep arrays, maps and alternatives are spelled out.
const MAX_DEPTH: usize = 5;
/// How many alternatives are named.
const MAX_ALTERNATIVES: usize = 4;

/// A part of the words for a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// What the spec says, and what stands between words.
    Text(String),
    /// The name of a schema, with what tells it from others.
    Name(String, (u32, TreeId)),
    /// A word.
    Word(Word),
    /// How many more alternatives there are.
    More(usize),
    /// A word around the pieces up to its end.
    Begin(Around),
    /// The end of that.
    End(Around),
}

/// A word of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Any value will do.
    Any,
    /// No value will.
    Never,
    /// Between alternatives.
    Or,
}

/// A word around others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// `array of {}`
    ArrayOf,
    /// `map of {}`
    MapOf,
    /// `one of {}`
    OneOf,
    /// `any of {}`
    AnyOf,
}

/// What a schema demands beside the type. Numbers are as the spec writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Only answers hold it.
    ReadOnly,
    /// Only requests hold it.
    WriteOnly,
    /// No item stands in it twice.
    NoDuplicates,
    /// A bound of the value, or of how many there are of something.
    Bound(Bound, String, Unit),
    /// The number that it is a multiple of.
    MultipleOf(String),
    /// The regular expression that it matches.
    Pattern(String),
    /// It has the named properties only.
    Closed,
}

/// On which side of a number a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At or above.
    AtLeast,
    /// Above.
    MoreThan,
    /// At or below.
    AtMost,
    /// Below.
    LessThan,
}

/// What a bound counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nothing: it holds for the value itself.
    Value,
    /// The characters of a text.
    Characters,
    /// The items of a list.
    Items,
    /// The properties of an object.
    Properties,
}

impl<'a> Schema<'a> {
    /// What it demands beside the type: `at least 1`, `read only`.
    pub fn limits(&self) -> Vec<Limit> {
        let number = |key| self.get(key).filter(|it| it.view.as_f64().is_some()).and_then(Node::text);
        let bound = |bound, key, unit| number(key).map(|it| Limit::Bound(bound, it.into_owned(), unit));
        let mut limits: Vec<Limit> = Vec::new();
        let flags = [
            ("readOnly", Limit::ReadOnly),
            ("writeOnly", Limit::WriteOnly),
            ("uniqueItems", Limit::NoDuplicates),
        ];
        limits.extend(flags.into_iter().filter(|(key, _)| self.flag(key)).map(|(_, limit)| limit));
        // The exclusive bounds are numbers since 3.1 and say how to read the other bound before.
        for (key, exclusive, at, beyond) in [
            ("minimum", "exclusiveMinimum", Bound::AtLeast, Bound::MoreThan),
            ("maximum", "exclusiveMaximum", Bound::AtMost, Bound::LessThan),
        ] {
            let at = if self.flag(exclusive) { beyond } else { at };
            limits.extend(bound(at, key, Unit::Value));
            limits.extend(bound(beyond, exclusive, Unit::Value));
        }
        limits.extend(number("multipleOf").map(|it| Limit::MultipleOf(it.into_owned())));
        for (key, at, unit) in [
            ("minLength", Bound::AtLeast, Unit::Characters),
            ("maxLength", Bound::AtMost, Unit::Characters),
            ("minItems", Bound::AtLeast, Unit::Items),
            ("maxItems", Bound::AtMost, Unit::Items),
            ("minProperties", Bound::AtLeast, Unit::Properties),
            ("maxProperties", Bound::AtMost, Unit::Properties),
        ] {
            limits.extend(bound(at, key, unit));
        }
        let pattern = self.text("pattern");
        if !pattern.is_empty() {
            limits.push(Limit::Pattern(pattern.into_owned()));
        }
        if self.is_closed() {
            limits.push(Limit::Closed);
        }
        limits
    }

    /// The type: `string (uuid)`, `array of Order`, `one of Cat, Dog`.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.spell(MAX_DEPTH, &mut pieces);
        pieces
    }

    fn spell(&self, depth: usize, out: &mut Vec<Piece>) {
        if let Some(any) = self.node.view.as_bool() {
            return out.push(Piece::Word(if any { Word::Any } else { Word::Never }));
        }
        let Some(below) = depth.checked_sub(1) else { return out.push(Piece::Word(Word::Any)) };
        if let Some(only) = self.only_part() {
            only.spell(below, out);
            if self.is_nullable() && !only.is_nullable() {
                or_null(out);
            }
            return;
        }
        let types = self.types();
        // A name says more than `object`; for text and numbers the plain word says more.
        let is_scalar = types.first().is_some_and(|it| is_scalar(it));
        match self.name.as_ref().filter(|_| !is_scalar) {
            Some(name) => out.push(Piece::Name(name.clone(), self.identity())),
            None if types.is_empty() => self.spell_untyped(below, out),
            None => {
                for (at, name) in types.iter().enumerate() {
                    if at > 0 {
                        or(out, " ");
                    }
                    self.spell_typed(name, below, out);
                }
            }
        }
        if self.is_nullable() && !self.is_null() {
            or_null(out);
        }
    }

    /// The one part of an `allOf` that stands alone: 3.0 needs one to say something beside a reference.
    fn only_part(&self) -> Option<Schema<'a>> {
        let own = ["type", "properties", "oneOf", "anyOf", "enum", "const"];
        if self.name.is_some() || own.iter().any(|it| self.node.has(it)) {
            return None;
        }
        let mut parts = self.node.get("allOf")?.items();
        parts.next().filter(|_| parts.next().is_none()).map(Schema::of)
    }

    fn spell_typed(&self, name: &str, depth: usize, out: &mut Vec<Piece>) {
        let inner = match name {
            "array" => self.items().map(|it| (Around::ArrayOf, it)),
            "object" if self.get("properties").is_none() => self.additional().map(|it| (Around::MapOf, it)),
            _ => None,
        };
        match (inner, self.text("format")) {
            (Some((word, inner)), _) => {
                out.push(Piece::Begin(word));
                inner.spell(depth, out);
                out.push(Piece::End(word));
            }
            (None, format) if format.is_empty() || !is_scalar(name) => out.push(Piece::from(name)),
            (None, format) => out.push(Piece::Text(format!("{name} ({format})"))),
        }
    }

    fn spell_untyped(&self, depth: usize, out: &mut Vec<Piece>) {
        let has = |key: &str| self.get(key).is_some();
        if let Some((choice, all)) = self.choice() {
            let some: Vec<&Schema<'_>> = all.iter().filter(|it| !it.is_null()).collect();
            let word = if choice == Choice::OneOf { Around::OneOf } else { Around::AnyOf };
            if some.len() > 1 {
                out.push(Piece::Begin(word));
            }
            for (at, alternative) in some.iter().take(MAX_ALTERNATIVES).enumerate() {
                if at > 0 {
                    out.push(Piece::from(", "));
                }
                alternative.spell(depth, out);
            }
            match some.len().checked_sub(MAX_ALTERNATIVES).filter(|it| *it > 0) {
                Some(more) => out.extend([Piece::from(" "), Piece::More(more)]),
                None if some.is_empty() => out.push(Piece::Word(Word::Any)),
                None => {}
            }
            if some.len() > 1 {
                out.push(Piece::End(word));
            }
        } else if has("properties") || has("additionalProperties") {
            self.spell_typed("object", depth, out);
        } else if has("items") {
            self.spell_typed("array", depth, out);
        } else {
            out.push(match (has("enum") || has("const"), has("allOf")) {
                (true, _) => Piece::from("enum"),
                (false, true) => Piece::from("object"),
                (false, false) => Piece::Word(Word::Any),
            });
        }
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }
}

fn or(out: &mut Vec<Piece>, next: &str) {
    out.extend([Piece::from(" "), Piece::Word(Word::Or), Piece::from(next)]);
}

fn or_null(out: &mut Vec<Piece>) {
    or(out, " null");
}

fn is_scalar(name: &str) -> bool {
    matches!(name, "string" | "integer" | "number" | "boolean")
}
