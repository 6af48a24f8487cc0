//! What applications are written in.

use crate::render::highlight::Class::{Keyword, Number, Type, Variable};
use crate::render::highlight::syntax::{BASE, Holds, Keys, Quote, Syntax, block, quote, raw};

/// What the languages with braces have in common.
const C_LIKE: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    quotes: &[quote("\""), quote("'")],
    types: true,
    ..BASE
};

pub(super) const LANGUAGES: &[(&str, Syntax)] = &[
    (
        "python py python3 py3 starlark bzl tilt",
        Syntax {
            line_comments: &["#"],
            quotes: &[block("\"\"\"", "\"\"\""), block("'''", "'''"), quote("\""), quote("'")],
            prefixes: &["r", "R", "b", "B", "f", "F", "u", "U", "rb", "br", "fr", "rf", "Rb", "bR"],
            words: &[
                (
                    Keyword,
                    "and as assert async await break class continue def del elif else except finally for from global",
                ),
                (
                    Keyword,
                    "if import in is lambda nonlocal not or pass raise return try while with yield match case",
                ),
                (Number, "True False None"),
                (Variable, "self cls"),
            ],
            decorators: true,
            types: true,
            ..BASE
        },
    ),
    (
        "javascript js jsx mjs cjs node typescript ts tsx mts cts",
        Syntax {
            quotes: &[Quote { holds: Holds::Code(b'$'), ..block("`", "`") }, quote("\""), quote("'")],
            starts: "$",
            words: &[
                (
                    Keyword,
                    "async await break case catch class const continue debugger default delete do else export extends",
                ),
                (
                    Keyword,
                    "finally for from function get if import in instanceof let new of return set static super switch",
                ),
                (
                    Keyword,
                    "throw try typeof var void while with yield abstract as declare enum implements interface keyof",
                ),
                (Keyword, "namespace private protected public readonly satisfies type"),
                (Number, "true false null undefined NaN Infinity"),
                (Type, "string number boolean any unknown never object bigint symbol"),
                (Variable, "this"),
            ],
            decorators: true,
            keys: Keys::Colon,
            patterns: true,
            ..C_LIKE
        },
    ),
    (
        "go golang",
        Syntax {
            quotes: &[raw(block("`", "`")), quote("\""), quote("'")],
            words: &[
                (
                    Keyword,
                    "break case chan const continue default defer else fallthrough for func go goto if import",
                ),
                (Keyword, "interface map package range return select struct switch type var"),
                (Number, "true false nil iota"),
                (
                    Type,
                    "string bool byte rune error any int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr \
                     float32 float64 complex64 complex128 comparable",
                ),
            ],
            keys: Keys::Colon,
            ..C_LIKE
        },
    ),
    (
        "rust rs",
        Syntax {
            quotes: &[
                raw(block("r##\"", "\"##")),
                raw(block("r#\"", "\"#")),
                raw(block("r\"", "\"")),
                block("\"", "\""),
                Quote { character: true, ..quote("'") },
            ],
            prefixes: &["b", "c"],
            words: &[
                (
                    Keyword,
                    "as async await break const continue crate dyn else enum extern fn for if impl in let loop match",
                ),
                (
                    Keyword,
                    "mod move mut pub ref return static struct super trait type union unsafe use where while yield",
                ),
                (Number, "true false"),
                (Type, "bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 Self"),
                (Variable, "self"),
            ],
            directives: true,
            keys: Keys::Colon,
            inside: "!",
            ..C_LIKE
        },
    ),
    (
        "java groovy gradle jenkinsfile scala",
        Syntax {
            quotes: &[block("\"\"\"", "\"\"\""), block("'''", "'''"), quote("\""), quote("'")],
            words: &[
                (
                    Keyword,
                    "abstract assert break case catch class const continue default do else enum extends final finally",
                ),
                (
                    Keyword,
                    "for goto if implements import instanceof interface native new package private protected public",
                ),
                (
                    Keyword,
                    "return static strictfp super switch synchronized throw throws transient try var void volatile",
                ),
                (
                    Keyword,
                    "while yield record sealed permits non-sealed def trait object val lazy override with in as",
                ),
                (Number, "true false null"),
                (Type, "boolean byte char short int long float double"),
                (Variable, "this"),
            ],
            decorators: true,
            ..C_LIKE
        },
    ),
    (
        "kotlin kt kts",
        Syntax {
            quotes: &[
                Quote { holds: Holds::Code(b'$'), ..raw(block("\"\"\"", "\"\"\"")) },
                Quote { holds: Holds::Code(b'$'), ..block("\"", "\"") },
                quote("'"),
            ],
            words: &[
                (
                    Keyword,
                    "abstract actual as break by catch class companion const constructor continue crossinline data do",
                ),
                (
                    Keyword,
                    "else enum expect external final finally for fun get if import in infix init inline inner interface",
                ),
                (
                    Keyword,
                    "internal is lateinit noinline object open operator out override package private protected public",
                ),
                (
                    Keyword,
                    "reified return sealed set super suspend tailrec throw try typealias val value var vararg when where while",
                ),
                (Number, "true false null"),
                (Variable, "this it"),
            ],
            decorators: true,
            ..C_LIKE
        },
    ),
    (
        "csharp cs c# dotnet razor",
        Syntax {
            quotes: &[
                block("\"\"\"", "\"\"\""),
                Quote { doubled: true, ..raw(block("@\"", "\"")) },
                quote("\""),
                quote("'"),
            ],
            words: &[
                (
                    Keyword,
                    "abstract as async await base break case catch checked class const continue default delegate do else",
                ),
                (
                    Keyword,
                    "enum event explicit extern finally fixed for foreach get global goto if implicit in init interface",
                ),
                (
                    Keyword,
                    "internal is lock namespace new operator out override params partial private protected public",
                ),
                (
                    Keyword,
                    "readonly record ref required return sealed set sizeof stackalloc static struct switch throw try",
                ),
                (Keyword, "typeof unchecked unsafe using var virtual volatile when where while with yield"),
                (Number, "true false null"),
                (
                    Type,
                    "bool byte sbyte char decimal double float int uint long ulong short ushort object string dynamic void",
                ),
                (Variable, "this"),
            ],
            directives: true,
            ..C_LIKE
        },
    ),
    (
        "php php-html",
        Syntax {
            line_comments: &["//", "# "],
            quotes: &[Quote { holds: Holds::Variables, ..block("\"", "\"") }, block("'", "'")],
            heredoc: "<<<",
            words: &[
                (
                    Keyword,
                    "abstract and array as break callable case catch class clone const continue declare default do echo",
                ),
                (
                    Keyword,
                    "else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum extends final finally",
                ),
                (
                    Keyword,
                    "fn for foreach function global goto if implements include include_once instanceof insteadof",
                ),
                (
                    Keyword,
                    "interface isset list match namespace new or print private protected public readonly require",
                ),
                (
                    Keyword,
                    "require_once return static switch throw trait try unset use var while xor yield php",
                ),
                (Number, "true false null"),
                (Type, "bool int float string void mixed never object self"),
            ],
            ignore_case: true,
            sigils: "$",
            directives: true,
            ..C_LIKE
        },
    ),
    (
        "ruby rb rake gemfile podfile vagrantfile",
        Syntax {
            line_comments: &["#"],
            block_comments: &[("\n=begin", "\n=end")],
            quotes: &[
                Quote { holds: Holds::Code(b'#'), ..block("\"", "\"") },
                block("'", "'"),
                block("`", "`"),
            ],
            heredoc: "<<",
            inside: "?!",
            words: &[
                (
                    Keyword,
                    "alias and begin break case class def defined? do else elsif end ensure for if in module next not or",
                ),
                (
                    Keyword,
                    "redo rescue retry return super then undef unless until when while yield require require_relative",
                ),
                (
                    Keyword,
                    "include extend attr_reader attr_writer attr_accessor private protected public raise lambda proc",
                ),
                (Number, "true false nil"),
                (Variable, "self"),
            ],
            sigils: "@:$",
            types: true,
            keys: Keys::Colon,
            patterns: true,
            ..BASE
        },
    ),
    (
        "c cpp c++ h hpp cc cxx hxx objc arduino cuda",
        Syntax {
            quotes: &[raw(block("R\"(", ")\"")), quote("\""), quote("'")],
            words: &[
                (
                    Keyword,
                    "alignas alignof asm auto break case catch class const consteval constexpr constinit const_cast",
                ),
                (
                    Keyword,
                    "continue co_await co_return co_yield decltype default delete do dynamic_cast else enum explicit",
                ),
                (
                    Keyword,
                    "export extern final for friend goto if inline mutable namespace new noexcept operator override",
                ),
                (
                    Keyword,
                    "private protected public register reinterpret_cast requires restrict return sizeof static",
                ),
                (
                    Keyword,
                    "static_assert static_cast struct switch template thread_local throw try typedef typename union",
                ),
                (Keyword, "using virtual volatile while"),
                (Number, "true false NULL nullptr"),
                (
                    Type,
                    "bool char double float int long short signed unsigned void size_t ssize_t int8_t int16_t int32_t int64_t \
                     uint8_t uint16_t uint32_t uint64_t wchar_t",
                ),
                (Variable, "this"),
            ],
            directives: true,
            ..C_LIKE
        },
    ),
    (
        "swift",
        Syntax {
            quotes: &[block("\"\"\"", "\"\"\""), quote("\"")],
            words: &[
                (
                    Keyword,
                    "actor as associatedtype async await break case catch class continue default defer deinit do else",
                ),
                (
                    Keyword,
                    "enum extension fallthrough fileprivate final for func guard if import in init inout internal is",
                ),
                (
                    Keyword,
                    "lazy let mutating open operator override private protocol public repeat rethrows return some static",
                ),
                (Keyword, "struct subscript super switch throw throws try typealias var weak where while"),
                (Number, "true false nil"),
                (Variable, "self"),
            ],
            decorators: true,
            ..C_LIKE
        },
    ),
    (
        "proto protobuf proto3",
        Syntax {
            words: &[
                (
                    Keyword,
                    "syntax edition package import option message enum service rpc returns stream oneof map reserved",
                ),
                (Keyword, "extensions extend optional required repeated to public weak"),
                (Number, "true false max"),
                (
                    Type,
                    "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes",
                ),
            ],
            ..C_LIKE
        },
    ),
    (
        "lua",
        Syntax {
            line_comments: &["--"],
            block_comments: &[("--[[", "]]")],
            quotes: &[raw(block("[[", "]]")), quote("\""), quote("'")],
            words: &[
                (
                    Keyword,
                    "and break do else elseif end for function goto if in local not or repeat return then until while",
                ),
                (Number, "true false nil"),
                (Variable, "self"),
            ],
            ..BASE
        },
    ),
    (
        "rego",
        Syntax {
            line_comments: &["#"],
            quotes: &[raw(block("`", "`")), quote("\"")],
            words: &[
                (Keyword, "package import default not some every in as with else if contains"),
                (Number, "true false null"),
            ],
            keys: Keys::Colon,
            ..BASE
        },
    ),
];
