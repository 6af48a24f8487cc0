//! JavaScript and TypeScript → [`ir`](crate::parse::routes::ir).

use std::sync::Arc;

use super::tree::{Syntax, parse, unescape};
use crate::parse::routes::ir::*;

/// Lowers a file; the suffix tells which of the three grammars reads it.
pub(super) fn lower(path: &str, text: &str) -> Module {
    let language = match path.rsplit_once('.').map_or("", |(_, suffix)| suffix) {
        "ts" | "mts" | "cts" => tree_sitter_typescript::LANGUAGE_TYPESCRIPT,
        "tsx" => tree_sitter_typescript::LANGUAGE_TSX,
        _ => tree_sitter_javascript::LANGUAGE,
    };
    let Some(tree) = parse(&language.into(), text) else { return Module::default() };
    Module { body: block(Syntax::root(&tree, text)) }
}

fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        node.children().into_iter().for_each(|it| stmt(it, &mut body));
    }
    body
}

/// The body of an `if` or a loop, which may be one statement without braces.
fn branch(node: Option<Syntax<'_>>) -> Vec<Stmt> {
    let mut body = Vec::new();
    match node {
        Some(it) if it.kind() == "statement_block" => body = block(it),
        Some(it) => stmt(it, &mut body),
        None => {}
    }
    body
}

fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "expression_statement" => body.extend(node.first().map(|it| expression_statement(expr(it)))),
        "lexical_declaration" | "variable_declaration" => {
            for declarator in node.children() {
                if let Some(name) = declarator.field("name") {
                    let unknown = || declarator.expr(ExprKind::Other(Vec::new()));
                    body.push(Stmt::Assign(
                        pattern(name),
                        declarator.field("value").map_or_else(unknown, expr),
                    ));
                }
            }
        }
        "function_declaration" | "generator_function_declaration" => {
            body.push(Stmt::Def(Arc::new(function(node))));
        }
        "class_declaration" | "abstract_class_declaration" => body.push(Stmt::Class(Arc::new(class(node)))),
        "enum_declaration" => body.push(enumeration(node)),
        "import_statement" => body.extend(import(node)),
        "export_statement" => export(node, body),
        "return_statement" => body.push(Stmt::Return(node.first().map(expr))),
        "if_statement" => {
            body.extend(node.field("condition").map(|it| Stmt::Expr(expr(it))));
            body.push(Stmt::Branch(branch(node.field("consequence"))));
            let alternative = node.field("alternative").and_then(Syntax::first);
            body.push(Stmt::Branch(branch(alternative)));
        }
        "for_in_statement" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                body.push(Stmt::For(pattern(left), expr(right), branch(node.field("body"))));
            }
        }
        "for_statement" | "while_statement" | "do_statement" => {
            body.push(Stmt::Branch(branch(node.field("body"))));
        }
        "try_statement" => {
            body.push(Stmt::Branch(branch(node.field("body"))));
            let handler = node.field("handler").and_then(|it| it.field("body"));
            body.push(Stmt::Branch(branch(handler)));
            let last = node.field("finalizer").and_then(|it| it.field("body"));
            body.push(Stmt::Branch(branch(last)));
        }
        "switch_statement" => {
            let cases = node.field("body").into_iter().flat_map(Syntax::children).map(case).collect();
            body.extend(node.field("value").map(|subject| Stmt::Switch(expr(subject), cases)));
        }
        "statement_block" => body.extend(block(node)),
        "labeled_statement" => body.extend(branch(node.field("body"))),
        "ambient_declaration" | "internal_module" | "comment" => {}
        _ => {}
    }
}

/// The assignment of a member (`module.exports = …`) is a statement; that of a name is an expression, as the
/// name may be that of an outer scope.
fn expression_statement(expr: Expr) -> Stmt {
    match expr.kind {
        ExprKind::Assigned(assigned) if matches!(assigned.0, Pattern::Attr(..)) => {
            Stmt::Assign(assigned.0, assigned.1)
        }
        _ => Stmt::Expr(expr),
    }
}

fn case(node: Syntax<'_>) -> Case {
    let mut body = Vec::new();
    node.fields("body").into_iter().for_each(|it| stmt(it, &mut body));
    Case { value: node.field("value").map(expr), body }
}

fn function(node: Syntax<'_>) -> Func {
    let params = match (node.field("parameters"), node.field("parameter")) {
        (Some(list), _) => list.children().into_iter().map(param).collect(),
        (None, Some(one)) => vec![Param { pattern: pattern(one), default: None }],
        (None, None) => Vec::new(),
    };
    let body = match node.field("body") {
        Some(it) if it.kind() == "statement_block" => block(it),
        Some(it) => vec![Stmt::Return(Some(expr(it)))],
        None => Vec::new(),
    };
    let getter = node.tokens().iter().any(|it| it.kind() == "get");
    let mut fields = parameter_fields(node);
    fields.extend(body);
    let body = fields;
    Func { name: node.field_words("name").into(), params, body, decorators: Vec::new(), getter }
}

/// `constructor(private app: Express)` is a field, too.
fn parameter_fields(node: Syntax<'_>) -> Vec<Stmt> {
    let params = node.field("parameters").into_iter().flat_map(Syntax::children);
    let fields = params.filter(|it| it.child("accessibility_modifier").is_some()).filter_map(|it| {
        let name = it.field("pattern")?;
        let this = name.expr(ExprKind::Name("this".into()));
        let value = name.expr(ExprKind::Name(name.words().into()));
        Some(Stmt::Assign(Pattern::Attr(this, name.words().into()), value))
    });
    fields.collect()
}

fn param(node: Syntax<'_>) -> Param {
    match node.kind() {
        "required_parameter" | "optional_parameter" => Param {
            pattern: node.field("pattern").map_or(Pattern::Ignored, pattern),
            default: node.field("value").map(expr),
        },
        "assignment_pattern" => Param {
            pattern: node.field("left").map_or(Pattern::Ignored, pattern),
            default: node.field("right").map(expr),
        },
        _ => Param { pattern: pattern(node), default: None },
    }
}

fn class(node: Syntax<'_>) -> Class {
    let heritage = node.child("class_heritage").into_iter().flat_map(Syntax::children);
    let bases = heritage.filter_map(|it| match it.kind() {
        "extends_clause" => it.field("value").map(expr),
        "implements_clause" => None,
        _ => Some(expr(it)),
    });
    let bases = bases.collect();
    let mut body = Vec::new();
    for member in node.field("body").into_iter().flat_map(Syntax::children) {
        match member.kind() {
            "method_definition" => body.push(Stmt::Def(Arc::new(function(member)))),
            "field_definition" | "public_field_definition" => {
                let name = member.field("property").or_else(|| member.field("name"));
                if let (Some(name), Some(value)) = (name, member.field("value")) {
                    body.push(Stmt::Assign(Pattern::Name(name.words().into()), expr(value)));
                }
            }
            _ => {}
        }
    }
    Class { name: node.field_words("name").into(), bases, body }
}

/// An enumeration is an object of its members.
fn enumeration(node: Syntax<'_>) -> Stmt {
    let members = node.field("body").into_iter().flat_map(Syntax::children);
    let entries = members.filter_map(|it| {
        Some(Property { key: Some(key(it.field("name")?)), value: expr(it.field("value")?) })
    });
    let object = node.expr(ExprKind::Object(entries.collect()));
    Stmt::Assign(Pattern::Name(node.field_words("name").into()), object)
}

fn import(node: Syntax<'_>) -> Option<Stmt> {
    if let Some(clause) = node.child("import_require_clause") {
        let module = text_of(clause.field("source")?);
        return Some(Stmt::Import(Import {
            module,
            names: vec![Imported::Module(clause.first()?.words().into())],
        }));
    }
    let module = text_of(node.field("source")?);
    let mut names = Vec::new();
    for part in node.child("import_clause").into_iter().flat_map(Syntax::children) {
        match part.kind() {
            "identifier" => names.push(Imported::Name("default".into(), part.words().into())),
            "namespace_import" => names.extend(part.first().map(|it| Imported::Module(it.words().into()))),
            _ => names.extend(part.children().into_iter().map(|it| {
                let name = it.field_words("name");
                let alias = it.field("alias").map_or(name, Syntax::words);
                Imported::Name(name.into(), alias.into())
            })),
        }
    }
    Some(Stmt::Import(Import { module, names }))
}

fn export(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let default = node.tokens().iter().any(|it| it.kind() == "default");
    let source = node.field("source").map(text_of);
    if let Some(declaration) = node.field("declaration") {
        stmt(declaration, body);
        let mut names = Vec::new();
        declared(declaration, &mut names);
        for name in names {
            let word: Box<str> = name.words().into();
            let export = match default {
                true => Export::Default(name.expr(ExprKind::Name(word))),
                false => Export::Declared(word, name.range()),
            };
            body.push(Stmt::Export(export));
        }
    } else if let Some(value) = node.field("value") {
        body.push(Stmt::Export(Export::Default(expr(value))));
    } else if let Some(clause) = node.child("export_clause") {
        for name in clause.children() {
            let local: Box<str> = name.field_words("name").trim_matches(['"', '\'']).into();
            let word = name.field("alias").unwrap_or(name).words().trim_matches(['"', '\'']).into();
            body.push(Stmt::Export(match &source {
                Some(source) => Export::From(source.clone(), local, word, name.range()),
                None => Export::Local(local, word, name.range()),
            }));
        }
    } else if let Some(source) = source {
        let named = node.child("namespace_export").and_then(Syntax::first);
        body.push(Stmt::Export(match named {
            Some(name) => Export::Namespace(source, name.words().into()),
            None => Export::All(source),
        }));
    } else if default && let Some(value) = node.first() {
        body.push(Stmt::Export(Export::Default(expr(value))));
    }
}

/// The names that a declaration binds.
fn declared<'t>(node: Syntax<'t>, names: &mut Vec<Syntax<'t>>) {
    match node.kind() {
        "lexical_declaration" | "variable_declaration" => {
            let declarators = node.children().into_iter().filter_map(|it| it.field("name"));
            declarators.for_each(|it| bound(it, names));
        }
        "function_declaration"
        | "generator_function_declaration"
        | "class_declaration"
        | "abstract_class_declaration"
        | "enum_declaration" => names.extend(node.field("name")),
        _ => {}
    }
}

fn bound<'t>(node: Syntax<'t>, names: &mut Vec<Syntax<'t>>) {
    match node.kind() {
        "identifier" | "shorthand_property_identifier_pattern" => names.push(node),
        "pair_pattern" => node.field("value").into_iter().for_each(|it| bound(it, names)),
        "object_assignment_pattern" | "assignment_pattern" => {
            node.field("left").into_iter().for_each(|it| bound(it, names));
        }
        _ if node.too_deep() => {}
        _ => node.children().into_iter().for_each(|it| bound(it, names)),
    }
}

fn pattern(node: Syntax<'_>) -> Pattern {
    if node.too_deep() {
        return Pattern::Ignored;
    }
    match node.kind() {
        "identifier" | "shorthand_property_identifier_pattern" => Pattern::Name(node.words().into()),
        "member_expression" => match node.field("object") {
            Some(object) => Pattern::Attr(expr(object), node.field_words("property").into()),
            None => Pattern::Ignored,
        },
        "subscript_expression" => match (node.field("object"), node.field("index").map(|it| expr(it).kind)) {
            (Some(of), Some(ExprKind::Str(key))) => Pattern::Attr(expr(of), key),
            _ => Pattern::Ignored,
        },
        "array_pattern" => Pattern::List(node.children().into_iter().map(pattern).collect()),
        "object_pattern" => Pattern::Object(node.children().into_iter().map(property_pattern).collect()),
        "assignment_pattern" => node.field("left").map_or(Pattern::Ignored, pattern),
        "rest_pattern" => Pattern::Rest(node.first().map_or("", Syntax::words).into()),
        // The variable of `for (const x of …)` and the parameter of an arrow function.
        "lexical_declaration"
        | "variable_declaration"
        | "variable_declarator"
        | "parenthesized_expression" => node.first().map_or(Pattern::Ignored, pattern),
        _ => Pattern::Ignored,
    }
}

fn property_pattern(node: Syntax<'_>) -> (Box<str>, Pattern) {
    match node.kind() {
        "pair_pattern" => {
            let value = node.field("value").map_or(Pattern::Ignored, pattern);
            (node.field("key").map_or_else(|| "".into(), key), value)
        }
        "object_assignment_pattern" => {
            let left = node.field("left").map_or("", Syntax::words);
            (left.into(), Pattern::Name(left.into()))
        }
        _ => (node.words().into(), pattern(node)),
    }
}

fn key(node: Syntax<'_>) -> Box<str> {
    if node.kind() == "string" { text_of(node) } else { node.words().into() }
}

fn expr(node: Syntax<'_>) -> Expr {
    node.expr(if node.too_deep() { ExprKind::Other(Vec::new()) } else { kind(node) })
}

fn all(nodes: Vec<Syntax<'_>>) -> Vec<Expr> {
    nodes.into_iter().map(expr).collect()
}

fn both(node: Syntax<'_>) -> Vec<Expr> {
    [node.field("left"), node.field("right")].into_iter().flatten().map(expr).collect()
}

fn kind(node: Syntax<'_>) -> ExprKind {
    let other = || ExprKind::Other(all(node.children()));
    match node.kind() {
        "identifier" | "this" | "super" | "undefined" => ExprKind::Name(node.words().into()),
        "string" => ExprKind::Str(text_of(node)),
        // Numbers stand in paths (`/v${VERSION}`), and nowhere else that matters.
        "number" => ExprKind::Str(node.words().into()),
        "template_string" => template(node),
        "true" => ExprKind::Bool(true),
        "false" | "null" => ExprKind::Bool(false),
        "regex" => ExprKind::Other(Vec::new()),
        "member_expression" => match node.field("object") {
            Some(of) => ExprKind::Attr(Box::new(expr(of)), node.field_words("property").into()),
            None => other(),
        },
        "subscript_expression" => match (node.field("object"), node.field("index")) {
            (Some(of), Some(at)) => ExprKind::Index(Box::new(expr(of)), Box::new(expr(at))),
            _ => other(),
        },
        "call_expression" | "new_expression" => call(node),
        "array" => ExprKind::List(all(node.children())),
        "spread_element" => match node.first() {
            Some(inner) => ExprKind::Spread(Box::new(expr(inner))),
            None => other(),
        },
        "object" => ExprKind::Object(node.children().into_iter().filter_map(entry).collect()),
        "arrow_function" | "function_expression" | "generator_function" => {
            ExprKind::Func(Arc::new(function(node)))
        }
        "class" => ExprKind::Class(Arc::new(class(node))),
        "binary_expression" => binary(node),
        "ternary_expression" => {
            let arms = [node.field("consequence"), node.field("alternative")];
            ExprKind::Either(arms.into_iter().flatten().map(expr).collect())
        }
        "assignment_expression" => match (node.field("left"), node.field("right")) {
            (Some(left), Some(right)) => ExprKind::Assigned(Box::new((pattern(left), expr(right)))),
            _ => other(),
        },
        "parenthesized_expression"
        | "await_expression"
        | "as_expression"
        | "satisfies_expression"
        | "non_null_expression"
        | "instantiation_expression" => match node.first() {
            Some(inner) => expr(inner).kind,
            None => other(),
        },
        "type_assertion" => match node.children().last() {
            Some(&inner) => expr(inner).kind,
            None => other(),
        },
        "type_arguments" | "type_annotation" => ExprKind::Other(Vec::new()),
        _ => other(),
    }
}

fn binary(node: Syntax<'_>) -> ExprKind {
    let mut parts = both(node);
    match node.field_words("operator") {
        "+" => ExprKind::Concat(parts),
        "||" | "??" => ExprKind::Either(parts),
        "==" | "===" | "!=" | "!==" if parts.len() == 2 => {
            let right = parts.remove(1);
            ExprKind::Compare(Box::new(parts.remove(0)), Box::new(right))
        }
        _ => ExprKind::Other(parts),
    }
}

fn call(node: Syntax<'_>) -> ExprKind {
    let callee = node.field("function").or_else(|| node.field("constructor")).map(expr);
    let Some(callee) = callee else { return ExprKind::Other(Vec::new()) };
    let args = match node.field("arguments") {
        Some(it) if it.kind() == "arguments" => it.children(),
        _ => Vec::new(),
    };
    let args = args.into_iter().map(|it| Arg { name: None, value: expr(it) }).collect();
    ExprKind::Call(Box::new(Call { callee, args }))
}

fn entry(node: Syntax<'_>) -> Option<Property> {
    match node.kind() {
        "pair" => {
            let name = node.field("key")?;
            let computed = name.kind() == "computed_property_name";
            Some(Property { key: (!computed).then(|| key(name)), value: expr(node.field("value")?) })
        }
        "shorthand_property_identifier" => {
            let word: Box<str> = node.words().into();
            Some(Property { key: Some(word.clone()), value: node.expr(ExprKind::Name(word)) })
        }
        "method_definition" => Some(Property {
            key: Some(node.field_words("name").into()),
            value: node.expr(ExprKind::Func(Arc::new(function(node)))),
        }),
        "spread_element" => node.first().map(|it| Property { key: None, value: expr(it) }),
        _ => None,
    }
}

fn text_of(node: Syntax<'_>) -> Box<str> {
    let mut text = String::new();
    node.children().into_iter().for_each(|part| fragment(part, &mut text));
    text.into()
}

fn fragment(part: Syntax<'_>, text: &mut String) {
    match part.kind() {
        "escape_sequence" => text.extend(unescape(part.words())),
        _ => text.push_str(part.words()),
    }
}

fn template(node: Syntax<'_>) -> ExprKind {
    let mut parts: Vec<Expr> = Vec::new();
    let mut text = String::new();
    for part in node.children() {
        if part.kind() != "template_substitution" {
            fragment(part, &mut text);
            continue;
        }
        if !text.is_empty() {
            parts.push(node.expr(ExprKind::Str(std::mem::take(&mut text).into())));
        }
        parts.extend(part.first().map(expr));
    }
    if parts.is_empty() {
        return ExprKind::Str(text.into());
    }
    if !text.is_empty() {
        parts.push(node.expr(ExprKind::Str(text.into())));
    }
    ExprKind::Concat(parts)
}
