//! The byte door for phones: bytes in, bytes out, errors and never panics. `UniFFI` carries the bytes, facet typegen gives them shapes.

#![allow(missing_docs, reason = "the effect macro writes items of its own")]

use std::sync::{Arc, Weak};

use crux_core::{
    Core,
    bridge::{BincodeFfiFormat, EffectId},
    effects::{EffectRouter, Routes, routes::Serialized},
    macros::effect,
    render::RenderOperation,
};

use crate::{
    app::Afterword,
    capabilities::{keys::KeysOperation, microphone::MicrophoneOperation, share::ShareOperation},
    runtime::{Lanes, Options, ShellRequest},
};

/// What a shell can see: the app's effects minus those that Rust answers. Generated types are named after it.
#[effect(facet_typegen)]
#[derive(Debug)]
pub enum Effect {
    /// The view changed.
    Render(RenderOperation),
    /// The key store.
    Keys(KeysOperation),
    /// The microphone.
    Microphone(MicrophoneOperation),
    /// The way out.
    Share(ShareOperation),
}

/// Why a call was refused. Says nothing of what the bytes held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CoreError {
    /// The bytes are not an event or answer of this version.
    #[error("the bytes cannot be read")]
    Unreadable,
    /// Nobody waits for this answer, or it was given already.
    #[error("nobody waits for this answer")]
    NotWaiting,
}

/// The shell. Called on other threads; must not answer on its own stack.
#[uniffi::export(with_foreign)]
pub trait CoreShell: Send + Sync {
    /// One effect, serialised, with the id to resolve it by.
    fn process_effects(&self, bytes: Vec<u8>);
}

/// The routes of the byte door.
#[derive(Clone)]
pub struct ByteRoutes {
    serialized: Arc<Serialized<Afterword, Self, BincodeFfiFormat>>,
    router: Weak<EffectRouter<Afterword, Self>>,
}

impl Routes<Afterword> for ByteRoutes {
    fn new(router: Weak<EffectRouter<Afterword, Self>>) -> Self {
        Self {
            serialized: Arc::new(Serialized::new(router.clone())),
            router,
        }
    }
}

/// The core, behind bytes.
#[derive(uniffi::Object)]
pub struct CoreFfi {
    router: Arc<EffectRouter<Afterword, ByteRoutes>>,
}

#[uniffi::export]
impl CoreFfi {
    /// Starts the core. Speech models lie in `models_folder`; the vault's folder comes with the first event.
    #[uniffi::constructor]
    #[must_use]
    pub fn new(shell: Arc<dyn CoreShell>, models_folder: String) -> Arc<Self> {
        let options = Options {
            models_folder: models_folder.into(),
            ..Options::default()
        };
        Self::start(shell, &options)
    }

    /// Something happened: a serialised `Event`.
    ///
    /// # Errors
    /// [`CoreError::Unreadable`] when the bytes are not an event.
    pub fn update(&self, event: Vec<u8>) -> Result<(), CoreError> {
        self.router
            .routes
            .serialized
            .update(&event)
            .map_err(|_| CoreError::Unreadable)
    }

    /// The shell answers effect `id` with a serialised answer.
    ///
    /// # Errors
    /// [`CoreError::NotWaiting`] when nobody waits for it, or the bytes are not that answer.
    pub fn resolve(&self, id: u32, answer: Vec<u8>) -> Result<(), CoreError> {
        self.router
            .routes
            .serialized
            .resolve(EffectId(id), &answer)
            .map_err(|_| CoreError::NotWaiting)
    }

    /// The screen: a serialised `ViewModel`.
    ///
    /// # Errors
    /// [`CoreError::Unreadable`] when it cannot be serialised.
    pub fn view(&self) -> Result<Vec<u8>, CoreError> {
        self.router.routes.serialized.view().map_err(|_| CoreError::Unreadable)
    }
}

impl CoreFfi {
    /// Starts the core with options of one's own, for benches and tests.
    #[must_use]
    pub fn start(shell: Arc<dyn CoreShell>, options: &Options) -> Arc<Self> {
        let router = EffectRouter::new(Core::<Afterword>::new(), move |routes: ByteRoutes| {
            let lanes = Lanes::start(&routes.router, options);
            move |effect| {
                let effect = match lanes.take(effect) {
                    None => return,
                    Some(ShellRequest::Render(request)) => Effect::Render(request),
                    Some(ShellRequest::Keys(request)) => Effect::Keys(request),
                    Some(ShellRequest::Microphone(request)) => Effect::Microphone(request),
                    Some(ShellRequest::Share(request)) => Effect::Share(request),
                };
                if let Ok(bytes) = routes.serialized.serialize(effect) {
                    shell.process_effects(bytes);
                }
            }
        });
        Arc::new(Self { router })
    }
}
