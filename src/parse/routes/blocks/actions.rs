//! Further methods of a viewset that a router declares: `@action(detail=True, methods=["post"])`.

use super::urls::Reader;
use super::{has, last, views};
use crate::parse::routes::interpret::{Args, ClassValue, Closure, Value};
use crate::parse::routes::ir::{Expr, ExprKind, Stmt};

/// Bases of bases.
const MAX_DEPTH: usize = 8;

/// A further method of a viewset.
pub(super) struct Action {
    pub(super) methods: Vec<String>,
    pub(super) detail: bool,
    /// A regular expression.
    pub(super) path: String,
}

pub(super) fn actions(reader: &mut Reader<'_, '_>, class: &ClassValue) -> Vec<Action> {
    let allowed = views::allowed_verbs(reader, class);
    let mut names: Vec<(Box<str>, ClassValue)> = Vec::new();
    method_names(class, 0, &mut names);
    let mut found: Vec<(Box<str>, Action)> = Vec::new();
    for (name, owner) in names {
        let Some(method) = reader.interpreter.method_of_class(class, &name) else { continue };
        for decorator in &method.func.decorators {
            if let Some((of, verb)) = mapping(decorator) {
                if let Some((_, action)) = found.iter_mut().find(|(name, _)| **name == *of) {
                    action.methods.push(verb.to_ascii_uppercase());
                }
            } else if let Some(action) = action(reader, decorator, &method, &owner) {
                found.push((name.clone(), action));
            }
        }
    }
    for (_, action) in &mut found {
        action.methods.retain(|it| allowed.as_ref().is_none_or(|all| all.contains(it)));
    }
    found.into_iter().map(|(_, action)| action).filter(|it| !it.methods.is_empty()).collect()
}

/// The methods of a class and of its bases in the project, each once and with its class, in order.
fn method_names(class: &ClassValue, depth: usize, found: &mut Vec<(Box<str>, ClassValue)>) {
    for stmt in &class.class.body {
        if let Stmt::Def(method) = stmt
            && !found.iter().any(|(it, _)| *it == method.name)
        {
            found.push((method.name.clone(), class.clone()));
        }
    }
    for base in class.bases.iter() {
        if let (Value::Class(base), true) = (base, depth < MAX_DEPTH) {
            method_names(base, depth + 1, found);
        }
    }
}

/// The method and the verb of `@archive.mapping.delete`.
fn mapping(decorator: &Expr) -> Option<(&str, &str)> {
    let ExprKind::Attr(of, verb) = &decorator.kind else { return None };
    let ExprKind::Attr(of, mapping) = &of.kind else { return None };
    match &of.kind {
        ExprKind::Name(method) if &**mapping == "mapping" => Some((method, verb)),
        _ => None,
    }
}

/// `@action(detail=True, methods=["post"], url_path="mark-paid")`
fn action(
    reader: &mut Reader<'_, '_>,
    decorator: &Expr,
    method: &Closure,
    class: &ClassValue,
) -> Option<Action> {
    if !matches!(decorator.kind, ExprKind::Call(_)) {
        return None;
    }
    // Names of the class are seen by its decorators.
    let (name, args) = match reader.interpreter.value_of(decorator, class.env) {
        Value::Noted(id) => {
            let note = reader.interpreter.noted(id);
            (note.name.to_string(), note.args.clone())
        }
        // A decorator of the project's own that is called like the library's.
        _ => own_decorator(reader, decorator, class)?,
    };
    if !has(&reader.table.action, &name) {
        return None;
    }
    let methods = args.get("methods").or_else(|| args.positional.first()).map(|it| it.value.clone());
    let detail = match last(&name) {
        "detail_route" => true,
        "list_route" => false,
        _ => args
            .get("detail")
            .or_else(|| args.positional.get(1))
            .is_some_and(|it| it.value == Value::Bool(true)),
    };
    let path = args.get("url_path").and_then(|it| it.value.known_text());
    let methods = methods.and_then(|it| views::verb_list(reader.interpreter, &it));
    Some(Action {
        methods: methods.unwrap_or_else(|| vec!["GET".to_owned()]),
        detail,
        path: path.unwrap_or_else(|| method.func.name.to_string()),
    })
}

/// The name and the arguments of a decorator by its words.
fn own_decorator(
    reader: &mut Reader<'_, '_>,
    decorator: &Expr,
    class: &ClassValue,
) -> Option<(String, Args)> {
    let ExprKind::Call(call) = &decorator.kind else { return None };
    let (ExprKind::Name(name) | ExprKind::Attr(_, name)) = &call.callee.kind else { return None };
    let mut args = Args::default();
    for it in &call.args {
        let value = reader.interpreter.value_of(&it.value, class.env);
        match (&it.name, Args::of([value]).positional.pop()) {
            (Some(name), Some(argument)) => args.named.push((name.clone(), argument)),
            (None, Some(argument)) => args.positional.push(argument),
            _ => {}
        }
    }
    Some((name.to_string(), args))
}
