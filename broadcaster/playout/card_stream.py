"""Sound on its way through a sound card: the device pulls, and its pulls are the account of what was heard."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from typing import Any

import miniaudio  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from broadcaster.clock import Clock
from broadcaster.errors import OutputFault
from broadcaster.playout.pace import LEAD_S, pieces
from broadcaster.playout.sound_devices import SoundDevice, quiet_libraries

PERIOD_MS = 40
PERIODS = 3
"""A device is asked to hold at most 0.12 s: enough for a busy old PC, little enough to stop at once."""
STALL_S = 5.0
"""A device that pulls nothing for so long is gone. PulseAudio's null sink takes up to 2 s to wake (measured)."""


class DeviceAccount:
    """What must have been heard, by the device's pulls alone.

    A frame counts once as many more were pulled after it as the device can hold, since a stop may throw those away. On
    PulseAudio a device holds about one period (measured): the account is then up to 0.1 s behind the ear, never ahead.
    """

    def __init__(self, *, sample_rate: int) -> None:
        self.heard = 0
        self.underruns = 0
        self.started_at: datetime | None = None
        self.last_heard_at: datetime | None = None
        self._sample_rate = sample_rate
        self._capacity = sample_rate * PERIODS * PERIOD_MS // 1000
        self._held: deque[tuple[int, bool]] = deque()
        """Runs of frames in the device, oldest first; True for sound, False for silence."""
        self._total = 0
        self._sounded = False
        self._dry = False

    def pulled(self, *, sound: int, silence: int, now: datetime, ending: bool) -> None:
        """The device took `sound` frames, then `silence` because nothing more was there."""
        self._capacity = max(self._capacity, 2 * (sound + silence))
        if sound:
            self.underruns += self._dry
            self._dry, self._sounded = False, True
            self._held.append((sound, True))
        if silence:
            self._dry = self._sounded and not ending
            self._held.append((silence, False))
        self._total += sound + silence
        self._push_out(now)

    def _push_out(self, now: datetime) -> None:
        """The frame that sounds now is the one `capacity` frames before the newest."""
        while (beyond := self._total - self._capacity) > 0:
            frames, is_sound = self._held.popleft()
            if frames > beyond:
                self._held.appendleft((frames - beyond, is_sound))
            gone = min(frames, beyond)
            self._total -= gone
            if not is_sound:
                continue
            if self.started_at is None:
                self.started_at = now - self._seconds(beyond)
            self.heard += gone
            self.last_heard_at = now - self._seconds(beyond - gone)

    def _seconds(self, frames: int) -> timedelta:
        return timedelta(seconds=frames / self._sample_rate)


class CardStream:
    """Frames wait in a queue of less than half a second until the device pulls them."""

    def __init__(
        self, device: SoundDevice, *, clock: Clock, sample_rate: int, sounding_as: str, on_close: Callable[[], None]
    ) -> None:
        """Opens the device and lets it run on silence, so that the first frame meets a device that is awake.

        `on_close` is called once, when the device is free again. Raises `OutputFault`.
        """
        self.sounding_as = sounding_as
        self._clock = clock
        self._sample_rate = sample_rate
        self._on_close = on_close
        self._room = int(sample_rate * LEAD_S) - sample_rate * PERIODS * PERIOD_MS // 1000
        self._changed = threading.Condition()
        self._account = DeviceAccount(sample_rate=sample_rate)
        self._queue: deque[NDArray[np.int16]] = deque()
        self._queued = 0
        self._taken = 0
        self._ending = False
        self._closed = False
        self._device = opened(device, sample_rate=sample_rate)
        source = self._source()
        next(source)
        try:
            self._device.start(source)
        except miniaudio.MiniaudioError as error:
            self.abort()
            raise broken(sounding_as) from error

    def write(self, block: NDArray[np.int16]) -> None:
        for piece in pieces(block, sample_rate=self._sample_rate):
            most = self._room - len(piece)
            self._wait_until(lambda: self._queued <= most)  # noqa: B023  (called before the next piece)
            with self._changed:
                if self._closed:
                    return
                self._queue.append(piece.copy())
                self._queued += len(piece)
                self._taken += len(piece)

    @property
    def played_frames(self) -> int:
        return self._account.heard

    @property
    def started_at(self) -> datetime | None:
        return self._account.started_at

    @property
    def ended_at(self) -> datetime | None:
        return self._account.last_heard_at if self._closed else None

    @property
    def underruns(self) -> int:
        return self._account.underruns

    def finish(self) -> None:
        """The device goes on to pull silence until the last frame must have been heard."""
        self._ending = True
        self._wait_until(lambda: self._account.heard == self._taken)
        self.abort()

    def abort(self) -> None:
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._queue.clear()
            self._changed.notify_all()
        # without the lock: the device's last pull may be waiting for it
        let_go(self._device)
        self._on_close()

    def _wait_until(self, done: Callable[[], bool]) -> None:
        """Until `done` or closed. Raises `OutputFault` when the device pulls nothing meanwhile: it is gone."""
        with self._changed:
            while not self._closed and not done():
                if not self._changed.wait(STALL_S):
                    break
            else:
                return
        self.abort()
        raise broken(self.sounding_as)

    def _source(self) -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            frames = yield self._pulled(frames)

    def _pulled(self, frames: int) -> bytes:
        """What the device gets: sound, and silence where there is none. Runs on the device's own thread."""
        with self._changed:
            sound: list[bytes] = []
            missing = 0 if self._closed else min(frames, self._queued)
            count = missing
            while missing > 0:
                piece = self._queue.popleft()
                if len(piece) > missing:
                    self._queue.appendleft(piece[missing:])
                    piece = piece[:missing]
                sound.append(piece.tobytes())
                missing -= len(piece)
            self._queued -= count
            if not self._closed:
                now = self._clock.now()
                self._account.pulled(sound=count, silence=frames - count, now=now, ending=self._ending)
            self._changed.notify_all()
        return b"".join(sound) + bytes(2 * (frames - count))


def opened(device: SoundDevice, *, sample_rate: int) -> Any:
    """A `miniaudio.PlaybackDevice` on `device`, mono int16, not running yet. Raises `OutputFault`."""
    quiet_libraries()
    card = miniaudio.PlaybackDevice.__new__(miniaudio.PlaybackDevice)
    try:
        card.__init__(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=sample_rate,
            buffersize_msec=PERIOD_MS,
            device_id=device.handle,
            callback_periods=PERIODS,
            backends=[miniaudio.Backend[device.backend]],
            app_name="broadcaster",
        )
    except miniaudio.MiniaudioError as error:
        if hasattr(card, "_context"):
            miniaudio.lib.ma_context_uninit(card._context)
        raise broken(device.name) from error
    return card


def let_go(card: Any) -> None:
    """Close it for good: miniaudio itself keeps the connection to the sound server, one more for every programme."""
    context = card._context
    card.close()
    miniaudio.lib.ma_context_uninit(context)


def broken(what: str) -> OutputFault:
    """The device `what` cannot be opened, or takes sound no more."""
    return OutputFault(
        f"Thiết bị âm thanh {what} không nhận tiếng.",
        remedy="Kiểm tra dây và nguồn của thiết bị, tắt chương trình khác đang giữ nó, rồi chạy: broadcaster check",
    )
