//! Route coverage: what the code serves beside what the specs say.

use super::findings::with_code;
use crate::model::coverage::{BaseOrigin, Reason, Row, Status};
use crate::render::Html;
use crate::render::html::escape::escape;
use crate::render::operations::counted;
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{Badge, Fraction, Origin, RouteGroup, RouteRow, RoutesPage, Section};

/// A group with more rows is folded, unless it is one to act on.
const MANY_ROWS: usize = 40;

/// How a status is shown: the question whether a row has it, its title, anchor, colour and meaning.
struct Group {
    has: fn(Status) -> bool,
    title: &'static str,
    anchor: &'static str,
    tone: &'static str,
    about: &'static str,
}

/// What asks for action first comes first.
const GROUPS: &[Group] = &[
    Group {
        has: |it| it == Status::Undocumented,
        title: "Undocumented",
        anchor: "undocumented",
        tone: "bad",
        about: "The code serves them and no spec names them.",
    },
    Group {
        has: |it| it == Status::VerbDiffers,
        title: "Verb differs",
        anchor: "verb-differs",
        tone: "bad",
        about: "The path is served, with another method than the spec says.",
    },
    Group {
        has: |it| it == Status::Stale,
        title: "Stale",
        anchor: "stale",
        tone: "warn",
        about: "A spec names them and the code serves them no more.",
    },
    Group {
        has: |it| matches!(it, Status::PrefixDiffers(_)),
        title: "Prefix differs",
        anchor: "prefix-differs",
        tone: "warn",
        about: "Served under a longer or shorter path than the spec says.",
    },
    Group {
        has: |it| it == Status::Unresolved,
        title: "Unresolved",
        anchor: "unresolved",
        tone: "plain",
        about: "Not known well enough to judge: wildcards, and receivers nobody knows.",
    },
    Group {
        has: |it| it == Status::Library,
        title: "From libraries",
        anchor: "library",
        tone: "plain",
        about: "A library serves them; its own documentation is the place.",
    },
    Group {
        has: |it| it == Status::ContractFirst,
        title: "Generated",
        anchor: "contract-first",
        tone: "plain",
        about: "The server is generated from the spec, so there is no code to hold against it.",
    },
    Group {
        has: |it| matches!(it, Status::Excluded(_)),
        title: "Excluded",
        anchor: "excluded",
        tone: "plain",
        about: "Left out of the specs on purpose.",
    },
    Group {
        has: |it| it == Status::Documented,
        title: "Documented",
        anchor: "documented",
        tone: "ok",
        about: "Served, and in a spec.",
    },
];

/// The page at a path.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str) -> Html {
    let place = Place::at(path);
    let coverage = &cx.project.coverage;
    let totals = coverage.totals;
    let served = totals.operations.saturating_sub(totals.stale + totals.verb_differs);
    let mut groups = Vec::new();
    for group in GROUPS {
        let rows: Vec<RouteRow> =
            coverage.rows.iter().filter(|it| (group.has)(it.status)).map(|it| row(cx, &place, it)).collect();
        if !rows.is_empty() {
            groups.push(RouteGroup {
                title: group.title,
                about: group.about,
                anchor: group.anchor,
                badge: Badge { tone: group.tone, text: rows.len().to_string() },
                open: rows.len() <= MANY_ROWS || matches!(group.tone, "bad" | "warn"),
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
    let frameworks = cx.project.routes.frameworks.iter();
    let view = RoutesPage {
        fractions: vec![
            fraction("Routes in a spec", totals.documented, totals.served),
            fraction("Paths in a spec", totals.documented_paths, totals.served_paths),
            fraction("Operations that are served", served, totals.operations),
        ],
        notes: notes(cx),
        frameworks: frameworks.map(|it| format!("{} ({})", it.name, counted(it.routes, "route"))).collect(),
        files_parsed: cx.project.routes.files_parsed,
        groups,
        shell: cx.shell(About { sections, ..About::made(place.clone(), "Route coverage") }),
    };
    cx.html("routes.html", &view)
}

fn row(cx: &Context<'_>, place: &Place, row: &Row) -> RouteRow {
    let route = row.route.and_then(|it| cx.project.routes.routes.get(it));
    let operation = row.operation.and_then(|id| {
        let operation = cx.project.specs.get(id.spec)?.operations.get(id.operation)?;
        let written = cx.origin(operation.span, place);
        let shown = cx.operations.operation(id).map(|(path, anchor)| place.to_fragment(path, anchor));
        Some(Origin { href: shown.or(written.href), ..written })
    });
    let reason = match row.status {
        Status::Excluded(Reason::Hidden) => "kept out of the spec by the code".to_owned(),
        Status::PrefixDiffers(at) => cx.project.coverage.prefixes.get(at).map_or(String::new(), |it| {
            if it.in_code {
                format!("the code adds {}", it.prefix)
            } else {
                format!("the spec adds {}", it.prefix)
            }
        }),
        _ => String::new(),
    };
    RouteRow {
        tone: method_tone(&row.method),
        method: row.method.clone(),
        path: row.path.clone(),
        framework: route.map(|it| it.framework.clone()).unwrap_or_default(),
        confidence: route.map_or("", |it| it.confidence.as_str()),
        code: route.map(|it| cx.origin(it.span, place)),
        spec: operation,
        reason,
    }
}

/// Sentences about what was assumed, as HTML.
fn notes(cx: &Context<'_>) -> Vec<String> {
    let spec = |at: usize| {
        let title = cx.project.specs.get(at).map_or("", |it| it.title.as_str());
        format!("<em>{}</em>", escape(title))
    };
    let bases = cx.project.coverage.bases.iter().enumerate();
    let bases = bases.filter(|(_, it)| it.origin != BaseOrigin::None);
    let bases = bases.map(|(at, it)| format!("{}: {}.", spec(at), with_code(&it.words(&cx.project.sources))));
    let prefixes = cx.project.coverage.prefixes.iter().map(|it| {
        let (has, lacks) = if it.in_code {
            ("The code serves", "the spec lacks")
        } else {
            ("The spec has", "the code lacks")
        };
        format!(
            "{has} <code>{}</code> and {lacks} it: {} of {}.",
            escape(&it.prefix),
            counted(it.operations, "operation"),
            spec(it.spec)
        )
    });
    bases.chain(prefixes).collect()
}

fn fraction(label: &'static str, count: usize, total: usize) -> Fraction {
    let tenths = (count * 1000).checked_div(total).unwrap_or(0);
    Fraction { label, count, total, percent: format!("{}.{}", tenths / 10, tenths % 10) }
}

/// The colour of a method.
pub(in crate::render) fn method_tone(method: &str) -> &'static str {
    match method {
        "GET" | "HEAD" => "info",
        "POST" => "ok",
        "PUT" | "PATCH" => "warn",
        "DELETE" => "bad",
        _ => "plain",
    }
}
