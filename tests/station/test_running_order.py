"""The running order says what may air, and why what will not."""

from __future__ import annotations

import pytest
from station.day import AIRTIME, Day

from broadcaster.errors import WrongUsage
from broadcaster.station.running_order import running_order

KEYS = {
    *("id", "commune", "date", "planned_start", "start", "length_s", "entry", "item", "kind"),
    *("priority", "status", "reason", "yields_to", "approved"),
}


def test_a_line_has_just_the_keys_that_others_rely_on(day: Day) -> None:
    lines = running_order(day.station, day.renderer, first=AIRTIME.date(), days=1)

    assert [set(line.as_json()) for line in lines] == [KEYS, KEYS]


def test_an_unapproved_script_is_planned_all_the_same(day: Day) -> None:
    before = running_order(day.station, day.renderer, first=AIRTIME.date(), days=1)
    day.approve()
    after = running_order(day.station, day.renderer, first=AIRTIME.date(), days=1)

    assert [(line.airing.entry, line.approved) for line in before] == [("tin", False), ("tiep-song", True)]
    assert [(line.airing.entry, line.approved) for line in after] == [("tin", True), ("tiep-song", True)]


def test_an_edit_takes_the_approval_away(day: Day) -> None:
    day.approve()
    day.write("Xin chào bà con, có một chữ khác.")

    (bulletin, _) = running_order(day.station, day.renderer, first=AIRTIME.date(), days=1)

    assert not bulletin.approved


def test_a_commune_that_is_not_there_is_named(day: Day) -> None:
    with pytest.raises(WrongUsage, match="hoang-dap"):
        running_order(day.station, day.renderer, first=AIRTIME.date(), days=1, commune="hoang-dap")
