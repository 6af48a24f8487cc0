//! Media types, their parts, headers and examples.

use super::{Kind, Shape, Value, Versions as V, field, required};

const ENCODINGS: Value = Value::List(&Value::Object(Kind::Encoding));

pub(super) const MEDIA_TYPE: Shape = Shape {
    name: "media type",
    fields: &[
        field("schema", V::FROM_30, Value::Referable(Kind::Schema)),
        field("itemSchema", V::V32, Value::Referable(Kind::Schema)),
        field("example", V::FROM_30, Value::Any),
        field("examples", V::FROM_30, Value::Map(&Value::Referable(Kind::Example))),
        field("encoding", V::FROM_30, Value::Map(&Value::Object(Kind::Encoding))),
        field("prefixEncoding", V::V32, ENCODINGS),
        field("itemEncoding", V::V32, Value::Object(Kind::Encoding)),
    ],
    others: None,
};

pub(super) const ENCODING: Shape = Shape {
    name: "encoding",
    fields: &[
        field("contentType", V::FROM_30, Value::Text),
        field("headers", V::FROM_30, Value::Map(&Value::Referable(Kind::Header))),
        field("style", V::FROM_30, Value::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        field("explode", V::FROM_30, Value::Flag),
        field("allowReserved", V::FROM_30, Value::Flag),
        field("encoding", V::V32, Value::Map(&Value::Object(Kind::Encoding))),
        field("prefixEncoding", V::V32, ENCODINGS),
        field("itemEncoding", V::V32, Value::Object(Kind::Encoding)),
    ],
    others: None,
};

pub(super) const EXAMPLE: Shape = Shape {
    name: "example",
    fields: &[
        field("summary", V::FROM_30, Value::Text),
        field("description", V::FROM_30, Value::Text),
        field("value", V::FROM_30, Value::Any),
        field("externalValue", V::FROM_30, Value::Text),
        field("dataValue", V::V32, Value::Any),
        field("serializedValue", V::V32, Value::Text),
    ],
    others: None,
};

const COLLECTION_FORMATS: Value = Value::Word(&["csv", "ssv", "tsv", "pipes"]);
const ITEM_TYPES: Value = Value::Word(&["string", "number", "integer", "boolean", "array"]);

pub(super) const HEADER: Shape = Shape {
    name: "header",
    fields: &[
        field("description", V::ALL, Value::Text),
        field("required", V::FROM_30, Value::Flag),
        field("deprecated", V::FROM_30, Value::Flag),
        field("allowEmptyValue", V::V30, Value::Flag),
        field("allowReserved", V::V30, Value::Flag),
        field("style", V::FROM_30, Value::Word(&["simple"])),
        field("explode", V::FROM_30, Value::Flag),
        field("schema", V::FROM_30, Value::Referable(Kind::Schema)),
        field("example", V::FROM_30, Value::Any),
        field("examples", V::FROM_30, Value::Map(&Value::Referable(Kind::Example))),
        field("content", V::V30_31, Value::Map(&Value::Object(Kind::MediaType))),
        field("content", V::V32, Value::Map(&Value::Referable(Kind::MediaType))),
        required("type", V::V2, ITEM_TYPES),
        field("format", V::V2, Value::Text),
        field("items", V::V2, Value::Object(Kind::Items)),
        field("collectionFormat", V::V2, COLLECTION_FORMATS),
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

/// The items of a parameter or header of 2.0, which are no schema.
pub(super) const ITEMS: Shape = Shape {
    name: "items",
    fields: &[
        required("type", V::V2, ITEM_TYPES),
        field("format", V::V2, Value::Text),
        field("items", V::V2, Value::Object(Kind::Items)),
        field("collectionFormat", V::V2, COLLECTION_FORMATS),
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
