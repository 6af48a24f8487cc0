//! Which scales and uses are found.

use super::*;
use crate::parse::markdown;
use crate::source::SourceId;

fn read(text: &str) -> PageSeverities {
    let page = markdown::parse(SourceId(0), "incidents.md", text, true);
    severities(&page, text).unwrap_or_else(|| panic!("no level in {text}"))
}

/// The complete scales as words: their levels, `about` others in parentheses.
fn scales(text: &str) -> Vec<String> {
    let scales = read(text).scales;
    scales.iter().filter(|it| it.complete).map(Scale::range).collect()
}

fn uses(text: &str) -> Vec<String> {
    read(text).uses.iter().map(|it| text[it.span.range()].to_owned()).collect()
}

#[test]
fn tables_define() {
    let table = |heading: &str, header: &str| {
        scales(&format!(
            "# Incidents\n\n## {heading}\n\n| {header} |\n|---|---|\n| **P1** - Critical | a |\n| 🔴 P2 | b |\n| `P3` | c |\n"
        ))
    };
    assert_eq!(table("Levels", "Severity | Definition"), ["P1 to P3"]);
    assert_eq!(table("Severity levels", "Level | Who is called"), ["P1 to P3"]);
    assert_eq!(table("Escalation", "Severity | Who"), Vec::<String>::new());
    assert_eq!(table("Response times", "Severity | Response time"), Vec::<String>::new());
    assert_eq!(table("Severity levels", "Severity | Date"), Vec::<String>::new());
}

#[test]
fn names_of_levels_may_stand_second() {
    let text = "# Incident severity\n\n| Name | Level | Meaning |\n|---|---|---|\n| Critical | SEV1 | a |\n| Low | SEV2 | b |\n";
    assert_eq!(scales(text), ["SEV-1 to SEV-2"]);
    assert_eq!(read(text).scales[0].levels[1].meaning, Some(crate::model::severity::Meaning::Low));
}

#[test]
fn headings_and_lists_define() {
    let headings = "# Incidents\n\n## Severity levels\n\n### P0: Critical (Response time: 5 minutes)\n\nx\n\n### P1/P2 - Low\n\n**Response time:** 1 hour\n\n## P1 procedure\n\nx\n";
    assert_eq!(scales(headings), ["P0 to P2"]);
    let levels = &read(headings).scales[0].levels;
    assert_eq!(
        levels.iter().map(|it| it.response).collect::<Vec<_>>(),
        [Some(300), Some(3_600), Some(3_600)]
    );
    assert_eq!(scales("# Plan\n\n## Severity\n\n- **SEV-1**: a\n- **SEV-2+**: b\n"), ["SEV-1 to SEV-2"]);
    assert_eq!(
        scales("# Plan\n\n1. Severity levels:\n   - S1 (critical): a\n   - S2 (low): b\n"),
        ["S1 to S2"]
    );
    assert_eq!(
        scales("# Plan\n\n## Severity\n\nResponse times:\n\n- P1: 5 min\n- P2: 9 min\n"),
        Vec::<String>::new()
    );
    assert_eq!(scales("# Plan\n\n## Updates\n\n- SEV1: hourly\n- SEV2: daily\n"), Vec::<String>::new());
}

#[test]
fn bold_paragraphs_define() {
    let text = "# Plan\n\n## Severity\n\n**P1 - Critical**\n- a\n- Response time: 5 min\n\n**P2 - Low**\n- b\n\n**Owner**: P3\n";
    assert_eq!(scales(text), ["P1 to P2"]);
    assert_eq!(read(text).scales[0].levels[0].response, Some(300));
}

#[test]
fn a_list_with_holes_is_no_scale() {
    assert_eq!(scales("# Plan\n\n## Severity\n\n- P1: a\n- P3: b\n"), Vec::<String>::new());
    assert_eq!(scales("# Plan\n\n## Severity\n\n- P2: a\n- P3: b\n"), Vec::<String>::new());
    assert_eq!(scales("# Plan\n\n## Severity\n\n- P1: a\n- P2: b\n- P1: c\n"), Vec::<String>::new());
}

#[test]
fn a_page_may_spell_a_scale_that_is_not_read() {
    assert_eq!(read("# A\n\n```\nSEV-1 SEV-2 SEV-3\n```\n").spelled, [Family::Sev]);
    assert_eq!(read("# A\n\nA P1 is a SEV-1 of the vendor.\n").spelled, [Family::P, Family::Sev]);
    assert_eq!(read("# A\n\nA P1.\n\nA SEV-1.\n").spelled, []);
}

#[test]
fn sentences_and_raw_tables_define() {
    assert_eq!(scales("# A\n\nWe have 4 severity levels (P0–P3).\n"), ["P0 to P3"]);
    assert_eq!(scales("# A\n\n## Severity levels\n\n- Sev0 to Sev4, each with a time\n"), ["SEV-0 to SEV-4"]);
    assert_eq!(scales("# A\n\nPage for severity levels P0-P1.\n"), Vec::<String>::new());
    let html = "# Severity levels\n\n<table>\n<tr><td>SEV-1</td><td>a</td></tr>\n<tr><td>SEV-2</td><td>b</td></tr>\n</table>\n";
    assert_eq!(scales(html), ["SEV-1 to SEV-2"]);
}

#[test]
fn both_names_of_a_level_count() {
    let text = "# Incidents\n\n## Severity\n\n### SEV-1 (P0)\n\nx\n\n### SEV-2 (P1)\n\nx\n";
    assert_eq!(scales(text), ["SEV-1 to SEV-2", "P0 to P1"]);
}

#[test]
fn scales_of_other_things_are_not_about_incidents() {
    let about = |heading: &str| {
        let found = read(&format!("# Guide\n\n## {heading}\n\n- P1: a\n- P2: b\n")).scales;
        (found[0].incidents, found[0].scope.clone())
    };
    assert_eq!(about("Incident severity"), (true, String::new()));
    assert_eq!(about("Severity of security incidents"), (true, "security".to_owned()));
    assert!(!about("Bug severity").0 && !about("Feature priorities").0);
}

#[test]
fn uses_need_incidents_around_priorities() {
    assert_eq!(uses("# A\n\nA P1 incident and SEV-2.\n"), ["P1", "SEV-2"]);
    assert_eq!(uses("# A\n\nThe P1 widget.\n\nA `SEV-3`, not `sev3`.\n"), ["SEV-3"]);
    assert_eq!(uses("# A\n\nThe S3 outage of S2.\n"), ["S2"]);
}

#[test]
fn any_prefix_is_read() {
    let text = "---\nseverity: P1\n---\n# Séverity levels\n\n| Lével | Meaning é |\n|---|---|\n| 🔴 P1 — é | 15 min |\n| P2–P3+ | ü |\n\n- **SEV-1**: é\n- SEV-2 → ü\n\n(P0–P4) severity levels (P0 through P4)\n";
    for end in (0..=text.len()).filter(|&it| text.is_char_boundary(it)) {
        let page = markdown::parse(SourceId(0), "a.md", &text[..end], true);
        severities(&page, &text[..end]);
    }
}
