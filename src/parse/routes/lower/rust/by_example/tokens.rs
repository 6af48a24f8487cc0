//! The tokens of Rust as trees: what stands in brackets belongs together.

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    /// Its first byte in the text of the file.
    pub(super) at: usize,
    /// A space or a line's end stands before it.
    pub(super) spaced: bool,
}

/// What stands in brackets.
#[derive(Debug, Clone)]
pub(super) struct Group<'t> {
    pub(super) open: Token<'t>,
    pub(super) inside: Vec<Tree<'t>>,
    /// The byte after its closing bracket.
    pub(super) end: usize,
}

/// A token, or what stands in brackets.
#[derive(Debug, Clone)]
pub(super) enum Tree<'t> {
    Leaf(Token<'t>),
    Group(Group<'t>),
}

impl Tree<'_> {
    /// Whether it is this token.
    pub(super) fn is(&self, text: &str) -> bool {
        matches!(self, Tree::Leaf(it) if it.text == text)
    }

    /// How many trees it is, with those in it.
    pub(super) fn size(&self) -> usize {
        match self {
            Tree::Leaf(_) => 1,
            Tree::Group(it) => 1 + it.inside.iter().map(Tree::size).sum::<usize>(),
        }
    }
}

/// Brackets in brackets: deeper than any program; what is below is left out.
const MAX_DEPTH: usize = 100;

/// The trees of a text.
pub(super) fn trees(text: &str) -> Vec<Tree<'_>> {
    let mut open: Vec<(Token<'_>, Vec<Tree<'_>>)> = Vec::new();
    let mut all: Vec<Tree<'_>> = Vec::new();
    for token in tokens(text) {
        match token.text {
            "(" | "[" | "{" if open.len() < MAX_DEPTH => open.push((token, std::mem::take(&mut all))),
            ")" | "]" | "}" => {
                if let Some((first, before)) = open.pop() {
                    let inside = std::mem::replace(&mut all, before);
                    all.push(Tree::Group(Group { open: first, inside, end: token.at + 1 }));
                }
            }
            _ => all.push(Tree::Leaf(token)),
        }
    }
    // What is not closed ends with the text.
    while let Some((_, before)) = open.pop() {
        all.splice(0..0, before);
    }
    all
}

/// The text of trees.
pub(super) fn render(all: &[Tree<'_>]) -> String {
    let mut out = String::new();
    write(all, &mut out);
    out
}

fn write(all: &[Tree<'_>], out: &mut String) {
    for tree in all {
        match tree {
            Tree::Leaf(token) => put(*token, out),
            Tree::Group(group) => {
                put(group.open, out);
                write(&group.inside, out);
                out.push(match group.open.text {
                    "(" => ')',
                    "[" => ']',
                    _ => '}',
                });
            }
        }
    }
}

/// Words must not run into each other, signs must not be torn apart.
fn put(token: Token<'_>, out: &mut String) {
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '"' | '\'');
    let meets = out.chars().next_back().is_some_and(is_word) && token.text.starts_with(is_word);
    if token.spaced || meets {
        out.push(' ');
    }
    out.push_str(token.text);
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut at, mut spaced) = (0, false);
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let length = length(rest);
        let token = rest.get(..length).unwrap_or(rest);
        if token.starts_with(char::is_whitespace) || token.starts_with("//") || token.starts_with("/*") {
            spaced = true;
        } else {
            found.push(Token { text: token, at, spaced });
            spaced = false;
        }
        at += token.len();
    }
    found
}

/// The bytes of the token that a text begins with; spaces and comments count as one.
fn length(text: &str) -> usize {
    let to = |end: &str, from: usize| {
        text.get(from..).and_then(|it| it.find(end)).map_or(text.len(), |it| from + it + end.len())
    };
    let while_ = |is: fn(char) -> bool| text.find(|it| !is(it)).unwrap_or(text.len());
    let first = text.chars().next().map_or(0, char::len_utf8);
    match text.as_bytes() {
        [b'/', b'/', ..] => text.find('\n').unwrap_or(text.len()),
        [b'/', b'*', ..] => to("*/", 2),
        [b'"', ..] => quoted(text, 1),
        [b'b', b'"', ..] => quoted(text, 2),
        [b'r', b'"', ..] => to("\"", 2),
        [b'r', b'#', b'"', ..] => to("\"#", 3),
        [b'r', b'#', b'#', b'"', ..] => to("\"##", 4),
        [b'\'', b'\\', ..] => to("'", 3),
        // A lifetime has no quote behind it.
        [b'\'', ..] => {
            let mut chars = text.char_indices().skip(2);
            match chars.next() {
                Some((end, '\'')) => end + 1,
                _ => {
                    1 + text[1..]
                        .find(|it: char| !(it.is_alphanumeric() || it == '_'))
                        .unwrap_or(text.len() - 1)
                }
            }
        }
        [first, ..] if first.is_ascii_whitespace() => while_(char::is_whitespace),
        _ if text.starts_with(|it: char| it.is_alphanumeric() || it == '_') => {
            while_(|it| it.is_alphanumeric() || it == '_')
        }
        _ => first,
    }
    .max(first)
}

fn quoted(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}
