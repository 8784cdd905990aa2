"""Data of espeak-ng in a folder of our own: amended if of the known version, a clear fault if it is not whole."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.speech.espeak_data import DATA, prepared, strangers

SENTENCE = [Phrase(text="Mời bà con chú ý lắng nghe thông báo", boundary=Boundary.SENTENCE)]


def installed() -> Path:
    spec = find_spec("espeakng_loader")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may change; what is made of it does not stay in the system's temporary folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return Path(shutil.copytree(installed(), tmp_path / "espeakng_loader", symlinks=True))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, empty."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def folder_in(temporary: str) -> str:
    """As another process of the same user finds or makes it."""
    os.environ["TMPDIR"] = temporary
    return str(prepared(installed()).folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.usefixtures("temporary")
def test_voices_of_the_known_version_are_amended() -> None:
    data = prepared(installed())
    assert strangers(installed()) is None
    assert data.is_whole()
    for voice in ("f2", "m3"):
        assert b"echo 0 0" in (data.folder / DATA / "voices/!v" / voice).read_bytes()
    assert (data.folder / DATA / "phondata").read_bytes() == (installed() / DATA / "phondata").read_bytes()


def test_processes_that_start_at_once_share_one_whole_folder(temporary: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        folders = set(pool.map(folder_in, [str(temporary)] * 8))
    assert folders == {str(prepared(installed()).folder)}
    assert len(list(temporary.iterdir())) == 1
    assert len(contents(temporary)) == 10, "and nothing half written beside it"


@pytest.mark.usefixtures("temporary")
def test_damaged_data_is_mended_and_whole_data_left_alone() -> None:
    data = prepared(installed())
    good = contents(data.folder)
    written = (data.folder / DATA / "phontab").stat().st_mtime_ns
    (data.folder / DATA / "vi_dict").write_bytes(b"torn when the power went")
    (data.folder / DATA / "phondata").unlink()
    assert not data.is_whole()
    assert prepared(installed()) == data
    assert contents(data.folder) == good
    assert (data.folder / DATA / "phontab").stat().st_mtime_ns == written


@pytest.mark.parametrize("planted", ["open to all", "a link", "a file"])
def test_a_folder_that_others_can_write_into_is_not_used(temporary: Path, tmp_path: Path, planted: str) -> None:
    ours = prepared(installed()).folder
    shutil.rmtree(ours)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    if planted == "open to all":
        ours.mkdir()
        ours.chmod(0o777)
    elif planted == "a link":
        ours.symlink_to(tmp_path / "elsewhere")
    else:
        ours.write_text("in the way")
    folder = prepared(installed()).folder
    assert folder.parent == temporary
    assert folder != ours
    assert not list((tmp_path / "elsewhere").iterdir())


def test_two_versions_of_the_data_do_not_meet(package: Path) -> None:
    (package / DATA / "voices/!v/f2").write_text("language variant\nname female2\ngender female\npitch 150 230\n")
    assert prepared(package).folder != prepared(installed()).folder


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


def test_no_room_for_the_copy_is_a_fault_that_names_the_folder(temporary: Path) -> None:
    (prepared(installed()).folder / DATA).rename(temporary / "aside")
    (next(temporary.glob("broadcaster-*")) / DATA).write_text("in the way")
    with pytest.raises(SpeechFault, match="Không chép được") as fault:
        prepared(installed())
    assert str(temporary) in fault.value.message
    assert "thư mục tạm" in fault.value.remedy


@pytest.mark.parametrize("made_again", [False, True])
def test_a_folder_that_the_system_cleared_is_made_again(temporary: Path, made_again: bool) -> None:
    """Another process may be first, and the worker still stands in the folder that is gone."""
    engine = EspeakEngine()
    try:
        first = engine.speak(SENTENCE, engine.voices()[0]).sha256
        (folder,) = temporary.iterdir()
        shutil.rmtree(folder)
        if made_again:
            prepared(installed())
        assert engine.speak(SENTENCE, engine.voices()[0]).sha256 == first
    finally:
        engine.close()


@pytest.mark.parametrize("name", ["phondata", "phontab", "intonations"])
def test_data_that_is_spoilt_under_a_running_engine_is_mended(temporary: Path, name: str) -> None:
    engine = EspeakEngine()
    try:
        first = engine.speak(SENTENCE, engine.voices()[0]).sha256
        (folder,) = temporary.iterdir()
        (folder / DATA / name).write_bytes(b"")
        assert engine.speak(SENTENCE, engine.voices()[0]).sha256 == first
    finally:
        engine.close()


@pytest.mark.usefixtures("temporary")
def test_the_man_is_the_woman_with_a_longer_throat_and_a_deeper_pitch() -> None:
    folder = prepared(installed()).folder
    woman, man = ((folder / DATA / "voices/!v" / voice).read_text().splitlines() for voice in ("f2", "m3"))
    heights = [[int(line.split()[2]) for line in lines if line.startswith("formant ")] for lines in (woman, man)]
    assert len(heights[0]) == len(heights[1]) == 9
    assert all(his < hers for hers, his in zip(*heights, strict=True))
    assert "gender male" in man
    assert "gender male" not in woman
