//! The card of a page: what a reader wants to know before the first line, from what the page and the model say.

use std::ops::Range;

use super::freshness::{dates_of, status};
use super::recovery::value;
use crate::model::date::{Event, PageDates};
use crate::model::fact::{Fact, Objective, Status};
use crate::model::page::Page;
use crate::render::shell::Context;
use crate::render::topics::KINDS;
use crate::render::url::Place;
use crate::render::view::{Badge, Card, CardRow, CardValue};

/// A card shows so many values of an objective; of more it shows the range.
const MANY: usize = 3;

/// The card, where the page says more than its kind.
pub(super) fn card(cx: &Context<'_>, page: &Page, place: &Place) -> Option<Card> {
    let sources = &cx.project.sources;
    let mut rows = Vec::new();
    let mut row = |term: &str, values: Vec<CardValue>| {
        if !values.is_empty() {
            rows.push(CardRow { term: term.to_owned(), values, beside: false });
        }
    };
    let says = |key| cx.says.get(key);
    row(says("owner"), page.owners.iter().map(|it| plain(&cx.project.shown_words(*it))).collect());
    let facts = &cx.project.facts[facts_of(&cx.project.facts, page)];
    for kind in [Objective::Rto, Objective::Rpo] {
        row(kind.as_str(), objectives(cx, place, facts, kind));
    }
    if let Some(dates) = dates_of(cx.project, page) {
        row(says("reviewed"), review(cx, dates));
    }
    let drill = cx.drills.get(&page.source);
    row(says("last-drill"), drill.map(|it| plain(&cx.project.shown_words(it.span))).into_iter().collect());
    let alerts = cx.operations.alerts_of.get(&page.source).map_or(0, Vec::len);
    if alerts > 0 {
        let href = Some("#dw-alerts".to_owned());
        row(
            says("alerts"),
            vec![CardValue { href, ..plain(&cx.says.counted(alerts, "alert-leads", "alerts-lead")) }],
        );
    }
    let kind = page.document_type.as_ref().and_then(|it| cx.project.document_types.find(it));
    if let (Some(kind), false) = (kind, rows.is_empty()) {
        rows.insert(
            0,
            CardRow { term: says("kind").to_owned(), values: vec![plain(cx.says.kind(kind))], beside: false },
        );
    }
    for topics in &cx.operations.topics {
        let named = topics.on_page(page, &sources.get(page.source).text);
        let values = named.iter().map(|it| CardValue { href: Some(place.to(it.path())), ..plain(&it.name) });
        let values: Vec<CardValue> = values.collect();
        if !values.is_empty() {
            rows.push(CardRow { term: says(KINDS[topics.kind].1).to_owned(), values, beside: true });
        }
    }
    (!rows.is_empty()).then_some(Card { rows })
}

/// The facts of a page; facts are ordered by place.
fn facts_of(facts: &[Fact], page: &Page) -> Range<usize> {
    let start = facts.partition_point(|it| it.span.source < page.source);
    start..facts.partition_point(|it| it.span.source <= page.source)
}

fn plain(text: &str) -> CardValue {
    CardValue { text: text.to_owned(), href: None, note: String::new(), badge: None }
}

fn objectives(cx: &Context<'_>, place: &Place, facts: &[Fact], kind: Objective) -> Vec<CardValue> {
    let all: Vec<&Fact> = facts.iter().filter(|it| it.kind == kind).collect();
    if all.len() > MANY {
        return range(cx, place, &all);
    }
    let one = |fact: &&Fact| {
        let subject = fact.subject.last().filter(|_| all.len() > 1).cloned();
        let role = fact.role.is_actual().then(|| cx.says.get("actual").to_owned());
        let note: Vec<String> = subject.into_iter().chain(role).collect();
        let badge = (fact.status == Status::Unset)
            .then(|| Badge { tone: "warn", text: cx.says.get("not-set").to_owned() });
        let text = if badge.is_some() { String::new() } else { value(&cx.says, fact) };
        CardValue { text, href: cx.origin(fact.span, place).href, note: note.join(", "), badge }
    };
    all.iter().map(one).collect()
}

/// `30 minutes to 2 days`, of how many.
fn range(cx: &Context<'_>, place: &Place, all: &[&Fact]) -> Vec<CardValue> {
    let seconds = |it: &&&Fact| it.seconds.unwrap_or(f64::INFINITY);
    let numbers = || all.iter().filter(|it| it.seconds.is_some());
    let least = numbers().min_by(|a, b| seconds(a).total_cmp(&seconds(b)));
    let most = numbers().max_by(|a, b| seconds(a).total_cmp(&seconds(b)));
    let text = match (least, most) {
        (Some(least), Some(most)) if least.seconds != most.seconds => {
            cx.says.with("range", &value(&cx.says, least)).replacen("{}", &value(&cx.says, most), 1)
        }
        (Some(one), _) => value(&cx.says, one),
        _ => cx.says.get("no-number").to_owned(),
    };
    let href = cx.operations.recovery.as_ref().map(|it| place.to(it));
    vec![CardValue { href, note: cx.says.with("stated", &all.len().to_string()), ..plain(&text) }]
}

fn review(cx: &Context<'_>, dates: &PageDates) -> Vec<CardValue> {
    let reviewed = dates.newest(Event::Reviewed);
    let (due, today) = (dates.due(), cx.settings.as_of);
    let last = reviewed.or_else(|| dates.newest(Event::Updated));
    let (_, badge) = status(due, last.map(|it| it.last), today, &cx.says);
    let badge = Some(badge).filter(|it| !it.text.is_empty() && it.tone != "plain");
    let text = match (last, due) {
        (Some(last), _) => cx.project.shown_words(last.span),
        (None, Some(due)) => cx.says.with("due", &due.to_string()),
        (None, None) => return Vec::new(),
    };
    let note =
        if reviewed.is_none() && last.is_some() { cx.says.get("updated").to_owned() } else { String::new() };
    vec![CardValue { text, href: None, note, badge }]
}
