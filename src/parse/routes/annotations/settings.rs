//! What the configuration files of an application say about its paths.

use std::collections::{BTreeMap, BTreeSet};

use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::resolve::parent;
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Sources};

/// Placeholders in placeholders.
const MAX_DEPTH: usize = 6;

/// Stands for the profile of what holds where nothing else says anything.
const LAST: &str = "*";

/// Values by their keys, as [`normal`] writes them.
type Settings = BTreeMap<String, String>;

/// What the applications that a file may belong to say about a key.
enum Setting<'c> {
    Is(&'c str),
    /// Each says something else.
    Differs,
}

/// The configuration of every application in a project.
#[derive(Debug, Default)]
pub(super) struct Configuration {
    /// The settings of each module, by its folder.
    modules: BTreeMap<String, Settings>,
    /// The module of each source file.
    of_file: BTreeMap<SourceId, String>,
    /// Tokens are written `like-this`.
    pub(super) kebab: bool,
    /// Literal parts of paths are written in lower case.
    pub(super) lower: bool,
}

/// Whether a file holds the settings of an application.
pub(in crate::parse::routes) fn is_configuration(path: &str) -> bool {
    profile(path).is_some() || is_properties(path) || super::servlets::is_descriptor(path)
}

/// Whether a file may hold what placeholders stand for, as the code or a Spring context says: any properties
/// among the resources that are no texts for people.
fn is_properties(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let texts = ["message", "i18n", "lang", "log", "_"];
    name.ends_with(".properties")
        && path.contains("src/main/resources/")
        && !texts.iter().any(|it| name.to_lowercase().contains(it))
}

/// The profile with which a file of settings holds; empty where it always does.
fn profile(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, suffix) = name.rsplit_once('.')?;
    if !matches!(suffix, "yml" | "yaml" | "properties") {
        return None;
    }
    if stem == "microprofile-config" {
        return Some("");
    }
    let rest = stem.strip_prefix("application").or_else(|| stem.strip_prefix("bootstrap"))?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('-') }
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
        let mut said: BTreeMap<String, Vec<(String, Settings)>> = BTreeMap::new();
        for (id, source) in sources.iter() {
            if source.path.ends_with(".java") || source.path.ends_with(".kt") {
                found.of_file.insert(id, module_folder(&source.path).to_owned());
            }
            let profile = match profile(&source.path) {
                Some(profile) => profile,
                // Dropwizard's file has any name.
                None if is_of_dropwizard(&source.path, &source.text) => "",
                None if is_properties(&source.path) => LAST,
                None => continue,
            };
            if is_test(&source.path) {
                continue;
            }
            let all = match source.path.ends_with(".properties") {
                true => vec![(String::new(), properties(&source.text))],
                false => yaml(&source.text),
            };
            let all = all.into_iter().map(|(inner, settings)| {
                let profile = if inner.is_empty() { profile.to_owned() } else { inner };
                (profile, settings)
            });
            said.entry(module_folder(&source.path).to_owned()).or_default().extend(all);
        }
        found.modules = said.into_iter().map(|(module, all)| (module, active(all))).collect();
        // A module with nothing but profiles is run with one that is not said.
        found.modules.retain(|_, settings| !settings.is_empty());
        found
    }

    /// The settings that hold for a file: those of its module, else those on which the applications agree.
    fn setting(&self, key: &str, file: SourceId) -> Option<Setting<'_>> {
        let module = self.of_file.get(&file)?;
        if let Some(own) = self.modules.get(module) {
            return own.get(key).map(|it| Setting::Is(it));
        }
        let real = self.modules.iter().filter(|(module, _)| !is_example(&format!("{module}/x")));
        let mut values = real.map(|(_, it)| it.get(key));
        let first = values.next()?;
        match values.all(|it| it == first) {
            true => first.map(|it| Setting::Is(it)),
            false => Some(Setting::Differs),
        }
    }

    /// Whether a module has a configuration of its own.
    pub(super) fn is_application(&self, module: &str) -> bool {
        self.modules.contains_key(module)
    }

    /// The value of the first key that is set, placeholders replaced.
    pub(super) fn first(&self, keys: &[String], file: SourceId) -> Option<Text> {
        match keys.iter().find_map(|it| self.setting(&normal(it), file))? {
            Setting::Is(value) => Some(self.expand(&Text::known(value), file)),
            Setting::Differs => Some(Text::hole("prefix")),
        }
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
            let value = match self.setting(&normal(key.trim()), file) {
                Some(Setting::Is(value)) => Some(value),
                _ => None,
            };
            match value.or(default) {
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

/// What holds when an application is started as it says itself: with the profiles that it names.
fn active(all: Vec<(String, Settings)>) -> Settings {
    let (last, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|(it, _)| it == LAST);
    let mut found: Settings = last.into_iter().flat_map(|(_, it)| it).collect();
    let (always, profiles): (Vec<_>, Vec<_>) = all.into_iter().partition(|(it, _)| it.is_empty());
    found.extend(always.into_iter().flat_map(|(_, it)| it));
    let names = ["spring.profiles.active", "spring.profiles.default", "spring.profiles.include"];
    let mut wanted: Vec<String> = Vec::new();
    let mut at_random = false;
    for name in names {
        let Some(value) = found.get(name) else { continue };
        // `${PROFILE:dev}`; a build tool replaces `@profile@`.
        let value = match value.strip_prefix("${").and_then(|it| it.strip_suffix('}')) {
            Some(inner) => inner.split_once(':').map_or("", |(_, default)| default),
            None => value,
        };
        at_random |= value.is_empty() || value.starts_with('@');
        wanted.extend(value.split(',').map(|it| it.trim().to_owned()));
    }
    for name in &wanted {
        found.extend(profiles.iter().filter(|(it, _)| it == name).flat_map(|(_, it)| it.clone()));
    }
    if at_random {
        // Whichever it is: what all profiles with a word on it agree on.
        let keys: BTreeSet<&String> = profiles.iter().flat_map(|(_, it)| it.keys()).collect();
        for key in keys {
            let mut values = profiles.iter().filter_map(|(_, it)| it.get(key));
            if let Some(first) = values.next()
                && values.all(|it| it == first)
                && !found.contains_key(key)
            {
                found.insert(key.clone(), first.clone());
            }
        }
    }
    found
}

/// Whether a file at the top of a module, or among its resources, is Dropwizard's.
fn is_of_dropwizard(path: &str, text: &str) -> bool {
    let has = |key: &str| text.contains(key);
    (path.ends_with(".yml") || path.ends_with(".yaml"))
        && (has("\n  rootPath:") || has("\n  applicationContextPath:"))
        && (has("\nserver:") || text.starts_with("server:"))
}

/// `key=value` lines.
fn properties(text: &str) -> Settings {
    let lines = text.lines().map(str::trim).filter(|it| !it.starts_with(['#', '!']));
    let pairs = lines.filter_map(|it| it.split_once(['=', ':']));
    // Quarkus writes the profile before the key.
    let pairs = pairs.filter_map(|(key, value)| match key.strip_prefix('%') {
        Some(rest) => Some((rest.strip_prefix("prod.")?, value)),
        None => Some((key, value)),
    });
    pairs.map(|(key, value)| (normal(key.trim()), value.trim().to_owned())).collect()
}

/// The scalars of nested mappings, by their dotted keys; of each document with the profile with which it holds.
fn yaml(text: &str) -> Vec<(String, Settings)> {
    let mut found = Vec::new();
    for document in text.split("\n---") {
        let mut own = Settings::new();
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
        let profile = own.get("spring.config.activate.onprofile").or_else(|| own.get("spring.profiles"));
        found.push((profile.cloned().unwrap_or_default(), own));
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
    fn the_active_profile_has_the_last_word() {
        let sources = Sources::new(vec![
            Source::new(
                "src/main/resources/application.yml",
                "spring:\n  profiles:\n    active: ${P:calm}\n",
            ),
            Source::new(
                "src/main/resources/application-calm.properties",
                "server.servlet.context-path=/calm",
            ),
            Source::new(
                "src/main/resources/application-gale.properties",
                "server.servlet.context-path=/gale",
            ),
            Source::new(
                "web/src/main/resources/application.yml",
                "spring:\n  profiles:\n    active: '@p@'\n",
            ),
            Source::new(
                "web/src/main/resources/application-a.yml",
                "server:\n  servlet:\n    context-path: /web\n",
            ),
            Source::new("src/main/java/A.java", ""),
            Source::new("web/src/main/java/A.java", ""),
            Source::new("lib/src/main/java/A.java", ""),
        ]);
        let found = Configuration::read(&sources);
        let value = |path: &str| {
            let key = ["server.servlet.context-path".to_owned()];
            found.first(&key, sources.id(path).unwrap()).map(|it| it.as_known())
        };
        assert_eq!(value("src/main/java/A.java"), Some(Some("/calm".to_owned())));
        assert_eq!(value("web/src/main/java/A.java"), Some(Some("/web".to_owned())));
        assert_eq!(value("lib/src/main/java/A.java"), Some(None), "the applications differ");
    }

    #[test]
    fn tokens_in_kebab_case() {
        let kebab = Configuration { kebab: true, ..Configuration::default() };
        assert_eq!(kebab.token("TideTables"), "tide-tables");
        assert_eq!(Configuration::default().token("TideTables"), "TideTables");
    }
}
