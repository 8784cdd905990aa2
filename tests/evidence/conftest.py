"""A station's records, from which rows are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.evidence.as_run import row_of
from broadcaster.model.as_run import LogRow, Outcome, Playback
from broadcaster.model.plan import Airing, AiringKind, AiringStatus
from broadcaster.model.programme import CueSheet, Programme
from broadcaster.model.script import ApprovalAction, ApprovalStep, Script, ScriptKind
from broadcaster.testing import MemoryLog

START = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)


@pytest.fixture
def script() -> Script:
    return Script(
        path="tin/nuoc-sach.txt",
        title="Nước sạch về thôn",
        kind=ScriptKind.NEWS,
        body="Sáng nay…",
        text_sha256="b" * 64,
        author="Lê Thị Hòa",
        directive="12/KH-UBND",
        campaign="Nước sạch",
    )


@pytest.fixture
def programme(script: Script) -> Programme:
    return Programme(
        key="k",
        path="audio_out/chuong-trinh/nuoc-sach.mp3",
        audio_sha256="a" * 64,
        sample_rate=44_100,
        length_frames=44_100 * 60,
        loudness_lufs=-16.0,
        true_peak_dbtp=-1.5,
        cues=CueSheet(sample_rate=44_100, parts=()),
        script=script.path,
        text_sha256="c" * 64,
        script_audio_sha256="d" * 64,
        voice="espeak-ng:vi+f2",
    )


@pytest.fixture
def airing(script: Script) -> Airing:
    return Airing(
        id="hoang-dao/2026-10-10/05:30/tin",
        commune="hoang-dao",
        date=date(2026, 10, 10),
        planned_start=START,
        start=START,
        length_s=60,
        entry="tin",
        title="Tin trong xã",
        item=script.path,
        kind=AiringKind.SCRIPT,
        priority=50,
        status=AiringStatus.PLANNED,
    )


@pytest.fixture
def approval(script: Script) -> ApprovalStep:
    return ApprovalStep(
        script=script.path,
        action=ApprovalAction.APPROVE,
        by="Trần Văn Bình",
        at=START - timedelta(days=1),
        author="Lê Thị Hòa",
        text_sha256=script.text_sha256,
        spoken_sha256="e" * 64,
        audio_sha256="d" * 64,
    )


@pytest.fixture
def playback() -> Playback:
    return Playback(
        output="loa-may (sound-card: USB Audio)",
        started_at=START + timedelta(milliseconds=41),
        ended_at=START + timedelta(seconds=60),
        frames=44_100 * 60,
        sample_rate=44_100,
        outcome=Outcome.PLAYED,
    )


@pytest.fixture
def aired(
    airing: Airing, playback: Playback, programme: Programme, script: Script, approval: ApprovalStep
) -> Callable[[int], list[LogRow]]:
    """The log of a station that aired this programme so many times."""

    def rows(count: int) -> list[LogRow]:
        log = MemoryLog()
        return [
            log.append(
                row_of(
                    replace(airing, id=f"airing-{number}"),
                    "trung-tam",
                    playback,
                    programme=programme,
                    script=script,
                    approval=approval,
                    clock="hệ thống",
                    recorded_at=START + timedelta(seconds=61),
                )
            )
            for number in range(1, count + 1)
        ]

    return rows
