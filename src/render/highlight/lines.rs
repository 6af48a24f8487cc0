//! What is written in lines: diffs, and messages of HTTP.

use super::{Class, Tokens, languages, read};

/// Lines that come and go.
pub(super) fn diff(text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    let mut at = start;
    for line in text.get(start..end).unwrap_or_default().split_inclusive('\n') {
        at += line.len();
        let head = ["diff ", "index ", "--- ", "+++ ", "new file", "deleted file", "rename ", "similarity "];
        let class = match line.as_bytes().first() {
            _ if head.iter().any(|it| line.starts_with(it)) => Class::Comment,
            Some(b'+' | b'>') => Class::Inserted,
            Some(b'-' | b'<') => Class::Deleted,
            Some(b'@') => Class::Keyword,
            _ => Class::Plain,
        };
        tokens.push(class, at);
    }
}

/// Requests and answers: their first line, headers, and a body in JSON.
pub(super) fn http(text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    let mut at = start;
    let mut headers = true;
    while at < end {
        let rest = text.get(at..end).unwrap_or_default();
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let words = line.trim_end();
        if words.starts_with('#') || words.starts_with("// ") {
            tokens.push(Class::Comment, at + line.len());
            headers |= words.starts_with("###");
        } else if let Some(method) = method(words) {
            tokens.push(Class::Keyword, at + method);
            let version = words.rfind(" HTTP/").map_or(words.len(), |it| it + 1).max(method);
            tokens.push(Class::String, at + version);
            tokens.push(Class::Keyword, at + words.len());
            headers = true;
        } else if words.starts_with("HTTP/") {
            let version = words.find(' ').unwrap_or(words.len());
            tokens.push(Class::Keyword, at + version);
            let status = words
                .get(version + 1..)
                .and_then(|it| it.find(' '))
                .map_or(words.len(), |it| version + 1 + it);
            tokens.push(Class::Number, at + status);
            headers = true;
        } else if words.is_empty() {
            headers = false;
        } else if let Some(colon) = words.find(':').filter(|it| headers && is_token(&words[..*it])) {
            tokens.push(Class::Property, at + colon);
            tokens.push(Class::Operator, at + colon + 1);
            tokens.push(Class::String, at + words.len());
        } else if !headers && words.starts_with(['{', '[']) {
            // The body goes on to a line that says it is over, or to a next message.
            let over = ["\nHTTP/", "\n###", "\nGET ", "\nPOST ", "\nPUT ", "\nPATCH ", "\nDELETE "];
            let length = over.iter().filter_map(|it| rest.find(it)).min().map_or(rest.len(), |it| it + 1);
            if let Some(reader) = languages::find("json") {
                read(reader, text, at, at + length, tokens);
            }
            tokens.push(Class::Plain, at + length);
            at += length;
            continue;
        }
        tokens.push(Class::Plain, at + line.len());
        at += line.len();
    }
}

/// The length of the method that a request begins with.
fn method(line: &str) -> Option<usize> {
    let (word, rest) = line.split_once(' ')?;
    let known = matches!(
        word,
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "TRACE" | "CONNECT" | "QUERY"
    );
    (known && !rest.trim().is_empty()).then_some(word.len())
}

fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'))
}
