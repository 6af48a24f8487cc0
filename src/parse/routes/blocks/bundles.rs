//! Methods of libraries that declare many routes at once: `Auth::routes()`.

use super::chains::{Link, Reader};
use super::last;
use super::table::Bundle;
use crate::parse::routes::interpret::Value;
use crate::parse::routes::text::Text;

impl<'a> Reader<'_, 'a, '_> {
    /// `Auth::routes()`
    pub(super) fn bundle(&self, links: &[Link]) -> Option<(&'a Bundle, usize)> {
        links.iter().find_map(|it| {
            let name = &self.interpreter.noted(it.id).name;
            let (of, method) = name.rsplit_once('.')?;
            let called = format!("{}.{method}", last(of));
            let does =
                |it: &&Bundle| it.also.contains(&called) || (it.facade == last(of) && it.method == method);
            Some((self.table.bundle.iter().find(does)?, it.id))
        })
    }

    /// Declares what a method of a library declares, without the parts that its options leave out.
    pub(super) fn declare_bundle(&mut self, bundle: &'a Bundle, id: usize, before: &Text) {
        let place = self.place(id);
        self.interpreter.graph.provided.insert(place);
        let options = self.argument(id, 0).and_then(|it| self.interpreter.entries_of(it));
        let said = options.unwrap_or_default().to_vec();
        for part in &bundle.part {
            let option = said.iter().find(|(key, _)| **key == *part.option).map(|(_, it)| it.clone());
            let is_there = || match &part.file {
                Some(file) => self.sources.iter().any(|(_, it)| it.path.ends_with(file.as_str())),
                None => part.usual,
            };
            if !option.map_or_else(is_there, |it| it != Value::Bool(false)) {
                continue;
            }
            for (verb, own) in part.routes.iter().filter_map(|it| it.split_once(' ')) {
                let mut path = before.clone();
                path.join(&Text::known(own));
                self.declare(&path, &[verb.to_owned()], id);
            }
        }
    }
}
