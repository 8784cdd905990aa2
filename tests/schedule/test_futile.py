"""What can never be is said so, with the key to blame; what only gives way to others, or is over, is not."""

from __future__ import annotations

from datetime import date

import pytest

from broadcaster.config.load import parse_schedule
from broadcaster.schedule.futile import Futile, futile
from broadcaster.schedule.plan import no_lengths

TODAY = date(2026, 10, 5)
HEAD = """
xa:
  a: {ten: Xã A, gioi_han: 60 phút/khung}
  b: {ten: Xã B, khung_gio: {sang: 05:00-06:30, toi: 18:00-20:00}}
nhom: {rong: []}
khung_gio: {sang: 05:00-06:30, chieu: 17:00-18:30}
gio_yen_tinh: [06:00-06:10]
nguon: {vov1: {ten: VOV1, url: "http://127.0.0.1:9/x"}}
"""


def found(line: str, *, section: str = "lich", lengths: dict[str, int] | None = None) -> list[Futile]:
    schedule = parse_schedule(f"{HEAD}{section}:\n  - {line}\n")
    known = (lambda commune, script, template, music: lengths.get(script)) if lengths else no_lengths
    return list(futile(schedule, today=TODAY, lengths=known))


def blamed(line: str, *, section: str = "lich", lengths: dict[str, int] | None = None) -> list[tuple[str | int, ...]]:
    return [each.path for each in found(line, section=section, lengths=lengths) if not each.is_over]


ENTRY = "ten: T, bai: a.txt"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (f"{{{ENTRY}, gio: 05:00, ngay: 10/10/2026, tu: 01/11/2026}}", ("ngay",)),
        (f"{{{ENTRY}, gio: 05:00, ngay: 10/10/2026-11/10/2026, thu: T2}}", ("thu",)),
        (f"{{{ENTRY}, gio: 05:00, tu: 06/10/2026, den: 07/10/2026, thu: CN}}", ("thu",)),
        (f"{{{ENTRY}, gio: 05:00, am_lich: ngày 30 tháng 3, tu: 01/01/2027, den: 31/12/2027}}", ("am_lich",)),
        (f"{{{ENTRY}, gio: 05:00, am_lich: rằm, tu: 01/12/2026, den: 10/12/2026}}", ("am_lich",)),
        (f"{{{ENTRY}, gio: 03:15}}", ("gio", 0)),
        (f"{{{ENTRY}, gio: [05:00, 21:00]}}", ("gio", 1)),
        (f"{{{ENTRY}, gio: 05:55, dai: 10 phút}}", ("gio", 0)),
        (f"{{{ENTRY}, gio: 06:05}}", ("gio", 0)),
        (f"{{{ENTRY}, gio: 05:00, dai: 121 phút}}", ("dai",)),
        (f"{{{ENTRY}, gio: 18:00, dai: 70 phút}}", ("dai",)),
        (f"{{{ENTRY}, gio: 05:00, noi_phat: a, tru: a}}", ("tru",)),
        (f"{{{ENTRY}, gio: 05:00, noi_phat: rong}}", ("noi_phat",)),
        ("{ten: R, tiep_song: vov1, gio: 18:29, dai: 5 phút, noi_phat: a}", ("gio", 0)),
    ],
)
def test_the_key_to_blame_is_named(line: str, path: tuple[str | int, ...]) -> None:
    assert blamed(line) == [path]


@pytest.mark.parametrize(
    "line",
    [
        f"{{{ENTRY}, gio: 19:00}}",
        f"{{{ENTRY}, gio: 17:30}}",
        f"{{{ENTRY}, gio: 05:00, am_lich: ngày 30 tháng 2}}",
        f"{{{ENTRY}, gio: 05:00, am_lich: mùng 1 tháng 1, thu: CN}}",
        f"{{{ENTRY}, gio: 05:00, ngay: 01/01/2000-31/12/2099, thu: CN}}",
        f"{{{ENTRY}, gio: 05:00, ngay: 01/01/2026-10/10/2026}}",
        f"{{{ENTRY}, gio: 05:00, ngay: 10/09/2026}}",
        f"{{{ENTRY}, gio: 03:15, den: 01/10/2026}}",
    ],
)
def test_what_airs_somewhere_some_day_or_is_over_is_left_in_peace(line: str) -> None:
    assert blamed(line) == []


def test_a_text_that_is_longer_than_any_window_is_to_blame_itself() -> None:
    assert blamed(f"{{{ENTRY}, gio: 05:00}}", lengths={"a.txt": 7300}) == [("bai",)]


CAMPAIGN = "ten: C, bai: a.txt, tu: 01/10/2026, den: 31/10/2026"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (f"{{{CAMPAIGN}, chi_tieu: 2 lượt/ngày, cach_nhau: 14 giờ}}", ("cach_nhau",)),
        (f"{{{CAMPAIGN}, chi_tieu: 40 lượt/ngày, cach_nhau: 3 giờ}}", ("chi_tieu",)),
        (f"{{{CAMPAIGN}, chi_tieu: 1 lượt/ngày, dai: 3 giờ}}", ("dai",)),
        (f"{{{CAMPAIGN}, chi_tieu: 1 lượt/ngày, khung: []}}", ("khung",)),
        (f"{{{CAMPAIGN}, chi_tieu: 1 lượt/ngày, khung: toi, noi_phat: a}}", ("khung",)),
    ],
)
def test_a_quota_that_no_day_could_hold_names_what_to_change(line: str, path: tuple[str | int, ...]) -> None:
    assert blamed(line, section="chien_dich") == [path]


def test_a_quota_that_one_commune_alone_cannot_hold_names_the_commune() -> None:
    (told,) = found(f"{{{CAMPAIGN}, chi_tieu: 1 lượt/ngày, khung: toi}}", section="chien_dich")

    assert "Xã A" in told.message
    assert "Xã B" not in told.message


def test_a_time_of_an_exception_at_which_nothing_may_sound_is_found() -> None:
    schedule = parse_schedule(f"""{HEAD}
lich: [{{{ENTRY}, gio: 05:00}}]
ngoai_le: [{{ten: Tết, ngay: 06/02/2027, doi_gio: {{T: 03:15}}}}]
""")

    (told,) = futile(schedule, today=TODAY, lengths=no_lengths)

    assert (told.item, told.path) == (None, ("ngoai_le", 0, "doi_gio", "T"))


def test_what_is_over_is_told_as_over() -> None:
    (told,) = found(f"{{{ENTRY}, gio: 05:00, ngay: 10/09/2025}}")

    assert told.is_over
    assert told.path == ("ngay",)
