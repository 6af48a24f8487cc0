//! `docwright lsp`: the language server on standard input and output.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::project::{self, today};
use super::{Global, Outcome, baseline};
use crate::disk;
use crate::lint::Selection;
use crate::live::{Buffers, Loaded, Settings};
use crate::lsp::{self, Loader};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// The day that counts as today, for all that is said about dates [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Understood because many clients add it; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

/// Loads the project of the folder that an editor has open.
struct Folder {
    global: Global,
    as_of: Option<Date>,
}

impl Loader for Folder {
    fn root(&self, folder: Option<&Path>) -> miette::Result<PathBuf> {
        let current = std::env::current_dir().unwrap_or_default();
        let start = folder.unwrap_or(&current);
        disk::root(start, self.global.root.as_deref())
    }

    fn load(&self, folder: Option<&Path>, buffers: &Buffers) -> miette::Result<Loaded> {
        let loaded = project::load_over(&self.global, folder, buffers)?;
        let selection = Selection {
            as_of: Some(self.as_of.unwrap_or_else(today)),
            baseline: baseline::read(&loaded, None, false)?,
            ..Selection::default()
        };
        let project::Loaded { root, config, project } = loaded;
        Ok(Loaded { root, config, project, selection, settings: Settings::default() })
    }
}

impl Lsp {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let folder = Folder { global: global.clone(), as_of: self.as_of };
        let properly = lsp::serve(folder, BufReader::new(std::io::stdin()), std::io::stdout());
        Ok(if properly { Outcome::Clean } else { Outcome::Findings })
    }
}
