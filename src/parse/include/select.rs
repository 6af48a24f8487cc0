//! The lines of a file that a directive asks for.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::directive::Selection;

use crate::pattern::compiled;

/// A mark of an anchor, anywhere in a line; the first group is there at the end of a part.
static MARK: LazyLock<Regex> = LazyLock::new(|| compiled(r"ANCHOR(_END)?:\s*([\w-]+)"));

/// A part of a text, and whether all that was asked for is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Selected {
    pub(super) text: String,
    pub(super) lack: Option<Lack>,
}

/// What a file lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// The anchor does not begin anywhere.
    Anchor,
    /// It begins and does not end.
    AnchorEnd,
    /// The lines stand behind the file's end; the number of its lines.
    Lines(usize),
}

/// The marks of a line: the name, and whether it ends a part.
fn mark(line: &str) -> Option<(&str, bool)> {
    // The pattern costs more than looking for the word.
    let captures = line.contains("ANCHOR").then(|| MARK.captures(line)).flatten()?;
    Some((captures.get(2)?.as_str(), captures.get(1).is_some()))
}

/// The selected lines, joined without a line end at the end. Lines with marks of other anchors are left out of the
/// lines of an anchor.
pub(super) fn lines(text: &str, selection: &Selection<'_>) -> Selected {
    match selection {
        Selection::Lines(range) => {
            let taken = text.lines().skip(range.start).take(range.len());
            let taken: Vec<&str> = taken.collect();
            Selected { lack: beyond(text, range), text: taken.join("\n") }
        }
        Selection::Anchor(name) => {
            let mut taken: Vec<&str> = Vec::new();
            let lack = each(text, name, true, |line, inside| {
                if inside {
                    taken.push(line);
                }
            });
            Selected { text: taken.join("\n"), lack }
        }
    }
}

/// The whole text for rustdoc: lines that are not selected begin with `# `, which hides them.
pub(super) fn rustdoc(text: &str, selection: &Selection<'_>) -> Selected {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut push = |line: &str, shown: bool| {
        out.push_str(if shown { "" } else { "# " });
        out.push_str(line);
        out.push('\n');
    };
    let lack = match selection {
        Selection::Lines(range) => {
            text.lines().enumerate().for_each(|(at, line)| push(line, range.contains(&at)));
            beyond(text, range)
        }
        Selection::Anchor(name) => each(text, name, false, push),
    };
    out.pop();
    Selected { text: out, lack }
}

/// Calls for every line that is no mark, with whether it stands in the anchor; says what is missing. An anchor may
/// begin again behind its end, unless it counts `once`.
fn each<'a>(text: &'a str, name: &str, once: bool, mut line: impl FnMut(&'a str, bool)) -> Option<Lack> {
    let (mut inside, mut lack) = (false, Some(Lack::Anchor));
    for words in text.lines() {
        match mark(words) {
            Some((found, false)) if found == name && !inside => {
                inside = true;
                lack = lack.map(|_| Lack::AnchorEnd);
            }
            Some((found, true)) if found == name && inside => {
                inside = false;
                lack = None;
                if once {
                    break;
                }
            }
            Some(_) => {}
            None => line(words, inside),
        }
    }
    lack
}

/// Whether lines are asked for that are not there.
fn beyond(text: &str, range: &Range<usize>) -> Option<Lack> {
    let whole = range.start == 0 && range.end == usize::MAX;
    let last = if range.end == usize::MAX { range.start.saturating_add(1) } else { range.end };
    // Only as many lines as it takes.
    let enough = whole || range.is_empty() || text.lines().nth(last.saturating_sub(1)).is_some();
    if enough && (whole || !range.is_empty()) { None } else { Some(Lack::Lines(text.lines().count())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "use tide;\n// ANCHOR: main\nfn main() {\n    // ANCHOR: ebb\n    ebb();\n    // ANCHOR_END: ebb\n}\n// ANCHOR_END: main\nfn ebb() {}\n";

    #[test]
    fn ranges_count_from_one_and_lose_the_last_line_end() {
        let of = |range| lines("a\r\nb\nc\n", &Selection::Lines(range));
        assert_eq!(of(0..usize::MAX), Selected { text: "a\nb\nc".into(), lack: None });
        assert_eq!(of(1..2), Selected { text: "b".into(), lack: None });
        assert_eq!(of(1..usize::MAX).text, "b\nc");
        assert_eq!(of(2..9), Selected { text: "c".into(), lack: Some(Lack::Lines(3)) });
        assert_eq!(of(7..8), Selected { text: String::new(), lack: Some(Lack::Lines(3)) });
        assert_eq!(of(7..usize::MAX).lack, Some(Lack::Lines(3)));
        assert_eq!(lines("", &Selection::Lines(0..usize::MAX)).lack, None);
    }

    #[test]
    fn anchors_nest_and_their_marks_go() {
        let of = |name| lines(TEXT, &Selection::Anchor(name));
        assert_eq!(of("main"), Selected { text: "fn main() {\n    ebb();\n}".into(), lack: None });
        assert_eq!(of("ebb").text, "    ebb();");
        assert_eq!(of("flood"), Selected { text: String::new(), lack: Some(Lack::Anchor) });
        assert_eq!(lines("# ANCHOR: a\nx\n", &Selection::Anchor("a")).lack, Some(Lack::AnchorEnd));
    }

    #[test]
    fn rustdoc_hides_the_rest() {
        let anchor = rustdoc(TEXT, &Selection::Anchor("ebb"));
        assert_eq!(anchor.text, "# use tide;\n# fn main() {\n    ebb();\n# }\n# fn ebb() {}");
        assert_eq!(rustdoc("a\nb\n", &Selection::Lines(1..2)).text, "# a\nb");
        assert_eq!(rustdoc(TEXT, &Selection::Anchor("flood")).lack, Some(Lack::Anchor));
    }
}
