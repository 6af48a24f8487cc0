//! Rules of the group `link/`.

pub(crate) mod missing_file;
