"""Document → draft scripts, or the record of a directive: everything is read before the first file is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from broadcaster.content.directive import DirectiveProposal
from broadcaster.content.documents import Draft, read_document, script_text, slug_of
from broadcaster.content.script import is_bulletin
from broadcaster.content.series import LONGEST_WHOLE_S, SeriesPart, split
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.directive import DirectiveKind
from broadcaster.model.script import ScriptKind
from broadcaster.station.station import Station
from broadcaster.station.voicing import SpokenScript, spoken
from broadcaster.text.orthography import is_syllable
from broadcaster.text.review import marked
from broadcaster.text.syllables import estimate_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedScript:
    """A draft script that was made of a document, or of a part of one."""

    said: SpokenScript
    estimated_s: float
    review: str
    """Its words with every risky place marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A document and the scripts that it became."""

    source: Path
    draft: Draft
    scripts: tuple[ImportedScript, ...]
    directive: str | None
    """The number that the scripts carry as `van_ban`."""
    estimated_s: float
    """Of the whole text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filing:
    """How drafts are to be filed: who and what goes into the front matter, and where."""

    author: str
    kind: ScriptKind | None
    folder: str
    directive: str | None
    campaign: str | None


def import_documents(
    station: Station,
    files: Sequence[Path],
    *,
    author: str,
    kind: ScriptKind | None = None,
    folder: str = "",
    directive: str | None = None,
    campaign: str | None = None,
    series: bool | None = None,
) -> list[Imported]:
    """Drafts of all documents, or of none. Raises `WorkspaceFault` with every fault of every file.

    `series`: always or never make parts; None makes them of texts above four minutes, except bulletins.
    """
    filing = _Filing(author=author, kind=kind, folder=folder.strip("/"), directive=directive, campaign=campaign)
    drafts = _read_all(files)
    texts: dict[str, str] = {}
    paths: list[list[str]] = []
    lengths: list[float] = []
    for draft in drafts:
        length = _length(station, draft.body)
        long = length > LONGEST_WHOLE_S and not is_bulletin(draft.body)
        parts = _parts(station, draft) if (long if series is None else series) else ()
        named = dict(_filed(draft, parts, filing, taken=texts))
        texts |= named
        paths.append(list(named))
        lengths.append(length)
    station.library.save_all(texts)
    return [
        Imported(
            source=file,
            draft=draft,
            scripts=tuple(_imported(station, path) for path in names),
            directive=directive or _number_of(draft),
            estimated_s=length,
        )
        for file, draft, names, length in zip(files, drafts, paths, lengths, strict=True)
    ]


def propose_directives(files: Sequence[Path]) -> list[tuple[Path, DirectiveProposal]]:
    """What each letter asks, with the words it rests on; nothing is stored. Raises `WorkspaceFault` with all faults."""
    proposals = []
    faults = []
    for file, draft in zip(files, _read_all(files), strict=True):
        if draft.proposal is None:
            message = "không thấy các phần của một văn bản chỉ đạo (số và ký hiệu, ngày tháng, trích yếu, Kính gửi)."
            remedy = "Bài để phát thì nhập không kèm --directive; là công văn thì xem có chép thiếu phần đầu không."
            faults.append(Fault(message=message, remedy=remedy, file=str(file)))
        else:
            proposals.append((file, draft.proposal))
    if faults:
        raise WorkspaceFault("Chưa nhận ra văn bản chỉ đạo.", faults=faults)
    return proposals


def _read_all(files: Sequence[Path]) -> list[Draft]:
    drafts: list[Draft] = []
    faults: list[Fault] = []
    for file in files:
        try:
            drafts.append(read_document(file, is_syllable=is_syllable))
        except WorkspaceFault as error:
            faults += error.faults
    if faults:
        nothing = " Không tệp nào được nhập." if len(files) > 1 else ""
        raise WorkspaceFault(f"Chưa nhập được.{nothing}", faults=faults)
    return drafts


def _length(station: Station, text: str) -> float:
    return estimate_seconds(station.houses.of(None).read(text))


def _parts(station: Station, draft: Draft) -> tuple[SeriesPart, ...]:
    begin_at = frozenset() if draft.attached_at is None else frozenset({draft.attached_at})
    return split(draft.title, draft.body, estimate=lambda text: _length(station, text), begin_at=begin_at)


def _filed(
    draft: Draft, parts: Sequence[SeriesPart], filing: _Filing, *, taken: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Paths and texts of the scripts: `bai/ten-bai.txt`, or `bai/ten-bai/01.txt` and on for a series."""
    base = "/".join(part for part in (filing.folder, slug_of(draft.title)) if part)
    again = 1
    while any(path in (f"{base}.txt", f"{base}/01.txt") for path in taken):
        again += 1
        base = f"{base.removesuffix(f'-{again - 1}')}-{again}"
    if len(parts) < 2:  # noqa: PLR2004 - a series of one is no series
        yield f"{base}.txt", _text(draft, filing)
        return
    for part in parts:
        yield f"{base}/{part.number:02d}.txt", _text(replace(draft, title=part.title, body=part.body), filing)


def _text(draft: Draft, filing: _Filing) -> str:
    return script_text(
        draft,
        author=filing.author,
        kind=filing.kind or _kind_of(draft),
        directive=filing.directive or _number_of(draft),
        campaign=filing.campaign,
    )


def _kind_of(draft: Draft) -> ScriptKind:
    """An announcement by its letter's kind or, where a commune typed the words alone, by its title."""
    notice = draft.proposal is not None and draft.proposal.directive.kind is DirectiveKind.NOTICE
    titled = draft.proposal is None and draft.title.lower().startswith("thông báo")
    return ScriptKind.ANNOUNCEMENT if notice or titled else ScriptKind.ARTICLE


def _number_of(draft: Draft) -> str | None:
    return draft.proposal.directive.number if draft.proposal else None


def _imported(station: Station, path: str) -> ImportedScript:
    script = station.library.load(path)
    said = spoken(station, script)
    whole = station.houses.for_script(path).proofread(script.body)
    return ImportedScript(
        said=said,
        estimated_s=sum(estimate_seconds(item) for item in said.items),
        review=marked(script.body, whole),
    )
