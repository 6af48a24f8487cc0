//! What pages take from other files: `{{#include path}}` and its kin, as mdBook has them.
//!
//! A directive is judged in the file where it stands, whoever includes that file, and paths count from there; so what
//! is wrong has one place. Only pages of books of mdBook, and of books of no generator, have directives.

mod compose;
mod directive;
mod select;
pub(super) mod variable;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::config::Config;
use crate::model::document::Kind;
use crate::model::include::{IncludeProblem, IncludeProblemKind as Problem, Includes};
use crate::model::page::{Anchor, Page};
use crate::model::resolve::join;
use crate::model::{Dialect, Files, Project};
use crate::parse::{code, markdown, math};
use crate::source::{Source, SourceId, Sources, Span};
use compose::{Expansion, MOST_SEEN};
use directive::{Action, Directive, Selection, directives};
use select::Lack;

/// The project paths that the directives of a text ask for.
pub fn targets(source: &Source) -> impl Iterator<Item = String> {
    let folder = folder(&source.path);
    directives(&source.text).filter_map(move |it| join(folder, it.path()?))
}

/// Whether directives mean something in this book.
pub(super) fn are_known(config: &Config, dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Plain | Dialect::MdBook)
        && config.build.use_default_preprocessors != Some(false)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Adds the ids that mdBook gives, in its books.
fn add_ids(page: &mut Page, text: &str, dialect: Dialect) {
    if dialect == Dialect::MdBook && page.in_book {
        markdown::mdbook::add_ids(page, text);
    }
}

/// The page of a text that was put together, with all that showing it needs.
fn shown_page(page: &Page, path: &str, text: &str, dialect: Dialect) -> Page {
    let mut shown = markdown::parse_with(page.source, path, text, page.in_book, page.math);
    code::read(&mut shown, text);
    math::read(&mut shown, text);
    add_ids(&mut shown, text, dialect);
    shown
}

/// Puts the pages of the book together, and notes what cannot be included. Of the pages before, those are kept that
/// do not contain any of the `changed` files.
pub(super) fn read(
    project: &mut Project,
    sources: &Sources,
    files: &Files,
    config: &Config,
    changed: Option<&BTreeSet<SourceId>>,
) {
    let before = std::mem::take(&mut project.includes);
    let dialect = project.book.dialect;
    let is_new = |it: &Page| changed.is_none_or(|changed| changed.contains(&it.source));
    project.pages.par_iter_mut().filter(|it| is_new(it)).for_each(|page| {
        let text = &sources.get(page.source).text;
        add_ids(page, text, dialect);
    });
    if !are_known(config, project.book.dialect) {
        return;
    }
    let stays = |page: SourceId, parts: &[SourceId]| {
        changed.is_some_and(|it| !it.contains(&page) && !parts.iter().any(|part| it.contains(part)))
    };
    let mut compositions: BTreeMap<_, _> = before
        .compositions
        .into_iter()
        .filter(|(page, it)| !it.has_variables && stays(*page, &it.parts))
        .collect();
    let book: Vec<&Page> = project.pages.iter().filter(|it| it.in_book).collect();
    let made: Vec<Expansion> = book
        .par_iter()
        .filter(|it| sources.get(it.source).text.contains("{{") && !compositions.contains_key(&it.source))
        .filter_map(|it| compose::expand(it, sources, dialect))
        .collect();
    let mut problems: Vec<IncludeProblem> = Vec::new();
    for expansion in made {
        problems.extend(expansion.problems);
        compositions.extend(expansion.composition.map(|it| (it.page.source, it)));
    }
    let mut parts: BTreeMap<SourceId, Vec<SourceId>> = BTreeMap::new();
    for (page, composition) in &compositions {
        composition.parts.iter().for_each(|it| parts.entry(*it).or_default().push(*page));
    }
    // Cycles are seen only while a page is put together; pages that were kept had none.
    let judged: Vec<SourceId> = book.iter().map(|it| it.source).chain(parts.keys().copied()).collect();
    let checked: Vec<IncludeProblem> =
        judged.par_iter().flat_map_iter(|&it| judge(it, project, sources, files)).collect();
    problems.extend(checked);
    problems.sort_by_key(|it| it.span);
    problems.dedup();
    project.includes = Includes { problems, compositions, parts, ..Includes::default() };
    adopt_anchors(project);
}

/// Gives pages the anchors of their parts, so that links there are known.
pub(super) fn adopt_anchors(project: &mut Project) {
    let compositions = &project.includes.compositions;
    for page in project.pages.iter_mut().filter(|it| compositions.contains_key(&it.source)) {
        let Some(composition) = compositions.get(&page.source) else { continue };
        for id in composition.page.anchors.keys() {
            page.anchors.entry(id.clone()).or_insert(Anchor::Composed);
        }
        page.composed = composition.page.composed;
    }
}

/// What is wrong with the directives of a file.
fn judge(id: SourceId, project: &Project, sources: &Sources, files: &Files) -> Vec<IncludeProblem> {
    let source = sources.get(id);
    let page = project.pages.binary_search_by_key(&id, |it| it.source).ok().map(|it| &project.pages[it]);
    let mut problems = Vec::new();
    let mut samples: Option<Vec<Range<usize>>> = None;
    let mut budget = MOST_SEEN;
    for directive in directives(&source.text) {
        let Some((words, kind)) = problem(source, &directive, sources, files, &mut budget) else { continue };
        let may_be_sample = matches!(kind, Problem::MissingFile(_) | Problem::Escapes);
        let samples = samples.get_or_insert_with(|| page.map_or_else(Vec::new, |it| shown(it, &source.text)));
        let at = directive.range.start;
        let next = samples.partition_point(|it| it.end <= at);
        let is_sample = samples.get(next).is_some_and(|it| it.start <= at);
        if !(may_be_sample && is_sample) {
            problems.push(IncludeProblem { span: Span::new(id, words), kind });
        }
    }
    problems
}

/// What is wrong with a directive, with the bytes of the words that are.
fn problem(
    source: &Source,
    directive: &Directive<'_>,
    sources: &Sources,
    files: &Files,
    budget: &mut usize,
) -> Option<(Range<usize>, Problem)> {
    let path = directive.path()?;
    let words = source.text.get(directive.range.clone())?;
    // The path follows a word and white space, so it cannot be part of the word.
    let behind_word = words.find(char::is_whitespace).map_or(0, |it| it + 1);
    let at = directive.range.start + behind_word + words.get(behind_word..)?.find(path)?;
    let at_path = at..at + path.len();
    let Some(target) = join(folder(&source.path), path) else { return Some((at_path, Problem::Escapes)) };
    let Some(id) = sources.id(&target) else {
        let there = files.get(&target).is_some();
        let kind = if there { Problem::Unreadable(target) } else { Problem::MissingFile(target) };
        return Some((at_path, kind));
    };
    let text = &sources.get(id).text;
    *budget = budget.checked_sub(text.len())?;
    let (selection, selected) = match &directive.action {
        Action::Include { selection, .. } => (selection, select::lines(text, selection)),
        Action::Rustdoc { selection, .. } => (selection, select::rustdoc(text, selection)),
        _ => return None,
    };
    let at_lines = at_path.end + 1..at_path.end + directive.wanted(words).len();
    let name = match selection {
        Selection::Anchor(name) => (*name).to_owned(),
        Selection::Lines(_) => String::new(),
    };
    let kind = match selected.lack? {
        Lack::Anchor => Problem::MissingAnchor { path: target, anchor: name },
        Lack::AnchorEnd => Problem::UnclosedAnchor { path: target, anchor: name },
        Lack::Lines(lines) => Problem::MissingLines { path: target, lines },
    };
    Some((at_lines, kind))
}

/// Languages of blocks that show how pages are written.
const SAMPLES: [&str; 6] = ["md", "markdown", "mdx", "hbs", "handlebars", "mustache"];

/// The places of a page that only show what a directive looks like: inline code, blocks of Markdown, comments.
fn shown(page: &Page, text: &str) -> Vec<Range<usize>> {
    let is_comment =
        |range: Range<usize>| text.get(range).is_some_and(|it| it.trim_start().starts_with("<!--"));
    let nodes = page.document.nodes.iter().filter(|it| match it.kind {
        Kind::Code(_) => true,
        Kind::CodeBlock(at) => {
            page.code_blocks.get(at as usize).is_some_and(|it| SAMPLES.contains(&it.language.as_str()))
        }
        Kind::HtmlBlock | Kind::InlineHtml => is_comment(it.range()),
        _ => false,
    });
    nodes.map(|it| it.range()).collect()
}
