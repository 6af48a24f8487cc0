//! Text that the interpreter knows in part: `f"{prefix}/orders"` with a prefix nobody knows.

use super::framework::Syntax;

/// Bytes of a text; paths are shorter.
const MAX_LENGTH: usize = 8_000;

/// A text made of constant parts and holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    parts: Vec<Part>,
    /// False when the value may be another one at run time: a default of an environment variable.
    pub(super) sure: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Known(String),
    /// What is unknown, by the name of its variable.
    Hole(String),
}

impl Text {
    /// A constant.
    pub(super) fn known(text: &str) -> Text {
        let parts = if text.is_empty() { Vec::new() } else { vec![Part::Known(text.to_owned())] };
        Text { parts, sure: true }
    }

    /// Something unknown, by the name of its variable.
    pub(super) fn hole(name: &str) -> Text {
        Text { parts: vec![Part::Hole(name.to_owned())], sure: true }
    }

    /// The same text, which may be another one at run time.
    pub(super) fn unsure(mut self) -> Text {
        self.sure = false;
        self
    }

    /// The whole text where nothing of it is unknown.
    pub(super) fn as_known(&self) -> Option<String> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Known(text) => Some(text.as_str()),
                Part::Hole(_) => None,
            })
            .collect()
    }

    /// Whether its constant beginning starts so.
    pub(super) fn starts_with(&self, start: &str) -> bool {
        matches!(self.parts.first(), Some(Part::Known(text)) if text.starts_with(start))
    }

    /// Whether a constant part contains this.
    pub(super) fn contains(&self, words: &str) -> bool {
        self.parts.iter().any(|it| matches!(it, Part::Known(text) if text.contains(words)))
    }

    /// Whether nothing of it is known.
    pub(super) fn is_unknown(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|it| matches!(it, Part::Hole(_)))
    }

    /// Whether it is longer than any path is.
    pub(super) fn is_long(&self) -> bool {
        let length = |it: &Part| match it {
            Part::Known(text) | Part::Hole(text) => text.len(),
        };
        self.parts.iter().map(length).sum::<usize>() > MAX_LENGTH
    }

    /// Whether it is the empty text.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Appends a path, with one slash between.
    pub(super) fn join(&mut self, path: &Text) {
        if !self.is_empty() && !path.is_empty() {
            self.push(&Text::known("/"));
        }
        self.push(path);
    }

    /// Appends another text.
    pub(super) fn push(&mut self, other: &Text) {
        self.sure &= other.sure;
        for part in &other.parts {
            match (self.parts.last_mut(), part) {
                (Some(Part::Known(end)), Part::Known(text)) => end.push_str(text),
                _ => self.parts.push(part.clone()),
            }
        }
    }

    /// Whether it is known what it begins with.
    pub(super) fn begins_known(&self) -> bool {
        matches!(self.parts.first(), Some(Part::Known(_)))
    }

    /// Whether it is known to end with a slash.
    pub(super) fn ends_with_slash(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Known(text)) if text.ends_with('/'))
    }

    /// Changes the end, where that is constant.
    pub(super) fn map_end(&self, change: impl Fn(&str) -> &str) -> Text {
        let mut text = self.clone();
        if let Some(Part::Known(last)) = text.parts.last_mut() {
            *last = change(last).to_owned();
        }
        text.parts.retain(|it| *it != Part::Known(String::new()));
        text
    }

    /// Changes the beginning, where that is constant.
    pub(super) fn map_start(&self, change: impl Fn(&str) -> &str) -> Text {
        let mut text = self.clone();
        if let Some(Part::Known(first)) = text.parts.first_mut() {
            *first = change(first).to_owned();
        }
        text.parts.retain(|it| *it != Part::Known(String::new()));
        text
    }

    /// Takes a verb off the beginning: `GET /orders`. What then stands before the path is a host's name.
    pub(super) fn split_verb(&self) -> (Option<String>, Text) {
        let mut text = self.clone();
        let Some(Part::Known(first)) = text.parts.first_mut() else { return (None, text) };
        let mut verb = None;
        if let Some((before, rest)) = first.split_once([' ', '\t']) {
            verb = (!before.is_empty() && before.bytes().all(|it| it.is_ascii_uppercase()))
                .then(|| before.to_owned());
            *first = rest.trim_start().to_owned();
        }
        if !first.starts_with('/') {
            let path = first.find('/').map_or(String::new(), |at| first[at..].to_owned());
            *first = path;
        }
        text.parts.retain(|it| *it != Part::Known(String::new()));
        (verb, text)
    }

    /// The text with a mark for each hole.
    pub(super) fn marked(&self, mark: char) -> String {
        let part = |part: &Part| match part {
            Part::Known(text) => text.clone(),
            Part::Hole(_) => mark.to_string(),
        };
        self.parts.iter().map(part).collect()
    }

    /// A text with holes in place of the marks, as certain as this one.
    pub(super) fn unmarked(&self, text: &str, mark: char) -> Text {
        let name = self.parts.iter().find_map(|it| if let Part::Hole(name) = it { Some(name) } else { None });
        let mut found = Text::known("");
        for (at, known) in text.split(mark).enumerate() {
            if at > 0 {
                found.push(&Text::hole(name.map_or("value", String::as_str)));
            }
            found.push(&Text::known(known));
        }
        Text { sure: self.sure, ..found }
    }

    /// Another constant in its place, as certain as it is.
    pub(super) fn with(&self, text: &str) -> Text {
        Text { sure: self.sure, ..Text::known(text) }
    }

    /// Changes the constant parts.
    pub(super) fn map(&self, change: impl Fn(&str) -> String) -> Text {
        let parts = self.parts.iter().map(|part| match part {
            Part::Known(text) => Part::Known(change(text)),
            hole => hole.clone(),
        });
        Text { parts: parts.collect(), sure: self.sure }
    }

    /// The path in the syntax of its framework, and whether it is certain. Leading holes are dropped, as
    /// an unknown prefix; other holes become parameters.
    pub(super) fn to_path(&self, syntax: Syntax) -> (String, bool) {
        let mut path = String::new();
        let mut certain = self.sure;
        for part in &self.parts {
            match part {
                Part::Known(text) => path.push_str(text),
                Part::Hole(name) => {
                    certain = false;
                    // A hole may itself hold slashes or nothing: it is a parameter only as a whole segment.
                    if path.ends_with('/') {
                        path.push_str(&match syntax {
                            Syntax::Brace | Syntax::Mixed | Syntax::Pattern => format!("{{{name}}}"),
                            Syntax::Colon => format!(":{name}"),
                            Syntax::Angle | Syntax::Named => format!("<{name}>"),
                            Syntax::Bracket => format!("[{name}]"),
                        });
                    }
                }
            }
        }
        (path, certain)
    }
}
