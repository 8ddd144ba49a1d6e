//! The body of an envelope: `{schema, kind, fields}` as CBOR behind its length, padded so that sizes tell little.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::adapters::seal::{SealError, TAG_LEN, WipingBuffer};

/// Schema of the fields. Fields are only ever added, with a default.
const SCHEMA: u16 = 1;

// Frozen: `tests/vectors/envelope/v1.json`.
#[derive(Serialize)]
struct Body<'a, T: ?Sized> {
    schema: u16,
    kind: &'a str,
    fields: &'a T,
}

#[derive(Deserialize)]
struct Opened<T> {
    schema: u16,
    kind: String,
    fields: T,
}

/// Only what tells whether the fields may be read.
#[derive(Deserialize)]
struct Label {
    schema: u16,
    kind: String,
}

/// Padded length: steps of 256 bytes up to 4 KiB, then eight steps for each doubling (12.5 % at most).
#[must_use]
pub fn padded_len(len: usize) -> usize {
    let step = if len <= 4096 { 256 } else { 1 << (len.ilog2() - 3) };
    len.div_ceil(step) * step
}

/// The padded body, with room for the tag.
///
/// # Errors
/// [`SealError::Malformed`] when the fields cannot be written as CBOR or are longer than 4 GiB.
pub fn encode<T: Serialize + ?Sized>(kind: &str, fields: &T) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let mut buffer = WipingBuffer::with_capacity(4096 + TAG_LEN);
    buffer.extend(&[0; 4]);
    let body = Body {
        schema: SCHEMA,
        kind,
        fields,
    };
    ciborium::into_writer(&body, &mut buffer).map_err(|_| SealError::Malformed)?;
    let len = buffer.len();
    let padded = padded_len(len);
    // Reserve padding and tag first: growing later would leave the text behind.
    buffer.extend(&vec![0; padded - len + TAG_LEN]);
    let mut bytes = buffer.into_inner();
    bytes.truncate(padded);
    let told = u32::try_from(len - 4).map_err(|_| SealError::Malformed)?;
    bytes[..4].copy_from_slice(&told.to_be_bytes());
    Ok(bytes)
}

/// The fields of a padded body of this kind.
///
/// # Errors
/// [`SealError::Unknown`] for a newer schema, [`SealError::Malformed`] for another kind or form.
pub fn decode<T: DeserializeOwned>(padded: &[u8], kind: &str) -> Result<T, SealError> {
    let (told, rest) = padded.split_first_chunk().ok_or(SealError::Malformed)?;
    let len = usize::try_from(u32::from_be_bytes(*told)).map_err(|_| SealError::Malformed)?;
    let (cbor, padding) = rest.split_at_checked(len).ok_or(SealError::Malformed)?;
    if padding.iter().any(|byte| *byte != 0) || padded_len(len + 4) != padded.len() {
        return Err(SealError::Malformed);
    }
    match ciborium::from_reader::<Opened<T>, _>(cbor) {
        Ok(body) if body.schema == SCHEMA && body.kind == kind => Ok(body.fields),
        _ => match ciborium::from_reader::<Label, _>(cbor) {
            Ok(label) if label.kind == kind && label.schema > SCHEMA => Err(SealError::Unknown),
            _ => Err(SealError::Malformed),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_hides_small_differences_and_costs_an_eighth_at_most() {
        assert_eq!(padded_len(1), 256);
        assert_eq!(padded_len(256), 256);
        assert_eq!(padded_len(257), 512);
        assert_eq!(padded_len(4096), 4096);
        assert_eq!(padded_len(4097), 4608);
        for len in (4097..2_000_000).step_by(997) {
            let padded = padded_len(len);
            assert!(padded >= len && padded - len <= len / 8 + 1, "{len}");
            assert_eq!(padded_len(padded), padded);
        }
    }

    #[test]
    fn a_body_reads_back_only_as_its_kind_and_schema() {
        let body = encode("test", "marigold").unwrap();
        assert_eq!(decode::<String>(&body, "test").unwrap(), "marigold");
        assert_eq!(decode::<String>(&body, "note").unwrap_err(), SealError::Malformed);
        let mut dirty = body.clone();
        *dirty.last_mut().unwrap() = 1;
        assert_eq!(decode::<String>(&dirty, "test").unwrap_err(), SealError::Malformed);
        let mut newer = Zeroizing::new(body.to_vec());
        let at = newer.windows(7).position(|window| window == b"\x66schema").unwrap();
        newer[at + 7] = 2;
        assert_eq!(decode::<String>(&newer, "test").unwrap_err(), SealError::Unknown);
    }
}
