//! Requests made by `curl`, `wget` and httpie, and what a URL says about whom they go to.

use std::sync::LazyLock;

use regex::Regex;

use super::Setting;
use super::words::{arguments, program};
use crate::model::code::Word;
use crate::model::reference::{Reference, Server, Target};
use crate::pattern::compiled;

/// The requests in the commands of a page.
pub(super) fn references(setting: &Setting<'_>) -> Vec<Reference> {
    let commands = setting.page.commands.iter().filter(|it| !it.elsewhere);
    commands
        .filter_map(|command| {
            let (method, word) = request(&command.words)?;
            let (server, path) = split_url(&word.text)?;
            let written = setting.text.get(word.span.range()).unwrap_or_default();
            let shown = &path[..path.find(['?', '#']).unwrap_or(path.len())];
            let span = match written.rfind(shown) {
                Some(at) => word.span.slice(at..at + shown.len()),
                None => word.span,
            };
            Some(Reference {
                target: Target::Endpoint { method, path: template(path)?, server },
                span,
                folder: setting.folder.to_owned(),
                in_command: true,
            })
        })
        .collect()
}

/// Options of curl that take a value, beside those that say something about the request.
const CURL_WITH_VALUE: [&str; 34] = [
    "-H",
    "--header",
    "-o",
    "--output",
    "-u",
    "--user",
    "-A",
    "--user-agent",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-e",
    "--referer",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-w",
    "--write-out",
    "--retry",
    "--retry-delay",
    "--cacert",
    "--cert",
    "-E",
    "--key",
    "-x",
    "--proxy",
    "--resolve",
    "--limit-rate",
    "--oauth2-bearer",
    "-K",
    "--unix-socket",
    "--interface",
    "--max-redirs",
];

/// Options of curl that send something; with a value.
const CURL_DATA: [&str; 9] = [
    "-d",
    "--data",
    "--data-raw",
    "--data-binary",
    "--data-ascii",
    "--data-urlencode",
    "--json",
    "-F",
    "--form",
];

/// The method and the URL of a command that makes a request.
fn request(words: &[Word]) -> Option<(String, &Word)> {
    let rest = words.get(1..)?;
    match program(words) {
        "curl" => curl(rest),
        "wget" => {
            let with_value =
                ["-O", "-o", "--header", "-P", "--user", "--password", "-t", "-T", "--post-data"];
            let posts = rest.iter().any(|it| it.text.starts_with("--post-"));
            let url = arguments(rest, &with_value).into_iter().next()?;
            Some((if posts { "POST" } else { "GET" }.to_owned(), url))
        }
        "http" | "https" | "xh" => {
            let mut rest = arguments(rest, &["-a", "--auth", "-A", "--session", "-o"]).into_iter().peekable();
            let verb = |it: &&Word| it.text.len() > 2 && it.text.chars().all(|c| c.is_ascii_uppercase());
            let method = rest.next_if(verb).map(|it| it.text.clone());
            let url = rest.next()?;
            let sends = rest.any(|it| it.text.contains('=') && !it.text.contains("=="));
            Some((method.unwrap_or_else(|| if sends { "POST" } else { "GET" }.to_owned()), url))
        }
        _ => None,
    }
}

fn curl(rest: &[Word]) -> Option<(String, &Word)> {
    let (mut method, mut url, mut sends, mut as_query) = (None, None, None, false);
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        let text = word.text.as_str();
        let (name, value) = text.split_once('=').filter(|_| text.starts_with("--")).unwrap_or((text, ""));
        match name {
            "-X" | "--request" => {
                method = if value.is_empty() {
                    words.next().map(|it| it.text.clone())
                } else {
                    Some(value.to_owned())
                };
            }
            "--url" => url = url.or(words.next()),
            "-G" | "--get" => as_query = true,
            "-I" | "--head" => method = method.or(Some("HEAD".to_owned())),
            "-T" | "--upload-file" => {
                sends = Some("PUT");
                words.next();
            }
            _ if CURL_DATA.contains(&name) => {
                sends = Some("POST");
                if value.is_empty() {
                    words.next();
                }
            }
            _ if CURL_WITH_VALUE.contains(&name) => {
                if value.is_empty() {
                    words.next();
                }
            }
            _ if text.starts_with("-X") => method = Some(text[2..].to_owned()),
            // `-sX POST`, `-sSLo out`, `-sd '{}'`: the last letter of a group may take a value.
            _ if text.starts_with('-')
                && !text.starts_with("--")
                && text.is_char_boundary(text.len() - 1) =>
            {
                let last = format!("-{}", &text[text.len() - 1..]);
                if last == "-X" {
                    method = words.next().map(|it| it.text.clone());
                } else if last == "-I" {
                    method = method.or(Some("HEAD".to_owned()));
                } else if last == "-G" {
                    as_query = true;
                } else if CURL_DATA.contains(&last.as_str()) {
                    sends = Some("POST");
                    words.next();
                } else if CURL_WITH_VALUE.contains(&last.as_str()) {
                    words.next();
                }
            }
            _ if text.starts_with('-') => {}
            _ => url = url.or(Some(word)),
        }
    }
    let plain = |it: &String| !it.is_empty() && it.chars().all(|c| c.is_ascii_alphabetic());
    let sends = sends.filter(|_| !as_query).unwrap_or("GET");
    let method = method.map_or(Some(sends.to_owned()), |it| Some(it.to_uppercase()).filter(plain))?;
    Some((method, url?))
}

/// To whom a URL goes, and its path with the query; none when it has no path.
pub(super) fn split_url(url: &str) -> Option<(Server, &str)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let after = rest.unwrap_or(url);
    let host_end = slash_outside_slots(after)?;
    let (host, path) = after.split_at(host_end);
    // httpie's `:8080/x`.
    let local =
        if host.is_empty() || host.starts_with(':') { format!("localhost{host}") } else { host.to_owned() };
    let name = local.rsplit('@').next().unwrap_or(&local).to_lowercase();
    let bare = match name.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => name.split(':').next().unwrap_or_default(),
    };
    let slot = |it: &str| it.contains(['$', '<', '{']) || it.contains("...");
    let server = if slot(&local) {
        Server::Own(local)
    } else if matches!(bare, "localhost" | "127.0.0.1" | "0.0.0.0" | "::1" | "host.docker.internal") {
        Server::Own(name)
    } else if rest.is_some() || bare.contains('.') {
        Server::Named(bare.to_owned())
    } else {
        return None;
    };
    Some((server, path))
}

/// The first slash that stands in no slot: `<base/url>/orders`, `${BASE_URL:-http://x}/orders`.
fn slash_outside_slots(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, char) in text.char_indices() {
        match char {
            '<' | '{' | '(' => depth += 1,
            '>' | '}' | ')' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// A path as a template: whatever the reader or the shell fills in is a parameter. None where it is no single
/// path (`/orders/*`, `/orders/...`).
pub(super) fn template(path: &str) -> Option<String> {
    static SLOT: LazyLock<Regex> = LazyLock::new(|| {
        compiled(r"\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\{[^}]*\}|<[^>]*>|\[[^\]]*\]|\$\w+")
    });
    static COLON: LazyLock<Regex> = LazyLock::new(|| compiled(r"/:\w+"));
    let filled = SLOT.replace_all(path, "{}");
    let filled = COLON.replace_all(&filled, "/{}");
    let filled = filled.split(['?', '#']).next().unwrap_or_default().trim_end_matches([',', ';', '"', '\'']);
    let plain = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '/' | '-' | '_' | '.' | '~' | '{' | '}' | '%' | ':' | '@' | '+')
    };
    let single = filled.starts_with('/')
        && !filled.starts_with("//")
        && filled.chars().all(plain)
        && !filled.contains("...");
    single.then(|| filled.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::words::inline;
    use super::*;
    use crate::source::{SourceId, Span};

    #[test]
    fn methods_and_urls() {
        for (command, expected) in [
            ("curl http://localhost:8080/orders", Some(("GET", "http://localhost:8080/orders"))),
            ("curl -sS -X DELETE $API/orders/1", Some(("DELETE", "$API/orders/1"))),
            ("curl -XPUT $API/x", Some(("PUT", "$API/x"))),
            ("curl -d a=b $API/x", Some(("POST", "$API/x"))),
            ("curl -G -d a=b $API/x", Some(("GET", "$API/x"))),
            ("curl -sI $API/x", Some(("HEAD", "$API/x"))),
            ("curl -sX POST -H A:b $API/x", Some(("POST", "$API/x"))),
            ("curl -so out $API/x", Some(("GET", "$API/x"))),
            ("curl --request=PATCH --json {} $API/x", Some(("PATCH", "$API/x"))),
            ("curl -X $M $API/x", None),
            ("http POST :8080/x a=b", Some(("POST", ":8080/x"))),
            ("http :8080/x a=b", Some(("POST", ":8080/x"))),
            ("http :8080/x a==b", Some(("GET", ":8080/x"))),
            ("wget -O - http://a.example/x", Some(("GET", "http://a.example/x"))),
            ("echo http://a.example/x", None),
        ] {
            let words = inline(command, Span::new(SourceId(0), 0..command.len())).unwrap();
            let found = request(&words).map(|(method, url)| (method, url.text.clone()));
            assert_eq!(found.as_ref().map(|(a, b)| (a.as_str(), b.as_str())), expected, "{command}");
        }
    }

    #[test]
    fn servers() {
        let own = |it: &str| Server::Own(it.to_owned());
        for (url, expected) in [
            ("http://localhost:8080/x?y=1", Some((own("localhost:8080"), "/x?y=1"))),
            ("https://Api.Acme.example:443/x", Some((Server::Named("api.acme.example".to_owned()), "/x"))),
            ("${BASE:-http://x}/y", Some((own("${BASE:-http://x}"), "/y"))),
            ("https://<host>/y", Some((own("<host>"), "/y"))),
            ("http://[::1]:80/y", Some((own("[::1]:80"), "/y"))),
            (":8080/y", Some((own("localhost:8080"), "/y"))),
            ("https://acme.example", None),
            ("file/x", None),
        ] {
            assert_eq!(split_url(url), expected, "{url}");
        }
    }

    #[test]
    fn templates() {
        for (path, expected) in [
            ("/orders/{id}/items?x=1", Some("/orders/{}/items")),
            ("/orders/:id/", Some("/orders/{}/")),
            ("/orders/$ID", Some("/orders/{}")),
            ("/orders/<id>.json", Some("/orders/{}.json")),
            ("/orders/*", None),
            ("/orders/...", None),
            ("/v1/jobs/7:cancel", Some("/v1/jobs/7:cancel")),
        ] {
            assert_eq!(template(path).as_deref(), expected, "{path}");
        }
    }
}
