//! The words that the placeholder rules know, as data. Lists of alternatives are regular expressions.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::{bounded, compiled};

/// Compiles a constant pattern; `{name}` of the lists below stands for their alternatives.
pub(super) fn pattern(text: &str) -> Regex {
    let mut text = text.to_owned();
    for (name, words) in LISTS {
        if text.contains(name) {
            text = text.replace(name, &format!("(?:{words})"));
        }
    }
    compiled(&bounded(&text))
}

/// A pattern that is compiled once.
pub(super) type Pattern = LazyLock<Regex>;

/// Tells in a fast pass that a text holds nothing for a rule, which is so for most.
pub(super) struct Prefilter {
    /// Alternatives in small letters, one of which stands in whatever the pattern matches.
    literals: Regex,
    pattern: Regex,
}

impl Prefilter {
    pub(super) fn new<'a>(literals: impl IntoIterator<Item = &'a str>, text: &str) -> Prefilter {
        let literals: Vec<String> = literals.into_iter().map(regex::escape).collect();
        Prefilter { literals: pattern(&literals.join("|")), pattern: pattern(text) }
    }

    /// Whether a text can hold anything.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.literals.is_match(&text.to_ascii_lowercase()) && self.pattern.is_match(text)
    }
}

const LISTS: [(&str, &str); 5] =
    [("{part}", PART), ("{noun}", ABOUT_NOUN), ("{talk}", TALK), ("{slot}", SLOT_NOUN), ("{prompt}", PROMPT)];

/// What a document is made of, and what a document owes its reader.
const PART: &str = "sections?|pages?|documents?|documentation|docs?|guides?|chapters?|runbooks?|playbooks?|\
    procedures?|articles?|tutorials?|readme|paragraphs?|appendix|descriptions?|details?|contents?|text|\
    diagrams?|screenshots?|images?|pictures?|drawings?|photos?|photographs?|figures?|links?|examples?|information|info|instructions?|steps?|tables?|\
    list|contacts?|names?|numbers?|dates?|values?|summary|notes?|references?|schedules?|owners?|policy|plan|\
    manual|handbook|wiki|overview|template";

/// Nouns that make a marker before them a name: `TODO comments`.
const ABOUT_NOUN: &str = "comments?|markers?|lists?|items?|tags?|entr(?:y|ies)|notes?|annotations?|keywords?|\
    placeholders?|files?|trees?|apps?|applications?|labels?|status(?:es)?|states?|lines?|directives?|sections?|\
    blocks?|columns?|boards?|cards?|tests?|tasks?|tickets?|issues?|prefix(?:es)?|words?|strings?|tokens?|\
    highlights?|highlighting|counts?|count(?:er|ing)|checkbox(?:es)?|reminders?|statements?|plugins?|extensions?|\
    branch(?:es)?|commits?|PRs?|pull requests?|limits?|generator|dummy|mark|type|value";

/// Words in a sentence that speaks about markers.
const TALK: &str = "comments?|markers?|keywords?|annotations?|placeholders?|grep|ripgrep|search(?:es|ing)?|\
    occurrences?|instances?|highlights?|highlighting|tags?|tagged|labell?ed|marked|marks?|marking|prefix(?:es|ed)?|\
    called|named|titled|keyword|token|directive|remov(?:e|es|ed|ing)|resolv(?:e|es|ed|ing)|fix(?:es|ed|ing)?|\
    replac(?:e|es|ed|ing)|leave|leaving|left|contain(?:s|ed|ing)?|add(?:s|ed|ing)?|writ(?:e|es|ing|ten)|\
    us(?:e|es|ed|ing)|mention(?:s|ed|ing)?|list(?:s|ed|ing)?|creat(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|\
    clarif(?:y|ies|ied)|say(?:s|ing)?|find(?:s|ing)?|found|finish(?:ed)?|open|read(?:s|ing)?|like|e\\.g\\.|such as";

/// What a form asks for.
const SLOT_NOUN: &str = "names?|dates?|time|times|title|roles?|phone|telephone|mobile|cell|pager|e-?mails?|address|\
    number|company|organi[sz]ation|org|team|department|manager|owner|service|system|application|app|project|\
    product|customer|client|vendor|contact|contacts?|person|author|reviewer|approver|lead|engineer|commander|director|officer|\
    signature|initials|link|url|website|domain|channel|slack|version|month|year|day|quarter|location|local|duty|region|\
    colleague|colleagues|extension|city|country|state|zip|street|amount|cost|budget|percentage|duration|frequency|description|summary|\
    reason|details?|incident|id|severity|status|impact|environment|server|host|hostname|cluster|database|\
    account|user|username|password|value|text|content|info|information|first|last|full|legal|primary|secondary|\
    backup|emergency|start|end|effective|review|next|previous|current|job|position|provider|account|support|\
    internal|external|business|technical|security|infrastructure|operations|engineering|data|protection|\
    schedule|rotation|hotline|calendar|duties|responsibilities|agency|institution|info|placeholder|image|screenshot|\
    diagram|logo|repository|repo|tracker|dashboard|portal|wiki|ticket|document|documentation|runbook|policy|plan|\
    insert|here|the|of|and|or|for|to|a|an|your|our|x|hours?|minutes?|days?|weeks?";

/// Verbs with which a template speaks to its author.
const PROMPT: &str = "insert|describe|enter|specify|fill in|fill out|provide|replace|briefly|summari[sz]e|\
    explain|list|add|write|put|include|attach|outline|state|define|choose|select|document|paste|embed";

/// Determiners: with one of them before it, a noun is talked about and not left open.
pub(super) static DETERMINER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:an?|the|any|each|every|which|that|these|those|this|no|zero|some|all|its|their|his|her|my|our|your|\d+)$",
    )
});

/// Verbs and adjectives that govern an infinitive: `needs to be added`, `allows it to be written`.
pub(super) static GOVERNS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:needs?|needed|have|has|had|having|wants?|wanted|going|expect(?:s|ed)?|requir(?:e|es|ed|ing)|ready|ought|used|believed|supposed|allow(?:s|ed|ing)?|enabl(?:e|es|ed|ing)|caus(?:e|es|ed|ing)|permit(?:s|ted|ting)?|ask(?:s|ed|ing)?|request(?:s|ed|ing)?|forc(?:e|es|ed|ing)|wait(?:s|ed|ing)?|likes?|let|lets|wish(?:es)?|appears?|seems?|said|known|considered|deemed|intended|meant|designed|able|unable|likely|possible|must|should|can|cannot|could|may|might|when|if|until|whether|while|because|so|how|where)\b",
    )
});

/// `is still to be decided`: what stands before an open matter at the end of a sentence.
pub(super) static STILL: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:is|are|be|was|were|remains?|still|currently|yet|details?|as yet)$"));

/// What may stand after an open matter: when or by whom it is decided.
pub(super) static WHEN: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*\s*(?:later|soon|shortly|at a later|in (?:the |a )?(?:future|next|later|coming)|before|after|upon|following|by (?:the )?\w+|once|pending)\b",
    )
});

/// Imperatives with which notes to oneself begin: `TODO add a picture`.
pub(super) static IMPERATIVE: Pattern = LazyLock::new(|| {
    pattern(
        r"^\s+(?i:add|write|describe|document|explain|fix|update|finish|complete|check|verify|investigate|link|insert|find|include|decide|define|discuss|move|remove|clarify|confirm|create|test|provide|expand|fill|mention|review|rewrite|replace|show|specify|ask|figure|improve|implement|put|get|make|need|needs|describe|when|once|after|until)\b",
    )
});

/// Whether words speak about markers.
pub(super) static ABOUT: Pattern = LazyLock::new(|| pattern(r"(?i)\b{talk}(?:\b|$)"));

/// What follows a marker that is a noun or one of a list of markers.
pub(super) static NOUN_AFTER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:['’]s\b|\s*[/|&+]\s*\w|\s*,\s*(?:TODO|FIXME|XXX|HACK|TBD|NOTE|BUG|OPTIMIZE)\b|\s*,\s*(?-i:[A-Z]{3,})\b|,?\s+(?:or|and)\s+\W?(?:TODO|FIXME|XXX|HACK|TBD|NOTE|BUG|placeholders?|stubs?)|\s+(?:vs|versus)\b|\s+{noun}(?:\b|$)|\s+(?:means?|stands|indicates?|denotes?|refers)\b|\s+(?:is|are|was|were|will|can|should|must|may|has|have)\s+\w+)",
    )
});

/// Another marker right before this one: the two are a list.
pub(super) static LISTED_BEFORE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:TODOs?|FIXMEs?|XXX|HACKs?|TBD|NOTE|BUG|placeholders?|stubs?)\W{0,3}\s*(?:[/|,&+]|,?\s+(?:or|and))\s*\W{0,3}|\w[/|])$",
    )
});

/// What is not said, or said no more: `formerly TBD`, `not TBD`.
pub(super) static PAST: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:formerly|previously|originally|no longer|instead of|rather than|not|never|not a|was)\s*\W?$",
    )
});

/// The start of a definition of a marker.
pub(super) static DEFINES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:to be (?:determined|decided|defined|done|announced|added|confirmed|completed)\b|work[ -]in[ -]progress|(?:is |are )?(?:used|marks?|means?|denotes?|indicates?|stands? for|something (?:that|to))\b|\d+\W*$|(?:none|no|zero)(?: \w+)?\b\W*$)",
    )
});

/// The label or header of a value that says how far work has come.
pub(super) static PROGRESS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:status|state|progress|done|stage|phase|support(?:ed)?|implemented|maturity|implementation|completed?)\b",
    )
});

/// Headers and labels of tables that explain words.
pub(super) static GLOSSARY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:keywords?|markers?|tags?|terms?|acronyms?|abbreviations?|abbr|prefix(?:es)?|annotations?|comments?|words?|tokens?|symbols?|labels?|patterns?|strings?|formats?|syntax|placeholders?|meanings?)\b",
    )
});

/// Whether a text names a part of the document.
pub(super) static PART_OF_DOCUMENT: Pattern = LazyLock::new(|| pattern(r"(?i)\b{part}\b"));

/// Whether words end in the name of a part of a document: `Screenshots to be added`.
pub(super) static ENDS_IN_PART: Pattern = LazyLock::new(|| pattern(r"(?i)\b{part}$"));

/// Whether the words in brackets are what a form asks for, nothing else.
pub(super) static SLOT_WORDS: Pattern =
    LazyLock::new(|| pattern(r"(?i)^{slot}(?:'s|’s|\(s\))?(?:[\s/_,&-]+{slot}(?:'s|’s|\(s\))?){0,5}$"));

/// Words that name a way to reach somebody.
pub(super) static CONTACT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:contacts?|phone|telephone|tel|mobile|cell phone|hotline|pager|e-?mail|mail$|escalat\w*|emergency|on-?call|reach|get in touch|who to call|call list|whatsapp|help ?(?:line|desk)|support (?:line|number|desk|team|hours))\b",
    )
});

/// Columns and labels that name a person.
pub(super) static RESPONSIBLE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:owner|maintainer|manager|lead|commander|approver|reviewer|responsible|assignee|deputy|officer|engineer)\b",
    )
});

/// The start of a sentence with which a template asks its author.
pub(super) static PROMPTS: Pattern = LazyLock::new(|| pattern(r"(?i)^{prompt}\b"));
