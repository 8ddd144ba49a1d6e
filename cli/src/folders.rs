//! Where things lie: the vault, the key store beside it, and the speech models.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// The folders of one Afterword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Everything below lies in here, models excepted when they are elsewhere.
    pub data: PathBuf,
    /// The vault.
    pub vault: PathBuf,
    /// Keys that a phone would give to its key store.
    pub keystore: PathBuf,
    /// Speech models, shared by all vaults of a person.
    pub models: PathBuf,
}

impl Folders {
    /// Folders inside `data` (default: the platform's place), models in `models` (default: `AFTERWORD_MODELS`, else the
    /// platform's place).
    #[must_use]
    pub fn choose(data: Option<&Path>, models: Option<&Path>) -> Self {
        let home = platform_folder();
        let data = data.map_or_else(|| home.clone(), absolute);
        let models = models
            .map(absolute)
            .or_else(|| {
                let named = env::var_os("AFTERWORD_MODELS").filter(|path| !path.is_empty())?;
                Some(absolute(Path::new(&named)))
            })
            .unwrap_or_else(|| models_folder(&home));
        Self::inside(data, models)
    }

    /// Folders inside `data`, models in `models`.
    #[must_use]
    pub fn inside(data: PathBuf, models: PathBuf) -> Self {
        Self {
            vault: data.join("vault"),
            keystore: data.join("keystore"),
            data,
            models,
        }
    }

    /// Makes the data folder, for its owner only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make(&self) -> io::Result<()> {
        make_private(&self.data)?;
        make_private(&self.keystore)
    }
}

/// The path, made absolute against the current folder.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Makes a folder that only its owner can read; one that exists keeps its parents as they are.
///
/// # Errors
/// When it cannot be made.
pub fn make_private(folder: &Path) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// The platform's folder; for a program run from its own checkout, where nobody has put models yet, the checkout's.
fn models_folder(home: &Path) -> PathBuf {
    let usual = home.join("models");
    if usual.is_dir() {
        return usual;
    }
    let program = env::current_exe().unwrap_or_default();
    let beside = program.ancestors().skip(1).take(4).map(|folder| folder.join(".models"));
    beside.into_iter().find(|folder| folder.is_dir()).unwrap_or(usual)
}

fn platform_folder() -> PathBuf {
    let home = || env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    if cfg!(target_os = "macos") {
        return home().join("Library/Application Support/Afterword");
    }
    if cfg!(windows)
        && let Some(local) = env::var_os("LOCALAPPDATA")
    {
        return PathBuf::from(local).join("Afterword");
    }
    match env::var_os("XDG_DATA_HOME").map(PathBuf::from) {
        Some(folder) if folder.is_absolute() => folder.join("afterword"),
        _ => home().join(".local/share/afterword"),
    }
}
