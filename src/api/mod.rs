//! Work on specs alone, without the documents and the code around them: what `docwright api` does.
//!
//! Everything here reads a [`Spec`](crate::model::spec::Spec) with its places and gives text or plain data;
//! nothing reads a file. [`files`] says what else must be read for a spec.

pub mod bundle;
pub mod diff;
pub mod files;
pub mod postman;
pub mod scaffold;
