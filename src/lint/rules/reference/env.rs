//! Finds environment variables that documents use and the list of variables lacks.
//!
//! `.env.example` is what people copy: a variable that a document needs and the list does not have is missing in every
//! new environment. Only variables count whose prefix (`ORDERS_`) at least two variables of the list share, because
//! a document speaks of variables of the shell and of other programs as well. Compose files count as lists too.
//!
//! ## Flagged
//!
//! ````md docs/configure.md
//! ```bash
//! export ORDERS_DATABASE_URI=postgres://db.internal/orders
//! ```
//! ````
//!
//! ```text .env.example
//! ORDERS_DATABASE_URL=
//! ORDERS_PORT=8080
//! ```
//!
//! ## Accepted
//!
//! ````md docs/configure.md
//! ```bash
//! export ORDERS_DATABASE_URL=postgres://db.internal/orders
//! export PGPASSWORD=secret-of-the-vault
//! ```
//! ````
//!
//! ```text .env.example
//! ORDERS_DATABASE_URL=
//! ORDERS_PORT=8080
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::reference::Target;

pub(crate) static RULE: Rule = Rule {
    id: "reference/env",
    severity: Severity::Warning,
    preview: true,
    file: include_str!("env.rs"),
    check: Check::Project(check),
};

/// Prefixes of variables that other programs read.
const FOREIGN: [&str; 18] = [
    "AWS", "GCP", "GOOGLE", "AZURE", "DOCKER", "COMPOSE", "NODE", "NPM", "PYTHON", "PIP", "GIT", "GITHUB",
    "CI", "KUBE", "HELM", "TF", "LC", "XDG",
];

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let repository = &project.repository;
    let listed: BTreeSet<&str> =
        repository.env_files.iter().flat_map(|it| &it.variables).map(String::as_str).collect();
    let composed = repository.compose_files.iter().flat_map(|it| &it.variables).map(String::as_str);
    let known: BTreeSet<&str> = listed.iter().copied().chain(composed).collect();
    let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &listed {
        *prefixes.entry(prefix(name)).or_default() += 1;
    }
    for reference in &project.references {
        let Target::Variable(name) = &reference.target else { continue };
        let prefix = prefix(name);
        let own = prefixes.get(prefix).is_some_and(|it| *it > 1) && !FOREIGN.contains(&prefix);
        if !own || known.contains(name.as_str()) {
            continue;
        }
        let message = match repository.env_files.as_slice() {
            [only] => format!("`{}` does not list `{name}`", only.path),
            _ => format!("no list of variables has `{name}`"),
        };
        let same_prefix = listed.iter().copied().filter(|it| it.starts_with(prefix));
        cx.report(reference.span, message).help(match similar(name, same_prefix) {
            Some(nearest) => format!("did you mean `{nearest}`? Otherwise add it to the list"),
            None => "add it to the list, or correct its name".to_owned(),
        });
    }
}

/// What stands before the first `_`.
fn prefix(name: &str) -> &str {
    name.split('_').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn set_used_and_listed() {
        check_rule(
            &RULE,
            "//- .env.example\nAPI_URL=\nAPI_KEY=\nDB_URL=\n//- compose.yaml\nservices: {api: {environment: {API_PORT: 1}}}\n//- docs/a.md\n| Variable | Meaning |\n|---|---|\n| `API_TOKEN` | x |\n   ^^^^^^^^^ `.env.example` does not list `API_TOKEN`\n| `API_PORT` | x |\n\n```bash\nAPI_NAME=x\necho $API_NAME $DB_PORT $HOME\nAPI_MODE=fast ./run\n^^^^^^^^ `.env.example` does not list `API_MODE`\ncurl $API_BASE/x\n      ^^^^^^^^ `.env.example` does not list `API_BASE`\n```\n\n```env\nAPI_SEED=1\n^^^^^^^^ `.env.example` does not list `API_SEED`\n```\n",
        );
    }
}
