//! The tables of the family of blocks: which words of a framework nest, declare and include.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Lists of URL patterns that include each other, with views that know their verbs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Urls {
    /// The setting that names the module with the outermost list.
    pub(super) root: String,
    /// The name of the list in its module.
    pub(super) list: String,
    /// The library whose functions these are.
    pub(super) library: String,
    /// Functions that take a path template and a view.
    pub(super) template: Vec<String>,
    /// Functions that take a regular expression and a view.
    pub(super) regex: Vec<String>,
    /// Functions that stand for another list.
    pub(super) include: Vec<String>,
    /// Functions whose patterns stand below the language.
    pub(super) locale: Vec<String>,
    /// Functions that return the patterns they are given.
    pub(super) same: Vec<String>,
    /// Decorators with the verbs they let pass.
    pub(super) decorators: BTreeMap<String, Vec<String>>,
    /// Decorators that are told the verbs.
    pub(super) verb_argument: Vec<String>,
    /// Views of libraries with the verbs they answer.
    pub(super) views: BTreeMap<String, Vec<String>>,
    /// Classes that viewsets are registered on.
    pub(super) routers: Vec<String>,
    /// Such classes that stand below an object of another router.
    pub(super) nested_routers: Vec<String>,
    /// Bases of viewsets with the methods they bring along.
    pub(super) mixins: BTreeMap<String, Vec<String>>,
    /// Methods of a viewset with their verb, and `detail` where they are about one object.
    pub(super) actions: BTreeMap<String, String>,
    /// Decorators of further methods that a router declares.
    pub(super) action: Vec<String>,
    /// Such routers that list what they serve at their own path.
    pub(super) listing_routers: Vec<String>,
    /// The attribute by which a router leaves that list out.
    pub(super) listing: String,
    /// Modules of libraries with the routes of their lists: `VERBS path`.
    pub(super) provides: BTreeMap<String, Vec<String>>,
}

/// Chains of calls on a facade that declare routes and open groups.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Chains {
    /// The words that such a chain starts with.
    pub(super) receivers: Vec<String>,
    pub(super) group: Vec<String>,
    pub(super) prefix: Vec<String>,
    /// Methods that declare a route, with its verbs; the path is the first argument.
    pub(super) verbs: BTreeMap<String, Vec<String>>,
    /// Methods that are told the verbs first.
    #[serde(rename = "match")]
    pub(super) matching: Vec<String>,
    pub(super) resource: Vec<String>,
    pub(super) api_resource: Vec<String>,
    pub(super) singleton: Vec<String>,
    pub(super) api_singleton: Vec<String>,
    /// Narrows the routes of a resource.
    pub(super) only: Vec<String>,
    pub(super) except: Vec<String>,
    /// Says what a parameter looks like.
    #[serde(rename = "where")]
    pub(super) pattern: Vec<String>,
    /// Opens a group of a router of its own, whose prefix its settings say.
    pub(super) version: Vec<String>,
    /// Calls that run another file of routes.
    pub(super) load: Vec<String>,
    /// Functions that list the files of a folder.
    pub(super) files: Vec<String>,
    pub(super) action: Vec<Action>,
    /// Methods of a library that declare many routes at once.
    #[serde(default)]
    pub(super) bundle: Vec<Bundle>,
}

/// A method of a library that declares many routes at once: `Auth::routes()`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Bundle {
    pub(super) facade: String,
    pub(super) method: String,
    /// Other calls that do the same.
    #[serde(default)]
    pub(super) also: Vec<String>,
    pub(super) part: Vec<BundlePart>,
}

/// Routes that an option of the method lets in or leaves out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BundlePart {
    pub(super) option: String,
    /// `METHOD path`
    pub(super) routes: Vec<String>,
    /// It is there where no option is given.
    #[serde(default)]
    pub(super) usual: bool,
    /// The end of a file without which it is not there.
    #[serde(default)]
    pub(super) file: Option<String>,
}

/// A route of a resource.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) verbs: Vec<String>,
    /// Below the resource's path; `{}` stands for its parameter.
    pub(super) path: String,
    /// The kinds of resources that have it.
    pub(super) of: Vec<String>,
}

/// Words that open scopes and declare routes in them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Scopes {
    /// The files that the framework reads, below an application or an engine.
    pub(super) files: Vec<String>,
    /// Opens the outermost scope; with a name it reads another file.
    pub(super) draw: Vec<String>,
    pub(super) namespace: Vec<String>,
    pub(super) scope: Vec<String>,
    pub(super) resources: Vec<String>,
    /// A resource of which there is one.
    pub(super) resource: Vec<String>,
    pub(super) root: Vec<String>,
    /// Declares a route and is told its verbs.
    #[serde(rename = "match")]
    pub(super) matching: Vec<String>,
    pub(super) mount: Vec<String>,
    /// Names a block, to be run where `concerns` names it.
    pub(super) concern: Vec<String>,
    pub(super) concerns: Vec<String>,
    /// Gives options to every word of its block.
    pub(super) options: Vec<String>,
    pub(super) collection: Vec<String>,
    pub(super) member: Vec<String>,
    pub(super) nested: Vec<String>,
    /// Opens the page with the form for a new object of a resource.
    pub(super) page: Vec<String>,
    pub(super) shallow: Vec<String>,
    /// Runs the text of a file.
    pub(super) eval: Vec<String>,
    /// Makes the methods of a module words.
    pub(super) extend: Vec<String>,
    /// The class whose methods are the words.
    pub(super) mapper: String,
    /// Words whose blocks declare no routes.
    pub(super) skip: Vec<String>,
    pub(super) verbs: BTreeMap<String, String>,
    pub(super) action: Vec<Action>,
    /// Words of libraries that declare many routes at once.
    #[serde(default)]
    pub(super) library: Vec<Library>,
}

/// A word of a library that declares many routes at once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Library {
    pub(super) word: String,
    /// The path where the word is given no name of a model.
    #[serde(default)]
    pub(super) path: String,
    /// The option that says another path.
    #[serde(default = "path_option")]
    pub(super) path_option: String,
    /// The call in a model's class that names the parts that are there; all of them where there is no such call.
    #[serde(default)]
    pub(super) model: Option<String>,
    pub(super) part: Vec<Part>,
}

fn path_option() -> String {
    "path".to_owned()
}

/// Routes of a library that are there or not together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Part {
    pub(super) name: String,
    /// Other parts that declare the same.
    #[serde(default)]
    pub(super) also: Vec<String>,
    /// The word by which an application leaves it out.
    pub(super) skip: String,
    /// `METHOD path`; `{sign_in}` is the word itself unless the application gives it another name.
    pub(super) routes: Vec<String>,
    /// Most models have it.
    #[serde(default)]
    pub(super) usual: bool,
}

/// Classes whose bodies declare routes, started or mounted by others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Apis {
    /// The classes of the library that these are derived from.
    pub(super) bases: Vec<String>,
    /// Libraries that let a file declare routes outside of a class.
    #[serde(default)]
    pub(super) classic: Vec<String>,
    #[serde(default)]
    pub(super) prefix: Vec<String>,
    #[serde(default)]
    pub(super) version: Vec<String>,
    pub(super) namespace: Vec<String>,
    /// A path stands behind that of its namespace without a slash between.
    #[serde(default)]
    pub(super) appends: bool,
    /// Opens a scope below a parameter of this name.
    #[serde(default)]
    pub(super) parameter: Vec<String>,
    #[serde(default)]
    pub(super) mount: Vec<String>,
    /// Declares a route and is told the verbs first.
    #[serde(default)]
    pub(super) route: Vec<String>,
    pub(super) verbs: BTreeMap<String, String>,
    /// A verb without a path is something else.
    #[serde(default)]
    pub(super) verb_needs_path: bool,
}

/// Classes whose methods say their paths, and which an application is told of one by one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Exposed {
    /// The decorator of a method that is served: its path and its verbs.
    pub(super) decorator: String,
    /// Methods of the application that are told a class.
    pub(super) register: Vec<String>,
    /// The attribute, or the argument, that names the class of the first page.
    pub(super) index: String,
    /// The attribute of a class with what stands before its paths.
    pub(super) base_path: String,
    /// The attribute with the name of an API, in its path after the version.
    pub(super) name: String,
    /// The attribute with the version of an API, and the usual one.
    pub(super) version: [String; 2],
    /// The attribute that lists the methods which are served, where not all of them are.
    pub(super) include: String,
    /// The attribute that lists those which are not.
    pub(super) exclude: String,
    /// The classes of the library.
    pub(super) base: BTreeMap<String, ExposedBase>,
}

/// What a class of the library brings along.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ExposedBase {
    /// It stands below the version of an API.
    #[serde(default)]
    pub(super) api: bool,
    #[serde(default)]
    pub(super) base_path: Option<String>,
    /// `method VERBS path`
    #[serde(default)]
    pub(super) methods: Vec<String>,
}
