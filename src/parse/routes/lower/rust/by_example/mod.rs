//! Macros by example: what `macro_rules!` of a file makes of its calls, as text, before the file is parsed.
//!
//! Only macros that write about routers are of interest, and only where they stand in the file that calls them.

mod matcher;
mod tokens;

use std::collections::HashMap;
use std::ops::Range;

use super::super::tree::Places;
use matcher::{Bindings, Element, Writer, elements, matches};
use tokens::{Tree, render, trees};

/// Macros whose bodies have none of these words declare no routes.
const WORDS: [&str; 8] = ["rout", "Router", "resource", "scope", "service", "mount", "warp", "#[get"];

/// Macros that call macros.
const MAX_DEPTH: usize = 6;

/// Longer than any file that people write, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// Trees that the macros of a file write: more than any that people write.
const MAX_TREES: usize = 500_000;

/// The rules of a macro: what it is called with, and what that becomes.
type Rules<'t> = Vec<(Vec<Element<'t>>, Vec<Element<'t>>)>;

/// The text with the calls of its own macros replaced, and where each part of it comes from; none where there is nothing
/// to replace.
pub(super) fn expand(text: &str) -> Option<(String, Places)> {
    if !text.contains("macro_rules!") {
        return None;
    }
    let all = trees(text);
    let mut macros = HashMap::new();
    definitions(&all, &mut macros);
    if macros.is_empty() {
        return None;
    }
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    Expander { macros: &macros, writer: Writer { left: MAX_TREES } }.calls(&all, &mut found);
    if found.is_empty() {
        return None;
    }
    let (mut out, mut places, mut at) = (String::with_capacity(text.len()), Places::default(), 0);
    for (range, expansion) in found {
        out.push_str(text.get(at..range.start)?);
        let start = out.len();
        out.push_str(&expansion);
        places.replaced(start..out.len(), range.clone());
        at = range.end;
        if out.len() > MAX_TEXT {
            return None;
        }
    }
    out.push_str(text.get(at..)?);
    Some((out, places))
}

/// The macros that a file defines, in its modules, too.
fn definitions<'t>(all: &[Tree<'t>], macros: &mut HashMap<&'t str, Rules<'t>>) {
    for (at, tree) in all.iter().enumerate() {
        match (tree, all.get(at + 1..at + 4)) {
            (Tree::Leaf(word), Some([Tree::Leaf(bang), Tree::Leaf(name), Tree::Group(rules)]))
                if word.text == "macro_rules" && bang.text == "!" =>
            {
                let mut found = Vec::new();
                for rule in rules.inside.split(|it| it.is(";")) {
                    if let [Tree::Group(from), Tree::Leaf(equals), Tree::Leaf(arrow), Tree::Group(to)] = rule
                        && (equals.text, arrow.text) == ("=", ">")
                    {
                        found.push((elements(&from.inside), elements(&to.inside)));
                    }
                }
                let text = render(&rules.inside);
                if WORDS.iter().any(|it| text.contains(it)) {
                    macros.insert(name.text, found);
                }
            }
            (Tree::Group(group), _) => definitions(&group.inside, macros),
            _ => {}
        }
    }
}

/// Replaces the calls of a file's macros.
struct Expander<'m, 't> {
    macros: &'m HashMap<&'t str, Rules<'t>>,
    writer: Writer,
}

impl<'t> Expander<'_, 't> {
    /// The calls of macros in a text, each with what it becomes.
    fn calls(&mut self, all: &[Tree<'t>], found: &mut Vec<(Range<usize>, String)>) {
        let mut at = 0;
        while let Some(tree) = all.get(at) {
            let is_definition = matches!(tree, Tree::Leaf(it) if it.text == "macro_rules");
            match (tree, all.get(at + 1..at + 3)) {
                _ if is_definition => at += 4,
                (Tree::Leaf(name), Some([Tree::Leaf(bang), Tree::Group(given)])) if bang.text == "!" => {
                    match self.made(name.text, &given.inside, 0) {
                        Some(made) => found.push((name.at..given.end, render(&made))),
                        None => self.calls(&given.inside, found),
                    }
                    at += 3;
                }
                (Tree::Group(group), _) => {
                    self.calls(&group.inside, found);
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// What the first rule that fits makes of a call; none where no rule does, or too much.
    fn made(&mut self, name: &str, given: &[Tree<'t>], depth: usize) -> Option<Vec<Tree<'t>>> {
        if depth > MAX_DEPTH {
            return None;
        }
        let (bindings, to) = self.macros.get(name)?.iter().find_map(|(from, to)| {
            let mut bindings = Bindings::default();
            (matches(from, given, &mut bindings) == Some(given.len())).then_some((bindings, to))
        })?;
        let written = self.writer.transcribe(to, &bindings)?;
        Some(self.replaced(written, depth + 1))
    }

    /// The calls of macros in what a macro has made.
    fn replaced(&mut self, all: Vec<Tree<'t>>, depth: usize) -> Vec<Tree<'t>> {
        let mut out: Vec<Tree<'t>> = Vec::with_capacity(all.len());
        for tree in all {
            let Tree::Group(mut group) = tree else {
                out.push(tree);
                continue;
            };
            if let [.., Tree::Leaf(name), Tree::Leaf(bang)] = out.as_slice()
                && bang.text == "!"
                && let Some(more) = self.made(name.text, &group.inside, depth)
            {
                out.truncate(out.len() - 2);
                out.extend(more);
                continue;
            }
            group.inside = self.replaced(group.inside, depth);
            out.push(Tree::Group(group));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = |it: &str| it.split_whitespace().collect::<String>();
        let found = expand(text).map(|it| it.0).unwrap_or_default();
        let (_, after) = found.split_once("// now").unwrap_or_default();
        assert_eq!(words(after), words(expected), "{found}");
    }

    #[test]
    fn calls_become_what_the_rules_say() {
        check(
            "macro_rules! one { ($path:literal, $verb:ident) => { resource($path).route(web::$verb()) }; }
            // now
            fn all() { one!(\"/kilns\", get) }",
            "fn all() { resource(\"/kilns\").route(web::get()) }",
        );
    }

    #[test]
    fn repetitions_repeat() {
        check(
            "macro_rules! all {
                ($({ name: $name:ident, of: $of:ty, },)*) => {
                    $(mod $name { fn route() -> $of {} })*
                    fn routes() { $(.service($name::route()))* }
                };
            }
            // now
            all!({ name: kilns, of: BTreeMap<String, u8>, }, { name: ovens, of: u8, },);",
            "mod kilns { fn route() -> BTreeMap<String, u8> {} }
            mod ovens { fn route() -> u8 {} }
            fn routes() { .service(kilns::route()).service(ovens::route()) };",
        );
        check(
            "macro_rules! list { ($($path:expr => $to:path),+ $(,)?) => { [$(route($path, $to)),+] }; }
            // now
            list! { \"/a\" => x::a, format!(\"{}\", b) => b, }",
            "[route(\"/a\", x::a), route(format!(\"{}\", b), b)]",
        );
    }

    #[test]
    fn what_fits_no_rule_stays() {
        assert_eq!(
            expand("macro_rules! one { ($a:literal) => { route($a) }; } one!(a b);").map(|it| it.0),
            None
        );
        assert_eq!(expand("macro_rules! one { ($a:literal) => { $a + 1 }; } one!(1);").map(|it| it.0), None);
        assert_eq!(
            expand("macro_rules! r { ($a:tt) => { r!($a); route }; } r!(1); \"'").map(|_| ()),
            Some(())
        );
    }

    #[test]
    fn what_writes_without_end_stays() {
        let itself = "r!($a); ".repeat(60);
        let _ = expand(&format!("macro_rules! r {{ ($a:tt) => {{ {itself} route }}; }} r!(1);"));
        let (nested, many) = ("$(".repeat(9) + "route $a" + &")*".repeat(9), "1 ".repeat(900));
        let text = format!("macro_rules! r {{ ($($a:tt)*) => {{ {nested} }}; }} r!({many});");
        assert_eq!(expand(&text).map(|it| it.0), None);
    }
}
