//! Path templates as keys: two templates with one key are the same path to a caller.

use percent_encoding::percent_decode_str;

/// The key of a path template: parameter names erased, literals percent-decoded, doubled and trailing
/// slashes dropped. `/orders/{id:int}/` and `/orders/{order}` have the key `/orders/{}`; `/` has `""`.
pub(super) fn key(path: &str) -> String {
    let mut key = String::with_capacity(path.len());
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut depth = 0usize;
    let mut segment_open = false;
    let mut literal = String::new();
    let flush = |literal: &mut String, key: &mut String| {
        key.push_str(&percent_decode_str(literal).decode_utf8_lossy());
        literal.clear();
    };
    for char in path.chars() {
        match char {
            '{' => {
                if depth == 0 {
                    open(&mut key, &mut segment_open);
                    flush(&mut literal, &mut key);
                    key.push_str("{}");
                }
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '/' => {
                flush(&mut literal, &mut key);
                segment_open = false;
            }
            _ => {
                open(&mut key, &mut segment_open);
                literal.push(char);
            }
        }
    }
    flush(&mut literal, &mut key);
    key
}

fn open(key: &mut String, segment_open: &mut bool) {
    if !*segment_open {
        key.push('/');
        *segment_open = true;
    }
}

/// The segments of a key.
pub(super) fn segments(key: &str) -> impl Iterator<Item = &str> {
    key.split('/').skip(1)
}

/// Whether a segment of a key holds a parameter.
pub(super) fn is_parameter(segment: &str) -> bool {
    segment.contains("{}")
}

/// No path that is mounted somewhere has more segments before its own.
const MOUNTED: usize = 32;

/// Every proper suffix of a key that still names something, longest first, with the prefix before it.
pub(super) fn suffixes(key: &str) -> impl Iterator<Item = (&str, &str)> {
    let cuts = key.match_indices('/').skip(1).take(MOUNTED).map(|(at, _)| key.split_at(at));
    cuts.filter(|(_, rest)| segments(rest).any(|it| !is_parameter(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        for (path, expected) in [
            ("/orders/{id:int}/", "/orders/{}"),
            ("//a///b", "/a/b"),
            ("/", ""),
            ("", ""),
            ("a/b", "/a/b"),
            ("/a%20b/{x}.json", "/a b/{}.json"),
            ("/v1/{name}:cancel?x=1", "/v1/{}:cancel"),
            ("/{a{b}c}/d", "/{}/d"),
            ("/{unclosed/d", "/{}"),
        ] {
            assert_eq!(key(path), expected, "{path}");
        }
    }

    #[test]
    fn suffixes_name_something() {
        let found: Vec<_> = suffixes("/api/v1/orders/{}").collect();
        assert_eq!(found, [("/api", "/v1/orders/{}"), ("/api/v1", "/orders/{}")]);
    }
}
