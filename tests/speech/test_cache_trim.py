"""The clip cache holds its size: the longest unused goes first, never what is needed, whoever reads meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Collection
from multiprocessing.synchronize import Barrier
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.errors import AudioFault
from broadcaster.speech.cache import ClipCache

CLIP_BYTES = 96 + 2 * 5_000
"""As kept: a header and sixteen bits a sample."""
DAY_S = 86_400


def key_of(number: int) -> str:
    return f"{number:02x}" + "0" * 62


def clip_of(number: int) -> Clip:
    return Clip(samples=np.full(5_000, number / 32_768, np.float32), sample_rate=16_000)


def filled(folder: Path, *, count: int) -> ClipCache:
    """Clips that were used on as many days, number 0 the longest ago."""
    cache = ClipCache(folder)
    for number in range(count):
        cache.clip(key_of(number), lambda number=number: clip_of(number))
        (path,) = folder.rglob(f"{key_of(number)}.clip")
        os.utime(path, (1_000_000_000 + number * DAY_S,) * 2)
    return cache


def kept(folder: Path) -> set[int]:
    return {int(path.stem[:2], 16) for path in folder.rglob("*.clip")}


def nothing() -> Collection[str]:
    return ()


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    cache = filled(tmp_path, count=10)

    trimmed = cache.trim(4 * CLIP_BYTES, needed=nothing)

    assert kept(tmp_path) == {6, 7, 8, 9}
    assert (trimmed.removed, trimmed.kept_bytes) == (6, 4 * CLIP_BYTES)


def test_a_reading_is_a_use(tmp_path: Path) -> None:
    cache = filled(tmp_path, count=10)
    cache.clip(key_of(0), lambda: clip_of(0))

    cache.trim(2 * CLIP_BYTES, needed=nothing)

    assert kept(tmp_path) == {0, 9}


def test_what_is_needed_stays_however_long_it_was_not_used(tmp_path: Path) -> None:
    cache = filled(tmp_path, count=10)

    trimmed = cache.trim(2 * CLIP_BYTES, needed=lambda: {key_of(0), key_of(3), key_of(5)})

    assert kept(tmp_path) == {0, 3, 5, 9}, "the newest is in use"
    assert trimmed.needed_bytes == 3 * CLIP_BYTES, "more than the limit: the operator is to know"


def test_where_there_is_room_nobody_is_asked_what_is_needed(tmp_path: Path) -> None:
    def asked() -> Collection[str]:
        raise AssertionError("the plan of a week was made for nothing")

    cache = filled(tmp_path, count=3)
    assert cache.trim(3 * CLIP_BYTES, needed=asked).removed == 0


def test_what_was_used_a_moment_ago_stays(tmp_path: Path) -> None:
    """A rendering may be at work with it."""
    cache = ClipCache(tmp_path)
    for number in range(5):
        cache.clip(key_of(number), lambda number=number: clip_of(number))

    assert cache.trim(0, needed=nothing).removed == 0
    assert kept(tmp_path) == set(range(5))


def test_an_empty_cache_is_trimmed_too(tmp_path: Path) -> None:
    assert ClipCache(tmp_path / "none").trim(0, needed=nothing).kept_bytes == 0


def read_on_and_on(folder: Path, start: Barrier) -> None:
    """In another process: every clip again and again, each right to the last bit."""
    cache = ClipCache(folder)
    start.wait()
    for _ in range(25):
        for number in range(12):
            clip = cache.clip(key_of(number), lambda number=number: clip_of(number))
            assert clip.sha256 == clip_of(number).sha256


def trim_on_and_on(folder: Path, start: Barrier) -> None:
    start.wait()
    for _ in range(150):
        ClipCache(folder).trim(3 * CLIP_BYTES, needed=lambda: {key_of(7)}, young_s=-1)


def test_readers_get_every_clip_whole_while_others_take_them_away(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(4)
    filled(tmp_path, count=12)
    (needed,) = tmp_path.rglob(f"{key_of(7)}.clip")
    made = needed.stat().st_ino
    jobs = [read_on_and_on, read_on_and_on, trim_on_and_on, trim_on_and_on]
    processes = [spawn.Process(target=job, args=(tmp_path, start)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 4
    assert needed.stat().st_ino == made, "what is needed was never made again"
    assert list(tmp_path.rglob("*.part*")) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills at once")
def test_a_writer_that_is_killed_leaves_no_clip_and_holds_up_nobody(tmp_path: Path) -> None:
    program = """
import sys, time
from pathlib import Path
import numpy as np
from broadcaster.speech.cache import ClipCache

def blocks():
    yield np.ones(100_000, np.float32)
    print("half written", flush=True)
    time.sleep(600)

ClipCache(Path(sys.argv[1])).streamed("00" * 32, blocks, sample_rate=16_000)
"""
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "half written\n"
        writer.kill()
    (draft,) = tmp_path.rglob("*.part.clip")
    assert list(tmp_path.rglob("[!.]*.clip")) == []

    cache = ClipCache(tmp_path)
    clip = cache.streamed("00" * 32, lambda: iter([np.full(3, 0.1, np.float32)]), sample_rate=16_000)

    assert clip.frames == 3
    os.utime(draft, (1_000_000_000,) * 2)
    cache.trim(10**9, needed=nothing)
    assert not draft.exists(), "drafts of the dead are swept"
    assert len(list(tmp_path.rglob("*.clip"))) == 1


def test_a_long_sound_stays_on_the_disk(tmp_path: Path) -> None:
    """Four minutes come block by block, and are read where they are wanted."""
    blocks = [np.linspace(-0.5, 0.5, 44_100, dtype=np.float32) * np.float32(1 / (1 + n)) for n in range(240)]
    cache = ClipCache(tmp_path)

    sound = cache.streamed(key_of(1), lambda: iter(blocks), sample_rate=44_100)

    whole = np.concatenate(blocks)
    assert (sound.frames, sound.sample_rate) == (len(whole), 44_100)
    assert np.abs(sound.read(1_000_000, 1_100_000) - whole[1_000_000:1_100_000]).max() <= 0.51 / 32_767
    for path in tmp_path.rglob("*.clip"):
        path.unlink()
    with pytest.raises(AudioFault, match="vừa bị xóa"):
        sound.read(0, 10)


def test_a_long_sound_that_is_spoilt_is_made_again(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    block = np.linspace(-0.5, 0.5, 2_000_000, dtype=np.float32)
    cache.streamed(key_of(1), lambda: iter([block]), sample_rate=44_100)
    (path,) = tmp_path.rglob("*.clip")
    with path.open("r+b") as file:
        file.seek(3_000_000)
        file.write(b"\x12\x34\x56\x78")

    again = cache.streamed(key_of(1), lambda: iter([block]), sample_rate=44_100)

    assert cache.remade == 1
    assert np.abs(again.read(0, again.frames) - block).max() <= 0.51 / 32_767


def test_a_sentence_is_no_long_sound(tmp_path: Path) -> None:
    """One kind is never taken for the other, whatever lies under the key."""
    cache = ClipCache(tmp_path)
    cache.clip(key_of(1), lambda: clip_of(1))
    assert cache.streamed(key_of(1), lambda: iter([np.zeros(7, np.float32)]), sample_rate=8_000).frames == 7
    assert cache.clip(key_of(1), lambda: clip_of(1)).frames == 5_000
