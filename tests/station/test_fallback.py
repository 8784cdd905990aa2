"""A voice that fails takes the whole bulletin with it, visibly; nothing airs in a voice that nobody approved."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from station.day import AIRTIME, APPROVER, SCRIPT, WRITER, Day

from broadcaster.audio.clip import Clip
from broadcaster.config.load import parse_schedule
from broadcaster.errors import BroadcasterError, SpeechFault
from broadcaster.model.as_run import Outcome, OutcomeReason
from broadcaster.model.programme import PartKind
from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.station.ahead import Ahead, notes
from broadcaster.station.prepare import approve, submit
from broadcaster.station.render import Rendered, Renderer, due_in
from broadcaster.station.running_order import order_of, running_order
from broadcaster.station.today import Sources, today
from broadcaster.station.voicing import rungs_for, voiced
from broadcaster.testing import SilentEngine

BULLETIN = """\
## Tin thứ nhất
Xã mở lớp học nghề.

## Tin thứ hai
Chiều nay có bão. Hết tin.
"""
SCHEDULE = """\
giong_doc:
  nu-mang: {ten: Nữ qua mạng, may_doc: far}
giong: nu-mang
xa:
  hoang-dao: {ten: Xã Hoằng Đạo, loi_xuong: Đài truyền thanh xã., loa: {trung-tam: {ten: Loa trung tâm, dau_ra: loa}}}
khung_gio: {sang: 05:00-06:30}
dau_ra: {loa: {kieu: file}}
chuong_trinh: {gon: [loi-xuong, noi_dung]}
lich:
  - {ten: Tin, bai: tin/thu.txt, chuong_trinh: gon, gio: 05:30}
"""
EMBEDDED = "espeak-ng:vi+f2"
WHY = "Mất mạng."


class Far(SilentEngine):
    """A voice across a network that may be cut; says another tone than the fake that it is."""

    name = "far"

    def __init__(self) -> None:
        self.cut = False
        self.fails_at = ""
        self.said: list[str] = []

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        text = " ".join(phrase.text for phrase in phrases)
        self.said.append(text)
        if self.cut or (self.fails_at and self.fails_at in text):
            raise SpeechFault(WHY, remedy="Nối lại mạng.")
        return super().speak(phrases, voice)


@pytest.fixture
def far(day: Day) -> Iterator[Far]:
    """The day's station prefers a voice from far away."""
    engine = Far()
    day.station.engines = {**day.station.engines, "far": engine}  # type: ignore[misc]
    day.station.schedule = parse_schedule(SCHEDULE)
    day.write(BULLETIN)
    yield engine


def rendered(day: Day) -> Rendered:
    return Renderer(day.station).programme(day.airing())


def test_the_preferred_voice_says_it_all(day: Day, far: Far) -> None:
    made = rendered(day)

    assert (made.programme.voice, made.programme.fallback) == ("far:tone", None)
    assert any("Đài truyền thanh" in text for text in far.said), "the station call too"


@pytest.mark.parametrize("where", ["lớp học nghề", "Chiều nay có bão", "Đài truyền thanh"])
def test_one_sentence_that_fails_moves_the_whole_programme(day: Day, far: Far, where: str) -> None:
    """In the first item, in the last, or in the station call: never two voices by accident."""
    far.fails_at = where

    programme = rendered(day).programme

    said = day.renderer.said(SCRIPT)
    embedded = rungs_for(day.station, said, None)[-1]
    assert programme.voice == EMBEDDED
    assert programme.script_audio_sha256 == voiced(day.station, said, embedded).audio_sha256
    spoken = {part.kind for part in programme.cues.parts}
    assert spoken == {PartKind.STATION_CALL, PartKind.ITEM}
    assert where in far.said[-1], "what follows is not even asked for"


def test_a_fallback_is_on_record_with_what_was_wanted_why_and_when(day: Day, far: Far) -> None:
    far.cut = True

    lost = rendered(day).programme.fallback

    assert lost is not None
    assert (lost.wanted, lost.why, lost.at) == ("Nữ qua mạng (nu-mang)", WHY, day.clock.now())
    assert EMBEDDED in lost.used


def test_a_script_with_a_voice_of_its_own_leaves_the_station_call_its_voice(day: Day, far: Far) -> None:
    day.write("Chiều nay có bão.", head="giong: espeak-ng:vi+m3\n")
    far.fails_at = "bão"

    made = rendered(day).programme

    assert (made.voice, made.fallback) == ("espeak-ng:vi+m3", None)
    assert any("Đài truyền thanh" in text for text in far.said)


def test_a_commune_may_have_a_voice_of_its_own(day: Day, far: Far) -> None:
    schedule = SCHEDULE.replace("{ten: Xã Hoằng Đạo,", "{ten: Xã Hoằng Đạo, giong: espeak-ng:vi+f2,")
    day.station.schedule = parse_schedule(schedule)

    assert rendered(day).programme.voice == EMBEDDED
    assert far.said == []


def test_with_no_voice_left_each_says_what_is_wrong(day: Day, far: Far) -> None:
    far.cut = True
    day.station.engines["espeak-ng"] = EspeakEngine(package=day.station.workspace.folder)

    with pytest.raises(SpeechFault) as told:
        rendered(day)

    far_voice, embedded = told.value.faults
    assert far_voice.message.startswith("Nữ qua mạng")
    assert "espeak-ng thiếu tệp" in embedded.message
    assert list(day.station.workspace.programmes.rglob("*.mp3")) == []


def test_what_no_voice_could_say_is_told_once(day: Day, far: Far) -> None:
    day.write("🎉🎉🎉")

    with pytest.raises(SpeechFault) as told:
        rendered(day)

    assert told.value.message == "Không có lời nào để đọc."
    assert "ký hiệu" in told.value.remedy
    assert told.value.faults == ()


def test_a_three_hour_text_is_refused_before_any_engine_is_asked(day: Day, far: Far) -> None:
    day.write("Mời bà con đến nhà văn hóa thôn để nghe phổ biến chính sách mới. " * 2_500)

    with pytest.raises(BroadcasterError) as told:
        rendered(day)

    assert "giờ" in told.value.message
    assert "--series" in told.value.remedy
    assert far.said == []


def test_the_fallback_is_approved_with_the_voice_that_it_replaces(day: Day, far: Far) -> None:
    day.approve()
    forget_clips(day)
    far.cut = True
    intent = day.intend()
    rendered(day)

    day.booth.air(intent, at=day.airing().start or day.clock.now())

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.PLAYED, OutcomeReason.SUBSTITUTE_VOICE)
    assert logged.row.approved_by == APPROVER
    assert "Nữ qua mạng (nu-mang)" in logged.row.detail
    assert WHY in logged.row.detail


def forget_clips(day: Day) -> None:
    """As after a disk was changed, or the store had become too small."""
    for clip in day.station.workspace.clips.rglob("*.clip"):
        clip.unlink()


def test_a_voice_that_nobody_approved_does_not_air_though_it_is_better(day: Day, far: Far) -> None:
    far.cut = True
    day.approve()
    far.cut = False

    made = rendered(day)

    assert made.programme.voice == EMBEDDED
    assert made.awaiting is not None
    assert made.awaiting.voice == "far:tone"
    day.booth.air(day.intend(), at=day.airing().start or day.clock.now())
    assert day.rows()[0].row.audio_sha256 == made.programme.audio_sha256


def test_a_voice_that_changed_since_the_approval_is_told_before_it_is_to_air(day: Day) -> None:
    """As after an upgrade of the engine, or another pace in schedule.yaml: text and words are as they were."""
    day.write(BULLETIN)
    day.approve()
    slower = "giong_doc:\n  cham: {ten: Nữ, may_doc: espeak-ng, giong: vi+f2, toc_do: 2.6 âm tiết/giây}\ngiong: cham\n"
    day.station.schedule = parse_schedule(slower + SCHEDULE.partition("giong: nu-mang\n")[2])

    made = rendered(day)
    order = order_of(day.station, Renderer(day.station), first=AIRTIME.date(), days=1)

    assert made.awaiting == made.programme
    (note,) = notes(made, day.station.schedule)
    assert note.startswith(f"{SCRIPT} (hoang-dao): tiếng đã dựng khác bản đã duyệt nên SẼ KHÔNG PHÁT")
    (line,) = order.lines
    assert (line.approved, line.programme, line.unapproved) == (False, None, made.programme)
    assert order.mark(line) == "TIẾNG CHƯA DUYỆT"
    assert f"nghe {made.programme.path} rồi broadcaster scripts approve {SCRIPT}" in (order.held(line.airing) or "")
    approve(day.station, SCRIPT, by=APPROVER)
    assert rendered(day).awaiting is None


def test_once_approved_the_better_voice_airs(day: Day, far: Far) -> None:
    far.cut = True
    told: list[str] = []
    submit(day.station, SCRIPT, by=WRITER)
    approve(day.station, SCRIPT, by=APPROVER, tell=told.append)
    assert any("Nữ qua mạng" in line and WHY in line for line in told)
    far.cut = False
    better = rendered(day).awaiting
    assert better is not None

    approve(day.station, SCRIPT, by=APPROVER)
    day.booth.air(day.intend(), at=day.airing().start or day.clock.now())

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason, logged.row.detail) == (Outcome.PLAYED, None, "")
    assert logged.row.audio_sha256 == better.audio_sha256


def test_a_ready_fallback_airs_without_asking_the_lost_voice_again(day: Day, far: Far) -> None:
    """Four seconds before air there is no time for a network."""
    far.cut = True
    day.approve()
    rendered(day)
    far.said.clear()

    day.booth.air(day.intend(), at=day.airing().start or day.clock.now())

    assert day.rows()[0].row.outcome is Outcome.PLAYED
    assert far.said == []


def test_in_the_last_seconds_the_voice_that_is_at_hand_comes_first(day: Day, far: Far) -> None:
    """Approved a moment ago, nothing on the shelf: the clips of the approved voice are in the cache."""
    far.cut = True
    day.approve()
    far.said.clear()

    made = day.renderer.programme(day.airing(), urgent=True)

    assert (made.programme.voice, far.said) == (EMBEDDED, [])


def test_what_becomes_the_wanted_voice_is_no_fallback_any_more(day: Day, far: Far) -> None:
    far.cut = True
    assert rendered(day).programme.fallback is not None
    day.station.schedule = parse_schedule(SCHEDULE.replace("giong: nu-mang", "giong: espeak-ng:vi+f2"))

    again = rendered(day)

    assert (again.fresh, again.programme.fallback) == (False, None)


def test_a_voice_that_failed_alike_three_times_is_not_asked_for_the_rest(day: Day, far: Far) -> None:
    """Each time may take as long as a network's time-out, and a week has fifty programmes."""
    far.cut = True
    schedule, entry = SCHEDULE.splitlines(keepends=True)[:-1], "  - {{ten: T{0}, bai: tin/{0}.txt, gio: '05:3{0}'}}\n"
    day.station.schedule = parse_schedule("".join(schedule) + "".join(entry.format(n) for n in range(5)))
    for number in range(5):
        day.write(f"Tin số {number}.", script=f"tin/{number}.txt")
    renderer = Renderer(day.station)

    for airing in due_in(renderer, first=day.clock.now().date(), days=1):
        made = renderer.programme(airing).programme
        assert made.fallback is not None
        assert made.fallback.why == WHY

    assert len(far.said) == 3
    renderer.begin_batch()
    renderer.programme(due_in(renderer, first=day.clock.now().date(), days=1)[0])
    assert len(far.said) == 4, "a new batch asks again"


def ahead(day: Day, told: list[str]) -> Ahead:
    def tell_once(line: str) -> None:
        if line not in told:
            told.append(line)

    return Ahead(day.renderer, stop=threading.Event(), tell_once=tell_once)


def test_a_running_station_asks_the_better_voice_again_until_an_hour_before(day: Day, far: Far) -> None:
    day.clock.advance(-timedelta(hours=2).total_seconds())
    day.approve()
    forget_clips(day)
    far.cut = True
    told: list[str] = []
    station = ahead(day, told)

    assert station.work(), "two and a half hours before: the fallback is made"
    assert any("thay cho Nữ qua mạng" in line and WHY in line for line in told)
    far.said.clear()
    station.work()
    assert far.said == [], "not asked again at once"

    day.clock.advance(11 * 60)
    station.work()
    assert far.said != []
    far.cut = False
    day.clock.advance(11 * 60)
    assert station.work(), "it came back"
    assert day.renderer.ready(day.airing()) is not None
    assert voice_ready(day) == "far:tone"


def voice_ready(day: Day) -> str:
    programme = day.renderer.ready(day.airing())
    return programme.voice if programme else ""


def test_within_the_last_hour_what_is_ready_stays(day: Day, far: Far) -> None:
    """Half an hour before: whoever listened in knows what will air."""
    day.approve()
    forget_clips(day)
    far.cut = True
    station = ahead(day, [])
    station.work()
    far.cut = False
    far.said.clear()
    day.clock.advance(11 * 60)

    assert not station.work()
    assert (voice_ready(day), far.said) == (EMBEDDED, [])


def test_a_station_makes_nothing_ready_that_is_not_approved(day: Day, far: Far) -> None:
    assert not ahead(day, []).work()
    assert far.said == []


def test_the_running_order_and_the_page_tell_of_the_voice(day: Day, far: Far) -> None:
    far.cut = True
    day.approve()
    rendered(day)

    (listed,) = running_order(day.station, day.renderer, first=day.clock.now().date(), days=1)

    assert "thay cho Nữ qua mạng (nu-mang)" in listed.voice_note
    sources = Sources(schedule=day.station.schedule, listed=[listed], intents=[], rows=[])
    (line,) = today(sources, now=day.clock.now()).lines
    assert line.voice_note == listed.voice_note
