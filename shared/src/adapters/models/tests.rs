//! Downloads against a small server that cuts, lies and sends elsewhere.

use std::{
    io::Write,
    net::{TcpListener, TcpStream},
    sync::{Mutex, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use ring::digest;

use super::*;

/// What the server does with one request; with more requests than this it does the last again.
#[derive(Clone, Debug)]
enum Reply {
    /// What was asked for, with the right headers.
    Honest,
    /// The same, but the connection ends after so many bytes of the body.
    CutAfter(usize),
    /// The whole file with 200, whatever range was asked for.
    WholeAnyway,
    /// 206 with a range that was not asked for.
    WrongRange,
    /// 416.
    NoSuchRange,
    /// A file of the right length with other bytes.
    OtherBytes,
    /// A file of another length.
    OtherLength,
    /// More bytes than the file has, with no length given.
    Endless,
    /// Sends elsewhere.
    Redirect(String),
    /// Some other status.
    Status(u16),
    /// Headers, and then nothing.
    Stall,
}

struct Server {
    address: String,
    ranges: Arc<Mutex<Vec<Option<u64>>>>,
}

fn body() -> Vec<u8> {
    (0..300_000_u32)
        .map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[3])
        .collect()
}

/// The catalogue of these tests: one file of [`body`].
fn catalogue() -> &'static [Model] {
    let hash = digest::digest(&SHA256, &body());
    let hash: String = crate::adapters::seal::hex(hash.as_ref());
    let model = Model {
        name: "little",
        file: "ggml-little.bin",
        size_bytes: 300_000,
        official: hash.leak(),
        built: None,
    };
    vec![model].leak()
}

impl Server {
    fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let ranges = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&ranges);
        thread::spawn(move || {
            let mut replies = replies.into_iter();
            let mut reply = Reply::Honest;
            for stream in listener.incoming() {
                reply = replies.next().unwrap_or(reply);
                let Ok(stream) = stream else { return };
                let range = asked(&stream);
                seen.lock().unwrap().push(range);
                let reply = reply.clone();
                thread::spawn(move || {
                    // a client that hangs up early is part of the game
                    let _ = answer(stream, &reply, range);
                });
            }
        });
        Self { address, ranges }
    }

    fn ranges(&self) -> Vec<Option<u64>> {
        self.ranges.lock().unwrap().clone()
    }
}

/// Reads a request, and where its range begins.
fn asked(mut stream: &TcpStream) -> Option<u64> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap().to_lowercase();
    assert!(
        request.starts_with("get /ggml-little.bin http/1.1"),
        "only the name of the file is sent"
    );
    let range = request.lines().find_map(|line| line.strip_prefix("range: bytes="))?;
    range.strip_suffix('-')?.parse().ok()
}

fn answer(mut stream: TcpStream, reply: &Reply, range: Option<u64>) -> io::Result<()> {
    let body = body();
    let from = usize::try_from(range.unwrap_or(0)).unwrap();
    let rest = &body[from.min(body.len())..];
    let mut send = |head: &str, body: &[u8]| {
        stream.write_all(format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n").as_bytes())?;
        stream.write_all(body)
    };
    let honest = match range {
        None => format!("200 OK\r\nContent-Length: {}", body.len()),
        Some(from) => format!(
            "206 Partial Content\r\nContent-Length: {}\r\nContent-Range: bytes {from}-{}/{}",
            rest.len(),
            body.len() - 1,
            body.len()
        ),
    };
    match reply {
        Reply::CutAfter(size) => send(&honest, &rest[..(*size).min(rest.len())]),
        Reply::WholeAnyway => send("200 OK\r\nContent-Length: 300000", &body),
        Reply::WrongRange if range.is_some() => send(
            "206 Partial Content\r\nContent-Length: 1000\r\nContent-Range: bytes 0-999/300000",
            &body[..1000],
        ),
        Reply::NoSuchRange if range.is_some() => send("416 Range Not Satisfiable\r\nContent-Length: 0", b""),
        Reply::Honest | Reply::WrongRange | Reply::NoSuchRange => send(&honest, rest),
        Reply::OtherBytes => send(&honest, &vec![7; rest.len()]),
        Reply::OtherLength => send("200 OK\r\nContent-Length: 5", b"hello"),
        Reply::Endless => send("200 OK", &[&body[..], b"and more"].concat()),
        Reply::Redirect(to) => send(&format!("302 Found\r\nLocation: {to}\r\nContent-Length: 0"), b""),
        Reply::Status(code) => send(&format!("{code} No\r\nContent-Length: 0"), b""),
        Reply::Stall => {
            send(&honest, &rest[..1_000])?;
            thread::sleep(Duration::from_secs(5));
            Ok(())
        }
    }
}

/// A folder, and the models in it with `server` as the source.
fn models(server: &Server) -> (tempfile::TempDir, Models) {
    let folder = tempfile::tempdir().unwrap();
    let mut models = Models::new(folder.path().join("models")).with_source(&server.address);
    models.known = catalogue();
    (folder, models)
}

fn fetch(models: &Models) -> Result<(), SpeechError> {
    models.fetch("little", &AtomicBool::new(false), &mut |_| {})
}

/// Neither the file nor a part of it is there.
fn is_clean(models: &Models) -> bool {
    let info = &models.list()[0];
    !info.here && info.partial_bytes == 0
}

#[test]
fn a_download_ends_in_the_right_file_and_tells_how_far_it_is() {
    let server = Server::start(vec![Reply::Honest]);
    let (_folder, models) = models(&server);
    assert_eq!(models.verified("little"), Err(SpeechError::NoModel));
    let mut told = Vec::new();
    models
        .fetch("little", &AtomicBool::new(false), &mut |percent| told.push(percent))
        .unwrap();
    assert!(told.is_sorted() && told.last() == Some(&100), "{told:?}");
    assert_eq!(fs::read(models.verified("little").unwrap()).unwrap(), body());
    assert_eq!(models.list()[0].partial_bytes, 0);
    // what is here is not fetched again
    fetch(&models).unwrap();
    assert_eq!(server.ranges(), [None]);
    models.delete("little").unwrap();
    models.delete("little").unwrap();
    assert!(is_clean(&models));
    assert_eq!(models.delete("unknown"), Err(SpeechError::NoModel));
}

#[test]
fn a_cut_download_goes_on_where_it_ended() {
    let server = Server::start(vec![Reply::CutAfter(100_000), Reply::CutAfter(50_000), Reply::Honest]);
    let (_folder, models) = models(&server);
    fetch(&models).unwrap();
    assert!(models.list()[0].here);
    let ranges = server.ranges();
    assert_eq!(ranges.len(), 3);
    assert!(ranges[1].is_some_and(|from| from > 0 && from <= 100_000));
}

#[test]
fn what_came_before_a_server_went_away_is_kept_for_a_later_try() {
    let server = Server::start(vec![Reply::CutAfter(100_000), Reply::Status(503), Reply::Honest]);
    let (_folder, models) = models(&server);
    assert_eq!(fetch(&models), Err(SpeechError::Interrupted));
    let kept = models.list()[0].partial_bytes;
    assert!(kept > 0 && !models.list()[0].here);
    fetch(&models).unwrap();
    assert_eq!(server.ranges().last(), Some(&Some(kept)));
    assert!(models.list()[0].here);
}

#[test]
fn a_server_that_lies_about_ranges_still_gives_the_right_file() {
    for lie in [Reply::WholeAnyway, Reply::WrongRange, Reply::NoSuchRange] {
        let server = Server::start(vec![Reply::CutAfter(70_000), lie.clone()]);
        let (_folder, models) = models(&server);
        assert_eq!(fetch(&models), Ok(()), "{lie:?}");
        assert_eq!(fs::read(models.verified("little").unwrap()).unwrap(), body(), "{lie:?}");
    }
}

#[test]
fn wrong_bytes_are_deleted_and_never_used() {
    for wrong in [Reply::OtherBytes, Reply::OtherLength, Reply::Endless] {
        let server = Server::start(vec![wrong.clone()]);
        let (_folder, models) = models(&server);
        assert_eq!(fetch(&models), Err(SpeechError::WrongFile), "{wrong:?}");
        assert!(is_clean(&models), "{wrong:?}");
    }
    let server = Server::start(vec![Reply::CutAfter(100_000), Reply::OtherBytes]);
    let (_folder, models) = models(&server);
    assert_eq!(fetch(&models), Err(SpeechError::WrongFile));
    assert!(is_clean(&models));
}

#[test]
fn a_redirection_is_followed_at_home_and_nowhere_else() {
    let other = Server::start(vec![Reply::Honest]);
    for to in [
        other.address.as_str(),
        "http://files.example.org",
        "https://nothuggingface.co",
    ] {
        let server = Server::start(vec![Reply::Redirect(format!("{to}/ggml-little.bin"))]);
        let (_folder, models) = models(&server);
        assert_eq!(fetch(&models), Err(SpeechError::Interrupted), "{to}");
        assert!(is_clean(&models));
    }
    assert_eq!(other.ranges(), []);
    let server = Server::start(vec![Reply::Redirect("/ggml-little.bin".to_owned()), Reply::Honest]);
    let (_folder, models) = models(&server);
    fetch(&models).unwrap();
}

#[test]
fn a_missing_file_or_server_is_an_interruption() {
    let server = Server::start(vec![Reply::Status(404)]);
    let (_folder, there) = models(&server);
    assert_eq!(fetch(&there), Err(SpeechError::Interrupted));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nowhere = there.with_source(format!("http://{nobody}"));
    assert_eq!(fetch(&nowhere), Err(SpeechError::Interrupted));
}

#[test]
fn nothing_is_fetched_without_tls_off_the_loopback() {
    let server = Server::start(vec![]);
    let (_folder, models) = models(&server);
    let plain = models.with_source("http://192.0.2.1");
    let begun = Instant::now();
    assert_eq!(fetch(&plain), Err(SpeechError::Interrupted));
    assert!(begun.elapsed() < Duration::from_secs(5), "it was not even tried");
}

#[test]
fn a_cancel_ends_a_stalled_download_at_once_and_keeps_what_came() {
    let server = Server::start(vec![Reply::Stall]);
    let (_folder, models) = models(&server);
    let cancel = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancel);
    let begun = Instant::now();
    let mut raise = |_| flag.store(true, Ordering::Release);
    assert_eq!(models.fetch("little", &cancel, &mut raise), Err(SpeechError::Cancelled));
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(models.list()[0].partial_bytes, 1_000);
}

#[test]
fn a_file_with_other_bytes_is_bad_and_replaced_by_a_download() {
    let server = Server::start(vec![Reply::Honest]);
    let (_folder, models) = models(&server);
    fs::create_dir_all(&models.folder).unwrap();
    fs::write(models.folder.join("ggml-little.bin"), vec![7; 300_000]).unwrap();
    assert_eq!(models.verified("little"), Err(SpeechError::BadModel));
    fetch(&models).unwrap();
    assert!(models.verified("little").is_ok());
}
