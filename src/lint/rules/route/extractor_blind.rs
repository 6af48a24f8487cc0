//! Finds web frameworks that the project uses and of which docwright found no route.
//!
//! Nothing undocumented was found then because nothing was found at all: the routes are made in a way that docwright
//! does not follow, or lie in a folder that is left out. Set `routes.sources`, or give the routes as a list in
//! `routes.lists`, for instance the output of the framework's own command. Frameworks that docwright does not read, such
//! as Litestar or Ktor, are told where no other has a route. A program that is larger than what docwright follows in a
//! few seconds is told too, as some of its routes may be missing then; `route/stale` is silent there. Said only where an
//! OpenAPI document or `routes.sources` shows that coverage is meant to be judged.
//!
//! ## Flagged
//!
//! ```json package.json
//! {"name": "berths", "dependencies": {"express": "^5.0.0"}}
//! ```
//!
//! ```js src/server.js
//! import express from "express";
//! import { everyController } from "berths-controllers";
//!
//! const app = express();
//! everyController.forEach((it) => it(app));
//! app.listen(8080);
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.1.0
//! info: {title: Berths, version: "1"}
//! paths: {}
//! ```
//!
//! ## Flagged: a framework that is not read
//!
//! ```py berths/app.py
//! from litestar import Litestar, get
//!
//!
//! @get("/berths")
//! async def berths() -> list[str]:
//!     return []
//!
//!
//! app = Litestar(route_handlers=[berths])
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.1.0
//! info: {title: Berths, version: "1"}
//! paths: {}
//! ```
//!
//! ## Accepted
//!
//! ```json package.json
//! {"name": "berths", "dependencies": {"express": "^5.0.0"}}
//! ```
//!
//! ```js src/server.js
//! import express from "express";
//!
//! const app = express();
//! app.get("/berths", (request, response) => response.json([]));
//! app.listen(8080);
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.1.0
//! info: {title: Berths, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /berths:
//!     get:
//!       operationId: listBerths
//!       summary: List the berths
//!       responses: {"200": {description: the berths}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::route::Reach;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "route/extractor-blind",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("extractor_blind.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let nothing_to_compare = project.specs.is_empty() && cx.config.routes.sources.is_empty();
    // Where a build generates the server from a spec, the code has no routes of its own.
    if nothing_to_compare || !project.routes.contract_first.is_empty() {
        return;
    }
    for framework in &project.routes.frameworks {
        let (name, routes) = (&framework.name, framework.routes);
        let (message, help) = match framework.reach {
            Reach::Partly => (
                format!(
                    "{name} is used in a program that is too large to be followed to its end: routes may be missing"
                ),
                "leave out what serves nothing with `routes.sources`, or name a list of the routes in `routes.lists`",
            ),
            Reach::Whole if routes > 0 => continue,
            Reach::Whole => (
                format!("{name} is used and no route of it was found"),
                "set `routes.sources` to where the routes are, or name a list of them in `routes.lists`",
            ),
            Reach::Unread => (
                format!("{name} is used, whose routes docwright does not read"),
                "name a list of the routes in `routes.lists`, or describe the framework in `[[routes.framework]]`",
            ),
        };
        let Some(source) = project.sources.id(&framework.evidence) else { continue };
        let text = project.sources.get(source).text.to_lowercase();
        let name = name.to_lowercase().replace(".js", "");
        let at = text.find(&name).filter(|_| text.is_ascii());
        let range = at.map_or(0..0, |it| it..it + name.len());
        cx.report(Span::new(source, range), message).help(help);
    }
}
