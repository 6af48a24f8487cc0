//! The modules of an application, down to the classes that they list.

use std::rc::Rc;
use std::sync::Arc;

use super::super::value::Args;
use super::super::{Interpreter, Value};
use super::{Listed, MAX_DEPTH};
use crate::parse::routes::annotations::{Annotations, Modules};
use crate::parse::routes::ir::{Class, Expr, ExprKind, Node, walk_expr};
use crate::parse::routes::text::Text;

impl Interpreter<'_> {
    /// Follows a module to its controllers and to the modules that it imports.
    pub(super) fn visit_module(
        &mut self,
        module: Value,
        table: &Annotations,
        modules: &Modules,
        seen: &mut Vec<*const Class>,
        listed: &mut Vec<Listed>,
    ) {
        match module {
            Value::Class(class) => {
                let address = Arc::as_ptr(&class.class);
                if seen.contains(&address) {
                    return;
                }
                seen.push(address);
                let env = self.around(&class);
                for decorator in self.decorators(&class.class.decorators, env) {
                    if *decorator.name != *modules.decorator {
                        continue;
                    }
                    if let Some(first) = decorator.args.positional.first() {
                        self.visit_lists(first.value.clone(), address, table, modules, seen, listed);
                    }
                }
                // What stands inside calls: `forwardRef(() => Orders)`, `Orders.register({…})`.
                for decorator in &class.class.decorators {
                    for name in imported_names(decorator, &modules.imports) {
                        if let it @ Value::Class(_) = self.lookup(env, &name) {
                            self.visit_module(it, table, modules, seen, listed);
                        }
                    }
                }
            }
            // `forwardRef(() => Orders)`
            Value::Func(closure) if closure.func.params.is_empty() => {
                let module = self.call_function(&closure, None, Args::default());
                if matches!(module, Value::Class(_) | Value::Object(_)) {
                    self.visit_module(module, table, modules, seen, listed);
                }
            }
            Value::Object(_) => {
                let of = self.attr(module.clone(), "module");
                let address = match &of {
                    Value::Class(class) => Arc::as_ptr(&class.class),
                    _ => std::ptr::null(),
                };
                self.visit_module(of, table, modules, seen, listed);
                self.visit_lists(module, address, table, modules, seen, listed);
            }
            _ => {}
        }
    }

    pub(super) fn visit_lists(
        &mut self,
        of: Value,
        module: *const Class,
        table: &Annotations,
        modules: &Modules,
        seen: &mut Vec<*const Class>,
        listed: &mut Vec<Listed>,
    ) {
        let controllers = self.attr(of.clone(), &modules.controllers);
        for item in self.items(&controllers).unwrap_or_default() {
            if let Value::Class(class) = item
                && !listed.iter().any(|(it, of)| Arc::ptr_eq(&it.class, &class.class) && *of == module)
            {
                listed.push((class, module));
            }
        }
        let imports = self.attr(of, &modules.imports);
        for item in self.items(&imports).unwrap_or_default() {
            self.deeper(|it| {
                it.visit_module(item, table, modules, seen, listed);
                Value::Unknown
            });
        }
    }

    /// Reads `[{ path, module, children }]`.
    pub(super) fn module_paths(
        &mut self,
        value: &Value,
        above: &Text,
        depth: usize,
        found: &mut Vec<(*const Class, Text)>,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        for item in self.items(value).unwrap_or_default() {
            match &item {
                Value::Class(class) => found.push((Arc::as_ptr(&class.class), above.clone())),
                Value::Object(_) => {
                    let mut path = above.clone();
                    match self.attr(item.clone(), "path") {
                        Value::Text(text) => path.join(&text),
                        _ => path.join(&Text::hole("path")),
                    }
                    if let Value::Class(class) = self.attr(item.clone(), "module") {
                        found.push((Arc::as_ptr(&class.class), path.clone()));
                    }
                    let children = self.attr(item.clone(), "children");
                    self.module_paths(&children, &path, depth + 1, found);
                }
                _ => {}
            }
        }
    }
}

/// The names inside the list of a key of a decorator's object.
fn imported_names(decorator: &Expr, key: &str) -> Vec<Rc<str>> {
    let mut names = Vec::new();
    let ExprKind::Call(call) = &decorator.kind else { return names };
    let Some(ExprKind::Object(entries)) = call.args.first().map(|it| &it.value.kind) else { return names };
    let imports = entries.iter().filter(|it| it.key.as_deref() == Some(key));
    for entry in imports {
        walk_expr(&entry.value, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Name(name), .. }) = node {
                names.push(Rc::from(&**name));
            }
        });
    }
    names
}
