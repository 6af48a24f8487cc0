//! What facts are about and where they stand. Their values are tested by `tests/score_recovery.rs`.

use crate::model::fact::{Fact, Objective, Status};
use crate::parse::markdown;
use crate::source::SourceId;

fn facts(text: &str) -> Vec<Fact> {
    super::facts(&markdown::parse(SourceId(0), "plan.md", text, false), text)
}

fn subjects(text: &str) -> Vec<String> {
    facts(text).iter().map(|it| it.subject.join(" > ")).collect()
}

#[test]
fn headings_and_rows_give_the_subject_outermost_first() {
    let text = "# Redis failover\n\n## 2. Staging\n\n| Service | RTO |\n|---|---|\n| **Cart** 🛒 | 1 h |\n";
    assert_eq!(subjects(text), ["Redis failover > Staging > Cart"]);
}

#[test]
fn general_words_decoration_and_reports_are_no_subject() {
    for title in [
        "# Disaster Recovery Plan",
        "# 🚀 Week 17 - Documentation Complete ✅",
        "# Track 4: Operations - Completion Report",
        "## Recovery Objectives",
        "### 5.2 Key Features",
        "## Overview âœ…",
    ] {
        assert_eq!(subjects(&format!("{title}\n\n- **RTO**: 4 hours\n")), [""], "{title}");
    }
}

#[test]
fn a_tolerable_downtime_is_no_objective() {
    let kinds = |text: &str| facts(text).iter().map(|it| (it.kind, it.raw.clone())).collect::<Vec<_>>();
    let (rto, mtd) = (|it: &str| (Objective::Rto, it.to_owned()), |it: &str| (Objective::Mtd, it.to_owned()));
    assert_eq!(kinds("MTPD: 8 hours\n\nRTO: 4 hours\n"), [mtd("8 hours"), rto("4 hours")]);
    assert_eq!(kinds("RTO (maximum tolerable downtime): 4 hours\n"), [rto("4 hours")]);
    assert_eq!(kinds("RTO + WRT: 6 hours\n"), [mtd("6 hours")]);
    assert_eq!(kinds("| Metric | Target | MTD |\n|---|---|---|\n| RTO | 4 h | 8 h |\n"), [rto("4 h")]);
    assert_eq!(kinds("See [the rule](recovery/rto-over-mtd.md): recovery/rto-over-mtd\n"), []);
    assert_eq!(kinds("Revenue MTD: 2 hours; YTD (year to date): 3 hours\n"), []);
}

#[test]
fn two_scopes_of_one_value_are_told_apart() {
    assert_eq!(subjects("RPO: 1 hour (SQLite) / 5 minutes (PostgreSQL)\n"), ["SQLite", "PostgreSQL"]);
}

#[test]
fn numbers_of_tiers_stay() {
    assert_eq!(subjects("## Tier 1\n\nRTO: 1 h\n\n## Tier 2\n\nRTO: 4 h\n"), ["Tier 1", "Tier 2"]);
}

#[test]
fn a_second_value_column_is_told_from_the_target() {
    let text = "| Metric | Target | Maximum acceptable |\n|---|---|---|\n| RTO | 15 min | 1 h |\n";
    assert_eq!(subjects(text), ["", "Maximum acceptable"]);
}

#[test]
fn spans_in_html_are_those_of_the_source() {
    let text = "<table>\n<tr><th>Store</th><th>RTO</th></tr>\n<tr><td>Ledger</td><td>&lt; 4&nbsp;h</td></tr>\n</table>\n";
    let found = facts(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].raw, "&lt; 4&nbsp;h");
    assert_eq!(&text[found[0].span.range()], "&lt; 4&nbsp;h");
    assert_eq!(found[0].subject, ["Ledger"]);
}

#[test]
fn whoever_is_quoted_states_nothing() {
    assert!(facts("The old page said \"RTO: TBD\", which helped nobody.\n").is_empty());
    assert!(facts("The report claims an RTO of 4 hours, but no drill shows it.\n").is_empty());
}

#[test]
fn what_has_no_number_says_why() {
    let status = |text: &str| facts(text)[0].status;
    assert_eq!(status("- RTO: best effort\n"), Status::Soft);
    assert_eq!(status("- RTO: TBD\n"), Status::Unset);
    assert_eq!(status("- RPO: N/A (stateless)\n"), Status::Set);
}

#[test]
fn a_reason_may_stand_in_another_cell() {
    let table = "| Store | Backup | RPO | RTO |\n|---|---|---|---|\n| Queue | None needed: rebuilt from the ledger | n/a | 5 min |\n| Ledger | nightly | n/a | 1 h |\n";
    let statuses: Vec<_> =
        facts(table).into_iter().filter(|it| it.kind == Objective::Rpo).map(|it| it.status).collect();
    assert_eq!(statuses, [Status::Set, Status::Unset]);
}

#[test]
fn strategies_that_a_page_teaches_are_no_objectives() {
    let taught = "# Handbook\n\n**1. Backup & restore**\n\n- RTO: several hours\n\n**2. Pilot light**\n\n- RTO: minutes\n\n**3. Warm standby**\n\n- RTO: 10 minutes\n\n## Ours\n\n- RTO: 4 hours\n";
    assert_eq!(facts(taught).iter().map(|it| it.raw.as_str()).collect::<Vec<_>>(), ["4 hours"]);
    let below = "# Handbook\n\n## Backup and restore\n\n- RTO: 24 h\n\n## Pilot light\n\n### Times\n\n- RTO: 4 h\n\n## Warm standby\n\n- RTO: 1 h\n";
    assert!(facts(below).is_empty());
    let ours = "# Plan\n\n## Warm standby\n\n- RTO: 30 minutes\n\n## Backup and restore\n\n- RTO: 4 hours\n";
    assert_eq!(facts(ours).len(), 2);
}

#[test]
fn unclosed_markup_is_read_to_its_end() {
    for text in
        ["<td>RTO <", "<table><tr><td>RTO", "<!-- RTO: 4 h", "<p>RTO: 4 h", "<td colspan=999999999999>RTO"]
    {
        facts(text);
    }
}
