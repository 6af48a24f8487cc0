//! Writes files and whole sites so that a failed or killed run leaves what was there before.

use std::io::Write;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr, miette};
use rayon::prelude::*;

use super::read::STAGING;

/// Where the bytes of a file of the site come from.
#[derive(Debug)]
pub enum Source {
    /// Made by the renderer.
    Bytes(Vec<u8>),
    /// Copied from the project; a path relative to its root.
    Copy(String),
}

/// Makes the file of a site at a path, when its turn has come.
pub type Make<'a> = dyn Fn(&str) -> miette::Result<Source> + Sync + 'a;

/// The file that tells docwright's sites from other folders.
pub(super) const MARKER: &str = ".docwright";

/// Writes one file beside its place, then renames it there.
///
/// # Errors
/// The folder cannot be made or written to.
pub fn write_file(path: &Path, bytes: &[u8]) -> miette::Result<()> {
    let context = || format!("cannot write `{}`", path.display());
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).into_diagnostic().wrap_err_with(context)?;
    let name = path.file_name().ok_or_else(|| miette!("`{}` names no file", path.display()))?;
    let beside = folder.join(format!("{STAGING}{}-{}", std::process::id(), name.to_string_lossy()));
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written.into_diagnostic().wrap_err_with(context)
}

/// Adds to the end of a file what `text` makes of its length so far, in bytes.
///
/// # Errors
/// The file cannot be written to.
pub fn append(path: &Path, text: impl FnOnce(u64) -> String) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    file.write_all(text(length).as_bytes())
}

/// Replaces the text of a file of the project, if it still is what was read. Its permissions stay, and a
/// symbolic link stays one.
///
/// # Errors
/// The file changed in the meantime, lies outside `root`, or cannot be written.
pub fn replace_text(root: &Path, path: &str, old: &str, new: &str) -> miette::Result<()> {
    let real =
        root.join(path).canonicalize().into_diagnostic().wrap_err_with(|| format!("cannot read `{path}`"))?;
    if !real.starts_with(root) {
        return Err(miette!("`{path}` leads out of the project"));
    }
    let now =
        std::fs::read_to_string(&real).into_diagnostic().wrap_err_with(|| format!("cannot read `{path}`"))?;
    if now != old {
        return Err(miette!(help = "run it again", "`{path}` changed while docwright was at work"));
    }
    let permissions = std::fs::metadata(&real).map(|it| it.permissions());
    write_file(&real, new.as_bytes())?;
    if let Ok(permissions) = permissions {
        let _ = std::fs::set_permissions(&real, permissions);
    }
    Ok(())
}

/// Writes a site to a folder beside `target`, then swaps the two, so that whoever reads sees the old site or
/// the new one. `root` is the project's root, from which files are copied; `paths` are those of the site's files.
/// Each is made and written at once, so that only few are held at a time.
///
/// # Errors
/// The target is not a folder of docwright's making, holds the project, or cannot be written; a file cannot be made.
pub fn write_site(root: &Path, target: &Path, paths: &[&str], make: &Make<'_>) -> miette::Result<()> {
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    std::fs::create_dir_all(&parent)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot write to `{}`", parent.display()))?;
    check_target(root, target)?;
    let name = target
        .file_name()
        .ok_or_else(|| miette!("`{}` names no folder", target.display()))?
        .to_string_lossy()
        .into_owned();
    remove_leftovers(&parent, &name);
    let staging = parent.join(format!("{STAGING}{}-{name}", std::process::id()));
    let result = fill(root, &staging, paths, make).and_then(|()| swap(&staging, target));
    // After a swap the staging folder holds the old site, after a failure half of the new one.
    let _ = std::fs::remove_dir_all(&staging);
    result.wrap_err_with(|| format!("cannot write the site to `{}`", target.display()))
}

/// Refuses to replace what docwright did not write.
fn check_target(root: &Path, target: &Path) -> miette::Result<()> {
    let Ok(existing) = target.canonicalize() else { return Ok(()) };
    if root.starts_with(&existing) {
        return Err(miette!(
            help = "choose a folder of its own with `-d DIR` or `build.build-dir`",
            "the site cannot replace `{}`: the project lies in it",
            target.display()
        ));
    }
    let mut entries = std::fs::read_dir(&existing)
        .into_diagnostic()
        .wrap_err_with(|| format!("`{}` is not a folder", target.display()))?;
    let empty = entries.next().is_none();
    // mdBook leaves a 404.html and a .nojekyll beside the index.
    let mdbook = [".nojekyll", "404.html", "index.html"].iter().all(|it| existing.join(it).is_file());
    if empty || mdbook || existing.join(MARKER).is_file() {
        return Ok(());
    }
    Err(miette!(
        help = "delete it, or choose another folder with `-d DIR` or `build.build-dir`",
        "`{}` holds files that docwright did not write",
        target.display()
    ))
}

/// Removes what a killed run left behind.
pub(super) fn remove_leftovers(parent: &Path, name: &str) {
    let Ok(entries) = std::fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        if found.starts_with(STAGING) && found.ends_with(&format!("-{name}")) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn fill(root: &Path, staging: &Path, paths: &[&str], make: &Make<'_>) -> miette::Result<()> {
    let mut folders: Vec<PathBuf> =
        paths.iter().filter_map(|it| staging.join(it).parent().map(Path::to_owned)).collect();
    folders.push(staging.to_owned());
    folders.sort();
    folders.dedup();
    for folder in folders {
        std::fs::create_dir_all(&folder).into_diagnostic()?;
    }
    std::fs::write(staging.join(MARKER), "written by docwright; replaced as a whole by the next build\n")
        .into_diagnostic()?;
    paths.par_iter().try_for_each(|path| {
        let target = staging.join(path);
        let made = make(path).wrap_err_with(|| format!("`{path}`"))?;
        match made {
            Source::Bytes(bytes) => std::fs::write(&target, bytes).into_diagnostic(),
            Source::Copy(from) => {
                let real = root.join(&from).canonicalize().into_diagnostic()?;
                if !real.starts_with(root) {
                    return Err(miette!("`{from}` leads out of the project"));
                }
                std::fs::copy(real, &target).map(|_| ()).into_diagnostic()
            }
        }
        .wrap_err_with(|| format!("`{path}`"))
    })
}

/// Puts `staging` in the place of `target`; what was there is at `staging` afterwards.
pub(super) fn swap(staging: &Path, target: &Path) -> miette::Result<()> {
    if !target.exists() {
        return std::fs::rename(staging, target).into_diagnostic();
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, staging, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Without an exchange the old site steps aside for a moment, and comes back if the new one cannot take
    // its place.
    let aside = staging.with_extension("old");
    std::fs::rename(target, &aside).into_diagnostic()?;
    match std::fs::rename(staging, target) {
        Ok(()) => {
            let _ = std::fs::remove_dir_all(&aside);
            Ok(())
        }
        Err(error) => {
            let _ = std::fs::rename(&aside, target);
            Err(error).into_diagnostic()
        }
    }
}
