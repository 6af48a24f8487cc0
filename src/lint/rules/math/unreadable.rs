//! Finds formulas that cannot be laid out.
//!
//! Where the formula should stand, the page shows its source. Those who do not know the language of LaTeX read
//! `\frac{a}{b}` and guess. A command is most often misspelt, or belongs to a package that only a browser script loads.
//!
//! A formula stands in a fence tagged `math`; with `site.math` also between dollars, and with
//! `output.html.mathjax-support` in the brackets of mdBook. One of more than 4 KB, or with groups nested more than 48 deep,
//! is not laid out either.
//!
//! ## Flagged
//!
//! ````md docs/availability.md
//! # Availability
//!
//! ```math
//! A = \frac{t_{up}}{t_{up} + t_{down}} \requre{cancel}
//! ```
//! ````
//!
//! ## Accepted
//!
//! ````md docs/availability.md
//! # Availability
//!
//! ```math
//! A = \frac{t_{up}}{t_{up} + t_{down}}
//! ```
//! ````

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "math/unreadable",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unreadable.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for problem in &page.formula_problems {
        cx.report(problem.span, format!("the formula cannot be shown: {}", problem.message))
            .help("write it with commands of LaTeX mathematics; until then the page shows its source");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_command_is_underlined() {
        check_rule(
            &RULE,
            "//- a.md\n- ```math\n  x^2 + \\nope{y}\n        ^^^^^ the formula cannot be shown: unknown command `\\nope`\n  ```\n\n```text\n\\nope\n```\n\nPay $5 to $10 for $HOME/$USER.\n",
        );
    }
}
