//! What documents say, and what must be read from it.
