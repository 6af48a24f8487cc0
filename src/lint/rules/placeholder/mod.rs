//! Rules of the group `placeholder/`.

pub(crate) mod empty_section;
pub(crate) mod marker;
