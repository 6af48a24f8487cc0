//! Whether a value fits a schema: JSON Schema as each version of OpenAPI has it, over the trees of the spec.
//!
//! References are followed where they stand, so nothing is copied or expanded, and a flaw is known by the very
//! words that are wrong. What cannot be decided (a reference to another site, a pattern of another dialect, a
//! schema that is too intricate) is neither right nor wrong: nothing is said about it. Each step costs fuel, so
//! schemas that refer to each other in many ways end as well.

mod array;
mod combine;
mod object;
mod scalar;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use regex::Regex;

use super::schema::{Types, short};
use crate::model::spec::{Node, Version};
use crate::model::tree::ValueKind;
use crate::source::Span;

/// How many steps one value may take.
const FUEL: u32 = 50_000;

/// How many steps all values of a spec may take together.
const ALL_FUEL: u32 = 20_000_000;

/// How many schemas may stand inside each other.
const MAX_DEPTH: usize = 100;

/// How many flaws of one value are told.
const MAX_FLAWS: usize = 3;

/// Which way a value goes: properties that are only read are not sent, those that are only written not received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the API.
    Request,
    /// From the API.
    Response,
    /// Either.
    Both,
}

/// Something in a value that the schema refuses.
#[derive(Debug)]
pub(super) struct Flaw {
    /// The words that are wrong.
    pub(super) place: Span,
    pub(super) message: String,
    /// What the schema says.
    pub(super) rule: Option<Span>,
}

/// Whether a value fits a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Fits,
    Fails,
    /// It cannot be said.
    Open,
}

impl Verdict {
    /// Both must hold.
    fn and(self, other: Verdict) -> Verdict {
        match (self, other) {
            (Verdict::Fails, _) | (_, Verdict::Fails) => Verdict::Fails,
            (Verdict::Open, _) | (_, Verdict::Open) => Verdict::Open,
            _ => Verdict::Fits,
        }
    }
}

/// Compares values of one spec with its schemas.
pub(super) struct Fitting {
    fuel: u32,
    all_fuel: u32,
    direction: Direction,
    /// Patterns by their words; none for those of another dialect.
    patterns: HashMap<String, Option<Regex>>,
}

/// Where flaws are told; nowhere while alternatives are tried.
type Flaws<'f> = Option<&'f mut Vec<Flaw>>;

/// A schema that a value is compared with, and how it was reached.
#[derive(Clone, Copy)]
struct Step<'a> {
    schema: Node<'a>,
    /// The outermost schema that is compared with the same value.
    whole: Node<'a>,
    depth: usize,
}

impl<'a> Step<'a> {
    /// To a part that holds for the same value.
    fn part(self, schema: Node<'a>) -> Step<'a> {
        Step { schema, depth: self.depth + 1, ..self }
    }

    /// To the schema of a value inside.
    fn inside(self, schema: Node<'a>) -> Step<'a> {
        Step { schema, whole: schema, depth: self.depth + 1 }
    }
}

impl Fitting {
    pub(super) fn new() -> Fitting {
        Fitting { fuel: 0, all_fuel: ALL_FUEL, direction: Direction::Both, patterns: HashMap::new() }
    }

    /// What a schema refuses in a value; the first few things.
    pub(super) fn flaws(&mut self, schema: Node<'_>, value: Node<'_>, direction: Direction) -> Vec<Flaw> {
        let fuel = FUEL.min(self.all_fuel);
        (self.fuel, self.direction) = (fuel, direction);
        let mut flaws = Vec::new();
        let verdict = self.check(Step { schema, whole: schema, depth: 0 }, value, Some(&mut flaws));
        self.all_fuel -= fuel - self.fuel;
        if verdict != Verdict::Fails {
            flaws.clear();
        }
        flaws.truncate(MAX_FLAWS);
        flaws
    }

    /// Takes fuel for work; false when there is none left.
    fn burn(&mut self, steps: usize) -> bool {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        let left = self.fuel.checked_sub(steps);
        self.fuel = left.unwrap_or(0);
        left.is_some()
    }

    fn check<'a>(&mut self, step: Step<'a>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let schema = step.schema;
        if step.depth > MAX_DEPTH || !self.burn(1) {
            return Verdict::Open;
        }
        match schema.view.as_bool() {
            Some(true) => return Verdict::Fits,
            Some(false) => return fail(flaws, value.place(), "nothing may stand here".to_owned(), None),
            None if !schema.view.is_mapping() => return Verdict::Open,
            None => {}
        }
        let is_null = value.view.kind() == ValueKind::Null;
        if is_null && (schema.flag("nullable") || schema.flag("x-nullable")) {
            return Verdict::Fits;
        }
        let mut verdict = Verdict::Fits;
        if schema.is_reference() {
            let Some(target) = schema.step() else { return Verdict::Open };
            verdict = self.check(step.part(target), value, flaws.as_deref_mut());
            // Up to 3.0 nothing beside a reference counts.
            if schema.version() <= Version::V30 {
                return verdict;
            }
        }
        let typed = self.typed(schema, value, flaws.as_deref_mut());
        verdict = verdict.and(typed);
        if typed == Verdict::Fails {
            return verdict;
        }
        verdict = verdict.and(self.listed(schema, value, flaws.as_deref_mut()));
        verdict = verdict.and(match value.view.kind() {
            ValueKind::Integer | ValueKind::Float => scalar::number(schema, value, flaws.as_deref_mut()),
            ValueKind::String => self.text(schema, value, flaws.as_deref_mut()),
            ValueKind::Sequence => self.array(step, value, flaws.as_deref_mut()),
            ValueKind::Mapping => self.object(step, value, flaws.as_deref_mut()),
            ValueKind::Null | ValueKind::Boolean => Verdict::Fits,
        });
        verdict.and(self.combined(step, value, flaws))
    }

    fn typed(&mut self, schema: Node<'_>, value: Node<'_>, flaws: Flaws<'_>) -> Verdict {
        let Some((key, held)) = schema.entry("type") else { return Verdict::Fits };
        // A file of 2.0 may be anything.
        if held.string().is_some_and(|it| it == "file") {
            return Verdict::Fits;
        }
        let Some(types) = Types::of(schema) else { return Verdict::Open };
        if types.allow(value) {
            return Verdict::Fits;
        }
        let words = value.sources.text(value.place());
        let message = match value.view.kind() {
            ValueKind::Mapping => format!("an object is no {}", types.words()),
            ValueKind::Sequence => format!("a list is no {}", types.words()),
            ValueKind::String => format!("the text `{}` is no {}", short(words), types.words()),
            ValueKind::Null => format!("`null` is no {}", types.words()),
            _ => format!("`{}` is no {}", short(words), types.words()),
        };
        fail(flaws, value.place(), message, Some(key.span()))
    }
}

/// Tells a flaw.
fn fail(flaws: Flaws<'_>, place: Span, message: String, rule: Option<Span>) -> Verdict {
    if let Some(flaws) = flaws.filter(|it| it.len() < MAX_FLAWS) {
        flaws.push(Flaw { place, message, rule });
    }
    Verdict::Fails
}
