//! Places as editors count them: lines from 0, and columns in UTF-16 units or, where both sides want it, in bytes.

use std::ops::Range;

use gen_lsp_types as lsp;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units, as every client understands.
    #[default]
    Utf16,
}

/// The lines of a text. A byte order mark at its beginning counts as nothing: editors do not show it.
pub(super) struct Lines<'a> {
    text: &'a str,
    encoding: Encoding,
    starts: Vec<usize>,
    /// How many units stand before each [`MARK`]th byte.
    marks: Vec<u32>,
}

/// The distance of the marks from which units are counted: a line may be megabytes long.
const MARK: usize = 1024;

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Lines<'a> {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let starts = std::iter::once(first).chain(ends.map(|at| at + 1)).collect();
        let mut sum = 0;
        let mark = |chunk: &[u8]| {
            let before = sum;
            sum += units(chunk);
            before
        };
        let marks = match encoding {
            Encoding::Utf8 => Vec::new(),
            Encoding::Utf16 => bytes.chunks(MARK).map(mark).collect(),
        };
        Lines { text, encoding, starts, marks }
    }

    /// The place of a byte; one past the end counts as the end.
    pub(super) fn position(&self, offset: usize) -> lsp::Position {
        let offset = self.boundary(offset).max(self.starts[0]);
        let line = self.starts.partition_point(|&start| start <= offset).max(1) - 1;
        let start = self.starts[line];
        let character = match self.encoding {
            Encoding::Utf8 => (offset - start) as u32,
            Encoding::Utf16 => self.units_before(offset) - self.units_before(start),
        };
        lsp::Position { line: line as u32, character }
    }

    /// The places of a range of bytes.
    pub(super) fn range(&self, bytes: Range<usize>) -> lsp::Range {
        lsp::Range { start: self.position(bytes.start), end: self.position(bytes.end) }
    }

    /// The byte at a place; a column past the end of its line counts as that end, a line past the last as the end.
    pub(super) fn offset(&self, position: lsp::Position) -> usize {
        let Some(&start) = self.starts.get(position.line as usize) else { return self.text.len() };
        let next = self.starts.get(position.line as usize + 1).copied();
        let line = self.text.get(start..next.unwrap_or(self.text.len())).unwrap_or_default();
        let line = if next.is_some() { line.strip_suffix('\n').unwrap_or(line) } else { line };
        let line = if next.is_some() { line.strip_suffix('\r').unwrap_or(line) } else { line };
        let wanted = position.character as usize;
        let inside = match self.encoding {
            Encoding::Utf8 => wanted.min(line.len()),
            Encoding::Utf16 => {
                let mut units = 0;
                let mut reached = line.char_indices().filter(|(_, c)| {
                    units += c.len_utf16();
                    units > wanted
                });
                reached.next().map_or(line.len(), |(byte, _)| byte)
            }
        };
        self.boundary(start + inside)
    }

    /// The line that holds a byte, without its end, as a range of bytes.
    pub(super) fn line_around(&self, offset: usize) -> Range<usize> {
        let line = self.starts.partition_point(|&start| start <= offset).max(1) - 1;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text.get(self.starts[line]..end).unwrap_or_default();
        self.starts[line]..self.starts[line] + text.trim_end_matches(['\n', '\r']).len()
    }

    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn units_before(&self, offset: usize) -> u32 {
        let mark = (offset / MARK).min(self.marks.len().saturating_sub(1));
        let from = mark * MARK;
        self.marks.get(mark).copied().unwrap_or(0) + units(&self.text.as_bytes()[from.min(offset)..offset])
    }
}

/// The UTF-16 units of the characters that begin in these bytes.
fn units(bytes: &[u8]) -> u32 {
    let of = |byte: &u8| u32::from(byte & 0b1100_0000 != 0b1000_0000) + u32::from(*byte >= 0b1111_0000);
    bytes.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> lsp::Position {
        lsp::Position { line, character }
    }

    #[test]
    fn columns_count_what_was_agreed_on() {
        let text = "aé😀b\nx";
        let utf16 = Lines::new(text, Encoding::Utf16);
        assert_eq!(utf16.position(7), at(0, 4));
        assert_eq!(utf16.offset(at(0, 4)), 7);
        assert_eq!(
            (utf16.offset(at(0, 3)), utf16.offset(at(0, 2))),
            (3, 3),
            "the middle of a character is its start"
        );
        let utf8 = Lines::new(text, Encoding::Utf8);
        assert_eq!((utf8.position(7), utf8.offset(at(0, 7))), (at(0, 7), 7));
        assert_eq!(utf8.offset(at(0, 5)), 3);
    }

    #[test]
    fn lines_end_in_three_ways_and_places_past_an_end_are_the_end() {
        let lines = Lines::new("a\r\nb\rc\nd", Encoding::Utf16);
        for (offset, place) in [(0, at(0, 0)), (3, at(1, 0)), (5, at(2, 0)), (7, at(3, 0)), (8, at(3, 1))] {
            assert_eq!((lines.position(offset), lines.offset(place)), (place, offset));
        }
        assert_eq!((lines.offset(at(0, 9)), lines.offset(at(1, 9)), lines.offset(at(9, 0))), (1, 4, 8));
        assert_eq!(lines.position(99), at(3, 1));
        assert_eq!((lines.line_around(0), lines.line_around(4), lines.line_around(8)), (0..1, 3..4, 7..8));
        let empty = Lines::new("", Encoding::Utf16);
        assert_eq!((empty.position(0), empty.offset(at(0, 3))), (at(0, 0), 0));
    }

    #[test]
    fn a_byte_order_mark_is_not_seen() {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::new("\u{feff}ab\nc", encoding);
            assert_eq!(
                (lines.position(0), lines.position(4), lines.position(6)),
                (at(0, 0), at(0, 1), at(1, 0))
            );
            assert_eq!((lines.offset(at(0, 0)), lines.offset(at(0, 1))), (3, 4));
        }
    }

    #[test]
    fn columns_are_right_far_into_a_long_line() {
        let text = format!("x\n{}", "é😀".repeat(3_000));
        let lines = Lines::new(&text, Encoding::Utf16);
        for it in [0, 1, 170, 171, 2_999] {
            let (offset, place) = (2 + 6 * it, at(1, 3 * it as u32));
            assert_eq!((lines.position(offset), lines.offset(place)), (place, offset));
        }
    }
}
