//! The longest time between two runs of a cron expression.
//!
//! Five fields as in `man 5 crontab`, with names and nicknames (`@daily`); six with seconds first, as in CloudNativePG;
//! `cron(…)` with a year last and `rate(…)`, as in AWS.

use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use jiff::civil::{Date, DateTime, date};

/// Five years with one leap day: every month begins on many weekdays.
const FROM: Date = date(2023, 1, 1);
const TO: Date = date(2027, 12, 31);

/// More days than a year has: what runs on as many has shown all of its gaps.
const DAYS: usize = 400;

/// The longest gap in seconds; none when it is no expression, or one that depends on more than the clock.
pub(super) fn longest_gap(expression: &str) -> Option<f64> {
    let expression = expression.trim();
    if let Some(rate) = inside(expression, "rate(") {
        let (count, unit) = rate.split_once(' ')?;
        let unit = match unit.trim().trim_end_matches('s') {
            "minute" => 60.0,
            "hour" => 3600.0,
            "day" => 86_400.0,
            _ => return None,
        };
        return count.parse::<u16>().ok().filter(|it| *it > 0).map(|it| f64::from(it) * unit);
    }
    let aws = inside(expression, "cron(");
    let fields: Vec<&str> = aws.unwrap_or(expression).split_whitespace().collect();
    let fields = match (fields.as_slice(), aws) {
        ([fields @ .., year], Some(_)) if fields.len() == 5 => (*year == "*").then_some(fields)?,
        // At which second of the minute makes no difference.
        ([_, fields @ ..], None) if fields.len() == 5 => fields,
        (fields, None) => fields,
        _ => return None,
    };
    let parser = CronParser::builder()
        .seconds(Seconds::Disallowed)
        .year(Year::Disallowed)
        // AWS counts the days of the week from 1 on Sunday.
        .alternative_weekdays(aws.is_some())
        .sloppy_ranges(true)
        .build();
    between_runs(&parser.parse(&fields.join(" ")).ok()?)
}

fn inside<'a>(expression: &'a str, start: &str) -> Option<&'a str> {
    expression.strip_prefix(start)?.strip_suffix(')').map(str::trim)
}

/// The longest time between two runs, in seconds. Every day that has runs has them at the same times, so those of one
/// day are looked at, and then only the first of each day.
fn between_runs(cron: &Cron) -> Option<f64> {
    let after = |at: DateTime, inclusive: bool| {
        cron.find_next_occurrence(&at, inclusive).ok().filter(|it| it.date() <= TO)
    };
    let seconds = |from: DateTime, to: DateTime| to.duration_since(from).as_secs();
    let first = after(FROM.to_datetime(jiff::civil::Time::midnight()), true)?;
    let (mut last, mut longest) = (first, 0);
    let mut next = after(last, false)?;
    while next.date() == first.date() {
        longest = longest.max(seconds(last, next));
        (last, next) = (next, after(next, false)?);
    }
    for _ in 0..DAYS {
        longest = longest.max(seconds(last, next));
        last = next.date().to_datetime(last.time());
        match after(last, false) {
            Some(it) => next = it,
            None => break,
        }
    }
    Some(longest as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_expressions() {
        let hour = 3600.0;
        for (expression, gap) in [
            ("0 2 * * *", 24.0),
            ("0 */6 * * *", 6.0),
            ("*/15 * * * *", 0.25),
            ("0 2,14 * * *", 12.0),
            ("0 8-18 * * *", 14.0),
            ("*/10 8-17 * * MON-FRI", 62.0 + 1.0 / 6.0),
            ("0 1 * * 1-5", 72.0),
            ("0 1 * * MON-FRI", 72.0),
            ("0 3 * * 0", 168.0),
            ("0 3 * * 7", 168.0),
            ("0 0 1 * *", 31.0 * 24.0),
            ("0 2 L * *", 31.0 * 24.0),
            ("0 0 1 1 *", 366.0 * 24.0),
            ("0 0 1,15 * 0", 168.0),
            ("0 2 * 1-11 *", 32.0 * 24.0),
            ("@hourly", 1.0),
            ("@daily", 24.0),
            ("@monthly", 31.0 * 24.0),
            ("0 0 */4 * * *", 4.0),
            ("cron(0 5 ? * * *)", 24.0),
            ("cron(0 5 ? * MON-FRI *)", 72.0),
            ("cron(0 5 ? * 2-6 *)", 72.0),
            ("rate(12 hours)", 12.0),
            ("rate(1 day)", 24.0),
        ] {
            assert_eq!(longest_gap(expression), Some(gap * hour), "{expression}");
        }
    }

    #[test]
    fn what_is_no_expression() {
        for words in [
            "",
            "* * * *",
            "61 * * * *",
            "H 2 * * *",
            "0 0 30 2 *",
            "5-1 * * * *",
            "*/0 * * * *",
            "0 2 * * * 2027 7",
            "rate(x)",
        ] {
            assert_eq!(longest_gap(words), None, "{words}");
        }
    }
}
