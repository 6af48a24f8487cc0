//! The query parameters that the fields of a structure are.

use super::types::{Said, said};
use super::{Around, Named, Site, last_name};
use crate::model::route::ParameterType;
use crate::parse::routes::ir::{Arg, Class, Expr, ExprKind, Param, Pattern};

/// Structures in structures.
const MAX_DEPTH: usize = 4;

/// Adds the fields of a structure; `attribute` is the name of what says how they are called.
pub(super) fn read(
    class: &Class,
    site: Site,
    attribute: Option<&str>,
    optional: bool,
    around: &mut dyn Around,
    found: &mut Vec<Named>,
) {
    Reader { attribute, optional, around }.class(class, site, 0, found);
}

struct Reader<'r> {
    attribute: Option<&'r str>,
    optional: bool,
    around: &'r mut dyn Around,
}

impl Reader<'_> {
    fn class(&mut self, class: &Class, site: Site, depth: usize, found: &mut Vec<Named>) {
        let all = self.words(&class.decorators);
        let style = all.iter().find_map(|it| value(it, "rename_all"));
        let defaults = all.iter().any(|it| says(it, "default"));
        for field in &class.fields {
            let Pattern::Name(own) = &field.pattern else { continue };
            let words = self.words(&field.decorators);
            let is = |word: &str| words.iter().any(|it| says(it, word));
            if is("skip") || is("skip_deserializing") {
                continue;
            }
            if is("flatten") {
                let inner = field.of.as_ref().and_then(|it| self.around.class(it, site));
                if let Some((class, site)) = inner.filter(|_| depth < MAX_DEPTH) {
                    self.class(&class, site, depth + 1, found);
                }
                continue;
            }
            let renamed = words.iter().find_map(|it| value(it, "rename").or_else(|| value(it, "name")));
            let own = own.trim_start_matches("r#");
            let name = renamed.map_or_else(|| styled(own, style), str::to_owned);
            let kept = self.said(field, site);
            let required = !(kept.optional || self.optional || defaults || is("default"));
            found.push(Named::new(&name, required, kept.of, kept.array));
        }
    }

    fn said(&mut self, field: &Param, site: Site) -> Said {
        let around = &mut *self.around;
        let kept = field.of.as_ref().and_then(|of| said(of, &mut |it| around.scalar(it, site)));
        // What is read from a query string is a text when nothing else is known.
        let optional = field.of.as_ref().is_some_and(|it| match &it.kind {
            ExprKind::Index(base, _) => last_name(base) == Some("Option"),
            _ => false,
        });
        kept.unwrap_or(Said { of: ParameterType::Text, array: false, optional })
    }

    /// The arguments of the attributes that count.
    fn words<'d>(&self, decorators: &'d [Expr]) -> Vec<&'d Arg> {
        let calls = decorators.iter().filter_map(|it| match &it.kind {
            ExprKind::Call(call) if last_name(&call.callee) == self.attribute => Some(call),
            _ => None,
        });
        calls.flat_map(|it| &it.args).collect()
    }
}

fn says(arg: &Arg, word: &str) -> bool {
    match &arg.name {
        Some(name) => **name == *word,
        None => last_name(&arg.value) == Some(word),
    }
}

fn value<'a>(arg: &'a Arg, name: &str) -> Option<&'a str> {
    match &arg.value.kind {
        ExprKind::Str(text) if arg.name.as_deref() == Some(name) => Some(text),
        _ => None,
    }
}

/// A name in the style that `rename_all` asks for.
fn styled(name: &str, style: Option<&str>) -> String {
    let words = || name.split('_').filter(|it| !it.is_empty());
    let capital = |it: &str| {
        let mut chars = it.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let pascal = || words().map(capital).collect::<String>();
    match style {
        Some("camelCase") => {
            let first = words().next().unwrap_or_default().to_owned();
            first + &words().skip(1).map(capital).collect::<String>()
        }
        Some("PascalCase") => pascal(),
        Some("kebab-case") => name.replace('_', "-"),
        Some("SCREAMING_SNAKE_CASE" | "UPPERCASE") => name.to_uppercase(),
        Some("SCREAMING-KEBAB-CASE") => name.to_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}
