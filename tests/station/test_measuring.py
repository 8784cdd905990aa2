"""What ffmpeg says of finished files stands beside our own figures, once for each body."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from audio.conftest import tone
from station.day import AIRTIME, SCRIPT, Day

from broadcaster.audio.encode import write_clip
from broadcaster.audio.measure import measure
from broadcaster.config.load import parse_schedule
from broadcaster.model.plan import Airing
from broadcaster.model.programme import Measurement, Programme
from broadcaster.station.ahead import Ahead
from broadcaster.station.measuring import Gauge, Looked, loudness_as_json, loudness_notes, loudness_words, measure_made
from broadcaster.station.render import Rendered, Renderer, due_in

TWO_COMMUNES = """\
xa:
  hoang-dao: {ten: Xã Hoằng Đạo, loa: {trung-tam: {ten: Loa, dau_ra: loa}}}
  hoang-tien: {ten: Xã Hoằng Tiến, loa: {trung-tam: {ten: Loa, dau_ra: loa}}}
khung_gio: {sang: 05:00-06:30}
dau_ra: {loa: {kieu: file}}
chuong_trinh: {tin: [loi-xuong, noi_dung]}
lich:
  - {ten: Tin, bai: tin/thu.txt, chuong_trinh: tin, gio: 05:30}
"""
LONG = "Mời bà con đến nhà văn hóa thôn để nghe phổ biến kế hoạch làm sạch đồng ruộng. " * 12


def rendered(day: Day) -> list[Rendered]:
    renderer = Renderer(day.station)
    return [renderer.programme(airing) for airing in due_in(renderer, first=AIRTIME.date(), days=1)]


def looked(day: Day, made: list[Rendered]) -> Looked:
    return measure_made(day.renderer, made, jobs=2, show=lambda *_: None)


def on_the_disk(day: Day, programme: Programme) -> Path:
    return day.station.workspace.folder / programme.path


@pytest.fixture
def two(day: Day) -> list[Rendered]:
    """One bulletin for two communes."""
    day.station.schedule = parse_schedule(TWO_COMMUNES)
    day.write(LONG)
    return rendered(day)


def test_what_ffmpeg_says_of_the_file_stays_with_the_programme(day: Day) -> None:
    day.write(LONG)
    (made,) = rendered(day)

    looked(day, [made])

    kept = day.station.shelf.get(made.programme.key)
    assert kept is not None
    assert kept.measured is not None
    heard = measure(on_the_disk(day, kept))
    assert (kept.measured.loudness_lufs, kept.measured.true_peak_dbtp) == (heard.loudness_lufs, heard.true_peak_dbtp)
    assert kept.measured.loudness_lufs == pytest.approx(-16.0, abs=0.5)
    assert kept.measured.true_peak_dbtp <= -1.5
    assert kept.measured.audio_sha256 == kept.audio_sha256
    assert kept.measured.at == day.clock.now()


def test_a_body_is_measured_once_however_many_communes_air_it(day: Day, two: list[Rendered]) -> None:
    steps: list[tuple[int, int]] = []

    found = measure_made(day.renderer, two, jobs=2, show=lambda done, total, _: steps.append((done, total))).made

    assert steps == [(1, 1)]
    one, other = (each.programme for each in found)
    assert one.measured == other.measured is not None
    assert "(ffmpeg đo tệp này)" in loudness_words(one)
    assert "(ffmpeg đo bản cùng nội dung của xã khác)" in loudness_words(other)
    again = [each.programme.measured for each in rendered(day)]
    assert again == [one.measured, one.measured], "and what a later render finds has them"


def test_a_programme_that_is_mostly_its_communes_own_is_measured_by_itself(day: Day, two: list[Rendered]) -> None:
    day.write("Mời bà con đi họp.")

    short = rendered(day)

    assert two[0].programme.body == two[1].programme.body
    assert short[0].programme.body != short[1].programme.body


def test_nothing_is_measured_twice(day: Day, two: list[Rendered]) -> None:
    steps: list[int] = []
    again = looked(day, two).made

    measure_made(day.renderer, again, jobs=1, show=lambda done, *_: steps.append(done))

    assert steps == []


def test_a_body_that_was_measured_in_an_earlier_batch_is_not_measured_again(day: Day, two: list[Rendered]) -> None:
    first, later = two
    steps: list[int] = []
    known = looked(day, [first]).made[0].programme.measured

    found = measure_made(day.renderer, [later], jobs=1, show=lambda done, *_: steps.append(done))

    assert steps == []
    assert found.made[0].programme.measured == known


def test_figures_that_are_amiss_are_taken_anew_of_a_file_that_is_made_again(day: Day, two: list[Rendered]) -> None:
    loud = Measurement(audio_sha256="a" * 64, loudness_lufs=-12.0, true_peak_dbtp=-0.3, at=AIRTIME)
    day.station.shelf.note(two[0].programme.body, loud)

    found = looked(day, two)

    assert found.made[0].programme.measured is not None
    assert found.made[0].programme.measured.loudness_lufs == pytest.approx(-16.0, abs=0.5)
    assert list(loudness_notes(day.renderer, found)) == []


def test_a_file_that_is_louder_than_the_schedule_asks_is_told_with_what_to_do(day: Day, two: list[Rendered]) -> None:
    loud = Measurement(audio_sha256=two[0].programme.audio_sha256, loudness_lufs=-14.0, true_peak_dbtp=-0.3, at=AIRTIME)
    made = tuple(replace(one, programme=replace(one.programme, measured=loud)) for one in two)

    (note,) = loudness_notes(day.renderer, Looked(made=made, failed=()))

    assert note.startswith("tin/thu.txt (hoang-dao) và 1 chương trình cùng nội dung: ")
    assert "được -14,0 LUFS, đỉnh -0,3 dBTP" in note
    assert "-16 ±0,5 LUFS, đỉnh không quá -1,5 dBTP" in note
    assert f"Nghe thử {two[0].programme.path}." in note


@pytest.mark.parametrize(
    ("lufs", "dbtp", "told"), [(-16.5, -1.5, 0), (-16.6, -1.5, 1), (-15.4, -3.0, 1), (-16, -1.4, 1)]
)
def test_half_a_unit_and_the_peak_itself_are_well(day: Day, lufs: float, dbtp: float, told: int) -> None:
    (made,) = rendered(day)
    found = Measurement(audio_sha256="a" * 64, loudness_lufs=lufs, true_peak_dbtp=dbtp, at=AIRTIME)
    one = replace(made, programme=replace(made.programme, measured=found))

    assert len(list(loudness_notes(day.renderer, Looked(made=(one,), failed=())))) == told


def test_a_window_of_its_own_loudness_is_no_fault(day: Day) -> None:
    loudness = day.station.schedule.loudness.model_copy(update={"by_window": {"sang": -20.0}})
    day.station.schedule = day.station.schedule.model_copy(update={"loudness": loudness})
    day.write(LONG)

    found = looked(day, rendered(day))

    assert list(loudness_notes(day.renderer, found)) == []
    assert found.made[0].programme.measured is not None
    assert found.made[0].programme.measured.loudness_lufs == pytest.approx(-20.0, abs=0.5)


def test_a_file_that_cannot_be_measured_is_told_and_the_others_are_measured(day: Day, two: list[Rendered]) -> None:
    day.write("Mời bà con đi họp.")
    short = rendered(day)[0]
    on_the_disk(day, short.programme).write_bytes(b"no sound at all" * 500)

    found = looked(day, [short, *two])

    assert [one.programme.measured is not None for one in found.made] == [False, True, True]
    notes = list(loudness_notes(day.renderer, found))
    assert any("ffmpeg chưa đo được tệp đã dựng" in note and "broadcaster doctor" in note for note in notes)


def test_what_was_made_before_is_called_not_measured(day: Day) -> None:
    (made,) = rendered(day)
    old = replace(made, programme=replace(made.programme, body=""))

    found = looked(day, [old]).made[0].programme

    assert found.measured is None
    assert loudness_words(found).endswith("theo máy ghép; ffmpeg chưa đo tệp này.")
    assert loudness_as_json(found)["measured"] is None


def ready(day: Day) -> list[tuple[Airing, Programme]]:
    """What a running station has ready."""
    ahead = Ahead(Renderer(day.station), stop=Event(), tell_once=day.warned.append)
    ahead.work()
    return ahead.ready()


def approve_both(day: Day) -> None:
    for script in (SCRIPT, "tin/hai.txt"):
        day.write(LONG if script == SCRIPT else LONG.replace("kế hoạch", "quy định"), script=script)
        day.approve(script)
    more = "  - {ten: Tin hai, bai: tin/hai.txt, chuong_trinh: tin, gio: 05:50}\n"
    day.station.schedule = parse_schedule(TWO_COMMUNES + more)


def test_a_running_station_measures_one_body_at_a_look_what_airs_next_first(day: Day) -> None:
    approve_both(day)
    gauge, looks = Gauge(day.renderer, called=Event()), []

    for _ in range(3):
        gauge.look(ready(day))
        looks.append({airing.item for airing, programme in ready(day) if programme.measured})

    assert looks == [{SCRIPT}, {SCRIPT, "tin/hai.txt"}, {SCRIPT, "tin/hai.txt"}]
    assert day.station.notices.standing() == ()


def test_whatever_calls_for_a_running_station_comes_before_measuring(day: Day) -> None:
    approve_both(day)
    called = Event()
    called.set()

    Gauge(day.renderer, called=called).look(ready(day))

    assert [programme.measured for _, programme in ready(day)] == [None] * 4
    assert day.station.notices.standing() == ()


def test_a_running_station_shows_what_measures_wrong_until_it_is_made_anew(day: Day) -> None:
    day.write(LONG)
    day.approve()
    gauge = Gauge(day.renderer, called=Event())
    ((airing, programme),) = ready(day)
    write_clip(tone(20.0, level=0.9), on_the_disk(day, programme))

    gauge.look([(airing, programme)])

    (notice,) = day.station.notices.standing()
    assert notice.about == f"do-to:{programme.path}"
    assert "ffmpeg đo tệp đã dựng được" in notice.message
    gauge.look([(airing, replace(programme, body="b" * 64, path="khac.mp3", measured=well(programme)))])
    assert day.station.notices.standing() == ()


def test_a_running_station_tells_of_a_file_that_cannot_be_measured_and_tries_it_once(day: Day) -> None:
    day.write(LONG)
    day.approve()
    gauge, found = Gauge(day.renderer, called=Event()), ready(day)
    on_the_disk(day, found[0][1]).write_bytes(b"no sound at all" * 500)

    gauge.look(found)
    day.clock.advance(timedelta(minutes=2).total_seconds())
    gauge.look(found)

    (notice,) = day.station.notices.standing()
    assert "ffmpeg chưa đo được" in notice.message
    assert notice.since == AIRTIME - timedelta(minutes=30)


def well(programme: Programme) -> Measurement:
    return Measurement(audio_sha256=programme.audio_sha256, loudness_lufs=-16.0, true_peak_dbtp=-2.0, at=AIRTIME)
