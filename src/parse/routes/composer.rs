//! Where `composer.json` says that the classes of a namespace lie: `"autoload": {"psr-4": {"Acme\\Shop\\": "src/"}}`.

use serde_json::Value;

use super::resolve::join;

/// A namespace and the folder of its classes.
pub(super) struct Namespace {
    /// `Acme\Shop\`
    prefix: String,
    folder: String,
}

impl Namespace {
    /// The file of a class of this namespace: `src/Routes/Orders.php` for `Acme\Shop\Routes\Orders`.
    pub(super) fn file_of(&self, name: &str) -> Option<String> {
        let rest = name.strip_prefix(&self.prefix)?;
        Some(join(&self.folder, &format!("{}.php", rest.replace('\\', "/"))))
    }
}

/// The namespaces of a `composer.json` in a folder, the longest first. One of everything says nothing.
pub(super) fn namespaces(folder: &str, text: &str) -> Vec<Namespace> {
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    let mut found = Vec::new();
    for (prefix, folders) in json["autoload"]["psr-4"].as_object().into_iter().flatten() {
        let list = folders.as_array().cloned().unwrap_or_else(|| vec![folders.clone()]);
        for it in list.iter().filter_map(Value::as_str).filter(|_| !prefix.is_empty()) {
            let below = it.trim_start_matches("./").trim_end_matches('/');
            let folder = if below.is_empty() { folder.to_owned() } else { join(folder, below) };
            found.push(Namespace { prefix: format!("{}\\", prefix.trim_end_matches('\\')), folder });
        }
    }
    found.sort_by_key(|it| std::cmp::Reverse(it.prefix.len()));
    found
}
