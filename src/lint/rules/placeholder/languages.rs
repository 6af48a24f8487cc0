//! What authors write in other languages for "to be determined" and "coming soon", as data.

use std::sync::LazyLock;

use super::words::{Pattern, pattern};

/// What stands in whatever a pattern matches, in small letters, and the pattern: phrases that are all that stands
/// where a value belongs. In running text most of them are ordinary words: "difficili da definire".
const PHRASES: [(&str, &str); 48] = [
    ("noch zu", "noch zu (?:ergänzen|klären|definieren|bestimmen|erledigen|vervollständigen|dokumentieren)"),
    ("noch nicht", "noch nicht (?:dokumentiert|beschrieben|festgelegt|definiert|bekannt)"),
    ("noch offen", "noch offen"),
    ("noch fest", "noch festzulegen"),
    (
        "wird ",
        "wird (?:noch |später )*(?:ergänzt|nachgereicht|festgelegt|bekannt ?gegeben|dokumentiert|geklärt)",
    ),
    ("wird ", "wird (?:noch|später) (?:angelegt|erstellt|hinzugefügt|nachgetragen|beschrieben|eingefügt)"),
    ("folgt ", "folgt (?:noch|später|in kürze)"),
    ("folg", "folg(?:t|en)"),
    ("bitte ", "bitte (?:ergänzen|ausfüllen)"),
    (
        "à ",
        "à (?:compléter|définir|déterminer|préciser|confirmer|renseigner|remplir|rédiger|documenter|venir)",
    ),
    (
        "À ",
        "à (?:compléter|définir|déterminer|préciser|confirmer|renseigner|remplir|rédiger|documenter|venir)",
    ),
    ("en cours de r", "en cours de rédaction"),
    ("t disponible", "bientôt disponible"),
    ("por ", "por (?:definir|determinar|completar|confirmar|asignar|documentar|rellenar|anunciar)"),
    ("pendiente de", "pendiente de (?:definir|completar|confirmar|asignar|documentar|redactar)"),
    ("ximamente", "próximamente"),
    ("a definir", "a definir"),
    ("a completar", "a completar"),
    ("a determinar", "a determinar"),
    ("a confirmar", "a confirmar"),
    ("a preencher", "a preencher"),
    ("em breve", "em breve"),
    ("em constru", "em construção"),
    ("en construcc", "en construcción"),
    ("da definire", "da definire"),
    ("da co", "da (?:completare|confermare|compilare)"),
    ("da stabilire", "da stabilire"),
    ("nog ", "nog (?:te bepalen|in te vullen|aan te vullen|te documenteren)"),
    ("volgt nog", "volgt nog"),
    ("nader te", "nader te bepalen"),
    ("do u", "do (?:uzupełnienia|ustalenia)"),
    ("kommer s", "kommer (?:snart|senare)"),
    ("буд", "(?:будет|будут) (?:дополнен|добавлен|определен|определён|описан)[оаы]?(?: позже)?"),
    ("уточняется", "уточняется"),
    ("待补充", "待补充"),
    ("待定", "待定"),
    ("待完善", "待完善"),
    ("待确认", "待确认"),
    ("待補充", "待補充"),
    ("待填", "待填(?:写|寫)"),
    ("待確認", "待確認"),
    ("未定", "未定"),
    ("成中", "作成中"),
    ("備中", "準備中"),
    ("予定", "(?:記載|追記)予定"),
    ("추후", "추후 (?:작성|결정)(?: 예정)?"),
    (" 예정", "(?:작성|추가|업데이트|보완) 예정"),
    ("미정", "미정"),
];

/// What stands in every phrase, for a fast first pass.
pub(super) fn literals() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().map(|(literal, _)| *literal)
}

/// The phrases of all languages but English.
pub(super) static OTHER: Pattern = LazyLock::new(|| {
    // Where a phrase begins with another letter than an ASCII one, the boundary of an ASCII word is none.
    let bounded = |it: &str| match it.starts_with(|it: char| it.is_ascii_alphabetic()) {
        true => format!(r"\b{it}\b"),
        false => it.to_owned(),
    };
    let phrases: Vec<String> = PHRASES.iter().map(|(_, it)| bounded(it)).collect();
    pattern(&format!("(?i)(?:{})", phrases.join("|")).replace(' ', r"\s"))
});

/// The start of a sentence about the text itself: "Cette section est à compléter".
pub(super) static SAYS_IT_OF_THIS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:cette|cet|ce|esta|este|questa|questo|deze|dit|diese[rs]?)\s|^\W*(?:本(?:节|章|页|文档)|この(?:章|節|ページ))",
    )
});

/// Of them those that say it at the end of a short sentence, too: "Das Hosting ist noch offen".
pub(super) static STILL_OPEN: Pattern =
    LazyLock::new(|| pattern(r"(?i)^(?:noch|wird|folgt|nog|volgt|уточн|будет|будут)"));
