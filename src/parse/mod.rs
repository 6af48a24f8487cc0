//! Text → model. Nothing here fails, reads a file or judges: what cannot be parsed is data too.

mod alerts;
#[cfg(any(feature = "diagrams", feature = "math"))]
mod apart;
mod book;
mod claim;
pub mod code;
mod contact;
mod dates;
mod declared;
pub(crate) mod document_type;
mod drill;
pub mod encoding;
mod error_table;
pub mod include;
pub mod json;
mod label;
mod language;
pub mod markdown;
mod math;
pub mod openapi;
mod owner;
mod parts;
pub mod recovery;
pub mod reference;
pub mod repository;
pub mod routes;
pub mod ruleset;
mod schedule;
mod secret;
mod severity;
mod suppression;
pub mod tree;
mod tree_listing;
pub mod yaml;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::config::Config;
use crate::model::coverage::{CoverageOptions, coverage};
use crate::model::suppression::Suppressions;
use crate::model::{Files, Project, Unread};
use crate::source::{SourceId, Sources, is_markdown};
use parts::Parts;

/// Builds the model of everything that was read. Never fails on content.
pub fn project(mut sources: Sources, files: Files, unread: Vec<Unread>, config: &Config) -> Project {
    // Before anything is parsed, so that nothing made of the texts can show one.
    let all: Vec<SourceId> = sources.iter().map(|(id, _)| id).collect();
    let secrets = secret::mask(&mut sources, &all);
    let src = book::find_src(config, &sources, &files);
    let selection = book::Selection::new(&src, config);
    let documents: Vec<SourceId> = sources
        .iter()
        .filter(|(_, it)| is_markdown(&it.path) && selection.contains(&it.path))
        .map(|(id, _)| id)
        .collect();
    let unread: Vec<Unread> = unread
        .into_iter()
        .filter(|it| !is_markdown(sources.path(it.source)) || selection.contains(sources.path(it.source)))
        .collect();
    let is_unread = |id: SourceId| unread.binary_search_by_key(&id, |it| it.source).is_ok();

    let document_types = document_type::types(config);
    let pages: Vec<Parts> = documents
        .par_iter()
        .filter(|&&id| !is_unread(id))
        .map(|&id| parts::read(id, sources.get(id), &selection, &document_types, math::syntax(config)))
        .collect();
    let specs = specs(&sources, &selection, config);
    let settings = routes::Settings {
        sources: config.routes.sources.iter().map(|it| config.project_path(it)).collect(),
        imports: imports(config),
        frameworks: config.routes.framework.clone(),
        query: config.routes.query,
        steps: None,
    };
    let routes = routes::extract(&sources, &files, &settings);

    let foreign_levels = ruleset::read(&sources);
    let mut project =
        Project { specs, foreign_levels, routes, secrets, unread, document_types, ..Project::default() };
    let suppressions: Vec<Suppressions> = (0..sources.len())
        .into_par_iter()
        .map(|it| SourceId(it as u32))
        .filter(|&id| !is_markdown(sources.path(id)))
        .map(|id| suppression::of_file(id, sources.get(id)))
        .collect();
    for said in suppressions {
        project.suppressions.all.extend(said.all);
        project.suppressions.unclear.extend(said.unclear);
    }
    project.schedules.extend(schedule::of_files(&sources));
    pages.into_iter().for_each(|it| it.add_to(&mut project));
    parts::order(&mut project);
    project.book = book::book(config, src, &sources, &files, &project.pages);
    let exclude = config.routes.exclude.iter().map(|it| (it.route.clone(), it.reason.clone()));
    let options = CoverageOptions {
        base_path: config.routes.base_path.clone(),
        exclude: exclude.collect(),
        contract_first: contract_first(&project, &sources),
    };
    project.coverage = coverage(&project.routes, &project.specs, &options);
    project.repository = repository::read(&sources, &files, config.repository());
    let all: Vec<usize> = (0..project.pages.len()).collect();
    refer(&mut project, &all, &sources, &files);
    include::read(&mut project, &sources, &files, config, None);
    project.declared = declared::read(config, &sources, &files);
    let mut alerts = alerts::read(&sources, |path| !selection.is_excluded(path), config);
    project.sources = sources;
    project.files = files;
    crate::model::alert::resolve(&project, &mut alerts, &alerts::addresses(config));
    project.alerts = alerts;
    include::variable::fill(&mut project, config);
    language::read(&mut project, config);
    project
}

/// The model after some of its pages got other texts, and nothing else changed: no file came or went, and the
/// configuration is the same. Only these pages are parsed.
///
/// Texts of sources that are no pages are left alone.
pub fn with_texts(mut project: Project, texts: Vec<(SourceId, String)>, config: &Config) -> Project {
    let is_page = |id| project.pages.binary_search_by_key(&id, |it| it.source).is_ok();
    let texts: Vec<_> = texts.into_iter().filter(|it| is_page(it.0)).collect();
    let changed: BTreeSet<SourceId> = texts.iter().map(|it| it.0).collect();
    let mut sources = project.sources.with(texts);
    let selection = book::Selection::new(&project.book.src, config);
    let ids: Vec<SourceId> = changed.iter().copied().collect();
    let secrets = secret::mask(&mut sources, &ids);
    parts::remove(&mut project, &changed);
    project.secrets.extend(secrets);
    let types = &project.document_types;
    let syntax = math::syntax(config);
    let read = |&id: &SourceId| parts::read(id, sources.get(id), &selection, types, syntax);
    let pages: Vec<Parts> = ids.par_iter().map(read).collect();
    pages.into_iter().for_each(|it| it.add_to(&mut project));
    parts::order(&mut project);
    let src = std::mem::take(&mut project.book.src);
    let files = std::mem::take(&mut project.files);
    project.book = book::book(config, src, &sources, &files, &project.pages);
    let indices: Vec<usize> =
        (0..project.pages.len()).filter(|&at| changed.contains(&project.pages[at].source)).collect();
    refer(&mut project, &indices, &sources, &files);
    include::read(&mut project, &sources, &files, config, Some(&changed));
    project.sources = sources;
    project.files = files;
    let mut alerts = std::mem::take(&mut project.alerts);
    crate::model::alert::resolve(&project, &mut alerts, &alerts::addresses(config));
    project.alerts = alerts;
    include::variable::fill(&mut project, config);
    language::read(&mut project, config);
    project
}

/// Reads what needs the whole repository, of the pages with these indices.
fn refer(project: &mut Project, pages: &[usize], sources: &Sources, files: &Files) {
    let references: Vec<_> = pages
        .par_iter()
        .flat_map_iter(|&at| {
            let page = &project.pages[at];
            let source = sources.get(page.source);
            reference::references(page, &source.text, &source.path, &project.repository, files)
        })
        .collect();
    let tables: Vec<_> = pages
        .par_iter()
        .flat_map_iter(|&at| {
            let page = &project.pages[at];
            error_table::tables(page, &sources.get(page.source).text)
        })
        .collect();
    project.references.extend(references);
    project.references.sort_by_key(|it| it.span.source);
    project.error_tables.extend(tables);
    project.error_tables.sort_by_key(|it| it.source);
}

/// The OpenAPI documents: those that the configuration names, else every file that is one.
fn specs(sources: &Sources, selection: &book::Selection, config: &Config) -> Vec<crate::model::spec::Spec> {
    let roots: Vec<SourceId> = match &config.api.specs {
        Some(named) => named.iter().filter_map(|it| sources.id(&config.project_path(it))).collect(),
        None => sources
            .iter()
            .filter(|(_, it)| selection.contains(&it.path) && openapi::looks_like_openapi(&it.path, &it.text))
            .map(|(id, _)| id)
            .collect(),
    };
    roots.par_iter().map(|&id| openapi::load(id, sources)).collect()
}

/// The specs from which a build generates the server: those that its file names, else all.
fn contract_first(project: &Project, sources: &Sources) -> Vec<usize> {
    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    let named: Vec<Option<String>> =
        project.routes.contract_first.iter().map(|it| it.spec.as_deref().map(name)).collect();
    let generates = |path: &str| named.iter().any(|it| it.as_ref().is_none_or(|it| *it == name(path)));
    let specs = project.specs.iter().enumerate();
    specs.filter(|(_, it)| generates(sources.path(it.source))).map(|(at, _)| at).collect()
}

/// The files with routes and requests that the configuration names.
fn imports(config: &Config) -> Vec<routes::Import> {
    let lists = config.routes.lists.iter().map(|it| (routes::Format::List, it));
    let others = config.routes.import.iter();
    let others = others.filter_map(|it| Some((routes::Format::find(&it.format)?, &it.file)));
    let all = lists.chain(others);
    all.map(|(format, path)| routes::Import { format, path: config.project_path(path) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Selection, run};
    use crate::model::Entry;
    use crate::source::Source;

    fn model(texts: &[(&str, &str)]) -> Project {
        let mut files = Files::default();
        texts.iter().for_each(|it| files.insert(it.0, Entry { is_dir: false, executable: false }));
        let sources = texts.iter().map(|it| Source::new(it.0, it.1)).collect();
        project(Sources::new(sources), files, Vec::new(), &Config::default())
    }

    /// What can be said of a model, places included.
    fn said(project: &Project) -> String {
        let findings = run(project, &Config::default(), &Selection::default()).findings;
        let titles: Vec<&str> = project.pages.iter().map(|it| it.title.as_str()).collect();
        format!(
            "{findings:#?}{titles:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}",
            project.facts,
            project.tolerances,
            project.schedules,
            project.references,
            project.secrets,
            project.suppressions,
            project.claims,
            project.alerts.all,
            project.book.nav,
        )
    }

    #[test]
    fn an_objective_is_the_value_of_its_name_and_stands_there() {
        let mut files = Files::default();
        let text = "# Plan\n\nThe RTO of orders is {{ rto }}, as agreed.\n\n| Service | RPO |\n|---|---|\n| db | {{rpo}} |\n";
        files.insert("docs/a.md", Entry { is_dir: false, executable: false });
        let sources = Sources::new(vec![Source::new("docs/a.md", text)]);
        let variables = toml::from_str("rto = \"4 hours\"\nrpo = \"15 minutes\"").unwrap();
        let config = Config { variables, ..Config::default() };
        let project = project(sources, files, Vec::new(), &config);
        let facts: Vec<_> =
            project.facts.iter().map(|it| (it.seconds, project.sources.text(it.span))).collect();
        assert_eq!(facts, [(Some(14_400.0), "{{ rto }}"), (Some(900.0), "{{rpo}}")]);
        let findings = run(&project, &config, &Selection::default()).findings;
        assert!(
            !findings.iter().any(|it| it.rule.starts_with("recovery/") && it.rule != "recovery/unmeasured"),
            "{findings:?}"
        );
    }

    #[test]
    fn a_changed_page_makes_the_same_model_as_reading_all_again() {
        let token = ["ghp_", "kT9wQz4LmX7vRb2NcY8sHd5JfG1pAe6UoVtS"].concat();
        let rules = "groups: [{name: g, rules: [{alert: Slow, expr: up, annotations: {runbook_url: docs/b.md#slow}}]}]\n";
        let with = |b: &str| {
            let a = format!(
                "# A\n\n[b](b.md#slow), `{token}` and `make gone`\n\n| Service | RTO |\n|---|---|\n| db | 1 h |\n"
            );
            let c = "# C\n\n<!-- docwright-disable-next-line link -->\n[x](no.md)\n\nRPO: 5 minutes. Backups run every 6 hours.\n";
            model(&[("alerts.yaml", rules), ("docs/a.md", &a), ("docs/b.md", b), ("docs/c.md", c)])
        };
        let old = "# Old\n\nThe RTO is 4 hours. [y](gone.md)\n\n<!-- docwright-disable all -->\n";
        let new = format!(
            "# New\n\n## Slow\n\nThe RTO is 2 hours, `{token}`. Run `scripts/x.sh`.\n\n[z](gone.md)\n"
        );
        let before = with(old);
        let id = before.sources.id("docs/b.md").unwrap();
        let config = Config::default();
        let after = with_texts(before, vec![(id, new.clone())], &config);
        assert_eq!(said(&after), said(&with(&new)));
        assert!(!after.sources.get(id).text.contains(&token));
        let back = with_texts(after, vec![(id, old.to_owned())], &config);
        assert_eq!(said(&back), said(&with(old)));
    }
}
