//! Rules of the group `code/`.

pub(crate) mod mermaid;
pub(crate) mod not_this_language;
pub(crate) mod smart_quotes;
pub(crate) mod syntax;
pub(crate) mod unclosed_fence;
pub(crate) mod untagged;
