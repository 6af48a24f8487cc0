//! Finds credentials in documents and OpenAPI files.
//!
//! A key that was committed once is known to everybody who has the repository, now or later. Known are the
//! access keys and tokens of AWS, GitHub, GitLab, Slack, Google, Stripe, npm, PyPI, SendGrid, Twilio and others by
//! their exact form, private keys with a body, and passwords in connection URLs. Samples are no credentials:
//! `…EXAMPLE`, `xxxx`, counted up characters, `<password>`, `${PASSWORD}`, `user:password`, hosts such as
//! `db.example.com` and `localhost`.
//!
//! The value is masked before anything else looks at the text. No report, page, copy or diff shows it; so the
//! lines around one do not apply with `git apply` from `--diff`, while `--fix` writes the file as it is.
//!
//! In the example `\u{41}` stands for the letter A, so that this page holds no key.
//!
//! ## Flagged
//!
//! ```md runbooks/restore.md
//! # Restore
//!
//! Run `\u{41}WS_ACCESS_KEY_ID=\u{41}KIAQ3EGRIU7VXTNZ2PM ./restore.sh`.
//! ```
//!
//! ```sh runbooks/restore.sh
//! #!/bin/sh
//! ```
//!
//! ## Accepted
//!
//! ```md runbooks/restore.md
//! # Restore
//!
//! Run `AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE ./restore.sh`, with the key from the vault. The database is
//! `postgres://orders:${ORDERS_PASSWORD}@db.internal/orders`.
//! ```
//!
//! ```sh runbooks/restore.sh
//! #!/bin/sh
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "secret/credential",
    severity: Severity::Error,
    preview: false,
    file: include_str!("credential.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let mut documents: Vec<_> = project.pages.iter().map(|it| it.source).collect();
    documents.extend(project.specs.iter().flat_map(|it| &it.files).map(|it| it.source));
    documents.sort_unstable();
    for secret in project.secrets.iter().filter(|it| documents.binary_search(&it.span.source).is_ok()) {
        let words = project.sources.text(secret.span);
        cx.report(secret.span, format!("`{words}` looks like {}", secret.kind))
            .help("revoke it, remove it here and from the history, and name the place where it is kept");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::project;
    use crate::lint::{Selection, run};

    #[test]
    fn documents_and_specs_are_looked_at_and_other_files_are_only_masked() {
        let key = ["AKIA", "Q3EGRIU7VXTNZ2PM"].concat();
        let files = [
            ("a.md", format!("# A\n\n`{key}` and {key}\n")),
            (
                "api.yaml",
                format!(
                    "openapi: 3.1.0\ninfo: {{title: T, version: '1', description: {key}}}\npaths: {{}}\n"
                ),
            ),
            ("values.yaml", format!("key: {key}\n")),
        ];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
        let (project, config) = project(files);
        let selection = Selection { select: vec!["secret".to_owned()], ..Selection::default() };
        let found = run(&project, &config, &selection).findings;
        let paths: Vec<_> = found.iter().map(|it| project.sources.path(it.span.source)).collect();
        assert_eq!(paths, ["a.md", "a.md", "api.yaml"]);
        assert!(found.iter().all(|it| it.message.starts_with("`AKIA****************` looks like an AWS")));
        assert!(project.sources.iter().all(|(_, it)| !it.text.contains(&key) && it.raw().contains(&key)));
    }

    #[test]
    fn the_password_alone_is_underlined() {
        let url = ["https://ops:", "Tz8vQ2mLx9", "@registry.internal/v2"].concat();
        let (project, config) = project(vec![("a.md".to_owned(), format!("Pull {url}.\n"))]);
        let found = run(&project, &config, &Selection::default()).findings;
        assert_eq!((found.len(), found[0].span.range()), (1, 17..27));
        assert_eq!(found[0].message, "`**********` looks like a password in a connection URL");
    }
}
