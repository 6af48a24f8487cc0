//! Rules of the group `page/`.

pub(crate) mod missing_from_summary;
pub(crate) mod missing_index;
pub(crate) mod orphan;
pub(crate) mod review_date;
pub(crate) mod stale;
mod summary;
pub(crate) mod unreachable_tree_path;
