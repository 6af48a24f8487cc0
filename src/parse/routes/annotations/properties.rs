//! Texts that an object of settings holds: `properties.getBasePath()` of a class with `@ConfigurationProperties`.

use std::sync::LazyLock;

use regex::Regex;

use super::bound::Given;
use super::types::{TypeId, Types, dotted, position};
use super::value::Value;
use crate::parse::routes::decoy::is_test;
use crate::parse::routes::ir::{Expr, ExprKind, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;
use crate::pattern::compiled;

/// The annotation of such a class.
const ANNOTATION: &str = "ConfigurationProperties";

/// Parameters that stand for parameters.
const MAX_GIVEN: usize = 8;

/// A field of an object, in Java.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?m)^[ \t]*(?:private|protected|public) (?:final )?[A-Za-z][\w<>,. ]* (\w+)[ \t]*[;=]")
});

impl Types<'_> {
    /// What an object of settings is asked for, as a placeholder: `${app.base-path:/api}`.
    /// A name may stand for what is `given` for it.
    pub(super) fn property(&mut self, expr: &Expr, given: &Given<'_>) -> Option<Text> {
        let mut path = Vec::new();
        let mut at = expr;
        let mut replaced = 0;
        let object = loop {
            match &at.kind {
                ExprKind::Call(call) if call.args.is_empty() => at = &call.callee,
                ExprKind::Attr(of, name) => {
                    path.push(field(name));
                    at = of;
                }
                ExprKind::Name(name) => match given.iter().find(|(it, _)| **it == **name) {
                    Some((_, of)) if replaced < MAX_GIVEN => {
                        replaced += 1;
                        at = of;
                    }
                    _ => break name.to_string(),
                },
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
            _ => match path.as_slice() {
                [object, field] => self.made_with(*id, object, field),
                _ => None,
            },
        };
        Some(Text::known(&default.map_or_else(|| format!("${{{key}}}"), |it| format!("${{{key}:{it}}}"))))
    }

    /// What the object in a field is made with for a field of its own: `Area area = new Area("/api", "net")`, the
    /// constructor taking the fields in their order.
    fn made_with(&mut self, id: TypeId, object: &str, field: &str) -> Option<String> {
        let class = self.types[id].class.clone();
        let Stmt::Assign(_, value) = class.body.get(position(&class.body, object)?)? else { return None };
        let ExprKind::Call(call) = &value.kind else { return None };
        let scope = self.scope(id);
        let of = self.find(&dotted(&call.callee)?, scope)?;
        let (name, file) = (self.types[of].class.name.clone(), self.types[of].file);
        let text = &self.store.sources.get(file).text;
        let (_, body) = text.split_once(&format!("class {name} "))?;
        let mut fields = FIELD.captures_iter(body).filter(|it| !it[0].contains(" static "));
        let at = fields.position(|it| it[1] == *field)?;
        match self.value(&call.args.get(at)?.value, scope, &[]) {
            Value::Text(text) => text.as_known(),
            _ => None,
        }
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
