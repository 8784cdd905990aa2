"""Nothing airs that was not approved: every way around it, tried."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.content.approval import (
    Consent,
    approved_step,
    audio_matches,
    decide_approve,
    decide_return,
    decide_submit,
    state_of,
)
from broadcaster.errors import NotApproved
from broadcaster.model.script import ApprovalState, ApprovalStep, Script
from broadcaster.model.speech import Flag

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=VIETNAM)
SPOKEN, AUDIO = "5" * 64, "a" * 64
AUTHOR, LEADER = "Lê Thị Hòa", "Trần Văn Bình"
CONSENT = {field.name for field in fields(Consent)}
SLIP = Flag(
    start=9, end=22, written="chuyến đổi số", why="Có lẽ viết nhầm.", suggestions=("chuyển đổi số",), spelling=True
)
FLAG = Flag(start=0, end=3, written="BTGDV", why="Không rõ cách đọc.")


def _submit(
    script: Script, steps: Sequence[ApprovalStep] = (), *, by: str = AUTHOR, spoken: str = SPOKEN
) -> ApprovalStep:
    return decide_submit(steps, script=script, spoken_sha256=spoken, by=by, at=NOW)


def _approve(script: Script, steps: Sequence[ApprovalStep], **more: Any) -> ApprovalStep:
    said = {"by": LEADER, "at": NOW, **{name: more.pop(name) for name in (*more,) if name in CONSENT}}
    asked = {"spoken_sha256": SPOKEN, "audio_sha256": AUDIO, **more}
    return decide_approve(steps, script=script, consent=Consent(**said), **asked)


def _state(script: Script, *steps: ApprovalStep, spoken: str = SPOKEN) -> ApprovalState:
    return state_of(steps, text_sha256=script.text_sha256, spoken_sha256=spoken)


@pytest.fixture
def submitted(script: Script) -> ApprovalStep:
    return _submit(script)


@pytest.fixture
def approved(script: Script, submitted: ApprovalStep) -> ApprovalStep:
    return _approve(script, [submitted])


@pytest.fixture
def edited(script: Script) -> Script:
    return replace(script, text_sha256="e" * 64, body="Lời khác.")


# --- the state --------------------------------------------------------------------------------------------------------


def test_script_goes_from_draft_to_submitted_to_approved(
    script: Script, submitted: ApprovalStep, approved: ApprovalStep
) -> None:
    assert _state(script) is ApprovalState.DRAFT
    assert _state(script, submitted) is ApprovalState.SUBMITTED
    assert _state(script, submitted, approved) is ApprovalState.APPROVED


def test_returned_script_is_returned_until_it_is_changed_and_submitted_again(
    script: Script, submitted: ApprovalStep, edited: Script
) -> None:
    back = decide_return([submitted], script=script, spoken_sha256=SPOKEN, by=LEADER, at=NOW, note="Thiếu ngày họp.")
    assert _state(script, submitted, back) is ApprovalState.RETURNED
    assert back.note == "Thiếu ngày họp."
    assert _state(edited, submitted, back) is ApprovalState.DRAFT
    again = _submit(edited, [submitted, back])
    assert _state(edited, submitted, back, again) is ApprovalState.SUBMITTED


def test_editing_an_approved_text_makes_it_a_draft_again(
    script: Script, submitted: ApprovalStep, approved: ApprovalStep, edited: Script
) -> None:
    steps = [submitted, approved]
    assert _state(edited, *steps) is ApprovalState.DRAFT
    assert approved_step(steps, text_sha256=edited.text_sha256, spoken_sha256=SPOKEN) is None
    assert approved_step(steps, text_sha256=script.text_sha256, spoken_sha256=SPOKEN) == approved


def test_words_that_are_read_otherwise_make_it_a_draft_again(
    script: Script, submitted: ApprovalStep, approved: ApprovalStep
) -> None:
    assert _state(script, submitted, approved, spoken="6" * 64) is ApprovalState.DRAFT


def test_old_approval_does_not_come_back_with_the_old_text_once_a_new_one_was_submitted(
    script: Script, submitted: ApprovalStep, approved: ApprovalStep, edited: Script
) -> None:
    newer = _submit(edited, [submitted, approved])
    assert _state(script, submitted, approved, newer) is ApprovalState.DRAFT


def test_approval_binds_one_sound(approved: ApprovalStep) -> None:
    assert audio_matches(approved, AUDIO)
    assert not audio_matches(approved, "b" * 64)
    assert not audio_matches(replace(approved, audio_sha256=None), AUDIO)


def test_approval_binds_the_fallback_voices_with_the_wanted_one(script: Script, submitted: ApprovalStep) -> None:
    step = _approve(script, [submitted], fallback_audio_sha256=["b" * 64, AUDIO, "b" * 64])

    assert step.fallback_audio_sha256 == ("b" * 64,)
    assert audio_matches(step, AUDIO)
    assert audio_matches(step, "b" * 64)
    assert not audio_matches(step, "c" * 64)


def test_a_voice_that_came_back_can_be_approved_beside_the_one_that_is(
    script: Script, submitted: ApprovalStep, approved: ApprovalStep
) -> None:
    again = _approve(script, [submitted, approved], audio_sha256=AUDIO, fallback_audio_sha256=["b" * 64])
    assert audio_matches(again, "b" * 64)
    with pytest.raises(NotApproved, match="đã được duyệt"):
        _approve(script, [submitted, again], audio_sha256="b" * 64, fallback_audio_sha256=[AUDIO])


def test_approval_can_be_taken_back(script: Script, submitted: ApprovalStep, approved: ApprovalStep) -> None:
    steps = [submitted, approved]
    back = decide_return(steps, script=script, spoken_sha256=SPOKEN, by=LEADER, at=NOW, note="Sai số liệu.")
    assert approved_step([*steps, back], text_sha256=script.text_sha256, spoken_sha256=SPOKEN) is None


# --- submitting -------------------------------------------------------------------------------------------------------


def test_author_is_the_one_whom_the_script_names(script: Script) -> None:
    assert _submit(script, by="Người đánh máy").author == AUTHOR
    assert _submit(replace(script, author=None), by="Người đánh máy").author == "Người đánh máy"


def test_nothing_is_submitted_twice(script: Script, submitted: ApprovalStep, approved: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match="đang chờ duyệt"):
        _submit(script, [submitted])
    with pytest.raises(NotApproved, match="đã được duyệt"):
        _submit(script, [submitted, approved])


def test_nobody_submits_without_a_name(script: Script) -> None:
    with pytest.raises(NotApproved, match="chưa ghi tên"):
        _submit(script, by="  ")


# --- approving --------------------------------------------------------------------------------------------------------


def test_approval_binds_text_words_and_sound(script: Script, approved: ApprovalStep) -> None:
    assert (approved.text_sha256, approved.spoken_sha256, approved.audio_sha256) == (script.text_sha256, SPOKEN, AUDIO)
    assert (approved.by, approved.author, approved.self_approval_reason) == (LEADER, AUTHOR, None)


@pytest.mark.parametrize(
    "name",
    [
        AUTHOR,
        "lê thị hòa",
        "  LÊ  THỊ   HÒA ",
        unicodedata.normalize("NFD", AUTHOR),
        "Lê\u00a0Thị Hòa",
        "Đ/c Lê Thị Hoà.",
    ],
)
def test_author_does_not_approve_however_written(script: Script, submitted: ApprovalStep, name: str) -> None:
    with pytest.raises(NotApproved, match="cũng là người viết") as told:
        _approve(script, [submitted], by=name)
    assert told.value.exit_code == 7
    assert "--self-approval" in told.value.remedy


def test_whoever_submitted_does_not_approve_either(script: Script) -> None:
    submitted = _submit(script, by=LEADER)
    with pytest.raises(NotApproved, match="người trình"):
        _approve(script, [submitted], by=LEADER)


def test_station_of_one_person_gives_its_reason_and_it_is_recorded(script: Script, submitted: ApprovalStep) -> None:
    step = _approve(script, [submitted], by=AUTHOR, self_approval_reason=" Đài chỉ có một người. ")
    assert step.self_approval_reason == "Đài chỉ có một người."
    assert _state(script, submitted, step) is ApprovalState.APPROVED


def test_empty_reason_is_none(script: Script, submitted: ApprovalStep) -> None:
    with pytest.raises(NotApproved):
        _approve(script, [submitted], by=AUTHOR, self_approval_reason="  ")


def test_reason_is_recorded_only_where_it_was_needed(script: Script, submitted: ApprovalStep) -> None:
    assert _approve(script, [submitted], self_approval_reason="thừa").self_approval_reason is None


def test_draft_is_not_approved(script: Script) -> None:
    with pytest.raises(NotApproved, match="chưa ai trình") as told:
        _approve(script, [])
    assert "scripts submit bai/duoi-nuoc.txt" in told.value.remedy


def test_text_edited_since_it_was_submitted_is_not_approved(edited: Script, submitted: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match="bị sửa sau lần trình"):
        _approve(edited, [submitted])


def test_returned_script_is_not_approved(script: Script, submitted: ApprovalStep) -> None:
    back = decide_return([submitted], script=script, spoken_sha256=SPOKEN, by=LEADER, at=NOW, note="Sửa lại.")
    with pytest.raises(NotApproved, match="bị trả lại"):
        _approve(script, [submitted, back])


def test_nothing_is_approved_twice_but_a_new_sound_is(
    script: Script, submitted: ApprovalStep, approved: ApprovalStep
) -> None:
    with pytest.raises(NotApproved, match="đã được duyệt"):
        _approve(script, [submitted, approved])
    again = _approve(script, [submitted, approved], audio_sha256="b" * 64)
    assert audio_matches(again, "b" * 64)


def test_new_sound_needs_another_person_too(script: Script, submitted: ApprovalStep, approved: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match="cũng là người viết"):
        _approve(script, [submitted, approved], audio_sha256="b" * 64, by=AUTHOR)


def test_flags_that_nobody_heard_block_an_approval(script: Script, submitted: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match="BTGDV") as told:
        _approve(script, [submitted], flags=[FLAG])
    assert "--heard" in told.value.remedy


def test_flags_that_were_heard_are_recorded(script: Script, submitted: ApprovalStep) -> None:
    step = _approve(script, [submitted], flags=[FLAG, FLAG], heard=True, note="Nghe rõ.")
    assert step.note is not None
    assert "Đã nghe thử; 2 chỗ" in step.note
    assert step.note.count("BTGDV") == 1
    assert step.note.endswith("Nghe rõ.")


def test_hearing_a_misspelled_word_does_not_let_it_pass(script: Script, submitted: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match=r"“chuyến đổi số” \(có phải “chuyển đổi số”\?\)") as told:
        _approve(script, [submitted], flags=[FLAG, SLIP], heard=True)
    assert "BTGDV" not in str(told.value)
    for way in ("Sửa trong bài", "lexicon.tsv", '--accept "chuyến đổi số"'):
        assert way in told.value.remedy


def test_words_accepted_by_name_are_recorded_with_who_accepted_them(script: Script, submitted: ApprovalStep) -> None:
    step = _approve(script, [submitted], flags=[FLAG, SLIP, SLIP], heard=True, accepted=["Chuyến  đổi số"])
    assert step.by == LEADER
    assert step.note == (
        "Đã nghe thử; 1 chỗ máy chưa chắc cách đọc: “BTGDV”. Chấp nhận đúng như viết: “chuyến đổi số”."
    )


def test_a_doubtful_reading_too_can_be_accepted_by_name(script: Script, submitted: ApprovalStep) -> None:
    step = _approve(script, [submitted], flags=[FLAG], accepted=["BTGDV"])
    assert step.note == "Chấp nhận đúng như viết: “BTGDV”."


def test_each_misspelled_word_is_accepted_on_its_own(script: Script, submitted: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match="tronmg") as told:
        _approve(script, [submitted], flags=[SLIP, replace(SLIP, written="tronmg")], accepted=["chuyến đổi số"])
    assert "chuyến" not in str(told.value)


def test_a_word_too_long_to_be_shown_whole_is_accepted_as_it_is_shown(script: Script, submitted: ApprovalStep) -> None:
    endless = replace(SLIP, written="dài" * 2000)
    with pytest.raises(NotApproved) as refused:
        _approve(script, [submitted], flags=[endless])
    remedy = str(refused.value.remedy)
    named = remedy.partition('--accept "')[2].partition('"')[0]

    step = _approve(script, [submitted], flags=[endless], accepted=[named])

    assert step.note == f"Chấp nhận đúng như viết: “{named}”."
    assert "scripts learn" not in remedy, "the shortened word is none that a text has"


def test_accepting_what_nobody_doubted_is_refused(script: Script, submitted: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match="“chuyen doi so”"):
        _approve(script, [submitted], flags=[SLIP], accepted=["chuyến đổi số", "chuyen doi so"])


def test_acceptance_in_either_unicode_form_is_the_same(script: Script, submitted: ApprovalStep) -> None:
    flag = replace(SLIP, written=unicodedata.normalize("NFD", SLIP.written))
    assert _approve(script, [submitted], flags=[flag], accepted=[SLIP.written]).note is not None


@pytest.mark.parametrize(
    ("last", "now", "allowed"),
    [
        (date(2026, 7, 1), NOW, True),
        (date(2026, 6, 30), NOW, False),
        (date(2026, 6, 30), datetime(2026, 6, 30, 16, 59, tzinfo=UTC), True),
        (date(2026, 6, 30), datetime(2026, 6, 30, 17, 0, tzinfo=UTC), False),
        (None, NOW, True),
    ],
)
def test_text_is_approved_up_to_its_last_day_in_vietnam(
    script: Script, last: date | None, now: datetime, allowed: bool
) -> None:
    script = replace(script, valid_to=last)
    submitted = _submit(script)
    if allowed:
        assert _approve(script, [submitted], at=now).at == now
    else:
        with pytest.raises(NotApproved, match="quá hạn"):
            _approve(script, [submitted], at=now)


def test_everything_that_stands_in_the_way_is_said_at_once(script: Script) -> None:
    script = replace(script, valid_to=date(2026, 6, 30))
    with pytest.raises(NotApproved) as told:
        _approve(script, [], by=AUTHOR, flags=[FLAG])
    said = " ".join(fault.message for fault in told.value.faults)
    for expected in ("chưa ai trình", "cũng là người viết", "BTGDV", "quá hạn"):
        assert expected in said
    assert all(fault.remedy for fault in told.value.faults)


# --- returning --------------------------------------------------------------------------------------------------------


def test_nothing_is_returned_that_was_not_submitted(script: Script) -> None:
    with pytest.raises(NotApproved, match="chưa được trình"):
        decide_return([], script=script, spoken_sha256=SPOKEN, by=LEADER, at=NOW, note="Sửa.")


def test_whoever_returns_says_why(script: Script, submitted: ApprovalStep) -> None:
    with pytest.raises(NotApproved, match="lý do"):
        decide_return([submitted], script=script, spoken_sha256=SPOKEN, by=LEADER, at=NOW, note=" ")


def test_a_text_cannot_be_laundered_through_another_author(script: Script, submitted: ApprovalStep) -> None:
    """The author hands it in, has another name put over it, and has that person hand it in again."""
    renamed = replace(script, author="Nguyễn Văn Khác", text_sha256="f" * 64)
    again = _submit(renamed, [submitted], by="Nguyễn Văn Khác")

    with pytest.raises(NotApproved, match="cũng là người viết"):
        _approve(renamed, [submitted, again], by=AUTHOR)
    assert _approve(renamed, [submitted, again]).by == LEADER


def test_one_of_two_authors_does_not_approve(script: Script) -> None:
    both = replace(script, author=f"{AUTHOR}, {LEADER}")

    with pytest.raises(NotApproved, match="cũng là người viết"):
        _approve(both, [_submit(both)])


def test_who_wrote_an_earlier_approved_text_may_approve_a_later_one_of_somebody_else(
    script: Script, submitted: ApprovalStep, approved: ApprovalStep
) -> None:
    later = replace(script, author="Nguyễn Văn Khác", text_sha256="f" * 64)
    steps = [submitted, approved, _submit(later, [submitted, approved], by="Nguyễn Văn Khác")]

    assert _approve(later, steps, by=AUTHOR).by == AUTHOR


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_nobody_approves_nothing(script: Script, submitted: ApprovalStep, name: str) -> None:
    with pytest.raises(NotApproved, match="chưa ghi tên"):
        _approve(script, [submitted], by=name)
