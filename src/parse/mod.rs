//! Text → model. Nothing here fails, reads a file or judges: what cannot be parsed is data too.

pub mod json;
pub mod markdown;
pub mod openapi;
pub mod recovery;
pub mod routes;
pub mod yaml;
