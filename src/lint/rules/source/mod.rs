//! Rules of the group `source/`.

pub(crate) mod encoding;
pub(crate) mod too_large;
