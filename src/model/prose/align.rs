//! Words that differ from the source (escapes, entities), laid beside it.

use std::ops::Range;

use super::Piece;

impl Piece {
    /// Adds the words of a text node. `own` is set where they differ from the source, which holds escapes
    /// and entities then.
    pub(super) fn push_text(&mut self, own: Option<&str>, text: &str, range: Range<usize>) {
        let source = text.get(range.clone()).unwrap_or_default();
        let Some(own) = own else { return self.push(source, range.start) };
        let (mut at, mut rest) = (range.start, own);
        while let Some(character) = rest.chars().next() {
            let behind = text.get(at..range.end).unwrap_or_default();
            let shared = shared_prefix(rest, behind);
            if shared > 0 {
                self.push(&rest[..shared], at);
                (at, rest) = (at + shared, &rest[shared..]);
                continue;
            }
            let width = match behind.as_bytes() {
                [b'&', ..] => behind.find(';').map_or(1, |it| it + 1),
                // The backslash goes; what it escapes is next.
                [b'\\', ..] => {
                    at += 1;
                    continue;
                }
                // Nothing else is known to differ: the rest of the words stands for the rest of the source.
                _ => {
                    self.push_for(character, at..range.end);
                    self.words.push_str(&rest[character.len_utf8()..]);
                    return;
                }
            };
            self.push_for(character, at..at + width);
            (at, rest) = (at + width, &rest[character.len_utf8()..]);
        }
    }

    /// Adds inline code; the range holds its backticks too.
    pub(super) fn push_code(&mut self, words: &str, text: &str, range: Range<usize>) {
        let source = text.get(range.clone()).unwrap_or_default();
        match source.find(words) {
            Some(at) => self.push(words, range.start + at),
            // A line end inside became a space.
            None => {
                let ticks = source.bytes().take_while(|&it| it == b'`').count();
                self.push_text(Some(words), text, range.start + ticks..range.end - ticks.min(range.len()));
            }
        }
    }
}

/// How many bytes two texts share at the start, up to the first mark that may begin an escape or an entity.
fn shared_prefix(words: &str, source: &str) -> usize {
    let same = |(a, b): &((usize, char), char)| a.1 == *b && !(matches!(b, '&' | '\\'));
    let pairs = words.char_indices().zip(source.chars());
    let shared: usize = pairs.take_while(same).map(|((_, it), _)| it.len_utf8()).sum();
    // A lone `&` or `\` is itself.
    if shared == 0 && words.starts_with(['&', '\\']) && words.as_bytes().first() == source.as_bytes().first()
    {
        let literal = match source.as_bytes() {
            [b'\\', next, ..] => !next.is_ascii_punctuation(),
            [b'&', ..] => !source[1..].split(';').next().is_some_and(is_entity) || !source.contains(';'),
            _ => true,
        };
        return usize::from(literal);
    }
    shared
}

fn is_entity(name: &str) -> bool {
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.len() < 32 && name.bytes().all(|it| it.is_ascii_alphanumeric())
}
