//! What the preview answers to at all. It is meant for the browser on the same machine and nobody else: a page of
//! another site must not be able to read a draft by making its own name lead to 127.0.0.1.

use hyper::http::{HeaderMap, Method, StatusCode, Uri, header};
use percent_encoding::percent_decode_str;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) StatusCode, pub(super) &'static str);

/// The path that a request asks for, without the slash in front and decoded once.
pub(super) fn path(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16) -> Result<String, Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|it| it.to_str().ok());
    if hosts.next().is_some() || !host.is_some_and(|it| is_own(it, port)) {
        return Err(Refusal(StatusCode::MISDIRECTED_REQUEST, "this preview is for localhost only"));
    }
    if method != Method::GET && method != Method::HEAD {
        return Err(Refusal(StatusCode::METHOD_NOT_ALLOWED, "a preview can be read only"));
    }
    let bad = Refusal(StatusCode::BAD_REQUEST, "the address names no file of the site");
    if uri.scheme().is_some() || uri.authority().is_some() {
        return Err(bad);
    }
    let encoded = uri.path().strip_prefix('/').ok_or(bad)?;
    let path = percent_decode_str(encoded).decode_utf8().map_err(|_| bad)?;
    let leads_away = path.split('/').any(|it| matches!(it, "." | ".."));
    if leads_away || path.contains('\\') || path.chars().any(char::is_control) {
        return Err(bad);
    }
    Ok(path.into_owned())
}

/// Whether a `Host` header names this server.
fn is_own(host: &str, port: u16) -> bool {
    let Some((name, number)) = host.rsplit_once(':') else { return false };
    let is_name = name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]");
    is_name && number.parse() == Ok(port) && number.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: Method, uri: &str, host: &str) -> Result<String, u16> {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        let uri: Uri = uri.parse().map_err(|_| 400_u16)?;
        path(&method, &uri, &headers, 4177).map_err(|it| it.0.as_u16())
    }

    #[test]
    fn only_this_machine_is_the_host() {
        for host in ["localhost:4177", "LocalHost:4177", "127.0.0.1:4177", "[::1]:4177"] {
            assert_eq!(asked(Method::GET, "/a.html", host), Ok("a.html".to_owned()), "{host}");
        }
        for host in [
            "localhost",
            "localhost:80",
            "localhost:+4177",
            "evil.example:4177",
            "localhost.evil.example:4177",
            "127.0.0.1.nip.example:4177",
            "::1:4177",
            "0.0.0.0:4177",
            "127.0.0.2:4177",
            "",
        ] {
            assert_eq!(asked(Method::GET, "/a.html", host), Err(421), "{host}");
        }
        let uri = Uri::from_static("/");
        assert_eq!(path(&Method::GET, &uri, &HeaderMap::new(), 4177).map_err(|it| it.0.as_u16()), Err(421));
        let mut two = HeaderMap::new();
        two.append(header::HOST, "localhost:4177".parse().unwrap());
        two.append(header::HOST, "evil.example".parse().unwrap());
        assert!(path(&Method::GET, &uri, &two, 4177).is_err());
    }

    #[test]
    fn nothing_is_sent_to_the_preview() {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::CONNECT] {
            assert_eq!(asked(method, "/", "localhost:4177"), Err(405));
        }
        assert_eq!(asked(Method::HEAD, "/", "localhost:4177"), Ok(String::new()));
    }

    #[test]
    fn paths_stay_inside_and_are_decoded_once() {
        let get = |uri| asked(Method::GET, uri, "localhost:4177");
        for away in [
            "/../book.toml",
            "/a/../../book.toml",
            "/%2e%2e/book.toml",
            "/%2E./book.toml",
            "/a%2f..%2fbook.toml",
            "/./a",
            "/a%5c..%5cb",
            "/a%00.html",
            "/a%0d%0ab",
            "/%ff",
            "http://localhost:4177/a.html",
            "http://evil.example/a.html",
            "*",
        ] {
            assert_eq!(get(away), Err(400), "{away}");
        }
        assert_eq!(get("/a%20b/%C3%BC.html?x=..").as_deref(), Ok("a b/ü.html"));
        assert_eq!(get("/%252e%252e/a").as_deref(), Ok("%2e%2e/a"));
        assert_eq!(get("//etc/passwd").as_deref(), Ok("/etc/passwd"));
        assert_eq!(get("/..a/b..").as_deref(), Ok("..a/b.."));
    }
}
