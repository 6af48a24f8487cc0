//! What is Go's own: packages of several files, initialization in the order of use, blocks with names of
//! their own, and assignments that change a name of an outer block.

mod asked;
mod builder;
mod choice;
mod dispatched;
mod flags;
mod inject;
mod library;
mod nested;
mod program;
mod tables;
mod values;

use std::rc::Rc;
use std::sync::Arc;

pub(super) use builder::Draft;
pub(super) use library::global;

use super::module::Pending;
use super::value::{ClassValue, Closure, EnvId, ModuleId};
use super::{Interpreter, Value};
use crate::parse::routes::go_packages::without_version;
use crate::parse::routes::ir::{Class, Expr, ExprKind, Import, Imported, Node, Pattern, Stmt, walk_expr};
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::{Target, go_package, parent};
use crate::source::SourceId;

impl Interpreter<'_> {
    /// Whether the code around is Go.
    pub(super) fn is_go(&self, env: EnvId) -> bool {
        self.modules[self.envs[env].module].language == Language::Go
    }

    /// The package that a file belongs to.
    pub(super) fn go_package_of(&mut self, file: SourceId) -> ModuleId {
        let folder = parent(self.store.sources.path(file)).to_owned();
        self.module(go_package(&folder))
    }

    /// Binds what the files of a package declare, then runs what has effects: variables, then `init`.
    pub(super) fn evaluate_go_package(&mut self, package: ModuleId) {
        let folder = parent(&self.modules[package].target.base).to_owned();
        let files = self.resolver.go.files(&folder).to_vec();
        self.store.parse_all(&files);
        let env = self.modules[package].env;
        let mut inits = Vec::new();
        let mut methods = Vec::new();
        for file in files {
            let lowered = self.store.module(file);
            let base = self.store.sources.path(file).to_owned();
            let module = self.module(Target { base, file: Some(file) });
            self.modules[module].begun = true;
            let own = self.modules[module].env;
            self.envs[own].parent = Some(env);
            for (at, stmt) in lowered.body.iter().enumerate() {
                match stmt {
                    Stmt::Import(import) => self.go_import(import, own),
                    Stmt::Def(func) => {
                        let value = Value::Func(Closure { func: Arc::clone(func), env: own });
                        match &*func.name {
                            "init" => inits.push(value),
                            name => self.bind(env, name, value),
                        }
                    }
                    Stmt::Class(class) => {
                        let value = self.go_class(class, own);
                        self.bind(env, &class.name, value);
                    }
                    Stmt::Assign(Pattern::Attr(of, name), value) => {
                        if let (ExprKind::Name(of), ExprKind::Func(func)) = (&of.kind, &value.kind) {
                            let closure = Closure { func: Arc::clone(func), env: own };
                            methods.push((of.clone(), name.clone(), Value::Func(closure)));
                        }
                    }
                    Stmt::Assign(Pattern::Name(name), _) => {
                        let pending = Pending { lowered: Arc::clone(&lowered), at, env: own };
                        self.modules[package].pending.insert(name.clone(), pending);
                    }
                    Stmt::Assign(Pattern::List(names), _) => {
                        for name in names {
                            if let Pattern::Name(name) = name {
                                let pending = Pending { lowered: Arc::clone(&lowered), at, env: own };
                                self.modules[package].pending.insert(name.clone(), pending);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        for (of, name, value) in methods {
            if let Some(Value::Class(class)) = self.envs[env].vars.get(&of).cloned() {
                self.bind(class.env, &name, value);
            }
        }
        let mut waiting: Vec<Box<str>> = self.modules[package].pending.keys().cloned().collect();
        waiting.sort_unstable();
        for name in waiting {
            let pending = self.modules[package].pending.get(&name);
            let acts = pending.is_some_and(|it| it.lowered.body.get(it.at).is_some_and(has_effects));
            if acts {
                self.force_pending(package, &name);
            }
        }
        for init in inits {
            if let Value::Func(closure) = &init {
                self.call_function(closure, None, super::value::Args::default());
            }
        }
    }

    /// Evaluates a variable of a package that nobody has asked for before.
    pub(super) fn force_pending(&mut self, package: ModuleId, name: &str) {
        let Some(pending) = self.modules[package].pending.remove(name) else { return };
        let env = self.modules[package].env;
        let Some(Stmt::Assign(pattern, value)) = pending.lowered.body.get(pending.at) else { return };
        if let Pattern::List(names) = pattern {
            for name in names {
                if let Pattern::Name(name) = name {
                    self.modules[package].pending.remove(name);
                }
            }
        }
        self.deeper(|it| {
            let value = it.eval(value, pending.env);
            it.assign(pattern, value, env, false);
            Value::Unknown
        });
    }

    /// Evaluates a name of a package that is still waiting, where the environment is a package's.
    pub(super) fn force_name(&mut self, env: EnvId, name: &str) {
        let module = self.envs[env].module;
        if self.modules[module].env == env && self.modules[module].pending.contains_key(name) {
            self.force_pending(module, name);
        }
    }

    /// A name of a package.
    pub(super) fn go_attr(&mut self, package: ModuleId, name: &str) -> Value {
        let env = self.modules[package].env;
        self.force_name(env, name);
        self.envs[env].vars.get(name).cloned().unwrap_or(Value::Unknown)
    }

    fn go_import(&mut self, import: &Import, env: EnvId) {
        let file = self.file(env);
        let from = self.store.sources.path(file);
        let package = match self.resolver.imported(Language::Go, from, &import.module) {
            Some(target) => Value::Module(self.module(target)),
            None => Value::External(without_version(&import.module).into()),
        };
        match (import.names.first(), &package) {
            (Some(Imported::Module(alias)), _) => self.bind(env, alias, package),
            (Some(Imported::Package), Value::Module(id)) => {
                let name = self.package_name(*id).unwrap_or_else(|| last(&import.module).into());
                self.bind(env, &name, package);
            }
            (Some(Imported::Package), _) => {
                // The name of a library stands in its files: mostly the last part, without what says "Go".
                let name = last(without_version(&import.module));
                let plain = name.strip_prefix("go-").or_else(|| name.strip_suffix("-go"));
                let plain = plain.or_else(|| name.strip_suffix(".go")).unwrap_or(name);
                self.bind(env, name, package.clone());
                self.bind(env, plain, package);
            }
            (Some(Imported::All), Value::Module(id)) => self.envs[env].stars.push(*id),
            (None, Value::Module(id)) => self.evaluate(*id),
            _ => {}
        }
    }

    /// The name in the `package` clause of its files.
    fn package_name(&self, package: ModuleId) -> Option<Box<str>> {
        let folder = parent(&self.modules[package].target.base);
        self.resolver.go.files(folder).iter().find_map(|&it| {
            let lowered = self.store.module(it);
            match lowered.body.first() {
                Some(Stmt::Assign(Pattern::Name(it), Expr { kind: ExprKind::Str(name), .. }))
                    if &**it == "package" =>
                {
                    Some(name.clone())
                }
                _ => None,
            }
        })
    }

    /// A type with its methods; what it embeds is looked up when a field is asked for.
    pub(super) fn go_class(&mut self, class: &Arc<Class>, env: EnvId) -> Value {
        let own = self.new_env(env);
        self.envs[own].is_class = true;
        Value::Class(ClassValue { class: Arc::clone(class), env: own, bases: Rc::from([]) })
    }

    /// Changes what is there: a name of an outer block, a field.
    pub(super) fn go_set(&mut self, pattern: &Pattern, value: Value, env: EnvId) {
        match pattern {
            Pattern::List(all) => {
                let items = self.items(&value);
                for (i, pattern) in all.iter().enumerate() {
                    let item = items.as_ref().and_then(|it| it.get(i).cloned()).unwrap_or(Value::Unknown);
                    self.go_set(pattern, item, env);
                }
            }
            Pattern::Name(name) => {
                let home = self.home(env, pattern);
                let of_package = self.envs[home].parent.is_none();
                let old = self.envs[home].vars.get(name);
                match (old, &value) {
                    (Some(old), new) if home != env && self.is_below_setting(old, new) => {}
                    (Some(Value::Text(old)), Value::Text(new))
                        if home != env && !of_package && !old.is_empty() && old != new =>
                    {
                        let unsure = Value::Text(Rc::new((**new).clone().unsure()));
                        self.bind(home, name, unsure);
                    }
                    (Some(Value::Text(_)), new) if home == env || !new.is_vague() => {
                        self.bind(home, name, value);
                    }
                    (Some(old), new) if new.is_vague() && !old.is_vague() => {}
                    _ => self.bind(home, name, value),
                }
            }
            other => self.assign(other, value, env, false),
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a variable does something when it is made.
fn has_effects(stmt: &Stmt) -> bool {
    let Stmt::Assign(_, value) = stmt else { return false };
    let mut found = false;
    walk_expr(value, &mut |node| {
        found |= matches!(node, Node::Expr(Expr { kind: ExprKind::Call(_) | ExprKind::Func(_), .. }));
    });
    found
}
