//! Whether a page of another site has the place that a fragment names.

use html5gum::{Token, Tokenizer};

/// Whether a fragment names a place in a page at all. Others speak to the page's scripts or to the browser.
pub fn is_place(fragment: &str) -> bool {
    let line = fragment.strip_prefix('L').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    !(line || fragment == "top" || fragment.starts_with(['/', '!', ':', '?']) || fragment.contains('='))
}

/// Whether a page in HTML has an `id` or a `name` for a fragment, as browsers look for it. GitHub puts a prefix
/// before the ids of documents that people wrote.
pub fn has(html: &str, fragment: &str) -> bool {
    Tokenizer::new(html).any(|token| {
        let Ok(Token::StartTag(tag)) = token else { return false };
        let named = tag.name.as_slice() == b"a";
        tag.attributes.iter().any(|(key, value)| {
            let is_id = key.as_slice() == b"id" || (named && key.as_slice() == b"name");
            let value: &[u8] = &value.value;
            is_id
                && (value == fragment.as_bytes()
                    || value.strip_prefix(b"user-content-") == Some(fragment.as_bytes()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_places() {
        let html =
            "<h2 id=restore>x</h2><a name='old'></a><p name=no><i id=\"user-content-hub\"><!-- <b id=c> -->";
        for (fragment, there) in
            [("restore", true), ("old", true), ("no", false), ("hub", true), ("c", false)]
        {
            assert_eq!(has(html, fragment), there, "{fragment}");
        }
        for fragment in ["L12", "L1-L9", "/route", ":~:text=x", "!x", "gid=0", "top"] {
            assert!(!is_place(fragment), "{fragment}");
        }
        assert!(is_place("Linux") && is_place("restore"));
    }
}
