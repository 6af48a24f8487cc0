//! What a schema is and demands, in the language of the site.

use crate::model::spec::words::{Around, Bound, Limit, Unit, Word};
use crate::render::html::escape::escape;
use crate::render::texts::Texts;

/// The name of the text for a word of a type.
pub(super) fn word(word: Word) -> &'static str {
    match word {
        Word::Any => "any",
        Word::Never => "never",
        Word::Or => "or",
    }
}

/// The name of the text for a word around others.
pub(super) fn around(word: Around) -> &'static str {
    match word {
        Around::ArrayOf => "array-of",
        Around::MapOf => "map-of",
        Around::OneOf => "one-of-list",
        Around::AnyOf => "any-of-list",
    }
}

/// A limit as HTML: `at least 3 characters`.
pub(super) fn limit(says: &Texts, limit: &Limit) -> String {
    let plain = |key| escape(says.get(key));
    match limit {
        Limit::ReadOnly => plain("read-only"),
        Limit::WriteOnly => plain("write-only"),
        Limit::NoDuplicates => plain("no-duplicates"),
        Limit::Closed => plain("no-other-properties"),
        Limit::MultipleOf(number) => says.html("multiple-of", &[&escape(number)]),
        Limit::Pattern(pattern) => says.html("matches", &[&format!("<code>{}</code>", escape(pattern))]),
        Limit::Bound(bound, number, unit) => {
            let bound = match bound {
                Bound::AtLeast => "at-least",
                Bound::MoreThan => "more-than",
                Bound::AtMost => "at-most",
                Bound::LessThan => "less-than",
            };
            says.html(bound, &[&counted(says, number, *unit)])
        }
    }
}

/// A number as the spec writes it, with what it counts, as HTML.
fn counted(says: &Texts, number: &str, unit: Unit) -> String {
    let (one, many) = match unit {
        Unit::Value => return escape(number),
        Unit::Characters => ("character-count", "characters-count"),
        Unit::Items => ("item-count", "items-count"),
        Unit::Properties => ("property-count", "properties-count"),
    };
    let is_one = number.parse().is_ok_and(|it| says.is_one(it));
    says.html(if is_one { one } else { many }, &[&escape(number)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn limits_are_said_in_the_language_of_the_site() {
        let all = [
            Limit::Bound(Bound::AtLeast, "1".to_owned(), Unit::Items),
            Limit::Bound(Bound::LessThan, "9".to_owned(), Unit::Value),
            Limit::Pattern("^<".to_owned()),
        ];
        let words = |language| {
            let says = Texts::of(language, &BTreeMap::new());
            all.iter().map(|it| limit(&says, it)).collect::<Vec<_>>()
        };
        assert_eq!(words("en"), ["at least 1 item", "less than 9", "matches <code>^&lt;</code>"]);
        assert_eq!(words("de"), ["mindestens 1 Element", "weniger als 9", "entspricht <code>^&lt;</code>"]);
    }
}
