"""Clips on the disk, addressed by what they were made from: what was said once is not made again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from broadcaster.audio.atomic import replacing
from broadcaster.audio.clip import Clip
from broadcaster.errors import AudioFault
from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech.engine import Engine

_FORMAT = 1
_HEADER = re.compile(rb"clip (<i2|<f4) (\d+) ([0-9a-f]{64})\n")
_FULL_SCALE = np.float32(32_768)


def clip_key(engine: Engine, voice: Voice, phrases: Sequence[Phrase]) -> str:
    """Of everything that the sound depends on: engine, its version, the voice with pace and range, words and pauses."""
    words = [(phrase.text, phrase.boundary) for phrase in phrases]
    sounding = astuple(replace(voice, title=""))
    made_from = [_FORMAT, engine.name, engine.version, sounding, words]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


class ClipCache:
    """One file a clip: a line with sample format, rate and `Clip.sha256`, then the samples, without loss.

    Several processes may share it: files appear whole, and of two that want the same clip only one makes it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remade = 0
        """Entries that were found corrupt and made again."""

    def clip(self, key: str, make: Callable[[], Clip]) -> Clip:
        """The clip under `key`, made and kept where there is none; whatever `make` raises leaves nothing behind."""
        path = self.folder / key[:2] / f"{key}.clip"
        kept = _read(path)
        if kept is not None:
            return kept
        with _alone_in(path.parent):
            kept = _read(path)
            if kept is not None:
                return kept
            self.remade += path.exists()
            clip = make()
            with replacing(path) as draft:
                draft.write_bytes(_packed(clip))
            return clip


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Other processes and threads that want to write there wait."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        lock.acquire()
    except OSError as error:
        raise _out_of_reach(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _out_of_reach(place: Path, error: OSError) -> AudioFault:
    return AudioFault(
        f"Không dùng được kho tiếng nói {place}: {error.strerror or error}.",
        remedy="Kiểm tra thư mục này: quyền đọc và ghi, chỗ trống, ổ đĩa có hỏng không.",
    )


def _packed(clip: Clip) -> bytes:
    """Sixteen bits a sample where they hold the sound to the last bit (as engines give it), else float32."""
    exact = clip.samples.astype("<f4").tobytes()
    short = np.clip(clip.samples * _FULL_SCALE, -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes()
    kind, body = ("<i2", short) if _unpacked(short, "<i2").tobytes() == exact else ("<f4", exact)
    return f"clip {kind} {clip.sample_rate} {clip.sha256}\n".encode() + body


def _read(path: Path) -> Clip | None:
    """None where there is no such file, or where it is not what was written."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _out_of_reach(path, error) from error
    head = _HEADER.match(data)
    if head is None:
        return None
    kind, rate, sha256 = (group.decode() for group in head.groups())
    body = data[head.end() :]
    if len(body) % np.dtype(kind).itemsize:
        return None
    clip = Clip(samples=_unpacked(body, kind), sample_rate=int(rate))
    return clip if clip.frames and clip.sha256 == sha256 else None


def _unpacked(body: bytes, kind: str) -> NDArray[np.float32]:
    samples = np.frombuffer(body, kind).astype(np.float32)
    return samples / _FULL_SCALE if kind == "<i2" else samples
