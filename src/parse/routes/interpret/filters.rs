//! Filters that are put together to routes: `path("orders").and(get()).and_then(list).or(…)`.
//!
//! A filter is the list of ways through it. What lets both pass joins every way of one with every way of the other, what
//! lets either pass has the ways of both. A way that is served is a route.

use std::ops::Range;

use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::framework::{Filters, Made};
use crate::parse::routes::graph::Declared;
use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, walk};
use crate::parse::routes::text::Text;
use crate::source::Span;

/// The product of filters with many ways is no list of routes.
const MAX_WAYS: usize = 2_000;

/// Parts of a path, and whatever else follows each other in a way.
const MAX_PARTS: usize = 32;

/// A way through a filter.
#[derive(Debug, Clone, Default)]
pub(super) struct Way {
    segments: Vec<Segment>,
    /// Nothing may follow.
    ended: bool,
    /// Files are served.
    is_static: bool,
    verbs: Vec<String>,
    /// The last thing that says a part of the path.
    place: Option<Span>,
    answers: Vec<Value>,
    /// The types that the query is read into.
    query: Vec<Value>,
}

/// A part of a path.
#[derive(Debug, Clone)]
enum Segment {
    Known(Text),
    Parameter,
    Rest,
}

/// One list behind the other.
fn both<T: Clone>(first: &[T], second: &[T]) -> Vec<T> {
    first.iter().chain(second).take(MAX_PARTS).cloned().collect()
}

impl Way {
    /// What passes both, one after the other.
    fn and(&self, other: &Way) -> Option<Way> {
        let verbs = match (self.verbs.as_slice(), other.verbs.as_slice()) {
            ([], verbs) | (verbs, []) => verbs.to_vec(),
            (ours, theirs) => {
                let both: Vec<String> = ours.iter().filter(|it| theirs.contains(it)).cloned().collect();
                if both.is_empty() {
                    return None;
                }
                both
            }
        };
        Some(Way {
            segments: both(&self.segments, &other.segments),
            ended: self.ended || other.ended,
            is_static: self.is_static || other.is_static,
            verbs,
            place: other.place.or(self.place),
            answers: both(&self.answers, &other.answers),
            query: both(&self.query, &other.query),
        })
    }

    /// Its path; parameters have no names, and are counted.
    fn path(&self) -> Text {
        let mut path = Text::known("");
        let mut count = 0;
        for segment in &self.segments {
            path.push(&Text::known("/"));
            match segment {
                Segment::Known(text) => path.push(text),
                Segment::Parameter => {
                    count += 1;
                    path.push(&Text::known(&format!("{{param{count}}}")));
                }
                Segment::Rest => path.push(&Text::known("{*rest}")),
            }
        }
        path
    }
}

impl<'a> Interpreter<'a> {
    /// Calls a function of a library of filters; none where the name is not one of such a library.
    pub(super) fn call_filter_library(
        &mut self,
        name: &str,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Option<Value> {
        let (framework, table) = self.filters_of(name)?;
        let name = name.strip_prefix(table.library.as_str())?.strip_prefix('.')?;
        let name = name.strip_prefix("filters.").unwrap_or(name);
        let is = |words: &[String]| words.iter().any(|it| it == name);
        if is(&table.serve) {
            let filter = args.positional.first().map_or(Value::Unknown, |it| it.value.clone());
            return Some(self.serve_filter(framework, &filter, range, env));
        }
        let mut way = Way::default();
        let place = self.span(env, range);
        if is(&table.path) {
            self.segments(args, &mut way, env);
            way.place = way.place.or(Some(place));
        } else if is(&table.parameter) || is(&table.rest) {
            way.segments.push(if is(&table.rest) { Segment::Rest } else { Segment::Parameter });
            way.ended = is(&table.rest);
        } else if is(&table.end) {
            way.ended = true;
            way.place = None;
        } else if let Some(verb) = table.verbs.get(name) {
            way.verbs.push(verb.clone());
        } else if is(&table.statics) {
            way.is_static = true;
        } else if is(&table.query) {
            let types = args.get("<>").map(|it| it.value.clone());
            way.query.extend(types.and_then(|it| self.items(&it)).unwrap_or_default());
        }
        Some(self.new_filter(vec![way]))
    }

    /// Whether a library's function serves a filter.
    pub(super) fn serves_filters(&self, name: &str) -> bool {
        self.filters_of(name).is_some_and(|(_, it)| {
            let own = name.get(it.library.len() + 1..).unwrap_or_default();
            it.serve.iter().any(|it| it == own)
        })
    }

    /// Whether a function itself serves a filter.
    pub(super) fn starts_filters(&mut self, func: &Func, env: EnvId) -> bool {
        let mut callees = Vec::new();
        walk(&func.body, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node {
                callees.push(&call.callee);
            }
        });
        callees.into_iter().any(|callee| {
            let of_module =
                matches!(&callee.kind, ExprKind::Attr(of, _) if matches!(of.kind, ExprKind::Name(_)));
            let named = matches!(callee.kind, ExprKind::Name(_)) || of_module;
            named && matches!(self.eval(callee, env), Value::External(name) if self.serves_filters(&name))
        })
    }

    /// The framework whose library of filters a name belongs to.
    fn filters_of(&self, name: &str) -> Option<(usize, &'a Filters)> {
        let tables = self.store.tables.iter().enumerate();
        let mut all = tables.filter_map(|(i, it)| Some((i, it.filters.as_ref()?)));
        all.find(|(_, it)| name.strip_prefix(it.library.as_str()).is_some_and(|it| it.starts_with('.')))
    }

    /// `path("orders")`, `path!("orders" / u32 / ..)`
    fn segments(&mut self, args: &Args, way: &mut Way, env: EnvId) {
        let Some(listed) = args.get("!") else {
            let text = match args.positional.first().map(|it| &it.value) {
                Some(Value::Text(text)) => (**text).clone(),
                _ => Text::hole("path"),
            };
            way.place = args.positional.first().map(|it| self.span(env, it.start..it.end));
            return way.segments.push(Segment::Known(text));
        };
        way.place = Some(self.span(env, listed.start..listed.end));
        way.ended = true;
        for item in self.items(&listed.value).unwrap_or_default() {
            match item {
                Value::Text(text) => way.segments.push(Segment::Known((*text).clone())),
                // `..`
                Value::Bool(_) => way.ended = false,
                _ => way.segments.push(Segment::Parameter),
            }
        }
    }

    /// Calls a method of a filter.
    pub(super) fn call_filter(&mut self, id: usize, name: &str, args: &Args) -> Value {
        let is = |words: fn(&Filters) -> &Vec<String>| {
            let mut tables = self.store.tables.iter().filter_map(|it| it.filters.as_ref());
            tables.any(|it| words(it).iter().any(|it| it == name))
        };
        let (both, either, answer) = (is(|it| &it.both), is(|it| &it.either), is(|it| &it.answer));
        let given = args.positional.first().map_or(Value::Unknown, |it| it.value.clone());
        let other = match &given {
            Value::Filter(other) => Some(self.filters[*other].clone()),
            _ => None,
        };
        let own = &self.filters[id];
        let ways: Vec<Way> = match other {
            Some(other) if both => {
                let all = own.iter().flat_map(|it| other.iter().filter_map(|other| it.and(other)));
                all.take(MAX_WAYS).collect()
            }
            Some(other) if either => own.iter().chain(&other).take(MAX_WAYS).cloned().collect(),
            _ if answer => {
                let mut ways = own.clone();
                ways.iter_mut().for_each(|it| it.answers.push(given.clone()));
                ways
            }
            // A filter of somebody else's says nothing about path or verb.
            _ => return Value::Filter(id),
        };
        self.new_filter(ways)
    }

    /// What is left of a filter that nobody knows with one that is known: `download(path).or(search())`.
    pub(super) fn filter_after_unknown(&mut self, name: &str, args: &Args) -> Option<Value> {
        let Value::Filter(id) = args.positional.first()?.value else { return None };
        let mut tables = self.store.tables.iter().filter_map(|it| it.filters.as_ref());
        if tables.any(|it| it.either.iter().any(|it| it == name)) {
            return Some(Value::Filter(id));
        }
        // What stands before may say a part of the path.
        let mut ways = self.filters[id].clone();
        for segment in ways.iter_mut().filter_map(|it| it.segments.first_mut()) {
            if let Segment::Known(text) = segment {
                *text = text.clone().unsure();
            }
        }
        Some(self.new_filter(ways))
    }

    /// Declares what is served.
    fn serve_filter(&mut self, framework: usize, filter: &Value, range: Range<u32>, env: EnvId) -> Value {
        let Value::Filter(id) = filter else { return Value::Unknown };
        let place = self.span(env, range);
        let app = self.graph.add(framework, Made::App, place);
        for way in self.filters[*id].clone() {
            let mut way = way;
            if way.segments.is_empty() && !way.ended {
                // What answers every path and verb is what is said where nothing else fits.
                if way.verbs.is_empty() {
                    continue;
                }
                way.segments.push(Segment::Rest);
            }
            if way.is_static {
                continue;
            }
            let (path, span) = (way.path(), way.place.unwrap_or(place));
            let methods = if way.verbs.is_empty() { vec!["ANY".to_owned()] } else { way.verbs.clone() };
            for answer in &way.answers {
                self.handled_by(span, &path, &methods, answer);
            }
            self.handled_with(span, &path, &methods, &way.query);
            self.graph.declare(app, Declared { methods, path, hidden: false, span });
        }
        let file = self.file(env);
        self.served.push((file, Value::Router(app)));
        Value::Unknown
    }

    fn new_filter(&mut self, ways: Vec<Way>) -> Value {
        self.filters.push(ways);
        Value::Filter(self.filters.len() - 1)
    }
}
