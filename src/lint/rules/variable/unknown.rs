//! Finds names in double braces that stand for nothing.
//!
//! `{{ docwright.pages }}` stands for a count, by the names of `docwright stats`; other names get their values from the
//! table `[variables]` of the configuration. A name that begins with `docwright.`, or with the name of a table below
//! `[variables]`, and has no value is a slip. All other braces belong to somebody else and are left alone, as are
//! code and comments.
//!
//! ## Flagged
//!
//! ```md docs/about.md
//! # About
//!
//! There are {{ docwright.page }} pages.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/about.md
//! # About
//!
//! There are {{ docwright.pages }} pages for {{ product }}. Charts write `{{ .Values.image }}`.
//! ```
//!
//! ```toml book.toml
//! [variables]
//! product = "Tidetable"
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::count::counts;

pub(crate) static RULE: Rule = Rule {
    id: "variable/unknown",
    severity: Severity::Error,
    preview: false,
    file: include_str!("unknown.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let unknown = cx.project.includes.variables.iter().filter(|it| it.value.is_none());
    let unknown: Vec<_> = unknown.collect();
    if unknown.is_empty() {
        return;
    }
    let counted = counts(cx.project).into_iter().map(|it| format!("docwright.{}", it.0));
    let names: Vec<String> = counted.chain(cx.project.includes.declared.iter().cloned()).collect();
    for variable in unknown {
        let scored = names.iter().map(|it| (strsim::jaro_winkler(it, &variable.name), it));
        let near =
            scored.filter(|it| it.0 > 0.9).max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        let help = match near {
            Some((_, near)) => format!("did you mean `{near}`?"),
            None => "`docwright stats` lists the counts; other names stand in `[variables]`".to_owned(),
        };
        cx.report(variable.span, format!("`{}` stands for nothing", variable.name)).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn only_our_names_are_judged() {
        check_rule(
            &RULE,
            "//- book.toml\n[variables.orders]\nrto = \"4 h\"\n//- docs/a.md\n{{ orders.rto }} {{ orders.rpo }} {{ other }} {{ docwright.routes.documented }} {{docwright.tides}} `{{ docwright.x }}`\n                 ^^^^^^^^^^^^^^^^ `orders.rpo` stands for nothing\n                                                                                ^^^^^^^^^^^^^^^^^^^ `docwright.tides` stands for nothing\n",
        );
    }
}
