//! Versions of a site beside each other: their names, their order, `versions.json`, and the page at the root.

use std::cmp::Ordering;

use serde_json::json;

use super::manifest::Manifest;
use crate::render::headers::POLICY;

/// The list of versions at the target's root, for scripts.
pub(super) const LIST: &str = "versions.json";

/// The same for people.
pub(super) const LIST_PAGE: &str = "versions.html";

/// Refuses names of versions and aliases that cannot be folders beside a site.
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<String, String> {
    let sound = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_' | '+');
    let starts = name.starts_with(|it: char| it.is_ascii_alphanumeric());
    if !starts || !name.chars().all(sound) || name.len() > 64 || name.ends_with('.') {
        return Err("a version has up to 64 letters, digits, `.`, `-`, `_` and `+`, such as 2.1".to_owned());
    }
    if matches!(name, "assets" | "search" | "api" | "index.html") || name == LIST || name == LIST_PAGE {
        return Err(format!("`{name}` is the name of a part of the site"));
    }
    Ok(name.to_owned())
}

/// The versions, the newest first: names by their numbers, and words such as `dev` before all numbers.
fn newest_first(manifest: &Manifest) -> Vec<&str> {
    let mut names: Vec<&str> = manifest.versions.keys().map(String::as_str).collect();
    names.sort_by(|a, b| compare(b, a));
    names
}

/// Numbers as numbers, so that 2.10 comes after 2.9, and a pre-release before its release.
fn compare(a: &str, b: &str) -> Ordering {
    let key = |name: &str| {
        let name = name
            .strip_prefix('v')
            .filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))
            .unwrap_or(name)
            .to_owned();
        let (base, suffix) = match name.split_once('-') {
            Some((base, suffix)) => (base.to_owned(), Some(suffix.to_owned())),
            None => (name, None),
        };
        let parts: Vec<(bool, u64, String)> = base
            .split(['.', '_', '+'])
            .map(|it| match it.parse() {
                Ok(number) => (false, number, String::new()),
                Err(_) => (true, 0, it.to_owned()),
            })
            .collect();
        (parts, suffix.is_none(), suffix)
    };
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// `versions.json`, in the form that mike writes and themes read.
pub(super) fn list(manifest: &Manifest) -> Vec<u8> {
    let all: Vec<_> = newest_first(manifest)
        .into_iter()
        .map(|it| json!({ "version": it, "title": it, "aliases": manifest.versions.get(it) }))
        .collect();
    format!("{:#}\n", json!(all)).into_bytes()
}

/// The folder that readers who name no version get: `latest` or `stable` if there is one, else the newest version.
pub(super) fn default_folder(manifest: &Manifest) -> Option<&str> {
    let aliases = || manifest.versions.values().flatten().map(String::as_str);
    let named = ["latest", "stable"].into_iter().find_map(|name| aliases().find(|it| *it == name));
    named.or_else(|| newest_first(manifest).first().copied())
}

/// The page at the root: it leads on to the default version, and lists all of them.
pub(super) fn page(manifest: &Manifest, style: Option<&str>) -> Vec<u8> {
    let folder = default_folder(manifest).unwrap_or_default();
    let leads = format!(
        "<meta http-equiv=\"refresh\" content=\"0; url={folder}/index.html\">\n\
         <link rel=\"canonical\" href=\"{folder}/index.html\">\n"
    );
    html(manifest, style, &leads)
}

/// The page that lists all versions, and leads on to none.
pub(super) fn list_page(manifest: &Manifest, style: Option<&str>) -> Vec<u8> {
    html(manifest, style, "<meta name=\"robots\" content=\"noindex\">\n")
}

/// `style` is the path of a style sheet.
fn html(manifest: &Manifest, style: Option<&str>, head: &str) -> Vec<u8> {
    let rows: String = newest_first(manifest)
        .into_iter()
        .map(|it| {
            let aliases: String =
                manifest.versions.get(it).into_iter().flatten().map(|alias| format!(" ({alias})")).collect();
            format!("<li><a href=\"{it}/index.html\">{it}</a>{aliases}</li>\n")
        })
        .collect();
    let style = style.map_or_else(String::new, |it| format!("<link rel=\"stylesheet\" href=\"{it}\">\n"));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}{style}<title>Versions</title>\n</head>\n\
         <body class=\"redirect\">\n<main>\n<h1>Versions</h1>\n<ul>\n{rows}</ul>\n</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(versions: &[(&str, &[&str])]) -> Manifest {
        let mut manifest = Manifest::default();
        for (version, aliases) in versions {
            let aliases = aliases.iter().map(|it| (*it).to_owned()).collect();
            manifest.versions.insert((*version).to_owned(), aliases);
        }
        manifest
    }

    #[test]
    fn versions_are_ordered_as_people_count() {
        let all = manifest(&[
            ("2.9", &[]),
            ("2.10", &[]),
            ("v3.0", &[]),
            ("3.0-rc1", &[]),
            ("dev", &[]),
            ("2.10.1", &[]),
        ]);
        assert_eq!(newest_first(&all), ["dev", "v3.0", "3.0-rc1", "2.10.1", "2.10", "2.9"]);
    }

    #[test]
    fn readers_get_the_latest_version() {
        assert_eq!(default_folder(&manifest(&[("1.0", &[]), ("2.0", &[])])), Some("2.0"));
        assert_eq!(default_folder(&manifest(&[("1.0", &["latest"]), ("2.0", &["next"])])), Some("latest"));
        assert_eq!(default_folder(&Manifest::default()), None);
        let page = String::from_utf8(page(&manifest(&[("2.1", &["latest"])]), None)).expect("text");
        assert!(page.contains("content=\"0; url=latest/index.html\""), "{page}");
        assert!(page.contains("<li><a href=\"2.1/index.html\">2.1</a> (latest)</li>"), "{page}");
    }

    #[test]
    fn a_name_is_a_folder_and_nothing_more() {
        for sound in ["2.1", "latest", "v1.0.0-rc.1", "2024_04"] {
            assert!(check_name(sound).is_ok(), "{sound}");
        }
        for wrong in
            ["", ".", "..", "a/b", ".git", "-x", "a b", "\"><script>", "assets", "versions.json", "2."]
        {
            assert!(check_name(wrong).is_err(), "{wrong}");
        }
    }
}
