//! YAML or JSON → [`Tree`], whichever a file holds, and the builder that both readers share.

use std::ops::Range;

use super::{json, yaml};
use crate::model::tree::{KeySet, Style, Tree, TreeId, TreeKind, TreeProblem};

/// How many mappings and sequences may stand inside each other.
pub const MAX_DEPTH: usize = 256;

/// Reads a file as JSON when [`is_json`], else as YAML.
pub fn parse(path: &str, text: &str) -> (Tree, Vec<TreeProblem>) {
    if !is_json(path, text) {
        return yaml::parse(text, 0..text.len());
    }
    // Our own reader is several times faster and has the better messages, but flow style may look like JSON.
    let json = json::parse(text, 0..text.len());
    if !json.1.is_empty() && !has_json_name(path) {
        let yaml = yaml::parse(text, 0..text.len());
        if yaml.1.is_empty() {
            return yaml;
        }
    }
    json
}

/// Whether a file is to be read as JSON: by its name, or because it begins with a bracket and a quote.
pub fn is_json(path: &str, text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    has_json_name(path)
        || start.strip_prefix(['{', '[']).is_some_and(|rest| {
            rest.trim_start_matches(|it: char| it.is_whitespace() || it == '{' || it == '[').starts_with('"')
        })
}

fn has_json_name(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".json")
}

/// Puts a tree together from what a reader meets, in the order of the text.
#[derive(Default)]
pub(super) struct Builder {
    tree: Tree,
    open: Vec<Open>,
    /// The children of all open nodes, one node's after another's.
    children: Vec<TreeId>,
}

struct Open {
    id: TreeId,
    first_child: usize,
}

/// What [`Builder::open`] begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    Mapping,
    Sequence,
}

impl Builder {
    /// Adds a scalar.
    pub(super) fn scalar(&mut self, style: Style, value: Option<Box<str>>, span: Range<usize>) -> TreeId {
        self.add(TreeKind::Scalar(style, value), span)
    }

    /// Adds an alias.
    pub(super) fn alias(&mut self, target: TreeId, span: Range<usize>) {
        self.add(TreeKind::Alias(target), span);
    }

    /// Begins a mapping or sequence; none when it would be too deep.
    pub(super) fn open(&mut self, collection: Collection, span: Range<usize>) -> Option<TreeId> {
        if self.open.len() >= MAX_DEPTH {
            return None;
        }
        let id = self.add(
            match collection {
                Collection::Mapping => TreeKind::Mapping(Box::default(), KeySet::ANY),
                Collection::Sequence => TreeKind::Sequence(Box::default()),
            },
            span,
        );
        self.open.push(Open { id, first_child: self.children.len() });
        Some(id)
    }

    /// Ends the innermost mapping or sequence. Without an end, its last child ends it.
    pub(super) fn close(&mut self, end: Option<usize>) {
        let Some(Open { id, first_child }) = self.open.pop() else { return };
        let mut children = self.children.split_off(first_child);
        let is_mapping = matches!(self.tree.node(id).kind, TreeKind::Mapping(..));
        if is_mapping && children.len() % 2 == 1 {
            // The text broke off after a key.
            let end = self.tree.node(children[children.len() - 1]).span.end;
            children.push(self.tree.push(TreeKind::Scalar(Style::Plain, None), end..end));
        }
        let last = children.last().map(|&it| self.tree.node(it).span.end);
        let node = self.tree.node_mut(id);
        node.span.end = end.map(|it| it as u32).or(last).unwrap_or(node.span.end).max(node.span.end);
        node.kind = match is_mapping {
            true => {
                TreeKind::Mapping(children.chunks_exact(2).map(|it| (it[0], it[1])).collect(), KeySet::ANY)
            }
            false => TreeKind::Sequence(children.into_boxed_slice()),
        };
    }

    /// Ends what is open; the next node begins another document.
    pub(super) fn end_document(&mut self) {
        while !self.open.is_empty() {
            self.close(None);
        }
    }

    /// The tree.
    pub(super) fn finish(mut self, text: &str) -> Tree {
        self.end_document();
        self.tree.index(text);
        self.tree
    }

    fn add(&mut self, kind: TreeKind, span: Range<usize>) -> TreeId {
        let id = self.tree.push(kind, span.start as u32..span.end as u32);
        match self.open.is_empty() {
            true => self.tree.add_document(id),
            false => self.children.push(id),
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tree::View;

    const FIXTURES: &[(&str, &str)] = &[
        ("service.yaml", include_str!("tree/service.yaml")),
        ("service.json", include_str!("tree/service.json")),
        (
            "crlf.yaml",
            "\u{feff}# größe\r\na: |-\r\n  x\r\n\r\n  ü\r\nb:\t'c'\r\n---\r\n- [1, {2: 3}]\r\n- \"a\\\r\n  b\"\r\n...\r\n",
        ),
        ("flow.yaml", "{a: [1, 2,], 'b': \"c: d\", e: , ? f : g}\n"),
        ("anchors.yaml", "a: &a {x: *a}\nb: &b [*a, *b, *c]\n<<: [*a, {y: 1}]\n? [k]\n: v\n*a : z\n"),
    ];

    #[test]
    fn json_in_a_yaml_file_is_read_and_so_is_flow_style() {
        for text in ["{\"a\": {\"b\": 1}}", "{a: {b: 1}}", "\u{feff} {'a': {\"b\": 1}} # c"] {
            let (tree, problems) = parse("a.yaml", text);
            assert_eq!(problems, [], "{text}");
            assert_eq!(tree.root(text).unwrap().pointer("/a/b").unwrap().as_i64(), Some(1), "{text}");
        }
        assert_eq!(parse("a.JSON", "a: 1").1.len(), 2);
    }

    #[test]
    fn any_prefix_is_read_with_spans_in_range() {
        for (path, text) in FIXTURES {
            for end in (0..=text.len()).filter(|&it| text.is_char_boundary(it)) {
                let prefix = &text[..end];
                for (tree, problems) in
                    [parse(path, prefix), yaml::parse(text, 0..end), json::parse(prefix, 0..end)]
                {
                    assert!(
                        problems
                            .iter()
                            .all(|it| prefix.get(it.span.start as usize..it.span.end as usize).is_some())
                    );
                    for view in tree.nodes(prefix) {
                        let _ =
                            (&prefix[view.span()], &prefix[view.content_span()], view.kind(), view.as_f64());
                        let _ = (view.to_json(100), view.members().count(), view.get("a"), view.as_i64());
                        for child in view.items().chain(view.entries().flat_map(|(key, value)| [key, value]))
                        {
                            let outer = tree.view(view.id(), prefix).span();
                            assert!(
                                outer.start <= child.span().start && child.span().end <= outer.end,
                                "{prefix:?}"
                            );
                        }
                    }
                    let _ = tree.duplicate_keys(prefix).count();
                }
            }
        }
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "reads more files from the folder that the environment names"
    )]
    fn every_scalar_stands_where_its_span_says() {
        for (path, text) in FIXTURES {
            check_scalars(path, text);
        }
        let mut folders: Vec<_> =
            std::env::var_os("DOCWRIGHT_SPECS").map(std::path::PathBuf::from).into_iter().collect();
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
                let name = path.to_string_lossy().into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if name.ends_with(".yaml") || name.ends_with(".json") {
                    check_scalars(&name, &std::fs::read_to_string(&path).unwrap());
                }
            }
        }
    }

    fn check_scalars(path: &str, text: &str) {
        let (tree, _) = parse(path, text);
        let (mut scalars, mut quoted) = (0, 0);
        for view in tree.nodes(text).filter(|it| !it.is_alias()) {
            let TreeKind::Scalar(style, _) = tree.node(view.id()).kind else { continue };
            let words = &text[view.span()];
            let value = view.as_str().unwrap();
            let same = match style {
                Style::Quoted if words.starts_with('"') => {
                    quoted += 1;
                    let json: Option<String> = serde_json::from_str(words).ok();
                    json.is_some_and(|it| it == value) || read_again(words) == value
                }
                Style::Quoted if words.starts_with('\'') => read_again(words) == value,
                // Folding and indentation change white space only.
                Style::Plain => words.trim() == words && without_space(words) == without_space(&value),
                _ => without_space(words) == without_space(&value),
            };
            assert!(same, "{path}: {words:?} is not {value:?}");
            scalars += 1;
        }
        eprintln!("{path}: {scalars} scalars, {quoted} in double quotes");
    }

    fn read_again(words: &str) -> String {
        let (tree, problems) = yaml::parse(words, 0..words.len());
        assert_eq!(problems, [], "{words}");
        tree.root(words).and_then(View::as_str).unwrap_or_default().into_owned()
    }

    fn without_space(text: &str) -> String {
        text.split_whitespace().collect()
    }
}
