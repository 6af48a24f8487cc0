//! Scores the extraction of recovery objectives against labelled excerpts.
//!
//! Without further ado the excerpts are those in `fixtures/recovery/forms.jsonl`, and every one must be right.
//! `DOCWRIGHT_RECOVERY_FORMS` names another file of the same shape: the score is printed then, with every wrong
//! case (`cargo test score_recovery -- --nocapture`); `DOCWRIGHT_RECOVERY_PART` (`seen`, `held-out`) takes two
//! of three cases, or the third.

use std::collections::BTreeMap;

use docwright::model::fact::Objective;
use docwright::parse::{markdown, recovery};
use docwright::source::SourceId;
use serde_json::Value;

/// An excerpt with what must be read from it.
struct Case {
    text: String,
    note: String,
    expect: Vec<Said>,
}

/// Kind, role, milliseconds.
type Said = (&'static str, String, Option<i64>);

/// Counts of one class.
#[derive(Default)]
struct Score {
    hits: usize,
    got: usize,
    expected: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        if self.got == 0 { 1.0 } else { self.hits as f64 / self.got as f64 }
    }

    fn recall(&self) -> f64 {
        if self.expected == 0 { 1.0 } else { self.hits as f64 / self.expected as f64 }
    }
}

#[test]
fn score_recovery() {
    #[expect(clippy::disallowed_methods, reason = "a test chooses its data by the environment")]
    let (file, part) = (std::env::var("DOCWRIGHT_RECOVERY_FORMS"), std::env::var("DOCWRIGHT_RECOVERY_PART"));
    let external = file.is_ok();
    #[expect(clippy::disallowed_methods, reason = "tests read their data")]
    let lines = match file {
        Ok(path) => std::fs::read_to_string(path).unwrap(),
        Err(_) => include_str!("fixtures/recovery/forms.jsonl").to_owned(),
    };
    let part = part.unwrap_or_default();
    let cases = lines.lines().enumerate().filter(|(at, _)| match part.as_str() {
        "seen" => at % 3 != 2,
        "held-out" => at % 3 == 2,
        _ => true,
    });
    let mut classes: BTreeMap<String, Score> = BTreeMap::new();
    let mut all = Score::default();
    for (at, case) in cases.map(|(at, line)| (at, case(line))) {
        let got = read(&case.text);
        let hits = hits(&case.expect, &got);
        let class = case.note.split(|it: char| !it.is_alphanumeric() && it != '-').next().unwrap_or_default();
        for score in [&mut all, classes.entry(class.to_owned()).or_default()] {
            score.hits += hits;
            score.got += got.len();
            score.expected += case.expect.len();
        }
        if hits < got.len() || hits < case.expect.len() {
            println!("#{at} {}\n{}", case.note, case.text.trim_end());
            println!("  expected {:?}\n  got      {got:?}\n", case.expect);
        }
    }
    for (class, score) in &classes {
        println!(
            "{class:16} P {:.3} R {:.3} ({} expected)",
            score.precision(),
            score.recall(),
            score.expected
        );
    }
    println!(
        "all: P {:.4} R {:.4} ({} of {} expected, {} got)",
        all.precision(),
        all.recall(),
        all.hits,
        all.expected,
        all.got
    );
    if !external {
        assert!(all.hits == all.got && all.hits == all.expected, "every committed case is right");
    }
}

fn case(line: &str) -> Case {
    let json: Value = serde_json::from_str(line).expect("a line of JSON");
    let said = |it: &Value| {
        let kind = if it["kind"] == "rto" { "rto" } else { "rpo" };
        let role = it["role"].as_str().expect("a role").to_owned();
        (kind, role, it["value_seconds_max"].as_f64().map(milliseconds))
    };
    Case {
        text: dedent(json["text"].as_str().expect("a text")),
        note: json["note"].as_str().unwrap_or_default().to_owned(),
        expect: json["expect"].as_array().expect("a list").iter().map(said).collect(),
    }
}

fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

/// Without the indentation that all lines share.
fn dedent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = text.lines().filter(|it| !it.trim().is_empty()).map(indent).min().unwrap_or_default();
    text.lines().map(|it| it.get(common..).unwrap_or_default().to_owned() + "\n").collect()
}

fn read(text: &str) -> Vec<Said> {
    let page = markdown::parse(SourceId(0), "excerpt.md", text, false);
    let mut facts = recovery::facts(&page, text);
    facts.retain(|it| it.kind != Objective::Mtd);
    for fact in &facts {
        assert!(text.get(fact.span.range()).is_some(), "{fact:?}");
    }
    facts
        .iter()
        .map(|it| {
            let kind = match it.kind {
                Objective::Rto => "rto",
                _ => "rpo",
            };
            (kind, it.role.as_str().to_owned(), it.seconds.map(milliseconds))
        })
        .collect()
}

/// How many facts match; where the role is not said, "target" is right too.
fn hits(expect: &[Said], got: &[Said]) -> usize {
    let mut left = expect.to_vec();
    let mut take =
        |fact: &Said| left.iter().position(|it| it == fact).map(|at| left.swap_remove(at)).is_some();
    let rest: Vec<&Said> = got.iter().filter(|it| !take(it)).collect();
    let bare =
        rest.iter().filter(|it| it.1 == "target").filter(|it| take(&(it.0, "unspecified".to_owned(), it.2)));
    got.len() - rest.len() + bare.count()
}
