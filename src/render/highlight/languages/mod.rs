//! The languages: their names behind a fence, and what reads them.

mod application;
mod configuration;
mod operations;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::syntax::{Lexer, Syntax};

/// What reads a language.
pub(super) enum Reader {
    /// The engine.
    Words(Box<Lexer>),
    /// Commands, or a session where the first line has a prompt.
    Shell,
    /// A session: prompts, commands of a language, and what they print.
    Console(&'static str),
    Yaml,
    Markup,
    Diff,
    Http,
}

/// Names, and what makes their reader.
type Entry = (&'static str, fn() -> Reader);

/// Languages with a reader of their own.
const READERS: &[Entry] = &[
    ("bash sh shell zsh ksh fish ash dash", || Reader::Shell),
    ("console shell-session shellsession sh-session terminal session bash-session", || {
        Reader::Console("shell-words")
    }),
    ("pycon python-repl", || Reader::Console("python")),
    ("ps1con pwsh-session", || Reader::Console("powershell")),
    ("yaml yml helm ansible compose k8s kubernetes openapi", || Reader::Yaml),
    ("xml html xhtml svg rss xsd xslt pom plist vue svelte", || Reader::Markup),
    ("diff patch udiff", || Reader::Diff),
    ("http https rest", || Reader::Http),
];

static BY_NAME: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let names = READERS.iter().map(|it| it.0).chain(syntaxes().map(|it| it.0));
    names.enumerate().flat_map(|(at, names)| names.split(' ').map(move |it| (it, at))).collect()
});

static ALL: LazyLock<Vec<Reader>> = LazyLock::new(|| {
    let own = READERS.iter().map(|it| (it.1)());
    own.chain(syntaxes().map(|it| Reader::Words(Box::new(Lexer::new(&it.1))))).collect()
});

fn syntaxes() -> impl Iterator<Item = &'static (&'static str, Syntax)> {
    operations::LANGUAGES.iter().chain(configuration::LANGUAGES).chain(application::LANGUAGES)
}

/// The reader of a language; capitals do not count.
pub(super) fn find(name: &str) -> Option<&'static Reader> {
    let at = BY_NAME.get(name).or_else(|| BY_NAME.get(name.to_ascii_lowercase().as_str()))?;
    ALL.get(*at)
}

/// The engine's tables of a language, for readers that hand a part over.
pub(super) fn lexer(name: &str) -> Option<&'static Lexer> {
    match find(name)? {
        Reader::Words(lexer) => Some(lexer),
        _ => None,
    }
}

/// Every name, for tests.
#[cfg(test)]
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = BY_NAME.keys().copied().collect();
    names.sort_unstable();
    names
}
