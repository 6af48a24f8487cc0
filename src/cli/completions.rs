//! `docwright completions` and `docwright man`, made from the definition of the command line.

use clap::Args;
use miette::IntoDiagnostic;

use super::{Outcome, output};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(&self, command: &mut clap::Command) -> miette::Result<Outcome> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, command, "docwright", &mut script);
        output::result(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Clean)
    }
}

/// Prints the manual page with every command.
pub(super) fn man(command: &clap::Command) -> miette::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).into_diagnostic()?;
    output::result(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Clean)
}
