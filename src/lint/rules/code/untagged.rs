//! Finds code blocks without a language.
//!
//! A tag colours the block and tells docwright what to check: the commands of an untagged block are looked at
//! only where they are clearly commands. Where the language is beyond doubt the fix adds it.
//!
//! ## Flagged
//!
//! ```md docs/restart.md
//! # Restart
//!
//! ~~~
//! systemctl restart orders
//! ~~~
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restart.md
//! # Restart
//!
//! ~~~sh
//! systemctl restart orders
//! ~~~
//! ```

use crate::finding::{Edit, Fix, Safety, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "code/untagged",
    severity: Severity::Info,
    preview: true,
    file: include_str!("untagged.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for block in &page.code_blocks {
        if !block.fenced || !block.info.is_empty() {
            continue;
        }
        let opening = Span { end: block.info_span.start, ..block.span };
        let finding = cx.report(opening, "code block without a language");
        match block.looks_like {
            Some(language) => {
                finding.help(format!("write `{}` behind the fence", language.tag));
                let edits = vec![Edit { span: block.info_span, text: language.tag.to_owned() }];
                finding.fix = Some(Fix { safety: Safety::Safe, edits });
            }
            None => {
                finding.help("write the language behind the fence, or `text`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn fences_without_a_tag_are_underlined() {
        check_rule(
            &RULE,
            "//- a.md\n```\n^^^ code block without a language\na\n```\n\n    indented\n\n```text\nb\n```\n",
        );
    }
}
