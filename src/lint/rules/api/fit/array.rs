//! Lists.

use std::collections::HashMap;

use super::super::schema::canonical;
use super::{Fitting, Flaws, Step, Verdict, fail};
use crate::model::spec::Node;

impl Fitting {
    /// Compares a list with what a schema says of lists.
    pub(super) fn array<'a>(&mut self, step: Step<'a>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let schema = step.schema;
        let length = value.view.len() as i64;
        let mut verdict = Verdict::Fits;
        for (name, word, is_least) in [("minItems", "less than", true), ("maxItems", "more than", false)] {
            let Some((key, held)) = schema.entry(name) else { continue };
            let Some(limit) = held.view.as_i64() else { continue };
            if if is_least { length < limit } else { length > limit } {
                let message = format!("a list of {length} has {word} the `{name}` {limit}");
                verdict = fail(flaws.as_deref_mut(), value.place(), message, Some(key.span()));
            }
        }
        if schema.flag("uniqueItems") {
            verdict = verdict.and(self.unique(value, flaws.as_deref_mut()));
        }
        let prefix: Vec<_> = schema.get("prefixItems").into_iter().flat_map(Node::items).collect();
        for (part, item) in prefix.iter().zip(value.items()) {
            verdict = verdict.and(self.check(step.inside(*part), item, flaws.as_deref_mut()));
        }
        // The lists of 2.0 are those of an older draft; nothing is said about them.
        if let Some(items) = schema.get("items").filter(|it| !it.view.is_sequence()) {
            for item in value.items().skip(prefix.len()) {
                verdict = verdict.and(self.check(step.inside(items), item, flaws.as_deref_mut()));
                if self.fuel == 0 {
                    return verdict.and(Verdict::Open);
                }
            }
        }
        verdict.and(self.contains(step, value, flaws))
    }

    fn unique(&mut self, value: Node<'_>, flaws: Flaws<'_>) -> Verdict {
        let mut seen = HashMap::new();
        for item in value.items() {
            let Some(content) = canonical(item).filter(|_| self.burn(1)) else { return Verdict::Open };
            if seen.insert(content, ()).is_some() {
                return fail(flaws, item.place(), "an item stands in the list twice".to_owned(), None);
            }
        }
        Verdict::Fits
    }

    fn contains<'a>(&mut self, step: Step<'a>, value: Node<'_>, flaws: Flaws<'_>) -> Verdict {
        let Some((key, wanted)) = step.schema.entry("contains") else { return Verdict::Fits };
        let limit = |name, default| step.schema.get(name).and_then(|it| it.view.as_i64()).unwrap_or(default);
        let (least, most) = (limit("minContains", 1), limit("maxContains", i64::MAX));
        let mut found = 0;
        for item in value.items() {
            match self.check(step.inside(wanted), item, None) {
                Verdict::Fits => found += 1,
                Verdict::Fails => {}
                Verdict::Open => return Verdict::Open,
            }
        }
        if (least..=most).contains(&found) {
            return Verdict::Fits;
        }
        fail(
            flaws,
            value.place(),
            format!("{found} items are of the kind of which there must be some"),
            Some(key.span()),
        )
    }
}
