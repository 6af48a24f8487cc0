//! What a web server should say with the files of the site: the security policy that the pages carry too, and for
//! how long browsers may keep a file. Pure text, for servers of several kinds.

use std::collections::BTreeSet;

use serde_json::json;

/// Allows what the site brings along and nothing else. `file://` pages count as their own origin.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'";

/// The policy of the page for calls: Swagger UI writes styles into elements, and calls the API wherever it is;
/// everything else is as on other pages.
pub(super) const TRY_IT_POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; \
     img-src 'self' data:; font-src 'self' data:; connect-src 'self' http: https:; \
     base-uri 'none'; form-action 'none'";

/// What browsers do with a file whose name holds a hash of its content.
pub const KEEP: &str = "public, max-age=31536000, immutable";

/// What they do with any other file: they ask whether it changed before they use it again.
pub const ASK: &str = "no-cache";

/// The folder of the theme's assets.
const ASSETS: &str = "assets";

/// Servers that take these headers from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// `_headers`, as Netlify and Cloudflare Pages read it.
    Netlify,
    /// A file for nginx's `conf.d`.
    Nginx,
    /// A response headers policy of CloudFront, in front of a bucket.
    CloudFront,
}

/// How long browsers may keep a file of the site.
pub fn cache_control(path: &str) -> &'static str {
    if is_hashed(path) { KEEP } else { ASK }
}

/// Whether a file never changes under its name: `assets/docwright-0123456789abcdef.css`, below any folder.
pub fn is_hashed(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    folder.rsplit('/').next() == Some(ASSETS)
        && hash.len() == 16
        && hash.bytes().all(|it| it.is_ascii_hexdigit())
}

/// What a server of a kind needs in order to send the headers. A site with the page for calls needs a policy under
/// which that page works; the other pages keep the strict one, which they carry themselves.
pub fn snippet(server: Server, try_it: bool) -> String {
    let policy = policy(try_it);
    match server {
        Server::Netlify => netlify(&policy),
        Server::Nginx => nginx(&policy),
        Server::CloudFront => cloud_front(&policy),
    }
}

/// The policy as a header: what only a header can say comes on top.
fn policy(try_it: bool) -> String {
    format!("{}; frame-ancestors 'none'", if try_it { TRY_IT_POLICY } else { POLICY })
}

/// Headers that say the same on every site.
const FIXED: [(&str, &str); 2] = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")];

fn netlify(policy: &str) -> String {
    let mut text = format!("/*\n  Content-Security-Policy: {policy}\n");
    for (name, value) in FIXED {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    // A style and a script may share a name; a rule that stands twice sends its header twice.
    for name in super::theme::asset_names().map(|(name, _)| name).collect::<BTreeSet<_>>() {
        text.push_str(&format!("\n/{ASSETS}/{name}-*\n  Cache-Control: {KEEP}\n"));
    }
    text
}

fn nginx(policy: &str) -> String {
    let fixed: String =
        FIXED.iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect();
    format!(
        "# For nginx's conf.d. Put in your own names; a `location` with an `add_header` of its own forgets these.\n\
         map $uri $docwright_cache {{\n    default \"{ASK}\";\n    \
         \"~/{ASSETS}/[^/]+-[0-9a-f]{{16}}\\.[a-z]+$\" \"{KEEP}\";\n}}\n\n\
         server {{\n    listen 80;\n    server_name docs.example.com;\n    root /srv/docs/site;\n    index index.html;\n    \
         charset utf-8;\n    charset_types text/css text/javascript application/javascript text/markdown text/plain;\n    \
         error_page 404 /404.html;\n\n    \
         add_header Content-Security-Policy \"{policy}\" always;\n{fixed}    \
         add_header Cache-Control $docwright_cache;\n\n    \
         location ~ /\\.docwright {{\n        return 404;\n    }}\n    \
         location ~ \\.md$ {{\n        types {{ }}\n        default_type text/markdown;\n    }}\n}}\n"
    )
}

fn cloud_front(policy: &str) -> String {
    let value = json!({
        "Name": "docwright",
        "Comment": "The headers of a docwright site; Cache-Control comes with each object",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": { "Override": true, "ContentSecurityPolicy": policy },
            "ContentTypeOptions": { "Override": true },
            "FrameOptions": { "Override": true, "FrameOption": "DENY" },
            "ReferrerPolicy": { "Override": true, "ReferrerPolicy": "same-origin" },
        },
    });
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        for path in ["assets/docwright-0123456789abcdef.css", "2.1/assets/theme-0123456789abcdef.js"] {
            assert_eq!(cache_control(path), KEEP, "{path}");
        }
        for path in [
            "index.html",
            "docwright-0123456789abcdef.css",
            "myassets/docwright-0123456789abcdef.css",
            "assets/swagger-ui/swagger-ui-bundle.js",
            "assets/docwright-0123456789abcde.css",
            "assets/docwright-0123456789abcdeg.css",
            "search/index.js",
            "assets/",
            "",
        ] {
            assert_eq!(cache_control(path), ASK, "{path}");
        }
    }

    #[test]
    fn every_server_is_told_the_policy_of_the_pages() {
        for server in [Server::Netlify, Server::Nginx, Server::CloudFront] {
            let strict = snippet(server, false);
            assert!(strict.contains(&format!("{POLICY}; frame-ancestors 'none'")), "{strict}");
            assert!(!strict.contains("unsafe"), "{strict}");
            assert!(snippet(server, true).contains(TRY_IT_POLICY));
        }
    }

    #[test]
    fn the_headers_file_names_every_asset_with_a_hash() {
        let text = snippet(Server::Netlify, false);
        assert!(
            text.contains("\n/assets/docwright-*\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
        assert!(!text.contains("swagger"));
        // Cloudflare Pages reads at most 100 rules with one `*` each.
        let rules: Vec<&str> = text.lines().filter(|it| it.starts_with('/')).collect();
        assert_eq!(rules.iter().collect::<BTreeSet<_>>().len(), rules.len(), "{rules:?}");
        assert!(rules.len() < 20 && rules.iter().all(|it| it.matches('*').count() == 1), "{rules:?}");
    }
}
