//! Calls that the interpreter keeps instead of forgetting: what the family of blocks is read from.
//!
//! While notes are taken, the call of a library's name, and every method called on its result, becomes a
//! [`Note`] and the value of the expression. Functions that are written as arguments are not called: what
//! reads the notes decides when a block runs, and the notes that it makes are its content.

use std::ops::Range;
use std::rc::Rc;

use super::value::{Args, ClassValue, Closure, EnvId, ModuleId};
use super::{Interpreter, Value};
use crate::parse::routes::ir::Expr;
use crate::parse::routes::lower::Language;
use crate::source::{SourceId, Span};

/// The field of an object under which the note of its library's class stands.
pub(super) const NOTE_FIELD: &str = "(note)";

/// Bases of bases.
const MAX_BASES: usize = 8;

/// More calls than any application declares routes with.
const MAX_NOTES: usize = 400_000;

/// A call of a library, or of a method of what such a call returned.
#[derive(Debug)]
pub(in crate::parse::routes) struct Note {
    /// `django.urls.path`; the method's name where there is a receiver; `()` where the result is called.
    pub(in crate::parse::routes) name: Rc<str>,
    /// What the method was called on.
    pub(in crate::parse::routes) of: Option<Value>,
    pub(in crate::parse::routes) args: Args,
    /// The whole call.
    pub(in crate::parse::routes) span: Span,
    /// Where it was called.
    pub(in crate::parse::routes) env: EnvId,
    /// The names of the class whose body was being run.
    pub(in crate::parse::routes) class: Option<EnvId>,
    /// The module that was being evaluated.
    during: Option<ModuleId>,
    /// The calls on the result of this call, in order.
    pub(in crate::parse::routes) then: Vec<usize>,
}

impl Interpreter<'_> {
    /// Takes notes while something runs, which has its own bound on work.
    pub(in crate::parse::routes) fn noting<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let fuel = std::mem::replace(&mut self.fuel, self.limit);
        let noting = std::mem::replace(&mut self.noting, true);
        let result = run(self);
        self.ran_out |= self.fuel == 0;
        (self.fuel, self.noting) = (fuel, noting);
        result
    }

    /// The file that `django.conf.settings` stands for.
    pub(in crate::parse::routes) fn set_settings(&mut self, file: SourceId) {
        self.settings_module = Some(self.module_of_file(file));
    }

    /// How many notes were taken.
    pub(in crate::parse::routes) fn note_count(&self) -> usize {
        self.notes.len()
    }

    /// A note by its index.
    pub(in crate::parse::routes) fn noted(&self, id: usize) -> &Note {
        &self.notes[id]
    }

    /// The note that a value is, or that its library's class is.
    pub(in crate::parse::routes) fn note_of(&self, value: &Value) -> Option<usize> {
        match value {
            Value::Noted(id) => Some(*id),
            Value::Instance(id) => match self.note_of_instance(*id) {
                Some(Value::Noted(id)) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// The notes that running a file makes outside of its classes; none when it has run before.
    pub(in crate::parse::routes) fn notes_of_file(&mut self, file: SourceId) -> Vec<usize> {
        let first = self.notes.len();
        self.run(file);
        let module = self.module_of_file(file);
        self.notes_since(first, None, Some(module))
    }

    /// The notes that a file makes outside of its classes, also when it has run before.
    pub(in crate::parse::routes) fn all_notes_of_file(&mut self, file: SourceId) -> Vec<usize> {
        self.run(file);
        let module = self.module_of_file(file);
        self.notes_since(0, None, Some(module))
    }

    /// The notes since one that a module or a class made, and not another one that was evaluated on the way.
    fn notes_since(&self, first: usize, class: Option<EnvId>, during: Option<ModuleId>) -> Vec<usize> {
        let is_own = |id: &usize| self.notes[*id].class == class && self.notes[*id].during == during;
        (first..self.notes.len()).filter(is_own).collect()
    }

    /// The notes that the body of a class made.
    pub(in crate::parse::routes) fn notes_of_class(&self, class: EnvId) -> Vec<usize> {
        (0..self.notes.len()).filter(|id| self.notes[*id].class == Some(class)).collect()
    }

    /// The notes that calling a function makes, and what it returns.
    pub(in crate::parse::routes) fn notes_of_call(
        &mut self,
        function: &Value,
        args: Args,
        env: EnvId,
    ) -> (Vec<usize>, Value) {
        let first = self.notes.len();
        let value = self.call_value(function.clone(), args, 0..0, env);
        (self.notes_since(first, self.class_body, self.evaluating), value)
    }

    /// A name of a file.
    pub(in crate::parse::routes) fn name_of_file(&mut self, file: SourceId, name: &str) -> Value {
        let module = self.module_of_file(file);
        self.module_attr(module, name)
    }

    /// A name of a module.
    pub(in crate::parse::routes) fn name_of_module(&mut self, module: ModuleId, name: &str) -> Value {
        self.module_attr(module, name)
    }

    /// The module of a dotted name, as the code in this environment imports it.
    pub(in crate::parse::routes) fn module_named(&mut self, env: EnvId, name: &str) -> Option<ModuleId> {
        match self.import_module(env, name) {
            Value::Module(id) => Some(id),
            _ => None,
        }
    }

    /// The file of a module.
    pub(in crate::parse::routes) fn file_of_module(&self, module: ModuleId) -> Option<SourceId> {
        self.modules[module].target.file
    }

    /// The environment of a file's own names.
    pub(in crate::parse::routes) fn env_of_file(&mut self, file: SourceId) -> EnvId {
        let module = self.module_of_file(file);
        self.modules[module].env
    }

    /// The value of an expression in an environment.
    pub(in crate::parse::routes) fn value_of(&mut self, expr: &Expr, env: EnvId) -> Value {
        self.eval(expr, env)
    }

    /// The items of a list, or the keys of an object.
    pub(in crate::parse::routes) fn items_of(&self, value: &Value) -> Option<Vec<Value>> {
        self.items(value)
    }

    /// An object of these entries.
    pub(in crate::parse::routes) fn object_of(&mut self, entries: Vec<(Box<str>, Value)>) -> Value {
        self.new_object(entries)
    }

    /// The entries of an object.
    pub(in crate::parse::routes) fn entries_of(&self, value: &Value) -> Option<&[(Box<str>, Value)]> {
        match value {
            Value::Object(id) => Some(&self.objects[*id]),
            _ => None,
        }
    }

    /// An attribute of a class or of its bases in the project.
    pub(in crate::parse::routes) fn attr_of_class(
        &mut self,
        class: &ClassValue,
        name: &str,
    ) -> Option<Value> {
        self.class_attr(class, name, 0)
    }

    /// A function in the environment that it was made in.
    pub(in crate::parse::routes) fn method_of_class(
        &mut self,
        class: &ClassValue,
        name: &str,
    ) -> Option<Closure> {
        match self.class_attr(class, name, 0) {
            Some(Value::Func(closure)) => Some(closure),
            _ => None,
        }
    }

    /// The class of an object.
    pub(in crate::parse::routes) fn class_of(&self, value: &Value) -> Option<ClassValue> {
        match value {
            Value::Instance(id) => Some(self.instances[*id].class.clone()),
            Value::Class(class) => Some(class.clone()),
            _ => None,
        }
    }

    /// Keeps a call.
    pub(super) fn note(
        &mut self,
        name: &str,
        of: Option<Value>,
        args: Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        if self.notes.len() >= MAX_NOTES {
            return Value::Unknown;
        }
        // A function that makes a note is not without effect.
        self.graph.version += 1;
        let span = self.span(env, range);
        let id = self.notes.len();
        let mut name = name.to_owned();
        let mut of = of;
        // `router.registry.extend(…)` is the method `registry.extend` of the router.
        while let Some(Value::Method(method)) = &of {
            name = format!("{}.{name}", method.1);
            let inner = method.0.clone();
            of = Some(inner);
        }
        if let Some(before) = of.as_ref().and_then(|it| self.note_of(it)) {
            self.notes[before].then.push(id);
        }
        let (class, during) = (self.class_body, self.evaluating);
        self.notes.push(Note { name: name.into(), of, args, span, env, class, during, then: Vec::new() });
        Value::Noted(id)
    }

    /// Whether calling a method is kept: one of a note, at any depth, or `as_view` of a class.
    pub(super) fn is_noted(&self, method: &(Value, Box<str>)) -> bool {
        let mut of = &method.0;
        while let Value::Method(method) = of {
            of = &method.0;
        }
        match of {
            Value::Noted(_) => true,
            Value::Instance(id) => self.note_of_instance(*id).is_some(),
            Value::Class(_) => self.noting,
            _ => false,
        }
    }

    /// The library's class that a class is derived from.
    pub(super) fn library_base(&self, class: &ClassValue, depth: usize) -> Option<Rc<str>> {
        class.bases.iter().find_map(|base| match base {
            Value::External(name) => Some(Rc::clone(name)),
            Value::Class(base) if depth < MAX_BASES => self.library_base(base, depth + 1),
            _ => None,
        })
    }

    pub(super) fn note_of_instance(&self, id: usize) -> Option<Value> {
        let fields = &self.instances[id].fields;
        fields.iter().find(|(name, _)| &**name == NOTE_FIELD).map(|(_, note)| note.clone())
    }

    /// What the name of a class, or of a constant in a class, stands for: its file is found by its name.
    pub(super) fn constant(&mut self, env: EnvId, name: &str) -> Option<Value> {
        if !name.starts_with(|it: char| it.is_uppercase()) || self.fuel == 0 {
            return None;
        }
        let module = &self.modules[self.envs[env].module];
        let (language, own) = (module.language, module.target.clone());
        let file = own.file?;
        if language == Language::Php {
            let package = self.store.module(file).package.clone();
            let full = if name.contains('\\') { name.to_owned() } else { format!("{package}\\{name}") };
            let last = name.rsplit('\\').next().unwrap_or(name);
            return match self.import_module(env, full.trim_start_matches('\\')) {
                Value::Module(id) if self.modules[id].target != own => {
                    Some(self.module_attr(id, last)).filter(|it| *it != Value::Unknown)
                }
                _ => None,
            };
        }
        // `Shop::Paths::ORDERS` is a constant of `Shop::Paths`, or a class of its own.
        let outer = name.rsplit_once("::").map(|(outer, _)| outer);
        [Some(name), outer].into_iter().flatten().find_map(|class| {
            let Value::Module(id) = self.import_module(env, class) else { return None };
            if self.modules[id].target == own {
                return None;
            }
            self.evaluate(id);
            self.nested_constant(id, name)
        })
    }

    /// A constant by its full name, from the file of one of the classes around it.
    fn nested_constant(&mut self, module: ModuleId, name: &str) -> Option<Value> {
        let env = self.modules[module].env;
        if let Some(value) = self.envs[env].vars.get(name) {
            return Some(value.clone());
        }
        // `class A::B` binds that name, `module A` with `class B` in it binds one in the other.
        for (at, _) in name.match_indices("::") {
            let mut value = self.envs[env].vars.get(&name[..at]).cloned();
            for part in name[at + 2..].split("::") {
                value = match value {
                    Some(Value::Class(class)) => self.class_attr(&class, part, 0),
                    _ => None,
                };
            }
            if value.is_some() {
                return value;
            }
        }
        None
    }

    /// In Ruby the name of a method is its call: `Boats.kinds.each do`.
    pub(super) fn answer(&mut self, value: Value, env: EnvId) -> Value {
        match value {
            Value::Func(_) | Value::Bound(_) if self.language(env) == Language::Ruby => {
                self.call_value(value, Args::default(), 0..0, env)
            }
            value => value,
        }
    }

    /// Whether an unknown name may be a word of the framework, as in Ruby and PHP.
    pub(super) fn names_are_calls(&self, env: EnvId) -> bool {
        let module = &self.modules[self.envs[env].module];
        matches!(module.language, Language::Ruby | Language::Php)
    }
}
