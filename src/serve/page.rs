//! What the preview adds to a page: one script, one style sheet, and what they have to know. The site's own policy
//! allows both, for they come from the same origin.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::finding::Finding;
use crate::live::Problem;
use crate::model::Project;
use crate::model::page::Page;
use crate::render::Site;

/// Where the preview's own files are; no path of a site begins so.
pub(super) const OWN: &str = "_docwright/";

/// What the script has to know of a page.
#[derive(Debug, Serialize)]
pub(super) struct State<'a> {
    generation: u64,
    draft: bool,
    problem: Option<&'a Problem>,
    findings: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    severity: &'static str,
    rule: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    line: u32,
    /// The id of the nearest heading above.
    anchor: Option<&'a str>,
    /// The page of the rule, where the site has it.
    href: Option<String>,
}

impl<'a> State<'a> {
    /// What is known of the page at a path.
    pub(super) fn of(
        project: &'a Project,
        site: &Site<'_>,
        findings: &'a [Finding],
        path: &str,
        generation: u64,
        problem: Option<&'a Problem>,
    ) -> State<'a> {
        let source = site.page(path);
        let at = source.and_then(|it| project.pages.binary_search_by_key(&it, |page| page.source).ok());
        let Some(page) = at.and_then(|it| project.pages.get(it)) else {
            return State { generation, draft: false, problem, findings: Vec::new() };
        };
        let rows = findings.iter().filter(|it| it.span.source == page.source).map(|it| {
            let above = page.headings.partition_point(|heading| heading.span.start <= it.span.start);
            let heading = above.checked_sub(1).and_then(|at| page.headings.get(at));
            let rule_page = format!("rules/{}.html", it.rule);
            Row {
                severity: it.severity.as_str(),
                rule: it.rule,
                message: &it.message,
                help: it.help.as_deref(),
                line: project.sources.get(page.source).position(it.span.start).line,
                anchor: heading.map(|it| it.anchor.as_str()),
                href: site.page(&rule_page).map(|_| format!("/{rule_page}")),
            }
        });
        State { generation, draft: is_draft(project, page), problem, findings: rows.collect() }
    }

    /// Of a page that could not be made.
    pub(super) fn broken(generation: u64, problem: &'a Problem) -> State<'a> {
        State { generation, draft: false, problem: Some(problem), findings: Vec::new() }
    }
}

/// Whether the front matter says `draft: true`.
fn is_draft(project: &Project, page: &Page) -> bool {
    let text = &project.sources.get(page.source).text;
    let block = page.front_matter.as_ref().and_then(|it| text.get(it.span.range()));
    block.is_some_and(|it| {
        it.lines().filter_map(|line| line.split_once(':')).any(|(key, value)| {
            key == "draft" && value.split('#').next().is_some_and(|it| it.trim() == "true")
        })
    })
}

/// An event as the script reads it: what changed, and where pages went.
pub(super) fn event(generation: u64, paths: &BTreeSet<String>, moved: &BTreeMap<String, String>) -> String {
    serde_json::json!({ "generation": generation, "paths": paths, "moved": moved }).to_string()
}

/// What is shown where there is no page, not even an older one.
pub(super) fn empty() -> Vec<u8> {
    b"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>docwright</title>\n</head>\n<body>\n\
      <main id=\"dw-main\"></main>\n</body>\n</html>\n"
        .to_vec()
}

/// A page with the script first, so that it sees the page as it was sent, and the rest at the end of the head.
pub(super) fn with_preview(page: Vec<u8>, state: &State<'_>) -> Vec<u8> {
    let html = String::from_utf8_lossy(&page);
    let json = serde_json::to_string(state).unwrap_or_default();
    let json = json.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let first = format!("\n<script src=\"/{OWN}preview.js\" defer></script>");
    let last = format!(
        "<link rel=\"stylesheet\" href=\"/{OWN}preview.css\">\n<meta name=\"docwright-preview\" content=\"{json}\">\n"
    );
    let begin = html.find("<head>").map_or(0, |it| it + "<head>".len());
    let end = html.find("</head>").filter(|it| *it >= begin).unwrap_or(begin);
    [&html[..begin], &first, &html[begin..end], &last, &html[end..]].concat().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_gets_script_and_state() {
        let problem = Problem { path: None, line: None, message: "\"<b> & `x`\"".to_owned(), help: None };
        let html = with_preview(empty(), &State::broken(3, &problem));
        let html = String::from_utf8(html).unwrap();
        assert!(html.contains("<head>\n<script src=\"/_docwright/preview.js\" defer>"), "{html}");
        assert!(html.contains(r"\&quot;&lt;b> &amp; `x`\&quot;"), "{html}");
        assert!(html.contains("\"generation") || html.contains("&quot;generation&quot;:3"), "{html}");
    }
}
