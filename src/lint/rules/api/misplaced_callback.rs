//! Finds callbacks inside callbacks and webhooks, and servers inside webhooks.
//!
//! The receiver of a webhook is not the API that the document describes: nothing says who would call it back, and where it
//! runs is the receiver's business.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! webhooks:
//!   shipped:
//!     post:
//!       operationId: shipped
//!       summary: An order was shipped
//!       servers: [{url: https://hooks.acme.test}]
//!       responses: {"204": {description: received}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! webhooks:
//!   shipped:
//!     post:
//!       operationId: shipped
//!       summary: An order was shipped
//!       responses: {"204": {description: received}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/misplaced-callback",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("misplaced_callback.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for operation in project.objects(Kind::Operation) {
        let callbacks = operation.entry("callbacks").filter(|(_, it)| !it.view.is_empty());
        let servers = operation.entry("servers");
        if callbacks.is_none() && servers.is_none() {
            continue;
        }
        if let Some((key, _)) = callbacks
            && operation.ancestors().any(|it| it.kind() == Kind::Callback)
        {
            cx.report(key.span(), "callbacks inside a callback");
            continue;
        }
        let mut around = operation.ancestors().skip_while(|it| it.kind() == Kind::PathItem);
        let is_webhook = around.next().is_some_and(|it| it.kind() == Kind::Document);
        for (key, what) in [(callbacks, "callbacks"), (servers, "servers")] {
            if let Some((key, _)) = key.filter(|_| is_webhook) {
                cx.report(key.span(), format!("{what} inside a webhook"))
                    .help("the receiver of a webhook is not the API that this document describes");
            }
        }
    }
}
