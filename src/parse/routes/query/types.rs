//! What the types of parameters say about their values.

use crate::model::route::ParameterType;
use crate::parse::routes::ir::{Expr, ExprKind};

/// Types in types.
const MAX_DEPTH: usize = 8;

/// Types that hold several values.
const LISTS: [&str; 20] = [
    "list",
    "List",
    "Sequence",
    "Iterable",
    "set",
    "Set",
    "frozenset",
    "tuple",
    "Tuple",
    "Collection",
    "Vec",
    "Array",
    "ReadonlyArray",
    "IEnumerable",
    "IList",
    "ICollection",
    "IReadOnlyList",
    "HashSet",
    "MutableList",
    "SortedSet",
];

/// Types whose value may be missing.
const OPTIONAL: [&str; 4] = ["Option", "Optional", "Nullable", "JsonNullable"];

/// What the type of a parameter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) of: ParameterType,
    pub(super) array: bool,
    pub(super) optional: bool,
}

/// What a type says; none where it is no type of plain values. `named` tells what the name of a type stands for that is
/// not one of a language.
pub(super) fn said(of: &Expr, named: &mut dyn FnMut(&Expr) -> Option<ParameterType>) -> Option<Said> {
    read(of, named, 0)
}

fn read(of: &Expr, named: &mut dyn FnMut(&Expr) -> Option<ParameterType>, depth: usize) -> Option<Said> {
    if depth > MAX_DEPTH {
        return None;
    }
    let plain = |of| Said { of, array: false, optional: false };
    match &of.kind {
        ExprKind::Name(name) => match name.strip_suffix("[]") {
            Some(item) => Some(Said { array: true, ..plain(scalar(item)?) }),
            None => scalar(name).or_else(|| named(of)).map(plain),
        },
        ExprKind::Attr(_, name) => scalar(name).or_else(|| named(of)).map(plain),
        // `"int"`, as Python lets write what is not known yet.
        ExprKind::Str(name) => scalar(name).map(plain),
        ExprKind::Index(base, arguments) => {
            let (ExprKind::Name(base) | ExprKind::Attr(_, base)) = &base.kind else { return None };
            let arguments = self::arguments(arguments);
            let first = arguments.first()?;
            match &**base {
                "Literal" => matches!(first.kind, ExprKind::Str(_)).then(|| plain(ParameterType::Text)),
                "Annotated" => read(first, named, depth + 1),
                "Union" => either(arguments, named, depth),
                it if OPTIONAL.contains(&it) => {
                    Some(Said { optional: true, ..read(first, named, depth + 1)? })
                }
                it if LISTS.contains(&it) => Some(Said { array: true, ..read(first, named, depth + 1)? }),
                _ => None,
            }
        }
        ExprKind::Either(arms) => either(arms, named, depth),
        _ => None,
    }
}

/// The arguments of a generic type, of which there may be one.
pub(super) fn arguments(of: &Expr) -> &[Expr] {
    match &of.kind {
        ExprKind::List(all) => all,
        _ => std::slice::from_ref(of),
    }
}

/// One of several types; nothing is one that says nothing.
fn either(
    arms: &[Expr],
    named: &mut dyn FnMut(&Expr) -> Option<ParameterType>,
    depth: usize,
) -> Option<Said> {
    let is_nothing = |it: &&Expr| {
        !matches!(&it.kind, ExprKind::Name(name) if &**name == "None")
            && !matches!(it.kind, ExprKind::Bool(false))
    };
    let mut all = arms.iter().filter(is_nothing).map(|it| read(it, named, depth + 1));
    let first = all.next()??;
    // Of two kinds a text holds both.
    all.try_fold(first, |first, it| {
        let it = it?;
        Some(if it.of == first.of { first } else { Said { of: ParameterType::Text, ..first } })
    })
}

/// The type of plain values that a word of a language or of its library stands for.
pub(super) fn scalar(name: &str) -> Option<ParameterType> {
    Some(match name {
        "str" | "string" | "String" | "&str" | "char" | "Character" | "CharSequence" | "EmailStr"
        | "HttpUrl" | "AnyUrl" | "AnyHttpUrl" | "constr" | "Uri" | "URI" | "Locale" => ParameterType::Text,
        "int" | "Int" | "Integer" | "long" | "Long" | "short" | "Short" | "byte" | "Byte" | "uint"
        | "ulong" | "ushort" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32"
        | "u64" | "u128" | "usize" | "int32" | "int64" | "uint32" | "uint64" | "BigInteger"
        | "PositiveInt" | "NonNegativeInt" | "conint" | "Int32" | "Int64" => ParameterType::Integer,
        "float" | "Float" | "double" | "Double" | "decimal" | "Decimal" | "BigDecimal" | "number"
        | "Number" | "f32" | "f64" | "PositiveFloat" | "confloat" | "Single" => ParameterType::Number,
        "bool" | "Bool" | "boolean" | "Boolean" => ParameterType::Boolean,
        "date" | "LocalDate" | "DateOnly" | "NaiveDate" => ParameterType::Date,
        "datetime" | "DateTime" | "LocalDateTime" | "ZonedDateTime" | "OffsetDateTime" | "Instant"
        | "DateTimeOffset" | "NaiveDateTime" | "DateTimeImmutable" | "DateTimeInterface" => {
            ParameterType::DateTime
        }
        "UUID" | "Uuid" | "Guid" | "UUID1" | "UUID4" => ParameterType::Uuid,
        _ => return None,
    })
}
