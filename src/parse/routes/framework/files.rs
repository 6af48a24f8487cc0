//! The tables of frameworks whose routes are files.

use serde::Deserialize;

use crate::parse::routes::lower::Language;

/// Files that are routes by where they lie.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct FileRule {
    /// Folders below a package that has the framework.
    pub(in crate::parse::routes) roots: Vec<String>,
    /// Names of files, without suffix, that declare routes; empty for all.
    #[serde(default)]
    pub(in crate::parse::routes) names: Vec<String>,
    /// Names of files that stand for their folder.
    #[serde(default)]
    pub(in crate::parse::routes) index: Vec<String>,
    /// Put before the path below the root.
    #[serde(default)]
    pub(in crate::parse::routes) prefix: String,
    /// Folders that do not show in the path; `*` stands for anything.
    #[serde(default)]
    pub(in crate::parse::routes) drop: Vec<String>,
    /// Folders and files that are no routes.
    #[serde(default)]
    pub(in crate::parse::routes) skip: Vec<String>,
    /// Folders and files by which a route is not certain to be meant for others.
    #[serde(default)]
    pub(in crate::parse::routes) doubtful: Vec<String>,
    pub(in crate::parse::routes) verbs: FileVerbs,
    /// Exports that serve any verb.
    #[serde(default)]
    pub(in crate::parse::routes) any: Vec<String>,
    /// Verbs may be exported in lower case, where none is in upper case.
    #[serde(default)]
    pub(in crate::parse::routes) lowercase: bool,
    /// How a file's name becomes a path.
    #[serde(default)]
    pub(in crate::parse::routes) naming: Naming,
    /// The language of the files, where it is not the framework's.
    #[serde(default)]
    pub(in crate::parse::routes) language: Option<Language>,
    /// Nothing else has such a folder: no manifest has to name the framework.
    #[serde(default)]
    pub(in crate::parse::routes) evident: bool,
    /// Only at the top of a package that the framework's manifest or configuration lies in.
    #[serde(default)]
    pub(in crate::parse::routes) own_package: bool,
    /// Settings that name the folder in which the roots lie, or the root itself where there are none.
    #[serde(default)]
    pub(in crate::parse::routes) setting: Vec<String>,
    /// A command in the scripts of `package.json` that names the folder, too.
    #[serde(default)]
    pub(in crate::parse::routes) command: Option<String>,
    /// Configuration files with which the roots lie in the package itself when no setting says otherwise.
    #[serde(default)]
    pub(in crate::parse::routes) bare: Vec<String>,
}

/// Where the verbs of a route file come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::parse::routes) enum FileVerbs {
    /// The names that the file exports.
    Exports,
    /// What the default export, or an export called `handler`, asks of the request's method.
    Handler,
    /// The names that the file exports; else what its handler asks for.
    ExportsOrHandler,
    /// Only what says itself where it is served.
    OwnPath,
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
pub(in crate::parse::routes) enum Naming {
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
pub(in crate::parse::routes) struct BaseSetting {
    /// Dots go down into objects: `app.baseURL`.
    pub(in crate::parse::routes) keys: Vec<String>,
}

/// How handlers are registered that lie anywhere.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Register {
    /// Settings that are lists of handlers.
    #[serde(default)]
    pub(in crate::parse::routes) lists: Vec<String>,
    /// Functions that register the handler that is their argument.
    #[serde(default)]
    pub(in crate::parse::routes) calls: Vec<String>,
    /// Folders of a package with modules that are used without being named.
    #[serde(default)]
    pub(in crate::parse::routes) folders: Vec<String>,
}

/// What a framework's rewrites are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::parse::routes) enum Rewrites {
    /// A further path for what has one already.
    Alias,
    /// The path that the public knows; the file's own is an internal name.
    Public,
}
