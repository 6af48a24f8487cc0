//! Kubernetes: Ingress with ingress-nginx's `rewrite-target`, the Gateway API's `URLRewrite`, Traefik's `stripPrefix`.

use super::add;
use crate::model::route::Gateway;
use crate::model::tree::View;
use crate::source::SourceId;

/// Whether a YAML file may hold one of these; a cheap look before it is parsed.
pub(super) fn may_concern(text: &str) -> bool {
    ["rewrite-target", "URLRewrite", "stripPrefix"].iter().any(|it| text.contains(it))
}

/// Reads one document.
pub(super) fn read(source: SourceId, document: View<'_>, found: &mut Vec<Gateway>) {
    let text = |view: Option<View<'_>>| view.and_then(|it| it.as_str()).map(|it| it.into_owned());
    let Some(spec) = document.get("spec") else { return };
    let rules = || spec.get("rules").into_iter().flat_map(View::items);
    match text(document.get("kind")).as_deref() {
        Some("Ingress") => {
            let annotations = document.get("metadata").and_then(|it| it.get("annotations"));
            let target = annotations.and_then(|it| it.get("nginx.ingress.kubernetes.io/rewrite-target"));
            let Some(target) = text(target) else { return };
            let inside = target.split('$').next().unwrap_or_default();
            for path in rules().filter_map(|it| it.get("http")?.get("paths")).flat_map(View::items) {
                if let (Some(view), Some(outside)) = (path.get("path"), text(path.get("path"))) {
                    // `/api(/|$)(.*)`, `/api/(.*)`, `/api`
                    let outside = outside.split('(').next().unwrap_or_default();
                    add(found, outside, inside, source, view.content_span());
                }
            }
        }
        Some("Middleware") => {
            let prefixes = spec.get("stripPrefix").and_then(|it| it.get("prefixes"));
            for prefix in prefixes.into_iter().flat_map(View::items) {
                if let Some(outside) = prefix.as_str() {
                    add(found, &outside, "", source, prefix.content_span());
                }
            }
        }
        Some("HTTPRoute") => {
            for rule in rules() {
                let rewrites = rule.get("filters").into_iter().flat_map(View::items);
                let inside = rewrites
                    .filter_map(|it| it.get("urlRewrite")?.get("path")?.get("replacePrefixMatch"))
                    .next();
                let Some(inside) = text(inside) else { continue };
                let matches = rule.get("matches").into_iter().flat_map(View::items);
                for view in matches.filter_map(|it| it.get("path")?.get("value")) {
                    if let Some(outside) = view.as_str() {
                        add(found, &outside, &inside, source, view.content_span());
                    }
                }
            }
        }
        _ => {}
    }
}
