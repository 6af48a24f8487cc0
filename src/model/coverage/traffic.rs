//! Requests that somebody saw answered, beside what the specs say: served, whatever the code shows.

use std::collections::{BTreeMap, HashSet};

use super::base::url_path;
use super::key::{key, segments};
use super::trie::Trie;
use super::{Coverage, Status};
use crate::model::route::Routes;
use crate::model::spec::Spec;

/// What the requests of a project say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests that a spec documents.
    pub documented: usize,
    /// Requests of routes that are left undocumented on purpose.
    pub excluded: usize,
    /// What is answered and in no spec, the most frequent first.
    pub undocumented: Vec<Answered>,
}

/// Requests of one verb that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Upper case.
    pub method: String,
    /// The template of the route in the code, else the path that was asked for most.
    pub path: String,
    /// The route in the code, by its index.
    pub route: Option<usize>,
    /// How many paths were asked for.
    pub paths: usize,
    /// How many requests there were.
    pub requests: usize,
}

/// Compares requests with specs and routes.
pub(super) fn traffic(routes: &Routes, specs: &[Spec], coverage: &Coverage) -> Traffic {
    let (operations, verbs) = operations(specs, coverage);
    let mut served = Trie::default();
    for (at, route) in routes.routes.iter().enumerate() {
        served.insert(&key(&route.path), route.wildcard, at);
    }
    let excluded = coverage.rows.iter().filter(|it| matches!(it.status, Status::Excluded(_)));
    let excluded: HashSet<usize> = excluded.filter_map(|it| it.route).collect();

    let mut found = Traffic::default();
    let mut groups: BTreeMap<(&str, String), (Answered, usize)> = BTreeMap::new();
    for request in &routes.requests {
        let key = key(&request.path);
        if operations.literal_in_slot(&key).iter().any(|&it| verbs[it] == request.method) {
            found.documented += request.count;
            continue;
        }
        let fits = |&it: &usize| {
            let method = &routes.routes[it].method;
            method == "ANY" || *method == request.method
        };
        let mut answering = served.literal_in_slot(&key);
        answering.extend(served.wildcards_above(&key));
        let route = answering.into_iter().find(fits);
        if route.is_some_and(|it| excluded.contains(&it)) {
            found.excluded += request.count;
            continue;
        }
        let (path, group) = match route.and_then(|it| routes.routes.get(it)) {
            Some(route) => (route.path.clone(), route.path.clone()),
            None => (request.path.clone(), shape(&key)),
        };
        let (answered, most) = groups.entry((&request.method, group)).or_insert_with(|| {
            let method = request.method.clone();
            (Answered { method, path: path.clone(), route, paths: 0, requests: 0 }, 0)
        });
        answered.paths += 1;
        answered.requests += request.count;
        if request.count > *most {
            (answered.path, *most) = (path, request.count);
        }
    }
    found.undocumented = groups.into_values().map(|(it, _)| it).collect();
    found.undocumented.sort_by_key(|it| std::cmp::Reverse(it.requests));
    found
}

/// Every operation below every base path that it may have, with its verb.
fn operations<'s>(specs: &'s [Spec], coverage: &Coverage) -> (Trie, Vec<&'s str>) {
    let (mut trie, mut verbs) = (Trie::default(), Vec::new());
    for (at, spec) in specs.iter().enumerate() {
        let servers = spec.servers.iter().map(|it| key(url_path(&it.url)));
        let mut prefixes: Vec<String> = servers.chain([String::new()]).collect();
        prefixes.sort();
        prefixes.dedup();
        for operation in &spec.operations {
            let own = key(&operation.path);
            let based = coverage.bases.get(at).map(|it| it.apply(&own));
            for path in prefixes.iter().map(|it| format!("{it}{own}")).chain(based) {
                trie.insert(&path, false, verbs.len());
                verbs.push(operation.method.as_str());
            }
        }
    }
    (trie, verbs)
}

/// A path without what tells one thing from the next, so that a thousand orders are one line. Only for counting: what is
/// shown is a path that somebody asked for.
fn shape(key: &str) -> String {
    let is_id = |it: &str| {
        let digits = it.chars().filter(char::is_ascii_digit).count();
        let hex = it.len() >= 8 && it.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        digits == it.len() || (hex && digits > 0) || (it.len() >= 16 && digits >= 4)
    };
    segments(key).map(|it| if is_id(it) { "/{}".to_owned() } else { format!("/{it}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coverage::{CoverageOptions, coverage};
    use crate::model::route::{Confidence, Request, Route};
    use crate::source::{SourceId, Span};

    #[test]
    fn what_is_answered_and_in_no_spec_is_counted() {
        let route = |method: &str, path: &str| Route {
            method: method.to_owned(),
            path: path.to_owned(),
            confidence: Confidence::Resolved,
            framework: "x".to_owned(),
            span: Span::new(SourceId(0), 0..0),
            wildcard: false,
            library: false,
            query: Vec::new(),
            hidden: path == "/health",
        };
        let request = |method: &str, path: &str, count| Request {
            method: method.to_owned(),
            path: path.to_owned(),
            count,
            source: SourceId(0),
        };
        let routes = Routes {
            routes: vec![route("GET", "/kilns/{id}"), route("GET", "/health"), route("POST", "/kilns")],
            requests: vec![
                request("GET", "/health", 9),
                request("GET", "/kilns/17", 4),
                request("GET", "/kilns/18", 1),
                request("GET", "/old/1", 2),
                request("GET", "/old/2", 3),
                request("POST", "/kilns", 5),
            ],
            ..Routes::default()
        };
        let found = coverage(&routes, &[], &CoverageOptions::default()).traffic;
        let lines: Vec<String> = found
            .undocumented
            .iter()
            .map(|it| {
                format!("{} {} {} {} {}", it.requests, it.paths, it.method, it.path, it.route.is_some())
            })
            .collect();
        assert_eq!(lines, ["5 2 GET /kilns/{id} true", "5 2 GET /old/2 false", "5 1 POST /kilns true"]);
        assert_eq!((found.documented, found.excluded), (0, 9));
    }
}
