//! Modules: evaluated once, when somebody needs a name of them.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::value::{EnvId, ModuleId};
use super::{Env, Interpreter, MAX_DEPTH, Value};
use crate::parse::routes::ir::{Export, Import, Imported, Module as Lowered, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::{Target, join};
use crate::source::SourceId;

/// Modules whose exports a module exports, too.
const MAX_STARS: usize = 64;

/// A module of the project.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) target: Target,
    pub(super) env: EnvId,
    pub(super) language: Language,
    /// Its classes are bound.
    declared: bool,
    /// Its evaluation has begun; its names may still be incomplete.
    pub(super) begun: bool,
    exports: HashMap<Box<str>, Exported>,
    /// Modules whose exports are exported too.
    star_exports: Vec<ModuleId>,
    /// `module.exports = …`
    pub(super) replaced: Option<Value>,
    /// Variables of a Go package that are evaluated when somebody asks for them.
    pub(super) pending: HashMap<Box<str>, Pending>,
}

/// A variable of a Go package: the statement of its file, and the names that the file sees.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) lowered: Arc<Lowered>,
    pub(super) at: usize,
    pub(super) env: EnvId,
}

#[derive(Debug, Clone)]
enum Exported {
    /// The name it has inside, so that a later assignment counts.
    Local(Box<str>),
    Value(Value),
}

impl Interpreter<'_> {
    /// The module of a file.
    pub(super) fn module_of_file(&mut self, file: SourceId) -> ModuleId {
        let path = self.store.sources.path(file);
        let base = match Language::of(path) {
            Some(Language::Python) => {
                let base = path.strip_suffix(".py").unwrap_or(path);
                base.strip_suffix("__init__").map_or(base, |it| it.trim_end_matches('/')).to_owned()
            }
            Some(Language::Go) => return self.go_package_of(file),
            _ => path.to_owned(),
        };
        self.module(Target { base, file: Some(file) })
    }

    pub(super) fn module(&mut self, target: Target) -> ModuleId {
        if let Some(&id) = self.modules_by_base.get(&target.base) {
            return id;
        }
        let id = self.modules.len();
        let path = target.file.map_or(&*target.base, |it| self.store.sources.path(it));
        let language = Language::of(path).unwrap_or(Language::Python);
        self.envs.push(Env { module: id, ..Env::default() });
        self.modules_by_base.insert(target.base.clone(), id);
        self.modules.push(Module {
            target,
            env: self.envs.len() - 1,
            language,
            declared: false,
            begun: false,
            exports: HashMap::new(),
            star_exports: Vec::new(),
            replaced: None,
            pending: HashMap::new(),
        });
        id
    }

    /// Binds the classes of a module before anything runs, as C# does.
    pub(super) fn declarations(&mut self, id: ModuleId, body: &[Stmt]) -> EnvId {
        let env = self.modules[id].env;
        if !std::mem::replace(&mut self.modules[id].declared, true) {
            for stmt in body {
                if let Stmt::Class(class) = stmt {
                    let value = self.class(class, env);
                    self.bind(env, &class.name, value);
                }
            }
        }
        env
    }

    /// Evaluates a module, unless that has begun already.
    pub(super) fn evaluate(&mut self, id: ModuleId) {
        let module = &mut self.modules[id];
        if module.begun || (module.target.file.is_none() && module.language != Language::Go) {
            return;
        }
        // Too deep to be evaluated as a whole: better not begun than half done.
        if self.depth > MAX_DEPTH / 2 {
            return;
        }
        module.begun = true;
        let (env, file) = (module.env, module.target.file);
        // What a module says does not depend on the function that asks first.
        let stack = std::mem::take(&mut self.stack);
        let budget = std::mem::replace(&mut self.budget, u32::MAX);
        let frozen = std::mem::take(&mut self.graph.frozen);
        let around = (self.evaluating.replace(id), self.class_body.take());
        self.deeper(|it| {
            match file {
                Some(file) => {
                    let lowered = it.store.module(file);
                    it.hoist(&lowered.body, env);
                    it.exec_all(&lowered.body, env, false);
                }
                None => it.evaluate_go_package(id),
            }
            Value::Unknown
        });
        (self.stack, self.budget, self.graph.frozen) = (stack, budget, frozen);
        (self.evaluating, self.class_body) = around;
    }

    /// A name of a module: bound, exported or a module below it.
    pub(super) fn module_attr(&mut self, id: ModuleId, name: &str) -> Value {
        self.evaluate(id);
        match self.modules[id].language {
            Language::JavaScript => self.exported(id, name, 0),
            Language::Rust => self.rust_attr(id, name),
            Language::Go => self.go_attr(id, name),
            _ => self.python_attr(id, name),
        }
    }

    fn python_attr(&mut self, id: ModuleId, name: &str) -> Value {
        let env = self.modules[id].env;
        if let Some(value) = self.envs[env].vars.get(name).cloned() {
            // A package that imports its own module by the module's name.
            if value != Value::Late(id, name.into()) {
                return self.deeper(|it| it.force(value));
            }
        }
        let base = join(&self.modules[id].target.base, name);
        if let Some(target) = self.resolver.python_at(&base) {
            return Value::Module(self.module(target));
        }
        for star in self.envs[env].stars.clone() {
            let value =
                self.deeper(|it| if star == id { Value::Unknown } else { it.module_attr(star, name) });
            if value != Value::Unknown {
                return value;
            }
        }
        Value::Unknown
    }

    /// An item, what a wildcard import brings, or a module below that nobody declared in sight.
    fn rust_attr(&mut self, id: ModuleId, name: &str) -> Value {
        let env = self.modules[id].env;
        if let Some(value) = self.envs[env].vars.get(name).cloned()
            && value != Value::Late(id, name.into())
        {
            return self.deeper(|it| it.force(value));
        }
        for star in self.envs[env].stars.clone() {
            let value =
                self.deeper(|it| if star == id { Value::Unknown } else { it.module_attr(star, name) });
            if value != Value::Unknown {
                return value;
            }
        }
        match self.import_module(env, &format!("self.{}", name.trim_end_matches("::"))) {
            it @ Value::Module(_) => it,
            _ => Value::Unknown,
        }
    }

    fn exported(&mut self, id: ModuleId, name: &str, hops: usize) -> Value {
        let module = &self.modules[id];
        match module.exports.get(name).cloned() {
            Some(Exported::Local(local)) => {
                let env = module.env;
                return self.deeper(|it| it.lookup(env, &local));
            }
            Some(Exported::Value(value)) => return self.deeper(|it| it.force(value)),
            None => {}
        }
        if let Some(replaced) = module.replaced.clone() {
            return match name {
                // `module.exports = require("./app")`
                "default" => match self.default_of(replaced.clone()) {
                    Value::Unknown => replaced,
                    value => value,
                },
                _ => self.attr(replaced, name),
            };
        }
        for star in self.modules[id].star_exports.clone() {
            self.evaluate(star);
            if hops < 8 {
                let value = self.exported(star, name, hops + 1);
                if value != Value::Unknown {
                    return value;
                }
            }
        }
        Value::Unknown
    }

    /// What a module is where it is used like a value: its default export, or what replaced its exports.
    pub(super) fn default_of(&mut self, value: Value) -> Value {
        match value {
            Value::Module(id) if self.modules[id].language == Language::JavaScript => {
                self.deeper(|it| it.module_attr(id, "default"))
            }
            value => value,
        }
    }

    /// The module that a specifier names, or the library's name.
    pub(super) fn import_module(&mut self, env: EnvId, specifier: &str) -> Value {
        if self.is_python(env) && self.libraries.contains(specifier) {
            // A framework's own name, even where a folder is called like the framework.
            return Value::External(specifier.into());
        }
        let module = self.envs[env].module;
        let from = self.modules[module].target.file.map_or("", |it| self.store.sources.path(it));
        match self.resolver.imported(self.modules[module].language, from, specifier) {
            Some(target) => Value::Module(self.module(target)),
            None if specifier.starts_with('.') || specifier.starts_with("self.") => Value::Unknown,
            None => Value::External(specifier.into()),
        }
    }

    /// Binds what an import brings.
    pub(super) fn import(&mut self, import: &Import, env: EnvId) {
        let module = self.import_module(env, &import.module);
        if import.names.is_empty()
            && let Value::Module(id) = module
        {
            // Imported for what it does.
            return self.evaluate(id);
        }
        for name in &import.names {
            match name {
                Imported::Module(alias) => self.bind_module(env, alias, module.clone()),
                Imported::Package => {
                    let top = import.module.split('.').next().unwrap_or_default();
                    let package = self.import_module(env, top);
                    self.bind(env, top, package);
                }
                Imported::Name(outer, alias) => {
                    let value = match self.imported_name(&module, &import.module, outer) {
                        // A module below one that is written inside of a file.
                        Value::External(full) if self.language(env) == Language::Rust => {
                            match self.import_module(env, &full) {
                                it @ Value::Module(_) => it,
                                _ => Value::External(full),
                            }
                        }
                        value => value,
                    };
                    self.bind_module(env, alias, value);
                }
                Imported::All => match &module {
                    Value::Module(id) => self.envs[env].stars.push(*id),
                    Value::External(library) => self.bind_constructs(library, env),
                    _ => {}
                },
            }
        }
    }

    /// Binds what may be a module, in Rust under the name that modules have, too.
    fn bind_module(&mut self, env: EnvId, name: &str, value: Value) {
        if self.language(env) == Language::Rust {
            // What a module inside of the file declares is not in the file's own folder.
            let known = self.envs[env].vars.get(&*format!("{name}::"));
            if value.is_vague() && known.is_some_and(|it| !it.is_vague()) {
                return;
            }
            self.bind(env, &format!("{name}::"), value.clone());
        }
        self.bind(env, name, value);
    }

    /// Binds the names of a library that a framework's table knows.
    fn bind_constructs(&mut self, library: &str, env: EnvId) {
        let below = self.constructs.keys().filter_map(|it| it.strip_prefix(library)?.strip_prefix('.'));
        let names: Vec<&str> = below.filter_map(|it| it.split('.').next()).collect();
        for name in names {
            self.bind_module(env, name, Value::External(format!("{library}.{name}").into()));
        }
    }

    fn imported_name(&mut self, module: &Value, specifier: &str, name: &str) -> Value {
        let full = format!("{specifier}.{name}");
        match module {
            // A framework's own name, even where a folder is called like the framework.
            _ if self.constructs.contains_key(full.as_str()) => Value::External(full.into()),
            Value::Module(id) => Value::Late(*id, name.into()),
            Value::External(library) if name == "default" => Value::External(Rc::clone(library)),
            Value::External(_) => Value::External(full.into()),
            _ => Value::Unknown,
        }
    }

    /// Notes what an export statement exports.
    pub(super) fn export(&mut self, export: &Export, env: EnvId) {
        let module = self.envs[env].module;
        let (name, exported) = match export {
            Export::Default(value) => ("default", Exported::Value(self.eval(value, env))),
            Export::Local(local, name, _) => (&**name, Exported::Local(local.clone())),
            Export::Declared(name, _) => (&**name, Exported::Local(name.clone())),
            Export::From(source, outer, name, _) => {
                let from = self.import_module(env, source);
                (&**name, Exported::Value(self.imported_name(&from, source, outer)))
            }
            Export::Namespace(source, name) => (&**name, Exported::Value(self.import_module(env, source))),
            Export::All(source) => {
                if let Value::Module(id) = self.import_module(env, source) {
                    self.modules[module].star_exports.push(id);
                }
                return;
            }
        };
        self.modules[module].exports.insert(name.into(), exported);
    }

    /// Notes `exports.name = value`.
    pub(super) fn export_value(&mut self, env: EnvId, name: &str, value: Value) {
        let module = self.envs[env].module;
        self.modules[module].exports.insert(name.into(), Exported::Value(value));
    }

    /// What a module binds and exports, in the order of the names.
    pub(super) fn module_values(&self, id: ModuleId) -> Vec<Value> {
        let module = &self.modules[id];
        let mut names: Vec<(&Box<str>, &Value)> = self.envs[module.env].vars.iter().collect();
        names.extend(module.exports.iter().filter_map(|(name, it)| match it {
            Exported::Value(value) => Some((name, value)),
            Exported::Local(_) => None,
        }));
        names.sort_by_key(|(name, _)| *name);
        names.into_iter().map(|(_, value)| value).chain(&module.replaced).cloned().collect()
    }

    /// What a module exports, as an object.
    pub(super) fn exports_of(&mut self, id: ModuleId) -> Value {
        self.evaluate(id);
        match self.modules[id].replaced {
            // `module.exports = { orders, clients }`
            Some(ref object @ Value::Object(_)) => return object.clone(),
            Some(Value::Module(other)) if other != id => return self.deeper(|it| it.exports_of(other)),
            _ => {}
        }
        let mut names: Vec<Box<str>> = Vec::new();
        let mut modules = vec![id];
        let mut at = 0;
        while let Some(&module) = modules.get(at).filter(|_| at < MAX_STARS) {
            self.evaluate(module);
            names.extend(self.modules[module].exports.keys().filter(|it| &***it != "default").cloned());
            for star in self.modules[module].star_exports.clone() {
                if !modules.contains(&star) {
                    modules.push(star);
                }
            }
            at += 1;
        }
        names.sort();
        names.dedup();
        let entries = names.into_iter().map(|name| {
            let value = self.module_attr(id, &name);
            (name, value)
        });
        let entries = entries.collect();
        self.new_object(entries)
    }

    /// The language of the code around.
    pub(super) fn language(&self, env: EnvId) -> Language {
        self.modules[self.envs[env].module].language
    }

    /// Whether the code around is Python.
    pub(super) fn is_python(&self, env: EnvId) -> bool {
        self.modules[self.envs[env].module].language == Language::Python
    }
}
