//! The query parameters that the parameters of a handler declare.

use super::types::{Said, arguments, said, scalar};
use super::{Around, Handler, MAX_DEPTH, Named, Site, fields, last_name};
use crate::model::route::ParameterType;
use crate::parse::routes::framework::Place;
use crate::parse::routes::ir::{Arg, Call, ClassKind, Expr, ExprKind, Func, Module, Param, Pattern, Stmt};
use crate::parse::routes::query::table::{Mark, Query};

/// Types that hold what is sent as a whole.
const WHOLES: [&str; 12] = [
    "Map",
    "MultiValueMap",
    "HashMap",
    "Dictionary",
    "IDictionary",
    "dict",
    "Dict",
    "MultipartFile",
    "Part",
    "FilePart",
    "IFormFile",
    "Pageable",
];

/// Adds what the parameters of a handler declare.
pub(super) fn read(handler: &Handler<'_>, table: &Query, around: &mut dyn Around, found: &mut Vec<Named>) {
    if table.in_path {
        in_path(handler.func, handler.site, around, found);
    }
    if !table.marks.is_empty() || table.bare.is_some() || !table.records.is_empty() {
        Reader { table, around, bare: handler.bare }.function(handler.func, handler.site, 0, found);
    }
}

struct Reader<'r> {
    table: &'r Query,
    around: &'r mut dyn Around,
    bare: bool,
}

impl Reader<'_> {
    fn function(&mut self, func: &Func, site: Site, depth: usize, found: &mut Vec<Named>) {
        for param in &func.params {
            self.parameter(param, site, depth, found);
        }
    }

    fn parameter(&mut self, param: &Param, site: Site, depth: usize, found: &mut Vec<Named>) {
        if let Some(of) = &param.of
            && !self.table.records.is_empty()
            && let Some((record, optional)) = record(of, &self.table.records)
        {
            let attribute = self.table.record_attribute.as_deref();
            if let Some((class, site)) = self.around.class(record, site) {
                fields::read(&class, site, attribute, optional, self.around, found);
            }
            return;
        }
        let Pattern::Name(own) = &param.pattern else { return };
        let is_request = || self.table.request.iter().any(|it| **it == **own);
        if param.receiver || matches!(&**own, "self" | "cls" | "this") || is_request() {
            return;
        }
        let module = self.around.module(site);
        let of = param.of.as_ref().map(|it| written_out(it, &module).unwrap_or(it));
        let mut mark: Option<(&Mark, &Call)> = None;
        for call in calls(param, of) {
            let Some(name) = last_name(&call.callee) else { continue };
            let name = name.strip_suffix("Attribute").unwrap_or(name);
            let has = |list: &[String]| list.iter().any(|it| it == name);
            if has(&self.table.others) {
                return;
            }
            if has(&self.table.follows) {
                let next = call.args.first().and_then(|it| self.around.function(&it.value, site));
                if let Some((func, site)) = next.filter(|_| depth < MAX_DEPTH) {
                    self.function(&func, site, depth + 1, found);
                }
                return;
            }
            mark = mark.or_else(|| Some((self.table.marks.get(name)?, call)));
        }
        match mark {
            Some((mark, call)) => found.extend(self.marked(param, own, of, mark, call, site)),
            None if self.bare && self.table.bare.is_some() => found.extend(self.bare(param, own, of, site)),
            None => {}
        }
    }

    fn said(&mut self, of: Option<&Expr>, site: Site) -> Option<Said> {
        let around = &mut *self.around;
        said(of?, &mut |it| around.scalar(it, site))
    }

    /// A parameter that is said to be one.
    fn marked(
        &mut self,
        param: &Param,
        own: &str,
        of: Option<&Expr>,
        mark: &Mark,
        call: &Call,
        site: Site,
    ) -> Option<Named> {
        let given = mark.name.iter().find_map(|it| at(call, it));
        let name = match given {
            Some(it) => self.around.text(it, site)?,
            None if mark.named => return None,
            None => own.trim_start_matches('$').to_owned(),
        };
        let kept = match self.said(of, site) {
            Some(kept) => kept,
            None if of.is_some_and(is_whole) => return None,
            // The member of an enumeration is written as a text.
            None if of.is_none() || given.is_some() || self.is_enumeration(of?, site) => {
                Said { of: piped(call).unwrap_or_default(), array: false, optional: false }
            }
            None => return None,
        };
        let said_so = mark.required.as_ref().and_then(|it| at(call, &Place::Key(it.clone())));
        let has_default = mark.default.iter().filter_map(|it| at(call, it)).any(|it| !is_ellipsis(it))
            || call.args.iter().any(|it| is_default_pipe(&it.value))
            || param.default.as_ref().is_some_and(|it| !is_call_of(it, call));
        let required = match said_so.map(|it| &it.kind) {
            Some(ExprKind::Bool(said)) => *said,
            Some(_) => false,
            None => !mark.optional && !has_default && self.requires(param, &kept),
        };
        Some(Named::new(&name, required, kept.of, kept.array))
    }

    /// A parameter of which nothing is said: one where its type is that of a plain value.
    fn bare(&mut self, param: &Param, own: &str, of: Option<&Expr>, site: Site) -> Option<Named> {
        let is_made = matches!(param.default.as_ref().map(|it| &it.kind), Some(ExprKind::Call(_)));
        let kept = match of {
            None => Said { of: ParameterType::Text, array: false, optional: false },
            Some(it) => match self.said(Some(it), site) {
                Some(kept) => kept,
                None if self.is_enumeration(it, site) => {
                    Said { of: ParameterType::Text, array: false, optional: false }
                }
                None => return None,
            },
        };
        if is_made || kept.array {
            return None;
        }
        let required = param.default.is_none() && self.requires(param, &kept);
        Some(Named::new(own, required, kept.of, false))
    }

    fn requires(&self, param: &Param, said: &Said) -> bool {
        let asked = &self.table.required_by;
        let named = |it: &Expr| match &it.kind {
            ExprKind::Call(call) => {
                last_name(&call.callee).is_some_and(|name| asked.iter().any(|it| it == name))
            }
            _ => false,
        };
        !said.optional && !param.optional && (asked.is_empty() || param.decorators.iter().any(named))
    }

    fn is_enumeration(&mut self, of: &Expr, site: Site) -> bool {
        self.around.class(of, site).is_some_and(|(class, _)| class.kind == ClassKind::Enum)
    }
}

/// What the name of a type stands for that is written out elsewhere in the file: `Page = Annotated[int, Query()]`.
fn written_out<'m>(of: &Expr, module: &'m Module) -> Option<&'m Expr> {
    let ExprKind::Name(name) = &of.kind else { return None };
    module.body.iter().filter(|_| scalar(name).is_none()).find_map(|it| match it {
        Stmt::Assign(Pattern::Name(it), value) if it == name => Some(value),
        _ => None,
    })
}

/// The calls that stand at a parameter: before it, in its type or as its default.
fn calls<'p>(param: &'p Param, of: Option<&'p Expr>) -> Vec<&'p Call> {
    let inside: &[Expr] = match of.map(|it| &it.kind) {
        Some(ExprKind::Index(base, inside)) if last_name(base) == Some("Annotated") => arguments(inside),
        _ => &[],
    };
    let all = param.decorators.iter().chain(inside).chain(&param.default);
    all.filter_map(|it| if let ExprKind::Call(call) = &it.kind { Some(&**call) } else { None }).collect()
}

/// The argument at a place.
fn at<'c>(call: &'c Call, place: &Place) -> Option<&'c Expr> {
    let found = match place {
        Place::Index(at) => call.args.iter().filter(|it| it.name.is_none()).nth(*at),
        Place::Key(key) => call.args.iter().find(|it| it.name.as_deref() == Some(key)),
    };
    found.map(|it: &Arg| &it.value)
}

/// The structure that a type such as `Query<Filter>` names, and whether all of it may be missing.
fn record<'e>(of: &'e Expr, records: &[String]) -> Option<(&'e Expr, bool)> {
    let ExprKind::Index(base, inside) = &of.kind else { return None };
    let (base, first) = (last_name(base)?, arguments(inside).first()?);
    match base {
        "Option" | "Result" => record(first, records).map(|(it, _)| (it, true)),
        _ => records.iter().any(|it| it == base).then_some((first, false)),
    }
}

/// `...`, with which a default says that there is none.
fn is_ellipsis(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Other(all) if all.is_empty())
}

fn is_call_of(expr: &Expr, call: &Call) -> bool {
    matches!(&expr.kind, ExprKind::Call(it) if std::ptr::eq(&**it, call))
}

fn is_whole(of: &Expr) -> bool {
    let base = match &of.kind {
        ExprKind::Index(base, _) => base,
        _ => of,
    };
    last_name(base).is_some_and(|it| WHOLES.contains(&it))
}

/// `ParseIntPipe`, behind the name of a parameter.
fn piped(call: &Call) -> Option<ParameterType> {
    call.args.iter().find_map(|it| {
        let pipe = match &it.value.kind {
            ExprKind::Call(made) => &made.callee,
            _ => &it.value,
        };
        Some(match last_name(pipe)? {
            "ParseIntPipe" => ParameterType::Integer,
            "ParseFloatPipe" => ParameterType::Number,
            "ParseBoolPipe" => ParameterType::Boolean,
            "ParseUUIDPipe" => ParameterType::Uuid,
            _ => return None,
        })
    })
}

/// `new DefaultValuePipe(20)`
fn is_default_pipe(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call(made) if last_name(&made.callee) == Some("DefaultValuePipe"))
}

/// What the template behind a question mark names: `#[get("/kilns?<page>&<size>")]`.
fn in_path(func: &Func, site: Site, around: &mut dyn Around, found: &mut Vec<Named>) {
    let texts = func.decorators.iter().filter_map(|it| match &it.kind {
        ExprKind::Call(call) => call.args.iter().find_map(|it| match &it.value.kind {
            ExprKind::Str(text) => text.split_once('?').map(|it| it.1),
            _ => None,
        }),
        _ => None,
    });
    for part in texts.flat_map(|it| it.split('&')) {
        let Some(name) = part.strip_prefix('<').and_then(|it| it.strip_suffix('>')) else { continue };
        let name = name.trim();
        let rest = name.strip_suffix("..");
        let is_own =
            |it: &&Param| matches!(&it.pattern, Pattern::Name(own) if **own == *rest.unwrap_or(name));
        let of = func.params.iter().find(is_own).and_then(|it| it.of.as_ref());
        match (rest, of) {
            (Some(_), Some(of)) => {
                if let Some((class, site)) = around.class(of, site) {
                    fields::read(&class, site, Some("field"), false, around, found);
                }
            }
            (Some(_), None) => {}
            (None, of) => {
                let kept = of.and_then(|it| said(it, &mut |it| around.scalar(it, site)));
                let kept = kept.unwrap_or(Said { of: ParameterType::Text, array: false, optional: true });
                // A flag that is not there is false.
                let required = !kept.optional && !kept.array && kept.of != ParameterType::Boolean;
                found.push(Named::new(name, required, kept.of, kept.array));
            }
        }
    }
}
