"""Data of espeak-ng in a folder of our own: amended if of the known version, a clear fault if it is not whole."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.speech.espeak_data import DATA, is_whole, prepare, strangers

SENTENCE = [Phrase(text="Mời bà con chú ý lắng nghe thông báo", boundary=Boundary.SENTENCE)]


def installed() -> Path:
    spec = find_spec("espeakng_loader")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(installed(), tmp_path / "espeakng_loader", symlinks=True))


def test_voices_of_the_known_version_are_amended(tmp_path: Path) -> None:
    prepare(installed(), tmp_path)
    assert strangers(installed()) is None
    assert is_whole(tmp_path)
    for voice in ("f2", "m3"):
        assert b"echo 0 0" in (tmp_path / DATA / "voices/!v" / voice).read_bytes()
    assert (tmp_path / DATA / "phondata").read_bytes() == (installed() / DATA / "phondata").read_bytes()


def test_voices_of_another_version_speak_as_they_are_and_check_says_so(package: Path) -> None:
    (package / DATA / "voices/!v/f2").write_text("language variant\nname female2\ngender female\npitch 150 230\n")
    known, other = EspeakEngine(), EspeakEngine(package=package)
    try:
        (fault,) = other.check()
        assert "bản khác" in fault.message
        assert "pip install" in fault.remedy
        clip = other.speak(SENTENCE, other.voices()[0])
        assert clip.sha256 != known.speak(SENTENCE, known.voices()[0]).sha256
        assert other.version != known.version, "the cache must not take one for the other"
    finally:
        known.close()
        other.close()


def test_a_missing_voice_is_a_fault_and_no_other_voice_speaks_instead(package: Path) -> None:
    """espeak-ng itself would speak with its plain voice without a word."""
    (package / DATA / "voices/!v/m3").unlink()
    engine = EspeakEngine(package=package)
    try:
        with pytest.raises(SpeechFault, match="m3"):
            engine.speak(SENTENCE, engine.voices()[1])
    finally:
        engine.close()


def test_no_room_for_the_copy_is_a_fault_that_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / DATA).write_text("in the way")
    with pytest.raises(SpeechFault, match="Không chép được") as fault:
        prepare(installed(), tmp_path)
    assert "thư mục tạm" in fault.value.remedy


def test_a_folder_that_the_system_cleared_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine = EspeakEngine()
    try:
        first = engine.speak(SENTENCE, engine.voices()[0]).sha256
        (folder,) = tmp_path.iterdir()
        shutil.rmtree(folder)
        assert engine.speak(SENTENCE, engine.voices()[0]).sha256 == first
    finally:
        engine.close()
    assert not list(tmp_path.iterdir())


def test_the_man_is_the_woman_with_a_longer_throat_and_a_deeper_pitch(tmp_path: Path) -> None:
    prepare(installed(), tmp_path)
    woman, man = ((tmp_path / DATA / "voices/!v" / voice).read_text().splitlines() for voice in ("f2", "m3"))
    heights = [[int(line.split()[2]) for line in lines if line.startswith("formant ")] for lines in (woman, man)]
    assert len(heights[0]) == len(heights[1]) == 9
    assert all(his < hers for hers, his in zip(*heights, strict=True))
    assert "gender male" in man
    assert "gender male" not in woman
