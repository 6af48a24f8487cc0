//! Which pages are made beside those of the book, and where they stand. Decided before anything is written, so
//! that every page can link to them; a page that would have nothing to show is not made.

use std::collections::{HashMap, HashSet};

use super::url::Urls;
use super::{Settings, pages};
use crate::finding::{Finding, Severity};
use crate::model::Project;
use crate::model::coverage::OperationId;
use crate::model::spec::Spec;
use crate::source::SourceId;

/// A part of the findings page holds about so many; a file is not split.
const FINDINGS_A_PART: usize = 600;

/// A tag with more operations gets several pages.
const OPERATIONS_A_PAGE: usize = 40;

/// The made pages.
pub(super) struct Operations {
    /// The page that opens the site.
    pub home: String,
    /// Whether `home` is made; it is a page of the book otherwise.
    pub makes_home: bool,
    /// The full index.
    pub index: String,
    /// The recovery matrix.
    pub recovery: Option<String>,
    /// The comparison of routes and specs.
    pub routes: Option<String>,
    /// The alert index.
    pub alerts: Option<String>,
    /// When pages were reviewed last.
    pub freshness: Option<String>,
    /// Whom to call.
    pub contacts: Option<String>,
    /// The anchor of each alert in the index.
    pub alert_anchors: Vec<String>,
    /// The alerts that lead to each page, by index.
    pub alerts_of: HashMap<SourceId, Vec<usize>>,
    /// The parts of the findings page; none when findings are not published.
    pub findings: Vec<FindingsPart>,
    /// The findings of each file, by severity.
    pub counts: HashMap<SourceId, Counts>,
    /// The list of specs, where there are several.
    pub specs_index: Option<String>,
    /// The pages of each spec.
    pub specs: Vec<SpecPlan>,
    /// What the header links to, in its order.
    pub links: Vec<MadePage>,
}

/// A page that the header links to.
pub(super) struct MadePage {
    pub title: &'static str,
    /// One sentence with counts.
    pub about: String,
    pub path: String,
    /// The folder of the pages that belong to it.
    folder: Option<&'static str>,
}

/// A part of the findings page.
pub(super) struct FindingsPart {
    pub path: String,
    /// The part's findings, as a range of all.
    pub range: std::ops::Range<usize>,
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// The part of the findings page.
    pub part: usize,
}

/// The pages of a spec.
pub(super) struct SpecPlan {
    pub index: String,
    /// In the order of the tags.
    pub pages: Vec<TagPlan>,
    /// The anchor of each operation.
    pub anchors: Vec<String>,
    /// The page of each operation, an index into `pages`.
    homes: Vec<usize>,
}

/// A page of operations.
pub(super) struct TagPlan {
    /// The tag; `Untagged` for operations without one; with a number where a tag has several pages.
    pub title: String,
    /// The index of the declared tag.
    pub tag: Option<usize>,
    pub path: String,
    /// The operations on this page, by index.
    pub operations: Vec<usize>,
    /// Operations that have this tag too and stand on another page.
    pub elsewhere: Vec<usize>,
}

impl Operations {
    /// Plans the made pages and gives them their paths.
    pub(super) fn of(
        project: &Project,
        findings: &[Finding],
        settings: &Settings,
        urls: &mut Urls,
    ) -> Operations {
        let makes_home = !urls.is_taken("index.html");
        let home = if makes_home { urls.claim("index.html") } else { "index.html".to_owned() };
        let mut links = Vec::new();

        let recovery = (!project.facts.is_empty()).then(|| urls.claim("recovery.html"));
        if let Some(path) = &recovery {
            let documents: HashSet<_> = project.facts.iter().map(|it| it.span.source).collect();
            let facts = counted(project.facts.len(), "objective");
            let about = format!("{facts} in {}.", counted(documents.len(), "document"));
            links.push(MadePage { title: "Recovery", about, path: path.clone(), folder: None });
        }
        let specs_index = (project.specs.len() > 1).then(|| urls.claim("api/index.html"));
        let mut folders = Names::default();
        let specs: Vec<SpecPlan> =
            project.specs.iter().map(|it| SpecPlan::of(it, &mut folders, urls)).collect();
        if let Some(path) = specs_index.as_ref().or(specs.first().map(|it| &it.index)) {
            let operations: usize = project.specs.iter().map(|it| it.operations.len()).sum();
            let about = format!("{} in {}.", counted(operations, "operation"), counted(specs.len(), "spec"));
            links.push(MadePage { title: "API", about, path: path.clone(), folder: Some("api/") });
        }
        let routes = (!project.routes.routes.is_empty()).then(|| urls.claim("routes.html"));
        if let Some(path) = &routes {
            let totals = project.coverage.totals;
            let about = format!("{} of {} in a spec.", totals.documented, counted(totals.served, "route"));
            links.push(MadePage { title: "Routes", about, path: path.clone(), folder: None });
        }
        let totals = project.alerts.totals();
        let alerts = (totals.alerts > 0).then(|| urls.claim("alerts.html"));
        if let Some(path) = &alerts {
            let about = format!("{} of {} with a runbook.", totals.found, counted(totals.alerts, "alert"));
            links.push(MadePage { title: "Alerts", about, path: path.clone(), folder: None });
        }
        let contacts = pages::contacts::is_wanted(project).then(|| urls.claim("contacts.html"));
        if let Some(path) = &contacts {
            let with = project.contacts.iter().filter(|it| !it.sections.is_empty()).count();
            let about = format!("From {}.", counted(with, "document"));
            links.push(MadePage { title: "Contacts", about, path: path.clone(), folder: None });
        }
        let freshness = pages::freshness::is_wanted(project).then(|| urls.claim("freshness.html"));
        if let Some(path) = &freshness {
            let about = format!("{} with dates of their own.", counted(project.dates.len(), "page"));
            links.push(MadePage { title: "Freshness", about, path: path.clone(), folder: None });
        }
        let mut names = Names::default();
        let alert_anchors =
            project.alerts.all.iter().map(|it| names.free(format!("alert-{}", slug(&it.name))));
        let alert_anchors = alert_anchors.collect();
        let mut alerts_of: HashMap<SourceId, Vec<usize>> = HashMap::new();
        for (at, alert) in project.alerts.all.iter().enumerate() {
            if let Some(page) = alert.runbook.page().and_then(|it| project.pages.get(it)) {
                alerts_of.entry(page.source).or_default().push(at);
            }
        }
        let mut counts = HashMap::new();
        let mut parts = Vec::new();
        if settings.show_findings {
            parts = findings_parts(findings, urls, &mut counts);
            let path = parts.first().map(|it| it.path.clone()).unwrap_or_default();
            let all = Counts::of(findings);
            let about = match findings.len() {
                0 => "The linter found nothing.".to_owned(),
                _ => format!(
                    "{}, {}, {}.",
                    counted(all.errors, "error"),
                    counted(all.warnings, "warning"),
                    counted(all.infos, "hint")
                ),
            };
            links.push(MadePage { title: "Findings", about, path, folder: None });
        }
        let index = urls.claim("toc.html");
        let pages = project.pages.iter().filter(|it| it.in_book).count();
        let about = format!("{} in reading order.", counted(pages, "page"));
        links.push(MadePage { title: "Contents", about, path: index.clone(), folder: None });
        Operations {
            home,
            makes_home,
            index,
            recovery,
            routes,
            alerts,
            freshness,
            contacts,
            alert_anchors,
            alerts_of,
            findings: parts,
            counts,
            specs_index,
            specs,
            links,
        }
    }

    /// Where the reference shows an operation: path and anchor.
    pub(super) fn operation(&self, id: OperationId) -> Option<(&str, &str)> {
        let plan = self.specs.get(id.spec)?;
        let page = plan.pages.get(*plan.homes.get(id.operation)?)?;
        Some((&page.path, plan.anchors.get(id.operation)?))
    }

    /// The paths of all made pages.
    pub(super) fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.links.iter().map(|it| it.path.as_str()).collect();
        paths.extend(self.makes_home.then_some(self.home.as_str()));
        paths.extend(self.findings.iter().map(|it| it.path.as_str()));
        for plan in &self.specs {
            paths.push(&plan.index);
            paths.extend(plan.pages.iter().map(|it| it.path.as_str()));
        }
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

impl MadePage {
    /// Whether a page is this one or belongs to it.
    pub(super) fn owns(&self, path: &str) -> bool {
        self.path == path || self.folder.is_some_and(|it| path.starts_with(it) && self.path.starts_with(it))
    }
}

impl Counts {
    /// Counts findings.
    pub(super) fn of(findings: &[Finding]) -> Counts {
        let mut counts = Counts::default();
        for finding in findings {
            counts.add(finding.severity);
        }
        counts
    }

    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }
}

fn findings_parts(
    findings: &[Finding],
    urls: &mut Urls,
    counts: &mut HashMap<SourceId, Counts>,
) -> Vec<FindingsPart> {
    let mut parts = vec![FindingsPart { path: urls.claim("findings.html"), range: 0..0 }];
    for (at, finding) in findings.iter().enumerate() {
        let source = finding.span.source;
        let starts_file = at == 0 || findings[at - 1].span.source != source;
        let last = parts.len() - 1;
        if starts_file && parts[last].range.len() >= FINDINGS_A_PART {
            let path = urls.claim(&format!("findings-{}.html", parts.len() + 1));
            parts.push(FindingsPart { path, range: at..at });
        }
        let part = parts.len() - 1;
        parts[part].range.end = at + 1;
        counts.entry(source).or_insert(Counts { part, ..Counts::default() }).add(finding.severity);
    }
    parts
}

impl SpecPlan {
    fn of(spec: &Spec, folders: &mut Names, urls: &mut Urls) -> SpecPlan {
        let folder = format!("api/{}", folders.free(slug(&spec.title)));
        let index = urls.claim(&format!("{folder}/index.html"));
        let mut names = Names::default();
        let anchors = spec.operations.iter().map(|it| {
            let wanted = match it.id.trim() {
                "" => slug(&format!("{} {}", it.method, it.path)),
                id => id.split_whitespace().collect::<Vec<_>>().join("-"),
            };
            names.free(wanted)
        });
        let anchors = anchors.collect();

        let mut tags: Vec<(String, Option<usize>)> =
            spec.tags.iter().enumerate().map(|(at, it)| (it.name.clone(), Some(at))).collect();
        let mut by_name: HashMap<String, usize> =
            tags.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
        // Tags that nobody declared come after the declared ones, operations without a tag last.
        for name in spec.operations.iter().flat_map(|it| &it.tags) {
            if !by_name.contains_key(name) {
                by_name.insert(name.clone(), tags.len());
                tags.push((name.clone(), None));
            }
        }
        let untagged = tags.len();
        tags.push(("Untagged".to_owned(), None));
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); tags.len()];
        let mut elsewhere: Vec<Vec<usize>> = vec![Vec::new(); tags.len()];
        for (at, operation) in spec.operations.iter().enumerate() {
            let mut tags = operation.tags.iter().filter_map(|it| by_name.get(it).copied());
            let first = tags.next().unwrap_or(untagged);
            own[first].push(at);
            for other in tags.filter(|&it| it != first) {
                elsewhere[other].push(at);
            }
        }
        let mut pages: Vec<TagPlan> = Vec::new();
        let mut homes = vec![0; spec.operations.len()];
        for (((title, tag), own), mut elsewhere) in tags.into_iter().zip(own).zip(elsewhere) {
            let chunks: Vec<&[usize]> = match own.is_empty() {
                true if elsewhere.is_empty() => continue,
                true => vec![&[]],
                false => own.chunks(OPERATIONS_A_PAGE).collect(),
            };
            for (number, chunk) in chunks.iter().enumerate() {
                let title =
                    if chunks.len() == 1 { title.clone() } else { format!("{title} ({})", number + 1) };
                let path = urls.claim(&format!("{folder}/{}.html", slug(&title)));
                for &operation in *chunk {
                    homes[operation] = pages.len();
                }
                let operations = chunk.to_vec();
                pages.push(TagPlan {
                    title,
                    tag,
                    path,
                    operations,
                    elsewhere: std::mem::take(&mut elsewhere),
                });
            }
        }
        SpecPlan { index, pages, anchors, homes }
    }
}

/// `1 page`, `2 pages`.
pub(super) fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Gives each its own name; equal ones are told apart by numbers.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// The last number tried for a name, so that many equal ones cost no more than few.
    last: HashMap<String, usize>,
}

impl Names {
    fn free(&mut self, wanted: String) -> String {
        let mut name = wanted.clone();
        while !self.taken.insert(name.clone()) {
            let number = self.last.entry(wanted.clone()).or_insert(0);
            *number += 1;
            name = format!("{wanted}-{number}");
        }
        name
    }
}

/// Letters and digits of any script in lower case, with hyphens between them.
fn slug(text: &str) -> String {
    let words: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let slug = words.split_whitespace().collect::<Vec<_>>().join("-");
    if slug.is_empty() { "spec".to_owned() } else { slug }
}
