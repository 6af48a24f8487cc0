//! Rules about the configuration of books of mdBook.

pub(crate) mod missing_asset;
pub(crate) mod unsupported_preprocessor;
