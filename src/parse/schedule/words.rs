//! Words that bind a frequency to a backup, or to something else.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cadence;

use crate::pattern::compiled;

/// What every word about backups has in it: looked for first, because that is cheap.
static STEMS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)back|dump|snap|wal|increm|velero|restic|borg|replic|repli|sicher|segur|respal|sauveg|salvat",
    )
    .expect("the pattern is constant")
});

static BACKUP: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?ix)
        (?-u:\b)_?(?:back(?:s|ed|ing)?[\s_-]?ups?|(?:pg_?|mysql|mongo|mariadb-|db)?dumps?(?:all|ed|ing)?|snap-?shots?|snapshotted|snapshotting
        |wal|incrementals?|velero|restic|borg(?:backup)?|pg_basebackup|replicated?|replication
        |(?:daten)?sicherung(?:en)?|gesichert|backupt|copias?\ de\ (?:seguridad|respaldo)|respald(?:os?|a[rn]?)|sauvegard(?:es?|ée?s?)
        |c[oó]pias?\ de\ segurança|salvataggi[oi]?)(?:(?-u:\b)|_)
        | _backups?(?:_|(?-u:\b)) | Backups?(?:Schedule|Frequency|Interval|Job)(?-u:\b)
        | sicherung(?:en|s\w*)?(?-u:\b)
        ",
    )
});

static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?ix)(?:(?-u:\b)(?:re)?(?:test|verif|validat|drill|check|monitor|review|audit|report|rehears|exercis|clean|prun|rotat|purg|delet|expir|vacuum|alert|integrity|inspect|train|patch|meeting|scan|metric|maintenance|sampl|simulat|confirm|ensur|off-?site|copied|copy\ to|transferr|long-?term|cold\ storage|tapes?(?-u:\b)
            |prüf|gelösch|lösch|kontroll|berichte|prueb|revis|elimin|borra|simulac|essai|exercic|supprim|contrôl)
          | überprüf | übung | vérif | rücksicher | wiederherstellungs | (?-u:\b)restor(?:e|ed|ing|es)?(?-u:\b))[a-z]*",
    )
});

/// Words before a frequency that say how long something is kept.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?:(?-u:\b)(?:ret[ae]in|retention|keep|kept|aufbewahr|aufgehoben|vorgehalten|conserv|reten[cç]|rétention)[^.;\n]*|(?-u:\b)\d{1,3}[\s-]+)$",
    )
});

/// The name of a column or key that holds frequencies.
static SCHEDULE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?-u:\b)(?:frequency|frequencies|schedules?|interval|cadence|periodicity|how often|cron|frequenz|häufigkeit|intervall|rhythmus|zeitplan|frecuencia|periodicidad|frequ[eê]ncia|fréquence|frequenza)(?-u:\b)",
    )
});

static NOT_THERE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?-u:\b)(?:no|not|without|lacks?|missing|disabled|never|instead of|kein\w*|ohne|nicht|sin|sans|pas de|sem|senza)\s+(?:\w+\s+){0,2}$",
    )
});

/// What only words about copies of every change have in them.
static COPIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)\bpitr\b|point[\s-]+in[\s-]+time|pg_?back_?rest|barman|litestream|drbd|\bwal-g|log[\s-]shipping|archive_command|hot[\s-]standby")
        .expect("the pattern is constant")
});

/// Whether a page says anything about backups at all: looked at before anything else, because most say nothing.
pub(super) fn may_say_something(text: &str) -> bool {
    is_backup(text) || COPIES.is_match(text)
}

pub(super) fn is_backup(text: &str) -> bool {
    STEMS.is_match(text) && BACKUP.is_match(text)
}

/// Whether what stands before a frequency in its clause makes it the time that something is kept: `Retention: 7 daily`.
pub(super) fn is_kept(before: &str) -> bool {
    KEPT.is_match(before)
}

/// Whether something else is done as often: a test, a check, a report.
pub(super) fn is_other(text: &str) -> bool {
    OTHER.is_match(text)
}

pub(super) fn is_schedule(text: &str) -> bool {
    SCHEDULE.is_match(text)
}

/// The words of a text that say that changes are copied as they happen. General ones ("real-time") count only where
/// backups are meant.
pub(super) fn continuous(text: &str, about_backups: bool) -> Vec<Range<usize>> {
    let mut found = cadence::continuous(text);
    found.retain(|place| {
        let words = text.get(place.clone()).unwrap_or_default().to_lowercase();
        let is_general = GENERAL.iter().any(|it| words.starts_with(it));
        let said = !is_general || about_backups || is_backup(text);
        let after = text.get(place.end..).unwrap_or_default();
        // "Real-time monitoring of backups".
        let of_other = is_general && after.trim_start().split(' ').next().is_some_and(is_other);
        said && !of_other && !NOT_THERE.is_match(text.get(..place.start).unwrap_or_default())
    });
    found
}

/// How general words for copying at once begin.
const GENERAL: &[&str] =
    &["contin", "kontinu", "en contin", "real", "near", "always", "echtzeit", "temps", "tiempo", "tempo"];

/// Whether words that say that changes are copied can mean nothing else: a replica may be one of a program.
/// `before` is what stands before them.
pub(super) fn is_sure(words: &str, before: &str) -> bool {
    let words = words.to_lowercase();
    let of_data = ["streaming", "logical", "synchronous", "asynchronous", "database", "region", "continuous"];
    if words.starts_with("repli") {
        let last = before.trim_end().rsplit([' ', '-', '\n']).next().unwrap_or_default().to_lowercase();
        return of_data.contains(&last.as_str());
    }
    [
        "pitr",
        "point",
        "pg",
        "wal-g",
        "barman",
        "litestream",
        "drbd",
        "archive_",
        "log",
        "continuous a",
        "hot",
        "change",
    ]
    .iter()
    .any(|it| words.starts_with(it))
}

/// Whether the words name a log that is shipped in parts, so that a frequency beside it counts.
pub(super) fn is_log(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["wal", "transaction", "bin", "redo", "archive", "log", "oplog"].iter().any(|it| words.starts_with(it))
}

/// The clause around a place.
pub(super) fn clause(text: &str, place: &Range<usize>) -> Range<usize> {
    around(
        text,
        place,
        &[
            "\n", ", ", "; ", ". ", " and ", " with ", " plus ", " und ", " mit ", " y ", " con ", " et ",
            " avec ", " — ", " - ", " | ", " + ",
        ],
    )
}

/// The sentence around a place.
pub(super) fn sentence(text: &str, place: &Range<usize>) -> Range<usize> {
    around(text, place, &[". ", "; ", ".\n", ";\n"])
}

fn around(text: &str, place: &Range<usize>, ends: &[&str]) -> Range<usize> {
    let before = text.get(..place.start).unwrap_or_default();
    let after = text.get(place.end..).unwrap_or_default();
    let start = ends.iter().filter_map(|it| before.rfind(it).map(|at| at + it.len())).max().unwrap_or(0);
    let end = ends.iter().filter_map(|it| after.find(it)).min().map_or(text.len(), |at| place.end + at);
    start..end
}

/// Whether a place begins its line, or follows a label: `Frequency: daily`.
pub(super) fn is_labelled(text: &str, place: &Range<usize>) -> bool {
    let line = text.get(..place.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let plain = line.trim_start_matches(|it: char| it.is_whitespace() || "-*+>_`".contains(it));
    plain.is_empty() || (line.contains(':') && plain.len() < 80)
}
