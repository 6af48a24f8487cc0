//! Routes that functions put together: Spring's `RouterFunctions` and its Kotlin blocks.

use std::sync::Arc;

use super::declared::Declared;
use super::engine::Engine;
use super::table::Functional;
use super::types::{Scope, TypeId, dotted};
use super::value::{Value, verbs};
use crate::parse::routes::ir::{Arg, Call, Class, Expr, ExprKind, Func, Pattern, Stmt};
use crate::parse::routes::text::Text;
use crate::source::Span;

/// Blocks in blocks, functions called by functions.
const MAX_DEPTH: usize = 40;

const VERBS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// What a predicate asks of a request.
#[derive(Debug, Clone, Default)]
struct Predicate {
    methods: Vec<String>,
    paths: Vec<Text>,
    span: Option<Span>,
}

/// Where an expression stands.
pub(super) struct Place<'p> {
    pub(super) scope: Scope,
    pub(super) class: &'p Class,
    /// The body of the function around, for its variables.
    pub(super) body: &'p [Stmt],
    /// The texts that variables around are bound to.
    pub(super) locals: &'p [(Box<str>, Value)],
    pub(super) depth: usize,
}

impl Engine<'_, '_> {
    /// The routes that the methods of a class return, where the application serves what they return.
    pub(super) fn function_routes(&mut self, id: TypeId) -> Vec<Declared> {
        let Some(table) = &self.table.functional else { return Vec::new() };
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        let mut found = Vec::new();
        for stmt in &class.body {
            let Stmt::Def(func) = stmt else { continue };
            let served = self.annotations(&func.decorators, scope).iter().any(|it| *it.name == *table.serves);
            if served && is_router(func, table) {
                let place = Place { scope, class: &class, body: &[], locals: &[], depth: 0 };
                self.returned(func, &Text::known(""), &place, &mut found);
            }
        }
        found
    }

    /// Adds the routes that a function returns.
    pub(super) fn returned(
        &mut self,
        func: &Func,
        prefix: &Text,
        place: &Place<'_>,
        found: &mut Vec<Declared>,
    ) {
        let locals = self.locals(&func.body, place);
        let place = Place { body: &func.body, locals: &locals, ..*place };
        for stmt in &func.body {
            if let Stmt::Return(Some(value)) = stmt {
                self.collect(value, prefix, &place, found);
            }
        }
    }

    /// The texts around, with those that the statements of a body bind.
    fn locals(&mut self, body: &[Stmt], place: &Place<'_>) -> Vec<(Box<str>, Value)> {
        let mut locals = place.locals.to_vec();
        for stmt in body {
            if let Stmt::Assign(Pattern::Name(name), value) = stmt
                && let value @ Value::Text(_) = self.types.value(value, place.scope, &locals)
            {
                locals.push((name.clone(), value));
            }
        }
        locals
    }

    /// Adds the routes of an expression.
    fn collect(&mut self, expr: &Expr, prefix: &Text, place: &Place<'_>, found: &mut Vec<Declared>) {
        let place = &Place { depth: place.depth + 1, ..*place };
        if place.depth > MAX_DEPTH {
            return;
        }
        match &expr.kind {
            ExprKind::Call(call) => self.collect_call(call, prefix, place, found),
            ExprKind::Func(func) => self.collect_block(func, prefix, place, found),
            ExprKind::Either(all) => all.iter().for_each(|it| self.collect(it, prefix, place, found)),
            ExprKind::Name(name) => {
                if let Some(value) = variable(place.body, name) {
                    self.collect(value, prefix, place, found);
                    // `builder.GET("/x", handler);`, the builder's name no longer standing for anything.
                    let alone = Place { body: &[], ..*place };
                    let own = place
                        .body
                        .iter()
                        .filter(|it| matches!(it, Stmt::Expr(it) if root(it) == Some(&**name)));
                    for stmt in own {
                        if let Stmt::Expr(expr) = stmt {
                            self.collect(expr, prefix, &alone, found);
                        }
                    }
                }
            }
            // `this::inner`
            ExprKind::Other(inner) => {
                if let [Expr { kind: ExprKind::Attr(of, name), .. }] = inner.as_slice()
                    && matches!(&of.kind, ExprKind::Name(it) if &**it == "this")
                {
                    self.own_function(name, prefix, place, found);
                }
            }
            _ => {}
        }
    }

    /// The statements of a block: in Kotlin each declares, in Java the last value does.
    fn collect_block(&mut self, func: &Func, prefix: &Text, place: &Place<'_>, found: &mut Vec<Declared>) {
        let locals = self.locals(&func.body, place);
        let place = Place { body: &func.body, locals: &locals, ..*place };
        for stmt in &func.body {
            match stmt {
                Stmt::Expr(expr) | Stmt::Return(Some(expr)) => self.collect(expr, prefix, &place, found),
                Stmt::Branch(body) => {
                    for stmt in body {
                        if let Stmt::Expr(expr) | Stmt::Return(Some(expr)) = stmt {
                            self.collect(expr, prefix, &place, found);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn collect_call(&mut self, call: &Call, prefix: &Text, place: &Place<'_>, found: &mut Vec<Declared>) {
        let (receiver, name) = match &call.callee.kind {
            ExprKind::Attr(of, name) => (Some(&**of), &**name),
            ExprKind::Name(name) => (None, &**name),
            // Kotlin's `"/x" { … }`.
            _ => return,
        };
        let is_block = |arg: &Arg| matches!(arg.value.kind, ExprKind::Func(_));
        let block = call.args.iter().find(|it| is_block(it)).map(|it| &it.value);
        let builder =
            self.table.functional.as_ref().is_some_and(|it| it.builders.iter().any(|it| it == name));
        match name {
            _ if builder => block.into_iter().for_each(|it| self.collect(it, prefix, place, found)),
            // Kotlin: the predicate is the receiver.
            "nest" if call.args.len() == 1 => {
                if let (Some(of), Some(block)) = (receiver, block) {
                    let predicate = self.predicate(of, place);
                    self.nested(&predicate, block, prefix, place, found);
                }
            }
            "path" if block.is_some() => {
                receiver.into_iter().for_each(|it| self.collect(it, prefix, place, found));
                if let (Some(first), Some(block)) = (call.args.first(), block) {
                    let predicate =
                        Predicate { paths: self.texts(&first.value, place), ..Predicate::default() };
                    self.nested(&predicate, block, prefix, place, found);
                }
            }
            "nest" | "andNest" => {
                receiver.into_iter().for_each(|it| self.collect(it, prefix, place, found));
                if let [first, second, ..] = call.args.as_slice() {
                    let predicate = self.predicate(&first.value, place);
                    self.nested(&predicate, &second.value, prefix, place, found);
                }
            }
            "route" | "andRoute" => {
                receiver.into_iter().for_each(|it| self.collect(it, prefix, place, found));
                if let [first, _, ..] = call.args.as_slice() {
                    let predicate = self.predicate(&first.value, place);
                    self.declare(&predicate, prefix, place, found);
                }
            }
            _ if VERBS.contains(&name) => {
                receiver.into_iter().for_each(|it| self.collect(it, prefix, place, found));
                if let Some(first) = call.args.first() {
                    let mut predicate = Predicate { methods: vec![name.to_owned()], ..Predicate::default() };
                    predicate.span = Some(span(&first.value, place));
                    predicate.paths = self.texts(&first.value, place);
                    self.declare(&predicate, prefix, place, found);
                }
            }
            "and" | "or" | "andOther" | "add" => {
                receiver.into_iter().for_each(|it| self.collect(it, prefix, place, found));
                call.args.iter().for_each(|it| self.collect(&it.value, prefix, place, found));
            }
            _ => match receiver {
                // A function of the same class.
                None => self.own_function(name, prefix, place, found),
                Some(Expr { kind: ExprKind::Name(this), .. }) if &**this == "this" => {
                    self.own_function(name, prefix, place, found);
                }
                Some(of) if call.args.is_empty() && self.foreign_function(of, name, prefix, place, found) => {
                }
                Some(of) => self.collect(of, prefix, place, found),
            },
        }
    }

    fn own_function(&mut self, name: &str, prefix: &Text, place: &Place<'_>, found: &mut Vec<Declared>) {
        let func = place.class.body.iter().find_map(|it| match it {
            Stmt::Def(func) if &*func.name == name => Some(Arc::clone(func)),
            _ => None,
        });
        if let Some(func) = func {
            self.returned(&func, prefix, place, found);
        }
    }

    fn nested(
        &mut self,
        predicate: &Predicate,
        inner: &Expr,
        prefix: &Text,
        place: &Place<'_>,
        found: &mut Vec<Declared>,
    ) {
        let none = [Text::known("")];
        let paths = if predicate.paths.is_empty() { &none[..] } else { &predicate.paths };
        for path in paths {
            let mut below = prefix.clone();
            below.join(path);
            self.collect(inner, &below, place, found);
        }
    }

    fn declare(
        &mut self,
        predicate: &Predicate,
        prefix: &Text,
        place: &Place<'_>,
        found: &mut Vec<Declared>,
    ) {
        let Some(span) = predicate.span else { return };
        let none = [Text::known("")];
        let paths = if predicate.paths.is_empty() { &none[..] } else { &predicate.paths };
        for path in paths {
            let mut whole = prefix.clone();
            whole.join(path);
            let path = self.configuration.expand(&whole, place.scope.file);
            let methods = match predicate.methods.is_empty() {
                true => vec!["ANY".to_owned()],
                false => predicate.methods.clone(),
            };
            found.push(Declared { methods, path, hidden: false, span, conventional: false });
        }
    }

    fn predicate(&mut self, expr: &Expr, place: &Place<'_>) -> Predicate {
        let mut found = Predicate { span: Some(span(expr, place)), ..Predicate::default() };
        self.read_predicate(expr, place, 0, &mut found);
        found
    }

    fn read_predicate(&mut self, expr: &Expr, place: &Place<'_>, depth: usize, found: &mut Predicate) {
        if depth > MAX_DEPTH {
            return;
        }
        if let ExprKind::Name(name) = &expr.kind
            && let Some(value @ Expr { kind: ExprKind::Call(_), .. }) = variable(place.body, name)
        {
            return self.read_predicate(value, place, depth + 1, found);
        }
        let ExprKind::Call(call) = &expr.kind else {
            return found.paths.extend(self.texts(expr, place));
        };
        let (receiver, name) = match &call.callee.kind {
            ExprKind::Attr(of, name) => (Some(&**of), &**name),
            ExprKind::Name(name) => (None, &**name),
            _ => return,
        };
        let first = call.args.first().map(|it| &it.value);
        match name {
            _ if VERBS.contains(&name) => {
                found.methods.push(name.to_owned());
                if let Some(first) = first {
                    found.span = Some(span(first, place));
                    found.paths.extend(self.texts(first, place));
                }
            }
            "path" | "pathPrefix" => {
                first.into_iter().for_each(|it| found.paths.extend(self.texts(it, place)));
            }
            "method" | "methods" => {
                for arg in &call.args {
                    let value = self.types.value(&arg.value, place.scope, place.locals);
                    match value {
                        Value::Text(text) => found.paths.push(text),
                        value => found.methods.extend(verbs(&value)),
                    }
                }
            }
            "and" | "or" => {
                receiver.into_iter().for_each(|it| self.read_predicate(it, place, depth + 1, found));
                first.into_iter().for_each(|it| self.read_predicate(it, place, depth + 1, found));
            }
            _ => {}
        }
    }

    fn texts(&mut self, expr: &Expr, place: &Place<'_>) -> Vec<Text> {
        match self.types.value(expr, place.scope, place.locals) {
            Value::Text(text) => vec![text],
            Value::Name(name) => vec![Text::hole(&name)],
            _ => Vec::new(),
        }
    }
}

/// Whether a function returns a router, or does not say what it returns.
pub(super) fn is_router(func: &Func, table: &Functional) -> bool {
    let named = func.returns.as_ref().and_then(dotted);
    named.is_none_or(|it| it.rsplit('.').next() == Some(table.returns.as_str()))
}

/// The name that a chain of calls begins with.
fn root(expr: &Expr) -> Option<&str> {
    let mut at = expr;
    loop {
        at = match &at.kind {
            ExprKind::Call(call) => &call.callee,
            ExprKind::Attr(of, _) => of,
            ExprKind::Name(name) if !std::ptr::eq(at, expr) => return Some(name),
            _ => return None,
        };
    }
}

/// What a variable of a function is bound to.
fn variable<'p>(body: &'p [Stmt], name: &str) -> Option<&'p Expr> {
    body.iter().find_map(|it| match it {
        Stmt::Assign(Pattern::Name(it), value) if **it == *name => Some(value),
        _ => None,
    })
}

fn span(expr: &Expr, place: &Place<'_>) -> Span {
    Span { source: place.scope.file, start: expr.start, end: expr.end }
}
