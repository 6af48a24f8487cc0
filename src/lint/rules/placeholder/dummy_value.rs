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
//! ~~~
//!
//! Replace `your-domain.com` with the customer's domain.
//! ```

use std::ops::Range;
use std::sync::LazyLock;

use super::dummy::{self, Kind};
use super::position::Position;
use super::readers::{Readers, offers_choices, readers};
use super::words::{CONTACT, Pattern, pattern};
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

/// Columns and labels that name a person.
static PERSON: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:owner|manager|lead|commander|approver|reviewer|responsible|assignee|deputy|officer|engineer)\b",
    )
});

/// Words that say that the reader puts in a value, or that something only shows a form.
static READER_FILLS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:replac(?:e|es|ed|ing)|substitut\w+|swap|chang(?:e|es|ing)\s+\S+\s+(?:to|with)|customi[sz]e|adjust|adapt|your\s+(?:own|actual|real)|for example|for instance|examples?(?:[\s:,;)]|$)|placeholders?|samples?|dummy|fake|fictional|formats?|formatted|pattern|look(?:s)?\s+like|similar\s+to|output|prints?|returns?|responds?|response|assum(?:e|es|ing)|suppose|imagine|where\s+\S+\s+is|defaults?|mask(?:s|ed|ing)?|redact\w*)(?:\b|$)|e\.g\.|\bi\.e\.",
    )
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
    for (index, piece) in pieces.iter().enumerate() {
        if piece.block == Block::Comment {
            continue;
        }
        for (kind, range) in dummy::find(&piece.words) {
            let Some(severity) = judge(&pieces, index, page, readers, kind, &range) else { continue };
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

/// How bad a dummy value is where it stands; none where it is fine.
fn judge(
    pieces: &[Piece],
    index: usize,
    page: &Page,
    readers: Readers,
    kind: Kind,
    range: &Range<usize>,
) -> Option<Severity> {
    let piece = &pieces[index];
    let words = &piece.words[range.clone()];
    let code = matches!(piece.block, Block::Code(_));
    let at = Position::of(piece, range, true);
    if piece.is_marked(range, |it| it == Mark::Strikethrough) {
        return None;
    }
    let contact =
        !code && (is_contact(piece, page, kind, &at) || (kind == Kind::Person && names_a_person(piece, &at)));
    if dummy::is_reserved(words) && !(contact && kind == Kind::Email && words.starts_with("your")) {
        return None;
    }
    let around = &pieces[index.saturating_sub(1)..(index + 2).min(pieces.len())];
    let told = around
        .iter()
        .any(|it| (it.block != Block::Comment) && is_beside(it, piece) && READER_FILLS.is_match(&it.words));
    if contact {
        let shown = READER_FILLS.is_match(&piece.words) || at.quoted;
        return (!shown && kind != Kind::Path && kind != Kind::Id).then_some(Severity::Error);
    }
    // Outside of contacts an address is as good or bad as its host.
    let kind = match kind {
        Kind::Email => dummy::host_kind(words)?,
        it => it,
    };
    if matches!(kind, Kind::Phone | Kind::Person)
        || told
        || at.quoted && !code
        || readers == Readers::Strangers
    {
        return None;
    }
    if piece.headings(page).iter().any(|it| it.level > 1 && SAMPLE_SECTION.is_match(&it.text)) {
        return None;
    }
    let operators = readers == Readers::Operators;
    if code {
        let before = piece.words[..range.start].trim_end_matches(['"', '\'']);
        // On a page of no known kind only a setting counts: `PASSWORD=…`.
        let unsure = kind == Kind::Password && !operators && !before.trim_end().ends_with(['=', ':']);
        return if unsure { None } else { in_code(piece, page, kind, operators) };
    }
    // A value that is all of an inline code is spoken of, where nothing says that the page is to be followed.
    let named = piece.marks.iter().any(|(it, mark)| *mark == Mark::Code && it == range);
    match kind {
        _ if named && !operators => None,
        Kind::Key | Kind::Path | Kind::Organisation | Kind::Company if !operators => None,
        Kind::Id if piece.is_code(range) || !operators => None,
        Kind::Path => Some(Severity::Warning),
        _ if operators => Some(Severity::Error),
        _ => Some(Severity::Warning),
    }
}

/// A dummy value in a code block.
fn in_code(piece: &Piece, page: &Page, kind: Kind, operators: bool) -> Option<Severity> {
    let Block::Code(index) = piece.block else { return None };
    let language = page.code_blocks.get(index).map_or("", |it| it.language.as_str());
    let shell = matches!(
        language,
        "" | "sh"
            | "bash"
            | "shell"
            | "zsh"
            | "console"
            | "shell-session"
            | "terminal"
            | "powershell"
            | "cmd"
    );
    let settings = shell
        || matches!(
            language,
            "yaml"
                | "yml"
                | "env"
                | "dotenv"
                | "ini"
                | "toml"
                | "properties"
                | "conf"
                | "nginx"
                | "hcl"
                | "terraform"
                | "cron"
                | "crontab"
                | "systemd"
                | "apache"
                | "caddyfile"
        );
    let level = if operators { Severity::Warning } else { Severity::Info };
    match kind {
        Kind::Id => (shell && is_command(&piece.words)).then_some(level),
        Kind::Path => shell.then_some(Severity::Info),
        Kind::Key | Kind::Organisation | Kind::Company if !operators => None,
        Kind::Key | Kind::Organisation => settings.then_some(Severity::Info),
        Kind::Address => None,
        _ => settings.then_some(level),
    }
}

/// Whether a code block holds commands and no output: it has an option.
fn is_command(words: &str) -> bool {
    words.split_whitespace().any(|word| word.starts_with('-') && word.len() > 1 && !word.starts_with("---"))
}

/// Whether a piece is read together with another: the sentence before a block, the one after it.
fn is_beside(it: &Piece, piece: &Piece) -> bool {
    std::ptr::eq(it, piece) || matches!(it.block, Block::Paragraph | Block::Item | Block::Html)
}

/// Whether a value is the name of whoever a column or label asks for.
fn names_a_person(piece: &Piece, at: &Position<'_>) -> bool {
    match &piece.block {
        Block::Cell(cell) => PERSON.is_match(cell.header()) || PERSON.is_match(&cell.row),
        _ => at.label.is_some_and(|it| it.split_whitespace().count() <= 4 && PERSON.is_match(it)),
    }
}

/// Whether a value stands among contacts: below or beside a word for a way to reach somebody.
fn is_contact(piece: &Piece, page: &Page, kind: Kind, at: &Position<'_>) -> bool {
    let beside = match &piece.block {
        Block::Cell(cell) if matches!(kind, Kind::Phone | Kind::Email) => {
            cell.headers.iter().any(|it| CONTACT.is_match(it)) || CONTACT.is_match(&cell.row)
        }
        Block::Cell(cell) => CONTACT.is_match(cell.header()) || CONTACT.is_match(&cell.row),
        Block::FrontMatter(key) => CONTACT.is_match(&key.replace(['_', '-'], " ")),
        _ => at.label.is_some_and(|it| it.split_whitespace().count() <= 5 && CONTACT.is_match(it)),
    };
    let told = !matches!(piece.block, Block::Cell(_) | Block::FrontMatter(_)) && TURN_TO.is_match(at.before);
    beside || told || piece.headings(page).last().is_some_and(|it| CONTACT.is_match(&it.text))
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
            let findings = crate::lint::run(&project, &config, &selection);
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
