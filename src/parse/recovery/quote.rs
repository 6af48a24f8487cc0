//! Statements that are only quoted: `the page said "RTO: TBD"` sets no objective and leaves none unset.

use super::mention;
use super::statement::Stated;
use super::tokens::Token;
use super::value::Value;

/// Whether a name and its value stand in one pair of quotes or one piece of inline code, in a sentence that says more
/// than they do. A time in inline code is stated: "we promise `RTO: 4h`".
pub(super) fn is_quoted(tokens: &[Token], stated: &Stated, text: &str) -> bool {
    let value_start = stated.place.start;
    let named = mention::mentions(tokens);
    let Some(name) = named.iter().rev().find(|it| it.start < value_start.max(1)) else { return false };
    let offset = |at: usize| tokens.get(at).map(|it| it.span.start as usize);
    let (Some(first), Some(name), Some(value)) = (offset(0), offset(name.start), offset(value_start)) else {
        return false;
    };
    let (Some(before), Some(between)) = (text.get(first..name), text.get(name..value)) else { return false };
    let is_time = matches!(stated.value, Value::Seconds(_));
    let odd = |mark: char| before.matches(mark).count() % 2 == 1;
    let curly = before.rfind('“').filter(|&at| !before[at..].contains('”'));
    let straight = before.rfind('"').filter(|_| odd('"'));
    let code = before.rfind('`').filter(|_| odd('`') && !is_time);
    let Some(open) = curly.or(straight).or(code) else { return false };
    let lead = before[..open].trim_end();
    let announced = lead.ends_with([':', ',', '=', '(']) && is_time;
    lead.contains(char::is_alphabetic) && !announced && !between.contains(['"', '”', '`'])
}

#[cfg(test)]
mod tests {
    use crate::parse::{markdown, recovery};
    use crate::source::SourceId;

    fn raw(text: &str) -> Vec<String> {
        let page = markdown::parse(SourceId(0), "docs/a.md", text, true);
        recovery::facts(&page, text).into_iter().map(|it| it.raw).collect()
    }

    #[test]
    fn what_somebody_else_wrote_is_no_objective() {
        for text in [
            "The page of the old system said \"RTO: TBD\" for years.\n",
            "A plan that says `RPO: unknown` is no plan.\n",
            "Never write “RTO: 4 hours” where nobody has tried it.\n",
        ] {
            assert_eq!(raw(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn quotes_around_a_value_or_a_whole_line_change_nothing() {
        for (text, value) in [
            ("RTO: \"4 hours\"\n", "4 hours"),
            ("\"RTO: TBD\"\n", "TBD"),
            ("- `RTO: TBD`\n", "TBD"),
            ("We promise `RTO: 4h` to everybody.\n", "4h"),
            ("Targets: \"RTO: 4 hours\"\n", "4 hours"),
            ("RPO: not yet agreed\n", "not yet agreed"),
        ] {
            assert_eq!(raw(text), [value], "{text}");
        }
    }
}
