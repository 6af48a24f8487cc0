//! Finds scripts that documents call and the repository does not have.
//!
//! A step that cannot be run is found out during the incident, by the person who can least afford it. A path is
//! sought from the page's folder and every folder above it, from where `cd` has led, and then anywhere in the
//! repository: what ends in the same way counts as found.
//!
//! What the page creates, downloads or unpacks is not looked for, nor what runs on another machine, in another
//! repository (after `git clone` of one, "in the … repository", or with `external_repo: true` in the front matter), is ignored by git, or
//! has a slot to fill in. A repository without code says nothing about scripts. In recovery plans, backup policies and
//! runbooks of a recovery, `recovery/missing-script` speaks instead.
//!
//! ## Flagged
//!
//! ````md docs/restore.md
//! Restore the latest backup:
//!
//! ```bash
//! ./scripts/restore-db.sh --latest
//! ```
//! ````
//!
//! ```sh scripts/restore-database.sh
//! pg_restore --dbname "$DATABASE_URL" "$1"
//! ```
//!
//! ## Accepted
//!
//! ````md docs/restore.md
//! Restore the latest backup, then run the script that the vendor offers:
//!
//! ```bash
//! ./scripts/restore-database.sh latest.dump
//! curl -O https://vendor.example/verify.sh
//! bash verify.sh
//! ssh backup-host ./nightly/prune.sh
//! ```
//! ````
//!
//! ```sh scripts/restore-database.sh
//! pg_restore --dbname "$DATABASE_URL" "$1"
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::Project;
use crate::model::reference::Target;
use crate::model::repository::Place;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "reference/script",
    severity: Severity::Error,
    preview: false,
    file: include_str!("script.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for Missing { span, path, help } in missing(cx.project) {
        cx.report(span, format!("the script `{path}` does not exist")).help(help);
    }
}

/// A script that a document runs and the repository does not have.
pub(in crate::lint::rules) struct Missing<'a> {
    /// The words of the document.
    pub(in crate::lint::rules) span: Span,
    /// As written there.
    pub(in crate::lint::rules) path: &'a str,
    /// What to do.
    pub(in crate::lint::rules) help: String,
}

/// Every such script, in the order of the text.
pub(in crate::lint::rules) fn missing(project: &Project) -> impl Iterator<Item = Missing<'_>> {
    let references = project.references.iter().filter(|_| project.repository.has_code);
    references.filter_map(|reference| {
        let Target::Script { path, .. } = &reference.target else { return None };
        let relative = path.trim_start_matches('/');
        if project.repository.place(&project.files, &reference.folder, relative) != Place::Nowhere {
            return None;
        }
        let help = match project.repository.nearest(relative) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None if path.starts_with('/') => {
                format!("write the script; a path from the root of the repository is `./{relative}`")
            }
            None => "write the script, correct its path, or remove the step".to_owned(),
        };
        Some(Missing { span: reference.span, path, help })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn each_way_to_run_one() {
        check_rule(
            &RULE,
            "//- src/app.py\n//- tools/there.py\n//- docs/a.md\n```bash\n./scripts/a.sh\n^^^^^^^^^^^^^^ the script `./scripts/a.sh` does not exist\npython3 tools/b.py\n        ^^^^^^^^^^ the script `tools/b.py` does not exist\npython3 tools/there.py && node scripts/c.js\n                               ^^^^^^^^^^^^ the script `scripts/c.js` does not exist\nsudo bash scripts/d.sh -v\n          ^^^^^^^^^^^^ the script `scripts/d.sh` does not exist\n/scripts/e.sh\n```\n\nThen run `./scripts/f.sh`.\n          ^^^^^^^^^^^^^^ the script `./scripts/f.sh` does not exist\n",
        );
    }

    #[test]
    fn what_nobody_can_judge() {
        check_rule(
            &RULE,
            "//- src/app.py\n//- docs/a.md\n```bash\nmkdir -p tools\ncat > tools/x.sh <<'EOF'\nls\nEOF\nbash tools/x.sh\n/opt/app/run.sh\n~/x/run.sh\n$DIR/scripts/run.sh\n./scripts/<name>.sh\npython app.py\nssh host bash scripts/x.sh\ncd /srv/app\n./scripts/run.sh\n```\n\n# New\n\n```bash\ngit clone https://git.example/other/tool.git\ncd tool\n./scripts/setup.sh\n```\n",
        );
        check_rule(&RULE, "//- docs/a.md\n```bash\n./scripts/a.sh\n```\n");
        check_rule(
            &RULE,
            "//- a.py\n//- docs/a.md\nIn the `harbour-infra` repository:\n\n```bash\n./scripts/a.sh\n```\n\n## Then\n\n```bash\n./scripts/b.sh --all  # in the ops repo\n./scripts/c.sh\n^^^^^^^^^^^^^^ the script `./scripts/c.sh` does not exist\n```\n",
        );
        check_rule(
            &RULE,
            "//- a.py\n//- docs/a.md\nName the interpreter, for example `python scripts/b.py` or\n`bash scripts/a.sh`, if you like.\n",
        );
        check_rule(
            &RULE,
            "//- a.py\n//- docs/a.md\n---\nexternal_repo: true\n---\n```bash\n./scripts/a.sh\n```\n",
        );
    }

    #[test]
    fn a_clone_of_this_repository_is_no_other() {
        check_rule(
            &RULE,
            "//- package.json\n{\"name\": \"orders\"}\n//- README.md\n```bash\ngit clone https://git.example/acme/orders.git\ncd orders\n./scripts/setup.sh\n^^^^^^^^^^^^^^^^^^ the script `./scripts/setup.sh` does not exist\n```\n",
        );
    }
}
