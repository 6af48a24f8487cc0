//! Conditions that are known before the program runs.

use super::Value;
use super::value::Args;
use crate::parse::routes::ir::{EQUAL, LOGIC, NOTHING};
use crate::parse::routes::lower::Language;

/// What a condition of Python or Go answers; none where the name is no condition.
pub(super) fn decided(name: &str, args: &Args, language: Language) -> Option<Value> {
    let mut values = args.positional.iter().map(|it| &it.value);
    let found = match name {
        // What Go is given by nobody is made up, and may be nothing.
        NOTHING if language == Language::Go => {
            values.next().is_some_and(|it| matches!(it, Value::Text(_))).then_some(false)
        }
        NOTHING => is_nothing(values.next()?),
        EQUAL => is_equal(values.next()?, values.next()?),
        _ if name == LOGIC[0] => holds(values.next()?).map(|it| !it),
        _ if name == LOGIC[1] => several(values.map(holds), true),
        _ if name == LOGIC[2] => several(values.map(holds), false),
        _ => return None,
    };
    Some(found.map_or(Value::Unknown, Value::Bool))
}

/// Whether one of several holds, or all do: `decisive` is what one of them decides.
fn several(mut all: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut unknown = false;
    let decided = all.any(|it| {
        unknown |= it.is_none();
        it == Some(decisive)
    });
    match (decided, unknown) {
        (true, _) => Some(decisive),
        (false, false) => Some(!decisive),
        (false, true) => None,
    }
}

fn holds(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(it) => Some(*it),
        Value::Text(text) if text.sure => text.as_known().map(|it| !it.is_empty()),
        _ => None,
    }
}

fn is_nothing(value: &Value) -> Option<bool> {
    match value {
        // Nothing may become something where a deployment or a caller says so.
        Value::Bool(false) | Value::Unknown | Value::External(_) => None,
        _ => Some(false),
    }
}

fn is_equal(a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) if a.sure && b.sure => Some(a.as_known()? == b.as_known()?),
        _ => None,
    }
}
