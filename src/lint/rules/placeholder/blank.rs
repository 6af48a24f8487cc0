//! Forms in code blocks: lines to write on, and a block that is nothing but a prompt.

use std::ops::Range;
use std::sync::LazyLock;

use super::bracket::PLAIN_PROMPT;
use super::dummy::SHELLS;
use super::position::MOST;
use super::readers::Readers;
use super::slot::in_model_section;
use super::words::{CONTACT, PROMPTS, Pattern, RESPONSIBLE, SLOT_WORDS, pattern};
use crate::model::page::Page;
use crate::model::prose::Piece;

/// `Primary on-call: ________`.
static LINE: Pattern =
    LazyLock::new(|| pattern(r"(?m)^[ \t]*(?:[-*] )?[A-Z][\w /().-]{1,40}:[ \t]*(_{4,})[ \t]*$"));

/// `On-call: [name] / [phone]`.
static SLOTS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?m)^[ \t]*(?:[-*] )?([A-Z][\w /().-]{1,40}):[ \t]*(\[[^\[\]\n]{2,40}\])(?:[ \t/,|-]+\[[^\[\]\n]{2,40}\])*[ \t]*$",
    )
});

/// The licence of nobody: `Copyright (c) 2025 [Your Name]`.
static COPYRIGHT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?mi)^[ \t]*Copyright (?:\(c\)|©)? ?(?:\d{4},? )?(\[(?:your|full|company|author|organi[sz]ation|owner|project)[^\[\]\n]{0,40}\]|Your Name\b)",
    )
});

/// `# command goes here`, as the only line.
static COMMAND_HERE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:insert|add|replace|put|your|fill in|commands?|steps?|placeholder)\b.*\b(?:here|actual|real|needed|missing)\b",
    )
});

/// The slots of a code block.
pub(super) fn in_code(piece: &Piece, page: &Page, language: &str, readers: Readers) -> Vec<Range<usize>> {
    let words = piece.words.as_str();
    let text = matches!(language, "text" | "txt" | "plain" | "plaintext") || SHELLS.contains(&language);
    if !text || readers == Readers::Strangers || !words.contains(['[', '<', '_', '#', '/']) {
        return Vec::new();
    }
    let found: Vec<Range<usize>> = match prompt(words) {
        Some(whole) => vec![whole],
        None => {
            let lines = LINE.captures_iter(words).take(MOST).filter_map(|it| Some(it.get(1)?.range()));
            let owners = COPYRIGHT.captures_iter(words).take(MOST).filter_map(|it| Some(it.get(1)?.range()));
            lines.chain(contacts(words)).chain(owners).collect()
        }
    };
    if found.is_empty() || in_model_section(piece, page) { Vec::new() } else { found }
}

/// The slots of lines that name a way to reach somebody. One among other lines is part of a message.
fn contacts(words: &str) -> Vec<Range<usize>> {
    let asks = |label: &str, slot: &str| {
        (CONTACT.is_match(label) || RESPONSIBLE.is_match(label)) && SLOT_WORDS.is_match(slot)
    };
    let found = SLOTS.captures_iter(words).take(MOST).filter_map(|it| Some((it.get(1)?, it.get(2)?)));
    let found = found.filter(|(label, slot)| asks(label.as_str(), slot.as_str().trim_matches(['[', ']'])));
    let found: Vec<Range<usize>> = found.map(|(_, slot)| slot.range()).collect();
    let lines = words.lines().filter(|it| !it.trim().is_empty()).count();
    if found.len() * 2 >= lines { found } else { Vec::new() }
}

/// `[insert the diagram here]`, if there is nothing else.
fn prompt(words: &str) -> Option<Range<usize>> {
    let whole = words.trim();
    if let Some(remark) = whole.strip_prefix(['#', '/', ';', '-']) {
        let start = words.len() - words.trim_start().len();
        let asks = !remark.contains('\n') && COMMAND_HERE.is_match(remark);
        return asks.then(|| start..start + whole.len());
    }
    let inside = whole.strip_prefix(['[', '<'])?.strip_suffix([']', '>'])?;
    let asks = PLAIN_PROMPT.is_match(inside) || (inside.contains(' ') && PROMPTS.is_match(inside));
    let start = words.len() - words.trim_start().len();
    (asks && !inside.contains(['[', ']', '<', '>', '\n'])).then(|| start..start + whole.len())
}
