//! Sessions: prompts, what was typed behind them, and what it printed.

use super::languages::{self, Reader};
use super::{Class, Tokens, engine};

/// Reads a session whose commands are of a language.
pub(super) fn read(language: &str, text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    let Some(inner) = languages::find(language) else { return };
    let session = text.get(start..end).unwrap_or_default();
    // Where no line has a sure prompt, a `#` is one, and otherwise a comment.
    let sure = session.lines().any(|it| prompt(it, false) > 0);
    if !sure && !session.lines().any(|it| prompt(it, true) > 0) {
        // Commands alone.
        return read_command(inner, text, start, end, tokens);
    }
    let mut at = start;
    let mut lines = session.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let mark = prompt(line, !sure);
        if mark == 0 {
            let comment = line.trim_start().starts_with("# ");
            tokens.push(if comment { Class::Comment } else { Class::Output }, at + line.len());
            at += line.len();
            continue;
        }
        tokens.push(Class::Prompt, at + mark);
        let mut from = at + mark;
        at += line.len();
        let mut last = line;
        let mut ends = here_document(line);
        // A command goes on behind a backslash, behind `> `, and to the end of its here-document.
        while let Some(&next) = lines.peek() {
            let open = ends.is_some() || last.trim_end().ends_with(['\\', '`']);
            let mark = more(next);
            if !(open || mark > 0) || (prompt(next, false) > 0 && mark == 0) {
                break;
            }
            if mark > 0 {
                read_command(inner, text, from, at, tokens);
                tokens.push(Class::Prompt, at + mark);
                from = at + mark;
            }
            at += next.len();
            ends = ends.filter(|it| next.get(mark..).is_none_or(|next| next.trim() != *it));
            last = next;
            lines.next();
        }
        read_command(inner, text, from, at, tokens);
    }
}

fn read_command(inner: &Reader, text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    super::read(inner, text, start, end, tokens);
}

/// Reads a script, or a session where the first line begins with `$ `.
pub(super) fn read_shell(text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    let words = text.get(start..end).unwrap_or_default();
    let first = words.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    if first.trim_start().starts_with("$ ") {
        read("shell-words", text, start, end, tokens);
    } else if let Some(lexer) = languages::lexer("shell-words") {
        engine::run(lexer, text, start, end, tokens);
    }
}

/// The length of the prompt that a line begins with, 0 without one: `$ `, `> ` of other shells, `>>> `,
/// `PS C:\> `, `user@host:~$ `, `[root@host ~]# `, `db=# `, and `# ` where it is one.
fn prompt(line: &str, hash: bool) -> usize {
    let indent = line.len() - line.trim_start().len();
    let words = &line[indent..];
    let bytes = words.as_bytes();
    let simple = ["$ ", "% ", "❯ ", "➜ ", ">>> ", "... "];
    if let Some(found) = simple.iter().find(|it| words.starts_with(**it)) {
        return indent + found.len();
    }
    if words.trim_end() == "$" {
        return indent + 1;
    }
    if hash && (words.starts_with("# ") || words.starts_with("> ")) {
        return indent + 2;
    }
    // The sign that ends a longer prompt, among the first words.
    let head = bytes.get(..bytes.len().min(80)).unwrap_or_default();
    let sign = if words.starts_with("PS ") || bytes.get(1..3) == Some(b":\\") {
        head.iter().position(|&it| it == b'>')
    } else {
        let at = head.iter().position(|&it| it == b'@' || it == b'=');
        let end = head.iter().position(|&it| matches!(it, b'$' | b'#' | b'>'));
        end.filter(|&end| {
            let named =
                at.is_some_and(|it| it < end) && head[..end].iter().filter(|it| **it == b' ').count() <= 1;
            let database = head[end.saturating_sub(1)] == b'=' || head[..end].contains(&b'@');
            named && database && !head[..end].contains(&b'"')
        })
    };
    match sign {
        Some(at) if matches!(bytes.get(at + 1), Some(b' ')) => indent + at + 2,
        Some(at) if bytes.get(..3) == Some(b"PS ") => indent + at + 1,
        _ => 0,
    }
}

/// The length of `> ` before a line that goes on.
fn more(line: &str) -> usize {
    if line.starts_with("> ") {
        2
    } else if line.starts_with(">> ") {
        3
    } else {
        0
    }
}

/// The word that ends the here-document which a line begins.
fn here_document(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("<<")?;
    let rest = rest.trim_start_matches(['-', ' ', '\'', '"']);
    let length = rest.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'_').count();
    rest.get(..length).filter(|it| it.starts_with(|c: char| c.is_ascii_uppercase()))
}
