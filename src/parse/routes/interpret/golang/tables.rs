//! Maps and lists of Go as a program fills and walks them, and the numbers it counts with.

use crate::parse::routes::interpret::{Interpreter, Value};

/// Entries that a program puts into one map.
const MAX_ENTRIES: usize = 2_000;

/// What the name of an entry begins with whose key nobody knows.
const NAMELESS: char = '?';

impl Interpreter<'_> {
    /// Puts a value into a map, or a list, in the place of what is there; one whose key nobody knows is one more.
    pub(super) fn put(&mut self, into: &Value, key: &Value, value: Value) {
        match (self.go_items_of(into.clone()), key.known_text()) {
            (Value::Object(id), key) => {
                let entries = &mut self.objects[id];
                let key = key.unwrap_or_else(|| format!("{NAMELESS}{}", entries.len()));
                match entries.iter().position(|(it, _)| **it == *key) {
                    Some(at) => entries[at].1 = value,
                    None if entries.len() < MAX_ENTRIES => entries.push((key.into(), value)),
                    None => {}
                }
            }
            (Value::List(id), Some(key)) => {
                let old = key.parse().ok().and_then(|at: usize| self.lists[id].get_mut(at));
                if let Some(old) = old {
                    *old = value;
                }
            }
            _ => {}
        }
    }

    /// The pairs of a loop: position and item, or key and value.
    pub(super) fn pairs(&mut self, items: &Value) -> Value {
        let pairs: Vec<(Value, Value)> = match items {
            Value::List(id) => {
                let numbered = self.lists[*id].iter().enumerate();
                numbered.map(|(at, it)| (Value::text(&at.to_string()), it.clone())).collect()
            }
            Value::Object(id) => {
                let named = |key: &str| match key.starts_with(NAMELESS) {
                    true => Value::Unknown,
                    false => Value::text(key),
                };
                self.objects[*id].iter().map(|(key, it)| (named(key), it.clone())).collect()
            }
            _ => return Value::Unknown,
        };
        let pairs = pairs.into_iter().map(|(a, b)| self.new_list(vec![a, b])).collect();
        self.new_list(pairs)
    }
}

/// The sum of two numbers; of one that is not known, nothing is.
pub(super) fn sum(a: &Value, b: &Value) -> Value {
    let number = |it: &Value| it.known_text()?.parse::<i64>().ok();
    let sum = number(a).zip(number(b)).and_then(|(a, b)| a.checked_add(b));
    sum.map_or(Value::Unknown, |it| Value::text(&it.to_string()))
}
