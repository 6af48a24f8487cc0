//! Finds recovery time objectives that are longer than the downtime that the business can bear.
//!
//! The maximum tolerable downtime says when the harm is not bearable any more. Whoever plans to be back later plans to
//! fail, even if everything goes as planned. It has many names: MTD, MTPD, MTO, MAO, "maximum tolerable period of
//! disruption", or the sum RTO + WRT. Compared are values of the same service, tier, environment or scenario, as
//! `recovery/conflict` tells them apart: on the same page, else on another one. How much data may be lost (RPO) is
//! another question.
//!
//! ## Flagged
//!
//! ```md docs/impact.md
//! # Business impact
//!
//! | Service  | MTD     | RTO     | RPO        |
//! |----------|---------|---------|------------|
//! | Checkout | 4 hours | 8 hours | 15 minutes |
//! | Reports  | 3 days  | 1 day   | 7 days     |
//! ```
//!
//! ## Accepted
//!
//! ```md docs/impact.md
//! # Business impact
//!
//! The maximum tolerable downtime (MTD) is the longest time that the business survives without a service. The RTO must
//! be shorter.
//!
//! | Service  | MTD     | RTO     | RPO        |
//! |----------|---------|---------|------------|
//! | Checkout | 4 hours | 2 hours | 15 minutes |
//! | Reports  | 3 days  | 1 day   | 7 days     |
//! ```

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::{Fact, Objective};
use crate::model::scope::Scope;

pub(crate) static RULE: Rule = Rule {
    id: "recovery/rto-over-mtd",
    severity: Severity::Error,
    preview: false,
    file: include_str!("rto_over_mtd.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let mut limits: BTreeMap<Scope, Vec<&Fact>> = BTreeMap::new();
    for limit in project.tolerances.iter().filter(|it| it.seconds.is_some_and(|it| it > 0.0)) {
        limits.entry(limit.scope(&project.book.title)).or_default().push(limit);
    }
    if limits.is_empty() {
        return;
    }
    for rto in project.facts.iter().filter(|it| it.kind == Objective::Rto && !it.role.is_actual()) {
        let Some(seconds) = rto.seconds else { continue };
        let limit = limits.get(&rto.scope(&project.book.title)).and_then(|it| limit_of(rto, it));
        let Some(limit) = limit.filter(|it| it.seconds.is_some_and(|it| it + 0.5 < seconds)) else {
            continue;
        };
        let (should, may) = (rto.raw.trim(), limit.raw.trim());
        cx.report(rto.span, format!("RTO `{should}` is longer than the tolerable downtime `{may}`"))
            .help("plan to be back sooner, or ask the business whether it can bear more")
            .related(limit.span, "the tolerable downtime");
    }
}

/// The tolerable downtime that is meant for an objective: the nearest of its page, else the longest of all others.
/// `limits` are of its scope, in the order of the text.
fn limit_of<'a>(rto: &Fact, limits: &[&'a Fact]) -> Option<&'a Fact> {
    let here = (rto.span.source, rto.span.start);
    let at = limits.partition_point(|it| (it.span.source, it.span.start) < here);
    let beside = [at.checked_sub(1).and_then(|it| limits.get(it)), limits.get(at)];
    let nearest = beside
        .into_iter()
        .flatten()
        .filter(|it| it.span.source == rto.span.source)
        .min_by_key(|it| it.span.start.abs_diff(rto.span.start));
    let longest = || {
        limits.iter().max_by(|a, b| a.seconds.partial_cmp(&b.seconds).unwrap_or(std::cmp::Ordering::Equal))
    };
    nearest.or_else(longest).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn every_name_of_the_limit() {
        for name in [
            "MTD",
            "MTPD",
            "MTO",
            "MAO",
            "Maximum Tolerable Downtime",
            "Maximum tolerable outage (MTO)",
            "RTO + WRT",
        ] {
            check_rule(
                &RULE,
                &format!(
                    "//- docs/a.md\n# Recovery\n\n- **{name}**: 2 hours\n- **RTO**: 4 hours\n           ^^^^^^^ RTO `4 hours` is longer than the tolerable downtime `2 hours`\n- **RPO**: 1 day\n"
                ),
            );
        }
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\n## Maximum tolerable downtime\n\n- Orders: 2 hours\n- Photos: 2 days\n\n## Recovery time objective\n\n- Orders: 3 hours\n          ^^^^^^^ RTO `3 hours` is longer than the tolerable downtime `2 hours`\n- Photos: 1 day\n",
        );
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\n| Metric | Orders | Photos |\n|---|---|---|\n| MTD | 2 hours | 2 days |\n| RTO | 3 hours | 1 day |\n        ^^^^^^^ RTO `3 hours` is longer than the tolerable downtime `2 hours`\n",
        );
    }

    #[test]
    fn on_another_page_the_longest_counts() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# Impact\n\nMTPD: 1 hour\n\n//- docs/b.md\n# Impact of the second kind\n\nMTPD: 2 hours\n//- docs/c.md\n# Recovery\n\nRTO: 3 hours\n     ^^^^^^^ RTO `3 hours` is longer than the tolerable downtime `2 hours`\n",
        );
    }

    #[test]
    fn what_states_no_limit() {
        for text in [
            "RTO (maximum tolerable downtime): 4 hours\n\nMTD means how long we may be away: 1 hour, 2 hours or a day.",
            "RTO: 4 hours\n\nRevenue MTD (month to date): 2 h of work",
            "## Orders\n\nRTO: 4 hours\n\n## Photos\n\nMTD: 1 hour",
            "RTO: 4 hours\n\nThe RTO must be less than the MTD.",
            "RTO: 4 hours\n\n- MTD: TBD",
            "RTO: 4 hours\n\n## Glossary\n\n- **MTD**: the longest tolerable downtime, such as 2 hours",
            "RPO: 4 hours\n\nMTD: 1 hour",
            "RTO (actual): 4 hours\n\nMTD: 1 hour",
        ] {
            check_rule(&RULE, &format!("//- docs/a.md\n# Recovery\n\n{text}\n"));
        }
    }
}
