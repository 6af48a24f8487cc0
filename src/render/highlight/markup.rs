//! Markup: tags, attributes, entities, comments; scripts and style sheets inside.

use super::{Class, Tokens, engine, languages};

/// Reads a part of a text.
pub(super) fn read(text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    let text = text.get(..end).unwrap_or_default();
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let Some(mark) = rest.find(['<', '&']) else { break };
        tokens.push(Class::Plain, at + mark);
        at += mark;
        let rest = &rest[mark..];
        let until = |close: &str| rest.find(close).map_or(rest.len(), |it| it + close.len());
        let length = if rest.starts_with("<!--") {
            tokens.push(Class::Comment, at + until("-->"));
            until("-->")
        } else if rest.starts_with("<![CDATA[") {
            tokens.push(Class::String, at + until("]]>"));
            until("]]>")
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            tokens.push(Class::Keyword, at + until(">"));
            until(">")
        } else if rest.starts_with('&') {
            entity(rest, at, tokens)
        } else {
            let length = tag(rest, at, tokens);
            length + embedded(text, rest, at, length, tokens)
        };
        at += length;
    }
}

/// `&name;`, which is no longer than 32 bytes.
fn entity(rest: &str, at: usize, tokens: &mut Tokens) -> usize {
    let name =
        rest.bytes().skip(1).take(32).take_while(|it| it.is_ascii_alphanumeric() || *it == b'#').count();
    let whole = name > 0 && rest.as_bytes().get(name + 1) == Some(&b';');
    let length = if whole { name + 2 } else { 1 };
    tokens.push(if whole { Class::Variable } else { Class::Plain }, at + length);
    length
}

/// A tag with its attributes; its length.
fn tag(rest: &str, at: usize, tokens: &mut Tokens) -> usize {
    let bytes = rest.as_bytes();
    let is_name =
        |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b':' | b'.' | b'@' | b'#' | b'*');
    let slash = usize::from(bytes.get(1) == Some(&b'/'));
    let name = bytes[1 + slash..].iter().take_while(|it| is_name(it)).count();
    if name == 0 {
        tokens.push(Class::Plain, at + 1);
        return 1;
    }
    let mut end = 1 + slash + name;
    tokens.push(Class::Type, at + end);
    while let Some(&byte) = bytes.get(end) {
        let (class, length) = match byte {
            b'>' => {
                tokens.push(Class::Type, at + end + 1);
                return end + 1;
            }
            b'<' => return end,
            b'/' => (Class::Type, 1),
            b'"' | b'\'' => {
                let Some(close) = rest[end + 1..].find(char::from(byte)) else {
                    // What never ends is no value: the rest is text.
                    tokens.push(Class::Plain, at + rest.len());
                    return rest.len();
                };
                (Class::String, close + 2)
            }
            _ if is_name(&byte) => {
                (Class::Property, bytes[end..].iter().take_while(|it| is_name(it)).count())
            }
            _ => (Class::Plain, 1),
        };
        end += length;
        // Only ASCII is looked at, so a longer character is passed byte by byte.
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        tokens.push(class, at + end);
    }
    end
}

/// What stands between `<script>` or `<style>` and its end; its length.
fn embedded(text: &str, rest: &str, at: usize, tag: usize, tokens: &mut Tokens) -> usize {
    let (language, close) = if rest.starts_with("<script") && rest[..tag].ends_with('>') {
        ("javascript", "</script")
    } else if rest.starts_with("<style") && rest[..tag].ends_with('>') {
        ("css", "</style")
    } else {
        return 0;
    };
    if rest[..tag].ends_with("/>") {
        return 0;
    }
    let length = rest[tag..].find(close).unwrap_or(rest.len() - tag);
    if let Some(lexer) = languages::lexer(language) {
        engine::run(lexer, text, at + tag, at + tag + length, tokens);
    }
    tokens.push(Class::Plain, at + tag + length);
    length
}
