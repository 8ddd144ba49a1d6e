//! Whether a summary is in a language the model was not trained on. Cautious: telegraphic English, names and quotes must pass.

use super::words::Line;

const ENGLISH: [&str; 62] = [
    "the", "and", "to", "of", "he", "she", "is", "was", "in", "on", "with", "for", "her", "his", "not", "that", "it",
    "at", "no", "they", "we", "i", "but", "has", "had", "about", "said", "says", "client", "ct", "pt", "w/", "this",
    "from", "will", "denies", "denied", "week", "next", "session", "did", "are", "be", "been", "by", "then", "out",
    "up", "when", "after", "before", "my", "them", "him", "what", "plan", "today", "sleep", "mood", "risk", "anxiety",
    "si",
];

/// Words that hardly occur in English, by language.
const OTHERS: [&[&str]; 10] = [
    &[
        "el", "la", "los", "las", "que", "una", "por", "para", "con", "está", "muy", "pero", "como", "ella", "semana",
        "dijo", "sesión", "del", "se", "su", "más", "también", "cliente", "y",
    ],
    &[
        "le", "les", "une", "des", "est", "dans", "avec", "pour", "elle", "il", "que", "qui", "pas", "mais", "sur",
        "séance", "semaine", "très", "a", "été", "du", "et", "aussi", "ne",
    ],
    &[
        "der", "die", "das", "und", "ist", "nicht", "mit", "ein", "eine", "sie", "er", "wir", "haben", "über", "sich",
        "auch", "auf", "für", "sitzung", "woche", "sehr", "hat", "zu", "den",
    ],
    &[
        "o", "os", "uma", "não", "com", "ela", "ele", "para", "que", "muito", "mas", "está", "sessão", "semana",
        "disse", "foi", "também", "da", "do", "e", "em", "sobre",
    ],
    &[
        "il",
        "lo",
        "gli",
        "una",
        "che",
        "non",
        "con",
        "per",
        "è",
        "sono",
        "molto",
        "ma",
        "lei",
        "seduta",
        "settimana",
        "anche",
        "della",
        "di",
        "e",
        "ha",
        "del",
    ],
    &[
        "de", "het", "een", "en", "niet", "met", "voor", "zij", "hij", "wij", "is", "van", "ook", "heeft", "maar",
        "over", "sessie", "volgende", "zich", "naar",
    ],
    &[
        "nie",
        "się",
        "jest",
        "na",
        "z",
        "że",
        "to",
        "do",
        "w",
        "i",
        "ale",
        "ona",
        "sesja",
        "tydzień",
        "bardzo",
        "powiedziała",
        "jak",
        "oraz",
    ],
    &[
        "och", "att", "det", "som", "inte", "med", "är", "hon", "han", "på", "för", "en", "ett", "har", "mycket",
        "också", "veckan", "var",
    ],
    &[
        "ve", "bir", "bu", "için", "çok", "ile", "değil", "da", "de", "ama", "hafta", "dedi", "seans", "gibi", "daha",
    ],
    &[
        "ang", "ng", "mga", "sa", "siya", "niya", "hindi", "na", "at", "kasi", "niyang", "kanyang", "pero", "yung",
    ],
];

/// True only when most of the text is surely not English.
pub(super) fn other(text: &str) -> bool {
    let head: String = text.chars().take(20_000).collect();
    let letters = head.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = head.chars().filter(|c| c.is_alphabetic() && *c > '\u{024F}').count();
    if letters >= 12 && foreign * 2 > letters {
        return true;
    }
    let words: Vec<String> = Line::read(&head).words.into_iter().map(|w| w.low).collect();
    if words.len() < 8 {
        return false;
    }
    let english = words.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
    OTHERS.iter().any(|list| {
        let mut distinct: Vec<&String> = words.iter().filter(|w| list.contains(&w.as_str())).collect();
        let hits = distinct.len();
        distinct.sort();
        distinct.dedup();
        distinct.len() >= 4 && hits * 5 >= words.len() && hits > english * 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegraphic_english_and_names_pass() {
        for text in [
            "Ct c/o poor sleep x3 wks. SI neg. RTC 2 wks.",
            "José, María y Ana came w/ abuela. Abuela said \"no me gusta\" about the school. Reviewed plan.",
            "DC full. Urges 2/5. Chain: text → shame → bed. Next Tues.",
            "Nguyen Thi Lan, Dr. Okonkwo-Müller, van der Berg, de la Cruz",
        ] {
            assert!(!other(text), "{text}");
        }
    }

    #[test]
    fn other_languages_are_told_apart() {
        for text in [
            "La clienta dijo que está muy cansada y que no duerme por las noches, pero la semana fue mejor.",
            "Die Klientin ist sehr müde und hat nicht geschlafen, aber die Woche war auch mit der Familie gut.",
            "クライアントは仕事のストレスについて話しました。",
            "Клиентка рассказала о работе и плохом сне.",
        ] {
            assert!(other(text), "{text}");
        }
    }
}
