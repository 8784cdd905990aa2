"""The sound cards of this machine, through miniaudio, without the devices that only pretend to sound."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import miniaudio  # type: ignore[import-untyped]

_BACKENDS = ("WASAPI", "DSOUND", "WINMM", "COREAUDIO", "SNDIO", "AUDIO4", "OSS", "PULSEAUDIO", "ALSA")
"""In miniaudio's own order. Without NULL, which takes sound and plays none, and JACK, which no commune has and which
prints a page where no server runs."""
_ALSA_PLAYBACK = "pcmC*D*p"
_PULSE_DUMMY = b"auto_null"
"""The sink that PulseAudio and PipeWire make up where the machine has no card."""

_ALSA_ERROR_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDevice:
    """A device that can be opened: its name as the system shows it, and what miniaudio needs to find it again."""

    name: str
    backend: str
    is_default: bool
    handle: Any
    """A `ma_device_id *` that owns its memory."""


def find_devices(name_part: str | None = None) -> list[SoundDevice]:
    """Playback devices whose names contain `name_part` in whatever case; the system's default first."""
    wanted = (name_part or "").casefold()
    for backend in _usable_backends():
        devices = [device for device in _devices_of(backend) if wanted in device.name.casefold()]
        if devices:
            return sorted(devices, key=lambda device: not device.is_default)
    return []


def _usable_backends() -> list[str]:
    """ALSA lists devices even on a machine that has none: only the kernel's own list counts."""
    enabled = {backend.name for backend in miniaudio.get_enabled_backends()}
    if not any(Path("/dev/snd").glob(_ALSA_PLAYBACK)):
        enabled.discard("ALSA")
    return [backend for backend in _BACKENDS if backend in enabled]


def _devices_of(backend: str) -> list[SoundDevice]:
    quiet_libraries()
    with _context(backend) as context:
        return [] if context is None else list(_listed(context, backend))


def _listed(context: Any, backend: str) -> Iterator[SoundDevice]:
    """miniaudio's own `Devices.get_playbacks` gives up at the first device that it cannot ask about."""
    infos, count = miniaudio.ffi.new("ma_device_info **"), miniaudio.ffi.new("ma_uint32 *")
    nothing = miniaudio.ffi.NULL
    if miniaudio.lib.ma_context_get_devices(context, infos, count, nothing, nothing) != miniaudio.lib.MA_SUCCESS:
        return
    for index in range(count[0]):
        info = infos[0][index]
        handle = miniaudio.ffi.new("ma_device_id *", info.id)
        key = bytes(miniaudio.ffi.buffer(handle)).partition(b"\0")[0]
        if _sounds(key, backend):
            name = miniaudio.ffi.string(info.name).decode("utf-8", errors="replace")
            yield SoundDevice(name=name, backend=backend, is_default=bool(info.isDefault), handle=handle)


def _sounds(key: bytes, backend: str) -> bool:
    """ALSA's cards have a colon in their names (`:0,0`, `hw:CARD=PCH`); the rest are plug-ins, `null` among them."""
    if backend == "ALSA":
        return key == b"default" or b":" in key
    return not (backend == "PULSEAUDIO" and key == _PULSE_DUMMY)


@contextmanager
def _context(backend: str) -> Iterator[Any]:
    context = miniaudio.ffi.new("ma_context *")
    chosen = miniaudio.ffi.new("ma_backend[]", [miniaudio.Backend[backend].value])
    if miniaudio.lib.ma_context_init(chosen, 1, miniaudio.ffi.NULL, context) != miniaudio.lib.MA_SUCCESS:
        yield None
        return
    try:
        yield context
    finally:
        miniaudio.lib.ma_context_uninit(context)


def quiet_libraries() -> None:
    """Keeps what ALSA and PulseAudio say to standard error from the user's terminal; errors come back as codes."""
    _silence_alsa()
    os.environ.setdefault("PULSE_LOG_SYSLOG", "1")


@cache
def _silence_alsa() -> object | None:
    """A handler that says nothing; the result keeps it alive as long as ALSA may call it."""
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return None
    handler = _ALSA_ERROR_HANDLER(lambda *_: None)
    alsa.snd_lib_error_set_handler(handler)
    return handler
