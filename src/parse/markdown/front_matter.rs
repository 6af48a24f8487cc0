//! The YAML block at the top of a page.

use crate::model::page::FrontMatter;
use crate::parse::yaml;
use crate::source::{SourceId, Span};

/// The block between `---` lines at the very top, if it is there and holds a mapping. A page may also begin
/// with a thematic break; that is no front matter.
pub(super) fn parse(source: SourceId, text: &str) -> Option<FrontMatter> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text.get(bom..)?.split_inclusive('\n');
    let first = lines.next().filter(|it| it.trim_end() == "---")?;
    let content = bom + first.len();
    let mut at = content;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let (tree, _) = yaml::parse(text, content..at);
            let mapping = at == content || tree.root(text).is_some_and(|root| root.is_mapping());
            return mapping.then(|| FrontMatter { span: Span::new(source, bom..at + line.len()), tree });
        }
        at += line.len();
    }
    None
}
