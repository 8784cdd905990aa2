from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model.as_run import LogRow, Outcome, OutcomeReason
from broadcaster.model.period import Period
from broadcaster.model.plan import AiringKind
from broadcaster.model.script import ScriptKind
from broadcaster.reports.figures import Figures, figures, shared_pieces
from broadcaster.reports.period import parse_period

RowFactory = Callable[..., LogRow]
OCTOBER = parse_period("2026-10")


def count(rows: list[LogRow], **asked: Any) -> Figures:
    return figures(rows, **({"period": OCTOBER, "directive": None, "commune": None} | asked))


def test_two_clusters_of_one_airing_are_one_play(row: RowFactory) -> None:
    found = count([row(cluster="trung-tam"), row(cluster="thon-1")])
    assert found.total.plays.value == 1
    assert found.total.plays.seqs == (1, 2)
    assert found.by_cluster["hoang-dao", "thon-1"].plays.value == 1


def test_airtime_is_the_longest_cluster_that_played(row: RowFactory) -> None:
    found = count(
        [
            row(cluster="trung-tam", played_s=60.2),
            row(cluster="thon-1", played_s=61.0),
            row(cluster="thon-2", played_s=300.0, outcome=Outcome.PARTIAL, reason=OutcomeReason.STOPPED),
        ]
    )
    assert found.total.own_s.value == 61
    assert found.total.own_s.seqs == (2,)
    assert found.by_cluster["hoang-dao", "trung-tam"].airtime_s.value == 60
    assert found.total.partial_s.value == 0


def test_an_airing_that_failed_on_one_cluster_shows_it(row: RowFactory) -> None:
    found = count(
        [row(), row(cluster="thon-1", outcome=Outcome.FAILED, reason=OutcomeReason.OUTPUT_FAILED, played_s=0)]
    )
    assert found.total.plays.value == 1
    assert found.total.shortfalls == ()
    (behind,) = found.total.cluster_shortfalls
    assert (behind.outcome, behind.reason, behind.figure.seqs) == (Outcome.FAILED, OutcomeReason.OUTPUT_FAILED, (2,))


def test_only_played_is_a_play(row: RowFactory) -> None:
    others = [outcome for outcome in Outcome if outcome is not Outcome.PLAYED]
    rows = [
        row(f"2026-10-10T0{hour}:00:00", outcome=outcome, reason=OutcomeReason.STATION_DIED, played_s=59.9)
        for hour, outcome in enumerate(others)
    ]
    found = count(rows)
    assert found.total.plays.value == 0
    assert found.total.airtime_s.value == 0
    assert found.total.all_pieces.value == 0
    assert [shortfall.figure.value for shortfall in found.total.shortfalls] == [1, 1, 1, 1]
    assert found.total.partial_s.value == 60


def test_a_script_aired_twice_is_one_piece_and_two_plays(row: RowFactory) -> None:
    found = count([row("2026-10-10T05:30:00"), row("2026-10-10T17:30:00")])
    assert found.total.pieces[ScriptKind.NEWS].value == 1
    assert found.total.plays.value == 2


def test_relays_are_plays_but_no_pieces(row: RowFactory) -> None:
    found = count([row(script=None, played_s=1800.0)])
    assert found.total.plays.value == 1
    assert found.total.relay_s.value == 1800
    assert found.total.own_s.value == 0
    assert found.total.all_pieces.value == 0
    assert found.by_kind[AiringKind.RELAY].plays.value == 1


def test_a_script_shared_by_two_communes_is_counted_once_in_all(row: RowFactory) -> None:
    found = count([row(), row(commune="hoang-truong", cluster="ubnd")])
    assert found.total.pieces[ScriptKind.NEWS].value == 1
    assert [tally.pieces[ScriptKind.NEWS].value for tally in found.by_commune.values()] == [1, 1]
    assert shared_pieces(found.total, found.by_commune.values())[ScriptKind.NEWS] == 1


def test_simulated_rows_never_count(row: RowFactory) -> None:
    found = count([row(simulated=True), row(simulated=True, cluster="thon-1")])
    assert found.total.airings.value == 0
    assert found.accounts == ()
    assert found.simulated == 2


def test_days_are_vietnamese_at_both_ends_of_the_period(row: RowFactory) -> None:
    rows = [
        row(start)
        for start in ("2026-09-30T23:59:59", "2026-10-01T00:00:00", "2026-10-31T23:59:59", "2026-11-01T00:00:00")
    ]
    assert count(rows).total.airings.seqs == (2, 3)


def test_a_directive_is_found_however_its_spaces_and_capitals_are_typed(row: RowFactory) -> None:
    rows = [
        row(directive="244/CĐSQG-CSS"),
        row("2026-10-10T06:00:00", directive="12/KH-UBND"),
        row("2026-10-10T06:10:00"),
    ]
    assert count(rows, directive=" 244/cđsqg-css ").total.plays.seqs == (1,)
    assert count(rows, commune="hoang-truong").total.airings.value == 0


def test_two_days_come_to_what_a_person_counts_by_hand(two_days: list[LogRow]) -> None:
    total = count(two_days).total
    assert total.airings.value == 11
    assert total.plays.seqs == (1, 2, 3, 4, 5, 7, 11, 12)
    assert total.plays.value == 7
    assert {kind: figure.value for kind, figure in total.pieces.items()} == {
        ScriptKind.NEWS: 1,
        ScriptKind.ARTICLE: 2,
        ScriptKind.REPORTAGE: 0,
        ScriptKind.ANNOUNCEMENT: 1,
        ScriptKind.QUESTION_AND_ANSWER: 0,
    }
    assert total.relay_s.value == 1800
    assert total.own_s.value == 246 + 245 + 300 + 246 + 90 + 301
    assert {(gap.outcome, gap.reason): gap.figure.value for gap in total.shortfalls} == {
        (Outcome.PARTIAL, OutcomeReason.STATION_DIED): 1,
        (Outcome.CANCELLED, OutcomeReason.WITHDRAWN): 1,
        (Outcome.MISSED, OutcomeReason.NOT_APPROVED): 1,
        (Outcome.MISSED, OutcomeReason.STATION_OFF): 1,
    }
    assert total.remarks[OutcomeReason.LATE].seqs == (7,)
    assert total.languages == ("hmn", "vi")


VALUES = st.fixed_dictionaries(
    {
        "start": st.sampled_from(
            ["2026-09-30T23:00:00", "2026-10-01T05:30:00", "2026-10-01T17:30:00", "2026-10-31T05:00:00"]
        ),
        "commune": st.sampled_from(["hoang-dao", "hoang-truong", "nam-sam-son"]),
        "cluster": st.sampled_from(["trung-tam", "thon-1", "thon-2"]),
        "script": st.sampled_from([None, "a.txt", "b.txt", "c.txt"]),
        "script_kind": st.sampled_from([None, *ScriptKind]),
        "directive": st.sampled_from([None, "244/CĐSQG-CSS", "12/KH-UBND"]),
        "campaign": st.sampled_from([None, "17-diem"]),
        "language": st.sampled_from([None, "vi", "hmn"]),
        "outcome": st.sampled_from(list(Outcome)),
        "reason": st.sampled_from([None, *OutcomeReason]),
        "played_s": st.floats(min_value=0, max_value=7200).map(lambda value: round(value, 3)),
        "simulated": st.booleans(),
    }
)


@given(values=st.lists(VALUES, max_size=30), period=st.sampled_from([OCTOBER, parse_period("2026-09-30..2026-10-01")]))
def test_every_breakdown_adds_up_to_the_whole(
    new_log: Callable[[], RowFactory], values: list[dict[str, Any]], period: Period
) -> None:
    make = new_log()
    rows = [make(**one) for one in values]
    found = count(rows, period=period)
    whole = found.total
    breakdowns = (
        found.by_commune,
        found.by_directive,
        found.by_campaign,
        found.by_language,
        found.by_kind,
        found.by_piece,
    )
    for groups in breakdowns:
        parts = list(groups.values())
        for name in ("airings", "plays", "own_s", "relay_s", "partial_s", "airtime_s"):
            assert sum(getattr(part, name).value for part in parts) == getattr(whole, name).value
            seqs = sorted(seq for part in parts for seq in getattr(part, name).seqs)
            assert seqs == list(getattr(whole, name).seqs)
        shared = shared_pieces(whole, parts)
        for kind, figure in whole.pieces.items():
            together = sum(part.pieces[kind].value for part in parts if kind in part.pieces)
            assert together - shared[kind] == figure.value
            assert shared[kind] >= 0
    assert whole.plays.value + sum(gap.figure.value for gap in whole.shortfalls) == whole.airings.value
    real = [one for one in rows if not one.row.simulated and one.row.planned_start.date() in period]
    assert sorted(whole.airings.seqs) == [one.seq for one in real]
    for tallies in (found.by_cluster.values(), found.by_output.values()):
        counted = sum(tally.plays.value + sum(gap.figure.value for gap in tally.shortfalls) for tally in tallies)
        assert counted == len(real)
