//! Tells what kind of document a page is.

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::config::{Config, SectionConfig};
use crate::model::document_type::{DocumentTypes, Section, plain_words};
use crate::model::page::Page;

/// The kinds of documents of a project: docwright's own with what the configuration changes.
pub(super) fn types(config: &Config) -> DocumentTypes {
    let mut types = DocumentTypes::default();
    for (name, written) in &config.documents.types {
        let kind = types.entry(name);
        if let Some(title) = &written.title {
            kind.title.clone_from(title);
            kind.is_titled = true;
        }
        if let Some(contacts) = written.contacts {
            kind.contacts = contacts;
        }
        let mut paths = GlobSetBuilder::new();
        for glob in written.paths.iter().filter_map(|it| Glob::new(&config.project_path(it)).ok()) {
            paths.add(glob);
        }
        kind.paths = paths.build().unwrap_or_else(|_| GlobSet::empty());
        let known = kind.sections.clone();
        if let Some(sections) = &written.sections {
            kind.sections = sections.iter().map(|it| section(it, &known)).collect();
        }
        kind.sections.extend(written.more_sections.iter().map(|it| section(it, &known)));
    }
    types
}

/// A section of the configuration; where docwright knows it under that name, its other names count too.
fn section(written: &SectionConfig, known: &[Section]) -> Section {
    let (heading, synonyms) = match written {
        SectionConfig::Heading(heading) => (heading, &Vec::new()),
        SectionConfig::Table { heading, synonyms } => (heading, synonyms),
    };
    let same = known.iter().find(|it| it.heading.eq_ignore_ascii_case(heading));
    let mut all: Vec<String> = synonyms.iter().map(|it| plain_words(it).trim().to_owned()).collect();
    all.extend(same.iter().flat_map(|it| it.synonyms.iter().cloned()));
    let hint = same.map(|it| it.hint.clone()).unwrap_or_default();
    Section { heading: heading.clone(), hint, required: true, synonyms: all }
}

/// Sets a page's kind.
pub(crate) fn set(page: &mut Page, path: &str, text: &str, types: &DocumentTypes) {
    let front_matter = page.front_matter.as_ref();
    let declared = front_matter.and_then(|it| it.get(text, "type").or_else(|| it.get(text, "doc_type")));
    let found = types.of(path, &page.title, declared.as_deref());
    page.document_type = found.map(|(it, _)| it.name.clone());
    page.told_by = found.map(|(_, by)| by);
}
