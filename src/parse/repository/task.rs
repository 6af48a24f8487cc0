//! Taskfile → tasks with their aliases.

use super::task_file;
use crate::model::repository::{Runner, TaskFile};
use crate::parse::yaml;

/// Reads a Taskfile. Tasks of an included file are called `namespace:task`, so a namespace stands for
/// whatever follows.
pub(super) fn read(path: &str, text: &str) -> TaskFile {
    let (tree, problems) = yaml::parse(text, 0..text.len());
    let (mut names, mut patterns) = (vec!["default".to_owned()], Vec::new());
    let mut open = !problems.is_empty();
    if let Some(root) = tree.root(text) {
        for (name, task) in root.get("tasks").into_iter().flat_map(|it| it.members()) {
            let Some(name) = name.as_str() else { continue };
            let list = if name.contains('*') { &mut patterns } else { &mut names };
            list.push(name.into_owned());
            let aliases = task.get("aliases").into_iter().flat_map(|it| it.items());
            names.extend(aliases.filter_map(|it| Some(it.as_str()?.into_owned())));
        }
        for (name, include) in root.get("includes").into_iter().flat_map(|it| it.members()) {
            open |= include.get("flatten").and_then(|it| it.as_bool()) == Some(true);
            let aliases = include.get("aliases").into_iter().flat_map(|it| it.items());
            for name in std::iter::once(name).chain(aliases).filter_map(|it| it.as_str()) {
                patterns.push(format!("{name}:*"));
                names.push(name.into_owned());
            }
        }
    }
    task_file(Runner::Task, path, names, patterns, open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks() {
        let found = read(
            "Taskfile.yml",
            "version: '3'\nincludes:\n  db: ./db\ntasks:\n  build:\n    aliases: [b]\n  'deploy:*':\n    cmds: [x]\n",
        );
        assert_eq!(found.names, ["b", "build", "db", "default"]);
        assert!(found.may_run("db:migrate") && found.may_run("deploy:prod") && !found.may_run("test"));
    }

    #[test]
    fn broken_yaml_leaves_it_open() {
        assert!(read("Taskfile.yml", "tasks:\n\t- [").open);
    }
}
