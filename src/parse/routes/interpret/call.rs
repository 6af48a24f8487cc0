//! Calls functions, methods and classes.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::arguments::VERBS;
use super::class::super_method;
use super::value::{Args, Argument, Closure, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{CAST, Call, Expr, ExprKind, Param, Pattern};
use crate::parse::routes::lower::Language;

/// Calls inside calls; set-up code is not deeper.
const MAX_CALLS: usize = 24;

/// The same in Go, where groups are functions inside of functions: each takes two calls.
const MAX_GO_CALLS: usize = 40;

/// Evaluations inside a function that has nothing to do with routers: enough to read a setting.
const BUDGET: u32 = 6_000;

/// The same in Go, where set-up calls set-up without naming a router.
const GO_BUDGET: u32 = 30_000;

/// A function that calls itself.
const MAX_RECURSION: usize = 3;

/// A helper that is handed a function which calls the helper again: groups in groups.
const MAX_NESTED: usize = 10;

impl Interpreter<'_> {
    /// Evaluates a call.
    pub(super) fn call(&mut self, call: &Call, expr: &Expr, env: EnvId) -> Value {
        let bare = matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "super");
        let constructs = bare && self.language(env) == Language::JavaScript;
        if let Some(method) = super_method(call).or(constructs.then_some("super")) {
            let args = self.args(call, env);
            return self.call_super(method, args, expr.start..expr.end, env);
        }
        if self.is_csharp(env)
            && let Some(name) = name_of(call)
        {
            return Value::text(name);
        }
        if let (ExprKind::Name(name), [value, of]) = (&call.callee.kind, call.args.as_slice())
            && &**name == CAST
        {
            return self.cast(&value.value, &of.value, env);
        }
        let callee = self.eval(&call.callee, env);
        if let (Value::Unknown, ExprKind::Attr(_, name), true) = (&callee, &call.callee.kind, self.is_go(env))
        {
            self.loose(call, name, env);
        }
        let callee = match (&call.callee.kind, self.is_csharp(env)) {
            (ExprKind::Name(_), true) => self.method_of_this(&callee, env).unwrap_or(callee),
            _ => callee,
        };
        let args = self.args(call, env);
        self.note_served(&call.callee, &callee, &args, env);
        if let (true, ExprKind::Attr(of, name)) = (self.is_csharp(env), &call.callee.kind) {
            if let Some(value) = self.reflect(call, &args, env) {
                return value;
            }
            if let Value::Bound(bound) = &callee
                && self.call_derived(bound, name, &args, env)
            {
                return Value::Unknown;
            }
            match &callee {
                Value::Unknown => {
                    let of = self.eval(of, env);
                    if let Some(value) = self.call_extension(of, name, &args) {
                        return value;
                    }
                    self.call_implementers(name, &args, env);
                }
                Value::External(full) if self.construct_named(full).is_none() => {
                    let of = self.eval(of, env);
                    if let Some(value) = self.call_extension(of, name, &args) {
                        return value;
                    }
                    self.call_implementers(name, &args, env);
                }
                _ => {}
            }
        }
        if let (Value::Unknown, ExprKind::Attr(_, name), Language::Rust) =
            (&callee, &call.callee.kind, self.language(env))
            && let Some(made) =
                self.filter_after_unknown(name, &args).or_else(|| self.fold_unknown(name, &args, env))
        {
            return made;
        }
        let place = self.span(env, expr.start..expr.end);
        let functions = self.functions_handed(&args, place);
        let view = self.view_handed(&args, env);
        let value = self.call_value(callee, args, expr.start..expr.end, env);
        if let Some(view) = view.filter(|_| value.is_vague() || is_wrapper(&value)) {
            return view;
        }
        if !functions.is_empty() && value.is_vague() {
            self.keep_wrapped(functions, place);
        }
        value
    }

    /// The class of handlers that is all a call is given: `login_required(OrderView.as_view("orders"))` answers what
    /// the class answers.
    fn view_handed(&mut self, args: &Args, env: EnvId) -> Option<Value> {
        let ([Argument { value: Value::Class(class), .. }], []) = (&*args.positional, &*args.named) else {
            return None;
        };
        let is_view = self.is_python(env)
            && VERBS.iter().any(|it| self.class_attr(class, &it.to_lowercase(), 0).is_some());
        is_view.then(|| Value::Class(class.clone()))
    }

    /// Notes the router that a Rust program hands to a server of a library: `Server::bind(a).serve(router)`.
    fn note_served(&mut self, callee: &Expr, value: &Value, args: &Args, env: EnvId) {
        let named = matches!(&callee.kind, ExprKind::Attr(_, name) if matches!(&**name, "serve" | "run"));
        let foreign = matches!(value, Value::Unknown | Value::External(_));
        if named && foreign && self.language(env) == Language::Rust {
            let router = args.all().map(|it| &it.value).find(|it| matches!(it, Value::Router(_)));
            let file = self.file(env);
            self.served.extend(router.map(|it| (file, it.clone())));
        }
    }

    /// Calls a value.
    pub(super) fn call_value(&mut self, callee: Value, args: Args, range: Range<u32>, env: EnvId) -> Value {
        if let Value::Method(method) = &callee
            && &*method.1 == "make"
            && self.language(env) == Language::Php
            && let Some(object) = self.php_service(&args, env)
        {
            return object;
        }
        match callee {
            Value::Func(closure) if self.makes_objects(&closure) => self.construct_with(&closure, args),
            Value::Func(closure) => self.call_function(&closure, None, args),
            Value::Bound(bound) => self.call_function(&bound.1, Some(bound.0.clone()), args),
            Value::Class(class) => self.instantiate(&class, args, range, env),
            Value::External(name) => self.call_library(&name, args, range, env),
            Value::Module(_) => match self.default_of(callee) {
                Value::Module(_) => Value::Unknown,
                value => self.deeper(|it| it.call_value(value, args, range, env)),
            },
            Value::Partial(partial) => {
                let args = args.after(&partial.1);
                self.deeper(|it| it.call_value(partial.0.clone(), args, range, env))
            }
            Value::Noted(_) => self.note("()", Some(callee), args, range, env),
            // What an asynchronous function returns is at hand here: `build().then((app) => …)`.
            Value::Method(method)
                if &*method.1 == "then" && self.language(env) == Language::JavaScript && !self.noting =>
            {
                match args.positional.into_iter().next().map(|it| it.value) {
                    Some(function @ (Value::Func(_) | Value::Bound(_))) => {
                        let args = Args::of([method.0.clone()]);
                        self.deeper(|it| it.call_value(function, args, range, env))
                    }
                    _ => Value::Unknown,
                }
            }
            Value::Method(method) => match &method.0 {
                _ if self.is_noted(&method) => self.note(&method.1, Some(method.0.clone()), args, range, env),
                Value::Router(id) => self.call_router(*id, &method.1, args, range, env),
                Value::Class(class)
                    if let Some(table) =
                        self.class_views(class, 0).filter(|it| *it.register == *method.1) =>
                {
                    self.register_views(class, table, &args, &range, env);
                    Value::Unknown
                }
                of if self.is_app_config(of) => self.call_app_config(&method.1, &args, env),
                Value::Func(closure) => self.call_function_method(closure, &method.1, args),
                Value::Bound(bound) if &*method.1 == "bind" => Value::Bound(Rc::clone(bound)),
                Value::Method(_) if &*method.1 == "call" => {
                    let positional = args.positional.get(1..).unwrap_or_default().to_vec();
                    let args = Args { positional, ..args };
                    self.deeper(|it| it.call_value(method.0.clone(), args, range, env))
                }
                Value::Filter(id) => self.call_filter(*id, &method.1, &args),
                Value::Draft(id) => self.continue_route(*id, &method.1, &args, range, env),
                Value::Chain(id, path) => self.call_chain(*id, path, &method.1, args, range, env),
                of => self.call_known_method(of.clone(), &method.1, args, env),
            },
            // `router.routes()`, which is the router.
            Value::Router(_) if self.language(env) == Language::JavaScript => callee,
            // `r.With(auth)`, which is `r`.
            Value::Router(_) if self.is_go(env) => callee,
            // `http.HandlerFunc(f)` and `Path("/x")` of the project's own.
            _ if self.is_go(env) => self.call_unknown_go("", &args, env),
            // A function that was written for this call alone will be called.
            _ => {
                self.call_inline(&args);
                Value::Unknown
            }
        }
    }

    /// Calls the functions that are written as arguments, or in a list that is one: `async.series([(next) => …])`. In
    /// Rust also closures that a variable holds, as no function can be kept for later there.
    pub(super) fn call_inline(&mut self, args: &Args) {
        let is_rust = |it: &Closure| it.func.name.is_empty() && self.language(it.env) == Language::Rust;
        let mut inline: Vec<Closure> = Vec::new();
        for argument in args.all() {
            match &argument.value {
                Value::Func(it) if argument.inline || is_rust(it) => inline.push(it.clone()),
                Value::List(id) if argument.inline => {
                    inline.extend(self.lists[*id].iter().filter_map(|it| match it {
                        Value::Func(it) => Some(it.clone()),
                        _ => None,
                    }))
                }
                _ => {}
            }
        }
        for closure in inline {
            self.call_function(&closure, None, Args::default());
        }
    }

    /// Runs a function; what it returns.
    pub(super) fn call_function(&mut self, closure: &Closure, this: Option<Value>, args: Args) -> Value {
        let address = Arc::as_ptr(&closure.func);
        let is_go = self.is_go(closure.env);
        let is_handed = || args.all().any(|it| matches!(it.value, Value::Func(_)));
        let allowed = match is_go {
            true if is_handed() => MAX_NESTED,
            true => MAX_RECURSION,
            false => 1,
        };
        let calls = if is_go { MAX_GO_CALLS } else { MAX_CALLS };
        if self.stack.len() >= calls || self.stack.iter().filter(|it| **it == address).count() >= allowed {
            return Value::Unknown;
        }
        self.called.insert(address);
        // There is a caller after all: what it makes is the real one.
        for router in self.unasked.remove(&address).unwrap_or_default() {
            self.graph.forget(router);
        }
        let key: Option<Vec<Value>> = (this.is_none() && args.named.is_empty())
            .then(|| args.positional.iter().map(|it| it.value.clone()).collect());
        let plain = |all: &Vec<Value>| all.iter().all(|it| it.is_vague() || matches!(it, Value::Text(_)));
        let of_module = self.modules[self.envs[closure.env].module].env == closure.env;
        let key = key.filter(plain).filter(|_| of_module);
        if let Some(key) = &key
            && let Some((_, value)) =
                self.pure.get(&address).and_then(|all| all.iter().find(|(it, _)| it == key))
        {
            return value.clone();
        }
        let version = self.graph.version;
        self.stack.push(address);
        let budget = self.budget;
        let relevant = self.noting
            || self.relevance.of(&closure.func, self.language(closure.env))
            || self.calls_relevant(closure)
            || (is_go && &*closure.func.name == "main")
            || args.all().any(|it| self.router_of(&it.value).is_some());
        let granted = match (relevant, is_go) {
            (true, _) => u32::MAX,
            (_, true) => budget.min(GO_BUDGET),
            // One call leaves something for those after it.
            (_, false) if budget < BUDGET => budget - budget / 3,
            _ => BUDGET,
        };
        self.budget = granted;
        let value = self.deeper(|it| {
            let env = it.new_env(closure.env);
            it.bind_params(closure, this, args, env);
            it.hoist(&closure.func.body, env);
            it.exec_all(&closure.func.body, env, false).unwrap_or(Value::Unknown)
        });
        self.budget = if relevant { budget } else { budget - (granted - self.budget.min(granted)) };
        self.stack.pop();
        if let Some(key) = key.filter(|_| self.graph.version == version && !(is_go && holds_state(&value))) {
            self.pure.entry(address).or_default().push((key, value.clone()));
        }
        value
    }

    /// Whether a function calls one of its own module that has to do with routers.
    fn calls_relevant(&mut self, closure: &Closure) -> bool {
        let id = self.envs[closure.env].module;
        let (language, store) = (self.modules[id].language, self.store);
        match self.modules[id].target.file {
            Some(file) if matches!(language, Language::Python | Language::JavaScript) => {
                self.relevance.of_callees(&closure.func, id, || store.module(file), language)
            }
            _ => false,
        }
    }

    /// Whether a function calls what makes, mounts or declares something.
    pub(super) fn has_to_do_with_routers(&mut self, closure: &Closure) -> bool {
        self.relevance.of(&closure.func, self.language(closure.env))
    }

    pub(super) fn bind_params(&mut self, closure: &Closure, this: Option<Value>, args: Args, env: EnvId) {
        let mut positional: Vec<Value> = Vec::with_capacity(args.positional.len() + 1);
        if let Some(this) = this {
            self.bind(env, "this", this.clone());
            if self.is_python(env) || self.is_go(env) {
                positional.push(this);
            }
        }
        positional.extend(args.positional.into_iter().map(|it| it.value));
        let params = &closure.func.params;
        if self.language(env) == Language::Ruby {
            self.bind_ruby_block(&args.named, env);
            positional.extend(self.trailing_options(params, positional.len(), &args.named));
        }
        for (i, param) in params.iter().enumerate() {
            let value = match &param.pattern {
                Pattern::Keywords(_) => {
                    let taken = |name: &str| {
                        params.iter().any(|it| matches!(&it.pattern, Pattern::Name(it) if **it == *name))
                    };
                    let rest = args.named.iter().filter(|(name, _)| !taken(name));
                    let rest = rest.map(|(name, it)| (name.clone(), it.value.clone())).collect();
                    self.new_object(rest)
                }
                Pattern::Rest(_) => {
                    let rest = positional.get(i..).unwrap_or_default().to_vec();
                    self.new_list(rest)
                }
                pattern => {
                    let named = match pattern {
                        Pattern::Name(name) => {
                            args.named.iter().find(|(it, _)| it == name).map(|(_, it)| it.value.clone())
                        }
                        _ => None,
                    };
                    let typed = self.is_go(env);
                    match (named.or_else(|| positional.get(i).cloned()), &param.default) {
                        // A type says more than nothing.
                        (Some(Value::Unknown) | None, Some(default)) if typed => self.eval(default, env),
                        (Some(Value::Unknown) | None, None) if self.language(env) == Language::Rust => {
                            let of = param.of.as_ref();
                            of.and_then(|it| self.object_of_type(it, env)).unwrap_or(Value::Unknown)
                        }
                        (Some(value), _) => value,
                        (None, Some(default)) => self.eval(default, env),
                        (None, None) if self.noting && self.language(env) == Language::Php => {
                            self.php_parameter(param).unwrap_or(Value::Unknown)
                        }
                        (None, None) => Value::Unknown,
                    }
                }
            };
            self.assign(&param.pattern, value, env, false);
        }
    }

    /// The block that a method is given is what `yield` calls.
    fn bind_ruby_block(&mut self, named: &[(Box<str>, Argument)], env: EnvId) {
        if let Some((name, block)) = named.iter().find(|(name, _)| &**name == "&") {
            self.bind(env, name, block.value.clone());
        }
    }

    /// Keywords that no parameter has are the last argument in Ruby: `def pages(name, options = {})`.
    fn trailing_options(
        &mut self,
        params: &[Param],
        given: usize,
        named: &[(Box<str>, Argument)],
    ) -> Option<Value> {
        if given >= params.len() || params.iter().any(|it| matches!(it.pattern, Pattern::Keywords(_))) {
            return None;
        }
        let is_own =
            |name: &str| params.iter().any(|it| matches!(&it.pattern, Pattern::Name(own) if **own == *name));
        let rest = named.iter().filter(|(name, _)| &**name != "&" && !is_own(name));
        let rest: Vec<_> = rest.map(|(name, it)| (name.clone(), it.value.clone())).collect();
        (!rest.is_empty()).then(|| self.new_object(rest))
    }
}

/// Whether a function says that it stands for another: `@functools.wraps(view)`.
fn is_wrapper(value: &Value) -> bool {
    let wraps = |it: &Expr| match &it.kind {
        ExprKind::Call(call) => {
            matches!(&call.callee.kind, ExprKind::Name(name) | ExprKind::Attr(_, name) if &**name == "wraps")
        }
        _ => false,
    };
    matches!(value, Value::Func(closure) if closure.func.decorators.iter().any(wraps))
}

/// What C#'s `nameof(Orders.List)` is.
fn name_of(call: &Call) -> Option<&str> {
    let is_it = matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "nameof");
    match &call.args.first().filter(|_| is_it)?.value.kind {
        ExprKind::Name(name) | ExprKind::Attr(_, name) => Some(name),
        _ => None,
    }
}

/// Whether two calls that return this return two of it.
fn holds_state(value: &Value) -> bool {
    matches!(value, Value::Instance(_) | Value::List(_) | Value::Object(_))
}
