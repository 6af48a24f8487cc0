//! Settings in the configuration file of a framework, whether that is JavaScript, TOML or JSON.

use serde_json::Value;

use super::detect::config_of;
use super::exports;
use super::framework::Framework;
use super::resolve::join;
use super::store::Store;
use super::text::Text;

/// The text of a setting of a package; dots in the key go down into objects and tables.
pub(super) fn text(framework: &Framework, package: &str, key: &str, store: &Store<'_>) -> Option<Text> {
    let path = config_of(framework, package, store.sources)?;
    let id = store.sources.id(path)?;
    match data(path, &store.sources.get(id).text) {
        Some(data) => down(&data, key)?.as_str().map(Text::known),
        None => exports::setting(&store.module(id), key),
    }
}

/// The texts of a setting that is a list.
pub(super) fn texts(framework: &Framework, package: &str, key: &str, store: &Store<'_>) -> Vec<String> {
    let id = config_of(framework, package, store.sources).and_then(|it| store.sources.id(it));
    id.map(|id| exports::setting_texts(&store.module(id), key)).unwrap_or_default()
}

/// The folders that a command is given in the scripts of a package: `netlify-lambda build src/lambda`.
pub(super) fn commanded(package: &str, command: &str, store: &Store<'_>) -> Vec<String> {
    let manifest = store.sources.id(&join(package, "package.json"));
    let manifest =
        manifest.and_then(|id| data("package.json", &store.sources.get(id).text)).unwrap_or_default();
    let scripts = manifest["scripts"].as_object().into_iter().flatten().filter_map(|(_, it)| it.as_str());
    let mut found: Vec<String> = scripts.filter_map(|script| folder_given(script, command)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn folder_given(script: &str, command: &str) -> Option<String> {
    let mut words = script.split_whitespace().skip_while(|it| *it != command).skip(2);
    loop {
        let word = words.next()?;
        if matches!(word, "-c" | "--config" | "-p" | "--port" | "-b" | "--babelrc" | "-t" | "--timeout") {
            // What follows is the value of the option.
            words.next()?;
        } else if !word.starts_with('-') {
            return Some(word.trim_matches(['"', '\'']).to_owned());
        }
    }
}

/// A configuration file that is data, not code.
pub(super) fn data(path: &str, text: &str) -> Option<Value> {
    if path.ends_with(".toml") {
        let table: toml::Table = toml::from_str(text).unwrap_or_default();
        return Some(serde_json::to_value(table).unwrap_or_default());
    }
    path.ends_with(".json").then(|| serde_json::from_str(text).unwrap_or_default())
}

fn down<'v>(data: &'v Value, key: &str) -> Option<&'v Value> {
    key.split('.').try_fold(data, |it, part| it.get(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_in_scripts() {
        for (script, expected) in [
            ("netlify-lambda build src/lambda", Some("src/lambda")),
            ("CI=1 netlify-lambda serve -c webpack.js --static ./functions && x", Some("./functions")),
            ("netlify-lambda", None),
            ("netlify build a", None),
        ] {
            assert_eq!(folder_given(script, "netlify-lambda").as_deref(), expected, "{script}");
        }
    }

    #[test]
    fn data_goes_down() {
        let found = data("netlify.toml", "[build]\nfunctions = \"lambda\"\n").unwrap();
        assert_eq!(down(&found, "build.functions").and_then(Value::as_str), Some("lambda"));
        assert_eq!(down(&found, "build.functions.x"), None);
        assert!(data("a.js", "").is_none());
        assert_eq!(data("broken.toml", "[").and_then(|it| down(&it, "a").cloned()), None);
    }
}
