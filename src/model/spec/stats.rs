//! Counted facts about a spec: what it holds, and how much of that is documented.

use super::{Call, Kind, Node, Role, Spec, read};
use crate::source::Sources;

/// A count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Its name, for scripts.
    pub name: &'static str,
    /// How many.
    pub count: usize,
    /// Of how many, where it is a part of something.
    pub of: Option<usize>,
}

/// The facts about a spec, always the same in the same order.
pub fn facts(spec: &Spec, sources: &Sources) -> Vec<Fact> {
    let all = spec.calls(sources);
    let (operations, others): (Vec<Call<'_>>, Vec<Call<'_>>) =
        all.into_iter().partition(|it| it.role == Role::Served);
    let of_role = |role| others.iter().filter(|it| it.role == role).count();
    let root = spec.root(sources).map(|it| it.node);
    let objects = |kind| -> Vec<Node<'_>> { spec.objects(sources, kind).map(|it| it.node).collect() };
    let (schemas, parameters) = (objects(Kind::Schema), objects(Kind::Parameter));
    let properties: Vec<Node<'_>> = schemas
        .iter()
        .flat_map(|it| it.get("properties"))
        .flat_map(|it| it.members().collect::<Vec<_>>())
        .map(|it| it.1)
        .collect();
    let responses = objects(Kind::Response);
    let media: Vec<Node<'_>> = objects(Kind::MediaType);
    let named = root
        .map(|it| it.read("components").unwrap_or(it))
        .map_or(0, |it| read::members_at(it, "schemas").len() + read::members_at(it, "definitions").len());
    let mut paths: Vec<&str> = operations.iter().map(|it| it.path.as_ref()).collect();
    paths.sort_unstable();
    paths.dedup();
    let count = |name, count| Fact { name, count, of: None };
    let part = |name, wanted: &dyn Fn(&Call<'_>) -> bool| Fact {
        name,
        count: operations.iter().filter(|it| wanted(it)).count(),
        of: Some(operations.len()),
    };
    let says =
        |key: &'static str| move |it: &Call<'_>| !it.node.read_text(key).into_owned().trim().is_empty();
    let among = |name, all: &[Node<'_>], wanted: &dyn Fn(Node<'_>) -> bool| Fact {
        name,
        count: all.iter().filter(|it| wanted(**it)).count(),
        of: Some(all.len()),
    };
    let described = |it: Node<'_>| !it.read_text("description").into_owned().trim().is_empty();
    let has_example = |it: Node<'_>| {
        let in_schema = || it.read("schema").is_some_and(holds_example);
        holds_example(it) || in_schema()
    };
    vec![
        count("paths", paths.len()),
        count("operations", operations.len()),
        count("webhooks", of_role(Role::Webhook)),
        count("callbacks", of_role(Role::Callback)),
        count("tags", spec.tags.len()),
        count("schemas", named),
        count("parameters", parameters.len()),
        count("servers", spec.servers.len()),
        count("security_schemes", spec.security_schemes.len()),
        count("files", spec.files.len()),
        part("operations_with_operation_id", &says("operationId")),
        part("operations_with_summary", &says("summary")),
        part("operations_with_description", &says("description")),
        part("operations_with_tag", &|it| !read::texts(it.node, "tags").is_empty()),
        part("operations_with_success_response", &|it| {
            it.responses().iter().any(|it| it.status.starts_with(['2', '3']))
        }),
        part("operations_with_error_response", &|it| {
            it.responses().iter().any(|it| it.status.starts_with(['4', '5']) || it.status == "default")
        }),
        part("operations_with_security", &|it| {
            let own = it.node.read("security").or_else(|| (root?).read("security"));
            let alternatives: Vec<_> = own.map(|it| it.items().collect()).unwrap_or_default();
            !alternatives.is_empty() && alternatives.iter().all(|it| !it.view.is_empty())
        }),
        part("operations_deprecated", &|it| it.node.reads_true("deprecated")),
        among("parameters_with_description", &parameters, &described),
        among("parameters_with_example", &parameters, &has_example),
        among("responses_with_description", &responses, &described),
        among("media_types_with_example", &media, &has_example),
        among("properties_with_description", &properties, &described),
    ]
}

/// Whether an object gives an example of its own.
fn holds_example(it: Node<'_>) -> bool {
    ["example", "examples"].iter().any(|key| it.read(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::openapi;
    use crate::source::Source;

    fn counted(text: &str) -> Vec<Fact> {
        let sources = Sources::new(vec![Source::new("api.yaml", text)]);
        let spec = openapi::load(sources.id("api.yaml").unwrap(), &sources);
        facts(&spec, &sources)
    }

    #[test]
    fn what_is_there_is_counted_with_its_whole() {
        let facts = counted(
            "openapi: 3.1.0
info: {title: T, version: '1'}
security: [{a: []}]
tags: [{name: t}]
paths:
  /a:
    get: {summary: A, tags: [t], parameters: [{name: p, in: query, description: P}], responses: {'200': {description: x}, '404': {}}}
    put: {security: [], deprecated: true, responses: {'200': {content: {a/json: {schema: {example: 1}}, a/xml: {}}}}}
  /b: {get: {operationId: b, callbacks: {c: {'{$url}': {post: {}}}}, security: [{}, {a: []}]}}
webhooks: {w: {post: {}}}
components: {schemas: {A: {properties: {a: {description: x}, b: {}}}}}
",
        );
        let words: Vec<String> = facts
            .iter()
            .map(|it| match it.of {
                Some(of) => format!("{}/{of} {}", it.count, it.name),
                None => format!("{} {}", it.count, it.name),
            })
            .collect();
        assert_eq!(
            words,
            [
                "2 paths",
                "3 operations",
                "1 webhooks",
                "1 callbacks",
                "1 tags",
                "1 schemas",
                "1 parameters",
                "0 servers",
                "0 security_schemes",
                "1 files",
                "1/3 operations_with_operation_id",
                "1/3 operations_with_summary",
                "0/3 operations_with_description",
                "1/3 operations_with_tag",
                "2/3 operations_with_success_response",
                "1/3 operations_with_error_response",
                "1/3 operations_with_security",
                "1/3 operations_deprecated",
                "1/1 parameters_with_description",
                "0/1 parameters_with_example",
                "1/3 responses_with_description",
                "1/2 media_types_with_example",
                "1/2 properties_with_description",
            ]
        );
    }

    #[test]
    fn an_empty_document_has_nothing() {
        assert!(counted("").iter().all(|it| it.count == 0 || it.name == "files"));
    }
}
