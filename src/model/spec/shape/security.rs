//! Ways to authenticate.

use super::{Keys, Kind, Shape, TEXTS, Value, Versions as V, field, required};

pub(super) const REQUIREMENT: Shape =
    Shape { name: "security requirement", fields: &[], others: Some((Keys::Name, TEXTS)) };

pub(super) const SCHEME: Shape = Shape {
    name: "security scheme",
    fields: &[
        required("type", V::V2, Value::Word(&["basic", "apiKey", "oauth2"])),
        required("type", V::V30, Value::Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        required(
            "type",
            V::FROM_31,
            Value::Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
        ),
        field("description", V::ALL, Value::Text),
        field("name", V::ALL, Value::Text),
        field("in", V::V2, Value::Word(&["query", "header"])),
        field("in", V::FROM_30, Value::Word(&["query", "header", "cookie"])),
        field("scheme", V::FROM_30, Value::Text),
        field("bearerFormat", V::FROM_30, Value::Text),
        field("flows", V::FROM_30, Value::Object(Kind::OAuthFlows)),
        field("openIdConnectUrl", V::FROM_30, Value::Text),
        field("oauth2MetadataUrl", V::V32, Value::Text),
        field("deprecated", V::V32, Value::Flag),
        field("flow", V::V2, Value::Word(&["implicit", "password", "application", "accessCode"])),
        field("authorizationUrl", V::V2, Value::Text),
        field("tokenUrl", V::V2, Value::Text),
        field("scopes", V::V2, Value::Object(Kind::Scopes)),
    ],
    others: None,
};

const FLOW_OBJECT: Value = Value::Object(Kind::OAuthFlow);

pub(super) const FLOWS: Shape = Shape {
    name: "OAuth flows",
    fields: &[
        field("implicit", V::FROM_30, FLOW_OBJECT),
        field("password", V::FROM_30, FLOW_OBJECT),
        field("clientCredentials", V::FROM_30, FLOW_OBJECT),
        field("authorizationCode", V::FROM_30, FLOW_OBJECT),
        field("deviceAuthorization", V::V32, FLOW_OBJECT),
    ],
    others: None,
};

pub(super) const FLOW: Shape = Shape {
    name: "OAuth flow",
    fields: &[
        field("authorizationUrl", V::FROM_30, Value::Text),
        field("deviceAuthorizationUrl", V::V32, Value::Text),
        field("tokenUrl", V::FROM_30, Value::Text),
        field("refreshUrl", V::FROM_30, Value::Text),
        required("scopes", V::FROM_30, Value::Object(Kind::Scopes)),
    ],
    others: None,
};

pub(super) const SCOPES: Shape =
    Shape { name: "scopes", fields: &[], others: Some((Keys::Name, Value::Text)) };
