//! Lists that are included in a loop over what only the deployment knows: the plugins that are installed.
//!
//! `include(plugin.module + ".urls")` may include every module of the project that is called so and that nothing else
//! includes. Whether it is installed is not known, so its routes are not certain.

use std::collections::BTreeSet;

use super::table::Urls;
use super::urls::Reader;
use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::graph::RouterId;
use crate::parse::routes::interpret::Interpreter;
use crate::parse::routes::lower::Language;
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::source::SourceId;

/// Places where lists of unknown modules are included.
const MAX_OPEN: usize = 16;

/// A place where the lists of unknown modules are included.
pub(super) struct Open {
    /// How the modules' names end: `urls`, `api.urls`.
    module: String,
    /// The name of the list in each.
    list: String,
    before: Vec<Text>,
}

impl Open {
    /// A place by the end of the modules' names, `urls` or `urls:.patterns`, the usual list, and the prefixes.
    pub(super) fn new(name: &str, usual: &str, before: &[Text]) -> Open {
        let (module, list) = name.split_once(":.").unwrap_or((name.trim_end_matches(':'), usual));
        let before = before.iter().map(|it| it.clone().unsure()).collect();
        Open { module: module.to_owned(), list: list.to_owned(), before }
    }

    fn names(&self, path: &str) -> bool {
        let module = path.strip_suffix(".py").unwrap_or(path);
        let module = module.strip_suffix("/__init__").unwrap_or(module);
        let end = self.module.replace('.', "/");
        module.strip_suffix(end.as_str()).is_some_and(|before| before.ends_with('/'))
    }
}

/// Mounts below each of these places the modules that may be meant.
pub(super) fn mount<'a>(
    interpreter: &mut Interpreter<'a>,
    store: &Store<'_>,
    table: &'a Urls,
    wanted: &dyn Fn(&str) -> bool,
    included: &BTreeSet<SourceId>,
    open: Vec<(RouterId, Open)>,
) {
    let candidates: Vec<SourceId> = store
        .written_in(&[Language::Python])
        .filter(|(file, it)| !included.contains(file) && it.text.contains(&table.library))
        .filter(|(_, it)| wanted(&it.path) && !is_test(&it.path) && !is_example(&it.path))
        .map(|(file, _)| file)
        .collect();
    let open = &open[..open.len().min(MAX_OPEN)];
    for &file in &candidates {
        let source = store.sources.get(file);
        let named = || open.iter().filter(|(_, it)| it.names(&source.path));
        // `f"{plugin}.api.urls"` says more than `f"{plugin}.urls"`.
        let longest = named().map(|(_, it)| it.module.len()).max();
        for (root, place) in named().filter(|(_, it)| Some(it.module.len()) == longest) {
            if source.text.contains(&place.list) {
                Reader::new(interpreter, table, *root).list_in(file, &place.list, &place.before);
            }
        }
    }
}
