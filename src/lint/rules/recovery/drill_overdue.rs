//! Finds drills of the recovery that did not happen.
//!
//! A recovery that nobody has rehearsed is a hope. The finding says that the last drill is longer ago than the cadence
//! that the page itself demands, that the day of the next one has passed, or that nobody wrote down a last one. Looked
//! at are labels and sentences such as `DR drills: quarterly`, `Last DR drill: 2025-01-10`, "the next drill is on 13
//! January 2027", and tables with columns for how often, the last and the next. `TBD` in the place of the day is an
//! error, as it is anywhere else. Pages in a folder `archive` are left alone.
//!
//! Today is the day of the run, in UTC; `check --as-of 2026-01-31` chooses another one. The examples are of 1 March
//! 2026.
//!
//! ## Flagged
//!
//! ```md docs/drills.md
//! # Recovery drills
//!
//! | Drill              | Frequency | Last       | Next       |
//! |--------------------|-----------|------------|------------|
//! | Restore the orders | Quarterly | 2025-06-02 |            |
//! | Lose a site        | Yearly    | 2025-05-20 | 2026-02-02 |
//! ```
//!
//! ## Accepted
//!
//! ```md docs/drills.md
//! # Recovery drills
//!
//! | Drill              | Frequency | Last       | Next       |
//! |--------------------|-----------|------------|------------|
//! | Restore the orders | Quarterly | 2026-01-12 |            |
//! | Lose a site        | Yearly    | 2025-05-20 | 2026-05-18 |
//! ```

use jiff::civil::Date;

use crate::finding::Severity;
use crate::lint::rules::page::review_date::since;
use crate::lint::{Check, Context, Rule};
use crate::model::date::is_archived;
use crate::model::drill::{Drill, LastDrill};

pub(crate) static RULE: Rule = Rule {
    id: "recovery/drill-overdue",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("drill_overdue.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let (project, today) = (cx.project, cx.as_of);
    for drill in &project.drills {
        match &drill.last {
            Some(LastDrill::Unset(span)) if !is_archived(project.sources.path(span.source)) => {
                let is_hole = is_hole(project.sources.text(*span));
                let finding = cx.report(*span, "no drill of the recovery is recorded");
                finding.help("rehearse the recovery and write down the day and the measured times");
                if is_hole {
                    finding.severity = Severity::Error;
                }
            }
            _ => today.into_iter().for_each(|today| overdue(cx, drill, today)),
        }
    }
}

/// Whether somebody meant to write the day later, as the rules about placeholders have it; "never" is an answer.
fn is_hole(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    words.starts_with(['[', '_']) || ["tb", "todo", "yyyy"].iter().any(|it| words.starts_with(it))
}

fn overdue(cx: &mut Context<'_>, drill: &Drill, today: Date) {
    let sources = &cx.project.sources;
    let help = "rehearse the recovery, and write down the day and when it is due again";
    if let Some(next) = drill.next.as_ref().filter(|it| it.last < today) {
        if is_archived(sources.path(next.span.source)) {
            return;
        }
        let words = sources.text(next.span);
        let message =
            format!("the drill is {} overdue: it was planned for `{words}`", since(next.last, today));
        cx.report(next.span, message).help(help);
    } else if let (Some(LastDrill::On(last)), Some((place, period))) = (&drill.last, drill.cadence) {
        let due = last.last.checked_add(period).ok().filter(|due| *due < today);
        let Some(due) = due.filter(|_| !is_archived(sources.path(last.span.source))) else { return };
        let (words, cadence) = (sources.text(last.span), sources.text(place));
        let message = format!(
            "the drill is {} overdue: the last one was `{words}`, and they are held `{cadence}`",
            since(due, today)
        );
        cx.report(last.span, message).help(help).related(place, "this is how often");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::project;
    use crate::lint::{Selection, run};

    fn said(text: &str) -> Vec<String> {
        let (project, config) = project(vec![("docs/disaster-recovery.md".to_owned(), text.to_owned())]);
        let as_of = Some("2026-03-01".parse().unwrap());
        let selection = Selection { select: vec![RULE.id.to_owned()], as_of, ..Selection::default() };
        run(&project, &config, &selection).findings.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_plan_that_was_not_kept() {
        assert_eq!(
            said("# DR plan\n\n- DR drills: quarterly\n- Last drill: 2025-11-30\n"),
            ["the drill is 1 day overdue: the last one was `2025-11-30`, and they are held `quarterly`"]
        );
        assert_eq!(said("# DR plan\n\n- DR drills: quarterly\n- Last drill: 2025-12-01\n"), [""; 0]);
        assert_eq!(said("# DR plan\n\nNext drill: Q1 2026\n"), [""; 0]);
        assert_eq!(
            said("# DR plan\n\nThe next drill is scheduled for February 2026.\n"),
            ["the drill is 1 day overdue: it was planned for `February 2026`"]
        );
        assert_eq!(said("# DR plan\n\n**Last DR drill**: never\n"), ["no drill of the recovery is recorded"]);
    }
}
