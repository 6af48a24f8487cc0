//! Finds scripts that documents call by name although they are not executable.
//!
//! `./restore.sh` then ends in "permission denied". A `chmod +x` before it on the page counts.
//!
//! ## Flagged
//!
//! ````md docs/restore.md
//! ```bash
//! ./tools/restore.py --latest
//! ```
//! ````
//!
//! ```python tools/restore.py
//! print("restored")
//! ```
//!
//! ## Accepted
//!
//! ````md docs/restore.md
//! ```bash
//! ./tools/check.sh
//! python3 tools/restore.py --latest
//! chmod +x tools/restore.py
//! ./tools/restore.py --latest
//! ```
//! ````
//!
//! ```python tools/restore.py
//! print("restored")
//! ```
//!
//! ```sh tools/check.sh
//! pg_isready
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::reference::Target;
use crate::model::repository::Place;

pub(crate) static RULE: Rule = Rule {
    id: "reference/not-executable",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("not_executable.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for reference in &project.references {
        let Target::Script { path, direct: true } = &reference.target else { continue };
        if path.starts_with('/') {
            continue;
        }
        let place = match project.repository.place(&project.files, &reference.folder, path) {
            Place::At(found) => found,
            Place::Elsewhere([only]) => only.clone(),
            _ => continue,
        };
        if project.files.get(&place).is_some_and(|it| !it.is_dir && !it.executable) {
            cx.report(reference.span, format!("`{place}` is not executable"))
                .help(format!("`git update-index --chmod=+x {place}`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn only_what_is_called_by_its_name() {
        check_rule(
            &RULE,
            "//- bin/a.py\n//- bin/b\n//- bin/c.sh\n//- docs/a.md\n```bash\n./bin/a.py\n^^^^^^^^^^ `bin/a.py` is not executable\nbin/b --all\n^^^^^ `bin/b` is not executable\n./bin/c.sh\npython bin/a.py\n```\n\n```bash\nchmod +x bin/*.py\n./bin/a.py\n```\n",
        );
    }
}
