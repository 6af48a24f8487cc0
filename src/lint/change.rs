//! What a change brought: the findings in the lines it touched, and those elsewhere that were not there before it.

use std::collections::HashMap;
use std::ops::Range;

use super::{Outcome, fingerprint};
use crate::finding::Finding;
use crate::model::Project;
use crate::source::{Source, SourceId};

/// A change as lint sees it.
#[derive(Debug, Default)]
pub struct Change {
    /// The bytes of changed files that were touched, ordered, as the files are now.
    pub touched: HashMap<SourceId, Vec<Range<u32>>>,
    /// Old path → new path of the files that it moved.
    pub moved: HashMap<String, String>,
}

/// The bytes of some lines, which count from 0.
pub fn bytes(source: &Source, lines: &[Range<u32>]) -> Vec<Range<u32>> {
    let starts = source.line_starts();
    let at = |line: u32| starts.get(line as usize).copied().unwrap_or(source.text.len() as u32);
    lines.iter().map(|it| at(it.start)..at(it.end)).collect()
}

impl Outcome {
    /// Keeps what the change brought. `before` is what was found in the project as it was: a finding that stands
    /// outside the touched lines stays when there are more of its kind now than then.
    pub fn brought_by(&mut self, change: &Change, project: &Project, before: &Project, found: &[Finding]) {
        let mut known: HashMap<u64, u32> = HashMap::new();
        let renamed = |path| change.moved.get(path).map_or(path, String::as_str);
        for key in fingerprint::keys(before, found, &renamed) {
            *known.entry(key).or_insert(0) += 1;
        }
        let keys = fingerprint::keys(project, &self.findings, &|path| path);
        let touched: Vec<bool> = self.findings.iter().map(|it| change.touches(it)).collect();
        let mut kinds: HashMap<u64, Kind> = HashMap::new();
        for (key, &touched) in keys.iter().zip(&touched) {
            let kind = kinds.entry(*key).or_default();
            if touched { kind.touched += 1 } else { kind.elsewhere += 1 }
        }
        let mut each = keys.iter().zip(touched);
        self.retain(|_, _| {
            let Some((key, touched)) = each.next() else { return false };
            let Some(kind) = kinds.get_mut(key).filter(|_| !touched) else { return true };
            // Those in touched lines are taken for the new ones of their kind first, then the last ones.
            let new = (kind.touched + kind.elsewhere).saturating_sub(known.get(key).copied().unwrap_or(0));
            let new_elsewhere = new.saturating_sub(kind.touched).min(kind.elsewhere);
            kind.passed += 1;
            kind.passed > kind.elsewhere - new_elsewhere
        });
    }
}

/// How often a kind of finding stands in the project as it is now.
#[derive(Default)]
struct Kind {
    touched: u32,
    elsewhere: u32,
    /// How many of those elsewhere were seen.
    passed: u32,
}

impl Change {
    /// Whether a finding lies in what was touched, at least in part.
    pub fn touches(&self, finding: &Finding) -> bool {
        let Some(ranges) = self.touched.get(&finding.span.source) else { return false };
        let (start, end) = (finding.span.start, finding.span.end.max(finding.span.start + 1));
        let first = ranges.partition_point(|it| it.end <= start);
        ranges.get(first).is_some_and(|it| it.start < end)
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of one range are meant")]
mod tests {
    use super::*;
    use crate::lint::tests::project;
    use crate::lint::{Selection, run};

    /// The lines of `a.md` with findings that a change of these lines brought.
    fn brought(before: &str, now: &str, lines: &[Range<u32>]) -> Vec<u32> {
        let of = |text: &str| project(vec![("a.md".into(), text.into()), ("b.md".into(), "# B\n".into())]);
        let ((before, config), (now, _)) = (of(before), of(now));
        let found = run(&before, &config, &Selection::default()).findings;
        let mut outcome = run(&now, &config, &Selection::default());
        let touched = bytes(now.sources.get(SourceId(0)), lines);
        let change = Change { touched: HashMap::from([(SourceId(0), touched)]), ..Change::default() };
        outcome.brought_by(&change, &now, &before, &found);
        let line = |it: &Finding| now.sources.get(SourceId(0)).position(it.span.start).line;
        outcome.findings.iter().map(line).collect()
    }

    #[test]
    fn touched_lines_and_what_is_new_elsewhere() {
        let old = "# A\n\n[x](no.md)\n";
        assert_eq!(brought(old, "# A\n\nword\n\n[x](no.md)\n", &[2..4]), Vec::<u32>::new());
        // The new one stands above an equal old one.
        assert_eq!(brought(old, "# A\n\n[x](no.md)\n\n[x](no.md)\n", &[2..4]), [3]);
        // Nothing tells which of them is new.
        assert_eq!(brought(old, "# A\n\n[x](no.md)\n\n[x](no.md)\n", &[]), [5]);
        assert_eq!(brought("# A\n\n[x](#a)\n", "# B\n\n[x](#a)\n", &[0..1]), [3]);
        assert_eq!(brought(old, "# A\n\n[y](no.md)\n", &[2..3]), [3]);
    }
}
