//! `.gitignore` and `.gitmodules` → what may be there although git does not list it.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::source::Sources;

/// The rules of every `.gitignore` with its folder, and the folders of submodules.
pub(super) fn read(sources: &Sources) -> (Vec<(String, Gitignore)>, Vec<String>) {
    let (mut ignored, mut submodules) = (Vec::new(), Vec::new());
    for (_, source) in sources.iter() {
        let (folder, name) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
        match name {
            ".gitignore" => {
                let mut rules = GitignoreBuilder::new("");
                for line in source.text.lines() {
                    // A line that is no pattern ignores nothing.
                    let _ = rules.add_line(None, line);
                }
                ignored.extend(rules.build().ok().map(|it| (folder.to_owned(), it)));
            }
            ".gitmodules" => {
                let paths = source.text.lines().filter_map(|line| line.trim().strip_prefix("path"));
                let paths = paths.filter_map(|it| it.trim_start().strip_prefix('='));
                submodules.extend(paths.map(|it| it.trim().to_owned()));
            }
            _ => {}
        }
    }
    (ignored, submodules)
}
