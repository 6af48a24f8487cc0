//! Lowered source files, each parsed at most once, when somebody asks for it.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::features::Features;
use super::framework::Framework;
use super::ir::Module;
use super::lower::{Language, lower};
use crate::source::{Source, SourceId, Sources};

/// A larger file is generated or bundled.
const MAX_BYTES: usize = 2_000_000;

/// The source files of a project.
pub(super) struct Store<'a> {
    pub(super) sources: &'a Sources,
    /// What is known of frameworks.
    pub(super) tables: &'a [Framework],
    modules: Vec<OnceLock<Arc<Module>>>,
    /// The features of Rust crates, once a file of one is read.
    features: OnceLock<Features>,
}

impl<'a> Store<'a> {
    /// No file is parsed yet.
    pub(super) fn new(sources: &'a Sources, tables: &'a [Framework]) -> Store<'a> {
        let modules = (0..sources.len()).map(|_| OnceLock::new()).collect();
        Store { sources, tables, modules, features: OnceLock::new() }
    }

    /// The lowered form of a file.
    pub(super) fn module(&self, id: SourceId) -> Arc<Module> {
        let module = self.modules[id.0 as usize].get_or_init(|| {
            let source = self.sources.get(id);
            let text = if source.text.len() > MAX_BYTES { "" } else { &source.text };
            let is_rust = Language::of(&source.path) == Some(Language::Rust);
            let features = is_rust.then(|| self.features.get_or_init(|| Features::new(self.sources)));
            Arc::new(lower(&source.path, text, features.and_then(|it| it.of(&source.path))))
        });
        Arc::clone(module)
    }

    /// Parses many files at once.
    pub(super) fn parse_all(&self, ids: &[SourceId]) {
        ids.par_iter().for_each(|&id| drop(self.module(id)));
    }

    /// The files of these languages, parsed or not, tests among them.
    pub(super) fn written_in<'l>(
        &self,
        languages: &'l [Language],
    ) -> impl Iterator<Item = (SourceId, &'a Source)> + use<'a, 'l> {
        let is_one = |it: &Source| Language::of(&it.path).is_some_and(|it| languages.contains(&it));
        self.sources.iter().filter(move |(_, it)| is_one(it))
    }

    /// The files of a language that were parsed.
    pub(super) fn read(&self, language: Language) -> Vec<Arc<Module>> {
        self.read_files(language).into_iter().map(|(_, it)| it).collect()
    }

    /// The same, each with its file.
    pub(super) fn read_files(&self, language: Language) -> Vec<(SourceId, Arc<Module>)> {
        self.written_in(&[language])
            .filter_map(|(id, _)| Some((id, self.modules[id.0 as usize].get().cloned()?)))
            .collect()
    }

    /// How many files were parsed.
    pub(super) fn parsed(&self) -> usize {
        self.modules.iter().filter(|it| it.get().is_some()).count()
    }
}
