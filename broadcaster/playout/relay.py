"""Relays other stations: only sources that the office wrote down, again and again for as long as the slot lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.stream import SoundStream, stream_url
from broadcaster.clock import Clock
from broadcaster.config.stations import RelaySource
from broadcaster.errors import AudioFault, WorkspaceFault
from broadcaster.model.as_run import Outcome, OutcomeReason, Playback
from broadcaster.playout.output import Output
from broadcaster.playout.player import Player
from broadcaster.playout.source_faults import plain_reason, told

SILENCE_LIMIT = timedelta(seconds=10)
"""A source that cannot be reached, or sends nothing for so long, has failed."""
PAUSE = timedelta(seconds=5)
"""Between two rounds of the sources: a router that is away for seconds must not cost the whole relay."""
TOLERATED_LOSS = timedelta(seconds=2)
"""Less of it missing is still a whole relay: connecting to a live source takes a moment."""
_UNHEARD_LOSS = timedelta(seconds=0.1)
"""Less is the clock's and the device's own doing."""
_LOOK_AT_STOP_S = 0.1
_BLOCKS_A_SECOND = 10


def sources_for(key: str, allowed: Mapping[str, RelaySource]) -> tuple[RelaySource, ...]:
    """The source `key` and its substitutes, in the order in which they are tried. Raises `WorkspaceFault`."""
    chain: list[RelaySource] = []
    following: str | None = key
    while following is not None and following not in (source.key for source in chain):
        if following not in allowed:
            raise WorkspaceFault(
                f"Nguồn tiếp sóng '{following}' không có trong `nguon`, nên không được tiếp.",
                remedy="Thêm nguồn ấy vào `nguon` trong schedule.yaml, hoặc sửa lại tên.",
            )
        chain.append(allowed[following])
        following = allowed[following].substitute
    return tuple(chain)


def play_relay(
    sources: Sequence[RelaySource],
    *,
    seconds: float,
    until: datetime,
    on: date,
    output: Output,
    player: Player,
    label: str,
    stop: threading.Event,
    on_progress: Callable[[int], None],
    start_at: datetime | None = None,
    sample_rate: int = PROGRAMME_SAMPLE_RATE,
    silence_limit: timedelta = SILENCE_LIMIT,
) -> Playback:
    """Relay `sources`, the next where one fails and round again, for `seconds` of sound or up to `until`.

    Connects at once, but sounds no earlier than `start_at`, and hands over nothing that would sound after `until`.
    Silence between two sources is no playing. Sources that expired before the day `on` are not tried. `played` where
    less than `TOLERATED_LOSS` is missing; with a substitute's help it has the reason SUBSTITUTE_SOURCE.
    """
    length_frames = round(seconds * sample_rate)
    usable = [source for source in sources if source.expires is None or on <= source.expires]
    expired = [f"{source.name}: hết hạn tiếp sóng." for source in sources if source not in usable]
    if not usable:
        return _refused(output.name, expired, sample_rate=sample_rate)
    slot = _Slot(frames=length_frames, start_at=start_at, until=until)
    relay = _Relay(usable, slot, clock=player.clock, stop=stop, sample_rate=sample_rate, silence_limit=silence_limit)
    playback = player.play(
        relay.blocks(),
        output,
        label=label,
        sample_rate=sample_rate,
        stop=stop,
        on_progress=on_progress,
        broken_source=OutcomeReason.SOURCE_FAILED,
    )
    troubles = [*expired, *relay.troubles()]
    return _judged(playback, length_frames, troubles=troubles, substituted=bool(relay.sounded - {sources[0].key}))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """How much may sound, and when."""

    frames: int
    start_at: datetime | None
    until: datetime


class _Relay:
    """The sound of one source after another, round and round, and what was wrong with each."""

    def __init__(
        self,
        sources: Sequence[RelaySource],
        slot: _Slot,
        *,
        clock: Clock,
        stop: threading.Event,
        sample_rate: int,
        silence_limit: timedelta,
    ) -> None:
        self.sounded: set[str] = set()
        """Keys of the sources that were heard."""
        self._sources = sources
        self._slot = slot
        self._clock = clock
        self._stop = stop
        self._sample_rate = sample_rate
        self._silence_limit = silence_limit
        self._failures: dict[tuple[str, bool, str], list[float]] = {}

    def troubles(self) -> list[str]:
        """A sentence for each sort of failure, however often it came: a night without a router fills no log."""
        return [told(name, why, sounded_s) for (name, _, why), sounded_s in self._failures.items()]

    def blocks(self) -> Iterator[NDArray[np.int16]]:
        """The slot's frames, fewer where its end comes first."""
        left, silent_at = self._slot.frames, self._slot.start_at
        with closing(self._all_blocks()) as sourced:
            for source, block in sourced:
                if not self.sounded and self._slot.start_at is not None:
                    early = (self._slot.start_at - self._clock.now()).total_seconds()
                    self._clock.wait(max(0.0, early), until=self._stop)
                begins = max(self._clock.now(), silent_at or self._clock.now())
                room = round((self._slot.until - begins).total_seconds() * self._sample_rate)
                fitting = block[: max(0, min(left, room))]
                if not len(fitting):
                    return
                self.sounded.add(source.key)
                yield fitting
                silent_at = begins + timedelta(seconds=len(fitting) / self._sample_rate)
                left -= len(fitting)
                if left <= 0:
                    return

    def _all_blocks(self) -> Generator[tuple[RelaySource, NDArray[np.int16]], None, None]:
        while True:
            heard_s = 0.0
            for source in self._sources:
                frames = 0
                try:
                    with closing(self._blocks_of(source)) as blocks:
                        for block in blocks:
                            frames += len(block)
                            yield source, block
                    why = "nguồn ngừng phát" if frames else "nguồn không có tiếng"
                except AudioFault as error:
                    why = plain_reason(error)
                if self._stop.is_set() or (frames and self._is_over()):
                    return
                heard_s += frames / self._sample_rate
                self._failures.setdefault((source.name, frames > 0, why), []).append(frames / self._sample_rate)
                if self._is_over():
                    return
            if heard_s < PAUSE.total_seconds() and not self._pause():
                return

    def _pause(self) -> bool:
        """Leave sources alone that have nothing to give; False where it is not worth while to ask them again."""
        rest = min(PAUSE, self._slot.until - self._clock.now()).total_seconds()
        return not self._clock.wait(max(0.0, rest), until=self._stop) and not self._is_over()

    def _is_over(self) -> bool:
        return self._stop.is_set() or self._clock.now() >= self._slot.until

    def _blocks_of(self, source: RelaySource) -> Generator[NDArray[np.int16], None, None]:
        """Looks up from a silent source several times a second, to see whether it is to stop."""
        block_frames = self._sample_rate // _BLOCKS_A_SECOND
        with (
            stream_url(
                source.url,
                sample_rate=self._sample_rate,
                block_frames=block_frames,
                silence_limit=self._silence_limit,
            ) as sound,
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="relay") as reader,
        ):
            try:
                while (block := self._next(sound, reader)) is not None:
                    yield block
            finally:
                sound.close()

    def _next(self, sound: SoundStream, reader: ThreadPoolExecutor) -> NDArray[np.int16] | None:
        coming = reader.submit(next, sound, None)
        while not wait([coming], timeout=_LOOK_AT_STOP_S).done:
            if self._is_over():
                return None
        return coming.result()


def _judged(playback: Playback, length_frames: int, *, troubles: Sequence[str], substituted: bool) -> Playback:
    """The outcome by what was heard. Troubles that never came to matter (a substitute that expired) are not told."""
    if playback.outcome is not Outcome.PLAYED:
        return replace(playback, detail=" ".join(filter(None, [playback.detail, *troubles])))
    lost_s = (length_frames - playback.frames) / playback.sample_rate
    if not substituted and lost_s < _UNHEARD_LOSS.total_seconds():
        return playback
    detail = " ".join(filter(None, [_loss(lost_s, playback.sample_rate, length_frames), playback.detail, *troubles]))
    if lost_s >= TOLERATED_LOSS.total_seconds():
        return replace(playback, outcome=Outcome.PARTIAL, reason=OutcomeReason.SOURCE_FAILED, detail=detail)
    return replace(playback, reason=OutcomeReason.SUBSTITUTE_SOURCE if substituted else None, detail=detail)


def _loss(lost_s: float, sample_rate: int, length_frames: int) -> str:
    if lost_s < _UNHEARD_LOSS.total_seconds():
        return ""
    lost, whole = (f"{number:.1f}".replace(".", ",") for number in (lost_s, length_frames / sample_rate))
    tolerated = "" if lost_s >= TOLERATED_LOSS.total_seconds() else ", trong mức cho phép lúc nối nguồn"
    return f"Mất tiếng {lost} giây trong {whole} giây{tolerated}."


def _refused(name: str, expired: Sequence[str], *, sample_rate: int) -> Playback:
    return Playback(
        output=name,
        started_at=None,
        ended_at=None,
        frames=0,
        sample_rate=sample_rate,
        outcome=Outcome.FAILED,
        reason=OutcomeReason.SOURCE_EXPIRED,
        detail=" ".join(expired),
    )
