//! Numbers, texts and lists of allowed values.

use regex::{Regex, RegexBuilder};

use super::super::schema::{canonical, short};
use super::{Fitting, Flaws, Verdict, fail};
use crate::model::spec::Node;

/// How large a compiled pattern may become, in bytes.
const MAX_PATTERN: usize = 1 << 20;

/// What a limit says of a number.
type Holds = fn(f64, f64) -> bool;

/// Compares a number with the limits of a schema.
pub(super) fn number(schema: Node<'_>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
    let Some(number) = value.view.as_f64() else { return Verdict::Open };
    let mut verdict = Verdict::Fits;
    let limits: [(&str, &str, Holds, Holds, &str); 2] = [
        ("minimum", "exclusiveMinimum", |n, limit| n >= limit, |n, limit| n > limit, "less than"),
        ("maximum", "exclusiveMaximum", |n, limit| n <= limit, |n, limit| n < limit, "more than"),
    ];
    for (inclusive, exclusive, holds, strictly, word) in limits {
        // Up to 3.0 `exclusive…` is a word about the limit, later a limit of its own.
        let is_strict = schema.flag(exclusive);
        for (name, holds) in [(inclusive, if is_strict { strictly } else { holds }), (exclusive, strictly)] {
            let Some((key, held)) = schema.entry(name) else { continue };
            let Some(limit) = held.view.as_f64().filter(|&limit| !holds(number, limit)) else { continue };
            let words = value.sources.text(value.span());
            let message = match number == limit {
                true => format!("`{words}` is the `{name}` itself"),
                false => format!("`{words}` is {word} the `{name}` {limit}"),
            };
            verdict = fail(flaws.as_deref_mut(), value.span(), message, Some(key.span()));
        }
    }
    if let Some((key, held)) = schema.entry("multipleOf")
        && let Some(step) = held.view.as_f64().filter(|it| *it > 0.0)
    {
        let times = number / step;
        // Decimal fractions are not exact in binary.
        let is_whole = (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0);
        if !is_whole {
            let message = format!("`{}` is no multiple of {step}", value.sources.text(value.span()));
            verdict = fail(flaws, value.span(), message, Some(key.span()));
        }
    }
    verdict
}

impl Fitting {
    /// Compares a text with the limits of a schema.
    pub(super) fn text(&mut self, schema: Node<'_>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let Some(text) = value.text() else { return Verdict::Open };
        let mut verdict = Verdict::Fits;
        let words = || short(value.sources.text(value.place())).into_owned();
        let limits = [("minLength", "shorter than", true), ("maxLength", "longer than", false)];
        for (name, word, is_least) in limits {
            let Some((key, held)) = schema.entry(name) else { continue };
            let Some(limit) = held.view.as_i64() else { continue };
            let length = text.chars().count() as i64;
            if if is_least { length < limit } else { length > limit } {
                let message = format!("`{}` is {word} the `{name}` {limit}", words());
                verdict = fail(flaws.as_deref_mut(), value.place(), message, Some(key.span()));
            }
        }
        if let Some((key, held)) = schema.entry("pattern")
            && let Some(pattern) = held.string()
        {
            if !self.burn(text.len() / 64) {
                return verdict.and(Verdict::Open);
            }
            match self.pattern(&pattern) {
                None => verdict = verdict.and(Verdict::Open),
                Some(it) if it.is_match(&text) => {}
                Some(_) => {
                    let message = format!("`{}` does not match `{}`", words(), short(&pattern));
                    verdict = fail(flaws, value.place(), message, Some(key.span()));
                }
            }
        }
        verdict
    }

    /// A pattern; none for what only other dialects know.
    pub(super) fn pattern(&mut self, words: &str) -> Option<&Regex> {
        if !self.patterns.contains_key(words) {
            let pattern = RegexBuilder::new(words).size_limit(MAX_PATTERN).build().ok();
            self.patterns.insert(words.to_owned(), pattern);
        }
        self.patterns.get(words)?.as_ref()
    }

    /// Compares a value with the values that a schema lists.
    pub(super) fn listed(&mut self, schema: Node<'_>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let mut verdict = Verdict::Fits;
        if let Some((key, list)) = schema.entry("enum").filter(|(_, it)| it.view.is_sequence()) {
            let Some(content) = canonical(value).filter(|_| self.burn(list.view.len())) else {
                return Verdict::Open;
            };
            if !list.items().any(|it| canonical(it).as_ref() == Some(&content)) {
                let message =
                    format!("`{}` is none of the allowed values", short(value.sources.text(value.place())));
                verdict = fail(flaws.as_deref_mut(), value.place(), message, Some(key.span()));
            }
        }
        if let Some((key, only)) = schema.entry("const") {
            let Some(content) = canonical(value) else { return Verdict::Open };
            if canonical(only) != Some(content) {
                let message =
                    format!("`{}` is not the only allowed value", short(value.sources.text(value.place())));
                verdict = fail(flaws, value.place(), message, Some(key.span()));
            }
        }
        verdict
    }
}
