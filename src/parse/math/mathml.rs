//! MathML as it may stand in a page: only what lays out a formula, without colours, styles and links, and with its
//! source for whoever copies it.

use html5gum::{Token, Tokenizer};

/// The elements of MathML Core that formulas consist of.
const ELEMENTS: [&str; 20] = [
    "math", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
];
/// Further ones, whose names are longer.
const SCRIPTS: [&str; 3] = ["munder", "munderover", "mmultiscripts"];

/// Attributes that are true or false.
const FLAGS: [&str; 5] = ["displaystyle", "largeop", "movablelimits", "stretchy", "symmetric"];
/// Attributes that are lengths.
const LENGTHS: [&str; 6] = ["depth", "height", "linethickness", "maxsize", "minsize", "width"];
/// A length beyond this many of its units is left out.
const LONGEST: f32 = 40.0;
/// Deeper elements are not written.
const DEEPEST: usize = 100;

/// Keeps what may stand in a page, and puts the source beside it; none where the text is no formula.
pub(super) fn clean(written: &str, latex: &str, display: bool) -> Option<String> {
    let mut out = String::with_capacity(written.len() + latex.len());
    let mut open: Vec<&'static str> = Vec::new();
    for token in Tokenizer::new(written) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = element(&tag.name)?;
                if open.is_empty() != (name == "math") || open.len() > DEEPEST {
                    return None;
                }
                out.push('<');
                out.push_str(name);
                if name == "math" {
                    out.push_str(if display {
                        " display=\"block\"><semantics><mrow>"
                    } else {
                        "><semantics><mrow>"
                    });
                    open.push(name);
                    continue;
                }
                for (key, value) in &tag.attributes {
                    let key = std::str::from_utf8(key).ok()?;
                    let value = std::str::from_utf8(&value.value).ok()?;
                    if let Some(value) = attribute(key, value) {
                        out.push_str(&format!(" {key}=\"{value}\""));
                    }
                }
                out.push('>');
                if tag.self_closing {
                    out.push_str(&format!("</{name}>"));
                } else {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = open.pop().filter(|it| it.as_bytes() == &**tag.name)?;
                if name != "math" {
                    out.push_str(&format!("</{name}>"));
                } else if !open.is_empty() {
                    return None;
                }
            }
            Token::String(_) if open.is_empty() => return None,
            Token::String(words) => escape_into(&mut out, std::str::from_utf8(&words).ok()?),
            Token::Comment(_) | Token::Doctype(_) => return None,
            Token::Error(_) => {}
        }
    }
    if !open.is_empty() || out.is_empty() {
        return None;
    }
    out.push_str("</mrow><annotation encoding=\"application/x-tex\">");
    escape_into(&mut out, latex);
    out.push_str("</annotation></semantics></math>");
    Some(out)
}

fn element(name: &[u8]) -> Option<&'static str> {
    ELEMENTS.iter().chain(&SCRIPTS).find(|it| it.as_bytes() == name).copied()
}

/// The value of an attribute that says how a formula is laid out.
fn attribute<'a>(key: &str, value: &'a str) -> Option<&'a str> {
    let known = match key {
        "mathvariant" => value == "normal",
        "scriptlevel" => matches!(value, "0" | "1" | "2"),
        "class" => {
            value.split(' ').all(|it| it == "small" || it.starts_with("menv-") || it.starts_with("cell-"))
                && value.bytes().all(|it| it.is_ascii_lowercase() || matches!(it, b'-' | b' '))
        }
        key if FLAGS.contains(&key) => matches!(value, "true" | "false"),
        key if LENGTHS.contains(&key) => is_length(value),
        _ => false,
    };
    known.then_some(value)
}

fn is_length(value: &str) -> bool {
    let number = value.trim_end_matches(|it: char| it.is_ascii_lowercase());
    let unit = &value[number.len()..];
    let plain = number.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'-'));
    plain && number.parse::<f32>().is_ok_and(|it| it.abs() <= LONGEST) && unit.len() <= 3
}

fn escape_into(out: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_layout_is_kept() {
        let written = "<math display=\"inline\"><mrow style=\"color: red\" onclick=\"x\"><mo><</mo><mi mathvariant=\"normal\">é</mi><mspace width=\"0.2em\" /><mspace width=\"999em\" /></mrow></math>";
        assert_eq!(
            clean(written, "a<b", false).unwrap(),
            "<math><semantics><mrow><mrow><mo>&lt;</mo><mi mathvariant=\"normal\">é</mi><mspace width=\"0.2em\"></mspace><mspace></mspace></mrow></mrow><annotation encoding=\"application/x-tex\">a&lt;b</annotation></semantics></math>"
        );
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        for written in [
            "",
            "x",
            "<p>x</p>",
            "<math><a href=\"x\">x</a></math>",
            "<math><mi>x</math>",
            "<math></math><math></math></mi>",
            "<math><math></math></math>",
            "<math><!-- x --></math>",
        ] {
            assert_eq!(clean(written, "", true), None, "{written}");
        }
    }
}
