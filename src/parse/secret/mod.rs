//! Finds credentials, so that they can be masked before anything is parsed.
//!
//! Only exact forms count: the published prefixes and lengths of tokens, private keys with a body, passwords in
//! connection URLs. What documentation shows as a sample is no credential; `sample` tells.

mod connection;
mod key_block;
mod sample;
mod shapes;

use std::ops::Range;

use crate::model::secret::Secret;
use crate::source::{SourceId, Sources, Span};

use rayon::prelude::*;

/// A credential in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// What is shown.
    shown: Range<usize>,
    /// What is covered, in order: all of it, or all but the prefix that tells the kind.
    covered: Vec<Range<usize>>,
    kind: &'static str,
}

/// Masks every credential in these sources and says where they are, in the order of the ids.
pub(super) fn mask(sources: &mut Sources, ids: &[SourceId]) -> Vec<Secret> {
    let found: Vec<(SourceId, Vec<Found>)> = ids
        .par_iter()
        .map(|&id| (id, find(sources.get(id).raw())))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    let mut secrets = Vec::new();
    for (id, found) in found {
        let covered: Vec<Range<usize>> = found.iter().flat_map(|it| it.covered.clone()).collect();
        sources.mask(id, &covered);
        secrets.extend(found.into_iter().map(|it| Secret { span: Span::new(id, it.shown), kind: it.kind }));
    }
    secrets
}

/// The credentials of a text in their order; they do not overlap.
fn find(text: &str) -> Vec<Found> {
    let mut found = shapes::find(text);
    key_block::find(text, &mut found);
    connection::find(text, &mut found);
    found.sort_by_key(|it| (it.shown.start, it.shown.end));
    let mut end = 0;
    found.retain(|it| {
        let free = it.shown.start >= end;
        if free {
            end = it.covered.last().map_or(it.shown.end, |last| last.end.max(it.shown.end));
        }
        free
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// Credentials are put together here, so that none stands in the repository.
    fn joined(parts: &[&str]) -> String {
        parts.concat()
    }

    fn mask_all(sources: &mut Sources) -> Vec<Secret> {
        let all: Vec<SourceId> = sources.iter().map(|(id, _)| id).collect();
        mask(sources, &all)
    }

    fn kinds(text: &str) -> Vec<&'static str> {
        find(text).iter().map(|it| it.kind).collect()
    }

    #[test]
    fn tokens_have_their_exact_forms() {
        for (parts, kind) in [
            (&["AKIA", "Q3EGRIU7VXTNZ2PM"][..], "an AWS access key id"),
            (&["ghp_", "kT9wQz4LmX7vRb2NcY8sHd5JfG1pAe6UoVtS"], "a GitHub token"),
            (&["glpat-", "kT9wQz4LmX7vRb2NcY8s"], "a GitLab token"),
            (&["xoxb-", "718294035162-", "829301746352-", "kT9wQz4LmX7vRb2NcY8sHd5J"], "a Slack token"),
            (&["AIza", "SyCkT9wQz4LmX7vRb2NcY8sHd5JfG1pAe6U"], "a Google API key"),
            (&["sk_live_", "kT9wQz4LmX7vRb2NcY8sHd5J"], "a Stripe live key"),
            (&["npm_", "kT9wQz4LmX7vRb2NcY8sHd5JfG1pAe6UoVtS"], "an npm token"),
            (
                &["SG.", "kT9wQz4LmX7vRb2NcY8sHd", ".", "5JfG1pAe6UoVtSkT9wQz4LmX7vRb2NcY8sHd5JfG1pA"],
                "a SendGrid key",
            ),
        ] {
            let token = joined(parts);
            assert_eq!(kinds(&format!("key: {token}\n")), [kind], "{token}");
            assert_eq!(kinds(&format!("x{token}")), [""; 0], "{token}");
        }
        assert_eq!(kinds(&joined(&["AKIA", "Q3EGRIU7VXTNZ2PMX1"])), [""; 0]);
    }

    #[test]
    fn samples_of_documentation_are_none() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAXXXXXXXXXXXXXXXX",
            "AKIA1234567890ABCDEF",
            "AKIAAAAABBBBCCCCDDDD",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "ghp_1234567890abcdefghijklmnopqrstuvwxyz",
            "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
            "sk_live_<your key here, please>",
            "sk_live_${STRIPE_KEY_OF_PRODUCTION}",
            "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "secret_access_key: da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "postgres://user:password@localhost/db postgres://postgres:postgres@db:5432/app",
            "mysql://root:${DB_PASSWORD}@db/x redis://:<password>@host amqp://guest:guest@mq",
            "postgres://app:mysecretpassword@db/x postgres://app:changeme123@db/x https://a:b@c/",
            "postgres://app:Tz8vQ2mLx9@db.example.com/x",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA...\n-----END RSA PRIVATE KEY-----",
            "grep -r 'BEGIN RSA PRIVATE KEY' .",
        ] {
            assert_eq!(kinds(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_secret_beside_a_key_and_the_password_in_a_url() {
        let secret = joined(&["kT9wQz4LmX7vRb2N", "cY8sHd5JfG1pAe6UoVtSkT9w"]);
        assert_eq!(kinds(&format!("aws_secret_access_key = {secret}\n")), ["an AWS secret access key"]);
        assert_eq!(kinds(&format!("\"SecretAccessKey\": \"{secret}\",")), ["an AWS secret access key"]);
        assert_eq!(kinds(&format!("AWS Secret Access Key [None]: {secret}")), ["an AWS secret access key"]);
        let url = joined(&["postgres://orders:", "Tz8vQ2mLx9", "@db.internal:5432/orders"]);
        assert_eq!(kinds(&url), ["a password in a connection URL"]);
    }

    #[test]
    fn a_private_key_needs_a_body() {
        let line = joined(&["kT9wQz4LmX7vRb2NcY8sHd5JfG1pAe6U", "oVtSwQz4LmX7vRb2NcY8s+d5JfG1pAe/"]);
        let key =
            format!("-----BEGIN PRIVATE KEY-----\n{line}\n{line}\n{line}==\n-----END PRIVATE KEY-----\n");
        let mut sources = Sources::new(vec![Source::new("a.md", format!("    {key}"))]);
        let secrets = mask_all(&mut sources);
        assert_eq!(secrets.len(), 1);
        assert_eq!(sources.text(secrets[0].span), "-----BEGIN PRIVATE KEY-----");
        let source = sources.get(SourceId(0));
        assert!(!source.text.contains("kT9w") && source.text.lines().count() == 5, "{}", source.text);
        let escaped = format!("{{\"private_key\": \"{}\"}}", key.replace('\n', "\\n"));
        assert_eq!(kinds(&escaped), ["a private key"]);
    }

    #[test]
    fn all_but_the_prefix_is_covered() {
        let token = joined(&["glpat-", "kT9wQz4LmX7vRb2NcY8s"]);
        let mut sources = Sources::new(vec![Source::new("a.md", format!("ü `{token}`"))]);
        mask_all(&mut sources);
        assert_eq!(&*sources.get(SourceId(0)).text, format!("ü `glpa{}`", "*".repeat(22)));
        // A second look begins with the raw text again.
        assert_eq!(mask_all(&mut sources).len(), 1);
    }
}
