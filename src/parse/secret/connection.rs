//! Passwords in connection URLs: `postgres://app:…@db.internal/orders`.

use super::{Found, sample};

/// Hosts that documents use for what is nowhere.
const SAMPLE_HOSTS: [&str; 10] = [
    "example.",
    ".example",
    ".test",
    ".invalid",
    "host",
    "localhost",
    "127.0.0.1",
    "domain",
    "server",
    "your",
];

/// Words that people write where the password goes.
const SAMPLE_WORDS: [&str; 16] = [
    "pass", "pwd", "secret", "changeme", "example", "test", "admin", "root", "user", "your", "token",
    "dummy", "postgres", "guest", "1234", "demo",
];

/// The passwords in URLs of a text.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, "://") {
        let scheme =
            bytes[..at].iter().rev().take_while(|it| it.is_ascii_alphanumeric() || **it == b'+').count();
        let begin = at + 3;
        // User and password have no spaces, quotes or slashes, and are not longer than anybody writes.
        let Some(window) = bytes.get(begin..bytes.len().min(begin + 300)) else { continue };
        let end = window.iter().position(|it| !is_part(*it)).unwrap_or(window.len());
        let window = &window[..end];
        let Some(sign) = window.iter().rposition(|it| *it == b'@') else { continue };
        let Some(colon) = window[..sign].iter().position(|it| *it == b':') else { continue };
        let range = begin + colon + 1..begin + sign;
        let (Some(user), Some(password), Some(host)) = (
            text.get(begin..begin + colon),
            text.get(range.clone()),
            text.get(begin + sign + 1..begin + window.len()),
        ) else {
            continue;
        };
        if scheme >= 2 && is_real(user, password) && !is_sample_host(host) {
            let kind = "a password in a connection URL";
            found.push(Found { shown: range.clone(), covered: vec![range], kind });
        }
    }
}

/// Whether a byte can be part of `user:password@host`.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(byte, b'/' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'{' | b'}' | b'\\' | b'|' | b'?')
}

/// Whether a password looks like one that opens something.
fn is_real(user: &str, password: &str) -> bool {
    let lower = password.to_ascii_lowercase();
    let classes: [fn(&u8) -> bool; 4] =
        [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit, u8::is_ascii_punctuation];
    let kinds = classes.iter().filter(|class| password.bytes().any(|it| class(&it))).count();
    password.len() >= 8
        && kinds >= 2
        && !password.contains(['$', '*', '[', ']', '(', ')', ' ', '#'])
        && !SAMPLE_WORDS.iter().any(|it| lower.contains(it))
        && (user.len() < 3 || !lower.contains(&user.to_ascii_lowercase()))
        && !sample::is_sample(password)
        && sample::entropy(password) >= 2.75
}

fn is_sample_host(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let name = lower.split([':', ',']).next().unwrap_or_default();
    // A word with a dot may stand anywhere in the name, another one begins it: `host1`, `your-server`.
    name.is_empty()
        || name.starts_with(['$', '%', '['])
        || SAMPLE_HOSTS
            .iter()
            .any(|it| if it.contains('.') { name.contains(it) } else { name.starts_with(it) })
}
