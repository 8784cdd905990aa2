"""What every ledger must do: the real one and the fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.errors import EvidenceBroken
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason
from broadcaster.schedule.ledger import AiringLedger, Intent
from broadcaster.storage.database import open_database
from broadcaster.storage.ledger import SqliteLedger
from broadcaster.testing import MemoryLedger

NOW = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)


@pytest.fixture(params=["sqlite", "memory"])
def ledger(request: pytest.FixtureRequest) -> AiringLedger:
    return MemoryLedger() if request.param == "memory" else SqliteLedger(request.getfixturevalue("database"))


@pytest.fixture
def intent(airing: Airing) -> Intent:
    return Intent(airing=airing, cluster="trung-tam", output="loa-may")


def test_new_ledger_knows_of_nothing(ledger: AiringLedger) -> None:
    assert ledger.open() == []
    assert ledger.seen_until() is None


def test_intent_comes_back_whole(ledger: AiringLedger, intent: Intent) -> None:
    everything = replace(
        intent.airing,
        kind=AiringKind.CAMPAIGN,
        status=AiringStatus.MOVED,
        reason=PlanReason.YIELDED,
        yields_to="tiep-song",
        directive="244/CĐSQG-CSS",
        music=False,
        late_limit_s=0,
        title="Bản tin “xã”",
    )
    ledger.intend([replace(intent, airing=everything)])
    assert ledger.open() == [replace(intent, airing=everything)]


def test_intents_come_in_the_order_of_their_start(ledger: AiringLedger, intent: Intent) -> None:
    later = replace(intent.airing, id="a", start=NOW + timedelta(hours=12))
    ledger.intend([replace(intent, airing=later), intent, replace(intent, cluster="thon-1")])
    assert [(each.airing.id, each.cluster) for each in ledger.open()] == [
        (intent.airing.id, "thon-1"),
        (intent.airing.id, "trung-tam"),
        ("a", "trung-tam"),
    ]


def test_planning_again_renews_what_still_waits(ledger: AiringLedger, intent: Intent) -> None:
    moved = replace(intent, output="truyen", airing=replace(intent.airing, start=NOW + timedelta(minutes=5)))
    ledger.intend([intent])
    ledger.intend([moved])
    assert ledger.open() == [moved]


def test_planning_again_leaves_what_is_on_the_air_alone(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    ledger.begin(intent.airing.id, intent.cluster, at=NOW)
    ledger.progress(intent.airing.id, intent.cluster, frames=44_100, sample_rate=44_100)
    ledger.intend([replace(intent, output="truyen")])
    assert ledger.open() == [replace(intent, began_at=NOW, played_frames=44_100)]


def test_settled_airing_is_never_intended_again(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    ledger.settle(intent.airing.id, intent.cluster)
    ledger.intend([intent])
    assert ledger.open() == []


def test_airing_settled_before_it_was_intended_stays_settled(ledger: AiringLedger, intent: Intent) -> None:
    ledger.settle(intent.airing.id, intent.cluster)
    ledger.settle(intent.airing.id, intent.cluster)
    ledger.intend([intent])
    assert ledger.open() == []


def test_settling_one_cluster_leaves_the_other(ledger: AiringLedger, intent: Intent) -> None:
    other = replace(intent, cluster="thon-1")
    ledger.intend([intent, other])
    ledger.settle(intent.airing.id, "trung-tam")
    assert ledger.open() == [other]


def test_what_went_on_the_air_is_remembered(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    ledger.begin(intent.airing.id, intent.cluster, at=NOW, programme="k1")
    ledger.progress(intent.airing.id, intent.cluster, frames=100, sample_rate=44_100)
    ledger.begin(intent.airing.id, intent.cluster, at=NOW)
    assert ledger.open() == [replace(intent, began_at=NOW, programme="k1", played_frames=100)]


def test_beginning_again_keeps_the_first_time(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    ledger.begin(intent.airing.id, intent.cluster, at=NOW)
    ledger.begin(intent.airing.id, intent.cluster, at=NOW + timedelta(minutes=1))
    assert [each.began_at for each in ledger.open()] == [NOW]


def test_nothing_begins_that_was_not_intended(ledger: AiringLedger, intent: Intent) -> None:
    with pytest.raises(EvidenceBroken):
        ledger.begin(intent.airing.id, intent.cluster, at=NOW)
    ledger.settle(intent.airing.id, intent.cluster)
    with pytest.raises(EvidenceBroken):
        ledger.begin(intent.airing.id, intent.cluster, at=NOW)


def test_nothing_progresses_that_is_not_on_the_air(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    with pytest.raises(EvidenceBroken):
        ledger.progress(intent.airing.id, intent.cluster, frames=1, sample_rate=44_100)


def test_progress_is_the_latest_word(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    ledger.begin(intent.airing.id, intent.cluster, at=NOW)
    for second in (1, 2, 3):
        ledger.progress(intent.airing.id, intent.cluster, frames=second * 22_050, sample_rate=22_050)
    assert [(each.played_frames, each.sample_rate) for each in ledger.open()] == [(66_150, 22_050)]


def test_what_was_put_on_and_did_not_go_on_the_air_waits_again(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    ledger.begin(intent.airing.id, intent.cluster, at=NOW, programme="k1")
    ledger.stand_down(intent.airing.id, intent.cluster)
    assert ledger.open() == [intent]


def test_what_has_sounded_does_not_stand_down(ledger: AiringLedger, intent: Intent) -> None:
    ledger.intend([intent])
    ledger.begin(intent.airing.id, intent.cluster, at=NOW)
    ledger.progress(intent.airing.id, intent.cluster, frames=1, sample_rate=44_100)
    ledger.stand_down(intent.airing.id, intent.cluster)
    ledger.stand_down("khong-co", "trung-tam")
    assert [each.began_at for each in ledger.open()] == [NOW]


def test_marks_of_different_names_stand_beside_each_other(ledger: AiringLedger) -> None:
    assert ledger.marked("boot:1") is None
    ledger.mark("boot:1", NOW)
    ledger.mark("boot:1", NOW + timedelta(hours=1))
    ledger.mark_seen(NOW)
    assert (ledger.marked("boot:1"), ledger.seen_until()) == (NOW + timedelta(hours=1), NOW)


def test_last_mark_is_the_one_that_counts(ledger: AiringLedger) -> None:
    ledger.mark_seen(NOW)
    ledger.mark_seen(NOW + timedelta(minutes=1))
    assert ledger.seen_until() == NOW + timedelta(minutes=1)


def test_everything_survives_the_process(path: Path, intent: Intent) -> None:
    with open_database(path) as database:
        before = SqliteLedger(database)
        before.intend([intent, replace(intent, cluster="thon-1"), replace(intent, cluster="thon-2")])
        before.begin(intent.airing.id, "trung-tam", at=NOW)
        before.progress(intent.airing.id, "trung-tam", frames=100, sample_rate=44_100)
        before.settle(intent.airing.id, "thon-2")
        before.mark_seen(NOW)
    with open_database(path) as database:
        after = SqliteLedger(database)
        after.intend([replace(intent, cluster="thon-2")])
        assert after.open() == [
            replace(intent, cluster="thon-1"),
            replace(intent, began_at=NOW, played_frames=100),
        ]
        assert after.seen_until() == NOW
