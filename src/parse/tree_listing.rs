//! Reads the trees that people draw of folders (`├── docs/`), and tables of delivered files.
//!
//! A tree's level is told by the column of its branch; a line without a branch that ends with a slash begins a
//! new root. What stands behind the name is a comment.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::model::tree_listing::{Entry, Form, TreeListing};
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// The last branch of a line, with the space behind it.
static BRANCH: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^[\s│┃|\u{a0}]*((?:[├└┣┗╰]|[|+`\\]-)[─━-]*)[\s\u{a0}]+"));

/// Headings whose tables list files that were made.
static DELIVERED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:files?|documents?|scripts?) (?:created|added|delivered|included|provided|written)\b|\b(?:created|new|delivered) (?:files|documents|scripts)\b|\bdeliverables?\b",
    )
});

/// A file's name or path: letters, and an extension.
static FILE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:\.{0,2}/)?(?:[\w.@+\-\[\]()]+/)*[\w.@+\-]*\.[A-Za-z][A-Za-z0-9]{0,7}$"));

/// Most entries of one list: what is longer was made by a program.
const MOST: usize = 2_000;

/// The lists of a page. `text` is the text of its source.
pub(super) fn listings(page: &Page, text: &str) -> Vec<TreeListing> {
    let mut listings = Vec::new();
    let delivered = |start: u32| page.heading_path(start).any(|it| DELIVERED.is_match(&it.text));
    for block in &page.code_blocks {
        let code = text.get(block.span.range()).unwrap_or_default();
        let drawn = code.contains(['├', '└', '┣', '┗', '╰']);
        if drawn || ["|--", "+--", "`--"].iter().any(|it| code.contains(it)) {
            tree(page, text, block.node, &mut listings);
        } else if matches!(block.language.as_str(), "" | "text" | "txt" | "plaintext")
            && delivered(block.span.start)
        {
            listings.extend(lines(page, text, block.node));
        }
    }
    for (index, node) in page.document.nodes.iter().enumerate() {
        match node.kind {
            Kind::Table(_) if delivered(node.start) => listings.extend(table(page, text, index as NodeId)),
            Kind::List(_) if delivered(node.start) => listings.extend(list(page, text, index as NodeId)),
            _ => {}
        }
    }
    listings
}

fn tree(page: &Page, text: &str, block: NodeId, listings: &mut Vec<TreeListing>) {
    let document = &page.document;
    let above = above(page, text, block);
    let new = |root: &str| TreeListing {
        form: Form::Tree,
        above: above.clone(),
        root: root.to_owned(),
        entries: Vec::new(),
    };
    let mut listing = new("");
    // Column and path of the folders that are open.
    let mut open: Vec<(usize, String)> = Vec::new();
    for child in document.children(block) {
        let node = document.node(child);
        let mut at = node.start as usize;
        for line in text.get(node.range()).unwrap_or_default().split_inclusive('\n') {
            let start = at;
            at += line.len();
            let Some(branch) = BRANCH.captures(line) else {
                let name = name(line.trim_start());
                if !line.trim().is_empty() && !line.trim_start().starts_with(['│', '|', '#']) {
                    listings.push(std::mem::replace(&mut listing, new(name.trim_end_matches('/'))));
                    open.clear();
                }
                continue;
            };
            let (Some(whole), Some(mark)) = (branch.get(0), branch.get(1)) else { continue };
            let column = line[..mark.start()].chars().count();
            let name = name(&line[whole.end()..]);
            let plain = name.trim_end_matches('/').trim_start_matches("./");
            open.retain(|it| it.0 < column);
            if plain.is_empty() || listing.entries.len() >= MOST {
                continue;
            }
            let path = open.last().map_or_else(|| plain.to_owned(), |(_, above)| format!("{above}/{plain}"));
            if let Some(parent) =
                listing.entries.iter_mut().rev().take(1).find(|it| path.starts_with(&format!("{}/", it.path)))
            {
                parent.is_dir = true;
            }
            open.push((column, path.clone()));
            listing.entries.push(Entry {
                path,
                span: Span::new(page.source, start + whole.end()..start + whole.end() + name.len()),
                is_dir: name.ends_with('/'),
            });
        }
    }
    listings.push(listing);
    listings.retain(|it| !it.entries.is_empty());
}

/// The name at the start of a text, up to a space or what begins a comment.
fn name(text: &str) -> &str {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '#' | '←' | '→' | '✅' | ',' | ';'))
        .unwrap_or(text.len());
    text[..end].trim_matches(['*', '"', '`', ':'])
}

/// A table whose first column names files; rows that are still open are left out.
fn table(page: &Page, text: &str, table: NodeId) -> Option<TreeListing> {
    let document = &page.document;
    let mut entries = Vec::new();
    for row in document.children(table).filter(|&it| matches!(document.node(it).kind, Kind::TableRow)) {
        let cell = document.children(row).next()?;
        let words = document.plain_text(cell, text);
        let name = words.trim();
        let source = document.node(cell).range();
        let written = text.get(source.clone()).unwrap_or_default();
        let (true, Some(at)) = (FILE.is_match(name), written.find(name)) else { continue };
        if is_open(text.get(document.node(row).range()).unwrap_or_default()) || entries.len() >= MOST {
            continue;
        }
        let start = source.start + at;
        entries.push(Entry {
            path: name.trim_start_matches("./").trim_start_matches('/').to_owned(),
            span: Span::new(page.source, start..start + name.len()),
            is_dir: false,
        });
    }
    let above = above(page, text, table);
    (!entries.is_empty()).then(|| TreeListing { form: Form::Table, root: location(&above), above, entries })
}

/// A list whose items name one file each, in inline code: ``- `backup.sh`: the nightly dump``. Items that are still
/// open are left out.
fn list(page: &Page, text: &str, list: NodeId) -> Option<TreeListing> {
    let document = &page.document;
    let mut entries = Vec::new();
    let mut items = 0;
    for item in document.children(list) {
        items += 1;
        let mut own = document.children(item).collect::<Vec<_>>();
        // A loose item holds a paragraph with what a tight one holds itself.
        if let Some(&first) = own.first().filter(|it| document.node(**it).kind == Kind::Paragraph) {
            own = document.children(first).collect();
        }
        let mut codes = own.iter().filter_map(|&it| match &document.node(it).kind {
            Kind::Code(code) => Some((document.node(it), code)),
            _ => None,
        });
        let (Some((node, name)), None) = (codes.next(), codes.next()) else { continue };
        let line = text.get(node.range().start..).unwrap_or_default().lines().next().unwrap_or_default();
        let Some(at) = text.get(node.range()).and_then(|it| it.find(name.as_ref())) else { continue };
        // What is installed on a machine is not in the repository.
        if name.starts_with('/') || is_open(line) {
            items -= 1;
            continue;
        }
        if !FILE.is_match(name) || entries.len() >= MOST {
            continue;
        }
        let start = node.range().start + at;
        entries.push(Entry {
            path: name.trim_start_matches("./").to_owned(),
            span: Span::new(page.source, start..start + name.len()),
            is_dir: false,
        });
    }
    let above = above(page, text, list);
    let most = entries.len() >= 2 && entries.len() * 2 > items;
    most.then(|| TreeListing { form: Form::Table, root: location(&above), above, entries })
}

/// A code block with a file a line, each perhaps with a comment.
fn lines(page: &Page, text: &str, block: NodeId) -> Option<TreeListing> {
    let document = &page.document;
    let mut entries = Vec::new();
    let mut others = 0;
    for child in document.children(block) {
        let mut at = document.node(child).start as usize;
        for line in text.get(document.node(child).range()).unwrap_or_default().split_inclusive('\n') {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            let name = name(line.trim_start());
            if FILE.is_match(name) && !is_open(line) && entries.len() < MOST {
                let path = name.trim_start_matches("./").trim_start_matches('/').to_owned();
                let span = Span::new(page.source, start..start + name.len());
                entries.push(Entry { path, span, is_dir: false });
            } else if !line.trim().is_empty() {
                others += 1;
            }
        }
    }
    let listing =
        TreeListing { form: Form::Table, above: above(page, text, block), root: String::new(), entries };
    (listing.entries.len() >= 3 && listing.entries.len() > others * 2).then_some(listing)
}

/// Whether a row says that its file is still to come.
fn is_open(row: &str) -> bool {
    let lower = row.to_lowercase();
    [
        "pending",
        "planned",
        "todo",
        "not started",
        "in progress",
        "❌",
        "⏳",
        "deferred",
        "deleted",
        "removed",
        "renamed",
    ]
    .iter()
    .any(|it| lower.contains(it))
}

/// The headings above a block and the block just before it, when that is words.
fn above(page: &Page, text: &str, block: NodeId) -> String {
    let document = &page.document;
    let start = document.node(block).start;
    let mut words: Vec<String> = page.heading_path(start).map(|it| it.text.clone()).collect();
    let before = document.nodes[..block as usize].iter().enumerate().rev().find(|(index, it)| {
        it.subtree_end <= block
            && it.end <= start
            && matches!(it.kind, Kind::Paragraph | Kind::Heading(_))
            && *index < block as usize
    });
    if let Some((index, node)) = before.filter(|(_, it)| matches!(it.kind, Kind::Paragraph)) {
        let said = document.plain_text(index as NodeId, text);
        // A long paragraph is about more than the list; a list far below is not what it speaks of.
        if said.len() < 400 && start - node.end < 40 {
            words.push(said);
        }
    }
    words.join("\n")
}

/// The folder of "Location: `/scripts/`" in the words above.
fn location(above: &str) -> String {
    let Some((_, rest)) = above.rsplit_once("Location") else { return String::new() };
    let path = rest.trim_start_matches([':', ' ', '*', '`']);
    let end = path.find(|c: char| c.is_whitespace() || c == '`').unwrap_or(path.len());
    path[..end].trim_matches('/').to_owned()
}

/// Kept with the page whose lists they are.
pub(super) fn of(page: &Page, text: &str) -> Option<(SourceId, Vec<TreeListing>)> {
    let listings = listings(page, text);
    (!listings.is_empty()).then_some((page.source, listings))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        let paths = |it: &TreeListing| {
            it.entries.iter().map(|it| format!("{}{}", it.path, if it.is_dir { "/" } else { "" })).collect()
        };
        listings(&page, text).iter().map(|it| (it.root.clone(), paths(it))).collect()
    }

    #[test]
    fn branches_of_several_styles() {
        let expected = vec![(
            "shop".to_owned(),
            ["docs/", "docs/a.md", "docs/sub/", "docs/sub/b.md", "run.sh"].map(str::to_owned).to_vec(),
        )];
        for tree in [
            "shop/\n├── docs/          # pages\n│   ├── a.md ✅ (12 lines)\n│   │\n│   └── sub\n│       └── b.md\n└── run.sh\n",
            "shop/\n|-- docs\n|   |-- a.md\n|   `-- sub\n|       `-- b.md\n`-- run.sh\n",
            "shop/\n+-- docs\n|   +-- a.md\n|   \\-- sub/\n|       \\-- b.md\n+-- run.sh\n",
            "shop\n├─ docs/\n│  ├─ a.md\n│  └─ sub/\n│     └─ b.md\n└─ run.sh  (new)\n",
            "shop/\n├──\u{a0}docs/\n│\u{a0}\u{a0} ├── a.md\n│\u{a0}\u{a0} └── sub/\n│\u{a0}\u{a0}     └── b.md\n└── run.sh\n",
        ] {
            assert_eq!(read(&format!("# T\n\n```\n{tree}```\n")), expected, "{tree}");
        }
    }

    #[test]
    fn lists_of_delivered_files() {
        let found = read(
            "## Scripts provided\n\n1. `a.sh`: dumps\n\n2. **Restoring** (`./b/c.sh`)\n\n3. `/usr/bin/d.sh`\n4. `e.sh` (planned)\n\n## Else\n\n- `f.sh`\n- `g.sh`\n\n## Files created\n\n- `h.sh` and `i.sh`\n- some words\n- `k.sh`\n",
        );
        assert_eq!(found, [(String::new(), vec!["a.sh".to_owned(), "b/c.sh".to_owned()])]);
    }

    #[test]
    fn several_roots_and_tables() {
        let found = read(
            "```\ndocs/\n├── a.md\n\nscripts/\n└── b.sh\n```\n\n## Deliverables\n\n**Location**: `/scripts/`\n\n| File | Status |\n|---|---|\n| `backup.sh` | done |\n| `next.sh` | planned |\n| A sentence. | x |\n\n### New files\n\n```\ndocs/c.md   # the plan\n.github/d.yml\nMakefile.am\n```\n",
        );
        let all = [
            ("docs", &["a.md"][..]),
            ("scripts", &["b.sh"]),
            ("", &["docs/c.md", ".github/d.yml", "Makefile.am"]),
            ("scripts", &["backup.sh"]),
        ];
        let owned = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(found, all.map(|(root, paths)| (root.to_owned(), owned(paths))));
    }
}
