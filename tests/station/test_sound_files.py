"""Each sound file is listened to once; a bad one does not take what was made of the good one with it."""

from __future__ import annotations

import hashlib
import os
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from station.phone import RATE, keep, voice

from broadcaster.audio.recording_faults import recording_verdict
from broadcaster.errors import AudioFault
from broadcaster.station.sound_files import SoundFiles
from broadcaster.station.workspace import Workspace, create

JUDGE = partial(recording_verdict, file="ban-thu/a.wav")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "dai", scripts=())


@pytest.fixture
def file(workspace: Workspace) -> Path:
    return keep(workspace.scripts / "ban-thu" / "a.wav", voice(8.0))


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_file_is_listened_to_again_only_when_it_changed(workspace: Workspace, file: Path) -> None:
    heard = SoundFiles(workspace).heard(file)
    status = file.stat()
    file.write_bytes(bytes(status.st_size))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert SoundFiles(workspace).heard(file) == heard, "by size and time it is the same"

    keep(file, voice(4.0))
    assert SoundFiles(workspace).heard(file).length_s == pytest.approx(4.0)


def spoil(file: Path) -> None:
    file.write_bytes(b"")


def silence(file: Path) -> None:
    keep(file, np.zeros(2 * RATE))


@pytest.mark.parametrize("harm", [spoil, silence, Path.unlink])
def test_while_a_file_is_bad_the_last_good_one_stands(workspace: Workspace, file: Path, harm: object) -> None:
    good = digest(file)
    assert SoundFiles(workspace).standing(file, JUDGE) == good

    harm(file)  # type: ignore[operator]
    later = SoundFiles(workspace)
    assert later.verdict(file, JUDGE).faults
    assert later.standing(file, JUDGE) == good

    keep(file, voice(6.0))
    assert later.standing(file, JUDGE) == digest(file)


def test_where_there_never_was_a_good_one_nothing_stands(workspace: Workspace) -> None:
    files = SoundFiles(workspace)
    assert files.standing(workspace.scripts / "ban-thu" / "khong-co.mp3", JUDGE) is None
    bad = workspace.scripts / "ban-thu" / "hong.mp3"
    bad.parent.mkdir()
    bad.write_bytes(b"")
    assert files.standing(bad, JUDGE) is None


def test_faults_name_the_file_as_the_office_knows_it(workspace: Workspace) -> None:
    bad = workspace.scripts / "ban-thu" / "hong.mp3"
    bad.parent.mkdir()
    bad.write_text("Không phải tiếng.", encoding="utf-8")
    with pytest.raises(AudioFault, match=r"^scripts_content/ban-thu/hong\.mp3 không phải là tệp âm thanh"):
        SoundFiles(workspace).heard(bad)


@pytest.mark.parametrize("written", [b"", b"{", b'{"revision": 1}', b'{"revision": 1, "files": {"a": {}}}', b"\xff"])
def test_a_book_that_cannot_be_read_is_begun_anew(workspace: Workspace, file: Path, written: bytes) -> None:
    workspace.data.mkdir(exist_ok=True)
    (workspace.data / "am-thanh.json").write_bytes(written)
    assert SoundFiles(workspace).standing(file, JUDGE) == digest(file)


def test_two_processes_keep_what_each_other_found(workspace: Workspace, file: Path) -> None:
    one, other = SoundFiles(workspace), SoundFiles(workspace)
    second = keep(workspace.scripts / "ban-thu" / "b.wav", voice(6.0))
    one.standing(file, JUDGE)
    other.standing(second, JUDGE)
    for each in (file, second):
        each.unlink()
    assert all(SoundFiles(workspace).standing(each, JUDGE) for each in (file, second))


def test_looking_at_a_protected_folder_writes_nothing(workspace: Workspace, file: Path) -> None:
    SoundFiles(workspace, readonly=True).standing(file, JUDGE)
    assert not (workspace.data / "am-thanh.json").exists()
