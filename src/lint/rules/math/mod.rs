//! Rules about formulas.

pub(crate) mod unreadable;
