//! The generator that the documents were written for, told by its files.

use crate::model::resolve::join;
use crate::model::{Dialect, Files};
use crate::parse::yaml;
use crate::source::Sources;

/// Where MkDocs is told to look for pages.
pub(super) fn mkdocs_docs_dir(sources: &Sources) -> Option<String> {
    let id = sources.id("mkdocs.yml").or_else(|| sources.id("mkdocs.yaml"))?;
    let text = &sources.get(id).text;
    let (tree, _) = yaml::parse(text, 0..text.len());
    let docs = tree.root(text)?.get("docs_dir").and_then(|it| it.as_str());
    join("", docs.as_deref().unwrap_or("docs"))
}

/// Where a repository keeps a Hugo site.
const HUGO_SITES: [&str; 5] = ["", "docs", "website", "site", "hugo"];

/// The folder of a Hugo site.
pub(super) fn hugo_site(files: &Files) -> Option<&'static str> {
    HUGO_SITES.into_iter().find(|it| is_hugo_site(it, files))
}

/// Whether a folder holds the content of a Hugo site (or of Zola, which is laid out alike).
fn is_hugo_site(folder: &str, files: &Files) -> bool {
    let has = |name: &str| join(folder, name).is_some_and(|it| files.get(&it).is_some());
    let configured = [
        "content/_index.md",
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config/_default",
        "config.toml",
        "config.yaml",
    ];
    let is_configured = configured.iter().any(|it| has(it)) || has("config.json") && has("layouts");
    has("content") && is_configured
}

/// Whether MkDocs is told to take labels from elsewhere. Read by the line: the file may hold tags of Python.
pub(super) fn mkdocs_defines_labels(sources: &Sources) -> bool {
    let id = sources.id("mkdocs.yml").or_else(|| sources.id("mkdocs.yaml"));
    let text = id.map_or("", |id| sources.get(id).text.as_ref());
    let lines = text.lines().map(|it| it.trim_start_matches([' ', '-']));
    lines.filter(|it| !it.starts_with('#')).any(|line| {
        ["autorefs", "mkdocstrings", "auto_append", "ezlinks", "roamlinks"]
            .iter()
            .any(|it| line.starts_with(it))
    })
}

/// What tells a generator, in the order in which it is believed: files and folders of the site's own folder.
const GENERATORS: [(Dialect, &[&str]); 5] = [
    (Dialect::MkDocs, &["mkdocs.yml", "mkdocs.yaml", "zensical.toml"]),
    (
        Dialect::Docusaurus,
        &[
            "docusaurus.config.js",
            "docusaurus.config.ts",
            "docusaurus.config.mjs",
            "docusaurus.config.cjs",
            "docusaurus.config.mts",
        ],
    ),
    (
        Dialect::Other,
        &[
            ".vitepress",
            ".vuepress",
            "astro.config.mjs",
            "astro.config.ts",
            "astro.config.js",
            "astro.config.mts",
        ],
    ),
    (Dialect::Sphinx, &["conf.py", "source/conf.py", ".sphinx/conf.py", "_toc.yml", "myst.yml"]),
    (
        Dialect::Other,
        &[
            "_config.yml",
            "_config.yaml",
            "_quarto.yml",
            "pelicanconf.py",
            "_sidebar.md",
            "docfx.json",
            "mint.json",
            "docs.json",
            "gatsby-config.js",
            "gatsby-config.ts",
            "eleventy.config.js",
            "eleventy.config.mjs",
            ".eleventy.js",
            "theme.config.tsx",
            "theme.config.jsx",
            "source.config.ts",
        ],
    ),
];

/// The generator that the documents were written for, told by its files: in the book, above it, at the root, or
/// in one of the folders that a repository gives to its site.
pub(super) fn find_dialect(src: &str, files: &Files) -> Dialect {
    if files.get(&join(src, "SUMMARY.md").unwrap_or_default()).is_some() {
        return Dialect::MdBook;
    }
    let above = join(src, "..").unwrap_or_default();
    let mut places = vec![src, &above, "", "website", "site", "www", "docs", "doc", "documentation"];
    places.dedup();
    let at = |place: &str, name: &str| join(place, name).is_some_and(|it| files.get(&it).is_some());
    let told_by = |names: &[&str]| places.iter().any(|place| names.iter().any(|name| at(place, name)));
    let found = GENERATORS.iter().find(|(_, names)| told_by(names)).map(|(dialect, _)| *dialect);
    if found != Some(Dialect::MkDocs) && places.iter().any(|it| is_hugo_site(it, files)) {
        return Dialect::Hugo;
    }
    found.unwrap_or_default()
}
