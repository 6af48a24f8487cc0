//! Paths and URLs as links write them.

use percent_encoding::percent_decode_str;

/// Joins a relative path to a folder; none when it leads above the root.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a destination begins with a scheme (RFC 3986, section 3.1). A single letter is a Windows drive.
pub fn has_scheme(dest: &str) -> bool {
    let Some((scheme, _)) = dest.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Whether a destination names a place on one machine only.
pub(super) fn is_machine_path(dest: &str) -> bool {
    let bytes = dest.as_bytes();
    let drive = bytes.len() > 2
        && bytes[0].is_ascii_alphabetic()
        && bytes[1] == b':'
        && matches!(bytes[2], b'\\' | b'/');
    drive
        || dest.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("file:"))
        || ["/Users/", "/home/", "~/", "\\\\"].iter().any(|it| dest.starts_with(it))
}

/// Whether a path is an e-mail address.
pub(super) fn is_address(path: &str) -> bool {
    let Some((name, host)) = path.split_once('@') else { return false };
    let plain =
        |it: &str| it.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'));
    !name.is_empty() && plain(name) && plain(host) && host.contains('.') && !host.ends_with(".md")
}

/// The path of a file as a link on a page would name it; both count from the root.
pub fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// Whether a destination holds template syntax.
pub(super) fn is_template(dest: &str) -> bool {
    ["{{", "{%", "<%", "${", "%7B%7B"].iter().any(|it| dest.contains(it))
}

/// Undoes percent escapes; what is no UTF-8 then stays as it was.
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |it| it.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_page() {
        assert_eq!(relative("docs/a.md", "docs/b/c.md"), "b/c.md");
        assert_eq!(relative("docs/x/a.md", "docs/c.md"), "../c.md");
        assert_eq!(relative("a.md", "c.md"), "c.md");
        assert_eq!(relative("docs/a.md", "c.md"), "../c.md");
    }

    #[test]
    fn schemes_drives_and_addresses_are_told_apart() {
        assert!(has_scheme("mailto:a@b.example") && has_scheme("https://x") && !has_scheme("C:\\x"));
        assert!(is_machine_path("C:\\x") && is_machine_path("/Users/ann/x") && is_machine_path("file:///x"));
        assert!(!is_machine_path("/guide/x.md") && !is_machine_path("home/x"));
        assert!(is_address("ops@b.example") && !is_address("@x") && !is_address("a/b@c.d"));
    }
}
