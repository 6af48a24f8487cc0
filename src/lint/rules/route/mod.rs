//! Rules of the group `route/`.

pub(crate) mod stale;
pub(crate) mod undocumented;
