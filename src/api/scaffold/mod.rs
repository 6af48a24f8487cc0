//! Skeleton operations for what the code serves and no spec documents: a new document, or additions to one that leave
//! every byte of it as it was.

mod merge;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use openapiv3::{
    ArrayType, BooleanType, Info, IntegerType, NumberType, OpenAPI, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathItem, PathStyle, Paths, QueryStyle, ReferenceOr, Response, Responses,
    Schema, SchemaData, SchemaKind, StatusCode, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

pub use self::merge::{Merged, merge};
use super::bundle::{Language, Out};
use crate::model::route::{ParameterType, QueryParameter};
use crate::model::spec::resource;

/// What a document has to say and the code does not know.
const TO_WRITE: &str = "TODO: say what is answered";

/// A route that needs an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Upper case, or `ANY`.
    pub method: String,
    /// An OpenAPI template, without the base path of the spec.
    pub path: String,
    /// `path:line` of its declaration.
    pub origin: String,
    /// The query parameters that the code names.
    pub query: Vec<QueryParameter>,
}

impl Missing {
    /// How many operations stand for it.
    pub fn operations(&self) -> usize {
        operation_methods(&self.method).len()
    }
}

/// A new OpenAPI 3.0 document with an operation for each route; `base` is the path of its server. A verb that has no
/// form in OpenAPI 3.0 is left out.
pub fn document(title: &str, base: &str, missing: &[Missing], language: Language) -> String {
    let mut paths = Paths::default();
    let mut ids = HashSet::new();
    for it in missing {
        let item =
            paths.paths.entry(it.path.clone()).or_insert_with(|| ReferenceOr::Item(PathItem::default()));
        let ReferenceOr::Item(item) = item else { continue };
        for method in operation_methods(&it.method) {
            let operation = Some(operation(it, method, &mut ids));
            match method {
                "get" => item.get = operation,
                "put" => item.put = operation,
                "post" => item.post = operation,
                "delete" => item.delete = operation,
                "options" => item.options = operation,
                "head" => item.head = operation,
                "patch" => item.patch = operation,
                _ => item.trace = operation,
            }
        }
    }
    let servers = if base.is_empty() {
        Vec::new()
    } else {
        vec![openapiv3::Server { url: base.to_owned(), ..openapiv3::Server::default() }]
    };
    let info = Info { title: title.to_owned(), version: "0.1.0".to_owned(), ..Info::default() };
    let document = OpenAPI { openapi: "3.0.3".to_owned(), info, servers, paths, ..OpenAPI::default() };
    Out::of_json(&serde_json::to_value(document).unwrap_or_default()).text(language)
}

/// The verbs of an operation that stand for a route's: `ANY` becomes a GET and a POST, which a writer corrects.
pub(super) fn operation_methods(method: &str) -> Vec<&'static str> {
    const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    match method {
        "ANY" => vec!["get", "post"],
        method => VERBS.into_iter().filter(|it| it.eq_ignore_ascii_case(method)).collect(),
    }
}

/// An operation with its path parameters, its tag and where it comes from.
fn operation(missing: &Missing, method: &str, ids: &mut HashSet<String>) -> Operation {
    let in_path = parameters(&missing.path).into_iter().map(|name| Parameter::Path {
        parameter_data: parameter(name, true, plain(ParameterType::Text)),
        style: PathStyle::default(),
    });
    let in_query = missing.query.iter().map(|it| Parameter::Query {
        parameter_data: parameter(&it.name, it.required, schema(it)),
        allow_reserved: false,
        style: QueryStyle::default(),
        allow_empty_value: None,
    });
    let mut responses = Responses::default();
    let response = Response { description: TO_WRITE.to_owned(), ..Response::default() };
    responses.responses.insert(StatusCode::Code(200), ReferenceOr::Item(response));
    let mut operation = Operation {
        tags: tag(missing).into_iter().collect(),
        operation_id: Some(id(method, &missing.path, ids)),
        parameters: in_path.chain(in_query).map(ReferenceOr::Item).collect(),
        responses,
        ..Operation::default()
    };
    operation.extensions.insert("x-docwright-origin".to_owned(), Value::from(missing.origin.clone()));
    operation
}

fn parameter(name: &str, required: bool, schema: Schema) -> ParameterData {
    ParameterData {
        name: name.to_owned(),
        description: None,
        required,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    }
}

fn schema(parameter: &QueryParameter) -> Schema {
    let item = plain(parameter.of);
    if !parameter.array {
        return item;
    }
    let list = ArrayType {
        items: Some(ReferenceOr::Item(Box::new(item))),
        min_items: None,
        max_items: None,
        unique_items: false,
    };
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(Type::Array(list)) }
}

fn plain(of: ParameterType) -> Schema {
    let text = |format| Type::String(StringType { format, ..StringType::default() });
    let kind = match of {
        ParameterType::Text => text(VariantOrUnknownOrEmpty::Empty),
        ParameterType::Date => text(VariantOrUnknownOrEmpty::Item(StringFormat::Date)),
        ParameterType::DateTime => text(VariantOrUnknownOrEmpty::Item(StringFormat::DateTime)),
        ParameterType::Uuid => text(VariantOrUnknownOrEmpty::Unknown("uuid".to_owned())),
        ParameterType::Integer => Type::Integer(IntegerType::default()),
        ParameterType::Number => Type::Number(NumberType::default()),
        ParameterType::Boolean => Type::Boolean(BooleanType::default()),
    };
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(kind) }
}

/// The same as a value.
pub(super) fn value(missing: &Missing, method: &str, ids: &mut HashSet<String>) -> Out {
    Out::of_json(&serde_json::to_value(operation(missing, method, ids)).unwrap_or_default())
}

/// The names in the braces of a path template.
fn parameters(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name).collect()
}

/// File names that say what a framework wants and not what a file is about.
const GENERIC: [&str; 16] = [
    "route", "routes", "index", "main", "app", "server", "api", "urls", "views", "router", "routers", "mod",
    "lib", "__init__", "+server", "web",
];

/// What the routes of a file are about: the name of the file or its folder, else the resource in the path.
fn tag(missing: &Missing) -> Option<String> {
    let file = missing.origin.rsplit_once(':').map_or(missing.origin.as_str(), |(file, _)| file);
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    let stem = ["Controller", "Controllers", "Resource", "Handler", "Router", "Routes"]
        .iter()
        .find_map(|it| stem.strip_suffix(it))
        .unwrap_or(stem);
    let stem = ["_controller", "_routes", "_router", "_handler", "-routes", "-controller", "_views", "_api"]
        .iter()
        .find_map(|it| stem.strip_suffix(it))
        .unwrap_or(stem);
    if !stem.is_empty()
        && !stem.contains(['[', '('])
        && !GENERIC.contains(&stem.to_ascii_lowercase().as_str())
    {
        return Some(stem.to_ascii_lowercase());
    }
    resource(&missing.path).map(str::to_owned)
}

/// `getOrdersById`, told apart by numbers.
fn id(method: &str, path: &str, ids: &mut HashSet<String>) -> String {
    let mut id = method.to_owned();
    for segment in path.split('/').filter(|it| !it.is_empty()) {
        let by = if segment.starts_with('{') { "By" } else { "" };
        id.push_str(by);
        for word in segment.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()) {
            let (first, rest) = word.split_at(1);
            id.push_str(&first.to_ascii_uppercase());
            id.push_str(rest);
        }
    }
    let mut free = id.clone();
    let mut number = 2;
    while !ids.insert(free.clone()) {
        free = format!("{id}{number}");
        number += 1;
    }
    free
}
