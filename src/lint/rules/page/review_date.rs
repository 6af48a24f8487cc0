//! Finds pages whose review is overdue, and dates that lie in the future.
//!
//! A runbook that nobody has read for a year describes last year's system. Looked at are `last_reviewed_on` with
//! `review_in` in the front matter, and labels such as `**Next Review**: 2026-04-02` or `Last reviewed` in the text
//! and in a header table. Days may be written `2026-04-02`, `2 April 2026`, `April 2026`, `Q2 2026`; placeholders
//! and dates that can be read in two ways (`02/04/2026`) say nothing. Pages in a folder `archive` are left alone.
//!
//! Today is the day of the run, in UTC; `check --as-of 2026-01-31` chooses another one, so that a run can be
//! repeated. The examples are of 1 March 2026.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! ---
//! last_reviewed_on: 2025-06-02
//! review_in: 6 months
//! ---
//! # Restore
//!
//! Restore the newest dump.
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! **Next Review**: January 2026
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! ---
//! last_reviewed_on: 2025-12-02
//! review_in: 6 months
//! ---
//! # Restore
//!
//! Restore the newest dump.
//! ```

use jiff::civil::Date;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::date::{Event, PageDates, StatedDate, is_archived};

pub(crate) static RULE: Rule = Rule {
    id: "page/review-date",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("review_date.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let (project, Some(today)) = (cx.project, cx.as_of) else { return };
    for dates in &project.dates {
        if is_archived(project.sources.path(dates.source)) {
            continue;
        }
        let mut said = false;
        for due in dates.stated.iter().filter(|it| it.event == Event::ReviewDue && it.last < today) {
            let words = project.sources.text(due.span);
            let message =
                format!("the review is {} overdue: it was due by `{words}`", since(due.last, today));
            cx.report(due.span, message).help("review the page and set the next date");
            said = true;
        }
        if !said {
            interval(cx, dates, today);
        }
        future(cx, dates, today);
    }
}

/// The last review, and how long it holds.
fn interval(cx: &mut Context<'_>, dates: &PageDates, today: Date) {
    let (Some(reviewed), Some((place, period))) = (dates.newest(Event::Reviewed), dates.review_in) else {
        return;
    };
    let Some(due) = reviewed.last.checked_add(period).ok().filter(|due| *due < today) else { return };
    let words = cx.project.sources.text(place);
    let message = format!("the review is {} overdue: it was due on {due}", since(due, today));
    let related = format!("a review holds `{words}`");
    cx.report(reviewed.span, message)
        .help("review the page and set the date of the review")
        .related(place, related);
}

/// A review or change that has not happened yet. One day may be the difference between two time zones.
fn future(cx: &mut Context<'_>, dates: &PageDates, today: Date) {
    let past = |it: &&StatedDate| it.event != Event::ReviewDue;
    for stated in dates.stated.iter().filter(past) {
        if today.tomorrow().is_ok_and(|tomorrow| stated.first > tomorrow) {
            let words = cx.project.sources.text(stated.span);
            let what = if stated.event == Event::Reviewed { "review" } else { "change" };
            let message = format!("the {what} of `{words}` lies in the future");
            cx.report(stated.span, message).help("correct the date");
        }
    }
}

/// `1 day`, `40 days`.
pub(in crate::lint::rules) fn since(date: Date, today: Date) -> String {
    match date.until(today).map_or(0, |it| it.get_days()) {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::project;
    use crate::lint::{Selection, run};

    fn said(text: &str, today: &str) -> Vec<(String, String)> {
        let (project, config) = project(vec![("docs/a.md".to_owned(), text.to_owned())]);
        let as_of = Some(today.parse().unwrap());
        let selection = Selection { select: vec![RULE.id.to_owned()], as_of, ..Selection::default() };
        let found = run(&project, &config, &selection).findings;
        found.into_iter().map(|it| (project.sources.text(it.span).to_owned(), it.message)).collect()
    }

    #[test]
    fn a_review_is_overdue_the_day_after() {
        let text = "**Next Review**: 2026-01-31\n";
        assert_eq!(said(text, "2026-01-31"), []);
        let overdue = "the review is 1 day overdue: it was due by `2026-01-31`";
        assert_eq!(said(text, "2026-02-01"), [("2026-01-31".to_owned(), overdue.to_owned())]);
        let text = "---\nlast_reviewed_on: 2025-08-31\nreview_in: 6 months\n---\n";
        assert_eq!(said(text, "2026-02-28"), []);
        assert_eq!(said(text, "2026-03-01")[0].1, "the review is 1 day overdue: it was due on 2026-02-28");
        assert_eq!(said("**Next Review**: January 2026\n", "2026-01-31"), []);
    }

    #[test]
    fn the_newest_review_counts_and_what_is_not_yet_is_said() {
        let text = "---\nlast_reviewed_on: 2020-01-01\nreview_in: 1 year\n---\n*Last reviewed: 2026-01-01*\n";
        assert_eq!(said(text, "2026-06-01"), []);
        assert_eq!(said("Last updated: 2026-02-02\n", "2026-02-01"), []);
        let future = "the change of `2026-02-03` lies in the future";
        assert_eq!(
            said("Last updated: 2026-02-03\n", "2026-02-01"),
            [("2026-02-03".to_owned(), future.to_owned())]
        );
    }
}
