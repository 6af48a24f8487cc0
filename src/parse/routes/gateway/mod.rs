//! What stands in front of the application and changes paths on their way: `/api/orders` outside, `/orders` inside.
//! The prefix is then in no line of the code, and it is what the spec writes.

mod kubernetes;
mod nginx;

use crate::model::route::Gateway;
use crate::parse::tree;
use crate::source::{SourceId, Sources, Span};

/// Whether a file may be the configuration of a gateway that nothing else reads.
pub(super) fn wants(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_template = name.ends_with(".conf.template") || name.ends_with(".conf.tmpl");
    (name.ends_with(".conf") || is_template)
        && (path.to_ascii_lowercase().contains("nginx") || name.starts_with("default."))
}

/// Every change of a path's beginning, in the order of the files.
pub(super) fn read(sources: &Sources) -> Vec<Gateway> {
    let mut found = Vec::new();
    for (id, source) in sources.iter() {
        let (path, text) = (source.path.as_str(), &*source.text);
        if wants(path) {
            nginx::read(id, text, &mut found);
        } else if (path.ends_with(".yaml") || path.ends_with(".yml")) && kubernetes::may_concern(text) {
            let (tree, _) = tree::parse(path, text);
            tree.documents(text).for_each(|it| kubernetes::read(id, it, &mut found));
        }
    }
    found.sort_by(|a, b| (&a.outside, &a.inside).cmp(&(&b.outside, &b.inside)));
    found.dedup_by(|a, b| (&a.outside, &a.inside) == (&b.outside, &b.inside));
    found
}

/// Adds a change, if it is one of a constant beginning.
fn add(
    found: &mut Vec<Gateway>,
    outside: &str,
    inside: &str,
    source: SourceId,
    span: std::ops::Range<usize>,
) {
    let outside = outside.trim_end_matches('/');
    let inside = inside.trim_end_matches('/');
    let constant = |it: &str| {
        it.is_empty() || (it.starts_with('/') && !it.contains(['(', '[', '\\', '^', '*', '$', '{', '~', ' ']))
    };
    if outside != inside && constant(outside) && constant(inside) {
        found.push(Gateway {
            outside: outside.to_owned(),
            inside: inside.to_owned(),
            span: Span::new(source, span),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn check(path: &str, text: &str, expected: &[(&str, &str)]) {
        let sources = Sources::new(vec![Source::new(path, text)]);
        let found = read(&sources);
        let pairs: Vec<(&str, &str)> =
            found.iter().map(|it| (it.outside.as_str(), it.inside.as_str())).collect();
        assert_eq!(pairs, expected, "{text}");
        assert!(found.iter().all(|it| !sources.text(it.span).is_empty()));
    }

    #[test]
    fn nginx() {
        check(
            "deploy/nginx.conf",
            "server {\n  # location /old/ { proxy_pass http://old/; }\n  location /api/ {\n    proxy_pass http://app:8000/;\n  }\n\
             \x20 location /same/ { proxy_pass http://app:8000; }\n\
             \x20 location /v2 { proxy_pass http://app/internal/v2; }\n\
             \x20 location /shop/ {\n    rewrite ^/shop/(.*)$ /$1 break;\n    proxy_pass http://shop;\n  }\n\
             \x20 location ~ ^/regex { proxy_pass http://app; }\n}\n",
            &[("/api", ""), ("/shop", ""), ("/v2", "/internal/v2")],
        );
        check("other.conf", "location /api/ { proxy_pass http://a/; }", &[]);
        check("nginx/a.conf", "location /api/ { proxy_pass \"http://a", &[]);
    }

    #[test]
    fn kubernetes() {
        check(
            "k8s/ingress.yaml",
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  annotations:\n    nginx.ingress.kubernetes.io/rewrite-target: /$2\n\
             spec:\n  rules:\n    - http:\n        paths:\n          - path: /api(/|$)(.*)\n            backend: {service: {name: a}}\n",
            &[("/api", "")],
        );
        check("k8s/plain.yaml", "kind: Ingress\nspec:\n  rules:\n    - http: {paths: [{path: /api}]}\n", &[]);
        check(
            "k8s/strip.yaml",
            "kind: Middleware\nspec:\n  stripPrefix:\n    prefixes:\n      - /api\n---\nkind: HTTPRoute\nspec:\n  rules:\n\
             \x20   - matches: [{path: {type: PathPrefix, value: /shop}}]\n\
             \x20     filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v1}}}]\n",
            &[("/api", ""), ("/shop", "/v1")],
        );
    }
}
