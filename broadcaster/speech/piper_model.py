"""A Piper model on the disk: its two files, what they say of themselves, and the station's record of them."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from broadcaster.errors import Fault, SpeechFault, WorkspaceFault

MODEL, SETTINGS, RECORD = "model.onnx", "model.onnx.json", "giong.json"
"""What the files of an added voice are called, whatever they were called on the stick."""
_LEAST_MODEL = 1_000_000
"""Bytes; the smallest published voices have five million."""
_LEAST_SOUNDS = 20
"""No language has fewer; Vietnamese ones know about 150 symbols."""
_RATES = {"x_low": 16_000, "low": 16_000, "medium": 22_050, "high": 22_050}
"""Hz, by the quality that a model says it has."""
COPY_AGAIN = "Chép lại cả hai tệp từ nơi tải về, đợi chép xong hẳn rồi mới rút USB."


class BrokenModel(SpeechFault):
    """A model whose files look right and that says nothing all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFiles:
    """A model as somebody brings it."""

    model: Path
    settings: Path
    language: str | None
    """ISO code, as the model itself says; None where it says nothing."""
    sample_rate: int
    speakers: dict[str, int]
    """Names of its speakers → their numbers; empty where it has but one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRecord:
    """What the station knows of a voice that was added."""

    title: str
    language: str
    sample_rate: int
    paces: tuple[tuple[float, float], ...]
    """Length scale → syllables a second, as measured, slower with each: a model rounds every sound up,
    so that its length does not grow as its scale does (at 1.83 it is 1.61 times as long)."""
    speakers: dict[str, int]
    sha256: dict[str, str]
    """File's name → the hash of what was added."""
    size: dict[str, int]
    """File's name → bytes."""


def find_model(source: Path) -> ModelFiles:
    """The model in a folder, or the one that a file belongs to. Raises `WorkspaceFault` with all that is wrong."""
    model = _model_file(source)
    settings = model.with_name(f"{model.name}.json")
    faults = []
    if (why := _unfit_model(model)) is not None:
        faults.append(Fault(message=why, remedy=COPY_AGAIN, file=str(model)))
    said: dict[str, Any] = {}
    try:
        said = _settings(settings)
    except WorkspaceFault as error:
        faults += error.faults
    else:
        faults += _settings_faults(said, settings)
    if faults:
        raise WorkspaceFault(f"Mô hình giọng {model.name} không dùng được.", faults=faults)
    return ModelFiles(
        model=model,
        settings=settings,
        language=_language(said),
        sample_rate=int(said["audio"]["sample_rate"]),
        speakers={str(name): int(number) for name, number in (said.get("speaker_id_map") or {}).items()},
    )


def length_scale_for(record: VoiceRecord, syllables_per_second: float) -> float:
    """The scale at which the voice speaks so fast, between those that were measured."""
    scales, paces = zip(*record.paces, strict=True)
    lengths = [1 / pace for pace in paces]
    at = min(max(1, bisect_left(lengths, 1 / syllables_per_second)), len(lengths) - 1)
    share = (1 / syllables_per_second - lengths[at - 1]) / (lengths[at] - lengths[at - 1])
    return float(scales[at - 1] + min(1.0, max(0.0, share)) * (scales[at] - scales[at - 1]))


def read_record(folder: Path) -> VoiceRecord | None:
    """The record of the voice in `folder`; None where there is none that can be read."""
    try:
        said = json.loads((folder / RECORD).read_bytes())
        return VoiceRecord(**said | {"paces": tuple((scale, pace) for scale, pace in said["paces"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_record(folder: Path, record: VoiceRecord) -> None:
    (folder / RECORD).write_text(json.dumps(asdict(record), ensure_ascii=False, indent=2), encoding="utf-8")


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_changed(folder: Path, record: VoiceRecord) -> None:
    """Raises `SpeechFault` where a file is not what was added; reads them whole."""
    for name, known in record.sha256.items():
        path = folder / name
        try:
            changed = path.stat().st_size != record.size[name] or sha256_of(path) != known
        except OSError:
            changed = True
        if changed:
            raise SpeechFault(
                f"Mô hình của giọng piper:{folder.name} bị hỏng: {name} không còn như lúc thêm.",
                remedy=f"Gỡ rồi thêm lại: broadcaster voices remove {folder.name}; broadcaster voices add THƯ_MỤC",
            )


def promised_sha256(model: ModelFiles) -> dict[str, str]:
    """Hashes that came with the model: in `<file>.sha256` or `SHA256SUMS` beside it, by the files' names."""
    promised: dict[str, str] = {}
    for path in (model.model, model.settings):
        for listing in (path.with_name("SHA256SUMS"), path.with_name(f"{path.name}.sha256")):
            if listing.is_file():
                text = listing.read_text(encoding="utf-8", errors="replace")
                lines = re.findall(r"(?m)^\s*([0-9a-fA-F]{64})(?:\s+\*?(.*?))?\s*$", text)
                own = [value for value, name in lines if not name or Path(name).name == path.name]
                if own:
                    promised[path.name] = own[0].lower()
    return promised


def _model_file(source: Path) -> Path:
    if source.is_dir():
        models = sorted(source.glob("*.onnx"))
        if len(models) == 1:
            return models[0]
        names = ", ".join(model.name for model in models)
        what = f"có {len(models)} mô hình: {names}" if models else "không có tệp .onnx nào"
        raise WorkspaceFault(
            f"Trong thư mục {source} {what}.",
            remedy="Chỉ đúng một tệp .onnx, ví dụ: broadcaster voices add THƯ_MỤC/vi_VN-ten-medium.onnx",
        )
    model = source.with_name(source.name.removesuffix(".json"))
    if not source.exists() or model.suffix != ".onnx":
        why = "không có" if not source.exists() else "không phải là mô hình Piper (.onnx)"
        raise WorkspaceFault(f"{source}: {why}.", remedy="Chỉ đúng thư mục hoặc tệp .onnx của giọng Piper.")
    return model


def _unfit_model(model: Path) -> str | None:
    try:
        size = model.stat().st_size
        with model.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        return f"không đọc được: {error.strerror or error}."
    if head.startswith(b"version https://git-lfs"):
        return "chỉ là tệp con trỏ của Git LFS, chưa phải mô hình."
    if size < _LEAST_MODEL or not head.strip(b"\0"):
        return f"tệp rỗng hoặc mới chép dở ({size:,} byte).".replace(",", ".")
    return None


def _settings(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        fault = Fault(message="thiếu tệp này, chép dở?", remedy=COPY_AGAIN, file=str(path))
        raise WorkspaceFault(fault.message, faults=[fault]) from error
    except (OSError, ValueError) as error:
        fault = Fault(message="không đọc được, tệp bị cắt cụt?", remedy=COPY_AGAIN, file=str(path))
        raise WorkspaceFault(fault.message, faults=[fault]) from error
    if not isinstance(said, dict):
        fault = Fault(message="không phải là thông số của giọng Piper.", remedy=COPY_AGAIN, file=str(path))
        raise WorkspaceFault(fault.message, faults=[fault])
    return said


def _settings_faults(said: dict[str, Any], path: Path) -> list[Fault]:
    missing = [key for key in ("audio", "espeak", "phoneme_id_map", "num_symbols", "num_speakers") if key not in said]
    if missing:
        message = f"không phải thông số của giọng Piper: thiếu {', '.join(missing)}."
        return [Fault(message=message, remedy=COPY_AGAIN, file=str(path))]
    if not isinstance(said["phoneme_id_map"], dict) or len(said["phoneme_id_map"]) < _LEAST_SOUNDS:
        message = "thông số bị cắt cụt: bảng âm vị (phoneme_id_map) trống."
        return [Fault(message=message, remedy=COPY_AGAIN, file=str(path))]
    audio = said["audio"] if isinstance(said["audio"], dict) else {}
    rate, quality = audio.get("sample_rate"), audio.get("quality")
    expected = _RATES.get(str(quality))
    if not isinstance(rate, int) or rate not in _RATES.values() or (expected and rate != expected):
        should = f"{expected} Hz (mức {quality})" if expected else "16000 hoặc 22050 Hz"
        message = f"tần số lấy mẫu {rate!r} sai, đúng ra là {should}; giọng sẽ đọc quá nhanh hoặc quá chậm."
        return [Fault(message=message, remedy="Lấy lại tệp .onnx.json gốc của mô hình.", file=str(path))]
    return []


def _language(said: dict[str, Any]) -> str | None:
    """By its own word, else by the phonemes that it was trained on."""
    own = said.get("language")
    if isinstance(own, dict) and (code := own.get("family") or own.get("code")):
        return re.split("[_-]", str(code))[0].lower()
    espeak = said.get("espeak")
    voice = espeak.get("voice") if isinstance(espeak, dict) else None
    return re.split("[_-]", str(voice))[0].lower() if voice else None
