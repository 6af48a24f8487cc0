//! The base path of a spec: what stands between its paths and the routes of the code.

use crate::model::route::Gateway;
use crate::model::spec::Spec;
use crate::source::{Sources, Span};

/// What is done to the paths of a spec before they are compared with routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// What stands before the paths of the spec and something in front of the code takes off: `/api`, or empty.
    pub outside: String,
    /// What the code has before the paths of the spec: `/api/v1`, or empty.
    pub inside: String,
    /// Where it comes from.
    pub origin: BaseOrigin,
}

/// Where a base path comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseOrigin {
    /// No base path matches better.
    None,
    /// A server of the spec.
    Server,
    /// What stands in front of the application: the place says so.
    Gateway(Span),
    /// The configuration.
    Configuration,
}

impl Base {
    /// What is put before or taken off and who says so: "base path `/api` (from deploy/nginx.conf:12)".
    pub fn words(&self, sources: &Sources) -> String {
        let origin = match self.origin {
            BaseOrigin::None => return "paths are compared as they stand".to_owned(),
            BaseOrigin::Server => "servers".to_owned(),
            BaseOrigin::Configuration => "configuration".to_owned(),
            BaseOrigin::Gateway(span) => {
                let source = sources.get(span.source);
                format!("{}:{}", source.path, source.position(span.start).line)
            }
        };
        match (self.outside.as_str(), self.inside.as_str()) {
            (one, "") | ("", one) => format!("base path `{one}` (from {origin})"),
            (outside, inside) => format!("base path `{outside}`, `{inside}` in the code (from {origin})"),
        }
    }

    /// The path under which a spec documents a route; the opposite of what is done to compare them.
    pub fn documented(&self, route: &str) -> String {
        let rest = route.strip_prefix(&self.inside).filter(|it| it.is_empty() || it.starts_with('/'));
        let path = format!("{}{}", self.outside, rest.unwrap_or(route));
        if path.is_empty() { "/".to_owned() } else { path }
    }

    /// The key that an operation's key has in the code.
    pub(super) fn apply(&self, key: &str) -> String {
        let rest = key.strip_prefix(&self.outside).filter(|it| it.is_empty() || it.starts_with('/'));
        match rest {
            Some(rest) => format!("{}{rest}", self.inside),
            None => key.to_owned(),
        }
    }
}

/// Every base path that a spec may have, the preferred first where two match alike.
pub(super) fn candidates(spec: &Spec, configured: Option<&str>, gateways: &[Gateway]) -> Vec<Base> {
    let mut found: Vec<Base> = Vec::new();
    let mut add = |outside: &str, inside: &str, origin| {
        let is_new = !found.iter().any(|it| it.outside == outside && it.inside == inside);
        if is_new && (outside, inside) != ("", "") {
            found.push(Base { outside: outside.to_owned(), inside: inside.to_owned(), origin });
        }
    };
    if let Some(path) = configured.map(super::key::key) {
        add("", &path, BaseOrigin::Configuration);
        add(&path, "", BaseOrigin::Configuration);
    }
    for server in &spec.servers {
        add("", &super::key::key(url_path(&server.url)), BaseOrigin::Server);
    }
    for it in gateways {
        let (outside, inside) = (super::key::key(&it.outside), super::key::key(&it.inside));
        add(&outside, &inside, BaseOrigin::Gateway(it.span));
        // The server of the spec may have said the outer part.
        add("", &inside, BaseOrigin::Gateway(it.span));
    }
    found.push(Base { outside: String::new(), inside: String::new(), origin: BaseOrigin::None });
    found
}

/// The path of a URL, absolute or relative to a host.
pub(super) fn url_path(url: &str) -> &str {
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url.strip_prefix("//").map_or(url, |rest| rest.find('/').map_or("", |at| &rest[at..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_urls() {
        for (url, path) in [
            ("https://a.example/api/v1", "/api/v1"),
            ("https://a.example", ""),
            ("/api", "/api"),
            ("//a.example/x", "/x"),
            ("", ""),
        ] {
            assert_eq!(url_path(url), path, "{url}");
        }
    }
}
