//! Rules of the group `anchor/`.

pub(crate) mod case;
pub(crate) mod duplicate_target;
pub(crate) mod missing;
pub(crate) mod missing_external;
pub(crate) mod not_portable;
