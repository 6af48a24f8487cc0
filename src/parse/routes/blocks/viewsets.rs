//! Routers of viewsets: what `router.register("orders", OrderViewSet)` declares.

use super::actions::actions;
use super::urls::{Reader, prefixes};
use super::{has, last, views};
use crate::parse::routes::interpret::{ClassValue, Value};
use crate::parse::routes::text::Text;
use crate::source::Span;

/// Routers below routers, bases of bases.
const MAX_DEPTH: usize = 8;

/// A viewset under its path.
struct Registered {
    path: Text,
    viewset: Value,
    span: Span,
    /// The note of the registration.
    id: usize,
    /// The lookups of the parents, where it is registered on another registration.
    parents: Vec<String>,
}

/// Declares all routes of a router.
pub(super) fn routes(reader: &mut Reader<'_, '_>, value: &Value, before: &[Text]) {
    let Some(router) = reader.interpreter.note_of(value) else { return };
    let name = reader.interpreter.noted(router).name.clone();
    let is_router = has(&reader.table.routers, &name)
        || has(&reader.table.nested_routers, &name)
        || last(&name).ends_with("Router");
    if !is_router {
        return;
    }
    let slash = trailing_slash(reader, router);
    let Some(nested) = nested_prefix(reader, router, 0) else { return };
    let before = prefixes(before, &nested, true);
    let own = own_routes(reader, value);
    listing(reader, value, router, &before);
    let added = added_mappings(reader, router);
    for registered in registrations(reader, router, 0) {
        if own.is_empty() {
            declare(reader, &registered, &added, &before, slash, 0);
        } else {
            declare_own(reader, &registered, &own, &before, slash);
        }
    }
}

/// The list of what a router serves, which clients find at its own path.
fn listing(reader: &mut Reader<'_, '_>, value: &Value, router: usize, before: &[Text]) {
    let note = reader.interpreter.noted(router);
    let (span, is_listed) = (note.span, has(&reader.table.listing_routers, &note.name));
    let class = reader.interpreter.class_of(value);
    let own = class.and_then(|it| reader.interpreter.attr_of_class(&it, &reader.table.listing));
    if is_listed && own != Some(Value::Bool(false)) {
        reader.interpreter.graph.provided.insert(span);
        let paths: Vec<Text> = before.iter().map(|it| it.clone().unsure()).collect();
        reader.declare(&paths, &["GET".to_owned()], span);
    }
}

/// A route of a router of the project's own: `Route(url=r"^{prefix}/$", mapping={"get": "list"}, …)`.
struct Own {
    url: String,
    /// Verbs with the methods of the viewset; empty for the further methods.
    mapping: Vec<(String, String)>,
    detail: bool,
}

/// A method of a viewset with its verb.
#[derive(Clone)]
struct Mapping {
    verb: String,
    method: String,
    of_one: bool,
}

/// What `self.routes[0].mapping.update({"put": "bulk_update"})` adds: the first route is about all objects,
/// the third about one.
fn added_mappings(reader: &Reader<'_, '_>, router: usize) -> Vec<Mapping> {
    let mut found = Vec::new();
    for &id in &reader.interpreter.noted(router).then {
        let note = reader.interpreter.noted(id);
        let of_one = match &*note.name {
            "routes.0.mapping.update" => false,
            "routes.2.mapping.update" => true,
            _ => continue,
        };
        let entries = note.args.positional.first().and_then(|it| reader.interpreter.entries_of(&it.value));
        for (verb, method) in entries.unwrap_or_default() {
            if let Some(method) = method.known_text() {
                found.push(Mapping { verb: verb.to_ascii_uppercase(), method, of_one });
            }
        }
    }
    found
}

/// The routes that a project's own class of routers lists.
fn own_routes(reader: &mut Reader<'_, '_>, router: &Value) -> Vec<Own> {
    let class = reader.interpreter.class_of(router);
    let routes = class.and_then(|it| reader.interpreter.attr_of_class(&it, "routes"));
    let items = routes.and_then(|it| reader.interpreter.items_of(&it)).unwrap_or_default();
    items.iter().filter_map(|it| own_route(reader, it)).collect()
}

fn own_route(reader: &Reader<'_, '_>, item: &Value) -> Option<Own> {
    let interpreter = &reader.interpreter;
    let note = interpreter.note_of(item).map(|it| interpreter.noted(it));
    let field = |name: &str| match note {
        Some(note) => note.args.get(name).map(|it| &it.value),
        // A named tuple of the project's own.
        None => interpreter.entries_of(item)?.iter().find(|(it, _)| **it == *name).map(|(_, it)| it),
    };
    let first = note.and_then(|it| it.args.positional.first()).map(|it| &it.value);
    let url = field("url").or(first)?.known_text()?;
    let mapping = field("mapping").and_then(|it| interpreter.entries_of(it));
    let entry = |(verb, method): &(Box<str>, Value)| Some((verb.to_string(), method.known_text()?));
    let mapping = mapping.unwrap_or_default().iter().filter_map(entry).collect();
    // Before there was `detail` the two kinds had classes of their own.
    let detail = field("detail").map_or_else(|| url.contains("{lookup}"), |it| *it == Value::Bool(true));
    Some(Own { url, mapping, detail })
}

fn declare_own(reader: &mut Reader<'_, '_>, it: &Registered, own: &[Own], before: &[Text], slash: &str) {
    let (Some(class), Some(prefix)) = (reader.interpreter.class_of(&it.viewset), it.path.as_known()) else {
        return;
    };
    let lookup = format!("(?P<{}>[^/.]+)", lookup(reader, &class));
    let bases = views::library_bases(&class, 0);
    let actions = actions(reader, &class);
    for route in own {
        let url = route.url.replace("{prefix}", &prefix).replace("{lookup}", &lookup);
        let url = url.replace("{trailing_slash}", slash);
        for (verb, method) in &route.mapping {
            let has = matches!(reader.interpreter.attr_of_class(&class, method), Some(Value::Func(_)));
            if has || brought(reader, &bases, method) {
                let paths = prefixes(before, &Text::known(&url), true);
                reader.declare(&paths, &[verb.to_ascii_uppercase()], it.span);
            }
        }
        for action in actions.iter().filter(|it| route.mapping.is_empty() && it.detail == route.detail) {
            let url = url.replace("{url_path}", &action.path).replace("{methodname}", &action.path);
            let url = url.replace("{methodnamehyphen}", &action.path.replace('_', "-"));
            reader.declare(&prefixes(before, &Text::known(&url), true), &action.methods, it.span);
        }
    }
}

fn trailing_slash(reader: &Reader<'_, '_>, router: usize) -> &'static str {
    let args = &reader.interpreter.noted(router).args;
    let index = if has(&reader.table.nested_routers, &reader.interpreter.noted(router).name) { 3 } else { 0 };
    let argument = args.get("trailing_slash").or_else(|| args.positional.get(index)).map(|it| &it.value);
    match argument {
        Some(Value::Bool(false)) => "",
        Some(it) if it.known_text().is_some_and(|it| it.is_empty()) => "",
        _ => "/",
    }
}

/// `orders/{order_pk}/` for a router below the orders of another; nothing known where the parent is not.
fn nested_prefix(reader: &mut Reader<'_, '_>, router: usize, depth: usize) -> Option<Text> {
    let note = reader.interpreter.noted(router);
    if !has(&reader.table.nested_routers, &note.name) {
        return Some(Text::known(""));
    }
    let mut positional = note.args.positional.iter();
    let parent = note.args.get("parent_router").or_else(|| positional.next())?.value.clone();
    let prefix = note.args.get("parent_prefix").or_else(|| positional.next())?.value.clone();
    let lookup = note.args.get("lookup").or_else(|| positional.next()).map(|it| it.value.clone());
    let parent = reader.interpreter.note_of(&parent)?;
    let mut text = if depth < MAX_DEPTH { nested_prefix(reader, parent, depth + 1)? } else { return None };
    let Value::Text(prefix) = prefix else { return None };
    text.push(&prefix);
    let lookup = lookup.and_then(|it| it.known_text()).unwrap_or_else(|| "parent".to_owned());
    text.push(&Text::known(&format!("/(?P<{lookup}_pk>[^/.]+)/")));
    Some(text)
}

/// What is registered on a router, and on those whose registry it takes over.
fn registrations(reader: &Reader<'_, '_>, router: usize, depth: usize) -> Vec<Registered> {
    let mut found = Vec::new();
    for &id in &reader.interpreter.noted(router).then {
        let note = reader.interpreter.noted(id);
        match &*note.name {
            "register" => found.extend(registration(reader, id)),
            // A router of the project's own that notes a registration itself.
            "registry.append" => found.extend(appended(reader, id)),
            "registry.extend" if depth < MAX_DEPTH => {
                let other = note.args.positional.first().map(|it| &it.value);
                if let Some(Value::Method(method)) = other
                    && let Some(other) = reader.interpreter.note_of(&method.0)
                {
                    found.extend(registrations(reader, other, depth + 1));
                }
            }
            _ => {}
        }
    }
    found
}

/// `self.registry.append((prefix, viewset, basename))`
fn appended(reader: &Reader<'_, '_>, id: usize) -> Option<Registered> {
    let note = reader.interpreter.noted(id);
    let argument = note.args.positional.first()?;
    let items = reader.interpreter.items_of(&argument.value)?;
    let Value::Text(path) = items.first()? else { return None };
    Some(Registered {
        path: (**path).clone(),
        viewset: items.get(1)?.clone(),
        span: Span { source: note.span.source, start: argument.start, end: argument.end },
        id,
        parents: Vec::new(),
    })
}

fn registration(reader: &Reader<'_, '_>, id: usize) -> Option<Registered> {
    let note = reader.interpreter.noted(id);
    let args = &note.args;
    let path = args.get("prefix").or_else(|| args.positional.first())?;
    let viewset = args.get("viewset").or_else(|| args.positional.get(1))?;
    let text = match &path.value {
        Value::Text(text) => (**text).clone(),
        _ => Text::hole("prefix"),
    };
    let parents = args.get("parents_query_lookups").or_else(|| args.positional.get(3));
    let parents = parents.and_then(|it| reader.interpreter.items_of(&it.value)).unwrap_or_default();
    Some(Registered {
        path: text,
        viewset: viewset.value.clone(),
        span: Span { source: note.span.source, start: path.start, end: path.end },
        id,
        parents: parents.iter().filter_map(Value::known_text).collect(),
    })
}

fn declare(
    reader: &mut Reader<'_, '_>,
    it: &Registered,
    added: &[Mapping],
    before: &[Text],
    slash: &str,
    depth: usize,
) {
    let below = |prefixes_before: &[Text], tail: &str, regex: bool| {
        prefixes(prefixes_before, &Text::known(tail), regex)
    };
    let list = prefixes(before, &it.path, true);
    if let Some(class) = reader.interpreter.class_of(&it.viewset) {
        let lookup = lookup(reader, &class);
        // A router of an empty prefix has no slash before what follows.
        let empty = it.path.is_empty();
        let separator = if empty { "" } else { "/" };
        let detail = below(&list, &format!("{separator}<{lookup}>"), false);
        let collection_slash = if empty { "" } else { slash };
        for (verb, of_one) in verbs(reader, &class, added) {
            let paths =
                if of_one { below(&detail, slash, false) } else { below(&list, collection_slash, false) };
            reader.answered(&class, it.span, &paths, &verb, of_one);
            reader.declare(&paths, &[verb], it.span);
        }
        for action in actions(reader, &class) {
            let (base, separator) = if action.detail { (&detail, "/") } else { (&list, separator) };
            let tail = Text::known(&format!("{separator}{}{slash}", action.path));
            reader.declare(&prefixes(base, &tail, true), &action.methods, it.span);
        }
    }
    // `router.register(…).register(…, parents_query_lookups=[…])`
    let then = reader.interpreter.noted(it.id).then.clone();
    for id in then.into_iter().filter(|_| depth < MAX_DEPTH) {
        if &*reader.interpreter.noted(id).name == "register"
            && let Some(child) = registration(reader, id)
        {
            let parent = child.parents.get(depth).map_or("parent", String::as_str);
            let before = below(&list, &format!("/<{}>/", parent.replace("__", "_")), false);
            declare(reader, &child, added, &before, slash, depth + 1);
        }
    }
}

/// The name of the parameter for one object.
fn lookup(reader: &mut Reader<'_, '_>, class: &ClassValue) -> String {
    let names = ["lookup_url_kwarg", "lookup_field"];
    let found = names.iter().find_map(|it| reader.interpreter.attr_of_class(class, it)?.known_text());
    found.unwrap_or_else(|| "pk".to_owned())
}

/// The verbs of the methods that a viewset has, each with whether it is about one object.
fn verbs(reader: &mut Reader<'_, '_>, class: &ClassValue, added: &[Mapping]) -> Vec<(String, bool)> {
    let bases = views::library_bases(class, 0);
    let allowed = views::allowed_verbs(reader, class);
    let table = reader.table;
    let mut found = Vec::new();
    let usual = table.actions.iter().map(|(method, verb)| {
        let (verb, of_one) = verb.split_once(' ').map_or((verb.as_str(), false), |(verb, _)| (verb, true));
        Mapping { verb: verb.to_owned(), method: method.clone(), of_one }
    });
    for Mapping { verb, method, of_one } in usual.chain(added.iter().cloned()) {
        let own = reader.interpreter.attr_of_class(class, &method);
        let has = match own {
            Some(Value::Func(_)) => true,
            // `create = None` takes the method away.
            Some(Value::Bool(false)) => false,
            _ => brought(reader, &bases, &method),
        };
        if has && allowed.as_ref().is_none_or(|it| it.contains(&verb)) {
            found.push((verb, of_one));
        }
    }
    found
}

/// Whether a base of a viewset brings a method along.
fn brought(reader: &Reader<'_, '_>, bases: &[String], method: &str) -> bool {
    bases.iter().any(|base| {
        let known = reader.table.mixins.iter().filter(|(name, _)| last(base).ends_with(name.as_str()));
        // `ReadOnlyModelViewSet` ends like `ModelViewSet`, too.
        let longest = known.max_by_key(|(name, _)| name.len());
        longest.is_some_and(|(_, methods)| methods.iter().any(|it| it == method))
    })
}
