//! The words of a diagram that its readers must find in the drawing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::chain;

use crate::pattern::compiled;

/// Lines that say what the page's own style says: colours, and links, which are told beside the diagram.
const LOOKS: [&str; 8] =
    ["accDescr", "accTitle", "class ", "classDef ", "click ", "cssClass ", "linkStyle ", "style "];

/// `:::name` behind a node.
static CLASS: LazyLock<Regex> = LazyLock::new(|| compiled(r":::[\w-]+"));
/// Line breaks, which are no words.
static BREAK: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)<br\s*/?>"));
/// What stands in the brackets of a node, between the bars of a link, in quotes, or on a link.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r#""([^"]+)"|\|([^|]+)\||\[([^\[\]]+)\]|\{([^{}]+)\}|\(([^()]+)\)|--\s+(\w[^->|]*?)\s+--"#)
});
/// Words on a link in the older way of writing, which the renderer reads in fewer places.
static ON_LINK: LazyLock<Regex> = LazyLock::new(|| compiled(r#"--\s+([\w][^->|"\[\](){}]*?)\s+--([>xo-])?"#));
/// What begins a block of a sequence.
static BLOCK: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^\s*(?:alt|else|opt|loop|par|and|critical|option|break)\b(.*)$"));

/// A diagram without front matter, comments, directives and looks.
pub(super) fn plain(source: &str) -> String {
    let mut plain = String::with_capacity(source.len());
    let mut in_front_matter = false;
    let mut in_directive = false;
    let mut is_class_diagram = false;
    let mut is_flowchart = false;
    for line in source.lines() {
        let words = line.trim();
        if words == "---" && (in_front_matter || plain.is_empty()) {
            in_front_matter = !in_front_matter;
            continue;
        }
        in_directive |= words.starts_with("%%{");
        let skipped = in_front_matter || in_directive || words.starts_with("%%");
        in_directive &= !words.ends_with("}%%");
        is_class_diagram |= words.starts_with("classDiagram");
        is_flowchart |= plain.is_empty() && (words.starts_with("graph") || words.starts_with("flowchart"));
        let looks = LOOKS.iter().any(|it| words.starts_with(it) && !(*it == "class " && is_class_diagram));
        if skipped || looks || (plain.is_empty() && words.is_empty()) {
            continue;
        }
        // The older way to break a line.
        let line = line.replace("\\n", "<br/>");
        let line = CLASS.replace_all(&line, "");
        let line = ON_LINK.replace_all(&line, |it: &Captures<'_>| {
            format!("--{}|{}|", it.get(2).map_or("-", |it| it.as_str()), &it[1])
        });
        match chain::split(&line).filter(|_| is_flowchart) {
            Some(links) => plain.push_str(&links),
            None => {
                plain.push_str(&line);
                plain.push('\n');
            }
        }
    }
    plain
}

/// The first word of the labels that is not among the drawn ones.
pub(super) fn missing(plain: &str, kind: &str, drawn: &BTreeSet<String>) -> Option<String> {
    plain.lines().skip(1).find_map(|line| {
        let line = BREAK.replace_all(line, " ");
        labels(&line, kind).iter().find_map(|label| words(label).find(|it| !drawn.contains(it)))
    })
}

fn labels(line: &str, kind: &str) -> Vec<String> {
    if matches!(kind, "sequenceDiagram") {
        let name = line.split_once(" as ").map(|it| it.1);
        let block = BLOCK.captures(line).and_then(|it| it.get(1)).map(|it| it.as_str());
        let message = line.split_once(':').map(|it| it.1);
        return [name, block, message].into_iter().flatten().map(str::to_owned).collect();
    }
    let mut found: Vec<String> = LABEL
        .captures_iter(line)
        .filter_map(|it| it.iter().skip(1).flatten().next().map(|it| it.as_str().to_owned()))
        .collect();
    let told = kind.starts_with("state") || kind.starts_with("er") || kind.starts_with("class");
    found.extend(line.split_once(':').filter(|_| told && !line.contains('"')).map(|it| it.1.to_owned()));
    found
}

/// Words of at least two characters, in lower case. Entities are no words.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|it| it.chars().nth(1).is_some()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_left_out() {
        let source = "---\ntitle: x\n---\n%%{init: {\n'a': 1}}%%\ngraph TD\n%% remark\nclassDef red fill:#f00\na:::red --> b\n";
        assert_eq!(plain(source), "graph TD\na --> b\n");
        assert_eq!(
            plain("graph TD\na -- on fire --> b -- next --- c\n"),
            "graph TD\na -->|on fire| b\nb ---|next| c\n"
        );
    }

    #[test]
    fn the_words_of_labels_must_be_drawn() {
        let drawn: BTreeSet<String> = ["load", "balancer", "yes"].map(str::to_owned).into();
        let gone = |line: &str, kind| missing(&format!("{kind}\n{line}"), kind, &drawn);
        assert_eq!(gone("lb[Load<br/>balancer] -->|yes| db", "graph"), None);
        assert_eq!(gone("lb[(Ledger)] -- no --> x", "graph"), Some("ledger".to_owned()));
        assert_eq!(gone("A->>B: yes", "sequenceDiagram"), None);
        assert_eq!(gone("else timeout", "sequenceDiagram"), Some("timeout".to_owned()));
        assert_eq!(gone("Up --> Down : failure", "stateDiagram-v2"), Some("failure".to_owned()));
    }
}
