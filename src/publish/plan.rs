//! What a publish does to a target: pure, from what stands there and what was built. Every kind of target carries
//! out the same plan.

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
            if folders.contains(first) || (has_versions && file.path == versions::LIST) {
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
    let mut bytes = |path: &str, bytes: Vec<u8>| {
        let (size, hash) = (bytes.len() as u64, content_hash(&bytes));
        files.insert(path.to_owned(), (Content::Bytes(bytes), size, hash));
    };
    for (path, content) in &edition.extra {
        bytes(path, content.clone());
    }
    if has_versions {
        bytes(versions::LIST, versions::list(&after));
        if let Some(file) = site.iter().find(|it| it.path == HEADERS) {
            let content = String::from_utf8_lossy(&Content::File(file.file.clone()).bytes()?).into_owned();
            bytes(HEADERS, headers_for_folders(&content, &folders).into_bytes());
        }
        if !after.root {
            bytes("index.html", versions::page(&after));
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
            !has_versions && path == versions::LIST || led_to && !after.root && ROOT_PAGES.contains(&path)
        }
        _ => edition.version.is_none() && !(has_versions && path == versions::LIST),
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

/// Names that the site itself cannot have.
fn reserved(path: &str) -> bool {
    path == manifest::NAME || path.split('/').any(|it| it.eq_ignore_ascii_case(".git"))
}

/// When a file is written: what never changes first, then what pages refer to, then pages, then what leads to them.
fn turn(path: &str) -> u8 {
    let is_page = path.ends_with(".html");
    match path.contains('/') {
        _ if is_hashed(path) => 0,
        _ if path == versions::LIST => 4,
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn site(files: &[(&str, &str)]) -> Vec<SiteFile> {
        let file = |(path, hash): &(&str, &str)| SiteFile {
            path: (*path).to_owned(),
            file: PathBuf::from(format!("/site/{path}")),
            size: 1,
            hash: (*hash).to_owned(),
        };
        files.iter().map(file).collect()
    }

    fn edition(version: &str, aliases: &[&str]) -> Edition {
        Edition {
            version: (!version.is_empty()).then(|| version.to_owned()),
            aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
            ..Edition::default()
        }
    }

    fn paths(plan: &Plan) -> Vec<&str> {
        plan.changed().map(|it| it.path.as_str()).collect()
    }

    #[test]
    fn what_pages_need_is_written_before_them() {
        let files = [
            ("a.html", "1"),
            ("a.md", "1"),
            ("assets/docwright-0123456789abcdef.css", "1"),
            ("index.html", "1"),
            ("z/b.html", "1"),
        ];
        let plan = plan(None, &site(&files), &edition("", &[])).expect("a plan");
        assert_eq!(
            paths(&plan),
            ["assets/docwright-0123456789abcdef.css", "a.md", "a.html", "z/b.html", "index.html"]
        );
        assert!(plan.after.root && plan.delete.is_empty());
        assert!(plan.during.files.values().all(Option::is_none));
        assert!(plan.after.files.values().all(Option::is_some));
    }

    #[test]
    fn only_what_was_published_before_is_deleted_and_only_changes_are_written() {
        let first =
            plan(None, &site(&[("a.html", "1"), ("b.html", "1")]), &edition("", &[])).expect("a plan");
        let site = site(&[("a.html", "1"), ("c.html", "1")]);
        let second = plan(Some(&first.after), &site, &edition("", &[])).expect("a plan");
        assert_eq!(paths(&second), ["c.html"]);
        assert_eq!(second.delete, ["b.html"]);
        let third = plan(Some(&second.after), &site, &edition("", &[])).expect("a plan");
        assert!(third.is_done(Some(&second.after)));
        // A run that was stopped half way: what it may have written is not taken for what it should be.
        let resumed = plan(Some(&second.during), &site, &edition("", &[])).expect("a plan");
        assert_eq!(paths(&resumed), ["c.html"]);
        assert_eq!(resumed.delete, ["b.html"]);
        assert_eq!(resumed.after, second.after);
    }

    #[test]
    fn versions_stand_beside_each_other_and_aliases_move() {
        let one = plan(None, &site(&[("index.html", "1"), ("old.html", "1")]), &edition("1.0", &["latest"]))
            .expect("1.0");
        assert_eq!(
            one.after.files.keys().collect::<Vec<_>>(),
            [
                "1.0/index.html",
                "1.0/old.html",
                "index.html",
                "latest/index.html",
                "latest/old.html",
                "versions.json"
            ]
        );
        let two =
            plan(Some(&one.after), &site(&[("index.html", "2")]), &edition("2.0", &["latest"])).expect("2.0");
        assert_eq!(paths(&two), ["2.0/index.html", "latest/index.html", "index.html", "versions.json"]);
        assert_eq!(two.delete, ["latest/old.html"]);
        assert!(two.after.versions["1.0"].is_empty());
        // The alias was moved away, then published without: the folder stays with the version that has it.
        let again =
            plan(Some(&two.after), &site(&[("index.html", "3")]), &edition("1.0", &[])).expect("1.0 again");
        assert_eq!(paths(&again), ["1.0/index.html"]);
        assert_eq!(again.delete, ["1.0/old.html"]);
    }

    #[test]
    fn a_version_goes_with_its_aliases_and_nothing_else() {
        let one = plan(None, &site(&[("index.html", "1")]), &edition("1.0", &[])).expect("1.0");
        let two =
            plan(Some(&one.after), &site(&[("index.html", "2")]), &edition("2.0", &["latest"])).expect("2.0");
        let remove = |version: &str| Edition { remove: Some(version.to_owned()), ..Edition::default() };
        let gone = plan(Some(&two.after), &[], &remove("2.0")).expect("a plan");
        assert_eq!(gone.delete, ["2.0/index.html", "latest/index.html"]);
        assert_eq!(paths(&gone), ["index.html", "versions.json"]);
        assert_eq!(gone.after, one.after);
        let last = plan(Some(&gone.after), &[], &remove("1.0")).expect("a plan");
        assert_eq!(last.delete, ["1.0/index.html", "index.html", "versions.json"]);
        assert!(last.after.files.is_empty());
        for wrong in ["latest", "3.0"] {
            assert!(plan(Some(&two.after), &[], &remove(wrong)).is_err(), "{wrong}");
        }
        let root = plan(Some(&two.after), &site(&[("index.html", "3"), ("a.html", "3")]), &edition("", &[]))
            .expect("root");
        let without = plan(Some(&root.after), &[], &remove("2.0")).expect("a plan");
        assert_eq!(without.delete, ["2.0/index.html", "latest/index.html"]);
    }

    #[test]
    fn a_version_that_was_never_completed_is_not_listed_and_can_be_completed() {
        let one = plan(None, &site(&[("index.html", "1")]), &edition("1.0", &["latest"])).expect("1.0");
        let stopped = plan(
            Some(&one.after),
            &site(&[("index.html", "2"), ("a.html", "2")]),
            &edition("2.0", &["latest"]),
        )
        .expect("2.0");
        assert!(!stopped.during.versions.contains_key("2.0"));
        let other =
            plan(Some(&stopped.during), &site(&[("index.html", "3")]), &edition("1.1", &[])).expect("1.1");
        assert_eq!(other.after.versions.keys().collect::<Vec<_>>(), ["1.0", "1.1"]);
        assert!(other.delete.is_empty());
        let again = plan(Some(&other.after), &site(&[("index.html", "2")]), &edition("2.0", &["latest"]))
            .expect("2.0");
        assert_eq!(again.delete, ["2.0/a.html", "latest/a.html"]);
        assert!(again.after.files.values().all(Option::is_some));
    }

    #[test]
    fn a_site_at_the_root_and_versions_do_not_touch_each_other() {
        let root =
            plan(None, &site(&[("index.html", "1"), ("a.html", "1")]), &edition("", &[])).expect("root");
        let versioned =
            plan(Some(&root.after), &site(&[("index.html", "2")]), &edition("2.0", &[])).expect("2.0");
        assert_eq!(paths(&versioned), ["2.0/index.html", "versions.json"]);
        assert!(versioned.delete.is_empty());
        let next =
            plan(Some(&versioned.after), &site(&[("index.html", "3")]), &edition("", &[])).expect("root");
        assert_eq!(paths(&next), ["index.html"]);
        assert_eq!(next.delete, ["a.html"]);
        for (files, edition) in [
            (vec![("2.0/x.html", "1")], edition("", &[])),
            (vec![("2.0", "1")], edition("", &[])),
            (vec![("versions.json", "1")], edition("", &[])),
            (vec![("index.html", "1")], edition("3.0", &["2.0"])),
            (vec![("index.html", "1")], edition("3.0", &["3.0"])),
            (vec![(".docwright-publish.json", "1")], edition("", &[])),
            (vec![("a/.git/config", "1")], edition("", &[])),
        ] {
            assert!(plan(Some(&next.after), &site(&files), &edition).is_err(), "{files:?}");
        }
        let aliased = plan(None, &site(&[("index.html", "1")]), &edition("1.0", &["latest"])).expect("1.0");
        assert!(plan(Some(&aliased.after), &site(&[]), &edition("latest", &[])).is_err());
        let folder = plan(None, &site(&[("ops/a.html", "1")]), &edition("", &[])).expect("root");
        assert!(plan(Some(&folder.after), &site(&[]), &edition("ops", &[])).is_err());
    }

    #[test]
    fn the_rules_about_assets_hold_in_every_folder() {
        let text = "/*\n  A: b\n\n/assets/x-*\n  Cache-Control: y\n";
        let all = headers_for_folders(text, &["2.1".to_owned()].into());
        assert_eq!(
            all,
            "/*\n  A: b\n\n/assets/x-*\n  Cache-Control: y\n\n/2.1/assets/x-*\n  Cache-Control: y\n"
        );
    }
}
