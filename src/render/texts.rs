//! What the site itself says, in the language of its pages: built in for some languages, and any text can be put in
//! its place by the configuration.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The built-in tables by language.
const TABLES: [(&str, &str); 4] = [
    ("en", include_str!("texts/en.toml")),
    ("de", include_str!("texts/de.toml")),
    ("es", include_str!("texts/es.toml")),
    ("fr", include_str!("texts/fr.toml")),
];

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

/// A table as it is written.
#[derive(Debug, Deserialize)]
struct Table {
    page: BTreeMap<String, String>,
    text: BTreeMap<String, String>,
    script: BTreeMap<String, String>,
}

/// What the site says in one language.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    /// For templates, which write names with `_`.
    pub page: BTreeMap<String, String>,
    /// For what is written around the text of a page.
    text: BTreeMap<String, String>,
    script: BTreeMap<String, String>,
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
        let found = TABLES.iter().find(|it| it.0 == primary(language));
        let mut table = table(found.map_or(TABLES[0].1, |it| it.1));
        for (key, text) in own {
            let place = table.page.get_mut(key);
            let place = place.or(table.text.get_mut(key));
            if let Some(place) = place.or(table.script.get_mut(key)) {
                place.clone_from(text);
            }
        }
        let page = table.page.into_iter().map(|(key, text)| (key.replace('-', "_"), text));
        Texts { page: page.collect(), text: table.text, script: table.script }
    }

    /// A text for pages.
    pub(super) fn get(&self, key: &str) -> &str {
        let text = self.text.get(key).or_else(|| self.page.get(&key.replace('-', "_")));
        text.map_or("", String::as_str)
    }

    /// A text for pages, with a word in the place of `{}`.
    pub(super) fn with(&self, key: &str, word: &str) -> String {
        self.get(key).replacen("{}", word, 1)
    }

    /// What stands before and behind the `{}` of a text for pages.
    pub(super) fn around(&self, key: &str) -> Around {
        let text = self.get(key);
        let (before, after) = text.split_once("{}").unwrap_or((text, ""));
        Around { before: before.to_owned(), after: after.to_owned() }
    }

    /// `1 page`, `2 pages`, by the keys for one and for many.
    pub(super) fn counted(&self, count: usize, one: &str, many: &str) -> String {
        self.with(if count == 1 { one } else { many }, &count.to_string())
    }

    /// A line of script that tells the scripts their texts.
    pub(super) fn script(&self) -> String {
        let mut script = self.script.clone();
        script.extend(SHARED.iter().map(|it| ((*it).to_owned(), self.get(it).to_owned())));
        let texts = serde_json::to_string(&script).unwrap_or_else(|_| "{}".to_owned());
        format!("window.docwrightTexts = {texts};\n")
    }
}

/// The texts as a Markdown page, for the documentation.
pub fn reference() -> String {
    let mut page = String::from(
        "# Texts of the site\n\nWhat a site says itself, with the names that \
         [`site.texts`](../guide/languages.md#what-the-site-says) knows. `{}` stands for a name or a number.\n",
    );
    let Table { page: pages, text, script } = table(TABLES[0].1);
    let parts =
        [("Around pages", pages), ("In the text of pages", text), ("In lists, search and buttons", script)];
    for (title, texts) in parts {
        page.push_str(&format!("\n## {title}\n\n| name | text |\n|---|---|\n"));
        texts.iter().for_each(|(key, text)| page.push_str(&format!("| `{key}` | {text} |\n")));
    }
    page
}

/// docwright's own texts in English, by their names.
pub fn built_in() -> BTreeMap<String, String> {
    let Table { mut page, text, script } = table(TABLES[0].1);
    page.extend(text);
    page.extend(script);
    page
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

    #[test]
    fn every_language_says_everything() {
        let english = table(TABLES[0].1);
        for (language, text) in TABLES {
            let table = table(text);
            assert!(table.page.keys().eq(english.page.keys()), "{language}");
            assert!(table.text.keys().eq(english.text.keys()), "{language}");
            assert!(table.script.keys().eq(english.script.keys()), "{language}");
            let pairs = table.page.iter().chain(&table.text).chain(&table.script);
            let own = english.page.values().chain(english.text.values()).chain(english.script.values());
            for ((key, text), own) in pairs.zip(own) {
                assert_eq!(text.matches("{}").count(), own.matches("{}").count(), "{language} {key}");
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
}
