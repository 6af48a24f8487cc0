//! Finds files that documents name and the repository does not have.
//!
//! A command fails when its input is not there: that is an error. A path in running text that leads nowhere is a
//! warning, and looked for only where its first folder exists and its line does not say that the file is created,
//! gone or an example.
//!
//! As for scripts, what the page makes, what git ignores and what another machine holds is left out.
//!
//! ## Flagged
//!
//! ````md docs/deploy.md
//! The settings are in `deploy/values/production.yaml`.
//!
//! ```bash
//! kubectl apply -f deploy/manifests/api.yaml
//! ```
//! ````
//!
//! ```yaml deploy/values.yaml
//! replicas: 2
//! ```
//!
//! ```python src/main.py
//! print("hello")
//! ```
//!
//! ## Accepted
//!
//! ````md docs/deploy.md
//! The settings are in `deploy/values.yaml`. The next step writes `deploy/plan.json`.
//!
//! The installer creates:
//!
//! 1. `deploy/berths.sql`
//! 2. `deploy/tides.sql`
//!
//! ## Example
//!
//! In `deploy/harbour.sql`, one line a berth.
//!
//! ```bash
//! kubectl diff -k ./dir/
//! terraform plan -out deploy/plan.tfplan
//! helm upgrade api chart -f deploy/values.yaml
//! kubectl apply -f https://operators.example/install.yaml
//! ```
//! ````
//!
//! ```yaml deploy/values.yaml
//! replicas: 2
//! ```
//!
//! ```python src/main.py
//! print("hello")
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::reference::Target;
use crate::model::repository::Place;

pub(crate) static RULE: Rule = Rule {
    id: "reference/file",
    severity: Severity::Error,
    preview: false,
    file: include_str!("file.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    if !project.repository.has_code {
        return;
    }
    for reference in &project.references {
        let Target::File(path) = &reference.target else { continue };
        let relative = path.trim_start_matches('/');
        if project.repository.place(&project.files, &reference.folder, relative) != Place::Nowhere {
            continue;
        }
        let help = match project.repository.nearest(relative) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "correct the path, or add the file".to_owned(),
        };
        let finding = cx.report(reference.span, format!("`{path}` does not exist"));
        finding.help(help);
        if !reference.in_command {
            finding.severity = Severity::Warning;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn inputs_of_commands_and_paths_in_text() {
        check_rule(
            &RULE,
            "//- src/main.py\n//- deploy/api.yaml\n//- docs/a.md\nSee `src/settings.py`, `src/main.py:12` and `lib/x.py`.\n     ^^^^^^^^^^^^^^^ `src/settings.py` does not exist\n\nIt creates `src/new.py`.\n\n```bash\nkubectl apply -f deploy/apis.yaml\n                 ^^^^^^^^^^^^^^^^ `deploy/apis.yaml` does not exist\nkubectl apply -k overlays/prod\n                 ^^^^^^^^^^^^^ `overlays/prod` does not exist\ncp .env.example .env\n   ^^^^^^^^^^^^ `.env.example` does not exist\ncp /etc/hosts deploy/hosts.txt\nkubectl apply -f pod.yaml\nhelm upgrade x ./chart -f build/values.yaml\n```\n",
        );
    }
}
