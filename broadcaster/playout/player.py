"""Plays sound on an output and tells what really happened, by the output's account."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from broadcaster.clock import Clock
from broadcaster.errors import BroadcasterError, DiskFull, NoDevice, OutputBusy, OutputFault
from broadcaster.model.as_run import Outcome, OutcomeReason, Playback
from broadcaster.playout.output import Output, OutputStream
from broadcaster.playout.pace import pieces

Blocks = Iterable[NDArray[np.int16]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """Why the sound came to its end."""

    reason: OutcomeReason | None = None
    detail: str = ""


class Player:
    """Feeds an output, block by block, until the sound ends, somebody stops it, or something breaks."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def play(
        self,
        blocks: Blocks,
        output: Output,
        *,
        label: str,
        sample_rate: int,
        stop: threading.Event,
        on_progress: Callable[[int], None],
        length_frames: int | None = None,
        broken_source: OutcomeReason = OutcomeReason.AUDIO_CHANGED,
    ) -> Playback:
        """Opens `output` before it asks for the first block, which may therefore wait for its instant.

        `on_progress` hears about every second of sound how many frames have left. Fewer frames than `length_frames` are
        no whole programme: `partial` for the reason `broken_source`. `blocks` is closed at the end where it can be.
        Whatever else than a fault of the source or the output comes up is raised once the output is silent.
        """
        with _closing(blocks):
            try:
                stream = output.open(label=label, sample_rate=sample_rate)
            except (OutputFault, DiskFull) as error:
                return _never_sounded(output.name, error, sample_rate=sample_rate)
            feed = _Feed(stream, stop=stop, on_progress=on_progress, sample_rate=sample_rate)
            try:
                ending = feed.run(_Source(blocks), length_frames=length_frames, broken_source=broken_source)
                recording, ending = _closed(stream, ending)
            except BaseException:
                stream.abort()
                raise
        return _playback(stream, ending, recording=recording, sample_rate=sample_rate)


@contextmanager
def _closing(blocks: Blocks) -> Iterator[None]:
    """Decoders and generators let go of their processes at once, not when somebody collects them."""
    try:
        yield
    finally:
        if isinstance(blocks, _Closable):
            blocks.close()


@runtime_checkable
class _Closable(Protocol):
    def close(self) -> None: ...


class _Source(Iterator[NDArray[np.int16]]):
    """The blocks, and the fault that ended them early."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = iter(blocks)
        self.fault: BroadcasterError | None = None

    def __next__(self) -> NDArray[np.int16]:
        try:
            return next(self._blocks)
        except BroadcasterError as error:
            self.fault = error
            raise StopIteration from error


class _Feed:
    """The frames' way into one stream."""

    def __init__(
        self, stream: OutputStream, *, stop: threading.Event, on_progress: Callable[[int], None], sample_rate: int
    ) -> None:
        self._stream = stream
        self._stop = stop
        self._on_progress = on_progress
        self._sample_rate = sample_rate
        self._reported = 0

    def run(self, source: _Source, *, length_frames: int | None, broken_source: OutcomeReason) -> _Ending:
        try:
            written = self._write(source)
        except (OutputFault, DiskFull) as error:
            return _of_output(error)
        if self._stop.is_set():
            return _Ending(reason=OutcomeReason.STOPPED, detail="Dừng theo lệnh.")
        if source.fault is not None:
            return _Ending(reason=broken_source, detail=source.fault.message)
        if written < (length_frames or 1):
            return _Ending(reason=broken_source, detail=_too_short(written, length_frames, self._sample_rate))
        return _Ending()

    def _write(self, source: _Source) -> int:
        written = 0
        for block in source:
            for piece in pieces(block, sample_rate=self._sample_rate):
                if self._stop.is_set():
                    return written
                self._stream.write(piece)
                written += len(piece)
                self._report()
        return written

    def _report(self) -> None:
        played = self._stream.played_frames
        if played - self._reported >= self._sample_rate:
            self._reported = played
            self._on_progress(played)


_BREAKS_AT_ONCE = {OutcomeReason.STOPPED, OutcomeReason.OUTPUT_FAILED, OutcomeReason.DISK_FULL}


def _closed(stream: OutputStream, ending: _Ending) -> tuple[str | None, _Ending]:
    """What was handed over still sounds, unless it was to stop or cannot."""
    if ending.reason in _BREAKS_AT_ONCE:
        return stream.abort(), ending
    try:
        return stream.finish(), ending
    except (OutputFault, DiskFull) as error:
        return stream.abort(), _of_output(error)


def _playback(stream: OutputStream, ending: _Ending, *, recording: str | None, sample_rate: int) -> Playback:
    frames = stream.played_frames
    whole = Outcome.PLAYED if ending.reason is None else Outcome.PARTIAL
    return Playback(
        output=stream.sounding_as,
        started_at=stream.started_at if frames else None,
        ended_at=stream.ended_at if frames else None,
        frames=frames,
        sample_rate=sample_rate,
        outcome=whole if frames else Outcome.FAILED,
        reason=ending.reason,
        detail=_with_underruns(ending.detail, stream.underruns),
        recording=recording,
    )


def _never_sounded(name: str, error: BroadcasterError, *, sample_rate: int) -> Playback:
    ending = _of_output(error)
    return Playback(
        output=name,
        started_at=None,
        ended_at=None,
        frames=0,
        sample_rate=sample_rate,
        outcome=Outcome.FAILED,
        reason=ending.reason,
        detail=ending.detail,
    )


def _of_output(error: BroadcasterError) -> _Ending:
    match error:
        case DiskFull():
            reason = OutcomeReason.DISK_FULL
        case NoDevice():
            reason = OutcomeReason.NO_DEVICE
        case OutputBusy():
            reason = OutcomeReason.OUTPUT_BUSY
        case _:
            reason = OutcomeReason.OUTPUT_FAILED
    return _Ending(reason=reason, detail=error.message)


def _too_short(written: int, expected: int | None, sample_rate: int) -> str:
    if not written:
        return "Không có âm thanh nào để phát."
    seconds = [f"{frames / sample_rate:.1f}".replace(".", ",") for frames in (written, expected or 0)]
    return f"Âm thanh hết sớm: được {seconds[0]} giây trong {seconds[1]} giây."


def _with_underruns(detail: str, underruns: int) -> str:
    """A playing that stuttered says so, whatever its outcome."""
    if not underruns:
        return detail
    return f"{detail} Bị ngắt tiếng {underruns} lần.".strip()
