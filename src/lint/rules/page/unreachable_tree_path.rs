//! Finds files that a page lists as there, in a drawn tree or among its deliverables, and that are not.
//!
//! "Files created" is believed by whoever looks for the restore script at night. A tree is judged where it is about
//! this repository: half or more of what it lists exists, or the words above say that it was created or is the
//! project's structure and its folder exists. Trees of examples, plans and other systems are left alone, and so are
//! build output, caches and files that hold secrets. Of a missing folder only the folder is named.
//!
//! ## Flagged
//!
//! ````md README.md
//! # Orders
//!
//! ## Files created
//!
//! ```
//! scripts/
//! ├── backup.sh
//! ├── restore.sh
//! └── verify.sh    # checks the newest dump
//! ```
//! ````
//!
//! ```sh scripts/backup.sh
//! #!/bin/sh
//! ```
//!
//! ```sh scripts/verify.sh
//! #!/bin/sh
//! ```
//!
//! ## Accepted
//!
//! ````md README.md
//! # Orders
//!
//! ## Files created
//!
//! ```
//! scripts/
//! ├── backup.sh
//! ├── verify.sh
//! └── <your-hook>.sh
//! ```
//!
//! ## Planned structure
//!
//! ```
//! scripts/
//! ├── backup.sh
//! └── restore.sh
//! ```
//! ````
//!
//! ```sh scripts/backup.sh
//! #!/bin/sh
//! ```
//!
//! ```sh scripts/verify.sh
//! #!/bin/sh
//! ```

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::Files;
use crate::model::resolve::join;
use crate::model::tree_listing::{Entry, Form, TreeListing};
use crate::pattern::compiled;

pub(crate) static RULE: Rule = Rule {
    id: "page/unreachable-tree-path",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unreachable_tree_path.rs"),
    check: Check::Project(check),
};

/// Words above a list that say that its files are there.
static CLAIMED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:created|added|deliver(?:ed|ables?)|(?:project|directory|repository|repo|folder|code|source|file|documentation) (?:structure|layout|tree|locations?|organi[sz]ation)|(?:in )?this repo(?:sitory)?)\b",
    )
});

/// Words above a list that say that it is of something else, or not so yet.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:plan(?:ned)?|propos(?:ed|al)|recommend(?:ed|ations?)?|suggest(?:ed|ion)|future|targets?|should|would|will|could|after|before|old|previous|legacy|ideal|expected|example|sample|e\.g\.|your?|output|generated?|generates|results?|artifacts?|template|looks? like|migrat(?:e|ion)|todo|next steps?|removed?|deleted?|create|creating|scaffold|init|new project|tutorial|exercise|let's|we'll|clean ?up|archived?|option|alternative)\b",
    )
});

/// What is made by tools, differs by machine, or is kept out of repositories.
static NOT_KEPT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?:^|/)(?:node_modules|dist|build|target|out|bin|obj|coverage|vendor|venv|env|__pycache__|logs?|te?mp|cache|data|uploads?|backups?|secrets?|certs?|keys?|public|generated|\.[\w.-]*(?:cache|venv|env|next|git|idea|vscode|terraform|DS_Store)[\w.-]*|\.env[\w.-]*|[\w.-]+\.(?:log|pyc|db|sqlite3?|pem|key|crt|tfstate|tfvars|lock|local|bak|dump|gz|zip|tar|exe|o|so|class|jar))(?:/|$)",
    )
});

/// A name of a file or folder, not a word of a diagram: with an extension, or one that has none by custom.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?:[\w.@+\-\[\]()]*\.[A-Za-z][A-Za-z0-9]{0,7}|Dockerfile|Makefile|Jenkinsfile|Procfile|Vagrantfile|LICENSE|CODEOWNERS|Justfile|Gemfile|\.[a-z][\w.-]+)$",
    )
});

/// Paths that stand in most repositories.
static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)^(?:(?:[\w-]+/)?(?:readme\.md|license[\w.]*|package\.json|cargo\.toml|go\.mod|pyproject\.toml|requirements\.txt|makefile|dockerfile|docker-compose\.ya?ml|\.gitignore|src|docs?|tests?|scripts|app|lib|src/(?:main|lib|mod)\.rs|(?:src/)?(?:index|main|app|__init__)\.\w+))$",
    )
});

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for (source, listings) in &project.listings {
        let path = project.sources.path(*source);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for listing in listings {
            match listing.form {
                Form::Tree => tree(cx, listing, folder),
                Form::Table => table(cx, listing),
            }
        }
    }
}

/// Whether an entry can be looked for.
fn is_judged(entry: &Entry) -> bool {
    let name = entry.path.rsplit('/').next().unwrap_or(&entry.path);
    let unclear = entry.path.contains(['<', '>', '*', '{', '}', '$', '…', '?', '=', ' '])
        || entry.path.contains("...")
        || entry.path.contains("YYYY");
    let elided = ["xxx", "foo", "your", "my-", "example", "sample", "nnn"]
        .iter()
        .any(|it| name.to_ascii_lowercase().contains(it));
    !unclear && !elided && (entry.is_dir || NAME.is_match(name))
}

fn tree(cx: &mut Context<'_>, listing: &TreeListing, folder: &str) {
    let files = &cx.project.files;
    let judged: Vec<&Entry> = listing.entries.iter().filter(|it| is_judged(it)).collect();
    if OTHER.is_match(&listing.above) || judged.is_empty() {
        return;
    }
    let there = |base: &str, entry: &Entry| exists(files, base, &entry.path);
    let bases = bases(cx, listing, folder);
    let counted = bases.iter().map(|base| judged.iter().filter(|it| there(base, it)).count());
    // The first of equals: the nearest reading of the root.
    let Some((base, found)) = bases.iter().zip(counted).rev().max_by_key(|it| it.1) else { return };
    let claimed = CLAIMED.is_match(&listing.above);
    // Every project has a README and a folder `src`: without a claim two other entries must speak for it.
    let telling = || judged.iter().filter(|it| there(base, it) && !GENERIC.is_match(&it.path)).count();
    let mostly = found * 2 >= judged.len() && (claimed || telling() >= 2);
    let rooted =
        claimed && !listing.root.trim_matches(['.', '/']).is_empty() && !base.is_empty() && found > 0;
    if !mostly && !rooted {
        return;
    }
    let mut missing: Vec<&str> = Vec::new();
    for entry in judged {
        let below_missing =
            missing.iter().any(|it| entry.path.strip_prefix(it).is_some_and(|rest| rest.starts_with('/')));
        if there(base, entry) || below_missing || NOT_KEPT.is_match(&entry.path) {
            continue;
        }
        missing.push(&entry.path);
        let path = join(base, &entry.path).unwrap_or_else(|| entry.path.clone());
        report(cx, entry, &path);
    }
}

/// Where the list's root may be in the repository, the likeliest first.
fn bases(cx: &Context<'_>, listing: &TreeListing, folder: &str) -> Vec<String> {
    let files = &cx.project.files;
    let root = listing.root.trim_start_matches("./").trim_matches('/');
    let root = if root == "." { "" } else { root };
    let mut bases: Vec<String> = Vec::new();
    // `/Users/me/work/shop/docs` and `shop/docs` end with a folder of the repository.
    let parts: Vec<&str> = root.split('/').filter(|it| !it.is_empty()).collect();
    for from in 0..parts.len().min(16) {
        let tail = parts[from..].join("/");
        bases.extend([folder, "", &cx.project.book.src].into_iter().filter_map(|it| join(it, &tail)));
    }
    bases.retain(|it| files.get(it).is_some_and(|it| it.is_dir));
    // A root that is no folder of the repository is its name.
    bases.extend([folder, "", &cx.project.book.src].map(str::to_owned));
    bases.dedup();
    bases
}

fn exists(files: &Files, base: &str, path: &str) -> bool {
    join(base, path).is_some_and(|it| files.get(&it).is_some())
}

fn table(cx: &mut Context<'_>, listing: &TreeListing) {
    let files = &cx.project.files;
    let names: std::collections::HashSet<&str> =
        files.paths().map(|(path, _)| path.rsplit('/').next().unwrap_or(path)).collect();
    let name = |entry: &Entry| entry.path.rsplit('/').next().unwrap_or(&entry.path).to_owned();
    let there = |entry: &Entry| names.contains(name(entry).as_str());
    let located = !listing.root.is_empty() && files.get(&listing.root).is_some();
    if OTHER.is_match(&listing.above) || (!located && !listing.entries.iter().any(there)) {
        return;
    }
    let missing: Vec<&Entry> = listing
        .entries
        .iter()
        .filter(|it| is_judged(it) && !there(it) && !NOT_KEPT.is_match(&it.path))
        .collect();
    for entry in missing {
        let path = join(&listing.root, &entry.path).unwrap_or_else(|| entry.path.clone());
        report(cx, entry, &path);
    }
}

fn report(cx: &mut Context<'_>, entry: &Entry, path: &str) {
    let nearest = cx.resolver.nearest(path).map(str::to_owned);
    let kind = if entry.is_dir { "folder" } else { "file" };
    let finding = cx.report(entry.span, format!("the {kind} `{path}` is listed and does not exist"));
    finding.help(match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "add it, or take it off the list".to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn a_tree_that_half_exists_is_about_this_repository() {
        check_rule(
            &RULE,
            "//- docs/map.md\n# Where things are\n\n```\n/home/kim/orders/\n├── README.md\n├── docs/\n│   ├── map.md\n│   └── plan.md\n        ^^^^^^^ the file `docs/plan.md` is listed and does not exist\n├── ops/\n    ^^^^ the folder `ops` is listed and does not exist\n│   └── run.sh\n├── node_modules/\n├── .env\n└── jobs/\n    ├── nightly.py\n    └── ...\n```\n//- README.md\nx\n//- jobs/nightly.py\n",
        );
    }

    #[test]
    fn trees_of_something_else() {
        check_rule(
            &RULE,
            "//- README.md\nA new service has:\n\n```\nsvc/\n├── README.md\n├── src/\n│   └── main.rs\n└── svc.toml\n```\n\n## Project structure after the migration\n\n```\n├── jobs/\n│   ├── nightly.py\n│   └── hourly.py\n```\n\nRequests go:\n\n```\ngateway\n├── orders.v1\n└── billing.v1\n```\n//- src/main.rs\n//- jobs/nightly.py\n",
        );
    }

    #[test]
    fn delivered_files_are_looked_for_everywhere() {
        check_rule(
            &RULE,
            "//- docs/report.md\n# Report\n\n## Files created\n\n| File | Status |\n|---|---|\n| `backup.sh` | ✅ |\n| `verify.sh` | ✅ |\n   ^^^^^^^^^ the file `verify.sh` is listed and does not exist\n| `later.sh` | planned |\n\n## Scripts provided\n\n- `backup.sh`: dumps\n- **Pruning** (`prune.sh`)\n                ^^^^^^^^ the file `prune.sh` is listed and does not exist\n- `/usr/local/bin/wal.sh`: archives\n\n## Summary\n\n| File | Lines |\n|---|---|\n| `gone.sh` | 12 |\n//- ops/bin/backup.sh\n",
        );
    }
}
