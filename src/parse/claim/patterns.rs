//! The words of claims.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use crate::model::claim::Subject;
use crate::pattern::{bounded, compiled};

/// A pattern that matched.
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) subject: Subject,
}

#[derive(Clone, Copy)]
enum Form {
    Plain(Subject),
    Documented,
    Served,
}

/// `are`, `have been`, or nothing, before what is claimed.
const BE: &str = r"(?:are |were |is |have been |has been |now |all |fully |properly |successfully )*";

/// `all`, `all of the`, and at most two words before the noun.
const ALL: &str = r"\ball (?:of )?(?:the |our )?(?:[\w-]+ ){0,2}?";

static FORMS: LazyLock<Vec<(Regex, Form)>> = LazyLock::new(|| {
    let good = "(?:verified|validated|checked|tested|valid|correct|accurate|working|functional|intact)";
    let end = r"(?:$|[.,;:!)]|\s*[-–—(✅✓✔]| left\b| remain| anywhere| in (?:the|this|any|all|our) (?:docs|documentation|documents?|guides?|pages?|runbooks?)\b)";
    let ways = r"placeholders?(?: (?:text|content|values?|sections?))?|todos?|tbds?|fixmes?";
    let api = "(?:api |rest |http |public )*";
    let what = "(?:endpoints|routes|operations)";
    let number = r"(?P<n>\d[\d,]{0,6})(?P<plus>\+)?";
    let forms: Vec<(String, Form)> = vec![
        (
            format!(r"(?P<c>\b(?:no|zero|without(?: any)?|free of) (?:remaining |unresolved |outstanding )?(?:{ways})(?:(?:, | ?/ ?| or | and | & )(?:no )?(?:{ways}))*){end}"),
            Form::Plain(Subject::NoPlaceholders),
        ),
        (format!(r"(?P<c>{ALL}links {BE}(?:{good}|work|resolve)\b)"), Form::Plain(Subject::Links)),
        (format!(r"(?P<c>\b(?:no|zero) (?:broken|dead) (?:internal )?links){end}"), Form::Plain(Subject::Links)),
        (format!(r"(?P<c>{ALL}(?:cross-?)?references {BE}{good}\b)"), Form::Plain(Subject::References)),
        (format!(r"(?P<c>\b(?:all )?(?:the )?file paths {BE}(?:absolute and )?{good}\b)"), Form::Plain(Subject::References)),
        (
            format!(r"(?P<c>{ALL}scripts {BE}(?:executable|created|tested|working|in place|present|implemented)\b)"),
            Form::Plain(Subject::Scripts),
        ),
        (format!(r"(?P<c>{ALL}commands {BE}{good}\b)"), Form::Plain(Subject::Commands)),
        (format!(r"^[^\w]*(?P<c>commands {BE}(?:tested|verified|validated)\b)"), Form::Plain(Subject::Commands)),
        (
            format!(r"(?P<c>\ball (?:of )?(?:the |our )?{api}{what} {BE}(?:documented|covered|described)\b)"),
            Form::Plain(Subject::ApiCoverage),
        ),
        (
            format!(r"(?P<c>\b100 ?% (?:of )?(?:the |our |all )?{api}(?:(?:{what}|coverage|documentation) ?{BE}(?:documented|covered|coverage)?|documented|coverage)){end}"),
            Form::Plain(Subject::ApiCoverage),
        ),
        (
            r"(?P<c>\bapi (?:(?:documentation )?(?:coverage|documented) ?[:=–-]? ?100 ?%|(?:documentation|reference) ?[:=–-] ?100 ?% coverage))".to_owned(),
            Form::Plain(Subject::ApiCoverage),
        ),
        (
            r"(?P<c>\b(?:(?:complete|full|100 ?%) documentation coverage|documentation (?:coverage|completeness) ?[:=–-]? ?(?:\d+ ?% ?(?:→|->|to) ?)?100 ?%|100 ?% documented)(?:\b|$))".to_owned(),
            Form::Plain(Subject::Completeness),
        ),
        (
            r"(?P<c>\ball (?:required )?(?:sections|documentation) (?:are |is |now )*(?:100 ?% )?complete\b)".to_owned(),
            Form::Plain(Subject::Completeness),
        ),
        (format!(r"(?P<c>{number} {api}{what} {BE}(?:documented|specified|described|covered)\b)"), Form::Documented),
        (format!(r"(?P<c>\b{api}{what} documented ?[:=–-] ?{number})"), Form::Documented),
        (format!(r"(?P<c>\b(?:documentation|specification) for (?:all )?{number} {api}{what}\b)"), Form::Documented),
        (
            format!(r"(?P<c>\btotal (?:number of )?{api}{what}(?: in (?:the )?(?:system|application|api|app))? ?[:=–-] ?{number})"),
            Form::Served,
        ),
    ];
    let compile = |text: &str| {
        let text = text.replace(' ', r"\s+").replace(r"\s+?", r"\s*");
        compiled(&format!("(?i){}", bounded(&text)))
    };
    forms.iter().map(|(text, form)| (compile(text), *form)).collect()
});

/// Every form, to tell in one pass which of them occur.
static ANY: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(FORMS.iter().map(|it| it.0.as_str())).expect("the patterns are constant"));

/// Words without which no form matches.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&bounded(
        r"(?i)\b(?:placeholders?|todos?|tbds?|fixmes?|links|references|file\s+paths|scripts|commands|endpoints|routes|operations|api|documented|coverage|completeness|complete)\b",
    ))
});

static WIDE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&bounded(
        r"(?i)\b(?:all|every|entire|whole|documentation|docs|project|repository|handbook|manual)\b|100\s?%",
    ))
});

/// Whether a text has any word that a claim needs.
pub(super) fn may_claim(text: &str) -> bool {
    WORDS.is_match(text)
}

/// Whether a sentence speaks of all documents. "All commands tested" is said of the commands at hand.
pub(super) fn is_wide(sentence: &str, subject: Subject) -> bool {
    WIDE.is_match(sentence) && subject != Subject::Commands
}

/// The claims that a sentence has the words for.
pub(super) fn find(sentence: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for index in ANY.matches(sentence) {
        let (regex, form) = &FORMS[index];
        let Some(captures) = regex.captures(sentence) else { continue };
        let Some(claim) = captures.name("c") else { continue };
        // `50/159 endpoints documented` says itself that some are not.
        let before = sentence[..claim.start()].trim_end().to_ascii_lowercase();
        if captures.name("n").is_some() && (before.ends_with('/') || before.ends_with(" of")) {
            continue;
        }
        let count = captures.name("n").and_then(|it| it.as_str().replace(',', "").parse::<u32>().ok());
        let at_least = captures.name("plus").is_some();
        let subject = match (form, count) {
            (Form::Plain(subject), _) => *subject,
            (Form::Documented, Some(count)) => Subject::EndpointsDocumented { count },
            (Form::Served, Some(count)) => Subject::EndpointsServed { count, at_least },
            _ => continue,
        };
        hits.push(Hit { range: claim.range(), subject });
    }
    hits
}
