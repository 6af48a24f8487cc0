//! Finds make targets, just recipes and Taskfile tasks that documents run and no such file has.
//!
//! Included files are read. A file that includes or generates what docwright cannot see says nothing, and neither
//! does a repository whose makefiles are generated (`configure`, CMake).
//!
//! ## Flagged
//!
//! ````md docs/deploy.md
//! ```bash
//! make deploy-staging
//! ```
//! ````
//!
//! ```make Makefile
//! .PHONY: test
//! deploy-production:
//! 	./deploy production
//! ```
//!
//! ## Accepted
//!
//! ````md docs/deploy.md
//! ```bash
//! make test deploy-production VERSION=3
//! ```
//! ````
//!
//! ```make Makefile
//! .PHONY: test
//! deploy-%:
//! 	./deploy $*
//! ```

#![expect(clippy::tabs_in_doc_comments, reason = "a recipe of a Makefile begins with one")]

use super::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::reference::Target;
use crate::model::repository::{Runner, TaskFile, inside};

pub(crate) static RULE: Rule = Rule {
    id: "reference/make-target",
    severity: Severity::Error,
    preview: false,
    file: include_str!("make_target.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let repository = &project.repository;
    for reference in &project.references {
        let Target::Task { runner, name } = &reference.target else { continue };
        if *runner == Runner::Make && (repository.generates_makefiles || is_built_by_default(cx, name)) {
            continue;
        }
        let files: Vec<&TaskFile> = repository.task_files_for(*runner, &reference.folder).collect();
        // One must stand where the reader is, or above.
        let near = |it: &&TaskFile| {
            let folder = it.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            inside(folder, &reference.folder).is_some()
        };
        if !files.iter().any(near) || files.iter().any(|it| it.may_run(name)) {
            continue;
        }
        let message = match files.as_slice() {
            [only] => format!("`{}` has no {} `{name}`", only.path, runner.noun()),
            _ => format!("there is no {} {} `{name}`", runner.command(), runner.noun()),
        };
        let names = files.iter().flat_map(|it| &it.names).map(String::as_str);
        let help = match similar(name, names) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("add the {}, or correct its name", runner.noun()),
        };
        cx.report(reference.span, message).help(help);
    }
}

/// Whether make builds a name without a rule: from a source file beside it.
fn is_built_by_default(cx: &Context<'_>, name: &str) -> bool {
    let sources = ["", ".c", ".cc", ".cpp", ".sh", ".o", ".p", ".f"];
    sources.iter().any(|it| {
        let named = cx.project.repository.named(&format!("{name}{it}"));
        named.iter().any(|path| cx.project.files.get(path).is_some_and(|entry| !entry.is_dir))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn three_runners() {
        check_rule(
            &RULE,
            "//- Makefile\nall: x\n//- justfile\nbuild:\n    true\n//- Taskfile.yml\ntasks: {test: {}}\n//- docs/a.md\n```bash\nmake all && make tests\n                 ^^^^^ `Makefile` has no target `tests`\njust build prod\njust ship\n     ^^^^ `justfile` has no recipe `ship`\ntask test lint\n          ^^^^ `Taskfile.yml` has no task `lint`\nmake -C elsewhere install\n```\n",
        );
    }

    #[test]
    fn a_makefile_elsewhere_is_no_evidence() {
        check_rule(&RULE, "//- sub/Makefile\nall: x\n//- docs/a.md\nRun `make install`.\n");
        check_rule(&RULE, "//- Makefile\nall: x\n//- configure.ac\n//- a.md\nRun `make install`.\n");
        check_rule(&RULE, "//- Makefile\nall: x\n//- hello.c\n//- a.md\nRun `make hello`.\n");
    }
}
