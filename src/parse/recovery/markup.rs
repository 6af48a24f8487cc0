//! Raw HTML → the rows of its tables and the lines of everything else.

use std::ops::Range;

use super::tokens::{self, Char, Token};

/// Entities that stand for a character of a statement.
const ENTITIES: &[(&str, char)] = &[
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&le;", '≤'),
    ("&ge;", '≥'),
    ("&amp;", '&'),
    ("&nbsp;", ' '),
    ("&ndash;", '–'),
    ("&mdash;", '—'),
    ("&minus;", '-'),
    ("&asymp;", '≈'),
    ("&rarr;", '→'),
    ("&quot;", '"'),
];
/// Wider cells are not repeated.
const WIDEST: usize = 12;
/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "details",
    "summary",
    "caption",
    "figure",
    "center",
    "hr",
    "pre",
];
/// Elements whose content states nothing.
const SILENT: &[&str] = &["script", "style", "del", "s", "strike", "code", "svg", "template"];

/// A piece of raw HTML.
#[derive(Debug)]
pub(super) enum Piece {
    /// A line, with forced breaks inside.
    Line(Vec<Token>),
    /// The rows of a table, cell by cell; cells that span columns are repeated.
    Table(Vec<Vec<Vec<Token>>>),
}

/// Takes the HTML of a range apart.
pub(super) fn pieces(text: &str, range: Range<usize>) -> Vec<Piece> {
    let mut reader = Reader::default();
    let mut at = range.start;
    while let Some(rest) = text.get(at..range.end).filter(|it| !it.is_empty()) {
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = comment.find("-->").map_or(range.end, |end| at + 4 + end + 3);
        } else if is_tag(rest) {
            let end = rest.find('>').map_or(rest.len(), |it| it + 1);
            reader.tag(&rest[..end], at..at + end);
            at += end;
        } else {
            // A lone "<" is a word of the text.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |it| first + it);
            reader.words(&rest[..end], at);
            at += end;
        }
    }
    reader.line();
    reader.table();
    reader.pieces
}

fn is_tag(rest: &str) -> bool {
    let name = rest.strip_prefix('<').map(|it| it.strip_prefix('/').unwrap_or(it));
    name.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'))
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    chars: Vec<Char>,
    rows: Vec<Vec<Vec<Token>>>,
    /// Columns of the open cell; 0 outside cells.
    span: usize,
    bold: bool,
    silent: usize,
}

impl Reader {
    fn tag(&mut self, tag: &str, place: Range<usize>) {
        let closes = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|it| it.is_ascii_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let name = name.as_str();
        match name {
            "table" => {
                self.line();
                self.table();
            }
            "tr" => {
                self.cell();
                if !closes {
                    self.chars.clear();
                    self.rows.push(Vec::new());
                }
            }
            "td" | "th" => {
                self.cell();
                self.chars.clear();
                self.span = if closes { 0 } else { columns(tag) };
                self.bold = name == "th" && !closes;
            }
            "b" | "strong" => self.bold = !closes,
            "br" => self.end_line(&place, '\r'),
            _ if SILENT.contains(&name) => {
                self.silent = if closes { self.silent.saturating_sub(1) } else { self.silent + 1 };
            }
            _ if BLOCKS.contains(&name) && self.span > 0 => self.end_line(&place, '\r'),
            _ if BLOCKS.contains(&name) => self.line(),
            _ => {}
        }
    }

    fn end_line(&mut self, place: &Range<usize>, c: char) {
        self.chars.push(Char { c, start: place.start as u32, end: place.end as u32, bold: false });
    }

    fn words(&mut self, words: &str, start: usize) {
        if self.silent > 0 {
            return;
        }
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let at = start + words.len() - rest.len();
            let entity = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
            let (c, length) = entity.map_or((first, first.len_utf8()), |&(name, c)| (c, name.len()));
            let plain = tokens::chars(c.encode_utf8(&mut [0; 4]), at, self.bold)
                .map(|it| Char { end: (at + length) as u32, ..it })
                .collect::<Vec<_>>();
            self.chars.extend(plain);
            rest = &rest[length..];
        }
    }

    fn cell(&mut self) {
        if self.span == 0 {
            return;
        }
        let cell = tokens::tokenize(&std::mem::take(&mut self.chars));
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        if let Some(row) = self.rows.last_mut() {
            row.extend(std::iter::repeat_n(cell, self.span));
        }
        self.span = 0;
    }

    fn line(&mut self) {
        if self.span > 0 {
            return;
        }
        let tokens = tokens::tokenize(&std::mem::take(&mut self.chars));
        if !tokens.is_empty() {
            self.pieces.push(Piece::Line(tokens));
        }
    }

    fn table(&mut self) {
        self.cell();
        let rows = std::mem::take(&mut self.rows);
        if rows.iter().any(|row| !row.is_empty()) {
            self.pieces.push(Piece::Table(rows));
        }
    }
}

/// The columns that a cell spans.
fn columns(tag: &str) -> usize {
    let value = tag.to_ascii_lowercase().find("colspan=").and_then(|at| tag.get(at + 8..));
    let digits: String = value
        .unwrap_or_default()
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(1).clamp(1, WIDEST)
}
