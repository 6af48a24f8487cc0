//! Tests of `json.rs`.

use super::*;
use crate::model::tree::ValueKind;

fn read(text: &str) -> (Tree, Vec<TreeProblem>) {
    parse(text, 0..text.len())
}

/// The words that each problem underlines, with its message.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) -> Tree {
    let (tree, problems) = read(text);
    let words = |it: &TreeProblem| text[it.span.start as usize..it.span.end as usize].to_owned();
    let found: Vec<_> = problems.iter().map(|it| (words(it), it.message.clone())).collect();
    let expected: Vec<_> = expected.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect();
    assert_eq!(found, expected);
    tree
}

#[test]
fn values_keep_their_words() {
    let text =
        "\u{feff}{\"a\": [1, -2.5e3, 18446744073709552000, true, null], \"b\\u0041\": \"x\\\"\\n\\/\"}\r\n";
    let tree = check(text, &[]);
    let root = tree.root(text).unwrap();
    let items: Vec<_> = root.get("a").unwrap().items().map(|it| (it.kind(), &text[it.span()])).collect();
    use ValueKind::{Boolean, Float, Integer, Null};
    let expected = [
        (Integer, "1"),
        (Float, "-2.5e3"),
        (Integer, "18446744073709552000"),
        (Boolean, "true"),
        (Null, "null"),
    ];
    assert_eq!(items, expected);
    assert_eq!(root.get("bA").unwrap().as_str().unwrap(), "x\"\n/");
    assert_eq!(&text[root.span()], text.trim_start_matches('\u{feff}').trim_end());
}

#[test]
fn surrogate_pairs_and_raw_c1_characters_are_text() {
    let text = "[\"\\ud83d\\ude80\", \"\\ud83d\", \"\\ud83d\\u0041\", \"\u{85}\", \"1\", \"no\"]";
    let tree = check(text, &[]);
    let values: Vec<_> = tree.root(text).unwrap().items().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(values, ["🚀", "\u{fffd}", "\u{fffd}A", "\u{85}", "1", "no"]);
    assert_eq!(tree.root(text).unwrap().items().last().unwrap().kind(), ValueKind::String);
}

#[test]
fn what_people_write_is_a_problem_and_reading_goes_on() {
    let text = "{\n  // note\n  a: 1,\n  \"b\": \"x\ty\" /* z */\n  \"c\": [1 2,],\n  \"d\": True, \"e\": \"\\q\", \"f\": 01,\n}";
    let tree = check(
        text,
        &[
            ("// note", "comment in JSON"),
            ("a", "key `a` is not in quotes"),
            ("\t", "raw tab in a string"),
            ("/* z */", "comment in JSON"),
            ("\"", "missing `,`"),
            ("1", "missing `,`"),
            (",", "`,` before `]`"),
            ("True", "`True` is no JSON value"),
            ("\\q", "unknown escape `\\q`"),
            ("01", "`01` is no JSON value"),
            (",", "`,` before `}`"),
        ],
    );
    let root = tree.root(text).unwrap();
    let keys: Vec<_> = root.entries().map(|(key, _)| key.as_str().unwrap()).collect();
    assert_eq!(keys, ["a", "b", "c", "d", "e", "f"]);
    assert_eq!(root.get("c").unwrap().len(), 2);
    assert_eq!(root.get("e").unwrap().as_str().unwrap(), "\\q");
}

#[test]
fn a_break_says_where_it_began() {
    check("{\"a\": 1, \"b\": [2, 3", &[("[", "unclosed `[`")]);
    check("{\"a\": 1", &[("{", "unclosed `{`")]);
    check("{\"a\": \"xy\n}", &[("\"xy", "unclosed quote")]);
    check("{\"a\" 1}", &[("\"a\"", "no `:` after `a`")]);
    check("{\"a\": }", &[("}", "unexpected `}`: a value is missing")]);
    check("[1}", &[("}", "unexpected `}`")]);
    check("{} x", &[("x", "`x` after the end of the value")]);
    check("", &[("", "unexpected end: a value is missing")]);
    let text = "{\"a\": 1, \"b\": }";
    let (tree, _) = read(text);
    assert_eq!(tree.root(text).unwrap().get("a").unwrap().as_i64(), Some(1));
}

#[test]
fn deep_nesting_is_a_problem_and_no_crash() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert_eq!(read(&text).1[0].message, "more than 256 levels of nesting");
    }
    let text = format!("{}{}", "[".repeat(256), "]".repeat(256));
    assert_eq!(read(&text).1, []);
}

#[test]
fn many_mistakes_are_told_once_there_are_twenty() {
    assert_eq!(read(&format!("[{}1]", "1 ".repeat(1000))).1.len(), MAX_PROBLEMS);
}
