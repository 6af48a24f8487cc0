//! docwright compiles an operations team's documents.
//!
//! Text goes in, one model is built, rules look at the model and say findings, and a reporter or a renderer
//! turns findings and model into bytes:
//!
//! ```text
//! disk ──► parse ──► model ──► lint ──► report     (docwright check)
//!                      └────────┴────► render ──► disk     (docwright build)
//! ```
//!
//! - [`disk`] is the only door to the file system; [`config`] reads `book.toml`.
//! - [`git`] is the only door to another program; `--since`, `api diff` with a revision and a git branch to publish to
//!   open it. `publish` has one of its own, for rsync.
//! - [`parse`] turns texts into the [`model`]: pages, specs, routes, recovery objectives. It never fails on
//!   content; what cannot be read is data too.
//! - [`lint`] holds the rules, one file each. A rule reads the model, never a file.
//! - [`report`] prints findings, one file a format; [`render`] makes the site.
//! - [`api`] works on specs alone, for `docwright api`: comparing, bundling, counting, Postman collections.
//! - [`links`] asks other sites whether what the documents link to is there, for `docwright links` only.
//! - [`publish`] puts a built site where it is served, for `docwright publish` only.
//! - [`live`] keeps a project in memory as its files change; [`serve`] and [`lsp`] stand on it.
//! - [`lsp`] answers editors, for `docwright lsp`.
//! - [`serve`] shows the site in a browser while it is written, for `docwright serve` and `check --watch`.
//! - [`cli`] is the command line, the only place with standard output and exit codes.
//!
//! [`source`] and [`finding`] are the plain data that all of them share. What may use what is kept by
//! `tests/architecture.rs`.

pub mod api;
pub mod cli;
pub mod config;
pub mod disk;
pub mod finding;
pub mod git;
pub mod links;
pub mod lint;
#[cfg(feature = "live")]
pub mod live;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod model;
pub mod parse;
mod pattern;
pub mod publish;
pub mod render;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
