//! Rules of the group `placeholder/`, and what they share: words ([`words`]), the place of a word in its
//! sentence ([`position`]), for whom a page is written ([`readers`]).

pub(crate) mod empty_section;
pub(crate) mod marker;
mod phrase;
mod position;
mod readers;
mod words;
