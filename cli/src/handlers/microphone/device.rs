//! The default sound device. Its stream lives and dies on one thread; nothing it says reaches the screen.

use std::{
    fs::OpenOptions,
    sync::{
        atomic::Ordering,
        mpsc::{RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

use cpal::{
    Device, ErrorKind, FromSample, Sample, SampleFormat, SizedSample, Stream, StreamConfig,
    traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _},
};
use shared::capabilities::microphone::MicrophoneAnswer;

use super::{Ear, resample::Resampler};

/// What the device's own thread says.
enum Heard {
    Sound(Vec<f32>),
    Lost,
}

/// Listens until it is told to stop. Gives back 0: a room has no place to go on from.
pub(super) fn listen(mut ear: Ear) -> usize {
    // Half a minute of sound in flight: the disk may be slow, words must not get lost.
    let (sender, heard) = sync_channel(4096);
    let opened = quietly(|| open(&sender));
    drop(sender);
    let (stream, mut resampler) = match opened {
        Ok(opened) => opened,
        Err(answer) => {
            ear.ready.send(answer).ok();
            return 0;
        }
    };
    ear.ready.send(MicrophoneAnswer::Started).ok();
    while !ear.stop.load(Ordering::Acquire) {
        match heard.recv_timeout(Duration::from_millis(50)) {
            Ok(Heard::Sound(samples)) => ear.out.take(resampler.take(&samples)),
            Ok(Heard::Lost) | Err(RecvTimeoutError::Disconnected) => {
                ear.out.finish();
                ear.out.lost();
                break;
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    drop(stream);
    for rest in heard.try_iter() {
        if let Heard::Sound(samples) = rest {
            ear.out.take(resampler.take(&samples));
        }
    }
    ear.out.finish();
    0
}

fn open(sender: &SyncSender<Heard>) -> Result<(Stream, Resampler), MicrophoneAnswer> {
    let device = cpal::default_host()
        .default_input_device()
        .ok_or(MicrophoneAnswer::Missing)?;
    let config = device.default_input_config().map_err(|error| refused(&error))?;
    let format = config.sample_format();
    let config: StreamConfig = config.into();
    let resampler = Resampler::new(config.sample_rate, usize::from(config.channels));
    let sender = sender.clone();
    let stream = match format {
        SampleFormat::F32 => stream::<f32>(&device, config, sender),
        SampleFormat::I16 => stream::<i16>(&device, config, sender),
        SampleFormat::I32 => stream::<i32>(&device, config, sender),
        SampleFormat::U8 => stream::<u8>(&device, config, sender),
        SampleFormat::I8 => stream::<i8>(&device, config, sender),
        SampleFormat::U16 => stream::<u16>(&device, config, sender),
        SampleFormat::F64 => stream::<f64>(&device, config, sender),
        _ => return Err(MicrophoneAnswer::Missing),
    }
    .map_err(|error| refused(&error))?;
    stream.play().map_err(|error| refused(&error))?;
    Ok((stream, resampler))
}

fn stream<T>(device: &Device, config: StreamConfig, sender: SyncSender<Heard>) -> Result<Stream, cpal::Error>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    let lost = sender.clone();
    device.build_input_stream(
        config,
        move |data: &[T], _| {
            let samples = data.iter().map(|sample| f32::from_sample(*sample)).collect();
            drop(sender.try_send(Heard::Sound(samples)));
        },
        move |error| {
            if !matches!(
                error.kind(),
                ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged
            ) {
                drop(lost.try_send(Heard::Lost));
            }
        },
        None,
    )
}

fn refused(error: &cpal::Error) -> MicrophoneAnswer {
    if error.kind() == ErrorKind::PermissionDenied {
        MicrophoneAnswer::Denied
    } else {
        MicrophoneAnswer::Missing
    }
}

/// Sound libraries write to standard error, in the middle of the screen. For the time of `work` it leads nowhere.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let kept = rustix::io::dup(rustix::stdio::stderr()).ok();
    if kept.is_some()
        && let Ok(nowhere) = OpenOptions::new().write(true).open("/dev/null")
    {
        rustix::stdio::dup2_stderr(nowhere).ok();
    }
    let done = work();
    if let Some(kept) = kept {
        rustix::stdio::dup2_stderr(kept).ok();
    }
    done
}
