//! The rules together: a recovery plan that nobody has ever followed.

use std::collections::BTreeMap;

use crate::lint::tests::project;
use crate::lint::{Selection, run};

/// The scripts that the plan calls.
const SCRIPTS: [&str; 19] = [
    "backup-ledger",
    "verify-backup",
    "restore-ledger",
    "promote-replica",
    "demote-primary",
    "switch-dns",
    "drain-region",
    "open-region",
    "rotate-keys",
    "replay-queue",
    "pause-workers",
    "resume-workers",
    "check-health",
    "warm-cache",
    "notify-customers",
    "freeze-deploys",
    "thaw-deploys",
    "export-audit",
    "compare-counts",
];

#[test]
fn a_recovery_plan_of_which_nothing_exists() {
    let mut plan = String::from("# Disaster recovery plan\n\n");
    for script in SCRIPTS {
        plan.push_str(&format!("## {script}\n\n```bash\n./scripts/dr/{script}.sh --region north\n```\n\n"));
    }
    plan.push_str(
        "## Start\n\n```bash\ndocker compose -f docker-compose.dr.yml up -d\nnpm run dr:check\nnpm run migrate:status\nmake failover\n```\n\n\
         ## Afterwards\n\nRun `npm run dr:report`, then read `config/dr/regions.yaml`.\n",
    );
    let files = vec![
        ("docs/recovery/plan.md".to_owned(), plan),
        (
            "package.json".to_owned(),
            r#"{"name": "ledger", "scripts": {"dev": "vite", "migrate": "knex migrate"}}"#.to_owned(),
        ),
        ("Makefile".to_owned(), "test:\n\tnpm test\n".to_owned()),
        ("docker-compose.yml".to_owned(), "services: {api: {image: ledger}}\n".to_owned()),
        ("config/app.yaml".to_owned(), "port: 80\n".to_owned()),
        ("src/main.ts".to_owned(), "export {}\n".to_owned()),
    ];
    let (project, config) = project(files);
    let selection = Selection { select: vec!["reference".to_owned()], ..Selection::default() };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in run(&project, &config, &selection).findings {
        *counts.entry(finding.rule).or_default() += 1;
    }
    let expected = [
        ("reference/compose", 1),
        ("reference/file", 1),
        ("reference/make-target", 1),
        ("reference/npm-script", 3),
        ("reference/script", 19),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
}
