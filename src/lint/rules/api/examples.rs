//! The examples and defaults of a spec with the schemas that they must fit.

use super::dialect;
use super::fit::{Direction, Fitting, Flaw};
use crate::model::spec::{Kind, Node, Spec, Typed, Version};
use crate::source::Sources;

/// Looks at every example of a spec, those of schemas included.
pub(super) fn examples(spec: &Spec, sources: &Sources, mut tell: impl FnMut(Flaw)) {
    let mut check = Check::new(spec, sources);
    for object in spec.objects(sources, Kind::Schema) {
        let list = object.get("examples").filter(|it| it.view.is_sequence());
        for value in object.get("example").into_iter().chain(list.into_iter().flat_map(Node::items)) {
            check.value(object.node, object, value, Direction::Both, false, &mut tell);
        }
    }
    for kind in [Kind::MediaType, Kind::Parameter, Kind::Header] {
        for object in spec.objects(sources, kind) {
            let Some(schema) = object.get("schema") else { continue };
            let is_text = kind != Kind::MediaType || !object.name().is_some_and(|it| it.contains("json"));
            let direction = direction(object);
            for value in values(object.node) {
                check.value(schema, object, value, direction, is_text, &mut tell);
            }
        }
    }
    if spec.edition == Version::V2 {
        for response in spec.objects(sources, Kind::Response) {
            let (Some(schema), Some(examples)) = (response.get("schema"), response.get("examples")) else {
                continue;
            };
            for (key, value) in examples.members() {
                let is_text = !key.text().is_some_and(|it| it.contains("json"));
                check.value(schema, response, value, Direction::Response, is_text, &mut tell);
            }
        }
    }
}

/// Looks at every default of a spec.
pub(super) fn defaults(spec: &Spec, sources: &Sources, mut tell: impl FnMut(Flaw)) {
    let mut check = Check::new(spec, sources);
    let kinds: &[Kind] = match spec.edition {
        Version::V2 => &[Kind::Schema, Kind::Parameter, Kind::Header, Kind::Items],
        _ => &[Kind::Schema],
    };
    for object in kinds.iter().flat_map(|&kind| spec.objects(sources, kind)) {
        if let Some(value) = object.get("default") {
            check.value(object.node, object, value, Direction::Both, false, &mut tell);
        }
    }
}

/// The values of the examples of a media type, a parameter or a header.
fn values(owner: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let named = owner.get("examples").into_iter().flat_map(Node::members);
    let values = named.filter_map(|(_, example)| {
        let example = example.follow()?;
        example.get("value").or_else(|| example.get("dataValue"))
    });
    owner.get("example").into_iter().chain(values)
}

/// Which way the values of an object go.
fn direction(object: Typed<'_>) -> Direction {
    let around = std::iter::once(object).chain(object.ancestors());
    let mut ways = around.filter_map(|it| match it.kind() {
        Kind::Parameter | Kind::RequestBody => Some(Direction::Request),
        Kind::Response => Some(Direction::Response),
        _ => None,
    });
    ways.next().unwrap_or(Direction::Both)
}

struct Check<'a> {
    sources: &'a Sources,
    foreign: dialect::Foreign,
    fitting: Fitting,
}

impl<'a> Check<'a> {
    fn new(spec: &Spec, sources: &'a Sources) -> Check<'a> {
        Check { sources, foreign: dialect::foreign(spec, sources), fitting: Fitting::new() }
    }

    /// `is_text` says that the example may be written as it goes over the wire.
    fn value(
        &mut self,
        schema: Node<'_>,
        owner: Typed<'_>,
        value: Node<'_>,
        direction: Direction,
        is_text: bool,
        tell: &mut impl FnMut(Flaw),
    ) {
        let span = value.span();
        // The bytes of a secret are not those that the schema is for.
        if self.foreign.contains(owner) || self.sources.get(span.source).is_masked(span.range()) {
            return;
        }
        // A reference to an example in another file, which only bundlers follow.
        if value.is_reference() {
            return;
        }
        let flaws = self.fitting.flaws(schema, value, direction);
        if flaws.is_empty() || is_written_out(value, is_text) {
            return;
        }
        flaws.into_iter().for_each(tell);
    }
}

/// Whether an example is text that stands for something else: the body of a form, JSON in quotes.
fn is_written_out(value: Node<'_>, is_text: bool) -> bool {
    let Some(text) = value.string() else { return false };
    let is_scalar = !text.contains(['{', '[', '<', '=', ',', '&', '\n', '|', ';']);
    (is_text && !is_scalar) || text.trim_start().starts_with(['{', '['])
}
