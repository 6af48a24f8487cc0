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

/// The pages that a forge has beside the files of a repository.
const FORGE_PAGES: [&str; 24] = [
    "-",
    "actions",
    "blob",
    "commit",
    "commits",
    "compare",
    "contributors",
    "discussions",
    "graphs",
    "issues",
    "labels",
    "milestones",
    "network",
    "packages",
    "projects",
    "pull",
    "pulls",
    "raw",
    "releases",
    "security",
    "stargazers",
    "tags",
    "tree",
    "wiki",
];

/// Whether a relative path leads from a page of this folder to a page of the forge: files are shown at
/// `/owner/name/blob/main/…`, so `../../issues` is the list of issues.
pub(super) fn is_forge_page(folder: &str, path: &str) -> bool {
    let depth = folder.split('/').filter(|it| !it.is_empty()).count();
    let mut rest = path;
    let mut up = 0;
    while let Some(next) = rest.strip_prefix("../") {
        (rest, up) = (next, up + 1);
    }
    let first = rest.split('/').next().unwrap_or_default();
    up == depth + 2 && FORGE_PAGES.contains(&first)
}

/// Whether a destination is the path of an item, which rustdoc resolves: `crate::Slab`, `macro@vec`,
/// `struct.Slab.html`. A plain name, `Slab`, counts where the repository is a crate (`in_crate`).
pub(super) fn is_item_of_code(path: &str, in_crate: bool) -> bool {
    const KINDS: [&str; 15] = [
        "attr",
        "const",
        "constant",
        "derive",
        "enum",
        "fn",
        "macro",
        "method",
        "mod",
        "primitive",
        "static",
        "struct",
        "trait",
        "type",
        "union",
    ];
    let name = path.rsplit('/').next().unwrap_or(path);
    let kind = |mark: char| name.split_once(mark).is_some_and(|(kind, _)| KINDS.contains(&kind));
    let identifier = |it: &str| {
        it.starts_with(|c: char| c.is_ascii_uppercase())
            && !it.ends_with("file")
            && it.chars().any(|c| c.is_ascii_lowercase())
            && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    (path.contains("::") && !path.contains('/'))
        || kind('@')
        || (in_crate && matches!(path, "crate" | "super" | "self"))
        || (in_crate
            && ((name.ends_with(".html") && (kind('.') || path.contains("/index."))) || identifier(path)))
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
    fn pages_of_the_forge_count_from_where_it_shows_files() {
        assert!(is_forge_page("", "../../issues"));
        assert!(is_forge_page("docs/ops", "../../../../labels/help%20wanted"));
        assert!(!is_forge_page("docs", "../../issues") && !is_forge_page("", "../issues"));
        assert!(!is_forge_page("", "../../other/readme.md"));
    }

    #[test]
    fn items_of_code_are_no_files() {
        for path in ["crate::Slab", "::tidal", "macro@ebb", "struct@crate::Slab"] {
            assert!(is_item_of_code(path, false), "{path}");
        }
        for path in ["Slab", "super", "tide/struct.Slab.html", "fn.ebb.html", "../tide/index.html"] {
            assert!(is_item_of_code(path, true) && !is_item_of_code(path, false), "{path}");
        }
        for path in ["LICENSE", "examples", "tide.html", "a/b", "Slab.md"] {
            assert!(!is_item_of_code(path, true), "{path}");
        }
    }

    #[test]
    fn schemes_drives_and_addresses_are_told_apart() {
        assert!(has_scheme("mailto:a@b.example") && has_scheme("https://x") && !has_scheme("C:\\x"));
        assert!(is_machine_path("C:\\x") && is_machine_path("/Users/ann/x") && is_machine_path("file:///x"));
        assert!(!is_machine_path("/guide/x.md") && !is_machine_path("home/x"));
        assert!(is_address("ops@b.example") && !is_address("@x") && !is_address("a/b@c.d"));
    }
}
