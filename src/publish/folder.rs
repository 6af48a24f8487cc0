//! Publishing to a folder: a new one is made beside it and takes its place in one step.

use std::collections::BTreeSet;
use std::path::Path;

use super::manifest::{self, Manifest};
use super::{Done, Job, foreign};
use crate::disk::publish as disk;
use crate::disk::publish::Content;

pub(super) fn publish(path: &Path, job: &Job<'_>) -> miette::Result<Done> {
    let _turn = if job.dry_run { None } else { disk::turn(path)? };
    let there = disk::published(job.root, path)?;
    let list =
        there.folder.as_deref().map(|it| it.join(manifest::NAME)).filter(|it| crate::disk::is_file(it));
    let before = list.map(|it| Manifest::read(&disk::file_bytes(&it)?)).transpose()?;
    // Whatever a build wrote is docwright's, and is replaced as the next build would.
    let owns_all = before.is_none() && there.is_build;
    if before.is_none() && !owns_all && !there.is_empty && !job.overwrite {
        return Err(foreign(&format!("`{}`", path.display())));
    }
    let plan = job.plan(before.as_ref())?;
    if job.dry_run || plan.is_done(before.as_ref()) {
        return Ok(Done::planned(plan, before.as_ref()));
    }
    let list = Content::Bytes(plan.after.write());
    let replaced: BTreeSet<&str> =
        plan.files.iter().map(|it| &it.path).chain(&plan.delete).map(String::as_str).collect();
    let keep = |path: &str| !owns_all && path != manifest::NAME && !replaced.contains(path);
    let files = plan.files.iter().map(|it| (it.path.as_str(), &it.content));
    disk::replace_folder(path, &keep, files.chain([(manifest::NAME, &list)]))?;
    Ok(Done::carried_out(plan, before.as_ref()))
}
