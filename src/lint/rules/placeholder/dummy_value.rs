//! Finds values that only stand for real ones: `your-domain.com`, `+49-XXX-XXXX`, `/path/to/`, `CHANGE_ME`.
//!
//! Nobody can call `555-0100`. How much a dummy value weighs depends on where it stands. Among contacts it is an
//! `error`. In the steps of a runbook or plan it is an `error` in a sentence and a `warning` in a command; in a
//! page of no known kind it is a `warning` or an `info`. READMEs, tutorials and manuals show samples, and
//! their readers put in their own values, so nothing is said there; nor where a sentence beside it says so
//! ("replace … with your own"). Names reserved for examples (`example.com`), `<your-token>` and `$VARIABLES` say
//! themselves what they are.
//!
//! ## Flagged
//!
//! ```md docs/contacts.md
//! # Contacts
//!
//! | Role     | E-mail             | Phone        |
//! |----------|--------------------|--------------|
//! | On-call  | oncall@company.com | +49-XXX-XXXX |
//! ```
//!
//! ```md runbooks/restore.md
//! # Restore the database
//!
//! Run the job and look at the page:
//!
//! ~~~sh
//! curl -fsS https://your-domain.com/health
//! ~~~
//! ```
//!
//! ## Accepted
//!
//! ```md runbooks/restore.md
//! # Restore the database
//!
//! Run the job:
//!
//! ~~~sh
//! curl -fsS -H "Authorization: Bearer $TOKEN" https://shop.example.com/restore/<backup-id>
//! kubectl create secret generic my-secret --from-file=tls.key
//! ~~~
//!
//! Replace `your-domain.com` with the customer's domain.
//! ```

use std::ops::Range;
use std::sync::LazyLock;

use super::dummy::{self, Kind};
use super::position::Position;
use super::readers::{Readers, offers_choices, readers};
use super::slot::is_formal;
use super::words::{CONTACT, Pattern, RESPONSIBLE, pattern};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece, pieces};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "placeholder/dummy-value",
    severity: Severity::Error,
    preview: false,
    file: include_str!("dummy_value.rs"),
    check: Check::Page(check),
};

/// Sentences that tell whom to turn to.
static TURN_TO: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:contact|reach|e-?mail|mail|call|phone|ring|page|text|notify|write to|reports? to)\b")
});

/// Words that say that the reader puts in a value, or that something only shows a form.
static READER_FILLS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:replac(?:e|es|ed|ing)|substitut\w+|swap|chang(?:e|es|ing)\s+\S+\s+(?:to|with)|customi[sz]e|adjust|adapt|your\s+(?:own|actual|real)|for example|for instance|examples?(?:[\s:,;)]|$)|placeholders?|samples?|dummy|fake|fictional|formats?|formatted|pattern|look(?:s)?\s+like|similar\s+to|output|prints?|returns?|responds?|response|assum(?:e|es|ing)|suppose|imagine|where\s+\S+\s+is|defaults?|mask(?:s|ed|ing)?|labell?ed|fields?|accepts?|rejects?|redact\w*)(?:\b|$)|e\.g\.|\bi\.e\.|替换|替換|改成|换成|修改|你的|您的|置き換え|ご自身の|교체|замен|(?:reempla[cz]|sustitu[iy]|substitu[ia]|remplac|ersetz)",
    )
});

/// A comment beside a setting that speaks to the reader: `# change it`.
static CHANGE_IT: Pattern = LazyLock::new(|| {
    pattern(r"(?i)(?:#|//|;|<!--)[^\n]*\b(?:change|replace|set|use|put|your|choose|generate)\b")
});

/// Headings of sections that show and do not tell.
static SAMPLE_SECTION: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:examples?|samples?|templates?|usage|syntax|reference|quick ?start|getting started|tutorial|format|options|parameters|environment variables|schema)\b",
    )
});

fn check(cx: &mut Context<'_>, page: &Page) {
    let project = cx.project;
    let text: &str = &project.sources.get(page.source).text;
    if !dummy::PREFILTER.is_match(text) {
        return;
    }
    let readers = readers(project.sources.path(page.source), page);
    if matches!(readers, Readers::Past | Readers::Tasks | Readers::Template) {
        return;
    }
    let readers = match readers {
        Readers::Unknown if offers_choices(text) => Readers::Strangers,
        it => it,
    };
    let pieces = pieces(page, text);
    for (index, piece) in pieces.iter().enumerate().filter(|(_, it)| it.block != Block::Comment) {
        let values = dummy::find(&piece.words);
        if values.is_empty() {
            continue;
        }
        let place = Place::of(page, &pieces, index, readers);
        for (kind, range) in values {
            let Some(severity) = judge(&place, kind, &range) else { continue };
            let words = &piece.words[range.clone()];
            let span = Span::new(page.source, piece.source(range.clone()));
            let finding = cx.report(span, format!("`{words}` is not a real {}", kind.as_str()));
            finding.severity = severity;
            finding.help(
                "write the real value; for one that the reader puts in, write `<name>` or use `example.com`",
            );
        }
    }
}

/// A piece with what its surroundings say of the values in it.
struct Place<'a> {
    page: &'a Page,
    piece: &'a Piece,
    readers: Readers,
    /// The piece itself shows a form or tells the reader to put in a value.
    shows: bool,
    /// It, the sentence before or the one after does.
    told: bool,
    /// It stands in a section of samples.
    sample: bool,
}

impl<'a> Place<'a> {
    fn of(page: &'a Page, pieces: &'a [Piece], index: usize, readers: Readers) -> Place<'a> {
        let piece = &pieces[index];
        let shows = READER_FILLS.is_match(&piece.words);
        let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
        let mut beside = beside.filter_map(|it| pieces.get(it));
        let is_sentence = |it: &Piece| matches!(it.block, Block::Paragraph | Block::Item | Block::Html);
        let told = shows || beside.any(|it| is_sentence(it) && READER_FILLS.is_match(&it.words));
        // The page's own title says nothing about its parts.
        let mut headings = piece.headings(page).filter(|it| it.level > 1);
        let sample = headings.any(|it| SAMPLE_SECTION.is_match(&it.text));
        Place { page, piece, readers, shows, told, sample }
    }
}

/// How bad a dummy value is where it stands; none where it is fine.
fn judge(place: &Place<'_>, kind: Kind, range: &Range<usize>) -> Option<Severity> {
    let Place { page, piece, readers, .. } = *place;
    let words = &piece.words[range.clone()];
    let code = matches!(piece.block, Block::Code(_));
    let at = Position::of(piece, range, true);
    if piece.is_marked(range, |it| it == Mark::Strikethrough) {
        return None;
    }
    // An address that is the value of a label is there to be written to.
    let labelled = || {
        kind == Kind::Email
            && at.label.is_some()
            && at.ends
            && readers != Readers::Strangers
            && dummy::host_kind(words).is_some()
    };
    let contact = !code && (is_contact(piece, page, kind, &at) || (labelled() && !place.told));
    if dummy::is_reserved(words) && !(contact && kind == Kind::Email && words.starts_with("your")) {
        return None;
    }
    if contact {
        let fits = !matches!(kind, Kind::Path | Kind::Id);
        return (fits && !place.shows && !at.quoted).then_some(Severity::Error);
    }
    if place.told || place.sample || readers == Readers::Strangers || (at.quoted && !code) {
        return None;
    }
    // Outside of contacts an address is as good or bad as its host.
    let kind = match kind {
        Kind::Email => dummy::host_kind(words)?,
        it => it,
    };
    let operators = readers == Readers::Operators;
    let form = words.to_ascii_uppercase().contains("XX") && in_settings(piece, page);
    let asks = |it: &str| CONTACT.is_match(it);
    if (form || is_plain_text(piece, page))
        && kind == Kind::Phone
        && (asks(at.before.trim_end_matches(['"', '\'', ' ', ':']))
            || (form && piece.headings(page).last().is_some_and(|it| asks(&it.text))))
    {
        return Some(Severity::Warning);
    }
    if code && CHANGE_IT.is_match(at.after) {
        return None;
    }
    if code {
        return in_code(piece, page, kind, operators, range);
    }
    // A value that is all of an inline code is spoken of, where nothing says that the page is to be followed.
    let named = piece.marks_in(range).iter().any(|(it, mark)| *mark == Mark::Code && it == range);
    match kind {
        Kind::Phone | Kind::Person => None,
        _ if named && !operators => None,
        Kind::Key | Kind::Path | Kind::Organisation | Kind::Resource | Kind::Company | Kind::Id
            if !operators =>
        {
            None
        }
        Kind::Id | Kind::Channel if piece.is_code(range) => None,
        Kind::Path => Some(Severity::Warning),
        _ if operators => Some(Severity::Error),
        _ => Some(Severity::Warning),
    }
}

fn in_settings(piece: &Piece, page: &Page) -> bool {
    let Block::Code(index) = piece.block else { return false };
    page.code_blocks.get(index).is_some_and(|it| dummy::SETTINGS.contains(&it.language.as_str()))
}

/// A block of plain text, as a page of contacts may be set.
fn is_plain_text(piece: &Piece, page: &Page) -> bool {
    let Block::Code(index) = piece.block else { return false };
    let language = page.code_blocks.get(index).map_or("", |it| it.language.as_str());
    matches!(language, "" | "text" | "txt" | "plaintext")
}

/// A dummy value in a code block.
fn in_code(
    piece: &Piece,
    page: &Page,
    kind: Kind,
    operators: bool,
    range: &Range<usize>,
) -> Option<Severity> {
    let Block::Code(index) = piece.block else { return None };
    let language = page.code_blocks.get(index).map_or("", |it| it.language.as_str());
    let shell = dummy::SHELLS.contains(&language);
    let settings = shell || dummy::SETTINGS.contains(&language);
    let level = if operators { Severity::Warning } else { Severity::Info };
    let assigned = || {
        let before = piece.words[..range.start].trim_end_matches(['"', '\'']);
        before.trim_end().ends_with(['=', ':'])
    };
    match kind {
        Kind::Id => (shell && is_command(&piece.words)).then_some(level),
        Kind::Path => shell.then_some(Severity::Info),
        Kind::Key | Kind::Organisation | Kind::Channel if operators => settings.then_some(Severity::Info),
        Kind::Company if operators => settings.then_some(level),
        // On a page of no known kind only a setting counts: `PASSWORD=…`.
        Kind::Password if operators || assigned() => settings.then_some(level),
        Kind::Domain | Kind::Resource => settings.then_some(level),
        _ => None,
    }
}

/// Whether a code block holds commands and no output: it has an option.
fn is_command(words: &str) -> bool {
    words.split_whitespace().any(|word| word.starts_with('-') && word.len() > 1 && !word.starts_with("---"))
}

/// Whether a value stands among contacts: below or beside a word for a way to reach somebody.
fn is_contact(piece: &Piece, page: &Page, kind: Kind, at: &Position<'_>) -> bool {
    let reaches = matches!(kind, Kind::Phone | Kind::Email | Kind::Person | Kind::Channel);
    let asks = |it: &str| CONTACT.is_match(it) || (kind == Kind::Person && RESPONSIBLE.is_match(it));
    let beside = match &piece.block {
        Block::Cell(cell) if is_formal(cell.header()) => return false,
        Block::Cell(cell) => {
            let somewhere = reaches && kind != Kind::Person && cell.headers.iter().any(|it| asks(it));
            somewhere || asks(cell.header()) || asks(&cell.row)
        }
        Block::FrontMatter(key) => {
            let author = kind == Kind::Person && matches!(key.as_str(), "author" | "authors");
            author || asks(&key.replace(['_', '-'], " "))
        }
        _ => {
            let label = at.label.is_some_and(|it| it.split_whitespace().count() <= 5 && asks(it));
            label || (reaches && TURN_TO.is_match(at.before))
        }
    };
    beside || piece.headings(page).last().is_some_and(|it| CONTACT.is_match(&it.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn nobody_can_be_reached_like_this() {
        check_rule(
            &RULE,
            "//- README.md\n# Tool\n\n## Contact\n\n- Phone: (555) 010-0199\n         ^^^^^^^^^^^^^^ `(555) 010-0199` is not a real phone number\n- Mail: your.name@example.com\n        ^^^^^^^^^^^^^^^^^^^^^ `your.name@example.com` is not a real e-mail address\n- Jane Doe, security@example.org\n  ^^^^^^^^ `Jane Doe` is not a real name\n",
        );
    }

    #[test]
    fn levels_follow_the_place() {
        let levels = |path: &str, text: &str| {
            let (project, config) = crate::lint::tests::project(vec![(path.to_owned(), text.to_owned())]);
            let selection = crate::lint::Selection {
                select: vec![RULE.id.to_owned()],
                ..crate::lint::Selection::default()
            };
            let findings = crate::lint::run(&project, &config, &selection).findings;
            findings.iter().map(|it| it.severity).collect::<Vec<_>>()
        };
        let command = "# Drain\n\n```sh\ncurl https://your-domain.com/x\n```\n";
        let sentence = "# Drain\n\nOpen your-domain.com at once.\n";
        assert_eq!(levels("runbooks/a.md", command), [Severity::Warning]);
        assert_eq!(levels("runbooks/a.md", sentence), [Severity::Error]);
        assert_eq!(levels("notes/a.md", command), [Severity::Info]);
        assert_eq!(levels("notes/a.md", sentence), [Severity::Warning]);
        assert_eq!(levels("tutorials/a.md", command), []);
        assert_eq!(levels("README.md", sentence), []);
    }

    #[test]
    fn values_that_say_what_they_are() {
        check_rule(
            &RULE,
            "//- runbooks/a.md\n# Drain\n\nOpen https://shop.example.com, call the pager (555 tickets).\n\n```sh\nexport TOKEN=<YOUR_TOKEN_HERE> PASSWORD=${CHANGE_ME} HOST=your-domain.example\n```\n\nThe output looks like this:\n\n```\nid: ami-XXXXXXXX\n```\n\nPhones have the format +49-XXX-XXXX.\n",
        );
    }
}
