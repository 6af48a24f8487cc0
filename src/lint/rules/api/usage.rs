//! Which components of a project nothing refers to.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::operations::{calls, webhooks};
use crate::model::Project;
use crate::model::spec::shape::Shape;
use crate::model::spec::{Kind, Node, Spec, Target, Version};
use crate::source::{SourceId, Sources};

/// A pointer longer than this, in bytes, is not recognised.
const MAX_POINTER: usize = 200;

/// A named part of a document that others refer to.
pub(super) struct Component<'a> {
    pub(super) key: Node<'a>,
    pub(super) name: Cow<'a, str>,
    /// `the schema`
    pub(super) what: String,
    kind: Kind,
    value: Node<'a>,
    /// As a reference in the same file calls it, without escapes.
    pointer: String,
}

/// The components that nothing refers to, of all specs with operations.
pub(super) fn unused(project: &Project) -> Vec<Component<'_>> {
    let mut unused = Vec::new();
    let targets = targets(project);
    for spec in &project.specs {
        let sources = &project.sources;
        // What has no operations is there for others to refer to.
        if spec.files.iter().any(|it| it.broken)
            || calls(spec, sources).is_empty() && webhooks(spec, sources).is_empty()
        {
            continue;
        }
        let mut components = components(spec, sources);
        let names = names(spec, sources);
        let children = children(spec, sources);
        components.retain(|it| {
            let span = it.value.view.span();
            let source = it.value.source();
            let used = targets.get(&source).is_some_and(|all| is_target(all, source, span.start, span.end));
            !(used || names.contains(&(it.kind, it.name.clone())) || children.contains(&it.value.identity()))
        });
        unused.extend(not_mentioned(components, sources));
    }
    unused
}

fn components<'a>(spec: &'a Spec, sources: &'a Sources) -> Vec<Component<'a>> {
    let Some(root) = spec.root(sources).map(|it| it.node) else { return Vec::new() };
    let (owner, prefix, sections): (_, _, &[(&str, Kind)]) = match spec.edition {
        Version::V2 => (Some(root), "#", &OLD_SECTIONS),
        _ => (root.get("components"), "#/components", &SECTIONS),
    };
    let mut components = Vec::new();
    let Some(owner) = owner.and_then(Node::follow) else { return components };
    for &(section, kind) in sections {
        let entries = owner.get(section).and_then(Node::follow);
        for (key, value) in entries.into_iter().flat_map(Node::members) {
            let Some(name) = key.text() else { continue };
            let what = format!("the {}", Shape::of(kind).name);
            let pointer = format!("{prefix}/{section}/{name}");
            components.push(Component { key, name, what, kind, value, pointer });
        }
    }
    components
}

const SECTIONS: [(&str, Kind); 11] = [
    ("schemas", Kind::Schema),
    ("responses", Kind::Response),
    ("parameters", Kind::Parameter),
    ("examples", Kind::Example),
    ("requestBodies", Kind::RequestBody),
    ("headers", Kind::Header),
    ("securitySchemes", Kind::SecurityScheme),
    ("links", Kind::Link),
    ("callbacks", Kind::Callback),
    ("pathItems", Kind::PathItem),
    ("mediaTypes", Kind::MediaType),
];

const OLD_SECTIONS: [(&str, Kind); 4] = [
    ("definitions", Kind::Schema),
    ("parameters", Kind::Parameter),
    ("responses", Kind::Response),
    ("securityDefinitions", Kind::SecurityScheme),
];

/// Where references lead in each file, and from where: ordered by target.
type Targets = HashMap<SourceId, Vec<(usize, SourceId, usize)>>;

fn targets(project: &Project) -> Targets {
    let mut targets = Targets::new();
    for spec in &project.specs {
        for reference in &spec.references {
            let Target::Value { file, node } = reference.target else { continue };
            let target = spec.node(&project.sources, file, node);
            let from = (reference.span.source, reference.span.start as usize);
            targets.entry(target.source()).or_default().push((target.view.span().start, from.0, from.1));
        }
    }
    targets.values_mut().for_each(|it| it.sort_unstable());
    targets
}

/// Whether something outside a range of a file refers into it. `all` are the references into the file.
fn is_target(all: &[(usize, SourceId, usize)], source: SourceId, start: usize, end: usize) -> bool {
    let first = all.partition_point(|it| it.0 < start);
    let inside = all[first..].iter().take_while(|it| it.0 < end.max(start + 1));
    inside.into_iter().any(|&(_, from, at)| from != source || !(start..end).contains(&at))
}

/// What is used by its name: security schemes, and schemas in mappings of discriminators.
fn names<'a>(spec: &'a Spec, sources: &'a Sources) -> HashSet<(Kind, Cow<'a, str>)> {
    let mut names = HashSet::new();
    for requirement in spec.objects(sources, Kind::SecurityRequirement) {
        let keys = requirement.node.members().filter_map(|(key, _)| key.text());
        names.extend(keys.map(|it| (Kind::SecurityScheme, it)));
    }
    for discriminator in spec.objects(sources, Kind::Discriminator) {
        let mapping = discriminator.get("mapping").into_iter().flat_map(Node::members).map(|it| it.1);
        for target in mapping.chain(discriminator.get("defaultMapping")) {
            let Some(words) = target.text() else { continue };
            let name = words.rsplit('/').next().unwrap_or_default().to_owned();
            names.insert((Kind::Schema, Cow::Owned(name)));
        }
    }
    names
}

/// The schemas that extend one with a discriminator, which finds them by their name.
fn children(spec: &Spec, sources: &Sources) -> HashSet<(u32, u32)> {
    let schemas = || spec.objects(sources, Kind::Schema);
    let mut bases: HashSet<_> =
        schemas().filter(|it| it.has("discriminator")).map(|it| it.node.identity()).collect();
    let mut children = HashSet::new();
    if bases.is_empty() {
        return children;
    }
    // Each round adds a generation; the lines of real documents are short.
    for _ in 0..8 {
        let extends = |it: &Node<'_>| {
            let parts = it.get("allOf").into_iter().flat_map(Node::items);
            parts.filter_map(Node::follow).any(|it| bases.contains(&it.identity()))
        };
        let next: Vec<_> = schemas().map(|it| it.node).filter(extends).map(Node::identity).collect();
        let before = children.len();
        children.extend(next.iter().copied());
        bases.extend(next);
        if children.len() == before {
            break;
        }
    }
    children
}

/// Those whose pointer stands nowhere else in their file, in an extension for example.
fn not_mentioned<'a>(mut components: Vec<Component<'a>>, sources: &Sources) -> Vec<Component<'a>> {
    let mut mentioned = HashSet::new();
    let by_pointer: HashMap<(SourceId, &str), usize> =
        components.iter().enumerate().map(|(at, it)| ((it.key.source(), &*it.pointer), at)).collect();
    let files: HashSet<SourceId> = components.iter().map(|it| it.key.source()).collect();
    for file in files {
        let text: &str = &sources.get(file).text;
        for start in memmem::find_iter(text.as_bytes(), "#/") {
            let mut limit = text.len().min(start + MAX_POINTER);
            while !text.is_char_boundary(limit) {
                limit -= 1;
            }
            let rest = &text[start..limit];
            let end = rest.find(|it: char| it.is_whitespace() || "\"',}]".contains(it)).unwrap_or(rest.len());
            // The pointer may lead further into the component.
            let ends = rest[..end].match_indices('/').map(|it| it.0).skip(2).take(2).chain([end]);
            for at in ends.filter_map(|it| by_pointer.get(&(file, &rest[..it]))) {
                if !components[*at].value.view.span().contains(&start) {
                    mentioned.insert(*at);
                }
            }
        }
    }
    let mut at = 0;
    components.retain(|_| {
        at += 1;
        !mentioned.contains(&(at - 1))
    });
    components
}
