//! The annotations in a comment, as PHP had them before attributes: `@Route("/orders", methods={"GET"})`.

use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// Lists in lists.
const MAX_DEPTH: usize = 12;

/// Every annotation with arguments that begins a line of the comment.
pub(super) fn annotations(comment: Syntax<'_>) -> Vec<Expr> {
    let text = comment.words();
    if !text.starts_with("/**") || !text.contains('(') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut reader = Reader { text, at: 0, offset: comment.range().start };
    while let Some(next) = text.get(reader.at..).and_then(|it| it.find('@')) {
        let at = reader.at + next;
        reader.at = at + 1;
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        if line.chars().all(|it| it.is_whitespace() || matches!(it, '*' | '/')) {
            found.extend(reader.annotation(0));
        }
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Where the comment begins in its file.
    offset: u32,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn expr(&self, start: usize, kind: ExprKind) -> Expr {
        Expr { kind, start: self.offset + start as u32, end: self.offset + self.at as u32 }
    }

    /// Skips blanks and the stars at the beginnings of lines.
    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(|it: char| it.is_whitespace() || it == '*').len();
    }

    fn take(&mut self, char: char) -> bool {
        self.blanks();
        let here = self.rest().starts_with(char);
        self.at += if here { char.len_utf8() } else { 0 };
        here
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let name = |it: char| !(it.is_alphanumeric() || matches!(it, '_' | '\\' | ':' | '.' | '-'));
        let word = &rest[..rest.find(name).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// What follows `@`; only with arguments.
    fn annotation(&mut self, depth: usize) -> Option<Expr> {
        let start = self.at;
        let name = self.word();
        if name.is_empty() || !self.rest().starts_with('(') || depth > MAX_DEPTH {
            return None;
        }
        let callee = self.expr(start, ExprKind::Name(name.trim_start_matches('\\').into()));
        self.at += 1;
        let args = self.entries(')', depth)?;
        let args = args.into_iter().map(|it| Arg { name: it.key, value: it.value }).collect();
        Some(self.expr(start, ExprKind::Call(Box::new(Call { callee, args }))))
    }

    /// Values, some with keys, up to the end; none where it does not read so.
    fn entries(&mut self, close: char, depth: usize) -> Option<Vec<Property>> {
        let mut found = Vec::new();
        while !self.take(close) {
            self.blanks();
            let value = self.value(depth + 1)?;
            if self.take('=') || self.take(':') {
                let key = match value.kind {
                    ExprKind::Str(key) | ExprKind::Name(key) => key,
                    _ => return None,
                };
                self.blanks();
                found.push(Property { key: Some(key), value: self.value(depth + 1)? });
            } else {
                found.push(Property { key: None, value });
            }
            if !self.take(',') {
                return self.take(close).then_some(found);
            }
        }
        Some(found)
    }

    fn value(&mut self, depth: usize) -> Option<Expr> {
        let start = self.at;
        match self.rest().chars().next().filter(|_| depth <= MAX_DEPTH)? {
            '"' => {
                let mut text = String::new();
                loop {
                    self.at += 1;
                    let rest = self.rest();
                    let end = rest.find('"')?;
                    text.push_str(&rest[..end]);
                    self.at += end + 1;
                    // A quote is written twice.
                    if !self.rest().starts_with('"') {
                        return Some(self.expr(start, ExprKind::Str(text.into())));
                    }
                    text.push('"');
                }
            }
            '{' => {
                self.at += 1;
                let entries = self.entries('}', depth)?;
                let kind = match entries.iter().any(|it| it.key.is_some()) {
                    true => ExprKind::Object(entries),
                    false => ExprKind::List(entries.into_iter().map(|it| it.value).collect()),
                };
                Some(self.expr(start, kind))
            }
            '@' => {
                self.at += 1;
                self.annotation(depth)
            }
            _ => {
                let word = self.word();
                let kind = match word {
                    "" => return None,
                    "true" | "false" => ExprKind::Bool(word == "true"),
                    // `Paths::ORDERS`
                    _ => match word.split_once("::") {
                        Some((of, name)) => {
                            let of = if matches!(of, "self" | "static") { "this" } else { of };
                            let of = self.expr(start, ExprKind::Name(of.into()));
                            ExprKind::Attr(Box::new(of), name.into())
                        }
                        None => ExprKind::Name(word.trim_end_matches(':').into()),
                    },
                };
                Some(self.expr(start, kind))
            }
        }
    }
}
