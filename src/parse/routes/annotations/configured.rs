//! Classes that say their route by calls in one of their methods, as FastEndpoints has them.

use std::sync::Arc;

use super::declared::Declared;
use super::engine::Engine;
use super::table::Configured;
use super::types::{TypeId, dotted};
use super::value::{Value, verbs};
use crate::parse::routes::ir::{Call, ClassKind, Expr, ExprKind, Func, Node, Pattern, Stmt, walk};
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

impl Engine<'_, '_> {
    /// The routes that the method of a class declares, below the prefix of the application.
    pub(super) fn configured_routes(&mut self, id: TypeId, prefix: &Text) -> Vec<Declared> {
        let Some(table) = &self.table.configured else { return Vec::new() };
        if self.types.types[id].class.kind != ClassKind::Concrete || !self.is_configured(id, table) {
            return Vec::new();
        }
        let Some(func) = method(&self.types.types[id].class.body, &table.method) else {
            return self.attribute_routes(id, prefix, table);
        };
        let (scope, file) = (self.types.scope(id), self.types.types[id].file);
        let mut before = prefix.clone();
        let (mut said, mut paths, mut ways) = (Vec::new(), Vec::new(), Vec::new());
        for (name, call) in calls(&func) {
            let texts = |engine: &mut Self| -> Vec<(Text, Span)> {
                let args = call.args.iter().filter(|it| it.name.is_none());
                let values = args.map(|it| (engine.types.value(&it.value, scope, &[]), &it.value));
                let place = |it: &Expr| Span { source: file, start: it.start, end: it.end };
                let text = |(value, expr): (Value, &Expr)| match value {
                    Value::Text(text) => Some((text, place(expr))),
                    Value::Name(name) => Some((Text::hole(&name), place(expr))),
                    _ => None,
                };
                values.filter_map(text).collect()
            };
            if let Some(verb) = table.verbs.get(name) {
                ways.extend(texts(self).into_iter().map(|(path, span)| (vec![verb.clone()], path, span)));
            } else if *name == *table.paths {
                paths.extend(texts(self));
            } else if *name == *table.methods {
                let args = call.args.iter();
                said.extend(args.flat_map(|it| verbs(&self.types.value(&it.value, scope, &[]))));
            } else if *name == *table.group {
                if let Some(path) = self.group_prefix(call, scope, table) {
                    before.join(&path);
                }
            } else if *name == *table.replaces {
                before = texts(self).into_iter().next().map_or_else(|| Text::known(""), |(path, _)| path);
            }
        }
        ways.extend(paths.into_iter().map(|(path, span)| (said.clone(), path, span)));
        let declared = ways.into_iter().map(|(methods, path, span)| {
            let mut whole = before.clone();
            whole.join(&path);
            Declared { methods, path: whole, hidden: false, span, conventional: false }
        });
        declared.collect()
    }

    /// The routes of a class that says them by attributes: `[HttpGet("/x")]`.
    fn attribute_routes(&mut self, id: TypeId, prefix: &Text, table: &Configured) -> Vec<Declared> {
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        let mut found = Vec::new();
        for decorator in &class.decorators {
            let ExprKind::Call(call) = &decorator.kind else { continue };
            let Some(verb) = dotted(&call.callee).and_then(|it| table.attributes.get(&it)) else { continue };
            for arg in call.args.iter().filter(|it| it.name.is_none()) {
                let mut path = prefix.clone();
                match self.types.value(&arg.value, scope, &[]) {
                    Value::Text(text) => path.join(&text),
                    _ => path.join(&Text::hole("path")),
                }
                let span = Span { source: scope.file, start: decorator.start, end: decorator.end };
                found.push(Declared {
                    methods: vec![verb.clone()],
                    path,
                    hidden: false,
                    span,
                    conventional: false,
                });
            }
        }
        found
    }

    fn is_configured(&mut self, id: TypeId, table: &Configured) -> bool {
        self.types.line(id).into_iter().any(|it| {
            let class = self.types.types[it].class.clone();
            class.bases.iter().filter_map(dotted).any(|base| {
                let (first, last) = (base.split('.').next(), base.rsplit('.').next());
                table.bases.iter().any(|it| Some(it.as_str()) == first || Some(it.as_str()) == last)
            })
        })
    }

    /// The prefix of `Group<Orders>()`: what the constructor of the group is told.
    fn group_prefix(&mut self, call: &Call, scope: super::types::Scope, table: &Configured) -> Option<Text> {
        let types = call.args.iter().find(|it| it.name.as_deref() == Some("<>"))?;
        let ExprKind::List(types) = &types.value.kind else { return None };
        let id = self.types.find(&dotted(types.first()?)?, scope)?;
        let constructor = method(&self.types.types[id].class.body, "constructor")?;
        let scope = self.types.scope(id);
        let (_, call) = calls(&constructor).into_iter().find(|(name, _)| **name == *table.method)?;
        match self.types.value(&call.args.first()?.value, scope, &[]) {
            Value::Text(text) => Some(text),
            _ => Some(Text::hole("prefix")),
        }
    }

    /// What the application assigns to the setting that stands before every path.
    pub(super) fn assigned_prefix(&mut self, files: &[SourceId]) -> Text {
        let Some(table) = &self.table.configured else { return Text::known("") };
        for &file in files {
            let module = self.types.load(file);
            let mut found = None;
            walk(&module.body, &mut |node| {
                let (pattern, value) = match node {
                    Node::Stmt(Stmt::Assign(pattern, value)) => (pattern, value),
                    Node::Expr(Expr { kind: ExprKind::Assigned(it), .. }) => (&it.0, &it.1),
                    _ => return,
                };
                if matches!(pattern, Pattern::Attr(_, name) if **name == *table.prefix) {
                    found = Some(value);
                }
            });
            let scope = super::types::Scope { file, within: None };
            if let Some(value) = found {
                return match self.types.value(value, scope, &[]) {
                    Value::Text(text) => text,
                    _ => Text::hole("prefix"),
                };
            }
        }
        Text::known("")
    }
}

fn method(body: &[Stmt], name: &str) -> Option<Arc<Func>> {
    body.iter().find_map(|it| match it {
        Stmt::Def(func) if *func.name == *name => Some(Arc::clone(func)),
        _ => None,
    })
}

/// The calls of functions by their bare names, in order.
fn calls(func: &Func) -> Vec<(&str, &Call)> {
    let mut found = Vec::new();
    walk(&func.body, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node
            && let ExprKind::Name(name) = &call.callee.kind
        {
            found.push((&**name, &**call));
        }
    });
    found
}
