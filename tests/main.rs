//! The one integration binary. See `docs-src/contributing/testing.md`.
#![expect(clippy::disallowed_methods, reason = "tests read and write their fixtures")]

mod architecture;
mod commands;
mod golden;
mod robustness;
mod rule_pages;
