//! Values that stand for real ones, as data: what they look like and where they count.

use std::ops::Range;
use std::sync::LazyLock;

use super::position::MOST;
use super::words::{Pattern, Prefilter, pattern};

/// What a dummy value stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A host name: `your-domain.com`.
    Domain,
    /// A host name that says no more than that it is one: `company.com`.
    Company,
    /// An address of electronic mail: `name@…`.
    Email,
    /// A telephone number.
    Phone,
    /// A password: `your_secure_password`, `CHANGE_ME`.
    Password,
    /// A key, token or account that every reader has of their own: `your_api_key`.
    Key,
    /// A path: `/path/to/…`.
    Path,
    /// The id of a resource: `ami-XXXXXXXX`.
    Id,
    /// A street.
    Address,
    /// A person: "Jane Doe".
    Person,
    /// A thing that the cloud knows by its name: `your-bucket-name`, a hook.
    Resource,
    /// An account or organisation in a URL: `github.com/your-org`.
    Organisation,
    /// Where people are called: `#your-channel`, `your-team.pagerduty.com`.
    Channel,
}

impl Kind {
    /// The word in messages.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Kind::Domain | Kind::Company => "domain",
            Kind::Email => "e-mail address",
            Kind::Phone => "phone number",
            Kind::Password => "password",
            Kind::Key => "key",
            Kind::Path => "path",
            Kind::Id => "id",
            Kind::Address => "address",
            Kind::Person => "name",
            Kind::Resource => "resource",
            Kind::Organisation => "organisation",
            Kind::Channel => "channel",
        }
    }
}

const PATTERNS: [(Kind, &str); 24] = [
    (
        Kind::Email,
        r"(?i)\b(?:your[._-]?\w*(?:[._-]\w+)*|example|someone|somebody|x{3,}|user(?:name)?|name|first(?:name)?[._]last(?:name)?|(?:john|jane)[._-]?(?:doe|smith)|email|me|foo)@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
    ),
    (
        Kind::Email,
        r"(?i)\b[\w.+-]+@(?:your|my)?-?(?:company|domain|organi[sz]ation|companyname|yourcompany)\.(?:com|org|net|io|co)\b",
    ),
    (
        Kind::Domain,
        r"(?i)\b(?:[a-z0-9-]+\.)*(?:your[-_]?(?:[a-z]+[-_]?)?(?:domain|company|org|organi[sz]ation|site|website|server|host|app|service|cluster|business|brand|registry|instance|project)(?:[-_]?name)?|my-?(?:domain|company|organi[sz]ation|site|website)|example-company)\.(?:com|org|net|io|dev|co|app|cloud|eu|uk|de|au|in|ph)(?:\.[a-z]{2})?\b",
    ),
    (Kind::Company, r"(?i)\b(?:[a-z0-9-]+\.)*(?:company(?:name)?|domain(?:name)?)\.(?:com|org|net|io)\b"),
    (
        Kind::Phone,
        r"(?:\+\d{1,3}[-. ]?)?(?:\(?[Xx\d]{3}\)?[-. ])?\(?[Xx]{3}\)?[-. ]?[Xx]{3,4}\b|\+[\dX]{1,3}[-. ]?\(?[Xx]{2,3}\)?[-. Xx]{5,}",
    ),
    (
        Kind::Phone,
        r"(?:\+?1[-. ]?)?\(?\b\d{3}\)?[-. ]555[-. ]\d{4}\b|\b555-\d{4}\b|(?:\+?1[-. ])?\(?\b555\)?[-. ]\d{3}[-. ]\d{4}\b|\(?\b123\)?[-. ]?456[-. ]?7890\b|\+?1?[-. ]?\(?\b234\)?[-. ]567[-. ]89\d\d\b|\b0{3}[-. ]0{3}[-. ]?0{4}\b|\+\d{1,3}[-. ]?0{3}[-. ]?0{3}[-. ]?0{3,4}\b|\+\d{1,3}[-. ]?123[-. ]?456[-. ]?7\d*",
    ),
    (
        Kind::Password,
        r"(?i)\b(?:your|my)[-_](?:[a-z0-9]+[-_]){0,4}(?:password|passwd|passphrase|pwd|secret)(?:[-_]here)?\b",
    ),
    (
        Kind::Password,
        r"(?i)\bchange[-_]?me\d*(?:[-_]\w+)*\b|\bchange[-_]this(?:[-_]\w+)+\b|\bCHANGE[-_]THIS\b|\bREPLACE[-_](?:WITH|ME|THIS)\w*\b|\breplaceme\b|\b(?:PASTE|PUT|ENTER|ADD)_\w+_HERE\b|\bINSERT_\w+\b|\bYOUR_\w+_HERE\b|\byour-[\w-]+-here\b",
    ),
    (
        Kind::Key,
        r"(?i)\b(?:your|my)[-_](?:[a-z0-9]+[-_]){0,4}(?:api[-_]?key|key|token|credentials?|account[-_]?id|client[-_]?id)\b",
    ),
    (Kind::Path, r"/path/to(?:/[\w.@%+-]+)*/?|(?:[A-Z]:)?\\path\\to(?:\\[\w.-]+)*|/your/(?:[\w.-]+/?)+"),
    (Kind::Id, r"\b(?:ami|i|vpc|subnet|sg|vol|snap|rtb|igw|eni|eipalloc|acl|tgw|nat|fs|lt)-[Xx]{4,}\b"),
    (Kind::Id, r"\b[A-Z]{0,3}\d*X{6,}\b"),
    (Kind::Domain, r"\b(?:[Xx]{1,3}\.){3}[Xx]{1,3}\b"),
    (Kind::Phone, r"\b[Ee]xt(?:ension|\.)?\s?[Xx]{3,}\b"),
    (
        Kind::Address,
        r"(?i)\b123 (?:main|example|fake|any|sample|business|your) (?:st|street|ave|avenue|road|rd|blvd|boulevard|lane|ln|way)\b\.?",
    ),
    (Kind::Person, r"\b(?:John|Jane) (?:Q\. )?Doe\b|\b(?:First ?[Nn]ame) (?:Last ?[Nn]ame)\b|\bYour Name\b"),
    (
        Kind::Organisation,
        r"(?i)\bgit(?:hub|lab)\.com[/:](?:your|my)[-_]?(?:org|organi[sz]ation|username|user|name|company|account|team|handle)[\w-]*",
    ),
    (
        Kind::Domain,
        r"(?i)\byour[-_][a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|cloud)\b|@your[-_](?:server|host|instance|vm|node|domain|ip)\b",
    ),
    (
        Kind::Domain,
        r"(?i)\byour[-_](?:server|host|domain|instance|vps|cluster|db|database|public|elastic|vm|node)[-_](?:ip|host|hostname|address|url|endpoint)\b",
    ),
    (Kind::Domain, r"(?i)\byour-?(?:bucket|region|zone)\.(?:s3|storage)[\w.-]*\.com\b"),
    (
        Kind::Channel,
        r"(?i)#your[-_](?:[a-z]+[-_])*(?:channel|team|alerts?|incidents?|on-?call|ops|support|room|slack)\b",
    ),
    (
        Kind::Channel,
        r"(?i)\b(?:your|my)-?(?:workspace|company|org|team)\.(?:slack|pagerduty|atlassian|opsgenie)\.(?:com|net)\b",
    ),
    (
        Kind::Resource,
        r"(?i)\byour[-_](?:bucket|project|cluster|queue|topic|registry|namespace|stack|app|instance|table|volume)(?:[-_](?:name|id))\b|\byour-(?:backup-)?bucket\b",
    ),
    (Kind::Resource, r"(?i)\bhooks\.slack\.com/services/(?:your|XXX|T0{3,}|\.\.\.)[\w/.-]*"),
];

/// Languages of commands.
pub(super) const SHELLS: [&str; 9] =
    ["", "sh", "bash", "shell", "zsh", "console", "terminal", "powershell", "cmd"];

/// Languages of settings.
pub(super) const SETTINGS: [&str; 14] = [
    "yaml",
    "yml",
    "env",
    "dotenv",
    "ini",
    "toml",
    "properties",
    "conf",
    "nginx",
    "hcl",
    "terraform",
    "cron",
    "crontab",
    "systemd",
];

static COMPILED: LazyLock<Vec<(Kind, regex::Regex)>> =
    LazyLock::new(|| PATTERNS.iter().map(|(kind, words)| (*kind, pattern(words))).collect());

/// The rarest part of every dummy value.
const LITERALS: [&str; 23] = [
    "your", "my", "company", "domain", "@", "path", "xxx", "x.x", "555", "456", "567", "123", "000",
    "change", "replace", "insert_", "_here", "doe", "first", "+x", "00-", "00 ", "00.",
];

/// Whether a page can hold a dummy value at all.
pub(super) static PREFILTER: LazyLock<Prefilter> = LazyLock::new(|| {
    Prefilter::new(
        LITERALS,
        r"(?i)\byour[-_.\\/]|\byour(?:domain|compan|org|site|web|server|host|app|service|bus|user|name|email|team|work| name)|\bmy[-_]?(?:domain|compan|org|site|web|user|name|team|pass|secret|work)|(?:company|companyname|domain|domainname)\.(?:com|org|net|io)|(?:example|someone|somebody|user|username|name|email|doe|smith|\bme|foo)@|path[/\\]to|xxx|\bx{1,2}\.x{1,2}\.|\b555[-. )]|123\)?[-. ]?456|234\)?[-. ]567|\b123 (?:main|exam|fake|any|samp|busi)|0{3}[-. ]0{3}|\+\d{1,3}[-. ]?(?:0{3}|123)|change[-_\\]*(?:me|this)|replace[-_\\]*(?:with|me|this)\w*|insert_|_here\b|\bdoe\b|first ?name",
    )
});

/// A reserved name of RFC 2606: it says itself that it is an example.
static RESERVED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[.@])(?:example\.(?:com|org|net|edu)|[\w-]+\.(?:example|test|invalid|localhost|local))$",
    )
});

/// The dummy values in some words, in the order of the text; of two that overlap the longer.
pub(super) fn find(words: &str) -> Vec<(Kind, Range<usize>)> {
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    if !PREFILTER.is_match(words) {
        return found;
    }
    for (kind, pattern) in COMPILED.iter() {
        found.extend(
            pattern
                .find_iter(words)
                .take(MOST)
                .filter(|it| is_free(words, it.range(), *kind))
                .map(|it| (*kind, it.range())),
        );
    }
    found.sort_by_key(|(_, it)| (it.start, std::cmp::Reverse(it.end)));
    let mut end = 0;
    found.retain(|(_, it)| {
        let free = it.start >= end;
        end = end.max(it.end);
        free
    });
    found
}

/// What the host of an address is: a dummy itself, or none.
pub(super) fn host_kind(address: &str) -> Option<Kind> {
    let (_, host) = address.split_once('@')?;
    find(host).into_iter().map(|(kind, _)| kind).find(|it| matches!(it, Kind::Domain | Kind::Company))
}

/// Whether a name is reserved for examples.
pub(super) fn is_reserved(words: &str) -> bool {
    RESERVED.is_match(words)
}

/// What stands before the name of a secret in a cluster or a store, which is no password: `create secret generic `,
/// `secretName: `, `name: `.
static NAMED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:secret|generic|tls|docker-registry|--secret-id|secret-?names?|name)[ \t]*[:=/]?[ \t]*[\x22']?)$",
    )
});

/// Whether a value is no part of a longer one, nor a variable or metavariable that says what it is.
fn is_free(words: &str, range: Range<usize>, kind: Kind) -> bool {
    // An address may begin with its `@`.
    let before = words[..range.start].chars().next_back().filter(|_| !words[range.clone()].starts_with('@'));
    let after = words[range.end..].chars().next();
    let hidden = before.is_some_and(|it| matches!(it, '<' | '$' | '{' | '%' | '[') || it.is_alphanumeric())
        || after.is_some_and(|it| matches!(it, '>' | '}' | ']') || it.is_alphanumeric());
    let joined = match kind {
        Kind::Path => before.is_some_and(|it| matches!(it, '.' | '~' | '-' | '_' | ':' | '/')) ,
        Kind::Phone | Kind::Id => {
            before.is_some_and(|it| matches!(it, '-' | '.' | '_' | '/' | '#' | '\\')) || after.is_some_and(|it| matches!(it, '-' | '_' | '.' if words[range.end + 1..].starts_with(|it: char| it.is_alphanumeric())))
        }
        Kind::Domain | Kind::Company => words[..range.start].ends_with(">@") || before == Some('_'),
        Kind::Password if NAMED.is_match(&words[..range.start]) && words[range.clone()].ends_with("secret") => true,
        _ => before.is_some_and(|it| matches!(it, '_' | '-')) || after.is_some_and(|it| matches!(it, '_' | '(')),
    };
    !hidden && !joined
}
