//! What the page itself makes, shows or downloads: such files need not be in the repository.

use std::collections::HashSet;

use super::path::{extension, is_path, name, normal};
use super::words::{arguments, option_values, program, without_wrapper};
use crate::model::code::{Command, RedirectKind};
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;

/// Paths that are made on a page, and the names of files whose content it shows.
#[derive(Debug, Default)]
pub(super) struct Created {
    paths: HashSet<String>,
    names: HashSet<String>,
}

impl Created {
    /// Whether a path is one of these, or lies in one.
    pub(super) fn contains(&self, path: &str) -> bool {
        let path = normal(path);
        if self.names.contains(name(&path)) {
            return true;
        }
        let mut above = path.as_str();
        loop {
            if self.paths.contains(above) {
                return true;
            }
            match above.rsplit_once('/') {
                Some((folder, _)) => above = folder,
                None => return false,
            }
        }
    }

    fn add(&mut self, path: &str) {
        let path = normal(path.trim_end_matches('/'));
        if !path.is_empty() {
            self.names.extend(extension(&path).map(|_| name(&path).to_owned()));
            self.paths.insert(path);
        }
    }

    /// Adds what a command makes.
    pub(super) fn add_command(&mut self, command: &Command) {
        for redirect in &command.redirects {
            if redirect.kind != RedirectKind::Read {
                self.add(&redirect.target.text);
            }
        }
        let words = without_wrapper(&command.words);
        let rest = words.get(1..).unwrap_or_default();
        let outputs =
            ["-o", "-O", "--output", "--out", "-out", "--output-document", "--outfile", "--output-file"];
        option_values(rest, &outputs).iter().for_each(|(value, _)| self.add(value));
        let named: Vec<&str> = arguments(rest, &["-m"]).iter().map(|it| it.text.as_str()).collect();
        match program(words) {
            "mkdir" | "touch" | "tee" | "vim" | "vi" | "nano" | "code" | "emacs" | "$EDITOR" => {
                named.iter().for_each(|it| self.add(it));
            }
            "cp" | "mv" | "ln" | "install" | "rsync" | "scp" => self.add_copies(&named),
            "aws" | "gsutil" | "gcloud" | "docker" | "podman" | "kubectl" | "oc" | "rclone" | "mc" | "az"
                if named.contains(&"cp") || named.contains(&"sync") || named.contains(&"copy") =>
            {
                self.add_copies(&named);
            }
            "curl" | "wget" => {
                let addresses = named.iter().filter(|it| it.contains("://") || it.contains('/'));
                addresses.for_each(|it| self.add(name(it.split('?').next().unwrap_or(it))));
            }
            "git" => match named.as_slice() {
                ["clone", address, rest @ ..] => {
                    let folder = rest.first().copied();
                    self.add(folder.unwrap_or_else(|| name(address).trim_end_matches(".git")));
                }
                ["worktree", "add", path, ..] | ["submodule", "add", _, path, ..] => self.add(path),
                _ => {}
            },
            "helm" | "ng" | "rails" | "cargo" | "django-admin" | "mix" | "poetry" | "uv" | "dotnet"
            | "flutter"
                if named.iter().any(|it| {
                    matches!(*it, "new" | "create" | "init" | "startproject" | "startapp" | "pull")
                }) =>
            {
                named.iter().skip(1).for_each(|it| self.add(it));
            }
            "ssh-keygen" | "pg_dump" | "openssl" | "mysqldump" | "mongodump" => {
                option_values(rest, &["-f", "-keyout", "--file", "--archive"])
                    .iter()
                    .for_each(|(it, _)| self.add(it));
            }
            "unzip" | "tar" => {
                option_values(rest, &["-d", "-C", "-cf", "-czf", "czf", "cf"])
                    .iter()
                    .for_each(|(it, _)| self.add(it));
            }
            _ if named.contains(&"venv") || named.contains(&"virtualenv") => {
                named.iter().for_each(|it| self.add(it));
            }
            _ => {}
        }
    }

    /// The destination of a copy; in a folder it has the name of the original.
    fn add_copies(&mut self, named: &[&str]) {
        let Some((destination, originals)) = named.split_last() else { return };
        let destination = destination.rsplit_once(':').map_or(*destination, |(_, it)| it);
        if !matches!(destination, "." | "./" | "..") {
            self.add(destination);
        }
        for original in originals {
            let original = name(original.rsplit_once(':').map_or(original, |(_, it)| it));
            // A copy does not make its own original.
            if destination.ends_with('/') || matches!(destination, "." | "..") {
                self.add(&format!("{destination}/{original}"));
            }
        }
    }

    /// Adds the files whose content the page shows: a block that is no shell, with a file's name in its info
    /// string, in its first line, or in the words right above it.
    pub(super) fn add_shown(&mut self, page: &Page, text: &str) {
        let document = &page.document;
        let mut above: Option<NodeId> = None;
        for id in 0..document.nodes.len() as NodeId {
            match &document.node(id).kind {
                Kind::Paragraph | Kind::Heading(_) | Kind::Item => above = Some(id),
                Kind::CodeBlock(index) => {
                    let Some(block) = page.code_blocks.get(*index as usize) else { continue };
                    if matches!(block.language.as_str(), "bash" | "sh" | "shell" | "console" | "zsh" | "http")
                    {
                        continue;
                    }
                    let first_line = document.children(id).next().map(|it| document.node(it).range());
                    let first_line = first_line.and_then(|it| text.get(it)).unwrap_or_default();
                    let first_line = first_line.lines().next().unwrap_or_default();
                    let comment =
                        ["#", "//", "--", "<!--", "/*", ";"].iter().any(|it| first_line.starts_with(it));
                    // Words that stand above several blocks were read for the first one.
                    let above =
                        above.take().and_then(|it| text.get(document.node(it).range())).unwrap_or_default();
                    // An item holds its whole content: only what stands before the block is above it.
                    let before = above.find("```").map_or(above, |at| &above[..at]);
                    for words in [block.info.as_str(), if comment { first_line } else { "" }, before] {
                        self.names.extend(file_names(words));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The names of files among some words: with an extension, in whatever quotes.
fn file_names(words: &str) -> impl Iterator<Item = String> {
    let split = |c: char| {
        c.is_whitespace() || matches!(c, '`' | '*' | '"' | '\'' | '(' | ')' | '[' | ']' | '=' | ',' | ':')
    };
    let names = words.split(split).map(|it| it.trim_end_matches(['.', ';', '!', '?']));
    names.filter(|it| is_path(it) && extension(it).is_some()).map(|it| name(it).to_owned())
}
