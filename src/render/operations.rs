//! Which pages are made beside those of the book, and where they stand. Decided before anything is written, so
//! that every page can link to them; a page that would have nothing to show is not made.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::language::Languages;
use super::reference::plan::SpecPlan;
use super::texts::Texts;
use super::topics::{KINDS, Topics};
use super::totals::Totals;
use super::url::Urls;
use super::{Settings, pages};
use crate::finding::{Finding, Severity};
use crate::model::Project;
use crate::model::coverage::{Endpoints, OperationId};
use crate::model::reference::Target;
use crate::source::{SourceId, Span};

/// A part of the findings page holds about so many; a file is not split.
const FINDINGS_A_PART: usize = 600;

/// The made pages.
pub(super) struct Operations {
    /// The page that opens the site.
    pub home: String,
    /// Whether `home` is made; it is a page of the book otherwise.
    pub makes_home: bool,
    /// The full index.
    pub index: String,
    /// The whole book on one page.
    pub print: Option<String>,
    /// The feed of changes; for a site that knows where it stands.
    pub feed: Option<String>,
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
    /// Where pages of the book name an operation.
    requests: Vec<(Span, OperationId)>,
    /// Where pages of the book speak of each operation, once a page.
    pub mentions: HashMap<OperationId, Vec<Span>>,
    /// The list of specs, where there are several.
    pub specs_index: Option<String>,
    /// The pages of each spec.
    pub specs: Vec<SpecPlan>,
    /// The lists of pages by audience and by tag.
    pub topics: Vec<Topics>,
    /// What the header links to, in its order.
    pub links: Vec<MadePage>,
    totals: Totals,
}

/// A book with more pages is on one page only if that is asked for: few browsers print thousands of pages.
const PRINTED: usize = 300;

/// So many names of audiences or tags are told before one looks.
const NAMED: usize = 6;

/// A page that the header links to.
#[derive(Debug, Clone)]
pub(super) struct MadePage {
    pub title: String,
    /// One sentence with counts.
    pub about: String,
    pub path: String,
    /// Its language, where that is another one than that of the page.
    pub language: Option<String>,
    /// Whether the bar has room for it.
    pub in_bar: bool,
    /// The name of its title.
    key: &'static str,
    /// The folder of the pages that belong to it.
    folder: Option<String>,
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

impl Operations {
    /// Plans the made pages and gives them their paths.
    pub(super) fn of(
        project: &Project,
        findings: &[Finding],
        settings: &Settings,
        says: &Texts,
        languages: &Languages<'_>,
        urls: &mut Urls,
    ) -> Operations {
        let totals = Totals::of(project, findings);
        let made = |key, path: &str, folder| MadePage {
            title: says.get(key).to_owned(),
            about: totals.about(key, says),
            path: path.to_owned(),
            language: None,
            in_bar: true,
            key,
            folder,
        };
        // What is made of the whole project is made once, in the language of the book.
        let is_main = !languages.is_translation();
        let makes_home = !urls.is_taken("index.html");
        let home = if makes_home { urls.claim("index.html") } else { "index.html".to_owned() };
        let mut links = Vec::new();

        let recovery = (is_main && !project.facts.is_empty()).then(|| urls.claim("recovery.html"));
        links.extend(recovery.as_ref().map(|it| made("recovery", it, None)));
        let specs_index = (project.specs.len() > 1).then(|| urls.claim("api/index.html"));
        let mut folders = Names::default();
        let specs: Vec<SpecPlan> = project
            .specs
            .iter()
            .map(|it| SpecPlan::of(it, &project.sources, settings, says, &mut folders, urls))
            .collect();
        let reference = specs_index.as_ref().or(specs.first().map(|it| &it.index));
        links.extend(reference.map(|it| made("api", it, Some("api/".to_owned()))));
        let routes = (!project.routes.routes.is_empty()).then(|| urls.claim("routes.html"));
        links.extend(routes.as_ref().map(|it| made("routes", it, None)));
        let alerts = (!project.alerts.all.is_empty()).then(|| urls.claim("alerts.html"));
        links.extend(alerts.as_ref().map(|it| made("alerts", it, None)));
        let contacts = (is_main && pages::contacts::is_wanted(project)).then(|| urls.claim("contacts.html"));
        links.extend(contacts.as_ref().map(|it| made("contacts", it, None)));
        let freshness =
            (is_main && pages::freshness::is_wanted(project)).then(|| urls.claim("freshness.html"));
        links.extend(freshness.as_ref().map(|it| made("freshness", it, None)));
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
            links.extend(parts.first().map(|it| made("findings", &it.path, None)));
        }
        if let Some((shared, totals)) = &languages.shared {
            links.extend(shared.iter().map(|it| MadePage {
                title: says.get(it.key).to_owned(),
                about: totals.about(it.key, says),
                ..it.clone()
            }));
        }
        let requests = requests(project);
        let index = urls.claim("toc.html");
        let pages = project.pages.iter().filter(|it| it.in_book).count();
        let print =
            settings.print.unwrap_or((2..=PRINTED).contains(&pages)).then(|| urls.claim("print.html"));
        let topics = Topics::of(project, settings, urls);
        for it in &topics {
            let names: Vec<&str> = it.all.iter().map(|it| it.name.as_str()).take(NAMED).collect();
            let more = if it.all.len() > NAMED { " …" } else { "" };
            let about = format!("{}{more}", names.join(", "));
            let folder = it.index.strip_suffix("index.html").map(str::to_owned);
            links.push(MadePage { in_bar: false, about, ..made(KINDS[it.kind].2, &it.index, folder) });
        }
        let about = says.counted(pages, "page-count", "pages-count");
        links.push(MadePage { about, ..made("contents", &index, None) });
        let told = settings.base_url.is_some() && !settings.updates.is_empty();
        let feed = told.then(|| urls.claim("feed.xml"));
        Operations {
            home,
            makes_home,
            index,
            print,
            feed,
            recovery,
            routes,
            alerts,
            freshness,
            contacts,
            alert_anchors,
            alerts_of,
            findings: parts,
            counts,
            mentions: mentions(&requests),
            requests,
            specs_index,
            specs,
            topics,
            links,
            totals,
        }
    }

    /// Where the reference shows an operation: path and anchor.
    pub(super) fn operation(&self, id: OperationId) -> Option<(&str, &str)> {
        self.specs.get(id.spec)?.operation(id.operation)
    }

    /// The places where pages of the book name an operation, with its path and anchor.
    pub(super) fn named(&self) -> BTreeMap<(SourceId, u32), (String, String)> {
        let mut named = BTreeMap::new();
        for (span, id) in &self.requests {
            if let Some((path, anchor)) = self.operation(*id) {
                named.entry((span.source, span.start)).or_insert((path.to_owned(), anchor.to_owned()));
            }
        }
        named
    }

    /// What the bar links to and other languages have no page of their own for, seen from their tree, and what it holds.
    pub(super) fn shared(&self, up: &str, language: &str) -> (Vec<MadePage>, Totals) {
        let own = self.links.iter().filter(|it| it.in_bar && it.key != "contents");
        let shared = own.map(|it| MadePage {
            path: format!("{up}{}", it.path),
            language: Some(language.to_owned()),
            folder: None,
            ..it.clone()
        });
        (shared.collect(), self.totals)
    }

    /// The paths of all made pages.
    pub(super) fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> =
            self.links.iter().filter(|it| it.language.is_none()).map(|it| it.path.as_str()).collect();
        paths.extend(self.makes_home.then_some(self.home.as_str()));
        paths.extend(self.findings.iter().map(|it| it.path.as_str()));
        paths.extend(self.topics.iter().flat_map(Topics::files).map(|it| it.0));
        paths.extend(self.specs.iter().flat_map(SpecPlan::paths));
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

/// Where pages of the book name an operation, in the order of the text.
fn requests(project: &Project) -> Vec<(Span, OperationId)> {
    if project.specs.is_empty() {
        return Vec::new();
    }
    let endpoints = Endpoints::new(project);
    let in_book: HashSet<SourceId> =
        project.pages.iter().filter(|it| it.in_book).map(|it| it.source).collect();
    let mut requests = Vec::new();
    for reference in project.references.iter().filter(|it| in_book.contains(&it.span.source)) {
        if let Target::Endpoint { method, path, .. } = &reference.target {
            requests.extend(endpoints.operations(method, path).into_iter().map(|id| (reference.span, id)));
        }
    }
    requests
}

/// The first place of each page that names an operation.
fn mentions(requests: &[(Span, OperationId)]) -> HashMap<OperationId, Vec<Span>> {
    let mut mentions: HashMap<OperationId, Vec<Span>> = HashMap::new();
    for (span, id) in requests {
        let places = mentions.entry(*id).or_default();
        if places.last().is_none_or(|it| it.source != span.source) {
            places.push(*span);
        }
    }
    mentions
}

impl MadePage {
    /// Whether a page is this one or belongs to it.
    pub(super) fn owns(&self, path: &str) -> bool {
        self.path == path
            || self.folder.as_ref().is_some_and(|it| path.starts_with(it) && self.path.starts_with(it))
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

    /// `2 errors, 1 hint`; empty for none.
    pub(super) fn words(&self, says: &Texts) -> String {
        let words = [
            (self.errors, "error", "errors"),
            (self.warnings, "warning", "warnings"),
            (self.infos, "hint", "hints"),
        ];
        let words =
            words.iter().filter(|it| it.0 > 0).map(|&(count, one, many)| says.counted(count, one, many));
        words.collect::<Vec<_>>().join(", ")
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

/// Gives each its own name; equal ones are told apart by numbers.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// The last number tried for a name, so that many equal ones cost no more than few.
    last: HashMap<String, usize>,
}

impl Names {
    /// The name, or one like it that is free.
    pub(super) fn free(&mut self, wanted: String) -> String {
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
pub(super) fn slug(text: &str) -> String {
    let words: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let slug = words.split_whitespace().collect::<Vec<_>>().join("-");
    if slug.is_empty() { "spec".to_owned() } else { slug }
}
