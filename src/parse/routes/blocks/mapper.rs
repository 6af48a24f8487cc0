//! Words that a project adds to the words of routes: methods that it puts into the framework's own class.

use std::sync::LazyLock;

use regex::Regex;

use super::apis::classes;
use super::drawn::is_ruby_test;
use crate::parse::routes::interpret::{ClassValue, Interpreter, Value};
use crate::parse::routes::ir::{Expr, ExprKind};
use crate::parse::routes::lower::Language;
use crate::parse::routes::store::Store;
use crate::pattern::compiled;

/// `Mapper.include OrderRoutes`, `Mapper.send :include, OrderRoutes`, `include OrderRoutes` in the class itself.
static INCLUDES: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\b(?:include|prepend|extend)\b[\s,(]*(?:::)?([A-Z][\w:]*)"));

/// The classes and modules whose methods are words because a file reopens the framework's class or includes them.
pub(super) fn words(interpreter: &mut Interpreter<'_>, store: &Store<'_>, mapper: &str) -> Vec<ClassValue> {
    let last = mapper.rsplit("::").next().unwrap_or(mapper);
    let names = |text: &str| {
        text.contains(mapper) || (text.contains("Routing") && text.contains(&format!("class {last}")))
    };
    let files: Vec<_> = store
        .written_in(&[Language::Ruby])
        .filter(|(_, it)| !is_ruby_test(&it.path) && names(&it.text))
        .map(|(id, it)| (id, &*it.text))
        .collect();
    let mut found = Vec::new();
    for (file, text) in files {
        interpreter.run(file);
        let own = classes(interpreter, store, file);
        found.extend(own.into_iter().filter(|(name, _)| name == mapper).map(|(_, class)| class));
        let env = interpreter.env_of_file(file);
        let lines = text.lines().filter(|it| it.contains(mapper));
        for hit in lines.filter_map(|it| INCLUDES.captures(it)) {
            let name = Expr { kind: ExprKind::Name(hit[1].into()), start: 0, end: 0 };
            if let Value::Class(class) = interpreter.value_of(&name, env) {
                found.push(class);
            }
        }
    }
    found
}
