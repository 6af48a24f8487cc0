//! Finds typographic characters in commands.
//!
//! Word processors, chats and wikis turn `"` into `“`, `--` into `–` and spaces into no-break spaces. On the page
//! the command looks right; pasted into a terminal it fails, or does something else. Text in quotes, comments
//! and here-documents may hold such characters.
//!
//! ## Flagged
//!
//! ```md docs/backup.md
//! # Backup
//!
//! ~~~bash
//! pg_dump –f orders.sql “orders”
//! ~~~
//! ```
//!
//! ## Accepted
//!
//! ```md docs/backup.md
//! # Backup
//!
//! ~~~bash
//! # The dump – as we call it – takes a minute.
//! pg_dump -f orders.sql "orders" && echo 'It’s done'
//! ~~~
//! ```

use crate::finding::{Fix, Safety, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::code::CodeProblemKind;
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "code/smart-quotes",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("smart_quotes.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for problem in &page.code_problems {
        let CodeProblemKind::Typography { name, certain, edits } = &problem.kind else { continue };
        let words = cx.project.sources.text(problem.span);
        let what = match words.chars().next() {
            Some(it) if it.is_whitespace() || name.starts_with("invisible") => {
                format!("{name} (U+{:04X})", it as u32)
            }
            _ => format!("{name} `{words}`"),
        };
        let more = match edits.len() {
            0 | 1 => String::new(),
            n => format!(", and {} more in this block", n - 1),
        };
        let finding = cx.report(problem.span, format!("{what} in a command{more}"));
        finding.help("type it on a keyboard: the shell does not know this character");
        let safety = if *certain { Safety::Safe } else { Safety::Unsafe };
        finding.fix = Some(Fix { safety, edits: edits.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check_rule, project};
    use crate::lint::{Selection, run};

    #[test]
    fn only_what_the_shell_reads_counts() {
        check_rule(
            &RULE,
            "//- a.md\n```sh\necho “a”  # “b”\n     ^ curly quote `“` in a command, and 1 more in this block\necho '“c”' \"–d\" e – f\ncat <<EOF\n“g”\nEOF\n```\n\n```console\n$ ls\u{a0}-l\n    ^ no-break space (U+00A0) in a command\n“h”\n```\n\n```text\n“i”\n```\n\n```\ngit commit -m “j”\n              ^ curly quote `“` in a command, and 1 more in this block\n```\n\n```\n“k” git\n```\n",
        );
    }

    #[test]
    fn fixes_type_what_a_keyboard_types() {
        let text = "> ```sh\n> a —b –c “d”\u{a0}e ––f\n> ```\n\n```sh\na –name\n```\n";
        let (project, config) = project(vec![("a.md".to_owned(), text.to_owned())]);
        let only = Selection { select: vec![RULE.id.to_owned()], ..Selection::default() };
        let findings = run(&project, &config, &only).findings;
        let fixes: Vec<&Fix> = findings.iter().filter_map(|it| it.fix.as_ref()).collect();
        assert_eq!(fixes.iter().map(|it| it.safety).collect::<Vec<_>>(), [Safety::Safe, Safety::Unsafe]);
        let mut mended = text.to_owned();
        for edit in fixes[0].edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.text);
        }
        assert!(mended.starts_with("> ```sh\n> a --b -c \"d\" e --f\n"), "{mended}");
    }
}
