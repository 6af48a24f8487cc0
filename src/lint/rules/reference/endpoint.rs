//! Finds endpoints that documents name and the application does not have.
//!
//! `METHOD /path` is read in inline code, headings, tables and `http` blocks, and compared with the routes of the code and
//! the operations of the specs; names of parameters do not matter, and a prefix that a gateway adds does not either.
//! Whoever follows the document gets a 404 or a 405.
//!
//! Nothing is said about other hosts, and about pages that seem to describe another API.
//!
//! ## Flagged
//!
//! ```md docs/orders.md
//! List the orders with `GET /orders`, then cancel one with `POST /orders/{id}/cancel`.
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
//!   /orders/{orderId}/cancellation:
//!     parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!     post:
//!       operationId: createOrdersCancellation
//!       summary: Create the cancellation
//!       responses: {"204": {description: cancelled}, "404": {description: not found}}
//! ```
//!
//! ## Accepted
//!
//! ```md docs/orders.md
//! List the orders with `GET /orders`, then cancel one with `POST /orders/{id}/cancellation`. The bank is asked with
//! `GET https://bank.example/v1/transfers`.
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
//!   /orders/{orderId}/cancellation:
//!     parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!     post:
//!       operationId: createOrdersCancellation
//!       summary: Create the cancellation
//!       responses: {"204": {description: cancelled}, "404": {description: not found}}
//! ```

use super::requests;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference/endpoint",
    severity: Severity::Warning,
    preview: true,
    file: include_str!("endpoint.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    requests::report(cx, false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    const ROUTES: &str = "//- book.toml\n[routes]\nlists = [\"routes.txt\"]\n//- routes.txt\nGET /api/orders\nPOST /api/orders\nGET /api/orders/{id}\n";

    #[test]
    fn each_form() {
        check_rule(
            &RULE,
            &format!(
                "{ROUTES}//- docs/a.md\n# `GET /api/orders/:id`\n\n## DELETE /api/orders/{{id}}\n          ^^^^^^^^^^^^^^^^ `/api/orders/{{id}}` is there for `GET`, not for `DELETE`\n\n| Method | Path |\n|---|---|\n| `PATCH` | `/api/orders/{{id}}` |\n             ^^^^^^^^^^^^^^^^ `/api/orders/{{id}}` is there for `GET`, not for `PATCH`\n| GET | /api/orders |\n\nThen `GET /api/order/7?x=1`.\n          ^^^^^^^^^^^^ no code serves `GET /api/order/7`\n\n```http\nPUT /api/orders HTTP/1.1\n    ^^^^^^^^^^^ `/api/orders` is there for `GET`, `POST`, not for `PUT`\nHost: localhost\n```\n"
            ),
        );
    }

    #[test]
    fn other_apis() {
        check_rule(
            &RULE,
            &format!(
                "{ROUTES}//- docs/a.md\n`GET /v1/charges` and `POST /api/hooks`, `GET https://x.example/api/y`.\n"
            ),
        );
        check_rule(&RULE, "//- docs/a.md\n`GET /orders`\n");
    }
}
