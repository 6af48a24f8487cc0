//! Finds scripts that documents run with npm, pnpm, yarn or bun and no package.json has.
//!
//! A script that any package of the repository has counts as found, because the text around a command seldom says
//! where it is run. Names that may be programs of a dependency (`yarn eslint`) are not looked at.
//!
//! ## Flagged
//!
//! ````md docs/database.md
//! ```bash
//! npm run db:migrat
//! ```
//! ````
//!
//! ```json package.json
//! {"name": "orders", "scripts": {"db:migrate": "prisma migrate deploy", "test": "vitest"}}
//! ```
//!
//! ## Accepted
//!
//! ````md docs/database.md
//! ```bash
//! npm ci
//! npm run db:migrate -- --dry-run
//! npm test
//! npx prisma studio
//! ```
//! ````
//!
//! ```json package.json
//! {"name": "orders", "scripts": {"db:migrate": "prisma migrate deploy", "test": "vitest"}}
//! ```

use super::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::reference::Target;
use crate::model::repository::Package;

pub(crate) static RULE: Rule = Rule {
    id: "reference/npm-script",
    severity: Severity::Error,
    preview: false,
    file: include_str!("npm_script.rs"),
    check: Check::Project(check),
};

/// How many scripts a package may have for the help to list them.
const FEW: usize = 8;

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for reference in &project.references {
        let Target::NpmScript(name) = &reference.target else { continue };
        let packages: Vec<&Package> = project.repository.packages_for(&reference.folder).collect();
        let runs = |it: &&Package| it.scripts.contains(name) || it.dependencies.contains(name);
        // `npm start` runs `server.js` where there is no script.
        let has_server = name == "start" && !project.repository.named("server.js").is_empty();
        // A package without any script is no place to run one from.
        let none = packages.iter().all(|it| it.scripts.is_empty());
        if none || packages.iter().any(runs) || has_server {
            continue;
        }
        let message = match packages.as_slice() {
            [only] => format!("`{}` has no script `{name}`", only.path),
            _ => format!("no package.json has a script `{name}`"),
        };
        let scripts = || packages.iter().flat_map(|it| &it.scripts).map(String::as_str);
        let help = match similar(name, scripts()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None if (1..=FEW).contains(&scripts().count()) => {
                let list: Vec<String> = scripts().map(|it| format!("`{it}`")).collect();
                format!("there are {}", list.join(", "))
            }
            None => "add the script, or correct its name".to_owned(),
        };
        cx.report(reference.span, message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn any_package_may_have_it() {
        check_rule(
            &RULE,
            "//- web/package.json\n{\"scripts\": {\"dev\": \"vite\"}}\n//- api/package.json\n{\"scripts\": {\"start\": \"node .\"}, \"dependencies\": {\"lint\": \"1\"}}\n//- examples/x/package.json\n{\"scripts\": {\"demo\": \"x\"}}\n//- docs/a.md\n```bash\nnpm run dev\nnpm start\nyarn lint\nnpm run demo\n        ^^^^ no package.json has a script `demo`\n```\n\nOr `npm run deploy`, later `npm run <name>`.\n            ^^^^^^ no package.json has a script `deploy`\n",
        );
        check_rule(&RULE, "//- docs/a.md\n```bash\nnpm run dev\n```\n");
    }
}
