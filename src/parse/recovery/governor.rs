//! What a heading or label says about the blocks below it.

use super::lexicon::{self, Class};
use super::mention::{self, Label};
use super::subject;
use super::tokens::Token;
use crate::model::fact::Role;

/// A heading above.
pub(super) struct Section {
    /// 1 to 6.
    pub(super) level: u8,
    /// What it says.
    pub(super) says: Governor,
}

/// What a heading or label says about the blocks below it.
#[derive(Debug, Default, Clone)]
pub(super) struct Governor {
    /// The objectives that it names without a value.
    pub(super) label: Option<Label>,
    /// The role of values without one of their own.
    pub(super) role: Option<Role>,
    /// Its name, outermost first.
    pub(super) subject: Vec<String>,
    /// Whether what stands below is no statement about the system.
    pub(super) dismissed: bool,
    /// Whether it is a label of something else, which ends what a heading names.
    pub(super) ends: bool,
}

/// What the tokens of a heading or label say about what stands below.
pub(super) fn governor(tokens: &[Token], text: &str) -> Governor {
    let label = mention::label(tokens);
    let role = match &label {
        Some(label) => label.role,
        None => (0..tokens.len()).find_map(|at| lexicon::role(tokens, at).map(|(role, _)| role)),
    };
    let subject = if label.as_ref().is_some_and(|it| it.pure) { None } else { subject::name(tokens, text) };
    Governor {
        label,
        role,
        subject: subject.into_iter().collect(),
        dismissed: lexicon::any(tokens, Class::Dismissed),
        ends: false,
    }
}
