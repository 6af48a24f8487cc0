//! Publishing to another machine with the `rsync` program: files that pages need first, pages last, then what is no
//! more. rsync itself writes each file beside its place and renames it.
#![expect(clippy::disallowed_methods, reason = "the door to rsync")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use miette::{IntoDiagnostic, WrapErr, miette};

use super::manifest::{self, Manifest};
use super::plan::Write as Planned;
use super::{Done, Job, foreign};
use crate::disk::publish::{Content, file_bytes, fill, scratch};

/// rsync's exit code for files that could not be transferred, a missing one among them.
const PARTIAL: i32 = 23;

pub(super) fn publish(to: &str, job: &Job<'_>) -> miette::Result<Done> {
    let folder = scratch()?;
    let folder = folder.path();
    (job.tell)("Looking at the target");
    let there = fetch_manifest(to, folder)?;
    let before = match &there {
        There::Published(manifest) => Some(manifest),
        There::Foreign if !job.overwrite => return Err(foreign(&format!("`{to}`"))),
        There::Foreign | There::Nothing => None,
    };
    let plan = job.plan(before)?;
    if job.dry_run || plan.is_done(before) {
        return Ok(Done::planned(plan, before));
    }
    let stage = folder.join("stage");
    let during = Content::Bytes(plan.during.write());
    let changed: Vec<&Planned> = plan.changed().collect();
    fill(
        &stage,
        changed.iter().map(|it| (it.path.as_str(), &it.content)).chain([(manifest::NAME, &during)]),
    )?;
    (job.tell)("Sending");
    send(&stage, to, &[], [manifest::NAME])?;
    let is_page = |it: &&&Planned| it.path.ends_with(".html");
    let other = changed.iter().filter(|it| !is_page(it)).map(|it| it.path.as_str());
    send(&stage, to, &[], other)?;
    // All pages are sent before the first of them is renamed to its place.
    let pages = changed.iter().filter(is_page).map(|it| it.path.as_str());
    send(&stage, to, &["--delay-updates"], pages)?;
    let gone = plan.delete.iter().map(String::as_str);
    send(&stage, to, &["--delete-missing-args"], gone)?;
    fill(&stage, [(manifest::NAME, &Content::Bytes(plan.after.write()))].into_iter())?;
    send(&stage, to, &[], [manifest::NAME])?;
    Ok(Done::carried_out(plan, before))
}

/// What stands at the target.
enum There {
    Published(Manifest),
    Foreign,
    Nothing,
}

fn fetch_manifest(to: &str, folder: &Path) -> miette::Result<There> {
    let here = folder.join(manifest::NAME);
    let from = format!("{to}/{}", manifest::NAME);
    let output = run(rsync().args(["--", &from]).arg(&here), None)?;
    if output.status.success() {
        return Ok(There::Published(Manifest::read(&file_bytes(&here)?)?));
    }
    if output.status.code() != Some(PARTIAL) {
        return Err(failed(to, &output));
    }
    let output = run(rsync().args(["--list-only", "--", &format!("{to}/")]), None)?;
    match output.status.code() {
        Some(0) => {
            let listed = String::from_utf8_lossy(&output.stdout).into_owned();
            let empty = listed.lines().all(|it| it.ends_with(" ."));
            Ok(if empty { There::Nothing } else { There::Foreign })
        }
        Some(PARTIAL) => Ok(There::Nothing),
        _ => Err(failed(to, &output)),
    }
}

/// Sends the files of a folder with these paths; nothing where there are none.
fn send<'a>(
    stage: &Path,
    to: &str,
    options: &[&str],
    paths: impl IntoIterator<Item = &'a str>,
) -> miette::Result<()> {
    let mut list = Vec::new();
    for path in paths {
        list.extend_from_slice(path.as_bytes());
        list.push(0);
    }
    if list.is_empty() {
        return Ok(());
    }
    let mut command = rsync();
    // Times are not compared: what is sent is known to be new, or not to be sure.
    command.args(["--mkpath", "--ignore-times", "--from0", "--files-from=-"]).args(options);
    command.args(["--", "./"]).arg(format!("{to}/")).current_dir(stage);
    let output = run(&mut command, Some(list))?;
    if output.status.success() { Ok(()) } else { Err(failed(to, &output)) }
}

/// rsync, with paths that no shell of the other side reads.
fn rsync() -> Command {
    let mut command = Command::new("rsync");
    command.args(["--protect-args", "--times"]).env("LC_ALL", "C");
    command
}

fn run(command: &mut Command, input: Option<Vec<u8>>) -> miette::Result<Output> {
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| {
        miette!(help = "install rsync here and on the other machine", "cannot run `rsync`: {error}")
    })?;
    let stdin = child.stdin.take();
    let writer = std::thread::spawn(move || stdin.zip(input).map(|(mut to, bytes)| to.write_all(&bytes)));
    let output = child.wait_with_output().into_diagnostic().wrap_err("cannot run `rsync`")?;
    let _ = writer.join();
    Ok(output)
}

fn failed(to: &str, output: &Output) -> miette::Report {
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|it| !it.is_empty()).take(3).collect();
    let code = output.status.code().map_or_else(|| "stopped".to_owned(), |it| format!("code {it}"));
    miette!(
        help = "run it again once that is mended: it completes what is there",
        "rsync to `{to}` failed ({code}): {}",
        if lines.is_empty() { "it did not say why".to_owned() } else { lines.join("; ") }
    )
}
