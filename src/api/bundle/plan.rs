//! Decides what becomes of every reference: a pointer to a component, or the value itself.

use std::collections::{HashMap, HashSet};

use crate::model::resolve::{has_scheme, join};
use crate::model::spec::read;
use crate::model::spec::{Kind, Node, Reference, Spec, Target, Version};
use crate::model::tree::TreeId;
use crate::source::{Sources, Span};

/// A value of a file of the spec.
pub(super) type Place = (u32, TreeId);

/// What takes the place of a mapping with a `$ref`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inlined {
    /// The value that it leads to.
    Value(Place),
    /// A text.
    Text(String),
}

/// A value of another file that becomes a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Component {
    /// `schemas`, or `definitions` in 2.0.
    pub(super) section: &'static str,
    /// Its name there.
    pub(super) name: String,
    /// The value.
    pub(super) place: Place,
}

/// What is to be done.
pub(super) struct Plan<'a> {
    pub(super) spec: &'a Spec,
    pub(super) sources: &'a Sources,
    /// The root of the document.
    pub(super) root: Node<'a>,
    /// Scalars that lead somewhere else now.
    pub(super) pointers: HashMap<Place, String>,
    /// Mappings that are replaced.
    pub(super) inlined: HashMap<Place, Inlined>,
    /// References to files that are not there, where the specification knows no references.
    pub(super) left: Vec<Span>,
    /// What is added to the components, in order.
    pub(super) components: Vec<Component>,
    /// Where values of other files are now.
    homes: HashMap<Place, String>,
    names: HashSet<(&'static str, String)>,
    /// What belongs at the place of a reference.
    kinds: HashMap<Place, Kind>,
    seen: HashSet<Place>,
    waiting: Vec<Place>,
}

impl<'a> Plan<'a> {
    /// None when the spec has no root.
    pub(super) fn new(spec: &'a Spec, sources: &'a Sources) -> Option<Plan<'a>> {
        let file = spec.files.first()?;
        let view = file.tree.root(&sources.get(file.source).text)?;
        let root = Node { spec, sources, file: 0, view };
        let mut plan = Plan {
            spec,
            sources,
            root,
            pointers: HashMap::new(),
            inlined: HashMap::new(),
            left: Vec::new(),
            components: Vec::new(),
            homes: HashMap::new(),
            names: HashSet::new(),
            kinds: spec.objects.uses.iter().filter_map(|it| Some(((it.file, it.node), it.kind?))).collect(),
            seen: HashSet::new(),
            waiting: Vec::new(),
        };
        plan.own_components();
        plan.texts();
        plan.visit((0, root.view.id()));
        // A list takes the place of recursion: references may form long chains.
        let mut next = 0;
        while let Some(&place) = plan.waiting.get(next) {
            next += 1;
            plan.visit(place);
        }
        Some(plan)
    }

    /// A value of a file.
    pub(super) fn node(&self, place: Place) -> Node<'a> {
        self.spec.node(self.sources, place.0, place.1)
    }

    /// Remembers the names that are taken. A component that is nothing but a reference to another file is the
    /// home of what it leads to.
    fn own_components(&mut self) {
        for section in SECTIONS {
            let owner = match self.spec.edition {
                Version::V2 => Some(self.root),
                _ => self.root.get("components"),
            };
            let Some(entries) = owner.and_then(|it| it.get(section)) else { continue };
            for (key, value) in entries.members() {
                let Some(name) = key.text() else { continue };
                self.names.insert((section, name.clone().into_owned()));
                if let Some(Target::Value { file, node }) = target(self.spec, value.identity())
                    && file != 0
                    && value.view.len() == 1
                    && !self.homes.contains_key(&(file, node))
                {
                    let pointer = pointer(self.spec.edition, section, &name);
                    self.homes.insert((file, node), pointer);
                    self.inlined.insert(value.identity(), Inlined::Value((file, node)));
                }
            }
        }
    }

    /// References that stand where the specification knows none, such as the source of a code sample, are
    /// replaced where they lead to a text.
    fn texts(&mut self) {
        for (index, file) in self.spec.files.iter().enumerate() {
            let source = self.sources.get(file.source);
            let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for view in file.tree.nodes(&source.text).filter(|it| it.is_mapping() && !it.is_alias()) {
                let place = (index as u32, view.id());
                let Some(scalar) = view.get("$ref") else { continue };
                let Some(words) = scalar.as_str() else { continue };
                if target(self.spec, place).is_some() || words.contains('#') {
                    continue;
                }
                let decoded = percent_encoding::percent_decode_str(&words).decode_utf8_lossy();
                let is_tree =
                    [".yaml", ".yml", ".json"].iter().any(|it| decoded.to_ascii_lowercase().ends_with(it));
                let found = join(folder, &decoded).and_then(|it| self.sources.id(&it));
                match found.filter(|_| !is_tree) {
                    Some(found) => {
                        let text = self.sources.get(found).text.to_string();
                        self.inlined.insert(place, Inlined::Text(text));
                    }
                    None if has_scheme(&words) => {}
                    None => self.left.push(Span::new(file.source, scalar.content_span())),
                }
            }
        }
    }

    /// Decides about the references in a value.
    fn visit(&mut self, place: Place) {
        if !self.seen.insert(place) {
            return;
        }
        let spec = self.spec;
        let within = self.node(place).view.span();
        let inside = |start: u32, end: u32| within.start <= start as usize && end as usize <= within.end;
        let first = spec.references.partition_point(|it| it.file < place.0);
        for reference in spec.references[first..].iter().take_while(|it| it.file == place.0) {
            if inside(reference.span.start, reference.span.end) {
                self.decide(reference);
            }
        }
        for it in spec.objects(self.sources, Kind::Discriminator).filter(|it| it.object.file == place.0) {
            let span = it.node.view.span();
            if inside(span.start as u32, span.end as u32) {
                self.mapping(it.node);
            }
        }
    }

    fn decide(&mut self, reference: &Reference) {
        let place = (reference.file, reference.node);
        if let Some(Inlined::Value(value)) = self.inlined.get(&place) {
            self.waiting.push(*value);
            return;
        }
        let target = match reference.target {
            Target::Value { file, node } => (file, node),
            Target::Text(source) => {
                let text = self.sources.get(source).text.to_string();
                self.inlined.insert(place, Inlined::Text(text));
                return;
            }
            Target::Remote | Target::Missing => return,
        };
        if target.0 == 0 && place.0 == 0 && !is_to_a_file(self.sources.text(reference.span)) {
            return;
        }
        let words = self.sources.text(reference.span).to_owned();
        let fragment = words.split_once('#').map_or("", |(_, it)| it);
        let pointer = if target.0 == 0 {
            format!("#{fragment}")
        } else {
            let section = self.kinds.get(&place).and_then(|it| section(*it, self.spec.edition));
            let Some(section) = section.filter(|_| !self.is_inline(place)) else {
                self.inlined.insert(place, Inlined::Value(target));
                self.waiting.push(target);
                return;
            };
            self.home(target, section, &words)
        };
        if let Some(scalar) = self.node(place).get("$ref") {
            self.pointers.insert((place.0, scalar.view.written_id()), pointer);
        }
    }

    /// Whether the value itself must stand at a place: a component cannot.
    fn is_inline(&self, place: Place) -> bool {
        matches!(self.kinds.get(&place), None | Some(Kind::PathItem))
    }

    /// The pointer to the component that a value is or becomes.
    fn home(&mut self, target: Place, section: &'static str, words: &str) -> String {
        if let Some(known) = self.homes.get(&target) {
            return known.clone();
        }
        let plain = |it: char| if it.is_ascii_alphanumeric() || "._-".contains(it) { it } else { '_' };
        let name: String = read::target_name(words).chars().map(plain).collect();
        let name = if name.is_empty() { "component".to_owned() } else { name };
        let mut unique = name.clone();
        let mut count = 1;
        while !self.names.insert((section, unique.clone())) {
            count += 1;
            unique = format!("{name}{count}");
        }
        let pointer = pointer(self.spec.edition, section, &unique);
        self.homes.insert(target, pointer.clone());
        self.components.push(Component { section, name: unique, place: target });
        self.waiting.push(target);
        pointer
    }

    /// The values of a discriminator's mapping are references without the word.
    fn mapping(&mut self, discriminator: Node<'a>) {
        let Some(mapping) = discriminator.get("mapping") else { return };
        let from = self.sources.path(discriminator.source());
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (_, value) in mapping.members() {
            let Some(words) = value.text() else { continue };
            let (file, fragment) = words.split_once('#').unwrap_or((&words, ""));
            let path = if file.is_empty() { Some(from.to_owned()) } else { join(folder, file) };
            let id = path.and_then(|it| self.sources.id(&it));
            let index = self.spec.files.iter().position(|it| Some(it.source) == id);
            let Some(index) = index.filter(|&it| it != 0) else { continue };
            let tree = &self.spec.files[index].tree;
            let text = &self.sources.get(self.spec.files[index].source).text;
            let Some(target) = tree.root(text).and_then(|it| it.pointer(fragment)) else { continue };
            let pointer = match section(Kind::Schema, self.spec.edition) {
                Some(section) => self.home((index as u32, target.id()), section, &words),
                None => continue,
            };
            self.pointers.insert((value.file, value.view.written_id()), pointer);
        }
    }
}

/// Where the reference at a place leads.
fn target(spec: &Spec, place: Place) -> Option<Target> {
    let found = spec.references.binary_search_by_key(&place, |it| (it.file, it.node)).ok()?;
    Some(spec.references[found].target)
}

/// Whether a target names a file, be it the one that it stands in.
fn is_to_a_file(words: &str) -> bool {
    !words.starts_with('#')
}

fn pointer(edition: Version, section: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    match edition {
        Version::V2 => format!("#/{section}/{name}"),
        _ => format!("#/components/{section}/{name}"),
    }
}

/// Every section that holds components.
const SECTIONS: [&str; 13] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
    "definitions",
    "securityDefinitions",
];

/// The section for a kind; none where a version has none.
fn section(kind: Kind, edition: Version) -> Option<&'static str> {
    let since = |version, section| (edition >= version).then_some(section);
    match kind {
        Kind::Schema if edition == Version::V2 => Some("definitions"),
        Kind::Schema => Some("schemas"),
        Kind::Response => Some("responses"),
        Kind::Parameter => Some("parameters"),
        Kind::Example => since(Version::V30, "examples"),
        Kind::RequestBody => since(Version::V30, "requestBodies"),
        Kind::Header => since(Version::V30, "headers"),
        Kind::SecurityScheme => since(Version::V30, "securitySchemes"),
        Kind::Link => since(Version::V30, "links"),
        Kind::Callback => since(Version::V30, "callbacks"),
        Kind::PathItem => since(Version::V31, "pathItems"),
        Kind::MediaType => since(Version::V32, "mediaTypes"),
        _ => None,
    }
}
