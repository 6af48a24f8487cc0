//! Finds the dates that a page states about itself: `last_reviewed_on` in the front matter, `**Next Review**:`
//! in the text, rows and columns of a header table.
//!
//! A date that could mean two days (`02/04/2026`) and placeholders (`YYYY-MM-DD`, `[DATE]`) give nothing.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{self, Date};
use regex::Regex;

use super::label;
use crate::model::date::{Event, PageDates, StatedDate};
use crate::model::page::Page;
use crate::pattern::compiled;
use crate::source::Span;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Date(Event),
    Interval,
}

const LABELS: &str = r"(?:last[ _-])?reviewed(?:[ _-](?:on|at|date))?|last[ _-]review(?:[ _-]date)?|next[ _-](?:scheduled[ _-])?review(?:[ _-](?:date|due|on|by))?|review[ _-](?:due|by)(?:[ _-]date)?|(?:last[ _-])?updated(?:[ _-](?:on|at))?|last[ _-](?:update|modified|revised)(?:[ _-](?:on|at|date))?|lastmod|review[ _-](?:in|every|frequency|cycle|interval|cadence|period)";

static LINES: LazyLock<Regex> = LazyLock::new(|| label::pattern(LABELS));

static LABEL: LazyLock<Regex> = LazyLock::new(|| compiled(&format!("(?i)^(?:{LABELS})$")));

const MONTHS: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

/// The forms of a date at the start of a text.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?i)^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? +)?(?:(?P<iso>(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}))|(?P<month>(\d{{4}})-(\d{{2}}))|(?P<dmy>(\d{{1,2}})(?:st|nd|rd|th)?[ .-]+({MONTHS})\.?,?[ -]+(\d{{4}}))|(?P<mdy>({MONTHS})\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}))|(?P<my>({MONTHS})\.?,? +(\d{{4}}))|(?P<quarter>q([1-4])[ /-]+(\d{{4}}))|(?P<numbers>(\d{{1,2}})([/.])(\d{{1,2}})[/.](\d{{4}})))(?:$|[^\d-]|-[^\d])"
    ))
});

/// What a page states; none if it states nothing. `text` is the text of its source.
pub(super) fn dates(page: &Page, text: &str) -> Option<PageDates> {
    let mut dates = PageDates { source: page.source, stated: Vec::new(), review_in: None };
    front_matter(page, text, &mut dates);
    lines(page, text, &mut dates);
    columns(page, text, &mut dates);
    dates.stated.sort_by_key(|it| it.span);
    dates.stated.dedup_by_key(|it| it.span);
    (!dates.stated.is_empty()).then_some(dates)
}

fn front_matter(page: &Page, text: &str, dates: &mut PageDates) {
    let Some(root) = page.front_matter.as_ref().and_then(|it| it.root(text)) else { return };
    for (key, value) in root.entries() {
        let (Some(key), Some(words)) = (key.as_str(), value.as_str()) else { continue };
        let Some(label) = label(&key) else { continue };
        let span = Span::new(page.source, value.content_span());
        // Escapes and folded lines do not occur in dates: what is not there letter by letter is none.
        if text.get(span.range()).is_some_and(|it| it == words) {
            add(dates, label, &words, span);
        }
    }
}

fn lines(page: &Page, text: &str, dates: &mut PageDates) {
    for it in label::in_lines(page, text, &LINES) {
        let Some(label) = label(it.label) else { continue };
        // A day in the midst of a page is that of a table or a chart.
        if label == Label::Date(Event::Updated) && !label::is_at_edge(page, it.value.start) {
            continue;
        }
        add(dates, label, &text[it.value.clone()], Span::new(page.source, it.value));
    }
}

fn columns(page: &Page, text: &str, dates: &mut PageDates) {
    for (head, cell) in label::in_columns(page) {
        let Some(label) = label(&page.document.plain_text(head, text)) else { continue };
        let Some(words) = label::words_of_cell(page, text, cell) else { continue };
        add(dates, label, &text[words.clone()], Span::new(page.source, words));
    }
}

/// What a label means.
fn label(words: &str) -> Option<Label> {
    let words = words.trim().trim_end_matches(':').trim();
    if words.len() > 40 || !LABEL.is_match(words) {
        return None;
    }
    let lower = words.to_ascii_lowercase();
    let has = |it: &str| lower.contains(it);
    Some(
        if has("next")
            || has("due")
            || lower.ends_with("review by")
            || lower.ends_with("review_by")
            || lower.ends_with("review-by")
        {
            Label::Date(Event::ReviewDue)
        } else if ["in", "every", "frequency", "cycle", "interval", "cadence", "period"]
            .iter()
            .any(|it| lower.strip_suffix(it).is_some_and(|rest| rest.ends_with([' ', '_', '-'])))
        {
            Label::Interval
        } else if has("review") {
            Label::Date(Event::Reviewed)
        } else {
            Label::Date(Event::Updated)
        },
    )
}

/// Adds what a value says, if it says something. The span holds the value and no more.
fn add(dates: &mut PageDates, label: Label, value: &str, span: Span) {
    match label {
        Label::Date(event) => {
            if let Some((length, first, last)) = date(value) {
                dates.stated.push(StatedDate { event, span: span.slice(0..length), first, last });
            }
        }
        Label::Interval => {
            if let (Some(period), None) = (interval(value), &dates.review_in) {
                dates.review_in = Some((span, period));
            }
        }
    }
}

/// The date at the start of a text: its length in bytes, its first and its last day.
pub(super) fn date(text: &str) -> Option<(usize, Date, Date)> {
    let found = DATE.captures(text)?;
    let named = ["iso", "month", "dmy", "mdy", "my", "quarter", "numbers"]
        .iter()
        .find_map(|name| found.name(name).map(|it| (*name, it)))?;
    let (name, whole) = named;
    let mut parts = whole.as_str().split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let mut part = || parts.next();
    let number = |it: Option<&str>| -> Option<i16> {
        it?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
    };
    let day = |year: Option<i16>, month: Option<i16>, day: Option<i16>| {
        let year = year.filter(|it| (1990..=2100).contains(it))?;
        Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
    };
    let (first, last) = match name {
        "iso" => {
            let it = day(number(part()), number(part()), number(part()))?;
            (it, it)
        }
        "month" => {
            let it = day(number(part()), number(part()), Some(1))?;
            (it, it.last_of_month())
        }
        "dmy" => {
            let (d, m, y) = (number(part()), month(part()?), number(part()));
            let it = day(y, m, d)?;
            (it, it)
        }
        "mdy" => {
            let (m, d, y) = (month(part()?), number(part()), number(part()));
            let it = day(y, m, d)?;
            (it, it)
        }
        "my" => {
            let (m, y) = (month(part()?), number(part()));
            let it = day(y, m, Some(1))?;
            (it, it.last_of_month())
        }
        "quarter" => {
            let quarter: i16 = part()?.get(1..)?.parse().ok()?;
            let it = day(number(part()), Some(quarter * 3 - 2), Some(1))?;
            (it, it.checked_add(2.months()).ok()?.last_of_month())
        }
        _ => {
            let (a, b, y) = (number(part())?, number(part())?, number(part()));
            // Dots are German and put the day first; slashes tell only when one number is no month.
            let it = match (whole.as_str().contains('.') || a > 12, b > 12) {
                (true, false) => day(y, Some(b), Some(a))?,
                (false, true) => day(y, Some(a), Some(b))?,
                _ if a == b => day(y, Some(a), Some(b))?,
                _ => return None,
            };
            (it, it)
        }
    };
    Some((whole.end(), first, last))
}

fn month(name: &str) -> Option<i16> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = name.to_ascii_lowercase();
    names.iter().position(|it| lower.starts_with(it)).and_then(|it| i16::try_from(it + 1).ok())
}

/// `6 months`, `every 90 days`, `every six months`, `at least once a quarter`, `quarterly`.
pub(super) fn interval(text: &str) -> Option<jiff::Span> {
    let lower = text.trim().to_ascii_lowercase();
    let lower = lower.strip_prefix("at least ").unwrap_or(&lower);
    let often = ["once a ", "once per ", "once every ", "each ", "per "];
    let lower = match often.iter().find_map(|it| lower.strip_prefix(it)) {
        Some(unit) => format!("every {unit}"),
        None => lower.to_owned(),
    };
    let named = match lower.split([' ', ',', '(', '.']).next().unwrap_or_default() {
        "twice" if lower.ends_with(" year") => Some(6.months()),
        "weekly" => Some(1.week()),
        "monthly" => Some(1.month()),
        "quarterly" => Some(3.months()),
        "biannually" | "semiannually" | "semi-annually" | "half-yearly" => Some(6.months()),
        "annually" | "annual" | "yearly" => Some(1.year()),
        "every" => match lower.split([' ', ',', '(', '.']).nth(1).unwrap_or_default() {
            "week" => Some(1.week()),
            "month" => Some(1.month()),
            "quarter" => Some(3.months()),
            "year" => Some(1.year()),
            _ => None,
        },
        _ => None,
    };
    let written = || -> Option<jiff::Span> {
        let words = lower.strip_prefix("every ").unwrap_or(&lower);
        let mut parts = words.split_whitespace();
        let (count, unit) = (parts.next()?, parts.next()?);
        let numbers =
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let count = match numbers.iter().position(|it| *it == count) {
            Some(at) => (at + 2).to_string(),
            None => count.to_owned(),
        };
        let days = ["day", "days", "week", "weeks", "month", "months", "year", "years"];
        let unit = unit.trim_end_matches([',', '.', ')']);
        if !days.contains(&unit) { None } else { format!("{count} {unit}").parse().ok() }
    };
    named.or_else(written).filter(|it| it.is_positive() && civil::date(2000, 1, 1).checked_add(*it).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;
    use crate::source::SourceId;

    #[test]
    fn a_day_in_the_midst_of_a_page_is_not_that_of_the_page() {
        let stated = |text: &str| {
            dates(&markdown::parse(SourceId(0), "a.md", text, true), text).map_or(0, |it| it.stated.len())
        };
        let day = "Last updated: 2026-04-02\n";
        assert_eq!(stated(&format!("# A\n\n{day}\n## B\n\n## C\n\n## D\n")), 1);
        assert_eq!(stated(&format!("# A\n\n## B\n\n## C\n\n## D\n\n{day}")), 1);
        assert_eq!(stated(&format!("# A\n\n## B\n\n## C\n\n{day}\n## D\n")), 0);
    }

    #[test]
    fn forms_of_dates() {
        for (text, first, last) in [
            ("2026-04-02", "2026-04-02", "2026-04-02"),
            ("2025-04-8 (v2)", "2025-04-08", "2025-04-08"),
            ("2026/4/2", "2026-04-02", "2026-04-02"),
            ("2026-04-02T10:00:00Z", "2026-04-02", "2026-04-02"),
            ("December 2025", "2025-12-01", "2025-12-31"),
            ("Feb. 2024", "2024-02-01", "2024-02-29"),
            ("2025-12", "2025-12-01", "2025-12-31"),
            ("2 April 2026", "2026-04-02", "2026-04-02"),
            ("2nd April, 2026", "2026-04-02", "2026-04-02"),
            ("April 2nd, 2026", "2026-04-02", "2026-04-02"),
            ("Thursday, 2 Apr 2026", "2026-04-02", "2026-04-02"),
            ("Q1 2026", "2026-01-01", "2026-03-31"),
            ("25/12/2025", "2025-12-25", "2025-12-25"),
            ("12/25/2025", "2025-12-25", "2025-12-25"),
            ("02.04.2026", "2026-04-02", "2026-04-02"),
        ] {
            let found = date(text).map(|(_, first, last)| (first.to_string(), last.to_string()));
            assert_eq!(found, Some((first.to_owned(), last.to_owned())), "{text}");
        }
        for text in [
            "YYYY-MM-DD",
            "[DATE]",
            "02/04/2026",
            "2026-13-01",
            "2026-02-30",
            "soon",
            "",
            "1826-01-01",
            "20260402",
            "2026-04-021",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    fn stated(text: &str) -> Vec<(Event, String)> {
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        let dates = dates(&page, text);
        dates
            .iter()
            .flat_map(|it| &it.stated)
            .map(|it| (it.event, text[it.span.range()].to_owned()))
            .collect()
    }

    #[test]
    fn places_where_dates_stand() {
        let text = "---\nlast_reviewed_on: 2026-04-02\nreview_in: 6 months\n---\n\n# A\n\n**Last Updated**: 2025-10-19  \n**Next Review:** January 2026\n*Last reviewed: 2 April 2026*\n\n| Owner | Ops |\n|---|---|\n| Last updated | 2025-10-20 |\n\n| Version | Next review |\n|---|---|\n| 1 | 2026-01-19 |\n\n**Version:** 1 | **Last Modified:** 2025-10-21\n\n- 📅 Review by: 2027-01-01\n";
        assert_eq!(
            stated(text),
            [
                (Event::Reviewed, "2026-04-02".to_owned()),
                (Event::Updated, "2025-10-19".to_owned()),
                (Event::ReviewDue, "January 2026".to_owned()),
                (Event::Reviewed, "2 April 2026".to_owned()),
                (Event::Updated, "2025-10-20".to_owned()),
                (Event::ReviewDue, "2026-01-19".to_owned()),
                (Event::Updated, "2025-10-21".to_owned()),
                (Event::ReviewDue, "2027-01-01".to_owned()),
            ]
        );
    }

    #[test]
    fn what_states_nothing_about_the_page() {
        for text in [
            "```yaml\nlast_reviewed_on: 2020-01-01\n```\n",
            "**Next Review**: YYYY-MM-DD\n",
            "**Last Updated**: [DATE]\n",
            "The field `last_updated: 2020-01-01` is set.\n",
            "| Page | Last updated |\n|---|---|\n| a | 2020-01-01 |\n| b | 2020-01-01 |\n",
            "<!-- Last updated: 2020-01-01 -->\n",
            "We updated: 2020-01-01 was the day\n",
        ] {
            assert_eq!(stated(text), [], "{text}");
        }
    }

    #[test]
    fn intervals() {
        for (text, months) in [
            ("6 months", 6),
            ("1 year", 12),
            ("every 3 months", 3),
            ("Quarterly", 3),
            ("every six months", 6),
            ("At least once a year", 12),
            ("twice per year", 6),
        ] {
            let due = civil::date(2026, 1, 1).checked_add(interval(text).unwrap()).unwrap();
            assert_eq!(due, civil::date(2026, 1, 1).checked_add(months.months()).unwrap(), "{text}");
        }
        for text in ["6 months ago maybe? no", "soon", "-6 months", "6 moons", "999999999 years", "6"] {
            assert_eq!(interval(text).is_some(), text.starts_with("6 months"), "{text}");
        }
    }
}
