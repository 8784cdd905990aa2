"""One sound card is heard by one audience at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcaster.config.load import load_schedule
from broadcaster.config.schedule import Schedule
from broadcaster.schedule.plan import plan
from broadcaster.station.sharing import sharing_faults

CARD, OTHER_CARD = "sound-card:", "sound-card:usb"
SCHEDULE = """\
xa:
  dao: {ten: Xã Đạo, loa: {a: {ten: Cụm A, dau_ra: mot}, b: {ten: Cụm B, dau_ra: hai}}}
  tien: {ten: Xã Tiến, loa: {c: {ten: Cụm C, dau_ra: ba}}}
khung_gio: {sang: 05:00-06:30}
dau_ra: {mot: {kieu: auto}, hai: {kieu: auto}, ba: {kieu: auto}, thua: {kieu: auto}}
nguon: {vov1: {ten: VOV1, url: "http://127.0.0.1:9/x"}}
lich:
  - {ten: Tiếp sóng, tiep_song: vov1, gio: 05:00, dai: 20 phút, noi_phat: dao}
  - {ten: Tiếp muộn, tiep_song: vov1, gio: 05:20, dai: 20 phút, noi_phat: tien}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "schedule.yaml").write_text(SCHEDULE, encoding="utf-8")
    return tmp_path / "schedule.yaml"


def faults(schedule: Schedule, **occupied: str | None) -> list[str]:
    airings = plan(schedule, first=date(2026, 10, 10), days=3, lengths=lambda *_: None)
    return [str(fault) for fault in sharing_faults(schedule, occupied, airings)]


def test_outputs_that_occupy_nothing_are_shared_freely(file: Path) -> None:
    assert faults(load_schedule(file), mot=None, hai=None, ba=None, thua=None) == []


def test_different_cards_and_one_after_the_other_are_no_fault(file: Path) -> None:
    file.write_text(SCHEDULE.replace("dau_ra: ba}", "dau_ra: mot}"), encoding="utf-8")

    assert faults(load_schedule(file), mot=CARD, hai=OTHER_CARD, ba=None, thua=CARD) == [], "nobody uses the last one"


def test_outputs_of_one_card_are_named(file: Path) -> None:
    (said,) = faults(load_schedule(file), mot=CARD, hai=OTHER_CARD, ba=CARD, thua=None)

    assert "'mot' và 'ba' cùng là một cạc âm thanh" in said
    assert "thiet_bi" in said


def test_clusters_of_one_commune_on_one_card_are_named(file: Path) -> None:
    file.write_text(SCHEDULE.replace("dau_ra: hai}", "dau_ra: mot}"), encoding="utf-8")

    (said,) = faults(load_schedule(file), mot=CARD, hai=None, ba=None, thua=None)

    assert "Xã Đạo" in said
    assert "“Cụm A”, “Cụm B”" in said


def test_airings_that_overlap_by_a_minute_are_named_once_for_all_days(file: Path) -> None:
    file.write_text(SCHEDULE.replace("dau_ra: ba}", "dau_ra: mot}").replace("05:20", "05:19"), encoding="utf-8")

    (said,) = faults(load_schedule(file), mot=CARD, hai=None, ba=None, thua=None)

    assert "“Tiếp sóng” (Xã Đạo, 05:00 ngày 10/10/2026) và “Tiếp muộn” (Xã Tiến, 05:19 ngày 10/10/2026)" in said
    assert "và 2 lần nữa" in said
