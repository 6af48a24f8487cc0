//! How often backups are taken → [`Schedule`]: what pages say in sentences, lists, tables and code blocks, and the
//! jobs that stand in the repository's files.
//!
//! A frequency counts only where it is bound to a backup: by its clause, or by a label or column under a heading about
//! backups. What is tested, checked or cleaned up every week is no backup.

mod cadence;
mod cron;
mod fence;
mod repository;
mod table;
mod words;

use std::ops::Range;

use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::model::schedule::{Pace, Schedule, ScheduleSource};
use crate::source::Span;

pub(super) use repository::read as of_files;

/// The schedules of a page, in the order of the text. `text` is the text of its source.
pub(super) fn schedules(page: &Page, text: &str) -> Vec<Schedule> {
    if !words::may_say_something(text) {
        return Vec::new();
    }
    let mut sheet = Sheet {
        page,
        text,
        places: cadence::Places::of(text),
        unit: 0..0,
        leads: Vec::new(),
        found: Vec::new(),
        logs: Vec::new(),
        ships_log: false,
    };
    let document = &page.document;
    let mut before: Option<&str> = None;
    let mut next: NodeId = 0;
    while (next as usize) < document.nodes.len() {
        let node = document.node(next);
        sheet.leads.retain(|(end, _)| next < *end);
        match &node.kind {
            Kind::Heading(_) => before = None,
            Kind::List(_) => {
                // "Backups:" or a bold line says what the list below is about.
                let lead = before.filter(|it| it.trim_end().ends_with([':', '*']));
                sheet.leads.extend(lead.map(|it| (node.subtree_end, it)));
            }
            Kind::Paragraph => {
                sheet.unit(node.range());
                before = text.get(node.range());
            }
            Kind::Item => {
                let range = own_line(page, next);
                if !matches!(
                    document.children(next).next().map(|it| &document.node(it).kind),
                    Some(Kind::Paragraph)
                ) {
                    sheet.unit(range.clone());
                }
                sheet.leads.extend(text.get(range).map(|it| (node.subtree_end, it)));
            }
            Kind::Table(_) => {
                table::read(&mut sheet, next);
                before = None;
                next = node.subtree_end;
                continue;
            }
            Kind::CodeBlock(block) => {
                if let Some(block) = page.code_blocks.get(*block as usize) {
                    fence::read(&mut sheet, block);
                }
                next = node.subtree_end;
                continue;
            }
            _ => {}
        }
        if let Kind::Heading(index) = node.kind
            && let Some(heading) = page.headings.get(index as usize)
        {
            sheet.unit(heading.span.range());
        }
        next += 1;
    }
    if !sheet.ships_log {
        sheet.found.append(&mut sheet.logs);
    }
    sheet.found.sort_by_key(|it| it.span);
    sheet.found.dedup_by_key(|it| it.span);
    sheet.found
}

/// The words of an item before the blocks inside it; its first paragraph where it has one.
fn own_line(page: &Page, item: NodeId) -> Range<usize> {
    let document = &page.document;
    let mut range = document.node(item).range();
    for child in document.children(item) {
        let child = document.node(child);
        match child.kind {
            Kind::Paragraph => return child.range(),
            Kind::List(_) | Kind::CodeBlock(_) | Kind::Table(_) | Kind::BlockQuote(_) | Kind::HtmlBlock => {
                range.end = range.start.max(child.start as usize);
                return range;
            }
            _ => {}
        }
    }
    range
}

/// Collects the schedules of a page.
struct Sheet<'a> {
    page: &'a Page,
    text: &'a str,
    /// Where it says how often, or that changes are copied: most units say neither.
    places: cadence::Places,
    /// The paragraph, item or row that is read.
    unit: Range<usize>,
    /// What stands above a list or item, with the node where that ends.
    leads: Vec<(NodeId, &'a str)>,
    found: Vec<Schedule>,
    /// Logs of changes that are kept, nobody says here how often: as they come, unless the page says it elsewhere.
    logs: Vec<Schedule>,
    /// Whether the page says how often a log is shipped.
    ships_log: bool,
}

/// What stands above some words.
#[derive(Clone)]
struct Above {
    /// Whether it is about backups.
    backup: bool,
    /// Whether it is about tests of them, or anything else that is repeated.
    other: bool,
    /// The words, outermost first, without the page's title.
    what: Vec<String>,
}

impl Sheet<'_> {
    fn above(&self, at: usize) -> Above {
        let headings: Vec<_> =
            self.page.heading_path(at as u32).filter(|it| it.span.start as usize != at).collect();
        let lead =
            |it: &str| it.split(':').next().unwrap_or_default().trim_matches(['*', ' ', '-']).to_owned();
        let titles = headings.iter().filter(|it| it.level > 1).map(|it| it.text.clone());
        let leads = self.leads.iter().map(|(_, it)| lead(it));
        let what: Vec<String> = titles.chain(leads).collect();
        let title = headings.first().map(|it| it.text.as_str());
        Above {
            backup: title.into_iter().chain(what.iter().map(String::as_str)).any(words::is_backup),
            other: what.iter().rev().take(2).any(|it| words::is_other(it)),
            what,
        }
    }

    /// Words that belong together: a paragraph, an item, a heading.
    fn unit(&mut self, range: Range<usize>) {
        if !self.places.any_in(&range) {
            return;
        }
        let Some(unit) = self.text.get(range.clone()) else { return };
        self.unit = range.clone();
        let above = self.above(range.start);
        let mut bound = Vec::new();
        for (place, pace) in cadence::find(unit) {
            let clause = words::clause(unit, &place);
            let sentence = words::sentence(unit, &place);
            let words = unit.get(clause.clone()).unwrap_or_default();
            let is_label = words::is_labelled(unit, &place) && above.backup;
            let is_bound = is_label || unit.get(sentence).is_some_and(words::is_backup);
            let is_kept = words::is_kept(unit.get(clause.start..place.start).unwrap_or_default());
            if is_bound && !is_kept && !above.other && !words::is_other(words) {
                self.add(range.start + place.start..range.start + place.end, pace, &above, words);
                bound.push(clause);
            }
        }
        self.copies(unit, range.start, &bound, &above, unit);
    }

    /// Words that say that changes are copied as they happen. `bound` are the clauses of `words` that say how often
    /// instead, `at` is where they begin.
    fn copies(&mut self, words: &str, at: usize, bound: &[Range<usize>], above: &Above, own: &str) {
        let mut what = above.what.clone();
        what.push(own.to_owned());
        // Once is enough, in the surest words.
        let (mut log, mut copy) = (None, None);
        for place in words::continuous(words, above.backup) {
            let (Some(before), Some(said)) = (words.get(..place.start), words.get(place.clone())) else {
                continue;
            };
            let is_log = words::is_log(said);
            if is_log && bound.iter().any(|it| it.start <= place.start && place.end <= it.end) {
                self.ships_log = true;
                continue;
            }
            let is_sure = words::is_sure(said, before);
            let best: &mut Option<Schedule> = if is_log { &mut log } else { &mut copy };
            let is_better = |it: &Schedule| is_sure && it.pace == Pace::Continuous { is_sure: false };
            if best.as_ref().is_none_or(is_better) {
                let place = at + place.start..at + place.end;
                *best = Some(self.schedule(place, Pace::Continuous { is_sure }, what.clone()));
            }
        }
        self.logs.extend(log);
        self.found.extend(copy);
    }

    fn add(&mut self, place: Range<usize>, pace: Pace, above: &Above, own: &str) {
        let mut what = above.what.clone();
        what.push(own.to_owned());
        let schedule = self.schedule(place, pace, what);
        self.found.push(schedule);
    }

    fn schedule(&self, place: Range<usize>, pace: Pace, what: Vec<String>) -> Schedule {
        let at = |it: Range<usize>| Span::new(self.page.source, it);
        Schedule { span: at(place), unit: at(self.unit.clone()), pace, what, source: ScheduleSource::Page }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;
    use crate::source::SourceId;

    fn found(text: &str) -> Vec<(String, f64)> {
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        let gap = |pace| match pace {
            Pace::Continuous { .. } => 0.0,
            Pace::LongestGap(seconds) => seconds / 3600.0,
        };
        schedules(&page, text).iter().map(|it| (text[it.span.range()].to_owned(), gap(it.pace))).collect()
    }

    fn is(text: &str, expected: &[(&str, f64)]) {
        let expected: Vec<_> = expected.iter().map(|(words, gap)| ((*words).to_owned(), *gap)).collect();
        assert_eq!(found(text), expected, "{text}");
    }

    #[test]
    fn sentences_and_labels() {
        is("The database is dumped every night at two and kept for a month.\n", &[("every night", 24.0)]);
        is("Full backups daily, incremental every 6 hours.\n", &[("daily", 24.0), ("every 6 hours", 6.0)]);
        is(
            "# Backups\n\n- **Frequency**: every 6 hours\n- **Retention**: 30 days\n",
            &[("every 6 hours", 6.0)],
        );
        is(
            "# Backups\n\n- **Full**: Daily at 2 AM\n- **WAL**: hourly\n\nReplay the WAL.\n",
            &[("Daily", 24.0), ("hourly", 1.0)],
        );
        is("Daily full and 15m WAL backups.\n", &[("Daily", 24.0), ("15m WAL", 0.25)]);
        is("A daily base backup with WAL archiving.\n", &[("daily", 24.0), ("WAL", 0.0)]);
        is("**Backups**:\n\n- Daily at 2 AM\n", &[("Daily", 24.0)]);
        is("# Backup\n\nSchedule: `0 */4 * * *`\n", &[("0 */4 * * *", 4.0)]);
    }

    #[test]
    fn copied_as_it_happens() {
        is(
            "Changes go to the standby by streaming replication.\n\nDumps are made daily.\n",
            &[("replication", 0.0), ("daily", 24.0)],
        );
        is("Daily snapshots with point-in-time recovery.\n", &[("Daily", 24.0), ("point-in-time", 0.0)]);
        is("There is no replication. Backups run daily.\n", &[("daily", 24.0)]);
        is("Backups are watched by real-time monitoring.\n", &[]);
    }

    #[test]
    fn what_is_repeated_and_no_backup() {
        is("Backups are verified daily.\n", &[]);
        is("# Backup\n\n## Testing\n\n- Restore a backup monthly\n", &[]);
        is("We meet weekly. Backups are encrypted.\n", &[]);
        is("Old dumps are deleted weekly.\n", &[]);
    }

    #[test]
    fn tables() {
        is(
            "## Backups\n\n| Data | Frequency | Retention |\n|---|---|---|\n| Orders | 6 hours | weekly for a year |\n| Files | Continuous | - |\n| Restore test | Monthly | - |\n",
            &[("6 hours", 6.0), ("Continuous", 0.0)],
        );
        is(
            "| Service | RPO | Backup |\n|---|---|---|\n| Orders | 1 hour | Daily snapshot |\n",
            &[("Daily", 24.0)],
        );
        is("## Meetings\n\n| What | Frequency |\n|---|---|\n| Planning | Weekly |\n\nBackups.\n", &[]);
    }

    #[test]
    fn code_blocks() {
        is(
            "```cron\n0 2 * * * /opt/backup-lamps.sh\n0 4 * * 0 /opt/verify-backup.sh\n```\n",
            &[("0 2 * * *", 24.0)],
        );
        is(
            "```yaml\nkind: CronJob\nmetadata: {name: db-backup}\nspec:\n  schedule: \"0 */6 * * *\"\n```\n",
            &[("0 */6 * * *", 6.0)],
        );
        is("```yaml\nbackup_frequency: \"6h\"\n```\n", &[("6h", 6.0)]);
        is("```yaml\narchive_command: wal-g wal-push\n# a backup\n```\n", &[("archive_command", 0.0)]);
    }
}
