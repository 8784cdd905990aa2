"""A phone's recording → a copy under scripts_content/ban-thu/ and the draft script that it stands in for."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcaster.audio.atomic import replacing
from broadcaster.audio.examine import examine
from broadcaster.audio.recording_faults import Verdict, recording_verdict
from broadcaster.config.languages import VIETNAMESE
from broadcaster.content.documents import Draft, script_text
from broadcaster.content.naming import slug_of
from broadcaster.errors import AudioFault, Fault, WorkspaceFault
from broadcaster.model.script import Script, ScriptKind
from broadcaster.station.recordings import allowed, recorded_s
from broadcaster.station.station import Station

RECORDING_ENDINGS = frozenset(
    ".m4a .aac .mp3 .wav .ogg .oga .opus .3gp .amr .wma .flac .caf .aiff .aif .webm .mp4 .mov".split()  # noqa: SIM905
)
FOLDER = "ban-thu"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedScript:
    """What a recording became."""

    source: Path
    script: Script
    length_s: float
    """Without the silence at both ends."""
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What goes into the front matter of every draft, and where the drafts go."""

    author: str
    title: str | None = None
    """None: by the file's name."""
    kind: ScriptKind | None = None
    """None: an article."""
    folder: str = ""
    directive: str | None = None
    campaign: str | None = None
    language: str = VIETNAMESE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One recording, where it and its script would lie, and what is wrong with it."""

    source: Path
    script: str
    recording: str
    text: str
    verdict: Verdict


def is_recording(file: Path) -> bool:
    """By the file's name: what is in it is looked at when it is read."""
    return file.suffix.lower() in RECORDING_ENDINGS


def import_recordings(station: Station, files: Sequence[Path], filing: Filing) -> list[RecordedScript]:
    """Drafts of all recordings, or of none. Raises `WorkspaceFault` with every fault of every file, `DiskFull`.

    Nothing that lies in scripts_content/ already is written over.
    """
    plans: list[_Plan] = []
    for file in files:
        plans.append(_planned(station, file, filing, taken=[plan.recording for plan in plans]))
    if faults := [fault for plan in plans for fault in plan.verdict.faults]:
        nothing = " Không tệp nào được nhập." if len(files) > 1 else ""
        raise WorkspaceFault(f"Bản thu chưa dùng được.{nothing}", faults=faults)
    _copy_all(station, {plan.recording: plan.source for plan in plans}, {plan.script: plan.text for plan in plans})
    return [
        RecordedScript(
            source=plan.source,
            script=station.library.load(plan.script),
            length_s=recorded_s(station, station.library.load(plan.script)),
            warnings=plan.verdict.warnings,
        )
        for plan in plans
    ]


def _planned(station: Station, file: Path, filing: Filing, *, taken: Sequence[str]) -> _Plan:
    title = filing.title or _title_of(file)
    script = "/".join(part for part in (filing.folder.strip("/"), f"{slug_of(title)}.txt") if part)
    recording = _free_place(station, file, slug_of(title), taken=taken)
    text = script_text(
        Draft(title=title, body=""),
        author=filing.author,
        kind=filing.kind or ScriptKind.ARTICLE,
        directive=filing.directive,
        campaign=filing.campaign,
        language=filing.language,
        recording=recording,
    )
    return _Plan(source=file, script=script, recording=recording, text=text, verdict=_heard(station, file, script))


def _heard(station: Station, file: Path, script: str) -> Verdict:
    try:
        heard = examine(file)
    except AudioFault as error:
        return Verdict(faults=(Fault(message=error.message, remedy=error.remedy, file=str(file)),))
    limit_s, entry = allowed(station.schedule, script)
    return recording_verdict(heard, file=str(file), limit_s=limit_s, entry=entry)


def _title_of(file: Path) -> str:
    """`Loi_chao-bai.m4a` → `Loi chao bai`."""
    return " ".join(file.stem.replace("_", " ").replace("-", " ").split()) or file.name


def _free_place(station: Station, file: Path, name: str, *, taken: Sequence[str]) -> str:
    """A path under scripts_content/ where nothing else lies; the same file again keeps its place."""
    number = 1
    while True:
        suffix = f"-{number}" if number > 1 else ""
        path = f"{FOLDER}/{name}{suffix}{file.suffix.lower()}"
        there = station.library.folder / path
        free = not there.exists() or (file.is_file() and filecmp.cmp(file, there, shallow=False))
        if free and path not in taken:
            return path
        number += 1


def _copy_all(station: Station, recordings: Mapping[str, Path], texts: Mapping[str, str]) -> None:
    """Copies first, scripts last; when anything fails nothing new is left behind."""
    copied: list[Path] = []
    try:
        for path, source in recordings.items():
            target = station.library.folder / path
            if target.exists():
                continue
            with replacing(target) as draft:
                shutil.copyfile(source, draft)
            copied.append(target)
        station.library.save_all(texts)
    except BaseException:
        for target in copied:
            target.unlink(missing_ok=True)
        raise
