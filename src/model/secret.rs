//! Credentials that stand in the texts.

use crate::source::Span;

/// Something that has the exact form of a credential. Its bytes are masked in the source's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// What is shown: the masked value, or the first line of a private key.
    pub span: Span,
    /// What it is, with its article: `an AWS access key id`.
    pub kind: &'static str,
}
