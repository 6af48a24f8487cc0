//! Paths, operations, and what goes in and comes out.

use super::{Field, Keys, Kind, Shape, TEXTS, Value, Versions as V, field, required};

pub(super) const PATHS: Shape =
    Shape { name: "paths", fields: &[], others: Some((Keys::Path, Value::Object(Kind::PathItem))) };

const fn method(name: &'static str, versions: V) -> Field {
    field(name, versions, Value::Object(Kind::Operation))
}

const PARAMETERS: Value = Value::List(&Value::Referable(Kind::Parameter));
const SERVERS: Value = Value::List(&Value::Object(Kind::Server));

pub(super) const PATH_ITEM: Shape = Shape {
    name: "path item",
    fields: &[
        field("$ref", V::ALL, Value::Text),
        field("summary", V::FROM_30, Value::Text),
        field("description", V::FROM_30, Value::Text),
        method("get", V::ALL),
        method("put", V::ALL),
        method("post", V::ALL),
        method("delete", V::ALL),
        method("options", V::ALL),
        method("head", V::ALL),
        method("patch", V::ALL),
        method("trace", V::FROM_30),
        method("query", V::V32),
        field("additionalOperations", V::V32, Value::Map(&Value::Object(Kind::Operation))),
        field("servers", V::FROM_30, SERVERS),
        field("parameters", V::ALL, PARAMETERS),
    ],
    others: None,
};

pub(super) const OPERATION: Shape = Shape {
    name: "operation",
    fields: &[
        field("tags", V::ALL, TEXTS),
        field("summary", V::ALL, Value::Text),
        field("description", V::ALL, Value::Text),
        field("externalDocs", V::ALL, Value::Object(Kind::ExternalDocs)),
        field("operationId", V::ALL, Value::Text),
        field("consumes", V::V2, TEXTS),
        field("produces", V::V2, TEXTS),
        field("schemes", V::V2, Value::List(&Value::Word(&["http", "https", "ws", "wss"]))),
        field("parameters", V::ALL, PARAMETERS),
        field("requestBody", V::FROM_30, Value::Referable(Kind::RequestBody)),
        Field {
            name: "responses",
            versions: V::ALL,
            required: V::TO_30,
            value: Value::Object(Kind::Responses),
        },
        field("callbacks", V::FROM_30, Value::Map(&Value::Referable(Kind::Callback))),
        field("deprecated", V::ALL, Value::Flag),
        field("security", V::ALL, Value::List(&Value::Object(Kind::SecurityRequirement))),
        field("servers", V::FROM_30, SERVERS),
    ],
    others: None,
};

pub(super) const PARAMETER: Shape = Shape {
    name: "parameter",
    fields: &[
        required("name", V::ALL, Value::Text),
        required("in", V::V2, Value::Word(&["query", "header", "path", "formData", "body"])),
        required("in", V::V30_31, Value::Word(&["query", "header", "path", "cookie"])),
        required("in", V::V32, Value::Word(&["query", "header", "path", "cookie", "querystring"])),
        field("description", V::ALL, Value::Text),
        field("required", V::ALL, Value::Flag),
        field("deprecated", V::FROM_30, Value::Flag),
        field("allowEmptyValue", V::ALL, Value::Flag),
        field("schema", V::ALL, Value::Referable(Kind::Schema)),
        field("style", V::FROM_30, Value::Text),
        field("explode", V::FROM_30, Value::Flag),
        field("allowReserved", V::FROM_30, Value::Flag),
        field("example", V::FROM_30, Value::Any),
        field("examples", V::FROM_30, Value::Map(&Value::Referable(Kind::Example))),
        field("content", V::V30_31, Value::Map(&Value::Object(Kind::MediaType))),
        field("content", V::V32, Value::Map(&Value::Referable(Kind::MediaType))),
        field("type", V::V2, Value::Word(&["string", "number", "integer", "boolean", "array", "file"])),
        field("collectionFormat", V::V2, Value::Word(&["csv", "ssv", "tsv", "pipes", "multi"])),
        field("format", V::V2, Value::Text),
        field("items", V::V2, Value::Object(Kind::Items)),
        field("default", V::V2, Value::Any),
        field("maximum", V::V2, Value::Number),
        field("exclusiveMaximum", V::V2, Value::Flag),
        field("minimum", V::V2, Value::Number),
        field("exclusiveMinimum", V::V2, Value::Flag),
        field("maxLength", V::V2, Value::Count),
        field("minLength", V::V2, Value::Count),
        field("pattern", V::V2, Value::Text),
        field("maxItems", V::V2, Value::Count),
        field("minItems", V::V2, Value::Count),
        field("uniqueItems", V::V2, Value::Flag),
        field("enum", V::V2, Value::List(&Value::Any)),
        field("multipleOf", V::V2, Value::Number),
    ],
    others: None,
};

pub(super) const REQUEST_BODY: Shape = Shape {
    name: "request body",
    fields: &[
        field("description", V::FROM_30, Value::Text),
        required("content", V::V30_31, Value::Map(&Value::Object(Kind::MediaType))),
        required("content", V::V32, Value::Map(&Value::Referable(Kind::MediaType))),
        field("required", V::FROM_30, Value::Flag),
    ],
    others: None,
};

pub(super) const RESPONSES: Shape = Shape {
    name: "responses",
    fields: &[field("default", V::ALL, Value::Referable(Kind::Response))],
    others: Some((Keys::Status, Value::Referable(Kind::Response))),
};

pub(super) const RESPONSE: Shape = Shape {
    name: "response",
    fields: &[
        field("summary", V::V32, Value::Text),
        Field { name: "description", versions: V::ALL, required: V::TO_31, value: Value::Text },
        field("schema", V::V2, Value::Referable(Kind::Schema)),
        field("headers", V::V2, Value::Map(&Value::Object(Kind::Header))),
        field("headers", V::FROM_30, Value::Map(&Value::Referable(Kind::Header))),
        field("examples", V::V2, Value::Map(&Value::Any)),
        field("content", V::V30_31, Value::Map(&Value::Object(Kind::MediaType))),
        field("content", V::V32, Value::Map(&Value::Referable(Kind::MediaType))),
        field("links", V::FROM_30, Value::Map(&Value::Referable(Kind::Link))),
    ],
    others: None,
};

pub(super) const CALLBACK: Shape = Shape {
    name: "callback",
    fields: &[],
    others: Some((Keys::Expression, Value::Referable(Kind::PathItem))),
};

pub(super) const LINK: Shape = Shape {
    name: "link",
    fields: &[
        field("operationRef", V::FROM_30, Value::Text),
        field("operationId", V::FROM_30, Value::Text),
        field("parameters", V::FROM_30, Value::Map(&Value::Any)),
        field("requestBody", V::FROM_30, Value::Any),
        field("description", V::FROM_30, Value::Text),
        field("server", V::FROM_30, Value::Object(Kind::Server)),
    ],
    others: None,
};
