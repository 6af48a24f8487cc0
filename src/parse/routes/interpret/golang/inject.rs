//! Dependency injection: constructors are handed to a library, which calls them by the types that they return.

use crate::parse::routes::interpret::value::{Args, ClassValue};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::Stmt;

/// More constructors than any program has.
const MAX_PROVIDERS: usize = 500;

impl Interpreter<'_> {
    /// Takes the constructors of a call such as `fx.Provide(NewServer, NewHandler)`; false for another call.
    pub(super) fn provide(&mut self, name: &str, args: &Args) -> bool {
        let injects = ["go.uber.org/fx.", "go.uber.org/dig.", "github.com/samber/do."];
        let last = name.rsplit('.').next().unwrap_or(name);
        if !injects.iter().any(|it| name.starts_with(it)) || !last.starts_with("Provide") {
            return false;
        }
        let functions = args.positional.iter().map(|it| &it.value);
        let functions = functions.filter(|it| matches!(it, Value::Func(_) | Value::Bound(_)));
        self.providers.extend(functions.take(MAX_PROVIDERS).cloned());
        true
    }

    /// What a constructor makes of a type; constructors are called until one does.
    pub(super) fn injected(&mut self, of: &Value) -> Option<Value> {
        let mut seen = 0;
        loop {
            while let Some(value) = self.provided.get(seen).cloned() {
                if self.has_type(&value, of) {
                    return Some(value);
                }
                seen += 1;
            }
            // Taken first: what it needs itself may ask again.
            let provider = self.providers.pop()?;
            let made = self.call_value(provider, Args::default(), 0..0, 0);
            let items = self.items(&made).unwrap_or_else(|| vec![made]);
            self.provided.extend(items.into_iter().filter(|it| *it != Value::Unknown));
            seen = 0;
        }
    }

    fn has_type(&self, value: &Value, of: &Value) -> bool {
        match (value, of) {
            (Value::Router(id), Value::External(name)) => {
                let framework = &self.store.tables[self.graph.routers[*id].framework];
                framework.types.iter().any(|it| **it == **name)
            }
            (Value::Instance(id), Value::Class(class)) => {
                let own = &self.instances[*id].class;
                own == class || (is_interface(class) && self.implements(own, class))
            }
            _ => false,
        }
    }

    /// Whether a type has every method of an interface; one without methods says nothing.
    fn implements(&self, own: &ClassValue, interface: &ClassValue) -> bool {
        let methods = interface.class.body.iter().filter_map(|stmt| match stmt {
            Stmt::Def(method) => Some(&method.name),
            _ => None,
        });
        let mut methods = methods.peekable();
        methods.peek().is_some() && methods.all(|it| self.envs[own.env].vars.contains_key(it))
    }
}

fn is_interface(class: &ClassValue) -> bool {
    matches!(class.class.body.first(), Some(Stmt::Return(None)))
}
