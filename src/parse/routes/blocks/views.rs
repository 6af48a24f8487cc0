//! Which verbs a view answers: by its decorators, its class and what a library's class is known to do.

use super::urls::Reader;
use super::{has, last};
use crate::parse::routes::interpret::{ClassValue, Closure, EnvId, Interpreter, Value};

/// The methods of a class of handlers.
const VERBS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/// Wrappers in wrappers, bases of bases.
const MAX_DEPTH: usize = 8;

/// The verbs of a view; none where the value is no view.
pub(super) fn methods(reader: &mut Reader<'_, '_>, view: &Value, env: EnvId) -> Option<Vec<String>> {
    Some(verbs(reader, view, env, 0).unwrap_or_else(any))
}

fn any() -> Vec<String> {
    vec!["ANY".to_owned()]
}

/// The verbs where something restricts them.
fn verbs(reader: &mut Reader<'_, '_>, view: &Value, env: EnvId, depth: usize) -> Option<Vec<String>> {
    if depth > MAX_DEPTH {
        return None;
    }
    match view {
        Value::Func(closure) => of_function(reader, closure),
        Value::Class(class) => of_class(reader, class),
        Value::Instance(_) => of_class(reader, &reader.interpreter.class_of(view)?),
        Value::External(name) => reader.table.views.get(last(name)).cloned(),
        Value::Text(name) => {
            // `url(r"^x", "orders.views.list")`
            let name = name.as_known()?;
            let (module, name) = name.rsplit_once('.')?;
            let module = reader.interpreter.module_named(env, module)?;
            let view = reader.interpreter.name_of_module(module, name);
            verbs(reader, &view, env, depth + 1)
        }
        Value::Noted(id) => {
            let note = reader.interpreter.noted(*id);
            let (name, of) = (note.name.clone(), note.of.clone());
            let first = note.args.positional.first().map(|it| it.value.clone());
            let actions = note.args.get("actions").map(|it| it.value.clone()).or_else(|| first.clone());
            if let (Some(of), true) = (&of, &*name == "as_view") {
                return match actions.and_then(|it| actions_of(reader.interpreter, &it)) {
                    Some(found) => Some(found),
                    None => verbs(reader, of, env, depth + 1),
                };
            }
            if let Some(class) = name.strip_suffix(".as_view") {
                let actions = actions.and_then(|it| actions_of(reader.interpreter, &it));
                return actions.or_else(|| reader.table.views.get(last(class)).cloned());
            }
            if let Some(found) = of_decorator(reader, view) {
                return Some(found);
            }
            // The result of `require_http_methods([…])` called with a view, a wrapped view.
            let decorated = of.filter(|_| &*name == "()").and_then(|it| of_decorator(reader, &it));
            let listed = || reader.table.views.get(last(&name)).cloned();
            decorated.or_else(listed).or_else(|| verbs(reader, &first?, env, depth + 1))
        }
        _ => None,
    }
}

/// The keys of `as_view({"get": "list"})`.
fn actions_of(interpreter: &Interpreter<'_>, value: &Value) -> Option<Vec<String>> {
    let entries = interpreter.entries_of(value)?;
    let verb = |it: &str| VERBS.contains(&it).then(|| it.to_ascii_uppercase());
    let found: Vec<String> = entries.iter().filter_map(|(key, _)| verb(key)).collect();
    (!found.is_empty()).then_some(found)
}

/// The verbs for which a view that hands requests on is given handlers: `path("x", dispatch, {"GET": show})`.
pub(super) fn handlers(interpreter: &Interpreter<'_>, options: &Value) -> Option<Vec<String>> {
    let entries = interpreter.entries_of(options)?;
    let is_verb = |it: &str| VERBS.iter().any(|verb| verb.to_ascii_uppercase() == it);
    let found: Vec<String> =
        entries.iter().filter(|(key, _)| is_verb(key)).map(|(key, _)| key.to_string()).collect();
    (!found.is_empty()).then_some(found)
}

fn of_function(reader: &mut Reader<'_, '_>, closure: &Closure) -> Option<Vec<String>> {
    closure.func.decorators.iter().find_map(|decorator| {
        let value = reader.interpreter.value_of(decorator, closure.env);
        of_decorator(reader, &value)
    })
}

/// The verbs that a decorator lets pass.
fn of_decorator(reader: &Reader<'_, '_>, decorator: &Value) -> Option<Vec<String>> {
    let name = match decorator {
        Value::External(name) => name.clone(),
        Value::Noted(id) => reader.interpreter.noted(*id).name.clone(),
        _ => return None,
    };
    if let Some(verbs) = reader.table.decorators.get(last(&name)) {
        return Some(verbs.clone());
    }
    if !has(&reader.table.verb_argument, &name) {
        return None;
    }
    let Value::Noted(id) = decorator else { return Some(vec!["GET".to_owned()]) };
    let note = reader.interpreter.noted(*id);
    let names = ["http_method_names", "request_method_list"];
    let named = names.iter().find_map(|it| note.args.get(it));
    let Some(list) = note.args.positional.first().or(named) else {
        return Some(vec!["GET".to_owned()]);
    };
    verb_list(reader.interpreter, &list.value)
}

/// A list of verbs by their names.
pub(super) fn verb_list(interpreter: &Interpreter<'_>, value: &Value) -> Option<Vec<String>> {
    let items = interpreter.items_of(value).unwrap_or_else(|| vec![value.clone()]);
    let verb = |it: &Value| match it {
        Value::External(name) => Some(last(name).to_ascii_lowercase()),
        it => it.known_text().map(|it| it.to_ascii_lowercase()),
    };
    let found = items.iter().filter_map(verb).filter(|it| VERBS.contains(&it.as_str()));
    let found: Vec<String> = found.map(|it| it.to_ascii_uppercase()).collect();
    (!found.is_empty()).then_some(found)
}

fn of_class(reader: &mut Reader<'_, '_>, class: &ClassValue) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for verb in VERBS {
        if matches!(reader.interpreter.attr_of_class(class, verb), Some(Value::Func(_) | Value::Noted(_))) {
            found.push(verb.to_ascii_uppercase());
        }
    }
    for base in library_bases(class, 0) {
        for verb in reader.table.views.get(last(&base)).into_iter().flatten() {
            if !found.contains(verb) {
                found.push(verb.clone());
            }
        }
    }
    let allowed = allowed_verbs(reader, class);
    match allowed {
        Some(allowed) if found.is_empty() => Some(allowed),
        Some(allowed) => {
            found.retain(|it| allowed.contains(it));
            Some(found)
        }
        None => (!found.is_empty()).then_some(found),
    }
}

/// The verbs of `http_method_names`.
pub(super) fn allowed_verbs(reader: &mut Reader<'_, '_>, class: &ClassValue) -> Option<Vec<String>> {
    let names = reader.interpreter.attr_of_class(class, "http_method_names")?;
    verb_list(reader.interpreter, &names)
}

/// Every class of a library that a class is derived from.
pub(super) fn library_bases(class: &ClassValue, depth: usize) -> Vec<String> {
    let mut found = Vec::new();
    for base in class.bases.iter() {
        match base {
            Value::External(name) => found.push(name.to_string()),
            Value::Class(base) if depth < MAX_DEPTH => found.extend(library_bases(base, depth + 1)),
            _ => {}
        }
    }
    found
}
