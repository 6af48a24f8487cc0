//! What the words around a level say: whether they are about incidents, and whether they define or use.

use crate::model::document_type::plain_words;
use crate::model::page::Page;
use crate::model::prose::Piece;

/// Headings above a scale.
const SCALE: &str = "severity, severities, priority, priorities, classification, classifications, classifying, classify, \
    incident levels, incident level, alert levels, incident types, triage, sev levels, sev definitions, \
    sev scale";

/// Headings above tables and lists that use levels.
const USE: &str = "response, responses, respond, responding, escalation, escalations, escalate, communication, \
    communications, notification, notifications, notify, contact, contacts, rules, routing, sla, slas, \
    slo, slos, metrics, timeline, timelines, history, log, targets, cadence, updates, approval, \
    distribution, by severity, per severity, by priority, actions, action, checklist, procedure, \
    procedures, thresholds, paging, channels, open, resolved, status, on call, stats, statistics, \
    results, counts, reporting, review, alerts";

/// Words of what is ranked and is no incident.
const FOREIGN: &str = "bug, bugs, defect, defects, review, reviews, reviewer, finding, findings, vulnerability, \
    vulnerabilities, cve, audit, lint, linter, risk, risks, test, tests, testing, qa, feature, features, \
    requirement, requirements, roadmap, backlog, sprint, task, tasks, todo, milestone, milestones, \
    story, stories, recovery, restore, restoration, tier, tiers, rto, rpo, code, github, label, labels, \
    project, development, release, plan items, improvement, improvements, gap, gaps, recommendations, \
    recommendation, enhancements, debt, technical debt, accessibility, compliance, threat, threats, \
    migration, implementation, phase, phases, pull request, issue, issues, assets, work, content";

/// Words above work that follows from an incident: its priorities are no severities.
const WORK: &str = "action items, actions, action, follow up, follow ups, backlog, roadmap, todo, tasks, next steps, \
    recommendations, improvements, features, lessons, lessons learned, corrective, preventive, \
    prevention, gaps, tickets, findings, sprint, milestones, requirements, tests, testing, recovery \
    order, recovery priority, recovery priorities, restoration, tiers, rto, future, bugs";

/// Sorts of incidents for which an organisation may well have a scale of its own.
const SCOPES: [(&str, &str); 8] = [
    ("security", "security, breach, cyber, phi"),
    ("privacy", "privacy, gdpr"),
    ("support", "support, customer, customers, client, clients, contract, sla, slas, help desk"),
    ("alerts", "alert, alerts, alerting, alarm, alarms, monitoring"),
    ("data", "data quality, data incidents, data pipeline"),
    ("vendor", "vendor, vendors, supplier, third party"),
    ("disaster", "disaster, disasters, dr"),
    ("hours", "after hours, business hours, weekend, weekends, night, nights"),
];

const INCIDENT: &str = "incident, incidents, outage, outages, severity, severities, sev, on call, oncall, pager, paged, \
    page, escalate, escalated, escalation, postmortem, post mortem, alert, alerts";

/// Whether one of the terms of a list stands in some plain words.
pub(super) fn any(words: &str, list: &str) -> bool {
    list.split(", ").any(|it| {
        words
            .match_indices(it)
            .any(|(at, _)| words[..at].ends_with(' ') && words[at + it.len()..].starts_with(' '))
    })
}

/// Whether a heading or a lead-in announces a scale, and does not announce what is done at each level.
pub(super) fn announces(words: &str) -> bool {
    any(words, SCALE) && !uses(words)
}

/// Whether a heading stands above levels in use.
pub(super) fn uses(words: &str) -> bool {
    any(words, USE)
}

/// Whether words are about something that is ranked and is no incident.
pub(super) fn is_foreign(words: &str) -> bool {
    any(words, FOREIGN)
}

/// Whether words stand above things to do.
pub(super) fn is_work(words: &str) -> bool {
    any(words, WORK)
}

/// Whether words are about incidents.
pub(super) fn is_incident(words: &str) -> bool {
    any(words, INCIDENT)
}

/// The sorts of incidents that words narrow a scale to.
pub(super) fn scope(words: &str) -> String {
    let found: Vec<&str> = SCOPES.iter().filter(|(_, list)| any(words, list)).map(|it| it.0).collect();
    found.join(", ")
}

/// The words of the headings above a piece, outermost first, the page's title before them.
pub(super) fn above(page: &Page, piece: &Piece) -> Vec<String> {
    let mut all: Vec<String> = piece.headings(page).map(|it| plain_words(&it.text)).collect();
    let title = plain_words(&page.title);
    if all.first() != Some(&title) {
        all.insert(0, title);
    }
    all
}

/// Whether the nearest of some headings that says anything about it announces a scale.
pub(super) fn announced(headings: &[String]) -> bool {
    let telling = headings.iter().rev().take(3).find(|it| any(it, SCALE) || uses(it) || is_foreign(it));
    telling.is_some_and(|it| announces(it))
}

/// Whether a page is for those who operate something.
pub(super) fn is_operations(page: &Page) -> bool {
    let kinds = [
        "alert",
        "runbook",
        "dr-plan",
        "backup-policy",
        "incident",
        "postmortem",
        "on-call",
        "troubleshooting",
    ];
    page.document_type.as_deref().is_some_and(|it| kinds.contains(&it))
}
