//! Rules of the group `anchor/`.

pub(crate) mod missing;
