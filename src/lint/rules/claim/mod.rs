//! Rules of the group `claim/`.

pub(crate) mod contradicted;
