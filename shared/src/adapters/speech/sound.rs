//! How alike two words are: by sound, roughly, and by letters. Pure.

/// The consonants of a word as they sound in English, roughly; a vowel counts only at the front.
pub fn key(plain: &str) -> String {
    let letters: Vec<char> = plain.chars().collect();
    let mut key = String::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (sound, taken) = match (letters[at], next) {
            ('p', 'h') => ('f', 2),
            ('c' | 's', 'h') => ('x', 2),
            ('c', 'k') | ('k' | 'q', _) => ('k', if next == 'k' { 2 } else { 1 }),
            ('c', 'e' | 'i' | 'y') | ('z' | 's', _) => ('s', 1),
            ('c', _) => ('k', 1),
            ('t', 'h') => ('t', 2),
            ('x', _) => (if at == 0 { 's' } else { 'k' }, 1),
            ('w' | 'v', _) => ('v', 1),
            ('g', 'h') | ('h', _) if at > 0 => (' ', if next == 'h' { 2 } else { 1 }),
            ('g' | 'j', _) => ('j', 1),
            ('d' | 't', _) => ('t', 1),
            ('b' | 'p', _) => ('p', 1),
            ('m' | 'n', _) => ('n', 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) => (if at == 0 { 'a' } else { ' ' }, 1),
            (other, _) => (other, 1),
        };
        if sound != ' ' && !key.ends_with(sound) {
            key.push(sound);
        }
        at += taken;
    }
    key
}

/// How many letters may differ between two words that sound like this; `None` if they begin differently or are short.
pub fn nearness(heard: &str, meant: &str, letters: usize) -> Option<usize> {
    if heard.chars().next()? != meant.chars().next()? {
        return None;
    }
    let same = heard == meant;
    match letters {
        0..=3 => None,
        4..=5 => Some(1),
        6..=8 => Some(if same { 2 } else { 1 }),
        _ => Some(if same { 3 } else { 2 }),
    }
}

/// Letters that differ between two words, a swap of neighbours counting as one; `None` above `most`.
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    Some(rows[a.len()][b.len()]).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_sound_alike_have_one_key() {
        for (a, b) in [
            ("philip", "fillip"),
            ("martha", "marta"),
            ("xiomara", "ziomara"),
            ("lorazapam", "lorazepam"),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("clonidine"), key("clonazepam"));
    }

    #[test]
    fn distance_counts_changes_and_stops_at_the_most() {
        assert_eq!(distance("marta", "marta", 0), Some(0));
        assert_eq!(distance("marta", "matra", 1), Some(1));
        assert_eq!(distance("citalopram", "escitalopram", 2), Some(2));
        assert_eq!(distance("ab", "wxyz", 3), None);
    }
}
