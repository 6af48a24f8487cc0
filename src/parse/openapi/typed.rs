//! The typed walk: which object of OpenAPI each mapping of a spec is.
//!
//! It starts at the document and goes along the table of [`Shape`]s, then along the references, so that what
//! stands below `components` has its place there as its parent. A mapping is visited once for each kind, so
//! circles end and the walk is linear in the size of the files. A list of things to do takes the place of
//! recursion: aliases can nest deeper than the text does.

use crate::model::spec::shape::{Shape, Value};
use crate::model::spec::{Kind, NONE, Object, Objects, Reference, SpecFile, Target, Use, Version};
use crate::model::tree::{TreeId, View};
use crate::source::Sources;

/// How many entries merge keys and aliases may bring to objects that do not hold them. Real specs stay far
/// below; what comes later is not looked at.
const BUDGET: usize = 500_000;

/// In the marks of a node: it is a list or a map of objects.
const CONTAINER: u32 = 1 << 31;

/// Finds the objects of a spec. `files` and `references` are those of the spec, the root first.
pub(super) fn objects(
    sources: &Sources,
    files: &[SpecFile],
    references: &[Reference],
    version: Version,
) -> Objects {
    let marks = files.iter().map(|it| vec![0; it.tree.nodes(text(sources, it)).count()]).collect();
    let mut walk = Walk {
        sources,
        files,
        references,
        version,
        marks,
        objects: Vec::new(),
        uses: Vec::new(),
        tasks: Vec::new(),
        targets: Vec::new(),
        budget: BUDGET,
    };
    let root = files.first().filter(|it| !it.broken).and_then(|it| it.tree.root(text(sources, it)));
    if let Some(root) = root {
        walk.tasks.push(Task {
            file: 0,
            node: root.id(),
            key: NONE,
            parent: NONE,
            value: &Value::Object(Kind::Document),
        });
        walk.run();
    }
    sorted(walk.objects, walk.uses)
}

fn text<'a>(sources: &'a Sources, file: &SpecFile) -> &'a str {
    &sources.get(file.source).text
}

/// A value to look into.
struct Task {
    file: u32,
    node: TreeId,
    key: TreeId,
    parent: u32,
    value: &'static Value,
}

struct Walk<'a> {
    sources: &'a Sources,
    files: &'a [SpecFile],
    references: &'a [Reference],
    version: Version,
    /// For each node of each file, the kinds as which it was visited.
    marks: Vec<Vec<u32>>,
    objects: Vec<Object>,
    uses: Vec<Use>,
    tasks: Vec<Task>,
    /// Targets of references with the index of the use; they wait until everything that stands where it
    /// belongs has been visited.
    targets: Vec<(Task, usize)>,
    budget: usize,
}

impl<'a> Walk<'a> {
    fn run(&mut self) {
        loop {
            while let Some(task) = self.tasks.pop() {
                self.visit(&task);
            }
            // The first that was found comes first, so that the result does not hang on the order of a stack.
            if self.targets.is_empty() {
                return;
            }
            for (task, at) in std::mem::take(&mut self.targets) {
                self.visit_target(task, at);
            }
        }
    }

    fn view(&self, file: u32, node: TreeId) -> View<'a> {
        let file = &self.files[file as usize];
        file.tree.view(node, text(self.sources, file))
    }

    fn mark(&mut self, file: u32, node: TreeId, bit: u32) -> bool {
        let mark = &mut self.marks[file as usize][node as usize];
        let new = *mark & bit == 0;
        *mark |= bit;
        new
    }

    fn visit(&mut self, task: &Task) {
        let view = self.view(task.file, task.node);
        match task.value.choose(view.kind()) {
            Value::Object(kind) => self.object(task, view, *kind, false),
            Value::Referable(kind) => self.object(task, view, *kind, true),
            value @ (Value::List(_) | Value::Map(_))
                if has_reference(view) && self.mark(task.file, view.id(), CONTAINER) =>
            {
                let at = self.reference(task, view.id(), task.parent, None, false);
                self.follow(task.file, view.id(), task.parent, value, at);
            }
            Value::List(inner) if view.is_sequence() && self.mark(task.file, view.id(), CONTAINER) => {
                for item in view.items() {
                    self.push(task, NONE, item, inner);
                }
            }
            Value::Map(inner) if view.is_mapping() && self.mark(task.file, view.id(), CONTAINER) => {
                if !self.charge(view) {
                    return;
                }
                for (key, value) in members(view) {
                    self.push(task, key.written_id(), value, inner);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, from: &Task, key: TreeId, value: View<'a>, expected: &'static Value) {
        if value.is_mapping() || value.is_sequence() {
            let (file, parent) = (from.file, from.parent);
            self.tasks.push(Task { file, node: value.id(), key, parent, value: expected });
        }
    }

    /// Takes what a mapping borrows from the budget.
    fn charge(&mut self, view: View<'_>) -> bool {
        let borrowed = |it: View<'_>| if it.is_alias() { it.len() } else { 0 };
        let merged = if view.has_merge_key() { view.members().count() } else { 0 };
        let aliased: usize = view.entries().map(|(_, value)| borrowed(value)).sum();
        let left = self.budget.checked_sub(merged + aliased);
        self.budget = left.unwrap_or(0);
        left.is_some()
    }

    fn object(&mut self, task: &Task, view: View<'a>, kind: Kind, referable: bool) {
        if !view.is_mapping() {
            return;
        }
        let own_field = kind == Kind::PathItem || (kind == Kind::Schema && self.version >= Version::V31);
        if has_reference(view) && !own_field {
            if self.mark(task.file, view.id(), CONTAINER) {
                let at = self.reference(task, view.id(), task.parent, Some(kind), referable);
                self.follow(task.file, view.id(), task.parent, alone(kind), at);
            }
            return;
        }
        if !self.mark(task.file, view.id(), 1 << kind as u32) || !self.charge(view) {
            return;
        }
        let index = self.objects.len() as u32;
        let (file, node) = (task.file, view.id());
        self.objects.push(Object {
            file,
            node,
            key: task.key,
            parent: task.parent,
            kind,
            keys: view.key_set(),
        });
        if has_reference(view) {
            let at = self.reference(task, node, index, Some(kind), true);
            self.follow(file, node, index, alone(kind), at);
        }
        let inside = Task { parent: index, ..*task };
        let shape = Shape::of(kind);
        for (key, value) in members(view) {
            if !value.is_mapping() && !value.is_sequence() {
                continue;
            }
            let Some(name) = key.as_str() else { continue };
            match shape.value(&name, self.version) {
                Some(expected) if expected.holds_objects() => {
                    self.push(&inside, key.written_id(), value, expected);
                }
                Some(Value::Any) | None => {}
                Some(_) if has_reference(value) => {
                    self.reference(&inside, value.id(), index, None, false);
                }
                Some(_) => {}
            }
        }
    }

    fn reference(
        &mut self,
        task: &Task,
        node: TreeId,
        parent: u32,
        kind: Option<Kind>,
        allowed: bool,
    ) -> usize {
        self.uses.push(Use { file: task.file, node, parent, kind, allowed, instead: None });
        self.uses.len() - 1
    }

    /// Remembers to go where a reference leads.
    fn follow(&mut self, file: u32, node: TreeId, parent: u32, value: &'static Value, at: usize) {
        let found = self.references.binary_search_by_key(&(file, node), |it| (it.file, it.node));
        let Ok(found) = found else { return };
        let Target::Value { file, node } = self.references[found].target else { return };
        if !self.files[file as usize].broken {
            self.targets.push((Task { file, node, key: NONE, parent, value }, at));
        }
    }

    /// Visits what a reference leads to, unless it is known to be something else.
    fn visit_target(&mut self, task: Task, at: usize) {
        if let Value::Referable(kind) = task.value {
            let node = self.view(task.file, task.node).id();
            let kinds = self.marks[task.file as usize][node as usize] & !CONTAINER;
            if kinds != 0 && kinds & (1 << *kind as u32) == 0 {
                let other = Kind::ALL[kinds.trailing_zeros() as usize];
                self.uses[at].instead = Some(Shape::of(other).name);
                return;
            }
        }
        self.tasks.push(task);
        while let Some(task) = self.tasks.pop() {
            self.visit(&task);
        }
    }
}

/// The keys and values of a mapping, with what merge keys bring.
fn members(view: View<'_>) -> impl Iterator<Item = (View<'_>, View<'_>)> {
    let (own, merged) = match view.has_merge_key() {
        true => (None, Some(view.members())),
        false => (Some(view.entries()), None),
    };
    own.into_iter().flatten().chain(merged.into_iter().flatten())
}

/// Whether a mapping is a reference, or has one among its keywords.
fn has_reference(view: View<'_>) -> bool {
    view.get("$ref").is_some_and(|it| !it.is_mapping() && !it.is_sequence())
}

/// A reference to an object of a kind, or the object itself.
fn alone(kind: Kind) -> &'static Value {
    const REFERABLE: [Value; Kind::ALL.len()] = {
        let mut all = [const { Value::Any }; Kind::ALL.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = Value::Referable(Kind::ALL[at]);
            at += 1;
        }
        all
    };
    static ALL: [Value; Kind::ALL.len()] = REFERABLE;
    &ALL[kind as usize]
}

/// Orders the objects by kind and place, and lets the parents point to where they are now.
fn sorted(mut objects: Vec<Object>, mut uses: Vec<Use>) -> Objects {
    let mut order: Vec<u32> = (0..objects.len() as u32).collect();
    order.sort_unstable_by_key(|&at| {
        let it = &objects[at as usize];
        (it.kind, it.file, it.node)
    });
    let mut moved = vec![0; objects.len()];
    for (new, &old) in order.iter().enumerate() {
        moved[old as usize] = new as u32;
    }
    let parent = |old: u32| moved.get(old as usize).copied().unwrap_or(NONE);
    objects.iter_mut().for_each(|it| it.parent = parent(it.parent));
    let all = order.iter().map(|&at| objects[at as usize]).collect();
    uses.iter_mut().for_each(|it| it.parent = parent(it.parent));
    uses.sort_unstable_by_key(|it| (it.file, it.node, it.kind));
    Objects { all, uses }
}
