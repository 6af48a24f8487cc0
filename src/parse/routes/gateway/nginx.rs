//! nginx: `location /api/ { proxy_pass http://app/; }` takes `/api` off, for its address has a path of its own.
//!
//! <https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass>

use super::add;
use crate::model::route::Gateway;
use crate::source::SourceId;

/// A word of the file, a brace or a semicolon, with its first byte.
type Token<'t> = (&'t str, usize);

/// Reads a configuration; what is broken ends it.
pub(super) fn read(source: SourceId, text: &str, found: &mut Vec<Gateway>) {
    // The locations that are open, each with its prefix where it has one.
    let mut blocks: Vec<Option<&str>> = Vec::new();
    let mut statement: Vec<Token<'_>> = Vec::new();
    for (word, at) in tokens(text) {
        match word {
            "{" => {
                let words: Vec<&str> = statement.iter().map(|it| it.0).collect();
                blocks.push(match words.as_slice() {
                    ["location", path] | ["location", "^~", path] => Some(path),
                    _ => None,
                });
                statement.clear();
            }
            "}" => {
                blocks.pop();
                statement.clear();
            }
            ";" => {
                if let Some(prefix) = blocks.iter().rev().find_map(|it| *it) {
                    directive(source, prefix, &statement, found);
                }
                statement.clear();
            }
            _ => statement.push((word, at)),
        }
    }
}

fn directive(source: SourceId, prefix: &str, statement: &[Token<'_>], found: &mut Vec<Gateway>) {
    let words: Vec<&str> = statement.iter().map(|it| it.0).collect();
    let Some(&(first, start)) = statement.first() else { return };
    let span = start..start + first.len();
    match words.as_slice() {
        ["proxy_pass", address] => {
            let address = address.split_once("://").map_or(*address, |(_, rest)| rest);
            if let Some(at) = address.find('/') {
                add(found, prefix, &address[at..], source, span);
            }
        }
        // `rewrite ^/api/(.*)$ /$1 break`
        ["rewrite", pattern, replacement, ..] => {
            let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
            let outside = pattern.split_once("(.*)").map(|(before, _)| before.trim_end_matches("/?"));
            let inside = replacement.split_once("$1").map(|(before, _)| before);
            if let (Some(outside), Some(inside)) = (outside, inside) {
                add(found, outside, inside, source, span);
            }
        }
        _ => {}
    }
}

/// Words, braces and semicolons; comments are left out, quotes taken off.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match char {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '{' | '}' | ';' => {
                tokens.push((&rest[..1], at));
                1
            }
            '"' | '\'' => {
                let Some(end) = rest[1..].find(char) else { break };
                tokens.push((&rest[1..=end], at + 1));
                end + 2
            }
            _ if char.is_whitespace() => char.len_utf8(),
            _ => {
                let end =
                    rest.find(|c: char| c.is_whitespace() || matches!(c, ';' | '{')).unwrap_or(rest.len());
                // `${name}` is part of its word.
                let end = if rest[..end].ends_with('$') && rest[end..].starts_with('{') {
                    rest.find('}').map_or(rest.len(), |it| it + 1)
                } else {
                    end
                };
                tokens.push((&rest[..end], at));
                end
            }
        };
        at += length.max(1);
    }
    tokens
}
