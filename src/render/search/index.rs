//! Words → the sections they stand in, each with a weight.
//!
//! The weight is BM25 without the factor for rarity (Robertson, Zaragoza: The Probabilistic Relevance Framework),
//! one sum over the fields: how often a word stands in a field saturates, and long fields count for less. The
//! lengths it is held against are constants, so that an edit changes the lists of its own words and no others. The
//! browser multiplies by the rarity of the word.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::documents::{Section, sections};
use super::words::each_word;
use super::{SearchPlan, shard};
use crate::render::SearchWeights;
use crate::render::shell::Context;

/// Origins that are read at once.
const CHUNK: usize = 64;
/// Saturation: how much the second and third time count.
const K: f32 = 1.2;
/// The largest weight.
const HIGHEST: f32 = 63.0;

/// The files of the index.
pub(super) struct Index {
    pub manifest: String,
    pub shards: Vec<String>,
    pub lexicons: Vec<String>,
}

/// A section that a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub section: u32,
    /// 1 to 63.
    pub weight: u8,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub word: Box<str>,
    /// By section.
    pub postings: Vec<Posting>,
    /// Whether it stands in a heading.
    pub in_heading: bool,
}

/// A field of a section.
#[derive(Debug, Clone, Copy)]
enum Field {
    Heading,
    Above,
    Body,
}

impl Index {
    pub(super) fn of(cx: &Context<'_>, plan: &SearchPlan) -> Index {
        let terms = terms(plan.origins.par_chunks(CHUNK).map(|chunk| {
            let mut words = Words::new(plan.weights);
            for &(origin, first) in chunk {
                for (number, section) in (first..).zip(sections(cx, &plan.made, origin)) {
                    words.add(number, &section);
                }
            }
            words.terms
        }));
        shard::files(plan, terms)
    }
}

/// Puts the words of all chunks together, in the order of the alphabet.
fn terms(chunks: impl IndexedParallelIterator<Item = Vec<Term>>) -> Vec<Term> {
    let mut all: Vec<Term> = chunks.collect::<Vec<_>>().into_iter().flatten().collect();
    // Stable, so that the sections of a word stay in order.
    all.par_sort_by(|a, b| a.word.cmp(&b.word));
    all.dedup_by(|next, kept| {
        let same = next.word == kept.word;
        if same {
            kept.postings.append(&mut next.postings);
            kept.in_heading |= next.in_heading;
        }
        same
    });
    all
}

/// The words of a chunk.
struct Words {
    weights: [f32; 3],
    /// Weight → 1 to 63.
    scale: f32,
    terms: Vec<Term>,
    numbers: HashMap<Box<str>, u32, FixedState>,
    /// How often each word stands in the fields of the section, and the words of the section.
    counts: Vec<[u16; 3]>,
    seen: Vec<u32>,
}

impl Words {
    fn new(weights: SearchWeights) -> Words {
        let weights = [weights.heading * 2.0, weights.above, weights.body];
        let most: f32 = weights.iter().sum::<f32>() * (K + 1.0);
        Words {
            weights,
            scale: if most > 0.0 { HIGHEST / most } else { 0.0 },
            terms: Vec::new(),
            numbers: HashMap::default(),
            counts: Vec::new(),
            seen: Vec::new(),
        }
    }

    fn add(&mut self, number: u32, section: &Section) {
        let lengths = [
            self.count(&section.heading, Field::Heading),
            self.count(&section.above, Field::Above),
            self.count(&section.body, Field::Body),
        ];
        // A word in the title of a page says more than one in a heading of it.
        let rank = if section.is_page { 1.25 } else { 1.0 };
        for &word in &self.seen {
            let counts = std::mem::take(&mut self.counts[word as usize]);
            let mut weight = 0.0;
            for field in [Field::Heading, Field::Above, Field::Body] {
                let at = field as usize;
                let boost = if at == Field::Heading as usize { rank } else { 1.0 };
                weight += self.weights[at] * boost * saturated(counts[at], lengths[at], field);
            }
            let weight = (weight * self.scale).round().clamp(1.0, HIGHEST) as u8;
            let term = &mut self.terms[word as usize];
            term.postings.push(Posting { section: number, weight });
            term.in_heading |= counts[Field::Heading as usize] > 0;
        }
        self.seen.clear();
    }

    /// Counts the words of a field.
    fn count(&mut self, text: &str, field: Field) -> u32 {
        let Words { terms, numbers, counts, seen, .. } = self;
        let mut length = 0;
        each_word(text, &mut |word| {
            length += 1;
            let at = match numbers.get(word) {
                Some(&at) => at,
                None => {
                    let at = terms.len() as u32;
                    numbers.insert(word.into(), at);
                    terms.push(Term { word: word.into(), postings: Vec::new(), in_heading: false });
                    counts.push([0; 3]);
                    at
                }
            };
            let counts = &mut counts[at as usize];
            if *counts == [0; 3] {
                seen.push(at);
            }
            let count = &mut counts[field as usize];
            *count = count.saturating_add(1);
        });
        length
    }
}

/// From 0 to K + 1.
fn saturated(count: u16, length: u32, field: Field) -> f32 {
    // The usual length of a field, and how much a different one counts.
    let (usual, slope) = match field {
        Field::Heading => (4.0, 0.4),
        Field::Above => (8.0, 0.3),
        Field::Body => (80.0, 0.6),
    };
    let count = f32::from(count);
    let norm = 1.0 - slope + slope * length as f32 / usual;
    count * (K + 1.0) / (count + K * norm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indexed(all: &[(&str, &str, &str)]) -> Vec<Term> {
        let mut words = Words::new(SearchWeights::default());
        for (number, (heading, above, body)) in (0..).zip(all) {
            let section = Section {
                heading: (*heading).to_owned(),
                above: (*above).to_owned(),
                body: (*body).to_owned(),
                ..Section::default()
            };
            words.add(number, &section);
        }
        terms(vec![words.terms].into_par_iter())
    }

    fn weight(terms: &[Term], word: &str, section: u32) -> u8 {
        let term = terms.iter().find(|it| &*it.word == word).expect("an indexed word");
        term.postings.iter().find(|it| it.section == section).map_or(0, |it| it.weight)
    }

    #[test]
    fn a_heading_counts_more_than_what_is_above_and_that_more_than_text() {
        let body = "Replay the queue before anything else.";
        let terms = indexed(&[
            ("Replay the queue", "Ledger", ""),
            ("Steps", "Replay the queue", ""),
            ("Steps", "Ledger", body),
            ("Steps", "Ledger", &format!("{body} {}", "More about something else. ".repeat(90))),
        ]);
        let of = |section| weight(&terms, "replay", section);
        assert!(of(0) > of(1) && of(1) > 0, "{} {}", of(0), of(1));
        assert!(of(0) > of(2) && of(2) > of(3) && of(3) > 0, "{} {} {}", of(0), of(2), of(3));
    }

    #[test]
    fn words_of_all_chunks_stand_in_order() {
        let term = |word: &str, section| Term {
            word: word.into(),
            postings: vec![Posting { section, weight: 1 }],
            in_heading: section == 7,
        };
        let chunks = vec![vec![term("b", 0), term("a", 1)], vec![term("c", 5), term("a", 7)]];
        let terms = terms(chunks.into_par_iter());
        let words: Vec<&str> = terms.iter().map(|it| &*it.word).collect();
        assert_eq!(words, ["a", "b", "c"]);
        let sections: Vec<u32> = terms[0].postings.iter().map(|it| it.section).collect();
        assert_eq!((sections, terms[0].in_heading), (vec![1, 7], true));
    }
}
