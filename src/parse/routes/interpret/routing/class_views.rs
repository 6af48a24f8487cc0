//! Classes whose methods are routes by their names, once they are registered: `OrderView.register(app)`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::class::is_decorated;
use super::super::value::{Args, ClassValue, EnvId};
use super::super::{Interpreter, Value};
use crate::parse::routes::framework::{ClassViews, Place};
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::ir::{ExprKind, Func, Pattern, Stmt};
use crate::parse::routes::text::Text;

/// Bases of bases.
const MAX_BASES: usize = 8;

impl<'a> Interpreter<'a> {
    /// How the methods of a class are routes, where its library says so.
    pub(in crate::parse::routes::interpret) fn class_views(
        &self,
        class: &ClassValue,
        depth: usize,
    ) -> Option<&'a ClassViews> {
        class.bases.iter().find_map(|base| match base {
            Value::External(name) => {
                let all = self.store.tables.iter().filter_map(|it| it.class_views.as_ref());
                all.into_iter().find(|it| it.bases.iter().any(|it| **it == **name))
            }
            Value::Class(base) if depth < MAX_BASES => self.class_views(base, depth + 1),
            _ => None,
        })
    }

    /// Declares the methods of a class on the router that it is registered with.
    pub(in crate::parse::routes::interpret) fn register_views(
        &mut self,
        class: &ClassValue,
        table: &ClassViews,
        args: &Args,
        range: &Range<u32>,
        env: EnvId,
    ) {
        let Some(router) = args.all().find_map(|it| self.router_of(&it.value)) else { return };
        let mut before = Text::known("");
        for (at, name) in table.before.iter().enumerate() {
            let said = args.get(name).map(|it| it.value.clone());
            match said.or_else(|| self.class_attr(class, name, 0)) {
                Some(Value::Text(text)) => before = below(&before, &text),
                None | Some(Value::Bool(_)) if at > 0 => {
                    let own = class.class.name.strip_suffix(table.suffix.as_str());
                    before = below(&before, &Text::known(&dashed(own.unwrap_or(&class.class.name))));
                }
                None | Some(Value::Bool(_)) => {}
                Some(_) => before = below(&before, &Text::hole(name)),
            }
        }
        let excluded: Vec<Value> =
            table.excludes.iter().filter_map(|it| self.class_attr(class, it, 0)).collect();
        let excluded = excluded.iter().filter_map(|it| self.items(it)).flatten();
        let excluded: BTreeSet<String> = excluded.filter_map(|it| it.known_text()).collect();
        let mut methods = Vec::new();
        methods_of(class, 0, &mut methods);
        for (func, home) in methods {
            let is_inner = table.inner.iter().any(|it| func.name.starts_with(it.as_str()));
            let is_bound =
                func.getter || ["staticmethod", "classmethod"].iter().any(|it| is_decorated(&func, it));
            if is_inner || is_bound || excluded.contains(&*func.name) {
                continue;
            }
            if self.declare_said(router, &before, &func, table, home) {
                continue;
            }
            let (verb, own) = match table.methods.get(&*func.name) {
                Some(verb) => (verb.as_str(), ""),
                None => ("GET", &*func.name),
            };
            let mut path = below(&before, &Text::known(own));
            for param in func.params.iter().skip(1).filter(|it| it.default.is_none()) {
                if let Pattern::Name(name) = &param.pattern
                    && !excluded.contains(&**name)
                {
                    path = below(&path, &Text::known(&format!("<{name}>")));
                }
            }
            let span = self.span(env, range.clone());
            self.graph
                .declare(router, Declared { methods: vec![verb.to_owned()], path, hidden: false, span });
        }
    }

    /// Declares what the decorators of a method say, if any does.
    fn declare_said(
        &mut self,
        router: RouterId,
        before: &Text,
        func: &Func,
        table: &ClassViews,
        env: EnvId,
    ) -> bool {
        let mut said = false;
        for decorator in &func.decorators {
            let ExprKind::Call(call) = &decorator.kind else { continue };
            let (ExprKind::Name(name) | ExprKind::Attr(_, name)) = &call.callee.kind else { continue };
            if **name != *table.decorator {
                continue;
            }
            said = true;
            let args = self.args(call, env);
            let path = match args.positional.first().map(|it| &it.value) {
                Some(Value::Text(text)) => below(before, text),
                _ => below(before, &Text::hole("path")),
            };
            let usual = ["GET".to_owned()];
            let methods = self.methods(&args, &[Place::Key("methods".to_owned())], &usual);
            let span = self.span(env, call.callee.start..decorator.end);
            self.graph.declare(router, Declared { methods, path, hidden: false, span });
        }
        said
    }
}

/// The methods of a class and its bases, each with where it stands; one that is defined again stands for itself.
fn methods_of(class: &ClassValue, depth: usize, found: &mut Vec<(Arc<Func>, EnvId)>) {
    for stmt in &class.class.body {
        if let Stmt::Def(func) = stmt
            && !found.iter().any(|(it, _)| it.name == func.name)
        {
            found.push((Arc::clone(func), class.env));
        }
    }
    for base in class.bases.iter().filter(|_| depth < MAX_BASES) {
        if let Value::Class(base) = base {
            methods_of(base, depth + 1, found);
        }
    }
}

/// A path below another, with one slash between.
fn below(before: &Text, path: &Text) -> Text {
    let mut text = before.map_end(|it| it.trim_end_matches('/'));
    if !path.is_empty() {
        text.push(&Text::known("/"));
        text.push(&path.map_start(|it| it.trim_start_matches('/')));
    }
    text
}

/// `OrderLine` as `order-line`
fn dashed(name: &str) -> String {
    let mut text = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}
