//! The fixed header of an envelope: 160 bytes, big-endian, and the associated data of its body.

use crate::{adapters::seal::SealError, note::Id};

/// Length of the header.
pub const HEADER_LEN: usize = 160;
const VERSION: u8 = 1;
/// AES-256-GCM, SHA-256, Ed25519.
const SUITE: u8 = 1;

/// Where an envelope may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// The record: signed, chained, may be synced.
    #[default]
    Record = 1,
    /// The workbench: expires, never leaves the device.
    Workbench = 2,
    /// Lines of lists that can be made again from the record; never leave the device.
    Local = 3,
}

/// The header. What is not known to be needed is not in it: no kind, no title, no name.
// Frozen: `tests/vectors/envelope/v1.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Where it may go.
    pub class: Class,
    /// The vault's random name.
    pub account: [u8; 16],
    /// What it belongs to.
    pub record: Id,
    /// Number of this revision, from 1 (of a segment of sound: its number).
    pub rev: u32,
    /// Hash of the revision before; zeros for the first and outside the record.
    pub parent_hash: [u8; 32],
    /// The device that sealed it.
    pub device: [u8; 8],
    /// Number of this envelope among the device's; 0 outside the record.
    pub dseq: u32,
    /// Hash of the device's envelope before; zeros for the first and outside the record.
    pub prev_dev_hash: [u8; 32],
    /// Epoch of the vault master key.
    pub key_epoch: u32,
    /// Last day, counted in UTC days since 1970, or 0 for none.
    pub exp_day: u32,
    /// Length of the encrypted body with its tag.
    pub body_len: u32,
    /// Commitment to the data key.
    pub key_commit: [u8; 32],
}

impl Header {
    /// The 160 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; HEADER_LEN] {
        let mut bytes = [0; HEADER_LEN];
        let mut at = 0;
        let mut put = |part: &[u8]| {
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        };
        put(&[VERSION, SUITE, self.class as u8, 0]);
        put(&self.account);
        put(self.record.bytes());
        put(&self.rev.to_be_bytes());
        put(&self.parent_hash);
        put(&self.device);
        put(&self.dseq.to_be_bytes());
        put(&self.prev_dev_hash);
        put(&self.key_epoch.to_be_bytes());
        put(&self.exp_day.to_be_bytes());
        put(&self.body_len.to_be_bytes());
        put(&self.key_commit);
        bytes
    }

    /// Reads 160 bytes.
    ///
    /// # Errors
    /// [`SealError::Unknown`] for a version, suite, class or flag that this version does not know.
    pub fn parse(bytes: &[u8; HEADER_LEN]) -> Result<Self, SealError> {
        let class = match bytes[..4] {
            [VERSION, SUITE, 1, 0] => Class::Record,
            [VERSION, SUITE, 2, 0] => Class::Workbench,
            [VERSION, SUITE, 3, 0] => Class::Local,
            _ => return Err(SealError::Unknown),
        };
        let number = |at| u32::from_be_bytes(part(bytes, at));
        Ok(Self {
            class,
            account: part(bytes, 4),
            record: Id::from_bytes(part(bytes, 20)),
            rev: number(36),
            parent_hash: part(bytes, 40),
            device: part(bytes, 72),
            dseq: number(80),
            prev_dev_hash: part(bytes, 84),
            key_epoch: number(116),
            exp_day: number(120),
            body_len: number(124),
            key_commit: part(bytes, 128),
        })
    }
}

fn part<const N: usize>(bytes: &[u8; HEADER_LEN], at: usize) -> [u8; N] {
    let mut part = [0; N];
    part.copy_from_slice(&bytes[at..at + N]);
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_own_bytes() {
        let mut bytes = [0; HEADER_LEN];
        (0..=255u8)
            .cycle()
            .zip(&mut bytes)
            .for_each(|(value, byte)| *byte = value);
        bytes[..4].copy_from_slice(&[1, 1, 2, 0]);
        assert_eq!(Header::parse(&bytes).unwrap().to_bytes(), bytes);
    }
}
