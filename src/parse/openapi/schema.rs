//! The properties of schemas.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::content::Contents;
use super::kind::{is_null, kind};
use super::limits::limits;
use super::place::{Files, Place};
use crate::model::spec::Field;
use crate::model::tree::TreeId;

/// How many schemas one schema may be made of.
const MAX_PARTS: usize = 64;

/// More properties than these are not read.
const MAX_FIELDS: usize = 500;

impl<'a> Contents<'a> {
    /// The properties of a schema, or of its items for a list.
    pub(super) fn fields(&mut self, schema: Place<'a>) -> Arc<[Field]> {
        let files = self.files;
        // A bare reference has nothing of its own, so all of its kind share what they lead to.
        let is_bare = |it: &Place<'a>| it.view.len() == 1 && it.own("$ref").is_some();
        let schema = files.chain(schema).find(|it| !is_bare(it)).unwrap_or(schema);
        if let Some(known) = self.fields.get(&schema.identity()) {
            return Arc::clone(known);
        }
        let mut properties = Properties::new(files);
        properties.collect(schema);
        let fields: Arc<[Field]> = properties.finish().into();
        self.fields.insert(schema.identity(), Arc::clone(&fields));
        fields
    }
}

/// The properties of a schema while they are collected.
struct Properties<'a> {
    files: Files<'a>,
    seen: HashSet<(u32, TreeId)>,
    fields: Vec<Field>,
    by_name: HashMap<String, usize>,
    required: HashSet<String>,
}

impl<'a> Properties<'a> {
    fn new(files: Files<'a>) -> Properties<'a> {
        Properties {
            files,
            seen: HashSet::new(),
            fields: Vec::new(),
            by_name: HashMap::new(),
            required: HashSet::new(),
        }
    }

    fn collect(&mut self, schema: Place<'a>) {
        let files = self.files;
        if files.is_exhausted() || self.seen.len() >= MAX_PARTS || !self.seen.insert(schema.identity()) {
            return;
        }
        if let Some(target) = files.step(schema) {
            self.collect(target);
        }
        if let Some(parts) = schema.own("allOf") {
            parts.items().for_each(|it| self.collect(it));
        }
        if let Some(names) = schema.own("required") {
            self.required.extend(names.items().filter_map(Place::text));
        }
        if let Some(properties) = schema.own("properties") {
            for (name, property) in files.members(properties) {
                self.add(name, property);
            }
        }
        if !self.fields.is_empty() {
            return;
        }
        // Nothing at this level: look into the items of a list, or the only alternative to null.
        if let Some(items) = schema.own("items") {
            self.collect(items);
        } else if let Some(only) = only_alternative(files, schema) {
            self.collect(only);
        }
    }

    fn add(&mut self, key: Place<'a>, property: Place<'a>) {
        let files = self.files;
        let Some(name) = key.text() else { return };
        if self.fields.len() >= MAX_FIELDS {
            return;
        }
        let field = Field {
            kind: kind(files, property),
            required: false,
            limits: limits(files, property),
            description: files.text(property, "description"),
            span: key.span(),
            name: name.clone(),
        };
        match self.by_name.get(&name) {
            // The parts of `allOf` come first, so what follows says more.
            Some(&at) => self.fields[at] = field,
            None => {
                self.by_name.insert(name, self.fields.len());
                self.fields.push(field);
            }
        }
    }

    fn finish(mut self) -> Vec<Field> {
        for field in &mut self.fields {
            field.required = self.required.contains(&field.name);
        }
        self.fields
    }
}

fn only_alternative<'a>(files: Files<'a>, schema: Place<'a>) -> Option<Place<'a>> {
    let list = schema.own("anyOf").or_else(|| schema.own("oneOf"))?;
    let mut some = list.items().filter(|&it| !is_null(files, it));
    some.next().filter(|_| some.next().is_none())
}
