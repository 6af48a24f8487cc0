//! The files that a spec is made of: its root, what that refers to, and so on.
//!
//! Reading a whole project for one spec would be a waste, so the text is searched for `$ref` before anything is
//! parsed. What is found too much is read for nothing; what a spec refers to is always found.

use std::collections::HashSet;

use crate::model::resolve::{has_scheme, join};
use crate::source::Source;

/// More files than this belong to no spec.
const MAX_FILES: usize = 20_000;

/// Reads the spec roots at `paths` (project paths) and all that they refer to, near or far. `read` gives the texts
/// of project paths, none where there is no such text; it is asked once a round, with many paths.
///
/// # Errors
/// Those of `read`.
pub fn closure<E>(
    paths: &[String],
    mut read: impl FnMut(&[String]) -> Result<Vec<Option<String>>, E>,
) -> Result<Vec<Source>, E> {
    let mut seen: HashSet<String> = paths.iter().cloned().collect();
    let mut wanted: Vec<String> = paths.to_vec();
    let mut sources = Vec::new();
    while !wanted.is_empty() {
        let texts = read(&wanted)?;
        let mut next = Vec::new();
        for (path, text) in wanted.into_iter().zip(texts) {
            let Some(text) = text else { continue };
            for target in referred(&path, &text) {
                if seen.len() < MAX_FILES && seen.insert(target.clone()) {
                    next.push(target);
                }
            }
            sources.push(Source::new(path, text));
        }
        wanted = next;
    }
    Ok(sources)
}

/// The project paths that the references of a file may lead to; hidden files and other hosts are left out.
fn referred(path: &str, text: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut targets = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), b"$ref") {
        let rest = text.get(at + 4..).unwrap_or_default();
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start();
        let Some(value) = rest.strip_prefix(':').map(str::trim_start) else { continue };
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
        match quote {
            Some(quote) => targets.extend(value[1..].split(quote).next()),
            None => {
                let line = value.lines().next().unwrap_or_default();
                // A bracket or comma ends a word in flow style only.
                targets.push(line.split(" #").next().unwrap_or_default());
                targets.extend(line.split([',', '}']).next());
            }
        }
    }
    let mut paths: Vec<String> = targets
        .into_iter()
        .filter_map(|it| it.split('#').next().map(str::trim))
        .filter(|it| !it.is_empty() && !it.starts_with("//") && !has_scheme(it))
        .filter_map(|it| {
            let decoded = percent_encoding::percent_decode_str(it).decode_utf8_lossy();
            join(if decoded.starts_with('/') { "" } else { folder }, &decoded)
        })
        .filter(|it| !it.is_empty() && !it.split('/').any(|part| part.starts_with('.')))
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_in_every_style() {
        let text = "a: {$ref: b.yaml#/x, c: 1}\n'$ref' : 'd e.yaml'\n- \"$ref\":\n  \"../f.json#\"\n$ref: g_{id}.yaml # note\n\
                    $ref: '#/here'\n$ref: https://example.com/h.yaml\n$ref: ../../i.yaml\n$ref: .env\n$ref: a%20b.md\n$ref";
        let found = referred("api/spec.yaml", text);
        assert_eq!(
            found,
            ["api/a b.md", "api/b.yaml", "api/d e.yaml", "api/g_{id", "api/g_{id}.yaml", "f.json"]
        );
    }

    #[test]
    fn files_are_read_once_and_circles_end() {
        let mut rounds = Vec::new();
        let sources = closure(&["a.yaml".to_owned()], |paths| {
            rounds.push(paths.join(" "));
            let text = |path: &String| match path.as_str() {
                "a.yaml" => Some("$ref: b.yaml\nx: {$ref: c.yaml}".to_owned()),
                "b.yaml" => Some("$ref: 'a.yaml'".to_owned()),
                _ => None,
            };
            Ok::<_, ()>(paths.iter().map(text).collect())
        });
        let paths: Vec<_> = sources.unwrap().into_iter().map(|it| it.path).collect();
        assert_eq!(paths, ["a.yaml", "b.yaml"]);
        assert_eq!(rounds, ["a.yaml", "b.yaml c.yaml c.yaml}"]);
    }
}
