//! What stands behind the fence of a code block: `sh title="Restore" {2,4-5} linenums="10"`.

use std::collections::BTreeMap;

use crate::model::page::CodeBlock;

/// How a code block wants to be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fence {
    /// What it is called, e.g. the file that it belongs into.
    pub(super) title: String,
    /// The title of the tab that it stands in, beside its neighbours.
    pub(super) tab: String,
    /// Lines to look at.
    pub(super) marked: Lines,
    /// Lines that are new.
    pub(super) inserted: Lines,
    /// Lines that are gone.
    pub(super) deleted: Lines,
    /// The number of the first line, where lines are numbered.
    pub(super) first_number: Option<usize>,
    /// What begins a line that is there for the compiler only.
    pub(super) hidden: Option<String>,
    /// What the reader should know about the code: a text of the site.
    pub(super) note: Option<&'static str>,
}

/// First and last lines, counted from 1.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lines(Vec<(usize, usize)>);

/// How many ranges of lines are read.
const MOST_RANGES: usize = 100;

/// Attributes that mdBook's books mark their examples with, and the site's text for each.
const NOTES: &[(&str, &str)] = &[
    ("compile_fail", "not-compiling"),
    ("does_not_compile", "not-compiling"),
    ("should_panic", "panicking"),
    ("panics", "panicking"),
    ("not_desired_behavior", "not-as-wanted"),
];

impl Lines {
    /// Reads `1,3-5` or `1 3-5`.
    fn parse(words: &str) -> Option<Lines> {
        let parts = words.split([',', ' ']).filter(|it| !it.is_empty()).take(MOST_RANGES);
        let ranges = parts.map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Some((first.parse().ok()?, last.parse().ok()?))
        });
        ranges.collect::<Option<Vec<_>>>().filter(|it| !it.is_empty()).map(Lines)
    }

    pub(super) fn contains(&self, line: usize) -> bool {
        self.0.iter().any(|&(first, last)| first <= line && line <= last)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Fence {
    /// Reads the fence of a block; `hidelines` says by language what begins hidden lines.
    pub(super) fn of(block: &CodeBlock, hidelines: &BTreeMap<String, String>) -> Fence {
        let mut fence = Fence::default();
        if block.language == "rust" {
            fence.hidden = Some("#".to_owned());
        }
        fence.hidden = hidelines.get(&block.language).filter(|it| !it.is_empty()).cloned().or(fence.hidden);
        let mut rest = block.info.as_str();
        let mut first = true;
        loop {
            rest = rest.trim_start_matches([' ', '\t', ',', '}']);
            if rest.is_empty() {
                return fence;
            }
            if let Some(inside) = rest.strip_prefix('{') {
                let lines =
                    inside.split_once('}').and_then(|(words, after)| Some((Lines::parse(words)?, after)));
                (fence.marked, rest) = match lines {
                    Some((lines, after)) => (lines, after),
                    None => (fence.marked, inside),
                };
                continue;
            }
            let end = rest.find([' ', '\t', ',', '=', '{', '}']).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            match after.strip_prefix('=') {
                Some(value) => {
                    let (value, after) = split_value(value);
                    fence.set(key, value);
                    rest = after;
                }
                None => {
                    if !first {
                        fence.flag(key);
                    }
                    rest = after;
                }
            }
            first = false;
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        let lines = || Lines::parse(value).unwrap_or_default();
        match key {
            "title" | "filename" | "file" => self.title = value.to_owned(),
            "tab" => self.tab = value.to_owned(),
            "hl_lines" | "highlight" | "mark" => self.marked = lines(),
            "ins" | "add" => self.inserted = lines(),
            "del" | "remove" => self.deleted = lines(),
            "linenums" | "linenostart" | "startline" => self.first_number = value.parse().ok(),
            "hidelines" => self.hidden = Some(value.to_owned()).filter(|it| !it.is_empty()),
            _ => {}
        }
    }

    fn flag(&mut self, word: &str) {
        match word {
            "linenums" | "linenos" | "showLineNumbers" => self.first_number = Some(1),
            _ if word.starts_with('.') && !word.starts_with("./") => {}
            _ if word.contains(['.', '/']) && self.title.is_empty() => self.title = word.to_owned(),
            _ => self.note = NOTES.iter().find(|it| it.0 == word).map(|it| it.1).or(self.note),
        }
    }

    /// Whether lines stand in elements of their own.
    pub(super) fn has_lines(&self) -> bool {
        self.first_number.is_some()
            || ![&self.marked, &self.inserted, &self.deleted].iter().all(|it| it.is_empty())
    }
}

/// A value and what follows: in quotes, in braces, or up to a blank.
fn split_value(text: &str) -> (&str, &str) {
    let close = match text.chars().next() {
        Some('{') => '}',
        Some(quote @ ('"' | '\'')) => quote,
        _ => return text.split_at(text.find([' ', '\t', ',', '}']).unwrap_or(text.len())),
    };
    text[1..].split_once(close).unwrap_or((&text[1..], ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;
    use crate::source::SourceId;

    fn fence(info: &str) -> Fence {
        let page = markdown::parse(SourceId(0), "a.md", &format!("```{info}\nx\n```\n"), false);
        Fence::of(&page.code_blocks[0], &BTreeMap::from([("py".to_owned(), "%".to_owned())]))
    }

    #[test]
    fn every_generator_writes_attributes_its_own_way() {
        let of = |info| fence(info);
        assert_eq!(of("sh title=\"a b\"").title, "a b");
        assert_eq!(of("sh,filename=run.sh").title, "run.sh");
        assert_eq!(of("sh deploy/run.sh").title, "deploy/run.sh");
        assert_eq!(of("{ .yaml title='x' hl_lines=\"1 3-4\" }").title, "x");
        for info in ["sh {1,3-4}", "sh{1,3-4}", "{ .sh hl_lines=\"1 3-4\" }", "sh mark={1,3-4}"] {
            let lines = of(info).marked;
            let marked: Vec<_> = (1..7).filter(|it| lines.contains(*it)).collect();
            assert_eq!(marked, [1, 3, 4], "{info}");
        }
        assert!(of("py ins={2} del={1}").inserted.contains(2));
        assert_eq!(of("sh linenums=\"10\"").first_number, Some(10));
        assert_eq!(of("sh linenums").first_number, Some(1));
        assert_eq!(of("sh tab=\"Linux\"").tab, "Linux");
        assert_eq!(of("rust,should_panic,edition2021").note, Some("panicking"));
        assert_eq!(of("sh hidelines=!!").hidden.as_deref(), Some("!!"));
        assert_eq!(of("py").hidden.as_deref(), Some("%"));
        assert_eq!(of("py hidelines=!!").hidden.as_deref(), Some("!!"));
        assert_eq!(of("rust,editable,noplayground").title, "");
        assert_eq!(of("sh {never").marked, Lines::default());
        assert_eq!(of("sh title=\"never").title, "never");
    }
}
