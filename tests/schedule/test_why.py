"""For any airing which line and which rules decided; for any silence, why nothing plays."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.config.load import parse_with_places
from broadcaster.model.plan import Airing
from broadcaster.schedule.plan import no_lengths, plan
from broadcaster.schedule.silence import Moment, moment_of
from broadcaster.schedule.why import Why

TEXT = """\
xa:
  a: {ten: Xã A, gioi_han: 40 phút/khung}
  b: {ten: Xã B, khung_gio: {toi: 18:00-20:00}}
nhom: {rieng: [b]}
khung_gio: {sang: 05:00-06:30, chieu: 17:00-18:30}
gio_yen_tinh: [06:00-06:10, 21:00-05:00]
nguon:
  vov1: {ten: VOV1, url: "http://127.0.0.1:9/x", het_han: 13/10/2026, du_phong: tinh}
  tinh: {ten: Đài tỉnh, url: "http://127.0.0.1:9/y"}
lich:
  - {ten: Tiếp sóng, tiep_song: vov1, gio: 05:00, dai: 20 phút, uu_tien: 70}
  - {ten: Tin, bai: tin.txt, gio: [05:10, 17:30], dai: 10 phút, thu: T2-T7}
  - {ten: Nhường, bai: a.txt, gio: 05:05, dai: 5 phút, doi: 0}
  - {ten: Ngày rằm, bai: a.txt, gio: 17:50, dai: 5 phút, am_lich: rằm}
  - {ten: Riêng, bai: a.txt, gio: 18:10, dai: 5 phút, noi_phat: rieng}
  - {ten: Đêm, bai: a.txt, gio: 03:15, dai: 1 phút}
  - {ten: Năm sau, bai: a.txt, gio: 17:40, dai: 5 phút, tu: 01/01/2027}
chien_dich:
  - {ten: Đợt, bai: a.txt, tu: 01/10/2026, den: 31/12/2026, chi_tieu: 3 lượt/ngày, cach_nhau: 6 giờ, dai: 5 phút}
ngoai_le:
  - {ten: Tết, ngay: 13/10/2026, chi_phat: [tiếp sóng], them: [{ten: Chúc Tết, bai: t.txt, gio: 05:40, dai: 5 phút}]}
  - {ten: Lễ, ngay: 14/10/2026, doi_gio: {Tin: [05:30]}}
  - {ten: Tang, bat: false, ngay: 12/10/2026, them: [{ten: Cáo phó, bai: c.txt, gio: 17:55, dai: 2 phút}]}
"""
SCHEDULE, PLACES = parse_with_places(TEXT)
MONDAY = date(2026, 10, 12)
AIRINGS = plan(SCHEDULE, first=MONDAY, days=4, lengths=no_lengths)
WHY = Why(SCHEDULE, AIRINGS, places=PLACES)


def line_of(piece: str) -> int:
    return next(number for number, line in enumerate(TEXT.split("\n"), start=1) if piece in line)


def why(airing_id: str) -> str:
    return "\n".join(WHY.lines(next(airing for airing in AIRINGS if airing.id == airing_id)))


def silence(clock: str, *, day: date = MONDAY, commune: str = "a", held: str | None = None) -> Moment:
    at = datetime.combine(day, time.fromisoformat(clock), VIETNAM)
    return moment_of(WHY, commune=commune, at=at, lengths=no_lengths, held=lambda airing: held)


@pytest.mark.parametrize(
    ("airing", "words"),
    [
        (
            "a/2026-10-12/05:00:00/tiep-song",
            [f"schedule.yaml:{line_of('Tiếp sóng,')}", "hằng ngày", "mọi xã", "khung sang"],
        ),
        ("a/2026-10-12/05:10:00/tin", ["12/10/2026 là T2", "“Tiếp sóng” (05:00–05:20)", "dời muộn 10 phút", "uu_tien"]),
        ("a/2026-10-12/05:05:00/nhuong", ["nhường cho “Tiếp sóng”", "tăng doi"]),
        ("a/2026-10-12/03:15:00/dem", ["khung giờ", "đổi gio"]),
        ("a/2026-10-12/k2/dot", ["3 lượt/ngày", "6 giờ", "giảm cach_nhau"]),
        ("a/2026-10-12/k0/dot", ["từ 01/10/2026 đến 31/12/2026", "giới hạn 40 phút"]),
        ("a/2026-10-13/05:40:00/chuc-tet", ["Được thêm bởi ngoại lệ “Tết”", f"schedule.yaml:{line_of('ten: Tết')}"]),
        ("a/2026-10-13/05:00:00/tiep-song", ["ngoại lệ “Tết”", "được giữ"]),
        ("a/2026-10-14/05:30:00/tin", ["Ngoại lệ “Lễ” đổi giờ của mục thành 05:30 (doi_gio)"]),
        ("b/2026-10-12/18:10:00/rieng", ["noi_phat rieng", "khung toi", f"schedule.yaml:{line_of('khung_gio: {toi')}"]),
    ],
)
def test_an_airing_names_its_line_its_rules_and_what_would_change_it(airing: str, words: list[str]) -> None:
    said = why(airing)

    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("clock", "day", "commune", "words"),
    [
        ("14:00", 12, "a", ["ngoài mọi khung giờ", "chieu 17:00–18:30"]),
        ("06:05", 12, "a", ["giờ yên tĩnh"]),
        ("03:15", 12, "a", ["giờ yên tĩnh", "“Đêm”", "khung giờ"]),
        ("17:52", 12, "a", ["“Ngày rằm”", f"schedule.yaml:{line_of('Ngày rằm')}", "âm lịch", "rằm"]),
        ("18:12", 12, "a", ["“Riêng”", "noi_phat không có xã này"]),
        ("17:42", 12, "a", ["“Năm sau”", "từ ngày 01/01/2027 (tu)"]),
        ("17:32", 13, "a", ["“Tin”", "ngoại lệ “Tết”", "chi_phat"]),
        ("17:32", 14, "a", ["“Tin”", "đổi giờ", "05:30"]),
        ("17:56", 12, "a", ["“Cáo phó”", "đang tắt (bat: false)"]),
        ("05:41", 12, "a", ["“Chúc Tết”", "không có hiệu lực ngày này"]),
        ("18:20", 12, "a", ["Trong khung chieu", "gio: 18:20"]),
        ("19:30", 12, "b", ["Trong khung toi", "Trước đó", "“Riêng”"]),
    ],
)
def test_a_silence_is_explained(clock: str, day: int, commune: str, words: list[str]) -> None:
    told = silence(clock, day=date(2026, 10, day), commune=commune)

    assert told.playing is None
    assert [word for word in words if word not in "\n".join(told.why)] == []


def test_relay_says_which_source_sounds_and_which_would_take_its_place() -> None:
    before, after = why("a/2026-10-13/05:00:00/tiep-song"), why("a/2026-10-14/05:00:00/tiep-song")
    assert "Nguồn vov1 hỏng thì tiếp nguồn dự phòng tinh" in before
    assert f"Nguồn vov1 đã hết hạn ngày 13/10/2026 (het_han, schedule.yaml:{line_of('vov1: {ten')})" in after
    assert "Vì vậy tiếp sóng nguồn dự phòng tinh (Đài tỉnh)" in after


def test_what_was_to_play_then_and_gave_way_is_named() -> None:
    yielding = parse_with_places(TEXT.replace("gio: 05:00, dai: 20 phút", "gio: 05:08, dai: 20 phút"))
    airings = plan(yielding[0], first=MONDAY, days=1, lengths=no_lengths)
    at = datetime.combine(MONDAY, time(5, 6), VIETNAM)

    told = moment_of(
        Why(yielding[0], airings, places=yielding[1]), commune="a", at=at, lengths=no_lengths, held=lambda airing: None
    )

    assert "nhường cho “Tiếp sóng”" in "\n".join(told.why)


def test_a_moment_that_is_taken_says_what_plays() -> None:
    told = silence("05:15")

    assert told.playing is not None
    assert told.playing.entry == "tiep-song"


def test_what_is_held_back_leaves_a_silence_with_its_reason() -> None:
    told = silence("05:15", held="CHƯA DUYỆT")

    assert told.playing is None
    assert "CHƯA DUYỆT" in told.why
    assert f"schedule.yaml:{line_of('Tiếp sóng,')}" in told.why[0]


def test_a_day_without_anything_says_so() -> None:
    schedule, places = parse_with_places("xa: {a: {ten: A}}\nkhung_gio: {sang: 05:00-06:00}\n")
    nothing: list[Airing] = []
    at = datetime.combine(MONDAY, time(5, 30), VIETNAM)

    told = moment_of(Why(schedule, nothing, places=places), commune="a", at=at, lengths=no_lengths, held=lambda _: None)

    assert any("không có lượt phát nào" in line for line in told.why)
