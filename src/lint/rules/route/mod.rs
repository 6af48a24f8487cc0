//! Rules of the group `route/`.

pub(crate) mod extractor_blind;
pub(crate) mod prefix_differs;
pub(crate) mod stale;
pub(crate) mod undocumented;
pub(crate) mod verb_differs;
