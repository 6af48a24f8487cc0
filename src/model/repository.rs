//! What the repository offers to whoever follows its documents: scripts, targets, services, files by name.

use std::collections::HashMap;

use ignore::gitignore::Gitignore;

use super::Files;
use super::resolve::join;

/// What the repository offers.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// Every package.json, ordered by path.
    pub packages: Vec<Package>,
    /// Makefiles, justfiles and Taskfiles, ordered by path.
    pub task_files: Vec<TaskFile>,
    /// Compose files, ordered by path.
    pub compose_files: Vec<ComposeFile>,
    /// Files that list environment variables (`.env.example`), ordered by path.
    pub env_files: Vec<EnvFile>,
    /// Whether there is any code. What only documents say about scripts cannot be checked without.
    pub has_code: bool,
    /// Whether makefiles are made by another program (`configure`, CMake), so that their targets are unknown.
    pub generates_makefiles: bool,
    /// The addresses under which manifests say that the repository is found, lower case: `acme/orders`.
    pub addresses: Vec<String>,
    /// The names that manifests and the README give it: lower case, letters and digits only.
    pub own_names: Vec<String>,
    /// File name → paths of files and folders, each list ordered.
    names: HashMap<String, Vec<String>>,
    /// Folder of a `.gitignore` → its rules.
    ignored: Vec<(String, Gitignore)>,
    /// Folders whose content lies in another repository.
    submodules: Vec<String>,
}

/// A `package.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The file.
    pub path: String,
    /// `name`, or empty.
    pub name: String,
    /// The names of its scripts, in order.
    pub scripts: Vec<String>,
    /// The names of its dependencies of all kinds, ordered.
    pub dependencies: Vec<String>,
}

/// A program that runs named tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Runner {
    /// Targets of a makefile.
    Make,
    /// Recipes of a justfile.
    Just,
    /// Tasks of a Taskfile.
    Task,
}

/// A makefile, justfile or Taskfile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFile {
    /// Who reads it.
    pub runner: Runner,
    /// The file.
    pub path: String,
    /// The names that can be run, ordered.
    pub names: Vec<String>,
    /// Names with `*` for any characters (`build-%` of make, `build:*` of task).
    pub patterns: Vec<String>,
    /// Whether names may be missing: what it includes or generates is unknown.
    pub open: bool,
}

/// A compose file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposeFile {
    /// The file.
    pub path: String,
    /// The names of its services, ordered.
    pub services: Vec<String>,
    /// The environment variables that it sets or uses, ordered.
    pub variables: Vec<String>,
    /// Whether services may be missing: it includes other files.
    pub open: bool,
}

/// A file that lists environment variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvFile {
    /// The file.
    pub path: String,
    /// Their names, ordered.
    pub variables: Vec<String>,
}

/// Where a path that a document names leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place<'a> {
    /// To this file or folder.
    At(String),
    /// Not where it should be, but these end in the same way.
    Elsewhere(&'a [String]),
    /// Git ignores it, or it lies in another repository: it may be there for whoever works with it.
    Untracked,
    /// Nowhere.
    Nowhere,
}

impl Runner {
    /// The command.
    pub fn command(self) -> &'static str {
        match self {
            Runner::Make => "make",
            Runner::Just => "just",
            Runner::Task => "task",
        }
    }

    /// What it calls the things that it runs.
    pub fn noun(self) -> &'static str {
        match self {
            Runner::Make => "target",
            Runner::Just => "recipe",
            Runner::Task => "task",
        }
    }
}

impl TaskFile {
    /// Whether a name can be run, as far as is known.
    pub fn may_run(&self, name: &str) -> bool {
        self.open
            || self.names.binary_search_by(|it| it.as_str().cmp(name)).is_ok()
            || self.patterns.iter().any(|it| matches(it, name))
    }
}

/// Whether a pattern with `*` matches a name.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let Some(last) = pattern.contains('*').then(|| parts.next_back()).flatten() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

impl Repository {
    /// An empty repository that knows these files by name.
    pub fn of_files(files: &Files) -> Repository {
        let mut names: HashMap<String, Vec<String>> = HashMap::new();
        for (path, _) in files.paths() {
            let name = path.rsplit('/').next().unwrap_or(path);
            names.entry(name.to_owned()).or_default().push(path.to_owned());
        }
        names.values_mut().for_each(|it| it.sort_unstable());
        Repository { names, ..Repository::default() }
    }

    /// Sets what git does not track: the rules of each `.gitignore` with its folder, and the folders of
    /// submodules.
    pub fn set_untracked(&mut self, ignored: Vec<(String, Gitignore)>, submodules: Vec<String>) {
        self.ignored = ignored;
        self.submodules = submodules;
    }

    /// Where a relative path leads that is written for a folder: from there, from each folder above it, else
    /// whatever ends in the same way.
    pub fn place(&self, files: &Files, folder: &str, path: &str) -> Place<'_> {
        let mut base = folder;
        loop {
            if let Some(joined) = join(base, path) {
                if files.get(&joined).is_some() {
                    return Place::At(joined);
                }
                if self.is_untracked(&joined) {
                    return Place::Untracked;
                }
            }
            if base.is_empty() {
                break;
            }
            base = base.rsplit_once('/').map_or("", |(above, _)| above);
        }
        let tail = tail(path);
        match self.ending_in(&tail) {
            found if !found.is_empty() => Place::Elsewhere(found),
            _ => Place::Nowhere,
        }
    }

    /// The paths that end in this one, if any; all paths of its name when it has no folder.
    fn ending_in(&self, tail: &str) -> &[String] {
        let name = tail.rsplit('/').next().unwrap_or(tail);
        let Some(all) = self.names.get(name) else { return &[] };
        let fits = |it: &String| it.strip_suffix(tail).is_some_and(|it| it.is_empty() || it.ends_with('/'));
        match all.iter().position(fits) {
            Some(first) => {
                let count = all[first..].iter().take_while(|it| fits(it)).count();
                &all[first..first + count]
            }
            None => &[],
        }
    }

    /// The paths of files and folders with this name, ordered.
    pub fn named(&self, name: &str) -> &[String] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// The name of a file that is most like this one, among those in the same folder or with the same
    /// extension and a similar name.
    pub fn nearest(&self, path: &str) -> Option<&str> {
        let tail = tail(path);
        let name = tail.rsplit('/').next().unwrap_or(&tail);
        if let [only] = self.named(name) {
            return Some(only);
        }
        let extension = name.rsplit_once('.').map(|(_, it)| it);
        let folder = tail.rsplit_once('/').map_or("", |(folder, _)| folder);
        let candidates = self.names.iter().filter_map(|(other, paths)| {
            (other.rsplit_once('.').map(|(_, it)| it) == extension).then_some(())?;
            let score = strsim::jaro_winkler(other, name);
            (score > 0.9).then_some(())?;
            let inside = |it: &&String| it.rsplit_once('/').map_or("", |(above, _)| above).ends_with(folder);
            Some((score, paths.iter().find(inside).or(paths.first())?))
        });
        let best = candidates.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        best.map(|(_, path)| path.as_str())
    }

    /// Whether git does not track a path: it is ignored, or in a submodule.
    pub fn is_untracked(&self, path: &str) -> bool {
        if self.submodules.iter().any(|it| inside(it, path).is_some()) {
            return true;
        }
        self.ignored.iter().any(|(folder, rules)| {
            let Some(rest) = inside(folder, path).filter(|it| !it.is_empty()) else { return false };
            // Nobody says whether it would be a folder, so it is asked as both.
            [false, true].iter().any(|&is_dir| rules.matched_path_or_any_parents(rest, is_dir).is_ignore())
        })
    }

    /// The packages that commands in this folder may mean: those of samples and tests only from inside.
    pub fn packages_for(&self, folder: &str) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(move |it| is_for(&it.path, folder))
    }

    /// The makefiles, justfiles or Taskfiles that commands in this folder may mean.
    pub fn task_files_for(&self, runner: Runner, folder: &str) -> impl Iterator<Item = &TaskFile> {
        self.task_files.iter().filter(move |it| it.runner == runner && is_for(&it.path, folder))
    }

    /// Whether there is any file with this extension.
    pub fn has_extension(&self, extension: &str) -> bool {
        self.names.keys().any(|it| it.rsplit_once('.').is_some_and(|(_, other)| other == extension))
    }

    /// Whether an address (`https://host/acme/orders.git`, `git@host:acme/orders`) is that of this repository,
    /// as far as its manifests say.
    pub fn is_own_address(&self, address: &str) -> bool {
        let Some(found) = owner_and_name(address) else { return false };
        let name = plain_name(found.rsplit('/').next().unwrap_or_default());
        self.addresses.contains(&found) || self.own_names.contains(&name)
    }
}

/// The last two parts of the address of a repository, lower case.
pub fn owner_and_name(address: &str) -> Option<String> {
    let address = address.trim().trim_end_matches('/');
    let address = address.strip_suffix(".git").unwrap_or(address).to_lowercase();
    let mut parts = address.rsplit(['/', ':']);
    let (name, owner) = (parts.next()?, parts.next()?);
    (!name.is_empty() && !owner.is_empty()).then(|| format!("{owner}/{name}"))
}

/// A name with letters and digits only, lower case: `Data Harbour` and `data-harbour` are one name.
pub fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The part of a path below a folder.
pub(crate) fn inside<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() || folder == path {
        return Some(if folder.is_empty() { path } else { "" });
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// A path without `.` and `..` parts.
fn tail(path: &str) -> String {
    let parts = path.split('/').filter(|it| !matches!(*it, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// Folders whose files are samples or material for tests.
const SAMPLES: [&str; 12] = [
    "fixtures",
    "__fixtures__",
    "testdata",
    "test",
    "tests",
    "__tests__",
    "examples",
    "example",
    "samples",
    "template",
    "templates",
    "vendor",
];

/// Whether a file that offers something is meant by commands in a folder: not that of a sample elsewhere.
fn is_for(path: &str, folder: &str) -> bool {
    let own = path.rsplit_once('/').map_or("", |(own, _)| own);
    !own.split('/').any(|it| SAMPLES.contains(&it)) || inside(own, folder).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Entry;

    fn repository(paths: &[&str]) -> (Repository, Files) {
        let mut files = Files::default();
        for path in paths {
            files.insert(path, Entry { is_dir: false, executable: false });
        }
        (Repository::of_files(&files), files)
    }

    #[test]
    fn paths_are_sought_from_the_folder_upwards_then_anywhere() {
        let (it, files) = repository(&["ops/scripts/a.sh", "docs/b.md", "tools/c.sh"]);
        assert_eq!(it.place(&files, "ops/docs", "scripts/a.sh"), Place::At("ops/scripts/a.sh".to_owned()));
        assert_eq!(it.place(&files, "ops/docs", "../scripts/a.sh"), Place::At("ops/scripts/a.sh".to_owned()));
        assert!(matches!(it.place(&files, "", "scripts/a.sh"), Place::Elsewhere(_)));
        assert!(matches!(it.place(&files, "", "./a.sh"), Place::Elsewhere(_)));
        assert_eq!(it.place(&files, "", "bin/c.sh"), Place::Nowhere);
        assert_eq!(it.nearest("bin/c.sh"), Some("tools/c.sh"));
    }

    #[test]
    fn what_git_ignores_is_untracked() {
        let (mut it, files) = repository(&["app/x.py"]);
        let mut rules = ignore::gitignore::GitignoreBuilder::new("");
        rules.add_line(None, "build/").unwrap();
        rules.add_line(None, "*.local.yaml").unwrap();
        it.set_untracked(vec![("app".to_owned(), rules.build().unwrap())], vec!["third/lib".to_owned()]);
        assert_eq!(it.place(&files, "app", "build/run.sh"), Place::Untracked);
        assert_eq!(it.place(&files, "app", "values.local.yaml"), Place::Untracked);
        assert_eq!(it.place(&files, "", "third/lib/run.sh"), Place::Untracked);
        assert_eq!(it.place(&files, "", "build/run.sh"), Place::Nowhere);
    }

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("build-*", "build-api", true),
            ("*", "x", true),
            ("*.o", "x.c", false),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "a1c", false),
            ("ab", "ab", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn addresses() {
        for address in ["https://git.example/Acme/Orders.git", "git@git.example:acme/orders", "acme/orders/"]
        {
            assert_eq!(owner_and_name(address).as_deref(), Some("acme/orders"), "{address}");
        }
    }
}
