//! What the configuration files of an application say about its paths.

use std::collections::{BTreeMap, BTreeSet};

use super::profiles::{
    LAST, Settings, active, is_of_dropwizard, is_properties, normal, profile, properties, yaml,
};
use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::resolve::parent;
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Sources};

/// Placeholders in placeholders.
const MAX_DEPTH: usize = 6;

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
    /// The modules that are started by themselves.
    applications: BTreeSet<String>,
    /// The module of each source file.
    of_file: BTreeMap<SourceId, String>,
    /// Tokens are written `like-this`.
    pub(super) kebab: bool,
    /// Literal parts of paths are written in lower case.
    pub(super) lower: bool,
}

/// Whether a file holds the settings of an application.
pub(in crate::parse::routes) fn is_configuration(path: &str) -> bool {
    profile(path).is_some()
        || is_properties(path)
        || super::servlets::is_descriptor(path)
        || super::cxf::is_context(path)
        || super::routing::is_routing(path)
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
            let module = module_folder(&source.path).to_owned();
            if profile != LAST {
                found.applications.insert(module.clone());
            }
            said.entry(module).or_default().extend(all);
        }
        // What lies beside no code is for a deployment; it counts where there is nothing else.
        let with_code: BTreeSet<&String> = found.of_file.values().collect();
        if found.applications.iter().any(|it| with_code.contains(it)) {
            found.applications.retain(|it| with_code.contains(it));
        }
        found.modules = said.into_iter().map(|(module, all)| (module, active(all))).collect();
        // A module with nothing but profiles is run with one that is not said.
        let empty = |it: &String| found.modules.get(it).is_none_or(Settings::is_empty);
        found.applications.retain(|it| !empty(it));
        found
    }

    /// The settings that hold for a file: those of its module, else those on which the applications agree.
    fn setting(&self, key: &str, file: SourceId) -> Option<Setting<'_>> {
        let module = self.of_file.get(&file)?;
        let own = self.modules.get(module).and_then(|it| it.get(key));
        if own.is_some() || self.applications.contains(module) {
            return own.map(|it| Setting::Is(it));
        }
        let real = self.applications.iter().filter(|module| !is_example(&format!("{module}/x")));
        let mut values = real.map(|module| self.modules.get(module)?.get(key));
        let first = values.next()?;
        match values.all(|it| it == first) {
            true => first.map(|it| Setting::Is(it)),
            false => Some(Setting::Differs),
        }
    }

    /// Whether a module has a configuration of its own.
    pub(super) fn is_application(&self, module: &str) -> bool {
        self.applications.contains(module)
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
            Source::new("lib/src/main/resources/data.properties", "x=1"),
            Source::new("deploy/application.yml", "server:\n  servlet:\n    context-path: /elsewhere\n"),
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
