"""Relays other stations: only sources that the office wrote down, and a substitute where one fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.stream import SoundStream, stream_url
from broadcaster.config.types import RelaySource
from broadcaster.errors import AudioFault, WorkspaceFault
from broadcaster.model import Outcome, OutcomeReason, Playback
from broadcaster.playout.output import Output
from broadcaster.playout.player import Player

SILENCE_LIMIT = timedelta(seconds=10)
"""A source that cannot be reached, or sends nothing for so long, has failed."""
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
    on: date,
    output: Output,
    player: Player,
    label: str,
    stop: threading.Event,
    on_progress: Callable[[int], None],
    start_at: datetime | None = None,
    until: datetime | None = None,
    sample_rate: int = PROGRAMME_SAMPLE_RATE,
    silence_limit: timedelta = SILENCE_LIMIT,
) -> Playback:
    """Relay the first of `sources` that works for exactly `seconds` of sound; each is tried once.

    Connects at once, but sounds no earlier than `start_at`, and hands nothing over after `until`: a source that
    stutters must not carry the relay out of its window. Sources that expired before the day `on` are not tried.
    `played` with a substitute's help has the reason SUBSTITUTE_SOURCE.
    """
    length_frames = round(seconds * sample_rate)
    usable = [source for source in sources if source.expires is None or on <= source.expires]
    expired = [f"{source.name}: hết hạn tiếp sóng." for source in sources if source not in usable]
    if not usable:
        return _refused(output.name, expired, sample_rate=sample_rate)
    relay = _Relay(usable, stop=stop, sample_rate=sample_rate, silence_limit=silence_limit)
    playback = player.play(
        relay.blocks(player, frames=length_frames, start_at=start_at, until=until),
        output,
        label=label,
        sample_rate=sample_rate,
        stop=stop,
        on_progress=on_progress,
        length_frames=length_frames,
        broken_source=OutcomeReason.SOURCE_FAILED,
    )
    return _explained(playback, troubles=[*expired, *relay.troubles], substituted=relay.sounding != sources[0])


class _Relay:
    """The sound of one source after another, and what was wrong with each."""

    def __init__(
        self, sources: Sequence[RelaySource], *, stop: threading.Event, sample_rate: int, silence_limit: timedelta
    ) -> None:
        self.sounding = sources[0]
        self.troubles: list[str] = []
        self._sources = sources
        self._stop = stop
        self._sample_rate = sample_rate
        self._silence_limit = silence_limit

    def blocks(
        self, player: Player, *, frames: int, start_at: datetime | None, until: datetime | None
    ) -> Iterator[NDArray[np.int16]]:
        """`frames` frames, fewer where every source fails or `until` comes first."""
        left = frames
        with closing(self._all_blocks()) as blocks:
            for block in blocks:
                if start_at is not None:
                    early = (start_at - player.clock.now()).total_seconds()
                    player.clock.wait(max(0.0, early), until=self._stop)
                    start_at = None
                if until is not None and player.clock.now() >= until:
                    self.troubles.append("Hết giờ tiếp sóng trước khi đủ thời lượng.")
                    return
                yield block[:left]
                left -= len(block)
                if left <= 0:
                    return

    def _all_blocks(self) -> Generator[NDArray[np.int16], None, None]:
        for source in self._sources:
            self.sounding = source
            frames = 0
            try:
                with closing(self._blocks_of(source)) as blocks:
                    for block in blocks:
                        frames += len(block)
                        yield block
                why = "nguồn ngừng phát"
            except AudioFault as error:
                why = error.message.replace(source.url, source.name)
            if self._stop.is_set():
                return
            when = f"đứt sau {frames / self._sample_rate:.0f} giây" if frames else "không tiếp được"
            self.troubles.append(f"{source.name}: {when} ({why.rstrip('.')}).")

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
            if self._stop.is_set():
                return None
        return coming.result()


def _explained(playback: Playback, *, troubles: Sequence[str], substituted: bool) -> Playback:
    """Troubles that never came to matter (a substitute that expired) are not told."""
    if playback.outcome is Outcome.PLAYED and not substituted:
        return playback
    detail = " ".join(filter(None, [playback.detail, *troubles]))
    played = playback.outcome is Outcome.PLAYED
    return replace(playback, reason=OutcomeReason.SUBSTITUTE_SOURCE if played else playback.reason, detail=detail)


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
