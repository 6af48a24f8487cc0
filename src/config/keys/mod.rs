//! The one list of configuration keys: it refuses unknown ones, prints `docwright config` and makes the
//! reference page.

mod list;

pub use list::KEYS;
pub(super) use list::{COLOUR, PERCENT, PICTURE};

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
