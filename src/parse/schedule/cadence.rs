//! Words, cron expressions and numbers that say how often something happens.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::cron;
use crate::model::schedule::Pace;
use crate::pattern::compiled;

const COUNT: &str = r"\d{1,3}|two|three|four|five|six|eight|ten|twelve|fifteen|thirty|other|second|third|zwei|drei|vier|sechs|acht|zwölf|dos|tres|cuatro|seis|ocho|doce|deux|trois|quatre|six|douze";
const UNIT: &str = r"seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|hr|h|days?|d|nights?|mornings?|evenings?|weeks?|months?|quarters?|years?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|minuten?|stunden?|tage?n?|nächte|nacht|wochen?|monate?n?|minutos?|horas?|d[ií]as?|noches?|noites?|semanas?|mes(?:es)?|heures?|jours?|nuits?|semaines?|mois|minuti|or[ae]|giorn[oi]|nott[ei]|settiman[ae]|mes[ei]";
/// Five fields, or six with seconds first; names only for months and days.
const CRON: &str = r"(?:[\d*?][\d*?/,L-]*[\x20\t]+){3,4}(?:[\d*?][\d*?/,-]*|(?i:[a-z]{3}))[\x20\t]+(?:[\d*?][\d*?/,L\#-]*|(?i:[a-z]{3}(?:[-,][a-z]{3})*))";

/// Every form; alternatives that begin earlier win, so `6-hourly` is not `hourly`.
static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?x)
        (?P<aws>(?-u:\b)(?:rate|cron)\([^)\n]{{3,40}}\))
        | (?P<cron>{CRON})
        | (?P<nick>@(?:hourly|daily|midnight|weekly|monthly|yearly|annually)(?-u:\b))
        | (?P<every>(?i)(?-u:\b)(?:every|each|alle|jede[nrs]?|cada|todos\ los|todas\ las|todos\ os|todas\ as|tous\ les|toutes\ les|chaque|ogni)[\s-]+(?:(?P<n>{COUNT})[\s-]*)?(?P<unit>{UNIT})(?-u:\b))
        | (?P<ofly>(?i)(?-u:\b)(?P<m>\d{{1,2}})[\s-]*(?:hourly|stündlich\w*)(?-u:\b))
        | (?P<times>(?i)(?-u:\b)(?P<k>once|twice|thrice|three\ times|four\ times|zweimal|dreimal|viermal|\d{{1,2}}\s?(?:x|×|times|mal|veces|fois|vezes|volte))[\s/]*(?:a\s|an\s|per\s|each\s|every\s|am\s|pro\s|al\s|por\s|par\s|ao\s|/\s?)?(?P<per>hourly|hour|daily|day|weekly|week|monthly|month|täglich|tag|woche|d[ií]a|semana|jour|semaine|giorno)(?-u:\b))
        | (?P<gap>(?i)(?-u:\b)(?P<g>\d{{1,3}})[\s-]?(?P<of>minute|min|m|hour|hr|h|day|d)s?[\s-]+(?:interval|backup|snapshot|dump|increment|differential|cadence|wal(?-u:\b)|(?:transaction[\s-]|bin)?logs?[\s-](?:backup|ship)))
        | (?P<adverb>(?i)(?-u:\b)(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually
            |stündlich|täglich|nächtlich|wöchentlich|monatlich
            |diari[oa]s?|diariamente|semanal(?:es|mente)?|mensual(?:es|mente)?|mensal|mensais|mensalmente
            |quotidien(?:ne)?s?|quotidiennement|journali[eè]re?s?|hebdomadaires?|mensuel(?:le)?s?|horaires?
            |giornalier[oaie]|quotidian[oaie]|settimanal[ei]|mensil[ei])e?[ns]?(?-u:\b))
        "
    ))
});

/// `at 02:00 and 14:00`, behind a word that means a day.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"(\d{1,2})(?::(\d{2}))?\s*([ap]m|h|uhr)?";
    compiled(&format!(
        r"(?i)^[^.;|\n]{{0,20}}?(?:(?-u:\b)(?:at|um|alle|ore|las)\s|à\s|@\s?|\()({time}(?:\s*(?:,|and|und|et|y|e|&|/|,\s*and)\s*{time})+)"
    ))
});

static TIME: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)(\d{1,2})(?::(\d{2}))?\s*([ap]m)?"));

/// `6h`, `15 minutes`: a whole value.
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"(?i)^(?:~\s*)?(?P<n>{COUNT})\s*(?P<unit>{UNIT})$")));

/// Words that say that changes are copied as they happen, wherever they stand.
static CONTINUOUS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?ix)
        (?-u:\b)(?:
        WAL(?-u:\b) | PITR | point[\s-]+in[\s-]+time | pg_?back_?rest | wal-?g(?-u:\b) | barman | litestream | debezium | DRBD | CDC(?-u:\b)
        | archive_(?:mode|command|timeout)
        | (?:bin(?:ary)?[\s-]?logs?|oplogs?|log[\s-]shipping|transaction[\s-]logs?|redo[\s-]logs?|change[\s-]data[\s-]capture|change[\s-]streams?)(?-u:\b)
        | replica(?:tion|ted|tes?|s|ting|ci[oó]n|ci[oó]nes|ç[aã]o|zione|ts?)?(?-u:\b) | repli(?:kation|kat|ziert|qu[eé]e?s?|zieren)
        | (?:hot|warm)[\s-]standby | multi-az(?-u:\b) | standby\s(?:database|cluster|server|node)
        | mirror(?:ed|ing)(?-u:\b) | always[\s-]on(?-u:\b) | append[\s-]?only | AOF(?-u:\b)
        | (?:continuous(?:ly)?|real[\s-]?time|near[\s-]real[\s-]?time|incremental[\s-]forever)(?-u:\b)
        | kontinuierlich | echtzeit | gespiegelt | en\ continu(?-u:\b) | temps\ réel | tiempo\ real | tempo\ real | tempo\ reale
        | contin[uú][oa]s?(?-u:\b) | continuamente
        )
        | réplication | répliqu | (?-u:\b)rejou
        ",
    )
});

/// Where a text says anything that the rest of this file reads, found in one pass each.
pub(super) struct Places([Vec<Range<usize>>; 2]);

impl Places {
    pub(super) fn of(text: &str) -> Places {
        Places([&*FORMS, &*CONTINUOUS].map(|it| it.find_iter(text).map(|it| it.range()).collect()))
    }

    /// Whether there is one in a part of the text, or across its edge.
    pub(super) fn any_in(&self, part: &Range<usize>) -> bool {
        let meets = |places: &Vec<Range<usize>>| {
            let first = places.partition_point(|it| it.end <= part.start);
            places.get(first).is_some_and(|it| it.start < part.end)
        };
        self.0.iter().any(meets)
    }
}

/// Every place of a text that says that changes are copied as they happen.
pub(super) fn continuous(text: &str) -> Vec<Range<usize>> {
    CONTINUOUS.find_iter(text).map(|it| it.range()).collect()
}

/// Every statement of a frequency in a text, in order.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Pace)> {
    let found = FORMS.captures_iter(text);
    found.filter_map(|it| Some((it.get(0)?.range(), Pace::LongestGap(pace(&it, text)?)))).collect()
}

/// A value that is a frequency as a whole: the cell of a column, the value of a key.
pub(super) fn whole(text: &str) -> Option<Pace> {
    let found = LENGTH.captures(text.trim())?;
    Some(Pace::LongestGap(count(found.name("n")?.as_str())? * unit(found.name("unit")?.as_str())?))
}

fn pace(found: &Captures<'_>, text: &str) -> Option<f64> {
    let whole = found.get(0)?;
    let word = |name: &str| found.name(name).map(|it| it.as_str());
    if let Some(expression) = word("aws").or(word("cron")).or(word("nick")) {
        // Five numbers in a row are no expression.
        return expression.contains(['*', '@', '(']).then(|| cron::longest_gap(expression)).flatten();
    }
    let gap = if let Some(name) = word("unit") {
        word("n").map_or(Some(1.0), count)? * unit(name)?
    } else if let Some(hours) = word("m") {
        count(hours)? * 3600.0
    } else if let (Some(times), Some(per)) = (word("k"), word("per")) {
        let times = times.to_ascii_lowercase();
        let times = match times.split(' ').next().unwrap_or_default() {
            "once" => 1.0,
            "twice" | "zweimal" => 2.0,
            "thrice" | "three" | "dreimal" => 3.0,
            "four" | "viermal" => 4.0,
            digits => digits
                .trim_end_matches(|it: char| !it.is_ascii_digit())
                .parse()
                .ok()
                .filter(|it| *it > 0.0)?,
        };
        unit(per)? / times
    } else if let (Some(n), Some(of)) = (word("g"), word("of")) {
        count(n)? * unit(of)?
    } else {
        unit(word("adverb")?)?
    };
    let of_day = CLOCK.captures(text.get(whole.end()..)?).filter(|_| gap == 86_400.0);
    Some(of_day.and_then(|it| between_times(it.get(1)?.as_str())).unwrap_or(gap))
}

/// The longest time between times of the day.
fn between_times(list: &str) -> Option<f64> {
    let mut times: Vec<u32> = Vec::new();
    for found in TIME.captures_iter(list) {
        let hour: u32 = found.get(1)?.as_str().parse().ok().filter(|it| *it < 24)?;
        let minute: u32 =
            found.get(2).map_or(Some(0), |it| it.as_str().parse().ok().filter(|it| *it < 60))?;
        let hour = match found.get(3).map(|it| it.as_str().to_ascii_lowercase()).as_deref() {
            Some("am") => hour % 12,
            Some(_) => hour % 12 + 12,
            None => hour,
        };
        times.push(hour * 60 + minute);
    }
    times.sort_unstable();
    let over_night = times.first()? + 1440 - times.last()?;
    let longest = times.windows(2).map(|it| it[1] - it[0]).max().unwrap_or(0).max(over_night);
    Some(f64::from(longest) * 60.0)
}

fn count(words: &str) -> Option<f64> {
    let named = Some(match words.to_lowercase().as_str() {
        "two" | "other" | "second" | "zwei" | "dos" | "deux" => 2.0,
        "three" | "third" | "drei" | "tres" | "trois" => 3.0,
        "four" | "vier" | "cuatro" | "quatre" => 4.0,
        "five" => 5.0,
        "six" | "sechs" | "seis" => 6.0,
        "eight" | "acht" | "ocho" => 8.0,
        "ten" => 10.0,
        "twelve" | "zwölf" | "doce" | "douze" => 12.0,
        "fifteen" => 15.0,
        "thirty" => 30.0,
        _ => 0.0,
    });
    named.filter(|it| *it > 0.0).or_else(|| words.parse().ok()).filter(|it| *it > 0.0)
}

/// The length of a unit, or of the time between two of what a word names.
fn unit(words: &str) -> Option<f64> {
    let words = words.to_lowercase();
    let starts = |names: &[&str]| names.iter().any(|it| words.starts_with(it));
    let (minute, hour, day) = (60.0, 3600.0, 86_400.0);
    Some(match words.as_str() {
        "s" => 1.0,
        "m" => minute,
        "h" | "hr" => hour,
        "d" => day,
        _ if starts(&["sec"]) => 1.0,
        _ if starts(&["month", "monat", "mes", "mois", "mens"]) => 31.0 * day,
        _ if starts(&["min"]) => minute,
        _ if starts(&["hour", "hr", "stund", "stünd", "hora", "heure", "ora", "ore"]) => hour,
        _ if starts(&["quarter"]) => 92.0 * day,
        _ if starts(&["year", "annual"]) => 366.0 * day,
        _ if starts(&["week", "woche", "wöche", "seman", "semai", "settim", "hebdo"]) => 7.0 * day,
        _ if starts(&[
            "day", "dai", "dia", "día", "night", "morning", "evening", "tag", "täg", "nacht", "näch",
        ]) || starts(&["noche", "noite", "jour", "nuit", "quotidi", "giorn", "nott"]) =>
        {
            day
        }
        _ if words.trim_end_matches('s').ends_with("day") => 7.0 * day,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> Vec<(&str, f64)> {
        let gap = |pace| match pace {
            Pace::Continuous { .. } => 0.0,
            Pace::LongestGap(seconds) => seconds / 3600.0,
        };
        find(text).into_iter().map(|(range, pace)| (&text[range], gap(pace))).collect()
    }

    #[test]
    fn words_and_expressions() {
        assert_eq!(hours("Daily at 2 AM"), [("Daily", 24.0)]);
        assert_eq!(hours("daily at 02:00 and 14:00"), [("daily", 12.0)]);
        assert_eq!(hours("every day (2 AM, 10 AM and 6 PM)"), [("every day", 8.0)]);
        assert_eq!(hours("dumped every six hours"), [("every six hours", 6.0)]);
        assert_eq!(hours("every 15min, 6-hourly"), [("every 15min", 0.25), ("6-hourly", 6.0)]);
        assert_eq!(
            hours("twice a day; 4x daily; 3 times per week"),
            [("twice a day", 12.0), ("4x daily", 6.0), ("3 times per week", 56.0)]
        );
        assert_eq!(hours("every night and every Sunday"), [("every night", 24.0), ("every Sunday", 168.0)]);
        assert_eq!(hours("15-minute snapshots"), [("15-minute snapshot", 0.25)]);
        assert_eq!(hours("`0 2 * * *`"), [("0 2 * * *", 24.0)]);
        assert_eq!(hours("0 */6 * * * /opt/backup.sh"), [("0 */6 * * *", 6.0)]);
        assert_eq!(hours("keep 30 days, 2026-01-02 10 11 12"), []);
        assert_eq!(
            hours("alle 6 Stunden, täglich um 2 und 14 Uhr, stündlich, 4-stündlich"),
            [("alle 6 Stunden", 6.0), ("täglich", 12.0), ("stündlich", 1.0), ("4-stündlich", 4.0)]
        );
        assert_eq!(
            hours("cada 6 horas, diariamente, toutes les 4 heures, sauvegarde quotidienne"),
            [
                ("cada 6 horas", 6.0),
                ("diariamente", 24.0),
                ("toutes les 4 heures", 4.0),
                ("quotidienne", 24.0)
            ]
        );
        assert_eq!(hours("every second day, every 4-6 hours"), [("every second day", 48.0)]);
        assert_eq!(whole("6h"), Some(Pace::LongestGap(21_600.0)));
        assert_eq!(whole("6h later"), None);
    }

    #[test]
    fn copied_as_it_happens() {
        assert_eq!(continuous("streaming replication to the hot standby").len(), 2);
        assert_eq!(continuous("WAL archiving").len(), 1);
        assert_eq!(continuous("the nightly dump").len(), 0);
    }
}
