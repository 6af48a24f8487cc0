//! Pairs routes with operations. Every step is a look-up in a map, so the whole is linear.

use std::collections::{HashMap, HashSet};

use super::exclusion::Pattern;
use super::key::{key, segments, suffixes};
use super::traffic::traffic;
use super::trie::Trie;
use super::{Base, Coverage, CoverageOptions, OperationId, Prefix, Reason, Row, Status, Totals, base};
use crate::model::route::{Confidence, Gateway, Route, Routes};
use crate::model::spec::{Operation, Spec};

/// Compares what is served with what the specs say.
pub fn coverage(all: &Routes, specs: &[Spec], options: &CoverageOptions) -> Coverage {
    let routes = all.routes.as_slice();
    let served = Served::new(routes);
    let configured = options.base_path.as_deref();
    let bases: Vec<Base> =
        specs.iter().map(|spec| best_base(spec, configured, &all.gateways, &served)).collect();
    let mut pairing = Pairing::new(served, documented(specs, &bases));
    pairing.same_requests();
    pairing.other_verb();
    let prefixes = pairing.other_prefix();
    let mut result = Coverage { rows: pairing.rows(), bases, prefixes, ..Coverage::default() };
    let generated = |row: &&mut Row| {
        row.status == Status::Stale
            && row.operation.is_some_and(|it| options.contract_first.contains(&it.spec))
    };
    for row in result.rows.iter_mut().filter(generated) {
        row.status = Status::ContractFirst;
    }
    result.unused_exclusions = exclude(&mut result.rows, routes, &options.exclude);
    result.rows.sort_by(|a, b| {
        (&a.path, &a.method, a.route, a.operation).cmp(&(&b.path, &b.method, b.route, b.operation))
    });
    result.totals = totals(&result.rows, specs);
    result.traffic = traffic(all, specs, &result);
    result
}

/// The routes with what is needed to find them.
struct Served<'a> {
    routes: &'a [Route],
    keys: Vec<String>,
    by_key: HashMap<String, Vec<usize>>,
    trie: Trie,
}

impl<'a> Served<'a> {
    fn new(routes: &'a [Route]) -> Served<'a> {
        let keys: Vec<String> = routes.iter().map(|it| key(&it.path)).collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let mut trie = Trie::default();
        for (i, key) in keys.iter().enumerate() {
            by_key.entry(key.clone()).or_default().push(i);
            trie.insert(key, routes[i].wildcard, i);
        }
        Served { routes, keys, by_key, trie }
    }

    fn at(&self, key: &str) -> &[usize] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// The routes that answer a request for this operation.
    fn answering(&self, key: &str, method: &str) -> Vec<usize> {
        let fits = |&&i: &&usize| verb_fits(&self.routes[i].method, method);
        let exact: Vec<usize> = self.at(key).iter().filter(fits).copied().collect();
        if !exact.is_empty() {
            return exact;
        }
        let slots: Vec<usize> = self.trie.literal_in_slot(key).iter().filter(fits).copied().collect();
        if !slots.is_empty() {
            return slots;
        }
        self.trie.wildcards_above(key).iter().filter(fits).copied().collect()
    }
}

/// Whether a route with this method answers that verb. Servers answer HEAD and OPTIONS by themselves.
fn verb_fits(route: &str, verb: &str) -> bool {
    route == verb || route == "ANY" || verb == "OPTIONS" || (verb == "HEAD" && route == "GET")
}

/// Verbs that a server answers by itself: nobody has to document them.
fn is_implied(method: &str) -> bool {
    matches!(method, "HEAD" | "OPTIONS" | "TRACE" | "CONNECT")
}

/// Whether one verb may stand for the other by mistake. Nobody means a deletion by another verb.
fn may_be_mistaken(served: &str, said: &str) -> bool {
    !is_implied(served) && (served == "DELETE") == (said == "DELETE")
}

fn is_write(method: &str) -> bool {
    matches!(method, "POST" | "PUT" | "PATCH")
}

fn best_base(spec: &Spec, configured: Option<&str>, gateways: &[Gateway], served: &Served<'_>) -> Base {
    let keys: Vec<(String, &str)> =
        spec.operations.iter().map(|it| (key(&it.path), it.method.as_str())).collect();
    let score = |base: &Base| {
        keys.iter().filter(|(key, method)| !served.answering(&base.apply(key), method).is_empty()).count()
    };
    let mut best: Option<(usize, Base)> = None;
    for candidate in base::candidates(spec, configured, gateways) {
        let score = score(&candidate);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, candidate));
        }
    }
    best.expect("no base path is always a candidate").1
}

/// An operation with the key that it has in the code.
struct Documented<'a> {
    id: OperationId,
    operation: &'a Operation,
    key: String,
}

fn documented<'a>(specs: &'a [Spec], bases: &[Base]) -> Vec<Documented<'a>> {
    let mut all = Vec::new();
    for (spec, (it, base)) in specs.iter().zip(bases).enumerate() {
        for (i, operation) in it.operations.iter().enumerate() {
            let id = OperationId { spec, operation: i };
            all.push(Documented { id, operation, key: base.apply(&key(&operation.path)) });
        }
    }
    all
}

/// What has been paired so far.
struct Pairing<'a> {
    served: Served<'a>,
    operations: Vec<Documented<'a>>,
    /// For each route the operation that documents it and how.
    route_pairs: Vec<Vec<(usize, Status)>>,
    /// Operations that a server answers by itself, with the route whose path they have.
    implied: Vec<(usize, usize)>,
    /// Whether an operation has found its route.
    paired: Vec<bool>,
}

impl<'a> Pairing<'a> {
    fn new(served: Served<'a>, operations: Vec<Documented<'a>>) -> Pairing<'a> {
        let (routes, paired) = (vec![Vec::new(); served.routes.len()], vec![false; operations.len()]);
        Pairing { served, operations, route_pairs: routes, implied: Vec::new(), paired }
    }

    fn pair(&mut self, route: usize, operation: usize, status: Status) {
        let (served, said) =
            (&self.served.routes[route].method, &self.operations[operation].operation.method);
        if status == Status::Documented && served != said && served != "ANY" {
            // HEAD beside GET, OPTIONS beside anything: that documents no other verb.
            if !self.paired[operation] {
                self.implied.push((operation, route));
            }
        } else {
            self.route_pairs[route].push((operation, status));
        }
        self.paired[operation] = true;
    }

    fn is_open(&self, route: usize) -> bool {
        self.route_pairs[route].is_empty()
    }

    fn same_requests(&mut self) {
        let mut trie = Trie::default();
        for i in 0..self.operations.len() {
            let it = &self.operations[i];
            trie.insert(&it.key, false, i);
            for route in self.served.answering(&it.key, &it.operation.method) {
                self.pair(route, i, Status::Documented);
            }
        }
        // The other way round: the route has the literal and the spec the parameter.
        for route in 0..self.served.routes.len() {
            if self.is_open(route) {
                for i in trie.literal_in_slot(&self.served.keys[route]) {
                    if verb_fits(&self.served.routes[route].method, &self.operations[i].operation.method) {
                        self.pair(route, i, Status::Documented);
                    }
                }
            }
        }
    }

    /// The path is the same: what is left on both sides differs in the verb.
    fn other_verb(&mut self) {
        for i in 0..self.operations.len() {
            if self.paired[i] {
                continue;
            }
            let said = self.operations[i].operation.method.as_str();
            let verb = |route: usize| self.served.routes[route].method.as_str();
            let candidates = self.served.at(&self.operations[i].key).iter().copied();
            let open = candidates.filter(|&it| self.is_open(it) && may_be_mistaken(verb(it), said));
            if let Some(route) = open.min_by_key(|&it| is_write(verb(it)) != is_write(said)) {
                self.pair(route, i, Status::VerbDiffers);
            }
        }
    }

    /// One path is the end of the other: grouped by what stands before it.
    fn other_prefix(&mut self) -> Vec<Prefix> {
        let groups = self.prefix_groups();
        let mut order: Vec<_> = groups.into_iter().collect();
        order.sort_by(|(a, pairs), (b, others)| others.len().cmp(&pairs.len()).then_with(|| a.cmp(b)));
        let matched: HashSet<usize> = self
            .operations
            .iter()
            .zip(&self.paired)
            .filter(|(_, paired)| **paired)
            .map(|(it, _)| it.id.spec)
            .collect();
        let mut prefixes = Vec::new();
        for ((spec, in_code, prefix), pairs) in order {
            let open: Vec<_> =
                pairs.into_iter().filter(|&(route, i)| self.is_open(route) && !self.paired[i]).collect();
            // One short path that ends alike is chance, unless nothing else speaks against it.
            let long = open.iter().any(|&(_, i)| segments(&self.operations[i].key).count() > 1);
            if open.is_empty() || (open.len() == 1 && !long && matched.contains(&spec)) {
                continue;
            }
            let mut count = 0;
            for (route, i) in open {
                if self.is_open(route) && !self.paired[i] {
                    let certain = self.served.routes[route].confidence == Confidence::Resolved;
                    // An assumed route has lost an unknown prefix: that is the one the spec knows.
                    let status = if certain || in_code {
                        Status::PrefixDiffers(prefixes.len())
                    } else {
                        Status::Documented
                    };
                    count += usize::from(status != Status::Documented);
                    self.pair(route, i, status);
                }
            }
            if count > 0 {
                prefixes.push(Prefix { prefix, in_code, spec, operations: count });
            }
        }
        prefixes
    }

    fn prefix_groups(&self) -> HashMap<(usize, bool, String), Vec<(usize, usize)>> {
        let mut groups: HashMap<(usize, bool, String), Vec<(usize, usize)>> = HashMap::new();
        let mut open_operations: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (i, it) in self.operations.iter().enumerate().filter(|(i, _)| !self.paired[*i]) {
            open_operations.entry((it.operation.method.as_str(), it.key.as_str())).or_default().push(i);
            for (prefix, rest) in suffixes(&it.key) {
                for &route in self.served.at(rest) {
                    if self.is_open(route)
                        && verb_fits(&self.served.routes[route].method, &it.operation.method)
                    {
                        groups.entry((it.id.spec, false, prefix.to_owned())).or_default().push((route, i));
                    }
                }
            }
        }
        for (route, key) in self.served.keys.iter().enumerate().filter(|(route, _)| self.is_open(*route)) {
            let method = self.served.routes[route].method.as_str();
            for (prefix, rest) in suffixes(key) {
                for &i in open_operations.get(&(method, rest)).into_iter().flatten() {
                    let id = self.operations[i].id.spec;
                    groups.entry((id, true, prefix.to_owned())).or_default().push((route, i));
                }
            }
        }
        groups
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (i, route) in self.served.routes.iter().enumerate() {
            let row = |status, operation| Row {
                method: route.method.clone(),
                path: route.path.clone(),
                status,
                route: Some(i),
                operation,
            };
            rows.extend(
                self.route_pairs[i].iter().map(|&(at, status)| row(status, Some(self.operations[at].id))),
            );
            if self.is_open(i) {
                let unresolved = route.wildcard || route.confidence == Confidence::Loose;
                let status = match unresolved {
                    _ if is_implied(&route.method) => Status::Excluded(Reason::Implied),
                    true => Status::Unresolved,
                    false => Status::Undocumented,
                };
                rows.push(row(status, None));
            }
        }
        let of_operation = |i: usize, status, route| Row {
            method: self.operations[i].operation.method.clone(),
            path: self.operations[i].operation.path.clone(),
            status,
            route,
            operation: Some(self.operations[i].id),
        };
        rows.extend(self.implied.iter().map(|&(i, route)| of_operation(i, Status::Documented, Some(route))));
        let stale = (0..self.operations.len()).filter(|&i| !self.paired[i]);
        rows.extend(stale.map(|i| of_operation(i, Status::Stale, None)));
        rows
    }
}

/// Marks what the code or the configuration leaves out on purpose; the exclusions that excluded nothing.
fn exclude(rows: &mut [Row], routes: &[Route], exclusions: &[(String, String)]) -> Vec<usize> {
    let patterns: Vec<Pattern> = exclusions.iter().map(|(pattern, _)| Pattern::new(pattern)).collect();
    let mut used = vec![false; patterns.len()];
    for row in rows.iter_mut().filter(|row| row.status != Status::Documented) {
        let hits = patterns.iter().enumerate().filter(|(_, it)| it.matches(&row.method, &row.path));
        let hits: Vec<usize> = hits.map(|(i, _)| i).collect();
        hits.iter().for_each(|&i| used[i] = true);
        if let Some(&first) = hits.first() {
            row.status = Status::Excluded(Reason::Exclusion(first));
        } else if row.status == Status::Undocumented && row.route.is_some_and(|i| routes[i].hidden) {
            row.status = Status::Excluded(Reason::Hidden);
        } else if row.status == Status::Undocumented && row.route.is_some_and(|i| routes[i].library) {
            row.status = Status::Library;
        }
    }
    used.iter().enumerate().filter(|(_, used)| !**used).map(|(i, _)| i).collect()
}

fn totals(rows: &[Row], specs: &[Spec]) -> Totals {
    let mut totals =
        Totals { operations: specs.iter().map(|it| it.operations.len()).sum(), ..Totals::default() };
    let mut served: HashMap<(&str, String), bool> = HashMap::new();
    let mut paths: HashMap<String, bool> = HashMap::new();
    for row in rows {
        match row.status {
            Status::Documented => {}
            Status::Undocumented => totals.undocumented += 1,
            Status::Stale => totals.stale += 1,
            Status::VerbDiffers => totals.verb_differs += 1,
            Status::PrefixDiffers(_) => totals.prefix_differs += 1,
            Status::Excluded(_) => totals.excluded += 1,
            Status::Unresolved => totals.unresolved += 1,
            Status::Library => totals.library += 1,
            Status::ContractFirst => totals.contract_first += 1,
        }
        let counted = !matches!(row.status, Status::Excluded(_) | Status::Unresolved | Status::Library);
        if counted && row.route.is_some() {
            let documented = row.status == Status::Documented;
            *served.entry((&row.method, key(&row.path))).or_default() |= documented;
            *paths.entry(key(&row.path)).or_default() |= documented;
        }
    }
    (totals.served, totals.documented) = (served.len(), served.values().filter(|it| **it).count());
    (totals.served_paths, totals.documented_paths) = (paths.len(), paths.values().filter(|it| **it).count());
    totals
}

#[cfg(test)]
mod tests;
