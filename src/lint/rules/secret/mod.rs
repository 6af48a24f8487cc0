//! Rules of the group `secret/`.

pub(crate) mod credential;
