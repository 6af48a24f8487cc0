//! Finds severities that are on no scale of the project.
//!
//! "Treat it as a P4" helps nobody when the scale ends at P3: the reader does not know whether to wake somebody. A scale
//! is a table, a list or a series of headings that says what each level is, or a sentence that gives the whole range:
//! "four severity levels (P0–P3)". The rule is silent where no scale is defined, and about priorities of work: bugs,
//! reviews, action items. Each level is reported once a page.
//!
//! ## Flagged
//!
//! ```md docs/incidents.md
//! # Incidents at sea
//!
//! ## Severity levels
//!
//! | Level | Meaning                        |
//! |-------|--------------------------------|
//! | P0    | A ship cannot be steered       |
//! | P1    | A ship cannot leave the harbour |
//! | P2    | Passengers are delayed         |
//! ```
//!
//! ```md docs/runbooks/RadarSilent.md
//! # RadarSilent
//!
//! ## Meaning
//!
//! The radar sends nothing.
//!
//! ## Impact
//!
//! An incident of P4 in good sight, of P1 in fog.
//!
//! ## Diagnosis
//!
//! Look at the mast. Declare a SEV-2 if it is gone.
//!
//! ## Mitigation
//!
//! Post a lookout.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/incidents.md
//! # Incidents at sea
//!
//! ## Severity levels
//!
//! - **SEV-1**: a ship cannot be steered
//! - **SEV-2**: a ship cannot leave the harbour
//! - **SEV-3**: passengers are delayed
//!
//! ## After the incident
//!
//! Write a report for every SEV1 and Sev 2. The paint is a P4 task.
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::severity::{Family, LevelUse, Scale};
use crate::source::SourceId;

pub(crate) static RULE: Rule = Rule {
    id: "document/severity-undefined",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("severity_undefined.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let all = || project.severities.iter().flat_map(|it| &it.scales).filter(|it| it.complete);
    let mut scales: BTreeMap<Family, Vec<&Scale>> = BTreeMap::new();
    for scale in all() {
        scales.entry(scale.family).or_default().push(scale);
    }
    let none = Vec::new();
    // A scale in a form that nobody can read is still a scale.
    let spelled = project.severities.iter().any(|it| it.spelled.contains(&Family::Sev));
    let others: Vec<&Scale> = all().filter(|it| it.incidents && it.scope.is_empty()).collect();
    for page in &project.severities {
        let mut said: BTreeSet<(Family, u8)> = BTreeSet::new();
        for used in &page.uses {
            let own = scales.get(&used.family).unwrap_or(&none);
            let foreign = own.is_empty() && used.family == Family::Sev && !spelled && is_short(cx, used);
            let candidates = match foreign {
                true => &others,
                false => own,
            };
            let known = candidates.iter().any(|it| it.family == used.family && it.defines(used.number));
            if known || !candidates.iter().any(|it| it.incidents) || !said.insert((used.family, used.number))
            {
                continue;
            }
            let Some(scale) = nearest(cx, page.source, candidates) else { continue };
            let word = project.sources.text(used.span).to_owned();
            let name = if is_level(&word) { word } else { used.family.name(used.number) };
            let range = scale.range();
            cx.report(used.span, format!("`{name}` is no level of the severity scale, {range}"))
                .help(format!("use one of {range}, or define the level where the others are defined"))
                .related(scale.span, format!("the scale, {range}"));
        }
    }
}

/// Whether a level is written as the name of one: "severity 2" may be a property of something else.
fn is_short(cx: &Context<'_>, used: &LevelUse) -> bool {
    !cx.project.sources.text(used.span).to_lowercase().starts_with("severity")
}

/// Whether words name one level, not a range.
fn is_level(words: &str) -> bool {
    words.chars().filter(char::is_ascii_digit).count() == 1
}

/// The scale on the same page, else the one whose file lies closest.
fn nearest<'a>(cx: &Context<'_>, source: SourceId, scales: &[&'a Scale]) -> Option<&'a Scale> {
    let sources = &cx.project.sources;
    let path = sources.path(source);
    let shared = |it: &Scale| {
        let other = sources.path(it.span.source);
        path.split('/').zip(other.split('/')).take_while(|(a, b)| a == b).count()
    };
    let mut best: Option<&Scale> = None;
    for &scale in scales.iter().filter(|it| it.incidents) {
        if best.is_none_or(|it| shared(scale) > shared(it)) {
            best = Some(scale);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    const SCALE: &str = "//- docs/incidents.md\n# Incidents\n\n## Severity levels\n\n- **P1**: the bridge is stuck\n- **P2**: the bridge is slow\n- **P3**: the bridge is loud\n";

    #[test]
    fn each_level_is_said_once_a_page() {
        check_rule(
            &RULE,
            &format!(
                "{SCALE}//- docs/on-call.md\n# On call\n\nCall for a P0, and again for a P0.\n           ^^ `P0` is no level of the severity scale, P1 to P3\n\
                 //- docs/dr/flood.md\n# Flood\n\nA flood is a P0 or a P1.\n             ^^ `P0` is no level of the severity scale, P1 to P3\n"
            ),
        );
    }

    #[test]
    fn another_family_is_no_scale() {
        check_rule(
            &RULE,
            &format!(
                "{SCALE}//- docs/on-call.md\n# On call\n\nWake somebody for SEV-1.\n                  ^^^^^ `SEV-1` is no level of the severity scale, P1 to P3\n"
            ),
        );
        let mapped = "//- docs/incidents.md\n# Incidents\n\n## Severity levels\n\n- **SEV-1 (P1)**: stuck\n- **SEV-2 (P2)**: slow\n//- docs/on-call.md\n# On call\n\nWake somebody for SEV-1, not for P2.\n";
        check_rule(&RULE, mapped);
    }

    #[test]
    fn other_things_are_silent() {
        check_rule(
            &RULE,
            &format!(
                "{SCALE}//- docs/roadmap.md\n# Roadmap\n\nP0: paint. P4: wax.\n//- docs/runbooks/queue.md\n# Queue\n\nP99 is 40 ms on a P5.2xlarge; the next P5 bug waits.\n\n```sh\necho P5\n```\n\n## Action items\n\n| Item | Priority |\n|---|---|\n| Oil | P4 |\n"
            ),
        );
        check_rule(&RULE, "//- docs/on-call.md\n# On call\n\nA P0 and a SEV-2 are incidents.\n");
    }
}
