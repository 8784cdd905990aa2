"""“What was said at 17:41:20” has an answer: of the log, and of the cue sheet that is kept with each programme."""

from __future__ import annotations

from datetime import timedelta

import click
import pytest
from click.testing import CliRunner
from station.day import AIRTIME, Day

from broadcaster.cli.main import cli
from broadcaster.errors import WrongUsage
from broadcaster.model.programme import PartKind
from broadcaster.station.heard import Sounded, that_moment


@pytest.fixture
def aired(day: Day) -> Day:
    day.write("Sáng nay trời nắng. Chiều nay trời có mưa rào.")
    day.approve()
    day.booth.air(day.intend(), at=AIRTIME)
    return day


def at(day: Day, seconds: float) -> Sounded | None:
    told = that_moment(day.station, AIRTIME + timedelta(seconds=seconds), commune="hoang-dao")
    return told.sounded[0] if told.sounded else None


def second_sentence_s(day: Day) -> float:
    programme = day.renderer.ready(day.airing())
    assert programme is not None
    return programme.cues.lines[1].offset_frames / programme.sample_rate


def test_a_second_of_an_airing_has_its_part_and_its_sentence(aired: Day) -> None:
    sounded = at(aired, second_sentence_s(aired) + 0.5)

    assert sounded is not None
    assert sounded.logged.seq == 1
    assert sounded.heard is not None
    assert sounded.heard.part is not None
    assert (sounded.heard.part.title, sounded.heard.part.script) == ("Tin thử", "tin/thu.txt")
    assert sounded.heard.line is not None
    assert sounded.heard.line.text == "Chiều nay trời có mưa rào"


def test_a_late_start_moves_every_sentence_with_it(day: Day) -> None:
    day.write("Sáng nay trời nắng. Chiều nay trời có mưa rào.")
    day.approve()
    late = timedelta(seconds=7)
    day.clock.advance(1800 + 7)
    day.booth.air(day.intend(), at=AIRTIME)

    sounded = at(day, second_sentence_s(day) + 7.5)

    assert sounded is not None
    assert sounded.logged.row.started_at == AIRTIME + late
    assert sounded.heard is not None
    assert sounded.heard.line is not None
    assert sounded.heard.line.text.startswith("Chiều nay")


def test_the_chime_is_a_part_without_words(aired: Day) -> None:
    sounded = at(aired, 0.5)

    assert sounded is not None
    assert sounded.heard is not None
    assert sounded.heard.part is not None
    assert sounded.heard.part.kind is PartKind.CHIME
    assert sounded.heard.line is None


@pytest.mark.parametrize(("seconds", "beside"), [(-1.0, "after"), (600.0, "before")])
def test_silence_is_told_with_the_airings_beside_it(aired: Day, seconds: float, beside: str) -> None:
    told = that_moment(aired.station, AIRTIME + timedelta(seconds=seconds))

    assert told.sounded == ()
    assert (told.before is not None, told.after is not None) == (beside == "before", beside == "after")


def test_a_programme_that_is_no_longer_kept_is_told_as_such(aired: Day) -> None:
    aired.station.database.tables.conn.execute("DELETE FROM programmes")

    sounded = at(aired, 5.0)

    assert sounded is not None
    assert sounded.heard is None
    assert sounded.logged.row.audio is not None


def test_a_commune_that_nobody_knows_is_wrong_usage(aired: Day) -> None:
    with pytest.raises(WrongUsage, match="zzz"):
        that_moment(aired.station, AIRTIME, commune="zzz")


def typed(day: Day, *arguments: str) -> str:
    aired = CliRunner().invoke(cli, ["--workspace", str(day.station.workspace.folder), *arguments])
    assert aired.exit_code == 0, aired.output
    return click.unstyle(aired.output)


def test_log_at_says_it_in_words_and_as_json(aired: Day) -> None:
    moment = f"10/10/2026 {AIRTIME + timedelta(seconds=second_sentence_s(aired) + 0.5):%H:%M:%S}"

    said = typed(aired, "log", "--at", moment, "--commune", "hoang-dao")

    assert "Xã Hoằng Đạo" in said
    assert "nhật ký dòng 1" in said
    assert "Phần: Tin thử (tin/thu.txt)" in said
    assert "Câu: “" in said
    assert "không loa nào phát gì" in typed(aired, "log", "--at", "10/10/2026 05:00")
    assert '"cues_kept": true' in typed(aired, "log", "--at", moment, "--json")
    aired.station.database.tables.conn.execute("DELETE FROM programmes")
    assert "Bảng ghép của chương trình này không còn giữ" in typed(aired, "log", "--at", moment)


def test_plan_shows_each_part_and_sentence_at_its_hour(aired: Day) -> None:
    said = typed(aired, "plan", "--date", "11/10/2026", "--cues")

    assert "05:30:00 +0:00  Chuông báo" in said
    assert "Chiều nay trời có mưa rào" in said
    at = typed(aired, "plan", "--date", "11/10/2026", "--why", "--at", "05:30:05")
    assert "Phần: Tin thử" in at


def test_an_airing_that_is_not_over_answers_up_to_its_last_word(day: Day) -> None:
    day.write("Sáng nay trời nắng. Chiều nay trời có mưa rào.")
    day.approve()
    airing = day.airing()
    programme = day.renderer.programme(airing).programme
    intent = day.intend()
    second = second_sentence_s(day) + 0.5
    day.station.ledger.begin(intent.airing.id, intent.cluster, at=AIRTIME, programme=programme.key)
    day.station.ledger.progress(
        intent.airing.id, intent.cluster, frames=round((second + 0.2) * 44_100), sample_rate=44_100
    )

    told, later = (that_moment(day.station, AIRTIME + timedelta(seconds=each)) for each in (second, second + 5))

    (sounding,) = told.on_the_air
    assert sounding.intent.airing.id == airing.id
    assert sounding.heard is not None
    assert sounding.heard.line is not None
    assert sounding.heard.line.text == "Chiều nay trời có mưa rào"
    assert later.on_the_air == ()


def test_log_at_says_that_an_airing_is_not_over(day: Day) -> None:
    day.write("Sáng nay trời nắng.")
    day.approve()
    programme = day.renderer.programme(day.airing()).programme
    intent = day.intend()
    day.station.ledger.begin(intent.airing.id, intent.cluster, at=AIRTIME, programme=programme.key)
    day.station.ledger.progress(intent.airing.id, intent.cluster, frames=44_100, sample_rate=44_100)
    folder = str(day.station.workspace.folder)

    told = CliRunner().invoke(cli, ["--workspace", folder, "log", "--at", "10/10/2026 05:30:00"])

    assert told.exit_code == 0
    assert "đang phát “Tin” (chưa hết nên chưa có dòng nhật ký), được 0:00" in told.output
    assert "Phần: Chuông báo" in told.output
