//! Finds links to files of the own repository, by its address, that do not exist.
//!
//! `https://github.com/acme/orders/blob/main/docs/plan.md` is looked up in this very tree, without the network. Only
//! links to the default branch count (`main`, `master`, `HEAD`, or `site.branch`). The repository's address is
//! `site.repository`, else that of the git remote `origin`.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [site]
//! repository = "https://github.com/acme/orders"
//! ```
//!
//! ```md docs/restore.md
//! See [the plan](https://github.com/acme/orders/blob/main/docs/old-plan.md).
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [site]
//! repository = "https://github.com/acme/orders"
//! ```
//!
//! ```md docs/restore.md
//! See [this page](https://github.com/acme/orders/blob/main/docs/restore.md), [another
//! project](https://github.com/acme/other/blob/main/x.md) and [how it was](https://github.com/acme/orders/blob/v1/x.md).
//! ```

use super::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "link/own-repository",
    severity: Severity::Error,
    preview: false,
    file: include_str!("own_repository.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    let Some(repository) = cx.config.repository().map(|it| it.trim_end_matches('/').to_owned()) else {
        return;
    };
    let branch = cx.config.site.branch.clone();
    for link in judged(page) {
        let Some(path) = file_in(&link.dest, &repository, branch.as_deref()) else { continue };
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        if cx.project.files.get(path.trim_end_matches('/')).is_some() {
            continue;
        }
        let help = match cx.resolver.nearest(&path) {
            Some(nearest) => {
                format!("did you mean `{nearest}`? A relative link would be checked by every tool")
            }
            None => "correct the path, or link to a commit that still has the file".to_owned(),
        };
        cx.report(link.dest_span, format!("this repository has no `{path}`")).help(help);
    }
}

/// The path in `REPOSITORY/blob/BRANCH/PATH` of the default branch, and in the forms of other forges.
fn file_in<'a>(dest: &'a str, repository: &str, branch: Option<&str>) -> Option<&'a str> {
    let rest = dest.get(..repository.len()).filter(|it| it.eq_ignore_ascii_case(repository))?.len();
    let rest = dest[rest..].strip_prefix('/')?;
    let rest = rest.strip_prefix("-/").unwrap_or(rest);
    let rest =
        ["blob/", "tree/", "raw/", "edit/", "src/branch/"].iter().find_map(|it| rest.strip_prefix(it))?;
    let (reference, path) = rest.split_once('/')?;
    let default = matches!(reference, "main" | "master" | "HEAD") || Some(reference) == branch;
    let path = path.split(['#', '?']).next().filter(|it| !it.is_empty())?;
    default.then_some(path)
}
