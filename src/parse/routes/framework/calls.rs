//! The tables of frameworks whose routes are calls on a router value.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Calls that make something routes can be declared on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Construct {
    /// Full names: module and name.
    pub(in crate::parse::routes) names: Vec<String>,
    /// Ends of names that other libraries give to their own kinds of it: `cadwyn.VersionedAPIRouter`.
    #[serde(default)]
    pub(in crate::parse::routes) endings: Vec<String>,
    pub(in crate::parse::routes) makes: Made,
    /// The prefix of a router, or the path of a route.
    #[serde(default)]
    pub(in crate::parse::routes) path: Vec<Place>,
    /// The name that is the prefix where none is given.
    #[serde(default)]
    pub(in crate::parse::routes) named: Option<Place>,
    /// The version that stands before the prefix, as `/v1`.
    #[serde(default)]
    pub(in crate::parse::routes) version: Option<Place>,
    /// The verbs of a route.
    #[serde(default)]
    pub(in crate::parse::routes) methods: Vec<Place>,
    /// The verbs of a route that says none.
    #[serde(default)]
    pub(in crate::parse::routes) default_methods: Vec<String>,
    /// Routers, or lists of them, that are mounted at once.
    #[serde(default)]
    pub(in crate::parse::routes) children: Vec<Place>,
    /// The router that the new one stands for from now on.
    #[serde(default)]
    pub(in crate::parse::routes) parent: Vec<Place>,
    /// Functions that are called with the new router.
    #[serde(default)]
    pub(in crate::parse::routes) calls: Vec<Place>,
    /// `METHOD /path` of the routes that a library brings along.
    #[serde(default)]
    pub(in crate::parse::routes) provides: Vec<String>,
}

/// What a construction makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::parse::routes) enum Made {
    /// What is served: a root.
    App,
    /// What must be mounted to be served.
    Router,
    /// One route, to be mounted in a list of routes.
    Route,
    /// An object of a library whose methods make routers: they are named `library.Class().method`.
    Object,
}

/// A method that declares a route and is told the verbs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct RouteCall {
    pub(in crate::parse::routes) names: Vec<String>,
    pub(in crate::parse::routes) path: Vec<Place>,
    pub(in crate::parse::routes) methods: Vec<Place>,
    pub(in crate::parse::routes) default_methods: Vec<String>,
}

/// Classes whose methods are routes by their names, once they are registered: `OrderView.register(app)`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct ClassViews {
    /// The classes of the library.
    pub(in crate::parse::routes) bases: Vec<String>,
    /// The method of the class that takes the router.
    pub(in crate::parse::routes) register: String,
    /// The attributes, or arguments, that stand before the paths; the first may be missing.
    pub(in crate::parse::routes) before: [String; 2],
    /// What the name of a class is without, where it is its path.
    pub(in crate::parse::routes) suffix: String,
    /// The decorator of a method that says its path.
    pub(in crate::parse::routes) decorator: String,
    /// Methods with their verbs. Any other is a route of its own name.
    pub(in crate::parse::routes) methods: BTreeMap<String, String>,
    /// Beginnings of the names of methods that are no routes.
    pub(in crate::parse::routes) inner: Vec<String>,
    /// The attributes that list parameters which are not in a path, and methods that are no routes.
    pub(in crate::parse::routes) excludes: Vec<String>,
}

/// A method that mounts a router.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Mount {
    pub(in crate::parse::routes) names: Vec<String>,
    /// The prefix; absent when the argument is no text.
    #[serde(default)]
    pub(in crate::parse::routes) path: Vec<Place>,
    pub(in crate::parse::routes) child: Vec<Place>,
    /// The prefix given here takes the place of the child's own.
    #[serde(default)]
    pub(in crate::parse::routes) replaces_prefix: bool,
    /// A function in place of a router is called with a new router.
    #[serde(default)]
    pub(in crate::parse::routes) calls_functions: bool,
    /// A function in place of a router answers these verbs.
    #[serde(default)]
    pub(in crate::parse::routes) default_methods: Vec<String>,
}

/// A method that makes a router below another: `app.basePath("/api")`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Group {
    pub(in crate::parse::routes) names: Vec<String>,
    /// Empty for a group without a path of its own.
    pub(in crate::parse::routes) path: Vec<Place>,
    /// A name that is the path where no path is given: `api.namespace("kilns")`.
    pub(in crate::parse::routes) named: Option<Place>,
    /// Fewer arguments make it something else: `app.Route("/x")`, which is a chain.
    #[serde(default)]
    pub(in crate::parse::routes) min_args: usize,
    /// Functions that are called with the new router.
    #[serde(default)]
    pub(in crate::parse::routes) calls: Vec<Place>,
}

/// Functions for methods: `huma.Get(api, "/x", handler)`, `http.HandleFunc("/x", handler)`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Function {
    pub(in crate::parse::routes) names: Vec<String>,
    /// Whether the router is the first argument; else there is one router that needs no name.
    #[serde(default)]
    pub(in crate::parse::routes) given: bool,
}

/// Methods of a router and of the route it returns that say one thing about it each, in any order:
/// `r.Methods("GET").Path("/x").Handler(h)`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Builder {
    /// Take the path, and a handler as the second argument.
    pub(in crate::parse::routes) path: Vec<String>,
    /// Take the beginning of the path.
    pub(in crate::parse::routes) prefix: Vec<String>,
    pub(in crate::parse::routes) methods: Vec<String>,
    /// Take the handler.
    pub(in crate::parse::routes) handler: Vec<String>,
    /// Return a route that was described before, by its name.
    #[serde(default)]
    pub(in crate::parse::routes) named: Vec<String>,
    /// Return a router for what was said.
    pub(in crate::parse::routes) router: Vec<String>,
    /// Say something that matters to no path.
    pub(in crate::parse::routes) other: Vec<String>,
}

/// Attributes that make the methods of an object routes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct MethodRoutes {
    /// The attribute of a method with its `path` and `method`.
    pub(in crate::parse::routes) attribute: String,
    /// The constant of the class that stands before its paths.
    pub(in crate::parse::routes) prefix: String,
}

/// Where an argument stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(in crate::parse::routes) enum Place {
    /// The n-th positional argument, from 0.
    Index(usize),
    /// A keyword argument, or a key of an object that is an argument. `*` stands for every
    /// positional argument.
    Key(String),
}

/// Methods that the host of an application calls.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Typed {
    pub(in crate::parse::routes) methods: Vec<String>,
    /// The types of the parameter that is the application.
    pub(in crate::parse::routes) types: Vec<String>,
}

/// Classes that a library finds by their base.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct RouteModules {
    /// The method of a router that calls them all.
    pub(in crate::parse::routes) call: String,
    pub(in crate::parse::routes) bases: Vec<String>,
    /// Their method that is handed the router.
    pub(in crate::parse::routes) method: String,
}
