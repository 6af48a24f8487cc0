//! The classes of languages that find them by package and name, as Java, Kotlin and C# do.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use regex::Regex;

use crate::parse::routes::decoy::is_test;
use crate::parse::routes::ir::{Class, Expr, ExprKind, Import, Imported, Module, Pattern, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::store::Store;
use crate::pattern::compiled;
use crate::source::SourceId;

/// The index of a class.
pub(in crate::parse::routes) type TypeId = usize;

/// Classes in classes; bases of bases.
pub(super) const MAX_NESTING: usize = 12;

/// A name that more files declare says nothing.
const MAX_HOMONYMS: usize = 60;

/// What declares a class, and a constant outside every class.
static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?-u:\b)(?:class|interface|enum|object|record|struct|trait)\s+([A-Z]\w*)|^(?:\w+ )*const val\s+(\w+)";
    compiled(&format!("(?m){pattern}"))
});

/// A class and where it stands.
#[derive(Debug, Clone)]
pub(in crate::parse::routes) struct Type {
    pub(in crate::parse::routes) file: SourceId,
    pub(in crate::parse::routes) outer: Option<TypeId>,
    pub(in crate::parse::routes) class: Arc<Class>,
}

/// Where a name is used: the file, and the class around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse::routes) struct Scope {
    pub(in crate::parse::routes) file: SourceId,
    pub(in crate::parse::routes) within: Option<TypeId>,
}

/// The classes of a project, read when somebody asks for them.
pub(in crate::parse::routes) struct Types<'a> {
    pub(super) store: &'a Store<'a>,
    pub(in crate::parse::routes) types: Vec<Type>,
    by_name: HashMap<Box<str>, Vec<TypeId>>,
    /// The files that declare a name.
    declared: HashMap<&'a str, Vec<SourceId>>,
    loaded: BTreeMap<SourceId, Arc<Module>>,
    /// The classes of settings, once somebody has asked for them.
    pub(super) settings: Option<Vec<(TypeId, String)>>,
    /// C# knows every name of the namespaces around, and files may use namespaces for all others.
    global: bool,
    /// PHP writes names with backslashes, and imports a class under its whole name.
    backslashes: bool,
    /// How many expressions may still be evaluated for the value that was asked for.
    pub(super) steps: usize,
}

impl<'a> Types<'a> {
    /// Looks for the names that the files of these languages declare.
    pub(in crate::parse::routes) fn new(store: &'a Store<'a>, languages: &[Language]) -> Types<'a> {
        let files: Vec<(SourceId, &'a str)> = store
            .written_in(languages)
            .filter(|(_, it)| !is_test(&it.path))
            .map(|(id, it)| (id, &*it.text))
            .collect();
        let names: Vec<(SourceId, Vec<&'a str>)> = files
            .into_par_iter()
            .map(|(id, text)| {
                let found = DECLARED.captures_iter(text);
                let names = found.filter_map(|it| it.get(1).or(it.get(2))).map(|it| it.as_str());
                (id, names.collect())
            })
            .collect();
        let mut declared: HashMap<&str, Vec<SourceId>> = HashMap::new();
        for (id, names) in names {
            for name in names {
                let files = declared.entry(name).or_default();
                if files.last() != Some(&id) {
                    files.push(id);
                }
            }
        }
        let global = languages.contains(&Language::CSharp);
        let backslashes = languages.contains(&Language::Php);
        let (types, by_name, loaded) = (Vec::new(), HashMap::new(), BTreeMap::new());
        Types { store, types, by_name, declared, loaded, settings: None, global, backslashes, steps: 0 }
    }

    /// The lowered form of a file, its classes known from now on.
    pub(super) fn load(&mut self, file: SourceId) -> Arc<Module> {
        if let Some(module) = self.loaded.get(&file) {
            return Arc::clone(module);
        }
        let module = self.store.module(file);
        self.add(file, None, &module.body, 0);
        let module = if self.backslashes { Arc::new(dotted_names(&module)) } else { module };
        self.loaded.insert(file, Arc::clone(&module));
        module
    }

    fn add(&mut self, file: SourceId, outer: Option<TypeId>, body: &[Stmt], depth: usize) {
        for stmt in body {
            let Stmt::Class(class) = stmt else { continue };
            let id = self.types.len();
            self.types.push(Type { file, outer, class: Arc::clone(class) });
            self.by_name.entry(class.name.clone()).or_default().push(id);
            if depth < MAX_NESTING {
                self.add(file, Some(id), &class.body, depth + 1);
            }
        }
    }

    /// Every class of this name.
    pub(super) fn named(&mut self, name: &str) -> Vec<TypeId> {
        let files = self.declared.get(name).cloned().unwrap_or_default();
        for file in files.into_iter().take(MAX_HOMONYMS) {
            self.load(file);
        }
        self.by_name.get(name).cloned().unwrap_or_default()
    }

    /// The package and the classes around, with the name.
    pub(super) fn qualified(&self, id: TypeId) -> String {
        let mut parts = Vec::new();
        let mut at = Some(id);
        while let Some(of) = at.filter(|_| parts.len() < MAX_NESTING) {
            parts.push(&*self.types[of].class.name);
            at = self.types[of].outer;
        }
        let package = self.package(self.types[id].file);
        if !package.is_empty() {
            parts.push(package);
        }
        parts.reverse();
        parts.join(".")
    }

    /// The package of a file that is loaded.
    pub(super) fn package(&self, file: SourceId) -> &str {
        self.loaded.get(&file).map_or("", |it| &it.package)
    }

    /// The class that a name or a dotted name means here.
    pub(in crate::parse::routes) fn find(&mut self, name: &str, scope: Scope) -> Option<TypeId> {
        let module = self.load(scope.file);
        let whole = self.whole_name(name, &module);
        let name = whole.as_deref().unwrap_or(name);
        let (before, last) = name.rsplit_once('.').map_or((None, name), |(a, b)| (Some(a), b));
        if before.is_none()
            && let Some((module, outer)) = imported(&module, last)
            && (!module.is_empty() || outer != last)
        {
            let full = format!("{module}.{outer}");
            return self.named(outer).into_iter().find(|&it| ends_with(&self.qualified(it), &full));
        }
        let candidates = self.named(last);
        let score = |it: &Types<'_>, id: TypeId| match before {
            Some(before) => {
                let fits = ends_with(&it.qualified(id), &format!("{before}.{last}"));
                u8::from(fits) * (1 + it.nearness(id, scope, &module))
            }
            None => it.nearness(id, scope, &module),
        };
        let best = candidates.into_iter().rev().max_by_key(|&id| score(self, id))?;
        (score(self, best) > 0).then_some(best)
    }

    /// PHP's `Rest\Get` with `Rest` imported from somewhere.
    pub(super) fn whole_name(&self, name: &str, module: &Module) -> Option<String> {
        let (first, rest) = name.split_once('.').filter(|_| self.backslashes)?;
        let (from, outer) = imported(module, first)?;
        Some(format!("{from}.{outer}.{rest}"))
    }

    /// How likely a class is meant by its bare name; 0 when it cannot be.
    fn nearness(&self, id: TypeId, scope: Scope, module: &Module) -> u8 {
        let found = &self.types[id];
        let mut around = scope.within;
        let mut depth = 0;
        while let Some(at) = around.filter(|_| depth < MAX_NESTING) {
            if at == id || found.outer == Some(at) {
                return 5;
            }
            around = self.types[at].outer;
            depth += 1;
        }
        if found.file == scope.file {
            return 4;
        }
        let package = self.package(found.file);
        let here = &*module.package;
        if package == here {
            return 3;
        }
        let qualified = self.qualified(id);
        let around = qualified.rsplit_once('.').map_or("", |(it, _)| it);
        if stars(module).any(|it| it == around) {
            return 2;
        }
        if !self.global {
            return 0;
        }
        // The nearer the namespaces, the likelier; a namespace used for all files is not seen here.
        let parent = here.strip_prefix(package).is_some_and(|it| it.starts_with('.'));
        if parent { 2 } else { 1 }
    }

    /// The classes and interfaces of this project that a class is derived from, in order.
    pub(super) fn bases(&mut self, id: TypeId) -> Vec<TypeId> {
        let Type { file, outer, class } = self.types[id].clone();
        let scope = Scope { file, within: outer };
        let bases = class.bases.iter().filter_map(|it| self.find(&dotted(it)?, scope));
        bases.filter(|it| *it != id).collect()
    }

    /// A class with all it is derived from, nearest first.
    pub(super) fn line(&mut self, id: TypeId) -> Vec<TypeId> {
        let mut line = vec![id];
        line.extend(self.parts(id));
        let mut at = 0;
        while let Some(&next) = line.get(at).filter(|_| line.len() < 64) {
            for base in self.bases(next) {
                if !line.contains(&base) {
                    line.push(base);
                }
            }
            at += 1;
        }
        line
    }

    /// The other parts of a class that C# lets stand in several places.
    fn parts(&mut self, id: TypeId) -> Vec<TypeId> {
        if !self.global {
            return Vec::new();
        }
        let name = self.types[id].class.name.clone();
        let (own, all) = (self.qualified(id), self.named(&name));
        all.into_iter().filter(|&it| it != id && self.qualified(it) == own).collect()
    }

    /// Whether no other part of a class comes before this one.
    pub(super) fn is_first_part(&mut self, id: TypeId) -> bool {
        self.parts(id).into_iter().all(|it| it > id)
    }

    /// The scope of what is written in a class.
    pub(super) fn scope(&self, id: TypeId) -> Scope {
        Scope { file: self.types[id].file, within: Some(id) }
    }

    /// The value of a constant outside every class, with its scope.
    pub(super) fn top_level(&mut self, name: &str, package: &str) -> Option<(Arc<Module>, usize, SourceId)> {
        let files = self.declared.get(name).cloned().unwrap_or_default();
        files.into_iter().take(MAX_HOMONYMS).find_map(|file| {
            let module = self.load(file);
            let at = position(&module.body, name)?;
            (*module.package == *package).then_some((module, at, file))
        })
    }
}

/// The package and the imports of a PHP file, as other languages write them.
fn dotted_names(module: &Module) -> Module {
    let imports = module.body.iter().filter_map(|it| match it {
        Stmt::Import(import) => Some(import),
        _ => None,
    });
    let body = imports.flat_map(|import| {
        import.names.iter().filter_map(|it| {
            let Imported::Name(outer, alias) = it else { return None };
            let from = import.module.rsplit_once('\\').map_or("", |(from, _)| from).replace('\\', ".");
            let names = vec![Imported::Name(outer.clone(), alias.clone())];
            Some(Stmt::Import(Import { module: from.into(), names }))
        })
    });
    Module { body: body.collect(), package: module.package.replace('\\', ".").into() }
}

/// Where a field or a constant of this name stands in a body.
pub(super) fn position(body: &[Stmt], name: &str) -> Option<usize> {
    body.iter().position(|it| matches!(it, Stmt::Assign(Pattern::Name(it), _) if **it == *name))
}

/// The module and the name in it that an import binds a name to.
pub(super) fn imported<'m>(module: &'m Module, name: &str) -> Option<(&'m str, &'m str)> {
    module.body.iter().find_map(|stmt| match stmt {
        Stmt::Import(import) => import.names.iter().find_map(|it| match it {
            Imported::Name(outer, alias) if **alias == *name => Some((&*import.module, &**outer)),
            _ => None,
        }),
        _ => None,
    })
}

/// Packages and classes all of whose names a file uses.
pub(super) fn stars(module: &Module) -> impl Iterator<Item = &str> {
    module.body.iter().filter_map(|stmt| match stmt {
        Stmt::Import(import) if import.names.iter().any(|it| matches!(it, Imported::All)) => {
            Some(&*import.module)
        }
        _ => None,
    })
}

/// A name or a chain of them; type arguments are left out.
pub(in crate::parse::routes) fn dotted(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name.replace('\\', ".")),
        ExprKind::Attr(of, name) => {
            let of = dotted(of)?;
            // Kotlin's `Paths.Companion.ORDERS`.
            Some(if &**name == "Companion" { of } else { format!("{of}.{name}") })
        }
        ExprKind::Index(of, _) => dotted(of),
        _ => None,
    }
}

/// Whether a dotted name ends with another, at a dot.
fn ends_with(name: &str, end: &str) -> bool {
    name.strip_suffix(end).is_some_and(|it| it.is_empty() || it.ends_with('.'))
}
