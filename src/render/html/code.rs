//! Code blocks: a figure with a title or the language above the words, in colour.

use std::borrow::Cow;

use super::Writer;
use super::escape::{attribute_into, escape_into};
use super::fence::Fence;
use super::inline::formula_box;
use crate::model::document::{Kind, NodeId};
use crate::render::highlight;

impl Writer<'_, '_> {
    /// Writes a code block, with its neighbours where they are tabs.
    pub(super) fn code_block(&mut self, id: NodeId, index: usize) -> bool {
        let Some((fence, _)) = self.fence(id) else { return false };
        if fence.tab.is_empty() || self.below.is_some() {
            self.figure(index, &fence);
            return false;
        }
        let mut tabs = vec![(fence, index)];
        let end = self.frames.last().map_or(self.page.document.nodes.len() as NodeId, |it| it.end);
        let mut next = self.page.document.node(id).subtree_end;
        while next < end
            && let Some((fence, index)) = self.fence(next)
            && !fence.tab.is_empty()
        {
            tabs.push((fence, index));
            next = self.page.document.node(next).subtree_end;
        }
        self.skip = next;
        let titles: Vec<&str> = tabs.iter().map(|it| it.0.tab.as_str()).collect();
        let group = self.open_tabs(&titles);
        for (at, (fence, index)) in tabs.iter().enumerate() {
            self.open_tab(group, at, &fence.tab);
            self.figure(*index, fence);
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</fieldset>\n");
        false
    }

    /// The fence of a code block and the block's index; none for any other node.
    fn fence(&self, id: NodeId) -> Option<(Fence, usize)> {
        let Kind::CodeBlock(index) = self.page.document.node(id).kind else { return None };
        let index = index as usize;
        Some((Fence::of(self.page.code_blocks.get(index)?, &self.links.hidelines), index))
    }

    fn figure(&mut self, index: usize, fence: &Fence) {
        let Some(block) = self.page.code_blocks.get(index) else { return };
        let code = self.page.code(block, self.text);
        if let Some(mathml) = block.drawing.as_deref().filter(|_| block.language == "math") {
            self.out.push_str("<p>");
            formula_box(&mut self.out, "math", mathml);
            self.out.push_str("</p>\n");
            return;
        }
        // Its source stands below: for those who cannot see it, and to copy.
        if let Some(drawing) = block.drawing.as_deref().filter(|_| self.below.is_none()) {
            self.out.push_str("<figure class=\"diagram\">");
            if !fence.title.is_empty() {
                self.out.push_str("<figcaption>");
                escape_into(&mut self.out, &fence.title);
                self.out.push_str("</figcaption>");
            }
            self.out
                .push_str(&format!("<div class=\"canvas\" tabindex=\"0\">{drawing}</div><details><summary>"));
            escape_into(&mut self.out, self.links.says.get("as-text"));
            self.out.push_str("</summary>");
            write(&mut self.out, &code, &block.language, &Fence::default(), None);
            self.out.push_str("</details></figure>\n");
            return;
        }
        let note = fence.note.map(|it| self.links.says.get(it));
        write(&mut self.out, &code, &block.language, fence, note);
    }
}

/// Appends a code block with a title that says all about it.
pub(in crate::render) fn write_code(out: &mut String, code: &str, language: &str, title: &str) {
    let caption = if title.is_empty() { language } else { title };
    open(out, language, &[("", caption)]);
    write_tokens(out, code, language, |_| None);
    out.push_str("</code></pre></figure>\n");
}

/// Appends a code block as its fence wants it, with a note on the code.
fn write(out: &mut String, code: &str, language: &str, fence: &Fence, note: Option<&str>) {
    let note = note.unwrap_or_default();
    match fence.title.is_empty() {
        true => open(out, language, &[("", language), ("note", note)]),
        false => open(out, language, &[("", &fence.title), ("note", note), ("lang", language)]),
    }
    let (code, hidden) = match &fence.hidden {
        Some(prefix) => hide(code, prefix, language == "rust"),
        None => (Cow::Borrowed(code), Vec::new()),
    };
    let is_diff = matches!(language, "diff" | "patch" | "udiff");
    let own_lines = fence.has_lines() || is_diff || !hidden.is_empty();
    write_tokens(out, &code, language, |line| {
        own_lines.then(|| {
            let words = line.words;
            let added = fence.inserted.contains(line.number)
                || is_diff && words.starts_with('+') && !words.starts_with("+++");
            let gone = fence.deleted.contains(line.number)
                || is_diff && words.starts_with('-') && !words.starts_with("---");
            let class = match line.number {
                it if hidden.get(it - 1) == Some(&true) => "ln boring",
                _ if added => "ln ins",
                _ if gone => "ln del",
                it if fence.marked.contains(it) => "ln hl",
                _ => "ln",
            };
            (class, fence.first_number.map(|it| it.saturating_add(line.number - 1)))
        })
    });
    out.push_str("</code></pre></figure>\n");
}

/// The figure up to its code. The words scroll, so they can be reached with the keyboard.
fn open(out: &mut String, language: &str, caption: &[(&str, &str)]) {
    out.push_str("<figure class=\"code\">");
    if caption.iter().any(|it| !it.1.is_empty()) {
        out.push_str("<figcaption>");
        for (class, words) in caption.iter().filter(|it| !it.1.is_empty()) {
            if class.is_empty() {
                escape_into(out, words);
            } else {
                out.push_str(&format!(" <span class=\"{class}\">"));
                escape_into(out, words);
                out.push_str("</span>");
            }
        }
        out.push_str("</figcaption>");
    }
    out.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        attribute_into(out, "class", &format!("language-{language}"));
    }
    out.push('>');
}

/// A line of code.
struct Line<'a> {
    /// Counted from 1.
    number: usize,
    words: &'a str,
}

/// Appends code with an element around each token that is more than text. No element goes over the end of a line,
/// so that lines can have elements of their own: the class of each, and its number where it has one.
fn write_tokens<'a>(
    out: &mut String,
    code: &'a str,
    language: &str,
    element: impl Fn(Line<'a>) -> Option<(&'static str, Option<usize>)>,
) {
    let tokens = highlight::tokens(language, code);
    let mut lines = code.split('\n').enumerate();
    let mut open_line = |out: &mut String| {
        let (at, words) = lines.next()?;
        let (class, number) = element(Line { number: at + 1, words })?;
        out.push_str(&format!("<span class=\"{class}\""));
        if let Some(number) = number {
            out.push_str(&format!(" data-n=\"{number}\""));
        }
        out.push('>');
        Some(())
    };
    let mut at_start = true;
    let mut in_line = false;
    for (class, piece) in tokens.iter(code) {
        for part in piece.split_inclusive('\n') {
            if at_start {
                in_line = open_line(out).is_some();
            }
            match class.css() {
                Some(css) => {
                    out.push_str(&format!("<span class=\"{css}\">"));
                    escape_into(out, part);
                    out.push_str("</span>");
                }
                None => escape_into(out, part),
            }
            at_start = part.ends_with('\n');
            if at_start && in_line {
                out.push_str("</span>");
                in_line = false;
            }
        }
    }
    if in_line {
        out.push_str("</span>");
    }
}

/// The code without the marks of hidden lines, and which lines are hidden; no flags where none is. In Rust `##`
/// stands for `#`, and `#` marks a line only before a blank, as rustdoc has it.
fn hide<'a>(code: &'a str, prefix: &str, is_rust: bool) -> (Cow<'a, str>, Vec<bool>) {
    let mut shown = String::with_capacity(code.len());
    let mut hidden = Vec::new();
    for line in code.split_inclusive('\n') {
        let words = line.trim_start();
        let indent = &line[..line.len() - words.len()];
        let behind = words.strip_prefix(prefix).filter(|_| !words.is_empty());
        let behind = match behind {
            Some(it) if is_rust && prefix == "#" => {
                it.strip_prefix(' ').or_else(|| it.trim().is_empty().then_some(it))
            }
            other => other,
        };
        hidden.push(behind.is_some());
        match behind {
            Some(behind) => {
                shown.push_str(indent);
                shown.push_str(behind);
            }
            None if is_rust && words.starts_with("##") => {
                shown.push_str(indent);
                shown.push_str(&words[1..]);
            }
            None => shown.push_str(line),
        }
    }
    if hidden.contains(&true) { (Cow::Owned(shown), hidden) } else { (Cow::Borrowed(code), Vec::new()) }
}
