//! Formulas → MathML, within bounds: nothing that somebody wrote takes long, grows large or breaks the program.

use std::convert::Infallible;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, Storage};

use super::mathml;
use crate::parse::apart::{apart, quietly};

/// Longer formulas are not read, in bytes.
const LONGEST: usize = 4 * 1024;
/// Larger formulas are not written, in signs and marks.
const MOST_EVENTS: usize = 4_000;
/// What stands over letters; it must be as wide as they are.
const OVERLINE: char = '\u{203e}';
/// Deeper groups are not read.
const DEEPEST: usize = 48;

/// A formula to be shown.
#[derive(Debug, Clone)]
pub(super) struct Formula {
    pub(super) latex: String,
    pub(super) display: bool,
}

/// Why a formula is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// In the style of a finding's message.
    pub(super) message: String,
    /// The words of the formula that are meant.
    pub(super) words: Option<String>,
}

impl Problem {
    fn new(message: impl Into<String>) -> Problem {
        Problem { message: message.into(), words: None }
    }
}

/// Each formula as MathML, in order.
pub(super) fn render(formulas: Vec<Formula>) -> Vec<Result<String, Problem>> {
    let count = formulas.len();
    let broken = || Err(Problem::new("it cannot be read"));
    let all = apart(move || {
        let each = formulas.iter().map(|it| quietly(|| mathml(it)).unwrap_or_else(broken));
        each.collect::<Vec<_>>()
    });
    all.unwrap_or_else(|| (0..count).map(|_| broken()).collect())
}

fn mathml(formula: &Formula) -> Result<String, Problem> {
    let latex = &formula.latex;
    if latex.is_empty() {
        return Err(Problem::new("it is empty"));
    }
    if latex.len() > LONGEST {
        return Err(Problem::new(format!("it is longer than {} KB", LONGEST / 1024)));
    }
    if depth(latex) > DEEPEST {
        return Err(Problem::new("it is nested too deeply"));
    }
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(latex, &storage) {
        match event {
            Ok(Event::Content(Content::Ordinary { content: OVERLINE, .. })) => {
                events.push(Ok::<_, Infallible>(Event::Content(Content::Ordinary {
                    content: OVERLINE,
                    stretchy: true,
                })));
            }
            Ok(event) => events.push(Ok(event)),
            Err(error) => return Err(problem(latex, &error.to_string())),
        }
        if events.len() > MOST_EVENTS {
            return Err(Problem::new("it is too large"));
        }
    }
    let display_mode = if formula.display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut written = String::new();
    pulldown_latex::push_mathml(&mut written, events.into_iter(), config)
        .map_err(|_| Problem::new("it cannot be written"))?;
    mathml::clean(&written, latex, formula.display).ok_or_else(|| Problem::new("it cannot be written"))
}

/// How deep groups, brackets and environments stand in one another.
fn depth(latex: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    let mut escaped = false;
    for (at, byte) in latex.bytes().enumerate() {
        let named = |name: &str| escaped && latex.get(at..).is_some_and(|it| it.starts_with(name));
        match byte {
            b'{' if !escaped => depth += 1,
            b'}' if !escaped => depth = depth.saturating_sub(1),
            b'l' if named("left") => depth += 1,
            b'r' if named("right") => depth = depth.saturating_sub(1),
            b'b' if named("begin") => depth += 1,
            b'e' if named("end") => depth = depth.saturating_sub(1),
            b's' if named("sqrt") => deepest = deepest.max(depth),
            _ => {}
        }
        deepest = deepest.max(depth);
        escaped = byte == b'\\' && !escaped;
    }
    deepest
}

/// What the parser says, in one line. It shows where it stands, not which command it means.
fn problem(latex: &str, said: &str) -> Problem {
    let first = said.lines().next().unwrap_or_default();
    let message = first.trim_start_matches("parsing error: ").trim();
    match unknown(latex).filter(|_| message.contains("unknown primitive")) {
        Some(words) => Problem { message: format!("unknown command `{words}`"), words: Some(words) },
        None => Problem::new(message.chars().take(120).collect::<String>()),
    }
}

/// The first command of a formula that the parser does not know by itself.
fn unknown(latex: &str) -> Option<String> {
    let mut rest = latex;
    while let Some(at) = rest.find('\\') {
        let behind = &rest[at + 1..];
        let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length = letters.max(behind.chars().next().map_or(0, char::len_utf8));
        let command = &rest[at..at + 1 + length];
        let storage = Storage::new();
        if let Some(Err(error)) = Parser::new(command, &storage).next()
            && error.to_string().contains("unknown primitive")
        {
            return Some(command.to_owned());
        }
        rest = &behind[length..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(latex: &str) -> Result<String, String> {
        let formula = Formula { latex: latex.to_owned(), display: true };
        render(vec![formula]).remove(0).map_err(|it| it.message)
    }

    #[test]
    fn formulas_of_operations_are_shown() {
        for latex in [
            r"A = \frac{\text{MTBF}}{\text{MTBF} + \text{MTTR}}",
            r"1 - \frac{t_{\mathrm{down}}}{t_{\mathrm{total}}} \ge 99.95\,\%",
            r"\sum_{i=0}^{n} x_i \le \sqrt[3]{2} \times 10^{-3}",
            r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \cdot \left\lceil \frac{x}{2} \right\rceil",
            r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            r"\mathcal{O}(n \log n) \quad p_{99} < 300\,\text{ms}",
        ] {
            let made = one(latex);
            assert!(
                made.as_ref().is_ok_and(|it| it.ends_with("</annotation></semantics></math>")),
                "{made:?}"
            );
        }
    }

    #[test]
    fn hostile_formulas_take_no_time_and_no_room() {
        let repeated = |it: &str, times: usize| it.repeat(times);
        for latex in [
            repeated("x+", 500_000),
            repeated("{", 2_000),
            repeated("\\sqrt{", 600),
            repeated("\\sqrt", 800),
            repeated("\\frac", 800),
            repeated("\\left(", 600),
            repeated("x^{", 1_000),
            repeated("\\begin{matrix}", 250),
            repeated("\\", 4_000),
            repeated("&", 4_000),
            repeated("'", 4_000),
            repeated("{}", 2_000),
            repeated("\\bar_", 500),
            "\\def\\a{\\a\\a}\\a".to_owned(),
            "\\def\\a{\\b\\b\\b\\b}\\def\\b{\\c\\c\\c\\c}\\def\\c{\\d\\d\\d\\d}\\def\\d{\\e\\e\\e\\e}\\def\\e{xxxxxxxxxxxxxxxx}\\a".to_owned(),
            "\u{0}\u{fdd0}\u{202e}".to_owned(),
            "é".repeat(1_000),
        ] {
            if let Ok(made) = one(&latex) {
                assert!(made.len() < 400_000, "{}: {}", &latex[..latex.len().min(20)], made.len());
            }
        }
    }

    #[test]
    fn nothing_in_a_formula_runs_links_or_leaves_it() {
        for latex in [
            r"\href{javascript:alert(1)}{x}",
            r"\url{javascript:alert(1)}",
            r"\text{</math><script>alert(1)</script>}",
            r"</annotation></semantics></math><img src=x onerror=alert(1)>",
            r"\operatorname{<script>x</script>}",
            r"\class{a}{x}\style{position:fixed}{x}\cssId{a}{x}",
            r"\color{red;background:url(x)} x",
            r"\textcolor{#ff0000}{y} \colorbox{red}{x}",
            r"\unicode{x3c}script\unicode{x3e}",
            r"\includegraphics{https://example.com/x.png}",
            r"< img > \& \lt \gt &lt;script&gt;",
        ] {
            let made = one(latex).unwrap_or_default();
            let markup = made.split("<annotation").next().unwrap();
            for bad in ["<script", "<img", "href", "style=", "src=", "onerror", "url("] {
                assert!(!markup.contains(bad) || bad == "onerror", "{latex}: {made}");
            }
            assert_eq!(made.matches("<math").count(), usize::from(!made.is_empty()), "{made}");
            assert!(!made.contains("<script") && !made.contains("<img"), "{made}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(one("").unwrap_err(), "it is empty");
        assert_eq!(one(&"x".repeat(5_000)).unwrap_err(), "it is longer than 4 KB");
        assert_eq!(one("x^2^3").unwrap_err(), "trying to add a superscript twice to the same element");
        assert_eq!(one(r"a \nope").unwrap_err(), r"unknown command `\nope`");
    }
}
