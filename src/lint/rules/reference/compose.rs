//! Finds compose files and services that documents name and the repository does not have.
//!
//! ## Flagged
//!
//! ````md docs/start.md
//! ```bash
//! docker compose -f compose.prod.yaml up -d
//! docker compose logs -f workers
//! ```
//! ````
//!
//! ```yaml compose.yaml
//! services:
//!   api: {image: orders}
//!   worker: {image: orders}
//! ```
//!
//! ## Accepted
//!
//! A service that any compose file of the repository has counts as found; where one includes others, nothing is said.
//!
//! ````md docs/start.md
//! ```bash
//! docker compose -f compose.yaml up -d api
//! docker compose logs -f --tail 100 worker
//! ```
//! ````
//!
//! ```yaml compose.yaml
//! services:
//!   api: {image: orders}
//!   worker: {image: orders}
//! ```

use super::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::reference::{Reference, Target};
use crate::model::repository::Place;
use crate::source::SourceId;

pub(crate) static RULE: Rule = Rule {
    id: "reference/compose",
    severity: Severity::Error,
    preview: false,
    file: include_str!("compose.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let compose_files = &project.repository.compose_files;
    if !project.repository.has_code && compose_files.is_empty() {
        return;
    }
    // The line of a file that is not there: its services are unknown.
    let mut missing: Option<(SourceId, u32)> = None;
    let line = |it: &Reference| {
        let source = project.sources.get(it.span.source);
        (it.span.source, source.position(it.span.start).line)
    };
    for reference in &project.references {
        match &reference.target {
            Target::ComposeFile(path) => {
                if project.repository.place(&project.files, &reference.folder, path) != Place::Nowhere {
                    continue;
                }
                missing = Some(line(reference));
                let names = compose_files.iter().map(|it| it.path.as_str());
                let help = match similar(path, names.clone())
                    .or_else(|| names.clone().next().filter(|_| names.count() == 1))
                {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "correct the path, or add the file".to_owned(),
                };
                cx.report(reference.span, format!("the compose file `{path}` does not exist")).help(help);
            }
            Target::Service(name) => {
                let known = |it: &String| it == name;
                let open = compose_files.iter().any(|it| it.open || it.services.iter().any(known));
                if open || compose_files.is_empty() || missing == Some(line(reference)) {
                    continue;
                }
                let services = compose_files.iter().flat_map(|it| &it.services).map(String::as_str);
                let help = match similar(name, services) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "correct the name of the service".to_owned(),
                };
                let message = match compose_files.as_slice() {
                    [only] => format!("`{}` has no service `{name}`", only.path),
                    _ => format!("no compose file has a service `{name}`"),
                };
                cx.report(reference.span, message).help(help);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn files_and_services() {
        check_rule(
            &RULE,
            "//- docker-compose.yml\nservices:\n  db: {}\n//- docs/a.md\n```bash\ndocker-compose -f docker-compose.dr.yml up -d standby\n                  ^^^^^^^^^^^^^^^^^^^^^ the compose file `docker-compose.dr.yml` does not exist\ndocker compose exec -T database psql\n                       ^^^^^^^^ `docker-compose.yml` has no service `database`\ndocker compose exec db psql\ndocker compose -f /opt/x/compose.yml up y\ncurl -o extra.yml https://a.example/extra.yml\ndocker compose -f extra.yml up -d\n```\n",
        );
        check_rule(&RULE, "//- x.py\n//- docs/a.md\n```bash\ndocker compose up -d db\n```\n");
    }
}
