//! Build files that generate the server's interfaces from a spec: then the code declares no routes.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::route::ContractFirst;
use crate::parse::routes::decoy::is_test;
use crate::pattern::compiled;
use crate::source::Sources;

/// The plugins, as their build files name them.
const PLUGINS: [&str; 6] = [
    "openapi-generator-maven-plugin",
    "org.openapi.generator",
    "swagger-codegen-maven-plugin",
    "org.hidetake.swagger.generator",
    "openapi-processor",
    "jaxrs-spec-generator",
];

/// The generators of a server, by which clients are told from it.
static SERVER: LazyLock<Regex> = LazyLock::new(|| {
    let names = r"spring|kotlin-spring|jaxrs[\w-]*|micronaut-server|java-micronaut-server|java-play-framework|java-vertx-web|aspnetcore|java-helidon-server|kotlin-server|kotlin-vertx|java-undertow-server";
    compiled(&format!(
        r#"(?i)(?:<generatorName>|<language>|generatorName(?:\.set\(|\s*=)?\s*)\s*["']?(?:{names})["'<\s)]"#
    ))
});

/// The spec that the plugin reads.
static SPEC: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"(?:<inputSpec>|inputSpec(?:\.set\(|\s*=)?\s*)\s*["']?([^<"'\n)]+)"#));

/// Whether a file may be a build file that names a plugin.
pub(in crate::parse::routes) fn is_build_file(name: &str) -> bool {
    matches!(name, "pom.xml" | "build.gradle" | "build.gradle.kts")
}

/// Every build file that generates a server from a spec.
pub(in crate::parse::routes) fn find(sources: &Sources) -> Vec<ContractFirst> {
    let files = sources.iter().map(|(_, it)| it).filter(|it| {
        let name = it.path.rsplit('/').next().unwrap_or(&it.path);
        is_build_file(name) && !is_test(&it.path)
    });
    let generating =
        files.filter(|it| PLUGINS.iter().any(|plugin| it.text.contains(plugin)) && SERVER.is_match(&it.text));
    generating
        .map(|it| ContractFirst {
            evidence: it.path.clone(),
            spec: SPEC.captures(&it.text).map(|hit| hit[1].trim().to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn servers_and_clients() {
        let pom = |generator: &str| {
            let text = format!(
                "<artifactId>openapi-generator-maven-plugin</artifactId><configuration><inputSpec>${{project.basedir}}/api.yaml</inputSpec><generatorName>{generator}</generatorName></configuration>"
            );
            let found = find(&Sources::new(vec![Source::new("pom.xml", text.as_str())]));
            found.into_iter().next().and_then(|it| it.spec)
        };
        assert_eq!(pom("spring").as_deref(), Some("${project.basedir}/api.yaml"));
        assert_eq!(pom("jaxrs-spec").as_deref(), Some("${project.basedir}/api.yaml"));
        assert_eq!(pom("java"), None);
        let gradle = "plugins { id(\"org.openapi.generator\") }\nopenApiGenerate {\n  generatorName.set(\"kotlin-spring\")\n  inputSpec = \"$rootDir/api.yaml\"\n}\n";
        let found = find(&Sources::new(vec![Source::new("build.gradle.kts", gradle)]));
        assert_eq!(found[0].spec.as_deref(), Some("$rootDir/api.yaml"));
    }
}
