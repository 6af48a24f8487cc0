//! The intermediate form of a source file: only what matters for where routers come from.
//!
//! Every language is lowered to this; the interpreter knows nothing else. What has no form here is
//! [`ExprKind::Other`], so that a search through an expression still sees what is inside it.

use std::ops::Range;
use std::sync::Arc;

/// A source file.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Its statements, in order.
    pub(super) body: Vec<Stmt>,
    /// The package or namespace that the file says it belongs to.
    pub(super) package: Box<str>,
}

/// A statement.
#[derive(Debug)]
pub(super) enum Stmt {
    Expr(Expr),
    /// `target = value`, also `target += value` with `target + value` as the value.
    Assign(Pattern, Expr),
    Def(Arc<Func>),
    Class(Arc<Class>),
    Import(Import),
    Export(Export),
    Return(Option<Expr>),
    For(Pattern, Expr, Vec<Stmt>),
    /// What may or may not run: the arm of an `if`, a `try`, a loop that is no `for … of`.
    Branch(Vec<Stmt>),
    /// What runs only in an unusual build: Rust below a feature that is off by default. What it declares is assumed.
    Guess(Vec<Stmt>),
    /// What runs only where a value is nothing: `if (!router) { … }`.
    Unless(Expr, Vec<Stmt>),
    Switch(Expr, Vec<Case>),
}

/// An arm of a `switch`; no value for the default.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) value: Option<Expr>,
    pub(super) body: Vec<Stmt>,
}

/// An expression and its bytes.
#[derive(Debug)]
pub(super) struct Expr {
    pub(super) kind: ExprKind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum ExprKind {
    Str(Box<str>),
    Bool(bool),
    /// A template literal, an f-string, `a + b`; also the sum of two lists.
    Concat(Vec<Expr>),
    Name(Box<str>),
    Attr(Box<Expr>, Box<str>),
    Index(Box<Expr>, Box<Expr>),
    Call(Box<Call>),
    Func(Arc<Func>),
    Class(Arc<Class>),
    Object(Vec<Property>),
    /// A value of a named type with its fields or items: `Server{router: r}`.
    Literal(Box<Literal>),
    List(Vec<Expr>),
    Spread(Box<Expr>),
    /// One of these: `a or b`, `a ?? b`, the arms of a conditional expression.
    Either(Vec<Expr>),
    /// `a ?? b` of C#: the second where the first is nothing.
    Default(Box<[Expr; 2]>),
    /// `==`, `!=`, `===`, `!==`.
    Compare(Box<Expr>, Box<Expr>),
    /// `a === b ? "x" : "y"`, in this order: which text it is may be known.
    Choice(Box<[Expr; 4]>),
    /// A comprehension: the body once for every item.
    Each(Box<(Pattern, Expr, Expr)>),
    /// `target := value`, or an assignment used as a value.
    Assigned(Box<(Pattern, Expr)>),
    Other(Vec<Expr>),
}

/// Between the names of a type and of the trait that adds methods to it, where that type is declared elsewhere:
/// `Router::Measured`.
pub(super) const ADDED: &str = "::";

/// The function that says whether nothing is there, as the adapters write a condition that may be known.
pub(super) const NOTHING: &str = "(nothing)";

/// The function that says whether two texts are the same.
pub(super) const EQUAL: &str = "(equal)";

/// The functions of what does not hold, of one of several that does, and of all that do.
pub(super) const LOGIC: [&str; 3] = ["(not)", "(any)", "(all)"];

/// The function that adds numbers of Go.
pub(super) const SUM: &str = "(sum)";

/// The function that puts a value into a map of Go, under a key that is computed.
pub(super) const PUT: &str = "(put)";

/// What is called to say of its first argument that it is of the type that is its second.
pub(super) const CAST: &str = "(type)";

/// A call, or a construction with `new`.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) callee: Expr,
    pub(super) args: Vec<Arg>,
}

/// An argument, with its keyword.
#[derive(Debug)]
pub(super) struct Arg {
    pub(super) name: Option<Box<str>>,
    pub(super) value: Expr,
}

/// An entry of an object or dictionary; no key for a spread, nor for a computed key, whose value is the list of both.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) key: Option<Box<str>>,
    pub(super) value: Expr,
}

/// A value that is written out with its type; inside another one the type may be left out.
#[derive(Debug)]
pub(super) struct Literal {
    pub(super) of: Option<Expr>,
    /// Each with its key: the name of a field, or the key of a map.
    pub(super) entries: Vec<(Option<Expr>, Expr)>,
}

/// A function, method or lambda.
#[derive(Debug, Default)]
pub(super) struct Func {
    /// Empty for an anonymous one.
    pub(super) name: Box<str>,
    pub(super) params: Vec<Param>,
    pub(super) body: Vec<Stmt>,
    pub(super) decorators: Vec<Expr>,
    /// Read like a field: `@property`, `get x()`.
    pub(super) getter: bool,
    /// What it says to return, type arguments inside.
    pub(super) returns: Option<Expr>,
    /// Nobody outside can call it, or it belongs to the class and not to an object.
    pub(super) access: Access,
    /// It says that it takes the place of a method of a base.
    pub(super) overrides: bool,
}

/// Who can call a function.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Access {
    /// Nothing is said, which means another thing in each language.
    #[default]
    Plain,
    Public,
    Static,
    Private,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Param {
    pub(super) pattern: Pattern,
    pub(super) default: Option<Expr>,
    /// Its type.
    pub(super) of: Option<Expr>,
    /// The receiver of an extension method.
    pub(super) receiver: bool,
    pub(super) decorators: Vec<Expr>,
    /// Its type says that it may be left out: `page?: number`, `int? page`, `page: Int?`.
    pub(super) optional: bool,
}

impl Param {
    /// One of which nothing else is said.
    pub(super) fn new(pattern: Pattern, default: Option<Expr>) -> Param {
        Param { pattern, default, of: None, receiver: false, decorators: Vec::new(), optional: false }
    }
}

/// A class; fields are assignments and methods definitions in its body.
#[derive(Debug, Default)]
pub(super) struct Class {
    pub(super) name: Box<str>,
    pub(super) bases: Vec<Expr>,
    pub(super) body: Vec<Stmt>,
    pub(super) decorators: Vec<Expr>,
    pub(super) kind: ClassKind,
    /// The fields that it declares with their types, in order, where the language declares them apart or takes them
    /// for parameters.
    pub(super) fields: Vec<Param>,
}

/// What a declaration of a type declares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ClassKind {
    #[default]
    Concrete,
    /// Only classes derived from it have objects.
    Abstract,
    Interface,
    /// What is written before a declaration, as `@interface` in Java.
    Annotation,
    /// Its members are its own objects.
    Enum,
}

/// What a value is bound to.
#[derive(Debug)]
pub(super) enum Pattern {
    Name(Box<str>),
    /// A field, or the entry of a dictionary.
    Attr(Expr, Box<str>),
    /// Position by position.
    List(Vec<Pattern>),
    /// Key by key.
    Object(Vec<(Box<str>, Pattern)>),
    /// All that is left.
    Rest(Box<str>),
    /// All keyword arguments that are left.
    Keywords(Box<str>),
    Ignored,
}

/// `import`, `from … import`, `import … from`.
#[derive(Debug)]
pub(super) struct Import {
    /// Dotted with leading dots in Python, a specifier in JavaScript.
    pub(super) module: Box<str>,
    pub(super) names: Vec<Imported>,
}

/// One name that an import binds.
#[derive(Debug)]
pub(super) enum Imported {
    /// The module itself, under this name.
    Module(Box<str>),
    /// Its first package, as `import a.b` does.
    Package,
    /// A name of the module, under another or the same name.
    Name(Box<str>, Box<str>),
    /// Every name of the module.
    All,
}

/// An ECMAScript export.
#[derive(Debug)]
pub(super) enum Export {
    Default(Expr),
    /// A local name, the name it is exported under and the place of that.
    Local(Box<str>, Box<str>, Range<u32>),
    /// A module, a name of it, the name it is exported under and the place of that.
    From(Box<str>, Box<str>, Box<str>, Range<u32>),
    /// Every name of a module.
    All(Box<str>),
    /// A module under a name.
    Namespace(Box<str>, Box<str>),
    /// A declaration with the place of its name; the declaration itself stands before it.
    Declared(Box<str>, Range<u32>),
}

/// Visits every expression below these statements, outermost first, functions and classes included.
pub(super) fn walk<'a>(body: &'a [Stmt], visit: &mut dyn FnMut(Node<'a>)) {
    for stmt in body {
        visit(Node::Stmt(stmt));
        match stmt {
            Stmt::Expr(expr) | Stmt::Return(Some(expr)) | Stmt::Export(Export::Default(expr)) => {
                walk_expr(expr, visit);
            }
            Stmt::Assign(_, value) => walk_expr(value, visit),
            Stmt::Def(func) => walk_func(func, visit),
            Stmt::Class(class) => walk_class(class, visit),
            Stmt::For(_, items, body) => {
                walk_expr(items, visit);
                walk(body, visit);
            }
            Stmt::Branch(body) | Stmt::Guess(body) => walk(body, visit),
            Stmt::Unless(subject, body) => {
                walk_expr(subject, visit);
                walk(body, visit);
            }
            Stmt::Switch(subject, cases) => {
                walk_expr(subject, visit);
                for case in cases {
                    case.value.iter().for_each(|value| walk_expr(value, visit));
                    walk(&case.body, visit);
                }
            }
            Stmt::Import(_) | Stmt::Export(_) | Stmt::Return(None) => {}
        }
    }
}

/// What [`walk`] shows.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    Stmt(&'a Stmt),
    Expr(&'a Expr),
}

/// Visits an expression and every expression below it.
pub(super) fn walk_expr<'a>(expr: &'a Expr, visit: &mut dyn FnMut(Node<'a>)) {
    visit(Node::Expr(expr));
    match &expr.kind {
        ExprKind::Concat(all) | ExprKind::List(all) | ExprKind::Either(all) | ExprKind::Other(all) => {
            all.iter().for_each(|it| walk_expr(it, visit));
        }
        ExprKind::Choice(all) => all.iter().for_each(|it| walk_expr(it, visit)),
        ExprKind::Default(both) => both.iter().for_each(|it| walk_expr(it, visit)),
        ExprKind::Attr(of, _) | ExprKind::Spread(of) => walk_expr(of, visit),
        ExprKind::Index(a, b) | ExprKind::Compare(a, b) => {
            walk_expr(a, visit);
            walk_expr(b, visit);
        }
        ExprKind::Call(call) => {
            walk_expr(&call.callee, visit);
            call.args.iter().for_each(|arg| walk_expr(&arg.value, visit));
        }
        ExprKind::Func(func) => walk_func(func, visit),
        ExprKind::Class(class) => walk_class(class, visit),
        ExprKind::Object(entries) => entries.iter().for_each(|it| walk_expr(&it.value, visit)),
        ExprKind::Literal(literal) => {
            for (key, value) in &literal.entries {
                key.iter().for_each(|it| walk_expr(it, visit));
                walk_expr(value, visit);
            }
        }
        ExprKind::Each(each) => {
            walk_expr(&each.1, visit);
            walk_expr(&each.2, visit);
        }
        ExprKind::Assigned(assigned) => walk_expr(&assigned.1, visit),
        ExprKind::Str(_) | ExprKind::Bool(_) | ExprKind::Name(_) => {}
    }
}

fn walk_func<'a>(func: &'a Func, visit: &mut dyn FnMut(Node<'a>)) {
    func.decorators.iter().for_each(|it| walk_expr(it, visit));
    walk(&func.body, visit);
}

fn walk_class<'a>(class: &'a Class, visit: &mut dyn FnMut(Node<'a>)) {
    class.decorators.iter().for_each(|it| walk_expr(it, visit));
    walk(&class.body, visit);
}
