//! Finds characters that nobody sees and programs stumble over.
//!
//! A zero-width space in a command is pasted with it, and the shell does not find the file; in a heading or word
//! it hides the place from every search. They come from chat programs, web pages and word processors. In code
//! any of them is an error, in prose a warning. The fix removes them.
//!
//! Where such a character has a meaning it is left alone: joiners in emoji and in Arabic, Persian and Indic
//! scripts, zero-width spaces in Thai, Khmer, Chinese and Japanese, a soft hyphen in prose, a possible line break
//! in a long path, a mark beside `@`, backticks or emphasis that keeps them from being read as such.
//!
//! In the examples `\u{200B}` stands for the character itself.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! Restore it with `pg_restore \u{200B}-d orders`.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! The families 👨\u{200D}👩\u{200D}👧 and می\u{200C}خواهم keep their joiners; so does /var/lib/\u{200B}postgresql/\u{200B}data its breaks.
//! ```

use crate::finding::{Edit, Fix, Safety, Severity};
use crate::lint::rules::text::place::{Place, Places, and_more, is_mention};
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "text/invisible",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("invisible.rs"),
    check: Check::Page(check),
};

fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ad}' => "soft hyphen",
        '\u{61c}' => "Arabic letter mark",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{feff}' => "byte order mark inside the text",
        '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => "tag character",
        _ => return None,
    })
}

fn is_invisible(c: char) -> bool {
    name(c).is_some()
}

fn check(cx: &mut Context<'_>, page: &Page) {
    let text = cx.project.sources.get(page.source).text.clone();
    if text.is_ascii() || !text.contains(is_invisible) || speaks_of_them(&text) {
        return;
    }
    let places = Places::new(page);
    let mut in_code: Vec<(usize, char)> = Vec::new();
    let mut in_prose: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().filter(|&(at, c)| at > 0 && is_invisible(c)) {
        let around = Around::new(&text, at, c);
        let (place, code) = places.of(at);
        match place {
            _ if around.has_meaning(c) => {}
            Place::Prose if around.is_intended(c) => {}
            Place::Prose => in_prose.push((at, c)),
            Place::InlineCode if is_mention(&text[code], is_invisible) => {}
            _ if around.is_escape(c) => {}
            _ => in_code.push((at, c)),
        }
    }
    for (found, place, severity) in
        [(in_code, " in code", Severity::Error), (in_prose, "", Severity::Warning)]
    {
        let Some(&(at, c)) = found.first() else { continue };
        let span = |at: usize, c: char| Span::new(page.source, at..at + c.len_utf8());
        let words = name(c).unwrap_or_default();
        let message = format!("invisible `U+{:04X}` ({words}){place}{}", c as u32, and_more(found.len() - 1));
        let edits = found.iter().map(|&(at, c)| Edit { span: span(at, c), text: String::new() }).collect();
        let finding = cx.report(span(at, c), message);
        finding.help("remove it");
        finding.severity = severity;
        finding.fix = Some(Fix { safety: Safety::Safe, edits });
    }
}

/// Whether the page is about such characters.
fn speaks_of_them(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["u+200", "u+feff", "u+2060", "u+00ad", "zero-width", "zero width", "invisible char"]
        .iter()
        .any(|it| lower.contains(it))
}

/// What stands beside an invisible character in its line; runs of them are looked through.
struct Around<'a> {
    left: &'a str,
    right: &'a str,
    before: Option<char>,
    after: Option<char>,
}

/// How far is looked, so that a line of many such characters is no burden.
const FAR: usize = 200;

impl<'a> Around<'a> {
    fn new(text: &'a str, at: usize, c: char) -> Around<'a> {
        let (left, right) = (&text[..at], &text[at + c.len_utf8()..]);
        let near = |it: &char| !is_invisible(*it);
        Around {
            left,
            right,
            before: left.chars().rev().take(8).find(near).filter(|&it| it != '\n'),
            after: right.chars().take(8).find(near).filter(|&it| it != '\n'),
        }
    }

    /// The characters of the line up to some distance, those before it backwards.
    fn line(&self) -> impl Iterator<Item = char> {
        let left = self.left.chars().rev().take(FAR).take_while(|&it| it != '\n');
        left.chain(self.right.chars().take(FAR).take_while(|&it| it != '\n'))
    }

    /// Whether it is all that its line or table cell holds.
    fn is_alone(&self) -> bool {
        let ends = |it: Option<char>| it.is_none_or(|it| matches!(it, '|' | '>' | '\n'));
        let blank = |it: &char| !matches!(it, ' ' | '\t' | '\r') && !is_invisible(*it);
        ends(self.left.chars().rev().take(FAR).find(blank)) && ends(self.right.chars().take(FAR).find(blank))
    }

    fn beside(&self, test: impl Fn(char) -> bool) -> bool {
        self.before.is_some_and(&test) || self.after.is_some_and(&test)
    }

    /// Whether the scripts or emoji around give the character a meaning.
    fn has_meaning(&self, c: char) -> bool {
        match c {
            '\u{200c}' | '\u{200d}' if self.beside(joins) => true,
            '\u{200d}' => self.before.is_some_and(is_emoji) && self.after.is_some_and(is_emoji),
            '\u{200b}' | '\u{2060}' => self.beside(has_no_spaces),
            '\u{180e}' => self.beside(|it| matches!(it, '\u{1800}'..='\u{18af}')),
            '\u{3164}' | '\u{ffa0}' => self.beside(|it| matches!(it, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}')),
            '\u{e0020}'..='\u{e007f}' => self.before == Some('\u{1f3f4}'),
            '\u{61c}' | '\u{200e}' | '\u{200f}' => self.line().any(is_right_to_left),
            _ => false,
        }
    }

    /// Whether an author put it into prose on purpose: to allow a line break, or to keep Markdown or a forge
    /// from reading what stands beside it.
    fn is_intended(&self, c: char) -> bool {
        match c {
            '\u{ad}' => true,
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => {
                let markup = self.beside(|it| "*_`~@#{}[]<>\\|&$".contains(it));
                let joint = |it: Option<char>| it.is_some_and(|it| it.is_ascii_punctuation());
                let inside = |it: Option<char>| it.is_some_and(|it| !it.is_whitespace());
                let path =
                    inside(self.before) && inside(self.after) && (joint(self.before) || joint(self.after));
                self.is_alone() || markup || path
            }
            _ => false,
        }
    }

    /// Whether it keeps two characters of code apart that would end or begin something: `*/`, `{{`, backticks.
    fn is_escape(&self, c: char) -> bool {
        let pair = (self.before.unwrap_or(' '), self.after.unwrap_or(' '));
        matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
            && (matches!(pair, ('*', '/') | ('/', '*') | ('@', _) | ('{', '{' | '%') | ('}' | '%', '}'))
                || (pair.0 == pair.1 && "`~$".contains(pair.0)))
    }
}

/// Scripts in which joiners and non-joiners choose the form of a letter.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{1a00}'..='\u{1cff}' | '\u{a800}'..='\u{abff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}')
}

/// Scripts that write no spaces between words, so that zero-width ones tell where a line may break.
fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1980}'..='\u{19ff}' | '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && c != '\u{61c}'
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{20e3}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn in_code_and_in_words() {
        check_rule(
            &RULE,
            "//- a.md\nDrain\u{feff} the\u{200b} node.\n     ^ invisible `U+FEFF` (byte order mark inside the text), and 1 more on this page\n\n```sh\nkubectl\u{a0}drain \u{200e}n1\u{ad}\n              ^ invisible `U+200E` (left-to-right mark) in code, and 1 more on this page\n```\n",
        );
    }

    #[test]
    fn what_has_a_meaning_or_was_meant() {
        check_rule(
            &RULE,
            "//- b.md\n\u{feff}# B\n\nสวัสดี\u{200b}ครับ 🏳\u{fe0f}\u{200d}🌈 क्\u{200d}ष Silben\u{ad}trennung @\u{200b}team **x**\u{200b}y שלום\u{200f}!\n\n| a | b |\n|---|---|\n| \u{200b} | x |\n\n`\u{200b}` and `/* *\u{200b}/`\n",
        );
    }
}
