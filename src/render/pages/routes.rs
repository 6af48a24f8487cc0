//! Route coverage: what the code serves beside what the specs say.

use crate::model::coverage::{Base, BaseOrigin, Reason, Row, Status};
use crate::model::route::Confidence;
use crate::render::Html;
use crate::render::html::escape::escape;
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{Badge, Fraction, Origin, RouteGroup, RouteRow, RoutesPage, Section};

/// A group with more rows is folded, unless it is one to act on.
const MANY_ROWS: usize = 40;

/// How a status is shown: the question whether a row has it, its anchor, which names the text of its title, its
/// colour, and the name of the text that says what it means.
struct Group {
    has: fn(Status) -> bool,
    anchor: &'static str,
    tone: &'static str,
    about: &'static str,
}

/// What asks for action first comes first.
const GROUPS: &[Group] = &[
    Group {
        has: |it| it == Status::Undocumented,
        anchor: "undocumented",
        tone: "bad",
        about: "undocumented-text",
    },
    Group {
        has: |it| it == Status::VerbDiffers,
        anchor: "verb-differs",
        tone: "bad",
        about: "verb-differs-text",
    },
    Group { has: |it| it == Status::Stale, anchor: "stale", tone: "warn", about: "stale-text" },
    Group {
        has: |it| matches!(it, Status::PrefixDiffers(_)),
        anchor: "prefix-differs",
        tone: "warn",
        about: "prefix-differs-text",
    },
    Group {
        has: |it| it == Status::Unresolved,
        anchor: "unresolved",
        tone: "plain",
        about: "unresolved-text",
    },
    Group { has: |it| it == Status::Library, anchor: "library", tone: "plain", about: "library-text" },
    Group {
        has: |it| it == Status::ContractFirst,
        anchor: "contract-first",
        tone: "plain",
        about: "contract-first-text",
    },
    Group {
        has: |it| matches!(it, Status::Excluded(_)),
        anchor: "excluded",
        tone: "plain",
        about: "excluded-text",
    },
    Group { has: |it| it == Status::Documented, anchor: "documented", tone: "ok", about: "documented-text" },
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
                title: cx.says.get(group.anchor).to_owned(),
                about: cx.says.get(group.about).to_owned(),
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
    let routes = |count| cx.says.counted(count, "route-count", "routes-count");
    let frameworks = cx.project.routes.frameworks.iter();
    let view = RoutesPage {
        fractions: vec![
            fraction(cx, "share-routes", totals.documented, totals.served),
            fraction(cx, "share-paths", totals.documented_paths, totals.served_paths),
            fraction(cx, "share-served", served, totals.operations),
        ],
        notes: notes(cx),
        frameworks: frameworks.map(|it| format!("{} ({})", it.name, routes(it.routes))).collect(),
        files_parsed: cx.project.routes.files_parsed,
        groups,
        shell: cx.shell(About { sections, ..About::made(place.clone(), cx.says.get("route-coverage")) }),
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
        Status::Excluded(Reason::Hidden) => cx.says.get("kept-out").to_owned(),
        Status::PrefixDiffers(at) => cx.project.coverage.prefixes.get(at).map_or(String::new(), |it| {
            cx.says.with(if it.in_code { "code-adds" } else { "spec-adds" }, &it.prefix)
        }),
        _ => String::new(),
    };
    RouteRow {
        tone: method_tone(&row.method),
        method: row.method.clone(),
        path: row.path.clone(),
        framework: route.map(|it| it.framework.clone()).unwrap_or_default(),
        confidence: match route.map(|it| it.confidence) {
            Some(Confidence::Loose) => cx.says.get("loose").to_owned(),
            Some(Confidence::Assumed) => cx.says.get("assumed").to_owned(),
            Some(Confidence::Resolved) | None => String::new(),
        },
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
    let bases = bases.map(|(at, it)| base(cx, &spec(at), it));
    let prefixes = cx.project.coverage.prefixes.iter().map(|it| {
        let key = if it.in_code { "prefix-in-code" } else { "prefix-in-spec" };
        let operations = cx.says.counted(it.operations, "operation-count", "operations-count");
        cx.says.html(key, &[&code(&it.prefix), &escape(&operations), &spec(it.spec)])
    });
    bases.chain(prefixes).collect()
}

/// What stands before the paths of a spec, and who says so, as HTML.
fn base(cx: &Context<'_>, spec: &str, base: &Base) -> String {
    let origin = match base.origin {
        BaseOrigin::None => return String::new(),
        BaseOrigin::Server => cx.says.get("from-servers").to_owned(),
        BaseOrigin::Configuration => cx.says.get("from-configuration").to_owned(),
        BaseOrigin::Gateway(span) => {
            let source = cx.project.sources.get(span.source);
            format!("{}:{}", source.path, source.position(span.start).line)
        }
    };
    let origin = escape(&origin);
    match (base.outside.as_str(), base.inside.as_str()) {
        (one, "") | ("", one) => cx.says.html("base-path", &[spec, &code(one), &origin]),
        (outside, inside) => {
            cx.says.html("base-path-inside", &[spec, &code(outside), &code(inside), &origin])
        }
    }
}

fn code(path: &str) -> String {
    format!("<code>{}</code>", escape(path))
}

fn fraction(cx: &Context<'_>, label: &str, count: usize, total: usize) -> Fraction {
    let tenths = (count * 1000).checked_div(total).unwrap_or(0);
    let label = cx.says.get(label).to_owned();
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
