//! Rules about what a kind of document must hold.

pub(crate) mod missing_contact;
pub(crate) mod missing_section;
pub(crate) mod placeholder_contact;
mod sections;
pub(crate) mod severity_conflict;
pub(crate) mod severity_undefined;
