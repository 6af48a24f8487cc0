//! The one integration binary. See `docs-src/contributing/testing.md`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests read and write their fixtures and print scores"
)]

mod api_tools;
mod architecture;
mod book;
mod browser;
mod budget;
mod commands;
mod devtools;
mod gate;
mod golden;
mod languages;
#[cfg(feature = "links")]
mod links;
#[cfg(feature = "lsp")]
mod lsp;
mod made_pages;
mod pictures;
mod publish;
mod publish_servers;
#[cfg(feature = "publish-cloud")]
mod publish_store;
mod reading;
mod reports;
mod robustness;
mod routes;
mod rule_pages;
mod score_placeholders;
mod score_recovery;
#[cfg(feature = "serve")]
mod serve;
mod site_links;
mod stories;
mod versions;
mod ways_in;
