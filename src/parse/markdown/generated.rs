//! What only a site generator understands: targets that are no headings, and parts that come from elsewhere.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::page::{Anchor, Page};
use crate::pattern::compiled;
use crate::source::Span;

/// `(id)=` on a line of its own (MyST); `{#id}` or `{: #id .x}` behind a link, an image or at a line's end.
static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?m)^[ \t]*\(([^()\s][^()\n]*)\)=[ \t]*$|(?:\)|^|[^\n#{}])\{:?[ \t]*#([^\s{}.]+)[^{}\n]*\}")
});

/// Another file, or documentation made from code, on a line of its own: Python-Markdown snippets and
/// `mkdocstrings`, MkDocs includes and macros, mdBook, Liquid, Hugo, VitePress, MDX.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?m)^[ \t]*(?:",
        r"::: +(?:mkdocs|[\w-]+(?:\.\w+)+)",
        r"|-{2,}8<-{2,}",
        r"|\{!.*!\}",
        r"|\{%-? *(?:include|for|call|render)",
        r"|\{\{ *[\w.]+ *(?:\(.*\))? *\}\}[ \t]*$",
        r"|\{\{[<%] *(?:include|read|snippet|content|embed|partial)",
        r"|\{\{#include",
        r"|<!-- *@include",
        r"|import .* from .*\.mdx?['\x22]",
        r")"
    ))
});

/// Directives of MyST that bring in other documents or documentation of code.
const DIRECTIVES: [&str; 8] =
    ["{include", "{eval-rst", "{auto", "{click", "{argparse", "{doxygen", "{py:", "{glossary"];

/// Adds the targets to the page's anchors, and notes whether parts of it come from elsewhere.
pub(super) fn read(page: &mut Page, text: &str) {
    // Nearly all pages have neither.
    if text.contains(")=") || text.contains("{#") || text.contains("{:") || text.contains("{ #") {
        for captures in TARGET.captures_iter(text) {
            let Some(id) = captures.get(1).or_else(|| captures.get(2)) else { continue };
            let span = Span::new(page.source, id.range());
            page.anchors.entry(id.as_str().to_owned()).or_insert(Anchor::Target(span));
        }
    }
    let in_code = |at: usize| {
        let before = page.code_blocks.partition_point(|it| it.span.end as usize <= at);
        page.code_blocks.get(before).is_some_and(|it| it.span.start as usize <= at)
    };
    page.composed = PART.find_iter(text).any(|it| !in_code(it.start()))
        || page.code_blocks.iter().any(|it| DIRECTIVES.iter().any(|name| it.info.starts_with(name)));
}

#[cfg(test)]
mod tests {
    use crate::parse::markdown::parse;
    use crate::source::SourceId;

    #[test]
    fn targets_of_generators_are_anchors() {
        let text = "(tide-table)=\n# Tides\n\n[](){#ebb} words\n\nSee `x`. {: #flood .y }\n";
        let page = parse(SourceId(0), "a.md", text, true);
        for id in ["tide-table", "ebb", "flood", "tides"] {
            assert!(page.anchors.contains_key(id), "{id}");
        }
        assert!(!page.composed);
    }

    #[test]
    fn parts_from_elsewhere_are_noticed() {
        for text in [
            "# A\n\n::: harbour.tides.Table\n",
            "--8<-- \"ebb.md\"\n",
            "{!../tides.md!}\n",
            "{% include tides.md %}\n",
            "{{ tides() }}\n",
            "{{#include tides.md}}\n",
            "```{include} ../tides.md\n```\n",
            "import Tides from './_tides.mdx';\n",
        ] {
            assert!(parse(SourceId(0), "a.md", text, true).composed, "{text}");
        }
        for text in ["::: tip\nx\n:::\n", "```\n{{#include x}}\n```\n", "Write {{ name }} there.\n"] {
            assert!(!parse(SourceId(0), "a.md", text, true).composed, "{text}");
        }
    }
}
