//! Evaluates the modules of a project, as far as routers, their prefixes and mounts go.
//!
//! Every branch is taken, a loop runs over what is known of its list, a function runs when it is called; what
//! is not known is [`Value::Unknown`] and harms nothing. Depth and work are bounded.

mod app_config;
mod arguments;
mod around;
mod assign;
mod branches;
mod builtin;
mod call;
mod class;
mod csharp;
mod decision;
pub(super) mod decorated;
mod eval;
mod exec;
mod factories;
mod filters;
mod folders;
mod golang;
mod handlers;
mod known_methods;
mod lists;
mod mentions;
mod module;
mod note;
mod php_config;
mod php_library;
mod pipelines;
mod prototype;
mod reflection;
mod relevance;
mod routing;
mod ruby_config;
mod rust;
mod setups;
mod this;
mod value;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::annotations::Types;
use super::framework::{Construct, Made};
use super::graph::{Graph, RouterId};
use super::ir::{Expr, ExprKind, Func, Pattern};
use super::lower::Language;
use super::resolve::Resolver;
use super::store::Store;
use super::text::Text;
use crate::source::{SourceId, Span};
pub(super) use builtin::ANY_MODULE;
use csharp::Methods;
use handlers::Handlers;
use module::Module;
pub(super) use note::Note;
pub(super) use php_library::php_candidates;
use prototype::FunctionFields;
use relevance::Relevance;
pub(super) use value::{Args, Argument, ClassValue, Closure, EnvId, Value};
use value::{Instance, ModuleId};

/// Nested evaluations; a program nests a few dozen deep, a chain of calls two for each.
const MAX_DEPTH: u32 = 1_200;

/// Expressions that are evaluated before the interpreter gives up: seconds, not minutes.
pub(super) const FUEL: u32 = 6_000_000;

/// Names and what they are bound to.
#[derive(Debug, Default)]
struct Env {
    vars: HashMap<Box<str>, Value>,
    parent: Option<EnvId>,
    module: ModuleId,
    /// Modules all of whose names are here too.
    stars: Vec<ModuleId>,
    /// The body of a class: its functions do not see its names.
    is_class: bool,
}

/// The state of an evaluation.
pub(super) struct Interpreter<'a> {
    pub(super) store: &'a Store<'a>,
    resolver: &'a Resolver<'a>,
    /// Names of Python's libraries that tables know, and of the modules they are in.
    libraries: HashSet<&'a str>,
    /// The framework and the construct of a library's name.
    constructs: HashMap<&'a str, (usize, &'a Construct)>,
    pub(super) graph: Graph,
    /// Calls that start a server: the file, and the application or its name.
    pub(super) served: Vec<(SourceId, Value)>,
    /// What is said to applications whose routes are declared by decorators: a method and its arguments,
    /// those of the construction without a name.
    noted: Vec<(RouterId, Box<str>, Args)>,
    /// The arguments of functions that are told the paths of modules.
    registered: Vec<Args>,
    /// What the modules of JavaScript share, once one of them asks.
    globals: Option<Value>,
    /// What applications were told to take their settings from, in order.
    app_configs: Vec<Value>,
    /// Functions that return settings, each with the name of its group.
    settings: Vec<(Box<str>, Value)>,
    /// The classes of C#, once a file of it is read.
    types: Option<Types<'a>>,
    methods: Methods,
    modules: Vec<Module>,
    modules_by_base: HashMap<String, ModuleId>,
    envs: Vec<Env>,
    lists: Vec<Vec<Value>>,
    objects: Vec<Vec<(Box<str>, Value)>>,
    filters: Vec<Vec<filters::Way>>,
    instances: Vec<Instance>,
    called: HashSet<*const Func>,
    /// Factories that were called although no code did, with the routers they made.
    unasked: HashMap<*const Func, Range<RouterId>>,
    /// Whether functions make applications.
    makers: HashMap<*const Func, bool>,
    /// The fields of functions that make objects.
    function_fields: HashMap<(*const Func, EnvId), FunctionFields>,
    /// Functions that changed nothing, with what they returned.
    pure: HashMap<*const Func, Vec<(Vec<Value>, Value)>>,
    stack: Vec<*const Func>,
    /// Functions that libraries were given to call.
    callbacks: Vec<Value>,
    /// Constructors that a library calls where somebody needs what they make, and what they have made.
    providers: Vec<Value>,
    provided: Vec<Value>,
    /// Routes that are described call by call.
    drafts: Vec<golang::Draft>,
    /// The verbs that a router answers to where a route says none.
    method_filters: HashMap<RouterId, Vec<String>>,
    /// The router of a framework that functions use without naming one.
    default_routers: BTreeMap<usize, RouterId>,
    /// How deep a field is being looked for in embedded structures.
    embedding: usize,
    depth: u32,
    fuel: u32,
    /// How much of it there is for the program, and for what has its own.
    limit: u32,
    /// There was too little fuel for something that had its own, or a list was too long.
    ran_out: bool,
    /// What is left for a function that has nothing to do with routers.
    budget: u32,
    /// The function that runs has returned from a branch that is taken for certain.
    returned: bool,
    relevance: Relevance<'a>,
    /// Calls of libraries are kept as [`Note`]s.
    noting: bool,
    notes: Vec<Note>,
    /// What answers routes, where somebody asks.
    handlers: Handlers,
    /// The module and the names of the class whose bodies are being run.
    evaluating: Option<ModuleId>,
    class_body: Option<EnvId>,
    /// What `django.conf.settings` stands for.
    settings_module: Option<ModuleId>,
    /// The configuration files of PHP packages, once somebody asks for one.
    merged_configs: Option<BTreeMap<String, SourceId>>,
    /// The settings of a Rails application, once somebody asks for one.
    ruby_configs: Option<HashMap<String, Text>>,
    /// The names that Rust programs mention, once somebody asks for one.
    rust_names: Option<Rc<HashSet<Box<str>>>>,
    /// The methods of Rust that stand in another file than their type, once somebody asks for one.
    rust_added: Option<Rc<rust::Added>>,
}

impl<'a> Interpreter<'a> {
    /// Nothing is evaluated yet; `limit` bounds how many expressions will be, mostly [`FUEL`].
    pub(super) fn new(store: &'a Store<'a>, resolver: &'a Resolver<'a>, limit: u32) -> Interpreter<'a> {
        let mut constructs = HashMap::new();
        let mut libraries = HashSet::new();
        for (framework, table) in store.tables.iter().enumerate() {
            for construct in &table.construct {
                constructs.extend(construct.names.iter().map(|it| (it.as_str(), (framework, construct))));
                let python = construct.names.iter().filter(|_| table.language == Language::Python);
                libraries.extend(python.flat_map(|it| it.match_indices('.').map(|(at, _)| &it[..at])));
            }
        }
        Interpreter {
            store,
            resolver,
            libraries,
            constructs,
            graph: Graph::default(),
            served: Vec::new(),
            noted: Vec::new(),
            registered: Vec::new(),
            globals: None,
            app_configs: Vec::new(),
            settings: Vec::new(),
            types: None,
            methods: Methods::default(),
            modules: Vec::new(),
            modules_by_base: HashMap::new(),
            envs: Vec::new(),
            lists: Vec::new(),
            objects: Vec::new(),
            filters: Vec::new(),
            instances: Vec::new(),
            called: HashSet::new(),
            unasked: HashMap::new(),
            makers: HashMap::new(),
            function_fields: HashMap::new(),
            pure: HashMap::new(),
            stack: Vec::new(),
            callbacks: Vec::new(),
            providers: Vec::new(),
            provided: Vec::new(),
            drafts: Vec::new(),
            method_filters: HashMap::new(),
            default_routers: BTreeMap::new(),
            embedding: 0,
            depth: 0,
            fuel: limit,
            limit,
            ran_out: false,
            budget: u32::MAX,
            returned: false,
            relevance: Relevance::new(store.tables, store.sources),
            noting: false,
            notes: Vec::new(),
            handlers: Handlers::default(),
            evaluating: None,
            class_body: None,
            settings_module: None,
            merged_configs: None,
            ruby_configs: None,
            rust_names: None,
            rust_added: None,
        }
    }

    /// Whether there was enough fuel for everything.
    pub(super) fn finished(&self) -> bool {
        self.fuel > 0 && !self.ran_out && !self.graph.is_full()
    }

    /// Evaluates a file.
    pub(super) fn run(&mut self, file: SourceId) {
        let module = self.module_of_file(file);
        self.evaluate(module);
    }

    /// Calls the plugin that a file exports and no code registers; `served` when the framework's own command
    /// starts it. Its parameter is the only router in sight.
    pub(super) fn run_plugin(&mut self, file: SourceId, served: bool) {
        let module = self.module_of_file(file);
        let Value::Func(plugin) = self.default_of(Value::Module(module)) else { return };
        let Some(param) = plugin.func.params.first() else { return };
        let Pattern::Name(name) = &param.pattern else { return };
        let of = match &param.of {
            Some(Expr { kind: ExprKind::Name(of), .. }) => &**of,
            _ => "",
        };
        let is_given = |it: &String| **it == **name || *it == of;
        let framework = self.store.tables.iter().position(|it| it.plugin_params.iter().any(is_given));
        let (Some(framework), false) = (framework, self.called.contains(&Arc::as_ptr(&plugin.func))) else {
            return;
        };
        let place = Span { source: file, start: 0, end: 0 };
        let router = self.graph.add(framework, if served { Made::App } else { Made::Router }, place);
        self.call_value(Value::Func(plugin), Args::of([Value::Router(router)]), 0..0, 0);
    }

    /// The value of a name of a file; a function is called, as a server does with a factory.
    pub(super) fn application(&mut self, file: SourceId, name: &str) -> Value {
        let module = self.module_of_file(file);
        let mut parts = name.split('.');
        let mut value = self.module_attr(module, parts.next().unwrap_or(name));
        for part in parts {
            value = match (self.attr(value.clone(), part), value) {
                // A method of the class itself.
                (Value::Func(method), class @ Value::Class(_)) => Value::Bound(Rc::new((class, method))),
                (value, _) => value,
            };
        }
        match value {
            it @ (Value::Func(_) | Value::Bound(_)) => self.call_value(it, Args::default(), 0..0, 0),
            it => it,
        }
    }

    /// Calls the function that a Rust program starts with.
    pub(super) fn run_main(&mut self, file: SourceId) {
        let module = self.module_of_file(file);
        self.evaluate(module);
        let env = self.modules[module].env;
        if let Some(main @ Value::Func(_)) = self.envs[env].vars.get("main").cloned() {
            self.call_value(main, Args::default(), 0..0, env);
        }
    }

    /// The router that a value is or holds.
    pub(super) fn router_of(&self, value: &Value) -> Option<RouterId> {
        match value {
            Value::Router(id) | Value::Wrapped(id) => Some(*id),
            Value::Instance(id) => self.instances[*id].router,
            _ => None,
        }
    }

    /// The framework and the construct that a library's name stands for.
    fn construct_named(&self, name: &str) -> Option<(usize, &'a Construct)> {
        if let Some(&known) = self.constructs.get(name) {
            return Some(known);
        }
        let last = name.rsplit('.').next()?;
        let mut all = self
            .store
            .tables
            .iter()
            .enumerate()
            .flat_map(|(i, table)| table.construct.iter().map(move |it| (i, it)));
        all.find(|(_, it)| it.endings.iter().any(|ending| last.ends_with(ending.as_str())))
    }

    /// The file that an environment belongs to.
    fn file(&self, env: EnvId) -> SourceId {
        let module = self.envs.get(env).map_or(0, |it| it.module);
        self.modules.get(module).and_then(|it| it.target.file).unwrap_or(SourceId(0))
    }

    pub(in crate::parse::routes) fn span(&self, env: EnvId, range: Range<u32>) -> Span {
        Span { source: self.file(env), start: range.start, end: range.end }
    }

    fn new_env(&mut self, parent: EnvId) -> EnvId {
        let module = self.envs[parent].module;
        self.envs.push(Env { parent: Some(parent), module, ..Env::default() });
        self.envs.len() - 1
    }

    /// What a name is bound to here; a late import is fetched.
    fn lookup(&mut self, env: EnvId, name: &str) -> Value {
        let env_of_name = env;
        let mut at = Some(env);
        while let Some(id) = at {
            self.force_name(id, name);
            let Some(env) = self.envs.get(id) else { break };
            if let Some(value) = env.vars.get(name) {
                let value = value.clone();
                return self.force(value);
            }
            at = env.parent;
            for module in env.stars.clone() {
                let value = self.module_attr(module, name);
                if value != Value::Unknown {
                    return value;
                }
            }
        }
        if self.is_go(env_of_name) {
            return golang::global(name);
        }
        if self.is_csharp(env_of_name) {
            let field = self.field_of_this(env_of_name, name);
            return field.unwrap_or_else(|| self.global_type(env_of_name, name));
        }
        match name.strip_suffix("::") {
            Some(module) => self.import_module(env_of_name, module),
            None if matches!(name, "__dirname" | "__filename") => self.place_of_file(name, env_of_name),
            None if name == "exports" && self.language(env_of_name) == Language::JavaScript => {
                Value::Module(self.envs[env_of_name].module)
            }
            None if matches!(name, "global" | "globalThis")
                && self.language(env_of_name) == Language::JavaScript =>
            {
                self.globals()
            }
            None => match builtin::global(name) {
                Value::Unknown if self.noting && self.names_are_calls(env_of_name) => self.deeper(|it| {
                    it.constant(env_of_name, name).unwrap_or_else(|| Value::External(name.into()))
                }),
                value => value,
            },
        }
    }

    /// The object of what a JavaScript program keeps for all its modules: `global.prefix = "/x"`.
    fn globals(&mut self) -> Value {
        let made = self.globals.clone();
        let globals = made.unwrap_or_else(|| self.new_object(Vec::new()));
        self.globals = Some(globals.clone());
        globals
    }

    /// Fetches what a late import names.
    fn force(&mut self, value: Value) -> Value {
        match value {
            Value::Late(module, name) => self.module_attr(module, &name),
            value => value,
        }
    }

    /// Runs something one level deeper; nothing when that is too deep or too much.
    fn deeper(&mut self, run: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.depth >= MAX_DEPTH || self.fuel == 0 || self.budget == 0 {
            return Value::Unknown;
        }
        self.depth += 1;
        self.fuel -= 1;
        self.budget -= 1;
        let value = run(self);
        self.depth -= 1;
        value
    }
}
