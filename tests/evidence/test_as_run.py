"""A row says what the output did; the plan only says what was meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.evidence.as_run import row_of
from broadcaster.model.as_run import AsRunRow, Outcome, OutcomeReason, Playback
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import Programme
from broadcaster.model.script import ApprovalAction, ApprovalStep, Script

START = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)
RECORDED = START + timedelta(seconds=61)


def _row(
    airing: Airing,
    playback: Playback,
    *,
    programme: Programme | None = None,
    script: Script | None = None,
    approval: ApprovalStep | None = None,
) -> AsRunRow:
    return row_of(
        airing,
        "trung-tam",
        playback,
        programme=programme,
        script=script,
        approval=approval,
        clock="hệ thống",
        recorded_at=RECORDED,
    )


@pytest.fixture
def silence(playback: Playback) -> Playback:
    return replace(
        playback,
        started_at=None,
        ended_at=None,
        frames=0,
        outcome=Outcome.MISSED,
        reason=OutcomeReason.NOT_APPROVED,
        detail="Bài chưa được duyệt.",
    )


def test_figures_are_the_outputs_own(airing: Airing, playback: Playback, programme: Programme) -> None:
    row = _row(airing, replace(playback, frames=44_100 * 59 + 4_410), programme=programme)
    assert row.played_s == 59.1
    assert (row.started_at, row.ended_at) == (playback.started_at, playback.ended_at)
    assert row.output == "loa-may (sound-card: USB Audio)"


def test_length_of_the_plan_is_nowhere_in_the_row(airing: Airing, playback: Playback, programme: Programme) -> None:
    planned_longer = replace(airing, length_s=3_600)
    assert _row(planned_longer, playback, programme=programme) == _row(airing, playback, programme=programme)


def test_lateness_counts_from_the_start_that_the_plan_gave(airing: Airing, playback: Playback) -> None:
    assert _row(airing, playback).late_ms == 41
    moved = replace(airing, start=START + timedelta(minutes=10))
    row = _row(moved, replace(playback, started_at=START + timedelta(minutes=10, seconds=2)))
    assert row.late_ms == 2_000
    assert row.planned_start == START


def test_airing_that_never_sounded_has_no_times_and_no_audio(
    airing: Airing, silence: Playback, programme: Programme, script: Script
) -> None:
    row = _row(airing, silence, programme=programme, script=script)
    assert (row.started_at, row.ended_at, row.late_ms, row.played_s) == (None, None, None, 0.0)
    assert (row.audio, row.audio_sha256) == (None, None)
    assert (row.outcome, row.reason) == (Outcome.MISSED, OutcomeReason.NOT_APPROVED)
    assert row.detail == "Bài chưa được duyệt."


def test_airing_whose_script_is_missing_still_names_it(airing: Airing, silence: Playback) -> None:
    row = _row(airing, silence)
    assert row.script == "tin/nuoc-sach.txt"
    assert (row.script_title, row.text_sha256, row.author) == (None, None, None)


@pytest.mark.parametrize("claimed", [Outcome.PLAYED, Outcome.PARTIAL])
def test_no_sound_is_no_broadcast_whatever_the_output_calls_it(
    airing: Airing, playback: Playback, claimed: Outcome
) -> None:
    row = _row(airing, replace(playback, frames=0, started_at=None, ended_at=None, outcome=claimed))
    assert (row.outcome, row.reason) == (Outcome.FAILED, OutcomeReason.OUTPUT_FAILED)
    assert row.detail


def test_text_of_the_row_is_the_text_in_the_sound(
    airing: Airing, playback: Playback, programme: Programme, script: Script
) -> None:
    edited_since = replace(script, text_sha256="f" * 64)
    assert _row(airing, playback, programme=programme, script=edited_since).text_sha256 == programme.text_sha256


def test_directive_of_the_entry_goes_before_the_scripts_own(airing: Airing, playback: Playback, script: Script) -> None:
    assert _row(airing, playback, script=script).directive == "12/KH-UBND"
    assert _row(replace(airing, directive="244/CĐSQG-CSS"), playback, script=script).directive == "244/CĐSQG-CSS"


def test_campaign_airing_is_counted_for_its_campaign(airing: Airing, playback: Playback, script: Script) -> None:
    assert _row(airing, playback, script=script).campaign == "Nước sạch"
    campaign = replace(airing, kind=AiringKind.CAMPAIGN, entry="17-diem")
    assert _row(campaign, playback, script=script).campaign == "17-diem"


def test_relay_has_a_source_and_no_script(airing: Airing, playback: Playback) -> None:
    row = _row(replace(airing, kind=AiringKind.RELAY, item="vov1"), playback)
    assert (row.item, row.script, row.script_kind, row.approved_by) == ("vov1", None, None, None)


def test_only_an_approval_names_an_approver(
    airing: Airing, playback: Playback, script: Script, approval: ApprovalStep
) -> None:
    assert _row(airing, playback, script=script, approval=approval).approved_by == "Trần Văn Bình"
    submitted = replace(approval, action=ApprovalAction.SUBMIT)
    assert _row(airing, playback, script=script, approval=submitted).approved_by is None


def test_author_is_the_one_of_the_approval_where_the_text_names_none(
    airing: Airing, playback: Playback, script: Script, approval: ApprovalStep
) -> None:
    assert _row(airing, playback, script=replace(script, author=None), approval=approval).author == "Lê Thị Hòa"
    assert _row(airing, playback, script=script).author == "Lê Thị Hòa"


def test_airing_without_a_time_is_refused(airing: Airing, silence: Playback) -> None:
    with pytest.raises(ValueError, match="no time"):
        _row(replace(airing, planned_start=None, start=None), silence)
