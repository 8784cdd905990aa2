"""What an output did → a row of the log. Pure: the plan says what was meant, the playback alone what sounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict

from broadcaster.model.as_run import AsRunRow, Outcome, OutcomeReason, Playback
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import Programme
from broadcaster.model.script import ApprovalAction, ApprovalStep, Script, ScriptKind


class _Sounded(TypedDict):
    output: str
    started_at: datetime | None
    ended_at: datetime | None
    played_s: float
    outcome: Outcome
    reason: OutcomeReason | None
    detail: str
    audio_sha256: str | None
    audio: str | None


class _Words(TypedDict):
    directive: str | None
    campaign: str | None
    script: str | None
    script_kind: ScriptKind | None
    script_title: str | None
    language: str | None
    text_sha256: str | None
    author: str | None
    approved_by: str | None


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
    return AsRunRow(
        airing=airing.id,
        commune=airing.commune,
        cluster=cluster,
        entry=airing.entry,
        title=airing.title,
        item=airing.item,
        kind=airing.kind,
        planned_start=airing.planned_start or due,
        late_ms=_milliseconds(told.started_at - due) if told.started_at else None,
        heard=heard,
        clock=clock,
        recorded_at=recorded_at,
        simulated=simulated,
        **_what_sounded(told, programme),
        **_whose_words(airing, programme, script, approval),
    )


def _what_sounded(told: Playback, programme: Programme | None) -> _Sounded:
    """By the output's account alone."""
    sounded = programme if told.frames > 0 else None
    return {
        "output": told.output,
        "started_at": told.started_at,
        "ended_at": told.ended_at,
        "played_s": round(told.played_s, 3),
        "outcome": told.outcome,
        "reason": told.reason,
        "detail": told.detail,
        "audio_sha256": sounded.audio_sha256 if sounded else None,
        "audio": sounded.path if sounded else None,
    }


def _whose_words(
    airing: Airing, programme: Programme | None, script: Script | None, approval: ApprovalStep | None
) -> _Words:
    """Which text, for which letter and campaign, by whom and approved by whom."""
    approved = approval is not None and approval.action is ApprovalAction.APPROVE
    return {
        "directive": airing.directive or (script.directive if script else None),
        "campaign": airing.entry if airing.kind is AiringKind.CAMPAIGN else (script.campaign if script else None),
        "script": None if airing.kind is AiringKind.RELAY else airing.item,
        "script_kind": script.kind if script else None,
        "script_title": script.title if script else None,
        "language": script.language if script else None,
        "text_sha256": _text_sha256(programme, script),
        "author": approval.author if approval else (script.author if script else None),
        "approved_by": approval.by if approval and approved else None,
    }


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
