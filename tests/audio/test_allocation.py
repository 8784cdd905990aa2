"""Levelling clip after clip asks the system for memory once, not for each clip anew."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

FAULTS_OF_TEN_CLIPS = """
import resource, sys
import numpy as np
from broadcaster.audio import allocation, level
from broadcaster.audio.clip import Clip
if sys.argv[1] == "as-glibc-will":
    level.keep_freed_memory = lambda: None
noise = np.random.default_rng(1).normal(0, 0.1, 22_050 * 8).astype(np.float32)
clip = Clip(samples=noise * np.abs(np.sin(np.arange(len(noise)) / 3_000)).astype(np.float32), sample_rate=22_050)
level.level_speech(clip)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    level.level_speech(clip)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_memory_that_was_let_go_of_is_used_again() -> None:
    def page_faults(how: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", FAULTS_OF_TEN_CLIPS, how], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    assert page_faults("kept") < page_faults("as-glibc-will") / 3
