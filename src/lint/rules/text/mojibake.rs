//! Finds text that was broken by a wrong encoding.
//!
//! UTF-8 that was read as Windows-1252 or Mac Roman and saved again shows `é` as two characters and a check mark
//! as three. Each run that can be turned back into sound text is damage; the fix restores all of a page at once.
//! Inline code is left alone, so that a page may speak of such characters, and so are the code blocks of a page
//! about encodings, what it quotes and what is all of a cell.
//!
//! ## Flagged
//!
//! ```md docs/status.md
//! âœ… Backups verified â€“ see the report.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/status.md
//! ✅ Sicherungen geprüft – siehe Bericht. An `Ã¼` was an ü once.
//! ```
//!
//! ```md docs/import.md
//! The import repairs mojibake ("Ã©", "â€™") that old files hold.
//! ```

use std::ops::Range;

use crate::finding::{Edit, Fix, Safety, Severity};
use crate::lint::rules::text::place::{Place, Places};
use crate::lint::{Check, Context, Rule};
use crate::model::Damage;
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "text/mojibake",
    severity: Severity::Error,
    preview: false,
    file: include_str!("mojibake.rs"),
    check: Check::Page(check),
};

/// A page that says one of these may show in a code block what they make of a text.
const ABOUT_ENCODINGS: [&str; 7] =
    ["latin1", "iso-8859", "windows-1252", "cp1252", "mojibake", "macintosh", "double-encoded"];

fn check(cx: &mut Context<'_>, page: &Page) {
    let all = &cx.project.damage;
    let first = all.partition_point(|it| it.span.source < page.source);
    let end = all.partition_point(|it| it.span.source <= page.source);
    if first == end {
        return;
    }
    let lower = cx.text(page).to_ascii_lowercase();
    let about_encodings = ABOUT_ENCODINGS.iter().any(|it| lower.contains(it));
    let places = Places::new(page);
    let in_code = |it: &Damage| match places.of(it.span.start as usize).0 {
        Place::Prose => about_encodings && is_shown(cx.text(page), it.span.range()),
        Place::InlineCode => true,
        Place::CodeBlock => about_encodings,
    };
    let damage: Vec<&Damage> = all[first..end].iter().filter(|it| !in_code(it)).collect();
    let Some(one) = damage.first() else { return };
    let words = cx.project.sources.text(one.span).to_owned();
    let more = match damage.len() {
        1 => String::new(),
        n => format!(", and {} more on this page", n - 1),
    };
    let message = format!("text broken by a wrong encoding: `{words}` was `{}`{more}", one.repaired);
    let edits = damage.iter().map(|it| Edit { span: it.span, text: it.repaired.clone() }).collect();
    let finding = cx.report(one.span, message);
    finding.help(format!("the text was UTF-8 and read as {}: restore it and save as UTF-8", one.encoding));
    finding.fix = Some(Fix { safety: Safety::Safe, edits });
}

/// Whether words are all that stands between two quotation marks or bars.
fn is_shown(text: &str, range: Range<usize>) -> bool {
    let marks = ['"', '\'', '“', '”', '‘', '’', '«', '»', '|'];
    let before = text[..range.start].trim_end_matches(' ').chars().next_back();
    let after = text[range.end..].trim_start_matches(' ').chars().next();
    before.is_some_and(|it| marks.contains(&it)) && after.is_some_and(|it| marks.contains(&it))
}
