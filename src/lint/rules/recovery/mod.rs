//! Rules of the group `recovery/`.

pub(crate) mod missing_objective;
pub(crate) mod unset_objective;
