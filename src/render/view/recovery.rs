//! What the recovery matrix shows.

use serde::Serialize;

use super::{Badge, Origin, Shell};

/// The recovery matrix and the list of all objectives.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RecoveryPage {
    pub shell: Shell,
    pub rows: Vec<RecoveryRow>,
    pub facts: Vec<FactRow>,
    /// How many documents state them.
    pub documents: usize,
    /// How many rows need attention.
    pub attention: usize,
}

/// What is stated about one subject.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RecoveryRow {
    /// What the subject belongs to: the headings above it.
    pub context: String,
    pub subject: String,
    pub rto_target: Vec<ObjectiveCell>,
    pub rto_actual: Vec<ObjectiveCell>,
    pub rpo_target: Vec<ObjectiveCell>,
    pub rpo_actual: Vec<ObjectiveCell>,
    /// The schedule that the RPO is held against.
    pub backup: Option<Placed>,
    /// The last drill.
    pub drill: Option<Placed>,
    pub status: Badge,
}

/// Words of a document, with their place.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Placed {
    pub value: String,
    pub origin: Origin,
}

/// One value in the matrix.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ObjectiveCell {
    pub value: String,
    /// `set`, `soft`, `unset`.
    pub status: &'static str,
    pub origin: Origin,
}

/// One stated objective.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FactRow {
    /// `RTO target`
    pub objective: String,
    pub subject: String,
    /// As written.
    pub raw: String,
    /// The number in units, or empty.
    pub value: String,
    pub status: Badge,
    pub origin: Origin,
}
