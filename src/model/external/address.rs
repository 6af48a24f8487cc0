//! An http(s) address in the one spelling under which it is asked for, with what RFC 3986 says of relative ones.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// An address that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Scheme, host, path and query; host in lower case, nothing that needs escaping.
    pub url: String,
    /// What followed `#`, decoded, when it was not empty.
    pub fragment: Option<String>,
}

/// What a path or query cannot hold as it is; `%` stays, because it has been escaped already.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\').add(b'^').add(b'|');

impl Address {
    /// Reads a destination. None where it is no http(s) address or nobody can ask for it: it carries a password
    /// or a slot to fill in (`https://{host}/`), or its host has other letters than ASCII.
    pub fn read(dest: &str) -> Option<Address> {
        let dest = dest.trim();
        let (scheme, rest) = match dest.strip_prefix("//") {
            Some(rest) => ("https", rest),
            None => {
                let (scheme, rest) = dest.split_once("://")?;
                let known = ["https", "http"];
                (known.into_iter().find(|it| scheme.eq_ignore_ascii_case(it))?, rest)
            }
        };
        let (rest, fragment) = split_fragment(rest);
        let at = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = (rest.get(..at)?, rest.get(at..)?);
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        if authority.starts_with(':') || authority.is_empty() || !authority.chars().all(plain) {
            return None;
        }
        if path.contains(['{', '}', '<', '>', '*', '…']) {
            return None;
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        let path = utf8_percent_encode(path, ESCAPED);
        let authority = authority.to_ascii_lowercase();
        Some(Address { url: format!("{scheme}://{authority}{slash}{path}"), fragment })
    }

    /// Scheme, host and port: `https://acme.com:8443`.
    pub fn origin(&self) -> &str {
        let authority = self.url.find("://").map_or(0, |it| it + 3);
        let end =
            self.url.get(authority..).and_then(|it| it.find('/')).map_or(self.url.len(), |it| authority + it);
        self.url.get(..end).unwrap_or_default()
    }

    /// The host without its port; an IPv6 address without its brackets.
    pub fn host(&self) -> &str {
        let authority = self.origin().split_once("://").map_or("", |(_, it)| it);
        if let Some(rest) = authority.strip_prefix('[') {
            return rest.split(']').next().unwrap_or_default();
        }
        authority.split(':').next().unwrap_or_default()
    }

    /// Where a `Location` of this address leads; none where that is no http(s) address.
    pub fn join(&self, location: &str) -> Option<Address> {
        let location = location.trim();
        let before_path = location.split(['/', '?', '#']).next().unwrap_or_default();
        if before_path.contains(':') {
            return Address::read(location);
        }
        if location.starts_with("//") {
            let scheme = self.url.split("//").next().unwrap_or_default();
            return Address::read(&format!("{scheme}{location}"));
        }
        let (reference, _) = split_fragment(location);
        let fragment = location.get(reference.len()..).unwrap_or_default();
        let (to, query) = reference.split_at(reference.find('?').unwrap_or(reference.len()));
        let here = self.url.get(self.origin().len()..).unwrap_or("/");
        let (here_path, here_query) = here.split_at(here.find('?').unwrap_or(here.len()));
        let path = match to {
            "" if query.is_empty() => format!("{here_path}{here_query}"),
            "" => here_path.to_owned(),
            to if to.starts_with('/') => without_dots(to),
            to => {
                let folder = here_path.rfind('/').map_or("/", |it| &here_path[..=it]);
                without_dots(&format!("{folder}{to}"))
            }
        };
        Address::read(&format!("{}{path}{query}{fragment}", self.origin()))
    }

    /// The address with its fragment, for showing.
    pub fn whole(&self) -> String {
        self.fragment.as_ref().map_or_else(|| self.url.clone(), |it| format!("{}#{it}", self.url))
    }
}

/// What stands before `#`, and what follows, decoded.
fn split_fragment(text: &str) -> (&str, Option<String>) {
    match text.split_once('#') {
        None => (text, None),
        Some((before, fragment)) => {
            let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
            (before, Some(fragment).filter(|it| !it.is_empty()))
        }
    }
}

/// A path with its `.` and `..` taken out (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut open = false;
    for part in path.split('/').skip(1) {
        open = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if open {
        parts.push("");
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(dest: &str) -> Option<String> {
        Address::read(dest).map(|it| it.whole())
    }

    #[test]
    fn addresses_have_one_spelling() {
        assert_eq!(url("HTTPS://Acme.COM").as_deref(), Some("https://acme.com/"));
        assert_eq!(url("http://acme.com?q=ä b").as_deref(), Some("http://acme.com/?q=%C3%A4%20b"));
        assert_eq!(url("https://acme.com/a%20b#x%20y").as_deref(), Some("https://acme.com/a%20b#x y"));
        assert_eq!(url("//acme.com/a#").as_deref(), Some("https://acme.com/a"));
        let six = Address::read("http://[::1]:80/x").expect("an address");
        assert_eq!((six.origin(), six.host()), ("http://[::1]:80", "::1"));
    }

    #[test]
    fn what_nobody_can_ask_for_is_no_address() {
        for dest in [
            "mailto:a@acme.com",
            "https://",
            "https://ann:pw@acme.com/",
            "https://{host}/x",
            "https://acme.com/{id}",
            "https://acme.com/<id>",
            "https://$HOST/x",
            "https://müller.example/",
            "https:/acme.com",
            "docs/a.md",
            "ftp://acme.com/x",
        ] {
            assert_eq!(url(dest), None, "{dest}");
        }
    }

    #[test]
    fn locations_are_joined() {
        let base = Address::read("https://acme.com/a/b?q").expect("an address");
        let join = |to: &str| base.join(to).map(|it| it.whole());
        for (to, expected) in [
            ("c", "https://acme.com/a/c"),
            ("./c/../d/", "https://acme.com/a/d/"),
            ("../..", "https://acme.com/"),
            ("/x?y=/../z", "https://acme.com/x?y=/../z"),
            ("?r", "https://acme.com/a/b?r"),
            ("#f", "https://acme.com/a/b?q#f"),
            ("", "https://acme.com/a/b?q"),
            ("//other.com", "https://other.com/"),
            ("http://Other.com/x#y", "http://other.com/x#y"),
            ("c:d/../e?f:g", "nothing"),
            ("x?to=https://y.com/", "https://acme.com/a/x?to=https://y.com/"),
        ] {
            assert_eq!(join(to).unwrap_or("nothing".to_owned()), expected, "{to}");
        }
        assert_eq!(join("javascript:alert(1)"), None);
    }
}
