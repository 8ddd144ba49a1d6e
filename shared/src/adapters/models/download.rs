//! Downloads one file: goes on where an earlier try ended, believes nothing the server says, and keeps only the right bytes.
//!
//! Off the loopback interface only HTTPS with TLS 1.3 is spoken, and a redirection is followed only to the source's own hosts.

use std::{
    fs::{self, File, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::PathBuf,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use reqwest::{Client, Response, StatusCode, Url, header, redirect, tls};
use ring::digest::{Context, SHA256};
use tokio::time::timeout;

use super::{catalogue::Model, disk, feed, hex};
use crate::capabilities::speech::SpeechError;

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a server may be silent.
const SILENT: Duration = Duration::from_secs(30);

/// How often a cancel is looked for.
const LOOK: Duration = Duration::from_millis(50);

/// Tries in one call, as long as each brings something.
const TRIES: u32 = 5;

/// Hosts that the source sends its files from.
const HOSTS: [&str; 2] = ["huggingface.co", "hf.co"];

/// What is fetched, and where to.
pub struct Target<'a> {
    /// Address of the file.
    pub address: String,
    /// Where it grows.
    pub partial: PathBuf,
    /// Where it stands once it is whole and right.
    pub file: PathBuf,
    /// What it must be.
    pub model: &'a Model,
}

/// Why a try ended.
enum Stop {
    /// The server ended it; what came is kept.
    Cut,
    /// The server cannot go on from here: begin anew.
    Restart,
    /// It is over.
    Failed(SpeechError),
}

/// Fetches `target`.
pub fn fetch(target: &Target, cancel: &AtomicBool, progress: &mut dyn FnMut(u8)) -> Result<(), SpeechError> {
    let address = Url::parse(&target.address).map_err(|_| SpeechError::Interrupted)?;
    let client = client(&address).ok_or(SpeechError::Interrupted)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| SpeechError::Interrupted)?;
    let mut growing = Growing::open(target)?;
    let mut tries = 0;
    while growing.size < target.model.size_bytes {
        let before = growing.size;
        tries += 1;
        let try_once = attempt(&client, &address, &mut growing, cancel, progress);
        match runtime.block_on(try_once) {
            Ok(()) => {}
            Err(Stop::Restart) if tries < TRIES => growing.restart()?,
            Err(Stop::Cut) if tries < TRIES && growing.size > before => {}
            Err(Stop::Cut | Stop::Restart) => return Err(SpeechError::Interrupted),
            Err(Stop::Failed(error)) => {
                if matches!(error, SpeechError::WrongFile | SpeechError::Full) {
                    growing.delete();
                }
                return Err(error);
            }
        }
    }
    growing.settle()
}

fn client(address: &Url) -> Option<Client> {
    static PROVIDER: Once = Once::new();
    // an error only says that the app chose one already
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    let local = is_local(address);
    let origin = address.clone();
    let follow = redirect::Policy::custom(move |hop| {
        if hop.previous().len() < 5 && may_follow(&origin, hop.url()) {
            hop.follow()
        } else {
            hop.stop()
        }
    });
    let builder = Client::builder()
        .connect_timeout(CONNECT)
        .read_timeout(SILENT)
        .redirect(follow)
        .https_only(!local);
    let builder = if local {
        builder.no_proxy()
    } else {
        builder.tls_version_min(tls::Version::TLS_1_3)
    };
    builder.build().ok()
}

fn is_local(address: &Url) -> bool {
    matches!(address.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

/// To the same place, or over HTTPS to the source's own hosts.
fn may_follow(origin: &Url, next: &Url) -> bool {
    let host = next.host_str().unwrap_or_default();
    let own = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    origin.origin() == next.origin() || (next.scheme() == "https" && HOSTS.iter().any(|name| own(name)))
}

/// One request, and what it brings.
async fn attempt(
    client: &Client,
    address: &Url,
    growing: &mut Growing<'_>,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(u8),
) -> Result<(), Stop> {
    let mut request = client.get(address.clone()).header(header::ACCEPT_ENCODING, "identity");
    if growing.size > 0 {
        request = request.header(header::RANGE, format!("bytes={}-", growing.size));
    }
    let answer = or_cancel(cancel, request.send()).await?;
    let mut response = answer.map_err(|_| Stop::Cut)?;
    accept(&response, growing)?;
    loop {
        match or_cancel(cancel, response.chunk()).await? {
            Ok(Some(bytes)) => growing.append(&bytes, progress).map_err(Stop::Failed)?,
            Ok(None) if growing.size == growing.target.model.size_bytes => return Ok(()),
            Ok(None) | Err(_) => return Err(Stop::Cut),
        }
    }
}

/// Waits for `work`, but not beyond a cancel.
async fn or_cancel<T>(cancel: &AtomicBool, work: impl Future<Output = T>) -> Result<T, Stop> {
    let mut work = std::pin::pin!(work);
    loop {
        if cancel.load(Ordering::Acquire) {
            return Err(Stop::Failed(SpeechError::Cancelled));
        }
        if let Ok(done) = timeout(LOOK, &mut work).await {
            return Ok(done);
        }
    }
}

/// Whether the body is the file from where we are, or from its beginning.
fn accept(response: &Response, growing: &mut Growing) -> Result<(), Stop> {
    let whole = growing.target.model.size_bytes;
    match response.status() {
        StatusCode::OK => {
            if response.content_length().is_some_and(|length| length != whole) {
                return Err(Stop::Failed(SpeechError::WrongFile));
            }
            growing.restart().map_err(Stop::Failed)
        }
        StatusCode::PARTIAL_CONTENT if growing.size > 0 => {
            let range = response
                .headers()
                .get(header::CONTENT_RANGE)
                .and_then(|range| range.to_str().ok());
            let wanted = format!("bytes {}-{}/{whole}", growing.size, whole - 1);
            if range == Some(wanted.as_str()) {
                Ok(())
            } else {
                Err(Stop::Restart)
            }
        }
        StatusCode::RANGE_NOT_SATISFIABLE if growing.size > 0 => Err(Stop::Restart),
        _ => Err(Stop::Cut),
    }
}

/// The partial file, and the hash of what it holds so far.
struct Growing<'a> {
    target: &'a Target<'a>,
    file: File,
    hash: Context,
    size: u64,
    told: Option<u8>,
}

impl<'a> Growing<'a> {
    fn open(target: &'a Target) -> Result<Self, SpeechError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&target.partial).map_err(|error| disk(&error))?;
        // somebody else is downloading it
        file.try_lock().map_err(|_| SpeechError::Interrupted)?;
        let mut hash = Context::new(&SHA256);
        feed(&mut hash, &mut file).map_err(|error| disk(&error))?;
        let size = file.stream_position().map_err(|error| disk(&error))?;
        let mut growing = Self {
            target,
            file,
            hash,
            size,
            told: None,
        };
        if size > target.model.size_bytes {
            growing.restart()?;
        }
        Ok(growing)
    }

    /// Begins anew with an empty file.
    fn restart(&mut self) -> Result<(), SpeechError> {
        self.file.set_len(0).map_err(|error| disk(&error))?;
        self.file.seek(SeekFrom::Start(0)).map_err(|error| disk(&error))?;
        self.hash = Context::new(&SHA256);
        self.size = 0;
        Ok(())
    }

    fn append(&mut self, bytes: &[u8], progress: &mut dyn FnMut(u8)) -> Result<(), SpeechError> {
        let whole = self.target.model.size_bytes;
        if bytes.len() as u64 > whole - self.size {
            return Err(SpeechError::WrongFile);
        }
        self.file.write_all(bytes).map_err(|error| disk(&error))?;
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        let percent = u8::try_from(self.size * 100 / whole.max(1)).unwrap_or(100);
        if self.told != Some(percent) {
            self.told = Some(percent);
            progress(percent);
        }
        Ok(())
    }

    /// Checks the whole file and gives it its name.
    fn settle(self) -> Result<(), SpeechError> {
        if !self.target.model.is_pinned(&hex(self.hash.clone())) {
            self.delete();
            return Err(SpeechError::WrongFile);
        }
        self.file.sync_all().map_err(|error| disk(&error))?;
        fs::rename(&self.target.partial, &self.target.file).map_err(|error| disk(&error))?;
        // the new name must survive a power cut as well; where folders cannot be synced there is nothing to do
        if let Some(folder) = self.target.file.parent()
            && let Ok(folder) = File::open(folder)
        {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn delete(&self) {
        // a file that cannot be deleted is found wrong again next time
        let _ = fs::remove_file(&self.target.partial);
    }
}
