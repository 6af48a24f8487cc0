//! `docwright serve`: the site in the browser while it is written. Also what `check --watch` prints.

use clap::Args;
use jiff::civil::Date;

use super::build::settings;
use super::project::{self, plural, start, today};
use super::{Global, Outcome, baseline, output};
use crate::lint::Selection;
use crate::live::{Buffers, Loaded, Loader};
use crate::render::Settings;
use crate::serve::{self, Delta, News};

/// mdBook's 3000, MkDocs' 8000 and Vite's 4173 and 5173 are left to them: previews may run side by side.
const PORT: u16 = 4177;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port; the next free one if it is taken
    #[arg(short, long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// The day that counts as today, for all that is said about dates [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

/// Loads the project that the command line names, again and again.
pub(super) struct Files<'a> {
    pub(super) global: &'a Global,
    pub(super) paths: &'a [std::path::PathBuf],
    pub(super) selection: Selection,
    /// Where the accepted findings stand, and whether there may be any.
    pub(super) baseline: Option<&'a baseline::Arguments>,
    /// Whether the site is wanted.
    pub(super) site: bool,
}

impl Loader for Files<'_> {
    fn load(&self, buffers: &Buffers) -> miette::Result<Loaded> {
        let loaded = project::load_over(self.global, start(self.paths).as_deref(), buffers)?;
        project::check_rule_names(&loaded.config, &self.selection)?;
        let baseline = match self.baseline {
            Some(arguments) => arguments.to_judge_by(&loaded)?,
            None => baseline::read(&loaded, None, false)?,
        };
        let (select, ignore) = (self.selection.select.clone(), self.selection.ignore.clone());
        let selection = Selection { select, ignore, as_of: self.selection.as_of, baseline };
        let settings = if self.site { settings(&loaded, selection.as_of)? } else { Settings::default() };
        // The preview is one version, and has no list of others above it.
        let settings = Settings { version: None, ..settings };
        let project::Loaded { root, config, project } = loaded;
        Ok(Loaded { root, config, project, selection, settings })
    }

    fn settings(&self, loaded: &Loaded) -> miette::Result<Settings> {
        let theme = super::build::theme(&loaded.root, &loaded.config)?;
        Ok(Settings { theme, ..loaded.settings.clone() })
    }
}

impl Serve {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let as_of = Some(self.as_of.unwrap_or_else(today));
        let selection = Selection { as_of, ..Selection::default() };
        let files = Files { global, paths: &[], selection, baseline: None, site: true };
        let mut first = true;
        let mut say = |news: News<'_>| match news {
            News::Listening { url, moved, no_browser } => {
                if moved {
                    output::note(&format!("Port {} is taken; this is the next free one.", self.port));
                }
                if no_browser {
                    output::note("There is nothing here to open a browser with.");
                }
                output::note(&format!("The site is at {url} until Ctrl-C."));
            }
            News::Findings(delta) => {
                // What is there from the beginning is counted; `check` lists it.
                let news = !delta.appeared.is_empty() || !delta.went.is_empty();
                if first || news {
                    print(delta, !first, global.quiet);
                }
                first = false;
            }
            other => trouble(&other),
        };
        serve::serve(files, self.port, self.open, &mut say)?;
        Ok(Outcome::Clean)
    }
}

/// Prints why nothing new is shown or checked.
pub(super) fn trouble(news: &News<'_>) {
    match news {
        News::Broken(problem) => output::note(&format!("broken: {}", problem.line())),
        News::Healed => output::note("healed"),
        News::Listening { .. } | News::Findings(_) => {}
    }
}

/// Prints what changed, a line a finding: `+` for one that appeared, `-` for one that went.
pub(super) fn print(delta: &Delta, listed: bool, quiet: bool) {
    let mut lines = String::new();
    if listed {
        delta.went.iter().for_each(|it| lines.push_str(&format!("- {it}\n")));
        delta.appeared.iter().for_each(|it| lines.push_str(&format!("+ {it}\n")));
    }
    // A closed pipe is no reason to stop serving.
    let _ = output::result(&lines);
    if !quiet {
        let [errors, warnings, hints] = delta.counts;
        let counts = [plural(errors, "error"), plural(warnings, "warning"), plural(hints, "hint")].join(", ");
        output::note(&counts);
    }
}
