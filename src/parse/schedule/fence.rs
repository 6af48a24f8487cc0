//! Schedules in code blocks: lines of a crontab, keys of YAML, comments above commands.

use std::sync::LazyLock;

use regex::Regex;

use super::{Sheet, cadence, words};
use crate::model::page::CodeBlock;
use crate::pattern::compiled;

/// `backup_frequency: "6h"`, `schedule: "0 2 * * *"`, `cron = …`.
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?i)^\s*(?:-\s+)?["']?(?:[\w.-]*[_.-])?(?:schedule|cron|frequency|interval)(?:_?expression)?["']?\s*[:=]\s*["']?"#,
    )
});

/// What every such key has in it.
static STEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?i-u)schedule|cron|frequency|interval").expect("the pattern is constant"));

pub(super) fn read(sheet: &mut Sheet<'_>, block: &CodeBlock) {
    let range = block.span.range();
    let Some(code) = sheet.text.get(range.clone()) else { return };
    if !sheet.places.any_in(&range) && !STEM.is_match(code) {
        return;
    }
    let above = sheet.above(range.start);
    let about = words::is_backup(code) && !above.other;
    let mut start = range.start;
    let mut before = "";
    for line in code.split_inclusive('\n') {
        sheet.unit = start..start + line.len();
        let mut is_bound = false;
        let comment = if before.trim_start().starts_with(['#', '/', '-']) { before } else { "" };
        let key = KEY.find(line).map(|it| it.end());
        let is_comment = line.trim_start().starts_with("# ");
        let named = words::is_backup(line) || words::is_backup(comment) || (key.is_some() && about);
        let counts = named && !above.other && !words::is_other(line) && !words::is_other(comment);
        let value =
            key.and_then(|at| line.get(at..)).map(|it| it.trim_end().trim_end_matches(['"', '\'', ',']));
        if let (Some(at), Some(value), true) = (key, value, counts)
            && let Some(pace) = cadence::whole(value)
        {
            sheet.add(start + at..start + at + value.len(), pace, &above, line);
            is_bound = true;
        }
        for (place, pace) in cadence::find(line).into_iter().filter(|_| counts) {
            // A word such as `daily` is often the name of a folder.
            let is_expression = line[place.clone()].contains(['*', '@', '(']);
            if is_expression || key.is_some() || is_comment {
                sheet.add(start + place.start..start + place.end, pace, &above, line);
                is_bound = true;
            }
        }
        // `replicas: 3` is no copy of data.
        if !line.contains("replica") {
            let bound = if is_bound { 0..line.len() } else { 0..0 };
            sheet.copies(line, start, &[bound], &above, line);
        }
        before = line;
        start += line.len();
    }
}
