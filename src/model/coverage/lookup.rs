//! Asks of single requests whether the application has them: of all that the code serves and the specs say.

use std::collections::{HashMap, HashSet};

use super::OperationId;
use super::base::url_path;
use super::key::{is_parameter, key, segments, suffixes};
use super::trie::Trie;
use crate::model::Project;
use crate::model::route::Confidence;

/// Every known endpoint, from routes and specs alike.
#[derive(Debug, Default)]
pub struct Endpoints {
    known: Vec<Known>,
    trie: Trie,
    /// The ends of known paths: documents leave out what stands before.
    ends: Trie,
    /// Segments that stand before the resource: `api`, `v1`, those of the servers.
    mounts: HashSet<String>,
    /// The resources of known paths (`orders`), and with the literal behind (`orders/search`), each with the number of
    /// segments of the longest path below.
    resources: HashMap<String, usize>,
    /// The names of the specs' servers, lower case.
    hosts: HashSet<String>,
}

#[derive(Debug)]
struct Known {
    /// Upper case, or `ANY`.
    method: String,
    /// As written.
    path: String,
    key: String,
    /// The operation that says so, of those from a spec.
    operation: Option<OperationId>,
    /// Whether method and path are as the application has them: from a spec, or reached from its root.
    sure: bool,
}

/// What is known about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<'a> {
    /// The application has it.
    Known,
    /// The application has the path with these verbs only, ordered.
    OtherVerb(Vec<&'a str>),
    /// The application has no such path.
    Unknown {
        /// How much of it is known: 0 nothing, 1 its resource (`orders`, perhaps misspelt), 2 the literal behind it
        /// too.
        shared: usize,
        /// The method and path that are most like it.
        nearest: Option<(&'a str, &'a str)>,
        /// Whether it differs from the nearest in a slip of one segment only: `/order/7`, `/orders/{id}`.
        slip: bool,
    },
}

impl Endpoints {
    /// The endpoints of a project.
    pub fn new(project: &Project) -> Endpoints {
        let mut all = Endpoints::default();
        let servers = project.specs.iter().flat_map(|it| &it.servers).map(|it| key(url_path(&it.url)));
        let bases = project.coverage.bases.iter().flat_map(|it| [it.inside.clone(), it.outside.clone()]);
        for prefix in servers.chain(bases) {
            all.mounts.extend(segments(&prefix).map(str::to_owned));
        }
        for route in &project.routes.routes {
            let sure = route.confidence == Confidence::Resolved;
            all.add((&route.method, &route.path, sure), key(&route.path), route.wildcard, None);
        }
        for (i, spec) in project.specs.iter().enumerate() {
            let prefixes: HashSet<String> = spec.servers.iter().map(|it| key(url_path(&it.url))).collect();
            for (at, operation) in spec.operations.iter().enumerate() {
                let id = Some(OperationId { spec: i, operation: at });
                let own = key(&operation.path);
                let said = (operation.method.as_str(), operation.path.as_str(), true);
                for prefix in prefixes.iter().filter(|it| !it.is_empty()) {
                    all.add(said, format!("{prefix}{own}"), false, id);
                }
                if let Some(base) = project.coverage.bases.get(i) {
                    all.add(said, base.apply(&own), false, id);
                }
                all.add(said, own, false, id);
            }
            let hosts = spec.servers.iter().filter_map(|it| it.url.split_once("://"));
            let hosts = hosts.filter_map(|(_, it)| it.split(['/', ':']).next());
            all.hosts.extend(hosts.map(str::to_lowercase).filter(|it| it != "localhost"));
        }
        all
    }

    fn add(
        &mut self,
        (method, path, sure): (&str, &str, bool),
        key: String,
        wildcard: bool,
        operation: Option<OperationId>,
    ) {
        let index = self.known.len();
        self.trie.insert(&key, wildcard, index);
        for (_, end) in suffixes(&key).filter(|_| !wildcard) {
            self.ends.insert(end, false, index);
        }
        for (resource, length) in self.resources_of(&key) {
            let longest = self.resources.entry(resource).or_default();
            *longest = length.max(*longest);
        }
        self.known.push(Known { method: method.to_owned(), path: path.to_owned(), key, operation, sure });
    }

    /// Whether nothing is known, so that nothing can be said.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether a host by this name, lower case, serves the application.
    pub fn is_own_host(&self, host: &str) -> bool {
        self.hosts.contains(host)
    }

    /// The operations that a request may be for, ordered; `path` is a template without server. None where many may
    /// be meant.
    pub fn operations(&self, method: &str, path: &str) -> Vec<OperationId> {
        const MANY: usize = 3;
        let asked = key(path);
        if !segments(&asked).any(|it| !is_parameter(it)) {
            return Vec::new();
        }
        let candidates = self.candidates(&asked);
        let known = candidates.iter().map(|&i| &self.known[i]).filter(|it| it.method == method);
        let mut found: Vec<OperationId> = known.filter_map(|it| it.operation).collect();
        found.sort_unstable();
        found.dedup();
        if found.len() > MANY { Vec::new() } else { found }
    }

    /// What is known about a request; `path` is a template without server.
    pub fn answer(&self, method: &str, path: &str) -> Answer<'_> {
        let asked = key(path);
        let found = self.candidates(&asked);
        let fits = |&i: &usize| {
            let it = self.known[i].method.as_str();
            it == method || it == "ANY" || method == "OPTIONS" || (method == "HEAD" && it == "GET")
        };
        if found.iter().any(fits) {
            return Answer::Known;
        }
        // A path that only parameters match, or whose start is unknown, is none to be sure about.
        let literal =
            |key: &str| segments(key).zip(segments(&asked)).any(|(a, b)| a == b && !is_parameter(a));
        if found.iter().any(|&i| !self.known[i].sure || !literal(&self.known[i].key)) {
            return Answer::Known;
        }
        if !found.is_empty() {
            let mut verbs: Vec<&str> = found.iter().map(|&i| self.known[i].method.as_str()).collect();
            verbs.sort_unstable();
            verbs.dedup();
            return Answer::OtherVerb(verbs);
        }
        let resources = self.resources_of(&asked);
        // What lies far below a known path belongs to something else, and a file is none of an API.
        let near = |(it, length): &&(String, usize)| {
            self.resources.get(it).is_some_and(|longest| *length <= longest + 1)
        };
        let is_file = asked.rsplit('/').next().is_some_and(|it| it.contains('.'));
        let shared = if is_file { 0 } else { resources.iter().take_while(near).count() };
        let nearest = self.nearest(method, &asked);
        let slip = nearest.is_some_and(|it| it.sure && is_slip(&it.key, &asked));
        Answer::Unknown {
            shared: shared.max(usize::from(slip)),
            nearest: nearest.map(|it| (it.method.as_str(), it.path.as_str())),
            slip,
        }
    }

    /// The known endpoints with this path, however much of it stands on one side only.
    fn candidates(&self, asked: &str) -> Vec<usize> {
        let mut found = self.trie.literal_in_slot(asked);
        found.extend(self.trie.wildcards_above(asked));
        found.extend(self.ends.literal_in_slot(asked));
        found.extend(suffixes(asked).flat_map(|(_, end)| self.trie.literal_in_slot(end)));
        if found.is_empty() && asked.contains("{}") {
            // `/files/{kind}` stands for `/files/pdf` and `/files/csv`.
            let alike = |it: &&Known| {
                segments(&it.key).count() == segments(asked).count()
                    && segments(&it.key)
                        .zip(segments(asked))
                        .all(|(a, b)| a == b || is_parameter(a) || is_parameter(b))
            };
            found.extend(self.known.iter().enumerate().filter(|(_, it)| alike(it)).map(|(i, _)| i));
        }
        found
    }

    /// The resource of a key, and with the literal behind it, as far as they are literals; each with the number of
    /// segments from the resource on.
    fn resources_of(&self, key: &str) -> Vec<(String, usize)> {
        let own = segments(key).skip_while(|it| self.is_mount(it)).collect::<Vec<_>>();
        let literals = own.iter().take(2).take_while(|it| !is_parameter(it)).count();
        (1..=literals).map(|count| (own[..count].join("/"), own.len())).collect()
    }

    fn is_mount(&self, segment: &str) -> bool {
        let version =
            segment.strip_prefix('v').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
        version || matches!(segment, "api" | "rest") || self.mounts.contains(segment)
    }

    fn nearest(&self, method: &str, asked: &str) -> Option<&Known> {
        let scored = self.known.iter().map(|it| {
            let verb = if it.method == method || it.method == "ANY" { 0.02 } else { 0.0 };
            (likeness(&it.key, asked) + verb, it)
        });
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.path.cmp(&a.1.path)));
        best.filter(|(score, _)| *score > 0.7).map(|(_, it)| it)
    }
}

/// How alike two keys are, from 0 to 1: segment by segment where both have as many, else as text.
fn likeness(known: &str, asked: &str) -> f64 {
    let count = segments(known).count();
    if count == 0 || count != segments(asked).count() {
        return strsim::normalized_levenshtein(known, asked) * 0.9;
    }
    let pairs = segments(known).zip(segments(asked));
    let alike = |(a, b)| if is_parameter(a) { 1.0 } else { strsim::normalized_levenshtein(a, b) };
    pairs.map(alike).sum::<f64>() / count as f64
}

/// Whether two keys differ in one literal only, and that little.
fn is_slip(known: &str, asked: &str) -> bool {
    let same_length = segments(known).count() == segments(asked).count();
    let differ = |(a, b): &(&str, &str)| a != b && !is_parameter(a);
    let mut pairs = segments(known).zip(segments(asked)).filter(differ);
    let first = pairs.next().is_some_and(|(a, b)| strsim::jaro_winkler(a, b) > 0.85);
    same_length && first && pairs.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::route::Route;
    use crate::source::{SourceId, Span};

    fn endpoints(routes: &[(&str, &str)]) -> Endpoints {
        let mut project = Project::default();
        project.routes.routes = routes
            .iter()
            .map(|(method, path)| Route {
                method: (*method).to_owned(),
                path: (*path).to_owned(),
                confidence: Confidence::Resolved,
                framework: "list".to_owned(),
                span: Span::new(SourceId(0), 0..0),
                wildcard: path.ends_with("/{rest}"),
                library: false,
                query: Vec::new(),
                hidden: false,
            })
            .collect();
        Endpoints::new(&project)
    }

    #[test]
    fn requests() {
        let all = endpoints(&[
            ("GET", "/api/orders/{id}"),
            ("POST", "/api/orders"),
            ("GET", "/files/pdf"),
            ("ANY", "/auth/{rest}"),
        ]);
        for (method, path) in [
            ("GET", "/api/orders/7"),
            ("GET", "/api/orders/{orderId}/"),
            ("HEAD", "/api/orders/7"),
            ("GET", "/orders/7"),
            ("POST", "/gateway/api/orders"),
            ("GET", "/files/{kind}"),
            ("PUT", "/auth/session/x"),
        ] {
            assert_eq!(all.answer(method, path), Answer::Known, "{method} {path}");
        }
        assert_eq!(all.answer("DELETE", "/api/orders/7"), Answer::OtherVerb(vec!["GET"]));
        let unknown = all.answer("GET", "/api/order/7");
        assert_eq!(
            unknown,
            Answer::Unknown { shared: 1, nearest: Some(("GET", "/api/orders/{id}")), slip: true }
        );
        assert!(matches!(
            all.answer("GET", "/v2/bills"),
            Answer::Unknown { shared: 0, nearest: None, slip: false }
        ));
    }
}
