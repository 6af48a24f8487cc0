//! Finds errors that a table of the documents and the OpenAPI document tell differently.
//!
//! A caller writes one branch for each error that the table lists. A status that no operation declares is a branch
//! that never runs, or an answer that the specification forgot; a code that the table lacks is an error that nobody
//! handles. The name says both: statuses and codes are what callers call error codes.
//!
//! A table counts as about errors when its columns are HTTP statuses or error codes throughout and its header or its
//! section speaks of errors. Below a heading such as `GET /orders/{id}` it is held against that operation, elsewhere
//! against the whole API. A declared `default`, `4XX` or `5XX` answers for every status that it covers. Codes are
//! compared where the specification lists them, as `enum` or `const` of the property `code`, `error_code` or
//! `errorCode` of what errors answer, and where both sides share at least half of the shorter list.
//!
//! In a project with several OpenAPI documents only tables beside one of them are looked at.
//!
//! This rule is off unless it is asked for, until its findings on more documents were read.
//!
//! ## Flagged
//!
//! ```md docs/errors.md
//! # Errors
//!
//! | HTTP status | Code | Meaning |
//! |---|---|---|
//! | 404 | `ORDER_NOT_FOUND` | there is no such order |
//! | 409 | `ORDER_CLOSED` | the order was shipped |
//! ```
//!
//! ```yaml docs/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200": {description: the orders}
//!         "404": {description: no such order}
//! ```
//!
//! ## Accepted
//!
//! ```md docs/errors.md
//! # Errors
//!
//! | HTTP status | Code | Meaning |
//! |---|---|---|
//! | 404 | `ORDER_NOT_FOUND` | there is no such order |
//! | 409 | `ORDER_CLOSED` | the order was shipped |
//! ```
//!
//! ```yaml docs/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200": {description: the orders}
//!         "404": {description: no such order}
//!         "409": {description: the order was shipped}
//! ```

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::Project;
use crate::model::coverage::Endpoints;
use crate::model::error_table::ErrorTable;
use crate::model::reference::Target;
use crate::model::spec::read;
use crate::model::spec::schema::Schema;
use crate::model::spec::{Call, Node, ProblemKind, Role, Spec};
use crate::model::tree::TreeId;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "api/error-codes-differ",
    severity: Severity::Warning,
    preview: true,
    file: include_str!("error_codes_differ.rs"),
    check: Check::Project(check),
};

/// The properties that hold a code.
const CODE: [&str; 3] = ["code", "error_code", "errorCode"];

/// How deep a code is looked for in what an error answers.
const MAX_DEPTH: usize = 4;

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    if project.error_tables.is_empty() || project.specs.is_empty() {
        return;
    }
    let endpoints = Endpoints::new(project);
    for (at, spec) in project.specs.iter().enumerate().filter(|(_, it)| is_whole(it)) {
        let tables: Vec<&ErrorTable> =
            project.error_tables.iter().filter(|it| spec_of(project, it) == Some(at)).collect();
        let calls: Vec<Call<'_>> =
            spec.calls(&project.sources).into_iter().filter(|it| it.role == Role::Served).collect();
        if tables.is_empty() || calls.is_empty() {
            continue;
        }
        for table in &tables {
            let of_table = operations(project, &endpoints, table, at);
            let own: Vec<&Call<'_>> = match of_table.is_empty() {
                true => calls.iter().collect(),
                false => of_table.iter().filter_map(|it| calls.get(*it)).collect(),
            };
            let name = match own.as_slice() {
                [only] => format!("`{}` does not declare it", only.name()),
                _ => format!("no operation of `{}` declares it", spec.title),
            };
            statuses(cx, table, &own, &name);
        }
        // Behind a reference that leads nowhere there may be more codes.
        if spec.problems.is_empty() {
            codes(cx, spec, &tables, &calls);
        }
    }
}

/// Whether all operations of a spec could be read.
fn is_whole(spec: &Spec) -> bool {
    !spec.problems.iter().any(|it| it.kind == ProblemKind::Document)
}

/// The spec that a table is about: the only one, else the only one in the folder of the page.
fn spec_of(project: &Project, table: &ErrorTable) -> Option<usize> {
    if project.specs.len() == 1 {
        return Some(0);
    }
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let of_page = folder(project.sources.path(table.source));
    let is_beside = |spec: &Spec| folder(project.sources.path(spec.source)) == of_page;
    let mut beside = (0..project.specs.len()).filter(|&it| is_beside(&project.specs[it]));
    beside.next().filter(|_| beside.next().is_none())
}

/// The operations that the headings above a table name, by index.
fn operations(project: &Project, endpoints: &Endpoints, table: &ErrorTable, spec: usize) -> Vec<usize> {
    let Ok(page) = project.pages.binary_search_by_key(&table.source, |it| it.source) else {
        return Vec::new();
    };
    let headings: Vec<Span> = project.pages[page].heading_path(table.head.start).map(|it| it.span).collect();
    let named = project.references.iter().filter(|it| headings.iter().any(|span| span.contains(it.span)));
    let found = named.filter_map(|it| match &it.target {
        Target::Endpoint { method, path, .. } => Some(endpoints.operations(method, path)),
        _ => None,
    });
    found.flatten().filter(|it| it.spec == spec).map(|it| it.operation).collect()
}

/// Statuses of a table that no operation declares.
fn statuses(cx: &mut Context<'_>, table: &ErrorTable, calls: &[&Call<'_>], nobody: &str) {
    let declared: HashSet<String> =
        calls.iter().flat_map(|it| it.responses()).map(|it| it.status.to_ascii_uppercase()).collect();
    if declared.contains("DEFAULT") {
        return;
    }
    for (status, span) in table.rows.iter().filter_map(|it| it.status.as_ref()).filter(|it| it.0 >= 400) {
        let covers = [status.to_string(), format!("{}XX", status / 100)];
        if !covers.iter().any(|it| declared.contains(it)) {
            cx.report(*span, format!("status `{status}` is documented and {nobody}"))
                .help("declare the response in the OpenAPI document, or take the row out of the table");
        }
    }
}

/// Codes that only one side knows.
fn codes(cx: &mut Context<'_>, spec: &Spec, tables: &[&ErrorTable], calls: &[Call<'_>]) {
    let listed: BTreeMap<&str, Span> = tables
        .iter()
        .flat_map(|it| &it.rows)
        .filter_map(|it| Some((it.code.as_ref()?.0.as_str(), it.code.as_ref()?.1)))
        .collect();
    let declared = declared(calls);
    let shared = listed.keys().filter(|it| declared.contains_key(**it)).count();
    if shared == 0 || shared * 2 < listed.len().min(declared.len()) {
        return;
    }
    for (code, span) in &listed {
        if !declared.contains_key(*code) {
            cx.report(
                *span,
                format!("error code `{code}` is documented and `{}` does not list it", spec.title),
            )
            .help("add it to the `enum` of the OpenAPI document, or take the row out of the table");
        }
    }
    let head = tables.iter().find(|it| it.rows.iter().any(|row| row.code.is_some())).map(|it| it.head);
    for (code, span) in declared.iter().filter(|(code, _)| !listed.contains_key(code.as_str())) {
        let finding = cx.report(*span, format!("error code `{code}` stands in no table of the documents"));
        finding.help("add a row that says what callers do about it");
        if let Some(head) = head {
            finding.related(head, "the table of errors");
        }
    }
}

/// The codes that the spec lists in what errors answer, each with its first place.
fn declared(calls: &[Call<'_>]) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for response in calls.iter().flat_map(|it| it.responses()) {
        if response.status.starts_with(['4', '5']) || response.status == "default" {
            for schema in response.content.iter().filter_map(|it| it.schema) {
                collect(&Schema::of(schema), MAX_DEPTH, &mut seen, &mut found);
            }
        }
    }
    found
}

fn collect(
    schema: &Schema<'_>,
    depth: usize,
    seen: &mut BTreeSet<(u32, TreeId)>,
    found: &mut BTreeMap<String, Span>,
) {
    if depth == 0 || !seen.insert(schema.identity()) {
        return;
    }
    for property in schema.properties() {
        if CODE.contains(&property.name.as_ref()) {
            let values = property.schema.get("enum").into_iter().flat_map(Node::items);
            let values = values.chain(property.schema.get("const"));
            for value in values.filter(|it| it.string().is_some()) {
                found.entry(value.text().unwrap_or_default().into_owned()).or_insert(value.span());
            }
        }
        collect(&property.schema, depth - 1, seen, found);
    }
    let inner = schema.items().into_iter().chain(schema.choice().into_iter().flat_map(|(_, all)| all));
    inner.for_each(|it| collect(&it, depth - 1, seen, found));
    // The parts of `allOf` are read as one with the schema; the alternatives of a part are not.
    for part in schema.get("allOf").into_iter().flat_map(Node::items) {
        collect(&Schema::of(read::real(part)), depth - 1, seen, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn codes_are_compared_where_they_are_the_same_list() {
        let spec = "//- docs/openapi.yaml
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /orders:
    get:
      responses:
        default:
          description: wrong
          content: {application/json: {schema: {$ref: '#/components/schemas/Failure'}}}
components:
  schemas:
    Failure:
      properties:
        error:
          properties:
            code:
              type: string
              enum:
                - NOT_FOUND
                - CLOSED
                - LIMIT
";
        check_rule(
            &RULE,
            &format!(
                "{spec}                  ^^^^^ error code `LIMIT` stands in no table of the documents
//- docs/errors.md
# Errors

| Code | Status | Meaning |
|---|---|---|
| `NOT_FOUND` | 404 | gone |
| `CLOSED` | 409 | late |
| `EXPIRED` | 410 | old |
   ^^^^^^^ error code `EXPIRED` is documented and `Orders` does not list it
"
            ),
        );
        // Another vocabulary is no mistake.
        check_rule(
            &RULE,
            &format!("{spec}//- docs/errors.md\n# Errors\n\n| Code |\n|---|\n| `E_DISK` |\n| `E_NET` |\n"),
        );
    }

    #[test]
    fn a_heading_names_the_operation() {
        check_rule(
            &RULE,
            "//- docs/openapi.yaml
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /orders:
    get: {responses: {'200': {description: a}, 4XX: {description: b}}}
    put: {responses: {'200': {description: a}, '404': {description: b}, '409': {description: c}}}
//- docs/api.md
# API

## `PUT /orders`

### Errors

| Status | Meaning |
|---|---|
| 404 | gone |
| 422 | wrong |
  ^^^ status `422` is documented and `PUT /orders` does not declare it

## `GET /orders`

| HTTP status | Meaning |
|---|---|
| 404 | gone |
| 500 | broken |
  ^^^ status `500` is documented and `GET /orders` does not declare it
",
        );
    }
}
