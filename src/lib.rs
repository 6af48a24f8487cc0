//! docwright compiles an operations team's documents.
pub mod cli;
pub mod config;
pub mod disk;
pub mod finding;
pub mod lint;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod source;
