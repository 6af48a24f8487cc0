//! Texts that an object of settings holds: `properties.getBasePath()` of a class with `@ConfigurationProperties`.

use super::types::{TypeId, Types, dotted};
use super::value::Value;
use crate::parse::routes::decoy::is_test;
use crate::parse::routes::ir::{Expr, ExprKind};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

/// The annotation of such a class.
const ANNOTATION: &str = "ConfigurationProperties";

impl Types<'_> {
    /// What an object of settings is asked for, as a placeholder: `${app.base-path:/api}`.
    pub(super) fn property(&mut self, expr: &Expr) -> Option<Text> {
        let mut path = Vec::new();
        let mut at = expr;
        let object = loop {
            match &at.kind {
                ExprKind::Call(call) if call.args.is_empty() => at = &call.callee,
                ExprKind::Attr(of, name) => {
                    path.push(field(name));
                    at = of;
                }
                ExprKind::Name(name) => break name.to_string(),
                _ => return None,
            }
        };
        path.reverse();
        // `this.properties.basePath()`
        let object = if object == "this" && !path.is_empty() { path.remove(0) } else { object };
        let last = path.last()?.clone();
        let all = self.settings_classes();
        let named = |it: &&(TypeId, String)| self.types[it.0].class.name.eq_ignore_ascii_case(&object);
        let (id, prefix) =
            all.iter().find(named).or_else(|| all.iter().find(|it| self.mentions(it.0, &path[0])))?;
        let mut key = prefix.clone();
        path.iter().for_each(|it| key.extend([".", it]));
        let default = match self.field(*id, &last, 0) {
            Some(Value::Text(text)) if path.len() == 1 => text.as_known(),
            _ => None,
        };
        Some(Text::known(&default.map_or_else(|| format!("${{{key}}}"), |it| format!("${{{key}:{it}}}"))))
    }

    /// The classes of settings, with the beginning of their keys.
    fn settings_classes(&mut self) -> Vec<(TypeId, String)> {
        if let Some(known) = &self.settings {
            return known.clone();
        }
        let files = self.store.sources.iter();
        let files =
            files.filter(|(_, it)| matches!(Language::of(&it.path), Some(Language::Java | Language::Kotlin)));
        let files = files.filter(|(_, it)| !is_test(&it.path) && it.text.contains(ANNOTATION));
        let files: Vec<_> = files.map(|(id, _)| id).collect();
        // What is read meanwhile may ask for properties, too.
        self.settings = Some(Vec::new());
        let mut found = Vec::new();
        for file in files {
            self.load(file);
            for id in 0..self.types.len() {
                let class = self.types[id].class.clone();
                let calls = class.decorators.iter().filter(|_| self.types[id].file == file);
                let calls =
                    calls.filter_map(|it| if let ExprKind::Call(it) = &it.kind { Some(it) } else { None });
                let own = |name: String| name.rsplit('.').next() == Some(ANNOTATION);
                let mut calls = calls.filter(|it| dotted(&it.callee).is_some_and(own));
                let Some(argument) = calls.next().and_then(|it| it.args.first()) else { continue };
                if let Value::Text(prefix) = self.value(&argument.value, self.scope(id), &[]) {
                    found.extend(prefix.as_known().map(|it| (id, it)));
                }
            }
        }
        self.settings = Some(found.clone());
        found
    }

    /// Whether the file of a class has a word.
    fn mentions(&self, id: TypeId, word: &str) -> bool {
        self.store.sources.get(self.types[id].file).text.contains(word)
    }
}

/// The field that a method returns: `getBasePath`, `basePath`.
fn field(name: &str) -> String {
    let upper = |it: &&str| it.starts_with(|it: char| it.is_uppercase());
    let Some(rest) = name.strip_prefix("get").or_else(|| name.strip_prefix("is")).filter(upper) else {
        return name.to_owned();
    };
    let mut chars = rest.chars();
    chars.next().map_or_else(String::new, |it| it.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_are_named_by_their_methods() {
        assert_eq!(
            ["getBasePath", "basePath", "isOpen", "issue"].map(field),
            ["basePath", "basePath", "open", "issue"]
        );
    }
}
