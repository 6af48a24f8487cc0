//! What is compared, and how bad a difference is: one table.

use super::Level::{self, Breaking, Documentation, NonBreaking, Warning};
use super::Side;

/// What part of a document a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the specification")]
pub enum Area {
    Document,
    Endpoint,
    Parameter,
    RequestBody,
    Response,
    Schema,
    Security,
    Server,
}

impl Area {
    /// Its name in documentation.
    pub fn as_str(self) -> &'static str {
        match self {
            Area::Document => "document",
            Area::Endpoint => "endpoint",
            Area::Parameter => "parameter",
            Area::RequestBody => "request body",
            Area::Response => "response",
            Area::Schema => "schema",
            Area::Security => "security",
            Area::Server => "server",
        }
    }
}

/// One thing that may differ.
#[derive(Debug)]
pub struct Check {
    /// Its name, for scripts.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// How bad it is in what clients send, and in everything that has no direction.
    pub request: Level,
    /// How bad it is in what clients get.
    pub response: Level,
    /// What is said: `{s}` is the subject, `{a}` what was, `{b}` what is.
    pub message: &'static str,
}

impl Check {
    /// How bad it is on a side.
    pub fn level(&self, side: Option<Side>) -> Level {
        match side {
            Some(Side::Response) => self.response,
            _ => self.request,
        }
    }

    /// What it says.
    pub(super) fn text(&self, subject: &str, old: &str, new: &str) -> String {
        let mut text = String::with_capacity(self.message.len() + subject.len());
        let mut rest = self.message;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(match name {
                "s" => subject,
                "a" => old,
                _ => new,
            });
            rest = after;
        }
        text + rest
    }
}

macro_rules! checks {
    ($($name:ident $id:literal $area:ident $request:ident $response:ident $message:literal;)*) => {
        $(
            pub(super) static $name: Check = Check {
                id: $id, area: Area::$area, request: $request, response: $response, message: $message,
            };
        )*

        /// Every check, by area.
        pub static ALL: &[&Check] = &[$(&$name),*];
    };
}

checks! {
    OPENAPI_VERSION "openapi-version-changed" Document Documentation Documentation "the document is OpenAPI {b}, it was {a}";
    API_TITLE "api-title-changed" Document Documentation Documentation "the title changed from `{a}` to `{b}`";
    API_VERSION "api-version-changed" Document Documentation Documentation "the version changed from `{a}` to `{b}`";
    API_DESCRIPTION "api-description-changed" Document Documentation Documentation "the description of the API changed";
    TAG_DESCRIPTION "tag-description-changed" Document Documentation Documentation "the description of the tag `{s}` changed";

    ENDPOINT_ADDED "endpoint-added" Endpoint NonBreaking NonBreaking "`{s}` was added";
    ENDPOINT_REMOVED "endpoint-removed" Endpoint Breaking Breaking "`{s}` was removed";
    ENDPOINT_REMOVED_EARLY "endpoint-removed-before-sunset" Endpoint Breaking Breaking "`{s}` was removed before its sunset on {a}";
    ENDPOINT_REMOVED_LATE "deprecated-endpoint-removed" Endpoint NonBreaking NonBreaking "`{s}`, which was deprecated, was removed";
    ENDPOINT_DEPRECATED "endpoint-deprecated" Endpoint NonBreaking NonBreaking "it is now deprecated";
    ENDPOINT_REACTIVATED "endpoint-reactivated" Endpoint NonBreaking NonBreaking "it is no longer deprecated";
    SUNSET_ADDED "sunset-added" Endpoint NonBreaking NonBreaking "its sunset is set to {b}";
    SUNSET_REMOVED "sunset-removed" Endpoint NonBreaking NonBreaking "its sunset on {a} was taken back";
    SUNSET_EARLIER "sunset-earlier" Endpoint Breaking Breaking "its sunset moved forward from {a} to {b}";
    SUNSET_LATER "sunset-later" Endpoint NonBreaking NonBreaking "its sunset moved back from {a} to {b}";
    OPERATION_ID "operation-id-changed" Endpoint Warning Warning "`operationId` changed from `{a}` to `{b}`";
    OPERATION_ID_ADDED "operation-id-added" Endpoint NonBreaking NonBreaking "`operationId` `{b}` was added";
    OPERATION_ID_REMOVED "operation-id-removed" Endpoint Warning Warning "`operationId` `{a}` was removed";
    TAGS "tags-changed" Endpoint Documentation Documentation "its tags changed from {a} to {b}";
    SUMMARY "summary-changed" Endpoint Documentation Documentation "its summary changed";
    OPERATION_DESCRIPTION "operation-description-changed" Endpoint Documentation Documentation "its description changed";

    PARAMETER_ADDED "optional-parameter-added" Parameter NonBreaking NonBreaking "optional {s} was added";
    PARAMETER_REQUIRED_ADDED "required-parameter-added" Parameter Breaking Breaking "required {s} was added";
    PARAMETER_REMOVED "parameter-removed" Parameter Warning Warning "{s} was removed";
    PARAMETER_REMOVED_LATE "deprecated-parameter-removed" Parameter NonBreaking NonBreaking "{s}, which was deprecated, was removed";
    PARAMETER_MOVED "parameter-moved" Parameter Breaking Breaking "parameter `{s}` moved from {a} to {b}";
    PARAMETER_RENAMED "path-parameter-renamed" Parameter NonBreaking NonBreaking "path parameter `{a}` is now called `{b}`";
    PARAMETER_REQUIRED "parameter-became-required" Parameter Breaking Breaking "{s} became required";
    PARAMETER_OPTIONAL "parameter-became-optional" Parameter NonBreaking NonBreaking "{s} became optional";
    PARAMETER_DEPRECATED "parameter-deprecated" Parameter NonBreaking NonBreaking "{s} is now deprecated";
    PARAMETER_STYLE "parameter-style-changed" Parameter Breaking Breaking "{s} is written as {b}, it was {a}";
    PARAMETER_DESCRIPTION "parameter-description-changed" Parameter Documentation Documentation "the description of {s} changed";

    BODY_ADDED "optional-request-body-added" RequestBody NonBreaking NonBreaking "an optional request body was added";
    BODY_REQUIRED_ADDED "required-request-body-added" RequestBody Breaking NonBreaking "a required request body was added";
    BODY_REMOVED "request-body-removed" RequestBody Breaking Breaking "the request body was removed";
    BODY_REQUIRED "request-body-became-required" RequestBody Breaking NonBreaking "the request body became required";
    BODY_OPTIONAL "request-body-became-optional" RequestBody NonBreaking Breaking "the request body became optional";
    BODY_DESCRIPTION "request-body-description-changed" RequestBody Documentation Documentation "the description of the request body changed";
    ENCODING "encoding-changed" RequestBody Warning Warning "the encoding of {s} changed";
    MEDIA_TYPE_ADDED "media-type-added" RequestBody NonBreaking NonBreaking "media type `{b}` was added to {s}";
    MEDIA_TYPE_REMOVED "media-type-removed" RequestBody Breaking Breaking "media type `{a}` was removed from {s}";

    RESPONSE_ADDED "response-added" Response NonBreaking NonBreaking "response `{s}` was added";
    RESPONSE_REMOVED "success-response-removed" Response Breaking Breaking "response `{s}` was removed";
    RESPONSE_ERROR_REMOVED "error-response-removed" Response NonBreaking NonBreaking "response `{s}` was removed";
    RESPONSE_DESCRIPTION "response-description-changed" Response Documentation Documentation "the description of response `{s}` changed";
    HEADER_ADDED "response-header-added" Response NonBreaking NonBreaking "{s} was added";
    HEADER_REMOVED "optional-response-header-removed" Response Warning Warning "{s} was removed";
    HEADER_REQUIRED_REMOVED "required-response-header-removed" Response Breaking Breaking "{s}, which was always there, was removed";
    HEADER_REQUIRED "response-header-became-required" Response Breaking NonBreaking "{s} is now always there";
    HEADER_OPTIONAL "response-header-became-optional" Response NonBreaking Breaking "{s} is no longer always there";

    SCHEMA_ADDED "schema-added" Schema Breaking NonBreaking "{s} has a schema now";
    SCHEMA_REMOVED "schema-removed" Schema NonBreaking Warning "{s} has no schema any more";
    TYPE_CHANGED "type-changed" Schema Breaking Breaking "the type of {s} changed from {a} to {b}";
    TYPE_NARROWED "type-narrowed" Schema Breaking NonBreaking "the type of {s} was narrowed from {a} to {b}";
    TYPE_WIDENED "type-widened" Schema NonBreaking Breaking "the type of {s} was widened from {a} to {b}";
    FORMAT_CHANGED "format-changed" Schema Breaking Breaking "the format of {s} changed from `{a}` to `{b}`";
    FORMAT_NARROWED "format-narrowed" Schema Breaking NonBreaking "the format of {s} was narrowed from `{a}` to `{b}`";
    FORMAT_WIDENED "format-widened" Schema NonBreaking Warning "the format of {s} was widened from `{a}` to `{b}`";
    FORMAT_ADDED "format-added" Schema Warning NonBreaking "{s} has the format `{b}` now";
    FORMAT_REMOVED "format-removed" Schema NonBreaking Warning "{s} has no longer the format `{a}`";
    NULL_ALLOWED "null-allowed" Schema NonBreaking Breaking "{s} may be null now";
    NULL_FORBIDDEN "null-forbidden" Schema Breaking NonBreaking "{s} may no longer be null";
    ENUM_ADDED "enum-added" Schema Breaking NonBreaking "{s} is limited to {b}";
    ENUM_REMOVED "enum-removed" Schema NonBreaking Warning "{s} is no longer limited to {a}";
    VALUES_ADDED "enum-values-added" Schema NonBreaking Warning "{s} may now be {b}";
    VALUES_REMOVED "enum-values-removed" Schema Breaking NonBreaking "{s} may no longer be {a}";
    RANGE_NARROWED "range-narrowed" Schema Breaking NonBreaking "`{a}` of {s} was narrowed {b}";
    RANGE_WIDENED "range-widened" Schema NonBreaking Warning "`{a}` of {s} was widened {b}";
    LENGTH_NARROWED "length-narrowed" Schema Breaking NonBreaking "`{a}` of {s} was narrowed {b}";
    LENGTH_WIDENED "length-widened" Schema NonBreaking Warning "`{a}` of {s} was widened {b}";
    COUNT_NARROWED "count-narrowed" Schema Breaking NonBreaking "`{a}` of {s} was narrowed {b}";
    COUNT_WIDENED "count-widened" Schema NonBreaking Warning "`{a}` of {s} was widened {b}";
    UNIQUE_ADDED "unique-items-added" Schema Breaking NonBreaking "the items of {s} must now be unique";
    UNIQUE_REMOVED "unique-items-removed" Schema NonBreaking Warning "the items of {s} need no longer be unique";
    MULTIPLE_OF "multiple-of-changed" Schema Breaking Warning "`multipleOf` of {s} changed from {a} to {b}";
    PATTERN_ADDED "pattern-added" Schema Breaking NonBreaking "{s} must now match `{b}`";
    PATTERN_REMOVED "pattern-removed" Schema NonBreaking NonBreaking "{s} need no longer match `{a}`";
    PATTERN_CHANGED "pattern-changed" Schema Warning NonBreaking "{s} must match `{b}`, it was `{a}`";
    DEFAULT_CHANGED "default-changed" Schema Warning NonBreaking "the default of {s} changed from {a} to {b}";
    PROPERTY_ADDED "optional-property-added" Schema NonBreaking NonBreaking "{s} was added";
    PROPERTY_REQUIRED_ADDED "required-property-added" Schema Breaking NonBreaking "required {s} was added";
    PROPERTY_DEFAULT_ADDED "required-property-with-default-added" Schema NonBreaking NonBreaking "required {s}, which has a default, was added";
    PROPERTY_REMOVED "optional-property-removed" Schema Warning Breaking "{s} was removed";
    PROPERTY_REQUIRED_REMOVED "required-property-removed" Schema Warning Breaking "{s}, which was required, was removed";
    PROPERTY_CLOSED_REMOVED "property-forbidden" Schema Breaking Breaking "{s} was removed, and `additionalProperties` forbids it";
    PROPERTY_REMOVED_LATE "deprecated-property-removed" Schema NonBreaking NonBreaking "{s}, which was deprecated, was removed";
    PROPERTY_REQUIRED "property-became-required" Schema Breaking NonBreaking "{s} became required";
    PROPERTY_OPTIONAL "property-became-optional" Schema NonBreaking Breaking "{s} became optional";
    READ_ONLY_ADDED "property-became-read-only" Schema Warning NonBreaking "{s} became read-only";
    READ_ONLY_REMOVED "property-no-longer-read-only" Schema NonBreaking NonBreaking "{s} is no longer read-only";
    WRITE_ONLY_ADDED "property-became-write-only" Schema NonBreaking Breaking "{s} became write-only";
    WRITE_ONLY_REMOVED "property-no-longer-write-only" Schema NonBreaking NonBreaking "{s} is no longer write-only";
    PROPERTY_DEPRECATED "property-deprecated" Schema NonBreaking NonBreaking "{s} is now deprecated";
    CLOSED "additional-properties-forbidden" Schema Breaking NonBreaking "{s} may no longer have other properties";
    OPENED "additional-properties-allowed" Schema NonBreaking NonBreaking "{s} may have other properties now";
    ALTERNATIVE_ADDED "alternative-added" Schema NonBreaking Warning "{b} became an alternative of {s}";
    ALTERNATIVE_REMOVED "alternative-removed" Schema Breaking NonBreaking "{a} is no longer an alternative of {s}";
    DISCRIMINATOR "discriminator-changed" Schema Breaking Breaking "the discriminator of {s} changed from `{a}` to `{b}`";
    DISCRIMINATOR_MAPPING "discriminator-mapping-changed" Schema Warning Warning "the discriminator of {s} maps `{b}` to something else";
    CONSTRAINT "constraint-changed" Schema Warning Warning "`{b}` of {s} changed";
    XML "xml-changed" Schema Warning Warning "the XML form of {s} changed";
    SCHEMA_TITLE "title-changed" Schema Documentation Documentation "the title of {s} changed";
    SCHEMA_DESCRIPTION "description-changed" Schema Documentation Documentation "the description of {s} changed";
    EXAMPLES "examples-changed" Schema Documentation Documentation "the examples of {s} changed";

    SECURITY_ADDED "security-added" Security Breaking Breaking "calls need {b} now";
    SECURITY_REMOVED "security-removed" Security NonBreaking NonBreaking "calls need no security any more";
    SECURITY_ALTERNATIVE_ADDED "security-alternative-added" Security NonBreaking NonBreaking "{b} became possible";
    SECURITY_ALTERNATIVE_REMOVED "security-alternative-removed" Security Breaking Breaking "{a} is no longer enough";
    SCOPES_ADDED "security-scope-required" Security Breaking Breaking "{s} needs the scope {b} too";
    SCOPES_REMOVED "security-scope-not-required" Security NonBreaking NonBreaking "{s} no longer needs the scope {a}";
    SCHEME_ADDED "security-scheme-added" Security NonBreaking NonBreaking "security scheme `{s}` was added";
    SCHEME_REMOVED "security-scheme-removed" Security Warning Warning "security scheme `{s}` was removed";
    SCHEME_CHANGED "security-scheme-changed" Security Breaking Breaking "security scheme `{s}` changed: {a} became {b}";
    FLOW_REMOVED "oauth-flow-removed" Security Breaking Breaking "security scheme `{s}` lost the flow `{a}`";
    FLOW_ADDED "oauth-flow-added" Security NonBreaking NonBreaking "security scheme `{s}` got the flow `{b}`";
    FLOW_URL "oauth-url-changed" Security Warning Warning "a URL of the flows of `{s}` changed from `{a}` to `{b}`";
    FLOW_SCOPE_REMOVED "oauth-scope-removed" Security Warning Warning "security scheme `{s}` lost the scope `{a}`";
    FLOW_SCOPE_ADDED "oauth-scope-added" Security NonBreaking NonBreaking "security scheme `{s}` got the scope `{b}`";

    SERVER_ADDED "server-added" Server NonBreaking NonBreaking "server `{b}` was added";
    SERVER_REMOVED "server-removed" Server Warning Warning "server `{a}` was removed";
    SERVER_CHANGED "server-url-changed" Server Warning Warning "the server's URL changed from `{a}` to `{b}`";
}
