//! Puts a built site where it is served: a folder, a git branch, an object store, a machine that rsync reaches.
//!
//! Every kind of target does the same: it reads what docwright published there before, makes a [`plan`] of it, and
//! carries that out so that whoever reads meanwhile gets a whole site, and so that a run that was stopped is
//! completed by the next one. Nothing is deleted that docwright did not publish.

mod branch;
mod folder;
pub mod manifest;
pub mod plan;
mod report;
mod rsync;
#[cfg(feature = "publish-cloud")]
mod store;
pub mod target;
pub mod versions;

use std::path::Path;

use miette::miette;

use crate::disk::publish::SiteFile;
use manifest::Manifest;
use plan::{Edition, Plan};
pub use report::{json, text};
use target::Target;

/// What is to be done.
pub struct Job<'a> {
    /// The project's root.
    pub root: &'a Path,
    /// The files of the site.
    pub site: &'a [SiteFile],
    /// What they are.
    pub edition: Edition,
    /// The site's own domain, for a git branch.
    pub domain: Option<&'a str>,
    /// Whether nothing is changed.
    pub dry_run: bool,
    /// Whether files that docwright did not publish may be written over.
    pub overwrite: bool,
    /// The message of a commit; docwright's own when not given.
    pub message: Option<&'a str>,
    /// The address of an object store that is not the provider's own.
    pub endpoint: Option<&'a str>,
    /// Is told what is being done.
    pub tell: &'a dyn Fn(&str),
}

/// What was done, or would be.
#[derive(Debug)]
pub struct Done {
    /// The plan.
    pub plan: Plan,
    /// Whether the target is other than before.
    pub changed: bool,
    /// Whether the target was or would be changed by the plan.
    pub pending: bool,
    /// The commit that the branch points to now.
    pub commit: Option<String>,
}

impl Done {
    fn planned(plan: Plan, before: Option<&Manifest>) -> Done {
        let pending = !plan.is_done(before);
        Done { plan, changed: false, pending, commit: None }
    }

    fn carried_out(plan: Plan, before: Option<&Manifest>) -> Done {
        Done { changed: true, ..Done::planned(plan, before) }
    }
}

impl Job<'_> {
    fn plan(&self, before: Option<&Manifest>) -> miette::Result<Plan> {
        let mut before = before.cloned();
        if self.overwrite {
            // Whatever somebody else did there: every file is written anew.
            before.iter_mut().flat_map(|it| it.files.values_mut()).for_each(|hash| *hash = None);
        }
        plan::plan(before.as_ref(), self.site, &self.edition)
    }
}

/// Publishes a site, or says what that would do.
///
/// # Errors
/// The target cannot be reached or written, or holds files that docwright did not publish.
pub fn publish(target: &Target, mut job: Job<'_>) -> miette::Result<Done> {
    match target {
        Target::Folder(path) => folder::publish(path, &job),
        Target::Branch { name, remote } => {
            // Without it GitHub Pages leaves out what begins with an underscore.
            job.edition.extra.push((".nojekyll".to_owned(), Vec::new()));
            let domain = job.domain.map(|it| ("CNAME".to_owned(), format!("{it}\n").into_bytes()));
            job.edition.extra.extend(domain);
            branch::publish(name, remote.as_deref(), &job)
        }
        #[cfg(feature = "publish-cloud")]
        Target::Store { provider, bucket, prefix } => store::publish(*provider, bucket, prefix, &job),
        #[cfg(not(feature = "publish-cloud"))]
        Target::Store { .. } => Err(miette!(
            help = "install a docwright with the feature `publish-cloud`, or upload a folder with the store's own program",
            "this docwright was built without object stores"
        )),
        Target::Rsync(to) => rsync::publish(to, &job),
    }
}

/// The refusal to mix a site with files of somebody else.
fn foreign(place: &str) -> miette::Report {
    miette!(
        help = "publish elsewhere, or with `--overwrite`: then the site is put among those files, and none of them is deleted",
        "{place} holds files that docwright did not publish"
    )
}
