//! The index as files: posting lists by the first letters of their words, words alone, and the text to show.
//!
//! Every file calls `docwrightSearch(kind, number, data)`. A posting list is a string: how many sections have the
//! word, then for each of its sections the distance to the one before and a character for the weight. Numbers are
//! written in base 32, lowest digit first, with [`ALPHABET`]; digits with another one behind them are 32 higher.

use std::ops::Range;

use serde_json::{Value, json};
use xxhash_rust::xxh3::Xxh3;

use super::documents::{Section, sections};
use super::index::{Index, Posting, Term};
use super::{GROUP, SearchPlan};
use crate::render::shell::Context;
use crate::render::url::{encode_fragment, encode_path};

/// What numbers and weights are written with.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A word that stands in more sections keeps those where it weighs most: it tells too little to list all.
const MOST_POSTINGS: usize = 1_200;
/// Words with the same beginning are listed together, for readers who typed no more than that, where their lists are
/// longer than this in bytes. So much is left of each.
const LARGE_PREFIX: usize = 8 * 1024;
const PREFIX_POSTINGS: usize = 240;
/// The text of a section that is shown around a match, in characters.
const TEXT: usize = 420;
/// Words of other lengths are not corrected.
const CORRECTED: Range<usize> = 4..25;

/// The files of an index.
pub(super) fn files(plan: &SearchPlan, terms: Vec<Term>) -> Index {
    let words = lexicon(&terms);
    let words = divided(words.into_iter().map(|it| (it, "")).collect(), plan.lexicons);
    let lists = divided(lists(&terms), plan.shards);
    let version = version(&lists);
    let manifest = json!({
        "version": version,
        "kinds": plan.kinds,
        "group": GROUP,
        "shards": lists.iter().map(|it| &it.0).collect::<Vec<_>>(),
        "words": words.iter().map(|it| &it.0).collect::<Vec<_>>(),
    });
    let script = |kind: &'static str| {
        move |(at, (_, text)): (usize, (String, String))| call(kind, at, &Value::String(text))
    };
    Index {
        manifest: call("index", 0, &manifest),
        shards: lists.into_iter().enumerate().map(script("t")).collect(),
        lexicons: words.into_iter().enumerate().map(script("w")).collect(),
    }
}

/// The titles and text of a group of sections. A page that several of them share is written once.
pub(super) fn details(cx: &Context<'_>, plan: &SearchPlan, group: usize) -> String {
    let wanted = group * GROUP..(group + 1) * GROUP;
    let first = plan.origins.partition_point(|it| it.1 as usize <= wanted.start).saturating_sub(1);
    let (mut pages, mut shown): (Vec<(String, String)>, Vec<Value>) = (Vec::new(), Vec::new());
    for &(origin, number) in plan.origins.iter().skip(first) {
        if number as usize >= wanted.end {
            break;
        }
        for (at, section) in (number as usize..).zip(sections(cx, &plan.made, origin)) {
            if wanted.contains(&at) {
                shown.push(shown_section(section, &mut pages));
            }
        }
    }
    call("d", group, &json!({ "pages": pages, "sections": shown }))
}

/// Number of the page, heading (none for the page itself), place, note, text.
fn shown_section(section: Section, pages: &mut Vec<(String, String)>) -> Value {
    let page = (section.page, encode_path(&section.path));
    if pages.last() != Some(&page) {
        pages.push(page);
    }
    let heading = if section.is_page { String::new() } else { section.heading };
    let anchor = section.anchor.as_deref().map(encode_fragment).unwrap_or_default();
    let mut text = String::new();
    for word in section.body.split_whitespace() {
        if text.len() > TEXT {
            text.push('…');
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        // A word without an end is a key or data.
        text.extend(word.chars().take(TEXT));
    }
    json!([pages.len() - 1, heading, anchor, section.note, text])
}

fn call(kind: &str, number: usize, data: &Value) -> String {
    format!("docwrightSearch(\"{kind}\",{number},{data})\n")
}

/// Tells one state of the index from another, so that no file of an older one is taken from a cache.
fn version(lists: &[(String, String)]) -> String {
    let mut hash = Xxh3::new();
    for (_, text) in lists {
        hash.update(text.as_bytes());
    }
    format!("{:08x}", hash.digest() >> 32)
}

/// The words that a typing error may be compared with: those of headings, and those that several sections have.
fn lexicon(terms: &[Term]) -> Vec<String> {
    let wanted = |it: &&Term| {
        let length = it.word.chars().count();
        CORRECTED.contains(&length)
            && (it.in_heading || it.postings.len() > 2)
            && it.word.chars().all(char::is_alphabetic)
    };
    terms.iter().filter(wanted).map(|it| it.word.to_string()).collect()
}

/// Every word with its posting list, and every large beginning (`re*`) with that of its words.
fn lists(terms: &[Term]) -> Vec<(String, String)> {
    let mut lists: Vec<(String, String)> = Vec::with_capacity(terms.len());
    for term in terms {
        lists.push((term.word.to_string(), list(&term.postings, MOST_POSTINGS)));
    }
    let sizes: Vec<usize> = lists.iter().map(|it| it.0.len() + it.1.len() + 2).collect();
    let mut prefixes = Vec::new();
    add_prefixes(terms, &sizes, 0, &mut prefixes);
    lists.extend(prefixes);
    lists.sort_by(|a, b| a.0.cmp(&b.0));
    lists
}

/// Adds the beginnings that are `start` bytes long or longer, of words that share all before.
fn add_prefixes(terms: &[Term], sizes: &[usize], start: usize, into: &mut Vec<(String, String)>) {
    let mut from = 0;
    while let Some(term) = terms.get(from) {
        let Some(letter) = term.word.get(start..).and_then(|it| it.chars().next()) else {
            from += 1;
            continue;
        };
        let end = start + letter.len_utf8();
        let prefix = &term.word[..end];
        let count = terms[from..].partition_point(|it| it.word.starts_with(prefix));
        let range = from..from + count.max(1);
        from = range.end;
        // Lists of one word are as short as they can be.
        if range.len() > 1 && sizes[range.clone()].iter().sum::<usize>() > LARGE_PREFIX {
            let terms = &terms[range.clone()];
            into.push((format!("{prefix}*"), list(&merged(terms), PREFIX_POSTINGS)));
            add_prefixes(terms, &sizes[range], end, into);
        }
    }
}

/// The sections of any of these words, each with its highest weight.
fn merged(terms: &[Term]) -> Vec<Posting> {
    let mut all: Vec<Posting> = terms.iter().flat_map(|it| heaviest(&it.postings, PREFIX_POSTINGS)).collect();
    all.sort_by_key(|it| (it.section, std::cmp::Reverse(it.weight)));
    all.dedup_by_key(|it| it.section);
    all
}

/// Those where the word weighs most, by section.
fn heaviest(postings: &[Posting], most: usize) -> Vec<Posting> {
    let mut kept = postings.to_vec();
    if kept.len() > most {
        kept.sort_by_key(|it| (std::cmp::Reverse(it.weight), it.section));
        kept.truncate(most);
        kept.sort_by_key(|it| it.section);
    }
    kept
}

fn list(postings: &[Posting], most: usize) -> String {
    let mut text = String::new();
    write_number(postings.len() as u32, &mut text);
    let mut last = 0;
    for posting in heaviest(postings, most) {
        write_number(posting.section - last, &mut text);
        text.push(digit(u32::from(posting.weight)));
        last = posting.section;
    }
    text
}

fn write_number(mut number: u32, into: &mut String) {
    while number >= 32 {
        into.push(digit(number % 32 + 32));
        number /= 32;
    }
    into.push(digit(number));
}

fn digit(value: u32) -> char {
    char::from(ALPHABET[value as usize % 64])
}

/// Divides sorted lines into so many parts of about the same size. A part is named by the shortest beginning of its
/// first word that no word of the part before it reaches; parts without lines come last.
fn divided(lines: Vec<(String, impl AsRef<str>)>, parts: usize) -> Vec<(String, String)> {
    let size = |it: &(String, _)| it.0.len() + AsRef::<str>::as_ref(&it.1).len() + 2;
    let mut left: usize = lines.iter().map(size).sum();
    let mut divided: Vec<(String, String)> = vec![(String::new(), String::new())];
    let mut before = String::new();
    let mut wanted = left / parts;
    for line in lines {
        let now = divided.len() - 1;
        if divided[now].1.len() >= wanted.max(1) && divided.len() < parts {
            left = left.saturating_sub(divided[now].1.len());
            wanted = left / (parts - divided.len());
            divided.push((beginning(&before, &line.0), String::new()));
        }
        let now = divided.len() - 1;
        let text = &mut divided[now].1;
        text.push_str(&line.0);
        if !line.1.as_ref().is_empty() {
            text.push(' ');
            text.push_str(line.1.as_ref());
        }
        text.push('\n');
        before = line.0;
    }
    divided.resize_with(parts, || ("\u{ffff}".to_owned(), String::new()));
    divided
}

/// The shortest beginning of `word` that comes after `before`.
fn beginning(before: &str, word: &str) -> String {
    let same = before.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    word.chars().take(same + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(section: u32, weight: u8) -> Posting {
        Posting { section, weight }
    }

    /// A number at the start of a list, read as the browser does.
    fn number(digits: &mut impl Iterator<Item = u8>) -> Option<u32> {
        let (mut value, mut place) = (0, 1);
        loop {
            let digit = digits.next()?;
            value += u32::from(digit % 32) * place;
            place *= 32;
            if digit < 32 {
                return Some(value);
            }
        }
    }

    /// How many sections have the word, and those that are listed.
    fn read(list: &str) -> (u32, Vec<Posting>) {
        let mut digits =
            list.bytes().map(|it| ALPHABET.iter().position(|a| *a == it).expect("a digit") as u8);
        let total = number(&mut digits).expect("a count");
        let (mut listed, mut section) = (Vec::new(), 0);
        while let Some(distance) = number(&mut digits) {
            section += distance;
            listed.push(posting(section, digits.next().expect("a weight")));
        }
        (total, listed)
    }

    fn term(word: &str, postings: Vec<Posting>) -> Term {
        Term { word: word.into(), postings, in_heading: true }
    }

    #[test]
    fn a_list_can_be_read_again() {
        let postings = vec![posting(0, 1), posting(31, 63), posting(32, 7), posting(70_000, 20)];
        assert_eq!(read(&list(&postings, 10)), (4, postings));
    }

    #[test]
    fn a_long_list_keeps_the_heaviest() {
        let postings = vec![posting(1, 5), posting(2, 9), posting(3, 5), posting(4, 8)];
        let (total, kept) = read(&list(&postings, 3));
        assert_eq!((total, kept), (4, vec![posting(1, 5), posting(2, 9), posting(4, 8)]));
    }

    #[test]
    fn parts_are_even_and_named_by_the_fewest_letters() {
        let words = ["alert", "backup", "base", "queue", "replica", "restart", "restore", "zone"];
        let lines: Vec<(String, String)> =
            words.iter().map(|it| ((*it).to_owned(), "AA".to_owned())).collect();
        let parts = divided(lines, 3);
        let names: Vec<&str> = parts.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["", "q", "resto"]);
        assert_eq!(parts[0].1, "alert AA\nbackup AA\nbase AA\n");
        let few = divided(vec![("a".to_owned(), "")], 3);
        assert_eq!(few.iter().map(|it| it.1.as_str()).collect::<Vec<_>>(), ["a\n", "", ""]);
        assert_eq!(divided(Vec::<(String, &str)>::new(), 1), [(String::new(), String::new())]);
    }

    #[test]
    fn large_beginnings_are_listed_together() {
        let many = |from: u32| (from..from + 4_000).map(|it| posting(it * 2_000, 3)).collect::<Vec<_>>();
        let terms = [term("rest", many(0)), term("restore", many(1)), term("run", vec![posting(9, 60)])];
        let lists = lists(&terms);
        let words: Vec<&str> = lists.iter().map(|it| it.0.as_str()).collect();
        let expected = ["r*", "re*", "res*", "rest", "rest*", "restore", "run"];
        assert_eq!(words, expected, "`resto*` would be one word");
        let (total, listed) = read(&lists[0].1);
        assert!(listed.len() == PREFIX_POSTINGS && total as usize >= listed.len());
        assert!(listed.contains(&posting(9, 60)), "the heaviest stay");
    }

    #[test]
    fn numbers_and_rare_words_of_the_text_are_not_offered_as_corrections() {
        let mut rare = term("kubctl", vec![posting(1, 1)]);
        rare.in_heading = false;
        let terms = [rare, term("p99x", vec![posting(1, 1)]), term("run", vec![]), term("vacuum", vec![])];
        assert_eq!(lexicon(&terms), ["vacuum"]);
    }
}
