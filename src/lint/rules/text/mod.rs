//! Rules of the group `text/`.

pub(crate) mod mojibake;
