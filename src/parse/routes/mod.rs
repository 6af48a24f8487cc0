//! Source code → [`crate::model::route::Routes`].
