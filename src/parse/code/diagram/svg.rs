//! A drawing as it may stand in a page: only shapes and words, in the colours of the page, without links or styles.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use super::labels::words;

/// A drawing and the words in it.
pub(super) struct Drawing {
    pub(super) svg: String,
    pub(super) words: BTreeSet<String>,
    /// Whether words on a link stand on those of a box.
    pub(super) hides: bool,
}

/// Left, top, right and bottom.
type Corners = [f32; 4];

const ELEMENTS: [&str; 12] = [
    "circle", "defs", "ellipse", "g", "line", "marker", "path", "polygon", "polyline", "rect", "text",
    "tspan",
];

const ATTRIBUTES: [&str; 34] = [
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "dx",
    "dy",
    "fill-opacity",
    "font-size",
    "font-weight",
    "height",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "opacity",
    "orient",
    "points",
    "r",
    "refX",
    "refY",
    "rx",
    "ry",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
];

/// Keeps what may stand in a page; none where the drawing is no SVG.
pub(super) fn clean(drawn: &str, prefix: &str) -> Option<Drawing> {
    let mut reader = Reader::from_str(drawn);
    let (mut shapes, mut late) = (String::with_capacity(drawn.len()), String::new());
    let mut text = String::new();
    // The elements that are open, with the names of those that are kept.
    let mut open: Vec<Option<String>> = Vec::new();
    // How many elements are open whose content is dropped.
    let mut dropped = 0;
    // The words on links come last, so that no box stands on them: how many elements are open around them.
    let mut label: Option<usize> = None;
    let (mut labels, mut boxes): (Vec<Corners>, Vec<Corners>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().ok()?;
        if let (1, None, 0, Event::Start(tag) | Event::Empty(tag)) = (open.len(), label, dropped, &event)
            && is_label(tag)
        {
            label = Some(1);
        }
        let out = if label.is_some() { &mut late } else { &mut shapes };
        match event {
            Event::Start(tag) if dropped > 0 || is_foreign(&tag) => dropped += 1,
            Event::End(_) if dropped > 0 => dropped -= 1,
            Event::Eof => break,
            _ if dropped > 0 => {}
            Event::Start(tag) => open.push(element(out, &tag, open.is_empty(), prefix, false)?),
            Event::Empty(tag) => {
                match corners(&tag) {
                    Some(corners) if is_label(&tag) => labels.push(corners),
                    // The background and the frames of groups come before the words on links, nodes behind them.
                    Some(corners) if !labels.is_empty() => boxes.push(corners),
                    _ => {}
                }
                element(out, &tag, open.is_empty(), prefix, true)?;
            }
            Event::End(_) => {
                let name = open.pop()?;
                if open.is_empty() {
                    shapes.push_str(&late);
                    shapes.push_str("</svg>");
                } else if let Some(name) = name {
                    out.push_str(&format!("</{name}>"));
                    text.push(' ');
                }
            }
            Event::Text(words) => {
                text.push_str(&words);
                out.push_str(&escape(&*words));
            }
            Event::GeneralRef(entity) => {
                let name: &str = &entity;
                let known = ["lt", "gt", "amp", "quot", "apos"].contains(&name);
                if known || name.starts_with('#') {
                    out.push_str(&format!("&{name};"));
                }
                text.push(' ');
            }
            _ => {}
        }
        label = label.filter(|it| open.len() > *it);
    }
    let hides = boxes.iter().map(heart).any(|heart| labels.iter().any(|it| overlap(it, &heart)));
    let whole = open.is_empty() && shapes.starts_with("<svg ");
    whole.then(|| Drawing { svg: shapes, words: words(&text).collect(), hides })
}

/// Whether what stands in an element goes with it. Links leave their words.
fn is_foreign(tag: &BytesStart<'_>) -> bool {
    let name = tag.local_name();
    let name = name.as_ref();
    !["svg", "a"].contains(&name) && !ELEMENTS.contains(&name)
}

/// Whether an element belongs to the words on a link.
fn is_label(tag: &BytesStart<'_>) -> bool {
    tag.try_get_attribute("data-label-kind").is_ok_and(|it| it.is_some())
}

/// Where a filled rectangle stands.
fn corners(tag: &BytesStart<'_>) -> Option<Corners> {
    let read = |name: &str| {
        let attribute = tag.try_get_attribute(name).ok().flatten()?;
        attribute.normalized_value(quick_xml::XmlVersion::default()).ok().map(|it| it.into_owned())
    };
    let number = |name: &str| read(name)?.parse::<f32>().ok();
    if tag.local_name().as_ref() != "rect" || read("fill").is_none_or(|it| it == "none") {
        return None;
    }
    let (x, y) = (number("x")?, number("y")?);
    Some([x, y, x + number("width")?, y + number("height")?])
}

/// The middle of a box, where its words stand.
fn heart(corners: &Corners) -> Corners {
    const EDGE: f32 = 12.0;
    let [left, top, right, bottom] = *corners;
    [left + EDGE, top + EDGE, right - EDGE, bottom - EDGE]
}

fn overlap(a: &Corners, b: &Corners) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Writes the start of an element; its name where it is kept.
fn element(
    out: &mut String,
    tag: &BytesStart<'_>,
    is_root: bool,
    prefix: &str,
    empty: bool,
) -> Option<Option<String>> {
    let name = tag.local_name().into_inner().to_owned();
    if is_root {
        if name != "svg" {
            return None;
        }
        out.push_str("<svg class=\"drawing\" role=\"img\" aria-label=\"Diagram\"");
    } else if ELEMENTS.contains(&name.as_str()) {
        out.push_str(&format!("<{name}"));
    } else {
        return Some(None);
    }
    let is_words = matches!(name.as_str(), "text" | "tspan");
    for attribute in tag.attributes().flatten() {
        let key = attribute.key.into_inner();
        let value = attribute.normalized_value(quick_xml::XmlVersion::default()).ok()?;
        let value = match key {
            _ if ATTRIBUTES.contains(&key) => value.into_owned(),
            "y1" | "y2" => value.into_owned(),
            // Only markers are named by other elements.
            "id" if name == "marker" => format!("{prefix}{value}"),
            "marker-start" | "marker-end" | "marker-mid" => match value.strip_prefix("url(#") {
                Some(rest) => format!("url(#{prefix}{rest}"),
                None => continue,
            },
            // Words have the colour that the style sheet gives them.
            "fill" | "stroke" if !is_words => tone(&value, key == "fill").to_owned(),
            _ => continue,
        };
        out.push_str(&format!(" {key}=\"{}\"", escape(&value)));
    }
    out.push_str(if empty { "/>" } else { ">" });
    Some(Some(name).filter(|_| !empty))
}

/// The colour of the page that comes next to one of the drawing, by how light that is.
fn tone(colour: &str, is_fill: bool) -> &'static str {
    match lightness(colour) {
        _ if matches!(colour, "none" | "transparent") => "none",
        Some(0.96..) => "var(--paper)",
        Some(0.75..) => "var(--ground)",
        Some(0.28..) => "var(--edge)",
        Some(_) => "var(--ink)",
        None if is_fill => "var(--ground)",
        None => "var(--ink)",
    }
}

/// From 0 for black to 1 for white; none for a colour that is written in another way than as numbers.
fn lightness(colour: &str) -> Option<f32> {
    let [red, green, blue] = match colour.strip_prefix('#') {
        Some(hex) => {
            let digits: Vec<u8> = hex.chars().filter_map(|it| it.to_digit(16)).map(|it| it as u8).collect();
            match digits[..] {
                [r, g, b] => [r * 17, g * 17, b * 17],
                [r, s, g, h, b, c, ..] => [r * 16 + s, g * 16 + h, b * 16 + c],
                _ => return None,
            }
            .map(f32::from)
        }
        None => {
            let inside = colour.split_once('(').filter(|it| it.0.starts_with("rgb"))?.1;
            let mut numbers = inside.split([',', ')', ' ']).filter_map(|it| it.parse::<f32>().ok());
            [numbers.next()?, numbers.next()?, numbers.next()?]
        }
    };
    Some((0.299 * red + 0.587 * green + 0.114 * blue) / 255.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_and_words_stay_and_nothing_else() {
        let drawn = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" onload=\"x()\"><style>x</style><a href=\"javascript:1\"><rect fill=\"#ECECFF\" style=\"x\" stroke=\"#2F3B4D\"/></a><text fill=\"#333\">Tide &amp; <tspan>quay</tspan></text></svg>";
        let drawing = clean(drawn, "p-").unwrap();
        assert_eq!(
            drawing.svg,
            "<svg class=\"drawing\" role=\"img\" aria-label=\"Diagram\" width=\"9\"><rect fill=\"var(--ground)\" stroke=\"var(--ink)\"/><text>Tide &amp; <tspan>quay</tspan></text></svg>"
        );
        assert!(drawing.words.contains("tide") && drawing.words.contains("quay"));
        assert!(clean("<p>x</p>", "").is_none() && clean("<svg><g></svg>", "").is_none());
    }

    #[test]
    fn colours_keep_their_lightness() {
        assert_eq!(tone("#FFFFFF", true), "var(--paper)");
        assert_eq!(tone("rgba(248,250,252, 0.92)", true), "var(--paper)");
        assert_eq!(tone("#999", false), "var(--edge)");
        assert_eq!(tone("hsl(1, 2%, 3%)", true), "var(--ground)");
        assert_eq!(tone("none", true), "none");
    }
}
