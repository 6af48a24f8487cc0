//! Rules about names in double braces.

pub(crate) mod unknown;
