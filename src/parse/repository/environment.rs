//! `.env.example` → names of environment variables.

use crate::model::repository::EnvFile;

/// Whether a file lists environment variables for others to fill in: `.env.example`, `prod.env.template`.
pub(super) fn is_sample(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let is = |it: &&str| matches!(*it, "example" | "sample" | "template" | "dist");
    parts.contains(&"env") && parts.iter().any(is)
        || matches!(name, "env.example" | "env.sample" | "env.template")
}

/// Reads its names; those in comments (`# PORT=8080`) are offered too.
pub(super) fn read(path: &str, text: &str) -> EnvFile {
    let mut variables: Vec<String> = text
        .lines()
        .filter_map(|line| {
            let line = line.trim().trim_start_matches(['#', ' ']);
            let (name, _) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
            let name = name.trim();
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            (plain && !name.is_empty()).then(|| name.to_owned())
        })
        .collect();
    variables.sort_unstable();
    variables.dedup();
    EnvFile { path: path.to_owned(), variables }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples() {
        for name in [".env.example", ".env.sample", ".env.prod.template", "env.example", ".env.local.example"]
        {
            assert!(is_sample(name), "{name}");
        }
        for name in [".env", ".env.local", "example.md", "environment.yaml"] {
            assert!(!is_sample(name), "{name}");
        }
    }

    #[test]
    fn variables() {
        let found =
            read(".env.example", "# Database\nDB_URL=postgres://x\nexport B=1\n#C_D=\nno line\n a b=1\n");
        assert_eq!(found.variables, ["B", "C_D", "DB_URL"]);
    }
}
