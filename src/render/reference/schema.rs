//! A schema as nested lists: what is inside a property opens below it. Circles, what stands deep and what a page has
//! no room for is a link to the schema's own page.

use std::collections::HashSet;

use super::Reference;
use super::words::{around, limit, word};
use crate::model::spec::message::Parameter;
use crate::model::spec::schema::{Choice, Property, Schema, short_json};
use crate::model::spec::words::Piece;
use crate::model::tree::TreeId;
use crate::render::html::code::write_code;
use crate::render::html::escape::{attribute_into, escape, escape_into};
use crate::render::texts::Texts;
use crate::render::url::{Place, folder};

/// How deep the inside of a schema is written below where it is used.
const MAX_DEPTH: usize = 4;
/// More values of an enumeration fold.
const MANY_VALUES: usize = 12;

/// Writes schemas for one place of the site.
pub(super) struct SchemaWriter<'r, 'p> {
    reference: &'r Reference<'r, 'p>,
    place: &'r Place,
    pub out: String,
    /// How many more properties may be written in folds.
    room: usize,
    /// What it was at first.
    limit: usize,
    /// The schemas around the one that is written.
    around: Vec<(u32, TreeId)>,
    /// Those with a name whose inside was written.
    written: HashSet<(u32, TreeId)>,
}

impl<'r, 'p> SchemaWriter<'r, 'p> {
    pub(super) fn new(
        reference: &'r Reference<'r, 'p>,
        place: &'r Place,
        room: usize,
    ) -> SchemaWriter<'r, 'p> {
        let (around, written) = (Vec::new(), HashSet::new());
        SchemaWriter { reference, place, out: String::new(), room, limit: room, around, written }
    }

    fn texts(&self) -> &'r Texts {
        &self.reference.cx.says
    }

    /// A text of the site as HTML.
    fn says(&self, key: &str) -> String {
        escape(self.texts().get(key))
    }

    /// What was written, and room for the next.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// A schema where a body or response holds it. The second time a page meets a name, the link is enough.
    pub(super) fn top(&mut self, schema: &Schema<'p>) {
        if schema.name.is_some() && !self.written.insert(schema.identity()) {
            return;
        }
        if !schema.is_plain_reference() {
            self.about(schema);
            return self.inside(schema, 0);
        }
        let room = self.limit / 2;
        let key = (schema.identity(), folder(&self.place.path).to_owned(), room);
        let html = self.reference.memory.written(key, || {
            let mut writer = SchemaWriter::new(self.reference, self.place, room);
            writer.about(schema);
            writer.inside(schema, 0);
            writer.take()
        });
        self.out.push_str(&html);
    }

    /// The words for a type, names as links to their pages.
    pub(super) fn kind(&mut self, schema: &Schema<'p>) {
        let says = self.texts();
        for piece in schema.pieces() {
            match piece {
                Piece::Text(text) => escape_into(&mut self.out, &text),
                Piece::Word(it) => escape_into(&mut self.out, says.get(word(it))),
                Piece::More(count) => escape_into(&mut self.out, &says.with("and-more", &count.to_string())),
                Piece::Begin(it) => escape_into(&mut self.out, &says.around(around(it)).before),
                Piece::End(it) => escape_into(&mut self.out, &says.around(around(it)).after),
                Piece::Name(name, identity) => match self.reference.plan.schema(identity) {
                    Some(path) => {
                        self.out.push_str("<a");
                        attribute_into(&mut self.out, "href", &self.place.to(path));
                        self.out.push('>');
                        escape_into(&mut self.out, &name);
                        self.out.push_str("</a>");
                    }
                    None => escape_into(&mut self.out, &name),
                },
            }
        }
    }

    /// Parameters, headers or the fields of a form.
    pub(super) fn inputs(&mut self, inputs: &[Parameter<'p>]) {
        self.out.push_str("<ul class=\"props\">\n");
        for input in inputs {
            let schema = Schema::of(input.schema().unwrap_or(input.node));
            let deprecated = input.node.reads_true("deprecated") || schema.flag("deprecated");
            self.head(&input.name(), &schema, input.is_required(), deprecated);
            let description = input.node.read_text("description");
            self.text(&description);
            // 2.0 has the schema's words in the declaration, description included.
            if schema.identity() != input.node.identity() && description.is_empty() {
                self.text(&schema.text("description"));
            }
            self.about(&schema);
            let example = input.node.read("example").or_else(|| schema.get("example"));
            if let Some(example) = example {
                self.fact("example", &short_json(example));
            }
            self.fold(&schema, 1);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    /// Values, default and limits.
    fn about(&mut self, schema: &Schema<'p>) {
        let values = schema.values();
        if !values.is_empty() {
            let word = self.says(if values.len() == 1 { "always" } else { "one-of" });
            let list = |values: &[String]| {
                let code = values.iter().map(|it| format!("<code>{}</code>", escape(it)));
                code.collect::<Vec<_>>().join(", ")
            };
            let shown = values.len().min(MANY_VALUES);
            self.out.push_str(&format!("<p class=\"fact\"><span>{word}</span> {}", list(&values[..shown])));
            self.out.push_str("</p>\n");
            if shown < values.len() {
                self.out.push_str(&format!(
                    "<details class=\"bare\"><summary>{}</summary><p class=\"fact\">{}</p></details>\n",
                    self.texts().html("more-values", &[&(values.len() - shown).to_string()]),
                    list(&values[shown..])
                ));
            }
        }
        if let Some(default) = schema.default() {
            self.fact("default", &default);
        }
        let limits = schema.limits();
        if !limits.is_empty() {
            let words = limits.iter().map(|it| limit(self.texts(), it)).collect::<Vec<_>>().join(" · ");
            self.out.push_str(&format!("<p class=\"fact\">{words}</p>\n"));
        }
    }

    fn fact(&mut self, key: &str, value: &str) {
        let word = self.says(key);
        self.out
            .push_str(&format!("<p class=\"fact\"><span>{word}</span> <code>{}</code></p>\n", escape(value)));
    }

    fn text(&mut self, markdown: &str) {
        if !markdown.trim().is_empty() {
            self.out.push_str("<div class=\"words\">");
            self.out.push_str(&self.reference.description(markdown, self.place, 5));
            self.out.push_str("</div>\n");
        }
    }

    fn head(&mut self, name: &str, schema: &Schema<'p>, required: bool, deprecated: bool) {
        self.room = self.room.saturating_sub(1);
        self.out.push_str(if deprecated { "<li class=\"deprecated\">" } else { "<li>" });
        self.out.push_str("<p class=\"prop\"><code>");
        escape_into(&mut self.out, name);
        self.out.push_str("</code> <span class=\"kind\">");
        self.kind(schema);
        self.out.push_str("</span>");
        if required {
            let word = self.says("required");
            self.out.push_str(&format!(" <span class=\"required\">{word}</span>"));
        }
        if deprecated {
            let word = self.says("deprecated");
            self.out.push_str(&format!(" <span class=\"badge warn\">{word}</span>"));
        }
        self.out.push_str("</p>\n");
    }

    fn property(&mut self, property: &Property<'p>, depth: usize) {
        let schema = &property.schema;
        self.head(&property.name, schema, property.required, schema.flag("deprecated"));
        self.text(&schema.text("description"));
        self.about(schema);
        if let Some(example) =
            schema.get("example").filter(|it| !it.view.is_mapping() && !it.view.is_sequence())
        {
            self.fact("example", &short_json(example));
        }
        self.fold(schema, depth + 1);
        self.out.push_str("</li>\n");
    }

    /// What is inside a property, folded; nothing where the link to its page must do.
    fn fold(&mut self, schema: &Schema<'p>, depth: usize) {
        let inner = innermost(schema);
        let properties = inner.properties().len();
        let choices = inner.choice().map_or(0, |(_, all)| all.iter().filter(|it| !it.is_null()).count());
        if properties == 0 && choices < 2 {
            return;
        }
        let is_circle = self.around.contains(&inner.identity());
        if is_circle || depth > MAX_DEPTH || self.room < properties {
            return;
        }
        let words = escape(&match (properties, choices) {
            (0, n) => self.texts().with("alternatives", &n.to_string()),
            (n, _) => self.texts().counted(n, "property-count", "properties-count"),
        });
        self.out.push_str(&format!("<details class=\"inside\"><summary>{words}</summary>\n"));
        self.inside(&inner, depth);
        self.out.push_str("</details>\n");
    }

    /// The properties, alternatives or items of a schema.
    fn inside(&mut self, schema: &Schema<'p>, depth: usize) {
        let schema = &innermost(schema);
        if self.around.contains(&schema.identity()) {
            return;
        }
        self.around.push(schema.identity());
        let properties = schema.properties();
        if !properties.is_empty() {
            self.out.push_str("<ul class=\"props\">\n");
            properties.iter().for_each(|it| self.property(it, depth));
            self.out.push_str("</ul>\n");
        }
        if let Some((choice, all)) = schema.choice() {
            self.alternatives(schema, choice, &all, depth);
        }
        self.around.pop();
    }

    fn alternatives(&mut self, schema: &Schema<'p>, choice: Choice, all: &[Schema<'p>], depth: usize) {
        let some: Vec<&Schema<'p>> = all.iter().filter(|it| !it.is_null()).collect();
        if let [only] = some.as_slice() {
            return self.inside(only, depth);
        }
        let discriminator = schema.discriminator();
        let words = self.says(if choice == Choice::OneOf { "one-of-these" } else { "any-of-these" });
        self.out.push_str(&format!("<p class=\"choice\">{words}"));
        if let Some(it) = &discriminator {
            let property = format!("<code>{}</code>", escape(&it.property));
            let words = self.texts().html("told-apart", &[&property]);
            self.out.push_str(&format!(", {words}"));
        }
        self.out.push_str("</p>\n<ul class=\"alternatives\">\n");
        for alternative in some {
            self.out.push_str("<li><p class=\"prop\"><span class=\"kind\">");
            self.kind(alternative);
            self.out.push_str("</span>");
            let named = discriminator.as_ref().and_then(|it| {
                let name = alternative.name.as_deref()?;
                let is_it = |target: &str| target == name || target.rsplit('/').next() == Some(name);
                it.mapping.iter().find(|(_, target)| is_it(target)).map(|(value, _)| value)
            });
            if let Some(value) = named {
                self.out.push_str(&format!(" <code>{}</code>", escape(value)));
            }
            if alternative.name.is_none() && !alternative.text("title").is_empty() {
                self.out.push_str(&format!(" {}", escape(&alternative.text("title"))));
            }
            self.out.push_str("</p>\n");
            self.text(&alternative.text("description"));
            self.about(alternative);
            self.fold(alternative, depth + 1);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    /// An example that is written in the spec, or made.
    pub(super) fn example(&mut self, text: &str, language: &str, title: &str) {
        write_code(&mut self.out, text, language, title);
    }
}

/// What lists and maps hold in the end, where they are but wrapping.
pub(super) fn innermost<'p>(schema: &Schema<'p>) -> Schema<'p> {
    let mut inner = schema.clone();
    for _ in 0..MAX_DEPTH {
        if inner.get("properties").is_some() || inner.choice().is_some() {
            break;
        }
        match inner.items().or_else(|| inner.additional()) {
            Some(next) => inner = next,
            None => break,
        }
    }
    inner
}
