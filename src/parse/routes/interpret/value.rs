//! What an expression may stand for, as far as routes need it.

use std::rc::Rc;
use std::sync::Arc;

use crate::parse::routes::graph::RouterId;
use crate::parse::routes::ir::{Class, Func};
use crate::parse::routes::text::Text;

/// The index of a module.
pub(in crate::parse::routes) type ModuleId = usize;
/// The index of an environment.
pub(in crate::parse::routes) type EnvId = usize;

/// A value. Lists, objects and instances are indices, so that all who hold one see it change.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::parse::routes) enum Value {
    Unknown,
    Bool(bool),
    Text(Rc<Text>),
    Router(RouterId),
    /// An application inside something that is no application itself: middleware, a test client.
    Wrapped(RouterId),
    /// What `app.route("/x")` returns: verbs on it take no path.
    Chain(RouterId, Rc<Text>),
    /// A route that is still being described.
    Draft(usize),
    Func(Closure),
    /// A method with its object.
    Bound(Rc<(Value, Closure)>),
    Class(ClassValue),
    Instance(usize),
    Module(ModuleId),
    /// A name of a library: `fastapi.APIRouter`.
    External(Rc<str>),
    List(usize),
    Object(usize),
    /// What requests pass through, by its index.
    Filter(usize),
    /// A method of a value that the interpreter itself knows.
    Method(Rc<(Value, Box<str>)>),
    /// A name of a module that has not been asked for yet.
    Late(ModuleId, Rc<str>),
    /// A function with its first arguments: `functools.partial(app.mount, "/x")`.
    Partial(Rc<(Value, Args)>),
    /// A call that is kept for the family of blocks, by its index.
    Noted(usize),
}

/// A function with the environment that it was made in.
#[derive(Debug, Clone)]
pub(in crate::parse::routes) struct Closure {
    pub(in crate::parse::routes) func: Arc<Func>,
    pub(in crate::parse::routes) env: EnvId,
}

impl PartialEq for Closure {
    fn eq(&self, other: &Closure) -> bool {
        Arc::ptr_eq(&self.func, &other.func) && self.env == other.env
    }
}

/// A class with its attributes.
#[derive(Debug, Clone)]
pub(in crate::parse::routes) struct ClassValue {
    pub(in crate::parse::routes) class: Arc<Class>,
    pub(in crate::parse::routes) env: EnvId,
    pub(in crate::parse::routes) bases: Rc<[Value]>,
}

impl PartialEq for ClassValue {
    fn eq(&self, other: &ClassValue) -> bool {
        Arc::ptr_eq(&self.class, &other.class) && self.env == other.env
    }
}

/// An object of a class.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) class: ClassValue,
    pub(super) fields: Vec<(Box<str>, Value)>,
    /// Where the class is a subclass of a framework's router.
    pub(super) router: Option<RouterId>,
}

impl Value {
    /// A constant text.
    pub(super) fn text(text: &str) -> Value {
        Value::Text(Rc::new(Text::known(text)))
    }

    /// The value as the key of an object.
    pub(super) fn as_key(&self) -> Box<str> {
        match self {
            Value::Text(text) => text.as_key(),
            _ => Text::hole("").as_key(),
        }
    }

    /// What the key of an object stands for.
    pub(super) fn of_key(key: &str) -> Value {
        match Text::of_key(key) {
            text if text.is_unknown() => Value::Unknown,
            text => Value::Text(Rc::new(text)),
        }
    }

    /// Whether nothing is known that another value could not say better.
    pub(super) fn is_vague(&self) -> bool {
        matches!(self, Value::Unknown | Value::External(_) | Value::Bool(_))
    }

    /// How much is known: nothing, a part, all.
    pub(super) fn certainty(&self) -> u8 {
        match self {
            Value::Text(text) if text.as_known().is_none() => 1,
            value => {
                if value.is_vague() {
                    0
                } else {
                    2
                }
            }
        }
    }

    /// The constant text.
    pub(in crate::parse::routes) fn known_text(&self) -> Option<String> {
        match self {
            Value::Text(text) => text.as_known(),
            _ => None,
        }
    }
}

/// The arguments of a call.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::parse::routes) struct Args {
    pub(in crate::parse::routes) positional: Vec<Argument>,
    pub(in crate::parse::routes) named: Vec<(Box<str>, Argument)>,
}

/// An argument with its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::parse::routes) struct Argument {
    pub(in crate::parse::routes) value: Value,
    pub(in crate::parse::routes) start: u32,
    pub(in crate::parse::routes) end: u32,
    /// Written at this very place as a function, or as a list of functions: nobody else can call it.
    pub(in crate::parse::routes) inline: bool,
}

impl Args {
    /// Positional arguments with these values.
    pub(in crate::parse::routes) fn of(values: impl IntoIterator<Item = Value>) -> Args {
        let positional = values.into_iter().map(|value| Argument { value, start: 0, end: 0, inline: false });
        Args { positional: positional.collect(), named: Vec::new() }
    }

    /// The same arguments after those that a function was given before.
    pub(super) fn after(self, before: &Args) -> Args {
        let mut args = before.clone();
        args.positional.extend(self.positional);
        args.named.retain(|(name, _)| !self.named.iter().any(|(it, _)| it == name));
        args.named.extend(self.named);
        args
    }

    /// The value of a keyword argument.
    pub(in crate::parse::routes) fn get(&self, name: &str) -> Option<&Argument> {
        self.named.iter().find(|(it, _)| &**it == name).map(|(_, it)| it)
    }

    /// Every argument.
    pub(in crate::parse::routes) fn all(&self) -> impl Iterator<Item = &Argument> {
        self.positional.iter().chain(self.named.iter().map(|(_, it)| it))
    }
}
