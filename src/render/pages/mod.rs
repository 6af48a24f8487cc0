//! The pages of a site, one file a kind.

pub(super) mod alerts;
pub(super) mod book;
mod card;
pub(super) mod contacts;
pub(super) mod feed;
pub(super) mod findings;
pub(super) mod freshness;
pub(super) mod index;
pub(super) mod print;
pub(super) mod recovery;
pub(super) mod routes;
pub(super) mod topics;
pub(super) mod untranslated;
