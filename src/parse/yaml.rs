//! YAML → [`Tree`].
