//! Schemas made of schemas.

use super::{Fitting, Flaws, Step, Verdict, fail};
use crate::model::spec::Node;

impl Fitting {
    /// Compares a value with what a schema is made of.
    pub(super) fn combined<'a>(&mut self, step: Step<'a>, value: Node<'_>, mut flaws: Flaws<'_>) -> Verdict {
        let schema = step.schema;
        let mut verdict = Verdict::Fits;
        // Where it leads depends on who refers to the schema.
        if schema.has("$dynamicRef") || schema.has("unevaluatedProperties") || schema.has("unevaluatedItems")
        {
            verdict = Verdict::Open;
        }
        for part in schema.get("allOf").into_iter().flat_map(Node::items) {
            verdict = verdict.and(self.check(step.part(part), value, flaws.as_deref_mut()));
        }
        for keyword in ["anyOf", "oneOf"] {
            verdict = verdict.and(self.alternatives(step, keyword, value, flaws.as_deref_mut()));
        }
        if let Some((key, part)) = schema.entry("not") {
            verdict = verdict.and(match self.check(step.part(part), value, None) {
                Verdict::Fits => fail(
                    flaws.as_deref_mut(),
                    value.place(),
                    "the value is what it must not be".to_owned(),
                    Some(key.span()),
                ),
                Verdict::Fails => Verdict::Fits,
                Verdict::Open => Verdict::Open,
            });
        }
        if let Some(condition) = schema.get("if") {
            let branch = match self.check(step.part(condition), value, None) {
                Verdict::Fits => schema.get("then"),
                Verdict::Fails => schema.get("else"),
                Verdict::Open => return verdict.and(Verdict::Open),
            };
            if let Some(branch) = branch {
                verdict = verdict.and(self.check(step.part(branch), value, flaws));
            }
        }
        verdict
    }

    fn alternatives<'a>(
        &mut self,
        step: Step<'a>,
        keyword: &str,
        value: Node<'_>,
        mut flaws: Flaws<'_>,
    ) -> Verdict {
        let Some((key, list)) = step.schema.entry(keyword).filter(|(_, it)| it.view.is_sequence()) else {
            return Verdict::Fits;
        };
        // A discriminator chooses, whatever else would fit.
        let several = keyword == "anyOf" || step.schema.has("discriminator");
        let (mut fitting, mut open) = (0, false);
        for part in list.items() {
            match self.check(step.part(part), value, None) {
                Verdict::Fits => fitting += 1,
                Verdict::Fails => {}
                Verdict::Open => open = true,
            }
            if fitting > 0 && several {
                return Verdict::Fits;
            }
        }
        if open {
            return Verdict::Open;
        }
        match fitting {
            1 => Verdict::Fits,
            0 => {
                // What is wrong with the only one that can be meant says more than that none fits.
                let meant = meant(list, value);
                if let Some(part) = meant
                    && self.check(step.part(part), value, flaws.as_deref_mut()) == Verdict::Fails
                {
                    return Verdict::Fails;
                }
                let message = format!("the value fits none of the {} alternatives", list.view.len());
                fail(flaws, value.place(), message, Some(key.span()))
            }
            _ => {
                let message = format!("the value fits {fitting} alternatives of `oneOf`, not one");
                fail(flaws, value.place(), message, Some(key.span()))
            }
        }
    }
}

/// The only alternative that is of the value's type.
fn meant<'a>(list: Node<'a>, value: Node<'_>) -> Option<Node<'a>> {
    let fits = |it: &Node<'a>| {
        let target = it.follow().unwrap_or(*it);
        super::Types::of(target).is_none_or(|types| types.allow(value))
    };
    let mut some = list.items().filter(fits);
    some.next().filter(|_| some.next().is_none())
}
