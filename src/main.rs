//! The `docwright` binary: hands the command line to [`docwright::cli`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    docwright::cli::main()
}
