//! Schedules in tables: a column of frequencies, or a row with a label.

use std::ops::Range;

use super::{Above, Sheet, cadence, words};
use crate::model::document::NodeId;

pub(super) fn read(sheet: &mut Sheet<'_>, table: NodeId) {
    let document = &sheet.page.document;
    let whole = document.node(table).range();
    if !sheet.places.any_in(&whole) && !sheet.text.get(whole).is_some_and(words::is_schedule) {
        return;
    }
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
        if let (Some(first), Some(last)) = (row.first(), row.last()) {
            sheet.unit = first.start..last.end;
        }
        let label = row.first().map(words_of).unwrap_or_default();
        let about = about || words::is_backup(label);
        let is_other = above.other || words::is_other(label);
        // The clauses of each cell that say how often.
        let mut bound: Vec<Vec<Range<usize>>> = vec![Vec::new(); row.len()];
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
                bound[column].push(0..cell.len());
            }
            for (place, pace) in
                cadence::find(cell).into_iter().filter(|it| counts && !words::is_kept(&cell[..it.0.start]))
            {
                bound[column].push(words::clause(cell, &place));
                found.push((at(place), pace));
            }
        }
        let own: Vec<&str> = row.iter().take(2).map(words_of).collect();
        let own = own.join(" ");
        for (place, pace) in found {
            sheet.add(place, pace, &above, &own);
        }
        // "WAL | hourly": the other cell says how often.
        let is_bound = bound.iter().any(|it| !it.is_empty());
        let above = Above { backup: about, ..above.clone() };
        for (range, bound) in row.iter().zip(&bound) {
            let cell = words_of(range);
            let whole = 0..cell.len();
            let bound = if bound.is_empty() && is_bound { std::slice::from_ref(&whole) } else { bound };
            sheet.copies(cell, range.start, bound, &above, &own);
        }
    }
}
