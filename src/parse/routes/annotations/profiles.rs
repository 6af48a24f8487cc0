//! Files of settings, each with the profile with which it holds.

use std::collections::{BTreeMap, BTreeSet};

/// Values by their keys, as [`normal`] writes them.
pub(super) type Settings = BTreeMap<String, String>;

/// Values in values.
const MAX_DEPTH: usize = 16;

/// Stands for the profile of what holds where nothing else says anything.
pub(super) const LAST: &str = "*";

/// The profile with which a file of settings holds; empty where it always does.
pub(super) fn profile(path: &str) -> Option<&str> {
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

/// Whether a file may hold what placeholders stand for, as the code or a Spring context says: any properties
/// among the resources that are no texts for people.
pub(super) fn is_properties(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let texts = ["message", "i18n", "lang", "log", "_"];
    name.ends_with(".properties")
        && path.contains("src/main/resources/")
        && !texts.iter().any(|it| name.to_lowercase().contains(it))
}

/// A key as Spring compares keys: `contextPath`, `context-path` and `CONTEXT_PATH` are one.
pub(super) fn normal(key: &str) -> String {
    key.chars().filter(|it| !matches!(it, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// What holds when an application is started as it says itself: with the profiles that it names.
pub(super) fn active(all: Vec<(String, Settings)>) -> Settings {
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
        at_random |= value.is_empty() || value.starts_with(['@', '#']);
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
pub(super) fn is_of_dropwizard(path: &str, text: &str) -> bool {
    let has = |key: &str| text.contains(key);
    (path.ends_with(".yml") || path.ends_with(".yaml"))
        && (has("\n  rootPath:") || has("\n  applicationContextPath:"))
        && (has("\nserver:") || text.starts_with("server:"))
}

/// `key=value` lines.
pub(super) fn properties(text: &str) -> Settings {
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
pub(super) fn yaml(text: &str) -> Vec<(String, Settings)> {
    let mut found = Vec::new();
    for document in text.split("\n---") {
        let mut own = Settings::new();
        let mut stack: Vec<(usize, String)> = Vec::new();
        for line in document.lines() {
            let indent = line.len() - line.trim_start().len();
            // The items of a list of texts, as one text.
            if let (Some(item), Some((_, path))) = (line.trim().strip_prefix("- "), stack.last())
                && !item.contains(':')
            {
                let all = own.entry(normal(path)).or_default();
                let comma = if all.is_empty() { "" } else { "," };
                all.push_str(&format!("{comma}{}", item.trim().trim_matches(['"', '\''])));
                continue;
            }
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
                in_line(value, &path, &mut own, 0);
            }
            stack.push((indent, path));
        }
        let profile = own.get("spring.config.activate.onprofile").or_else(|| own.get("spring.profiles"));
        found.push((profile.cloned().unwrap_or_default(), own));
    }
    found
}

/// The value of a key, which may hold others: `servlet: {context-path: /tide}`, `include: [tide, moon]`.
fn in_line(value: &str, path: &str, own: &mut Settings, depth: usize) {
    let within = |open, close| Some(parts(value.strip_prefix(open)?.strip_suffix(close)?));
    let plain = |it: &str| it.trim().trim_matches(['"', '\'']).to_owned();
    if let Some(all) = within('{', '}').filter(|_| depth < MAX_DEPTH && !value.starts_with("{{")) {
        for (key, value) in all.into_iter().filter_map(|it| it.split_once(':')) {
            in_line(value.trim(), &format!("{path}.{}", plain(key)), own, depth + 1);
        }
        return;
    }
    let list = within('[', ']').map(|all| all.into_iter().map(plain).collect::<Vec<_>>().join(","));
    own.insert(normal(path), list.unwrap_or_else(|| plain(value)));
}

/// What commas separate, but for those in brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let separates = |char: char| {
        depth += i32::from(matches!(char, '{' | '[')) - i32::from(matches!(char, '}' | ']'));
        char == ',' && depth == 0
    };
    text.split(separates).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn included_profiles_may_be_a_list() {
        let base = "spring:\n  profiles:\n    include:\n      - tide\n      - \"moon\"\n";
        let mut all = yaml(base);
        all.push(("moon".to_owned(), properties("server.servlet.context-path = /night")));
        let found = active(all);
        assert_eq!(found.get("spring.profiles.include").map(String::as_str), Some("tide,moon"));
        assert_eq!(found.get("server.servlet.contextpath").map(String::as_str), Some("/night"));
    }

    #[test]
    fn values_may_stand_in_one_line() {
        let text = "server: {port: 1, servlet: {context-path: \"/tide\"}}\nspring.profiles: {include: [a, 'b']}\nkey: {{ x }}\n";
        let (_, found) = yaml(text).remove(0);
        let found: Vec<(&str, &str)> = found.iter().map(|(key, value)| (&**key, &**value)).collect();
        let expected = [
            ("key", "{{ x }}"),
            ("server.port", "1"),
            ("server.servlet.contextpath", "/tide"),
            ("spring.profiles.include", "a,b"),
        ];
        assert_eq!(found, expected);
    }
}
