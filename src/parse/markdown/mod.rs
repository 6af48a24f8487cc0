//! Markdown → [`crate::model::page::Page`].
