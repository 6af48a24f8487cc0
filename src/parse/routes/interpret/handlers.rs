//! What answers each route, and the query parameters that it names. Nothing is kept unless somebody asks for them.

use std::collections::HashMap;

use super::arguments::VERBS;
use super::value::{Args, ClassValue, Closure, EnvId};
use super::{Interpreter, Value};
use crate::model::route::{ParameterType, QueryParameter, Route};
use crate::parse::routes::framework::Framework;
use crate::parse::routes::graph::RouterId;
use crate::parse::routes::query::table::Query;
use crate::parse::routes::query::{self, Handler, Named};
use crate::parse::routes::template::templates;
use crate::parse::routes::text::Text;
use crate::source::Span;

/// Values in lists in objects.
const MAX_DEPTH: usize = 4;

/// What answers the routes of a project.
#[derive(Debug, Default)]
pub(super) struct Handlers {
    /// Whether anybody wants to know.
    wanted: bool,
    by_place: HashMap<Span, Vec<Handled>>,
    /// The functions that were handed to functions of libraries: `wrap(list)`.
    wrapped: HashMap<Span, Vec<Answer>>,
    /// The function whose decorators are being evaluated.
    decorated: Option<Closure>,
}

/// What answers a declared route.
#[derive(Debug)]
struct Handled {
    /// What it was declared on, where that is known.
    router: Option<RouterId>,
    /// As it was declared, below what is mounted above.
    path: Text,
    /// The only verbs that this one answers; empty for all.
    verbs: Vec<String>,
    answers: Vec<Answer>,
    /// What a schema beside the handler declares.
    declared: Vec<QueryParameter>,
}

impl Handled {
    /// A route of which nothing else is known.
    fn at(path: &Text, verbs: &[String]) -> Handled {
        let (answers, declared) = (Vec::new(), Vec::new());
        Handled { router: None, path: path.clone(), verbs: verbs.to_vec(), answers, declared }
    }
}

/// A function; a method has its object as its first parameter in some languages.
#[derive(Debug, Clone)]
struct Answer {
    closure: Closure,
    method: bool,
    /// The only verb that it answers, as the method of a class that is named after it.
    verb: Option<&'static str>,
}

impl<'a> Interpreter<'a> {
    /// From now on what answers a route is kept.
    pub(in crate::parse::routes) fn keep_handlers(&mut self) {
        self.handlers.wanted = true;
    }

    /// Whether what answers a route is kept.
    pub(in crate::parse::routes) fn keeps_handlers(&self) -> bool {
        self.handlers.wanted
    }

    /// The class of a name, as the code in this environment says it.
    pub(in crate::parse::routes) fn class_named(&mut self, name: &str, env: EnvId) -> Option<ClassValue> {
        let class = match self.lookup(env, name) {
            Value::Class(class) => Some(Value::Class(class)),
            Value::Module(id) => {
                let last = name.rsplit('\\').next().unwrap_or(name);
                Some(self.module_attr(id, last))
            }
            _ => self.constant(env, name),
        };
        if let Some(Value::Class(class)) = class { Some(class) } else { None }
    }

    /// Keeps what answers the routes that a call declares: the functions among its arguments, or the one that it
    /// decorates.
    pub(in crate::parse::routes) fn handled(
        &mut self,
        router: RouterId,
        span: Span,
        path: &Text,
        verbs: &[String],
        args: &Args,
    ) {
        if !self.handlers.wanted {
            return;
        }
        let table: Option<&'a Query> = self.store.tables[self.graph.routers[router].framework].query.as_ref();
        let schemas: &'a [String] = table.map_or(&[], |it| &it.schema);
        let mut answers = Vec::new();
        let mut declared = Vec::new();
        for argument in args.all() {
            let place = Span { start: argument.start, end: argument.end, ..span };
            self.answers_in(&argument.value, place, 0, &mut answers);
            self.schema_of(&argument.value, schemas, &mut declared);
        }
        if let Some(closure) = self.handlers.decorated.clone() {
            answers.push(Answer { closure, method: false, verb: None });
        }
        self.keep(span, Handled { router: Some(router), answers, declared, ..Handled::at(path, verbs) });
    }

    /// Keeps the function that answers a route.
    pub(in crate::parse::routes) fn handled_by(
        &mut self,
        span: Span,
        path: &Text,
        verbs: &[String],
        by: &Value,
    ) {
        if self.handlers.wanted {
            let mut answers = Vec::new();
            self.answers_in(by, span, 0, &mut answers);
            self.keep(span, Handled { answers, ..Handled::at(path, verbs) });
        }
    }

    /// Keeps the structures that the query of a route is read into.
    pub(super) fn handled_with(&mut self, span: Span, path: &Text, verbs: &[String], records: &[Value]) {
        if !self.handlers.wanted {
            return;
        }
        let mut found = Vec::new();
        for record in records {
            if let Value::Class(class) = record {
                query::of_record(&class.class, class.env, self, &mut found);
            }
        }
        let declared = found.into_iter().map(|it| it.parameter).collect();
        self.keep(span, Handled { declared, ..Handled::at(path, verbs) });
    }

    fn keep(&mut self, span: Span, handled: Handled) {
        if !handled.answers.is_empty() || !handled.declared.is_empty() {
            self.handlers.by_place.entry(span).or_default().push(handled);
        }
    }

    /// Evaluates the decorators of a function, which declare it as what answers.
    pub(super) fn decorating(&mut self, closure: &Closure, run: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.handlers.wanted {
            return run(self);
        }
        let before = self.handlers.decorated.replace(closure.clone());
        let value = run(self);
        self.handlers.decorated = before;
        value
    }

    /// The functions among the arguments of a call, as long as somebody wants to know.
    pub(super) fn functions_handed(&self, args: &Args, place: Span) -> Vec<Value> {
        if !self.handlers.wanted {
            return Vec::new();
        }
        let mut found = Vec::new();
        for argument in args.all() {
            match &argument.value {
                it @ (Value::Func(_) | Value::Bound(_)) => found.push(it.clone()),
                _ => {
                    let inner = Span { start: argument.start, end: argument.end, ..place };
                    let known = self.handlers.wrapped.get(&inner).into_iter().flatten();
                    found.extend(known.map(|it| Value::Func(it.closure.clone())));
                }
            }
        }
        found
    }

    /// Keeps the functions that were handed to one that nothing is known about: what it returns may call them.
    pub(super) fn keep_wrapped(&mut self, functions: Vec<Value>, place: Span) {
        let answer = |it| match it {
            Value::Func(closure) => Some(Answer { closure, method: false, verb: None }),
            Value::Bound(bound) => Some(Answer { closure: bound.1.clone(), method: true, verb: None }),
            _ => None,
        };
        let answers: Vec<Answer> = functions.into_iter().filter_map(answer).collect();
        if !answers.is_empty() {
            self.handlers.wrapped.insert(place, answers);
        }
    }

    /// The functions that a value is or holds.
    fn answers_in(&mut self, value: &Value, place: Span, depth: usize, found: &mut Vec<Answer>) {
        match value {
            Value::Func(closure) => {
                found.push(Answer { closure: closure.clone(), method: false, verb: None })
            }
            Value::Bound(bound) => found.push(Answer { closure: bound.1.clone(), method: true, verb: None }),
            Value::List(_) if depth < MAX_DEPTH => {
                for item in self.items(value).unwrap_or_default() {
                    self.answers_in(&item, place, depth + 1, found);
                }
            }
            Value::Object(id) if depth < MAX_DEPTH => {
                for (_, item) in self.objects[*id].clone() {
                    self.answers_in(&item, place, depth + 1, found);
                }
            }
            Value::Instance(id) if depth < MAX_DEPTH => {
                let class = self.instances[*id].class.clone();
                // `http.Handler`
                match self.class_attr(&class, "ServeHTTP", 0) {
                    Some(Value::Func(closure)) => found.push(Answer { closure, method: true, verb: None }),
                    _ => self.answers_in(&Value::Class(class), place, depth + 1, found),
                }
            }
            // A class with a method for each verb, also as `OrderView.as_view()`.
            Value::Class(class) => {
                let tables = self.store.tables.iter();
                let before = tables.filter_map(|it| it.handler_methods.as_deref()).chain([""]);
                for (before, verb) in before.flat_map(|it| VERBS.iter().map(move |verb| (it, verb))) {
                    let name = format!("{before}{}", verb.to_lowercase());
                    if let Some(Value::Func(closure)) = self.class_attr(class, &name, 0) {
                        found.push(Answer { closure, method: false, verb: Some(verb) });
                    }
                }
                // What a view of a library lists.
                if let Some(Value::Func(closure)) = self.class_attr(class, "get_queryset", 0) {
                    found.push(Answer { closure, method: false, verb: Some("GET") });
                }
            }
            Value::Method(method) if depth < MAX_DEPTH && matches!(method.0, Value::Class(_)) => {
                self.answers_in(&method.0, place, depth + 1, found);
            }
            Value::Noted(id) if depth < MAX_DEPTH => {
                let note = self.noted(*id);
                let inner: Vec<Value> = note
                    .of
                    .iter()
                    .cloned()
                    .chain(note.args.positional.iter().map(|it| it.value.clone()))
                    .collect();
                for value in inner {
                    self.answers_in(&value, place, depth + 1, found);
                }
            }
            _ => found.extend(self.handlers.wrapped.get(&place).into_iter().flatten().cloned()),
        }
    }

    /// Fills in the parameters of routes.
    pub(in crate::parse::routes) fn fill_query(&mut self, routes: &mut [Route]) {
        let by_place = std::mem::take(&mut self.handlers.by_place);
        for route in routes {
            let Some(framework) = self.store.tables.iter().find(|it| it.name == route.framework) else {
                continue;
            };
            let Some(all) = by_place.get(&route.span) else { continue };
            let mut named: Vec<Named> = Vec::new();
            let mut by_router: HashMap<RouterId, Vec<Named>> = HashMap::new();
            for handled in fitting(all, route, framework) {
                let own = self.named_by(handled, route, framework);
                if let Some(router) = handled.router {
                    by_router.entry(router).or_default().extend(own.iter().cloned());
                }
                named.extend(own);
            }
            // One call declares the routes of many routers: nobody knows which of them this one is.
            let mut lists = by_router.values();
            let first = lists.next();
            if lists.any(|it| Some(it) != first) {
                continue;
            }
            route.query = query::of_route(&named, &route.method, &route.path);
        }
    }

    /// What that which answers a route names.
    fn named_by(&mut self, handled: &Handled, route: &Route, framework: &Framework) -> Vec<Named> {
        let declared = handled.declared.iter().cloned();
        let mut named: Vec<Named> = declared.map(|parameter| Named { parameter, get_only: false }).collect();
        let Some(table) = &framework.query else { return named };
        let of_verb = |it: &&Answer| it.verb.is_none_or(|it| it == route.method || route.method == "ANY");
        for Answer { closure, method, .. } in handled.answers.iter().filter(of_verb) {
            let method = *method && self.is_go(closure.env);
            let handler = Handler { func: &closure.func, site: closure.env, method, bare: true };
            named.extend(query::named(&handler, table, self));
        }
        named
    }

    /// The parameters of `{ schema: { querystring: { properties: { … } } } }`.
    fn schema_of(&self, value: &Value, keys: &[String], found: &mut Vec<QueryParameter>) {
        let Some(schema) = self.entry(value, "schema") else { return };
        let described = keys.iter().find_map(|it| self.entry(&schema, it));
        let Some(described) = described else { return };
        let required: Vec<String> = self
            .entry(&described, "required")
            .and_then(|it| self.items(&it))
            .map(|all| all.iter().filter_map(Value::known_text).collect())
            .unwrap_or_default();
        // Without `properties` the object is the list of them.
        let properties = self.entry(&described, "properties").unwrap_or(described);
        let Value::Object(id) = properties else { return };
        for (name, said) in &self.objects[id] {
            let Value::Object(_) = said else { continue };
            let kind = |of: &Value| self.entry(of, "type").and_then(|it| it.known_text());
            let format = |of: &Value| self.entry(of, "format").and_then(|it| it.known_text());
            let array = kind(said).as_deref() == Some("array");
            let item = if array { self.entry(said, "items").unwrap_or(Value::Unknown) } else { said.clone() };
            let of = match (kind(&item).as_deref(), format(&item).as_deref()) {
                (Some("integer"), _) => ParameterType::Integer,
                (Some("number"), _) => ParameterType::Number,
                (Some("boolean"), _) => ParameterType::Boolean,
                (_, Some("date")) => ParameterType::Date,
                (_, Some("date-time")) => ParameterType::DateTime,
                (_, Some("uuid")) => ParameterType::Uuid,
                _ => ParameterType::Text,
            };
            let required = required.iter().any(|it| **it == **name);
            found.push(QueryParameter { name: name.to_string(), required, of, array });
        }
    }

    fn entry(&self, value: &Value, key: &str) -> Option<Value> {
        let Value::Object(id) = value else { return None };
        self.objects[*id].iter().find(|(it, _)| &**it == key).map(|(_, it)| it.clone())
    }
}

/// What answers a route among what was declared at its place.
fn fitting<'h>(all: &'h [Handled], route: &Route, framework: &Framework) -> Vec<&'h Handled> {
    let of_verb =
        |it: &&Handled| it.verbs.is_empty() || it.verbs.iter().any(|it| *it == route.method || it == "ANY");
    let all: Vec<&Handled> = all.iter().filter(of_verb).collect();
    let Some(first) = all.first().filter(|it| all.iter().any(|other| other.path != it.path)) else {
        return all;
    };
    // One call declares the routes of a whole table: the end of the path tells them apart.
    let end = |it: &Handled| it.path.to_path(framework.parameters).0;
    let fits = |it: &&&Handled| {
        let own = templates(&end(it), framework.parameters, false);
        own.iter().any(|own| route.path.trim_end_matches('/').ends_with(own.path.trim_end_matches('/')))
    };
    let longest = all.iter().filter(fits).max_by_key(|it| end(it).len()).copied();
    let Some(longest) = longest.or((all.len() == 1).then_some(*first)) else { return Vec::new() };
    all.into_iter().filter(|it| it.path == longest.path).collect()
}
