//! The direction of dependencies between the rooms, read off the `use` lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Room → the rooms that it may use.
const ALLOWED: [(&str, &[&str]); 19] = [
    ("source", &[]),
    ("finding", &["source"]),
    ("pattern", &[]),
    ("config", &["finding"]),
    ("model", &["config", "finding", "source"]),
    ("parse", &["config", "finding", "model", "pattern", "source"]),
    ("api", &["model", "parse", "source"]),
    ("live", &["config", "disk", "lint", "model", "parse", "render", "source"]),
    ("lsp", &["config", "disk", "finding", "lint", "live", "model", "parse", "pattern", "source"]),
    ("lint", &["config", "finding", "model", "pattern", "source"]),
    ("links", &["model"]),
    ("report", &["finding", "lint", "model", "source"]),
    ("render", &["api", "finding", "model", "parse", "source"]),
    ("publish", &["disk", "git", "render"]),
    ("disk", &["config", "model", "parse", "source"]),
    ("serve", &["disk", "finding", "lint", "live", "model", "render", "source"]),
    (
        "cli",
        &[
            "api", "config", "disk", "finding", "git", "links", "lint", "live", "lsp", "model", "parse",
            "publish", "render", "report", "serve", "source",
        ],
    ),
    ("git", &[]),
    ("main", &[]),
];

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push(path);
        }
    }
}

/// The rooms that the code of a file names after `crate::`, its test module left out.
fn used(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut rooms = Vec::new();
    for line in lines {
        for (at, _) in line.match_indices("crate::") {
            let name: String =
                line[at + 7..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            rooms.push(name);
        }
    }
    rooms
}

#[test]
fn rooms_depend_in_one_direction() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed: BTreeMap<_, _> = ALLOWED.into_iter().collect();
    let mut all = Vec::new();
    files(&src, &mut all);
    all.sort();
    let mut wrong = Vec::new();
    for path in all {
        let inside = path.strip_prefix(&src).expect("below src");
        let room = inside.iter().next().expect("a name").to_string_lossy();
        let room = room.trim_end_matches(".rs").to_owned();
        if room == "lib" || path.file_name().is_some_and(|it| it == "tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file");
        let Some(may) = allowed.get(room.as_str()) else {
            wrong.push(format!("{}: the room `{room}` is not in the table", inside.display()));
            continue;
        };
        for used in used(&text).into_iter().filter(|it| *it != room && !may.contains(&it.as_str())) {
            wrong.push(format!("{}: `{room}` uses `{used}`", inside.display()));
        }
        assert!(text.starts_with("//!"), "{} does not say what it is for", inside.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
