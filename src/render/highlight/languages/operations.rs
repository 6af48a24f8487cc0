//! What operators type: shells, queries, requests.

use crate::render::highlight::Class::{Function, Keyword, Number};
use crate::render::highlight::syntax::{BASE, Holds, Keys, Quote, Syntax, block, quote, raw};

const SHELL: Syntax = Syntax {
    line_comments: &["#"],
    spaced_comments: true,
    quotes: &[
        Quote { holds: Holds::Commands, ..block("\"", "\"") },
        Quote { lines: true, ..block("$'", "'") },
        raw(block("'", "'")),
    ],
    heredoc: "<<",
    starts: "-./~+:%@,",
    inside: "-./:@%+,~*?^",
    words: &[
        (Keyword, "if then else elif fi for while until do done case esac in select function time coproc"),
        (
            Keyword,
            "return exit break continue export local readonly declare typeset unset set shift trap eval exec source",
        ),
        (Number, "true false"),
    ],
    sigils: "$",
    calls: false,
    commands: true,
    openers: "if then else elif while until do time exec sudo doas env nohup command builtin xargs nice watch",
    operators: "|&;<>()`!",
    ..BASE
};

pub(super) const LANGUAGES: &[(&str, Syntax)] = &[
    ("shell-words", SHELL),
    (
        "dockerfile docker containerfile",
        Syntax {
            words: &[
                (
                    Keyword,
                    "FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD",
                ),
                (Keyword, "STOPSIGNAL HEALTHCHECK SHELL MAINTAINER AS"),
                (Keyword, "if then else elif fi for while until do done case esac in"),
            ],
            openers: "RUN CMD ENTRYPOINT HEALTHCHECK ONBUILD if then else elif while do sudo exec env",
            ..SHELL
        },
    ),
    (
        "makefile make mk gnumake just justfile",
        Syntax {
            line: Some(makefile_line),
            starts: "-./~+%@,",
            words: &[
                (Keyword, "if then else elif fi for while do done case esac in export"),
                (
                    Keyword,
                    "ifeq ifneq ifdef ifndef endif include -include sinclude define endef override unexport vpath",
                ),
            ],
            ..SHELL
        },
    ),
    (
        "powershell pwsh ps1 ps posh",
        Syntax {
            line_comments: &["#"],
            block_comments: &[("<#", "#>")],
            quotes: &[
                Quote { escape: b'`', holds: Holds::Commands, ..block("@\"", "\"@") },
                raw(block("@'", "'@")),
                Quote { escape: b'`', doubled: true, holds: Holds::Commands, ..block("\"", "\"") },
                Quote { doubled: true, ..raw(block("'", "'")) },
            ],
            starts: "-.",
            inside: "-.:\\",
            words: &[
                (
                    Keyword,
                    "if else elseif switch foreach for while do until break continue return function param begin",
                ),
                (Keyword, "process end try catch finally throw trap filter in class enum using exit"),
            ],
            ignore_case: true,
            sigils: "$",
            commands: true,
            openers: "if else elseif while do return try finally process begin end",
            operators: "|;&",
            calls: false,
            ..BASE
        },
    ),
    (
        "bat cmd batch dosbatch",
        Syntax {
            line_comments: &["::", "rem ", "REM "],
            quotes: &[raw(quote("\""))],
            starts: "-./@",
            inside: "-./:\\",
            words: &[
                (
                    Keyword,
                    "if else for in do goto call exit set setlocal endlocal echo pause shift not exist errorlevel",
                ),
                (Keyword, "@echo"),
            ],
            ignore_case: true,
            sigils: "%",
            commands: true,
            openers: "else do call",
            operators: "|&<>",
            ..BASE
        },
    ),
    (
        "sql psql pgsql postgres postgresql mysql plpgsql sqlite tsql plsql mariadb cql hql",
        Syntax {
            line_comments: &["--"],
            block_comments: &[("/*", "*/")],
            quotes: &[
                Quote { doubled: true, ..raw(block("'", "'")) },
                raw(block("$$", "$$")),
                Quote { doubled: true, ..raw(quote("\"")) },
                raw(quote("`")),
            ],
            words: &[
                (
                    Keyword,
                    "select from where and or not in is like ilike between exists join left right inner outer full cross",
                ),
                (
                    Keyword,
                    "on using group by order having limit offset fetch union all distinct as case when then else end asc",
                ),
                (
                    Keyword,
                    "desc nulls first last insert into values update set delete returning create alter drop table index",
                ),
                (
                    Keyword,
                    "view materialized database schema user role grant revoke to with recursive primary key foreign",
                ),
                (
                    Keyword,
                    "references unique constraint check default add column rename if cascade restrict begin commit",
                ),
                (
                    Keyword,
                    "rollback transaction savepoint start vacuum analyze explain verbose truncate reindex cluster",
                ),
                (
                    Keyword,
                    "concurrently extension sequence function procedure trigger returns language declare execute",
                ),
                (
                    Keyword,
                    "for each row statement before after instead of partition over window rows range current show",
                ),
                (
                    Keyword,
                    "copy lock reset system tablespace publication subscription slot owner replace do conflict",
                ),
                (
                    Keyword,
                    "nothing lateral interval only temporary temp unlogged force refresh comment password login",
                ),
                (Number, "null true false"),
                (
                    crate::render::highlight::Class::Type,
                    "int integer bigint smallint serial bigserial text varchar char boolean bool date timestamp timestamptz \
                     time uuid json jsonb numeric decimal real double precision bytea regclass",
                ),
            ],
            ignore_case: true,
            sigils: "@",
            ..BASE
        },
    ),
    (
        "promql prometheus prom metricsql",
        Syntax {
            line_comments: &["#"],
            quotes: &[quote("\""), quote("'"), raw(block("`", "`"))],
            inside: ":",
            words: &[
                (Keyword, "by without on ignoring group_left group_right and or unless offset bool atan2"),
                (Function, "sum avg min max count topk bottomk quantile stddev stdvar group count_values"),
                (Number, "inf nan Inf NaN"),
            ],
            keys: Keys::Matchers,
            operators: "=!~<>+*/%^-",
            ..BASE
        },
    ),
    (
        "logql loki",
        Syntax {
            line_comments: &["#"],
            quotes: &[quote("\""), raw(block("`", "`"))],
            words: &[
                (Keyword, "by without on ignoring group_left group_right and or unless offset bool unwrap"),
                (Function, "sum avg min max count topk bottomk stddev stdvar"),
                (
                    Keyword,
                    "json logfmt regexp pattern unpack line_format label_format decolorize drop keep ip",
                ),
            ],
            keys: Keys::Matchers,
            operators: "|=!~<>+*/%^-",
            ..BASE
        },
    ),
];

/// `target: prerequisites`, `NAME := value`; recipes are commands.
fn makefile_line(line: &str) -> Option<(usize, crate::render::highlight::Class)> {
    use crate::render::highlight::Class;
    if line.starts_with(['#', '@', '-', '$']) {
        return None;
    }
    let at = line.find([':', '=', '"', '\'', '(', '|'])?;
    let name = line[..at].trim_end_matches([' ', '?', '+']);
    let rest = line[at..].trim_start_matches(':');
    let class = match line.as_bytes()[at] {
        b':' if rest.starts_with('=') => Class::Variable,
        b':' if rest.is_empty() || rest.starts_with([' ', '\t']) => Function,
        b'=' if !name.contains(' ') => Class::Variable,
        _ => return None,
    };
    Some((name.len(), class))
}
