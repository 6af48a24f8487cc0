//! Resources of a chain: `Route::resource('orders.lines', …)->only(['index'])->shallow()`.

use super::chains::Reader;
use crate::parse::routes::interpret::Value;
use crate::parse::routes::text::Text;

/// Declares the routes of a resource, of several or of a singleton.
pub(super) fn declare(
    reader: &mut Reader<'_, '_, '_>,
    id: usize,
    method: &str,
    after: &[(usize, Box<str>)],
    before: &Text,
) {
    let table = reader.table;
    let is = |words: &[String]| words.iter().any(|it| it == method);
    let has = |word: &str| after.iter().any(|(_, it)| &**it == word);
    let mut kinds = vec![if is(&table.singleton) {
        "singleton"
    } else if is(&table.api_singleton) {
        "api-singleton"
    } else if is(&table.api_resource) {
        "api-resource"
    } else {
        "resource"
    }];
    if has("creatable") {
        kinds.push(if is(&table.singleton) { "creatable" } else { "api-creatable" });
    }
    if has("destroyable") {
        kinds.push("destroyable");
    }
    let args = &reader.interpreter.noted(id).args.positional;
    let Some(first) = args.first().map(|it| it.value.clone()) else { return };
    let options = args.get(if reader.interpreter.entries_of(&first).is_some() { 1 } else { 2 });
    let options = options.map(|it| it.value.clone());
    let mut shallow = has("shallow");
    let (mut only, mut except) = (None, Vec::new());
    if let Some(entries) = options.as_ref().and_then(|it| reader.interpreter.entries_of(it)) {
        for (key, value) in entries {
            match &**key {
                "only" => only = Some(texts(reader, value)),
                "except" => except.extend(texts(reader, value)),
                "shallow" => shallow = *value != Value::Bool(false),
                _ => {}
            }
        }
    }
    for (id, method) in after {
        let args = &reader.interpreter.noted(*id).args;
        let all: Vec<String> = args.positional.iter().flat_map(|it| texts(reader, &it.value)).collect();
        if table.only.iter().any(|it| **it == **method) {
            only = Some(all);
        } else if table.except.iter().any(|it| **it == **method) {
            except.extend(all);
        }
    }
    let names = match reader.interpreter.entries_of(&first) {
        Some(entries) => entries.iter().map(|(key, _)| key.to_string()).collect(),
        None => texts(reader, &first),
    };
    for name in names {
        for action in table.action.iter().filter(|it| it.of.iter().any(|it| kinds.contains(&it.as_str()))) {
            let wanted = only.as_ref().is_none_or(|it| it.contains(&action.name));
            if !wanted || except.contains(&action.name) {
                continue;
            }
            let of_one = action.path.starts_with("{}");
            let mut path = before.clone();
            path.join(&Text::known(&base(&name, shallow && of_one)));
            let parameter = name.rsplit(['.', '/']).next().unwrap_or(&name);
            let below = action.path.replace("{}", &parameter_of(parameter));
            if !below.is_empty() {
                path.join(&Text::known(&below));
            }
            reader.answered(&path, &action.verbs, id, Some(&action.name));
            reader.declare(&path, &action.verbs, id);
        }
    }
}

/// `orders/{order}/lines` of `orders.lines`; only the last part of a shallow one.
fn base(name: &str, shallow: bool) -> String {
    let (before, name) = name.rsplit_once('/').map_or(("", name), |(before, name)| (before, name));
    let parts: Vec<&str> = name.split('.').collect();
    let Some((own, parents)) = parts.split_last() else { return name.to_owned() };
    let mut path = before.to_owned();
    for parent in parents.iter().filter(|_| !shallow) {
        path += &format!("/{parent}/{}", parameter_of(parent));
    }
    format!("{path}/{own}")
}

/// `{order}` of `orders`; which name it has is of no account.
fn parameter_of(name: &str) -> String {
    let singular = match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').unwrap_or(name).to_owned(),
    };
    format!("{{{}}}", singular.replace('-', "_"))
}

fn texts(reader: &Reader<'_, '_, '_>, value: &Value) -> Vec<String> {
    let items = reader.interpreter.items_of(value).unwrap_or_else(|| vec![value.clone()]);
    items.iter().filter_map(Value::known_text).collect()
}
