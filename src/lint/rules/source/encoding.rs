//! Finds documents that are not UTF-8.
//!
//! Such a file cannot be shown or checked; the next tool that opens it may guess the encoding wrongly and save
//! the damage. Save it as UTF-8 in your editor, or with `iconv`.

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::WhyUnread;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "source/encoding",
    severity: Severity::Error,
    preview: false,
    file: include_str!("encoding.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for unread in &cx.project.unread {
        let span = Span::new(unread.source, 0..0);
        match &unread.why {
            WhyUnread::Encoding { at, looks_like } => {
                let message =
                    format!("the file is no UTF-8 text: it looks like {looks_like}, from byte {at} on");
                let help = match *looks_like {
                    "binary data" => "remove it from the documents, or give it another extension".to_owned(),
                    _ => format!("convert it: `iconv -f {looks_like} -t UTF-8`"),
                };
                cx.report(span, message).help(help);
            }
            WhyUnread::Io(error) => {
                cx.report(span, format!("the file cannot be read: {error}")).help("check its permissions");
            }
            WhyUnread::TooLarge { .. } => {}
        }
    }
}
