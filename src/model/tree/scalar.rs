//! What a plain scalar means: the core schema of YAML 1.2, section 10.3.
//!
//! `yes`, `no`, `on`, dates and `1_000` are text there, `012` is twelve and `1e3` a number.

use super::ValueKind;

/// The type of a plain scalar.
pub(super) fn kind(text: &str) -> ValueKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return ValueKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return ValueKind::Boolean,
        ".nan" | ".NaN" | ".NAN" => return ValueKind::Float,
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return ValueKind::Float;
    }
    if all_digits(unsigned) || radix(text).is_some() {
        return ValueKind::Integer;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.strip_prefix(['-', '+']).unwrap_or(exponent)),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    match has_digits && digits(whole) && digits(fraction) && all_digits(exponent) {
        true => ValueKind::Float,
        false => ValueKind::String,
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The radix and digits of `0o17` and `0xff`.
fn radix(text: &str) -> Option<(u32, &str)> {
    let (radix, digits) = match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(digits), _) => (8, digits),
        (_, Some(digits)) => (16, digits),
        _ => return None,
    };
    (!digits.is_empty() && digits.chars().all(|it| it.is_digit(radix))).then_some((radix, digits))
}

/// The value of an integer, where it fits.
pub(super) fn integer(text: &str) -> Option<i128> {
    match radix(text) {
        Some((radix, digits)) => i128::from_str_radix(digits, radix).ok(),
        None => text.parse().ok(),
    }
}

/// The value of a number.
pub(super) fn float(text: &str) -> Option<f64> {
    if radix(text).is_some() {
        return integer(text).map(|it| it as f64);
    }
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    match unsigned {
        ".inf" | ".Inf" | ".INF" => Some(sign * f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        _ => text.parse().ok(),
    }
}

/// A number for JSON, which has no infinity.
pub(super) fn number(text: &str) -> Option<serde_json::Number> {
    let integer = integer(text);
    if let Some(number) = integer.and_then(|it| i64::try_from(it).ok()) {
        return Some(number.into());
    }
    if let Some(number) = integer.and_then(|it| u64::try_from(it).ok()) {
        return Some(number.into());
    }
    float(text).and_then(serde_json::Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_schema_decides() {
        for text in
            ["no", "y", "on", "Yes", "2024-01-31", "1_000", "1:30", "e3", ".", "-", "+", "0b1", "0x", "1e"]
        {
            assert_eq!(kind(text), ValueKind::String, "{text}");
        }
        for text in ["0", "012", "-7", "+7", "0o17", "0xFF", "18446744073709552000"] {
            assert_eq!(kind(text), ValueKind::Integer, "{text}");
        }
        for text in ["1e3", "1.", ".5", "-1.5E-3", ".inf", "-.Inf", ".NaN"] {
            assert_eq!(kind(text), ValueKind::Float, "{text}");
        }
        for text in ["", "~", "null", "NULL"] {
            assert_eq!(kind(text), ValueKind::Null, "{text}");
        }
    }

    #[test]
    fn numbers_have_values() {
        assert_eq!(integer("012"), Some(12));
        assert_eq!(integer("0o17"), Some(15));
        assert_eq!(float("1e3"), Some(1000.0));
        assert_eq!(float("-.inf"), Some(f64::NEG_INFINITY));
        assert_eq!(number("18446744073709551615").unwrap().to_string(), "18446744073709551615");
        assert_eq!(number("18446744073709552000").unwrap().to_string(), "1.8446744073709552e+19");
        assert!(number(".inf").is_none());
    }
}
