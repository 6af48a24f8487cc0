//! Text → model. Nothing here fails, reads a file or judges: what cannot be parsed is data too.

mod alerts;
mod book;
mod claim;
pub mod code;
mod contact;
mod dates;
pub(crate) mod document_type;
mod drill;
pub mod encoding;
mod error_table;
pub mod json;
mod label;
pub mod markdown;
pub mod openapi;
mod owner;
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

use rayon::prelude::*;

use crate::config::Config;
use crate::model::coverage::{CoverageOptions, coverage};
use crate::model::fact::Objective;
use crate::model::page::Page;
use crate::model::suppression::Suppressions;
use crate::model::{Damage, Files, Project, Unread};
use crate::source::{SourceId, Sources, Span};

/// Builds the model of everything that was read. Never fails on content.
pub fn project(mut sources: Sources, files: Files, unread: Vec<Unread>, config: &Config) -> Project {
    // Before anything is parsed, so that nothing made of the texts can show one.
    let secrets = secret::mask(&mut sources);
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
    let pages: Vec<_> = documents
        .par_iter()
        .filter(|&&id| !is_unread(id))
        .map(|&id| {
            let source = sources.get(id);
            let mut page = markdown::parse(id, &source.path, &source.text, selection.in_book(&source.path));
            document_type::set(&mut page, &source.path, &source.text, &document_types);
            page.owners = owner::owners(&page, &source.text);
            code::read(&mut page, &source.text);
            let facts = recovery::facts(&page, &source.text);
            let damage = encoding::damage(&source.text);
            let claims = claim::claims(&page, &source.path, &source.text);
            let dates = dates::dates(&page, &source.text);
            let listings = tree_listing::of(&page, &source.text);
            let suppressions = suppression::of_page(&page, source);
            let contacts = contact::contacts(&page, &source.text);
            let severities = severity::severities(&page, &source.text);
            let schedules = schedule::schedules(&page, &source.text);
            let drills = drill::drills(&page, &source.text);
            (
                page,
                facts,
                damage,
                claims,
                dates,
                listings,
                suppressions,
                contacts,
                severities,
                schedules,
                drills,
            )
        })
        .collect();
    let specs = specs(&sources, &selection, config);
    let settings = routes::Settings {
        sources: config.routes.sources.iter().map(|it| config.project_path(it)).collect(),
        imports: imports(config),
        frameworks: config.routes.framework.clone(),
    };
    let routes = routes::extract(&sources, &files, &settings);

    let foreign_levels = ruleset::read(&sources);
    let mut project =
        Project { specs, foreign_levels, routes, secrets, unread, document_types, ..Project::default() };
    let mut suppressions: Vec<Suppressions> = (0..sources.len())
        .into_par_iter()
        .map(|it| SourceId(it as u32))
        .filter(|&id| !is_markdown(sources.path(id)))
        .map(|id| suppression::of_file(id, sources.get(id)))
        .collect();
    for (page, facts, damage, claims, dates, listings, said, contacts, severities, schedules, drills) in pages
    {
        let source = page.source;
        suppressions.push(said);
        if page.document_type.is_some() || !contacts.sections.is_empty() {
            project.contacts.push(contacts);
        }
        let (tolerances, facts): (Vec<_>, Vec<_>) =
            facts.into_iter().partition(|it| it.kind == Objective::Mtd);
        project.facts.extend(facts);
        project.tolerances.extend(tolerances);
        project.schedules.extend(schedules);
        project.drills.extend(drills);
        project.claims.extend(claims);
        project.dates.extend(dates);
        project.severities.extend(severities);
        project.listings.extend(listings);
        project.damage.extend(damage.into_iter().map(|it| Damage {
            span: Span::new(source, it.range),
            repaired: it.repaired,
            encoding: it.encoding,
        }));
        project.pages.push(page);
    }
    for said in suppressions {
        project.suppressions.all.extend(said.all);
        project.suppressions.unclear.extend(said.unclear);
    }
    project.suppressions.all.sort_by_key(|it| (it.source, it.rule_span));
    project.suppressions.unclear.sort_by_key(|it| it.0);
    project.schedules.extend(schedule::of_files(&sources));
    project.schedules.sort_by_key(|it| it.span);
    project.book = book::book(config, src, &sources, &files, &project.pages);
    let exclude = config.routes.exclude.iter().map(|it| (it.route.clone(), it.reason.clone()));
    let options = CoverageOptions {
        base_path: config.routes.base_path.clone(),
        exclude: exclude.collect(),
        contract_first: contract_first(&project, &sources),
    };
    project.coverage = coverage(&project.routes, &project.specs, &options);
    project.repository = repository::read(&sources, &files, config.repository());
    let references = project.pages.par_iter().flat_map_iter(|page| {
        let source = sources.get(page.source);
        reference::references(page, &source.text, &source.path, &project.repository, &files)
    });
    project.references = references.collect();
    let tables = |page: &Page| error_table::tables(page, &sources.get(page.source).text);
    project.error_tables = project.pages.par_iter().flat_map_iter(tables).collect();
    let mut alerts = alerts::read(&sources, |path| !selection.is_excluded(path), config);
    project.sources = sources;
    project.files = files;
    crate::model::alert::resolve(&project, &mut alerts, &alerts::addresses(config));
    project.alerts = alerts;
    project
}

fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, it)| it);
    extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
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
