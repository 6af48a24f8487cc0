//! Methods of a Rust type whose `impl` stands in another file than the type.

use super::value::ClassValue;
use super::{Interpreter, Value};

/// More modules than a crate has in one file.
const MAX_MODULES: usize = 200;

impl Interpreter<'_> {
    /// A method that a module below the type's own gives it.
    pub(super) fn method_elsewhere(&mut self, class: &ClassValue, name: &str) -> Option<Value> {
        let env = self.envs[class.env].parent?;
        let mut modules = self.envs[env].stars.clone();
        modules.extend(self.envs[env].vars.values().filter_map(|it| match it {
            Value::Module(id) => Some(*id),
            _ => None,
        }));
        modules.sort_unstable();
        modules.dedup();
        modules.into_iter().take(MAX_MODULES).find_map(|module| {
            // Only what is written in the module itself: it may import the type's name from here.
            self.evaluate(module);
            let own = self.modules[module].env;
            match self.envs[own].vars.get(&class.class.name).cloned() {
                Some(Value::Class(it)) if it != *class => self.class_attr(&it, name, 0),
                _ => None,
            }
        })
    }
}
