//! Binds names, fields and patterns to values.

use std::rc::Rc;

use super::value::EnvId;
use super::{Interpreter, Value};
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::RouterId;
use crate::parse::routes::ir::{Expr, ExprKind, Pattern};
use crate::parse::routes::lower::Language;

impl Interpreter<'_> {
    /// Binds a name in an environment.
    pub(super) fn bind(&mut self, env: EnvId, name: &str, value: Value) {
        self.envs[env].vars.insert(name.into(), value);
    }

    /// Whether one router is the other below a prefix that only a setting knows: what a branch makes of it where the
    /// setting is there.
    pub(super) fn is_below_setting(&self, above: &Value, below: &Value) -> bool {
        let (Value::Router(above), Value::Router(below)) = (above, below) else { return false };
        self.graph.routers[*above].mounts.iter().any(|it| it.child == *below && it.path.says_nothing())
    }

    /// Assigns a value; in a branch what is known already stays when the new value says less.
    pub(super) fn assign(&mut self, pattern: &Pattern, value: Value, env: EnvId, branch: bool) {
        match pattern {
            Pattern::Name(name) => {
                if let (true, Some(Value::Router(old)), Value::Router(new)) =
                    (branch, self.envs[env].vars.get(name), &value)
                    && self.is_made_again(*old, *new)
                {
                    // One of two ways to make the same application.
                    return self.graph.forget(*new);
                }
                // `if !prefix.is_empty() { app = Router::new().nest(prefix, app) }`
                if let (true, Some(Value::Router(old)), Value::Router(new)) =
                    (branch, self.envs[env].vars.get(name), &value)
                    && self.is_below_setting(&value, &Value::Router(*old))
                {
                    return self.graph.unmount(*new, *old);
                }
                let old = self.envs[env].vars.get(name);
                let value = match (old, value) {
                    (Some(old), new) if branch && self.is_below_setting(old, &new) => return,
                    (Some(old), new) if branch && new.is_vague() && !old.is_vague() => return drop(new),
                    // Which of the two it is depends on the branch.
                    (Some(Value::Text(old)), Value::Text(new)) if branch && *old != new => {
                        Value::Text(Rc::new((*new).clone().unsure()))
                    }
                    (_, new) => new,
                };
                self.bind(env, name, value);
            }
            Pattern::Attr(of, name) => self.assign_attr(of, name, value, env, branch),
            // A router and what was made beside it: `let (router, api) = router.split_for_parts()`.
            Pattern::List(all) if matches!(value, Value::Router(_)) => {
                if let Some(first) = all.first() {
                    self.assign(first, value, env, branch);
                }
            }
            Pattern::List(all) => {
                let items = self.items(&value);
                for (i, pattern) in all.iter().enumerate() {
                    let item = match (&items, pattern) {
                        (Some(items), Pattern::Rest(_)) => {
                            let rest = items.get(i..).unwrap_or_default().to_vec();
                            self.new_list(rest)
                        }
                        (Some(items), _) => items.get(i).cloned().unwrap_or(Value::Unknown),
                        (None, _) => Value::Unknown,
                    };
                    self.assign(pattern, item, env, branch);
                }
            }
            Pattern::Object(all) => {
                for (key, pattern) in all {
                    let value = self.attr(value.clone(), key);
                    self.assign(pattern, value, env, branch);
                }
            }
            Pattern::Rest(name) | Pattern::Keywords(name) => self.bind(env, name, value),
            Pattern::Ignored => {}
        }
    }

    /// Whether two applications are of one framework, and nothing is done with the second yet.
    fn is_made_again(&self, old: RouterId, new: RouterId) -> bool {
        if old == new {
            return false;
        }
        let [old, new] = [old, new].map(|it| &self.graph.routers[it]);
        let apps = old.made == Made::App && new.made == Made::App && old.framework == new.framework;
        apps && new.routes.is_empty() && new.mounts.is_empty()
    }

    /// The environment whose name an assignment changes: in JavaScript the nearest that has the name.
    pub(super) fn home(&self, env: EnvId, pattern: &Pattern) -> EnvId {
        let Pattern::Name(name) = pattern else { return env };
        if self.is_python(env) {
            return env;
        }
        let mut at = Some(env);
        while let Some(id) = at {
            if self.envs[id].vars.contains_key(name) {
                return id;
            }
            at = self.envs[id].parent;
        }
        env
    }

    fn assign_attr(&mut self, of: &Expr, name: &str, value: Value, env: EnvId, branch: bool) {
        let is = |expr: &Expr, word: &str| matches!(&expr.kind, ExprKind::Name(it) if &**it == word);
        let module_exports =
            matches!(&of.kind, ExprKind::Attr(it, name) if &**name == "exports" && is(it, "module"));
        if !self.is_python(env) && is(of, "module") && name == "exports" {
            let module = self.envs[env].module;
            self.modules[module].replaced = Some(value);
            return;
        }
        if !self.is_python(env) && (is(of, "exports") || module_exports) {
            return self.export_value(env, name, value);
        }
        let is_php = self.language(env) == Language::Php;
        let fields = match self.eval(of, env) {
            Value::Router(router) => return self.set_prefix(router, name, value),
            // The one object of a class: `Server.instance = new Server()`.
            Value::Class(class) => {
                let fields = &mut self.envs[class.env].vars;
                if fields.get(name).is_none_or(|old| old.certainty() <= value.certainty()) {
                    fields.insert(name.into(), value);
                }
                return;
            }
            Value::Func(closure) => return self.assign_function_attr(&closure, name, value),
            // `quays.prefix = "/api"` on another module's exports
            Value::Module(id) if self.modules[id].language == Language::JavaScript => {
                self.evaluate(id);
                let home = self.modules[id].env;
                if !(branch && value.is_vague()) {
                    self.export_value(home, name, value);
                }
                return;
            }
            Value::Instance(id) => &mut self.instances[id].fields,
            Value::Object(id) => &mut self.objects[id],
            of if self.is_app_config(&of) => return self.set_app_setting(name, value),
            _ => return,
        };
        match fields.iter_mut().find(|(key, _)| &**key == name) {
            Some((_, old)) if branch && value.is_vague() && !old.is_vague() => {}
            // Which of the two it is depends on the branch.
            Some((_, Value::Text(old)))
                if is_php && branch && matches!(&value, Value::Text(new) if new != old) =>
            {
                if let Value::Text(new) = value {
                    *old = Rc::new((*new).clone().unsure());
                }
            }
            Some((_, old)) => *old = value,
            None => fields.push((name.into(), value)),
        }
    }
}
