from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from broadcaster.audio.decode import decode
from broadcaster.audio.measure import measure

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "scripts_content" / "nhac"
LENGTHS = {"nhac-hieu": 5.0, "chuong": 2.5, "nhac-cat": 1.2, "nhac-nen": 16.0, "nhac-ket": 6.0, "nhac": 12.0}


@pytest.fixture(scope="module")
def composer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compose_jingles", ROOT / "tools" / "compose_jingles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def jingle(name: str) -> Path:
    (found,) = FOLDER.glob(f"{name}.*")
    return found


@pytest.mark.parametrize("name", sorted(LENGTHS))
def test_every_jingle_sounds_for_its_time_without_clipping(name: str) -> None:
    measured = measure(jingle(name))
    assert measured.length_s == pytest.approx(LENGTHS[name], abs=0.001)
    assert -20.0 <= measured.loudness_lufs <= -16.0
    assert measured.true_peak_dbtp <= -1.5
    assert jingle(name).stat().st_size < 150_000


@pytest.mark.parametrize(("name", "tune"), [("chuong", "chime"), ("nhac-cat", "stinger")])
def test_composing_again_gives_the_committed_sound(composer: ModuleType, name: str, tune: str) -> None:
    again = composer.composed(getattr(composer, tune)()).samples
    kept = decode(jingle(name)).samples
    assert len(again) == len(kept)
    assert 20 * np.log10(np.abs(again - kept).max()) < -60.0, "a hundredth of a decibel is not heard"


def test_the_bed_has_no_hole_and_no_seam() -> None:
    bed = decode(jingle("nhac-nen"))
    looped = np.concatenate((bed.samples, bed.samples))
    step = bed.sample_rate // 2
    levels = [float(np.sqrt(np.square(looped[at : at + step]).mean())) for at in range(0, len(looped), step)]
    assert min(levels) > 0.03
    at_seam = np.abs(np.diff(looped))[bed.frames - 2 : bed.frames + 2].max()
    assert at_seam < np.abs(np.diff(bed.samples)).max()
