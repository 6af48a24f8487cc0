//! What real specs do, on small invented ones.

use super::load;
use crate::model::spec::Spec;
use crate::source::{Source, Sources};

#[test]
#[expect(clippy::disallowed_methods, reason = "reads real specs from the folder that the environment names")]
fn real_specs() {
    let Ok(folder) = std::env::var("DOCWRIGHT_SPECS") else { return };
    let mut sources = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(&folder)];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
                sources.push(Source::new(name, text));
            }
        }
    }
    let sources = Sources::new(sources);
    for (id, source) in sources.iter() {
        if super::looks_like_openapi(&source.path, &source.text) {
            let spec: Spec = load(id, &sources);
            let remote = spec.references.iter().filter(|it| it.target == crate::model::spec::Target::Remote).count();
            eprintln!("{} {} ops={} webhooks={} files={} refs={} remote={remote} problems={:?}", source.path, spec.version, spec.operations.len(), spec.webhooks.len(), spec.files.len(), spec.references.len(), spec.problems);
        }
    }
}
