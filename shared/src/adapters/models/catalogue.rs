//! The speech models known: `OpenAI`'s Whisper in whisper.cpp's form, with size and SHA-256 of each file.

/// Where the files come from. Only the name of a file is ever sent there.
pub const SOURCE: &str = "https://huggingface.co/ggerganov/whisper.cpp/resolve/main";

/// The model used when none is named.
pub const DEFAULT: &str = "tiny.en-q8_0";

/// A speech model.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// What people call it.
    pub name: &'static str,
    /// Its file, here and at the source.
    pub file: &'static str,
    /// Size of the file.
    pub size_bytes: u64,
    /// SHA-256 of the file at the source.
    pub official: &'static str,
    /// SHA-256 of the same weights as `script/speech-model` converts them, if it can: other bytes, same words.
    pub built: Option<&'static str>,
}

impl Model {
    /// Whether this is the hash of a file that may be used.
    #[must_use]
    pub fn is_pinned(&self, sha256: &str) -> bool {
        sha256 == self.official || self.built == Some(sha256)
    }
}

/// All of them, smallest first.
pub const MODELS: [Model; 5] = [
    Model {
        name: "tiny.en-q8_0",
        file: "ggml-tiny.en-q8_0.bin",
        size_bytes: 43_550_795,
        official: "5bc2b3860aa151a4c6e7bb095e1fcce7cf12c7b020ca08dcec0c6d018bb7dd94",
        built: Some("b5da93e175939f36a6f16773f881e207bacc2f1ab3310b3370201a3301cde171"),
    },
    Model {
        name: "tiny.en",
        file: "ggml-tiny.en.bin",
        size_bytes: 77_704_715,
        official: "921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f",
        built: Some("25d0eb8164c94f6277b8d12c7a54e0315fc9761b294162662d6d5ad6c656eff6"),
    },
    Model {
        name: "base.en-q8_0",
        file: "ggml-base.en-q8_0.bin",
        size_bytes: 81_781_811,
        official: "a4d4a0768075e13cfd7e19df3ae2dbc4a68d37d36a7dad45e8410c9a34f8c87e",
        built: None,
    },
    Model {
        name: "base",
        file: "ggml-base.bin",
        size_bytes: 147_951_465,
        official: "60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe",
        built: None,
    },
    Model {
        name: "base.en",
        file: "ggml-base.en.bin",
        size_bytes: 147_964_211,
        official: "a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002",
        built: None,
    },
];

/// The name itself, or that of the default model for an empty one.
#[must_use]
pub fn or_default(name: &str) -> &str {
    if name.is_empty() { DEFAULT } else { name }
}

/// Whether the model is so small that it hears worse when it is told words beforehand.
#[must_use]
pub fn is_small(name: &str) -> bool {
    name.starts_with("tiny")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_is_pinned_and_the_default_is_among_them() {
        assert!(MODELS.iter().any(|model| model.name == DEFAULT));
        for model in MODELS {
            assert_eq!(model.file, format!("ggml-{}.bin", model.name));
            for pin in [Some(model.official), model.built].into_iter().flatten() {
                assert!(pin.len() == 64 && pin.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
            }
        }
        assert!(SOURCE.starts_with("https://"));
    }
}
