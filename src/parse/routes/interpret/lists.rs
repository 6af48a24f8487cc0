//! Lists and objects, whose size is bounded: a few lines can double one until no memory is left.

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
}
