//! Tells claims from questions, goals, requirements, instructions and quotes that use the same words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::compiled;

/// What a tick, box or status beside a sentence says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// There is none.
    None,
    /// Ticked.
    Done,
    /// Not ticked, pending, failed.
    Open,
}

/// Ticks, also as Mac Roman and Windows-1252 show them where the encoding went wrong.
static DONE: LazyLock<Regex> = LazyLock::new(|| compiled(r"[✅✓✔☑]|\[[xX]\]|‚úÖ|âœ…"));
static OPEN: LazyLock<Regex> = LazyLock::new(|| compiled(r"[❌✗✘☐⬜⏳⏸🔄🚧🔲]|\[ \]|‚ùå|âŒ|‚è"));

/// States of a table row that say that something is not so yet.
static OPEN_STATE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:pending|planned|in progress|not started|to do|todo|tbd|deferred|partial(?:ly)?|open|fail(?:ed|s|ing)?|blocked|missing|target|goal|required|optional|no)\b",
    )
});

/// Words that make a sentence a demand, a condition, a plan or the task of a tool.
static NO_CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:must|should|shall|need|needs|needed|ensure|ensures|ensured|ensuring|make sure|makes sure|making sure|verify|verifies|verifying|check|checks|checking|confirm|confirms|validate|validates|assert|asserts|guarantees?|if|when|whenever|whether|unless|until|once|before|want|wants|goals?|aims?|aiming|targets?|will|would|can|could|may|might|let's|require|requires|required|requirement|to be|to have|going to|plans?|planned|please|not|never|isn't|aren't|don't|doesn't|can't|cannot|hardly|almost|nearly|most|claim|claims|claimed|says?|said|pretend|assume[sd]?|expect(?:s|ed)?|suppose[sd]?|so that|in order|todo:?|pending|remaining work|previously|formerly|passes|that)\b|[≥]|>=|n't\b",
    )
});

/// Verbs that begin an instruction.
static INSTRUCTION: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)^\W*(?:\d+[.)]\s*)?(?:test|keep|add|fix|update|review|run|write|document|provide|use|create|include|avoid|remove|find|see|list|get|set|do|have|leave|deliver|achieve|reach|get|implement|prepare|mark|maintain|commit|publish|read|show|return|print|scan|lint|track|improve)\b",
    )
});

/// Headings below which sentences are demands or plans.
static DEMANDS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:requirements?|criteria|goals?|objectives|targets?|checklists?|definition of done|guidelines?|standards?|principles?|polic(?:y|ies)|rules|conventions?|best practices|todos?|next steps?|road ?map|plans?|planned|future|recommendations?|expectations?|tips|prerequisites?|quality gates?|how to|contributing|templates?|before you|options?|proposals?|risks?|tasks?|backlog)\b",
    )
});

/// A step of a scale: "90-100: excellent, no broken links".
static SCALE: LazyLock<Regex> = LazyLock::new(|| compiled(r"^\W*\d+\s*[-–]\s*\d+"));

/// Headings of the past: what was so then may be otherwise now, ticked or not.
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:change ?log|(?:version|revision|change|document) history|release notes|what's new)\b|^\W*v?\d+[.-]\d+[.-]\d+",
    )
});

/// Pages that set rules for others, or tell of the past.
static RULES: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?:change ?log|changes|history|release[-_ ]?notes|news|templates?|contributing|style[-_ ]?guide|guidelines?|checklist|code[-_ ]?of[-_ ]?conduct|road ?map|backlog)",
    )
});

/// Files that are instructions for a program that writes.
static INSTRUCTIONS: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)^(?:agents|claude|gemini|skill|.*(?:instructions|prompts?)[\w-]*)\."));

/// Whether a page is one of demands or of the past: its sentences claim nothing about now.
pub(super) fn is_about_rules(path: &str, title: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = path.split('/').any(|it| it.eq_ignore_ascii_case("templates") || it.ends_with("_TEMPLATE"));
    folder || INSTRUCTIONS.is_match(name) || RULES.is_match(name) || RULES.is_match(title)
}

/// What the words of a table row say of each claim in it.
pub(super) fn row_mark(row: &str) -> Mark {
    if OPEN.is_match(row) || OPEN_STATE.is_match(&NO_FINDINGS.replace_all(row, "")) {
        return Mark::Open;
    }
    if DONE.is_match(row) { Mark::Done } else { Mark::None }
}

/// Claims that hold the words of an open state themselves: "no broken links", "no TODOs".
static NO_FINDINGS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?i)\bno\s+(?:broken|dead|placeholders?|todos?|tbds?|fixmes?)|\b(?:or|and)\s+todos?\b")
});

/// Whether the words at `hit` of a sentence are a claim. `headings` are those above, outermost first.
pub(super) fn is_claim(sentence: &str, hit: Range<usize>, mark: Mark, headings: &[&str]) -> bool {
    let (before, after) = (&sentence[..hit.start], &sentence[hit.end..]);
    if mark == Mark::Open || OPEN.is_match(sentence) || sentence.trim_end().ends_with('?') {
        return false;
    }
    let quoted = before.matches('"').count() % 2 == 1
        || before.rfind('“').is_some_and(|at| !before[at..].contains('”'))
        || before.ends_with(['\'', '‘', '`']);
    // What the claim itself says does not speak against it.
    let around = format!("{before} · {after}");
    let past = headings.iter().any(|it| PAST.is_match(it));
    if past
        || quoted
        || SCALE.is_match(sentence)
        || NO_CLAIM.is_match(&around)
        || INSTRUCTION.is_match(sentence)
    {
        return false;
    }
    let ticked = mark == Mark::Done || DONE.is_match(sentence);
    let nearest = headings.last().copied().unwrap_or_default();
    // Achieved standards and met criteria are claims again.
    ticked || DONE.is_match(nearest) || !headings.iter().any(|it| DEMANDS.is_match(it))
}
