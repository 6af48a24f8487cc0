//! Finds OpenAPI documents that cannot be read, in whole or in part.
//!
//! What can be read is read all the same, and the site shows it. The other rules say nothing about a file whose text is
//! broken: what they miss may stand behind the break.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! paths:
//!   /orders:
//!     get: {responses: [
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! paths: {}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::ProblemKind;

pub(crate) static RULE: Rule = Rule {
    id: "api/unreadable",
    severity: Severity::Error,
    preview: false,
    file: include_str!("unreadable.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for problem in
        project.specs.iter().flat_map(|spec| &spec.problems).filter(|it| it.kind == ProblemKind::Document)
    {
        let finding = cx.report(problem.span, problem.message.clone());
        if let Some(help) = &problem.help {
            finding.help(help.clone());
        }
    }
}
