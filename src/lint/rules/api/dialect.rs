//! Which schemas of a document are written in a dialect of JSON Schema that docwright does not know.

use std::collections::HashSet;

use crate::model::spec::{Kind, Spec, Typed};
use crate::source::Sources;

/// The schemas in an unknown dialect.
pub(super) enum Foreign {
    /// All.
    All,
    /// Those at and below these places.
    Below(HashSet<(u32, u32)>),
}

impl Foreign {
    pub(super) fn contains(&self, schema: Typed<'_>) -> bool {
        match self {
            Foreign::All => true,
            Foreign::Below(roots) if roots.is_empty() => false,
            Foreign::Below(roots) => {
                let around = schema.ancestors().take_while(|it| it.kind() == Kind::Schema);
                std::iter::once(schema).chain(around).any(|it| roots.contains(&it.node.identity()))
            }
        }
    }
}

/// Whether this is a dialect that OpenAPI documents are written in.
pub(super) fn is_known(dialect: &str) -> bool {
    let path = dialect.trim_end_matches('#');
    [
        "https://spec.openapis.org/oas/",
        "https://json-schema.org/draft/2020-12/",
        "https://json-schema.org/draft/2019-09/",
    ]
    .iter()
    .any(|it| path.starts_with(it))
}

/// The schemas of a document in an unknown dialect.
pub(super) fn foreign(spec: &Spec, sources: &Sources) -> Foreign {
    let of_document = spec.root(sources).and_then(|it| it.string_at("jsonSchemaDialect"));
    if of_document.is_some_and(|it| !is_known(&it)) {
        return Foreign::All;
    }
    let schemas = spec.objects(sources, Kind::Schema);
    let own = schemas.filter(|it| it.string_at("$schema").is_some_and(|it| !is_known(&it)));
    Foreign::Below(own.map(|it| it.node.identity()).collect())
}
