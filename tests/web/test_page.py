"""What people and programs read on the page of a running station."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
import requests
from web.a_day import ENDINGS, Day

from broadcaster.model.programme import PartKind
from broadcaster.station.board import PLAN_LASTS_S
from broadcaster.station.render import Renderer
from broadcaster.web.page import Page


def of_the_day(url: str) -> dict[str, Any]:
    answer = requests.get(f"{url}/hom-nay.json", timeout=10)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def states(url: str, *, commune: str = "hoang-dao") -> dict[str, set[str]]:
    """Hour → the states of that airing's clusters."""
    airings = next(each["airings"] for each in of_the_day(url)["communes"] if each["commune"] == commune)
    return {airing["start"][11:16]: {each["state"] for each in airing["clusters"]} for airing in airings}


class Text(HTMLParser):
    """The words of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def words_of(url: str) -> str:
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    parser = Text()
    parser.feed(answer.text)
    return " ".join(parser.words)


def test_every_airing_of_today_stands_on_the_page_with_its_state(url: str) -> None:
    assert states(url) == {
        "05:05": {"played"},
        "05:10": {"partial"},
        "05:15": {"missed"},
        "05:20": {"failed"},
        "05:30": {"on-air", "starting"},
        "05:40": {"not-approved"},
        "05:45": {"not-approved"},
        "05:50": {"coming"},
        "12:00": {"dropped"},
    }
    assert states(url, commune="hoang-truong") == {"05:01": {"unaccounted"}, "05:15": {"on-air"}}
    assert states(url, commune="hoang-thanh") == {}


def test_states_and_reasons_are_said_in_vietnamese(url: str) -> None:
    words = words_of(url)

    for said in (
        "Đã phát Bắt đầu 05:05:00, phát 15 giây",
        "Phát dở dang Bắt đầu 05:10:00, phát 8 giây Dừng theo lệnh.",
        "Không phát Không kịp phát trong thời gian cho phép trễ.",
        "Phát không thành công Không thấy thiết bị âm thanh nào.",
        "Đang phát Được 9 giây trên 1 phút",
        "Đang bắt đầu Đã đến giờ, đầu ra chưa báo có tiếng.",
        "Chưa duyệt Đến giờ mà chưa duyệt thì không phát.",
        "Chưa có bài thong-bao/chua-viet.txt dùng được.",
        "không nằm gọn trong một khung giờ (sang 05:00–06:30)",
        "Tiếp sóng VOV1",
    ):
        assert said in words


def test_the_head_says_station_clock_what_sounds_and_what_comes_next(url: str) -> None:
    words = words_of(url)

    assert "Đài truyền thanh cơ sở – Thanh Hóa (3 địa phương) Hôm nay Thứ Bảy, 10/10/2026, 05:30:20" in words
    assert "Xã Hoằng Đạo: Loa trung tâm → tep (file)" in words
    assert "Xã Hoằng Trường: Loa UBND xã → tep (file) Được 15 phút 10 giây trên 30 phút" in words
    assert "Lượt kế tiếp: 05:50 Mời họp thôn (Xã Hoằng Đạo)" in words


def test_json_says_the_same_with_the_rows_behind_it(url: str) -> None:
    said = of_the_day(url)

    assert said["now"] == "2026-10-10T05:30:20+07:00"
    assert [(each["airing"].split("/")[0], each["cluster"]) for each in said["on_air"]] == [
        ("hoang-dao", "trung-tam"),
        ("hoang-dao", "thon-1"),
        ("hoang-truong", "ubnd"),
    ]
    assert said["next"] == next(each["id"] for each in said["communes"][0]["airings"] if "05:50" in each["start"])
    played = said["communes"][0]["airings"][0]
    assert [each["seq"] for each in played["clusters"]] == [1, 2]
    assert [each["played_s"] for each in played["clusters"]] == [15.2, 15.2]
    assert played["clusters"][0]["started_at"] == "2026-10-10T05:05:00+07:00"
    assert len(said["communes"][0]["airings"]) == len(ENDINGS) + 5


def test_played_comes_from_the_log_and_nothing_else(url: str, day: Day) -> None:
    """However far an output says it is, however late it gets."""
    airing = day.at("05:30")
    day.sound(airing, "trung-tam", seconds=60.0)
    day.clock.advance(timedelta(minutes=20).total_seconds())

    assert states(url)["05:30"] == {"on-air", "starting"}
    assert states(url)["05:50"] == {"coming"}

    day.end(airing, ENDINGS["05:05"])

    assert states(url)["05:30"] == {"played"}


def test_a_row_is_on_the_page_at_the_next_look(url: str, day: Day) -> None:
    assert states(url)["05:50"] == {"coming"}

    day.end(day.at("05:50"), ENDINGS["05:20"])

    assert states(url)["05:50"] == {"failed"}


def test_an_approval_is_on_the_page_within_half_a_minute(url: str, day: Day) -> None:
    from broadcaster.station.prepare import approve, submit

    assert states(url)["05:40"] == {"not-approved"}
    submit(day.station, "demo/ban-tin-ngan.txt", by="Lê Thị Hòa")
    approve(day.station, "demo/ban-tin-ngan.txt", by="Trần Văn Hùng")
    day.clock.advance(PLAN_LASTS_S)

    assert PLAN_LASTS_S < 30
    assert states(url)["05:40"] == {"coming"}


def test_after_midnight_the_page_is_about_the_new_day(url: str, day: Day) -> None:
    day.clock.advance(timedelta(hours=19).total_seconds())

    said = of_the_day(url)

    assert said["date"] == "2026-10-11"
    assert {state for state in states(url).values() for state in state} <= {"coming", "not-approved", "dropped"}


def test_what_went_on_before_midnight_is_still_on_the_page_while_it_sounds(url: str, day: Day) -> None:
    day.clock.advance(timedelta(hours=19).total_seconds())

    assert {each["cluster"] for each in of_the_day(url)["on_air"]} == {"trung-tam", "thon-1", "ubnd"}


def test_a_title_cannot_smuggle_markup_into_the_page(url: str, day: Day) -> None:
    script = day.station.workspace.scripts / "demo" / "ban-tin-ngan.txt"
    head = "---\ntieu_de: <script>alert(1)</script>\nloai: tin\ntac_gia: A\n---\nXin chào.\n"
    script.write_text(head, encoding="utf-8")
    day.clock.advance(PLAN_LASTS_S)

    html = requests.get(url, timeout=10).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_health_is_answered(url: str) -> None:
    answer = requests.get(f"{url}/suc-khoe", timeout=10)

    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "now": "2026-10-10T05:30:20+07:00", "on_air": 3}


@pytest.mark.parametrize("path", ["/", "/hom-nay.json", "/suc-khoe", "/hom-nay.css", "/hom-nay.js", "/bieu-tuong.svg"])
def test_nothing_can_be_changed_from_a_browser(url: str, path: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert requests.request(method, url + path, timeout=10).status_code == 405


@pytest.mark.parametrize("path", ["/", "/hom-nay.css", "/hom-nay.js", "/bieu-tuong.svg", "/khong-co"])
def test_pages_let_nothing_else_in(url: str, path: str) -> None:
    headers = requests.get(url + path, timeout=10).headers

    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'"}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_nothing_is_fetched_from_elsewhere(url: str) -> None:
    for path in ("/", "/hom-nay.css", "/hom-nay.js"):
        assert (
            re.findall(
                r"(?:src|href|url|import)\s*[=(]?\s*[\"']?(?:https?:)?//", requests.get(url + path, timeout=10).text
            )
            == []
        )


def test_a_strangers_name_for_this_machine_reads_nothing(url: str) -> None:
    """DNS rebinding: a web site elsewhere that resolves to 127.0.0.1."""
    answer = requests.get(url, headers={"Host": "evil.example"}, timeout=10)

    assert answer.status_code == 400
    assert "Hoằng" not in answer.text


def test_documentation_that_loads_from_elsewhere_is_not_served(url: str) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert requests.get(url + path, timeout=10).status_code == 404


def test_an_unknown_page_names_the_one_that_there_is(url: str) -> None:
    answer = requests.get(f"{url}/bao-cao", timeout=10)

    assert answer.status_code == 404
    assert "Không có trang này" in answer.text


def test_json_is_vietnamese_as_it_is_written(url: str) -> None:
    content = requests.get(f"{url}/hom-nay.json", timeout=10).content

    assert "Xã Hoằng Đạo".encode() in content
    assert json.loads(content)["communes"][0]["name"] == "Xã Hoằng Đạo"


def test_what_is_wrong_stands_above_everything_until_it_is_over(url: str, day: Day) -> None:
    notices = day.station.notices
    notices.post("lich", "LỊCH VỪA SỬA CÓ LỖI, đài vẫn phát theo lịch cũ.", remedy="Sửa <gio>.", at=day.clock.now())

    assert "LỊCH VỪA SỬA CÓ LỖI, đài vẫn phát theo lịch cũ. → Sửa <gio>." in words_of(url)
    (notice,) = of_the_day(url)["notices"]
    assert (notice["about"], notice["remedy"]) == ("lich", "Sửa <gio>.")

    notices.clear("lich", because="Đã sửa.")

    assert "LỊCH VỪA SỬA" not in words_of(url)
    assert of_the_day(url)["notices"] == []


def test_an_edit_of_the_schedule_is_on_the_page_at_once(url: str, day: Day) -> None:
    schedule = day.station.schedule
    entries = tuple(entry for entry in schedule.entries if entry.name != day.at("05:50").title)

    day.station.take(schedule.model_copy(update={"entries": entries}))

    assert states(url)["05:50"] == {"withdrawn"}


def test_a_simulated_row_says_so(url: str, day: Day) -> None:
    day.station.simulated = True
    day.end(day.at("05:50"), ENDINGS["05:05"])

    assert "MÔ PHỎNG, không phải bằng chứng." in words_of(url)


def test_each_programme_has_its_cue_sheet_at_the_hours_of_its_parts(url: str, day: Day) -> None:
    made = Renderer(day.station).programme(day.at("05:50")).programme
    day.clock.advance(PLAN_LASTS_S)

    said = words_of(url)

    assert "Từng phần của Mời họp thôn, 05:50 05:50:00 Chuông báo" in said
    sheet = words_of(f"{url}/bang-ghep/{made.audio_sha256}")
    assert all(line.text in sheet for line in made.cues.lines)
    assert made.cues.lines
    assert "theo máy ghép; ffmpeg chưa đo tệp này." in sheet


def test_a_bulletins_cue_sheet_is_named_after_its_items(day: Day) -> None:
    made = Renderer(day.station).programme(day.at("05:50")).programme
    item = next(part for part in made.cues.parts if part.kind is PartKind.ITEM)
    other = replace(item, title="Lịch tiêm chủng", offset_frames=item.end_frames)
    bulletin = replace(made, cues=replace(made.cues, parts=(*made.cues.parts, other, item)))
    assert f"<h1>{item.title} và 1 mục khác</h1>" in Page().cue_sheet(bulletin)


def test_a_cue_sheet_that_is_not_kept_is_told(url: str) -> None:
    answer = requests.get(f"{url}/bang-ghep/{'0' * 64}", timeout=10)

    assert answer.status_code == 404
    assert "không còn giữ" in answer.text
