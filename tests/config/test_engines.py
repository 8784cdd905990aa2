"""`may_doc`: what an office may write, and every slip with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadcaster.config.engines import KINDS, HttpEngineSettings, HttpResult
from broadcaster.config.keys import keys_of
from broadcaster.config.load import parse_schedule
from broadcaster.errors import Fault, WorkspaceFault

HEAD = "xa: {hd: {ten: Xã Hoằng Đạo}}\nmay_doc:\n  may:\n"
HTTP = ("kieu: http", 'url: "https://may-doc.example/tts"', 'gui_json: {"text": "{text}"}', "giong: {nu: Nữ}")
COMMAND = ("kieu: lenh", 'chay: [doc, "{out}"]', "giong: {nu: Nữ}")


def settings(*lines: str) -> HttpEngineSettings:
    made = parse_schedule(HEAD + "".join(f"    {line}\n" for line in lines)).engines["may"]
    assert isinstance(made, HttpEngineSettings)
    return made


def faults(*lines: str) -> tuple[Fault, ...]:
    with pytest.raises(WorkspaceFault) as refused:
        settings(*lines)
    return refused.value.faults


def replaced(lines: tuple[str, ...], key: str, *instead: str) -> list[str]:
    return [*(line for line in lines if not line.startswith(f"{key}:")), *instead]


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (replaced(HTTP, "kieu", "kieu: htp"), 4, "không có kiểu “htp”"),
        (replaced(HTTP, "kieu"), 4, "thiếu kieu"),
        (replaced(HTTP, "url", "url: may-doc.example/tts"), 7, "không phải là địa chỉ web"),
        (replaced(HTTP, "url", 'url: "https://{voice}.example/"'), 7, "không phải là địa chỉ web"),
        (replaced(HTTP, "url", 'url: "https://a:b@may-doc.example/"'), 7, "mật khẩu"),
        (replaced(HTTP, "url"), 3, "Thiếu “url”"),
        (replaced(HTTP, "giong"), 3, "Thiếu “giong”"),
        (replaced(HTTP, "giong", "giong: {}"), 7, "đang để trống"),
        (replaced(HTTP, "gui_json", 'gui_json: {"text": "{txt}"}'), 7, "không có chỗ điền {txt}"),
        (replaced(HTTP, "gui_json", "gui_json: '{\"text\": {text}}'"), 7, "không phải là JSON"),
        (replaced(HTTP, "gui_json", 'gui_json: {"text": "xin chào"}'), 4, "không gửi lời cần đọc"),
        ([*HTTP, 'gui_chu: "{text}"'], 4, "nhiều nội dung"),
        ([*HTTP, "khoa_tu: sk-abc123"], 8, "TÊN một biến môi trường"),
        ([*HTTP, "khoa_tu: FPT_API_KEY"], 4, "không gửi khóa"),
        ([*HTTP, 'phan_dau: {api-key: "{key}"}'], 4, "không có khoa_tu"),
        ([*HTTP, 'phan_dau: {"xin chào": "x"}'], 8, "phan_dau"),
        ([*HTTP, 'phan_dau: {api-key: "khóa"}'], 8, "phan_dau"),
        ([*HTTP, "toi_da_ky_tu: 5"], 8, "từ 20 trở lên"),
        ([*HTTP, "cho: lâu"], 8, "lâu"),
        ([*HTTP, "nhip: nhanh"], 8, "nhip"),
        ([*HTTP, "ket_qua: {duong_dan: a, base64: b}"], 8, "cả base64 và duong_dan"),
        ([*HTTP, "ket_qua: {ma: a, duong_dan: b}"], 8, "hoi và ma"),
        ([*HTTP, 'ket_qua: {ma: a, hoi: "https://kia.example/{id}", duong_dan: b}'], 4, "không được phép"),
        ([*HTTP, "ket_qua: {duong: a}"], 8, "Không có khóa “duong”"),
        ([*HTTP, 'ket_qua: {base64: "a b"}'], 8, "base64"),
        ([*HTTP, "gui_jsn: {}"], 8, "Không có khóa “gui_jsn”"),
        ([*HTTP, "chay: [x]"], 8, "Không có khóa “chay”"),
        (replaced(COMMAND, "chay", "chay: doc -o {out}"), 6, "phải là danh sách"),
        (replaced(COMMAND, "chay", "chay: []"), 6, "phải là danh sách"),
        (replaced(COMMAND, "chay", 'chay: [doc, "{ra}"]'), 6, "không có chỗ điền {ra}"),
        ([*COMMAND, "duoi: wav"], 7, "đuôi tệp"),
        ([*COMMAND, "url: x"], 7, "Không có khóa “url”"),
    ],
)
def test_a_slip_is_told_with_its_line(lines: list[str], line: int, message: str) -> None:
    found = faults(*lines)
    assert [fault.line for fault in found if message in fault.message] == [line], found
    assert all(fault.remedy and fault.column for fault in found)


def test_an_engine_that_is_one_word_is_a_fault() -> None:
    with pytest.raises(WorkspaceFault, match="may"):
        parse_schedule("xa: {hd: {ten: X}}\nmay_doc: {may: vieneu}\n")


def test_a_secret_does_not_travel_in_the_open_beyond_the_office() -> None:
    secret = ('phan_dau: {api-key: "{key}"}', "khoa_tu: MAY_KEY")
    (fault,) = faults(*replaced(HTTP, "url", 'url: "http://may-doc.example/tts"'), *secret)
    assert "https" in fault.remedy
    for near in (
        "http://127.0.0.1:8000/",
        "http://192.168.1.20/tts",
        "http://may-chu-xa/tts",
        "https://may-doc.example/",
    ):
        assert settings(*replaced(HTTP, "url", f'url: "{near}"'), *secret).secret_from == "MAY_KEY"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://may-doc.example/tep/1.mp3", True),
        ("https://MAY-DOC.example:8443/tep", True),
        ("https://f1.luu-tru.example/1.mp3", True),
        ("https://luu-tru.example/1.mp3", False),
        ("https://f1luu-tru.example/1.mp3", False),
        ("https://may-doc.example.evil.example/1.mp3", False),
        ("http://may-doc.example/1.mp3", False),
        ("https://evil.example/?may-doc.example", False),
        ("https://may-doc.example@evil.example/", False),
        ("ftp://may-doc.example/1.mp3", False),
        ("//may-doc.example/1.mp3", False),
    ],
)
def test_only_the_listed_hosts_are_asked(url: str, allowed: bool) -> None:
    assert settings(*HTTP, 'may_chu: ["*.luu-tru.example"]').may_ask(url) is allowed


def test_all_slips_of_several_engines_are_told_at_once() -> None:
    text = HEAD + "    kieu: http\n    url: x\n  khac:\n    kieu: lenh\n    chay: doc\n    giong: {nu: Nữ}\n"
    with pytest.raises(WorkspaceFault) as refused:
        parse_schedule(text)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, 3), (5, 10), (8, 11)]


def test_the_samples_of_the_operators_guide_are_sound() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "van-hanh" / "7-giong-doc.md").read_text(encoding="utf-8")
    samples = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    found = [parse_schedule("xa: {hd: {ten: Xã Hoằng Đạo}}\n" + sample) for sample in samples]
    assert {name for schedule in found for name in schedule.engines} == {"vieneu", "korva", "viettel", "fpt", "vbee"}


def test_the_guide_names_every_key() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "van-hanh" / "7-giong-doc.md").read_text(encoding="utf-8")
    keys = {key for model in (*KINDS.values(), HttpResult) for key in keys_of(model)}
    assert [key for key in sorted(keys) if f"`{key}`" not in guide] == []
