"""The plan of a date, rule by rule."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from textwrap import dedent, indent

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.config.load import parse_schedule
from broadcaster.config.schedule import Schedule
from broadcaster.errors import WrongUsage
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason
from broadcaster.schedule.plan import no_lengths, plan

DAY = date(2026, 10, 10)
"""A Saturday, mùng 1 tháng 9."""
HEAD = """\
xa:
  hoang-dao: {ten: Xã Hoằng Đạo, gioi_han: 60 phút/khung}
  hoang-truong: {ten: Xã Hoằng Trường}
nhom: {ven-bien: [hoang-truong]}
khung_gio: {sang: 05:00-06:30, trua: 11:00-11:30, chieu: 17:00-18:00}
gio_yen_tinh: [11:30-13:30, 21:00-05:00]
nguon: {vov1: {ten: VOV1, url: "http://may-tiep-song.example/vov1", het_han: 31/12/2027}}
"""


def schedule(lich: str = "", *, more: str = "", head: str = HEAD) -> Schedule:
    entries = "lich:\n" + indent(dedent(lich), "  ") if lich else ""
    return parse_schedule(head + entries + "\n" + dedent(more))


def planned(
    given: Schedule, *, day: date = DAY, days: int = 1, commune: str = "hoang-dao", length_s: int | None = None
) -> list[Airing]:
    return plan(given, first=day, days=days, lengths=lambda *_: length_s, communes=[commune])


def starts(airings: list[Airing]) -> list[str | None]:
    return [airing.start.strftime("%H:%M:%S") if airing.start else None for airing in airings]


def at(clock: str, day: date = DAY) -> datetime:
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), VIETNAM)  # noqa: DTZ007


def test_the_relay_set_for_0315_never_airs_in_quiet_hours() -> None:
    relay = "- {ten: Tiếp sóng VOV1, tiep_song: vov1, gio: 03:15, dai: 30 phút, uu_tien: 99, doi: 3 giờ}"
    [airing] = planned(schedule(relay))
    assert (airing.status, airing.reason, airing.start) == (AiringStatus.DROPPED, PlanReason.OUTSIDE_WINDOW, None)
    assert airing.planned_start == at("03:15")


def test_without_windows_the_relay_set_for_0315_still_keeps_quiet() -> None:
    relay = "- {ten: Tiếp sóng VOV1, tiep_song: vov1, gio: [03:15, 14:00], dai: 30 phút}"
    head = HEAD.replace("khung_gio: {sang: 05:00-06:30, trua: 11:00-11:30, chieu: 17:00-18:00}\n", "")
    night, afternoon = planned(schedule(relay, head=head))
    assert (night.reason, afternoon.status) == (PlanReason.OUTSIDE_WINDOW, AiringStatus.PLANNED)


def test_an_airing_has_all_that_the_air_and_the_log_need() -> None:
    text = """
    - {ten: Bản tin xã, bai: "ban-tin/{xa}/{ngay}.txt", gio: "05:30", dai: tối đa 15 phút, uu_tien: 60,
       chuong_trinh: ban-tin, van_ban: 12/KH-UBND, tre_toi_da: 5 phút}
    """
    [airing] = planned(schedule(text, more="chuong_trinh: {ban-tin: [noi_dung]}"), length_s=600)
    assert airing == Airing(
        id="hoang-dao/2026-10-10/05:30:00/ban-tin-xa",
        commune="hoang-dao",
        date=DAY,
        planned_start=at("05:30"),
        start=at("05:30"),
        length_s=600,
        limit_s=900,
        entry="ban-tin-xa",
        title="Bản tin xã",
        item="ban-tin/hoang-dao/2026-10-10.txt",
        kind=AiringKind.SCRIPT,
        priority=60,
        status=AiringStatus.PLANNED,
        template="ban-tin",
        directive="12/KH-UBND",
        window_end=at("06:30"),
        late_limit_s=300,
    )


def test_places_are_communes_and_groups_less_those_taken_out() -> None:
    text = """
    - {ten: A, bai: a.txt, gio: 05:00}
    - {ten: B, bai: a.txt, gio: 05:10, noi_phat: ven-bien}
    - {ten: C, bai: a.txt, gio: 05:20, tru: ven-bien}
    - {ten: D, bai: a.txt, gio: 05:30, noi_phat: [hoang-dao, ven-bien], tru: hoang-dao}
    """
    given = schedule(text)
    assert [a.entry for a in planned(given)] == ["a", "c"]
    assert [a.entry for a in planned(given, commune="hoang-truong")] == ["a", "b", "d"]


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("tu: 09/10/2026, den: 11/10/2026", {9, 10, 11}),
        ("tu: 13/10/2026", {13, 14}),
        ("den: 08/10/2026", {8}),
        ("thu: T7", {10}),
        ("thu: CN, tu: 01/10/2026", {11}),
        ("ngay: [09/10/2026, 11/10/2026-12/10/2026]", {9, 11, 12}),
        ("ngay: 09/10/2026, am_lich: mùng 1", {9, 10}),
        ("ngay: [09/10/2026, 10/10/2026], thu: T7", {10}),
        ("am_lich: mùng 1 - mùng 3, den: 11/10/2026", {10, 11}),
        ("am_lich: ngày 30 tháng 8", set()),
    ],
)
def test_an_entry_is_on_the_dates_that_it_names(when: str, days: set[int]) -> None:
    given = schedule(f"- {{ten: A, bai: a.txt, gio: 05:00, {when}}}")
    assert {airing.date.day for airing in planned(given, day=date(2026, 10, 8), days=7)} == days


def test_lengths_are_reserved_capped_measured_or_unknown() -> None:
    text = """
    - {ten: Giữ, bai: a.txt, gio: 05:00, dai: 20 phút}
    - {ten: Trần, bai: a.txt, gio: 05:20, dai: tối đa 10 phút}
    - {ten: Theo bài, bai: a.txt, gio: 05:40}
    """
    given = schedule(text)
    assert [a.length_s for a in planned(given, length_s=432)] == [1200, 432, 432]
    assert [a.length_s for a in planned(given, length_s=1000)] == [1200, 600, 1000]
    assert [a.length_s for a in planned(given)] == [1200, 600, 60]


def test_a_time_written_twice_is_one_airing() -> None:
    assert len(planned(schedule("- {ten: A, bai: a.txt, gio: [05:00, 05:00:00, 5:00]}"))) == 1


@pytest.mark.parametrize(
    ("gio", "dai", "fits"),
    [
        ("05:00", "90 phút", True),
        ("06:00", "30 phút", True),
        ("06:00", "30 phút 1 giây", False),
        ("04:59:59", "1 phút", False),
        ("06:30", "1 giây", False),
        ("11:00", "30 phút", True),
        ("11:29:59", "2 giây", False),
        ("18:00", "1 giây", False),
        ("08:00", "1 phút", False),
    ],
)
def test_an_airing_lies_whole_inside_one_window(gio: str, dai: str, fits: bool) -> None:
    head = HEAD.replace(", gioi_han: 60 phút/khung", "")
    [airing] = planned(schedule(f'- {{ten: A, bai: a.txt, gio: "{gio}", dai: {dai}}}', head=head))
    assert (airing.status is AiringStatus.PLANNED) == fits
    assert airing.reason == (None if fits else PlanReason.OUTSIDE_WINDOW)


def test_touching_windows_stay_two() -> None:
    head = HEAD.replace("sang: 05:00-06:30", "som: 05:00-05:30, sang: 05:30-06:30")
    [airing] = planned(schedule("- {ten: A, bai: a.txt, gio: 05:20, dai: 20 phút}", head=head))
    assert airing.reason is PlanReason.OUTSIDE_WINDOW


def test_a_communes_own_windows_replace_the_common_ones() -> None:
    head = HEAD.replace("gioi_han: 60 phút/khung", "khung_gio: {toi: 19:00-20:00}")
    given = schedule("- {ten: A, bai: a.txt, gio: [05:00, 19:00]}", head=head)
    assert [a.reason for a in planned(given)] == [PlanReason.OUTSIDE_WINDOW, None]
    assert [a.reason for a in planned(given, commune="hoang-truong")] == [None, PlanReason.OUTSIDE_WINDOW]


def test_a_window_that_passes_midnight_belongs_to_both_dates() -> None:
    head = "xa: {a: {ten: A}}\nkhung_gio: {dem: 22:30-01:15}\ngio_yen_tinh: [00:40-00:50]\n"
    text = "- {ten: A, bai: a.txt, gio: [00:20, 00:35, 01:00, 23:50], dai: 15 phút}"
    airings = planned(schedule(text, head=head), commune="a")
    assert [airing.reason for airing in airings] == [None, PlanReason.OUTSIDE_WINDOW, None, None]
    late = planned(schedule("- {ten: A, bai: a.txt, gio: 23:50, dai: 30 phút}", head=head), commune="a")
    assert late[0].start == at("23:50")
    assert late[0].window_end == at("00:40", DAY + timedelta(days=1))


def test_what_ends_by_the_next_quiet_hour_may_not_run_late_into_it() -> None:
    head = HEAD.replace("trua: 11:00-11:30", "trua: 11:00-14:00")
    [airing] = planned(schedule("- {ten: A, bai: a.txt, gio: 11:10, dai: 15 phút}", head=head))
    assert airing.window_end == at("11:30")


def test_the_higher_priority_keeps_its_time_and_the_other_moves_behind_it() -> None:
    text = """
    - {ten: Thấp, bai: a.txt, gio: 05:00, dai: 10 phút}
    - {ten: Cao, bai: a.txt, gio: 05:05, dai: 5 phút, uu_tien: 60}
    """
    low, high = sorted(planned(schedule(text)), key=lambda airing: airing.priority)
    assert (low.status, low.start, low.planned_start) == (AiringStatus.MOVED, at("05:10"), at("05:00"))
    assert (low.reason, low.yields_to) == (None, None)
    assert low.id == "hoang-dao/2026-10-10/05:00:00/thap"
    assert high.status is AiringStatus.PLANNED


def test_touching_is_not_overlapping() -> None:
    text = """
    - {ten: A, bai: a.txt, gio: 05:00, dai: 10 phút}
    - {ten: B, bai: a.txt, gio: 05:10, dai: 10 phút}
    """
    assert [a.status for a in planned(schedule(text))] == [AiringStatus.PLANNED] * 2


def test_equal_priorities_go_by_start_then_by_the_order_of_the_file() -> None:
    text = """
    - {ten: Sau, bai: a.txt, gio: "05:00:01", dai: 5 phút}
    - {ten: Đầu, bai: a.txt, gio: 05:00, dai: 5 phút}
    - {ten: Cùng giờ, bai: a.txt, gio: 05:00, dai: 5 phút}
    """
    airings = planned(schedule(text))
    assert list(zip([airing.entry for airing in airings], starts(airings), strict=True)) == [
        ("dau", "05:00:00"),
        ("cung-gio", "05:05:00"),
        ("sau", "05:10:00"),
    ]


@pytest.mark.parametrize(
    ("doi", "start", "reason"),
    [
        ("10 phút", "05:10:00", None),
        ("9 phút 59 giây", None, PlanReason.YIELDED),
        ("0", None, PlanReason.YIELDED),
        ("1 giờ", "05:10:00", None),
    ],
)
def test_an_airing_moves_at_most_as_far_as_it_may(doi: str, start: str | None, reason: PlanReason | None) -> None:
    text = f"""
    - {{ten: Cao, bai: a.txt, gio: 05:00, dai: 10 phút, uu_tien: 60}}
    - {{ten: Thấp, bai: a.txt, gio: 05:00, dai: 10 phút, doi: {doi}}}
    """
    [low] = [airing for airing in planned(schedule(text)) if airing.entry == "thap"]
    assert starts([low]) == [start]
    assert (low.reason, low.yields_to) == (reason, "cao" if reason else None)


def test_one_that_gives_way_names_the_first_that_it_overlaps() -> None:
    text = """
    - {ten: Ngắn, bai: a.txt, gio: 06:10, dai: 5 phút, uu_tien: 60}
    - {ten: Dài, bai: a.txt, gio: 06:00, dai: 5 phút, uu_tien: 55}
    - {ten: Thấp, bai: a.txt, gio: 06:00, dai: 20 phút, doi: 0}
    """
    [low] = [airing for airing in planned(schedule(text)) if airing.entry == "thap"]
    assert low.yields_to == "dai"


def test_a_move_stays_in_its_window_and_out_of_quiet_hours() -> None:
    head = HEAD.replace("11:30-13:30", "05:20-05:25")
    text = """
    - {ten: Cao, bai: a.txt, gio: 05:00, dai: 10 phút, uu_tien: 60}
    - {ten: Thấp, bai: a.txt, gio: 05:00, dai: 15 phút, doi: 2 giờ}
    - {ten: Cuối, bai: a.txt, gio: 06:25, dai: 5 phút, uu_tien: 60}
    - {ten: Không chỗ, bai: a.txt, gio: 06:25, dai: 5 phút, doi: 12 giờ}
    """
    by_entry = {airing.entry: airing for airing in planned(schedule(text, head=head))}
    assert by_entry["thap"].start == at("05:25")
    assert by_entry["khong-cho"].reason is PlanReason.YIELDED


def test_what_would_break_the_windows_limit_is_dropped() -> None:
    text = """
    - {ten: Tiếp sóng, tiep_song: vov1, gio: 05:00, dai: 50 phút, uu_tien: 70}
    - {ten: Vừa đủ, bai: a.txt, gio: 05:50, dai: 10 phút}
    - {ten: Thừa, bai: a.txt, gio: "06:10", dai: 1 giây}
    - {ten: Chiều, bai: a.txt, gio: 17:00, dai: 50 phút}
    """
    by_entry = {airing.entry: airing.reason for airing in planned(schedule(text))}
    assert by_entry == {"tiep-song": None, "vua-du": None, "thua": PlanReason.OVER_LIMIT, "chieu": None}


def test_reasons_are_tried_windows_then_limit_then_conflict() -> None:
    text = """
    - {ten: Đầy, bai: a.txt, gio: 05:00, dai: 60 phút, uu_tien: 70}
    - {ten: Ngoài, bai: a.txt, gio: 05:00, dai: 2 giờ}
    - {ten: Thừa, bai: a.txt, gio: 05:00, dai: 10 phút}
    """
    by_entry = {airing.entry: airing.reason for airing in planned(schedule(text))}
    assert by_entry == {"day": None, "ngoai": PlanReason.OUTSIDE_WINDOW, "thua": PlanReason.OVER_LIMIT}


def test_what_was_dropped_takes_no_time_from_others() -> None:
    text = """
    - {ten: Ngoài, bai: a.txt, gio: 06:00, dai: 40 phút, uu_tien: 90}
    - {ten: Trong, bai: a.txt, gio: 06:00, dai: 30 phút}
    """
    assert [a.status for a in planned(schedule(text)) if a.entry == "trong"] == [AiringStatus.PLANNED]


CAMPAIGN = """
chien_dich:
  - ten: 17 điểm
    van_ban: 244/CĐSQG-CSS
    bai: [01.txt, 02.txt, 03.txt]
    tu: 08/10/2026
    den: 11/10/2026
    chi_tieu: 2 lượt/ngày
    khung: [sang, chieu]
    cach_nhau: 3 giờ
    dai: 5 phút
"""


def test_a_campaign_fills_its_quota_at_the_earliest_free_minutes() -> None:
    airings = planned(schedule("- {ten: A, bai: a.txt, gio: 05:00, dai: 90 giây}", more=CAMPAIGN))
    rows = [airing for airing in airings if airing.kind is AiringKind.CAMPAIGN]
    assert starts(rows) == ["05:02:00", "17:00:00"]
    assert [row.id for row in rows] == ["hoang-dao/2026-10-10/k0/17-diem", "hoang-dao/2026-10-10/k1/17-diem"]
    assert all(row.planned_start == row.start and row.priority == 30 for row in rows)
    assert rows[0].directive == "244/CĐSQG-CSS"


def test_a_campaigns_scripts_take_turns_through_all_its_days() -> None:
    airings = planned(schedule(more=CAMPAIGN), day=date(2026, 10, 7), days=6)
    assert [airing.item for airing in airings] == [f"0{n}.txt" for n in (1, 2, 3, 1, 2, 3, 1, 2)]
    assert {airing.date.day for airing in airings} == {8, 9, 10, 11}


def test_a_campaign_without_room_is_short_and_says_so_for_each_missing_play() -> None:
    more = CAMPAIGN.replace("khung: [sang, chieu]", "khung: [sang]").replace("2 lượt", "3 lượt")
    first, *missing = planned(schedule(more=more))
    assert first.status is AiringStatus.PLANNED
    assert [(a.status, a.reason, a.planned_start, a.start) for a in missing] == [
        (AiringStatus.SHORT, PlanReason.NO_ROOM, None, None)
    ] * 2
    assert [a.id.split("/")[2] for a in missing] == ["k1", "k2"]


def test_a_later_play_is_tried_though_one_before_found_no_room() -> None:
    lengths = {"01.txt": 300, "02.txt": 7200, "03.txt": 300}
    more = CAMPAIGN.replace("    dai: 5 phút\n", "").replace("2 lượt", "3 lượt").replace("08/10", "10/10")
    more = more.replace("cach_nhau: 3 giờ", "cach_nhau: 10 phút")
    known = plan(schedule(more=more), first=DAY, days=1, lengths=lambda _c, s, _t, _m: lengths[s])
    airings = [airing for airing in known if airing.commune == "hoang-dao"]
    assert starts(airings) == ["05:00:00", "05:10:00", None]
    assert [a.item for a in airings] == ["01.txt", "03.txt", "02.txt"]


def test_a_campaign_keeps_the_limit_and_goes_to_the_next_window() -> None:
    text = "- {ten: A, bai: a.txt, gio: 05:00, dai: 56 phút}"
    rows = [a for a in planned(schedule(text, more=CAMPAIGN)) if a.kind is AiringKind.CAMPAIGN]
    assert starts(rows) == ["17:00:00", None]


def test_campaigns_come_after_all_entries_whatever_their_priority() -> None:
    more = CAMPAIGN.replace("    dai: 5 phút", "    dai: 5 phút\n    uu_tien: 99")
    airings = planned(schedule("- {ten: A, bai: a.txt, gio: 05:00, dai: 5 phút, uu_tien: 1}", more=more))
    assert [(a.entry, s) for a, s in zip(airings, starts(airings), strict=True)][:2] == [
        ("a", "05:00:00"),
        ("17-diem", "05:05:00"),
    ]


def test_a_window_that_a_commune_lacks_is_skipped_there() -> None:
    head = HEAD.replace("gioi_han: 60 phút/khung", "khung_gio: {toi: 19:00-20:00}")
    rows = planned(schedule(more=CAMPAIGN.replace("[sang, chieu]", "[sang, toi]"), head=head))
    assert starts(rows) == ["19:00:00", None]


def test_a_day_without_music_is_as_long_as_its_programmes_are_then() -> None:
    more = "ngoai_le: [{ten: Quốc tang, tu: 10/10/2026, den: 10/10/2026, tat_nhac: true}]\n"
    given = schedule("- {ten: Bản tin, bai: a.txt, gio: 05:30}", more=more)

    airings = plan(given, first=date(2026, 10, 9), days=3, lengths=lambda _c, _s, _t, music: 300 if music else 240)

    assert [airing.length_s for airing in airings if airing.commune == "hoang-dao"] == [300, 240, 300]


def test_on_tet_only_relays_and_what_is_added_air() -> None:
    text = """
    - {ten: Tiếp sóng, tiep_song: vov1, gio: 05:00, dai: 30 phút}
    - {ten: Bản tin, bai: a.txt, gio: 05:30}
    """
    more = (
        CAMPAIGN.replace("den: 11/10/2026", "den: 31/03/2027")
        + """
ngoai_le:
  - ten: Tết
    am_lich: giao thừa - mùng 3 tháng 1
    chi_phat: [tiếp sóng]
    them: [{ten: Chúc Tết, bai: tet/chuc-tet.txt, gio: 05:40}]
  - {ten: Quốc tang, tu: 07/02/2027, den: 07/02/2027, chi_phat: [], tat_nhac: true}
"""
    )
    airings = planned(schedule(text, more=more), day=date(2027, 2, 4), days=6)
    by_day: dict[int, list[str]] = {}
    for airing in airings:
        by_day.setdefault(airing.date.day, []).append(airing.entry)
    tet = ["tiep-song", "chuc-tet"]
    assert by_day[5] == by_day[6] == by_day[8] == tet
    assert by_day[7] == ["chuc-tet"]
    assert "17-diem" in by_day[4] and "17-diem" in by_day[9] and "chuc-tet" not in by_day[9]
    assert [airing.music for airing in airings if airing.date.day == 7] == [False]
    assert all(airing.music for airing in airings if airing.date.day != 7)


def exceptional(rule: str) -> list[tuple[str, str | None]]:
    text = """
    - {ten: Tiếp sóng, tiep_song: vov1, gio: 05:00, dai: 30 phút}
    - {ten: Bản tin, bai: a.txt, gio: [05:30, 17:30]}
    """
    airings = planned(schedule(text, more=CAMPAIGN + f"ngoai_le:\n  - {{ten: X, ngay: 10/10/2026, {rule}}}\n"))
    return [(airing.entry, start) for airing, start in zip(airings, starts(airings), strict=True)]


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("bo: [Bản tin, chiến dịch]", [("tiep-song", "05:00:00")]),
        ("chi_phat: [chiến dịch]", [("17-diem", "05:00:00"), ("17-diem", "17:00:00")]),
        ("chi_phat: [17 điểm]", [("17-diem", "05:00:00"), ("17-diem", "17:00:00")]),
        ("chi_phat: [bản tin]", [("ban-tin", "05:30:00"), ("ban-tin", "17:30:00")]),
        ("chi_phat: []", []),
        ("chi_phat: [], doi_gio: {Bản tin: 06:00}", []),
        ("chi_phat: [Bản tin], doi_gio: {Bản tin: 06:00}", [("ban-tin", "06:00:00")]),
        (
            "chi_phat: [Bản tin], doi_gio: [{ten: Bản tin, gio: [06:00, 17:00]}]",
            [("ban-tin", "06:00:00"), ("ban-tin", "17:00:00")],
        ),
        ("chi_phat: [], them: [{ten: Riêng, bai: a.txt, gio: 05:00, noi_phat: ven-bien}]", []),
        ("chi_phat: [], them: [{ten: Riêng, bai: a.txt, gio: 05:00, thu: CN}]", []),
        ("chi_phat: [], them: [{ten: Riêng, bai: a.txt, gio: 05:00, thu: T7}]", [("rieng", "05:00:00")]),
    ],
)
def test_an_exception_keeps_drops_adds_and_retimes(rule: str, left: list[tuple[str, str]]) -> None:
    assert exceptional(rule) == left


def test_an_exception_of_other_communes_changes_nothing_here() -> None:
    assert exceptional("chi_phat: [], noi_phat: ven-bien") == exceptional("bo: []")


def test_an_exception_that_is_off_changes_nothing() -> None:
    assert exceptional("chi_phat: [], bat: false") == exceptional("bo: []")


def test_the_plan_is_in_order_of_commune_then_start() -> None:
    more = CAMPAIGN.replace("khung: [sang, chieu]", "khung: [sang]")
    given = schedule("- {ten: A, bai: a.txt, gio: [17:00, 04:00, 05:00]}", more=more)
    airings = plan(given, first=DAY, days=2, lengths=no_lengths)
    assert [airing.commune for airing in airings] == ["hoang-dao"] * 10 + ["hoang-truong"] * 10
    assert starts(airings)[:5] == [None, "05:00:00", "05:01:00", "17:00:00", None]
    assert airings[0].reason is PlanReason.OUTSIDE_WINDOW and airings[4].status is AiringStatus.SHORT


def test_a_plan_of_many_days_is_the_plans_of_its_days() -> None:
    given = schedule("- {ten: A, bai: a.txt, gio: [05:00, 17:00]}", more=CAMPAIGN)
    whole = planned(given, days=3)
    assert whole == [airing for n in range(3) for airing in planned(given, day=DAY + timedelta(days=n))]


def test_ids_survive_edits_elsewhere_in_the_file() -> None:
    text = "- {ten: A, bai: a.txt, gio: 05:00}\n"
    before = {airing.id for airing in planned(schedule(text, more=CAMPAIGN))}
    edited = "- {ten: Trước, bai: b.txt, gio: 05:00, uu_tien: 90, dai: 3 phút}\n" + text
    assert before < {airing.id for airing in planned(schedule(edited, more=CAMPAIGN))}


def test_an_unknown_commune_or_date_is_wrong_usage() -> None:
    given = schedule("- {ten: A, bai: a.txt, gio: 05:00}")
    with pytest.raises(WrongUsage) as caught:
        planned(given, commune="hoang-dap")
    assert "hoang-dao" in caught.value.remedy
    with pytest.raises(WrongUsage):
        planned(given, day=date(9999, 12, 31))
    with pytest.raises(WrongUsage):
        planned(given, days=10**6)


def test_a_day_crowded_with_thousands_of_wishes_is_planned() -> None:
    times = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(18000, 23400, 4)]
    entries = "".join(f"- {{ten: Mục {n}, bai: a.txt, gio: [{', '.join(times)}], dai: 1 giây}}\n" for n in range(4))
    airings = planned(schedule(entries))
    assert len(airings) == 4 * len(times)
    assert sum(airing.start is not None for airing in airings) == 3600
