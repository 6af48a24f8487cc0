//! Characters: their classes and plain forms.

/// Marks that are not said: quotation marks, emphasis, invisible characters.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '`'
            | '*'
            | '\u{200b}'
            | '\u{feff}'
            | '\u{fe0f}'
    )
}

/// The raised digit of a footnote.
pub(super) fn is_reference(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}' | '†' | '‡')
}

/// Chinese and Japanese letters, which stand without spaces.
pub(super) fn is_ideograph(c: char) -> bool {
    c >= '\u{2e80}' && c.is_alphabetic() && !('\u{ac00}'..='\u{d7ff}').contains(&c)
}

/// Accents that follow their letter.
pub(super) fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Full-width forms, spaces, hyphens and typographic marks as their plain forms.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        '\u{2015}' | '\u{2500}' => '—',
        '\u{301c}' => '~',
        '。' => '.',
        '、' => ',',
        '【' => '[',
        '】' => ']',
        '⇒' | '➜' | '➔' | '➡' => '→',
        '≦' => '≤',
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// Adds the lower case of a letter without its accent.
pub(super) fn fold(c: char, norm: &mut String) {
    if is_combining(c) {
        return;
    }
    for c in c.to_lowercase() {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => norm.push('a'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => norm.push('e'),
            'ì'..='ï' | 'ī' | 'ı' => norm.push('i'),
            'ò'..='ö' | 'ø' | 'ō' => norm.push('o'),
            'ù'..='ü' | 'ū' => norm.push('u'),
            'ç' => norm.push('c'),
            'ñ' => norm.push('n'),
            'ý' | 'ÿ' => norm.push('y'),
            'æ' => norm.push_str("ae"),
            'œ' => norm.push_str("oe"),
            'ß' => norm.push_str("ss"),
            '\u{300}'..='\u{36f}' => {}
            _ => norm.push(c),
        }
    }
}
