//! Finds requests in commands that the application does not answer.
//!
//! Method and path of `curl`, `wget` and httpie commands are compared with the routes of the code and the operations of
//! the specs. Only requests to the servers of the specs count, and to a `localhost` port or a variable to which another
//! command on some page sends a request that the application has.
//!
//! ## Flagged
//!
//! ````md docs/orders.md
//! ```bash
//! curl "$ORDERS_URL/orders"
//! curl -X PUT "$ORDERS_URL/orders" --data @order.json
//! ```
//! ````
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
//!     post:
//!       operationId: createOrders
//!       summary: Create the orders
//!       responses: {"201": {description: the new order}}
//! ```
//!
//! ## Accepted
//!
//! ````md docs/orders.md
//! ```bash
//! curl "$ORDERS_URL/orders?limit=10"
//! curl "$ORDERS_URL/orders" --data @order.json
//! curl https://status.example/orders/health
//! ```
//! ````
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
//!     post:
//!       operationId: createOrders
//!       summary: Create the orders
//!       responses: {"201": {description: the new order}}
//! ```

use super::requests;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference/curl",
    severity: Severity::Warning,
    preview: true,
    file: include_str!("curl.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    requests::report(cx, true);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn a_server_must_have_shown_that_it_is_ours() {
        check_rule(
            &RULE,
            "//- book.toml\n[routes]\nlists = [\"routes.txt\"]\n//- routes.txt\nGET /api/orders\nPOST /api/orders\n//- docs/a.md\n```bash\ncurl http://localhost:8080/api/orders\ncurl -X DELETE http://localhost:8080/api/orders\n                                    ^^^^^^^^^^^ `/api/orders` is there for `GET`, `POST`, not for `DELETE`\ncurl http://localhost:8080/api/order\n                          ^^^^^^^^^^ no code serves `GET /api/order`\ncurl http://localhost:8080/api/bills/7\ncurl http://localhost:9090/api/v1/query\ncurl \"$OTHER/api/bills\"\n```\n",
        );
    }
}
