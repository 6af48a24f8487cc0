//! The files that a chain of calls loads: by a path, by a function that makes one, by the folder they lie in.

use super::chains::Reader;
use super::last;
use crate::parse::routes::framework::Syntax;
use crate::parse::routes::interpret::{Value, php_candidates};
use crate::parse::routes::text::Text;
use crate::source::SourceId;

impl Reader<'_, '_, '_> {
    /// `require __DIR__.'/orders.php'`, `$this->loadRoutesFrom(…)`
    pub(super) fn load(&mut self, id: usize, before: &Text) {
        let Some(argument) = self.interpreter.noted(id).args.positional.first().map(|it| it.value.clone())
        else {
            return;
        };
        match self.path_of(&argument, id, 0) {
            Some(file) => self.file(file, before),
            // A loop over the files of a folder.
            None if argument.known_text().is_none() => {
                for file in self.listed_files(id) {
                    self.file(file, before);
                }
            }
            None => {}
        }
    }

    /// The files of the folder that was listed last before a call.
    pub(super) fn listed_files(&self, id: usize) -> Vec<SourceId> {
        let span = self.interpreter.noted(id).span;
        let listed = (id.saturating_sub(8)..id).rev().find(|&it| {
            let note = self.interpreter.noted(it);
            note.span.source == span.source && self.table.files.iter().any(|name| name == last(&note.name))
        });
        let Some(listed) = listed else { return Vec::new() };
        let Some(argument) = self.interpreter.noted(listed).args.positional.first() else {
            return Vec::new();
        };
        let Some(pattern) = self.path_text(&argument.value, 0) else { return Vec::new() };
        let pattern = pattern.split('*').next().unwrap_or_default().trim_end_matches('/').to_owned();
        let from = self.sources.path(span.source).to_owned();
        let folders = php_candidates(&from, &pattern);
        for folder in folders.into_iter().filter(|it| !it.is_empty()) {
            let inside =
                |path: &str| path.strip_prefix(folder.as_str()).is_some_and(|it| it.starts_with('/'));
            let found: Vec<SourceId> = self
                .sources
                .iter()
                .filter(|(file, it)| *file != span.source && it.path.ends_with(".php") && inside(&it.path))
                .map(|(file, _)| file)
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The file that a value names: a text, or a function that makes a path of one.
    pub(super) fn path_of(&self, value: &Value, id: usize, depth: usize) -> Option<SourceId> {
        let text = self.path_text(value, depth)?;
        let from = self.sources.path(self.interpreter.noted(id).span.source);
        php_candidates(from, &text).iter().find_map(|it| self.sources.id(it))
    }

    fn path_text(&self, value: &Value, depth: usize) -> Option<String> {
        match value {
            Value::Text(text) => {
                let (text, _) = text.to_path(Syntax::Brace);
                Some(text)
            }
            Value::Noted(id) if depth < 4 => {
                let note = self.interpreter.noted(*id);
                let args = &note.args.positional;
                match last(&note.name) {
                    "module_path" => {
                        let path = self.path_text(&args.get(1)?.value, depth + 1)?;
                        // Where the module's name is not known the file lies beside the provider.
                        let module = args.first()?.value.known_text();
                        let module = module.map_or("..".to_owned(), |it| format!("Modules/{it}"));
                        Some(format!("{module}/{}", path.trim_start_matches('/')))
                    }
                    "app_path" => Some(format!("app/{}", self.path_text(&args.first()?.value, depth + 1)?)),
                    _ => self.path_text(&args.first()?.value, depth + 1),
                }
            }
            _ => None,
        }
    }
}
