//! Counted facts about a project: what `docwright stats` prints, and what pages may state without going stale.

use super::Project;
use super::document::Kind;
use super::page::LinkKind;

/// Every count with its name.
pub fn counts(project: &Project) -> Vec<(&'static str, usize)> {
    let nodes = |wanted: fn(&Kind) -> bool| -> usize {
        project.pages.iter().flat_map(|it| &it.document.nodes).filter(|it| wanted(&it.kind)).count()
    };
    let links = |images: bool| -> usize {
        let is_image =
            |kind| matches!(kind, LinkKind::Image | LinkKind::ImageReference | LinkKind::HtmlImage);
        let all = project.pages.iter().flat_map(|it| &it.links);
        all.filter(|it| it.kind != LinkKind::Definition && is_image(it.kind) == images).count()
    };
    let words = project
        .pages
        .iter()
        .map(|page| {
            let text = &project.sources.get(page.source).text;
            let texts = page.document.nodes.iter().filter(|it| matches!(it.kind, Kind::Text(_)));
            texts.map(|it| text.get(it.range()).unwrap_or_default().split_whitespace().count()).sum::<usize>()
        })
        .sum();
    let totals = &project.coverage.totals;
    let alerts = project.alerts.totals();
    vec![
        ("pages", project.pages.len()),
        ("words", words),
        ("headings", project.pages.iter().map(|it| it.headings.len()).sum()),
        ("links", links(false)),
        ("images", links(true)),
        ("code_blocks", project.pages.iter().map(|it| it.code_blocks.len()).sum()),
        ("tables", nodes(|it| matches!(it, Kind::Table(_)))),
        ("tasks", nodes(|it| matches!(it, Kind::TaskMarker(_)))),
        ("tasks_done", nodes(|it| matches!(it, Kind::TaskMarker(true)))),
        ("specs", project.specs.len()),
        ("operations", totals.operations),
        ("routes", project.routes.routes.len()),
        ("routes_served", totals.served),
        ("routes_documented", totals.documented),
        ("alerts", alerts.alerts),
        ("alerts_with_runbook", alerts.found),
        ("alerts_with_missing_runbook", alerts.missing),
        ("alerts_with_external_runbook", alerts.external),
        ("alerts_without_runbook", alerts.none),
        ("recovery_objectives", project.facts.len()),
    ]
}

/// The count of a name as pages write it: `routes_documented` and `routes.documented` are the same.
pub fn count(counts: &[(&'static str, usize)], name: &str) -> Option<usize> {
    let name = name.replace('.', "_");
    counts.iter().find(|it| it.0 == name).map(|it| it.1)
}
