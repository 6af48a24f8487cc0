//! Patterns of routes that are left undocumented on purpose: `GET /internal/**`.

/// A pattern: verbs, and a path where `*` stands for a part of a segment and `**` for any number of segments.
#[derive(Debug)]
pub(super) struct Pattern {
    methods: Vec<String>,
    path: String,
}

impl Pattern {
    /// Reads `GET,POST /internal/**`; without a verb, or with `ANY` or `*`, every verb is meant.
    pub(super) fn new(text: &str) -> Pattern {
        let text = text.trim();
        let (verbs, path) = match text.split_once(char::is_whitespace) {
            Some((verbs, path)) if !text.starts_with('/') => (verbs, path.trim()),
            _ => ("", text),
        };
        let methods = verbs.split([',', '|']).map(|it| it.trim().to_ascii_uppercase());
        let methods: Vec<String> = methods.filter(|it| !it.is_empty()).collect();
        let any = methods.iter().any(|it| matches!(it.as_str(), "ANY" | "ALL" | "*"));
        Pattern { methods: if any { Vec::new() } else { methods }, path: path.to_owned() }
    }

    /// Whether it means this route or operation.
    pub(super) fn matches(&self, method: &str, path: &str) -> bool {
        let method_fits = self.methods.is_empty() || self.methods.iter().any(|it| it == method);
        let split = |text: &'_ str| text.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        let (pattern, path): (Vec<String>, Vec<String>) = (split(&self.path), split(path));
        method_fits
            && wild(&pattern, &path, |it| it == "**", |pattern, segment| segment_fits(pattern, segment))
    }
}

fn segment_fits(pattern: &str, segment: &str) -> bool {
    // A parameter of the pattern means any parameter, whatever its name.
    if pattern.starts_with('{') && pattern.ends_with('}') && segment.starts_with('{') {
        return true;
    }
    let (pattern, segment): (Vec<char>, Vec<char>) = (pattern.chars().collect(), segment.chars().collect());
    wild(&pattern, &segment, |&it| it == '*', |a, b| a == b)
}

/// Matches a sequence against a pattern with stars, going back to the last star only: never exponential.
fn wild<T>(pattern: &[T], text: &[T], star: impl Fn(&T) -> bool, fits: impl Fn(&T, &T) -> bool) -> bool {
    let (mut at, mut next) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(next) {
            Some(it) if star(it) => {
                retry = Some((at, next));
                next += 1;
            }
            Some(it) if fits(it, &text[at]) => {
                at += 1;
                next += 1;
            }
            _ => {
                let Some((from, star_at)) = retry else { return false };
                retry = Some((from + 1, star_at));
                at = from + 1;
                next = star_at + 1;
            }
        }
    }
    pattern[next..].iter().all(star)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, method, path, expected) in [
            ("GET /internal/**", "GET", "/internal/a/b", true),
            ("GET /internal/**", "GET", "/internal", true),
            ("GET /internal/**", "POST", "/internal/a", false),
            ("/health*", "GET", "/healthz", true),
            ("* /debug/*", "DELETE", "/debug/x", true),
            ("* /debug/*", "DELETE", "/debug/x/y", false),
            ("get,post /users/{id}", "POST", "/users/{user_id}", true),
            ("/**/metrics", "GET", "/a/b/metrics", true),
            ("/**/metrics", "GET", "/metrics", true),
            ("/users/{id}", "GET", "/users/me", false),
        ] {
            assert_eq!(Pattern::new(pattern).matches(method, path), expected, "{pattern} {method} {path}");
        }
    }
}
