//! A name for a finding that survives edits elsewhere in the file: no line number goes into it.

use std::collections::HashMap;

use xxhash_rust::xxh3::Xxh3;

use crate::finding::Finding;
use crate::model::Project;

/// The fingerprint of each finding: a hash of its [`key`](keys) and how many equal ones stand before it.
/// 16 hexadecimal digits.
pub(super) fn fingerprints(project: &Project, findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    keys(project, findings, &|path| path)
        .into_iter()
        .map(|key| {
            let nth = seen.entry(key).or_insert(0);
            *nth += 1;
            format!("{:016x}", hash(&[&format!("{key:016x}"), &nth.to_string()]))
        })
        .collect()
}

/// What a finding is about, whatever its place: a hash of rule, path, offending words and the headings above.
/// `called` gives the name under which a path is known.
pub(super) fn keys<'a>(
    project: &'a Project,
    findings: &[Finding],
    called: &dyn Fn(&'a str) -> &'a str,
) -> Vec<u64> {
    let pages: HashMap<_, _> = project.pages.iter().map(|page| (page.source, page)).collect();
    findings
        .iter()
        .map(|finding| {
            let words = project.sources.text(finding.span);
            // A finding about a whole file or section is known by its message.
            let words = if words.len() > 200 || words.is_empty() { finding.message.as_str() } else { words };
            let path = called(project.sources.path(finding.span.source));
            let headings = pages.get(&finding.span.source).map_or(String::new(), |page| {
                page.heading_path(finding.span.start)
                    .map(|it| it.text.as_str())
                    .collect::<Vec<_>>()
                    .join("\0")
            });
            hash(&[finding.rule, path, words, &headings])
        })
        .collect()
}

fn hash(parts: &[&str]) -> u64 {
    let mut hasher = Xxh3::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    hasher.digest()
}
