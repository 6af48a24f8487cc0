//! Objects.

use std::collections::HashSet;

use super::{Direction, Fitting, Flaws, Step, Verdict, fail};
use crate::model::spec::Node;

/// How many parts of a schema are searched for a property.
const MAX_PARTS: usize = 32;

impl Fitting {
    /// Compares an object with what a schema says of objects.
    pub(super) fn object<'a>(&mut self, step: Step<'a>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let schema = step.schema;
        let count = value.view.len() as i64;
        let mut verdict = Verdict::Fits;
        for (name, word, is_least) in
            [("minProperties", "less than", true), ("maxProperties", "more than", false)]
        {
            let Some((key, held)) = schema.entry(name) else { continue };
            let Some(limit) = held.view.as_i64() else { continue };
            if if is_least { count < limit } else { count > limit } {
                let message = format!("an object of {count} properties has {word} the `{name}` {limit}");
                verdict = fail(flaws.as_deref_mut(), value.place(), message, Some(key.span()));
            }
        }
        verdict = verdict.and(self.required(step, value, flaws.as_deref_mut()));
        verdict = verdict.and(self.properties(step, value, flaws.as_deref_mut()));
        if let Some(names) = schema.get("propertyNames") {
            for (key, _) in value.members() {
                verdict = verdict.and(self.check(step.inside(names), key, flaws.as_deref_mut()));
            }
        }
        verdict.and(self.dependent(step, value, flaws))
    }

    fn required<'a>(&mut self, step: Step<'a>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let mut verdict = Verdict::Fits;
        let Some(required) = step.schema.get("required").filter(|it| it.view.is_sequence()) else {
            return verdict;
        };
        if !self.burn(required.view.len()) {
            return Verdict::Open;
        }
        for name in required.items() {
            let Some(words) = name.text().filter(|it| !value.has(it)) else { continue };
            if self.is_relaxed(step.whole, &words) {
                continue;
            }
            verdict =
                fail(flaws.as_deref_mut(), value.place(), format!("`{words}` is missing"), Some(name.span()));
        }
        verdict
    }

    /// Whether a property need not be there because it goes the other way.
    fn is_relaxed(&self, whole: Node<'_>, name: &str) -> bool {
        let mut seen = HashSet::new();
        let mut waiting = vec![whole];
        while let Some(part) = waiting.pop() {
            if seen.len() > MAX_PARTS || !seen.insert(part.identity()) {
                continue;
            }
            let property = part.get("properties").and_then(|it| it.get(name));
            let goes_elsewhere = property.into_iter().flat_map(Node::chain).any(|it| match self.direction {
                Direction::Request => it.flag("readOnly"),
                Direction::Response => it.flag("writeOnly"),
                Direction::Both => it.flag("readOnly") || it.flag("writeOnly"),
            });
            if goes_elsewhere {
                return true;
            }
            waiting.extend(part.step());
            for keyword in ["allOf", "anyOf", "oneOf"] {
                waiting.extend(part.get(keyword).into_iter().flat_map(Node::items));
            }
        }
        false
    }

    fn properties<'a>(&mut self, step: Step<'a>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let schema = step.schema;
        let properties = schema.get("properties");
        let patterns: Vec<_> = schema.get("patternProperties").into_iter().flat_map(Node::members).collect();
        let additional = schema.entry("additionalProperties");
        let mut verdict = Verdict::Fits;
        if properties.is_none() && patterns.is_empty() && additional.is_none() {
            return verdict;
        }
        // Properties that stand in another file are followed like any value.
        let properties = properties.map(|it| it.follow().unwrap_or(it));
        for (key, held) in value.members() {
            let Some(name) = key.text() else { continue };
            if !self.burn(1 + patterns.len()) {
                return verdict.and(Verdict::Open);
            }
            let mut known = false;
            if let Some(property) = properties.and_then(|it| it.get(&name)) {
                known = true;
                verdict = verdict.and(self.check(step.inside(property), held, flaws.as_deref_mut()));
            }
            for (pattern, part) in &patterns {
                let words = pattern.text().unwrap_or_default();
                let Some(pattern) = self.pattern(&words) else {
                    (known, verdict) = (true, verdict.and(Verdict::Open));
                    continue;
                };
                if pattern.is_match(&name) {
                    known = true;
                    verdict = verdict.and(self.check(step.inside(*part), held, flaws.as_deref_mut()));
                }
            }
            let Some((rule, part)) = additional.filter(|_| !known) else { continue };
            verdict = verdict.and(match part.view.as_bool() {
                Some(true) => Verdict::Fits,
                Some(false) => {
                    let message = format!("`{name}` is no property of the schema");
                    fail(flaws.as_deref_mut(), key.span(), message, Some(rule.span()))
                }
                None => self.check(step.inside(part), held, flaws.as_deref_mut()),
            });
        }
        verdict
    }

    fn dependent<'a>(&mut self, step: Step<'a>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let mut verdict = Verdict::Fits;
        for (key, names) in step.schema.get("dependentRequired").into_iter().flat_map(Node::members) {
            let Some(name) = key.text().filter(|it| value.has(it)) else { continue };
            for needed in names.items().filter_map(Node::text).filter(|it| !value.has(it)) {
                let message = format!("`{needed}` is missing beside `{name}`");
                verdict = fail(flaws.as_deref_mut(), value.place(), message, Some(key.span()));
            }
        }
        for (key, part) in step.schema.get("dependentSchemas").into_iter().flat_map(Node::members) {
            if key.text().is_some_and(|it| value.has(&it)) {
                verdict = verdict.and(self.check(step.part(part), value, flaws.as_deref_mut()));
            }
        }
        verdict
    }
}
