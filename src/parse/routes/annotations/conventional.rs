//! Routes of C# controllers that only a pattern of the whole application says: `{controller}/{action}/{id?}`.

use super::declared::Method;
use super::engine::Engine;
use super::types::{Scope, TypeId, dotted};
use super::value::Value;
use crate::parse::routes::ir::{Arg, Call, Expr, ExprKind, Node, Pattern as Bound, walk};
use crate::parse::routes::text::Text;

/// Calls that are told a pattern, with its place; the last is of Web API before ASP.NET Core.
const CALLS: [(&str, usize); 4] =
    [("MapControllerRoute", 1), ("MapAreaControllerRoute", 2), ("MapRoute", 1), (API, 1)];

const API: &str = "MapHttpRoute";

/// Calls that stand for the usual pattern.
const DEFAULTS: [&str; 2] = ["MapDefaultControllerRoute", "UseMvcWithDefaultRoute"];

const DEFAULT: &str = "{controller}/{action}/{id?}";

/// The base of controllers of Web API.
const API_BASE: &str = "ApiController";

/// What the names of actions of Web API begin with where they name a verb.
const VERBS: [&str; 7] = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options"];

/// A pattern that stands for many routes.
#[derive(Debug)]
pub(super) struct Pattern {
    template: String,
    /// Whether it is for controllers of Web API.
    api: bool,
    /// The only area that it is for.
    area: Option<String>,
}

impl Engine<'_, '_> {
    /// The patterns of the application that name a controller.
    pub(super) fn patterns(&mut self) -> Vec<Pattern> {
        let mut found = Vec::new();
        for (name, at) in CALLS {
            for file in self.files_with(&format!("{name}(")) {
                let module = self.types.load(file);
                let mut calls: Vec<&Call> = Vec::new();
                walk(&module.body, &mut |node| {
                    if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node
                        && matches!(&call.callee.kind, ExprKind::Attr(_, it) if &**it == name)
                    {
                        calls.push(call);
                    }
                });
                for call in calls {
                    let named = |it: &&Arg| {
                        matches!(it.name.as_deref(), Some("pattern" | "template" | "routeTemplate" | "url"))
                    };
                    let Some(argument) = call.args.iter().find(named).or(call.args.get(at)) else { continue };
                    let scope = Scope { file, within: None };
                    let mut known = |it: &Arg| match self.types.value(&it.value, scope, &[]) {
                        Value::Text(text) => text.as_known(),
                        _ => None,
                    };
                    let is_area = |it: &&Arg| it.name.as_deref() == Some("areaName");
                    let area = call.args.iter().find(is_area).or(call.args.get(1)).filter(|_| at == 2);
                    let area = area.and_then(&mut known);
                    let template = known(argument).unwrap_or_default();
                    found.push(Pattern { template, api: name == API, area });
                }
            }
        }
        found.retain(|it| it.template.contains("{controller"));
        if DEFAULTS.iter().any(|it| !self.files_with(it).is_empty()) {
            found.push(Pattern { template: DEFAULT.to_owned(), api: false, area: None });
        }
        found
    }

    /// Whether a controller is one of Web API before ASP.NET Core.
    pub(super) fn is_of_web_api(&self, line: &[TypeId]) -> bool {
        let mut bases =
            line.iter().flat_map(|&it| self.types.types[it].class.bases.iter().filter_map(dotted));
        bases.any(|it| it.rsplit('.').next() == Some(API_BASE))
    }

    /// The path of an action below a pattern: its own segments, and those that it has a parameter for.
    pub(super) fn conventional_path(&self, method: &Method, api: bool, area: &str) -> Option<Text> {
        let of_area = |it: &&Pattern| it.area.as_ref().is_none_or(|it| it == area);
        let mut fitting = self.patterns.iter().filter(|it| it.api == api).filter(of_area);
        let with_area =
            |it: &Pattern| (it.template.contains("{area") || it.area.is_some()) != area.is_empty();
        let pattern = fitting.clone().find(|it| with_area(it)).or_else(|| fitting.next())?;
        let has = |name: &str| {
            let named = |it: &Bound| matches!(it, Bound::Name(it) if **it == *name);
            method.func.params.iter().any(|it| named(&it.pattern))
        };
        let segments = pattern.template.split('/').filter_map(|segment| {
            let inner = segment.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            let Some(inner) = inner else { return Some(segment.to_owned()) };
            let name = inner.split(['=', ':', '?']).next().unwrap_or(inner).trim_start_matches('*');
            match name {
                "controller" | "action" | "area" => Some(format!("[{name}]")),
                name if has(name) => Some(format!("{{{name}}}")),
                _ => None,
            }
        });
        let path = segments.collect::<Vec<_>>().join("/");
        let said = area.is_empty() || pattern.area.is_some() || path.contains("[area]");
        Some(Text::known(&if said { path } else { format!("{area}/{path}") }))
    }
}

/// The verb that the name of an action of Web API means.
pub(super) fn verb_of(name: &str) -> String {
    let verb = VERBS.iter().find(|it| name.starts_with(**it)).unwrap_or(&"Post");
    verb.to_uppercase()
}
