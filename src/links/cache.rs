//! Answers on disk, so that a page that was there this week is not asked for again: JSON, ordered by address.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::model::external::{Answer, Verdict};

/// The file's name unless the command line says otherwise; it lies in the project's root.
pub const NAME: &str = ".docwright-links.json";

/// Answers, each with when it was given. By address.
pub type Cache = BTreeMap<String, Entry>;

/// A remembered answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it was given.
    pub at: Timestamp,
    /// What it was.
    pub answer: Answer,
}

/// How long answers hold.
#[derive(Debug, Clone, Copy)]
pub struct Ages {
    /// That a page is there.
    pub alive: Duration,
    /// Everything else.
    pub other: Duration,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    answers: BTreeMap<String, Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    at: Timestamp,
    verdict: Verdict,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fragments: BTreeMap<String, bool>,
}

/// The answers in a file's text; none where it is not what [`write`] writes: a cache is never an error.
pub fn read(text: &str) -> Option<Cache> {
    let file: File = serde_json::from_str(text).ok().filter(|it: &File| it.version == 1)?;
    let entry = |line: Line| Entry {
        at: line.at,
        answer: Answer { verdict: line.verdict, why: line.why, moved: line.moved, fragments: line.fragments },
    };
    Some(file.answers.into_iter().map(|(url, line)| (url, entry(line))).collect())
}

/// The text of a file with these answers.
pub fn write(cache: &Cache) -> String {
    let line = |entry: &Entry| Line {
        at: entry.at,
        verdict: entry.answer.verdict,
        why: entry.answer.why.clone(),
        moved: entry.answer.moved.clone(),
        fragments: entry.answer.fragments.clone(),
    };
    let answers = cache.iter().map(|(url, entry)| (url.clone(), line(entry))).collect();
    // Plain data in text keys can always be written.
    serde_json::to_string_pretty(&File { version: 1, answers }).unwrap_or_default() + "\n"
}

impl Entry {
    /// Whether it still holds. An answer from the future does not.
    pub fn holds(&self, now: Timestamp, ages: Ages) -> bool {
        let limit = if self.answer.verdict == Verdict::Alive { ages.alive } else { ages.other };
        let age = now.duration_since(self.at);
        !age.is_negative() && SignedDuration::try_from(limit).is_ok_and(|limit| age < limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn what_is_written_is_read_again_and_ordered() {
        let alive = Answer {
            moved: Some("https://new.org/".to_owned()),
            fragments: BTreeMap::from([("a".to_owned(), false)]),
            ..Answer::new(Verdict::Alive, "")
        };
        let entry = |answer| Entry { at: at("2026-03-01T10:00:00Z"), answer };
        let mut cache = Cache::new();
        cache
            .insert("https://b.org/".to_owned(), entry(Answer::new(Verdict::Dead, "the server answers 404")));
        cache.insert("https://a.org/".to_owned(), entry(alive));
        let text = write(&cache);
        assert!(text.find("a.org") < text.find("b.org"));
        assert_eq!(read(&text), Some(cache));
        for broken in
            ["", "{", "{\"version\": 2, \"answers\": {}}", text.get(..text.len() / 2).expect("a half")]
        {
            assert_eq!(read(broken), None);
        }
    }

    #[test]
    fn answers_grow_old() {
        let ages = Ages { alive: Duration::from_secs(3600), other: Duration::from_secs(60) };
        let holds = |verdict, now: &str| {
            Entry { at: at("2026-03-01T10:00:00Z"), answer: Answer::new(verdict, "") }.holds(at(now), ages)
        };
        assert!(holds(Verdict::Alive, "2026-03-01T10:59:59Z"));
        assert!(!holds(Verdict::Alive, "2026-03-01T11:00:00Z"));
        assert!(!holds(Verdict::Dead, "2026-03-01T10:01:00Z"));
        assert!(!holds(Verdict::Alive, "2026-03-01T09:59:59Z"));
    }
}
