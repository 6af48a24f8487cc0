//! The pages of a site, one file a kind.

pub(super) mod alerts;
pub(super) mod api;
pub(super) mod book;
pub(super) mod findings;
pub(super) mod index;
pub(super) mod recovery;
pub(super) mod routes;
