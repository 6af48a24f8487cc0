//! The constants that annotations are written with.

use super::types::{MAX_NESTING, Scope, TypeId, Types, dotted, imported, position, stars};
use super::value::Value;
use crate::parse::routes::ir::{CAST, Call, Expr, ExprKind, Stmt};
use crate::parse::routes::text::Text;

/// Constants made of constants.
const MAX_DEPTH: usize = 40;

/// Expressions that are evaluated for one value: more than any annotation is made of.
const MAX_STEPS: usize = 20_000;

/// Names that are bound to values, as the parameters of a constructor.
pub(super) type Locals<'l> = &'l [(Box<str>, Value)];

impl Types<'_> {
    /// The value of an expression.
    pub(super) fn value(&mut self, expr: &Expr, scope: Scope, locals: Locals<'_>) -> Value {
        self.constant(expr, scope, locals, 0)
    }

    /// Every value that is asked for has its own bound on work.
    fn start_at(&mut self, depth: usize) {
        if depth == 0 {
            self.steps = MAX_STEPS;
        }
    }

    fn constant(&mut self, expr: &Expr, scope: Scope, locals: Locals<'_>, depth: usize) -> Value {
        self.start_at(depth);
        if depth > MAX_DEPTH || self.steps == 0 {
            return Value::Unknown;
        }
        self.steps -= 1;
        match &expr.kind {
            ExprKind::Str(text) => Value::Text(Text::known(text)),
            ExprKind::Bool(it) => Value::Bool(*it),
            ExprKind::Concat(parts) => {
                let mut whole = Text::known("");
                for part in parts {
                    match self.constant(part, scope, locals, depth + 1) {
                        Value::Text(text) => whole.push(&text),
                        Value::Name(name) => whole.push(&Text::hole(&name)),
                        _ => whole.push(&Text::hole("value")),
                    }
                }
                Value::Text(whole)
            }
            ExprKind::List(items) => {
                let items = items.iter().map(|it| self.constant(it, scope, locals, depth + 1));
                Value::List(items.collect())
            }
            // A path for each language.
            ExprKind::Object(entries) => {
                let values = entries.iter().map(|it| self.constant(&it.value, scope, locals, depth + 1));
                Value::List(values.collect())
            }
            ExprKind::Spread(inner) => self.constant(inner, scope, locals, depth + 1),
            ExprKind::Default(both) => match self.constant(&both[0], scope, locals, depth + 1) {
                it @ Value::Text(_) => it,
                _ => self.constant(&both[1], scope, locals, depth + 1),
            },
            ExprKind::Either(all) => {
                let values: Vec<Value> =
                    all.iter().map(|it| self.constant(it, scope, locals, depth + 1)).collect();
                values.into_iter().find(|it| matches!(it, Value::Text(_))).unwrap_or(Value::Unknown)
            }
            ExprKind::Name(name) => match locals.iter().find(|(it, _)| it == name) {
                Some((_, value)) => value.clone(),
                None => self.name(name, scope, depth).unwrap_or_else(|| Value::Name(name.clone())),
            },
            ExprKind::Attr(of, name) => self.member(of, name, scope, locals, depth),
            ExprKind::Index(of, _) => self.constant(of, scope, locals, depth + 1),
            ExprKind::Call(call) => self.constant_call(call, scope, locals, depth),
            _ => Value::Unknown,
        }
    }

    fn name(&mut self, name: &str, scope: Scope, depth: usize) -> Option<Value> {
        let mut around = scope.within;
        let mut levels = 0;
        while let Some(at) = around.filter(|_| levels < MAX_NESTING) {
            if let Some(value) = self.field(at, name, depth) {
                return Some(value);
            }
            around = self.types[at].outer;
            levels += 1;
        }
        let module = self.load(scope.file);
        if let Some(at) = position(&module.body, name) {
            return self.assigned(&module.body, at, Scope { file: scope.file, within: None }, depth);
        }
        if let Some((package, outer)) = imported(&module, name) {
            let of = self.find(package, scope);
            return match of.and_then(|it| self.field(it, outer, depth)) {
                Some(value) => Some(value),
                None => self.outside(outer, package, depth),
            };
        }
        for star in stars(&module) {
            let found = match self.find(star, scope) {
                Some(of) => self.field(of, name, depth),
                None => self.outside(name, star, depth),
            };
            if found.is_some() {
                return found;
            }
        }
        self.outside(name, &module.package, depth)
    }

    fn outside(&mut self, name: &str, package: &str, depth: usize) -> Option<Value> {
        let (module, at, file) = self.top_level(name, package)?;
        self.assigned(&module.body, at, Scope { file, within: None }, depth)
    }

    fn assigned(&mut self, body: &[Stmt], at: usize, scope: Scope, depth: usize) -> Option<Value> {
        match body.get(at) {
            Some(Stmt::Assign(_, value)) => Some(self.constant(value, scope, &[], depth + 1)),
            _ => None,
        }
    }

    /// A constant of a class or of what it is derived from.
    pub(super) fn field(&mut self, of: TypeId, name: &str, depth: usize) -> Option<Value> {
        self.start_at(depth);
        if depth > MAX_DEPTH {
            return None;
        }
        for id in self.line(of) {
            let class = self.types[id].class.clone();
            if let Some(at) = position(&class.body, name) {
                // A member of an enumeration is known by its name.
                return match self.assigned(&class.body, at, self.scope(id), depth) {
                    Some(Value::Unknown) => Some(Value::Name(name.into())),
                    value => value,
                };
            }
        }
        None
    }

    fn member(&mut self, of: &Expr, name: &str, scope: Scope, locals: Locals<'_>, depth: usize) -> Value {
        if let Some(path) = dotted(of) {
            // `this.PREFIX`
            let of = if path == "this" { scope.within } else { self.find(&path, scope) };
            if let Some(of) = of {
                return self.field(of, name, depth).unwrap_or_else(|| Value::Name(name.into()));
            }
        }
        match self.constant(of, scope, locals, depth + 1) {
            it @ Value::Text(_) if matches!(name, "value" | "Value") => it,
            _ => Value::Name(name.into()),
        }
    }

    fn constant_call(&mut self, call: &Call, scope: Scope, locals: Locals<'_>, depth: usize) -> Value {
        let args: Vec<&Expr> = call.args.iter().map(|it| &it.value).collect();
        match (&call.callee.kind, args.as_slice()) {
            (ExprKind::Name(name), [value, _]) if &**name == CAST => {
                self.constant(value, scope, locals, depth + 1)
            }
            // `nameof(Orders)`
            (ExprKind::Name(name), [one]) if &**name == "nameof" => {
                let path = dotted(one).unwrap_or_default();
                Value::Text(Text::known(path.rsplit('.').next().unwrap_or(&path)))
            }
            (ExprKind::Name(name), _) if matches!(&**name, "arrayOf" | "listOf" | "setOf") => {
                let items = args.iter().map(|it| self.constant(it, scope, locals, depth + 1));
                Value::List(items.collect())
            }
            (ExprKind::Attr(of, name), [one]) if &**name == "concat" => {
                let parts = [&**of, *one].map(|it| self.constant(it, scope, locals, depth + 1));
                let mut whole = Text::known("");
                for part in &parts {
                    whole.push(&if let Value::Text(text) = part {
                        text.clone()
                    } else {
                        Text::hole("value")
                    });
                }
                Value::Text(whole)
            }
            // `template.TrimStart('/')`
            (ExprKind::Attr(of, name), [cut]) if matches!(&**name, "Trim" | "TrimStart" | "TrimEnd") => {
                let cut = self.constant(cut, scope, locals, depth + 1);
                match (self.constant(of, scope, locals, depth + 1), cut) {
                    (Value::Text(text), Value::Text(cut)) => {
                        let cut = cut.as_known().unwrap_or_default();
                        let is_cut = |it: char| cut.contains(it);
                        let start = if &**name == "TrimEnd" {
                            text
                        } else {
                            text.map_start(|it| it.trim_start_matches(is_cut))
                        };
                        let ends = &**name != "TrimStart";
                        Value::Text(if ends {
                            start.map_end(|it| it.trim_end_matches(is_cut))
                        } else {
                            start
                        })
                    }
                    _ => Value::Unknown,
                }
            }
            // A member of an enumeration is written as its name.
            (ExprKind::Attr(of, name), []) if &**name == "ToString" => {
                match self.constant(of, scope, locals, depth + 1) {
                    Value::Name(name) if name.starts_with(char::is_uppercase) => {
                        Value::Text(Text::known(&name))
                    }
                    value => value,
                }
            }
            (ExprKind::Attr(of, name), []) if matches!(&**name, "toString" | "trim" | "trimIndent") => {
                self.constant(of, scope, locals, depth + 1)
            }
            _ => Value::Unknown,
        }
    }
}
