//! OpenAPI trees → [`crate::model::spec::Spec`].
