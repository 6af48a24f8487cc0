//! Finds code that does not parse as the language of its tag.
//!
//! Shell, JSON, YAML and TOML blocks are read as a reader would use them: a command with a stray quote waits at
//! the prompt for more, and a configuration that does not parse stops a deployment. What documents write on
//! purpose is no mistake: placeholders (`<name>`, `{{ name }}`), omissions (`...`), prompts with output below
//! them, comments and trailing commas in JSON, parts of YAML files and templates.
//!
//! ## Flagged
//!
//! ```md docs/restart.md
//! # Restart
//!
//! ~~~bash
//! if systemctl is-active orders; then
//!   systemctl restart orders
//! ~~~
//!
//! ~~~json
//! { "replicas": 3 "image": "orders:1.4" }
//! ~~~
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restart.md
//! # Restart
//!
//! ~~~bash
//! kubectl -n <namespace> rollout restart deployment/<name> ...
//! ~~~
//!
//! ~~~console
//! $ systemctl is-active orders
//! inactive (dead)
//! ~~~
//!
//! ~~~json
//! {
//!   "replicas": 3, // one a zone
//!   ...
//! }
//! ~~~
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::code::CodeProblemKind;
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "code/syntax",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("syntax.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for problem in &page.code_problems {
        let CodeProblemKind::Syntax { message, help } = &problem.kind else { continue };
        let Some(block) = page.code_blocks.get(problem.block as usize) else { continue };
        let language = match block.language.as_str() {
            "json" | "jsonc" => "JSON",
            "yaml" | "yml" => "YAML",
            "toml" => "TOML",
            _ => "shell",
        };
        let finding = cx.report(problem.span, format!("{language} does not parse: {message}"));
        if let Some(help) = help {
            finding.help(*help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn shell_is_underlined_at_the_very_place() {
        check_rule(
            &RULE,
            "//- a.md\n```sh\necho 'a b\n     ^ shell does not parse: unclosed `'`\n```\n\n```bash\n$ for x in a; do b\n  ^^^ shell does not parse: `for` without `done`\n$ c\n```\n\n- ```sh\n  kubectl get pods\n  echo NAME (x)\n            ^ shell does not parse: unexpected `(`\n  ```\n\n```sh\necho $(date\n     ^^ shell does not parse: unclosed `$(`\n```\n",
        );
    }

    #[test]
    fn what_a_shell_accepts_is_silent() {
        check_rule(
            &RULE,
            "//- a.md\n```sh\ncat <<EOF\nit's open\n```\n\n```bash\nf() { ... }\nx <a|b> [c] {{ d }} | (e; f)\ntide <ebb> (see `flood`)\n<tide>://[<ebb>[:<flood>]@]<pier>[#<no> | #low:<no>]\n```\n\n```console\nwhat's (this\n```\n\n```\nit's (text\n```\n",
        );
    }

    #[test]
    fn what_a_program_printed_below_its_command_is_no_script() {
        check_rule(
            &RULE,
            "//- a.md\n```sh\nmoorctl list\nberth-3 \t(253:0)\n```\n\n```sh\n./moorctl -w table\n+--+\n| ID | STATE |\n+--+\n```\n\n```sh\ncurl: (60) no certificate\n```\n\n```sh\nINFO[0000] moored -t 3 (ebb)\n```\n\n```sh\n@test \"moors\" {\n  run moorctl\n}\n```\n\n```sh\nmoorctl --berth (3)\n                ^ shell does not parse: unexpected `(`\n```\n",
        );
    }

    #[test]
    fn json_as_documents_show_it() {
        check_rule(
            &RULE,
            "//- a.md\n```json\n{ \"a\": ..., \"b\": <number>, \"c\": [1, 2, ...], \"d\": {{ x }}, } // z\n{ \"e\": 1\n  ...\n}\n```\n\n```json\n[\n  { \"e\": 1, ... },\n  ...\n```\n\n```json\n\"key\": [1]\n```\n\n```json\n$ curl localhost/berths\n{ \"free\": 3 }\n```\n\n```json\n{\n  \"free\": [],\n```\n\n```json\n{ \"a\": 'b' }\n       ^^^ JSON does not parse: `'b'` is no JSON value\n```\n",
        );
    }

    #[test]
    fn yaml_and_toml_are_judged_where_they_are_whole() {
        check_rule(
            &RULE,
            "//- a.md\n```yaml\n    - part: 1\n  of: a file\n```\n\n```yaml\n{{- if x }}\na: b: c\n```\n\n```yaml\na: b\n...\n  c\n```\n\n```yaml\nberths:\n  [ - <berth> ]\n[ wait: <duration> | default = 10s ]\n```\n\n```toml\n[a]\nb = ...\n```\n\n```toml\n{ berth = 3, tide = \"ebb\" },\n```\n\n```toml\n[a]\nb = x\n    ^ TOML does not parse: string values must be quoted, expected literal string\n```\n",
        );
    }
}
