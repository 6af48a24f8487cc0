//! Environment variables that a page sets, uses or lists.

use std::collections::HashSet;

use super::Setting;
use super::walk::Walked;
use crate::model::document::{Kind, NodeId};
use crate::model::reference::{Reference, Target};
use crate::source::Span;

/// The environment variables of a page: exported, put before a command or used in one without having been set on
/// the page; in blocks of `NAME=value` lines; in tables of variables.
pub(super) fn references(setting: &Setting<'_>, walked: &Walked) -> Vec<Reference> {
    let mut found = in_commands(setting, walked);
    found.extend(in_environment_blocks(setting));
    found.extend(in_tables(setting));
    found
}

fn variable(
    setting: &Setting<'_>,
    name: &str,
    range: std::ops::Range<usize>,
    in_command: bool,
) -> Option<Reference> {
    let shape =
        name.contains('_') && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    shape.then(|| Reference {
        target: Target::Variable(name.to_owned()),
        span: Span::new(setting.page.source, range),
        folder: setting.folder.to_owned(),
        in_command,
    })
}

fn in_commands(setting: &Setting<'_>, walked: &Walked) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut set: HashSet<&str> = HashSet::new();
    for command in &setting.page.commands {
        let silent = !command.tagged || command.elsewhere || walked.silent.contains(command.span.start);
        for it in &command.assignments {
            // `X=1` alone is a variable of the reader's shell.
            let exported = command.name() == "export" || !it.lasting;
            let start = it.value.span.range().start;
            if exported && !silent && !command.nested {
                found.extend(variable(setting, &it.name, start..start + it.name.len(), true));
            }
            set.insert(&it.name);
        }
        if matches!(command.name(), "read" | "for" | "getopts") {
            set.extend(command.arguments().iter().map(|it| it.text.as_str()));
        }
        for word in command.words.iter().filter(|it| it.has_variable && !silent && !command.nested) {
            let written = setting.text.get(word.span.range()).unwrap_or_default();
            for (at, _) in written.match_indices('$') {
                let open = at + 1 + usize::from(written[at + 1..].starts_with('{'));
                let rest = &written[open..];
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let name = &rest[..end];
                let start = word.span.range().start + open;
                if !set.contains(name) {
                    found.extend(variable(setting, name, start..start + name.len(), true));
                }
            }
        }
    }
    found
}

/// ```` ```env ```` blocks.
fn in_environment_blocks(setting: &Setting<'_>) -> Vec<Reference> {
    let mut found = Vec::new();
    for block in setting.page.code_blocks.iter().filter(|it| matches!(it.language.as_str(), "env" | "dotenv"))
    {
        let mut at = block.span.range().start;
        for line in setting.text.get(block.span.range()).unwrap_or_default().split_inclusive('\n') {
            let indent = line.len() - line.trim_start().len();
            if let Some((name, _)) = line.trim_start().split_once('=') {
                found.extend(variable(setting, name, at + indent..at + indent + name.len(), false));
            }
            at += line.len();
        }
    }
    found
}

/// The first column of tables whose head speaks of variables.
fn in_tables(setting: &Setting<'_>) -> Vec<Reference> {
    let document = &setting.page.document;
    let mut found = Vec::new();
    let mut of_variables = false;
    for id in 0..document.nodes.len() as NodeId {
        match document.node(id).kind {
            Kind::TableHead => {
                let first = document.children(id).next();
                let head = first.map(|it| document.plain_text(it, setting.text).to_lowercase());
                of_variables = head.is_some_and(|it| it.contains("variable") || it.contains("env"));
            }
            Kind::TableRow if of_variables => {
                let Some(cell) = document.children(id).next() else { continue };
                for node in document.descendants(cell).map(|it| document.node(it)) {
                    let Kind::Code(name) = &node.kind else { continue };
                    if let Some(span) = super::prose::inner(setting, node.range(), name) {
                        found.extend(variable(setting, name, span.range(), false));
                    }
                }
            }
            _ => {}
        }
    }
    found
}
