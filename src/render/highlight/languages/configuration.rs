//! Files that programs are set up with.

use crate::render::highlight::Class::{self, Keyword, Number, Property, Type, Variable};
use crate::render::highlight::syntax::{BASE, Holds, Keys, Quote, Syntax, block, quote, raw};

const INI: Syntax = Syntax {
    line_comments: &["#", ";"],
    spaced_comments: true,
    quotes: &[quote("\"")],
    inside: "-./:@%+'",
    words: &[(Number, "true false yes no on off null none")],
    ignore_case: true,
    sigils: "$",
    calls: false,
    line: Some(assignment),
    ..BASE
};

pub(super) const LANGUAGES: &[(&str, Syntax)] = &[
    (
        "json jsonc json5 jsonl ndjson geojson jsonld jsonnet avsc",
        Syntax {
            line_comments: &["//"],
            block_comments: &[("/*", "*/")],
            quotes: &[quote("\""), quote("'")],
            words: &[(Number, "true false null")],
            keys: Keys::Colon,
            starts: "$-",
            inside: "-",
            calls: false,
            ..BASE
        },
    ),
    (
        "yaml-flow",
        Syntax {
            line_comments: &["#"],
            spaced_comments: true,
            quotes: &[quote("\""), raw(quote("'"))],
            inside: "-./",
            words: &[(Number, "true false null")],
            keys: Keys::Colon,
            calls: false,
            ..BASE
        },
    ),
    (
        "toml",
        Syntax {
            line_comments: &["#"],
            quotes: &[block("\"\"\"", "\"\"\""), raw(block("'''", "'''")), quote("\""), raw(quote("'"))],
            inside: "-:",
            words: &[(Number, "true false inf nan")],
            keys: Keys::Equals,
            calls: false,
            line: Some(assignment),
            ..BASE
        },
    ),
    ("ini cfg conf cnf properties systemd service editorconfig gitconfig desktop unit", INI),
    (
        "env dotenv",
        Syntax {
            quotes: &[Quote { holds: Holds::Variables, ..block("\"", "\"") }, raw(block("'", "'"))],
            line_comments: &["#"],
            ..INI
        },
    ),
    (
        "hcl terraform tf tfvars terragrunt packer nomad opentofu",
        Syntax {
            line_comments: &["#", "//"],
            block_comments: &[("/*", "*/")],
            quotes: &[Quote { holds: Holds::Code(b'$'), ..block("\"", "\"") }],
            heredoc: "<<",
            inside: "-",
            words: &[
                (
                    Keyword,
                    "resource data variable output module provider terraform locals moved import check removed",
                ),
                (Keyword, "for in if else endif endfor dynamic lifecycle provisioner connection backend"),
                (Number, "true false null"),
                (Type, "string number bool list map set object tuple any"),
            ],
            keys: Keys::Equals,
            ..BASE
        },
    ),
    (
        "nginx nginxconf",
        Syntax {
            line_comments: &["#"],
            spaced_comments: true,
            quotes: &[quote("\""), quote("'")],
            inside: "-./:*",
            words: &[(Number, "on off")],
            sigils: "$",
            calls: false,
            line: Some(directive),
            ..BASE
        },
    ),
    (
        "apache apacheconf caddy caddyfile haproxy",
        Syntax {
            line_comments: &["#"],
            spaced_comments: true,
            quotes: &[quote("\"")],
            inside: "-./:*",
            words: &[(Number, "on off")],
            ignore_case: true,
            sigils: "$%",
            calls: false,
            line: Some(directive),
            ..BASE
        },
    ),
    (
        "css scss sass less",
        Syntax {
            line_comments: &["// "],
            block_comments: &[("/*", "*/")],
            quotes: &[quote("\""), quote("'")],
            starts: "-.",
            inside: "-",
            sigils: "$",
            decorators: true,
            keys: Keys::Colon,
            ..BASE
        },
    ),
    (
        "graphql gql",
        Syntax {
            line_comments: &["#"],
            quotes: &[block("\"\"\"", "\"\"\""), quote("\"")],
            words: &[
                (
                    Keyword,
                    "query mutation subscription fragment on type input interface union enum scalar schema extend",
                ),
                (Keyword, "implements directive repeatable"),
                (Number, "true false null"),
            ],
            sigils: "$",
            decorators: true,
            types: true,
            keys: Keys::Colon,
            ..BASE
        },
    ),
];

/// `[section]`, `key = value`, `key: value`, `export KEY=value`.
fn assignment(line: &str) -> Option<(usize, Class)> {
    if line.starts_with('[') {
        return line.trim_end().ends_with(']').then_some((line.trim_end().len(), Type));
    }
    if line.starts_with('!') {
        return Some((line.len(), Class::Comment));
    }
    if line.starts_with(['#', ';', '{', '}']) {
        return None;
    }
    let at = line.find(['=', ':'])?;
    let key = line[..at].trim_end();
    // Words before a colon are text; so are paths.
    let words = key.split_whitespace().count();
    let plausible = words == 1 || (words <= 4 && line.as_bytes()[at] == b'=');
    let class = if key.starts_with("export ") { Variable } else { Property };
    plausible.then_some((key.len(), class))
}

/// The first word of a line.
fn directive(line: &str) -> Option<(usize, Class)> {
    let section = line.starts_with('<');
    let end = line.find(|c: char| c.is_whitespace() || matches!(c, ';' | '{' | '>')).unwrap_or(line.len());
    let name = line.starts_with(|c: char| c.is_ascii_alphabetic());
    (name || section).then_some((end, if section { Type } else { Keyword }))
}
