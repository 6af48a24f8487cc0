//! Compose file → services and the variables it speaks of.

use crate::model::repository::ComposeFile;
use crate::model::tree::View;
use crate::parse::yaml;

/// Whether a file is a compose file by its name: `compose.yaml`, `docker-compose.prod.yml`.
pub(super) fn is_compose(name: &str) -> bool {
    let yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    let rest = name.strip_prefix("docker-").unwrap_or(name);
    yaml && (rest.starts_with("compose.") || rest.starts_with("compose-") || name.ends_with("compose.yml"))
}

/// Reads a compose file.
pub(super) fn read(path: &str, text: &str) -> ComposeFile {
    let (tree, problems) = yaml::parse(text, 0..text.len());
    let mut found = ComposeFile {
        path: path.to_owned(),
        services: Vec::new(),
        variables: interpolated(text),
        open: !problems.is_empty(),
    };
    if let Some(root) = tree.root(text) {
        found.open |= root.get("include").is_some();
        let services = root.get("services");
        // Version 1 of the format has the services at the top.
        let services = services.or_else(|| root.get("version").is_none().then_some(root));
        for (name, service) in services.into_iter().flat_map(|it| it.members()) {
            found.services.extend(name.as_str().map(|it| it.into_owned()));
            found.variables.extend(service.get("environment").into_iter().flat_map(environment));
        }
    }
    for list in [&mut found.services, &mut found.variables] {
        list.sort_unstable();
        list.dedup();
    }
    found
}

/// The names in `environment`, a mapping or a list of `NAME=value`.
fn environment(value: View<'_>) -> Vec<String> {
    let names = value.entries().filter_map(|(key, _)| key.as_str());
    let items = value.items().filter_map(|it| it.as_str());
    names.chain(items).map(|it| it.split('=').next().unwrap_or_default().to_owned()).collect()
}

/// The names in `${NAME}`, `${NAME:-default}` and `$NAME`.
fn interpolated(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices('$') {
        let rest = text[at + 1..].trim_start_matches('{');
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if end > 0 {
            names.push(rest[..end].to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["compose.yaml", "docker-compose.yml", "docker-compose.prod.yml", "compose-dev.yaml"] {
            assert!(is_compose(name), "{name}");
        }
        for name in ["composer.json", "compose.md", "recompose.yaml"] {
            assert!(!is_compose(name), "{name}");
        }
    }

    #[test]
    fn services_and_variables() {
        let found = read(
            "compose.yaml",
            "services:\n  api:\n    image: x:${TAG:-1}\n    environment:\n      - DB_URL=x\n  db:\n    environment: {PG_PASSWORD: $PGPASS}\n",
        );
        assert_eq!(found.services, ["api", "db"]);
        assert_eq!(found.variables, ["DB_URL", "PGPASS", "PG_PASSWORD", "TAG"]);
        assert!(!found.open);
        assert!(read("compose.yaml", "include: [x.yaml]\nservices: {}\n").open);
    }
}
