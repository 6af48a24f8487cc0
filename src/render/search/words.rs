//! Text → the words that can be searched. `templates/search.js` takes queries apart in the same way; the two must
//! agree, in every script and not only in English.

/// Longer words are hashes and keys, which nobody types.
const LONGEST: usize = 40;

/// Lower-case base letters of U+00C0 to U+017F; `.` keeps the letter, `*` stands for two letters.
const LATIN: &[u8] = b"aaaaaa*ceeeeiiiidnooooo.ouuuuy**aaaaaa*ceeeeiiiidnooooo.ouuuuy*y\
                       aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**\
                       rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The same of U+1E00 to U+1EFF.
const LATIN_ADDITIONAL: &[u8] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnn\
                       oooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas..*.\
                       aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/// Calls `emit` with every word of a text: lower case, Latin letters without diacritics. Scripts without spaces
/// give pairs of neighbours. An identifier (`pg_dump`, `getOrder`, `/v1/orders`) gives its parts, and what they make
/// without the separators.
pub(super) fn each_word(text: &str, emit: &mut impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut any = Any::default();
    let mut lower = String::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
        } else if let Some(word) = plain_word(text, at) {
            at += word.len();
            if word.len() > LONGEST {
                continue;
            }
            if byte.is_ascii_uppercase() {
                lower.clear();
                lower.push_str(word);
                lower.make_ascii_lowercase();
                emit(&lower);
            } else {
                emit(word);
            }
        } else {
            at = any.read(text, at, emit);
        }
    }
}

/// The word that begins here, where it is one of ASCII letters and digits that is no part of an identifier and needs
/// no taking apart. Most words are, so this is what a long text costs.
fn plain_word(text: &str, at: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    if !bytes.get(at)?.is_ascii_alphanumeric() {
        return None;
    }
    let rest = bytes.get(at + 1..)?;
    let more = rest.iter().position(|it| !it.is_ascii_lowercase() && !it.is_ascii_digit());
    let end = at + 1 + more.unwrap_or(rest.len());
    let goes_on = |it: &u8| it.is_ascii_alphanumeric() || !it.is_ascii();
    let is_part = match bytes.get(end) {
        Some(b'_' | b'-' | b'.' | b'/') => bytes.get(end + 1).is_some_and(goes_on),
        next => next.is_some_and(goes_on),
    };
    if is_part { None } else { text.get(at..end) }
}

/// Takes any text apart, character by character.
#[derive(Default)]
struct Any {
    run: Run,
    pairs: Pairs,
}

impl Any {
    /// Reads words from a place in a text to the first ASCII character behind them that ends a word, and says where
    /// that is.
    fn read(&mut self, text: &str, from: usize, emit: &mut impl FnMut(&str)) -> usize {
        let Any { run, pairs } = self;
        let mut end = text.len();
        for (at, c) in text.get(from..).unwrap_or_default().char_indices() {
            if is_unspaced(c) {
                run.end(emit);
                pairs.add(c, emit);
            } else if c.is_alphanumeric() {
                pairs.end(emit);
                run.add(c);
            } else if !is_mark(c) {
                pairs.end(emit);
                if !run.join(c) {
                    run.end(emit);
                    if c.is_ascii() {
                        end = from + at;
                        break;
                    }
                }
            }
        }
        run.end(emit);
        pairs.end(emit);
        end
    }
}

/// Letters and digits with single separators between them.
#[derive(Default)]
struct Run {
    /// The folded letters, without the separators.
    letters: String,
    /// Where parts begin in `letters`, and whether a separator stands before.
    parts: Vec<(usize, bool)>,
    /// Whether a separator was read last.
    joined: bool,
    before: Option<Letter>,
}

/// A letter that was read.
#[derive(Clone, Copy)]
struct Letter {
    is_upper: bool,
    is_lower: bool,
    start: usize,
    /// Whether the one before it was upper case too.
    after_upper: bool,
}

impl Run {
    fn add(&mut self, c: char) {
        let before = self.before.filter(|_| !self.joined);
        let letter = Letter {
            is_upper: c.is_uppercase(),
            is_lower: c.is_lowercase() || c.is_numeric(),
            start: self.letters.len(),
            after_upper: before.is_some_and(|it| it.is_upper),
        };
        match before {
            None => self.parts.push((letter.start, true)),
            Some(it) if it.is_lower && letter.is_upper => self.parts.push((letter.start, false)),
            // The last capital of `HTTPServer` begins a word.
            Some(it) if it.is_upper && it.after_upper && c.is_lowercase() => {
                self.parts.push((it.start, false));
            }
            Some(_) => {}
        }
        self.joined = false;
        self.before = Some(letter);
        fold(c, &mut self.letters);
    }

    /// Takes a separator that may stand inside an identifier.
    fn join(&mut self, c: char) -> bool {
        let fits = matches!(c, '_' | '-' | '.' | '/') && !self.joined && !self.letters.is_empty();
        self.joined = fits;
        fits
    }

    fn end(&mut self, emit: &mut impl FnMut(&str)) {
        if self.letters.is_empty() {
            return;
        }
        let end = self.letters.len();
        let mut emit = |from: usize, to: usize| {
            let word = self.letters.get(from..to).unwrap_or_default();
            if !word.is_empty() && (word.len() <= LONGEST || word.chars().count() <= LONGEST) {
                emit(word);
            }
        };
        let mut segment = 0;
        for (at, &(start, _)) in self.parts.iter().enumerate() {
            let next = self.parts.get(at + 1);
            let stop = next.map_or(end, |it| it.0);
            emit(start, stop);
            if next.is_none_or(|it| it.1) {
                if at > segment {
                    emit(self.parts[segment].0, stop);
                }
                segment = at + 1;
            }
        }
        if self.parts.iter().filter(|it| it.1).count() > 1 {
            emit(0, end);
        }
        self.letters.clear();
        self.parts.clear();
        self.joined = false;
        self.before = None;
    }
}

/// A stretch of a script that puts no spaces between words.
#[derive(Default)]
struct Pairs {
    last: Option<char>,
    /// Whether a pair was given already.
    paired: bool,
    word: String,
}

impl Pairs {
    fn add(&mut self, c: char, emit: &mut impl FnMut(&str)) {
        if let Some(last) = self.last {
            self.word.clear();
            self.word.extend([last, c]);
            emit(&self.word);
            self.paired = true;
        }
        self.last = Some(c);
    }

    fn end(&mut self, emit: &mut impl FnMut(&str)) {
        if let (Some(c), false) = (self.last.take(), self.paired) {
            self.word.clear();
            self.word.push(c);
            emit(&self.word);
        }
        self.paired = false;
    }
}

/// Adds a letter in the form that is searched.
fn fold(c: char, into: &mut String) {
    for c in c.to_lowercase() {
        let code = c as usize;
        let table = match code {
            0xC0..0x180 => LATIN.get(code - 0xC0),
            0x1E00..0x1F00 => LATIN_ADDITIONAL.get(code - 0x1E00),
            _ => None,
        };
        match table {
            Some(b'*') => into.push_str(match c {
                'æ' => "ae",
                'œ' => "oe",
                'þ' => "th",
                'ĳ' => "ij",
                _ => "ss",
            }),
            Some(&letter) if letter != b'.' => into.push(char::from(letter)),
            _ if c == 'ς' => into.push('σ'),
            _ if is_mark(c) => {}
            _ => into.push(c),
        }
    }
}

/// A diacritic that stands behind its letter.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Han, Kana, Hangul, Thai, Lao, Myanmar, Khmer.
fn is_unspaced(c: char) -> bool {
    let ranges = [
        ('\u{e00}', '\u{eff}'),
        ('\u{1000}', '\u{109f}'),
        ('\u{1780}', '\u{17ff}'),
        ('\u{3041}', '\u{30ff}'),
        ('\u{3400}', '\u{4dbf}'),
        ('\u{4e00}', '\u{9fff}'),
        ('\u{ac00}', '\u{d7af}'),
        ('\u{f900}', '\u{faff}'),
        ('\u{20000}', '\u{3134f}'),
    ];
    c >= '\u{e00}' && c.is_alphanumeric() && ranges.iter().any(|it| (it.0..=it.1).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, &mut |it| found.push(it.to_owned()));
        found
    }

    #[test]
    fn words_lose_capitals_and_latin_diacritics() {
        assert_eq!(words("Größe, ÆTHER: Crème (brûlée)!"), ["grosse", "aether", "creme", "brulee"]);
        assert_eq!(words("Phở ẞ ĳs e\u{301}t"), ["pho", "ss", "ijs", "et"]);
        assert_eq!(words("Резерв ΟΔΟΣ οδος"), ["резерв", "οδοσ", "οδοσ"]);
    }

    #[test]
    fn identifiers_give_their_parts_and_the_whole() {
        assert_eq!(words("pg_dump."), ["pg", "dump", "pgdump"]);
        assert_eq!(words("getOrder"), ["get", "order", "getorder"]);
        assert_eq!(words("HTTPServer"), ["http", "server", "httpserver"]);
        assert_eq!(words("GET /v1/orders/{id}"), ["get", "v1", "orders", "v1orders", "id"]);
        assert_eq!(words("a/getOrder"), ["a", "get", "order", "getorder", "agetorder"]);
        assert_eq!(words("--dry-run ... x"), ["dry", "run", "dryrun", "x"]);
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        assert_eq!(words("数据库 恢复v2"), ["数据", "据库", "恢复", "v2"]);
        assert_eq!(words("の x"), ["の", "x"]);
    }

    #[test]
    fn plain_words_are_read_as_all_others() {
        let text = "Restore v2 of DB1, x86-64/Pg_dump. a_ b- c. É d数e F̈g Über-x HTTPServer2 9Lives é_a a_é a-- -b A\u{301}";
        let (mut whole, mut any, mut at) = (Vec::new(), Any::default(), 0);
        while at < text.len() {
            at = 1 + any.read(text, at, &mut |it| whole.push(it.to_owned()));
        }
        assert_eq!(whole.len(), 34, "{whole:?}");
        assert_eq!(words(text), whole);
    }

    #[test]
    fn keys_and_hashes_are_no_words() {
        assert!(words(&"a1".repeat(40)).is_empty());
    }
}
