//! justfile → recipes and aliases.

use super::task_file;
use crate::model::repository::{Runner, TaskFile};
use crate::model::resolve::join;
use crate::source::Sources;

/// How deep justfiles may import each other.
const MAX_DEPTH: usize = 16;

/// Reads a justfile with what it imports. Recipes of modules are called `module::recipe`, so a module's name
/// stands for whatever follows.
pub(super) fn read(path: &str, text: &str, sources: &Sources) -> TaskFile {
    let (mut names, mut patterns, mut open) = (Vec::new(), Vec::new(), false);
    let mut queue = vec![(path.to_owned(), text, 0)];
    while let Some((path, text, depth)) = queue.pop() {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for line in text.lines().filter(|it| !it.starts_with([' ', '\t', '#', '['])) {
            let mut words = line.split_whitespace();
            let first = words.next().unwrap_or_default();
            match first {
                "alias" => names.extend(words.next().map(str::to_owned)),
                "mod" | "mod?" => {
                    let name = words.next().unwrap_or_default();
                    names.push(name.to_owned());
                    patterns.push(format!("{name}::*"));
                }
                "import" | "import?" => {
                    let file = words.next().unwrap_or_default().trim_matches(['\'', '"']);
                    match join(folder, file).and_then(|it| sources.id(&it)) {
                        Some(id) if depth < MAX_DEPTH => {
                            let source = sources.get(id);
                            queue.push((source.path.clone(), &source.text, depth + 1));
                        }
                        _ => open |= first == "import",
                    }
                }
                "set" | "export" | "unexport" => {}
                _ => names.extend(recipe(line)),
            }
        }
    }
    task_file(Runner::Just, path, names, patterns, open)
}

/// The name of the recipe that a line begins, if it does: `@name param='x': dependencies`.
fn recipe(line: &str) -> Option<String> {
    let line = line.strip_prefix('@').unwrap_or(line);
    let end = line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))?;
    let (name, rest) = line.split_at(end);
    let colon = rest.find(':')?;
    let assigned = rest.trim_start().starts_with(":=");
    (!name.is_empty() && !assigned && rest[..colon].len() < 1000).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn recipes() {
        let text = "set shell := ['bash']\nversion := '1'\nalias b := build\nimport 'more.just'\nmod db\n\n# comment: x\n[private]\n@build target='x:y' *args: test\n    echo a: b\ntest:\n    true\n";
        let more = Source::new("ops/more.just", "extra:\n\ttrue\n");
        let sources = Sources::new(vec![Source::new("ops/justfile", text), more]);
        let found = read("ops/justfile", text, &sources);
        assert_eq!(found.names, ["b", "build", "db", "extra", "test"]);
        assert!(found.may_run("db::migrate") && !found.may_run("deploy"));
    }

    #[test]
    fn an_import_that_is_not_there_leaves_it_open() {
        let sources = Sources::default();
        assert!(read("justfile", "import 'gone.just'\n", &sources).open);
        assert!(!read("justfile", "import? 'own.just'\n", &sources).open);
    }
}
