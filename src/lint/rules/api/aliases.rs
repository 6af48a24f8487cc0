//! What other linters call the rules about OpenAPI documents: Spectral's `oas` ruleset and Redocly CLI.

/// A rule and its names elsewhere.
const NAMES: &[(&str, &[&str])] = &[
    ("api/ambiguous-paths", &["no-ambiguous-paths"]),
    ("api/array-items", &["array-items"]),
    ("api/component-name", &["spec-components-invalid-map-name"]),
    ("api/discriminator", &["oas2-discriminator", "spec-discriminator-defaultMapping"]),
    ("api/duplicate-enum", &["duplicated-entry-in-enum", "no-duplicated-enum-values"]),
    ("api/duplicate-parameter", &["operation-parameters", "operation-parameters-unique"]),
    ("api/duplicate-tag", &["openapi-tags-uniqueness", "no-duplicated-tag-names"]),
    ("api/encoding", &["spec-no-invalid-encoding-combinations"]),
    ("api/enum-type", &["typed-enum", "no-enum-type-mismatch"]),
    (
        "api/example-value",
        &[
            "oas3-examples-value-or-externalValue",
            "no-example-value-and-externalValue",
            "spec-example-values",
        ],
    ),
    ("api/form-consumes", &["oas2-operation-formData-consume-check"]),
    ("api/identical-paths", &["no-identical-paths"]),
    (
        "api/invalid-example",
        &[
            "oas2-valid-media-example",
            "oas3-valid-media-example",
            "oas2-valid-schema-example",
            "oas3-valid-schema-example",
            "no-invalid-media-type-examples",
            "no-invalid-schema-examples",
            "no-invalid-parameter-examples",
        ],
    ),
    ("api/keyword-type", &["no-schema-type-mismatch"]),
    (
        "api/misplaced-callback",
        &["oas3-callbacks-in-callbacks", "oas3_1-callbacks-in-webhook", "oas3_1-servers-in-webhook"],
    ),
    ("api/missing-contact", &["info-contact"]),
    ("api/missing-description", &["operation-description", "tag-description"]),
    ("api/missing-error-response", &["operation-4xx-response"]),
    ("api/missing-license", &["info-license"]),
    ("api/missing-server", &["oas3-api-servers", "oas2-api-host", "oas2-api-schemes", "no-empty-servers"]),
    ("api/missing-success-response", &["operation-success-response", "operation-2xx-response"]),
    ("api/missing-summary", &["operation-summary"]),
    ("api/missing-tags", &["operation-tags"]),
    ("api/mixed-range", &["no-mixed-number-range-constraints"]),
    ("api/nullable", &["nullable-type-sibling"]),
    (
        "api/operation-id-characters",
        &["operation-operationId-valid-in-url", "operation-operationId-url-safe"],
    ),
    ("api/operation-id-duplicate", &["operation-operationId-unique"]),
    ("api/operation-id-missing", &["operation-operationId"]),
    ("api/path-parameter", &["path-params", "path-parameters-defined", "path-params-defined"]),
    ("api/path-query", &["path-not-include-query"]),
    ("api/path-template", &["path-declarations-must-exist", "path-declaration-must-exist"]),
    (
        "api/placeholder-server",
        &["oas2-host-not-example", "oas3-server-not-example.com", "no-server-example.com"],
    ),
    ("api/querystring", &["spec-querystring-parameters"]),
    ("api/ref-not-allowed", &["spec-strict-refs"]),
    ("api/ref-siblings", &["no-$ref-siblings", "spec-ref-siblings"]),
    ("api/required-property", &["no-required-schema-properties-undefined"]),
    (
        "api/server-trailing-slash",
        &["oas2-host-trailing-slash", "oas3-server-trailing-slash", "no-server-trailing-slash"],
    ),
    (
        "api/server-variable",
        &["oas3-server-variables", "no-undefined-server-variable", "no-server-variables-empty-enum"],
    ),
    ("api/structure", &["oas2-schema", "oas3-schema", "struct", "spec"]),
    ("api/tag-parent", &["spec-no-invalid-tag-parents"]),
    ("api/trailing-slash", &["path-keys-no-trailing-slash", "no-path-trailing-slash"]),
    ("api/undeclared-tag", &["operation-tag-defined"]),
    ("api/undefined-scope", &["security-scopes-defined"]),
    (
        "api/undefined-security-scheme",
        &["oas2-operation-security-defined", "oas3-operation-security-defined", "security-defined"],
    ),
    ("api/unresolved-ref", &["invalid-ref", "no-unresolved-refs"]),
    ("api/unsafe-markdown", &["no-eval-in-markdown", "no-script-tags-in-markdown", "no-unsafe-markdown"]),
    ("api/unused-component", &["oas2-unused-definition", "oas3-unused-component", "no-unused-components"]),
    ("api/xml-node-type", &["oas3_2-no-deprecated-xml-attribute"]),
];

/// The rule that another linter calls by this name.
pub(crate) fn rule(alias: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, names)| names.contains(&alias)).map(|(id, _)| *id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::finding::Severity;
    use crate::lint::rules::find;
    use crate::lint::tests::project;
    use crate::lint::{Selection, run};

    #[test]
    fn every_rule_is_there_and_no_name_stands_twice() {
        let mut seen = HashSet::new();
        for (id, names) in NAMES {
            assert!(find(id).is_some(), "{id}");
            assert!(names.iter().all(|it| seen.insert(it)), "{id}");
        }
    }

    #[test]
    fn levels_of_other_linters_count_unless_the_configuration_has_its_own() {
        let levels = |config: &str| {
            let files = [
                ("book.toml", config),
                (
                    "a.yaml",
                    "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: /v1}]\nsecurity: []\npaths:\n  /a/:\n    get: {summary: a, responses: {200: {description: a}}}\n",
                ),
                (
                    ".spectral.yaml",
                    "rules: {operation-operationId: error, path-keys-no-trailing-slash: off, info-contact: info}\n",
                ),
            ];
            let (project, config) =
                project(files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec());
            let findings = run(&project, &config, &Selection::default()).findings;
            findings.into_iter().map(|it| (it.rule, it.severity)).collect::<Vec<_>>()
        };
        assert_eq!(
            levels(""),
            [("api/missing-contact", Severity::Info), ("api/operation-id-missing", Severity::Error)]
        );
        assert_eq!(
            levels(
                "[lint.rules]\n\"api/operation-id-missing\" = \"off\"\n\"api/trailing-slash\" = \"warning\"\n\"api/missing-contact\" = \"off\"\n"
            ),
            [("api/trailing-slash", Severity::Warning)]
        );
    }
}
