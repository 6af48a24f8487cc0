//! Words of a command as options, values and arguments; and inline code as words.

use crate::model::code::Word;
use crate::source::Span;

/// The words of inline code that is one plain command; none where it holds anything that a shell would treat
/// specially. `span` is that of the code without its backticks.
pub(super) fn inline(code: &str, span: Span) -> Option<Vec<Word>> {
    // Line ends inside code become spaces, and escapes do not exist, so the bytes are those of the source.
    let special = |c: char| matches!(c, '|' | ';' | '&' | '"' | '\'' | '`' | '\\' | '(' | ')' | '#' | '!');
    if code.contains(special) || code.len() != span.range().len() {
        return None;
    }
    let mut words = Vec::new();
    let mut at = 0;
    for part in code.split(' ') {
        if !part.is_empty() {
            words.push(Word {
                text: part.to_owned(),
                span: span.slice(at..at + part.len()),
                quoted: false,
                has_variable: part.contains('$'),
                has_placeholder: part.contains(['<', '>', '{', '}', '[', ']', '…']) || part.contains("..."),
                has_glob: part.contains(['*', '?']),
            });
        }
        at += part.len() + 1;
    }
    (!words.is_empty()).then_some(words)
}

/// The values of these options: `-f x`, `--file x`, `--file=x`, `-chdir=x`; each with its word.
pub(super) fn option_values<'a>(words: &'a [Word], names: &[&str]) -> Vec<(&'a str, &'a Word)> {
    let mut values = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if names.contains(&word.text.as_str()) {
            values.extend(words.next().filter(|it| it.is_literal()).map(|it| (it.text.as_str(), it)));
        } else if let Some((name, value)) = word.text.split_once('=')
            && names.contains(&name)
            && word.is_literal()
        {
            values.push((value, word));
        }
    }
    values
}

/// The words that are neither options nor values of the options named here.
pub(super) fn arguments<'a>(words: &'a [Word], with_value: &[&str]) -> Vec<&'a Word> {
    let mut found = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if with_value.contains(&word.text.as_str()) {
            words.next();
        } else if word.text == "--" {
            found.extend(words.by_ref());
        } else if !word.text.starts_with('-') {
            found.push(word);
        }
    }
    found
}

/// The name of a program without its folder.
pub(super) fn program(words: &[Word]) -> &str {
    words.first().map_or("", |it| super::path::name(&it.text))
}

/// Takes off the programs that run another one in the environment of a project: `poetry run x`, `npx x`.
pub(super) fn without_wrapper(mut words: &[Word]) -> &[Word] {
    loop {
        let text = |at: usize| words.get(at).map_or("", |it| it.text.as_str());
        let skip = match (text(0), text(1)) {
            ("poetry" | "pipenv" | "uv" | "hatch" | "pdm" | "rye", "run") | ("bundle", "exec") => 2,
            ("sudo" | "time" | "nohup" | "exec" | "npx" | "bunx" | "winpty", next)
                if !next.starts_with('-') =>
            {
                1
            }
            (first, _) if first.contains('=') && !first.starts_with(['=', '-', '.', '/']) => 1,
            _ => return words,
        };
        words = words.get(skip..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn words(code: &str) -> Vec<Word> {
        inline(code, Span::new(SourceId(0), 0..code.len())).unwrap()
    }

    #[test]
    fn options_and_arguments() {
        let all = words("helm upgrade -f a.yaml --values=b.yaml api ./chart -- x");
        let values = option_values(&all, &["-f", "--values"]);
        assert_eq!(values.iter().map(|it| it.0).collect::<Vec<_>>(), ["a.yaml", "b.yaml"]);
        let rest = arguments(&all, &["-f", "--values"]);
        assert_eq!(
            rest.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(),
            ["helm", "upgrade", "api", "./chart", "x"]
        );
    }

    #[test]
    fn wrappers() {
        assert_eq!(program(without_wrapper(&words("A=1 poetry run python x.py"))), "python");
        assert_eq!(inline("a | b", Span::new(SourceId(0), 0..5)), None);
    }
}
