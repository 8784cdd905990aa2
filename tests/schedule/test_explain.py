"""Every status says why, and what would have to change."""

from __future__ import annotations

import re
from datetime import date

import pytest

from broadcaster.config.load import parse_schedule
from broadcaster.model.plan import Airing, AiringStatus
from broadcaster.schedule.explain import Explainer, duration
from broadcaster.schedule.plan import no_lengths, plan

SCHEDULE = parse_schedule("""
xa: {a: {ten: Xã A, gioi_han: 40 phút/khung}}
khung_gio: {sang: 05:00-06:30}
gio_yen_tinh: [05:55-06:00]
lich:
  - {ten: Bản tin, bai: a.txt, gio: 05:00, dai: 10 phút, uu_tien: 60}
  - {ten: Thông báo, bai: a.txt, gio: 05:05, dai: 5 phút}
  - {ten: Nhường, bai: a.txt, gio: 05:00, dai: 1 phút, doi: 0}
  - {ten: Đêm, bai: a.txt, gio: 03:15, dai: 1 phút}
  - {ten: Yên tĩnh, bai: a.txt, gio: 05:55, dai: 1 phút}
  - {ten: Dài, bai: a.txt, gio: 05:15, dai: 40 phút, uu_tien: 1}
chien_dich:
  - {ten: Đợt, bai: a.txt, tu: 01/01/2026, den: 31/12/2026, chi_tieu: 2 lượt/ngày, cach_nhau: 2 giờ, dai: 1 phút}
ngoai_le:
  - {ten: Tang, ngay: 11/10/2026, tat_nhac: true}
""")
AIRINGS = plan(SCHEDULE, first=date(2026, 10, 10), days=1, lengths=no_lengths)


def why(entry: str, airings: list[Airing] = AIRINGS) -> str:
    explainer = Explainer(SCHEDULE, airings)
    return " ".join(explainer.sentence(one) for one in airings if one.entry == entry)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("ban-tin", ["đúng giờ", "05:00–05:10", "60"]),
        ("thong-bao", ["dời muộn 5 phút", "“Bản tin” (05:00–05:10)", "15 phút", "05:10–05:15", "uu_tien cao hơn 60"]),
        ("nhuong", ["nhường cho “Bản tin”", "doi là 0", "tăng doi"]),
        ("dem", ["03:15", "khung giờ", "sang 05:00–06:30", "khung_gio"]),
        ("yen-tinh", ["chạm giờ yên tĩnh (05:55–06:00)", "ra ngoài giờ yên tĩnh"]),
        ("dai", ["40 phút", "giới hạn", "gioi_han"]),
        ("dot", ["phút sớm nhất", "2 lượt/ngày", "2 giờ", "10/10/2026", "giảm cach_nhau"]),
    ],
)
def test_the_reason_and_the_remedy_are_named(entry: str, words: list[str]) -> None:
    assert [word for word in words if word not in why(entry)] == []


@pytest.mark.parametrize("entry", ["thong-bao", "nhuong", "dai"])
def test_the_priority_that_is_advised_brings_the_airing_on_time(entry: str) -> None:
    advised = re.search(r"uu_tien cao hơn (\d+)", why(entry))
    assert advised is not None
    raised = [
        each.model_copy(update={"priority": int(advised[1]) + 1}) if each.key == entry else each
        for each in SCHEDULE.entries
    ]
    altered = SCHEDULE.model_copy(update={"entries": tuple(raised)})
    on_time = [one for one in plan(altered, first=date(2026, 10, 10), days=1, lengths=no_lengths) if one.entry == entry]
    assert [one.status for one in on_time] == [AiringStatus.PLANNED]


def test_no_priority_is_advised_that_nobody_may_have() -> None:
    entries = [each.model_copy(update={"priority": 99}) if each.key == "ban-tin" else each for each in SCHEDULE.entries]
    schedule = SCHEDULE.model_copy(update={"entries": tuple(entries)})
    airings = plan(schedule, first=date(2026, 10, 10), days=1, lengths=no_lengths)
    moved = next(one for one in airings if one.entry == "thong-bao")
    assert "Muốn đúng giờ: đổi gio." in Explainer(schedule, airings).sentence(moved)


def test_a_day_without_music_says_so() -> None:
    airings = plan(SCHEDULE, first=date(2026, 10, 11), days=1, lengths=no_lengths)
    assert "tat_nhac" in why("ban-tin", airings)
    assert "tat_nhac" not in why("ban-tin")


def test_durations_are_said_in_their_units() -> None:
    assert duration(5400) == "1 giờ 30 phút"
    assert duration(61) == "1 phút 1 giây"
    assert duration(0) == "0 giây"
