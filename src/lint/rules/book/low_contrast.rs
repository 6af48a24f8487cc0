//! Finds colours of the configuration in which words cannot be read.
//!
//! `[site.colors.light]` and `[site.colors.dark]` change the colours of the site. Every pair of colours that a page puts
//! on one another is measured as WCAG 2.2 does: words need a contrast of 4.5 to 1, the edges of buttons and fields
//! 3 to 1. Who reads a runbook in the sun or at three in the morning needs no less.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [site.colors.light]
//! accent = "#f2a900"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [site.colors.light]
//! accent = "#8a1538"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::colour::{Palette, Scheme};

pub(crate) static RULE: Rule = Rule {
    id: "book/low-contrast",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("low_contrast.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let declared = &cx.project.declared.colours;
    for weak in Palette::of(declared).weak(declared) {
        let scheme = match weak.declared.scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        // Rounded down, so that no number is said to be what it is not.
        let ratio = (weak.ratio * 100.0).floor() / 100.0;
        let message = format!(
            "`{}` and `{}` ({}) have a contrast of {ratio:.2}:1 in the {scheme} scheme, and need {}:1",
            weak.declared.colour.hex(),
            weak.other,
            weak.other_colour.hex(),
            weak.needed
        );
        let help = match weak.instead {
            Some(instead) => {
                format!(
                    "take `{}`: the same hue, with the nearest lightness that is enough for all its pairs",
                    instead.hex()
                )
            }
            None => "take another colour; no lightness of this one is enough for all its pairs".to_owned(),
        };
        cx.report(weak.declared.span, message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_colour_is_underlined() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# A\n\n//- book.toml\n[site.colors.dark]\naccent = \"#334455\"\n         ^^^^^^^^^ `#334455` and `paper` (#14181b) have a contrast of 1.78:1 in the dark scheme, and need 4.5:1\n",
        );
    }
}
