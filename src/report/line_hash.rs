//! The hash by which GitHub's code scanning knows a line again after edits elsewhere.
//!
//! GitHub's upload action computes the same and warns where a report says otherwise; reports that are uploaded in
//! another way need it. A line's hash is a polynomial modulo 2⁶⁴ over the hundred UTF-16 units that begin at the
//! line, without spaces and tabs, with the end of the file as `0xffff` and zeros after it. Equal hashes are
//! numbered.

use std::collections::HashMap;

/// How many units make a hash.
const WINDOW: usize = 100;
/// The base of the polynomial.
const BASE: u64 = 37;
/// Takes the place of the end of the file.
const END: u64 = 0xffff;

/// The hash of each line. Lines end as in the upload action: also at a lone carriage return.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    let (units, starts) = units(text);
    // BASE^WINDOW, by which a unit is weighted when it leaves the window.
    let leaving = (0..WINDOW).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let unit = |at: usize| units.get(at).copied().unwrap_or(0);
    let mut hash = (0..WINDOW).fold(0u64, |hash, at| hash.wrapping_mul(BASE).wrapping_add(unit(at)));
    let mut at = 0;
    let mut seen: HashMap<u64, u32> = HashMap::new();
    starts
        .into_iter()
        .map(|start| {
            while at < start {
                hash = hash.wrapping_mul(BASE).wrapping_add(unit(at + WINDOW));
                hash = hash.wrapping_sub(leaving.wrapping_mul(unit(at)));
                at += 1;
            }
            let nth = seen.entry(hash).or_insert(0);
            *nth += 1;
            format!("{hash:x}:{nth}")
        })
        .collect()
}

/// The units that count, and where among them each line begins.
fn units(text: &str) -> (Vec<u64>, Vec<usize>) {
    let newline = u64::from(b'\n');
    let mut units = Vec::with_capacity(text.len() + 1);
    let mut starts = vec![0];
    let mut after_return = false;
    for unit in text.encode_utf16().map(u64::from) {
        let is = |c: u8| unit == u64::from(c);
        if is(b' ') || is(b'\t') || (after_return && is(b'\n')) {
            after_return = false;
            continue;
        }
        after_return = is(b'\r');
        if after_return || is(b'\n') {
            units.push(newline);
            starts.push(units.len());
        } else {
            units.push(unit);
        }
    }
    units.push(END);
    (units, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_does_not_see_spaces_and_kinds_of_line_ends() {
        let plain = line_hashes("a b\nc\n");
        assert_eq!(plain, line_hashes("ab\r\n\tc\r\n"));
        assert_eq!(plain.len(), 3);
    }

    #[test]
    fn equal_lines_are_numbered_and_later_edits_do_not_matter() {
        let far = "x".repeat(200);
        let one = line_hashes(&format!("{far}\n{far}\nend\n"));
        let two = line_hashes(&format!("{far}\n{far}\nother\n"));
        assert_eq!(one[0], two[0]);
        assert!(one[0].ends_with(":1") && one[1].ends_with(":2"), "{one:?}");
        assert_eq!(one[0].split(':').next(), one[1].split(':').next());
    }
}
