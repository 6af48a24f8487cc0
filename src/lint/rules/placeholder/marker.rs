//! Finds text that somebody meant to replace before publishing: `TODO`, `TBD`, `FIXME`, "coming soon".
//!
//! "Call TBD" is worse than no instruction, because it looks finished in review. A marker counts where it stands
//! for something that is missing: as a whole cell, heading or paragraph, as the value of a label, in brackets, at
//! the end of a sentence, as the only line of a code block. Words *about* markers are left alone: quotes, code,
//! claims ("no TODOs left"), lists of markers, the name of a tool or file; so are task lists, changelogs,
//! templates and archives. In a comment, which readers do not see, a marker is worth an `info`.
//! Phrases of other languages (`noch offen`, `por definir`, `待定`) count where they are all of a value.
//!
//! ## Flagged
//!
//! ```md runbooks/orders.md
//! # Orders
//!
//! | Role     | Contact |
//! |----------|---------|
//! | Database | TBD     |
//!
//! ## Rollback
//!
//! TODO: describe the rollback.
//!
//! ## Dashboards (coming soon)
//!
//! Ask the platform team.
//! ```
//!
//! ## Accepted
//!
//! Code is not prose, and a sentence may speak of markers.
//!
//! ```md runbooks/orders.md
//! # Orders
//!
//! Run `TODO=1 make drain`. The report lists no TODO comments; the file "TODO.md" is gone.
//! ```

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::hit::{Hit, defined, listed, markers, mentions};
use super::hole::{is_front_matter_value, is_hole, is_value_in_code, is_whole_code};
use super::languages::{OTHER, literals};
use super::phrase;
use super::readers::{Readers, readers, todo_is_a_word};
use super::title::{is_all_of_code, lists_of_what_is_missing};
use super::words::{Pattern, Prefilter, pattern};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::Status;
use crate::model::page::{Link, Page};
use crate::model::prose::{Block, HARD_BREAK, Piece, pieces};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "placeholder/marker",
    severity: Severity::Error,
    preview: false,
    file: include_str!("marker.rs"),
    check: Check::Page(check),
};

/// The rarest part of every English marker and phrase.
const LITERALS: [&str; 64] = [
    "todo",
    "fixme",
    "tbd",
    "tba",
    "tbc",
    "xxx",
    "wip",
    "???",
    "coming",
    "to be",
    "to\nbe",
    "work in",
    "work\nin",
    "work-in",
    "construction",
    "lorem",
    "fill",
    "placeholder",
    "to come",
    "to\ncome",
    "to follow",
    "to\nfollow",
    "not been",
    "not\nbeen",
    "not written",
    "not documented",
    "empty",
    "incomplete",
    "stub",
    "will be",
    "will\nbe",
    "will soon",
    "t.b.",
    "to do",
    "to-do",
    "development",
    "no content",
    "no info",
    "no doc",
    "no instr",
    "no proc",
    "we still",
    "no details",
    "pending",
    "note to",
    "note for",
    "notes to",
    "notes for",
    "not\nwritten",
    "yet",
    "nothing",
    "missing",
    "s to be",
    "needs doc",
    "still ",
    "replace:",
    "t documented",
    "com/your",
    "com/in/your",
    "will appear",
    "documentation is",
    "sparse",
    "lacking",
    "will go here",
];
/// Whether a page or a piece can hold anything for this rule; most hold nothing, and this is all they cost.
static PREFILTER: LazyLock<Prefilter> = LazyLock::new(|| {
    let english = r"(?i)todo|\bthis\sis\s|\bnothing\s|\bexist\syet|\b[a-z]+ly\sincomplete|\bare\scoming\s|\bis\scoming\s|\bt\.b\.|\bto[ -]do\b|fixme|\btb[dac]\b|xxx|(?-i:WIP)|\?\?\?|coming\s(?:very\s)?soon|to\sbe\s(?:[a-z]+ed|written|done)\b|work[\s-]in[\s-]progress|under\sconstruction|lorem\sipsum|\bset\syet|\bfill[\s-](?:this|me|it|in|out)\b|placeholder|\bto\s(?:come|follow)\b|not\s(?:yet|been|written|documented|\w+\syet)\b|\b(?:is|are)\s(?:still\s|currently\s)?(?:an?\s)?(?:empty|incomplete|stub)\b|\bstub\b|under\sdevelopment|\bno\s(?:content|information|documentation|instructions|procedure|details)\s|\bstill\s(?:needs?|has|have)\sto\sbe\s|\bno\s(?:[\w-]+\s){1,9}yet\b|\b(?:this|it)\s(?:still\s)?(?:needs|has)\s(?:to\sbe|doc)|missing|\bwe\sstill\s|\bpending\s|(?-i:REPLACE:)|n['’]t\sdocumented\s|\b(?:this|each|every)\s(?:\w+\s)?\w+\swill\s|\bdocumentation\sis\s|com/(?:in/|@)?your|\bwill\s(?:appear|go|be\s(?:posted|listed|available))\shere\b|\bnotes?\s(?:to|for)\s|\bwill\s(?:soon\s)?be\s(?:added|documented|provided|written|described|published|filled)\b";
    // In the source a word may touch an underscore that is markup, so its boundaries tell nothing yet.
    let any = format!("{english}|{}", OTHER.as_str()).replace(r"(?-u:\b)", "").replace(r"\b", "");
    Prefilter::new(LITERALS.into_iter().chain(literals()), &any)
});

/// The destination of a link that leads nowhere yet.
static LINK: Pattern = LazyLock::new(|| {
    pattern(
        r"^[#/]?(?:LINK[-_])?(?:TODO|TBD|TBA|TBC|FIXME|XXX+)$|^(?:todo|tbd|fixme)$|^https?://[^?#]+/(?:TODO|TBD|FIXME|[A-Z]?XXX+)/?$",
    )
});

/// The page of somebody who never wrote their name.
static ACCOUNT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^https?://(?:www\.)?(?:github|gitlab|bitbucket|linkedin|twitter|x|facebook|instagram|medium)\.(?:com|org)/(?:in/|@)?your[-_]?(?:github[-_]?)?(?:user[-_]?name|name|org|organi[sz]ation|handle|profile|account|company)\b",
    )
});

/// "Replace `your-username` with your own".
static REPLACE_IT: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:replac(?:e|es|ing)|substitut\w+|chang(?:e|es|ing)|swap|fork)\b[^\n]{0,80}\byour")
});

fn check(cx: &mut Context<'_>, page: &Page) {
    let project = cx.project;
    let text: &str = &project.sources.get(page.source).text;
    if !PREFILTER.is_match(text) {
        return;
    }
    let path = project.sources.path(page.source);
    if matches!(readers(path, page), Readers::Past | Readers::Tasks | Readers::Template) {
        return;
    }
    let pieces = pieces(page, text);
    let mut hits: Vec<Hit<'_>> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        // A quotation belongs to somebody else where a sentence says so, or speaks of markers.
        let before = index.checked_sub(1).and_then(|it| pieces.get(it)).filter(|_| piece.quoted);
        let introduced = before.is_some_and(|it| it.words.trim_end().ends_with(':') || mentions(&it.words));
        hits.extend(markers(piece, introduced));
    }
    let (listed, defined) = (listed(&hits), defined(&hits));
    let lists = lists_of_what_is_missing(page, text);
    let word = !(hits.is_empty() && lists.is_empty()) && todo_is_a_word(path, page, text);
    for list in lists.into_iter().filter(|_| !word) {
        cx.report(list.span, format!("placeholder `{}`", list.text))
            .help("write what is missing, or keep the list where tasks are kept");
    }
    for hit in &hits {
        let severity = match &hit.piece.block {
            Block::Comment if hit.opens_line() => Severity::Info,
            Block::Comment => continue,
            Block::Code(_) if is_whole_code(hit) => Severity::Error,
            Block::Code(_) if !word && is_all_of_code(hit, text) => Severity::Error,
            Block::Code(_) if shows_front_matter(hit.piece) => continue,
            Block::Code(index) => {
                let language = page.code_blocks.get(*index).map_or("", |it| it.language.as_str());
                if !is_value_in_code(hit, language) {
                    continue;
                }
                Severity::Warning
            }
            Block::FrontMatter(key) if is_front_matter_value(hit, key) => Severity::Error,
            Block::FrontMatter(_) => continue,
            _ if listed.contains(&hit.group()) || hit.is_one_of(&defined) || !is_hole(hit, word) => continue,
            _ => Severity::Error,
        };
        report(cx, page, hit.piece, hit.range.clone(), severity);
    }
    let told = LazyCell::new(|| REPLACE_IT.is_match(text));
    let nowhere = |it: &&Link| LINK.is_match(&it.dest) || (ACCOUNT.is_match(&it.dest) && !*told);
    for link in page.links.iter().filter(nowhere) {
        cx.report(link.dest_span, format!("placeholder `{}`", link.dest))
            .help("write the real destination, or remove the link");
    }
    for piece in pieces.iter().filter(|it| PREFILTER.is_match(&it.words)) {
        for (range, severity) in phrase::find(piece, page) {
            report(cx, page, piece, range, severity);
        }
    }
}

/// Whether a code block shows how a page begins: `---`, its keys, `---`.
fn shows_front_matter(piece: &Piece) -> bool {
    let words = piece.words.trim();
    words.starts_with("---\n") && words.ends_with("\n---")
}

fn report(cx: &mut Context<'_>, page: &Page, piece: &Piece, range: Range<usize>, severity: Severity) {
    let span = Span::new(page.source, piece.source(range.clone()));
    // In a recovery document `recovery/unset-objective` says it better.
    let of_recovery = matches!(page.document_type.as_deref(), Some("dr-plan" | "backup-policy"));
    let facts = &cx.project.facts;
    let first = facts.partition_point(|it| it.span.source < page.source);
    let on_page = facts[first..].iter().take_while(|it| it.span.source == page.source);
    if of_recovery && on_page.filter(|it| it.status == Status::Unset).any(|it| it.span.contains(span)) {
        return;
    }
    let words = piece.words.get(range).unwrap_or_default().replace(['\n', HARD_BREAK], " ");
    let finding = cx.report(span, format!("placeholder `{words}`"));
    finding.severity = severity;
    finding.help("write the real value, or remove the sentence");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn markers_that_stand_for_something_missing() {
        check_rule(
            &RULE,
            "//- a.md\n# Plan\n\n## TODO\n   ^^^^ placeholder `TODO`\n\n**TODO**: measure it.\n  ^^^^ placeholder `TODO`\n\n- Owner: TBD.\n         ^^^ placeholder `TBD`\n- _FIXME: this is wrong_\n   ^^^^^ placeholder `FIXME`\n- See the diagram. [Link TBD]\n                         ^^^ placeholder `TBD`\n- A worker (TODO: configure it) runs.\n            ^^^^ placeholder `TODO`\n- Dashboards (coming soon)\n              ^^^^^^^^^^^ placeholder `coming soon`\n\nWIP: find the status\n^^^ placeholder `WIP`\n\n| a | b |\n|---|---|\n| x | TBD |\n      ^^^ placeholder `TBD`\n\n<!-- TODO: draw it -->\n     ^^^^ placeholder `TODO`\n\n```sh\n# TODO: command\n  ^^^^ placeholder `TODO`\n```\n\nCall them. `TODO: add the call list`\n            ^^^^ placeholder `TODO`\n\nThe list is sent.\n**TODO** what if the quay is full?\n  ^^^^ placeholder `TODO`\n",
        );
    }

    #[test]
    fn words_about_markers() {
        check_rule(
            &RULE,
            "//- a.md\n# Words\n\n- No TODO comments\n- Zero TODOs\n- Click a TODO in the tree and open the TODO.\n- Search for \"TODO\" or `FIXME`\n- ✅ No placeholders or TODO/FIXME left\n- `TODO.md` and [TODO.md](TODO.md)\n- TodoWrite, todo, Todo lo que necesitas\n- your name and WIP is fine\n- A TODO list is kept elsewhere\n- The first value counts. The default value is an empty list.\n- **TODO** is what we write\n- needs to be added to the group\n- If you wait, another one is coming soon. The scope that nobody knows has to be decided.\n\n```sh\ngrep -r TODO src\n```\n\n```python\n# TODO: later\npass\n```\n",
        );
    }

    #[test]
    fn pages_that_hold_markers_for_a_living() {
        for path in ["TODO.md", "CHANGELOG.md", "templates/plan.md", "archive/plan.md"] {
            check_rule(&RULE, &format!("//- {path}\n# Plan\n\nTODO\n"));
        }
    }

    #[test]
    fn a_comment_is_worth_an_info() {
        let (project, config) =
            crate::lint::tests::project(vec![("a.md".to_owned(), "<!-- TBD -->\n".to_owned())]);
        let findings = crate::lint::run(&project, &config, &crate::lint::Selection::default()).findings;
        assert_eq!(findings.iter().map(|it| it.severity).collect::<Vec<_>>(), [Severity::Info]);
    }
}
