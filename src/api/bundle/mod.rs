//! A spec of several files as one: what stands in other files becomes a component, and references lead there.
//!
//! YAML is cut and pasted as text where that is possible, so order, comments and numbers of any size stay as they
//! are. Otherwise, and for JSON, the values are written anew.

mod plan;
mod splice;
#[cfg(test)]
mod tests;
mod write;

use crate::model::spec::Spec;
use crate::parse::{tree, yaml};
use crate::source::{Sources, Span};

pub use self::write::Language;
pub(super) use self::write::Out;

/// Why a spec cannot be one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Aliases make it endless or too large.
    TooLarge,
    /// Nothing was read.
    Empty,
}

impl Obstacle {
    /// In words.
    pub fn as_str(&self) -> &'static str {
        match self {
            Obstacle::TooLarge => "aliases or references make the document endless, too deep or too large",
            Obstacle::Empty => "the document is empty",
        }
    }
}

/// A spec as one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The file.
    pub text: String,
    /// References that stayed as they are though they may lead nowhere now.
    pub left: Vec<Span>,
}

/// The spec as one file in a language.
///
/// # Errors
/// There is nothing to write, or no end to it.
pub fn bundle(spec: &Spec, sources: &Sources, language: Language) -> Result<Bundle, Obstacle> {
    let plan = plan::Plan::new(spec, sources).ok_or(Obstacle::Empty)?;
    let source = sources.get(spec.source);
    let is_whole = plan.pointers.is_empty() && plan.inlined.is_empty();
    let is_yaml = language == Language::Yaml && !tree::is_json(&source.path, &source.text);
    if is_whole && is_yaml {
        return Ok(Bundle { text: source.text.to_string(), left: plan.left });
    }
    let out = write::document(&plan).ok_or(Obstacle::TooLarge)?;
    // What was pasted must say the same as what is written anew, whatever the texts look like.
    let pasted = if is_yaml { splice::document(&plan).filter(|it| says(it, &out)) } else { None };
    let text = pasted.unwrap_or_else(|| out.text(language));
    Ok(Bundle { text, left: plan.left })
}

/// Whether a text holds a value.
fn says(text: &str, out: &write::Out) -> bool {
    let (tree, problems) = yaml::parse(text, 0..text.len());
    problems.is_empty() && tree.root(text).and_then(write::read).as_ref() == Some(out)
}
