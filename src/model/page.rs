//! One Markdown document with the things rules and the renderer ask for by name.

use std::collections::HashMap;

use super::Dialect;
use super::code::{CodeProblem, Command, Language};
use super::document::{Document, Kind, NodeId};
use super::document_type::ToldBy;
use super::tree::{Tree, View};
use crate::source::{SourceId, Span};

/// One Markdown document.
#[derive(Debug)]
pub struct Page {
    /// Where it was read from.
    pub source: SourceId,
    /// Whether it belongs to the book, and so becomes a page of the site.
    pub in_book: bool,
    /// Front matter `title`, else the first heading of level 1, else the first heading, else the file's name.
    pub title: String,
    /// The kind of document, e.g. `dr-plan`.
    pub document_type: Option<String>,
    /// What told the kind.
    pub told_by: Option<ToldBy>,
    /// Who looks after the page or what it is about, as it says itself.
    pub owners: Vec<Span>,
    /// The YAML block at the top.
    pub front_matter: Option<FrontMatter>,
    /// Blocks and inlines.
    pub document: Document,
    /// In the order of the text; headings inside quotes and items included, raw HTML headings not.
    pub headings: Vec<Heading>,
    /// Links, images and the targets in raw HTML, in the order of the text; then the reference definitions.
    pub links: Vec<Link>,
    /// `[text][label]` without a definition of the label, in the order of the text.
    pub undefined_references: Vec<UndefinedReference>,
    /// In the order of the text.
    pub code_blocks: Vec<CodeBlock>,
    /// The commands in the shell blocks, in the order of the text.
    pub commands: Vec<Command>,
    /// What is wrong with code blocks, in the order of the blocks.
    pub code_problems: Vec<CodeProblem>,
    /// Every id that a fragment can name, with the place that makes it.
    pub anchors: HashMap<String, Anchor>,
    /// Whether a generator puts in parts that stand in other files or in code: its headings are not all known.
    pub composed: bool,
}

/// The YAML block between `---` lines at the top of a page.
#[derive(Debug)]
pub struct FrontMatter {
    /// The block with its fences.
    pub span: Span,
    /// Its mapping; spans count from the start of the file.
    pub tree: Tree,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Its node.
    pub node: NodeId,
    /// 1 to 6.
    pub level: u8,
    /// The index of the heading above it: the nearest before it of a higher level.
    pub parent: Option<u32>,
    /// The plain words, as GitHub counts them for the anchor, without a `{#id}` at the end.
    pub text: String,
    /// The id of the heading on the site: GitHub's slug, or the one written as `{#id}`.
    pub anchor: String,
    /// The words without the `#` marks.
    pub span: Span,
}

/// Where an anchor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The index of a heading.
    Heading(u32),
    /// `id` or `name` in raw HTML.
    Html(Span),
    /// A footnote's definition, by its node.
    Footnote(NodeId),
    /// An item of a numbered list, by its node.
    Step(NodeId),
    /// A target as generators write it: `(id)=` of MyST, `{#id}` of Python-Markdown behind a link or a paragraph.
    Target(Span),
    /// The id that mdBook gives to a heading or a term, where that is another one, by its node.
    Alias(NodeId),
    /// A place of the page that only its readers see: in a part from another file, or behind a value.
    Composed,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](dest)`
    Inline,
    /// `[text][label]`, `[label][]` or `[label]` with a definition.
    Reference,
    /// `<https://…>`
    Autolink,
    /// `<a@b.example>`; the destination is the address without `mailto:`.
    Email,
    /// `![alt](src)`
    Image,
    /// `![alt][label]`
    ImageReference,
    /// `[label]: dest`, used or not.
    Definition,
    /// `href` in raw HTML.
    HtmlLink,
    /// `src` in raw HTML.
    HtmlImage,
}

impl LinkKind {
    /// Whether it shows a picture, a film or a sound in the page.
    pub fn is_image(self) -> bool {
        matches!(self, LinkKind::Image | LinkKind::ImageReference | LinkKind::HtmlImage)
    }
}

/// Something that points somewhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Its node; none for a definition, the raw HTML node for HTML.
    pub node: Option<NodeId>,
    /// The destination with escapes and entities decoded, percent escapes left alone.
    pub dest: String,
    /// The whole link, as written.
    pub span: Span,
    /// The destination as written; the definition's for a reference link, the whole link where it cannot
    /// be told.
    pub dest_span: Span,
    /// The title in quotes.
    pub title: String,
}

/// A reference link whose label is defined nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndefinedReference {
    /// The label.
    pub label: String,
    /// The whole link, as written.
    pub span: Span,
}

/// A code block.
#[derive(Debug, Clone)]
pub struct CodeBlock {
    /// Its node.
    pub node: NodeId,
    /// Whether it has fences; indented otherwise.
    pub fenced: bool,
    /// Whether a fence closes it (true for indented ones).
    pub closed: bool,
    /// All words after the opening fence.
    pub info: String,
    /// The first word of `info`, lower case, without attributes: `rust,ignore` and `rust {1}` give `rust`.
    pub language: String,
    /// The whole block with its fences.
    pub span: Span,
    /// The info string.
    pub info_span: Span,
    /// What it is written in, beyond doubt: of an untagged block, and of a tagged one where that is not what its
    /// tag says.
    pub looks_like: Option<Language>,
    /// The diagram that it is, as SVG that may stand in a page.
    pub drawing: Option<Box<str>>,
}

/// The letters and digits of a heading with hyphens for all that stands between them, as Hugo and VitePress do it.
fn dashed(text: &str) -> String {
    let lower = text.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric());
    parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-")
}

/// A slug without the hyphens that punctuation leaves behind.
fn collapse(text: &str) -> String {
    let parts = text.split(|c: char| c == '-' || c.is_whitespace());
    parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-")
}

impl Page {
    /// The heading that is the page's title: the first of level 1, else the one that opens the page, whatever its
    /// level, where the page is called by it.
    pub fn title_heading(&self) -> Option<usize> {
        self.headings.iter().position(|it| it.level == 1).or_else(|| {
            let opens = self.document.node(self.document.roots().next()?).kind == Kind::Heading(0);
            (opens && self.headings.first()?.text == self.title).then_some(0)
        })
    }

    /// Whether a fragment names something on the page, in GitHub's way or in that of the book's generator.
    /// Capitals do not count.
    pub fn has_anchor(&self, id: &str, dialect: Dialect) -> bool {
        if self.anchors.contains_key(id) {
            return true;
        }
        let lower = id.to_lowercase();
        // Python-Markdown tells equal headings apart by `_1`, `_2`.
        let numbered = lower.rsplit_once('_').filter(|(_, it)| it.parse::<u32>().is_ok());
        let numbered = numbered.filter(|_| dialect == Dialect::MkDocs).map(|(id, it)| format!("{id}-{it}"));
        // The lengths first: a page may have thousands of anchors and as many links.
        let same = |it: &str, id: &str| it.len().abs_diff(id.len()) <= 2 && it.to_lowercase() == id;
        if self.anchors.keys().any(|it| same(it, &lower) || numbered.as_ref().is_some_and(|id| same(it, id)))
        {
            return true;
        }
        // Python-Markdown, mdBook and others differ from GitHub where punctuation leaves hyphens behind.
        let collapsed = collapse(&lower);
        dialect != Dialect::Plain
            && self.headings.iter().any(|it| {
                it.anchor.len() >= collapsed.len() && collapse(&it.anchor).trim_matches('_') == collapsed
                    || it.text.len() >= collapsed.len() && dashed(&it.text) == collapsed
            })
    }

    /// The headings above a byte, outermost first.
    pub fn heading_path(&self, offset: u32) -> impl Iterator<Item = &Heading> {
        let mut path: Vec<&Heading> = Vec::new();
        let before = self.headings.partition_point(|it| it.span.start <= offset);
        let mut next = before.checked_sub(1);
        while let Some(heading) = next.and_then(|it| self.headings.get(it)) {
            path.push(heading);
            next = heading.parent.map(|it| it as usize);
        }
        path.into_iter().rev()
    }

    /// The words of a code block, without the indentation of a list or quote around it.
    pub fn code(&self, block: &CodeBlock, source: &str) -> String {
        self.document.plain_text(block.node, source)
    }
}

impl FrontMatter {
    /// The text of a key, e.g. `title`. `text` is the text of the page's source.
    pub fn get(&self, text: &str, key: &str) -> Option<String> {
        self.root(text)?.get(key)?.as_str().map(|it| it.into_owned())
    }

    /// Its mapping.
    pub fn root<'a>(&'a self, text: &'a str) -> Option<View<'a>> {
        self.tree.root(text)
    }
}
