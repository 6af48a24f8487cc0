//! Publishing to a branch of a git repository: one commit, and the branch moves to it in one step.

use std::path::Path;

use miette::miette;

use super::manifest::{self, Manifest};
use super::plan::Plan;
use super::{Done, Job, foreign};
use crate::disk::publish::{Content, scratch};
use crate::git::branch::{Blob, Branch, File, Moved};

/// How often a commit is made anew because somebody else was faster.
const TRIES: usize = 5;

pub(super) fn publish(name: &str, remote: Option<&str>, job: &Job<'_>) -> miette::Result<Done> {
    let branch = Branch { folder: job.root, name, remote };
    branch.check()?;
    for _ in 0..TRIES {
        (job.tell)("Looking at the branch");
        let head = branch.head()?;
        let list = head.as_ref().map(|it| branch.file(it, manifest::NAME)).transpose()?.flatten();
        let before = list.map(|it| Manifest::read(&it)).transpose()?;
        if let (None, Some(head)) = (&before, &head)
            && !job.overwrite
            && !branch.is_empty(head)?
        {
            return Err(foreign(&format!("the branch `{name}`")));
        }
        let plan = job.plan(before.as_ref())?;
        if job.dry_run {
            return Ok(Done::planned(plan, before.as_ref()));
        }
        (job.tell)("Making the commit");
        let folder = scratch()?;
        let message = job.message.map_or_else(|| message(&plan, job, &branch), str::to_owned);
        let Some(commit) = commit(&branch, head.as_deref(), &plan, &message, folder.path())? else {
            return Ok(Done { commit: head, ..Done::planned(plan, before.as_ref()) });
        };
        (job.tell)("Moving the branch");
        if branch.move_to(&commit, head.as_deref())? == Moved::Yes {
            return Ok(Done { commit: Some(commit), ..Done::carried_out(plan, before.as_ref()) });
        }
    }
    Err(miette!(
        help = "run it again",
        "the branch `{name}` moved while docwright was at work, {TRIES} times"
    ))
}

/// Every file is handed to git, also what the manifest calls unchanged: somebody may have changed it on the branch,
/// and git stores no content twice.
fn commit(
    branch: &Branch<'_>,
    parent: Option<&str>,
    plan: &Plan,
    message: &str,
    scratch: &Path,
) -> miette::Result<Option<String>> {
    let list = plan.after.write();
    let files: Vec<File<'_>> = plan
        .files
        .iter()
        .map(|it| File {
            path: &it.path,
            content: match &it.content {
                Content::File(path) => Blob::File(path),
                Content::Bytes(bytes) => Blob::Bytes(bytes),
            },
        })
        .chain([File { path: manifest::NAME, content: Blob::Bytes(&list) }])
        .collect();
    branch.commit(parent, &files, &plan.delete, message, scratch)
}

fn message(plan: &Plan, job: &Job<'_>, branch: &Branch<'_>) -> String {
    let what = match (&job.edition.remove, &job.edition.version) {
        (Some(version), _) => {
            return format!("Remove version {version}\n\n{} files no more.\n", plan.delete.len());
        }
        (None, Some(version)) => format!("version {version}"),
        (None, None) => "the site".to_owned(),
    };
    let from = branch.source().map_or_else(String::new, |it| format!(" from {it}"));
    format!("Publish {what}{from}\n\n{} files, {} no more.\n", plan.files.len(), plan.delete.len())
}
