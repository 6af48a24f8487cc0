//! Where reports go: one format to standard output, any to files, and a table to the page of a GitHub run.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use miette::miette;

use super::output;
use crate::disk;
use crate::report::{Format, Report, Style};

/// How many bytes GitHub takes of the summary of a step.
const SUMMARY_LIMIT: u64 = 1024 * 1024;

/// The arguments that say where reports go.
#[derive(Debug, Args)]
pub(super) struct Outputs {
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the findings to a file too; may be repeated
    #[arg(long, value_name = "FORMAT=PATH")]
    output_file: Vec<OutputFile>,
}

/// A report in a file.
#[derive(Debug, Clone)]
struct OutputFile {
    format: Format,
    path: PathBuf,
}

impl FromStr for OutputFile {
    type Err = String;

    fn from_str(text: &str) -> Result<OutputFile, String> {
        let names = || Format::ALL.iter().map(|it| it.name()).collect::<Vec<_>>().join(", ");
        let (format, path) = text
            .split_once('=')
            .filter(|(_, path)| !path.is_empty())
            .ok_or("expected a format and a path, such as sarif=docwright.sarif")?;
        let format = <Format as ValueEnum>::from_str(format, false)
            .map_err(|_| format!("there is no format `{format}`; there are {}", names()))?;
        Ok(OutputFile { format, path: PathBuf::from(path) })
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.purpose()))
    }
}

impl Outputs {
    /// Writes the reports that go to files.
    ///
    /// # Errors
    /// Two reports want one file, or a file cannot be written.
    pub(super) fn write_files(&self, report: &Report<'_>) -> miette::Result<()> {
        for (index, OutputFile { format, path }) in self.output_file.iter().enumerate() {
            if self.output_file[..index].iter().any(|it| it.path == *path) {
                return Err(miette!("two reports want the file `{}`", path.display()));
            }
            disk::write_file(path, report.render(*format, Style::PLAIN).as_bytes())?;
        }
        Ok(())
    }

    /// Prints the report that goes to standard output.
    ///
    /// # Errors
    /// Standard output is full or broken.
    pub(super) fn print(&self, report: &Report<'_>) -> miette::Result<()> {
        if self.format == Format::Github {
            summarise(report);
        }
        output::result(&report.render(self.format, output::style()))
    }
}

/// Adds the table of findings to the summary of the running step, where GitHub names a file for it. The findings
/// are printed whether or not that works.
fn summarise(report: &Report<'_>) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| !it.is_empty()) else { return };
    let path = PathBuf::from(path);
    let room = |length| usize::try_from(SUMMARY_LIMIT.saturating_sub(length)).unwrap_or(0);
    if let Err(error) = disk::append(&path, |length| report.summary(room(length))) {
        output::note(&format!("cannot write the summary to `{}`: {error}", path.display()));
    }
}
