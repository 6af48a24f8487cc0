//! Finds documents and specs that are too large to be read.
//!
//! The limits are 16 MiB for a Markdown document and 64 MiB for an OpenAPI file. A larger one was almost
//! always put there by accident, and no reader can use it.

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::WhyUnread;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "source/too-large",
    severity: Severity::Error,
    preview: false,
    file: include_str!("too_large.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for unread in &cx.project.unread {
        if let WhyUnread::TooLarge { size, limit } = unread.why {
            let message = format!("the file is too large: {size} bytes, at most {limit} are read");
            cx.report(Span::new(unread.source, 0..0), message)
                .help("split it, or leave it out with `lint.exclude`");
        }
    }
}
