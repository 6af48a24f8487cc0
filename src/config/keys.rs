//! The one list of configuration keys: it refuses unknown ones, prints `docwright config` and makes the
//! reference page.

/// One key of the configuration.
#[derive(Debug)]
pub struct Key {
    /// `table.key`; `*` stands for any name, `**` for anything below.
    pub path: &'static str,
    /// The form of its value; empty for keys that only mdBook uses.
    pub kind: &'static str,
    /// What holds when it is not set.
    pub default: &'static str,
    /// What it does, or why it does nothing.
    pub doc: &'static str,
}

const fn key(path: &'static str, kind: &'static str, default: &'static str, doc: &'static str) -> Key {
    Key { path, kind, default, doc }
}

/// A key that mdBook knows and docwright has no use for, with the reason.
const fn mdbook(path: &'static str, why: &'static str) -> Key {
    Key { path, kind: "", default: "", doc: why }
}

/// The form of a value from 0 to 100.
pub(super) const PERCENT: &str = "percentage: `80`";

/// Every key, in the order of the reference page.
pub static KEYS: &[Key] = &[
    key("book.title", "string", "the title of the README", "Title of the book."),
    key("book.authors", "list of strings", "[]", "Who wrote it."),
    key(
        "book.description",
        "string",
        "none",
        "One sentence about the book, below the title of a start page that docwright makes.",
    ),
    key(
        "book.src",
        "folder",
        "`docs`, `documentation`, `doc`, `src` with a SUMMARY.md, else the root",
        "The folder of the documents that become the site.",
    ),
    key("book.language", "BCP 47 tag", "\"en\"", "Language of the documents."),
    mdbook("book.multilingual", "mdBook never used it"),
    mdbook("book.text-direction", "the browser tells the direction by the language"),
    key("build.build-dir", "folder", "\"book\"", "Where `docwright build` writes the site."),
    mdbook("build.create-missing", "docwright writes nothing into the sources; a missing page is a finding"),
    key(
        "build.use-default-preprocessors",
        "boolean",
        "true",
        "Whether `{{#include …}}` and the like are followed.",
    ),
    mdbook("build.extra-watch-dirs", "the preview watches the whole project"),
    mdbook("rust.edition", "the site runs no code"),
    key(
        "output.html.git-repository-url",
        "URL",
        "none",
        "mdBook's name for `site.repository`, used when that is not set.",
    ),
    key(
        "output.html.redirect",
        "table",
        "{}",
        "Old address, perhaps with `#part` → new address, counted from the folder of the old one; a page is written for each.",
    ),
    key(
        "output.html.site-url",
        "URL or path",
        "none",
        "mdBook's name for `site.url`, used when that is not set; a path says where the page for wrong addresses finds the site.",
    ),
    mdbook("output.html.theme", "docwright's templates are others; `site.theme` names a folder of them"),
    mdbook("output.html.default-theme", "the site follows the reader's system, light or dark"),
    mdbook("output.html.preferred-dark-theme", "the site follows the reader's system, light or dark"),
    mdbook("output.html.smart-punctuation", "text is shown as it was written"),
    mdbook("output.html.curly-quotes", "text is shown as it was written"),
    mdbook("output.html.definition-lists", "they are always read"),
    mdbook("output.html.admonitions", "they are always read"),
    mdbook("output.html.mathjax-support", "the site loads nothing from elsewhere"),
    mdbook("output.html.copy-fonts", "the site has no fonts of its own"),
    mdbook("output.html.google-analytics", "the site loads nothing from elsewhere"),
    key(
        "output.html.additional-css",
        "list of paths",
        "[]",
        "Style sheets that every page loads, after docwright's.",
    ),
    key(
        "output.html.additional-js",
        "list of paths",
        "[]",
        "Scripts that every page loads, after docwright's.",
    ),
    mdbook("output.html.no-section-label", "the navigation shows no numbers"),
    mdbook("output.html.git-repository-icon", "the edit link is text"),
    key(
        "output.html.edit-url-template",
        "URL with `{path}`",
        "the forge's own",
        "Where a page can be changed; `{path}` is its file, counted from the folder of the configuration.",
    ),
    key(
        "output.html.cname",
        "host name",
        "none",
        "What the file `CNAME` of the site says, for GitHub Pages.",
    ),
    key(
        "output.html.input-404",
        "file of the book",
        "\"404.md\"",
        "The page that is shown for a wrong address; docwright has its own where there is none.",
    ),
    mdbook("output.html.hash-files", "the names of the site's own files always hold a hash"),
    mdbook("output.html.sidebar-header-nav", "the sections of a page always stand beside it"),
    mdbook("output.html.live-reload-endpoint", "the preview has its own"),
    key(
        "output.html.print.enable",
        "boolean",
        "up to 300 pages",
        "Whether the site has a page with the whole book on it, to print.",
    ),
    mdbook("output.html.print.page-break", "the page says itself where paper breaks"),
    mdbook("output.html.fold.enable", "the navigation shows the branch of the page, and folds the rest"),
    mdbook("output.html.fold.level", "the navigation shows the branch of the page, and folds the rest"),
    mdbook("output.html.playground.editable", "the site runs no code"),
    mdbook("output.html.playground.copyable", "every block of code can be copied"),
    mdbook("output.html.playground.copy-js", "the site runs no code"),
    mdbook("output.html.playground.line-numbers", "`linenums` behind a fence numbers its lines"),
    mdbook("output.html.playground.runnable", "the site runs no code"),
    mdbook("output.html.playpen.*", "an old name of `output.html.playground`"),
    key(
        "output.html.code.hidelines.*",
        "string",
        "none",
        "What begins a line that is hidden at first, in blocks of this language.",
    ),
    key("output.html.search.enable", "boolean", "true", "Whether the site can be searched."),
    key(
        "output.html.search.boost-title",
        "number",
        "2",
        "How much a word counts in the heading of a section.",
    ),
    key(
        "output.html.search.boost-hierarchy",
        "number",
        "1",
        "How much a word counts in the headings above a section and the title of its page.",
    ),
    key("output.html.search.boost-paragraph", "number", "1", "How much a word counts in the text."),
    mdbook("output.html.search.limit-results", "the search shows what fits"),
    mdbook("output.html.search.teaser-word-count", "the search shows what fits"),
    mdbook("output.html.search.use-boolean-and", "every word must be found"),
    mdbook("output.html.search.expand", "words are found by their beginnings"),
    mdbook("output.html.search.heading-split-level", "every heading begins a section"),
    mdbook("output.html.search.copy-js", "the search always comes along"),
    mdbook("output.html.search.chapter.**", "every page can be searched"),
    mdbook("output.*.**", "docwright makes its own site only"),
    mdbook("preprocessor.*.**", "docwright runs no programs; `links` and `index` are built in"),
    key("site.url", "URL", "none", "Where the site will be served; needed for the sitemap."),
    key(
        "site.repository",
        "URL",
        "none",
        "The repository on its forge: edit links, and links to files outside the book.",
    ),
    key("site.branch", "string", "\"main\"", "The branch that edit links name."),
    key(
        "site.last-updated",
        "boolean",
        "false",
        "Whether pages say when they were changed last and by whom, and the site has a feed; runs `git`.",
    ),
    key(
        "site.version",
        "string",
        "that of `publish --version`",
        "The version that the site describes, where its folder stands beside those of others: pages read `../versions.json`.",
    ),
    key(
        "site.texts.*",
        "string",
        "docwright's own",
        "What the site says itself in the language of the book, such as `search`; [the list](texts.md).",
    ),
    key(
        "site.languages.*.folder",
        "folder of the book",
        "the language's tag",
        "Where the pages of a language stand; the table is named by the BCP 47 tag. Languages beside that of the book get trees of their own.",
    ),
    key(
        "site.languages.*.name",
        "string",
        "what the language calls itself",
        "What the switch calls the language.",
    ),
    key("site.languages.*.title", "string", "the title of the book", "Title of the site in this language."),
    key(
        "site.languages.*.texts.*",
        "string",
        "docwright's own",
        "What the site says itself in this language.",
    ),
    key(
        "site.audiences",
        "name of a folder, or `false`",
        "\"audience\"",
        "Where the site lists pages by the `audience` of their front matter; `false` for no such lists.",
    ),
    key(
        "site.tags",
        "name of a folder, or `false`",
        "\"tags\"",
        "Where the site lists pages by the `tags` of their front matter; `false` for no such lists.",
    ),
    key(
        "site.theme",
        "folder",
        "none",
        "Templates and styles that take the place of the built-in ones, file by file.",
    ),
    key(
        "site.headers-file",
        "boolean",
        "true",
        "Whether the site holds `_headers`, from which Netlify and Cloudflare Pages take the headers that they send.",
    ),
    key("api.specs", "list of paths", "discovered", "OpenAPI documents."),
    key(
        "api.changelog",
        "list of revisions, the oldest first, or `\"tags\"`",
        "none",
        "Git revisions that the changelog of the site compares; `\"tags\"` are the newest 20 that changed the document.",
    ),
    key(
        "api.try-it",
        "boolean",
        "false",
        "Whether the site has a page on which readers call the API; it adds 1.7 MB.",
    ),
    key("routes.sources", "list of globs", "the whole project", "Source files to look for routes in."),
    key(
        "routes.lists",
        "list of paths",
        "[]",
        "Files that list routes: `METHOD /path` lines, or JSON. They count as served.",
    ),
    key(
        "routes.import",
        "list of { format, file }",
        "[]",
        "Files in which other programs wrote routes (`artisan`, `rails`, `flask`, `django`, `spring`, `next`, \
         `openapi`) or requests (`har`, `postman`, `access-log`).",
    ),
    key(
        "routes.framework.**",
        "list of tables",
        "[]",
        "Frameworks of the project's own, and what it adds to known ones: a wrapper, a home-made decorator.",
    ),
    key(
        "routes.base-path",
        "string",
        "the best match, said aloud",
        "What every route begins with and the specs leave out.",
    ),
    key(
        "routes.exclude",
        "list of { route, reason }",
        "[]",
        "Routes that need no documentation, `GET /internal/**`; each with a reason.",
    ),
    key("documents.types.*.title", "string", "its name", "What this kind of document is called."),
    key("documents.types.*.paths", "list of globs", "[]", "Files that are of this kind."),
    key(
        "documents.types.*.sections",
        "list of headings or { heading, synonyms }",
        "docwright's own",
        "The sections that it must have, in place of docwright's own.",
    ),
    key(
        "documents.types.*.more-sections",
        "list of headings or { heading, synonyms }",
        "[]",
        "Sections that it must have as well.",
    ),
    key(
        "documents.types.*.contacts",
        "boolean",
        "docwright's own",
        "Whether it must name somebody who can be reached.",
    ),
    key(
        "variables.**",
        "string, number or boolean",
        "none",
        "What a name stands for in the prose of pages: `{{ NAME }}`. The names of a table below are written with dots.",
    ),
    key("recovery.services", "list of strings", "[]", "Services that must have an RTO and an RPO somewhere."),
    key("alerts.rules", "list of globs", "told by their content", "Files with alerting rules."),
    key(
        "alerts.url-map",
        "table",
        "{}",
        "Address prefix → folder: where the runbooks that alerts link to stand in the repository.",
    ),
    key(
        "alerts.paging-severities",
        "list of strings",
        "`critical`, `page`, `pager`, `paging`, `emergency`, `disaster`, `s1`, `s2`, `p0`, `p1`, `sev0`, `sev1`, `sev2`",
        "Severities that wake somebody, so that such an alert needs a runbook.",
    ),
    key(
        "lint.fail-on",
        "`error`, `warning`, `info`",
        "\"error\"",
        "The lowest level that makes `check` exit with 1.",
    ),
    key(
        "lint.dialect",
        "`plain`, `mdbook`, `mkdocs`, `hugo`, `docusaurus`, `other`",
        "told by its files",
        "The site generator that the documents were written for: its own link forms are understood.",
    ),
    key(
        "lint.rule-pages",
        "URL",
        "none",
        "Where the pages of the rules are published; reports for machines link each rule to its page there.",
    ),
    key("lint.exclude", "list of globs", "[]", "Files that are not looked at."),
    key(
        "lint.rules.*",
        "level, or { level, … }",
        "the rule's own",
        "Level of a rule (`\"link/missing-file\"`) or a group (`link`): `error`, `warning`, `info`, `off`.",
    ),
    key("lint.rules.*.level", "level", "the rule's own", "The level, where the rule has options too."),
    key(
        "lint.rules.anchor/not-portable.platform",
        "`gitlab`, `mkdocs`, `mdbook`, `gitea`",
        "none",
        "Where else the documents are shown.",
    ),
    key("lint.rules.api/coverage.summary", PERCENT, "none", "How many operations must have a summary."),
    key(
        "lint.rules.api/coverage.description",
        PERCENT,
        "none",
        "How many operations must have a description.",
    ),
    key(
        "lint.rules.api/coverage.errors",
        PERCENT,
        "none",
        "How many operations must have an error response.",
    ),
    key("lint.rules.api/coverage.security", PERCENT, "none", "How many operations must ask who calls."),
    key("lint.rules.api/coverage.examples", PERCENT, "none", "How many media types must have an example."),
    key(
        "lint.rules.api/coverage.parameters",
        PERCENT,
        "none",
        "How many parameters must have a description.",
    ),
    key(
        "lint.rules.api/coverage.properties",
        PERCENT,
        "none",
        "How many properties of schemas must have a description.",
    ),
    key(
        "lint.rules.page/stale.max-age",
        "age: `\"180d\"`, `\"6 months\"`",
        "`\"1 year\"`",
        "How old a page may be by its own account.",
    ),
    key("lint.override", "list of { paths, rules }", "[]", "Levels for some paths; the last match wins."),
    key(
        "links.exclude",
        "list of globs",
        "[]",
        "Addresses that `docwright links` does not ask for: `https://status.acme.com/**`.",
    ),
    key(
        "links.accept",
        "list of numbers",
        "[]",
        "Status codes beside 200 to 299 that mean that the page is there.",
    ),
    key("links.fragments", "boolean", "false", "Whether what follows `#` is looked up in the page."),
    key("links.timeout", "duration", "\"20s\"", "How long an answer may take."),
    key("links.retries", "number", "3", "How often a request that failed is repeated."),
    key(
        "links.backoff",
        "duration",
        "\"1s\"",
        "The wait before the first repetition; each further one waits twice as long.",
    ),
    key("links.delay", "duration", "\"100ms\"", "The least time between two requests to one host."),
    key("links.per-host", "number", "2", "The most requests under way to one host."),
    key("links.concurrency", "number", "16", "The most requests under way in all."),
    key("links.max-age", "duration", "\"7d\"", "How long it is remembered that a page is there."),
    key("links.failure-age", "duration", "\"4h\"", "How long any other answer is remembered."),
    key(
        "publish.to",
        "target: `\"git:gh-pages@origin\"`, `\"s3://bucket/docs\"`",
        "none",
        "Where `docwright publish` puts the site when `--to` does not say.",
    ),
];

/// The keys as a Markdown page, for the documentation.
pub fn reference() -> String {
    let mut page = String::from("# Configuration keys\n\nEvery key of `book.toml` and `docwright.toml`.\n");
    let mut table = "";
    for key in KEYS.iter().filter(|it| it.is_used()) {
        let (name, rest) = key.path.split_once('.').unwrap_or((key.path, ""));
        if name != table {
            table = name;
            page.push_str(&format!(
                "\n## {name}\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
            ));
        }
        let kind = key.kind.replace('|', "\\|");
        page.push_str(&format!("| `{rest}` | {kind} | {} | {} |\n", key.default, key.doc));
    }
    page.push_str(
        "\n## Keys of mdBook without effect\n\nThese are accepted, so that a book of mdBook needs no other configuration. \
         `docwright config` names those that are set.\n\n| key | why it has none |\n|---|---|\n",
    );
    for key in KEYS.iter().filter(|it| !it.is_used()) {
        page.push_str(&format!("| `{}` | {} |\n", key.path, key.doc));
    }
    page
}

/// Whether a key may be written, and whether anything may stand below it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    /// A value, of this key.
    Value(&'static Key),
    /// A table with known keys below.
    Table,
    /// No such key.
    No,
}

impl Key {
    /// Whether docwright does something with it.
    pub fn is_used(&self) -> bool {
        !self.kind.is_empty()
    }

    /// The words that it takes, where it takes only some.
    pub(super) fn choices(&self) -> Option<Vec<&'static str>> {
        if self.kind.starts_with("level") {
            return Some(vec!["error", "warning", "info", "off"]);
        }
        self.kind.split(", ").map(|it| it.strip_prefix('`')?.strip_suffix('`')).collect()
    }
}

/// Looks a path up, part by part.
pub(super) fn lookup(path: &[&str]) -> Known {
    let mut table = false;
    for key in KEYS {
        let mut pattern = key.path.split('.');
        let mut parts = path.iter();
        loop {
            match (pattern.next(), parts.next()) {
                (Some("**"), _) | (None, None) => return Known::Value(key),
                (Some(_), None) => {
                    table = true;
                    break;
                }
                (Some(expected), Some(part)) if expected == *part => {}
                (Some("*"), Some(_)) if may_be_any(&path[..path.len() - parts.len()]) => {}
                _ => break,
            }
        }
    }
    if table { Known::Table } else { Known::No }
}

/// Whether a value may also be a table with keys of its own: `lint.rules.*`.
pub(super) fn has_options(path: &[&str]) -> bool {
    matches!(path, ["lint", "rules", _] | ["variables", ..])
}

/// Whether `*` may stand for the last part: any rule's name, and what has no keys of its own.
fn may_be_any(path: &[&str]) -> bool {
    has_options(path) || !named(path)
}

/// Whether some key begins with exactly this path: `output.html` is not any `output.*`.
fn named(path: &[&str]) -> bool {
    KEYS.iter().any(|key| {
        let mut parts = key.path.split('.');
        path.iter().all(|part| parts.next() == Some(*part))
    })
}

/// The known name at this level that is nearest to a wrong one.
pub(super) fn nearest(path: &[&str]) -> Option<String> {
    let (wrong, above) = path.split_last()?;
    let names = KEYS.iter().filter_map(|key| {
        let parts: Vec<&str> = key.path.split('.').collect();
        let matches = parts.len() > above.len() && parts.iter().zip(above).all(|(a, b)| a == b || *a == "*");
        parts.get(above.len()).copied().filter(|it| matches && !it.contains('*'))
    });
    nearest_of(&names.collect::<Vec<_>>(), wrong).map(str::to_owned)
}

/// The word of a list that is nearest to a wrong one.
pub fn nearest_of<'a>(words: &[&'a str], wrong: &str) -> Option<&'a str> {
    let scored =
        words.iter().map(|it| (strsim::jaro_winkler(it, wrong), *it)).filter(|(score, _)| *score > 0.8);
    scored.reduce(|best, it| if it.0 > best.0 { it } else { best }).map(|(_, word)| word)
}
