//! Rules of the group `text/`.

pub(crate) mod bidi;
pub(crate) mod conflict_marker;
pub(crate) mod invisible;
pub(crate) mod mojibake;
mod place;
pub(crate) mod replacement_character;
