"""What nobody could ever hear is told to whoever hands it in, not first to whoever is to approve it."""

from __future__ import annotations

import pytest
from station.day import AIRTIME, APPROVER, SCRIPT, WRITER, Day

from broadcaster.errors import NotApproved
from broadcaster.model.script import ApprovalState
from broadcaster.station.inspect import inspect
from broadcaster.station.prepare import approve, status, submit

TOO_LONG = "Mời bà con đến nhà văn hóa thôn để nghe phổ biến kế hoạch.\n" * 1100


def test_a_text_of_more_than_an_hour_is_refused_when_it_is_handed_in(day: Day) -> None:
    day.write(TOO_LONG)

    with pytest.raises(
        NotApproved, match=r"Chưa thể trình duyệt tin/thu\.txt: đọc lên dài khoảng 1 giờ.*60 phút"
    ) as told:
        submit(day.station, SCRIPT, by=WRITER)

    assert "import --series" in told.value.remedy
    assert status(day.station, SCRIPT).state is ApprovalState.DRAFT
    with pytest.raises(NotApproved, match="đọc lên dài khoảng 1 giờ"):
        approve(day.station, SCRIPT, by=APPROVER)
    found = inspect(day.station.workspace.folder, now=AIRTIME, days=1).faults
    checked = [fault for fault in found if "đọc lên dài khoảng" in fault.message]
    assert [fault.remedy for fault in checked] == [told.value.remedy], "`check` says the same"


def test_a_chime_that_is_not_there_is_told_when_the_script_is_handed_in_and_when_it_is_approved(day: Day) -> None:
    day.write("Xin chào bà con.", head="mo_dau: chuongg\n")
    told: list[str] = []

    submit(day.station, SCRIPT, by=WRITER, tell=told.append)
    approve(day.station, SCRIPT, by=APPROVER, tell=told.append)

    assert len(told) == 2
    assert all("“mo_dau: chuongg” không có" in line and "Có phải ý bạn là “chuong”?" in line for line in told)


def test_a_text_without_a_word_is_refused_when_it_is_handed_in(day: Day) -> None:
    day.write("😀😀😀")

    with pytest.raises(NotApproved, match=r"Chưa thể trình duyệt tin/thu\.txt: Không có lời nào để đọc") as told:
        submit(day.station, SCRIPT, by=WRITER)

    assert "viết thêm lời" in told.value.remedy
    assert status(day.station, SCRIPT).state is ApprovalState.DRAFT
