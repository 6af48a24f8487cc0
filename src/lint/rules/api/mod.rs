//! Rules of the group `api/`.

pub(crate) mod unreadable;
