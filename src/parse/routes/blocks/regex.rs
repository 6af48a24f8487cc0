//! A regular expression of a URL → path templates with parameters in angle brackets.

/// More alternatives than a URL has; the rest is left out.
const MAX_FORMS: usize = 16;

/// Groups in groups.
const MAX_DEPTH: usize = 24;

/// Every template that an expression stands for: an optional group gives two, an alternative in a group
/// without a name one for each.
pub(in crate::parse::routes) fn templates(regex: &str) -> Vec<String> {
    let chars: Vec<char> = regex.chars().collect();
    let mut reader = Reader { chars: &chars, at: 0 };
    let mut found = reader.alternatives(0);
    found.dedup();
    found
}

struct Reader<'c> {
    chars: &'c [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek();
        self.at += 1;
        char
    }

    fn starts_with(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(i, it)| self.chars.get(self.at + i) == Some(&it))
    }

    /// Up to the end of the group or of the expression.
    fn alternatives(&mut self, depth: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut forms = vec![String::new()];
        while let Some(char) = self.peek() {
            match char {
                ')' => break,
                '|' => {
                    self.at += 1;
                    found.append(&mut forms);
                    forms = vec![String::new()];
                }
                _ => {
                    let piece = self.piece(depth);
                    let piece = self.quantified(piece);
                    forms = combine(&forms, &piece);
                }
            }
        }
        found.append(&mut forms);
        found.truncate(MAX_FORMS);
        found
    }

    /// What one character, class or group stands for.
    fn piece(&mut self, depth: usize) -> Vec<String> {
        match self.next() {
            Some('^' | '$') => vec![String::new()],
            Some('\\') => match self.next() {
                Some('A' | 'Z' | 'z' | 'b' | 'B') | None => vec![String::new()],
                Some('d' | 'w' | 's' | 'D' | 'W' | 'S') => vec!["<value>".to_owned()],
                Some(char) => vec![char.to_string()],
            },
            // A dot that nobody escaped: `robots.txt`.
            Some('.') if !matches!(self.peek(), Some('*' | '+' | '?' | '{')) => vec![".".to_owned()],
            Some('.') => vec!["<value>".to_owned()],
            Some('[') => {
                self.class();
                vec!["<value>".to_owned()]
            }
            Some('(') => self.group(depth),
            Some(char) => vec![char.to_string()],
            None => vec![String::new()],
        }
    }

    fn class(&mut self) {
        let start = self.at;
        while let Some(char) = self.next() {
            match char {
                '\\' => self.at += 1,
                ']' if self.at > start + 1 => break,
                _ => {}
            }
        }
    }

    fn group(&mut self, depth: usize) -> Vec<String> {
        let mut name = Some("value".to_owned());
        if self.starts_with("?P<") {
            self.at += 3;
            name = Some(std::iter::from_fn(|| self.next().filter(|it| *it != '>')).collect());
        } else if self.starts_with("?:") {
            self.at += 2;
            name = None;
        } else if self.starts_with("?") {
            // A look-around takes no room; flags say nothing about the path.
            self.skip_group();
            return vec![String::new()];
        }
        let start = self.at;
        let inner = if depth < MAX_DEPTH { self.alternatives(depth + 1) } else { Vec::new() };
        if self.peek() != Some(')') {
            self.skip_group();
        } else {
            self.at += 1;
        }
        let words: String =
            self.chars.get(start..self.at.saturating_sub(1)).unwrap_or_default().iter().collect();
        let is_word = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '-');
        match name {
            None => inner,
            // A group that takes one word: `(?P<version>(v2))`.
            Some(_) if is_word(words.trim_matches(['(', ')'])) => inner,
            Some(name) if matches!(words.as_str(), ".*" | ".+" | ".*?" | ".+?") => {
                vec![format!("<path:{name}>")]
            }
            Some(name) => vec![format!("<{name}>")],
        }
    }

    /// Past the end of the group that is open.
    fn skip_group(&mut self) {
        let mut depth = 1;
        while let Some(char) = self.next() {
            match char {
                '\\' => self.at += 1,
                '[' => self.class(),
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    fn quantified(&mut self, piece: Vec<String>) -> Vec<String> {
        let one_of_any = piece == ["<value>"];
        let mut piece = piece;
        match self.peek() {
            Some('?') => {
                self.at += 1;
                // `/?` at the end is the slash; a group that may be missing gives two paths.
                if piece.iter().any(|it| it.len() > 1) {
                    piece.insert(0, String::new());
                }
            }
            Some(it @ ('*' | '+')) => {
                self.at += 1;
                let dot = self.chars.get(self.at.wrapping_sub(2)) == Some(&'.');
                if one_of_any && dot {
                    piece = vec!["<path:value>".to_owned()];
                } else if !one_of_any && it == '*' && piece.iter().any(|it| it.len() > 1) {
                    piece.insert(0, String::new());
                }
            }
            Some('{') => while self.next().is_some_and(|it| it != '}') {},
            _ => return piece,
        }
        // A lazy quantifier.
        if self.peek() == Some('?') {
            self.at += 1;
        }
        piece
    }
}

fn combine(before: &[String], piece: &[String]) -> Vec<String> {
    let all = before.iter().flat_map(|it| piece.iter().map(move |piece| format!("{it}{piece}")));
    all.take(MAX_FORMS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        for (regex, expected) in [
            (r"^orders/(?P<year>[0-9]{4})/$", &["orders/<year>/"] as &[_]),
            (r"^orders/(\d+)/lines/?$", &["orders/<value>/lines/"]),
            (r"^(?:page-(?P<page>\d+)/)?comments$", &["comments", "page-<page>/comments"]),
            (r"^files/(?P<path>.*)$", &["files/<path:path>"]),
            (r"^v(?:1|2)/x\.json$", &["v1/x.json", "v2/x.json"]),
            (r"^a(?P<format>\.[a-z0-9]+/?)?$", &["a", "a<format>"]),
            (r"(?P<slug>[-\w()]+)\Z", &["<slug>"]),
            (r"^(?!admin)x/.*$", &["x/<path:value>"]),
            (r"\w+/", &["<value>/"]),
            (r"^robots.txt$", &["robots.txt"]),
            (r"^(?P<version>(v2))/(?P<kind>(a|b))/$", &["v2/<kind>/"]),
        ] {
            assert_eq!(templates(regex), expected, "{regex}");
        }
    }

    #[test]
    fn broken_expressions_do_not_panic() {
        for regex in ["(", "(?P<", "[", "a)", "\\", "{", "(?:(?:(", "x{", "(?", "é(?P<ü>"] {
            assert!(templates(regex).len() <= MAX_FORMS);
        }
        assert!(templates(&"(?:a|b)".repeat(30)).len() <= MAX_FORMS);
        assert!(templates(&"(".repeat(5_000)).len() <= MAX_FORMS);
    }
}
