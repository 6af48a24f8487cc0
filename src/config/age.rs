//! Ages in the configuration: `180d`, `26w`, `6 months`, `1 year`.

/// Reads an age. Units below a day would say nothing, because ages count from a day.
pub(super) fn age(words: &str) -> Option<jiff::Span> {
    let age: jiff::Span = words.parse().ok()?;
    let days = age.get_years() != 0 || age.get_months() != 0 || age.get_weeks() != 0 || age.get_days() != 0;
    (days && age.is_positive()).then_some(age)
}
