//! The command line: one file a command. The only place with clap, standard output and exit codes.
//!
//! Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 docwright could not do its work.
#![expect(
    clippy::disallowed_methods,
    reason = "the edge: the environment and the current folder are read here"
)]

mod alerts;
mod api;
mod baseline;
mod build;
mod changelog;
mod check;
mod completions;
mod config;
pub mod explain;
mod fix;
mod init;
#[cfg(feature = "links")]
mod links;
#[cfg(feature = "lsp")]
mod lsp;
mod new;
mod output;
mod progress;
mod project;
mod publish;
mod recovery;
mod report;
mod routes;
mod rules;
mod scaffold;
#[cfg(feature = "serve")]
mod serve;
mod since;
mod stats;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

/// Compiles an operations team's documents: lints runbooks, OpenAPI specs, routes and alerts against each other, and
/// builds the site.
#[derive(Debug, Parser)]
#[command(name = "docwright", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
struct Global {
    /// The project's folder [default: the git repository, else the folder of book.toml, else the current one]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The configuration file [default: the nearest book.toml or docwright.toml]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more about what was found
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// How many threads to use [default: one a core]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lint the documents against each other, the specs, the routes and the repository
    Check(check::Check),
    /// Ask other sites whether what the documents link to is there
    #[cfg(feature = "links")]
    Links(links::Links),
    /// Build the static site
    Build(build::Build),
    /// Put the site where it is served: a folder, a git branch, an object store, another machine
    Publish(publish::Publish),
    /// Show the site in the browser, and what changes as it changes
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    /// Answer an editor: findings while you type, fixes, completion, definitions, renaming
    #[cfg(feature = "lsp")]
    Lsp(lsp::Lsp),
    /// Compare the routes in the code with the OpenAPI documents
    Routes(routes::Routes),
    /// Show the recovery objectives that the documents state
    Recovery(recovery::Recovery),
    /// Lint, compare, bundle, count and convert OpenAPI documents
    Api(api::Api),
    /// Compare the alerting rules with the runbooks that they point at
    Alerts(alerts::Alerts),
    /// Count what the project holds
    Stats(stats::Stats),
    /// Write a first book.toml that names what the project holds
    Init(init::Init),
    /// Write a new document with the sections of its kind
    New(new::New),
    /// Say why a rule exists, with examples
    Explain(explain::Explain),
    /// List the rules
    Rules(rules::Rules),
    /// Show the effective configuration and where each value came from
    Config(config::Config),
    /// Print completions for a shell
    Completions(completions::Completions),
    /// Print the manual page
    Man,
}

/// What a command ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    /// There was nothing to look at; the command has said so.
    Nothing,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    output::install(cli.global.color);
    match run(&cli) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Nothing) => ExitCode::from(2),
        Err(error) => {
            output::error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> miette::Result<Outcome> {
    if let Some(threads) = cli.global.threads {
        // A second pool cannot be: this is the only place that makes one.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    progress::start(cli.global.quiet);
    match &cli.command {
        Command::Check(command) => command.run(&cli.global),
        #[cfg(feature = "links")]
        Command::Links(command) => command.run(&cli.global),
        Command::Build(command) => command.run(&cli.global),
        Command::Publish(command) => command.run(&cli.global),
        #[cfg(feature = "serve")]
        Command::Serve(command) => command.run(&cli.global),
        #[cfg(feature = "lsp")]
        Command::Lsp(command) => command.run(&cli.global),
        Command::Routes(command) => command.run(&cli.global),
        Command::Recovery(command) => command.run(&cli.global),
        Command::Api(command) => command.run(&cli.global),
        Command::Alerts(command) => command.run(&cli.global),
        Command::Stats(command) => command.run(&cli.global),
        Command::Init(command) => command.run(&cli.global),
        Command::New(command) => command.run(&cli.global),
        Command::Explain(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Config(command) => command.run(&cli.global),
        Command::Completions(command) => command.run(&mut Cli::command()),
        Command::Man => completions::man(&Cli::command()),
    }
}

/// `--format` of the commands that print a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Text,
    Json,
}
