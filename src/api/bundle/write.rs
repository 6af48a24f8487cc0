//! Writes the values of a bundled spec anew, as YAML or JSON. Numbers stay as they were written.

use super::plan::{Inlined, Place, Plan};
use crate::model::spec::{Node, Version};
use crate::model::tree::{ValueKind, View};

/// How deep values may stand inside each other.
const MAX_DEPTH: usize = 300;

/// How many values a document may have; aliases can make more of it than its text holds.
const BUDGET: usize = 5_000_000;

/// What a bundle is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::api) enum Out {
    /// Null, a boolean or a number, in a form that JSON has too.
    Plain(String),
    Text(String),
    List(Vec<Out>),
    Mapping(Vec<(String, Out)>),
}

/// Makes values of nodes.
struct Maker<'p, 'a> {
    plan: &'p Plan<'a>,
    left: usize,
    /// What is being inlined.
    open: Vec<Place>,
}

/// The whole document with its components; none when it has no end.
pub(super) fn document(plan: &Plan<'_>) -> Option<Out> {
    let mut maker = Maker { plan, left: BUDGET, open: Vec::new() };
    let mut root = maker.value(plan.root, MAX_DEPTH)?;
    for it in &plan.components {
        let value = maker.value(plan.node(it.place), MAX_DEPTH)?;
        let owner = match plan.spec.edition {
            Version::V2 => &mut root,
            _ => root.entry("components")?,
        };
        owner.entry(it.section)?.insert(&it.name, value);
    }
    Some(root)
}

/// A value of the spec; none when it has no end.
pub(super) fn value(plan: &Plan<'_>, node: Node<'_>) -> Option<Out> {
    let mut maker = Maker { plan, left: BUDGET, open: Vec::new() };
    let node = plan.node((node.file, node.view.id()));
    maker.value(node, MAX_DEPTH)
}

/// A value of a tree as it stands; none when it has no end.
pub(super) fn read(view: View<'_>) -> Option<Out> {
    plain(view, MAX_DEPTH, &mut { BUDGET })
}

fn plain(view: View<'_>, depth: usize, left: &mut usize) -> Option<Out> {
    *left = left.checked_sub(1)?;
    let below = depth.checked_sub(1)?;
    if view.is_sequence() {
        let items: Option<Vec<Out>> = view.items().map(|it| plain(it, below, left)).collect();
        return items.map(Out::List);
    }
    if !view.is_mapping() {
        return Some(scalar(view));
    }
    let mut members = Vec::new();
    for (key, value) in view.members() {
        members.push((key.as_str().unwrap_or_default().into_owned(), plain(value, below, left)?));
    }
    Some(Out::Mapping(members))
}

impl Out {
    /// The mapping at a key, made where it is missing; none where something else stands there.
    fn entry(&mut self, key: &str) -> Option<&mut Out> {
        let Out::Mapping(members) = self else { return None };
        let at = match members.iter().position(|(name, _)| name == key) {
            Some(at) => at,
            None => {
                members.push((key.to_owned(), Out::Mapping(Vec::new())));
                members.len() - 1
            }
        };
        let (_, value) = members.get_mut(at)?;
        if matches!(value, Out::Plain(_)) {
            *value = Out::Mapping(Vec::new());
        }
        Some(value)
    }

    fn insert(&mut self, key: &str, value: Out) {
        if let Out::Mapping(members) = self {
            members.push((key.to_owned(), value));
        }
    }

    /// A JSON value; keys in their order.
    pub(in crate::api) fn of_json(value: &serde_json::Value) -> Out {
        use serde_json::Value;
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => Out::Plain(value.to_string()),
            Value::String(text) => Out::Text(text.clone()),
            Value::Array(items) => Out::List(items.iter().map(Out::of_json).collect()),
            Value::Object(members) => {
                Out::Mapping(members.iter().map(|(key, it)| (key.clone(), Out::of_json(it))).collect())
            }
        }
    }

    /// As a whole document.
    pub(in crate::api) fn text(&self, language: Language) -> String {
        let mut out = String::new();
        match language {
            Language::Json => {
                self.json(0, &mut out);
                out.push('\n');
            }
            Language::Yaml => {
                self.yaml(0, &mut out);
                if !out.ends_with('\n') {
                    out.push('\n');
                }
            }
        }
        out
    }

    /// As JSON on several lines.
    pub(in crate::api) fn json(&self, depth: usize, out: &mut String) {
        let indent = |out: &mut String, depth: usize| out.extend(std::iter::repeat_n("  ", depth));
        match self {
            Out::Plain(text) => out.push_str(text),
            Out::Text(text) => out.push_str(&quoted(text)),
            Out::List(items) if items.is_empty() => out.push_str("[]"),
            Out::Mapping(members) if members.is_empty() => out.push_str("{}"),
            Out::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "\n" } else { ",\n" });
                    indent(out, depth + 1);
                    item.json(depth + 1, out);
                }
                out.push('\n');
                indent(out, depth);
                out.push(']');
            }
            Out::Mapping(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "\n" } else { ",\n" });
                    indent(out, depth + 1);
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.json(depth + 1, out);
                }
                out.push('\n');
                indent(out, depth);
                out.push('}');
            }
        }
    }

    /// As YAML in block style from a column on; the first line stands where the text ends.
    pub(super) fn yaml(&self, column: usize, out: &mut String) {
        let indent = |out: &mut String| out.extend(std::iter::repeat_n(' ', column));
        match self {
            Out::Plain(text) => out.push_str(text),
            Out::Text(text) => yaml_text(text, column, out),
            Out::List(items) if items.is_empty() => out.push_str("[]"),
            Out::Mapping(members) if members.is_empty() => out.push_str("{}"),
            Out::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        new_line(out);
                        indent(out);
                    }
                    out.push_str("- ");
                    item.yaml(column + 2, out);
                }
            }
            Out::Mapping(members) => {
                for (at, (key, value)) in members.iter().enumerate() {
                    if at > 0 {
                        new_line(out);
                        indent(out);
                    }
                    out.push_str(&yaml_word(key));
                    out.push(':');
                    match value {
                        Out::List(items) if !items.is_empty() => value.below(column + 2, out),
                        Out::Mapping(members) if !members.is_empty() => value.below(column + 2, out),
                        _ => {
                            out.push(' ');
                            value.yaml(column + 2, out);
                        }
                    }
                }
            }
        }
    }

    fn below(&self, column: usize, out: &mut String) {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', column));
        self.yaml(column, out);
    }
}

fn new_line(out: &mut String) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

/// A text in quotes that YAML and JSON both read.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether JSON can hold a number as it was written.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_at(digits.bytes().take_while(u8::is_ascii_digit).count());
    let is_whole = !whole.is_empty() && (whole == "0" || !whole.starts_with('0'));
    let (fraction, exponent) = match rest.split_once(['e', 'E']) {
        Some((fraction, exponent)) => (fraction, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (rest, None),
    };
    let all_digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    is_whole
        && (fraction.is_empty() || fraction.strip_prefix('.').is_some_and(all_digits))
        && exponent.is_none_or(all_digits)
}

/// A word as it is where nothing in it means something to YAML, else in quotes.
fn yaml_word(key: &str) -> String {
    let is_plain = !key.is_empty()
        && key.starts_with(|it: char| it.is_ascii_alphabetic() || matches!(it, '/' | '_' | '$'))
        && key.chars().all(|it| it.is_ascii_alphanumeric() || "/_$.-{}".contains(it))
        && !matches!(
            key.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if is_plain { key.to_owned() } else { quoted(key) }
}

/// A text: on several lines where it has some and block style can hold it, else in quotes.
fn yaml_text(text: &str, column: usize, out: &mut String) {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let fits = text.contains('\n')
        && !body.is_empty()
        && !body.ends_with('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && text.chars().all(|it| {
            it == '\n' || (!it.is_control() && !matches!(it, '\u{2028}' | '\u{2029}' | '\u{feff}'))
        });
    if !fits {
        out.push_str(&yaml_word(text));
        return;
    }
    out.push_str(if text.ends_with('\n') { "|" } else { "|-" });
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', column));
            out.push_str(line);
        }
    }
}

impl<'a> Maker<'_, 'a> {
    fn value(&mut self, node: Node<'a>, depth: usize) -> Option<Out> {
        self.left = self.left.checked_sub(1)?;
        let below = depth.checked_sub(1)?;
        let place = node.identity();
        match self.plan.inlined.get(&place) {
            Some(Inlined::Text(text)) => return Some(Out::Text(text.clone())),
            Some(Inlined::Value(target)) if !self.open.contains(target) => {
                self.open.push(*target);
                let value = self.value(self.plan.node(*target), below);
                self.open.pop();
                return self.with_siblings(node, value?, below);
            }
            _ => {}
        }
        if node.view.is_sequence() {
            let mut items = Vec::new();
            for item in node.items() {
                items.push(self.value(item, below)?);
            }
            return Some(Out::List(items));
        }
        if node.view.is_mapping() {
            return Some(Out::Mapping(self.members(node, below)?));
        }
        Some(match self.plan.pointers.get(&(node.file, node.view.written_id())) {
            Some(pointer) => Out::Text(pointer.clone()),
            None => scalar(node.view),
        })
    }

    fn members(&mut self, node: Node<'a>, depth: usize) -> Option<Vec<(String, Out)>> {
        let mut members = Vec::new();
        for (key, value) in node.members() {
            members.push((key.text().unwrap_or_default().into_owned(), self.value(value, depth)?));
        }
        Some(members)
    }

    /// What stands beside a `$ref` that is replaced goes before what it leads to.
    fn with_siblings(&mut self, node: Node<'a>, value: Out, depth: usize) -> Option<Out> {
        let Out::Mapping(target) = value else { return Some(value) };
        let mut members = self.members(node, depth)?;
        members.retain(|(key, _)| key != "$ref");
        for (key, value) in target {
            if !members.iter().any(|(known, _)| *known == key) {
                members.push((key, value));
            }
        }
        Some(Out::Mapping(members))
    }
}

fn scalar(view: View<'_>) -> Out {
    let text = view.as_str().unwrap_or_default().into_owned();
    match view.kind() {
        ValueKind::String => Out::Text(text),
        _ if is_json_number(&text) => Out::Plain(text),
        _ => match view.to_json(1) {
            Some(serde_json::Value::String(text)) => Out::Text(text),
            Some(value) => Out::Plain(value.to_string()),
            None => Out::Plain("null".to_owned()),
        },
    }
}
