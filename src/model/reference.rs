//! What documents refer to: files, scripts, targets, services, variables, endpoints, each with its place.
//!
//! A reference stands here only if a reader of the repository would follow it: what the page itself creates or
//! downloads, what runs on another machine or in another repository, and what has a slot for the reader is left out.

use super::repository::Runner;
use crate::source::Span;

/// A mention of something that the repository, or the application, should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What is meant.
    pub target: Target,
    /// The very words.
    pub span: Span,
    /// The folder in which a reader would follow it, relative to the root: that of the page, or where the commands
    /// before have led. Paths count from here, or from a folder above.
    pub folder: String,
    /// Whether it stands in a command to be run; otherwise in running text, a heading or a table.
    pub in_command: bool,
}

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A script that is run.
    Script {
        /// As written: relative, or from the root with `/`.
        path: String,
        /// Whether it is run by its own name (`./x.sh`), so that it must be executable.
        direct: bool,
    },
    /// A file or folder that a command reads, or that the text names; relative, or from the root with `/`.
    File(String),
    /// A script of a package.json.
    NpmScript(String),
    /// A target, recipe or task.
    Task {
        /// Who runs it.
        runner: Runner,
        /// Its name.
        name: String,
    },
    /// A compose file that a command names.
    ComposeFile(String),
    /// A service of a compose file.
    Service(String),
    /// An environment variable that is set or used.
    Variable(String),
    /// A request to the application.
    Endpoint {
        /// Upper case.
        method: String,
        /// An OpenAPI template: `/orders/{}`, without server and query.
        path: String,
        /// Whose it is.
        server: Server,
    },
}

/// To whom a request goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Server {
    /// Nobody is named: `GET /orders`.
    Unnamed,
    /// This machine (`localhost:8080`), or a variable or slot (`$BASE_URL`), as written.
    Own(String),
    /// A host by name, lower case, without a port.
    Named(String),
}
