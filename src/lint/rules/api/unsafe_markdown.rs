//! Finds descriptions with scripts in them.
//!
//! Descriptions are Markdown, and Markdown may hold HTML. Some documentation tools run what stands there in the reader's browser.
//! Docwright's own site does not.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       description: The newest first. <script src=x.js></script>
//!       responses: {"200": {description: the orders}}
//! ```
//!
//! ## Accepted
//!
//! In code it is text.
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       description: Notes may hold `<script>`; it is shown as text.
//!       responses: {"200": {description: the orders}}
//! ```

use super::markdown::{outside_code, unsafe_parts};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/unsafe-markdown",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unsafe_markdown.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        for object in spec.all_objects(&project.sources) {
            let info = (object.kind() == Kind::Info).then(|| object.get("title")).flatten();
            let texts = [object.get("description"), object.get("summary"), info];
            for text in texts.into_iter().flatten() {
                let place = text.span();
                let words = project.sources.text(place);
                if !words.contains(['<', ':']) {
                    continue;
                }
                for part in unsafe_parts(&outside_code(words)) {
                    let found = place.slice(part);
                    cx.report(found, format!("`{}` in a description", project.sources.text(found)))
                        .help("remove it, or write it as code");
                }
            }
        }
    }
}
