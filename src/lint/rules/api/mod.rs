//! Rules of the group `api/`.

mod conditions;
mod dialect;
pub(crate) mod structure;
pub(crate) mod unreadable;
mod value;
