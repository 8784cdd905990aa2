"""Pages of the web: the article, and what is around it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from content.paper import ARTICLE, BODY, MENU, PAGE, tcvn3, windows_1258

from broadcaster.content.extract import Extract
from broadcaster.content.webpage import read_page
from broadcaster.errors import WorkspaceFault
from broadcaster.text.orthography import is_syllable


def _read(html: str | bytes, *, name: str = "trang.html") -> Extract:
    data = html.encode() if isinstance(html, str) else html
    return read_page(Path(name), data, is_syllable=is_syllable)


def _refused(html: str | bytes, *, name: str = "trang.html") -> str:
    with pytest.raises(WorkspaceFault) as told:
        _read(html, name=name)
    (fault,) = told.value.faults
    assert fault.remedy
    return fault.message


def _lines(found: Extract) -> list[str]:
    return [line for line in found.lines if line]


def test_article_stays_whole_and_everything_around_it_is_shown() -> None:
    found = _read(PAGE)
    assert [line for line in _lines(found) if not line.startswith(("Thứ bảy", "Lượt xem"))] == [
        "Xã Hoằng Đạo ra quân làm vệ sinh",
        *ARTICLE.splitlines(),
        "1. Thôn 1 quét đường;",
        "2. Thôn 2 trồng hoa.",
    ]
    gone = " ".join(one.text for one in found.stripped)
    for part in ("Trang chủ", "Văn bản chỉ đạo điều hành", "Hội nghị tiếp xúc cử tri", "Bản quyền"):
        assert part in gone
    assert "không đọc" not in gone
    assert all(one.reason for one in found.stripped)


def test_sentence_between_two_parts_of_the_article_stays() -> None:
    note = "<div><i>Ghi chú: mang theo thẻ căn cước khi đến.</i></div>"
    page = PAGE.replace("<ol>", f"{note}<ol>")
    assert "Ghi chú: mang theo thẻ căn cước khi đến." in _lines(_read(page))


def test_plain_page_without_any_frame_stays_whole() -> None:
    assert _lines(_read(f"<p>{BODY}</p><p>Hết.</p>")) == [BODY, "Hết."]


def test_writers_name_below_the_article_is_not_spoken() -> None:
    found = _read(f"<p>{BODY}</p><p>{BODY}</p><p><b>Hoàng Nam</b></p>")
    assert _lines(found) == [BODY, BODY]
    assert [(gone.text, gone.reason) for gone in found.stripped] == [("Hoàng Nam", "tên người viết")]


def test_name_that_ends_a_list_of_names_stays() -> None:
    assert _lines(_read(f"<p>{BODY} Gồm:</p><p>Lê Văn Tám</p><p>Hoàng Nam</p>"))[-1] == "Hoàng Nam"


def test_lines_break_where_the_page_breaks_them() -> None:
    assert _lines(_read(f"<div>Một hai<br>ba <b>bốn</b>&nbsp;năm</div><p>{BODY}</p>"))[:2] == ["Một hai", "ba bốn năm"]


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode("utf-16"),
        windows_1258(PAGE.replace("utf-8", "windows-1258")),
        PAGE.encode("ascii", errors="xmlcharrefreplace"),
    ],
)
def test_page_is_read_in_any_encoding(data: bytes) -> None:
    assert _lines(_read(data)) == _lines(_read(PAGE))


def test_page_typed_in_an_old_font_is_read() -> None:
    body = BODY.replace("Trạm", "trạm")
    assert _lines(_read(f"<p>{tcvn3(body)}</p>")) == [body]


def test_saved_page_is_read() -> None:
    message = EmailMessage()
    message["Subject"] = "Trang"
    message.set_content(PAGE, subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    assert _lines(_read(message.as_bytes(), name="trang.mht")) == _lines(_read(PAGE))


@pytest.mark.parametrize("data", [b"", b"khong phai mht", b"Content-Type: text/plain\n\nchu"])
def test_saved_page_without_a_page_is_told(data: bytes) -> None:
    assert ".mht" in _refused(data, name="trang.mht")


@pytest.mark.parametrize(
    "html", [f"<html><body>{MENU}</body></html>", "<html><body><nav>Trang chủ</nav></body></html>"]
)
def test_page_that_is_all_menu_is_told(html: str) -> None:
    assert "chỉ có menu" in _refused(html)


def test_page_nested_without_end_is_read_or_told() -> None:
    try:
        _read("<div>" * 50_000 + BODY)
    except WorkspaceFault as fault:
        assert fault.faults[0].remedy


def test_endless_page_is_refused() -> None:
    assert "đọc cả ngày không hết" in _refused(f"<p>{BODY}</p>" * 6_000)
