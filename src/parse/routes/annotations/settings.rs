//! What the configuration files of an application say about its paths.

use std::collections::BTreeMap;

use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::resolve::parent;
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Sources};

/// Placeholders in placeholders.
const MAX_DEPTH: usize = 6;

/// The configuration of every application in a project.
#[derive(Debug, Default)]
pub(super) struct Configuration {
    /// The settings of each module, by its folder.
    modules: BTreeMap<String, BTreeMap<String, String>>,
    /// The module of each source file.
    of_file: BTreeMap<SourceId, String>,
    /// Tokens are written `like-this`.
    pub(super) kebab: bool,
    /// Literal parts of paths are written in lower case.
    pub(super) lower: bool,
}

/// Whether a file holds the settings of an application that is run without a profile.
pub(in crate::parse::routes) fn is_configuration(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, suffix) = name.rsplit_once('.').unwrap_or((name, ""));
    matches!(
        (stem, suffix),
        ("application" | "bootstrap", "yml" | "yaml" | "properties") | ("microprofile-config", "properties")
    )
}

/// The folder of the module that a file belongs to: what stands before `src/main`.
pub(super) fn module_folder(path: &str) -> &str {
    if let Some(at) = path.find("/src/main/") {
        return &path[..at];
    }
    if path.starts_with("src/main/") { "" } else { parent(path) }
}

impl Configuration {
    /// Reads every configuration file.
    pub(super) fn read(sources: &Sources) -> Configuration {
        let mut found = Configuration::default();
        for (id, source) in sources.iter() {
            if is_configuration(&source.path) && !is_test(&source.path) {
                let settings = match source.path.ends_with(".properties") {
                    true => properties(&source.text),
                    false => yaml(&source.text),
                };
                let module = module_folder(&source.path).to_owned();
                found.modules.entry(module).or_default().extend(settings);
            } else if source.path.ends_with(".java") || source.path.ends_with(".kt") {
                found.of_file.insert(id, module_folder(&source.path).to_owned());
            }
        }
        found
    }

    /// The settings that hold for a file: those of its module, else those of the only application.
    fn settings(&self, file: SourceId) -> Option<&BTreeMap<String, String>> {
        let module = self.of_file.get(&file)?;
        if let Some(own) = self.modules.get(module) {
            return Some(own);
        }
        let mut real = self.modules.iter().filter(|(module, _)| !is_example(&format!("{module}/x")));
        let (_, first) = real.next()?;
        real.next().is_none().then_some(first)
    }

    /// Whether a module has a configuration of its own.
    pub(super) fn is_application(&self, module: &str) -> bool {
        self.modules.contains_key(module)
    }

    /// The value of the first key that is set, placeholders replaced.
    pub(super) fn first(&self, keys: &[String], file: SourceId) -> Option<Text> {
        let settings = self.settings(file)?;
        let value = keys.iter().find_map(|it| settings.get(&normal(it)))?;
        Some(self.expand(&Text::known(value), file))
    }

    /// Replaces `${key}` and `${key:default}`; what nothing says becomes a hole.
    pub(super) fn expand(&self, text: &Text, file: SourceId) -> Text {
        match text.as_known() {
            Some(known) if known.contains("${") => self.placeholders(&known, file, 0),
            _ => text.clone(),
        }
    }

    fn placeholders(&self, text: &str, file: SourceId, depth: usize) -> Text {
        let mut out = Text::known("");
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((inner, left)) = closed(after).filter(|_| depth < MAX_DEPTH) else { break };
            out.push(&Text::known(before));
            let (key, default) = inner.split_once(':').map_or((inner, None), |(a, b)| (a, Some(b)));
            let value = self.settings(file).and_then(|it| it.get(&normal(key.trim())));
            match value.map(String::as_str).or(default) {
                Some(value) => out.push(&self.placeholders(value, file, depth + 1)),
                None => out.push(&Text::hole(key.rsplit('.').next().unwrap_or(key))),
            }
            rest = left;
        }
        out.push(&Text::known(rest));
        out
    }

    /// A token as the application writes it.
    pub(super) fn token(&self, value: &str) -> String {
        if !self.kebab {
            return value.to_owned();
        }
        let mut out = String::new();
        let mut lower_before = false;
        for char in value.chars() {
            if char.is_uppercase() && lower_before {
                out.push('-');
            }
            lower_before = char.is_lowercase() || char.is_ascii_digit();
            out.extend(char.to_lowercase());
        }
        out
    }
}

/// What stands before the brace that closes, and what after it.
fn closed(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    for (at, char) in text.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => return Some((&text[..at], &text[at + 1..])),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A key as Spring compares keys: `contextPath`, `context-path` and `CONTEXT_PATH` are one.
fn normal(key: &str) -> String {
    key.chars().filter(|it| !matches!(it, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// `key=value` lines.
fn properties(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().map(str::trim).filter(|it| !it.starts_with(['#', '!']));
    let pairs = lines.filter_map(|it| it.split_once(['=', ':']));
    pairs.map(|(key, value)| (normal(key.trim()), value.trim().to_owned())).collect()
}

/// The scalars of nested mappings, by their dotted keys; of several documents those that hold always.
fn yaml(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for document in text.split("\n---") {
        let mut own = BTreeMap::new();
        let mut stack: Vec<(usize, String)> = Vec::new();
        for line in document.lines() {
            let indent = line.len() - line.trim_start().len();
            let Some((key, value)) = line.trim().split_once(':') else { continue };
            if key.starts_with(['#', '-', '"', '\'']) || key.contains(' ') {
                continue;
            }
            while stack.last().is_some_and(|(it, _)| *it >= indent) {
                stack.pop();
            }
            let above = stack.last().map(|(_, it)| format!("{it}.")).unwrap_or_default();
            let path = format!("{above}{key}");
            let value = value.split(" #").next().unwrap_or_default().trim();
            if !value.is_empty() {
                own.insert(normal(&path), value.trim_matches(['"', '\'']).to_owned());
            }
            stack.push((indent, path));
        }
        let of_profile =
            own.keys().any(|it| it == "spring.profiles" || it == "spring.config.activate.onprofile");
        if !of_profile {
            found.extend(own);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn keys_are_compared_loosely() {
        let yaml = "server:\n  port: 1\n  servlet:\n    context-path: /tide # said\n---\nspring:\n  profiles: x\nserver:\n  servlet:\n    contextPath: /no\n";
        let sources = Sources::new(vec![
            Source::new("src/main/resources/application.yml", yaml),
            Source::new("src/main/java/A.java", ""),
        ]);
        let found = Configuration::read(&sources);
        let file = sources.id("src/main/java/A.java").unwrap();
        let value = found.first(&["server.servlet.contextPath".to_owned()], file);
        assert_eq!(value.and_then(|it| it.as_known()).as_deref(), Some("/tide"));
        let text = found.expand(&Text::known("/a${server.port}/${b.c:d}"), file);
        assert_eq!(text.as_known().as_deref(), Some("/a1/d"));
        assert_eq!(found.expand(&Text::known("${x"), file).as_known().as_deref(), Some("${x"));
    }

    #[test]
    fn tokens_in_kebab_case() {
        let kebab = Configuration { kebab: true, ..Configuration::default() };
        assert_eq!(kebab.token("TideTables"), "tide-tables");
        assert_eq!(Configuration::default().token("TideTables"), "TideTables");
    }
}
