//! Frameworks as data: what makes a router, what declares a route, what mounts one router on another.
//!
//! One TOML file a framework in `frameworks/`. A framework belongs to the family of *calls* on a router
//! value (`[[construct]]`, `[verbs]`, `[[route]]`, `[[mount]]`), of *files* (`[[files]]`), of *annotations*
//! (`[annotation]`), or to several.

mod calls;
mod files;
mod filters;
mod tables;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::annotations::Annotations;
use super::blocks::table::{Apis, Chains, Exposed, Scopes, Urls};
use super::lower::Language;
use super::query::table::Query;
pub(super) use calls::{
    Builder, ClassViews, Construct, Function, Group, Made, MethodRoutes, Mount, Place, RouteCall,
    RouteModules, Typed,
};
pub(super) use files::{BaseSetting, FileRule, FileVerbs, Naming, Register, Rewrites};
pub(super) use filters::Filters;
pub use tables::check_tables;
pub(super) use tables::{ALL, with_own};

/// A framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Framework {
    /// `FastAPI`
    pub(super) name: String,
    pub(super) language: Language,
    #[serde(default)]
    pub(super) detect: Detect,
    /// The frameworks that this one stands on: where it serves something, they need not.
    #[serde(default)]
    pub(super) on: Vec<String>,
    /// How its path templates write a parameter.
    #[serde(default)]
    pub(super) parameters: Syntax,
    /// Whether `/orders/` is served under that name, or as `/orders`.
    #[serde(default)]
    pub(super) keep_trailing_slash: bool,
    /// Whether a path stands behind its prefix as it is, without a slash between: `/order` and `s` are `/orders`.
    #[serde(default)]
    pub(super) appends: bool,
    #[serde(default)]
    pub(super) construct: Vec<Construct>,
    /// Methods of a router that declare a route, with their verb. The path is the first argument.
    #[serde(default)]
    pub(super) verbs: BTreeMap<String, String>,
    /// Decorators of methods, with their verbs, in a class that a decorator makes a router.
    #[serde(default)]
    pub(super) class_verbs: BTreeMap<String, String>,
    /// Classes of a library whose methods are routes by their names.
    #[serde(default)]
    pub(super) class_views: Option<ClassViews>,
    /// Fewer positional arguments make a call of a verb something else: `app.get("setting")`.
    #[serde(default)]
    pub(super) verb_min_args: usize,
    /// Methods that declare a route and are told the verbs.
    #[serde(default)]
    pub(super) route: Vec<RouteCall>,
    #[serde(default)]
    pub(super) mount: Vec<Mount>,
    #[serde(default)]
    pub(super) group: Vec<Group>,
    /// Attributes and methods of a router that are the router itself.
    #[serde(default)]
    pub(super) same: Vec<String>,
    /// Methods that take a path and return something whose verbs take none: `app.route("/x").get(…)`.
    #[serde(default)]
    pub(super) chain: Vec<String>,
    /// Methods that decorate a function which the application calls when it starts.
    #[serde(default)]
    pub(super) startup: Vec<String>,
    /// The argument that keeps routes out of the generated spec when it is false.
    #[serde(default)]
    pub(super) visible: Option<String>,
    /// Methods that set the prefix of a router.
    #[serde(default)]
    pub(super) prefixes: Vec<String>,
    /// Libraries that register every plugin of a folder.
    #[serde(default)]
    pub(super) autoload: Vec<String>,
    /// The name or type of the router that a plugin is given, where no code registers the plugin.
    #[serde(default)]
    pub(super) plugin_params: Vec<String>,
    /// Methods that say which verb the handlers of all verbs serve: `.guard(guard::Post())`.
    #[serde(default)]
    pub(super) restricts: Vec<String>,
    /// Verbs of a router take no path: `get(read).post(write)`.
    #[serde(default)]
    pub(super) pathless_verbs: bool,
    /// Methods of a router that return something that is no router.
    #[serde(default)]
    pub(super) others: Vec<String>,
    /// Methods that hand the router to a function and return what that returns.
    #[serde(default)]
    pub(super) applies: Vec<String>,
    /// Attributes that make the methods of an object routes.
    #[serde(default)]
    pub(super) method_routes: Option<MethodRoutes>,
    /// Functions of a library that make a pair of a regular expression and a class of handlers; lists of children hold
    /// such pairs.
    #[serde(default)]
    pub(super) pairs: Vec<String>,
    /// What stands before a verb in the names of the methods of an object that handles: `on_get`.
    #[serde(default)]
    pub(super) handler_methods: Option<String>,
    /// Methods of a router that mount it on the router that is their argument: `api.init_app(app)`.
    #[serde(default)]
    pub(super) attaches: Vec<String>,
    /// The attribute that gives a type a path, which a handler serves that takes a value of the type.
    #[serde(default)]
    pub(super) typed_path: Option<String>,
    /// Verbs are attributes of functions, which are mounted like routers: `#[get("/orders")]`.
    #[serde(default)]
    pub(super) attributes: bool,
    /// Functions of libraries that return their first argument.
    #[serde(default)]
    pub(super) wrappers: Vec<String>,
    /// Functions that start an application: the argument is the application or names it.
    #[serde(default)]
    pub(super) serve: Vec<String>,
    /// Types of parameters and fields that are routers; where nobody gives one, a router starts there.
    #[serde(default)]
    pub(super) types: Vec<String>,
    /// Methods of a router that the framework calls with the one that it is mounted on.
    #[serde(default)]
    pub(super) mounted: Vec<String>,
    /// The settings that an application holds: an attribute of it, or a name of the library.
    #[serde(default)]
    pub(super) settings: Vec<String>,
    /// Methods of a router that start the server.
    #[serde(default)]
    pub(super) starts: Vec<String>,
    /// Functions that do what the router's method of the same name does.
    #[serde(default)]
    pub(super) function: Vec<Function>,
    /// The verb may stand before the path: `GET /orders`.
    #[serde(default)]
    pub(super) verb_in_path: bool,
    /// A handler may be a router itself; it sees the whole path.
    #[serde(default)]
    pub(super) nests_handlers: bool,
    /// Methods that describe a route in any order.
    #[serde(default)]
    pub(super) builder: Option<Builder>,
    /// Filters that are put together to routes.
    #[serde(default)]
    pub(super) filters: Option<Filters>,
    #[serde(default)]
    pub(super) files: Vec<FileRule>,
    /// An application of it need not have any route: only a file that lies where routes lie says it has.
    #[serde(default)]
    pub(super) optional: bool,
    /// The setting that is put before every path of the files family.
    #[serde(default)]
    pub(super) base: Option<BaseSetting>,
    /// Lists of URL patterns that include each other.
    #[serde(default)]
    pub(super) urls: Option<Urls>,
    /// Chains of calls on a facade.
    #[serde(default)]
    pub(super) chains: Option<Chains>,
    /// Words that open scopes.
    #[serde(default)]
    pub(super) scopes: Option<Scopes>,
    /// Classes whose bodies declare routes.
    #[serde(default)]
    pub(super) apis: Option<Apis>,
    /// Classes whose methods say their paths, told to the application one by one.
    #[serde(default)]
    pub(super) exposed: Option<Exposed>,
    /// The setting that lists the suffixes of route files.
    #[serde(default)]
    pub(super) suffixes: Option<String>,
    /// Files with rewrites that give a route another public path.
    #[serde(default)]
    pub(super) rewrites: Option<Rewrites>,
    /// How handlers are registered that lie anywhere.
    #[serde(default)]
    pub(super) register: Option<Register>,
    /// Methods that the host of an application calls with it.
    #[serde(default)]
    pub(super) typed: Option<Typed>,
    /// Classes that a library finds by their base and hands a router to.
    #[serde(default)]
    pub(super) modules: Vec<RouteModules>,
    /// Methods of a router below which the classes are served that annotations declare.
    #[serde(default)]
    pub(super) hosts: Vec<String>,
    /// Methods of a router that bring a library's routes along, as `METHOD /path`.
    #[serde(default)]
    pub(super) provided: BTreeMap<String, Vec<String>>,
    /// What annotations of classes and methods mean.
    #[serde(default)]
    pub(super) annotation: Option<Annotations>,
    /// How query parameters are named.
    #[serde(default)]
    pub(super) query: Option<Query>,
}

/// How a framework is recognised.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Detect {
    /// Names in a package file (`package.json`, `pyproject.toml`, `requirements.txt`).
    #[serde(default)]
    pub(super) dependency: Vec<String>,
    /// File names without their suffix that only this framework has.
    #[serde(default)]
    pub(super) config: Vec<String>,
    /// Modules whose import shows that a source file uses it.
    #[serde(default)]
    pub(super) import: Vec<String>,
    /// A source file without any of these words declares nothing.
    #[serde(default)]
    pub(super) markers: Vec<String>,
}

/// How a path template writes a parameter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Syntax {
    /// `{id}`, `{path:path}`
    #[default]
    Brace,
    /// `:id`, `:id?`, `:id(\d+)`, `*rest`
    Colon,
    /// `<id>`, `<int:id>`
    Angle,
    /// `<id>`, `<id:int>`
    Named,
    /// `[id]`, `[...slug]`, `[[...slug]]`
    Bracket,
    /// The forms of Rust's frameworks: `{id}`, `{*rest}`, `{tail:.*}`, `:id`, `*rest`, `<id>`, `<rest..>`
    Mixed,
    /// `{id}`, `{id:[0-9]+}`, `{rest...}`, `{$}`, `*` at the end
    Pattern,
}
