//! Values of the configuration in the environment, as mdBook has them: `MDBOOK_BOOK__TITLE=Quays` is `book.title`.
//!
//! A value is JSON where it can be read as such, else a string. A whole table, `MDBOOK_BOOK={"title":"Quays"}`, takes the
//! place of the one in the file. Only tables of mdBook can be set so.

use toml::{Table, Value};

/// What the names of the variables begin with.
const PREFIX: &str = "MDBOOK_";

/// mdBook's tables.
const TABLES: [&str; 5] = ["book", "build", "output", "preprocessor", "rust"];

/// A value that a variable sets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Override {
    /// The name of the variable.
    pub(super) variable: String,
    /// The parts of the key.
    pub(super) key: Vec<String>,
    pub(super) value: Value,
}

impl Override {
    /// What a variable sets; none for one that is no business of the configuration.
    pub(super) fn of(variable: &str, value: &str) -> Option<Override> {
        let name = variable.strip_prefix(PREFIX)?.to_lowercase();
        let key: Vec<String> = name.split("__").map(|it| it.replace('_', "-")).collect();
        let known = key.first().is_some_and(|it| TABLES.contains(&it.as_str()));
        if !known || key.iter().any(String::is_empty) {
            return None;
        }
        let json = serde_json::from_str(value).ok().and_then(toml_of);
        let value = json.unwrap_or_else(|| Value::String(value.to_owned()));
        (key.len() > 1 || value.is_table()).then(|| Override { variable: variable.to_owned(), key, value })
    }

    /// The value in the tables around it.
    pub(super) fn document(&self) -> Table {
        let mut value = self.value.clone();
        for name in self.key.iter().rev() {
            value = Value::Table(Table::from_iter([(name.clone(), value)]));
        }
        match value {
            Value::Table(table) => table,
            _ => Table::new(),
        }
    }

    /// Puts the value into the place of what the files say.
    pub(super) fn apply(&self, merged: &mut Table) {
        let Some((name, above)) = self.key.split_last() else { return };
        let mut table = merged;
        for part in above {
            let inner = table.entry(part.clone()).or_insert_with(|| Value::Table(Table::new()));
            if !inner.is_table() {
                *inner = Value::Table(Table::new());
            }
            let Value::Table(inner) = inner else { return };
            table = inner;
        }
        table.insert(name.clone(), self.value.clone());
    }
}

/// JSON has a null, which sets nothing.
fn toml_of(value: serde_json::Value) -> Option<Value> {
    use serde_json::Value as Json;
    Some(match value {
        Json::Null => return None,
        Json::Bool(it) => Value::Boolean(it),
        Json::Number(it) => it.as_i64().map(Value::Integer).or_else(|| it.as_f64().map(Value::Float))?,
        Json::String(it) => Value::String(it),
        Json::Array(all) => Value::Array(all.into_iter().map(toml_of).collect::<Option<_>>()?),
        Json::Object(all) => {
            Value::Table(all.into_iter().map(|(key, it)| Some((key, toml_of(it)?))).collect::<Option<_>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_keys_and_values_json() {
        let of = |name: &str, value: &str| Override::of(name, value).map(|it| it.document().to_string());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(of("MDBOOK_BOOK__TITLE", "Quays"), is("[book]\ntitle = \"Quays\"\n"));
        assert_eq!(of("MDBOOK_BUILD__BUILD_DIR", "out"), is("[build]\nbuild-dir = \"out\"\n"));
        assert_eq!(
            of("MDBOOK_OUTPUT__HTML__SEARCH__ENABLE", "false"),
            is("[output.html.search]\nenable = false\n")
        );
        assert_eq!(of("MDBOOK_BOOK", "{\"authors\":[\"Ida\"]}"), is("[book]\nauthors = [\"Ida\"]\n"));
        for (name, value) in [
            ("MDBOOK_VERSION", "0.5"),
            ("MDBOOK_LINT__FAIL_ON", "info"),
            ("BOOK__TITLE", "x"),
            ("MDBOOK_BOOK", "x"),
            ("MDBOOK_BOOK__", "x"),
            ("MDBOOK_", ""),
        ] {
            assert_eq!(of(name, value), None, "{name}");
        }
    }
}
