//! What every object of OpenAPI may hold, by version: one table, after the specifications 2.0, 3.0.4, 3.1.1 and
//! 3.2.0 and their official schemas.
//!
//! The table is data. The walk (`parse/openapi/typed.rs`) goes along it to find the objects of a document, and
//! the rule `api/structure` compares each object with it.

mod document;
mod message;
mod operation;
mod schema;
mod security;

use super::{Kind, Version, Versions};
use crate::model::tree::ValueKind;

/// What an object of one kind may hold.
#[derive(Debug)]
pub struct Shape {
    /// What the specification calls it, in lower case.
    pub name: &'static str,
    /// Its named fields. A field may have several rows for different versions.
    pub fields: &'static [Field],
    /// What other keys mean.
    pub others: Option<(Keys, Value)>,
}

/// A named field.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// The versions that know it so.
    pub versions: Versions,
    /// The versions in which it must be there.
    pub required: Versions,
    /// What it holds.
    pub value: Value,
}

/// Keys that a pattern describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// `/orders/{id}`
    Path,
    /// `200`, `4XX`
    Status,
    /// A runtime expression; anything but an extension.
    Expression,
    /// Any name.
    Name,
}

/// What a field holds.
#[derive(Debug)]
pub enum Value {
    /// Anything, which is no object of OpenAPI.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A whole number from zero on.
    Count,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The type of a schema: one of these words or, where lists are allowed, several.
    Type(&'static [&'static str]),
    /// An object of this kind; no reference.
    Object(Kind),
    /// An object of this kind or a reference to one.
    Referable(Kind),
    /// A list of such values.
    List(&'static Value),
    /// Names with such values.
    Map(&'static Value),
    /// The first for a mapping or a list of its kind, else the second.
    Either(&'static Value, &'static Value),
}

const fn field(name: &'static str, versions: Versions, value: Value) -> Field {
    Field { name, versions, required: Versions::NONE, value }
}

const fn required(name: &'static str, versions: Versions, value: Value) -> Field {
    Field { name, versions, required: versions, value }
}

const TEXTS: Value = Value::List(&Value::Text);

impl Shape {
    /// What a kind of object may hold.
    pub fn of(kind: Kind) -> &'static Shape {
        match kind {
            Kind::Document => &document::DOCUMENT,
            Kind::Info => &document::INFO,
            Kind::Contact => &document::CONTACT,
            Kind::License => &document::LICENSE,
            Kind::ExternalDocs => &document::EXTERNAL_DOCS,
            Kind::Tag => &document::TAG,
            Kind::Server => &document::SERVER,
            Kind::ServerVariable => &document::SERVER_VARIABLE,
            Kind::Components => &document::COMPONENTS,
            Kind::Paths => &operation::PATHS,
            Kind::PathItem => &operation::PATH_ITEM,
            Kind::Operation => &operation::OPERATION,
            Kind::Parameter => &operation::PARAMETER,
            Kind::RequestBody => &operation::REQUEST_BODY,
            Kind::Responses => &operation::RESPONSES,
            Kind::Response => &operation::RESPONSE,
            Kind::Callback => &operation::CALLBACK,
            Kind::Link => &operation::LINK,
            Kind::MediaType => &message::MEDIA_TYPE,
            Kind::Encoding => &message::ENCODING,
            Kind::Example => &message::EXAMPLE,
            Kind::Header => &message::HEADER,
            Kind::Items => &message::ITEMS,
            Kind::Schema => &schema::SCHEMA,
            Kind::Discriminator => &schema::DISCRIMINATOR,
            Kind::Xml => &schema::XML,
            Kind::SecurityRequirement => &security::REQUIREMENT,
            Kind::SecurityScheme => &security::SCHEME,
            Kind::OAuthFlows => &security::FLOWS,
            Kind::OAuthFlow => &security::FLOW,
            Kind::Scopes => &security::SCOPES,
        }
    }

    /// A named field as a version knows it.
    pub fn field(&self, name: &str, version: Version) -> Option<&'static Field> {
        self.fields.iter().find(|it| it.name == name && it.versions.contains(version))
    }

    /// What a key holds; none for one that the version does not know.
    pub fn value(&self, key: &str, version: Version) -> Option<&Value> {
        if let Some(field) = self.field(key, version) {
            return Some(&field.value);
        }
        let (keys, value) = self.others.as_ref()?;
        keys.accept(key, version).then_some(value)
    }
}

impl Keys {
    /// Whether a key fits.
    pub fn accept(self, key: &str, version: Version) -> bool {
        match self {
            Keys::Path => key.starts_with('/'),
            Keys::Status => is_status(key, version),
            Keys::Expression => !key.starts_with("x-"),
            Keys::Name => true,
        }
    }
}

fn is_status(key: &str, version: Version) -> bool {
    let &[first, second, third] = key.as_bytes() else { return false };
    let digits = second.is_ascii_digit() && third.is_ascii_digit();
    let range = version >= Version::V30 && second == b'X' && third == b'X';
    (b'1'..=b'5').contains(&first) && (digits || range)
        || version == Version::V2 && first.is_ascii_digit() && digits
}

impl Value {
    /// What a value of this type is expected to be, where there is a choice.
    pub fn choose(&self, kind: ValueKind) -> &Value {
        match self {
            Value::Either(one, other) => {
                let fits = match one {
                    Value::List(_) => kind == ValueKind::Sequence,
                    _ => kind == ValueKind::Mapping,
                };
                if fits { one } else { other }
            }
            _ => self,
        }
    }

    /// Whether there may be objects of OpenAPI inside.
    pub fn holds_objects(&self) -> bool {
        match self {
            Value::Object(_) | Value::Referable(_) => true,
            Value::List(inner) | Value::Map(inner) => inner.holds_objects(),
            Value::Either(one, other) => one.holds_objects() || other.holds_objects(),
            Value::Any
            | Value::Text
            | Value::Flag
            | Value::Number
            | Value::Count
            | Value::Word(_)
            | Value::Type(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_by_version() {
        let known = |kind, key, version| Shape::of(kind).value(key, version).is_some();
        assert!(
            known(Kind::PathItem, "query", Version::V32) && !known(Kind::PathItem, "query", Version::V31)
        );
        assert!(known(Kind::Document, "host", Version::V2) && !known(Kind::Document, "host", Version::V30));
        assert!(known(Kind::Paths, "/orders", Version::V30) && !known(Kind::Paths, "orders", Version::V30));
        for status in ["200", "default", "599"] {
            assert!(
                known(Kind::Responses, status, Version::V2) && known(Kind::Responses, status, Version::V32)
            );
        }
        assert!(known(Kind::Responses, "4XX", Version::V30) && !known(Kind::Responses, "4XX", Version::V2));
        for status in ["", "20", "2000", "4xx", "XX4", "600", "é1"] {
            assert!(!known(Kind::Responses, status, Version::V31), "{status}");
        }
    }

    #[test]
    fn a_field_has_one_row_a_version_and_a_shape_its_own_table() {
        for kind in Kind::ALL {
            let shape = Shape::of(kind);
            for version in [Version::V2, Version::V30, Version::V31, Version::V32] {
                let mut names: Vec<_> = shape
                    .fields
                    .iter()
                    .filter(|it| it.versions.contains(version))
                    .map(|it| it.name)
                    .collect();
                let count = names.len();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), count, "{kind:?} {version:?}");
            }
        }
    }
}
