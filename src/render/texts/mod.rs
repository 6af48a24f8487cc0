//! What the site itself says, in the language of its pages: built in for some languages, and any text can be put in
//! its place by the configuration.

mod filters;
#[cfg(test)]
mod marks;

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use self::filters::register;
use super::html::escape::escape;
use crate::model::document_type::DocumentType;

/// The built-in tables by language.
const TABLES: [(&str, &str); 4] = [
    ("en", include_str!("en.toml")),
    ("de", include_str!("de.toml")),
    ("es", include_str!("es.toml")),
    ("fr", include_str!("fr.toml")),
];

/// The sections of a table with what they are about, in the order of the documentation.
const SECTIONS: [(&str, &str); 13] = [
    ("page", "Around pages"),
    ("text", "In the text of pages"),
    ("script", "In lists, search and buttons"),
    ("kinds", "Kinds of document"),
    ("recovery", "Recovery objectives"),
    ("alerts", "Alerts"),
    ("contacts", "Contacts"),
    ("freshness", "Freshness"),
    ("findings", "Findings"),
    ("routes", "Routes"),
    ("reference", "API reference"),
    ("authentication", "Authentication"),
    ("changelog", "Changes of an API"),
];

/// The section for scripts; the others are for pages.
const SCRIPT: &str = "script";

/// What languages call themselves.
const NAMES: [(&str, &str); 22] = [
    ("ar", "العربية"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nb", "Norsk"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("zh", "中文"),
];

/// Texts for pages that scripts show, too.
const SHARED: [&str; 3] = ["all-pages", "api", "alerts"];

/// A table as it is written: section → key → text.
type Table = BTreeMap<String, BTreeMap<String, String>>;

/// What the site says in one language.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    /// For pages.
    page: BTreeMap<String, String>,
    script: BTreeMap<String, String>,
    /// Whether most of it is English.
    pub is_english: bool,
    /// Whether one counts as many, and none as one.
    none_is_one: bool,
}

/// A text around a word that is more than text, such as a link.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Around {
    pub before: String,
    pub after: String,
}

impl Texts {
    /// The texts for a language; those of English for one that is not built in. `own` takes the place of built-in
    /// ones.
    pub(super) fn of(language: &str, own: &BTreeMap<String, String>) -> Texts {
        let language = primary(language);
        let found = TABLES.iter().find(|it| it.0 == language);
        let mut table = table(found.map_or(TABLES[0].1, |it| it.1));
        let mut script = table.remove(SCRIPT).unwrap_or_default();
        let mut page: BTreeMap<String, String> = table.into_values().flatten().collect();
        for (key, text) in own {
            let place = page.get_mut(key);
            if let Some(place) = place.or(script.get_mut(key)) {
                place.clone_from(text);
            }
        }
        let is_own = own.keys().filter(|it| page.contains_key(*it)).count() * 2 > page.len();
        let is_english = found.is_none_or(|it| it.0 == "en") && !is_own;
        Texts { page, script, is_english, none_is_one: language == "fr" }
    }

    /// The texts for pages by the names that templates write, with `_`.
    pub(super) fn for_templates(&self) -> BTreeMap<String, &str> {
        self.page.iter().map(|(key, text)| (key.replace('-', "_"), text.as_str())).collect()
    }

    /// A text for pages.
    pub(super) fn get(&self, key: &str) -> &str {
        self.page.get(key).map_or("", String::as_str)
    }

    /// A text for pages, with a word in the place of `{}`.
    pub(super) fn with(&self, key: &str, word: &str) -> String {
        filled(self.get(key), &[word])
    }

    /// A text for pages as HTML, with HTML in the place of each `{}`.
    pub(super) fn html(&self, key: &str, parts: &[&str]) -> String {
        filled(&escape(self.get(key)), parts)
    }

    /// What stands before and behind the `{}` of a text for pages.
    pub(super) fn around(&self, key: &str) -> Around {
        let text = self.get(key);
        let (before, after) = text.split_once("{}").unwrap_or((text, ""));
        Around { before: before.to_owned(), after: after.to_owned() }
    }

    /// `1 page`, `2 pages`, by the keys for one and for many.
    pub(super) fn counted(&self, count: usize, one: &str, many: &str) -> String {
        self.with(if self.is_one(count) { one } else { many }, &count.to_string())
    }

    /// What a kind of document is called.
    pub(super) fn kind<'t>(&'t self, kind: &'t DocumentType) -> &'t str {
        let text = self.page.get(&format!("kind-{}", kind.name)).filter(|_| !kind.is_titled);
        text.unwrap_or(&kind.title)
    }

    /// Whether the text for one is that for a count.
    pub(super) fn is_one(&self, count: usize) -> bool {
        count == 1 || (count == 0 && self.none_is_one)
    }

    /// A line of script that tells the scripts their texts.
    pub(super) fn script(&self) -> String {
        let mut script = self.script.clone();
        script.extend(SHARED.iter().map(|it| ((*it).to_owned(), self.get(it).to_owned())));
        let texts = serde_json::to_string(&script).unwrap_or_else(|_| "{}".to_owned());
        format!("window.docwrightTexts = {texts};\n")
    }
}

/// A text with words in the place of its `{}`, in their order. What stands in the words stays.
fn filled(text: &str, words: &[&str]) -> String {
    let mut parts = text.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut words = words.iter();
    for part in parts {
        out.push_str(words.next().unwrap_or(&"{}"));
        out.push_str(part);
    }
    out
}

/// The texts as a Markdown page, for the documentation.
pub fn reference() -> String {
    let mut page = String::from(
        "# Texts of the site\n\nWhat a site says itself, with the names that \
         [`site.texts`](../guide/languages.md#what-the-site-says) knows. `{}` stands for a name or a number.\n",
    );
    let table = table(TABLES[0].1);
    for (section, title) in SECTIONS {
        page.push_str(&format!("\n## {title}\n\n| name | text |\n|---|---|\n"));
        let texts = table.get(section).into_iter().flatten();
        texts.for_each(|(key, text)| page.push_str(&format!("| `{key}` | {text} |\n")));
    }
    page
}

/// docwright's own texts in English, by their names.
pub fn built_in() -> BTreeMap<String, String> {
    table(TABLES[0].1).into_values().flatten().collect()
}

/// What a language calls itself; its tag where that is not built in.
pub(super) fn name(language: &str) -> &str {
    NAMES.iter().find(|it| it.0 == primary(language)).map_or(language, |it| it.1)
}

/// The language of a tag, without script and region.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}

fn table(text: &str) -> Table {
    toml::from_str(text).expect("the built-in tables are sound")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document_type::DocumentTypes;

    #[test]
    fn every_language_says_everything() {
        let english = table(TABLES[0].1);
        let sections: std::collections::BTreeSet<&str> = SECTIONS.iter().map(|it| it.0).collect();
        assert!(english.keys().eq(sections), "{:?}", english.keys());
        let count = english.values().map(BTreeMap::len).sum::<usize>();
        assert_eq!(built_in().len(), count, "a name stands in two sections");
        for (language, text) in TABLES {
            let table = table(text);
            assert!(table.keys().eq(english.keys()), "{language}");
            for (section, english) in &english {
                let own = &table[section];
                assert!(own.keys().eq(english.keys()), "{language} {section}");
                for ((key, text), own) in own.iter().zip(english.values()) {
                    let places = |it: &str| it.matches("{}").count();
                    assert_eq!(places(text), places(own), "{language} {key}");
                    assert!(!text.trim().is_empty() && text.trim() == text, "{language} {key}");
                }
            }
        }
    }

    #[test]
    fn a_text_of_the_project_takes_the_place_of_a_built_in_one() {
        let own = BTreeMap::from([("search".to_owned(), "Nachschlagen".to_owned())]);
        let texts = Texts::of("de-AT", &own);
        assert_eq!((texts.get("search"), texts.get("next")), ("Nachschlagen", "Weiter"));
        assert_eq!(texts.counted(2, "page-count", "pages-count"), "2 Seiten");
        assert_eq!(Texts::of("tlh", &own).get("next"), "Next");
        assert_eq!(name("pt-BR"), "Português");
    }

    #[test]
    fn texts_are_english_until_the_project_writes_most_of_them() {
        let none = BTreeMap::new();
        assert!(Texts::of("en", &none).is_english && Texts::of("nl", &none).is_english);
        assert!(!Texts::of("fr", &none).is_english);
        assert!(!Texts::of("nl", &built_in()).is_english);
        let one = BTreeMap::from([("search".to_owned(), "Zoeken".to_owned())]);
        assert!(Texts::of("nl", &one).is_english);
    }

    #[test]
    fn kinds_of_document_have_a_name_in_every_language() {
        for kind in DocumentTypes::default().all() {
            let says = |language| Texts::of(language, &BTreeMap::new());
            assert_eq!(says("en").page.get(&format!("kind-{}", kind.name)), Some(&kind.title));
            let mut own = kind.clone();
            (own.is_titled, own.title) = (true, "Seekarte".to_owned());
            assert_eq!(says("de").kind(&own), "Seekarte");
        }
    }

    #[test]
    fn words_are_counted_as_the_language_counts() {
        let says =
            |language: &str, count| Texts::of(language, &BTreeMap::new()).counted(count, "error", "errors");
        assert_eq!((says("en", 0), says("fr", 0)), ("0 errors".to_owned(), "0 erreur".to_owned()));
        assert_eq!(filled("{} and {}", &["a {}", "b"]), "a {} and b");
        assert_eq!(filled("{} and {}", &["a"]), "a and {}");
    }
}
