//! Which words are paths of the repository that a document speaks of.

use crate::model::Files;

/// Extensions of scripts that an interpreter runs.
const SCRIPTS: [&str; 15] =
    ["sh", "bash", "zsh", "fish", "py", "js", "mjs", "cjs", "ts", "mts", "rb", "pl", "php", "ps1", "R"];

/// Extensions of other files that documents name.
const FILES: [&str; 44] = [
    "yaml",
    "yml",
    "json",
    "toml",
    "tf",
    "tfvars",
    "hcl",
    "conf",
    "cfg",
    "ini",
    "sql",
    "md",
    "rst",
    "tsx",
    "jsx",
    "go",
    "rs",
    "java",
    "kt",
    "scala",
    "c",
    "cc",
    "cpp",
    "h",
    "hpp",
    "cs",
    "swift",
    "ex",
    "exs",
    "vue",
    "svelte",
    "css",
    "scss",
    "html",
    "proto",
    "graphql",
    "tpl",
    "j2",
    "service",
    "timer",
    "properties",
    "xml",
    "example",
    "template",
];

/// Folders of what programs make: what lies in them is seldom in the repository.
const MADE: [&str; 31] = [
    "node_modules",
    "dist",
    "build",
    "target",
    "out",
    "venv",
    ".venv",
    "__pycache__",
    ".next",
    ".git",
    "coverage",
    "tmp",
    "temp",
    "logs",
    "log",
    "_site",
    "site",
    "vendor",
    ".terraform",
    ".cache",
    "generated",
    "gen",
    "obj",
    "release",
    "releases",
    "backup",
    "backups",
    "output",
    "results",
    "artifacts",
    "htmlcov",
];

/// Folders at the top of a machine. A path below one is not meant from the root of the repository.
const SYSTEM: [&str; 27] = [
    "bin",
    "boot",
    "dev",
    "etc",
    "home",
    "lib",
    "lib64",
    "media",
    "mnt",
    "opt",
    "proc",
    "root",
    "run",
    "sbin",
    "srv",
    "sys",
    "tmp",
    "usr",
    "var",
    "data",
    "app",
    "workspace",
    "workspaces",
    "Users",
    "Library",
    "nix",
    "private",
];

/// Stems that tutorials give to files of the reader.
const GENERIC: [&str; 33] = [
    "app",
    "main",
    "script",
    "server",
    "client",
    "index",
    "test",
    "tests",
    "example",
    "examples",
    "hello",
    "helloworld",
    "demo",
    "foo",
    "bar",
    "baz",
    "file",
    "program",
    "run",
    "sample",
    "setup",
    "install",
    "a",
    "b",
    "c",
    "x",
    "y",
    "bot",
    "worker",
    "module",
    "code",
    "manage",
    "train",
];

/// Whether a word can be a path at all: no pattern, slot, address, option or home folder.
pub(super) fn is_path(word: &str) -> bool {
    let slots = ["...", "…", "path/to", "://", "YYYY", "XXX", "xxx"];
    let lower = word.to_ascii_lowercase();
    let own = |it: &str| {
        let start = it.trim_start_matches(['.', '_', '-']);
        ["your", "my-", "my_", "foo", "some-", "some_"].iter().any(|slot| start.starts_with(slot))
    };
    // `FILE`, `BACKUP_DIR`: what a manual page writes for a value.
    let metavariable = word.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '-'))
        || matches!(name(word.trim_end_matches('/')), "dir" | "folder" | "directory" | "path");
    !word.is_empty()
        && !metavariable
        && !word.starts_with(['-', '~', '@', '+', '%'])
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | '@' | ' '))
        && !word.contains(' ')
        && !slots.iter().any(|it| word.contains(it))
        && !lower.split('/').any(own)
        && word.chars().any(|c| c.is_alphanumeric())
}

/// Whether an absolute path may mean the root of the repository: its first folder is there, and machines have
/// none of that name.
pub(super) fn may_mean_root(path: &str, files: &Files) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    !SYSTEM.contains(&first)
        && path.trim_matches('/').contains('/')
        && files.get(first).is_some_and(|it| it.is_dir)
}

/// Whether the name of a script: by its extension.
pub(super) fn is_script(path: &str) -> bool {
    extension(path).is_some_and(|it| SCRIPTS.contains(&it))
}

/// Whether the name of a file, by its extension; or of a file that has none.
pub(super) fn is_file(path: &str) -> bool {
    let known = |it| SCRIPTS.contains(&it) || FILES.contains(&it);
    extension(path).is_some_and(known) || matches!(name(path), "Makefile" | "Dockerfile" | "Jenkinsfile")
}

/// Whether a path lies in a folder that programs fill.
pub(super) fn is_made(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split('/').any(|it| MADE.contains(&it))
}

/// Whether a path has a folder, beside `.` and `..`.
pub(super) fn has_folder(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split('/').any(|it| !matches!(it, "" | "." | ".."))
}

/// Whether the name of a file is one that tutorials give.
pub(super) fn is_generic(path: &str) -> bool {
    let stem = name(path).split('.').next().unwrap_or_default().to_ascii_lowercase();
    GENERIC.contains(&stem.as_str())
        || stem.starts_with("example")
        || stem.starts_with("test_")
        || stem.starts_with("hello")
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What stands after the last dot of the name, unless the name begins there.
pub(super) fn extension(path: &str) -> Option<&str> {
    let (stem, extension) = name(path).rsplit_once('.')?;
    (!stem.is_empty()).then_some(extension)
}

/// A path without `.` parts and slashes at its ends; `..` parts at the start are dropped.
pub(super) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for word in ["./scripts/x.sh", "scripts/db-1/x.sql", "../a_b.py", "k8s/overlays/prod/"] {
            assert!(is_path(word), "{word}");
        }
        for word in [
            "~/x.sh",
            "https://a.example/x.sh",
            "*.yaml",
            "<file>",
            "path/to/x.sh",
            "your-app.yaml",
            "host:/x",
            "-f",
            "",
            "a b",
            "$X/y",
            "backup_YYYYMMDD.sql",
            "@scope/x",
            "...",
            "./dir/",
            "overlays/folder",
        ] {
            assert!(!is_path(word), "{word}");
        }
    }

    #[test]
    fn kinds() {
        assert!(is_script("./a/x.sh") && !is_script("./a/x") && !is_script(".sh"));
        assert!(is_file("a/b.yaml") && is_file("Dockerfile") && !is_file("a/b"));
        assert!(is_made("dist/x.js") && !is_made("scripts/build"));
        assert!(has_folder("./a/x") && !has_folder("../x"));
        assert_eq!(normal("./a//b/../c/"), "a/c");
    }
}
