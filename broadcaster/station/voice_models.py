"""A neural voice from a stick into the station: looked through, copied whole, heard, and only then there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

from broadcaster.audio.ffmpeg import disk_full
from broadcaster.config.names import slug
from broadcaster.errors import SpeechFault, WorkspaceFault, WrongUsage
from broadcaster.model.speech import Voice
from broadcaster.speech.engines.piper import PiperEngine
from broadcaster.speech.piper_model import (
    COPY_AGAIN,
    MODEL,
    SETTINGS,
    BrokenModel,
    ModelFiles,
    VoiceRecord,
    find_model,
    promised_sha256,
    sha256_of,
    write_record,
)
from broadcaster.speech.wording import least_syllables
from broadcaster.station.workspace import Workspace, existing

TEST_SENTENCES = {
    "vi": "Đây là Đài truyền thanh xã, mời bà con và các bạn nghe bản tin sáng nay",
    "en": "This is the commune radio station, please listen to the news of this morning",
}
"""What a new voice has to say, by language."""
LENGTH_SCALES = (0.75, 1.0, 1.25, 1.5, 2.0, 2.5)
"""Where a new voice's pace is measured; beyond, models swallow or slur."""
PACES = (2.0, 9.0)
"""Syllables a second at a model's own pace; beyond, its sample rate is not what its settings say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedVoice:
    """A voice that has passed, and how it said the test sentence."""

    voice: Voice
    record: VoiceRecord
    hash_known: bool
    """Whether a hash came with the model or was given, and was right."""
    sentence: str
    length_s: float


def add_voice(
    folder: Path,
    source: Path,
    *,
    name: str | None = None,
    title: str | None = None,
    language: str | None = None,
    sha256: str | None = None,
    sentence: str | None = None,
) -> AddedVoice:
    """Copy a Piper model into the station, once it is whole, of the right language, and has said a sentence.

    Nothing is left behind where any of that fails. Raises `WorkspaceFault` for the model, `SpeechFault` for its voice,
    `WrongUsage`, `DiskFull`.
    """
    workspace = existing(folder)
    files = find_model(source)
    spoken = _language(files, language)
    said = _sentence(spoken, sentence)
    home = _home(workspace, name or files.model.name.removesuffix(".onnx"))
    called = home.name
    promised = promised_sha256(files) | ({files.model.name: sha256.lower()} if sha256 else {})
    with _staging(workspace) as aside:
        record = _copied(files, aside / called, title=title or f"{called} (Piper)", language=spoken, promised=promised)
        record, length_s = _tried(aside, called, record, said)
        _flush(aside / called)
        (aside / called).replace(home)
    voice = Voice(engine=PiperEngine.name, name=called, title=record.title, language=spoken)
    return AddedVoice(
        voice=voice, record=record, hash_known=files.model.name in promised, sentence=said, length_s=length_s
    )


def remove_voice(folder: Path, name: str) -> None:
    """Take an added voice away. Raises `WrongUsage` where there is none of this name."""
    workspace = existing(folder)
    called = name.removeprefix(f"{PiperEngine.name}:")
    home = workspace.voices / called
    if not called or home.parent != workspace.voices or called.startswith(".") or not home.is_dir():
        have = ", ".join(sorted(path.name for path in workspace.voices.glob("[!.]*"))) or "chưa có giọng nào"
        raise WrongUsage(f"Không có giọng {name!r} trong số các giọng đã thêm.", remedy=f"Các giọng đã thêm: {have}.")
    # out of sight in one step, then away: a removal that is interrupted leaves no half voice
    with _staging(workspace) as aside:
        home.replace(aside / called)


def _sentence(language: str, wanted: str | None) -> str:
    said = wanted or TEST_SENTENCES.get(language)
    if said is None:
        raise WrongUsage(
            f"Chưa có câu thử cho ngôn ngữ {language!r}.", remedy='Thêm một câu của ngôn ngữ ấy: --sentence "…"'
        )
    return said


def _home(workspace: Workspace, name: str) -> Path:
    """Where the voice will live. Raises `WrongUsage` where one does, or where nothing of the name is left."""
    called = slug(name)
    if not called or (workspace.voices / called).exists():
        raise WrongUsage(
            f"Đã có giọng {called}." if called else "Tên giọng rỗng.",
            remedy=f"Đặt tên khác: --name TÊN; hoặc gỡ giọng cũ: broadcaster voices remove {called}",
        )
    return workspace.voices / called


def _language(files: ModelFiles, wanted: str | None) -> str:
    """What the voice speaks. A language other than Vietnamese has to be asked for by name."""
    if wanted is not None and files.language is not None and wanted != files.language:
        raise WorkspaceFault(
            f"Mô hình {files.model.name} nói tiếng {files.language!r}, không phải {wanted!r}.",
            remedy="Chọn đúng mô hình, hoặc ghi đúng --language.",
        )
    spoken = wanted or files.language
    if spoken is None:
        raise WorkspaceFault(f"Mô hình {files.model.name} không ghi ngôn ngữ.", remedy="Ghi rõ, ví dụ: --language vi")
    if spoken != "vi" and wanted is None:
        raise WorkspaceFault(
            f"Mô hình {files.model.name} nói tiếng {spoken!r}, không phải tiếng Việt.",
            remedy=f"Lấy mô hình tiếng Việt (tên bắt đầu bằng vi_VN); nếu đúng là cần tiếng này: --language {spoken}",
        )
    return spoken


@contextmanager
def _staging(workspace: Workspace) -> Iterator[Path]:
    """A folder beside the voices, whose name begins with a dot; what an interrupted addition left goes first."""
    try:
        workspace.voices.mkdir(parents=True, exist_ok=True)
        with FileLock(workspace.voices / ".lock"):
            for left in workspace.voices.glob(".dang-them-*"):
                shutil.rmtree(left)
            with TemporaryDirectory(prefix=".dang-them-", dir=workspace.voices) as aside:
                yield Path(aside)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full("giọng đọc") from error
        raise WorkspaceFault(
            f"Không chép được giọng vào {workspace.voices}: {error.strerror or error}.",
            remedy="Kiểm tra quyền ghi của thư mục đài, và USB còn cắm chắc không.",
        ) from error


def _copied(files: ModelFiles, folder: Path, *, title: str, language: str, promised: Mapping[str, str]) -> VoiceRecord:
    """Both files in `folder`, read back from the disk, with a record that lacks the pace yet."""
    folder.mkdir()
    sources = {MODEL: files.model, SETTINGS: files.settings}
    hashes, sizes = {}, {}
    for name, source in sources.items():
        shutil.copyfile(source, folder / name)
        hashes[name], sizes[name] = sha256_of(folder / name), (folder / name).stat().st_size
        expected = promised.get(source.name) or sha256_of(source)
        if hashes[name] != expected:
            raise WorkspaceFault(
                f"Tệp {source.name} không đúng mã SHA-256: chép dở, hoặc đã bị sửa.",
                remedy="Tải hoặc chép lại tệp ấy từ đầu, rồi thêm lại.",
            )
    record = VoiceRecord(
        title=title,
        language=language,
        sample_rate=files.sample_rate,
        paces=(),
        speakers={slug(speaker): number for speaker, number in files.speakers.items() if slug(speaker)},
        sha256=hashes,
        size=sizes,
    )
    write_record(folder, record)
    return record


def _tried(aside: Path, name: str, record: VoiceRecord, sentence: str) -> tuple[VoiceRecord, float]:
    """The record with the paces at which the voice said `sentence`, and the seconds that it takes by itself."""
    lengths_s = _lengths_s(aside, name, sentence)
    syllables = least_syllables(sentence)
    pace = syllables / lengths_s[1.0]
    if not PACES[0] <= pace <= PACES[1]:
        raise SpeechFault(
            f"Giọng {name} đọc {pace:.1f} tiếng mỗi giây, quá nhanh hoặc quá chậm để là đúng.",
            remedy="Tần số lấy mẫu trong tệp .onnx.json có thể sai: lấy lại tệp gốc của mô hình.",
        )
    if sorted(lengths_s.values()) != list(lengths_s.values()):
        raise SpeechFault(
            f"Giọng {name} không đọc chậm lại khi được bảo: mô hình không hợp.", remedy="Dùng một mô hình Piper khác."
        )
    record = replace(record, paces=tuple((scale, round(syllables / length, 3)) for scale, length in lengths_s.items()))
    write_record(aside / name, record)
    return record, lengths_s[1.0]


def _lengths_s(aside: Path, name: str, sentence: str) -> dict[float, float]:
    """Seconds that the voice takes at each length scale; a model that is broken has to be brought again."""
    engine = PiperEngine(aside)
    try:
        voice = next(voice for voice in engine.voices() if voice.name.partition("+")[0] == name)
        return {scale: engine.paced(sentence, voice, length_scale=scale).length_s for scale in LENGTH_SCALES}
    except BrokenModel as fault:
        raise SpeechFault(
            "Mô hình này không nạp được hoặc không đọc được: tệp hỏng ở giữa, hoặc chép dở.", remedy=COPY_AGAIN
        ) from fault
    finally:
        engine.close()


def _flush(folder: Path) -> None:
    """Onto the disk before the folder gets its name: a pulled plug must not leave a voice of zeros."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
