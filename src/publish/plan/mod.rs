//! What a publish does to a target: pure, from what stands there and what was built. Every kind of target carries
//! out the same plan.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use miette::miette;

use super::manifest::{self, Manifest};
use super::versions;
use crate::disk::publish::{Content, SiteFile, content_hash};
use crate::render::headers::is_hashed;

/// The file from which some hosts take headers. They read it at the root only.
const HEADERS: &str = "_headers";

/// Pages at the root that stand for the leading version.
const ROOT_PAGES: [&str; 2] = ["404.html", "index.html"];

/// What is to be published.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// Its folder at the target; none for a site at the root.
    pub version: Option<String>,
    /// Other names under which the version stands, too.
    pub aliases: BTreeSet<String>,
    /// A version that goes, with its aliases; nothing is published then.
    pub remove: Option<String>,
    /// Whether the site knows its address, so that its page for wrong addresses works from the root.
    pub knows_address: bool,
    /// Files for the root that the kind of target wants: path, content.
    pub extra: Vec<(String, Vec<u8>)>,
}

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// At the target.
    pub path: String,
    /// Its new content.
    pub content: Content,
    /// In bytes.
    pub size: u64,
    /// XXH3-128 of the content.
    pub hash: String,
    /// Whether the target has it already, by what the manifest says.
    pub unchanged: bool,
}

impl Write {
    /// When it is written: files of one turn do not need each other, and need those of the turns before.
    pub fn turn(&self) -> u8 {
        turn(&self.path)
    }
}

/// A plan.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files of the site, in the order in which they are safe to write: what pages need comes before them.
    pub files: Vec<Write>,
    /// Files that docwright published before and that the site has no more.
    pub delete: Vec<String>,
    /// What the target holds afterwards.
    pub after: Manifest,
    /// What it may hold on the way: written first, so that the next run knows what a stopped one left behind.
    pub during: Manifest,
}

impl Plan {
    /// The files that the target does not have yet, in order.
    pub fn changed(&self) -> impl Iterator<Item = &Write> {
        self.files.iter().filter(|it| !it.unchanged)
    }

    /// Whether the target is as it should be.
    pub fn is_done(&self, before: Option<&Manifest>) -> bool {
        self.delete.is_empty() && self.changed().next().is_none() && before == Some(&self.after)
    }
}

/// Compares a site with what stands at a target.
///
/// # Errors
/// The version is the name of something else there, or the site has a folder with the name of a version.
pub fn plan(before: Option<&Manifest>, site: &[SiteFile], edition: &Edition) -> miette::Result<Plan> {
    let before = before.cloned().unwrap_or_default();
    let mut after = before.clone();
    let gone = match &edition.remove {
        Some(version) => forget(&mut after, version)?,
        None => BTreeSet::new(),
    };
    if edition.remove.is_none() {
        name_versions(&mut after, edition)?;
    }
    let folders: BTreeSet<String> = after.folders().map(str::to_owned).collect();
    let mut files: BTreeMap<String, (Content, u64, String)> = BTreeMap::new();
    let mine: Vec<&str> = edition.version.iter().chain(&edition.aliases).map(String::as_str).collect();
    let has_versions = !after.versions.is_empty();
    for file in site {
        let content = || (Content::File(file.file.clone()), file.size, file.hash.clone());
        if reserved(&file.path) {
            return Err(miette!("`{}` is a file that `docwright publish` writes itself", file.path));
        }
        if edition.version.is_none() {
            let first = file.path.split('/').next().unwrap_or_default();
            if folders.contains(first) || (has_versions && is_list(&file.path)) {
                let help = "rename it in the documents, or publish to another target";
                return Err(miette!(
                    help = help,
                    "the site's `{}` would stand in the place of a version",
                    file.path
                ));
            }
            files.insert(file.path.clone(), content());
        }
        for folder in mine.iter().filter(|_| file.path != HEADERS) {
            files.insert(format!("{folder}/{}", file.path), content());
        }
    }
    let style = style(files.keys().chain(before.files.keys()), &after);
    let mut bytes = |path: &str, bytes: Vec<u8>| {
        let (size, hash) = (bytes.len() as u64, content_hash(&bytes));
        files.insert(path.to_owned(), (Content::Bytes(bytes), size, hash));
    };
    for (path, content) in &edition.extra {
        bytes(path, content.clone());
    }
    if has_versions {
        bytes(versions::LIST, versions::list(&after));
        bytes(versions::LIST_PAGE, versions::list_page(&after, style.as_deref()));
        if let Some(file) = site.iter().find(|it| it.path == HEADERS) {
            let content = String::from_utf8_lossy(&Content::File(file.file.clone()).bytes()?).into_owned();
            bytes(HEADERS, headers_for_folders(&content, &folders).into_bytes());
        }
        if !after.root {
            bytes("index.html", versions::page(&after, style.as_deref()));
        }
    }
    let leads = versions::default_folder(&after).is_some_and(|it| mine.contains(&it));
    if leads
        && !after.root
        && edition.knows_address
        && let Some(page) = site.iter().find(|it| it.path == "404.html")
    {
        files.insert(page.path.clone(), (Content::File(page.file.clone()), page.size, page.hash.clone()));
    }
    let led_to = versions::default_folder(&before).is_some_and(|it| gone.contains(it));
    let replaced = |path: &str| match path.split_once('/') {
        Some((first, _)) if gone.contains(first) => true,
        Some((first, _)) if folders.contains(first) => mine.contains(&first),
        _ if edition.remove.is_some() => {
            !has_versions && is_list(path) || led_to && !after.root && ROOT_PAGES.contains(&path)
        }
        _ => edition.version.is_none() && !(has_versions && is_list(path)),
    };
    let delete: Vec<String> =
        before.files.keys().filter(|it| replaced(it) && !files.contains_key(*it)).cloned().collect();
    let mut writes: Vec<Write> = files
        .into_iter()
        .map(|(path, (content, size, hash))| {
            let unchanged = before.files.get(&path).is_some_and(|it| it.as_deref() == Some(hash.as_str()));
            Write { path, content, size, hash, unchanged }
        })
        .collect();
    writes.sort_by(|a, b| turn(&a.path).cmp(&turn(&b.path)).then_with(|| a.path.cmp(&b.path)));
    for path in &delete {
        after.files.remove(path);
    }
    after.files.extend(writes.iter().map(|it| (it.path.clone(), Some(it.hash.clone()))));
    // A version counts only once it is whole.
    let mut during = before.clone();
    during.files = after.files.clone();
    let unsure = writes.iter().filter(|it| !it.unchanged).map(|it| &it.path).chain(&delete);
    during.files.extend(unsure.map(|path| (path.clone(), None)));
    Ok(Plan { files: writes, delete, after, during })
}

/// Takes a version and its aliases out of the manifest, and gives their folders.
fn forget(manifest: &mut Manifest, version: &str) -> miette::Result<BTreeSet<String>> {
    let Some(mut folders) = manifest.versions.remove(version) else {
        let names: Vec<&str> = manifest.versions.keys().map(String::as_str).collect();
        let help = match names.as_slice() {
            [] => "docwright published no versions there".to_owned(),
            names => format!("there are {}", names.join(", ")),
        };
        return Err(miette!(help = help, "there is no version `{version}` at the target"));
    };
    folders.insert(version.to_owned());
    Ok(folders)
}

/// Puts the version and its aliases into the manifest.
fn name_versions(manifest: &mut Manifest, edition: &Edition) -> miette::Result<()> {
    let Some(version) = &edition.version else {
        manifest.root = true;
        return Ok(());
    };
    if manifest.versions.values().any(|it| it.contains(version)) {
        return Err(miette!(
            help = "choose another name, or publish that alias together with a version",
            "`{version}` is an alias at the target, not a version"
        ));
    }
    if let Some(alias) =
        edition.aliases.iter().find(|it| manifest.versions.contains_key(*it) || *it == version)
    {
        let help = "an alias is a second name; choose one that no version has";
        return Err(miette!(help = help, "`{alias}` is a version at the target, not an alias"));
    }
    let folders: BTreeSet<&str> = manifest.folders().collect();
    let new = edition.aliases.iter().chain([version]).filter(|it| !folders.contains(it.as_str()));
    for name in new {
        let start = format!("{name}/");
        let mut inside =
            manifest.files.range(start.clone()..).take_while(|(path, _)| path.starts_with(&start));
        // What is not sure to be whole is left from a run for that very version that was stopped.
        if inside.any(|(_, hash)| hash.is_some()) {
            let help = "choose another name, or publish to another target";
            return Err(miette!(help = help, "the site at the root has a folder `{name}`"));
        }
    }
    for aliases in manifest.versions.values_mut() {
        aliases.retain(|it| !edition.aliases.contains(it));
    }
    manifest.versions.entry(version.clone()).or_default().extend(edition.aliases.iter().cloned());
    Ok(())
}

/// Whether a path is that of a list of the versions.
fn is_list(path: &str) -> bool {
    path == versions::LIST || path == versions::LIST_PAGE
}

/// The style sheet of the version that readers get, for the pages at the root; the first of these paths wins.
fn style<'a>(mut paths: impl Iterator<Item = &'a String>, after: &Manifest) -> Option<String> {
    let start = format!("{}/assets/docwright-", versions::default_folder(after)?);
    paths.find(|it| it.starts_with(&start) && it.ends_with(".css") && is_hashed(it)).cloned()
}

/// Names that the site itself cannot have.
fn reserved(path: &str) -> bool {
    path == manifest::NAME || path.split('/').any(|it| it.eq_ignore_ascii_case(".git"))
}

/// When a file is written: what never changes first, then what pages refer to, then pages, then what leads to them.
fn turn(path: &str) -> u8 {
    let is_page = path.ends_with(".html");
    match path.contains('/') {
        _ if is_hashed(path) => 0,
        _ if is_list(path) => 4,
        false if path == "index.html" => 4,
        _ if is_page => 3,
        _ => 2,
    }
}

/// Repeats the rules about assets for the folders of versions.
fn headers_for_folders(text: &str, folders: &BTreeSet<String>) -> String {
    let mut all = text.trim_end().to_owned();
    all.push('\n');
    let blocks: Vec<&str> =
        text.split("\n\n").map(str::trim_end).filter(|it| it.starts_with("/assets/")).collect();
    for folder in folders {
        for block in &blocks {
            all.push_str(&format!("\n/{folder}{block}\n"));
        }
    }
    all
}
