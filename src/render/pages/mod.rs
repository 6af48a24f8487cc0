//! The pages of a site, one file a kind.

pub(super) mod book;
pub(super) mod index;
