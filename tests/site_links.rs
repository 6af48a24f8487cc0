//! Every link, image, style and script of a built site leads to a file and an id that are there.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use html5gum::{Token, Tokenizer};

use crate::golden::{docwright, project, tree};

struct Page {
    ids: HashSet<String>,
    links: Vec<String>,
}

fn read(path: &Path) -> Page {
    let html = std::fs::read_to_string(path).expect("a page");
    let mut page = Page { ids: HashSet::new(), links: Vec::new() };
    for Ok(token) in Tokenizer::new(html.as_str()) {
        let Token::StartTag(tag) = token else { continue };
        let value = |name: &[u8]| {
            tag.attributes
                .iter()
                .find(|(key, _)| key.as_slice() == name)
                .map(|(_, value)| String::from_utf8_lossy(&value.value).into_owned())
        };
        if let Some(id) = value(b"id") {
            assert!(page.ids.insert(id.clone()), "{}: the id `{id}` stands twice", path.display());
        }
        // What the check has reported is shown as dead.
        if value(b"class").is_some_and(|it| it.split(' ').any(|it| it == "dead")) {
            continue;
        }
        page.links.extend(value(b"href").into_iter().chain(value(b"src")));
    }
    page
}

/// Checks a site. A link may lead above it, to what stands beside it on its server, only where that is `allowed`.
pub(crate) fn check(site: &Path, allowed: bool) {
    let files = tree(site);
    let pages: HashMap<PathBuf, Page> = files
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "html"))
        .map(|it| (it.clone(), read(&site.join(it))))
        .collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for link in &page.links {
            if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
                continue;
            }
            assert!(!link.starts_with('/'), "{}: `{link}` would leave a sub-path", path.display());
            let (target, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy().into_owned();
            let mut parts: Vec<String> = path
                .parent()
                .into_iter()
                .flat_map(|it| it.iter())
                .map(|it| it.to_string_lossy().into_owned())
                .collect();
            let mut is_above = false;
            for part in target.split('/').filter(|it| !it.is_empty() && *it != ".") {
                if part == ".." {
                    is_above |= parts.pop().is_none();
                } else {
                    parts.push(part.to_owned());
                }
            }
            let file = if target.is_empty() { path.clone() } else { parts.iter().collect() };
            let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy().into_owned();
            let there = files.contains(&file)
                && (fragment.is_empty() || pages.get(&file).is_none_or(|it| it.ids.contains(&fragment)));
            let leaves = is_above && allowed;
            if !there && !leaves {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    broken.sort();
    assert!(broken.is_empty(), "{} broken:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_link_of_the_fixture_and_of_our_own_site_leads_somewhere() {
    let out = tempfile::tempdir().expect("a temporary folder");
    for (name, root) in [("fixture", project()), ("own", PathBuf::from(env!("CARGO_MANIFEST_DIR")))] {
        let site = out.path().join(name);
        let done = docwright(&["build", "--root", &root.to_string_lossy(), "-d", &site.to_string_lossy()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        check(&site, false);
    }
}

/// `DOCWRIGHT_SITE=DIR` checks any built site.
#[test]
fn every_link_of_a_given_site_leads_somewhere() {
    if let Some(site) = std::env::var_os("DOCWRIGHT_SITE") {
        check(Path::new(&site), true);
    }
}
