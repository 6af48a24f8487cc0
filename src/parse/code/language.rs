//! What a block is written in, told from its words: only what is beyond doubt, so that a wrong tag can be
//! mended without asking.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use crate::model::code::Language;
use crate::pattern::compiled;

/// Lines that are looked at.
const MAX_LINES: usize = 60;

/// A language whose blocks are recognised by their lines.
struct Signs {
    language: Language,
    /// The first line that is no comment must match.
    first: Regex,
    /// This share of the lines, in percent, must match `lines`; further lines are ignored.
    share: usize,
    lines: &'static str,
    compiled_lines: OnceLock<Regex>,
}

impl Signs {
    /// Few blocks come so far, so what their lines look like is compiled when one does.
    fn lines(&self) -> &Regex {
        self.compiled_lines.get_or_init(|| compiled(self.lines))
    }
}

/// `(tag, name, first line, share, lines)`. Order matters: what is more certain comes first.
const SIGNS: &[(&str, &str, &str, usize, &str)] = &[
    (
        "http",
        "HTTP",
        r"^(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(?:https?://|/)\S*(?:\s+HTTP/[\d.]+)?\s*$|HTTP/\d(?:\.\d)? \d{3}\b)",
        0,
        "^",
    ),
    ("diff", "a diff", r"^(?:diff --git |--- (?:a/|/dev/null)|@@ -\d+)", 0, "^"),
    (
        "dockerfile",
        "a Dockerfile",
        r"^(?:FROM \S+(?: AS \S+)?|(?:RUN|COPY|ADD|WORKDIR|ENTRYPOINT|HEALTHCHECK|EXPOSE|ARG|ENV|CMD) .+)$",
        60,
        r"^(?:FROM|RUN|COPY|ADD|ENV|EXPOSE|CMD|ENTRYPOINT|WORKDIR|ARG|USER|LABEL|VOLUME|HEALTHCHECK|SHELL)\s|^\s+\S",
    ),
    (
        "sql",
        "SQL",
        concat!(
            r"(?i)^(?:select\s+.+\s+from\s+\S|select\s+(?:\*|[\w.]+\(.*\)[^(]*)\s*(?:as\s+\w+\s*)?[,;]?$",
            r"|insert\s+into\s+\S|update\s+\S+\s+set\s|delete\s+from\s+\S",
            r"|create\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:table|database|user|role|index|extension|schema|view|materialized|function|trigger|publication|subscription)\s+\S",
            r"|alter\s+(?:table|database|user|role|system|sequence|index|type|extension|default)\s+\S",
            r"|drop\s+(?:table|database|user|role|index|schema|view|extension|subscription|publication)\s+\S",
            r"|grant\s+.+\s+(?:to|on)\s+\S|revoke\s+.+\s+from\s+\S",
            r"|explain\s+(?:\(.*\)\s*|analyze\s+)?select\s|with\s+\w+\s+as\s*\(|vacuum\s+(?:full|analyze|verbose)\b|truncate\s+table\s",
            r"|(?-i:SELECT)$)"
        ),
        0,
        "^",
    ),
    (
        "promql",
        "PromQL",
        concat!(
            r"^(?:(?:sum|avg|min|max|count|topk|bottomk|quantile|stddev|group|count_values)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(",
            r"|(?:rate|irate|increase|delta|idelta|deriv|absent|absent_over_time|histogram_quantile|label_replace|predict_linear|changes|resets|(?:avg|min|max|sum|count|last|quantile)_over_time|time|vector|scalar|clamp_max|clamp_min|round|ceil|floor|abs|sort|sort_desc)\s*\(",
            r#"|[a-zA-Z_:][\w:]*\s*\{[^{}]*(?:=~?|!=|!~)\s*"[^{}]*\}(?:\[\d+[smhdwy]\])?"#,
            r"|[a-zA-Z_:][\w:]*\[\d+[smhdwy]\]",
            r"|\(\s*(?:sum|avg|min|max|count|rate|increase|time|node_|kube_|container_)\b.*$)"
        ),
        0,
        "^",
    ),
    ("pycon", "a Python session", r"^>>> \S", 0, "^"),
    (
        "python",
        "Python",
        concat!(
            r"^(?:from [\w.]+ import \S|(?:async )?def \w+\(.*\).*:$|class \w+(?:\(.*\))?:$",
            r"|if __name__ == |print\(.*\)$|with \w.*\(.*\).* as \w+:$)"
        ),
        0,
        "^",
    ),
    (
        "python",
        "Python",
        r"^(?:import [\w.]+(?:\s*,\s*[\w.]+)*(?:\s+as \w+)?|@\w[\w.]*(?:\(.*\))?)$",
        1,
        r"^\s*(?:from [\w.]+ import \S|(?:async )?def \w+\(.*:$|class \w+.*:$|print\(.*\)$|(?:for|if|with|while) .*:$|\w+ = \w+\.\w[\w.]*\(.*)",
    ),
    (
        "xml",
        "XML",
        r"^<(?:\?xml|!\[CDATA|project\b|configuration\b|dependency\b|plugin\b|beans?\b)",
        50,
        r"^\s*(?:</?[\w:.!?-]+.*|.*</[\w:.-]+>)\s*$",
    ),
    (
        "html",
        "HTML",
        r"^(?i:<(?:!doctype|html|head|body|div|span|script|link|meta|a|p|ul|table|form|input|img|svg|button|section|details)\b[^>]*>)",
        1,
        r"(?i)</\w+>|/>|<!doctype|<(?:img|meta|link|input)\s",
    ),
    (
        "javascript",
        "JavaScript",
        concat!(
            r#"^(?:import (?:\w+|\*|\{.*\}|type \S)?.*\bfrom ['"]|import ['"][\w@./-]+['"];?$"#,
            r"|export (?:default|const|function|class|async|interface|type) |(?:async )?function \w+\([^$)]*\w[^$)]*\)\s*\{$",
            r"|console\.(?:log|error)\(|module\.exports\b|const (?:\w+|\{.*\}) = (?:await |require\())",
        ),
        0,
        "^",
    ),
    (
        "javascript",
        "JavaScript",
        r"^(?:const|let|var) (?:\w+|\{.*\}|\[.*\])\s*=\s*\S",
        1,
        r"\brequire\(|\bawait [\w.]+\(|console\.\w+\(|document\.\w+|[!=]==\s|\basync function|\.then\(|= new [A-Z]\w*\(",
    ),
    (
        "hcl",
        "HCL",
        r#"^(?:resource|data|variable|output|module|provider)\s+"[\w.-]+"(?:\s+"[\w.-]+")?\s*\{$|^terraform\s*\{$"#,
        0,
        "^",
    ),
    (
        "nginx",
        "an nginx configuration",
        r"^(?:server|upstream \S+|location \S.*|http|events|stream)\s*\{$",
        20,
        r"^\s*[a-z]\w*\s.*;\s*(?:#.*)?$",
    ),
    ("go", "Go", r"^package main$", 0, "^"),
    (
        "rust",
        "Rust",
        r"^(?:(?:pub(?:\(\w+\))? )?fn \w+.*\(.*|pub(?:\(\w+\))? (?:struct|enum|mod) \w+.*|use [\w:]+::.*;|#!?\[\w+.*\])$",
        0,
        "^",
    ),
    ("c", "C", r#"^#include [<"]\S+\.h[>"]"#, 0, "^"),
    ("cpp", "C++", r"^#include <\w+>", 0, "^"),
    (
        "powershell",
        "PowerShell",
        r"^(?:\$env:\w+\s*=|(?:Get|Set|New|Remove|Start|Stop|Invoke|Test|Write|Install|Import|Add|Restart|Enable|Disable)-[A-Z]\w+(?:\s|$))",
        0,
        "^",
    ),
    ("bat", "a Windows batch file", r"(?i)^(?:@echo off|rem )", 0, "^"),
    (
        "ini",
        "an INI file",
        r"^\[[\w.:/@ -]*[A-Za-z][\w.:/@ -]*\]$",
        60,
        r#"^\s*(?:\[.*\]|[\w.:/"-]+\s*=.*|[;#].*)$"#,
    ),
    ("text", "a table", r"^(?:┌|╔|\+-{3,}[-+]*\+$)", 0, "^"),
    ("text", "a tree of files", r"^\S*$|^(?:├|└|│)", 50, r"^[\s│|]*(?:├|└|│|\+--|\|--|`--)"),
    ("text", "a log", LOG_LINE, 50, LOG_LINE),
    ("text", "output", r"^[A-Z][A-Z0-9_()-]+(?: [A-Z()]+)?(?:\s{2,}|\t)[A-Z][A-Z0-9_()-]+(?:\s|$)", 0, "^"),
];

/// A date with a time, or the head of a line that klog wrote.
const LOG_LINE: &str = r"^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|[IWEF]\d{4} \d\d:\d\d:\d\d)";

static LANGUAGES: LazyLock<Vec<Signs>> = LazyLock::new(|| {
    SIGNS
        .iter()
        .map(|&(tag, name, first, share, lines)| Signs {
            language: Language { tag, name },
            first: compiled(first),
            share,
            lines,
            compiled_lines: OnceLock::new(),
        })
        .collect()
});

/// `key: value`, `- item`, or a comment.
static YAML_LINE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"^\s*(?:- )*(?:[\w./"'$-]+:(?:\s.*)?$|- \S.*$|#.*$|---$)"#));

/// A key with nothing behind it, or a value of the kinds that YAML is written with.
static YAML_KEY: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:[a-z][\w.-]*:(?:\s+\S+)?|- [a-z][\w-]*:\s+\S+)$"));

/// The language of a block that has no tag or that of a shell; none where it may be shell.
pub(super) fn detect(text: &str) -> Option<Language> {
    let lines: Vec<&str> =
        text.lines().map(str::trim_end).filter(|it| !it.trim().is_empty()).take(MAX_LINES).collect();
    let first = lines.iter().map(|it| it.trim()).find(|it| !is_comment(it) || begins_session(it))?;
    if is_json(text, first) {
        return Some(Language { tag: "json", name: "JSON" });
    }
    for signs in LANGUAGES.iter() {
        if signs.first.is_match(first) {
            let matching = lines.iter().filter(|it| signs.lines().is_match(it)).count();
            if matching * 100 >= signs.share * lines.len() {
                let is_toml = signs.language.tag == "ini" && is_toml(text);
                return Some(if is_toml { Language { tag: "toml", name: "TOML" } } else { signs.language });
            }
        }
    }
    let yaml = lines.len() >= 2 && YAML_KEY.is_match(first) && lines.iter().all(|it| YAML_LINE.is_match(it));
    (yaml && crate::parse::yaml::parse(text, 0..text.len()).1.is_empty())
        .then_some(Language { tag: "yaml", name: "YAML" })
}

/// What INI files and TOML share is called INI; values in quotes, lists and tables are TOML's own.
fn is_toml(text: &str) -> bool {
    let own = ["= \"", "= [", "= {"].iter().any(|it| text.contains(it));
    own && toml::from_str::<toml::Table>(text).is_ok()
}

/// `# mysql -u root -p`: the prompt of the superuser before a client, not a comment. What follows is typed there.
fn begins_session(line: &str) -> bool {
    let program = line.strip_prefix("# ").and_then(|it| it.split_whitespace().next());
    program.is_some_and(|it| CLIENTS.contains(&it)) && line.contains(" -")
}

/// Programs at whose prompt another language is typed.
const CLIENTS: &[&str] = &["mariadb", "mongo", "mongosh", "mysql", "psql", "redis-cli", "sqlite3", "sqlplus"];

fn is_comment(line: &str) -> bool {
    (line.starts_with('#') && !line.starts_with("#include") && !line.starts_with("#["))
        || line.starts_with("--") && line[2..].starts_with([' ', '-'])
        || line.starts_with("//")
        || line.starts_with("; ")
}

fn is_json(text: &str, first: &str) -> bool {
    let value = first.starts_with('{') || first.starts_with('[');
    let member = text.contains(':') && text.contains('"');
    value && member && super::json::problem(text).is_none()
}
