//! Rules about the configuration of books of mdBook.

pub(crate) mod low_contrast;
pub(crate) mod missing_asset;
pub(crate) mod repeated_page;
pub(crate) mod unlinked_entry;
pub(crate) mod unsupported_preprocessor;
