//! The words that libraries make of the names of resources: `order_items` of `OrderItem`.

/// `order_items` of `OrderItem`.
pub(super) fn segment(name: &str, dashes: bool) -> String {
    let mut words = String::new();
    for (at, char) in name.char_indices() {
        if char.is_uppercase() && at > 0 && !words.ends_with(['_', '-']) {
            words.push(if dashes { '-' } else { '_' });
        }
        words.extend(char.to_lowercase());
    }
    plural(&words)
}

/// The plural of an English noun, as far as names of resources need it.
pub(super) fn plural(word: &str) -> String {
    const IRREGULAR: [(&str, &str); 6] = [
        ("person", "people"),
        ("child", "children"),
        ("woman", "women"),
        ("man", "men"),
        ("foot", "feet"),
        ("datum", "data"),
    ];
    const SAME: [&str; 9] =
        ["news", "media", "data", "series", "equipment", "information", "feedback", "metadata", "people"];
    let last = word.rsplit(['_', '-']).next().unwrap_or(word);
    let before = &word[..word.len() - last.len()];
    if SAME.contains(&last) {
        return word.to_owned();
    }
    if let Some((_, many)) = IRREGULAR.iter().find(|it| it.0 == last) {
        return format!("{before}{many}");
    }
    let vowel_before_y = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match word {
        _ if word.ends_with('y') && !vowel_before_y(&word[..word.len() - 1]) => {
            format!("{}ies", &word[..word.len() - 1])
        }
        _ if word.ends_with("sis") => format!("{}ses", &word[..word.len() - 3]),
        _ if ["ss", "us", "x", "ch", "sh", "z"].iter().any(|it| word.ends_with(it)) => format!("{word}es"),
        _ if word.ends_with('s') => word.to_owned(),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_resources() {
        assert_eq!(segment("OrderItem", false), "order_items");
        assert_eq!(segment("OrderItem", true), "order-items");
        assert_eq!(segment("Category", false), "categories");
        assert_eq!(segment("Quay", false), "quays");
        assert_eq!(segment("Address", false), "addresses");
        assert_eq!(segment("SalesPerson", false), "sales_people");
        assert_eq!(segment("Analysis", false), "analyses");
    }
}
