//! The patterns of `macro_rules!`: what a call binds, and what is written with that.

use std::collections::BTreeMap;

use super::tokens::{Group, Token, Tree};

/// More rounds than any list in a file has.
const MAX_ROUNDS: usize = 4_000;

/// A part of a pattern or of what is written.
#[derive(Debug)]
pub(super) enum Element<'t> {
    Token(Token<'t>),
    /// What stands in brackets: the opening one, and the byte after the closing one.
    Group(Token<'t>, usize, Vec<Element<'t>>),
    /// `$name`, in patterns with what it stands for: `$name:ident`.
    Variable(Token<'t>, &'t str),
    /// `$(…),*`
    Repeat(Vec<Element<'t>>, Option<Token<'t>>),
}

/// What the variables of a pattern are bound to.
#[derive(Debug, Default)]
pub(super) struct Bindings<'t> {
    one: BTreeMap<&'t str, Vec<Tree<'t>>>,
    /// The rounds of each repetition.
    rounds: Vec<Vec<Bindings<'t>>>,
}

/// Reads a pattern, or what is written.
pub(super) fn elements<'t>(all: &[Tree<'t>]) -> Vec<Element<'t>> {
    let mut found = Vec::new();
    let mut rest = all;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match (first, behind) {
            (Tree::Leaf(it), [Tree::Leaf(name), Tree::Leaf(colon), Tree::Leaf(kind), more @ ..])
                if it.text == "$" && colon.text == ":" && !kind.spaced && is_word(kind.text) =>
            {
                found.push(Element::Variable(Token { spaced: it.spaced, ..*name }, kind.text));
                rest = more;
            }
            (Tree::Leaf(it), [Tree::Leaf(name), more @ ..]) if it.text == "$" && is_word(name.text) => {
                let name = Token { spaced: it.spaced, ..*name };
                found.push(match name.text {
                    "crate" => Element::Token(name),
                    _ => Element::Variable(name, ""),
                });
                rest = more;
            }
            (Tree::Leaf(it), [Tree::Group(group), more @ ..]) if it.text == "$" => {
                let inner = elements(&group.inside);
                let is_end = |it: &Tree<'_>| it.is("*") || it.is("+") || it.is("?");
                match more {
                    [end, more @ ..] if is_end(end) => {
                        found.push(Element::Repeat(inner, None));
                        rest = more;
                    }
                    [Tree::Leaf(between), end, more @ ..] if is_end(end) => {
                        found.push(Element::Repeat(inner, Some(*between)));
                        rest = more;
                    }
                    _ => {}
                }
            }
            (Tree::Leaf(token), _) => found.push(Element::Token(*token)),
            (Tree::Group(it), _) => found.push(Element::Group(it.open, it.end, elements(&it.inside))),
        }
    }
    found
}

fn is_word(text: &str) -> bool {
    text.starts_with(|it: char| it.is_alphabetic() || it == '_')
}

/// How many trees a pattern takes; none where it does not fit.
pub(super) fn matches<'t>(
    pattern: &[Element<'t>],
    given: &[Tree<'t>],
    bindings: &mut Bindings<'t>,
) -> Option<usize> {
    let mut at = 0;
    for (nth, element) in pattern.iter().enumerate() {
        let rest = given.get(at..)?;
        at += match element {
            Element::Token(token) => rest.first().filter(|it| it.is(token.text)).map(|_| 1)?,
            Element::Group(open, _, inner) => match rest.first()? {
                Tree::Group(it) if it.open.text == open.text => {
                    (matches(inner, &it.inside, bindings)? == it.inside.len()).then_some(1)?
                }
                _ => return None,
            },
            Element::Variable(name, kind) => {
                let length = fragment(kind, rest, pattern.get(nth + 1))?;
                bindings.one.insert(name.text, rest.get(..length)?.to_vec());
                length
            }
            Element::Repeat(inner, between) => repeated(inner, *between, rest, bindings),
        };
    }
    Some(at)
}

/// How many trees a repetition takes, perhaps none.
fn repeated<'t>(
    inner: &[Element<'t>],
    between: Option<Token<'t>>,
    given: &[Tree<'t>],
    bindings: &mut Bindings<'t>,
) -> usize {
    let (mut at, mut rounds) = (0, Vec::new());
    while rounds.len() < MAX_ROUNDS {
        let mut start = at;
        if let (Some(between), false) = (between, rounds.is_empty()) {
            match given.get(at) {
                Some(it) if it.is(between.text) => start += 1,
                _ => break,
            }
        }
        let mut round = Bindings::default();
        match given.get(start..).and_then(|rest| matches(inner, rest, &mut round)) {
            Some(length) if length > 0 => {
                at = start + length;
                rounds.push(round);
            }
            _ => break,
        }
    }
    bindings.rounds.push(rounds);
    at
}

/// How many trees a fragment takes: `ident`, `literal`, and what reaches to the next sign of the pattern.
fn fragment(kind: &str, given: &[Tree<'_>], next: Option<&Element<'_>>) -> Option<usize> {
    let first = given.first();
    let is_literal =
        |it: &str| it.starts_with(['"', '\'', '-']) || it.starts_with(|it: char| it.is_ascii_digit());
    match (kind, first) {
        ("vis", Some(it)) if it.is("pub") => {
            let scoped = matches!(given.get(1), Some(Tree::Group(it)) if it.open.text == "(");
            Some(1 + usize::from(scoped))
        }
        ("vis", _) => Some(0),
        ("ident", Some(Tree::Leaf(it))) => is_word(it.text).then_some(1),
        ("lifetime", Some(Tree::Leaf(it))) => it.text.starts_with('\'').then_some(1),
        ("literal", Some(Tree::Leaf(it))) => {
            let is_it =
                is_literal(it.text) || matches!(it.text, "true" | "false") || it.text.starts_with("r\"");
            is_it.then(|| 1 + usize::from(it.text == "-"))
        }
        ("tt", Some(_)) => Some(1),
        ("block", Some(Tree::Group(it))) => (it.open.text == "{").then_some(1),
        ("ident" | "lifetime" | "literal" | "tt" | "block", _) => None,
        _ => {
            let stop = match next {
                Some(Element::Token(it)) => Some(it.text),
                Some(Element::Repeat(inner, between)) => match (inner.first(), between) {
                    (Some(Element::Token(it)), _) => Some(it.text),
                    (_, Some(between)) => Some(between.text),
                    _ => None,
                },
                _ => None,
            };
            let mut angles = 0_i32;
            let end = given.iter().enumerate().position(|(at, it)| {
                if matches!(kind, "ty" | "path") {
                    let arrow = at > 0 && given[at - 1].is("-");
                    angles += i32::from(it.is("<")) - i32::from(it.is(">") && !arrow);
                }
                let ends = it.is(",") || it.is(";") || stop.is_some_and(|stop| it.is(stop));
                ends && angles <= 0
            });
            Some(end.unwrap_or(given.len())).filter(|it| *it > 0)
        }
    }
}

/// Writes what rules make of calls.
pub(super) struct Writer {
    /// How many trees it still writes.
    pub(super) left: usize,
}

impl Writer {
    /// What a rule writes with what its pattern has bound; none where that is more than is left.
    pub(super) fn transcribe<'t>(
        &mut self,
        body: &[Element<'t>],
        bindings: &Bindings<'t>,
    ) -> Option<Vec<Tree<'t>>> {
        let mut out = Vec::new();
        self.write(body, &[bindings], &mut out)?;
        Some(out)
    }

    fn takes(&mut self, trees: usize) -> Option<()> {
        self.left = self.left.saturating_sub(trees);
        (self.left > 0).then_some(())
    }

    /// Writes with the bindings of all rounds around, the innermost last.
    fn write<'t>(
        &mut self,
        body: &[Element<'t>],
        around: &[&Bindings<'t>],
        out: &mut Vec<Tree<'t>>,
    ) -> Option<()> {
        for element in body {
            self.takes(1)?;
            match element {
                Element::Token(token) => out.push(Tree::Leaf(*token)),
                &Element::Group(open, end, ref inner) => {
                    let mut inside = Vec::new();
                    self.write(inner, around, &mut inside)?;
                    out.push(Tree::Group(Group { open, inside, end }));
                }
                Element::Variable(name, _) => {
                    match around.iter().rev().find_map(|it| it.one.get(name.text)) {
                        Some(bound) => {
                            self.takes(bound.iter().map(Tree::size).sum())?;
                            let mut bound = bound.clone();
                            if let Some(first) = bound.first_mut() {
                                match first {
                                    Tree::Leaf(it) => it.spaced = name.spaced,
                                    Tree::Group(it) => it.open.spaced = name.spaced,
                                }
                            }
                            out.extend(bound);
                        }
                        None => out.push(Tree::Leaf(*name)),
                    }
                }
                Element::Repeat(inner, between) => {
                    let mut names = Vec::new();
                    variables(inner, &mut names);
                    // The repetition of the pattern that binds what is written here.
                    let binds = |rounds: &&Vec<Bindings<'t>>| rounds.first().is_some_and(|it| it.has(&names));
                    let rounds = around.iter().rev().flat_map(|it| &it.rounds).find(binds);
                    for (nth, round) in rounds.into_iter().flatten().enumerate() {
                        if let (Some(between), true) = (between, nth > 0) {
                            out.push(Tree::Leaf(*between));
                        }
                        let mut inside = around.to_vec();
                        inside.push(round);
                        self.write(inner, &inside, out)?;
                    }
                }
            }
        }
        Some(())
    }
}

impl Bindings<'_> {
    /// Whether one of these names is bound in it, perhaps further inside.
    fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|it| self.one.contains_key(it))
            || self.rounds.iter().any(|it| it.first().is_some_and(|it| it.has(names)))
    }
}

fn variables<'t>(body: &[Element<'t>], found: &mut Vec<&'t str>) {
    for element in body {
        match element {
            Element::Variable(name, _) => found.push(name.text),
            Element::Group(_, _, inner) | Element::Repeat(inner, _) => variables(inner, found),
            Element::Token(_) => {}
        }
    }
}
