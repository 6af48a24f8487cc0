//! JSON → [`Tree`].
