//! The `[annotation]` table of a framework: which annotations of classes and methods mean what.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::parse::routes::framework::Place;

/// How a framework's annotations are read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Annotations {
    /// A class with one of these is served.
    pub(super) serves: Vec<String>,
    /// A class derived from one of these is served.
    pub(super) serves_bases: Vec<String>,
    /// A class whose name ends so is served.
    pub(super) serves_endings: Vec<String>,
    /// A class with a path is served.
    pub(super) serves_paths: bool,
    /// Every class with a route is served, where the routing files import it.
    pub(super) serves_any: bool,
    /// Files that import the routes of folders, below a prefix; `*` stands for a file's name.
    pub(super) routing: Vec<String>,
    /// Classes are resources, whose operations have paths that the library makes.
    pub(super) operations: bool,
    /// The method that is a route with the annotations of its class, where no method has any.
    pub(super) invoked: Option<String>,
    /// An annotation with one of these arguments does not always hold.
    pub(super) unless: Vec<String>,
    /// Positional arguments are one list.
    pub(super) varargs: bool,
    /// A class with one of these calls another application.
    pub(super) clients: Vec<String>,
    /// Annotations of a class, with where they say its prefix.
    pub(in crate::parse::routes) class: BTreeMap<String, Mapping>,
    /// Annotations of a method.
    pub(in crate::parse::routes) method: BTreeMap<String, Mapping>,
    /// A method with one of these is no route.
    pub(super) excludes: Vec<String>,
    /// What keeps routes out of the generated spec: the annotation, and the argument that must be true,
    /// where it takes one.
    pub(in crate::parse::routes) hides: BTreeMap<String, String>,
    /// A class may be served without a word of the framework in its file.
    pub(super) inherited: bool,
    /// Whether a class is given the annotations of its interfaces.
    pub(super) interfaces: bool,
    /// A method with a path and no verb returns an object whose methods are routes below it.
    pub(super) locators: bool,
    /// A method's path that starts with one of these has no prefix.
    pub(super) absolute: Vec<String>,
    /// `[controller]` and `[action]` stand for the names of class and method.
    pub(super) tokens: bool,
    /// A project's own attribute is a class derived from a known one, and hands arguments to its constructor.
    pub(super) derived: bool,
    /// The annotations that give the prefix of a whole application.
    pub(super) applications: Vec<String>,
    /// How a servlet container is told of the framework.
    pub(super) servlets: Option<Servlets>,
    /// Keys of the configuration whose values stand before every path: of each list the first that is set.
    pub(super) settings: Vec<Vec<String>>,
    /// The annotation and the class of methods that return routes, with the words of the functions.
    pub(super) functional: Option<Functional>,
    /// The annotation of interfaces that a library serves as collections.
    pub(super) repositories: Option<String>,
    /// Classes that say their route by calls in one of their methods.
    pub(super) configured: Option<Configured>,
    /// The classes that list the classes that are served, from the application down.
    pub(in crate::parse::routes) modules: Option<Modules>,
}

/// What an annotation says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Mapping {
    /// Where the path stands.
    pub(in crate::parse::routes) path: Vec<Place>,
    /// The verbs that it always stands for.
    pub(in crate::parse::routes) verbs: Vec<String>,
    /// Where the verbs stand.
    pub(super) methods: Vec<Place>,
    /// The verbs where none are said.
    pub(super) default_methods: Vec<String>,
}

impl Mapping {
    /// Whether it is about verbs at all.
    pub(super) fn has_verbs(&self) -> bool {
        !self.verbs.is_empty() || !self.methods.is_empty() || !self.default_methods.is_empty()
    }
}

/// How a servlet container is told of a framework.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Servlets {
    /// The framework's servlets, by the last part of their names.
    pub(super) classes: Vec<String>,
    /// Names of servlets that stand for the framework without a class.
    pub(super) names: Vec<String>,
    /// Parameters that only the framework's servlets take, by the first part of their names.
    pub(super) parameters: Vec<String>,
    /// Methods that return the patterns.
    pub(super) methods: Vec<String>,
    /// Methods that are told a pattern of the framework and nothing else.
    pub(super) patterns: Vec<String>,
}

/// Routes that functions put together.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Functional {
    /// The annotation of a method whose value is served.
    pub(super) serves: String,
    /// The type of that value.
    pub(super) returns: String,
    /// Functions that take a block of declarations.
    pub(super) builders: Vec<String>,
}

/// Classes that say their route by calls.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Configured {
    /// What such a class is derived from.
    pub(super) bases: Vec<String>,
    /// The method that calls; of a group the one that its constructor calls with a prefix.
    pub(super) method: String,
    /// Calls that are told paths, with their verb.
    pub(super) verbs: BTreeMap<String, String>,
    /// Attributes of the class that are told paths, with their verb.
    pub(super) attributes: BTreeMap<String, String>,
    /// The calls that are told paths alone and verbs alone.
    pub(super) paths: String,
    pub(super) methods: String,
    /// The call that names a group.
    pub(super) group: String,
    /// The setting that stands before every path, and the call that takes its place.
    pub(super) prefix: String,
    pub(super) replaces: String,
}

/// Modules of an application, as in NestJS.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Modules {
    /// The decorator of a module.
    pub(in crate::parse::routes) decorator: String,
    /// The keys of its argument that list other modules and the classes that are served.
    pub(in crate::parse::routes) imports: String,
    pub(in crate::parse::routes) controllers: String,
    /// The methods of an application that put a prefix or a version before every path.
    pub(in crate::parse::routes) prefix: String,
    pub(in crate::parse::routes) versioning: String,
    /// The decorator that says a version.
    pub(in crate::parse::routes) version: String,
    /// Functions that are told the paths of modules.
    pub(in crate::parse::routes) register: Vec<String>,
    /// Methods of the application's settings that are told the dotted name of one.
    pub(in crate::parse::routes) setting: Vec<String>,
    /// Functions that are told the name of a group of settings and a function that returns it.
    pub(in crate::parse::routes) settings: Vec<String>,
    /// Functions that are told, by `load`, functions that return all settings.
    pub(in crate::parse::routes) load: Vec<String>,
}
