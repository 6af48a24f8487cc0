//! The longest time between two runs of a cron expression.
//!
//! Five fields as in `man 5 crontab`, with the names of days and months and the nicknames (`@daily`); six with
//! seconds first, as in CloudNativePG; `cron(…)` with a year last and `rate(…)`, as in AWS.

use jiff::civil::{Date, date};

/// A day in seconds.
const DAY: i64 = 86_400;

/// Five years with one leap day: every month begins on many weekdays.
const FROM: Date = date(2023, 1, 1);
const TO: Date = date(2027, 12, 31);

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

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
    let nickname = match expression {
        "@hourly" => "0 * * * *",
        "@daily" | "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" | "@annually" => "0 0 1 1 *",
        other => other,
    };
    let aws = inside(nickname, "cron(");
    let fields: Vec<&str> = aws.unwrap_or(nickname).split_whitespace().collect();
    let fields = match (fields.as_slice(), aws) {
        ([fields @ .., year], Some(_)) if fields.len() == 5 => (*year == "*").then_some(fields)?,
        (fields, None) if fields.len() == 5 => fields,
        ([_, fields @ ..], None) if fields.len() == 5 => fields,
        _ => return None,
    };
    let minutes = field(fields[0], 0, 59, &[])?;
    let hours = field(fields[1], 0, 23, &[])?;
    let days = field(fields[2], 1, 31, &[])?;
    let months = field(fields[3], 1, 12, &MONTHS)?;
    // AWS counts the days of the week from 1 on Sunday.
    let mut weekdays =
        if aws.is_some() { field(fields[4], 1, 7, &DAYS)? >> 1 } else { field(fields[4], 0, 7, &DAYS)? };
    weekdays |= weekdays >> 7 & 1;
    let any = |it: &str| it.starts_with(['*', '?']);
    let both = any(fields[2]) || any(fields[4]);

    let mut times: Vec<i64> = Vec::new();
    for hour in (0..24).filter(|it| hours >> it & 1 == 1) {
        times.extend((0..60).filter(|it| minutes >> it & 1 == 1).map(|minute| hour * 3600 + minute * 60));
    }
    let (first, last) = (*times.first()?, *times.last()?);
    let within = times.windows(2).map(|it| it[1] - it[0]).max().unwrap_or(0);
    let runs = |day: Date| {
        let in_month = days >> day.day() & 1 == 1;
        let in_week = weekdays >> day.weekday().to_sunday_zero_offset() & 1 == 1;
        months >> day.month() & 1 == 1 && if both { in_month && in_week } else { in_month || in_week }
    };
    let mut between = None;
    let mut before = None;
    let all = FROM.series(jiff::Span::new().days(1)).take_while(|it| *it <= TO).zip(0i64..);
    for (_, number) in all.filter(|(day, _)| runs(*day)) {
        let gap = before.map(|before| (number - before) * DAY + first - last);
        between = between.max(gap);
        before = Some(number);
    }
    Some(between?.max(within) as f64)
}

fn inside<'a>(expression: &'a str, start: &str) -> Option<&'a str> {
    expression.strip_prefix(start)?.strip_suffix(')').map(str::trim)
}

/// The values of a field as bits.
fn field(words: &str, min: u32, max: u32, names: &[&str]) -> Option<u64> {
    let value = |it: &str| -> Option<u32> {
        let named = names.iter().position(|name| it.eq_ignore_ascii_case(name));
        let number = match named {
            // Months are counted from 1, and so are the days of AWS.
            Some(at) => at as u32 + min,
            None => it.parse().ok()?,
        };
        (min..=max).contains(&number).then_some(number)
    };
    let mut bits = 0u64;
    for part in words.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<usize>().ok().filter(|it| *it > 0)?)),
            None => (part, None),
        };
        let (from, to) = match range.split_once('-') {
            _ if matches!(range, "*" | "?") => (min, max),
            Some((from, to)) => (value(from)?, value(to)?),
            None => (value(range)?, if step.is_some() { max } else { value(range)? }),
        };
        if from > to {
            return None;
        }
        (from..=to).step_by(step.unwrap_or(1)).for_each(|it| bits |= 1 << it);
    }
    Some(bits)
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
            ("0 1 * * 1-5", 72.0),
            ("0 1 * * MON-FRI", 72.0),
            ("0 3 * * 0", 168.0),
            ("0 3 * * 7", 168.0),
            ("0 0 1 * *", 31.0 * 24.0),
            ("0 0 1,15 * 0", 168.0),
            ("@hourly", 1.0),
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
            "0 2 L * *",
            "0 0 30 2 *",
            "5-1 * * * *",
            "*/0 * * * *",
            "rate(x)",
        ] {
            assert_eq!(longest_gap(words), None, "{words}");
        }
    }
}
