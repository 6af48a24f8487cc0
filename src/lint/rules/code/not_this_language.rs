//! Finds blocks that are tagged as shell and written in another language.
//!
//! A reader who copies a `bash` block expects to run it. A query, a configuration file or the output of a
//! program under that tag fails in the terminal at the worst moment, and is coloured wrongly on the site. Only
//! what is beyond doubt is flagged; the fix changes the tag.
//!
//! ## Flagged
//!
//! ```md docs/latency.md
//! # Latency
//!
//! ~~~bash
//! histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket[5m])) by (le))
//! ~~~
//!
//! ~~~sh
//! SELECT pid, query FROM pg_stat_activity WHERE state = 'active';
//! ~~~
//! ```
//!
//! ## Accepted
//!
//! ```md docs/latency.md
//! # Latency
//!
//! ~~~promql
//! histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket[5m])) by (le))
//! ~~~
//!
//! ~~~sh
//! psql -c "SELECT pid, query FROM pg_stat_activity WHERE state = 'active'"
//! ~~~
//! ```

use crate::finding::{Edit, Fix, Safety, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "code/not-this-language",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("not_this_language.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for block in page.code_blocks.iter().filter(|it| !it.language.is_empty()) {
        let Some(other) = block.looks_like else { continue };
        let info = cx.project.sources.text(block.info_span);
        let Some(at) = info.to_ascii_lowercase().find(&block.language) else { continue };
        let span = block.info_span.slice(at..at + block.language.len());
        let tag = cx.project.sources.text(span).to_owned();
        let finding = cx.report(span, format!("block tagged `{tag}` looks like {}", other.name));
        finding.help(format!("tag it `{}`", other.tag));
        finding.fix =
            Some(Fix { safety: Safety::Safe, edits: vec![Edit { span, text: other.tag.to_owned() }] });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn languages_that_are_no_shell() {
        let blocks = [
            ("JSON", "{ \"a\": [1] }"),
            ("HTTP", "POST /orders HTTP/1.1\nHost: x"),
            ("PromQL", "up{job=\"x\"} == 0"),
            ("Python", "# first\nimport os\nprint(os.name)"),
            ("YAML", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x"),
            ("a Dockerfile", "FROM debian:12\nRUN apt-get update"),
            ("HTML", "<div class=\"x\">y</div>"),
            ("a log", "2025-01-01T10:00:00Z started\n2025-01-01 10:00:01 stopped"),
            ("output", "NAME    READY   STATUS\nx       1/1     Running"),
            ("an INI file", "[mysqld]\nmax_connections = 200"),
        ];
        for (name, code) in blocks {
            check_rule(
                &RULE,
                &format!("//- a.md\n```bash\n   ^^^^ block tagged `bash` looks like {name}\n{code}\n```\n"),
            );
        }
    }

    #[test]
    fn shell_is_shell() {
        let blocks = [
            "select x in a b; do echo $x; done",
            "# apiVersion: v1\nkubectl get pods",
            "[ -f x ] && { echo \"a: b\"; }",
            "import -window root x.png",
            "A=1\nB=\"2\"",
            "curl -d '{ \"a\": 1 }' x",
            "cat <<EOF > x\napiVersion: v1\nEOF",
            "time make\nsort x\nround x",
            "with-env x",
            "$ psql\nSELECT 1 FROM x;",
            "./a.sh",
        ];
        for code in blocks {
            check_rule(&RULE, &format!("//- a.md\n```bash\n{code}\n```\n"));
        }
    }
}
