//! Formulas in the language of LaTeX as MathML, made by `pulldown-latex`: no script, no fonts, no style.
//!
//! A formula that cannot be read stays text, which says the same to those who know the language.

#[cfg(feature = "math")]
mod latex;
#[cfg(feature = "math")]
mod mathml;

use crate::config::Config;
use crate::model::formula::MathSyntax;
use crate::model::page::Page;

/// The tag of fences that hold a formula.
#[cfg(feature = "math")]
const FENCE: &str = "math";

/// What the configuration counts as formulas.
pub(super) fn syntax(config: &Config) -> MathSyntax {
    MathSyntax { dollars: config.site.math, brackets: config.output.html.mathjax_support }
}

/// Makes MathML of the formulas of a page, in fences and among words; `text` is the text of its source.
#[cfg(feature = "math")]
pub(super) fn read(page: &mut Page, text: &str) {
    use crate::model::formula::FormulaProblem;
    use crate::source::Span;

    // Where each stands: its node, what its source begins with there, and its index among its kind.
    let mut spans: Vec<(Span, bool, usize)> = Vec::new();
    let mut formulas: Vec<latex::Formula> = Vec::new();
    for (at, it) in page.formulas.iter().enumerate() {
        spans.push((it.span, false, at));
        formulas.push(latex::Formula { latex: it.latex.clone(), display: it.display });
    }
    for (at, it) in page.code_blocks.iter().enumerate().filter(|(_, it)| it.language == FENCE && it.closed) {
        let words = page.document.children(it.node).next().map(|it| page.document.node(it).start);
        let start = words.unwrap_or(it.span.start);
        spans.push((Span { start, ..it.span }, true, at));
        formulas.push(latex::Formula { latex: page.code(it, text).trim().to_owned(), display: true });
    }
    if formulas.is_empty() {
        return;
    }
    for ((span, in_fence, at), made) in spans.into_iter().zip(latex::render(formulas)) {
        match made {
            Ok(mathml) if in_fence => page.code_blocks[at].drawing = Some(mathml.into()),
            Ok(mathml) => page.formulas[at].mathml = Some(mathml.into()),
            Err(problem) => {
                let written = text.get(span.range()).unwrap_or_default();
                let words = problem.words.as_deref().filter(|it| !it.is_empty());
                let range = words.and_then(|words| Some((written.find(words)?, words.len())));
                let first = written.lines().next().map_or(0, |it| it.trim_end().len());
                let (from, length) = range.unwrap_or((0, first));
                let start = span.start as usize + from;
                let span = Span::new(page.source, start..start + length);
                page.formula_problems.push(FormulaProblem { span, message: problem.message });
            }
        }
    }
    page.formula_problems.sort_by_key(|it| it.span);
}

/// Without the crate formulas stay text.
#[cfg(not(feature = "math"))]
pub(super) fn read(_: &mut Page, _: &str) {}

#[cfg(all(test, feature = "math"))]
mod tests {
    use super::*;
    use crate::parse::markdown;
    use crate::source::SourceId;

    fn page(text: &str) -> Page {
        let math = MathSyntax { dollars: true, brackets: true };
        let mut page = markdown::parse_with(SourceId(0), "a.md", text, true, math);
        read(&mut page, text);
        page
    }

    #[test]
    fn formulas_in_fences_and_among_words_become_mathml() {
        let page = page("Low $x^2$.\n\n```math\n\\frac{a}{b}\n```\n");
        let inline = page.formulas[0].mathml.as_deref().unwrap();
        assert!(inline.starts_with("<math><semantics>") && inline.contains("<msup>"), "{inline}");
        let block = page.code_blocks[0].drawing.as_deref().unwrap();
        assert!(block.starts_with("<math display=\"block\">") && block.contains("<mfrac>"), "{block}");
        assert_eq!(page.formula_problems, []);
    }

    #[test]
    fn the_command_that_nobody_knows_is_underlined() {
        let text = "Low $x + \\nope{y}$.\n\n```math\n\na \\gone\n```\n\n$\\frac{1}$\n";
        let page = page(text);
        let said: Vec<(&str, &str)> = page
            .formula_problems
            .iter()
            .map(|it| (text.get(it.span.range()).unwrap(), it.message.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("\\nope", "unknown command `\\nope`"),
                ("\\gone", "unknown command `\\gone`"),
                ("$\\frac{1}$", "expected a token"),
            ]
        );
        assert!(page.formulas[0].mathml.is_none());
    }
}
