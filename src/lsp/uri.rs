//! Files as editors name them: `file:///…`.

use std::path::{Component, Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::disk;

/// What may stand in the path of a URI without an escape (RFC 3986, section 3.3), but for `:`, `@` and the like, which
/// some clients escape and others read as something else.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A project's folder, as the disk and as the client call it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Without symbolic links.
    pub(super) root: PathBuf,
    /// The same folder in the client's words, through which it wants to hear of files.
    spelled: PathBuf,
}

impl Place {
    /// The project at `root`, of which the client has opened `folder`.
    pub(super) fn new(root: PathBuf, folder: &Path) -> Place {
        let real = disk::existing(folder);
        let depth =
            real.as_deref().and_then(|it| it.strip_prefix(&root).ok()).map(|it| it.components().count());
        let spelled = depth.and_then(|it| folder.ancestors().nth(it)).map(Path::to_owned);
        let same = spelled.filter(|it| disk::existing(it).as_deref() == Some(&root));
        Place { spelled: same.unwrap_or_else(|| root.clone()), root }
    }

    /// The path inside the project; none for what lies elsewhere.
    pub(super) fn inside(&self, uri: &Uri) -> Option<String> {
        let path = file(uri)?;
        let plain = path.components().all(|it| !matches!(it, Component::ParentDir | Component::CurDir));
        let inside = path.strip_prefix(&self.spelled).or_else(|_| path.strip_prefix(&self.root)).ok()?;
        (plain && inside.components().next().is_some()).then(|| disk::slashes(inside))
    }

    /// The file at a path of the project.
    pub(super) fn uri(&self, path: &str) -> Uri {
        of(&self.spelled.join(path))
    }
}

/// The path of a `file:` URI on this machine.
pub(super) fn file(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next().filter(|it| it.starts_with('/'))?;
    let path = percent_decode_str(rest).decode_utf8().ok()?;
    let drive =
        path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) && path.as_bytes().get(2) == Some(&b':');
    // `/c:/docs` is `C:/docs`, the way Windows itself writes it.
    let path = match path.get(1..2).filter(|_| drive) {
        Some(letter) => format!("{}{}", letter.to_ascii_uppercase(), &path[2..]),
        None => path.into_owned(),
    };
    (!path.contains('\0')).then(|| PathBuf::from(path))
}

/// The URI of an absolute path.
pub(super) fn of(path: &Path) -> Uri {
    let mut uri = "file://".to_owned();
    for part in path.components() {
        let part = match part {
            // Windows' long form `\\?\C:` names the same drive.
            Component::Prefix(it) => {
                it.as_os_str().to_string_lossy().trim_start_matches(r"\\?\").to_ascii_lowercase()
            }
            Component::Normal(it) => it.to_string_lossy().into_owned(),
            _ => continue,
        };
        uri.push('/');
        uri.extend(utf8_percent_encode(&part, ESCAPED));
    }
    Uri(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_the_way_there_and_back() {
        for path in ["/srv/docs/a.md", "/srv/two words/100% ü#?.md", "/srv/日本/x:y@z.md"] {
            let uri = of(Path::new(path));
            assert_eq!(file(&uri).as_deref(), Some(Path::new(path)), "{}", uri.0);
        }
        assert_eq!(of(Path::new("/a b/ü.md")).0, "file:///a%20b/%C3%BC.md");
        assert_eq!(file(&"file:///c%3A/docs/a.md".into()), Some("C:/docs/a.md".into()));
        for other in
            ["untitled:Untitled-1", "https://a.example/b", "file://server/x", "file:///a%00b", "file:///%ff"]
        {
            assert_eq!(file(&other.into()), None, "{other}");
        }
    }

    #[test]
    fn what_lies_elsewhere_is_not_in_the_project() {
        let place = Place { root: "/srv/real".into(), spelled: "/home/link".into() };
        let inside = |it: &str| place.inside(&it.into());
        assert_eq!(inside("file:///home/link/docs/a.md").as_deref(), Some("docs/a.md"));
        assert_eq!(inside("file:///srv/real/docs/a.md").as_deref(), Some("docs/a.md"));
        for other in
            ["file:///home/linked/a.md", "file:///home/link/../x.md", "file:///home/link", "file:///x.md"]
        {
            assert_eq!(inside(other), None, "{other}");
        }
        assert_eq!(place.uri("docs/a.md").0, "file:///home/link/docs/a.md");
    }
}
