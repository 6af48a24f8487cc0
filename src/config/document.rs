//! Kinds of documents, and what recovery has to reach.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[documents]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Documents {
    /// Name of a kind → what is different, or what a new one is.
    pub types: BTreeMap<String, TypeConfig>,
}

/// `[documents.types.NAME]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct TypeConfig {
    /// What it is called.
    pub title: Option<String>,
    /// Globs of the files that are of this kind.
    pub paths: Vec<String>,
    /// The sections that it must have, in place of docwright's own.
    pub sections: Option<Vec<SectionConfig>>,
    /// Sections that it must have as well.
    pub more_sections: Vec<SectionConfig>,
    /// Whether it must name somebody who can be reached.
    pub contacts: Option<bool>,
}

/// A section: its heading, or `{ heading = …, synonyms = […] }`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum SectionConfig {
    /// The heading alone.
    Heading(String),
    /// The heading and other words for it.
    Table {
        /// What it is called.
        heading: String,
        /// Other words for it.
        #[serde(default)]
        synonyms: Vec<String>,
    },
}

/// `[recovery]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Recovery {
    /// Services that must have an RTO and an RPO somewhere.
    pub services: Vec<String>,
}
