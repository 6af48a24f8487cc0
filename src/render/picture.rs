//! How large a picture is, read off its first bytes: so that a page does not move when it comes.

use html5gum::{Token, Tokenizer};

/// An SVG says its size in its first tag.
const SVG_START: usize = 16 * 1024;

/// Width and height; none where the bytes do not tell.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let found = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?))
    } else if bytes.starts_with(b"GIF8") {
        Some((little(bytes, 6, 2)?, little(bytes, 8, 2)?))
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(bytes)
    } else {
        svg(bytes)
    };
    found.filter(|it| it.0 > 0 && it.1 > 0)
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |sum, it| sum << 8 | u32::from(*it)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |sum, it| sum << 8 | u32::from(*it)))
}

/// The size stands in the segment that begins the frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if bytes.get(at)? != &0xff {
            return None;
        }
        match bytes.get(at + 1)? {
            0xff => at += 1,
            0x01 | 0xd0..=0xd9 => at += 2,
            0xc4 | 0xc8 | 0xcc => at += 2 + big(bytes, at + 2, 2)? as usize,
            0xc0..=0xcf => return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?)),
            _ => at += 2 + big(bytes, at + 2, 2)? as usize,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        b"VP8 " => Some((little(bytes, 26, 2)? & 0x3fff, little(bytes, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let bits = little(bytes, 21, 4)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}

/// `width` and `height`, else the last two numbers of `viewBox`, rounded.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(SVG_START))?);
    for token in Tokenizer::new(&*start) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        if &**tag.name != b"svg" {
            return None;
        }
        let words = |name: &str| {
            let found = tag.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))?;
            std::str::from_utf8(&found.1.value).ok().map(str::to_owned)
        };
        let number = |it: &str| it.trim().trim_end_matches("px").parse::<f64>().ok().filter(|it| *it > 0.0);
        let length = |name: &str| number(&words(name)?);
        let both = length("width").zip(length("height")).or_else(|| {
            let view = words("viewBox")?;
            let numbers: Vec<f64> =
                view.split([' ', ',', '\n']).filter(|it| !it.is_empty()).skip(2).filter_map(number).collect();
            Some((*numbers.first()?, *numbers.get(1)?))
        });
        // Whole numbers that keep the proportion of small drawings.
        return both.map(|(width, height)| ((width * 16.0).round() as u32, (height * 16.0).round() as u32));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn every_kind_of_picture_tells_its_size() {
        let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0, 0, 1, 0, 0, 0, 0, 64]].concat();
        assert_eq!(size(&png), Some((256, 64)));
        assert_eq!(size(b"GIF89a\x10\0\x08\0"), Some((16, 8)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x02\xff\xc2\0\x0b\x08\0\x20\0\x40\x03";
        assert_eq!(size(jpeg), Some((64, 32)));
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\0\0\x0f\0\0";
        assert_eq!(size(webp), Some((32, 16)));
        assert_eq!(size(b"<?xml version=\"1.0\"?><svg width=\"20px\" height=\"10\"/>"), Some((320, 160)));
        assert_eq!(size(b"<svg width=\"100%\" viewBox=\"0 0 1.5,3\">"), Some((24, 48)));
    }

    #[test]
    fn what_is_no_picture_has_no_size() {
        for bytes in [
            &b""[..],
            b"text",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xe0\xff\xff",
            b"RIFF",
            b"<p>",
            b"<svg>",
            b"GIF8",
        ] {
            assert_eq!(size(bytes), None, "{bytes:?}");
        }
    }
}
