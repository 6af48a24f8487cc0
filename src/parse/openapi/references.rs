//! The files of a spec and the edges between them: every `$ref` is found once and resolved once.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::model::spec::{ProblemKind, Reference, SpecFile, SpecProblem, Target};
use crate::model::tree::{TreeId, View};
use crate::parse::tree;
use crate::source::{SourceId, Sources, Span};

/// What was read for one spec.
pub(super) struct Gathered {
    pub(super) files: Vec<SpecFile>,
    pub(super) references: Vec<Reference>,
    pub(super) problems: Vec<SpecProblem>,
    /// Whether the root file's own text is broken.
    pub(super) root_is_broken: bool,
}

/// Keys whose value maps names to things: a name below is no keyword, whatever it is called.
const NAME_MAPS: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securityDefinitions",
    "securitySchemes",
    "webhooks",
];

/// Keys whose value is a sample, where `$ref` is an ordinary word.
const SAMPLES: &[&str] = &["const", "dataValue", "default", "enum", "example", "value"];

/// For this many unresolved references a similar name is searched.
const MAX_SUGGESTIONS: usize = 50;

/// Reads the root file and all files that it refers to, near or far.
pub(super) fn gather(root: SourceId, sources: &Sources) -> Gathered {
    let mut gatherer = Gatherer::new(sources);
    gatherer.file(root);
    while let Some(index) = gatherer.waiting.pop_front() {
        gatherer.find_references(index);
    }
    gatherer.resolve()
}

struct Gatherer<'a> {
    sources: &'a Sources,
    files: Vec<SpecFile>,
    by_source: HashMap<SourceId, u32>,
    /// Files whose references are not yet known.
    waiting: VecDeque<u32>,
    found: Vec<Found>,
    /// `$anchor` and `$id` by file and name.
    anchors: HashMap<(u32, String), TreeId>,
    problems: Vec<SpecProblem>,
}

/// A `$ref` that was found.
struct Found {
    file: u32,
    node: TreeId,
    span: Span,
    target: String,
    leads: Leads,
}

/// The part of a target before the `#`.
enum Leads {
    File(u32),
    Text(SourceId),
    Remote,
    NoFile(Option<String>),
}

impl<'a> Gatherer<'a> {
    fn new(sources: &'a Sources) -> Gatherer<'a> {
        Gatherer {
            sources,
            files: Vec::new(),
            by_source: HashMap::new(),
            waiting: VecDeque::new(),
            found: Vec::new(),
            anchors: HashMap::new(),
            problems: Vec::new(),
        }
    }

    /// The index of a file, which is read when it is new.
    fn file(&mut self, source: SourceId) -> u32 {
        if let Some(&index) = self.by_source.get(&source) {
            return index;
        }
        let index = self.files.len() as u32;
        let sources = self.sources;
        let text = &sources.get(source).text;
        let (tree, problems) = tree::parse(sources.path(source), text);
        if let Some(first) = problems.first() {
            let language = if tree::is_json(sources.path(source), text) { "JSON" } else { "YAML" };
            self.problems.push(SpecProblem {
                kind: ProblemKind::Document,
                span: Span { source, start: first.span.start, end: first.span.end },
                message: format!("broken {language}: {}", first.message),
                help: first.help.map(str::to_owned),
            });
        }
        self.files.push(SpecFile { source, tree, broken: !problems.is_empty() });
        self.by_source.insert(source, index);
        self.waiting.push_back(index);
        index
    }

    fn find_references(&mut self, index: u32) {
        let file = &self.files[index as usize];
        let text: &str = &self.sources.get(file.source).text;
        let mut walk = Walk { source: file.source, found: Vec::new(), anchors: Vec::new() };
        if let Some(root) = file.tree.root(text) {
            walk.value(root, false);
        }
        let Walk { found, anchors, .. } = walk;
        self.anchors.extend(anchors.into_iter().map(|(name, node)| ((index, name), node)));
        for (node, span, target) in found {
            let leads = self.leads(index, &target);
            self.found.push(Found { file: index, node, span, target, leads });
        }
    }

    /// Finds the file that a target names.
    fn leads(&mut self, index: u32, target: &str) -> Leads {
        let file_part = target.split('#').next().unwrap_or_default();
        if file_part.is_empty() {
            return Leads::File(index);
        }
        if is_remote(file_part) {
            return Leads::Remote;
        }
        let from = self.sources.path(self.files[index as usize].source);
        let decoded = percent_encoding::percent_decode_str(file_part).decode_utf8_lossy();
        let Some(path) = join(from, &decoded) else { return Leads::NoFile(None) };
        let Some(source) = self.sources.id(&path) else { return Leads::NoFile(Some(path)) };
        let extension = path.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
        match extension.as_deref() {
            Some("json" | "yaml" | "yml") => Leads::File(self.file(source)),
            _ => Leads::Text(source),
        }
    }

    /// Turns what was found into edges.
    fn resolve(mut self) -> Gathered {
        let mut reported = HashSet::new();
        let mut references = Vec::with_capacity(self.found.len());
        for found in std::mem::take(&mut self.found) {
            let target = self.target(&found);
            // What a broken file lacks is the fault of the break; one problem is enough.
            let excused = self.is_broken(found.file)
                || matches!(found.leads, Leads::File(file) if self.is_broken(file));
            if target == Target::Missing && !excused && reported.insert(self.absolute(&found)) {
                let problem = self.missing(&found);
                self.problems.push(problem);
            }
            references.push(Reference { file: found.file, node: found.node, span: found.span, target });
        }
        references.sort_by_key(|it| (it.file, it.node));
        let root_is_broken = self.files.first().is_some_and(|it| it.broken);
        Gathered { files: self.files, references, problems: self.problems, root_is_broken }
    }

    fn is_broken(&self, file: u32) -> bool {
        self.files[file as usize].broken
    }

    fn target(&self, found: &Found) -> Target {
        let file = match &found.leads {
            Leads::File(file) => *file,
            Leads::Text(source) => return Target::Text(*source),
            Leads::Remote => return Target::Remote,
            Leads::NoFile(_) => {
                // A schema may call itself what the target says.
                let node = self.anchors.get(&(found.file, found.target.clone()));
                return node.map_or(Target::Missing, |&node| Target::Value { file: found.file, node });
            }
        };
        let fragment = fragment(&found.target);
        let node = match fragment.is_empty() || fragment.starts_with('/') {
            true => self.root(file).and_then(|root| root.pointer(fragment)).map(View::id),
            false => self.anchors.get(&(file, fragment.to_owned())).copied(),
        };
        node.map_or(Target::Missing, |node| Target::Value { file, node })
    }

    fn root(&self, file: u32) -> Option<View<'_>> {
        let file = &self.files[file as usize];
        file.tree.root(&self.sources.get(file.source).text)
    }

    /// The same for all references to one place.
    fn absolute(&self, found: &Found) -> (String, String) {
        match &found.leads {
            Leads::File(file) => {
                let path = self.sources.path(self.files[*file as usize].source);
                (path.to_owned(), fragment(&found.target).to_owned())
            }
            Leads::NoFile(Some(path)) => (path.clone(), String::new()),
            Leads::NoFile(None) | Leads::Text(_) | Leads::Remote => (found.target.clone(), String::new()),
        }
    }

    fn missing(&self, found: &Found) -> SpecProblem {
        let (message, help) = match &found.leads {
            Leads::NoFile(path) => {
                let words = found.target.split('#').next().unwrap_or_default();
                let help = match path {
                    Some(path) => format!("there is no `{path}` in the project"),
                    None => "the path leaves the project".to_owned(),
                };
                (format!("`$ref` to a missing file `{words}`"), Some(help))
            }
            Leads::File(file) => {
                let message = format!("`$ref` to a missing place `{}`", found.target);
                (message, self.suggestion(*file, fragment(&found.target)))
            }
            Leads::Text(_) | Leads::Remote => (String::new(), None),
        };
        SpecProblem { kind: ProblemKind::Reference, span: found.span, message, help }
    }

    fn suggestion(&self, file: u32, fragment: &str) -> Option<String> {
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return Some(format!("write `#/{fragment}`, or define the `$anchor`"));
        }
        if self.problems.len() > MAX_SUGGESTIONS {
            return None;
        }
        let (above, name) = fragment.rsplit_once('/')?;
        let siblings = self.root(file)?.pointer(above)?;
        let names = siblings.members().filter_map(|(key, _)| key.as_str());
        let (score, best) = names
            .map(|it| (strsim::jaro_winkler(name, &it), it))
            .max_by(|(a, left), (b, right)| a.total_cmp(b).then_with(|| right.cmp(left)))?;
        (score > 0.85).then(|| format!("did you mean `{best}`?"))
    }
}

/// Collects the references of one file.
struct Walk {
    source: SourceId,
    found: Vec<(TreeId, Span, String)>,
    anchors: Vec<(String, TreeId)>,
}

impl Walk {
    /// Looks into a value; `names` says that its keys are names and no keywords. The tree's depth is bounded
    /// and aliases are not followed, so this ends.
    fn value(&mut self, value: View<'_>, names: bool) {
        if value.is_alias() {
            return;
        }
        for item in value.items() {
            self.value(item, false);
        }
        for (key, child) in value.entries() {
            let Some(name) = key.as_str() else { continue };
            let is_text = !child.is_mapping() && !child.is_sequence();
            match &*name {
                "$ref" if is_text => {
                    let span = Span::new(self.source, child.content_span());
                    self.found.push((value.id(), span, child.as_str().unwrap_or_default().into_owned()));
                }
                "$anchor" | "$dynamicAnchor" | "$id" if is_text && !names => {
                    self.anchors.push((child.as_str().unwrap_or_default().into_owned(), value.id()));
                }
                _ if is_text => {}
                _ if names => self.value(child, false),
                _ if name.starts_with("x-") || SAMPLES.contains(&&*name) => {}
                // A list of samples in a schema, named example objects elsewhere; in 2.0 samples by media type.
                "examples" if child.is_sequence() => {}
                "examples" => {
                    let named =
                        child.entries().filter(|(key, _)| key.as_str().is_some_and(|it| !it.contains('/')));
                    named.for_each(|(_, example)| self.value(example, false));
                }
                _ => self.value(child, NAME_MAPS.contains(&&*name)),
            }
        }
    }
}

fn fragment(target: &str) -> &str {
    target.split_once('#').map_or("", |(_, it)| it)
}

fn is_remote(path: &str) -> bool {
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    path.starts_with("//")
        || scheme.is_some_and(|it| it.len() > 1 && it.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The project path of a relative path in a file; none when it leaves the project.
fn join(from: &str, relative: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if relative.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = base.split('/').filter(|it| !it.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
