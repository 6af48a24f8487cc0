//! The colours of the site, and whether words in them can be read: the contrast of WCAG 2.2 for every pair that stands
//! on a page.

use std::collections::BTreeMap;

use crate::source::Span;

/// A colour without transparency: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// What a page looks like: by day, or by night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Dark words on light paper.
    Light,
    /// Light words on dark paper.
    Dark,
}

/// The names of the colours that a configuration may set.
pub const NAMES: [&str; 4] = ["accent", "ground", "ink", "paper"];

/// A colour that the configuration sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// When it holds.
    pub scheme: Scheme,
    /// One of [`NAMES`].
    pub name: &'static str,
    /// It.
    pub colour: Rgb,
    /// Where it stands.
    pub span: Span,
}

/// Every colour of the site by its name in the style sheet, one map a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette([BTreeMap<&'static str, Rgb>; 2]);

/// A colour that cannot be seen well enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Weak {
    /// The colour that the configuration sets.
    pub declared: Declared,
    /// The other colour of the pair, by its name in the style sheet.
    pub other: &'static str,
    /// That colour.
    pub other_colour: Rgb,
    /// Their contrast, from 1 to 21.
    pub ratio: f64,
    /// The contrast that is needed.
    pub needed: f64,
    /// The same colour with the nearest lightness that is enough for all its pairs.
    pub instead: Option<Rgb>,
}

/// Where the built-in colours stand.
const STYLE: &str = include_str!("../../templates/docwright.css");

/// Text must have this contrast.
const TEXT: f64 = 4.5;
/// The edges of what can be used must have this one.
const EDGE: f64 = 3.0;

/// Words in the colours on the right stand on those on the left.
const WORDS: [(&str, &[&str]); 9] = [
    ("paper", &["ink", "ink-2", "ink-3", "accent", "ok", "warn", "bad", "info", "mark"]),
    (
        "ground",
        &[
            "ink", "ink-2", "ink-3", "accent", "ok", "bad", "tok-c", "tok-s", "tok-k", "tok-n", "tok-f",
            "tok-t", "tok-p", "tok-v",
        ],
    ),
    (
        "accent-soft",
        &["ink", "ink-2", "accent", "tok-c", "tok-s", "tok-k", "tok-n", "tok-f", "tok-t", "tok-p", "tok-v"],
    ),
    ("code", &["ink", "accent"]),
    ("ok-soft", &["ink", "accent"]),
    ("warn-soft", &["ink", "accent"]),
    ("bad-soft", &["ink", "accent"]),
    ("info-soft", &["ink", "accent"]),
    ("mark-soft", &["ink", "accent"]),
];

/// Edges of buttons and fields stand on these.
const EDGES: [(&str, &str); 2] = [("paper", "edge"), ("ground", "edge")];

impl Rgb {
    /// Reads `#0b5f6b` or `#06b`.
    pub fn parse(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()))?;
        let channel = |at: usize, length: usize| u8::from_str_radix(digits.get(at..at + length)?, 16).ok();
        match digits.len() {
            6 => Some(Rgb(channel(0, 2)?, channel(2, 2)?, channel(4, 2)?)),
            3 => Some(Rgb(channel(0, 1)? * 17, channel(1, 1)? * 17, channel(2, 1)? * 17)),
            _ => None,
        }
    }

    /// `#0b5f6b`
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The relative luminance of WCAG 2.2, from 0 to 1.
    fn luminance(self) -> f64 {
        let channel = |it: u8| {
            let value = f64::from(it) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.0) + 0.7152 * channel(self.1) + 0.0722 * channel(self.2)
    }

    /// So much of another colour in this one, from 0 to 1.
    fn mixed(self, other: Rgb, share: f64) -> Rgb {
        let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Rgb(channel(self.0, other.0), channel(self.1, other.1), channel(self.2, other.2))
    }

    /// Its lightness in HSL, from 0 to 1.
    fn lightness(self) -> f64 {
        let (most, least) = (self.0.max(self.1).max(self.2), self.0.min(self.1).min(self.2));
        (f64::from(most) + f64::from(least)) / 510.0
    }

    /// The colour of the same hue and saturation in HSL, with another lightness.
    fn with_lightness(self, lightness: f64) -> Rgb {
        let (most, least) = (self.0.max(self.1).max(self.2), self.0.min(self.1).min(self.2));
        let old = self.lightness();
        let spread = f64::from(most) - f64::from(least);
        let room = |it: f64| (1.0 - (2.0 * it - 1.0).abs()) * 255.0;
        let saturation = if room(old) > 0.0 { spread / room(old) } else { 0.0 };
        let scale = if spread > 0.0 { saturation.min(1.0) * room(lightness) / spread } else { 0.0 };
        let channel = |it: u8| {
            ((f64::from(it) - old * 255.0) * scale + lightness * 255.0).round().clamp(0.0, 255.0) as u8
        };
        Rgb(channel(self.0), channel(self.1), channel(self.2))
    }
}

/// The contrast of two colours as WCAG 2.2 measures it, from 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
    one.max(other) / one.min(other)
}

impl Palette {
    /// The colours of the built-in style, as it states them.
    pub fn built_in() -> Palette {
        let mut palette = Palette([BTreeMap::new(), BTreeMap::new()]);
        for line in STYLE.lines() {
            let Some((name, rest)) = line.trim_start().strip_prefix("--").and_then(|it| it.split_once(':'))
            else {
                continue;
            };
            let pair = rest.trim_start().strip_prefix("light-dark(").and_then(|it| it.split_once(')'));
            let Some((day, night)) = pair.and_then(|it| it.0.split_once(", ")) else { continue };
            if let Some((day, night)) = Rgb::parse(day).zip(Rgb::parse(night)) {
                palette.0[0].insert(name, day);
                palette.0[1].insert(name, night);
            }
        }
        palette
    }

    /// The colours of a site whose configuration sets these. An accent that is set for one scheme has its hue in the
    /// other one, too.
    pub fn of(declared: &[Declared]) -> Palette {
        let mut palette = Palette::built_in();
        for it in declared {
            palette.0[it.scheme as usize].insert(it.name, it.colour);
        }
        let accent = |scheme| declared.iter().find(|it| it.scheme == scheme && it.name == "accent");
        let touched =
            |scheme| declared.iter().any(|it| it.scheme == scheme && matches!(it.name, "accent" | "paper"));
        match (accent(Scheme::Light), accent(Scheme::Dark)) {
            (Some(day), None) => palette.follow(Scheme::Dark, day.colour),
            (None, Some(night)) => palette.follow(Scheme::Light, night.colour),
            _ => {}
        }
        for scheme in [Scheme::Light, Scheme::Dark] {
            if touched(scheme) {
                palette.soften(scheme);
            }
        }
        palette
    }

    /// The colour of a name; black for one that there is not.
    pub fn get(&self, scheme: Scheme, name: &str) -> Rgb {
        self.0[scheme as usize].get(name).copied().unwrap_or(Rgb(0, 0, 0))
    }

    /// The names whose colours differ from those of the built-in style, with both of theirs.
    pub fn changes(&self) -> Vec<(&'static str, Rgb, Rgb)> {
        let before = Palette::built_in();
        let both = self.0[0].iter().filter_map(|(name, day)| Some((*name, *day, *self.0[1].get(name)?)));
        both.filter(|(name, day, night)| {
            before.get(Scheme::Light, name) != *day || before.get(Scheme::Dark, name) != *night
        })
        .collect()
    }

    /// Takes an accent of the other scheme over, as light or dark as words need it.
    fn follow(&mut self, scheme: Scheme, accent: Rgb) {
        self.0[scheme as usize].insert("accent", accent);
        let fitting = self.nearest(scheme, "accent", accent).unwrap_or(accent);
        self.0[scheme as usize].insert("accent", fitting);
        self.soften(scheme);
    }

    /// Makes the ground of what is chosen: the accent on paper, as much of it as leaves words readable.
    fn soften(&mut self, scheme: Scheme) {
        let (accent, paper) = (self.get(scheme, "accent"), self.get(scheme, "paper"));
        let most = if scheme == Scheme::Light { 12 } else { 18 };
        for share in (0..=most).rev() {
            let soft = paper.mixed(accent, f64::from(share) / 100.0);
            self.0[scheme as usize].insert("accent-soft", soft);
            // Where the accent is too weak for paper, that is said of paper.
            let weak = self.pairs(scheme).any(|(ground, words, needed)| {
                ground == "accent-soft"
                    && self.ratio(scheme, ground, words) < needed
                    && self.ratio(scheme, "paper", words) >= needed
            });
            if !weak {
                break;
            }
        }
    }

    fn ratio(&self, scheme: Scheme, one: &str, other: &str) -> f64 {
        contrast(self.get(scheme, one), self.get(scheme, other))
    }

    /// Ground, what stands on it, and the contrast that they need.
    fn pairs(&self, scheme: Scheme) -> impl Iterator<Item = (&'static str, &'static str, f64)> + use<'_> {
        let words = WORDS.iter().flat_map(|(ground, words)| words.iter().map(|it| (*ground, *it, TEXT)));
        let edges = EDGES.iter().map(|(ground, edge)| (*ground, *edge, EDGE));
        words.chain(edges).filter(move |it| self.0[scheme as usize].contains_key(it.1))
    }

    /// The first pair of a colour that has not what it needs: the other colour, their contrast, and the need.
    fn first_weak(&self, scheme: Scheme, name: &str) -> Option<(&'static str, f64, f64)> {
        let with = |(ground, words, needed): (&'static str, &'static str, f64)| {
            let other = if ground == name { Some(words) } else { (words == name).then_some(ground) }?;
            let ratio = self.ratio(scheme, ground, words);
            (ratio < needed).then_some((other, ratio, needed))
        };
        self.pairs(scheme).find_map(with)
    }

    /// The nearest lightness of a colour with which none of its pairs is too weak.
    fn nearest(&self, scheme: Scheme, name: &'static str, colour: Rgb) -> Option<Rgb> {
        let start = colour.lightness();
        let fits = |lightness: f64| {
            let fitting = colour.with_lightness(lightness);
            let mut palette = self.clone();
            palette.0[scheme as usize].insert(name, fitting);
            if matches!(name, "accent" | "paper") {
                palette.soften(scheme);
            }
            palette.first_weak(scheme, name).is_none().then_some(fitting)
        };
        (0..=200).map(|step| f64::from(step) / 200.0).find_map(|step| {
            let near = [start - step, start + step].into_iter().filter(|it| (0.0..=1.0).contains(it));
            near.filter_map(fits).next()
        })
    }

    /// The colours of the configuration that cannot be seen well enough, each with the first pair that is too weak.
    pub fn weak(&self, declared: &[Declared]) -> Vec<Weak> {
        let weak = declared.iter().filter_map(|it| {
            let (other, ratio, needed) = self.first_weak(it.scheme, it.name)?;
            Some(Weak {
                declared: *it,
                other,
                other_colour: self.get(it.scheme, other),
                ratio,
                needed,
                instead: self.nearest(it.scheme, it.name, it.colour),
            })
        });
        weak.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn declared(scheme: Scheme, name: &'static str, colour: &str) -> Declared {
        let colour = Rgb::parse(colour).expect("a colour");
        Declared { scheme, name, colour, span: Span::new(SourceId(0), 0..1) }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let of = |one: &str, other: &str| contrast(Rgb::parse(one).unwrap(), Rgb::parse(other).unwrap());
        assert!((of("#000", "#fff") - 21.0).abs() < 1e-9);
        assert!((of("#777777", "#ffffff") - 4.48).abs() < 0.01);
        assert!((of("#767676", "#ffffff") - 4.54).abs() < 0.01);
        assert!((of("#f00", "#fff") - 4.0).abs() < 0.01);
    }

    #[test]
    fn only_plain_colours_are_read() {
        assert_eq!(Rgb::parse("#0B5f6b"), Some(Rgb(11, 95, 107)));
        assert_eq!(Rgb::parse("#06b"), Some(Rgb(0, 0x66, 0xbb)));
        for text in
            ["", "#", "0b5f6b", "#0b5f6", "red", "#0b5f6b;}", "rgb(1,2,3)", "#é12", "#12345678", "#+1+2+3"]
        {
            assert_eq!(Rgb::parse(text), None, "{text}");
        }
        assert_eq!(Rgb(11, 95, 107).hex(), "#0b5f6b");
    }

    #[test]
    fn every_pair_of_the_built_in_style_can_be_read() {
        let palette = Palette::built_in();
        for scheme in [Scheme::Light, Scheme::Dark] {
            for (ground, words, needed) in palette.pairs(scheme) {
                for name in [ground, words] {
                    assert!(palette.0[0].contains_key(name), "`{name}` is not in the style");
                }
                let ratio = palette.ratio(scheme, ground, words);
                assert!(ratio >= needed, "{words} on {ground}, {scheme:?}: {ratio:.2}");
            }
        }
        assert_eq!(Palette::of(&[]), palette);
        assert_eq!(palette.changes(), []);
    }

    #[test]
    fn an_accent_for_one_scheme_fits_the_other() {
        for colour in ["#8a1538", "#0057b8", "#1b5e20", "#4a148c"] {
            let set = [declared(Scheme::Light, "accent", colour)];
            let palette = Palette::of(&set);
            assert_eq!(palette.weak(&set), [], "{colour}");
            assert_eq!(palette.first_weak(Scheme::Dark, "accent"), None, "{colour}");
            let changed: Vec<&str> = palette.changes().iter().map(|it| it.0).collect();
            assert_eq!(changed, ["accent", "accent-soft"]);
        }
    }

    #[test]
    fn a_weak_colour_is_told_with_one_that_passes() {
        let set = [declared(Scheme::Light, "accent", "#f2a900")];
        let weak = Palette::of(&set).weak(&set);
        let [weak] = weak.as_slice() else { panic!("{weak:?}") };
        assert!(weak.ratio < 2.1 && weak.needed == 4.5, "{weak:?}");
        let instead = weak.instead.expect("a darker one");
        let set = [Declared { colour: instead, ..weak.declared }];
        assert_eq!(Palette::of(&set).weak(&set), []);
        let [grey] = [declared(Scheme::Dark, "paper", "#777777")];
        let weak = Palette::of(&[grey]).weak(&[grey]);
        assert!(weak[0].instead.is_some_and(|it| it.lightness() < 0.2), "{weak:?}");
    }
}
