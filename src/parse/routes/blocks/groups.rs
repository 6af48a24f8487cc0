//! What a chain of calls opens: groups of routes, and the files that an application starts with.

use super::chains::Reader;
use crate::parse::routes::interpret::Value;
use crate::parse::routes::text::Text;

impl Reader<'_, '_, '_> {
    /// `->group(fn)`, `->group(["prefix" => "v1"], fn)`, `->group(base_path("routes/v1.php"))`
    pub(super) fn group(&mut self, id: usize, before: &Text) {
        let args: Vec<Value> = self.interpreter.noted(id).args.all().map(|it| it.value.clone()).collect();
        let mut before = before.clone();
        for value in &args {
            if let Some(entries) = self.interpreter.entries_of(value)
                && let Some((_, prefix)) =
                    entries.iter().find(|(key, _)| self.table.prefix.iter().any(|it| **it == **key))
            {
                before.join(&match prefix {
                    Value::Text(text) => (**text).clone(),
                    Value::Bool(false) => Text::known(""),
                    _ => Text::hole("prefix"),
                });
            }
        }
        for value in &args {
            match value {
                Value::Func(_) => self.block(value, id, &before),
                Value::List(_) => {
                    for item in self.interpreter.items_of(value).unwrap_or_default() {
                        self.file_of(&item, id, &before);
                    }
                }
                Value::Text(_) | Value::Noted(_) => self.file_of(value, id, &before),
                // A loop over the files of a folder.
                Value::Unknown => {
                    for file in self.listed_files(id) {
                        self.file(file, &before);
                    }
                }
                _ => {}
            }
        }
    }

    fn file_of(&mut self, value: &Value, id: usize, before: &Text) {
        if let Some(file) = self.path_of(value, id, 0) {
            self.file(file, before);
        }
    }

    /// `->withRouting(web: …, api: …, apiPrefix: 'api', then: fn)`
    pub(super) fn with_routing(&mut self, id: usize, before: &Text) {
        let note = self.interpreter.noted(id);
        let named: Vec<(Box<str>, Value)> =
            note.args.named.iter().map(|(name, it)| (name.clone(), it.value.clone())).collect();
        let value = |name: &str| named.iter().find(|(it, _)| **it == *name).map(|(_, it)| it.clone());
        // A function of the application's own takes the place of what the framework does with the rest.
        let is_own =
            matches!(value("using"), Some(Value::Func(_))) && !matches!(value("then"), Some(Value::Func(_)));
        for name in ["web", "api"].into_iter().filter(|_| !is_own) {
            let mut below = before.clone();
            if name == "api" {
                below.join(&match value("apiPrefix") {
                    Some(Value::Text(text)) => (*text).clone(),
                    Some(_) => Text::hole("prefix"),
                    None => Text::known("api"),
                });
            }
            let Some(files) = value(name) else { continue };
            for file in self.interpreter.items_of(&files).unwrap_or_else(|| vec![files.clone()]) {
                self.file_of(&file, id, &below);
            }
        }
        if let Some(Value::Text(health)) = value("health").filter(|_| !is_own) {
            let mut path = before.clone();
            path.join(&health);
            self.declare(&path, &["GET".to_owned()], id);
        }
        if value("channels").is_some_and(|it| matches!(it, Value::Text(_)))
            && let Some(bundle) = self.table.bundle.iter().find(|it| it.facade == "Broadcast")
        {
            self.declare_bundle(bundle, id, before);
        }
        for name in ["then", "using"] {
            if let Some(function @ Value::Func(_)) = value(name) {
                self.block(&function, id, before);
            }
        }
    }
}
