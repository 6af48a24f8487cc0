//! Tells samples of documentation from values that were generated.

/// Words that occur in samples. Upper and lower case count alike.
const WORDS: [&str; 18] = [
    "example",
    "sample",
    "dummy",
    "fake",
    "placeholder",
    "redacted",
    "your",
    "xxxx",
    "changeme",
    "secret",
    "password",
    "passwd",
    "foobar",
    "qwerty",
    "token",
    "deadbeef",
    "....",
    "****",
];

/// Whether a value was typed for a document rather than generated: it holds a telling word, counts up, repeats
/// itself, or has too few different characters for its length.
pub(super) fn is_sample(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    WORDS.iter().any(|it| lower.contains(it)) || counts_up(&lower) || repeats(&lower) || is_dull(value)
}

/// Five or more neighbours in the alphabet or among the digits, also with others between: `a1b2c3d4e5`.
fn counts_up(lower: &str) -> bool {
    let run = |bytes: &mut dyn Iterator<Item = u8>| {
        let (mut last, mut length, mut longest) = (0_u8, 1, 1);
        for byte in bytes {
            let next = byte == last.wrapping_add(1) || (last == b'9' && byte == b'0');
            length = if next { length + 1 } else { 1 };
            longest = longest.max(length);
            last = byte;
        }
        longest >= 6
    };
    run(&mut lower.bytes().filter(u8::is_ascii_lowercase))
        || run(&mut lower.bytes().filter(u8::is_ascii_digit))
}

/// Five equal characters in a row, or one short piece over and over.
fn repeats(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    let same = bytes.windows(5).any(|it| it.iter().all(|byte| *byte == it[0]));
    let cycle =
        (1..=8.min(bytes.len() / 3)).any(|step| bytes.iter().zip(&bytes[step..]).all(|(a, b)| a == b));
    same || cycle
}

/// Whether the characters vary less than generated ones do: less than three quarters of what is possible. The
/// measure is Shannon's entropy in bits a character.
fn is_dull(value: &str) -> bool {
    let hex = value.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-');
    let alphabet = if hex { 16 } else { 62 };
    let possible = (value.len().clamp(1, alphabet) as f64).log2();
    entropy(value) < 0.75 * possible
}

/// Shannon's entropy of the bytes, in bits a byte.
pub(super) fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    value.bytes().for_each(|it| counts[it as usize] += 1);
    let total = value.len().max(1) as f64;
    counts.iter().filter(|it| **it > 0).map(|&it| f64::from(it) / total).map(|it| -it * it.log2()).sum()
}
