//! The text that was read, and places in it.
//!
//! Places are byte ranges; lines and columns are counted only when something is printed.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The index of a [`Source`] in [`Sources`]. Ids follow the order of the paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// One text file of the project.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the project's root, always with `/`.
    pub path: String,
    /// The whole text, as it stands on disk (a byte order mark included) but for masked secrets.
    pub text: Arc<str>,
    /// The text with its secrets, where `text` masks some.
    raw: Option<Arc<str>>,
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters stand before each [`MARK`]th byte.
    marks: OnceLock<Vec<u32>>,
}

/// The distance of the marks from which characters are counted: a line may be megabytes long.
const MARK: usize = 1024;

/// A half-open range of bytes in one source; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// A place as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// From 0, in bytes.
    pub offset: u32,
}

impl Source {
    /// A source with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Source {
        Source {
            path: path.into(),
            text: text.into(),
            raw: None,
            line_starts: OnceLock::new(),
            marks: OnceLock::new(),
        }
    }

    /// The text exactly as it stands on disk, secrets included: for looking for secrets and for writing files,
    /// never for showing.
    pub fn raw(&self) -> &Arc<str> {
        self.raw.as_ref().unwrap_or(&self.text)
    }

    /// Whether a secret of the text is masked.
    pub fn has_mask(&self) -> bool {
        self.raw.is_some()
    }

    /// Whether the mask covers a byte of this range.
    pub fn is_masked(&self, range: Range<usize>) -> bool {
        self.raw
            .as_ref()
            .is_some_and(|raw| raw.as_bytes().get(range.clone()) != self.text.as_bytes().get(range))
    }

    /// The byte offset at which each line begins.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(newlines.map(|at| at as u32 + 1)).collect()
        })
    }

    /// Line, column and offset of a byte; an offset past the end counts as the end.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts().partition_point(|&start| start as usize <= offset);
        let start = self.line_starts()[line - 1] as usize;
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        Position { line: line as u32, column, offset: offset as u32 }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, offset: usize) -> u32 {
        let begins =
            |bytes: &[u8]| bytes.iter().filter(|&&it| it & 0b1100_0000 != 0b1000_0000).count() as u32;
        let bytes = self.text.as_bytes();
        let marks = self.marks.get_or_init(|| {
            let mut sum = 0;
            bytes
                .chunks(MARK)
                .map(|chunk| {
                    let before = sum;
                    sum += begins(chunk);
                    before
                })
                .collect()
        });
        let mark = (offset / MARK).min(marks.len().saturating_sub(1));
        marks.get(mark).copied().unwrap_or(0) + begins(&bytes[(mark * MARK).min(offset)..offset])
    }

    /// The text of the line that holds a byte, without its line ending.
    pub fn line_at(&self, offset: u32) -> &str {
        let line = self.line_starts().partition_point(|&start| start <= offset);
        let start = self.line_starts()[line.max(1) - 1] as usize;
        let end = self.line_starts().get(line).map_or(self.text.len(), |&next| next as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }
}

impl Span {
    /// The span of these bytes.
    pub fn new(source: SourceId, range: Range<usize>) -> Span {
        Span { source, start: range.start as u32, end: range.end as u32 }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// A part of this span; `inner` counts from the span's start.
    pub fn slice(self, inner: Range<usize>) -> Span {
        Span {
            source: self.source,
            start: self.start + inner.start as u32,
            end: (self.start + inner.end as u32).min(self.end),
        }
    }

    /// Whether the other span lies wholly inside this one.
    pub fn contains(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }
}

/// All texts of a project, ordered by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    all: Vec<Source>,
    by_path: HashMap<String, SourceId>,
}

impl Sources {
    /// Takes the sources, orders them by path; of two with the same path the first stays.
    pub fn new(mut all: Vec<Source>) -> Sources {
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all.dedup_by(|a, b| a.path == b.path);
        let by_path = all.iter().enumerate().map(|(i, it)| (it.path.clone(), SourceId(i as u32))).collect();
        Sources { all, by_path }
    }

    /// The same sources with some texts replaced; ids stay. Masks stay on the others.
    pub fn with(&self, texts: impl IntoIterator<Item = (SourceId, String)>) -> Sources {
        let copy = |it: &Source| Source {
            raw: it.raw.clone(),
            ..Source::new(it.path.clone(), Arc::clone(&it.text))
        };
        let mut all: Vec<Source> = self.all.iter().map(copy).collect();
        for (id, text) in texts {
            let path = all[id.0 as usize].path.clone();
            all[id.0 as usize] = Source::new(path, text);
        }
        Sources { all, by_path: self.by_path.clone() }
    }

    /// Covers bytes of a source's raw text with `*`; the text keeps its length, so places stay what they are.
    /// Every byte of the ranges must be ASCII; ranges that are not are left alone.
    pub fn mask(&mut self, id: SourceId, ranges: &[Range<usize>]) {
        let source = &mut self.all[id.0 as usize];
        let raw = Arc::clone(source.raw());
        let mut masked = String::with_capacity(raw.len());
        for range in ranges {
            let Some(secret) = raw.get(range.clone()).filter(|it| it.is_ascii()) else { continue };
            let Some(before) = raw.get(masked.len()..range.start) else { continue };
            masked.push_str(before);
            masked.extend(secret.chars().map(|_| '*'));
        }
        masked.push_str(raw.get(masked.len()..).unwrap_or_default());
        *source = Source { raw: Some(raw), ..Source::new(std::mem::take(&mut source.path), masked) };
    }

    /// The source of an id of this project.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// The source at a project path.
    pub fn id(&self, path: &str) -> Option<SourceId> {
        self.by_path.get(path).copied()
    }

    /// The words of a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.range()).unwrap_or_default()
    }

    /// The path of a source.
    pub fn path(&self, id: SourceId) -> &str {
        &self.get(id).path
    }

    /// Every source with its id, in the order of the paths.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (SourceId, &Source)> {
        self.all.iter().enumerate().map(|(i, it)| (SourceId(i as u32), it))
    }

    /// How many sources there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Whether a file is a Markdown document, by its name.
pub fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, it)| it);
    extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.md", "über\nwäre x");
        assert_eq!(source.position(0), Position { line: 1, column: 1, offset: 0 });
        assert_eq!(source.position(12), Position { line: 2, column: 6, offset: 12 });
        assert_eq!(source.position(99), Position { line: 2, column: 7, offset: 13 });
        assert_eq!(source.line_at(7), "wäre x");
    }

    #[test]
    fn columns_are_right_far_into_a_long_line() {
        let source = Source::new("a.md", format!("x\n{}", "é".repeat(5_000)));
        for at in [0, 1, 511, 512, 2_000, 5_000] {
            assert_eq!(source.position(2 + 2 * at).column, at + 1);
        }
        assert_eq!(Source::new("a.md", "").position(0).column, 1);
    }

    #[test]
    fn a_mask_covers_what_is_shown_and_keeps_what_is_written() {
        let mut sources = Sources::new(vec![Source::new("a.md", "key: 12345ü"), Source::new("b.md", "b")]);
        let secret = 7..10;
        sources.mask(SourceId(0), &[secret]);
        let source = sources.get(SourceId(0));
        assert_eq!((&*source.text, &**source.raw()), ("key: 12***ü", "key: 12345ü"));
        assert!(source.is_masked(0..8) && source.is_masked(9..10));
        assert!(
            !source.is_masked(0..7) && !source.is_masked(10..12) && !sources.get(SourceId(1)).is_masked(0..1)
        );
        let copied = sources.with([(SourceId(1), "c".to_owned())]);
        assert_eq!(&**copied.get(SourceId(0)).raw(), "key: 12345ü");
    }

    #[test]
    fn an_offset_inside_a_character_counts_as_its_start() {
        assert_eq!(Source::new("a.md", "é!").position(1).offset, 0);
    }
}
