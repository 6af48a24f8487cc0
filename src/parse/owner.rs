//! Reads who owns a page, as it says itself: `owner:` in the front matter, `**Owner**: Quay team` in its head or foot,
//! a row or column of its header table.

use std::sync::LazyLock;

use regex::Regex;

use super::label::{self, Labelled};
use crate::model::page::Page;
use crate::model::tree::View;
use crate::pattern::compiled;
use crate::source::Span;

const LABELS: &str = r"(?:(?:document|page|plan|runbook|playbook|service|process|policy|primary|business|technical)[ _-])?owners?|owned[ _-]by|owning[ _-]team|owner[ _-]team|(?:responsible|maintaining)[ _-]team|maintainers?|maintained[ _-]by";

static LINES: LazyLock<Regex> = LazyLock::new(|| label::pattern(LABELS));

static LABEL: LazyLock<Regex> = LazyLock::new(|| compiled(&format!("(?i)^(?:{LABELS}|team)$")));

/// What stands where nobody is named.
static NOBODY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)^(?:tbd|tba|tbc|todo|n/?a|none|nobody|unknown|unassigned|-+|—|–|\?+|_+|x{3,}|[\[<{].*)$|\bto be \w+|@?your[ -]",
    )
});

/// A name is no longer than this, in bytes; a sentence behind a label is none.
const LONGEST: usize = 80;

/// The names, in the order of the text; `text` is the text of the page's source.
pub(super) fn owners(page: &Page, text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut add = |words: std::ops::Range<usize>| {
        let name = text.get(words.clone()).unwrap_or_default();
        let start = words.start + name.len() - name.trim_start_matches([' ', '*', '_', '`']).len();
        let name = text.get(start..words.end).unwrap_or_default().trim_end_matches([' ', '*', '_', '`', ',']);
        if !name.is_empty() && name.len() <= LONGEST && !NOBODY.is_match(name) {
            found.push(Span::new(page.source, start..start + name.len()));
        }
    };
    if let Some(root) = page.front_matter.as_ref().and_then(|it| it.root(text)) {
        let named = root.entries().filter(|(key, _)| key.as_str().is_some_and(|it| LABEL.is_match(&it)));
        for (_, value) in named {
            let items = value.items().chain((!value.is_sequence()).then_some(value));
            items.filter(|it| it.as_str().is_some()).map(View::content_span).for_each(&mut add);
        }
    }
    let lines = label::in_lines(page, text, &LINES).into_iter();
    lines
        .filter(|it| label::is_at_edge(page, it.value.start) && !is_column(text, it))
        .for_each(|it| add(it.value));
    for (head, cell) in label::in_columns(page) {
        if LABEL.is_match(page.document.plain_text(head, text).trim())
            && let Some(words) = label::words_of_cell(page, text, cell)
            && label::is_at_edge(page, words.start)
        {
            add(words);
        }
    }
    found.sort();
    found.dedup_by(|a, b| text.get(a.range()) == text.get(b.range()));
    found
}

/// Whether a label is a cell among others: the head of a column, a row of a list.
fn is_column(text: &str, it: &Labelled<'_>) -> bool {
    let line = text.get(..it.value.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let rest = text.get(it.value.end..).unwrap_or_default().lines().next().unwrap_or_default();
    line.trim_end_matches([' ', '*', '_']).ends_with('|') && {
        let before = line.rfind(it.label).map_or("", |at| &line[..at]);
        let cells = |words: &str| words.split('|').filter(|it| it.chars().any(char::is_alphanumeric)).count();
        cells(before) > 0 || cells(rest) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;
    use crate::source::SourceId;

    fn named(text: &str) -> Vec<&str> {
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        owners(&page, text).into_iter().map(|it| &text[it.range()]).collect()
    }

    #[test]
    fn places_where_owners_stand() {
        assert_eq!(named("---\nowner: Quay team\n---\n# A\n"), ["Quay team"]);
        assert_eq!(named("---\nowners: [ida, 'jo']\nteam: quay\n---\n# A\n"), ["ida", "jo", "quay"]);
        assert_eq!(
            named("# A\n\n**Owner:** Quay team  \n- **Document Owner**: Ida Storm\n"),
            ["Quay team", "Ida Storm"]
        );
        assert_eq!(
            named("# A\n\n| Field | Value |\n|---|---|\n| Owner | Quay team |\n| Version | 2 |\n"),
            ["Quay team"]
        );
        assert_eq!(named("# A\n\n| Version | Owner |\n|---|---|\n| 2 | Quay team |\n"), ["Quay team"]);
        assert_eq!(named("# A\n\n*Maintained by: `@quay`*\n"), ["@quay"]);
    }

    #[test]
    fn what_names_nobody() {
        for text in [
            "# A\n\nOwner: TBD\n",
            "# A\n\nOwner: [Name]\n",
            "# A\n\n```yaml\nowner: quay\n```\n",
            "# A\n\n| Service | Owner |\n|---|---|\n| x | ida |\n| y | jo |\n",
            "# A\n\n| Action | Owner | Done |\n|---|---|---|\n| x | ida | no |\n| y | jo | no |\n",
            "# A\n\n## B\n\n## C\n\nOwner: ida\n\n## D\n",
            "# A\n\nThe owner: of the file must be root.\n",
        ] {
            assert_eq!(named(text), [""; 0], "{text}");
        }
    }
}
