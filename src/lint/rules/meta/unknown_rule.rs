//! Finds directives that name a rule that does not exist, no rule at all, or that docwright does not know.
//!
//! Such a directive silences nothing, and nobody notices: a rule was misspelt or renamed. `docwright rules` lists
//! the names; a directive may also name a group (`link`) or `all`.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump. <!-- docwright-disable-line link/mising-file -- the drill bot writes it -->
//!
//! <!-- docwright-disable-nextline placeholder/marker -- quoted from the ticket -->
//! Then tell the caretaker.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! <!-- docwright-disable-next-line placeholder/marker -- quoted from the ticket -->
//! TODO: answer the caretaker.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule, names, nearest, rules};
use crate::model::suppression::{UnclearDirective, VERBS};

pub(crate) static RULE: Rule = Rule {
    id: "meta/unknown-rule",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unknown_rule.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let said = &cx.project.suppressions;
    for it in &said.all {
        if rules::ALL.iter().any(|rule| names(&it.rule, rule.id)) {
            continue;
        }
        let help = match nearest(&it.rule) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "`docwright rules` lists them".to_owned(),
        };
        cx.report(it.rule_span, format!("there is no rule `{}`", it.rule)).help(help);
    }
    for (place, what) in &said.unclear {
        match what {
            UnclearDirective::Verb(verb) => {
                let close = |it: &&&str| strsim::jaro_winkler(it, verb);
                let near =
                    VERBS.iter().max_by(|a, b| close(a).total_cmp(&close(b))).filter(|it| close(it) > 0.8);
                let help = match near {
                    Some(near) => format!("did you mean `docwright-{near}`?"),
                    None => format!(
                        "`docwright-` goes on with one of {}",
                        VERBS.map(|it| format!("`{it}`")).join(", ")
                    ),
                };
                cx.report(*place, format!("there is no directive `docwright-{verb}`")).help(help);
            }
            UnclearDirective::NoRule => {
                cx.report(*place, "this directive names no rule")
                    .help("name the rule that it silences, its group, or `all`");
            }
            UnclearDirective::NothingToEnable => {
                cx.report(*place, "this directive enables what nothing above disables")
                    .help("delete it, or name a rule that a `docwright-disable` above names");
            }
        }
    }
}
