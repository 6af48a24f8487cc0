//! Kotlin → [`ir`](crate::parse::routes::ir).

mod expr;
mod wording;

use std::borrow::Cow;
use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::{annotations, expr, type_of};

/// One rewording may make another one useful.
const MAX_REWORDINGS: usize = 3;

/// Lowers a file.
pub(super) fn lower(text: &str) -> Module {
    let language = tree_sitter_kotlin_ng::LANGUAGE.into();
    // The scanner looks for the end of an annotation's line, and never stops where a file ends without one.
    let mut text = if text.ends_with('\n') { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\n")) };
    let Some(mut tree) = parse(&language, &text) else { return Module::default() };
    let mut faults = wording::faults(&tree, &text);
    for _ in 0..MAX_REWORDINGS {
        let reworded = if faults.weight > 0 { wording::reworded(&text, &faults.classes) } else { None };
        let Some(again) = reworded.and_then(|it| Some((parse(&language, &it)?, it))) else { break };
        let left = wording::faults(&again.0, &again.1);
        if left.weight >= faults.weight {
            break;
        }
        (tree, text, faults) = (again.0, Cow::Owned(again.1), left);
    }
    module(Syntax::root(&tree, &text))
}

fn module(root: Syntax<'_>) -> Module {
    let package = root.child("package_header").and_then(Syntax::first);
    let package = package.map_or_else(|| "".into(), |it| dotted(it));
    let mut body = Vec::new();
    let mut before = Vec::new();
    let mut word = "";
    for node in root.children() {
        match node.kind() {
            "import" => body.extend(import(node)),
            // Before a class the grammar takes `@Path("/x")` for an expression, with the word that follows.
            "annotated_expression" => {
                expr::loose_annotations(node, &mut before);
                word = node.words().rsplit(char::is_whitespace).next().unwrap_or_default();
            }
            "class_declaration" | "object_declaration" => {
                let mut class = class(node, std::mem::take(&mut word));
                before.append(&mut class.decorators);
                class.decorators = std::mem::take(&mut before);
                body.push(Stmt::Class(Arc::new(class)));
            }
            _ => {
                before.clear();
                word = "";
                stmt(node, &mut body);
            }
        }
    }
    Module { body, package }
}

/// A dotted name without the backticks that keywords need.
fn dotted(node: Syntax<'_>) -> Box<str> {
    node.words().chars().filter(|it| !it.is_whitespace() && *it != '`').collect::<String>().into()
}

/// `import a.b.C` imports a name of `a.b`.
fn import(node: Syntax<'_>) -> Option<Stmt> {
    let name = dotted(node.first()?);
    if node.tokens().iter().any(|it| it.kind() == "*") {
        return Some(Stmt::Import(Import { module: name, names: vec![Imported::All] }));
    }
    let (module, last) = name.rsplit_once('.').unwrap_or(("", &name));
    let alias = node.children().get(1).map_or(last, |it| it.words());
    let names = vec![Imported::Name(last.into(), alias.into())];
    Some(Stmt::Import(Import { module: module.into(), names }))
}

/// Statements of a block.
fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        node.children().into_iter().for_each(|it| stmt(it, &mut body));
    }
    body
}

/// A declaration or statement, in a file, a class or a block.
fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "class_declaration" | "object_declaration" => body.push(Stmt::Class(Arc::new(class(node, "")))),
        // What a companion holds is asked of the class.
        "companion_object" => {
            node.child("class_body").into_iter().flat_map(Syntax::children).for_each(|it| stmt(it, body));
        }
        "property_declaration" => body.extend(property(node)),
        "function_declaration" => body.push(Stmt::Def(Arc::new(function(node)))),
        "enum_entry" => {
            let name = node.child("identifier").map_or("", Syntax::words);
            let callee = node.expr(ExprKind::Name("new".into()));
            let args = node.child("value_arguments").map(expr::arguments).unwrap_or_default();
            let value = node.expr(ExprKind::Call(Box::new(Call { callee, args })));
            body.push(Stmt::Assign(Pattern::Name(name.into()), value));
        }
        "return_expression" => body.push(Stmt::Return(node.first().map(expr))),
        "if_expression" | "for_statement" | "while_statement" | "try_expression" => {
            body.push(Stmt::Branch(block(node)));
        }
        "block" => body.extend(block(node)),
        "assignment" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                let target = match left.kind() {
                    "identifier" => Pattern::Name(left.words().into()),
                    _ => Pattern::Ignored,
                };
                body.push(Stmt::Assign(target, expr(right)));
            }
        }
        "modifiers" | "identifier" | "line_comment" | "block_comment" | "package_header" => {}
        _ => body.push(Stmt::Expr(expr(node))),
    }
}

/// `val x = value`, `val x get() = value`
fn property(node: Syntax<'_>) -> Option<Stmt> {
    let children = node.children();
    let at = children.iter().position(|it| it.kind() == "variable_declaration")?;
    let name = children.get(at)?.child("identifier")?.words();
    let accessors = ["getter", "setter", "property_delegate", "type_constraints"];
    let value = children.get(at + 1..)?.iter().find(|it| !accessors.contains(&it.kind())).copied();
    let body = || node.child("getter")?.child("function_body")?.first();
    let value = value.or_else(body).map(expr).or_else(|| injected(node))?;
    Some(Stmt::Assign(Pattern::Name(name.into()), value))
}

/// `@Value("\${prefix}") lateinit var prefix: String` is given that text when the application starts.
fn injected(node: Syntax<'_>) -> Option<Expr> {
    annotations(node.child("modifiers")?).into_iter().find_map(|it| match it.kind {
        ExprKind::Call(call) if matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "Value") => {
            call.args.into_iter().next().map(|it| it.value)
        }
        _ => None,
    })
}

/// A property that stands among the parameters of its class; of an annotation it is what Java calls an element.
fn parameter(node: Syntax<'_>, kind: ClassKind) -> Option<Stmt> {
    let name = node.child("identifier")?.words();
    if kind != ClassKind::Annotation {
        return injected(node).map(|it| Stmt::Assign(Pattern::Name(name.into()), it));
    }
    let default =
        node.tokens().iter().any(|it| it.kind() == "=").then(|| node.children().last().copied().map(expr));
    Some(Stmt::Def(Arc::new(Func {
        name: name.into(),
        body: default.flatten().map(|it| Stmt::Return(Some(it))).into_iter().collect(),
        decorators: node.child("modifiers").map(annotations).unwrap_or_default(),
        ..Func::default()
    })))
}

/// A class; `before` is a modifier that the grammar does not see.
fn class(node: Syntax<'_>, before: &str) -> Class {
    let modifiers = node.child("modifiers");
    let has = |word: &str| {
        before == word || modifiers.is_some_and(|it| it.children().iter().any(|it| it.words() == word))
    };
    let kind = match () {
        () if node.tokens().iter().any(|it| it.kind() == "interface") => ClassKind::Interface,
        () if has("annotation") => ClassKind::Annotation,
        () if node.child("enum_class_body").is_some() => ClassKind::Enum,
        () if has("abstract") || has("sealed") => ClassKind::Abstract,
        () => ClassKind::Concrete,
    };
    let specifiers = node.child("delegation_specifiers").into_iter().flat_map(Syntax::children);
    let bases = specifiers.filter_map(|it| {
        let inner = it.children().into_iter().find(|it| it.kind() != "annotation")?;
        match inner.kind() {
            "constructor_invocation" | "explicit_delegation" => inner.first().map(type_of),
            _ => Some(type_of(inner)),
        }
    });
    let bases = bases.collect();
    let members = node.child("class_body").or_else(|| node.child("enum_class_body"));
    let given = node.child("primary_constructor").and_then(|it| it.child("class_parameters"));
    let mut body: Vec<Stmt> =
        given.into_iter().flat_map(Syntax::children).filter_map(|it| parameter(it, kind)).collect();
    body.extend(members.into_iter().flat_map(block));
    Class {
        name: node.field_words("name").trim_matches('`').into(),
        bases,
        body,
        decorators: modifiers.map(annotations).unwrap_or_default(),
        kind,
        ..Class::default()
    }
}

fn function(node: Syntax<'_>) -> Func {
    let modifiers = node.child("modifiers");
    let private = modifiers.is_some_and(|it| it.children().iter().any(|it| it.words() == "private"));
    let children = node.children();
    let at = children.iter().position(|it| it.kind() == "function_value_parameters");
    let after = at.and_then(|at| children.get(at + 1..)).unwrap_or_default();
    let types = ["user_type", "nullable_type", "parenthesized_type", "function_type"];
    let body = match node.child("function_body") {
        Some(it) => match it.first() {
            Some(inner) if inner.kind() == "block" => block(inner),
            Some(inner) => vec![Stmt::Return(Some(expr(inner)))],
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let params = at.map(|at| params(children[at])).unwrap_or_default();
    Func {
        name: node.field_words("name").trim_matches('`').into(),
        params,
        body,
        decorators: modifiers.map(annotations).unwrap_or_default(),
        returns: after.iter().find(|it| types.contains(&it.kind())).map(|it| type_of(*it)),
        access: if private { Access::Private } else { Access::Public },
        ..Func::default()
    }
}

/// Parameters; what is said about one stands before it, its default behind it.
fn params(list: Syntax<'_>) -> Vec<Param> {
    let mut all: Vec<Param> = Vec::new();
    let mut decorators = Vec::new();
    for part in list.children() {
        match (part.kind(), all.last_mut()) {
            ("parameter_modifiers", _) => decorators = annotations(part),
            ("parameter", _) => {
                let of = part.children().into_iter().nth(1);
                all.push(Param {
                    of: of.map(type_of),
                    decorators: std::mem::take(&mut decorators),
                    optional: of.is_some_and(|it| it.kind() == "nullable_type"),
                    ..Param::new(Pattern::Name(part.first().map_or("", Syntax::words).into()), None)
                });
            }
            (_, Some(last)) => last.default = Some(expr(part)),
            (_, None) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_before_a_class_are_its_own() {
        let text = "@A\n@B(\"/x\")\n@C\n@D([\"/y\"], z = 1)\nclass E\n@F(\"$G/h${I}\")\nobject J";
        let names = |class: &Class| -> Vec<String> {
            let names = class.decorators.iter().filter_map(|it| match &it.kind {
                ExprKind::Call(call) => match &call.callee.kind {
                    ExprKind::Name(name) => Some(format!("{name}{}", call.args.len())),
                    _ => None,
                },
                _ => None,
            });
            names.collect()
        };
        let classes: Vec<Vec<String>> = lower(text)
            .body
            .iter()
            .filter_map(|it| if let Stmt::Class(class) = it { Some(names(class)) } else { None })
            .collect();
        assert_eq!(classes, [vec!["A0", "B1", "C0", "D2"], vec!["F1"]]);
    }

    #[test]
    fn a_file_may_end_in_an_annotation() {
        for text in ["@A\n@B(value ", "@A\nclass C @B(\"x\"", "@A\n@B(c = [1"] {
            let _ = lower(text);
        }
    }

    #[test]
    fn a_class_may_stand_on_one_line() {
        let text =
            "@A(X)\nclass B(val c: D) { @E(\"/}\") fun e() = \"\" }\nclass F { class G { fun h() = 1 } }\n";
        let body = lower(text).body;
        let names: Vec<(&str, usize, usize)> = body
            .iter()
            .filter_map(|it| match it {
                Stmt::Class(class) => Some((&*class.name, class.decorators.len(), class.body.len())),
                _ => None,
            })
            .collect();
        assert_eq!(names, [("B", 1, 1), ("F", 0, 1)]);
    }
}
