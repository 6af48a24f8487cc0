//! Tokens that are known by their prefix and length.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, sample};

use crate::pattern::compiled;

/// Name and form of each token. The forms are those that the services document for their secret scanning partners.
const SHAPES: &[(&str, &str)] = &[
    ("an AWS access key id", "(?:AKIA|ASIA)[A-Z2-7]{16}"),
    ("a GitHub token", "gh[pousr]_[A-Za-z0-9]{36}"),
    ("a GitHub token", "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    ("a GitLab token", "gl(?:pat|dt|rt|cbt|ptt|soat|ft|imt)-[A-Za-z0-9_-]{20}"),
    ("a GitLab token", "glpat-[A-Za-z0-9_-]{27,300}\\.[0-9a-z]{2}\\.[0-9a-z]{7,9}"),
    ("a Slack token", "xox[abeprs]-[0-9]{8,14}-[A-Za-z0-9-]{18,90}"),
    ("a Slack token", "xapp-1-A[A-Z0-9]{8,12}-[0-9]{8,14}-[0-9a-f]{64}"),
    (
        "a Slack webhook",
        "https://hooks\\.slack\\.com/services/T[A-Z0-9]{8,11}/B[A-Z0-9]{8,11}/[A-Za-z0-9]{24}",
    ),
    ("a Google API key", "AIza[A-Za-z0-9_-]{35}"),
    ("a Google client secret", "GOCSPX-[A-Za-z0-9_-]{28}"),
    ("a Stripe live key", "[rs]k_live_[A-Za-z0-9]{24,99}"),
    ("an npm token", "npm_[A-Za-z0-9]{36}"),
    ("a PyPI token", "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,500}"),
    ("a SendGrid key", "SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
    ("a Twilio key", "SK[0-9a-f]{32}"),
    ("a Mailgun key", "key-[0-9a-f]{32}"),
    ("a Docker Hub token", "dckr_pat_[A-Za-z0-9_-]{27}"),
    ("a DigitalOcean token", "do[opr]_v1_[0-9a-f]{64}"),
    ("a Databricks token", "dapi[0-9a-f]{32}"),
    ("a Grafana token", "glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}"),
    ("a Hugging Face token", "hf_[A-Za-z0-9]{34}"),
    ("a New Relic key", "NRAK-[A-Z0-9]{27}"),
    ("a Postman key", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    ("a Shopify token", "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    ("a Linear key", "lin_api_[A-Za-z0-9]{40}"),
    ("a Vault token", "hvs\\.[A-Za-z0-9_-]{24,200}"),
    ("an OpenAI key", "sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,90}T3BlbkFJ[A-Za-z0-9_-]{20,90}"),
    ("an Anthropic key", "sk-ant-(?:api|admin)[0-9]{2}-[A-Za-z0-9_-]{80,120}"),
    ("an Azure storage key", "AccountKey=[A-Za-z0-9+/]{86}=="),
    ("an age key", "AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"),
];

static TOKENS: LazyLock<Regex> = LazyLock::new(|| {
    let branches: Vec<String> = SHAPES.iter().map(|(_, form)| format!("({form})")).collect();
    compiled(&branches.join("|"))
});

/// The secret half of an AWS key pair, which has no prefix: it is known by its name.
static AWS_SECRET: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?i)secret[ _-]?(?:access[ _-]?)?key\b(?:[ \t]*\[[^\]\n]{0,40}\])?["'`*]{0,3}[ \t]*[:=|][ \t]*["'`]?([A-Za-z0-9/+]{40})"#,
    )
});

/// How many characters of a token are shown: those that tell its kind.
const SHOWN: usize = 4;

/// The tokens of a text.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for captures in TOKENS.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let Some(index) = (1..captures.len()).find(|&it| captures.get(it).is_some()) else { continue };
        let (kind, form) = SHAPES[index - 1];
        let token = whole.as_str();
        // All but the last part of a webhook or a connection string is no secret; of others the prefix is shown.
        let (prefix, shown) = match kind {
            "a Slack webhook" => (token.rfind('/').map_or(0, |it| it + 1), None),
            "an Azure storage key" => ("AccountKey=".len(), None),
            _ => (form.find(['[', '(']).unwrap_or(0).max(SHOWN), Some(SHOWN)),
        };
        let value = token.get(prefix..).unwrap_or_default();
        if stands_alone(text, whole.start(), whole.end()) && !sample::is_sample(value) {
            let covered = whole.start() + shown.unwrap_or(prefix)..whole.end();
            found.push(Found { shown: whole.range(), covered: vec![covered], kind });
        }
    }
    let named =
        ["ecret", "ECRET"].iter().any(|it| memchr::memmem::find(text.as_bytes(), it.as_bytes()).is_some());
    for captures in AWS_SECRET.captures_iter(text).take_while(|_| named) {
        let Some(value) = captures.get(1) else { continue };
        let is_hash = value.as_str().bytes().all(|it| it.is_ascii_hexdigit());
        if !is_hash && stands_alone(text, value.start(), value.end()) && !sample::is_sample(value.as_str()) {
            let covered = value.start() + SHOWN..value.end();
            let kind = "an AWS secret access key";
            found.push(Found { shown: value.range(), covered: vec![covered], kind });
        }
    }
    found
}

/// Whether nothing that could belong to a longer word touches the token.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).and_then(|it| bytes.get(it));
    let word = |it: Option<&u8>| it.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    let more = |it: Option<&u8>| word(it) || it.is_some_and(|it| matches!(it, b'/' | b'+'));
    !word(before) && !more(bytes.get(end))
}
