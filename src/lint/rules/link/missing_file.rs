//! Finds links to files that do not exist.
//!
//! A link is looked up from the page that holds it, then, if it begins with `/`, from the book's folder and
//! the repository's root. Files outside the book count as long as they are in the repository. A page that the
//! reader of a runbook cannot open is worse than no link: it costs the minutes that were missing.
//!
//! Links to other sites, template syntax and the URLs of other site generators are not looked at.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! Follow the [failover steps](runbooks/fail-over.md) first.
//! ```
//!
//! ```md docs/runbooks/failover.md
//! # Failover
//!
//! Promote the standby.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! Follow the [failover steps](runbooks/failover.md) first, then read the
//! [status page](https://status.example.com/).
//! ```
//!
//! ```md docs/runbooks/failover.md
//! # Failover
//!
//! Promote the standby.
//! ```

use super::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::{Target, relative};

pub(crate) static RULE: Rule = Rule {
    id: "link/missing-file",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_file.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in judged(page) {
        let (Target::Missing(path), _) = cx.resolver.resolve_link(page, link) else { continue };
        // `plan.md/#steps`: the file is there, and a slash makes it a folder.
        if cx.project.files.get(&path).is_some() {
            cx.report(link.dest_span, format!("`{path}/` does not exist"))
                .help("remove the slash behind the name of the file");
            continue;
        }
        let nearest = cx.resolver.nearest(&path).map(str::to_owned);
        let here = cx.project.sources.path(page.source).to_owned();
        let finding = cx.report(link.dest_span, format!("`{path}` does not exist"));
        finding.help(match nearest {
            Some(nearest) => format!("did you mean `{}`?", relative(&here, &nearest)),
            None => "correct the path, or remove the link".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn what_a_build_makes_out_of_a_template_is_there() {
        check_rule(
            &RULE,
            "//- man/moor.1.md.in\n//- man/index.md\n[a](moor.1.md) [b](berth.1.md)\n                   ^^^^^^^^^^ `man/berth.1.md` does not exist\n",
        );
    }

    #[test]
    fn a_page_beside_one_that_is_served_as_a_folder_is_there() {
        check_rule(
            &RULE,
            "//- docs/tides/ebb.md\n[a](../flood/#high) [b](../none/)\n                        ^^^^^^^^ `docs/none` does not exist\n//- docs/tides/flood.md\n# Flood\n\n## High\n",
        );
    }

    #[test]
    fn the_destination_is_underlined() {
        check_rule(
            &RULE,
            "//- docs/a.md\n[x](b.md) ![y](img/no.png) [z][r] <a href=\"c.md\">c</a> [ok](a.md)\n    ^^^^ `docs/b.md` does not exist\n               ^^^^^^^^^^ `docs/img/no.png` does not exist\n                                           ^^^^ `docs/c.md` does not exist\n\n[r]: d.md\n     ^^^^ `docs/d.md` does not exist\n",
        );
    }

    #[test]
    fn a_picture_is_no_page() {
        check_rule(
            &RULE,
            "//- docs/a.md\n<img src=\"lamp\"> ![x](lamp) [ok](lamp)\n          ^^^^ `docs/lamp` does not exist\n                      ^^^^ `docs/lamp` does not exist\n//- docs/lamp.md\n# Lamp\n",
        );
    }

    #[test]
    fn forms_that_are_no_missing_file() {
        check_rule(
            &RULE,
            "//- docs/a.md\n[x](https://b.example) [m](mailto:a@b.example) <a@b.example> [t]({{ x }}/y.md) [s](#a) [q](b.md?x=1#y) [u](../script.py) [v](sub) [w](/docs/b.md) [r](/b.md) [h](b.html) [n](b)\n//- docs/b.md\n//- docs/sub/README.md\n//- script.py\n",
        );
    }

    #[test]
    fn a_slash_behind_a_file() {
        check_rule(
            &RULE,
            "//- a.md\n[x](b.md/#tide)\n    ^^^^^^^^^^ `b.md/` does not exist\n//- b.md\n# Tide\n",
        );
    }

    #[test]
    fn pages_of_the_forge_and_items_of_code() {
        check_rule(
            &RULE,
            "//- Cargo.toml\n//- README.md\n[i](../../issues) [c](crate::Tide) [m](macro@ebb) [t](Tide) [h](tide/struct.Ebb.html) [x](tide)\n                                                                                          ^^^^ `tide` does not exist\n",
        );
    }

    #[test]
    fn urls_of_site_generators() {
        check_rule(
            &RULE,
            "//- docs/conf.py\n//- docs/a.md\n[a](some-label) [b](Harbour.tide_table) [c](../api/x.html) [d](gone.md)\n                                                               ^^^^^^^ `docs/gone.md` does not exist\n",
        );
        check_rule(
            &RULE,
            "//- hugo.toml\n//- content/docs/a.md\n[a](../b/) ![i](../../img/x.png) [b](gone.md)\n                                     ^^^^^^^ `content/docs/gone.md` does not exist\n//- content/docs/b.md\n//- static/img/x.png\n",
        );
        check_rule(
            &RULE,
            "//- website/docusaurus.config.ts\n//- docs/a.md\n![i](@site/static/x.png) [b](/docs/b) [c](b) [d](gone.md)\n                                                 ^^^^^^^ `docs/gone.md` does not exist\n//- docs/b.md\n",
        );
    }
}
