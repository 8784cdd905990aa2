"""Plays sound on an output and tells what really happened, by the output's account."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from broadcaster.clock import Clock
from broadcaster.errors import BroadcasterError, DiskFull, NoDevice, OutputBusy, OutputFault
from broadcaster.model.as_run import Outcome, OutcomeReason, Playback
from broadcaster.playout.output import Output, OutputStream
from broadcaster.playout.pace import AT_ONCE_S, LEAD_S, pieces

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
        expected = Expected(sample_rate=sample_rate, length_frames=length_frames, broken_source=broken_source)
        return Playing(blocks, output, expected, label=label, stop=stop, on_progress=on_progress).finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a whole programme is, and what to call one that is not whole."""

    sample_rate: int
    length_frames: int | None = None
    broken_source: OutcomeReason = OutcomeReason.AUDIO_CHANGED


class Playing:
    """One programme on its way: its output open (or refused), then perhaps primed and started, then finished.

    `prime` and `start` may be left out: `finish` does what they have not.
    """

    def __init__(
        self,
        blocks: Blocks,
        output: Output,
        expected: Expected,
        *,
        label: str,
        stop: threading.Event,
        on_progress: Callable[[int], None],
    ) -> None:
        self._blocks = blocks
        self._source = _Source(blocks)
        self._expected = expected
        self._stop = stop
        self._on_progress = on_progress
        self._primed: NDArray[np.int16] | None = None
        self._pieces = self._in_pieces()
        self._piece: NDArray[np.int16] | None = None
        self._written = self._reported = 0
        self._ending: _Ending | None = None
        self._output = output
        self._stream: OutputStream | None = None
        try:
            self._stream = output.open(label=label, sample_rate=expected.sample_rate)
        except (OutputFault, DiskFull) as error:
            self._ending = _of_output(error)

    def prime(self) -> None:
        """Have the first sound decoded: `start` then has only to hand it over."""
        blocks: list[NDArray[np.int16]] = []
        while sum(map(len, blocks)) < AT_ONCE_S * self._expected.sample_rate:
            block = next(self._source, None)
            if block is None:
                break
            blocks.append(block)
        self._primed = blocks[0] if len(blocks) == 1 else np.concatenate(blocks) if blocks else None

    def start(self) -> None:
        """Let what was primed sound now. Never waits: hundreds are started one after the other."""
        if self._stream is None or self._primed is None:
            return
        try:
            self._stream.write(self._primed)
            self._written, self._primed = len(self._primed), None
        except (OutputFault, DiskFull) as error:
            self._ending = _of_output(error)

    def feed(self) -> bool:
        """Hand over what there is room for, without waiting; False where nothing more will come: `finish` it then.

        So that one thread feeds hundreds, whose own threads would wake thousands of times a second.
        """
        stream = self._stream
        if stream is None or self._ending is not None:
            return False
        room = int(LEAD_S * self._expected.sample_rate) - (self._written - stream.played_frames)
        taken: list[NDArray[np.int16]] = []
        while (piece := self._next_piece()) is not None and len(piece) <= room:
            taken.append(piece)
            room -= len(piece)
            self._piece = None
        try:
            if taken:
                self._write(stream, np.concatenate(taken))
        except (OutputFault, DiskFull) as error:
            self._ending = _of_output(error)
            return False
        return piece is not None

    def finish(self) -> Playback:
        """Feed the rest, at the pace of the ear; returns when the last frame has left or will never leave."""
        with _closing(self._blocks):
            if self._stream is None:
                return _never_sounded(self._output.name, self._ending or _Ending(), self._expected.sample_rate)
            try:
                ending = self._ending or self._fed_up(self._stream)
                recording, ending = _closed(self._stream, ending)
            except BaseException:
                self._stream.abort()
                raise
        return _playback(self._stream, ending, recording=recording, sample_rate=self._expected.sample_rate)

    def abandon(self) -> None:
        """It is not to sound after all: let go of output and source."""
        with _closing(self._blocks):
            if self._stream is not None:
                self._stream.abort()

    def _fed_up(self, stream: OutputStream) -> _Ending:
        """Write all that is left, and say how it ended."""
        try:
            while (piece := self._next_piece()) is not None:
                self._piece = None
                self._write(stream, piece)
        except (OutputFault, DiskFull) as error:
            return _of_output(error)
        expected, fault = self._expected, self._source.fault
        if self._stop.is_set():
            return _Ending(reason=OutcomeReason.STOPPED, detail="Dừng theo lệnh.")
        if fault is not None:
            return _Ending(reason=expected.broken_source, detail=fault.message)
        if self._written < (expected.length_frames or 1):
            return _Ending(reason=expected.broken_source, detail=_too_short(self._written, expected))
        return _Ending()

    def _in_pieces(self) -> Iterator[NDArray[np.int16]]:
        primed, self._primed = self._primed, None
        for block in chain(() if primed is None else (primed,), self._source):
            yield from pieces(block, sample_rate=self._expected.sample_rate)

    def _next_piece(self) -> NDArray[np.int16] | None:
        """The one that is to be written next; None at the end, and where it is to stop."""
        if self._stop.is_set():
            return None
        if self._piece is None:
            self._piece = next(self._pieces, None)
        return self._piece

    def _write(self, stream: OutputStream, piece: NDArray[np.int16]) -> None:
        stream.write(piece)
        self._written += len(piece)
        played = stream.played_frames
        if played - self._reported >= self._expected.sample_rate:
            self._reported = played
            self._on_progress(played)


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


def _never_sounded(name: str, ending: _Ending, sample_rate: int) -> Playback:
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


def _too_short(written: int, expected: Expected) -> str:
    if not written:
        return "Không có âm thanh nào để phát."
    lengths = (written, expected.length_frames or 0)
    seconds = [f"{frames / expected.sample_rate:.1f}".replace(".", ",") for frames in lengths]
    return f"Âm thanh hết sớm: được {seconds[0]} giây trong {seconds[1]} giây."


def _with_underruns(detail: str, underruns: int) -> str:
    """A playing that stuttered says so, whatever its outcome."""
    if not underruns:
        return detail
    return f"{detail} Bị ngắt tiếng {underruns} lần.".strip()
