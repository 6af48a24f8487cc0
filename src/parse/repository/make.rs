//! Makefile → targets. Variables are expanded where they are constant; whatever make would compute becomes
//! `*`, and includes that are not there make the file open.

use std::collections::HashMap;

use super::task_file;
use crate::model::repository::{Runner, TaskFile};
use crate::model::resolve::join;
use crate::source::Sources;

/// How deep makefiles may include each other.
const MAX_DEPTH: usize = 16;

/// Reads makefiles with what they include.
pub(super) struct Reader<'a> {
    sources: &'a Sources,
}

#[derive(Default)]
struct Found {
    names: Vec<String>,
    patterns: Vec<String>,
    variables: HashMap<String, String>,
    open: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(sources: &'a Sources) -> Reader<'a> {
        Reader { sources }
    }

    pub(super) fn read(&mut self, path: &str, text: &str) -> TaskFile {
        let mut found = Found::default();
        self.add(path, text, 0, &mut found);
        found.patterns.sort_unstable();
        found.patterns.dedup();
        task_file(Runner::Make, path, found.names, found.patterns, found.open)
    }

    fn add(&self, path: &str, text: &str, depth: usize, found: &mut Found) {
        let mut in_define = false;
        for line in logical_lines(text) {
            let line = line.split('#').next().unwrap_or_default();
            let trimmed = line.trim();
            let first = trimmed.split_whitespace().next().unwrap_or_default();
            match first {
                "define" => in_define = true,
                "endef" => in_define = false,
                _ if in_define || line.starts_with('\t') || trimmed.is_empty() => {}
                "include" | "-include" | "sinclude" => {
                    self.include(path, trimmed, first == "include", depth, found);
                }
                _ if trimmed.starts_with("$(eval") || trimmed.starts_with("$(call") => found.open = true,
                _ if trimmed.starts_with("$(foreach") => found.open = true,
                _ => statement(trimmed, found),
            }
        }
    }

    fn include(&self, path: &str, line: &str, required: bool, depth: usize, found: &mut Found) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for word in line.split_whitespace().skip(1) {
            let word = expand(word, &found.variables, 0);
            // Dependencies that the compiler writes, and lists of variables, hold no targets of interest.
            if word.ends_with(".d") || word.ends_with(".env") || word.starts_with(".env") {
                continue;
            }
            let file = join(folder, &word).and_then(|it| self.sources.id(&it));
            match file {
                Some(id) if depth < MAX_DEPTH => {
                    let source = self.sources.get(id);
                    self.add(&source.path, &source.text, depth + 1, found);
                }
                // An optional file with a fixed name that is not there is somebody's own settings.
                _ => found.open |= required || word.contains('*'),
            }
        }
    }
}

/// An assignment or a rule.
fn statement(line: &str, found: &mut Found) {
    let line = ["export ", "override ", "private "]
        .iter()
        .fold(line, |it, word| it.strip_prefix(word).map_or(it, str::trim_start));
    let colon = outside_references(line, ':');
    let equals = outside_references(line, '=');
    if let Some(equals) =
        equals.filter(|&it| colon.is_none_or(|colon| it < colon || is_assignment(line, colon)))
    {
        let name = line[..equals].trim_end_matches(['=', ':', '?', '+', '!']).trim();
        let value = line[equals + 1..].trim_start_matches('=').trim();
        let value = found
            .variables
            .get(name)
            .filter(|_| line[..equals].ends_with('+'))
            .map_or_else(|| value.to_owned(), |before| format!("{before} {value}"));
        found.variables.insert(name.to_owned(), value);
        return;
    }
    let Some(colon) = colon else { return };
    let targets = expand(&line[..colon], &found.variables, 0);
    for target in targets.split_whitespace() {
        match target {
            ".PHONY" => {
                let phony = expand(line[colon + 1..].trim_start_matches(':'), &found.variables, 0);
                phony.split_whitespace().for_each(|it| add(it, found));
            }
            // Special targets of make itself.
            _ if target.starts_with('.')
                && target[1..].chars().all(|c| c.is_ascii_uppercase() || c == '_') => {}
            _ => add(target.trim_end_matches('&'), found),
        }
    }
}

fn add(target: &str, found: &mut Found) {
    if target.contains(['%', '*']) {
        found.patterns.push(target.replace('%', "*"));
    } else if !target.is_empty() {
        found.names.push(target.to_owned());
    }
}

/// Whether the colon is that of `:=` or `::=`.
fn is_assignment(line: &str, colon: usize) -> bool {
    line[colon..].trim_start_matches(':').starts_with('=')
}

/// The first of these characters that stands in no `$(…)`.
fn outside_references(line: &str, wanted: char) -> Option<usize> {
    let mut depth = 0usize;
    for (at, char) in line.char_indices() {
        match char {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            _ if char == wanted && depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Replaces `$(NAME)` by its constant value, and everything else that make would compute by `*`.
fn expand(text: &str, variables: &HashMap<String, String>, depth: usize) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        expanded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let close = match rest.chars().next() {
            Some('(') => ')',
            Some('{') => '}',
            Some(other) => {
                expanded.push('*');
                rest = &rest[other.len_utf8()..];
                continue;
            }
            None => break,
        };
        let open = rest.chars().next().unwrap_or('(');
        let mut level = 0usize;
        let end = rest.char_indices().find(|&(_, it)| {
            level += usize::from(it == open);
            level -= usize::from(it == close && level > 0);
            level == 0
        });
        let Some((end, _)) = end else {
            expanded.push('*');
            return expanded;
        };
        match variables.get(&rest[1..end]).filter(|it| depth < MAX_DEPTH && it.len() < 4096) {
            Some(value) if expanded.len() < 65_536 => expanded.push_str(&expand(value, variables, depth + 1)),
            _ => expanded.push('*'),
        }
        rest = &rest[end + 1..];
    }
    expanded.push_str(rest);
    expanded
}

/// The lines, with those joined that end in a backslash.
fn logical_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut continued = false;
    for line in text.lines() {
        let part = line.strip_suffix('\\');
        match lines.last_mut().filter(|_| continued) {
            Some(last) => {
                last.push(' ');
                last.push_str(part.unwrap_or(line));
            }
            None => lines.push(part.unwrap_or(line).to_owned()),
        }
        continued = part.is_some();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn targets(text: &str) -> TaskFile {
        let extra = Source::new("mk/more.mk", "more:\n\ttrue\n");
        let sources = Sources::new(vec![Source::new("Makefile", text), extra]);
        Reader::new(&sources).read("Makefile", text)
    }

    #[test]
    fn rules() {
        let found = targets(
            "BINS := api worker\nX = 1\n.PHONY: all \\\n  clean\n\nall: build ## help: all\n\techo a: b\nbuild test: x\nsrv:: y\n$(BINS): x\n.DEFAULT_GOAL := all\nfoo: CFLAGS = -O2\nURL = http://x\ninclude mk/more.mk\n-include .env\n",
        );
        assert_eq!(found.names, ["all", "api", "build", "clean", "foo", "more", "srv", "test", "worker"]);
        assert!(!found.open);
        assert!(!found.may_run("deploy"));
    }

    #[test]
    fn what_is_computed_matches_anything() {
        assert!(targets("deploy-%: x\n").may_run("deploy-prod"));
        assert!(!targets("deploy-%: x\n").may_run("release"));
        assert!(targets("$(shell ls): x\n").may_run("release"));
        assert!(!targets("$(OUT)/x.o: x\n").may_run("release"));
        assert!(targets("include $(DIR)/rules.mk\n").may_run("release"));
        assert!(targets("$(foreach s,$(S),$(eval $(call t,$(s))))\n").may_run("release"));
        assert!(!targets("define t\nx: y\nendef\n").may_run("x"));
    }

    #[test]
    fn variables_that_name_themselves_end() {
        targets("A = $(A) $(A)\n$(A): x\n");
        targets("A = $(B)\nB = $(A)\n$(B: x\n");
    }
}
