//! A site whose every text is a mark, and whose documents have no Latin letters: what is left beside the marks was
//! written into a template or a page builder, where no language can reach it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::built_in;
use crate::api::diff::{Change, Level};
use crate::finding::{Finding, Severity};
use crate::render::tests::project;
use crate::render::{Content, Revision, Settings, Site, Update};
use crate::source::{SourceId, Span};

/// Words that are names, units or what a file must say to be read at all: paths and revisions, then what no language
/// changes, then what the files of the project say.
const NAMES: [&str; 3] = [
    "docs md api yaml alerts src js https example x y v1 v2",
    "RTO RPO OpenAPI OAuth OpenID Connect Markdown Express curl HTTP Python JavaScript Go GET POST h min d null Ida",
    "string integer object array enum uuid apiKey http oauth2 mutualTLS openIdConnect authorizationCode \
     clientCredentials page Escalation TBD",
];

const PLAN: &str = "---\ntype: dr-plan\nowner: Ζευς\nlast_reviewed: 2026-01-05\nreview_by: 2026-02-01\ntags: [θάλασσα]\n\
    audience: [λιμένας]\n---\n# Σχέδιο\n\n| Υπηρεσία | RTO | RPO |\n|---|---|---|\n| Α | 4 h | 15 min |\n\
    | Β | 2 h | TBD |\n\n## Β\n\n| Υπηρεσία | RTO |\n|---|---|\n| Α | 5 h |\n\n## Escalation\n\n\
    | Ποιος | Πώς |\n|---|---|\n| Ζευς | +30 210 555 0199 |\n| Ήρα | TBD |\n";
const RULES: &str = "groups:\n- name: α\n  rules:\n\
    - {alert: Βλάβη, expr: up == 0, for: 5m, labels: {severity: page}, annotations: {runbook_url: docs/α.md}}\n\
    - {alert: Γάμα, expr: up == 0, labels: {severity: page}}\n\
    - {alert: Δέλτα, expr: up == 0, annotations: {runbook_url: docs/ω.md}}\n\
    - {alert: Έψιλον, expr: up == 0, annotations: {runbook_url: 'docs/α.md#ω'}}\n\
    - {alert: Ζήτα, expr: up == 0, annotations: {runbook_url: 'https://ω.example/'}}\n";
const APP: &str = "const express = require('express');\nconst app = express();\napp.get('/β', a);\napp.get('/γ', a);\napp.get('/ε', a);\n\
    app.post('/δ', a);\napp.listen(1);\n";
const SPEC: &str = include_str!("marks.yaml");

/// The site, page by page.
fn pages() -> Vec<(String, String)> {
    let project = project(&[
        ("docs/α.md", PLAN),
        ("docs/β.md", "---\ntype: runbook\nlast_reviewed: 2020-01-05\n---\n# Βήτα\n\n`GET /β`\n"),
        ("docs/γ.md", "# Γάμα\n"),
        ("alerts/α.yaml", RULES),
        ("src/α.js", APP),
        ("package.json", "{\"dependencies\": {\"express\": \"4\"}}"),
        ("api/α.yaml", SPEC),
        ("api/β.yaml", "openapi: 3.1.0\ninfo: {title: Βήτα, version: '1'}\npaths: {}\n"),
    ]);
    let marks = built_in().into_iter().map(|(key, text)| {
        let mark = format!("⟦{key}|{}⟧", "{}".repeat(places(&text)));
        (key, mark)
    });
    let findings = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| Finding {
        rule: "α/β",
        severity,
        message: "λάθος `α`".to_owned(),
        span: Span { source: SourceId(0), start: 0, end: 1 },
        related: Vec::new(),
        help: Some("βοήθεια".to_owned()),
        fix: None,
    });
    let change = |level| Change {
        check: "α",
        level,
        side: None,
        message: "αλλαγή".to_owned(),
        operations: ["β", "γ", "δ", "ε", "ζ"].map(|it| format!("GET /{it}")).to_vec(),
        component: None,
        is_gone: false,
        old: None,
        new: None,
    };
    let revision = |since: Option<&str>, problem: Option<&str>, changes| Revision {
        name: "v2".to_owned(),
        since: since.map(str::to_owned),
        changes,
        problem: problem.map(str::to_owned),
    };
    let levels = [Level::Breaking, Level::Warning, Level::NonBreaking, Level::Documentation];
    let revisions = vec![
        revision(Some("v1"), None, levels.map(change).to_vec()),
        revision(Some("v1"), None, Vec::new()),
        revision(Some("v1"), Some("πρόβλημα"), Vec::new()),
        revision(None, None, Vec::new()),
    ];
    let update =
        Update { date: "2026-03-02".to_owned(), subject: "α".to_owned(), authors: vec!["Ida".to_owned()] };
    let settings = Settings {
        texts: marks.collect(),
        title: Some("Ώρα".to_owned()),
        base_url: Some("https://ω.example/".to_owned()),
        as_of: Some(date(2026, 6, 30)),
        updates: BTreeMap::from([("docs/α.md".to_owned(), update)]),
        changelogs: BTreeMap::from([("api/α.yaml".to_owned(), revisions)]),
        try_it: true,
        version: Some("2".to_owned()),
        ..Settings::default()
    };
    let site = Site::new(&project, &findings, &settings).expect("the built-in theme is sound");
    let html = site.paths().filter(|it| it.ends_with(".html"));
    let made = html.map(|path| match site.file(path) {
        Ok(Some(Content::Bytes(bytes))) => {
            (path.to_owned(), String::from_utf8(bytes).expect("HTML is UTF-8"))
        }
        other => panic!("{path}: {other:?}"),
    });
    made.collect()
}

fn places(text: &str) -> usize {
    text.matches("{}").count()
}

/// What a reader reads or hears: the text between the tags of a page, since a mark may hold links, and each attribute
/// that is read aloud or shown.
fn read_aloud(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut between = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        between.push_str(text);
        between.push(' ');
        let end = tag.find('>').expect("tags end");
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        for attribute in ["aria-label", "title", "alt", "placeholder", "label"] {
            let value =
                tag[..end].split_once(&format!(" {attribute}=\"")).and_then(|it| it.1.split_once('"'));
            found.extend(value.map(|it| it.0.to_owned()));
        }
        rest = &tag[end + 1..];
        // What stands there is no prose, or is in another language anyway.
        if ["script", "style", "pre", "code"].contains(&name) {
            rest = rest.split_once(&format!("</{name}>")).map_or("", |it| it.1);
        }
    }
    found.push(between);
    found
}

/// A text without the marks and what they hold.
fn beside_marks(text: &str) -> String {
    let mut depth = 0;
    let mut left = String::new();
    for c in text.chars() {
        match c {
            '⟦' => depth += 1,
            '⟧' => depth -= 1,
            _ if depth == 0 => left.push(c),
            _ => {}
        }
    }
    assert_eq!(depth, 0, "a mark is torn: {text}");
    left
}

#[test]
fn no_page_has_words_of_its_own() {
    let pages = pages();
    for made in
        ["recovery", "routes", "alerts", "contacts", "freshness", "findings", "print", "404", "toc", "index"]
    {
        assert!(pages.iter().any(|it| it.0 == format!("{made}.html")), "no {made}.html");
    }
    let names: BTreeSet<&str> = NAMES.iter().flat_map(|it| it.split_whitespace()).collect();
    let mut left: BTreeSet<(String, String)> = BTreeSet::new();
    let mut said: BTreeSet<String> = BTreeSet::new();
    for (path, html) in &pages {
        said.extend(html.split('⟦').skip(1).filter_map(|it| Some(it.split_once('|')?.0.to_owned())));
        for text in read_aloud(html) {
            let text =
                beside_marks(&text.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&"));
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            let words =
                words.filter(|it| it.contains(|c: char| c.is_ascii_alphabetic()) && !names.contains(it));
            left.extend(words.map(|it| (it.to_owned(), path.clone())));
        }
    }
    assert!(left.is_empty(), "{left:#?}");
    // A page that is not looked at proves nothing.
    let unsaid: Vec<String> = built_in().into_keys().filter(|it| !said.contains(it)).collect();
    assert!(unsaid.len() < said.len(), "{} of the texts stand on no page: {unsaid:?}", unsaid.len());
}
