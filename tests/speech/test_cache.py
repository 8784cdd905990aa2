"""The clip cache: what comes back is what was kept, whoever else writes, whatever happened to the disk."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from broadcaster.audio.clip import Clip
from broadcaster.errors import BroadcasterError, SpeechFault
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.speech.cache import ClipCache, clip_key
from broadcaster.testing import SilentEngine

KEY = "ab" + "0" * 62
VOICE = Voice(engine="silent", name="tone")
SAID = (Phrase(text="Trời mưa to", boundary=Boundary.SENTENCE),)


def clip_of(*samples: float, rate: int = 22_050) -> Clip:
    return Clip(samples=np.array(samples, np.float32), sample_rate=rate)


def not_again() -> Clip:
    raise AssertionError("it was made again")


@pytest.mark.parametrize(
    "clip",
    [
        pytest.param(clip_of(0.0, 0.5, -1.0, 32_767 / 32_768), id="sixteen bits are enough"),
        pytest.param(clip_of(0.1, -0.3, 1e-9), id="sixteen bits are not enough"),
        pytest.param(clip_of(1.0, 0.0), id="full scale"),
        pytest.param(clip_of(1.5, -2.0), id="beyond full scale"),
        pytest.param(clip_of(-0.0, 0.5, rate=44_100), id="negative zero"),
    ],
)
def test_the_clip_comes_back_to_the_last_bit(tmp_path: Path, clip: Clip) -> None:
    made = ClipCache(tmp_path).clip(KEY, lambda: clip)
    kept = ClipCache(tmp_path).clip(KEY, not_again)
    assert made.sha256 == kept.sha256 == clip.sha256
    assert kept.samples.dtype == np.float32


@settings(deadline=None)
@given(arrays(np.float32, st.integers(1, 50), elements=st.floats(-2, 2, width=32)))
def test_any_sound_comes_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, samples: np.ndarray[tuple[int], np.dtype[np.float32]]
) -> None:
    folder = tmp_path_factory.mktemp("clips")
    clip = Clip(samples=samples, sample_rate=16_000)
    ClipCache(folder).clip(KEY, lambda: clip)
    assert ClipCache(folder).clip(KEY, not_again).sha256 == clip.sha256


def flipped(data: bytes) -> bytes:
    return data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(flipped, id="one bit"),
        pytest.param(lambda data: data[:-2], id="torn"),
        pytest.param(lambda data: data[:-1], id="torn inside a sample"),
        pytest.param(lambda data: b"", id="empty after a power cut"),
        pytest.param(lambda data: bytes(len(data)), id="zeros after a power cut"),
        pytest.param(lambda data: data.split(b"\n", 1)[0] + b"\n", id="header only"),
        pytest.param(lambda data: data.replace(b"22050", b"44100"), id="another rate"),
    ],
)
def test_a_spoilt_entry_is_made_again(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    clip = clip_of(0.25, 0.5, 0.125)
    ClipCache(tmp_path).clip(KEY, lambda: clip)
    (entry,) = tmp_path.rglob("*.clip")
    entry.write_bytes(spoil(entry.read_bytes()))
    cache = ClipCache(tmp_path)
    assert cache.clip(KEY, lambda: clip).sha256 == clip.sha256
    assert cache.remade == 1
    assert ClipCache(tmp_path).clip(KEY, not_again).sha256 == clip.sha256


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> Clip:
        raise SpeechFault("hỏng")

    with pytest.raises(SpeechFault):
        ClipCache(tmp_path).clip(KEY, fail)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"] == []
    assert ClipCache(tmp_path).clip(KEY, lambda: clip_of(0.5)).frames == 1


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """A file of more than 1,000 bytes is refused by the system, as on a disk with no more room."""
    program = """
import resource, sys
from pathlib import Path
import numpy as np
from broadcaster.audio.clip import Clip
from broadcaster.errors import BroadcasterError
from broadcaster.speech.cache import ClipCache
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    ClipCache(Path(sys.argv[1])).clip("ab" * 32, lambda: Clip(samples=np.ones(9_000, np.float32), sample_rate=8_000))
except BroadcasterError as fault:
    print(fault.message, "→", fault.remedy)
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "→" in done.stdout
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [".lock"]


def test_a_folder_that_takes_no_files_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "tieng-noi").write_text("a file where the folder should be")
    with pytest.raises(BroadcasterError) as fault:
        ClipCache(tmp_path / "tieng-noi").clip(KEY, lambda: clip_of(0.5))
    assert fault.value.remedy


def want_ten_clips(folder: Path, number: int, made: Path, start: Barrier) -> None:
    """In another process: ask for ten clips, noting each that had to be made."""
    start.wait()
    for key in (f"{index:02x}" + "0" * 62 for index in range(10)):

        def make(key: str = key) -> Clip:
            with made.open("a") as notes:
                notes.write(f"{key}\n")
            return clip_of(*np.linspace(0, 0.01 * number, 5_000))

        ClipCache(folder).clip(key, make)


def test_several_processes_make_each_clip_once(tmp_path: Path) -> None:
    """Each would make another sound, as a network voice may: the first one stands for all."""
    made = tmp_path / "made"
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(4)
    processes = [spawn.Process(target=want_ten_clips, args=(tmp_path / "clips", n, made, start)) for n in range(1, 5)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    keys = made.read_text().split()
    assert len(keys) == len(set(keys)) == 10
    assert len(list((tmp_path / "clips").rglob("*.clip"))) == 10
    assert list((tmp_path / "clips").rglob("*.part*")) == []


def test_everything_that_is_heard_is_in_the_key() -> None:
    engine = SilentEngine()
    newer = SilentEngine()
    newer.version = "2"
    another = SilentEngine()
    another.name = "loud"
    keys = [
        clip_key(engine, VOICE, SAID),
        clip_key(newer, VOICE, SAID),
        clip_key(another, VOICE, SAID),
        clip_key(engine, replace(VOICE, name="bell"), SAID),
        clip_key(engine, replace(VOICE, syllables_per_second=2.6), SAID),
        clip_key(engine, replace(VOICE, pitch_range=50), SAID),
        clip_key(engine, VOICE, (replace(SAID[0], text="Trời mưa nhỏ"),)),
        clip_key(engine, VOICE, (replace(SAID[0], boundary=Boundary.CLAUSE), *SAID)),
        clip_key(engine, VOICE, (*SAID, *SAID)),
    ]
    assert len(set(keys)) == len(keys)


def test_a_voice_that_is_only_renamed_keeps_its_clips() -> None:
    assert clip_key(SilentEngine(), replace(VOICE, title="Giọng mới"), SAID) == clip_key(SilentEngine(), VOICE, SAID)
