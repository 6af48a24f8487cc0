//! Asks over HTTP. The only file that knows a network.

use std::io::Read;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error, Timeout};

use super::network::{is_public, reserved};
use super::visit::{Html, Method, Reply, Request, Response};

/// The most of a page that is looked through for a fragment, in bytes.
const MOST_READ: u64 = 4 * 1024 * 1024;

/// The longest that a connection may take: a host that takes longer does not answer at all.
const LONGEST_CONNECT: Duration = Duration::from_secs(10);

/// What asks.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    allow_private: bool,
}

impl Client {
    /// A client that waits `timeout` for an answer. Certificates are judged by the system's own store, so that
    /// a company's authority counts; proxies are those of the environment.
    pub fn new(timeout: Duration, allow_private: bool) -> Client {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .timeout_connect(Some(timeout.min(LONGEST_CONNECT)))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("docwright/", env!("CARGO_PKG_VERSION")))
            .accept("text/html,application/xhtml+xml,*/*;q=0.8")
            .tls_config(tls)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), PublicOnly { allow_private });
        Client { agent, allow_private }
    }

    /// Makes one request; redirects are not followed.
    pub fn ask(&self, request: &Request) -> Reply {
        // Behind a proxy nothing is resolved here, so the name is judged too.
        if !self.allow_private && reserved(&request.address).is_some() {
            return Reply::Private;
        }
        let url = &request.address.url;
        let sent = match request.method {
            Method::Head => self.agent.head(url).call(),
            Method::Get => self.agent.get(url).call(),
        };
        match sent {
            Ok(response) => Reply::Answered(read(response, request.content)),
            Err(error) => failure(&error),
        }
    }
}

fn read(response: ureq::http::Response<Body>, content: bool) -> Response {
    let (parts, body) = response.into_parts();
    let header = |name: &str| text(&parts.headers, name);
    let is_html = header("content-type").is_some_and(|it| it.to_ascii_lowercase().contains("html"));
    let wanted = content && parts.status.is_success() && is_html;
    Response {
        status: parts.status.as_u16(),
        location: header("location"),
        retry_after: header("retry-after").and_then(|it| retry_after(&it, now())),
        html: wanted.then(|| html(body)),
    }
}

/// A header as text; bytes that are no UTF-8 come back as they are escaped in addresses.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
}

/// As much of a page as is looked through. A page that breaks off counts as far as it came.
fn html(body: Body) -> Html {
    let mut bytes = Vec::new();
    let complete = body.into_reader().take(MOST_READ).read_to_end(&mut bytes).is_ok();
    let whole = complete && (bytes.len() as u64) < MOST_READ;
    Html { text: String::from_utf8_lossy(&bytes).into_owned(), whole }
}

#[expect(clippy::disallowed_methods, reason = "a date in `Retry-After` is a wait only against the clock")]
fn now() -> Timestamp {
    Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// `Retry-After`: seconds, or a date.
fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value.trim()).ok()?.timestamp();
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

fn failure(error: &Error) -> Reply {
    match error {
        Error::HostNotFound => Reply::NoHost,
        Error::Timeout(Timeout::Connect) => Reply::NoConnection("the host does not answer".to_owned()),
        Error::Timeout(_) => Reply::TimedOut,
        Error::Tls(why) => Reply::NotSecure((*why).to_owned()),
        Error::Rustls(why) => Reply::NotSecure(certificate(why)),
        Error::ConnectionFailed => Reply::NoConnection("it failed".to_owned()),
        Error::ConnectProxyFailed(why) => Reply::NoConnection(format!("the proxy says {why}")),
        Error::Io(io) => io_failure(io),
        Error::Other(other) if other.is::<PrivateHost>() => Reply::Private,
        other => Reply::Broken(format!("what comes is no HTTP, {other}")),
    }
}

fn io_failure(error: &std::io::Error) -> Reply {
    use std::io::ErrorKind;
    if let Some(tls) = error.get_ref().and_then(|it| it.downcast_ref::<rustls::Error>()) {
        return Reply::NotSecure(certificate(tls));
    }
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Reply::TimedOut,
        ErrorKind::ConnectionRefused => Reply::NoConnection("it is refused".to_owned()),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
            Reply::NoConnection("there is no way to the host".to_owned())
        }
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => Reply::Broken("the connection ends before the answer".to_owned()),
        // What the name service says has no kind of its own.
        _ if error.to_string().contains("lookup address") => Reply::NoHost,
        _ => Reply::Broken(format!("the connection fails, {error}")),
    }
}

/// Why a certificate is not believed, in a few words.
fn certificate(error: &rustls::Error) -> String {
    use rustls::CertificateError as Why;
    let rustls::Error::InvalidCertificate(why) = error else { return error.to_string() };
    match why {
        Why::Expired | Why::ExpiredContext { .. } => "its certificate has expired".to_owned(),
        Why::NotValidYet | Why::NotValidYetContext { .. } => "its certificate is not valid yet".to_owned(),
        Why::NotValidForName | Why::NotValidForNameContext { .. } => {
            "its certificate is for another name".to_owned()
        }
        Why::UnknownIssuer => "the issuer of its certificate is not known".to_owned(),
        Why::Revoked => "its certificate was revoked".to_owned(),
        other => other.to_string(),
    }
}

/// Resolves names and keeps public addresses only. What it gives is what is connected to, so a name that
/// resolves differently a moment later gains nothing.
#[derive(Debug)]
struct PublicOnly {
    allow_private: bool,
}

/// A name that leads to private addresses only.
#[derive(Debug)]
struct PrivateHost;

impl std::fmt::Display for PrivateHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the host lies in a private network")
    }
}

impl std::error::Error for PrivateHost {}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // The way to the proxy is the operator's choice, not the document's.
        if self.allow_private || config.proxy().is_some_and(|it| it.uri() == uri) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|it| is_public(IpAddr::to_canonical(&it.ip()))) {
            public.push(*address);
        }
        if public.is_empty() { Err(Error::Other(Box::new(PrivateHost))) } else { Ok(public) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_seconds_or_dates() {
        let now: Timestamp = "2026-03-01T10:00:00Z".parse().expect("a time");
        let wait = |value: &str| retry_after(value, now).map(|it| it.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Sun, 01 Mar 2026 10:01:30 GMT"), Some(90));
        assert_eq!(wait("Sun, 01 Mar 2026 09:00:00 GMT"), Some(0));
        assert_eq!(wait("soon"), None);
    }

    #[test]
    fn names_that_lead_inside_are_not_resolved() {
        let resolve = |allow_private, url: &'static str| {
            let never = NextTimeout {
                after: ureq::unversioned::transport::time::Duration::NotHappening,
                ..NextTimeout::default()
            };
            PublicOnly { allow_private }.resolve(&Uri::from_static(url), &Config::default(), never)
        };
        for url in
            ["http://127.0.0.1/", "http://[::1]:80/", "http://169.254.169.254/latest", "http://2130706433/"]
        {
            let error = resolve(false, url).expect_err("private");
            assert_eq!(failure(&error), Reply::Private, "{url}");
        }
        assert!(resolve(true, "http://127.0.0.1/").is_ok());
        assert!(resolve(false, "http://1.1.1.1/").is_ok());
    }
}
