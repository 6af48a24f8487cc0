//! Where a site can be put, as the command line and the configuration write it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::git::branch::without_password;

/// A place to publish to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `dir:PATH`
    Folder(PathBuf),
    /// `git:BRANCH`, `git:BRANCH@REMOTE`
    Branch {
        /// Its name without `refs/heads/`.
        name: String,
        /// The name of a remote, a path or a URL; none for a branch of this repository.
        remote: Option<String>,
    },
    /// `s3://BUCKET/PREFIX`, `gs://…`, `az://…`
    Store {
        /// Whose.
        provider: Provider,
        /// The bucket or container.
        bucket: String,
        /// The folder in it, without slashes around it.
        prefix: String,
    },
    /// `rsync:HOST:PATH`, or whatever else rsync takes for a destination.
    Rsync(String),
}

/// Who runs an object store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Amazon S3, and what speaks its protocol.
    S3,
    /// Google Cloud Storage.
    Google,
    /// Azure Blob Storage.
    Azure,
}

impl Provider {
    const ALL: [Provider; 3] = [Provider::S3, Provider::Google, Provider::Azure];

    /// How its addresses begin.
    pub fn scheme(self) -> &'static str {
        match self {
            Provider::S3 => "s3",
            Provider::Google => "gs",
            Provider::Azure => "az",
        }
    }
}

/// The forms, for messages.
pub const FORMS: &str = "dir:PATH, git:BRANCH, git:BRANCH@REMOTE, s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, \
                         az://CONTAINER/PREFIX or rsync:HOST:PATH";

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Target, String> {
        let unknown = || format!("`{text}` is no target; write {FORMS}");
        if text.chars().any(char::is_control) {
            return Err("a target has no control characters".to_owned());
        }
        let (scheme, rest) = text.split_once(':').ok_or_else(unknown)?;
        if let Some(provider) = Provider::ALL.into_iter().find(|it| it.scheme() == scheme) {
            let rest = rest.strip_prefix("//").ok_or_else(unknown)?;
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let prefix = prefix.trim_matches('/');
            if bucket.is_empty()
                || prefix.split('/').any(|it| it == "." || it == "..")
                || prefix.contains("//")
            {
                return Err(unknown());
            }
            return Ok(Target::Store { provider, bucket: bucket.to_owned(), prefix: prefix.to_owned() });
        }
        // What begins with a dash would be an option to the program that it is handed to.
        let operand = |it: &str| (!it.is_empty() && !it.starts_with('-')).then(|| it.to_owned());
        match scheme {
            "dir" => operand(rest).map(|it| Target::Folder(PathBuf::from(it))),
            "git" => {
                let (name, remote) = match rest.split_once('@') {
                    Some((name, remote)) => (name, Some(operand(remote).ok_or_else(unknown)?)),
                    None => (rest, None),
                };
                operand(name).map(|name| Target::Branch { name, remote })
            }
            "rsync" if rest.starts_with("//") => Some(Target::Rsync(text.trim_end_matches('/').to_owned())),
            "rsync" => {
                let host = rest.split(':').next().unwrap_or_default();
                let path = rest.get(host.len()..).unwrap_or_default().trim_start_matches(':');
                let local = host.starts_with('/') || host.starts_with('.');
                let named = operand(host).filter(|_| local || !path.is_empty());
                let rest = if path == "/" { rest } else { rest.trim_end_matches('/') };
                named.map(|_| Target::Rsync(rest.to_owned()))
            }
            _ => None,
        }
        .ok_or_else(unknown)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Folder(path) => write!(f, "dir:{}", path.display()),
            Target::Branch { name, remote: None } => write!(f, "git:{name}"),
            Target::Branch { name, remote: Some(remote) } => {
                write!(f, "git:{name}@{}", without_password(remote))
            }
            Target::Store { provider, bucket, prefix } if prefix.is_empty() => {
                write!(f, "{}://{bucket}", provider.scheme())
            }
            Target::Store { provider, bucket, prefix } => {
                write!(f, "{}://{bucket}/{prefix}", provider.scheme())
            }
            Target::Rsync(to) if to.starts_with("rsync://") => f.write_str(to),
            Target::Rsync(to) => write!(f, "rsync:{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_shown_again() {
        for (text, shown) in [
            ("dir:out/site", "dir:out/site"),
            ("git:gh-pages", "git:gh-pages"),
            ("git:gh-pages@origin", "git:gh-pages@origin"),
            (
                "git:gh-pages@git@git.example.com:acme/docs.git",
                "git:gh-pages@git@git.example.com:acme/docs.git",
            ),
            ("git:pages@https://ann:pw@git.example.com/d.git", "git:pages@https://git.example.com/d.git"),
            ("s3://bucket", "s3://bucket"),
            ("s3://bucket/docs/orders/", "s3://bucket/docs/orders"),
            ("gs://bucket/docs", "gs://bucket/docs"),
            ("az://container/docs", "az://container/docs"),
            ("rsync:docs.example.com:/srv/docs/", "rsync:docs.example.com:/srv/docs"),
            ("rsync:ann@docs.example.com:site", "rsync:ann@docs.example.com:site"),
            ("rsync:docs.example.com::module/docs", "rsync:docs.example.com::module/docs"),
            ("rsync://docs.example.com/module", "rsync://docs.example.com/module"),
            ("rsync:/srv/docs", "rsync:/srv/docs"),
        ] {
            let target: Target = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(target.to_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_could_be_an_option_or_leads_elsewhere_is_no_target() {
        for text in [
            "",
            "gh-pages",
            "dir:",
            "git:",
            "git:@origin",
            "git:gh-pages@",
            "git:gh-pages@--upload-pack=x",
            "git:--all",
            "s3:bucket",
            "s3://",
            "s3:///docs",
            "s3://bucket/../x",
            "ftp://host/x",
            "rsync:-e sh:x",
            "rsync:host",
            "rsync:host:",
            "dir:a\nb",
        ] {
            assert!(text.parse::<Target>().is_err(), "{text:?}");
        }
    }
}
