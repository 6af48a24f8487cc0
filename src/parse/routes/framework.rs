//! Frameworks as data: what makes a router, what declares a route, what mounts one router on another.
//!
//! One TOML file a framework in `frameworks/`. A framework belongs to the family of *calls* on a router
//! value (`[[construct]]`, `[verbs]`, `[[route]]`, `[[mount]]`), of *files* (`[[files]]`), of *annotations*
//! (`[annotation]`), or to several.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::annotations::Annotations;
use super::blocks::table::{Apis, Chains, Scopes, Urls};
use super::lower::Language;

/// A framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Framework {
    /// `FastAPI`
    pub(super) name: String,
    pub(super) language: Language,
    #[serde(default)]
    pub(super) detect: Detect,
    /// How its path templates write a parameter.
    #[serde(default)]
    pub(super) parameters: Syntax,
    /// Whether `/orders/` is served under that name, or as `/orders`.
    #[serde(default)]
    pub(super) keep_trailing_slash: bool,
    #[serde(default)]
    pub(super) construct: Vec<Construct>,
    /// Methods of a router that declare a route, with their verb. The path is the first argument.
    #[serde(default)]
    pub(super) verbs: BTreeMap<String, String>,
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
    /// The setting that lists the suffixes of route files.
    #[serde(default)]
    pub(super) suffixes: Option<String>,
    /// Files with rewrites that give a route another public path.
    #[serde(default)]
    pub(super) rewrites: Option<Rewrites>,
    /// Methods that the host of an application calls with it.
    #[serde(default)]
    pub(super) typed: Option<Typed>,
    /// Classes that a library finds by their base and hands a router to.
    #[serde(default)]
    pub(super) modules: Option<RouteModules>,
    /// Methods of a router that bring a library's routes along, as `METHOD /path`.
    #[serde(default)]
    pub(super) provided: BTreeMap<String, Vec<String>>,
    /// What annotations of classes and methods mean.
    #[serde(default)]
    pub(super) annotation: Option<Annotations>,
}

/// What a framework's rewrites are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Rewrites {
    /// A further path for what has one already.
    Alias,
    /// The path that the public knows; the file's own is an internal name.
    Public,
}

/// Methods that the host of an application calls.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Typed {
    pub(super) methods: Vec<String>,
    /// The types of the parameter that is the application.
    pub(super) types: Vec<String>,
}

/// Classes that a library finds by their base.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RouteModules {
    /// The method of a router that calls them all.
    pub(super) call: String,
    pub(super) bases: Vec<String>,
    /// Their method that is handed the router.
    pub(super) method: String,
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
    /// `[id]`, `[...slug]`, `[[...slug]]`
    Bracket,
    /// The forms of Rust's frameworks: `{id}`, `{*rest}`, `{tail:.*}`, `:id`, `*rest`, `<id>`, `<rest..>`
    Mixed,
    /// `{id}`, `{id:[0-9]+}`, `{rest...}`, `{$}`, `*` at the end
    Pattern,
}

/// Calls that make something routes can be declared on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Construct {
    /// Full names: module and name.
    pub(super) names: Vec<String>,
    /// Ends of names that other libraries give to their own kinds of it: `cadwyn.VersionedAPIRouter`.
    #[serde(default)]
    pub(super) endings: Vec<String>,
    pub(super) makes: Made,
    /// The prefix of a router, or the path of a route.
    #[serde(default)]
    pub(super) path: Vec<Place>,
    /// The verbs of a route.
    #[serde(default)]
    pub(super) methods: Vec<Place>,
    /// The verbs of a route that says none.
    #[serde(default)]
    pub(super) default_methods: Vec<String>,
    /// Routers, or lists of them, that are mounted at once.
    #[serde(default)]
    pub(super) children: Vec<Place>,
    /// The router that the new one stands for from now on.
    #[serde(default)]
    pub(super) parent: Vec<Place>,
    /// Functions that are called with the new router.
    #[serde(default)]
    pub(super) calls: Vec<Place>,
    /// `METHOD /path` of the routes that a library brings along.
    #[serde(default)]
    pub(super) provides: Vec<String>,
}

/// What a construction makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Made {
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
pub(super) struct RouteCall {
    pub(super) names: Vec<String>,
    pub(super) path: Vec<Place>,
    pub(super) methods: Vec<Place>,
    pub(super) default_methods: Vec<String>,
}

/// A method that mounts a router.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Mount {
    pub(super) names: Vec<String>,
    /// The prefix; absent when the argument is no text.
    #[serde(default)]
    pub(super) path: Vec<Place>,
    pub(super) child: Vec<Place>,
    /// The prefix given here takes the place of the child's own.
    #[serde(default)]
    pub(super) replaces_prefix: bool,
    /// A function in place of a router is called with a new router.
    #[serde(default)]
    pub(super) calls_functions: bool,
}

/// A method that makes a router below another: `app.basePath("/api")`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Group {
    pub(super) names: Vec<String>,
    /// Empty for a group without a path of its own.
    pub(super) path: Vec<Place>,
    /// Fewer arguments make it something else: `app.Route("/x")`, which is a chain.
    #[serde(default)]
    pub(super) min_args: usize,
    /// Functions that are called with the new router.
    #[serde(default)]
    pub(super) calls: Vec<Place>,
}

/// Functions for methods: `huma.Get(api, "/x", handler)`, `http.HandleFunc("/x", handler)`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Function {
    pub(super) names: Vec<String>,
    /// Whether the router is the first argument; else there is one router that needs no name.
    #[serde(default)]
    pub(super) given: bool,
}

/// Methods of a router and of the route it returns that say one thing about it each, in any order:
/// `r.Methods("GET").Path("/x").Handler(h)`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Builder {
    /// Take the path, and a handler as the second argument.
    pub(super) path: Vec<String>,
    /// Take the beginning of the path.
    pub(super) prefix: Vec<String>,
    pub(super) methods: Vec<String>,
    /// Take the handler.
    pub(super) handler: Vec<String>,
    /// Return a route that was described before, by its name.
    #[serde(default)]
    pub(super) named: Vec<String>,
    /// Return a router for what was said.
    pub(super) router: Vec<String>,
    /// Say something that matters to no path.
    pub(super) other: Vec<String>,
}

/// Where an argument stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Place {
    /// The n-th positional argument, from 0.
    Index(usize),
    /// A keyword argument, or a key of an object that is an argument. `*` stands for every
    /// positional argument.
    Key(String),
}

/// Files that are routes by where they lie.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FileRule {
    /// Folders below a package that has the framework.
    pub(super) roots: Vec<String>,
    /// Names of files, without suffix, that declare routes; empty for all.
    #[serde(default)]
    pub(super) names: Vec<String>,
    /// Names of files that stand for their folder.
    #[serde(default)]
    pub(super) index: Vec<String>,
    /// Put before the path below the root.
    #[serde(default)]
    pub(super) prefix: String,
    /// Folders that do not show in the path; `*` stands for anything.
    #[serde(default)]
    pub(super) drop: Vec<String>,
    /// Folders and files that are no routes.
    #[serde(default)]
    pub(super) skip: Vec<String>,
    pub(super) verbs: FileVerbs,
    /// Exports that serve any verb.
    #[serde(default)]
    pub(super) any: Vec<String>,
    /// How a file's name becomes a path.
    #[serde(default)]
    pub(super) naming: Naming,
    /// The language of the files, where it is not the framework's.
    #[serde(default)]
    pub(super) language: Option<Language>,
    /// Nothing else has such a folder: no manifest has to name the framework.
    #[serde(default)]
    pub(super) evident: bool,
    /// Only at the top of a package that the framework's manifest or configuration lies in.
    #[serde(default)]
    pub(super) own_package: bool,
    /// Settings that name the folder in which the roots lie, or the root itself where there are none.
    #[serde(default)]
    pub(super) setting: Vec<String>,
    /// Configuration files with which the roots lie in the package itself when no setting says otherwise.
    #[serde(default)]
    pub(super) bare: Vec<String>,
}

/// Where the verbs of a route file come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FileVerbs {
    /// The names that the file exports.
    Exports,
    /// What the default export, or an export called `handler`, asks of the request's method.
    Handler,
    /// The names that the file exports; else what its handler asks for.
    ExportsOrHandler,
    /// The name of the file; a file with none of a verb in its name serves any.
    Name,
    /// `loader` reads, `action` writes; a file with a default export is a page.
    LoaderAction,
    /// The methods `do_GET`, `do_POST` of a class.
    ClassMethods,
}

/// How the name of a route file becomes a path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Naming {
    /// Folder by folder.
    #[default]
    Folders,
    /// Folder by folder, with a verb and a stage after the name: `orders.get.ts`.
    VerbSuffix,
    /// Dots instead of folders: `orders.$id.ts`.
    Dots,
    /// One file or one folder a function: `orders.ts`, `orders/index.ts`, `orders/orders.ts`.
    Function,
}

/// A setting in a framework's configuration file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BaseSetting {
    /// Dots go down into objects: `app.baseURL`.
    pub(super) keys: Vec<String>,
}

/// The tables of the frameworks that are known.
const TABLES: &[&str] = &[
    include_str!("frameworks/actix.toml"),
    include_str!("frameworks/aspnet.toml"),
    include_str!("frameworks/aspnet-endpoints.toml"),
    include_str!("frameworks/astro.toml"),
    include_str!("frameworks/axum.toml"),
    include_str!("frameworks/chi.toml"),
    include_str!("frameworks/django.toml"),
    include_str!("frameworks/django-ninja.toml"),
    include_str!("frameworks/echo.toml"),
    include_str!("frameworks/express.toml"),
    include_str!("frameworks/fastapi.toml"),
    include_str!("frameworks/fastendpoints.toml"),
    include_str!("frameworks/fastify.toml"),
    include_str!("frameworks/fiber.toml"),
    include_str!("frameworks/flask.toml"),
    include_str!("frameworks/gin.toml"),
    include_str!("frameworks/gorilla-mux.toml"),
    include_str!("frameworks/grape.toml"),
    include_str!("frameworks/hono.toml"),
    include_str!("frameworks/httprouter.toml"),
    include_str!("frameworks/huma.toml"),
    include_str!("frameworks/jax-rs.toml"),
    include_str!("frameworks/koa.toml"),
    include_str!("frameworks/laravel.toml"),
    include_str!("frameworks/nestjs.toml"),
    include_str!("frameworks/net-http.toml"),
    include_str!("frameworks/netlify.toml"),
    include_str!("frameworks/nextjs.toml"),
    include_str!("frameworks/nitro.toml"),
    include_str!("frameworks/nuxt.toml"),
    include_str!("frameworks/poem.toml"),
    include_str!("frameworks/polka.toml"),
    include_str!("frameworks/rails.toml"),
    include_str!("frameworks/remix.toml"),
    include_str!("frameworks/rocket.toml"),
    include_str!("frameworks/salvo.toml"),
    include_str!("frameworks/sinatra.toml"),
    include_str!("frameworks/spring.toml"),
    include_str!("frameworks/starlette.toml"),
    include_str!("frameworks/sveltekit.toml"),
    include_str!("frameworks/vercel.toml"),
];

/// Every framework that is known.
pub(super) static ALL: LazyLock<Vec<Framework>> = LazyLock::new(|| {
    TABLES.iter().map(|it| toml::from_str(it).expect("a test reads every embedded table")).collect()
});

/// The known frameworks with what a project adds; none where it adds nothing. A table with the name of a known one
/// adds to that.
pub(super) fn with_own(own: &[toml::Table]) -> Option<Vec<Framework>> {
    (!own.is_empty()).then(|| merged(own).into_iter().filter_map(Result::ok).collect())
}

/// Says what is wrong with the tables of a project.
///
/// # Errors
/// A key is missing or not known, or a value is of another kind.
pub fn check_tables(own: &[toml::Table]) -> Result<(), String> {
    match merged(own).into_iter().find_map(Result::err) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

fn merged(own: &[toml::Table]) -> Vec<Result<Framework, String>> {
    let mut tables: Vec<toml::Table> =
        TABLES.iter().map(|it| toml::from_str(it).expect("a test reads every embedded table")).collect();
    for table in own {
        let named = |it: &&mut toml::Table| it.get("name") == table.get("name");
        match tables.iter_mut().find(named) {
            Some(known) => merge(known, table),
            None => tables.push(table.clone()),
        }
    }
    let named = |it: &toml::Table| it.get("name").and_then(toml::Value::as_str).unwrap_or("?").to_owned();
    let tables = tables.into_iter().map(|it| (named(&it), it));
    tables
        .map(|(name, it)| {
            it.try_into().map_err(|error: toml::de::Error| format!("`{name}`: {}", error.message()))
        })
        .collect()
}

/// Lists grow, tables are merged, anything else is replaced.
fn merge(known: &mut toml::Table, own: &toml::Table) {
    for (key, value) in own {
        match (known.get_mut(key), value) {
            (Some(toml::Value::Array(known)), toml::Value::Array(more)) => known.extend(more.iter().cloned()),
            (Some(toml::Value::Table(known)), toml::Value::Table(more)) => merge(known, more),
            _ => drop(known.insert(key.clone(), value.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_are_valid() {
        let names: Vec<&str> = ALL.iter().map(|it| it.name.as_str()).collect();
        assert!(names.is_sorted_by_key(|it| it.to_lowercase()), "{names:?}");
        for framework in ALL.iter() {
            let family = [
                !framework.files.is_empty(),
                !framework.construct.is_empty(),
                framework.annotation.is_some(),
                framework.urls.is_some(),
                framework.chains.is_some(),
                framework.scopes.is_some(),
                framework.apis.is_some(),
            ];
            assert!(family.contains(&true), "{}", framework.name);
        }
    }
}
