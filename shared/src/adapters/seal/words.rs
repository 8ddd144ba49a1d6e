//! The 24 recovery words: BIP39, English list, 256 bits of entropy and a check sum.

use bip39::Mnemonic;
use zeroize::Zeroizing;

use super::{Key, Purpose, SealError, derive_key};
use crate::note::Words;

/// The words for 32 random bytes.
///
/// # Panics
/// Never: the length is one BIP39 knows.
#[must_use]
pub fn words_of(entropy: &Key) -> Words {
    let mnemonic = Mnemonic::from_entropy(&**entropy).expect("256 bits are a length BIP39 knows");
    let mut words = String::with_capacity(24 * 9);
    for word in mnemonic.words() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    Words(words)
}

/// The 32 bytes behind the words, in any case and spacing.
///
/// # Errors
/// [`SealError::Malformed`] when they are not 24 words of the list with a right check sum.
pub fn entropy_of(words: &[u8]) -> Result<Key, SealError> {
    let text = std::str::from_utf8(words).map_err(|_| SealError::Malformed)?;
    let mut tidy = Zeroizing::new(String::with_capacity(text.len() + 1));
    for word in text.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        word.chars().for_each(|letter| tidy.push(letter.to_ascii_lowercase()));
    }
    let mnemonic = Mnemonic::parse_normalized(&tidy).map_err(|_| SealError::Malformed)?;
    let (bytes, len) = mnemonic.to_entropy_array();
    let bytes = Zeroizing::new(bytes);
    if len != 32 {
        return Err(SealError::Malformed);
    }
    let mut entropy = Key::default();
    entropy.copy_from_slice(&bytes[..32]);
    Ok(entropy)
}

/// The key-encryption key of the words.
#[must_use]
pub fn derive_words_key(entropy: &Key) -> Key {
    derive_key(&**entropy, &[], &Purpose::new("afterword/1/kek-words"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_in_any_case_and_spacing() {
        let entropy = Key::new([0x5a; 32]);
        let words = words_of(&entropy);
        assert_eq!(words.as_str().split(' ').count(), 24);
        let untidy = format!("  {}\n", words.as_str().to_uppercase().replace(' ', "  "));
        assert_eq!(*entropy_of(untidy.as_bytes()).unwrap(), *entropy);
    }

    #[test]
    fn the_words_agree_with_the_standards_own_vector() {
        // BIP39 test vectors, English, entropy of 32 zero bytes.
        let words = words_of(&Key::new([0; 32]));
        assert_eq!(words.as_str(), format!("{}art", "abandon ".repeat(23)));
    }

    #[test]
    fn a_wrong_check_sum_a_strange_word_and_twelve_words_are_refused() {
        let right = words_of(&Key::new([1; 32]));
        let mut swapped: Vec<&str> = right.as_str().split(' ').collect();
        swapped.swap(0, 23);
        let checks = [
            swapped.join(" "),
            right.as_str().replace(swapped[3], "zzzz"),
            format!("{}about", "abandon ".repeat(11)),
            String::new(),
        ];
        for words in checks {
            assert_eq!(entropy_of(words.as_bytes()).unwrap_err(), SealError::Malformed);
        }
        assert_eq!(entropy_of(&[0xff]).unwrap_err(), SealError::Malformed);
    }
}
