//! What the pages of a spec share while they are made, in whatever order they are asked for.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock};

use super::Reference;
use crate::model::spec::message::{Media, Parameter};
use crate::model::spec::sample::Side;
use crate::model::spec::schema::Schema;
use crate::model::spec::words::Piece;
use crate::model::tree::TreeId;

/// A schema, the folder of a page, and how many properties may be written.
type Key = (Identity, String, usize);

/// The node that a schema is.
pub(super) type Identity = (u32, TreeId);

/// The HTML of a value; none where it is too long to be read.
type Made = Option<Arc<str>>;

/// What is known of one spec.
#[derive(Debug, Default)]
pub(in crate::render) struct Memory {
    /// The HTML of schemas with a name, by the folder of the page and the room in it.
    written: Mutex<HashMap<Key, Arc<str>>>,
    /// The values that are made for schemas with a name.
    made: Mutex<HashMap<(Identity, Side), Made>>,
    /// The operations that name each schema in what they take or answer.
    uses: OnceLock<HashMap<Identity, Vec<usize>>>,
}

impl Memory {
    /// What many operations answer is written once for all pages of a folder, whose links are the same.
    pub(super) fn written(&self, key: Key, write: impl FnOnce() -> String) -> Arc<str> {
        recall(&self.written, key, || write().into())
    }

    /// What is made for a schema with a name.
    pub(super) fn made(&self, key: (Identity, Side), make: impl FnOnce() -> Option<String>) -> Made {
        recall(&self.made, key, || make().map(Arc::from))
    }

    /// The operations that name a schema.
    pub(super) fn uses(&self, reference: &Reference<'_, '_>, schema: Identity) -> &[usize] {
        self.uses.get_or_init(|| reference.uses()).get(&schema).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What is known of a key, else what is found now. Two threads may find the same at once.
fn recall<K: Hash + Eq, V: Clone>(known: &Mutex<HashMap<K, V>>, key: K, find: impl FnOnce() -> V) -> V {
    if let Some(value) = known.lock().ok().and_then(|it| it.get(&key).cloned()) {
        return value;
    }
    let value = find();
    if let Ok(mut known) = known.lock() {
        known.insert(key, value.clone());
    }
    value
}

impl<'p> Reference<'_, 'p> {
    fn uses(&self) -> HashMap<Identity, Vec<usize>> {
        let mut uses: HashMap<Identity, Vec<usize>> = HashMap::new();
        for (at, operation) in self.spec.operations.iter().enumerate() {
            if self.plan.operation(at).is_none() {
                continue;
            }
            let call = self.spec.call(&self.cx.project.sources, operation);
            let of_content =
                |it: Vec<Media<'p>>| it.into_iter().filter_map(|it| it.schema).collect::<Vec<_>>();
            let mut schemas = call.body().map(|it| of_content(it.content)).unwrap_or_default();
            for answer in call.responses() {
                schemas.extend(answer.headers().iter().filter_map(Parameter::schema));
                schemas.extend(of_content(answer.content));
            }
            schemas.extend(call.parameters().iter().filter_map(Parameter::schema));
            for piece in schemas.into_iter().flat_map(|it| Schema::of(it).pieces()) {
                if let Piece::Name(_, identity) = piece {
                    let list = uses.entry(identity).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
        }
        uses
    }
}
