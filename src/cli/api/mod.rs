//! `docwright api`: work on specs alone.

mod bundle;
mod diff;
mod lint;
pub(in crate::cli) mod load;
mod postman;
mod stats;

use clap::{Args, Subcommand};

use super::{Global, Outcome};

/// The arguments.
#[derive(Debug, Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Api {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lint OpenAPI documents alone
    Lint(lint::Lint),
    /// Say what changed between two versions, and what of it breaks clients
    Diff(diff::Diff),
    /// Write a document and the files that it refers to as one file
    Bundle(bundle::Bundle),
    /// Write a Postman collection
    Postman(postman::Postman),
    /// Count what a document holds, and how much of that is documented
    Stats(stats::Stats),
}

impl Api {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        match &self.command {
            Command::Lint(command) => command.run(global),
            Command::Diff(command) => command.run(global),
            Command::Bundle(command) => command.run(global),
            Command::Postman(command) => command.run(global),
            Command::Stats(command) => command.run(global),
        }
    }
}
