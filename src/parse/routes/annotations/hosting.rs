//! Below which paths the code of an application serves its controllers: `app.MapGroup("/x").MapControllers()`.

use crate::parse::routes::text::Text;
use crate::source::{SourceId, Sources};

/// The paths of the calls that serve controllers for a file of them: those of the program that lies nearest.
pub(super) fn prefixes(hosted: &[(Text, SourceId)], sources: &Sources, file: SourceId) -> Vec<Text> {
    let path = sources.path(file);
    let common = |of: SourceId| {
        let own = sources.path(of).split('/');
        own.zip(path.split('/')).take_while(|(a, b)| a == b).count()
    };
    let best = hosted.iter().map(|(_, of)| common(*of)).max();
    let nearest: Vec<_> = hosted.iter().filter(|(_, of)| Some(common(*of)) == best).collect();
    let mut found: Vec<Text> = Vec::new();
    for (prefix, _) in &nearest {
        if !found.contains(prefix) {
            found.push(prefix.clone());
        }
    }
    // Of two programs nobody knows which one serves it.
    if found.len() > 1 && nearest.iter().any(|(_, of)| *of != nearest[0].1) {
        return vec![Text::hole("prefix")];
    }
    if found.is_empty() { vec![Text::known("")] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_nearest_program_says_it() {
        let paths = ["a/Program.cs", "a/web/X.cs", "b/Program.cs", "b/X.cs", "c/X.cs"];
        let sources = Sources::new(paths.iter().map(|it| Source::new(*it, "")).collect());
        let id = |path: &str| sources.id(path).unwrap();
        let hosted = [
            (Text::known("/x"), id("a/Program.cs")),
            (Text::known(""), id("b/Program.cs")),
            (Text::known("/y"), id("b/Program.cs")),
        ];
        let of = |path: &str| prefixes(&hosted, &sources, id(path));
        assert_eq!(of("a/web/X.cs"), [Text::known("/x")]);
        assert_eq!(of("b/X.cs"), [Text::known(""), Text::known("/y")]);
        assert_eq!(of("c/X.cs"), [Text::hole("prefix")]);
        assert_eq!(prefixes(&[], &sources, id("c/X.cs")), [Text::known("")]);
    }
}
