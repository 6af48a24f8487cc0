//! Lengths of time in the configuration: `200ms`, `20s`, `4h`, `7d`.

use jiff::SpanRelativeTo;
use serde::Deserialize;

/// A length of time that is not negative. A day has 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Duration(pub std::time::Duration);

impl Duration {
    pub(super) const fn from_secs(seconds: u64) -> Duration {
        Duration(std::time::Duration::from_secs(seconds))
    }

    pub(super) const fn from_millis(milliseconds: u64) -> Duration {
        Duration(std::time::Duration::from_millis(milliseconds))
    }
}

impl TryFrom<String> for Duration {
    type Error = &'static str;

    fn try_from(words: String) -> Result<Duration, &'static str> {
        let wrong = "this is no length of time: write `\"200ms\"`, `\"20s\"`, `\"4h\"` or `\"7d\"`";
        let span: jiff::Span = words.parse().map_err(|_| wrong)?;
        let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| wrong)?;
        std::time::Duration::try_from(duration).map(Duration).map_err(|_| wrong)
    }
}
