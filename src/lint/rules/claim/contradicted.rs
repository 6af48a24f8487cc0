//! Finds claims that docwright has counted otherwise.
//!
//! "All links verified", "no placeholders or TODOs", "159 endpoints documented" are written once and believed for
//! years. This rule runs after the others: where they found what a sentence, item or cell denies, it quotes both.
//! A claim about "all" or "the documentation" is held against the whole project (from a page outside the book:
//! against its folder), any other, and one about commands, against its own page and the pages that it links or lists.
//!
//! Questions, requirements, goals, conditions, unticked boxes, quotes and denials claim nothing.
//!
//! ## Flagged
//!
//! ```md docs/report.md
//! # Report
//!
//! - ✅ 40 API endpoints documented
//! ```
//!
//! ```yaml docs/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: all orders}}
//! ```
//!
//! ## Accepted
//!
//! ```md docs/report.md
//! # Report
//!
//! - ✅ All API endpoints documented
//! - ✅ No placeholders or TODOs
//! - [ ] 40 API endpoints documented
//! ```
//!
//! ```yaml docs/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: all orders}}
//! ```

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::claim::{Claim, Subject};
use crate::model::page::Page;
use crate::model::resolve::Target;
use crate::model::route::Confidence;
use crate::source::{SourceId, Span};

pub(crate) static RULE: Rule = Rule {
    id: "claim/contradicted",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("contradicted.rs"),
    check: Check::Findings(check),
};

/// How many places are shown.
const SHOWN: usize = 3;

fn check(cx: &mut Context<'_>, findings: &[Finding]) {
    let project = cx.project;
    for claims in project.claims.chunk_by(|a, b| a.span.source == b.span.source) {
        let source = claims[0].span.source;
        let Ok(index) = project.pages.binary_search_by_key(&source, |it| it.source) else { continue };
        let page = &project.pages[index];
        let listed = listed_pages(cx, page);
        for claim in claims {
            match claim.subject {
                Subject::EndpointsDocumented { count } => documented(cx, claim, count),
                Subject::EndpointsServed { count, at_least } => served(cx, claim, count, at_least),
                _ => found_otherwise(cx, page, claim, &listed, findings),
            }
        }
    }
}

/// The rules, or groups with a slash at the end, whose findings speak against a claim.
fn evidence(subject: Subject) -> &'static [&'static str] {
    match subject {
        Subject::NoPlaceholders => &[
            "placeholder/marker",
            "placeholder/slot",
            "placeholder/dummy-value",
            "document/placeholder-contact",
        ],
        Subject::Links => &["link/", "anchor/"],
        Subject::References => &["link/", "anchor/", "reference/", "recovery/missing-script"],
        Subject::Scripts => &["reference/script", "reference/not-executable", "recovery/missing-script"],
        Subject::Commands => &[
            "reference/script",
            "reference/npm-script",
            "reference/make-target",
            "reference/compose",
            "reference/endpoint",
            "reference/curl",
            "recovery/missing-script",
            "code/syntax",
        ],
        Subject::ApiCoverage => &["route/undocumented"],
        Subject::Completeness => &[
            "placeholder/",
            "document/missing-section",
            "page/unreachable-tree-path",
            "link/missing-file",
            "reference/file",
            "reference/script",
            "recovery/missing-script",
            "route/undocumented",
        ],
        Subject::EndpointsDocumented { .. } | Subject::EndpointsServed { .. } => &[],
    }
}

fn found_otherwise(
    cx: &mut Context<'_>,
    page: &Page,
    claim: &Claim,
    listed: &BTreeSet<SourceId>,
    findings: &[Finding],
) {
    let project = cx.project;
    let rules = evidence(claim.subject);
    // A page outside the book belongs to a part of the repository and speaks of that part.
    let path = project.sources.path(page.source);
    let folder = if page.in_book { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let in_reach = |it: &Finding| {
        let path = project.sources.path(it.span.source);
        let below = folder.is_empty() || path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'));
        if claim.wide || claim.subject == Subject::ApiCoverage {
            below
        } else {
            listed.contains(&it.span.source)
        }
    };
    let against: Vec<&Finding> = findings
        .iter()
        .filter(|it| it.severity > Severity::Info)
        .filter(|it| {
            rules.iter().any(|rule| it.rule == *rule || (rule.ends_with('/') && it.rule.starts_with(rule)))
        })
        .filter(|it| in_reach(it) && !claim.span.contains(it.span))
        .collect();
    if against.is_empty() {
        return;
    }
    let message = format!("`{}` is contradicted: {}", words(cx, claim.span), counted(&against));
    let finding = cx.report(claim.span, message);
    finding.help("mend what was found, or take the claim back");
    // The claim's own page comes first, then the others in their order.
    let (here, elsewhere): (Vec<&Finding>, Vec<&Finding>) =
        against.iter().copied().partition(|it| it.span.source == claim.span.source);
    for it in here.into_iter().chain(elsewhere).take(SHOWN) {
        finding.related(it.span, it.message.clone());
    }
}

/// `3 link findings and 1 anchor finding`.
fn counted(against: &[&Finding]) -> String {
    let mut groups: Vec<(&str, usize)> = Vec::new();
    for finding in against {
        let group = finding.rule.split('/').next().unwrap_or_default();
        match groups.iter_mut().find(|it| it.0 == group) {
            Some(it) => it.1 += 1,
            None => groups.push((group, 1)),
        }
    }
    groups.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let parts: Vec<String> = groups
        .iter()
        .map(|&(group, count)| format!("{count} {group} finding{}", if count == 1 { "" } else { "s" }))
        .collect();
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

/// "159 endpoints documented", where the specs describe fewer.
fn documented(cx: &mut Context<'_>, claim: &Claim, claimed: u32) {
    let specs = &cx.project.specs;
    let total: usize = specs.iter().map(|it| it.operations.len()).sum();
    // A spec that could not be read counts nothing.
    if specs.is_empty() || specs.iter().any(|it| !it.problems.is_empty()) || !is_more(claimed as usize, total)
    {
        return;
    }
    let (operations, place) = match (total, specs.as_slice()) {
        (1, _) => ("1 operation is".to_owned(), specs[0].source),
        (n, [only]) => (format!("{n} operations are"), only.source),
        (n, [first, ..]) => (format!("{n} operations of {} specs are", specs.len()), first.source),
        (_, []) => return,
    };
    let message = format!("`{}` is contradicted: {operations} described", words(cx, claim.span));
    cx.report(claim.span, message)
        .help("describe the others in the OpenAPI document, or correct the number")
        .related(Span::new(place, 0..0), format!("{operations} described"));
}

/// "total routes: 159", where the code serves another number.
fn served(cx: &mut Context<'_>, claim: &Claim, claimed: u32, at_least: bool) {
    let routes = &cx.project.routes.routes;
    let sure = routes.iter().filter(|it| it.confidence == Confidence::Resolved && !it.wildcard).count();
    let (claimed, all) = (claimed as usize, routes.len());
    let too_few = sure > 0 && !at_least && is_more(sure, claimed);
    let too_many = all > 0 && is_more(claimed, all);
    if too_few || too_many {
        let count = if too_few { sure } else { all };
        let message = format!("`{}` is contradicted: {count} routes are served", words(cx, claim.span));
        cx.report(claim.span, message).help("`docwright routes` lists them; correct the number");
    }
}

/// Whether a number is really larger: more than a tenth, and by more than two.
fn is_more(larger: usize, smaller: usize) -> bool {
    larger > smaller + 2 && larger * 10 > smaller * 11
}

/// The words of a claim in one line, without emphasis.
fn words(cx: &Context<'_>, span: Span) -> String {
    let words = cx.project.sources.text(span).replace("**", "").replace(['`', '_'], "");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page itself and the pages that it links or names: `deployment_guide.md`.
fn listed_pages(cx: &Context<'_>, page: &Page) -> BTreeSet<SourceId> {
    let project = cx.project;
    let mut listed = BTreeSet::from([page.source]);
    for link in &page.links {
        if let Target::Page { page, .. } = cx.resolver.resolve(page, &link.dest) {
            listed.extend(project.pages.get(page).map(|it| it.source));
        }
    }
    let text = &project.sources.get(page.source).text;
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    let named: BTreeSet<&str> = text
        .split(|c: char| !is_path(c))
        .filter(|it| it.ends_with(".md"))
        .map(|it| it.trim_start_matches(['.', '/', '-']))
        // A name that every folder has says nothing alone.
        .filter(|it| !matches!(it.to_ascii_lowercase().as_str(), "readme.md" | "index.md"))
        .collect();
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let names: BTreeSet<String> = named.iter().map(|it| name(it)).collect();
    let of_name = project.pages.iter().map(|it| (it.source, project.sources.path(it.source)));
    for (source, path) in of_name.filter(|(_, path)| names.contains(&name(path))) {
        let ends =
            |it: &str| path.strip_suffix(it).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        if named.iter().any(|it| ends(it)) {
            listed.insert(source);
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check_rule, project};
    use crate::lint::{Selection, run};

    #[test]
    fn a_claim_is_held_against_its_page_and_the_pages_it_lists() {
        check_rule(
            &RULE,
            "//- docs/report.md\n# Report\n\nSee [the plan](plan.md) and `restore_guide.md`.\n\n- ✅ No placeholders or TODOs\n    ^^^^^^^^^^^^^^^^^^^^^^^^ `No placeholders or TODOs` is contradicted: 2 placeholder findings\n- ✅ The links work\n//- docs/plan.md\nOwner: TBD.\n//- docs/restore_guide.md\nTODO: write it\n//- docs/other.md\nOwner: TBD. [x](no.md)\n//- docs/clean.md\n- No placeholders.\n- All **links** are working\n  ^^^^^^^^^^^^^^^^^^^^^^^^^ `All links are working` is contradicted: 1 link finding\n",
        );
    }

    #[test]
    fn outside_the_book_a_claim_is_about_its_folder() {
        check_rule(
            &RULE,
            "//- docs/a.md\n[x](no.md)\n//- services/pay/README.md\nAll links are valid.\n//- services/pay/sub/x.md\nx\n//- services/mail/README.md\nAll links are valid.\n^^^^^^^^^^^^^^^^^^^ `All links are valid` is contradicted: 1 link finding\n\n[x](no.md)\n",
        );
    }

    #[test]
    fn numbers_of_routes_need_a_real_difference() {
        let routes: String = (0..20).map(|i| format!("GET /orders/{i}\n")).collect();
        let fixture = format!(
            "//- book.toml\n[routes]\nlists = [\"routes.txt\"]\n//- routes.txt\n{routes}//- a.md\n- Total routes: 21\n- Total routes in the system: 12\n  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Total routes in the system: 12` is contradicted: 20 routes are served\n- **Total Endpoints:** 12+\n- Total endpoints: 159+\n  ^^^^^^^^^^^^^^^^^^^^^ `Total endpoints: 159+` is contradicted: 20 routes are served\n"
        );
        check_rule(&RULE, &fixture);
    }

    #[test]
    fn findings_of_rules_that_are_off_are_no_evidence() {
        let files = |config: &str| {
            vec![
                ("book.toml".to_owned(), config.to_owned()),
                ("a.md".to_owned(), "All links are valid.\n\n[x](no.md)\n".to_owned()),
            ]
        };
        let count = |config: &str, select: &[&str]| {
            let (project, config) = project(files(config));
            let select = select.iter().map(|it| (*it).to_owned()).collect();
            run(&project, &config, &Selection { select, ..Selection::default() }).findings.len()
        };
        assert_eq!(count("", &[]), 2);
        assert_eq!(count("", &["claim"]), 1);
        assert_eq!(count("[lint.rules]\nlink = \"off\"\n", &[]), 0);
        assert_eq!(count("[lint.rules]\nlink = \"info\"\n", &[]), 1);
    }
}
