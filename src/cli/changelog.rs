//! What changed in the project's specs from revision to revision, for the site. Git runs only because the
//! configuration names revisions.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::api::load;
use super::output;
use super::project::Loaded;
use crate::api::diff::{Version, changes};
use crate::config::Changelog;
use crate::git;
use crate::model::spec::Spec;
use crate::render::Revision;
use crate::source::Sources;

/// How many tags are compared at most.
const MAX_TAGS: usize = 20;

/// How many tags are looked at for those.
const MAX_READ: usize = 200;

/// A version of a spec with its name; or why there is none.
type Named = (String, Result<load::Loaded, String>);

/// The changes of each spec by its path, the newest revision first. What cannot be compared is said once and left
/// out; it is no reason to build no site.
pub(super) fn changelogs(loaded: &Loaded, as_of: Option<Date>) -> BTreeMap<String, Vec<Revision>> {
    let Some(wanted) = &loaded.config.api.changelog else { return BTreeMap::new() };
    let mut said: Vec<String> = Vec::new();
    let mut all = BTreeMap::new();
    for spec in &loaded.project.specs {
        let path = loaded.project.sources.path(spec.source);
        let versions = versions(loaded, wanted, path);
        for problem in versions.iter().filter_map(|(_, it)| it.as_ref().err()) {
            if !said.contains(problem) {
                output::note(&format!("warning: `api.changelog`: {problem}"));
                said.push(problem.clone());
            }
        }
        if !versions.is_empty() {
            all.insert(path.to_owned(), compared(&versions, (spec, &loaded.project.sources), as_of));
        }
    }
    all
}

/// The versions that the configuration asks for, the oldest first.
fn versions(loaded: &Loaded, wanted: &Changelog, path: &str) -> Vec<Named> {
    let read = |revision: &String| {
        load::at_revision(&loaded.root, revision, path).map_err(|error| error.to_string())
    };
    match wanted {
        Changelog::Revisions(names) => names.iter().map(|it| (it.clone(), read(it))).collect(),
        Changelog::Tags(_) => {
            let tags = match git::tags(&loaded.root) {
                Ok(tags) => tags,
                Err(error) => return vec![("tags".to_owned(), Err(error.to_string()))],
            };
            let mut found: Vec<Named> = Vec::new();
            for tag in tags.into_iter().take(MAX_READ) {
                // Tags from before the spec have none, and most tags change something else.
                let Ok(version) = read(&tag) else { continue };
                let same =
                    found.last().and_then(|(_, it)| it.as_ref().ok()).is_some_and(|it| is_same(it, &version));
                if same {
                    // Of tags with the same spec the oldest is the one that brought it.
                    found.pop();
                } else if found.len() >= MAX_TAGS {
                    break;
                }
                found.push((tag, Ok(version)));
            }
            found.reverse();
            found
        }
    }
}

fn is_same(a: &load::Loaded, b: &load::Loaded) -> bool {
    let texts = |it: &load::Loaded| -> Vec<(String, String)> {
        it.sources.iter().map(|(_, it)| (it.path.clone(), it.text.to_string())).collect()
    };
    texts(a) == texts(b)
}

/// Compares each version with the one before it, and what is built with the newest.
fn compared(versions: &[Named], now: (&Spec, &Sources), as_of: Option<Date>) -> Vec<Revision> {
    let mut revisions = Vec::new();
    let mut before: Option<(&String, Version<'_>)> = None;
    for (name, version) in versions {
        let mut revision = Revision { name: name.clone(), since: None, changes: Vec::new(), problem: None };
        match version {
            Err(problem) => revision.problem = Some(problem.clone()),
            Ok(it) => {
                let this = Version { spec: &it.spec, sources: &it.sources };
                if let Some((older, old)) = before {
                    revision.since = Some(older.clone());
                    revision.changes = changes(old, this, as_of);
                }
                before = Some((name, this));
            }
        }
        revisions.push(revision);
    }
    if let Some((older, old)) = before {
        let changes = changes(old, Version { spec: now.0, sources: now.1 }, as_of);
        if !changes.is_empty() {
            let name = "Not released yet".to_owned();
            revisions.push(Revision { name, since: Some(older.clone()), changes, problem: None });
        }
    }
    revisions.reverse();
    revisions
}
