"""What an output did → a row of the log. Pure: the plan says what was meant, the playback alone what sounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from broadcaster.model import (
    Airing,
    AiringKind,
    ApprovalAction,
    ApprovalStep,
    AsRunRow,
    Outcome,
    OutcomeReason,
    Playback,
    Programme,
    Script,
)


def row_of(
    airing: Airing,
    cluster: str,
    playback: Playback,
    *,
    programme: Programme | None,
    script: Script | None,
    approval: ApprovalStep | None,
    clock: str,
    recorded_at: datetime,
    heard: bool | None = None,
    simulated: bool = False,
) -> AsRunRow:
    """The evidence of one airing on one cluster.

    Audio is named only where some of it sounded: a row that missed proves no file. `clock` says how far the station's
    time could be trusted. Raises `ValueError` for an airing that was never given a time.
    """
    told = _honest(playback)
    due = airing.start or airing.planned_start
    if due is None:
        raise ValueError(f"{airing.id} has no time: it is no airing that can end in an outcome")
    sounded = programme if told.frames > 0 else None
    relay = airing.kind is AiringKind.RELAY
    return AsRunRow(
        airing=airing.id,
        commune=airing.commune,
        cluster=cluster,
        output=told.output,
        entry=airing.entry,
        title=airing.title,
        item=airing.item,
        kind=airing.kind,
        directive=airing.directive or (script.directive if script else None),
        campaign=airing.entry if airing.kind is AiringKind.CAMPAIGN else (script.campaign if script else None),
        script=None if relay else airing.item,
        script_kind=script.kind if script else None,
        script_title=script.title if script else None,
        language=script.language if script else None,
        planned_start=airing.planned_start or due,
        started_at=told.started_at,
        ended_at=told.ended_at,
        played_s=round(told.played_s, 3),
        late_ms=_milliseconds(told.started_at - due) if told.started_at else None,
        outcome=told.outcome,
        heard=heard,
        reason=told.reason,
        detail=told.detail,
        audio_sha256=sounded.audio_sha256 if sounded else None,
        audio=sounded.path if sounded else None,
        text_sha256=_text_sha256(programme, script),
        author=approval.author if approval else (script.author if script else None),
        approved_by=approval.by if approval and approval.action is ApprovalAction.APPROVE else None,
        clock=clock,
        recorded_at=recorded_at,
        simulated=simulated,
    )


def _honest(playback: Playback) -> Playback:
    """No sound is no broadcast, whatever the output calls it; the row says so."""
    if playback.frames > 0 or playback.outcome not in (Outcome.PLAYED, Outcome.PARTIAL):
        return playback
    return replace(
        playback,
        outcome=Outcome.FAILED,
        reason=playback.reason or OutcomeReason.OUTPUT_FAILED,
        detail=playback.detail or "Đầu ra báo đã phát nhưng không có âm thanh nào phát ra.",
    )


def _text_sha256(programme: Programme | None, script: Script | None) -> str | None:
    """Of the text in the sound, where there is a sound; else of the text that was meant."""
    if programme is not None:
        return programme.text_sha256
    return script.text_sha256 if script else None


def _milliseconds(span: timedelta) -> int:
    return round(span / timedelta(milliseconds=1))
