//! When pages were reviewed last, and when they are due: what is overdue comes first.

use jiff::civil::Date;

use crate::model::Project;
use crate::model::date::{Event, PageDates, StatedDate};
use crate::model::document_type::ToldBy;
use crate::model::page::Page;
use crate::render::Html;
use crate::render::shell::{About, Context};
use crate::render::texts::Texts;
use crate::render::url::Place;
use crate::render::view::{Badge, FreshnessPage, FreshnessRow, Stated};

/// A review that is due within so many days is due soon.
const SOON: i32 = 30;
/// A page without a plan for reviews that was not touched for so many days is old.
const OLD: i32 = 365;

/// Whether any page says when it was read.
pub(in crate::render) fn is_wanted(project: &Project) -> bool {
    !project.dates.is_empty()
}

/// The page at a path.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str) -> Html {
    let place = Place::at(path);
    // A title that speaks of runbooks makes none, and what is kept for the record is not reviewed.
    let is_record = |page: &Page| matches!(page.document_type.as_deref(), Some("postmortem" | "adr"));
    let is_sure = |page: &Page| page.told_by.is_some_and(|it| it != ToldBy::Title) && !is_record(page);
    let dated = |page: &Page| dates_of(cx.project, page).is_some() || is_sure(page);
    let (said, silent): (Vec<&Page>, Vec<&Page>) =
        cx.project.pages.iter().filter(|it| it.in_book).partition(|it| dated(it));
    let mut rows: Vec<(i64, FreshnessRow)> = said.into_iter().map(|it| row(cx, &place, it)).collect();
    rows.sort_by_key(|(order, _)| *order);
    let rows: Vec<FreshnessRow> = rows.into_iter().map(|(_, row)| row).collect();
    let view = FreshnessPage {
        as_of: cx.settings.as_of.map(|it| it.to_string()).unwrap_or_default(),
        overdue: rows.iter().filter(|it| it.status.tone == "bad").count(),
        silent: silent.len(),
        rows,
        shell: cx.shell(About::made(place, cx.says.get("freshness"))),
    };
    cx.html("freshness.html", &view)
}

/// The dates of a page.
pub(super) fn dates_of<'a>(project: &'a Project, page: &Page) -> Option<&'a PageDates> {
    let at = project.dates.binary_search_by_key(&page.source, |it| it.source).ok()?;
    project.dates.get(at)
}

/// A row, with its place in the order: overdue for longest, due next, no date at all, no plan, due last.
fn row(cx: &Context<'_>, place: &Place, page: &Page) -> (i64, FreshnessRow) {
    let dates = dates_of(cx.project, page);
    let stated = |it: &StatedDate| Stated {
        day: cx.project.shown_words(it.span),
        origin: Some(cx.origin(it.span, place)),
    };
    let newest = |event| dates.and_then(|it| it.newest(event));
    let due = dates.and_then(PageDates::due);
    let set = dates
        .and_then(|all| all.stated.iter().find(|it| it.event == Event::ReviewDue && Some(it.last) == due));
    let kind = page.document_type.as_ref().and_then(|it| cx.project.document_types.find(it));
    let owners = page.owners.iter().map(|it| cx.project.shown_words(*it));
    let about: Vec<String> = kind.map(|it| cx.says.kind(it).to_owned()).into_iter().chain(owners).collect();
    let last = newest(Event::Reviewed).into_iter().chain(newest(Event::Updated)).map(|it| it.last).max();
    let (order, status) = status(due, last, cx.settings.as_of, &cx.says);
    let row = FreshnessRow {
        title: cx.project.shown(page).0.title.clone(),
        href: cx.links.urls.page(page.source).map(|it| place.to(it)),
        about: about.join(" · "),
        reviewed: newest(Event::Reviewed).map(stated),
        updated: newest(Event::Updated).map(stated),
        due: set.map(stated).or(due.map(|it| Stated { day: it.to_string(), origin: None })),
        status,
    };
    (order, row)
}

/// What can be said about a page's age, and where it stands in the order.
pub(super) fn status(
    due: Option<Date>,
    last: Option<Date>,
    today: Option<Date>,
    says: &Texts,
) -> (i64, Badge) {
    let badge = |tone, text: String| Badge { tone, text };
    let counted = |days: i32, one, many| says.counted(days.unsigned_abs() as usize, one, many);
    let days = |from: Date, to: Date| from.until(to).map_or(0, |it| it.get_days());
    match (due, last, today) {
        (_, _, None) => (0, badge("plain", String::new())),
        (Some(due), _, Some(today)) => {
            let left = days(today, due);
            let badge = match left {
                ..0 => badge("bad", counted(-left, "overdue-day", "overdue-days")),
                0 => badge("warn", says.get("due-today").to_owned()),
                1..=SOON => badge("warn", counted(left, "due-in-day", "due-in-days")),
                _ => badge("ok", says.get("in-date").to_owned()),
            };
            (i64::from(left) + if left > SOON { 1 << 32 } else { 0 }, badge)
        }
        (None, None, _) => (1 << 20, badge("plain", says.get("no-date").to_owned())),
        (None, Some(last), Some(today)) => {
            let age = days(last, today);
            let tone = if age > OLD { "warn" } else { "plain" };
            ((1 << 30) - i64::from(age), badge(tone, counted(age.max(0), "old-day", "old-days")))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_asks_for_action_comes_first() {
        let today = Some(date(2026, 3, 1));
        let english = Texts::of("en", &BTreeMap::new());
        let text = |due, last| status(due, last, today, &english).1.text;
        assert_eq!(text(Some(date(2026, 2, 28)), None), "1 day overdue");
        assert_eq!(text(Some(date(2026, 3, 1)), None), "due today");
        assert_eq!(text(Some(date(2026, 3, 11)), None), "due in 10 days");
        assert_eq!(text(Some(date(2026, 9, 1)), None), "in date");
        assert_eq!(text(None, Some(date(2026, 2, 1))), "28 days old");
        assert_eq!(text(None, None), "no date");
        let order = |due, last| status(due, last, today, &english).0;
        let overdue = order(Some(date(2025, 3, 1)), None);
        let soon = order(Some(date(2026, 3, 9)), None);
        let fresh = order(Some(date(2027, 3, 1)), None);
        let old = order(None, Some(date(2020, 1, 1)));
        assert!(overdue < soon && soon < order(None, None) && order(None, None) < old && old < fresh);
    }
}
