//! Lists and objects, whose size is bounded: a few lines can double one until no memory is left.

use super::value::{Args, EnvId};
use super::{Interpreter, Value};

/// More than any list of routers or paths has; what is beyond is left out.
const MAX_ITEMS: usize = 20_000;

impl Interpreter<'_> {
    /// Makes a list.
    pub(super) fn new_list(&mut self, mut items: Vec<Value>) -> Value {
        self.ran_out |= items.len() > MAX_ITEMS;
        items.truncate(MAX_ITEMS);
        self.lists.push(items);
        Value::List(self.lists.len() - 1)
    }

    /// Appends to a list.
    pub(super) fn grow_list(&mut self, id: usize, more: impl IntoIterator<Item = Value>) {
        let list = &mut self.lists[id];
        let mut more = more.into_iter();
        list.extend(more.by_ref().take(MAX_ITEMS.saturating_sub(list.len())));
        self.ran_out |= more.next().is_some();
    }

    /// Makes an object.
    pub(super) fn new_object(&mut self, mut entries: Vec<(Box<str>, Value)>) -> Value {
        self.ran_out |= entries.len() > MAX_ITEMS;
        entries.truncate(MAX_ITEMS);
        self.objects.push(entries);
        Value::Object(self.objects.len() - 1)
    }

    /// Calls a function with every value of a list, an object or a module, and its key: `_.each(routes, (route, path) => …)`,
    /// `collect($routes)->each(fn ($route, $path) => …)`.
    pub(super) fn call_each(&mut self, of: Value, function: &Value, env: EnvId) -> Value {
        let of = match of {
            Value::Module(id) => self.exports_of(id),
            of => of,
        };
        let pairs: Vec<[Value; 2]> = match of {
            Value::List(id) => self.lists[id].iter().map(|it| [it.clone(), Value::Unknown]).collect(),
            Value::Object(id) => {
                self.objects[id].iter().map(|(key, it)| [it.clone(), Value::of_key(key)]).collect()
            }
            _ => Vec::new(),
        };
        let values = pairs.into_iter().map(|it| self.call_value(function.clone(), Args::of(it), 0..0, env));
        let values = values.collect();
        self.new_list(values)
    }
}
