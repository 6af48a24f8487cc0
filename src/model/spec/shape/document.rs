//! The root of a document and what describes it.

use super::{Field, Kind, Shape, TEXTS, Value, Versions as V, field, required};

const SCHEMES: Value = Value::List(&Value::Word(&["http", "https", "ws", "wss"]));

pub(super) const DOCUMENT: Shape = Shape {
    name: "the document",
    fields: &[
        required("swagger", V::V2, Value::Text),
        required("openapi", V::FROM_30, Value::Text),
        field("$self", V::V32, Value::Text),
        required("info", V::ALL, Value::Object(Kind::Info)),
        field("jsonSchemaDialect", V::FROM_31, Value::Text),
        field("host", V::V2, Value::Text),
        field("basePath", V::V2, Value::Text),
        field("schemes", V::V2, SCHEMES),
        field("consumes", V::V2, TEXTS),
        field("produces", V::V2, TEXTS),
        field("servers", V::FROM_30, Value::List(&Value::Object(Kind::Server))),
        // That it must be there is `api/unreadable`'s to say.
        field("paths", V::ALL, Value::Object(Kind::Paths)),
        field("webhooks", V::FROM_31, Value::Map(&Value::Referable(Kind::PathItem))),
        field("components", V::FROM_30, Value::Object(Kind::Components)),
        field("definitions", V::V2, Value::Map(&Value::Referable(Kind::Schema))),
        field("parameters", V::V2, Value::Map(&Value::Object(Kind::Parameter))),
        field("responses", V::V2, Value::Map(&Value::Object(Kind::Response))),
        field("securityDefinitions", V::V2, Value::Map(&Value::Object(Kind::SecurityScheme))),
        field("security", V::ALL, Value::List(&Value::Object(Kind::SecurityRequirement))),
        field("tags", V::ALL, Value::List(&Value::Object(Kind::Tag))),
        field("externalDocs", V::ALL, Value::Object(Kind::ExternalDocs)),
    ],
    others: None,
};

pub(super) const INFO: Shape = Shape {
    name: "info",
    fields: &[
        required("title", V::ALL, Value::Text),
        field("summary", V::FROM_31, Value::Text),
        field("description", V::ALL, Value::Text),
        field("termsOfService", V::ALL, Value::Text),
        field("contact", V::ALL, Value::Object(Kind::Contact)),
        field("license", V::ALL, Value::Object(Kind::License)),
        required("version", V::ALL, Value::Text),
    ],
    others: None,
};

pub(super) const CONTACT: Shape = Shape {
    name: "contact",
    fields: &[
        field("name", V::ALL, Value::Text),
        field("url", V::ALL, Value::Text),
        field("email", V::ALL, Value::Text),
    ],
    others: None,
};

pub(super) const LICENSE: Shape = Shape {
    name: "license",
    fields: &[
        required("name", V::ALL, Value::Text),
        field("identifier", V::FROM_31, Value::Text),
        field("url", V::ALL, Value::Text),
    ],
    others: None,
};

pub(super) const EXTERNAL_DOCS: Shape = Shape {
    name: "external documentation",
    fields: &[field("description", V::ALL, Value::Text), required("url", V::ALL, Value::Text)],
    others: None,
};

pub(super) const TAG: Shape = Shape {
    name: "tag",
    fields: &[
        required("name", V::ALL, Value::Text),
        field("summary", V::V32, Value::Text),
        field("description", V::ALL, Value::Text),
        field("externalDocs", V::ALL, Value::Object(Kind::ExternalDocs)),
        field("parent", V::V32, Value::Text),
        field("kind", V::V32, Value::Text),
    ],
    others: None,
};

pub(super) const SERVER: Shape = Shape {
    name: "server",
    fields: &[
        required("url", V::FROM_30, Value::Text),
        field("description", V::FROM_30, Value::Text),
        field("name", V::V32, Value::Text),
        field("variables", V::FROM_30, Value::Map(&Value::Object(Kind::ServerVariable))),
    ],
    others: None,
};

pub(super) const SERVER_VARIABLE: Shape = Shape {
    name: "server variable",
    fields: &[
        field("enum", V::FROM_30, TEXTS),
        required("default", V::FROM_30, Value::Text),
        field("description", V::FROM_30, Value::Text),
    ],
    others: None,
};

const fn section(name: &'static str, versions: V, value: &'static Value) -> Field {
    field(name, versions, Value::Map(value))
}

pub(super) const COMPONENTS: Shape = Shape {
    name: "components",
    fields: &[
        section("schemas", V::FROM_30, &Value::Referable(Kind::Schema)),
        section("responses", V::FROM_30, &Value::Referable(Kind::Response)),
        section("parameters", V::FROM_30, &Value::Referable(Kind::Parameter)),
        section("examples", V::FROM_30, &Value::Referable(Kind::Example)),
        section("requestBodies", V::FROM_30, &Value::Referable(Kind::RequestBody)),
        section("headers", V::FROM_30, &Value::Referable(Kind::Header)),
        section("securitySchemes", V::FROM_30, &Value::Referable(Kind::SecurityScheme)),
        section("links", V::FROM_30, &Value::Referable(Kind::Link)),
        section("callbacks", V::FROM_30, &Value::Referable(Kind::Callback)),
        section("pathItems", V::FROM_31, &Value::Referable(Kind::PathItem)),
        section("mediaTypes", V::V32, &Value::Referable(Kind::MediaType)),
    ],
    others: None,
};
