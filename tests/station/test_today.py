"""Which state an airing is in, when plan, ledger and log say different things."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.config.load import parse_schedule
from broadcaster.evidence.as_run import row_of
from broadcaster.model.as_run import Intent, LogRow, Outcome, OutcomeReason, Playback
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason
from broadcaster.station.notices import Notice
from broadcaster.station.running_order import Listed
from broadcaster.station.today import AirState, Line, Sources, Standing, Today, today
from broadcaster.testing import MemoryLog

NOW = datetime(2026, 10, 10, 17, 30, tzinfo=VIETNAM)
SCHEDULE = parse_schedule("""\
phien_ban: 1
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loa:
      trung-tam: {ten: Loa trung tâm, dau_ra: tep}
      thon-1: {ten: Thôn 1, dau_ra: tep}
dau_ra: {tep: {kieu: file}}
""")


def airing(minutes: float | None = 10, *, key: str = "ban-tin", day: datetime = NOW) -> Airing:
    """One that starts so many minutes from now; None: the plan dropped it."""
    start = None if minutes is None else day + timedelta(minutes=minutes)
    return Airing(
        id=f"hoang-dao/{key}",
        commune="hoang-dao",
        date=day.date(),
        planned_start=start or day + timedelta(minutes=5),
        start=start,
        length_s=60,
        entry=key,
        title="Bản tin xã",
        item="tin/thu.txt",
        kind=AiringKind.SCRIPT,
        priority=50,
        status=AiringStatus.PLANNED if start else AiringStatus.DROPPED,
        reason=None if start else PlanReason.YIELDED,
    )


def listed(one: Airing, *, approved: bool = True) -> Listed:
    return Listed(airing=one, approved=approved, why="Vì lịch ghi thế.")


def intent(one: Airing, *, began: bool = False, played_s: float = 0.0, cluster: str = "trung-tam") -> Intent:
    return Intent(
        airing=one,
        cluster=cluster,
        output="tep",
        began_at=one.start if began else None,
        played_frames=round(played_s * 44_100),
        sample_rate=44_100,
    )


def row(one: Airing, outcome: Outcome, *, cluster: str = "trung-tam", played_s: float = 0.0) -> LogRow:
    start = one.start or one.planned_start
    assert start is not None
    playback = Playback(
        output="tep (file)",
        started_at=start if played_s else None,
        ended_at=start + timedelta(seconds=played_s) if played_s else None,
        frames=round(played_s * 44_100),
        sample_rate=44_100,
        outcome=outcome,
        reason=None if outcome is Outcome.PLAYED else OutcomeReason.STOPPED,
    )
    as_run = row_of(one, cluster, playback, programme=None, script=None, approval=None, clock="system", recorded_at=NOW)
    return MemoryLog().append(as_run)


def seen(*plan: Listed, intents: tuple[Intent, ...] = (), rows: tuple[LogRow, ...] = (), now: datetime = NOW) -> Today:
    sources = Sources(
        schedule=SCHEDULE,
        listed=plan,
        intents=intents,
        rows=rows,
        titles={"tin/thu.txt": "Tin thử"},
        sounds={"tep": "tep (file)"},
    )
    return today(sources, now=now)


def only_line(day: Today) -> Line:
    (line,) = day.lines
    return line


def central(day: Today) -> Standing:
    return next(each for each in only_line(day).standings if each.cluster == "trung-tam")


def test_what_waits_in_the_ledger_is_coming() -> None:
    one = airing()

    assert central(seen(listed(one), intents=(intent(one),))).state is AirState.COMING


def test_what_is_planned_and_not_yet_in_the_ledger_is_coming_too() -> None:
    assert central(seen(listed(airing()))).state is AirState.COMING


def test_what_waits_without_approval_says_so() -> None:
    one = airing()

    assert central(seen(listed(one, approved=False), intents=(intent(one),))).state is AirState.NOT_APPROVED


def test_what_went_on_without_a_sound_yet_is_starting() -> None:
    one = airing(0)

    standing = central(seen(listed(one), intents=(intent(one, began=True),)))

    assert (standing.state, standing.started_at) == (AirState.STARTING, None)


def test_what_sounds_is_on_air_as_far_as_the_output_says() -> None:
    one = airing(-1)

    standing = central(seen(listed(one), intents=(intent(one, began=True, played_s=12.5),)))

    assert (standing.state, standing.played_s, standing.output) == (AirState.ON_AIR, 12.5, "tep (file)")


def test_what_sounds_is_not_played_though_its_time_is_over() -> None:
    one = airing(-30)

    assert central(seen(listed(one), intents=(intent(one, began=True, played_s=60),))).state is AirState.ON_AIR


@pytest.mark.parametrize("outcome", Outcome)
def test_the_logs_word_is_the_last(outcome: Outcome) -> None:
    """Over a ledger that was not tidied yet, and over a plan that has forgotten it."""
    one = airing(-1)
    logged = row(one, outcome, played_s=12.0 if outcome in (Outcome.PLAYED, Outcome.PARTIAL) else 0.0)

    for day in (
        seen(listed(one), intents=(intent(one, began=True, played_s=3.0),), rows=(logged,)),
        seen(listed(one, approved=False), rows=(logged,)),
        seen(listed(airing(None)), rows=(logged,)),
        seen(rows=(logged,)),
    ):
        assert central(day).state.value == outcome.value
        assert central(day).played_s == logged.row.played_s
        assert central(day).seq == logged.seq


def test_what_the_plan_dropped_says_why() -> None:
    line = only_line(seen(listed(airing(None))))

    assert {each.state for each in line.standings} == {AirState.DROPPED}
    assert (line.why, line.at) == ("Vì lịch ghi thế.", NOW + timedelta(minutes=5))


def test_what_passed_and_nobody_knows_of_is_never_called_played_or_missed() -> None:
    assert central(seen(listed(airing(-60)))).state is AirState.UNACCOUNTED


def test_what_is_due_and_still_in_the_ledger_waits_for_its_outcome() -> None:
    one = airing(-0.1)

    assert central(seen(listed(one), intents=(intent(one),))).state is AirState.COMING


def test_each_cluster_stands_on_its_own() -> None:
    one = airing(-1)
    rows = (row(one, Outcome.PLAYED, cluster="thon-1", played_s=15.0),)

    day = seen(listed(one), intents=(intent(one, began=True, played_s=9.0),), rows=rows)

    assert {each.cluster: each.state for each in only_line(day).standings} == {
        "trung-tam": AirState.ON_AIR,
        "thon-1": AirState.PLAYED,
    }


def test_the_ledgers_start_is_shown_where_a_new_plan_would_move_it() -> None:
    held, moved = airing(10), airing(14)

    assert only_line(seen(listed(moved), intents=(intent(held),))).at == held.start


def test_tomorrows_intents_are_not_todays_but_what_still_sounds_is() -> None:
    tomorrow = airing(0, key="mai", day=NOW + timedelta(days=1))
    yesterday = airing(0, key="hom-qua", day=NOW - timedelta(days=1))

    day = seen(intents=(intent(tomorrow), intent(yesterday, began=True, played_s=5.0)))

    assert [line.id for line in day.lines] == ["hoang-dao/hom-qua"]


def test_lines_come_in_order_of_time_and_those_without_last() -> None:
    short = replace(airing(None, key="chien-dich"), planned_start=None)

    day = seen(listed(short), listed(airing(30, key="b")), listed(airing(-30, key="a")))

    assert [line.id.split("/")[1] for line in day.lines] == ["a", "b", "chien-dich"]
    following = day.next_line()
    assert following is not None
    assert following.id == "hoang-dao/b"


def test_what_the_schedule_wants_no_more_is_not_said_to_be_coming() -> None:
    one = airing()

    assert central(seen(intents=(intent(one),))).state is AirState.WITHDRAWN


def test_what_is_not_as_it_should_be_is_handed_on() -> None:
    notice = Notice(about="lich", message="Lịch có lỗi.", remedy="Sửa lịch.", since=NOW)
    sources = Sources(schedule=SCHEDULE, listed=(), intents=(), rows=(), notices=(notice,))

    assert today(sources, now=NOW).notices == (notice,)
