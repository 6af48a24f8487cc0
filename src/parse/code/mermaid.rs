//! Mermaid diagrams: what the renderer surely refuses. Its grammar is much larger; what is not sure is left alone.
//!
//! Checked are the kind of diagram in the first line, the direction and the labels of flowcharts, and blocks that
//! `end` or a brace closes.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::compiled;

/// What is wrong: its bytes in the block, in the style of a finding's message, and what to do.
pub(super) type Problem = (Range<usize>, String, Option<String>);

/// The kinds of diagrams of Mermaid 11 and before.
const KINDS: [&str; 51] = [
    "architecture",
    "architecture-beta",
    "block",
    "block-beta",
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "error",
    "eventmodeling",
    "flowchart",
    "flowchart-elk",
    "flowchart-v2",
    "gantt",
    "gitGraph",
    "graph",
    "info",
    "ishikawa",
    "ishikawa-beta",
    "journey",
    "kanban",
    "mindmap",
    "packet",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar",
    "radar-beta",
    "requirement",
    "requirementDiagram",
    "sankey",
    "sankey-beta",
    "sequenceDiagram",
    "showInfo",
    "stateDiagram",
    "stateDiagram-v2",
    "swimlane",
    "timeline",
    "treemap",
    "treemap-beta",
    "treeView-beta",
    "venn-beta",
    "wardley",
    "wardley-beta",
    "xychart",
    "xychart-beta",
    "zenuml",
];

/// Links of flowcharts: `-->`, `===`, `-.->`, `~~~`.
static LINK: LazyLock<Regex> = LazyLock::new(|| compiled(r"^(?:--+[-xo>]|==+[=xo>]|-\.+-[xo>]?|~~~+)"));
/// What ends the words on a link: `-- words -->`.
static LINK_END: LazyLock<Regex> = LazyLock::new(|| compiled(r"--+[-xo>]|==+[=xo>]|\.+-[xo>]?"));

/// The first thing that is surely wrong with a diagram.
pub(super) fn problem(text: &str) -> Option<Problem> {
    // What a template or a document elides is no diagram yet.
    if ["{%", "${", "<!--", "<%"].iter().any(|it| text.contains(it)) {
        return None;
    }
    let start = header(text)?;
    let line = text[start..].lines().next().unwrap_or_default();
    let kind = line.split(|c: char| c.is_whitespace() || matches!(c, ';' | ':')).next().unwrap_or_default();
    if !KINDS.contains(&kind) {
        return unknown(kind, line).map(|(message, help)| (start..start + kind.len(), message, help));
    }
    let body = start + line.len();
    match kind {
        "graph" | "flowchart" | "flowchart-elk" | "flowchart-v2" => direction(line, kind)
            .map(|(range, message, help)| (start + range.start..start + range.end, message, help))
            .or_else(|| blocks(text, body, &["subgraph"]))
            .or_else(|| labels(text, body)),
        "sequenceDiagram" if !text.contains(';') => {
            blocks(text, body, &["loop", "alt", "opt", "par", "par_over", "critical", "break", "rect", "box"])
        }
        "classDiagram" | "classDiagram-v2" => braces(text, body, &["class ", "namespace "]),
        "stateDiagram" | "stateDiagram-v2" => braces(text, body, &["state "]),
        _ => None,
    }
}

/// Where the first line stands that is no front matter, comment or directive.
fn header(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut until: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if let Some(end) = until {
            if words.ends_with(end) {
                until = None;
            }
        } else if words == "---" {
            until = Some("---");
        } else if words.starts_with("%%{") {
            until = (!words.ends_with("}%%")).then_some("}%%");
        } else if !words.is_empty() && !words.starts_with("%%") {
            return Some(start);
        }
    }
    None
}

/// A kind that there is not: a misspelt one, or a diagram that begins without. Any other may be new.
fn unknown(kind: &str, line: &str) -> Option<(String, Option<String>)> {
    let alike = |it: &&&str| strsim::jaro_winkler(&it.to_lowercase(), &kind.to_lowercase()) > 0.92;
    let nearest = KINDS.iter().find(|it| it.eq_ignore_ascii_case(kind)).or_else(|| KINDS.iter().find(alike));
    let elided = kind.ends_with("-beta") || kind.contains(['.', '…', '<', '{']);
    let help = match nearest {
        Some(nearest) if !elided => format!("did you mean `{nearest}`?"),
        None if !elided && line.contains("-->") => {
            "begin with the kind of diagram: `flowchart LR`, `sequenceDiagram`".to_owned()
        }
        _ => return None,
    };
    Some((format!("`{kind}` is no kind of diagram"), Some(help)))
}

/// The direction behind `graph` or `flowchart`.
fn direction(line: &str, kind: &str) -> Option<Problem> {
    let rest = &line[kind.len()..];
    let word = rest.split(';').next()?.split_whitespace().next()?;
    let known = ["TB", "TD", "BT", "RL", "LR", "BR", "<", ">", "^", "v"];
    if known.contains(&word) || word.starts_with("%%") {
        return None;
    }
    let at = kind.len() + rest.find(word)?;
    let help = "write `TB`, `BT`, `LR` or `RL`, and the first node on a line of its own";
    Some((at..at + word.len(), format!("`{word}` is no direction"), Some(help.to_owned())))
}

/// Blocks that a word opens and a line `end` closes.
fn blocks(text: &str, body: usize, openers: &[&str]) -> Option<Problem> {
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut at = body;
    for line in text.get(body..)?.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let words = line.trim();
        let first = words.split_whitespace().next().unwrap_or_default();
        let word = openers.iter().find(|it| it.eq_ignore_ascii_case(first));
        if words.trim_end_matches([';', ' ']).eq_ignore_ascii_case("end") {
            let message = "`end` closes nothing".to_owned();
            let Some(_) = open.pop() else {
                return Some((start..start + 3, message, Some("remove it".to_owned())));
            };
        } else if word.is_some() {
            open.push(start..start + first.len());
        }
    }
    let range = open.pop()?;
    let word = &text[range.clone()];
    let message = format!("`{word}` is never closed");
    Some((range, message, Some("close it with a line `end`".to_owned())))
}

/// Blocks between braces at the ends of lines: classes and states. A brace too many is let pass in some of them.
fn braces(text: &str, body: usize, openers: &[&str]) -> Option<Problem> {
    let mut open: Vec<usize> = Vec::new();
    let mut at = body;
    let mut in_note = false;
    for line in text.get(body..)?.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        if in_note || words.starts_with("%%") {
            in_note &= words != "end note";
        } else if words.starts_with("note ") && !words.contains([':', '"']) {
            in_note = true;
        } else if words.ends_with('{') && openers.iter().any(|it| words.starts_with(it)) {
            open.push(start + line.trim_end().len() - 1);
        } else if words.contains('}') {
            open.pop();
        }
    }
    let place = open.pop()?;
    let help = "close it with a line `}`".to_owned();
    Some((place..place + 1, "`{` is never closed".to_owned(), Some(help)))
}

/// Lines of a flowchart that hold no nodes, or whose words are not looked at.
const NO_NODES: [&str; 10] = [
    "%%",
    "style ",
    "classDef ",
    "class ",
    "click ",
    "linkStyle ",
    "accTitle",
    "accDescr",
    "direction ",
    "subgraph",
];

/// The labels of a flowchart's nodes: `A[words]`, `B("words")`, `C{{words}}`.
fn labels(text: &str, body: usize) -> Option<Problem> {
    let mut at = body;
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let line_begins = at == 0 || text[..at].ends_with('\n');
        let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if line_begins && NO_NODES.iter().any(|it| rest[indent..].starts_with(it)) {
            at += rest.find('\n').map_or(rest.len(), |it| it + 1);
            continue;
        }
        let first = rest.chars().next()?;
        let after_id = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        match first {
            '[' | '(' | '{' if after_id => match label(text, at) {
                Label::Ends(end) => at = end,
                Label::Wrong(problem) => return Some(problem),
                Label::Unclear => return None,
            },
            // `A>words]`, `A@{ shape: circle }`, words in quotes or between bars.
            '>' if after_id => at += rest.find([']', '\n'])? + 1,
            '@' if rest.starts_with("@{") => at += rest.find('}')? + 1,
            '"' => at += 1 + rest[1..].find('"')? + 1,
            '|' => at += 1 + rest[1..].find(['|', '\n'])? + 1,
            '-' | '=' | '~' => at += link(rest)?,
            _ => at += first.len_utf8(),
        }
    }
    None
}

/// The length of a link with its words; one character where there is none. None where its words have no end.
fn link(rest: &str) -> Option<usize> {
    if let Some(found) = LINK.find(rest) {
        return Some(found.end());
    }
    if !["--", "==", "-."].iter().any(|it| rest.starts_with(it)) {
        return Some(1);
    }
    let line = rest.lines().next().unwrap_or_default();
    LINK_END.find_at(line, 2).map(|it| it.end())
}

enum Label {
    /// The byte after it.
    Ends(usize),
    Wrong(Problem),
    /// Nothing is sure any more.
    Unclear,
}

/// The label that opens at a byte.
fn label(text: &str, start: usize) -> Label {
    let marks = |it: &char| matches!(it, '[' | '(' | '{');
    let opening: String = text[start..].chars().take_while(marks).collect();
    let mut at = start + opening.len();
    let closing: String = opening.chars().rev().map(mirror).collect();
    let words = text[at..].trim_start_matches(['/', '\\', ' ', '\t', '\n']);
    let quoted = words.strip_prefix('"');
    if let Some(quoted) = quoted {
        let begin = text.len() - words.len();
        let Some(end) = quoted.find('"') else {
            let message = "`\"` is never closed".to_owned();
            let help = "close the label with a second quote".to_owned();
            return Label::Wrong((begin..begin + 1, message, Some(help)));
        };
        at = begin + end + 2;
    }
    let slanted = text[at..].starts_with(['/', '\\']);
    for (index, c) in text[at..].char_indices() {
        let place = at + index;
        match c {
            ']' | ')' | '}' if text[place..].starts_with(&closing) => {
                return Label::Ends(place + closing.len());
            }
            ']' | ')' | '}' if slanted => return Label::Unclear,
            ']' | ')' | '}' => {
                let message = format!("`{c}` closes a label that `{opening}` opens");
                let help = format!("close the label with `{closing}`, or put its words in quotes");
                return Label::Wrong((place..place + 1, message, Some(help)));
            }
            '[' | '(' | '{' if quoted.is_none() => {
                let message = format!("`{c}` in a label without quotes");
                let help = format!("put the words in quotes: `{opening}\"…\"{closing}`");
                return Label::Wrong((place..place + 1, message, Some(help)));
            }
            // Words behind the quotes are another mistake; a link in a label means that it was forgotten to be closed.
            '"' => return Label::Unclear,
            '\n' if is_next_statement(&text[place + 1..]) => break,
            _ => {}
        }
    }
    let message = format!("`{opening}` is never closed");
    let help = format!("close the label with `{closing}`");
    Label::Wrong((start..start + opening.len(), message, Some(help)))
}

/// Whether a line is more than the rest of a label.
fn is_next_statement(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    // `two[of` and `lines] --> next`: the label goes on up to its bracket.
    let mark = line.find([']', ')', '}', '[', '(', '{']);
    let closed = mark.filter(|&it| !line[it..].starts_with(['[', '(', '{'])).unwrap_or(line.len());
    LINK_END.find(line).is_some_and(|it| it.start() < closed)
        || line.trim() == "end"
        || line.trim_start().starts_with("subgraph")
}

fn mirror(mark: char) -> char {
    match mark {
        '[' => ']',
        '(' => ')',
        _ => '}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, String)> {
        problem(text).map(|(range, message, _)| (&text[range], message))
    }

    #[test]
    fn what_the_renderer_refuses() {
        for (text, words, message) in [
            ("Graph TD\nA-->B\n", "Graph", "`Graph` is no kind of diagram"),
            ("A-->B\n", "A-->B", "`A-->B` is no kind of diagram"),
            ("graph TDD\nA-->B\n", "TDD", "`TDD` is no direction"),
            ("flowchart TD\n  A[lamp (T-1)] --> B\n", "(", "`(` in a label without quotes"),
            ("flowchart TD\n  A[lamp) --> B\n", ")", "`)` closes a label that `[` opens"),
            ("flowchart TD\n  A[lamp --> B\n  C[x] --> D\n", "[", "`[` is never closed"),
            ("flowchart TD\n  A[lamp\n  C --> D\n", "[", "`[` is never closed"),
            ("flowchart TD\n  A[\"lamp] --> B\n", "\"", "`\"` is never closed"),
            ("flowchart TD\n  A([lamp]] --> B\n", "]", "`]` closes a label that `([` opens"),
            ("flowchart TD\n  subgraph x\n  A --> B\n", "subgraph", "`subgraph` is never closed"),
            ("flowchart TD\n  A --> B\nend\n", "end", "`end` closes nothing"),
            ("sequenceDiagram\n  loop night\n  A->>B: x\n", "loop", "`loop` is never closed"),
            ("stateDiagram-v2\n  state X {\n  A --> B\n", "{", "`{` is never closed"),
            ("classDiagram\n  class A {\n  +x\n", "{", "`{` is never closed"),
        ] {
            assert_eq!(found(text), Some((words, message.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_it_draws() {
        for text in [
            "",
            "%% later\n",
            "---\ntitle: x\n---\n%%{init: {\n'theme': 'dark'}\n}%%\nflowchart LR\nA-->B\n",
            "graph TD;\n  A[x]-->B(y); B-->C{z}; C==>D((w)); D-.->E([v]); E---F[(u)]\n",
            "flowchart\n  A[[x]] --> B{{y}} --> C(((z))) --> D>w] --> E[/v\\] --> F[\\u/]\n",
            "flowchart LR\n  A[\"f(x) [y]\"] -- g(h --> B[two\n  lines] -->|yes (ok)| C\n",
            "flowchart LR\n  A@{ shape: cyl, label: \"x (y)\" } --> B:::big\n  style A fill:#f(\n  class A big\n",
            "flowchart LR\n  subgraph one [Title (x)]\n    A & B --> C\n  end\n  C[a<br/>b] --> D[x > y]\n",
            "sequenceDiagram\n  participant box\n  alt a\n  A->>B: end\n  else b\n  B-->>A: x\n  end\n",
            "stateDiagram-v2\n  [*] --> X\n  state X {\n    A --> B\n  }\n  note right of A\n    {\n  end note\n",
            "erDiagram\n  A ||--o{ B : has\n  A {\n    int x\n  }\n",
            "pie title x\n \"a\" : 3\n",
            "newkind-beta\nx\n",
            "newkind\nx\n",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn no_prefix_panics() {
        let text = "flowchart TD\n  ä[\"ö (ü)\"] -- é( --> B{{x}} --> C[(ß\n subgraph …\n x]y|z";
        for end in (0..=text.len()).filter(|&it| text.is_char_boundary(it)) {
            let _ = problem(&text[..end]);
        }
    }
}
