//! The phrases that authors write to themselves, as data.

use std::sync::LazyLock;

use super::languages::OTHER;
use super::words::pattern;

/// What a phrase says, and so where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A decision is open: "to be decided".
    Open,
    /// Something is missing: "to be added". Also an ordinary infinitive: "the files to be added".
    Missing,
    /// A promise: "coming soon".
    Promise,
    /// A state of the text, or of software: "work in progress".
    State,
    /// A promise in the future tense: "the steps will be added later".
    Future,
    /// Whoever says this says it of the text: "this page has not been written yet".
    Sentence,
    /// Filler: "lorem ipsum".
    Filler,
    /// A value that waits for somebody: "pending confirmation". Also a state of many things.
    Pending,
    /// What authors write above a note to themselves: "note to self".
    Note,
    /// A value that nobody has set: "not assigned yet".
    Unset,
    /// What is to be done with a value, whatever the verb: "(to be measured)".
    Verb,
    /// What a template says to its author: "fill in".
    Instruction,
    /// An open matter in another language: "noch offen", "待定".
    Other,
}

/// Every phrase with what it says.
pub(super) static PHRASES: LazyLock<Vec<(Class, regex::Regex)>> = LazyLock::new(|| {
    [
        (Class::Open, r"to be (?:determined|decided|announced|confirmed|defined|agreed(?: upon)?|finali[sz]ed|clarified)"),
        (Class::Missing, r"to be (?:added|completed|provided|written|updated|documented|described|filled(?: in| out)?|specified|supplied|continued|assigned|created|done|inserted|linked)"),
        (Class::Promise, r"(?:coming (?:very )?soon|(?:more(?: [\w-]+){0,3}?|details|link|links|documentation|docs|screenshots?|diagrams?) (?:is |are )?(?:to (?:come|follow)|to be continued|coming soon)|(?:docs|documentation|details|guides?) (?:is|are) coming(?: (?:with|in|soon|later|shortly)[^.]*)?)"),
        (Class::Sentence, r"(?:this|each|every) (?:\w+ )?{part} will (?:soon |later )?be (?:completed|populated|expanded|extended|filled(?: in)?|finished|written|added|documented|provided|developed|updated (?:with|during|once|after|soon|shortly|later|when))"),
        (Class::Future, r"will (?:soon )?be (?:added|documented|provided|written|described|published|filled in)(?: (?:here|later|soon|shortly|at a later (?:date|time|stage|point)|in (?:a|the) (?:future|later|next)(?: \w+)?))?"),
        (Class::Future, r"will (?:appear|go|be (?:posted|listed|available)) here(?: (?:once|when|after|as soon as|soon|later|shortly)[^.]*)"),
        (Class::State, r"(?:work[ -]in[ -]progress|under construction|stub)"),
        (Class::Pending, r"pending (?:confirmation|assignment|decision|input|details|clarification)"),
        (Class::Note, r"(?:notes? (?:to|for) (?:self|myself|(?:the )?(?:authors?|editors?|writers?))|(?-i:REPLACE))"),
        (Class::Sentence, r"(?:this|the) (?:\w+ ){0,2}?(?:{part}|parts?)(?: (?:for|on|about|of)(?: [\w-]+){1,4}?)? (?:(?:has|have|is|are) (?:still )?not (?:yet )?(?:been )?(?:written|documented|finished|filled in)(?: yet)?|(?:still )?needs? (?:still )?to be (?:written|completed|filled in|expanded|finished)|(?:is|are) (?:still )?(?:yet )?to be written|(?:is|are) (?:currently |still |[a-z]+ly )?(?:a |an )?(?:empty|incomplete|placeholder|stub|under development|work[ -]in[ -]progress|under construction))"),
        (Class::Sentence, r"this section will be updated as"),
        (Class::Sentence, r"documentation is (?:currently |still |very )?(?:incomplete|sparse|lacking)"),
        (Class::Sentence, r"(?:isn['’]t|aren['’]t) documented yet"),
        (Class::Sentence, r"(?:not (?:yet (?:written|documented)|(?:written|documented) yet|been (?:written|documented) yet))"),
        (Class::Sentence, r"yet to be (?:written|documented|described|filled in)"),
        (Class::Sentence, r"still (?:needs?|has|have) to be (?:filled in|written|documented|described|defined|decided|determined|clarified|agreed)"),
        (Class::Sentence, r"(?:the )?(?:steps|instructions|documentation|screenshots?|diagrams?|procedures?)(?: (?:for|to|on|about|of)(?: [\w-]+){1,6}?)? (?:(?:is|are) (?:still |currently )?)?missing"),
        (Class::Sentence, r"(?:this is|is|are) (?:still |currently |very much )*(?:a )?work[ -]in[ -]progress"),
        (Class::Sentence, r"(?:there (?:is|are) |we have )?(?:currently |still )?no (?:[\w-]+ ){0,2}?(?:runbook|playbook|procedure|process|documentation|docs|instructions|steps|diagram|plan|guide|owner|contact)(?: (?:for|to|on|of|in|about|here|is|are|has|have|been|exists?|available|written|defined)(?: [\w-]+){0,5}?)? yet"),
        (Class::Sentence, r"(?:has|have) (?:currently |still )?no (?:[\w-]+ ){0,2}?(?:runbook|playbook|procedure|documentation|docs|instructions|guide|diagram)s? yet"),
        (Class::Sentence, r"(?:this|it) (?:still )?(?:needs|has) (?:to be (?:documented|described|written (?:up|down))|documentation)"),
        (Class::Sentence, r"(?:not yet been (?:written|documented|created)|has not been documented)"),
        (Class::Sentence, r"this is (?:only |just |currently )?a (?:placeholder|stub)"),
        (Class::Sentence, r"(?:does not|doesn't|doesn’t|do not|don't) (?:yet )?exist yet"),
        (Class::Sentence, r"we still (?:need|have) to (?:document|describe|write (?:up|down)|add)"),
        (Class::Sentence, r"(?:has|have) not been (?:defined|agreed|decided|determined|set|assigned|documented|written) yet"),
        (Class::Unset, r"(?:nothing (?:here )?yet|no (?:content|information|documentation|instructions|procedure|details) (?:here )?yet|not (?:yet )?(?:assigned|defined|decided|determined|scheduled|set|specified|confirmed|agreed|chosen|named|measured) yet|not yet (?:assigned|defined|decided|determined|scheduled|set|specified|confirmed|agreed|chosen|named|measured))"),
        (Class::Verb, r"to be (?:configured|prepared|provisioned|deployed|measured|tested|verified|reviewed|estimated|calculated|named|hired|chosen|selected|scheduled|set|validated|discussed|published|negotiated|established|identified|developed|designed|drafted|translated|implemented)"),
        (Class::Filler, r"lorem ipsum"),
        (Class::Instruction, r"(?:please )?(?:fill (?:this |me |it )?(?:in|out)|fill-in|placeholder(?: (?:text|content|image|diagram|link|for now|for [\w ]+))?)"),
    ]
    .into_iter()
    .map(|(class, words)| (class, pattern(&format!(r"(?i)\b{words}\b").replace(' ', r"\s"))))
    .chain([(Class::Other, OTHER.clone())])
    .collect()
});
