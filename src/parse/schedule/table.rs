//! Schedules in tables: a column of frequencies, or a row with a label.

use std::ops::Range;

use super::{Sheet, cadence, words};
use crate::model::document::NodeId;
use crate::model::schedule::Pace;

pub(super) fn read(sheet: &mut Sheet<'_>, table: NodeId) {
    let document = &sheet.page.document;
    let cells = |row: NodeId| -> Vec<Range<usize>> {
        document.children(row).map(|it| document.node(it).range()).collect()
    };
    let mut rows = document.children(table).map(cells);
    let Some(head) = rows.next() else { return };
    let rows: Vec<Vec<Range<usize>>> = rows.collect();
    let text = sheet.text;
    let words_of = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let above = sheet.above(document.node(table).start as usize);
    let head: Vec<&str> = head.iter().map(words_of).collect();
    let about = above.backup || head.iter().any(|it| words::is_backup(it));
    for row in rows {
        let label = row.first().map(words_of).unwrap_or_default();
        let about = about || words::is_backup(label);
        let is_other = above.other || words::is_other(label);
        let mut is_bound = false;
        let mut found = Vec::new();
        for (column, range) in row.iter().enumerate() {
            let cell = words_of(range);
            let head = head.get(column).copied().unwrap_or_default();
            let skipped =
                ["rpo", "rto", "reten", "recovery", "objective", "retain", "kept", "aufbewahr", "conserv"];
            if skipped.iter().any(|it| head.to_lowercase().contains(it)) || words::is_kept(label.trim()) {
                continue;
            }
            let is_value = words::is_schedule(head)
                || words::is_backup(head)
                || (column == 1 && (words::is_schedule(label) || words::is_backup(label)));
            let counts = ((is_value && about) || words::is_backup(cell)) && !is_other;
            let counts = counts && !words::is_other(cell) && !words::is_other(head);
            let whole =
                cadence::whole(cell).filter(|_| words::is_schedule(head) || words::is_schedule(label));
            let at = |it: Range<usize>| range.start + it.start..range.start + it.end;
            if let (Some(pace), true) = (whole, counts) {
                let start = cell.len() - cell.trim_start().len();
                found.push((at(start..start + cell.trim().len()), pace));
                is_bound = true;
            }
            for (place, pace) in
                cadence::find(cell).into_iter().filter(|it| counts && !words::is_kept(&cell[..it.0.start]))
            {
                found.push((at(place), pace));
                is_bound = true;
            }
        }
        for range in &row {
            let cell = words_of(range);
            if let Some(place) = words::continuous(cell, about)
                && !(words::is_log(&cell[place.clone()]) && is_bound)
            {
                found.push((range.start + place.start..range.start + place.end, Pace::Continuous));
            }
        }
        let own: Vec<&str> = row.iter().take(2).map(words_of).collect();
        for (place, pace) in found {
            sheet.add(place, pace, &above, &own.join(" "));
        }
    }
}
