"""The operator hears of a trouble when it begins and when it is over, and sees it between."""

from __future__ import annotations

from datetime import datetime, timedelta

from broadcaster.clock import VIETNAM
from broadcaster.errors import Fault, OutputFault, WorkspaceFault
from broadcaster.station.notices import Notices, in_full

NOW = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)


def heard() -> tuple[Notices, list[str]]:
    notices, told = Notices(), list[str]()
    notices.tell = told.append
    return notices, told


def test_it_is_told_once_however_often_it_is_found() -> None:
    notices, told = heard()

    for minute in range(5):
        notices.post("lich", "Lịch có lỗi.", remedy="Sửa lịch.", at=NOW + timedelta(minutes=minute))

    assert told == ["CHÚ Ý: Lịch có lỗi.\n  → Sửa lịch."]
    (notice,) = notices.standing()
    assert notice.since == NOW


def test_another_trouble_about_the_same_thing_is_news_of_an_old_trouble() -> None:
    notices, told = heard()
    notices.post("lich", "Lịch có 1 lỗi.", remedy="Sửa.", at=NOW)
    notices.post("lich", "Lịch có 2 lỗi.", remedy="Sửa.", at=NOW + timedelta(minutes=5))

    assert len(told) == 2
    (notice,) = notices.standing()
    assert (notice.message, notice.since) == ("Lịch có 2 lỗi.", NOW)


def test_its_end_is_told_and_the_end_of_nothing_is_not() -> None:
    notices, told = heard()
    notices.post("lich", "Lịch có lỗi.", remedy="Sửa.", at=NOW)

    notices.clear("lich", because="Hết lỗi.")
    notices.clear("lich", because="Hết lỗi.")

    assert told[1:] == ["Hết lỗi."]
    assert notices.standing() == ()


def test_the_oldest_stands_first() -> None:
    notices, _ = heard()
    notices.post("b", "Sau.", remedy="", at=NOW + timedelta(minutes=1))
    notices.post("a", "Trước.", remedy="", at=NOW)

    assert [notice.message for notice in notices.standing()] == ["Trước.", "Sau."]


def test_what_stands_in_the_way_is_told_with_every_fault_and_its_remedy() -> None:
    fault = Fault(message="không có bài này.", remedy="Viết bài.", file="tin/thu.txt")

    assert in_full(WorkspaceFault("Bài chưa dùng được.", faults=[fault])) == (
        "Bài chưa dùng được.\n  - tin/thu.txt: không có bài này.\n  → Viết bài."
    )
    assert in_full(OutputFault("Loa hỏng.", remedy="Thay loa.")) == "Loa hỏng.\n  → Thay loa."
