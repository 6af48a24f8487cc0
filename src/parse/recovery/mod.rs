//! Pages → [`crate::model::fact::Fact`].
