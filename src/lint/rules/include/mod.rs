//! Rules about `{{#include …}}` and its kin.

pub(crate) mod cycle;
pub(crate) mod missing_anchor;
pub(crate) mod missing_file;
pub(crate) mod missing_lines;
