"""`kieu: sound-card`: plays on a sound card of this machine; `thiet_bi` is a part of its name, else the system's own.

Through miniaudio: its wheels bring everything for Windows, macOS and Linux, where sounddevice needs PortAudio from apt
on Linux, and pipes to `pacat` or `mpv` need programs that a commune's PC lacks and do not say what was heard. First
samples reach the ear 48 ms late with a spread of 2–3 ms (sounddevice 40; both opened ahead on a PulseAudio null sink;
pacat 0, ffplay 104).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import Fault, NoDevice, OutputBusy, OutputFault

if TYPE_CHECKING:
    from broadcaster.clock import Clock
    from broadcaster.config.stations import OutputSettings
    from broadcaster.playout.card_stream import CardStream
    from broadcaster.playout.sound_devices import SoundDevice

kind = "sound-card"
HANDOVER_S = 6.0
"""A programme is made ready seconds before its instant, while the one before it still sounds on the same card."""


class SoundCard:
    """One programme at a time: two on one horn would be heard by nobody."""

    def __init__(self, name: str, *, device: str | None, clock: Clock) -> None:
        self.name = name
        self.occupies: str | None = f"{kind}:{(device or '').strip().casefold()}"
        self._wanted = device
        self._clock = clock
        self._free = threading.Semaphore()

    def check(self) -> Sequence[Fault]:
        from broadcaster.playout.card_stream import let_go, opened

        if not self._free.acquire(blocking=False):
            return []
        try:
            let_go(opened(self._device(), sample_rate=48_000))
        except OutputFault as error:
            return [Fault(message=error.message, remedy=error.remedy)]
        finally:
            self._free.release()
        return []

    def sounds_as(self) -> str:
        try:
            return self._named(self._device())
        except NoDevice:
            return f"{self.name} (sound-card: không có thiết bị âm thanh)"

    def is_there(self) -> bool:
        """Whether this machine has such a card, busy or not."""
        try:
            self._device()
        except NoDevice:
            return False
        return True

    def open(self, *, label: str, sample_rate: int) -> CardStream:
        from broadcaster.playout.card_stream import CardStream

        if not self._free.acquire(timeout=HANDOVER_S):
            message = f"Đầu ra '{self.name}' đang phát chương trình khác, không phát được {label}."
            raise OutputBusy(message, remedy="Xếp hai chương trình lệch giờ nhau, hoặc nối mỗi cụm loa vào một đầu ra.")
        try:
            device = self._device()
            return CardStream(
                device,
                clock=self._clock,
                sample_rate=sample_rate,
                sounding_as=self._named(device),
                on_close=self._free.release,
            )
        except BaseException:
            self._free.release()
            raise

    def _named(self, device: SoundDevice) -> str:
        return f"{self.name} (sound-card: {device.name})"

    def _device(self) -> SoundDevice:
        from broadcaster.playout.sound_devices import find_devices

        devices = find_devices(self._wanted)
        if devices:
            return devices[0]
        message = f"Đầu ra '{self.name}': không có thiết bị âm thanh"
        if self._wanted is None:
            remedy = "Cắm và bật loa hoặc card âm thanh, hoặc đổi kiểu đầu ra thành: auto, file."
            raise NoDevice(f"{message} nào trên máy này.", remedy=remedy)
        others = ", ".join(f"'{device.name}'" for device in find_devices())
        remedy = f"Máy này có: {others}. Sửa thiet_bi." if others else "Cắm và bật thiết bị ấy, hoặc bỏ thiet_bi."
        raise NoDevice(f"{message} có tên chứa '{self._wanted}'.", remedy=remedy)


def output(settings: OutputSettings, *, workspace: Path, clock: Clock) -> SoundCard:
    """Raises `WorkspaceFault` for unknown options; `workspace` is not touched."""
    from broadcaster.playout.options import text_options

    options = text_options(settings, known=["thiet_bi"])
    return SoundCard(settings.name, device=options.get("thiet_bi"), clock=clock)
