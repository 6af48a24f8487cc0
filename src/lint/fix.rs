//! Applies fixes to texts. Pure: what is written to disk is `cli`'s business.

use std::collections::BTreeMap;

use crate::finding::{Edit, Finding, Safety};
use crate::model::Project;
use crate::source::SourceId;

/// What one round of fixing changed.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The new text of each changed file.
    pub texts: BTreeMap<SourceId, String>,
    /// How many findings were fixed.
    pub findings: usize,
}

/// Applies the fixes of these findings, in their order. A fix whose edits touch those of an earlier one is left
/// for the next round; a fix is applied whole or not at all.
pub fn apply(project: &Project, findings: &[Finding], and_unsafe: bool) -> Fixed {
    let mut taken: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    let mut fixed = Fixed::default();
    for finding in findings {
        let Some(fix) = finding.fix.as_ref().filter(|it| and_unsafe || it.safety == Safety::Safe) else {
            continue;
        };
        let free = fix.edits.iter().all(|edit| {
            let others = taken.get(&edit.span.source).map_or(&[][..], Vec::as_slice);
            // The list is ordered by place, so only the neighbours can touch.
            let at = others.partition_point(|it| it.span.start < edit.span.start);
            let before = at.checked_sub(1).and_then(|it| others.get(it));
            before.is_none_or(|it| {
                it.span.end < edit.span.start || (it.span.end == edit.span.start && it.span != edit.span)
            }) && others.get(at).is_none_or(|it| edit.span.end <= it.span.start && it.span != edit.span)
        });
        // Words that were made of a masked text would take the place of the secret itself.
        let masked =
            fix.edits.iter().any(|edit| project.sources.get(edit.span.source).is_masked(edit.span.range()));
        if !free || masked || fix.edits.is_empty() {
            continue;
        }
        fixed.findings += 1;
        for edit in &fix.edits {
            let edits = taken.entry(edit.span.source).or_default();
            let at = edits.partition_point(|it| it.span < edit.span);
            edits.insert(at, edit);
        }
    }
    for (source, edits) in taken {
        let old = project.sources.get(source).raw();
        let mut text = String::with_capacity(old.len());
        let mut at = 0;
        for edit in edits {
            text.push_str(old.get(at..edit.span.start as usize).unwrap_or_default());
            text.push_str(&edit.text);
            at = edit.span.end as usize;
        }
        text.push_str(old.get(at..).unwrap_or_default());
        fixed.texts.insert(source, text);
    }
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Fix, Severity};
    use crate::lint::tests::project;
    use crate::source::Span;

    fn finding(edits: &[(std::ops::Range<usize>, &str)], safety: Safety) -> Finding {
        let span = |range: &std::ops::Range<usize>| Span::new(SourceId(0), range.clone());
        Finding {
            rule: "a/b",
            severity: Severity::Error,
            message: String::new(),
            span: span(&edits[0].0),
            related: Vec::new(),
            help: None,
            fix: Some(Fix {
                safety,
                edits: edits
                    .iter()
                    .map(|(range, text)| Edit { span: span(range), text: (*text).into() })
                    .collect(),
            }),
        }
    }

    #[test]
    fn fixes_that_overlap_wait_and_unsafe_ones_are_asked_for() {
        let (project, _) = project(vec![("a.md".into(), "one two three".into())]);
        let findings = [
            finding(&[(0..3, "1")], Safety::Safe),
            finding(&[(2..5, "x"), (8..9, "y")], Safety::Safe),
            finding(&[(8..13, "3")], Safety::Unsafe),
            finding(&[(4..7, "2")], Safety::Safe),
        ];
        let safe = apply(&project, &findings, false);
        assert_eq!((safe.texts[&SourceId(0)].as_str(), safe.findings), ("1 2 three", 2));
        let all = apply(&project, &findings, true);
        assert_eq!((all.texts[&SourceId(0)].as_str(), all.findings), ("1 2 3", 3));
    }

    #[test]
    fn the_mask_of_a_secret_is_never_written() {
        let key = format!("{}{}", "AKIA", "Q3EGRIU7VXTNZ2PM");
        let text = format!("key {key} and\nmore");
        let (project, _) = project(vec![("a.md".into(), text.clone())]);
        assert!(project.sources.get(SourceId(0)).is_masked(0..24));
        let findings = [
            finding(&[(20..27, "x")], Safety::Safe),
            finding(&[(25..28, "or")], Safety::Safe),
            finding(&[(29..33, "less")], Safety::Safe),
        ];
        let fixed = apply(&project, &findings, false);
        assert_eq!((fixed.texts[&SourceId(0)].clone(), fixed.findings), (format!("key {key} or\nless"), 2));
    }

    #[test]
    fn two_insertions_at_one_place_are_not_both_made() {
        let (project, _) = project(vec![("a.md".into(), "x".into())]);
        let findings = [finding(&[(0..0, "a")], Safety::Safe), finding(&[(0..0, "b")], Safety::Safe)];
        assert_eq!(apply(&project, &findings, false).findings, 1);
    }
}
