//! The alert index: every alerting rule with the runbook that it leads to.

use crate::model::alert::{Alert, Runbook};
use crate::model::page::Page;
use crate::render::Html;
use crate::render::html::escape::escape;
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{AlertGroup, AlertLink, AlertRow, AlertsPage, Badge, RunbookCell, Section};

/// A group with more rows is folded, unless it is one to act on.
const MANY_ROWS: usize = 60;

/// How alerts are grouped: the question whether one belongs, its anchor, its colour, and the names of the texts that
/// are its title and its meaning.
struct Group {
    has: fn(&Runbook, bool) -> bool,
    anchor: &'static str,
    tone: &'static str,
    title: &'static str,
    about: &'static str,
}

/// What asks for action first comes first.
const GROUPS: &[Group] = &[
    Group {
        has: |it, _| matches!(it, Runbook::Missing(_) | Runbook::NoAnchor { .. }),
        anchor: "not-found",
        tone: "bad",
        title: "alerts-not-found",
        about: "alerts-not-found-text",
    },
    Group {
        has: |it, paging| *it == Runbook::None && paging,
        anchor: "without",
        tone: "warn",
        title: "alerts-without",
        about: "alerts-without-text",
    },
    Group {
        has: |it, _| matches!(it, Runbook::File { .. }),
        anchor: "with",
        tone: "ok",
        title: "alerts-with",
        about: "alerts-with-text",
    },
    Group {
        has: |it, _| *it == Runbook::External,
        anchor: "elsewhere",
        tone: "plain",
        title: "alerts-elsewhere",
        about: "alerts-elsewhere-text",
    },
    Group {
        has: |it, paging| *it == Runbook::None && !paging,
        anchor: "none",
        tone: "plain",
        title: "alerts-none",
        about: "alerts-none-text",
    },
];

/// The page at a path.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str) -> Html {
    let place = Place::at(path);
    let alerts = &cx.project.alerts;
    let mut groups = Vec::new();
    for group in GROUPS {
        let rows = alerts.all.iter().enumerate();
        let rows = rows.filter(|(_, it)| (group.has)(&it.runbook, alerts.pages_somebody(it)));
        let mut rows: Vec<AlertRow> = rows.map(|(at, it)| row(cx, &place, at, it)).collect();
        rows.sort_by_cached_key(|it| it.name.to_lowercase());
        if !rows.is_empty() {
            groups.push(AlertGroup {
                title: cx.says.get(group.title).to_owned(),
                about: cx.says.get(group.about).to_owned(),
                anchor: group.anchor,
                badge: Badge { tone: group.tone, text: rows.len().to_string() },
                open: rows.len() <= MANY_ROWS || matches!(group.tone, "bad" | "warn" | "ok"),
                rows,
            });
        }
    }
    let sections = groups.iter().map(|it| Section {
        title: format!("{} ({})", it.title, it.rows.len()),
        href: format!("#{}", it.anchor),
        level: 2,
    });
    let sections = sections.collect();
    let view = AlertsPage {
        alerts: alerts.all.len(),
        files: alerts.files().len(),
        found: alerts.totals().found,
        assumed: alerts.assumed.iter().map(|it| assumption(cx, it)).collect(),
        groups,
        shell: cx.shell(About { sections, ..About::made(place.clone(), cx.says.get("alerts")) }),
    };
    cx.html("alerts.html", &view)
}

/// What addresses were taken for, as HTML.
fn assumption(cx: &Context<'_>, (address, folder): &(String, String)) -> String {
    let code = |it: &str| format!("<code>{}</code>", escape(it));
    let target = match folder.as_str() {
        "" => escape(cx.says.get("this-repository")),
        folder => code(folder),
    };
    cx.says.html("taken-for", &[&code(address), &target])
}

fn row(cx: &Context<'_>, place: &Place, at: usize, alert: &Alert) -> AlertRow {
    AlertRow {
        anchor: cx.operations.alert_anchors.get(at).cloned().unwrap_or_default(),
        name: alert.name.clone(),
        summary: alert.summary.clone(),
        severity: severity(cx, alert),
        holds_for: alert.holds_for.clone().unwrap_or_default(),
        runbook: runbook(cx, place, alert),
        origin: cx.origin(alert.span, place),
    }
}

/// What wakes somebody stands out.
fn severity(cx: &Context<'_>, alert: &Alert) -> Option<Badge> {
    let text = alert.severity.clone()?;
    let tone = match text.to_lowercase().as_str() {
        _ if cx.project.alerts.pages_somebody(alert) => "bad",
        "warning" | "warn" | "s3" | "p2" | "p3" | "high" => "warn",
        _ => "plain",
    };
    Some(Badge { tone, text })
}

fn runbook(cx: &Context<'_>, place: &Place, alert: &Alert) -> RunbookCell {
    let address = alert.link.as_ref().map_or("", |it| it.address.as_str());
    let problem = |text: &str| Some(Badge { tone: "bad", text: text.to_owned() });
    let page_cell = |page: usize, problem: Option<Badge>| {
        let page = cx.project.pages.get(page);
        let path = page.and_then(|it| cx.links.urls.page(it.source));
        let anchor =
            address.split_once('#').map(|(_, it)| it).filter(|it| problem.is_none() && !it.contains("{{"));
        let on_site = path.map(|path| match anchor {
            Some(anchor) if !anchor.is_empty() => place.to_fragment(path, anchor),
            _ => place.to(path),
        });
        let file = page.map(|it| cx.project.sources.path(it.source));
        let on_forge = || Some(cx.settings.repository.as_ref()?.blob(file?));
        RunbookCell {
            title: page.map(|it| it.title.clone()).unwrap_or_default(),
            href: on_site.or_else(on_forge),
            external: path.is_none(),
            problem,
        }
    };
    let plain =
        |title: String, href: Option<String>, problem| RunbookCell { title, href, external: true, problem };
    match &alert.runbook {
        Runbook::None => plain(String::new(), None, None),
        Runbook::External => {
            let is_address = ["https://", "http://"].iter().any(|it| address.starts_with(it));
            let href = (is_address && !address.contains(['{', ' ', '"', '<'])).then(|| address.to_owned());
            plain(address.to_owned(), href, None)
        }
        Runbook::Missing(path) => plain(path.clone(), None, problem(cx.says.get("missing"))),
        Runbook::NoAnchor { page, anchor } => page_cell(*page, problem(&cx.says.with("no-anchor", anchor))),
        Runbook::File { page: Some(page), .. } => page_cell(*page, None),
        Runbook::File { path, page: None } => {
            let href = cx.links.urls.copied(path).map(|it| place.to(it));
            let on_forge = || Some(cx.settings.repository.as_ref()?.blob(path));
            plain(path.clone(), href.or_else(on_forge), None)
        }
    }
}

/// The alerts that lead to a page.
pub(super) fn leading_to(cx: &Context<'_>, page: &Page, place: &Place) -> Vec<AlertLink> {
    let Some(index) = &cx.operations.alerts else { return Vec::new() };
    let all = cx.operations.alerts_of.get(&page.source).into_iter().flatten();
    all.filter_map(|&at| {
        let alert = cx.project.alerts.all.get(at)?;
        Some(AlertLink {
            name: alert.name.clone(),
            href: place.to_fragment(index, cx.operations.alert_anchors.get(at)?),
            severity: severity(cx, alert),
            holds_for: alert.holds_for.clone().unwrap_or_default(),
            origin: cx.origin(alert.span, place),
        })
    })
    .collect()
}
