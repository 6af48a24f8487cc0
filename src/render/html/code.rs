//! Code blocks: a figure with the language or a title above the words.

use super::Writer;
use super::escape::{attribute_into, escape, escape_into};
use crate::model::page::CodeBlock;

impl Writer<'_, '_> {
    pub(super) fn code_block(&mut self, index: usize) -> bool {
        let Some(block) = self.page.code_blocks.get(index) else { return false };
        let code = self.page.code(block, self.text);
        write_code(&mut self.out, &code, &block.language, &title(block));
        false
    }
}

/// Appends a code block. The words scroll, so they can be reached with the keyboard.
pub(in crate::render) fn write_code(out: &mut String, code: &str, language: &str, title: &str) {
    out.push_str("<figure class=\"code\">");
    let caption = if title.is_empty() { language } else { title };
    if !caption.is_empty() {
        out.push_str("<figcaption>");
        escape_into(out, caption);
        out.push_str("</figcaption>");
    }
    out.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        attribute_into(out, "class", &format!("language-{language}"));
    }
    out.push('>');
    out.push_str(&escape(code));
    out.push_str("</code></pre></figure>\n");
}

/// The value of `title="…"` (or `file`, `filename`) after the language.
fn title(block: &CodeBlock) -> String {
    for key in ["title=", "filename=", "file="] {
        let Some((before, value)) = block.info.split_once(key) else { continue };
        if before.chars().next_back().is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
        let words = match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split([' ', ',', '}']).next(),
        };
        return words.unwrap_or_default().trim().to_owned();
    }
    String::new()
}
