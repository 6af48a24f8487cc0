//! YAML → [`Tree`]. The only file that knows the YAML library.

mod quote;

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput};

use super::tree::{Builder, Collection, MAX_DEPTH};
use crate::model::tree::{Style, Tree, TreeId, TreeProblem};

/// Reads the YAML in a range of the text; spans count from the start of `text`. What stands before an error
/// is in the tree, and so are later documents.
pub fn parse(text: &str, range: Range<usize>) -> (Tree, Vec<TreeProblem>) {
    let part = text.get(range.clone()).unwrap_or_default();
    let (tree, problems, is_shallow) = read(text, range.clone(), part);
    match is_shallow.then(|| quote::joined(part)).flatten() {
        Some(joined) => {
            let (tree, problems, _) = read(text, range, &joined);
            (tree, problems)
        }
        None => (tree, problems),
    }
}

/// Reads `part`, which stands for the range of the text; whether a quoted text is not indented enough, too.
fn read(text: &str, range: Range<usize>, part: &str) -> (Tree, Vec<TreeProblem>, bool) {
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut parser = Parser::new_from_str_with_options(part, options);
    let mut reader = Reader {
        text,
        part,
        range,
        builder: Builder::default(),
        anchors: HashMap::new(),
        problems: Vec::new(),
    };
    let mut is_shallow = false;
    loop {
        match parser.next_event() {
            None => break,
            Some(Ok((event, span))) => {
                let bytes = span.byte_range().unwrap_or_default();
                if reader.event(event, bytes).is_none() {
                    break;
                }
            }
            Some(Err(error)) => {
                is_shallow |= *error.kind() == ErrorKind::InvalidQuotedScalarIndent;
                reader.error(&error);
                reader.builder.end_document();
                if !next_document(&mut parser) {
                    break;
                }
            }
        }
    }
    (reader.builder.finish(text), reader.problems, is_shallow)
}

fn next_document<'a>(parser: &mut Parser<'a, StrInput<'a>>) -> bool {
    matches!(parser.proceed_next_document(), Ok(true))
}

struct Reader<'a> {
    text: &'a str,
    /// What is parsed in the place of the range.
    part: &'a str,
    range: Range<usize>,
    builder: Builder,
    anchors: HashMap<usize, TreeId>,
    problems: Vec<TreeProblem>,
}

impl Reader<'_> {
    /// Takes one event; none when the rest cannot be read.
    fn event(&mut self, event: Event<'_>, bytes: Range<usize>) -> Option<()> {
        let offset = self.range.start;
        let span = offset + bytes.start..offset + bytes.end;
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let style = match style {
                    _ if tag
                        .is_some_and(|it| !it.is_yaml_core_schema() || it.is_yaml_core_schema_tag("str")) =>
                    {
                        Style::Quoted
                    }
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let words = self.text.get(span.clone()).unwrap_or_default();
                let content = match style {
                    Style::Quoted => words.get(1..words.len().saturating_sub(1)).unwrap_or_default(),
                    Style::Plain | Style::Block => words,
                };
                let was_joined = style == Style::Quoted && self.part.get(bytes) != Some(words);
                let value = if was_joined { single_spaced(&value).into() } else { value };
                // A value that is not there comes as `~`.
                let differs = value != content && !span.is_empty();
                let own = differs.then(|| value.into_owned().into_boxed_str());
                let id = self.builder.scalar(style, own, span);
                self.anchor(anchor, id);
            }
            Event::MappingStart(_, anchor, _) => {
                let id = self.open(Collection::Mapping, span)?;
                self.anchor(anchor, id);
            }
            Event::SequenceStart(_, anchor, _) => {
                let id = self.open(Collection::Sequence, span)?;
                self.anchor(anchor, id);
            }
            // The end of a block collection has no words of its own.
            Event::MappingEnd | Event::SequenceEnd => {
                self.builder.close((bytes.start < bytes.end).then_some(span.end));
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(&target) => self.builder.alias(target, span),
                None => {
                    self.builder.scalar(Style::Plain, None, span);
                }
            },
            Event::UnresolvedAlias(name) => {
                self.problems.push(TreeProblem {
                    span: span.start as u32..span.end as u32,
                    message: format!("unknown anchor `{name}`"),
                    help: Some("define it with `&` above this line"),
                });
                self.builder.scalar(Style::Plain, None, span);
            }
            Event::DocumentEnd => self.builder.end_document(),
            _ => {}
        }
        Some(())
    }

    fn anchor(&mut self, anchor: usize, id: TreeId) {
        // Zero stands for no anchor.
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
    }

    fn open(&mut self, collection: Collection, span: Range<usize>) -> Option<TreeId> {
        let id = self.builder.open(collection, span.clone());
        if id.is_none() {
            self.problems.push(too_deep(span));
        }
        id
    }

    fn error(&mut self, error: &ScanError) {
        let at = self.range.start + error.marker().byte_offset().unwrap_or_default();
        let span = words_at(self.text, self.range.clone(), at);
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            self.problems.push(too_deep(span));
            return;
        }
        let (message, help) = explain(error.kind());
        self.problems.push(TreeProblem { span: span.start as u32..span.end as u32, message, help });
    }
}

/// A text with one blank where there were several: an indentation that became a part of the text.
fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    spaced.extend(text.chars().filter({
        let mut before = None;
        move |&it| before.replace(it) != Some(' ') || it != ' '
    }));
    spaced
}

fn too_deep(span: Range<usize>) -> TreeProblem {
    TreeProblem {
        span: span.start as u32..span.end as u32,
        message: format!("more than {MAX_DEPTH} levels of nesting"),
        help: None,
    }
}

/// The words of the line from a byte on; the character before it where nothing follows.
fn words_at(text: &str, range: Range<usize>, at: usize) -> Range<usize> {
    let mut start = at.min(range.end).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let rest = text.get(start..range.end).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default().trim_end();
    if !line.is_empty() {
        return start..start + line.len();
    }
    let before = text.get(range.start..start).unwrap_or_default().trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    range.start + before.len() - last..range.start + before.len()
}

/// What is wrong in the words of somebody who writes YAML, and what usually helps.
fn explain(kind: &ErrorKind) -> (String, Option<&'static str>) {
    let (message, help) = match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => ("a tab in the indentation", "indent with spaces"),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::MappingKeyNotAllowed => {
            ("unexpected `:`", "put a text that holds `: ` in quotes, or check the indentation")
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => ("unclosed quote", "close the quote that was opened above"),
        ErrorKind::UnexpectedEofFlowMapping | ErrorKind::UnexpectedEofFlowSequence => {
            ("unclosed bracket", "close the bracket that was opened above")
        }
        ErrorKind::ExpectedFlowMappingSeparator => ("no `,` or `}` here", "separate entries with a comma"),
        ErrorKind::ExpectedFlowSequenceSeparator => ("no `,` or `]` here", "separate items with a comma"),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("text after the closing quote", "put the whole value in quotes")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected => {
            ("no key here", "check the indentation, and that every key ends in `: `")
        }
        ErrorKind::ExpectedBlockSequenceEntry => {
            ("no `- ` here", "check the indentation, and that every item begins with `- `")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("unexpected `- `", "begin the list on a line of its own, or put the text in quotes")
        }
        ErrorKind::InvalidIndentation | ErrorKind::InvalidBlockScalarIndent => {
            ("wrong indentation", "indent what belongs together alike")
        }
        ErrorKind::CommentInterceptedScalar => {
            ("a comment inside a text of several lines", "put the text in quotes, or check the indentation")
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            ("unknown escape in double quotes", "use single quotes, or write two backslashes for one")
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            return (format!("unclosed `{open}`"), Some("close the bracket"));
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("`{open}` is closed by `{close}`"), None);
        }
        ErrorKind::UnexpectedCharacter { character } => {
            let message = format!("unexpected character `{}`", character.escape_debug());
            return (message, Some("put the value in quotes"));
        }
        _ => return (kind.to_string(), None),
    };
    (message.to_owned(), Some(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tree::{TreeKind, ValueKind};

    fn read(text: &str) -> (Tree, Vec<TreeProblem>) {
        parse(text, 0..text.len())
    }

    #[track_caller]
    fn words(text: &str) -> Vec<&str> {
        let (tree, problems) = read(text);
        assert_eq!(problems, []);
        let scalars = tree.nodes(text).filter(|it| matches!(tree.node(it.id()).kind, TreeKind::Scalar(..)));
        scalars.map(|it| &text[it.span()]).collect()
    }

    #[test]
    fn spans_give_the_words_of_each_scalar() {
        let text = "a: |\n  one\n  two\nb: 'it''s'\nc: \"x\\ty\" # no\nd: plain\n  more\ne: !!str 12\nf:\ng: >-\n  z\n";
        let expected = [
            "a",
            "one\n  two\n",
            "b",
            "'it''s'",
            "c",
            "\"x\\ty\"",
            "d",
            "plain\n  more",
            "e",
            "12",
            "f",
            "",
            "g",
            "z\n",
        ];
        assert_eq!(words(text), expected);
    }

    #[test]
    fn a_byte_order_mark_crlf_and_multibyte_text_keep_spans_right() {
        let text = "\u{feff}ü: é\r\nb: |\r\n  größe\r\nc: \"日本\"\r\n";
        assert_eq!(words(text), ["ü", "é", "b", "größe\r\n", "c", "\"日本\""]);
        let (tree, _) = read(text);
        assert_eq!(tree.root(text).unwrap().get("b").unwrap().as_str().unwrap(), "größe\n");
    }

    #[test]
    fn quoted_lines_that_are_not_indented_deeper_than_their_key_are_read_as_most_parsers_do() {
        let text = "a:\n  b: \"one\n  two \\\" 'x'\n\n  three\"\n  c: 'four\r\n  fi''ve'\n- d\n";
        let (tree, problems) = read(&text[..text.len() - 4]);
        assert_eq!(problems, []);
        let at = |key: &str| {
            let value = tree.root(text).unwrap().get("a").unwrap().get(key).unwrap();
            (value.as_str().unwrap().into_owned(), text[value.span()].to_owned())
        };
        assert_eq!(at("b").0, "one two \" 'x' three");
        assert_eq!(at("c"), ("four fi've".to_owned(), "'four\r\n  fi''ve'".to_owned()));
        // Nothing closes it: that stays an error.
        assert_eq!(read("a: \"one\ntwo\nb: 1\n").1.len(), 1);
    }

    #[test]
    fn a_range_is_read_alone_and_spans_count_from_the_start_of_the_text() {
        let text = "---\ntitle: Drain\n---\n# Drain: *now*\n";
        let (tree, problems) = parse(text, 4..17);
        assert_eq!(problems, []);
        let title = tree.root(text).unwrap().get("title").unwrap();
        assert_eq!((title.span(), title.as_str().as_deref()), (11..16, Some("Drain")));
    }

    #[test]
    fn what_stands_before_an_error_is_kept() {
        let text = "title: Orders\nowner: a: b\nlast: 1\n";
        let (tree, problems) = read(text);
        assert_eq!(tree.root(text).unwrap().get("title").unwrap().as_str().unwrap(), "Orders");
        assert_eq!(problems.len(), 1);
        assert_eq!(&text[problems[0].span.start as usize..problems[0].span.end as usize], ": b");
        assert!(problems[0].help.is_some());
    }

    #[test]
    fn every_document_of_a_stream_is_read_even_after_a_broken_one() {
        let text = "kind: A\n---\nkind: \"B\" x\n---\nkind: C\n";
        let (tree, problems) = read(text);
        let kinds: Vec<_> = tree.documents(text).filter_map(|it| it.get("kind")?.as_str()).collect();
        assert_eq!((kinds.first().map(|it| &**it), kinds.last().map(|it| &**it)), (Some("A"), Some("C")));
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn aliases_and_merge_keys_are_edges() {
        let text = "base: &base {a: 1, b: 2}\nuse:\n  <<: *base\n  b: 3\nloop: &l [*l]\nbad: *none\n";
        let (tree, problems) = read(text);
        let root = tree.root(text).unwrap();
        let value = root.get("use").unwrap();
        assert_eq!((value.get("a").unwrap().as_i64(), value.get("b").unwrap().as_i64()), (Some(1), Some(3)));
        let names: Vec<_> = value.members().filter_map(|(key, _)| key.as_str()).collect();
        assert_eq!(names, ["b", "a"]);
        assert_eq!(root.get("loop").unwrap().to_json(1_000_000), None);
        assert_eq!(problems[0].message, "unknown anchor `none`");
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let text = "[no, 012, 1e3, 2024-01-31, ~, 'true', true, !!str 7]";
        let (tree, _) = read(text);
        let kinds: Vec<_> = tree.root(text).unwrap().items().map(|it| it.kind()).collect();
        use ValueKind::{Boolean, Float, Integer, Null, String};
        assert_eq!(kinds, [String, Integer, Float, String, Null, String, Boolean, String]);
    }

    #[test]
    fn deep_nesting_is_a_problem_and_no_crash() {
        for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000)] {
            let (_, problems) = read(&text);
            assert_eq!(problems[0].message, "more than 256 levels of nesting");
        }
    }
}
