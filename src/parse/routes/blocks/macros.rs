//! Methods that an application gives the facade: `Route::macro('crud', fn)`, `Route::mixin(new AuthRoutes)`.

use std::collections::HashMap;

use super::chains::Reader;
use crate::parse::routes::interpret::{Args, EnvId, Value};
use crate::parse::routes::text::Text;

/// Macros in macros.
const MAX_ROUNDS: usize = 4;

/// The methods, and the calls of methods that were not known when they were read.
#[derive(Default)]
pub(super) struct Macros {
    named: HashMap<String, (Value, EnvId)>,
    mixins: Vec<(Value, EnvId)>,
    /// The note of a call, the name of its method, and the prefix that stands before it.
    pub(super) unknown: Vec<(usize, Box<str>, Text)>,
}

impl Reader<'_, '_, '_> {
    /// Keeps what `macro` or `mixin` is given.
    pub(super) fn define(&mut self, id: usize, method: &str) {
        let note = self.interpreter.noted(id);
        let env = note.env;
        let values: Vec<Value> = note.args.positional.iter().map(|it| it.value.clone()).collect();
        match (method, values.as_slice()) {
            ("mixin", [object, ..]) => self.macros.mixins.push((object.clone(), env)),
            ("macro", [name, function, ..]) => {
                if let Some(name) = name.known_text() {
                    self.macros.named.insert(name, (function.clone(), env));
                }
            }
            _ => {}
        }
    }

    pub(super) fn is_macro(&mut self, name: &str) -> bool {
        self.macro_named(name).is_some()
    }

    fn macro_named(&mut self, name: &str) -> Option<(Value, EnvId)> {
        if let Some(found) = self.macros.named.get(name) {
            return Some(found.clone());
        }
        for (object, env) in self.macros.mixins.clone() {
            let class = self.interpreter.class_of(&object);
            let method = class.and_then(|it| self.interpreter.method_of_class(&it, name));
            if let Some(method) = method {
                let bound = Value::Bound((object, method).into());
                // A method of a mixin returns the function.
                let (_, function) = self.interpreter.notes_of_call(&bound, Args::default(), env);
                return Some((function, env));
            }
        }
        None
    }

    /// Runs a macro as a method of the router.
    pub(super) fn run_macro(&mut self, id: usize, name: &str, before: &Text) {
        let Some((Value::Func(function), _)) = self.macro_named(name) else { return };
        let note = self.interpreter.noted(id);
        let (args, env) = (note.args.clone(), note.env);
        let bound = Value::Bound((Value::External("$router".into()), function).into());
        let (notes, _) = self.interpreter.notes_of_call(&bound, args, env);
        self.read(notes, before);
    }

    /// Runs the macros that are defined by now, and were not when they were called.
    pub(super) fn late_macros(&mut self) {
        for _ in 0..MAX_ROUNDS {
            for (id, name, before) in std::mem::take(&mut self.macros.unknown) {
                self.run_macro(id, &name, &before);
            }
        }
    }
}
