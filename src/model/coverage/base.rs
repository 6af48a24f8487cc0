//! The base path of a spec: what stands between its paths and the routes of the code.

use crate::model::spec::Spec;

/// What is done to the paths of a spec before they are compared with routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// `/api/v1`, or empty.
    pub path: String,
    /// Where it comes from.
    pub origin: BaseOrigin,
    /// True: code serves it, so it is put before every path of the spec. False: it is added in front of the
    /// code, so it is taken off.
    pub served_by_code: bool,
}

/// Where a base path comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseOrigin {
    /// No base path matches better.
    None,
    /// A server of the spec.
    Server,
    /// The configuration.
    Configuration,
}

impl BaseOrigin {
    /// The words in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            BaseOrigin::None => "none",
            BaseOrigin::Server => "servers",
            BaseOrigin::Configuration => "configuration",
        }
    }
}

impl Base {
    /// The path under which a spec documents a route; the opposite of what is done to compare them.
    pub fn documented(&self, route: &str) -> String {
        let below = |path: &str| -> Option<String> {
            let rest = path.strip_prefix(&self.path)?;
            (rest.is_empty() || rest.starts_with('/'))
                .then(|| if rest.is_empty() { "/" } else { rest }.to_owned())
        };
        match self.served_by_code {
            true => below(route).unwrap_or_else(|| route.to_owned()),
            false => format!("{}{route}", self.path),
        }
    }

    /// The key that an operation's key has in the code.
    pub(super) fn apply(&self, key: &str) -> String {
        if self.served_by_code {
            return format!("{}{key}", self.path);
        }
        let rest = key.strip_prefix(&self.path).filter(|it| it.is_empty() || it.starts_with('/'));
        rest.unwrap_or(key).to_owned()
    }
}

/// Every base path that a spec may have, the preferred first where two match alike.
pub(super) fn candidates(spec: &Spec, configured: Option<&str>) -> Vec<Base> {
    let base = |path: String, origin, served_by_code| Base { path, origin, served_by_code };
    let mut found = Vec::new();
    if let Some(path) = configured.map(super::key::key).filter(|it| !it.is_empty()) {
        found.push(base(path.clone(), BaseOrigin::Configuration, true));
        found.push(base(path, BaseOrigin::Configuration, false));
    }
    for server in &spec.servers {
        let path = super::key::key(url_path(&server.url));
        if !path.is_empty() && !found.iter().any(|it| it.served_by_code && it.path == path) {
            found.push(base(path, BaseOrigin::Server, true));
        }
    }
    found.push(base(String::new(), BaseOrigin::None, true));
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
