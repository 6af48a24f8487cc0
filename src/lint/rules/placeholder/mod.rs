//! Rules of the group `placeholder/`, and what they share: words ([`words`]), the place of a word in its
//! sentence ([`position`]), for whom a page is written ([`readers`]).

mod angle;
mod blank;
mod bracket;
mod clause;
mod contact_row;
mod dummy;
pub(crate) mod dummy_value;
pub(crate) mod empty_cell;
pub(crate) mod empty_section;
mod future;
mod hint;
mod hit;
mod hole;
mod label;
mod languages;
pub(crate) mod marker;
mod phrase;
mod phrases;
mod position;
mod readers;
mod sentence;
mod shape;
pub(crate) mod slot;
mod subject;
mod title;
mod words;
