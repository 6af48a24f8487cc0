//! Finds the names of levels in words: `P1`, `SEV-2`, `Severity 3`, `P0–P3`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::severity::{Family, Meaning};
use crate::pattern::compiled;

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"P(?P<p>[0-5])|(?i:sev(?:erity)?(?:[ -]level)?)[ -]?(?P<sev>[0-6])|S(?P<s>[0-5])|(?i:priority)[ -]?(?P<priority>[0-5])",
    )
});

/// What stands between the ends of a range, and the number of the second end where its name is cut short.
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?: ?[-–—−→~] ?| ?\.\.\.? ?| to | through )(?P<number>[0-6])?"));

static MEANING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?i)\b(?:(?P<a>critical|severe|emergency|catastrophic|urgent|blocker)|(?P<b>high|major|serious)",
        r"|(?P<c>medium|moderate|normal|average)|(?P<d>low|minor)|(?P<e>cosmetic|trivial|informational|negligible))\b",
    ))
});

static DURATION: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?P<open>[\d.] ?[-–—] ?)?\b(?P<n>\d{1,4}) ?(?P<unit>min(?:ute)?s?|m|h(?:ou)?rs?|h|days?|d|weeks?)\b",
    )
});

/// A level, or a range of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// How it is named.
    pub family: Family,
    /// The level; the first as written of a range.
    pub number: u8,
    /// The other end of a range.
    pub last: Option<u8>,
    /// Whether a `+` stands behind it.
    pub open: bool,
    /// Its bytes.
    pub range: Range<usize>,
}

impl Mention {
    /// The numbers that it names, lowest first.
    pub(super) fn numbers(&self) -> std::ops::RangeInclusive<u8> {
        let last = self.last.unwrap_or(self.number);
        self.number.min(last)..=self.number.max(last)
    }
}

/// Every level in some words, in order.
pub(super) fn mentions(words: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for captures in NAME.captures_iter(words) {
        let families =
            [("p", Family::P), ("sev", Family::Sev), ("s", Family::S), ("priority", Family::Priority)];
        let level = families.into_iter().find_map(|(name, family)| Some((family, captures.name(name)?)));
        let (Some(whole), Some((family, digit))) = (captures.get(0), level) else { continue };
        let Ok(number) = digit.as_str().parse::<u8>() else { continue };
        let range = whole.range();
        let before = words[..range.start].chars().next_back();
        let glued = before.is_some_and(|it| it.is_alphanumeric() || "_./#$@\\-–—−→~&=?".contains(it));
        let previous = found.last_mut().filter(|it| it.family == family && it.range.end < range.start);
        let gap = previous.as_ref().map(|it| &words[it.range.end..range.start]);
        let joined = gap.is_some_and(|it| it.trim() == "/");
        let spans = gap.is_some_and(|it| RANGE.find(it).is_some_and(|gap| gap.end() == it.len()));
        if glued && !joined && !spans || !ends(words, range.end) {
            continue;
        }
        if let (true, Some(previous)) = (spans, previous)
            && previous.last.is_none()
        {
            previous.last = Some(number);
            previous.range.end = range.end;
            continue;
        }
        let open = words[range.end..].starts_with('+');
        // "P1 - 4 hours" is no range.
        let cut = RANGE.captures(&words[range.end..]).and_then(|it| it.name("number"));
        let cut = cut.filter(|it| !words[range.end..].starts_with(' ') && ends(words, range.end + it.end()));
        let (last, end) = match cut {
            Some(it) => (it.as_str().parse().ok(), range.end + it.end()),
            None => (None, range.end),
        };
        found.push(Mention { family, number, last, open, range: range.start..end });
    }
    found
}

/// Whether a name may end before this byte: `P1-2xlarge`, `P95` and `severity 9.8` are none.
fn ends(words: &str, at: usize) -> bool {
    let mut rest = words[at..].chars();
    match rest.next() {
        Some(it) if it.is_alphanumeric() || matches!(it, '_' | '%' | '$' | '@' | '=') => false,
        Some('.' | ',') => !rest.next().is_some_and(|it| it.is_alphanumeric()),
        // A path is no level.
        Some('/' | '\\') => {
            rest.next().is_none_or(|it| it.is_uppercase() || it == ' ' || it.is_ascii_digit())
        }
        _ => true,
    }
}

/// What a label calls a level.
pub(super) fn meaning(label: &str) -> Option<Meaning> {
    let words = [
        ("a", Meaning::Critical),
        ("b", Meaning::High),
        ("c", Meaning::Medium),
        ("d", Meaning::Low),
        ("e", Meaning::Cosmetic),
    ];
    let mut found = MEANING
        .captures_iter(label)
        .filter_map(|it| words.iter().find(|(name, _)| it.name(name).is_some()).map(|it| it.1));
    // "Critical to high" says nothing certain.
    found.next().filter(|first| found.all(|it| it == *first))
}

/// The seconds of a duration, where there is exactly one and it runs by the clock.
pub(super) fn seconds(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    if lower.contains("business") || lower.contains("working") || lower.contains("best effort") {
        return None;
    }
    let mut all = DURATION.captures_iter(words);
    let (Some(one), None) = (all.next(), all.next()) else { return None };
    if one.name("open").is_some() {
        return None;
    }
    let unit = match one.name("unit")?.as_str().to_lowercase().chars().next()? {
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => 604_800,
    };
    Some(one.name("n")?.as_str().parse::<u32>().ok()? * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str) -> Vec<String> {
        let name = |it: &Mention| {
            let numbers: Vec<String> = it.numbers().map(|number| it.family.name(number)).collect();
            numbers.join("..")
        };
        mentions(words).iter().map(name).collect()
    }

    #[test]
    fn names_are_read_in_every_spelling() {
        assert_eq!(names("P1, sev2, SEV-3, Sev 4: Severity 1"), ["P1", "SEV-2", "SEV-3", "SEV-4", "SEV-1"]);
        assert_eq!(names("P0-level, P1/P2, a P3."), ["P0", "P1", "P2", "P3"]);
        assert_eq!(names("Priority 2 and S4"), ["Priority 2", "S4"]);
    }

    #[test]
    fn ranges_are_one_mention() {
        assert_eq!(names("(P0–P3)"), ["P0..P1..P2..P3"]);
        assert_eq!(names("SEV-1 through SEV-3"), ["SEV-1..SEV-2..SEV-3"]);
        assert_eq!(names("SEV1-4, Sev 0-2"), ["SEV-1..SEV-2..SEV-3..SEV-4", "SEV-0..SEV-1..SEV-2"]);
        assert_eq!(names("SEV-3 to SEV-1"), ["SEV-1..SEV-2..SEV-3"]);
    }

    #[test]
    fn other_things_are_no_levels() {
        let none =
            "P95 and P99, p1, HP1, P1.5, p3.2xlarge, P2_x, severity 9.8, /P1/x, #P3, P4d, several 3, P1=2";
        assert_eq!(names(none), Vec::<String>::new());
    }

    #[test]
    fn durations_are_exact_or_nothing() {
        assert_eq!(seconds("Immediate (< 15 min)"), Some(900));
        assert_eq!(seconds("1 hour"), Some(3_600));
        for unclear in ["15-30 minutes", "4 business hours", "5 min, 1 hour", "Immediate", "24/7"] {
            assert_eq!(seconds(unclear), None, "{unclear}");
        }
    }

    #[test]
    fn words_tell_what_a_level_means() {
        assert_eq!(meaning("SEV-1 (Critical)"), Some(Meaning::Critical));
        assert_eq!(meaning("P2: medium to high"), None);
        assert_eq!(meaning("P2"), None);
        assert!(Meaning::Critical.contradicts(Meaning::Low) && !Meaning::High.contradicts(Meaning::Critical));
    }
}
