"""Reading scripts: what the office writes, and everything it may get wrong."""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from datetime import date

import pytest

from broadcaster.content.script import MAX_SCRIPT_BYTES, ScriptItem, front_matter_blanked, items_of, parse_script
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.script import RecordingUse, Script, ScriptKind


def _faults(data: bytes | str, path: str = "tin/a.txt") -> tuple[Fault, ...]:
    with pytest.raises(WorkspaceFault) as told:
        parse_script(path, data.encode() if isinstance(data, str) else data)
    assert told.value.exit_code == 3
    assert all(fault.file == path and fault.remedy for fault in told.value.faults)
    return told.value.faults


def _fault(data: bytes | str) -> Fault:
    (fault,) = _faults(data)
    return fault


# --- what is right ----------------------------------------------------------------------------------------------------


def test_front_matter_says_what_a_script_is(script: Script) -> None:
    assert script.title == "Phòng, chống đuối nước"
    assert script.kind is ScriptKind.ARTICLE
    assert (script.author, script.directive, script.campaign) == ("Lê Thị Hòa", "12/KH-UBND", "Mùa hè an toàn")
    assert (script.language, script.voice, script.recording) == ("vi", "espeak-ng:vi+f2", None)
    assert (script.valid_from, script.valid_to) == (date(2026, 6, 1), date(2026, 8, 31))
    assert script.body == "Mùa hè, trẻ em hay ra sông tắm.\n\nCha mẹ cần trông nom các cháu."


def test_text_without_front_matter_has_its_first_line_for_a_title_and_says_it() -> None:
    script = parse_script("tin/a.txt", "Chợ phiên cuối năm\n\nChợ họp ngày rằm.\n".encode())
    assert script.title == "Chợ phiên cuối năm"
    assert script.kind is ScriptKind.NEWS
    assert script.body.startswith("Chợ phiên cuối năm")
    assert script.author is None


def test_text_that_begins_with_a_paragraph_is_called_by_its_file() -> None:
    assert parse_script("tin/cho-phien.txt", ("Chợ phiên họp. " * 40).encode()).title == "cho-phien"


def test_numbers_and_words_of_yaml_stay_text() -> None:
    script = parse_script("a.txt", b"---\ntieu_de: 17:30\nvan_ban: 0912345678\ntac_gia: no\n---\nTin.")
    assert (script.title, script.directive, script.author) == ("17:30", "0912345678", "no")


def test_empty_values_are_not_said() -> None:
    script = parse_script("a.txt", b"---\ntieu_de: Tin\ntac_gia:\ntu: ''\n---\nTin.")
    assert (script.author, script.valid_from) == (None, None)


@pytest.mark.parametrize("kind", ["tin", "bài", "phóng sự", "thông báo", "hỏi đáp", "Phóng Sự"])
def test_every_kind_is_known(kind: str) -> None:
    assert parse_script("a.txt", f"---\nloai: {kind}\n---\nTin.".encode()).kind == kind.lower()


def test_windows_line_ends_byte_order_mark_and_decomposed_letters_do_not_change_the_hash(text: str) -> None:
    plain = parse_script("a.txt", text.encode())
    other = unicodedata.normalize("NFD", text.replace("\n", "\r\n")).encode()
    same = parse_script("a.txt", codecs.BOM_UTF8 + other)
    assert same == plain
    assert plain.text_sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("edit", [("sông", "suối"), ("12/KH-UBND", "13/KH-UBND"), ("\n\nCha", "\nCha")])
def test_every_edit_changes_the_hash_of_the_front_matter_too(text: str, edit: tuple[str, str]) -> None:
    edited = parse_script("a.txt", text.replace(*edit).encode())
    assert edited.text_sha256 != parse_script("a.txt", text.encode()).text_sha256


def test_recording_may_stand_in_for_all_words() -> None:
    script = parse_script("a.txt", b"---\nngon_ngu: mong\nban_thu: ban-thu/tieng-mong.mp3\n---\n")
    assert (script.recording, script.language, script.body) == ("ban-thu/tieng-mong.mp3", "hmn", "")
    assert script.title == "a"


@pytest.mark.parametrize(
    ("written", "use"),
    [
        ("ban-thu/a.m4a", RecordingUse.REPLACES),
        ("{tep: ban-thu/a.m4a}", RecordingUse.REPLACES),
        ("{tep: ban-thu/a.m4a, cach: thay}", RecordingUse.REPLACES),
        ("{tep: ban-thu/a.m4a, cach: trước}", RecordingUse.BEFORE),
        ("{tep: ban-thu/a.m4a, cach: kèm trước}", RecordingUse.BEFORE),
        ("\n  tep: ban-thu/a.m4a\n  cach: sau", RecordingUse.AFTER),
    ],
)
def test_a_recording_replaces_speech_or_goes_with_it(written: str, use: RecordingUse) -> None:
    script = parse_script("a.txt", f"---\nban_thu: {written}\n---\nMời bà con nghe.".encode())
    assert (script.recording, script.recording_use) == ("ban-thu/a.m4a", use)
    assert script.is_spoken == (use is not RecordingUse.REPLACES)


def test_a_recording_that_goes_with_speech_needs_words_to_speak() -> None:
    assert "bài trống" in _fault("---\nban_thu: {tep: a.m4a, cach: sau}\n---\n").message


@pytest.mark.parametrize("block", ["{tep: a.m4a, cach: chèn}", "{tap: a.m4a}", "{cach: sau}", "{tep: [a], cach: sau}"])
def test_a_recording_that_is_described_wrongly_is_a_fault(block: str) -> None:
    assert all(fault.line == 2 for fault in _faults(f"---\nban_thu: {block}\n---\nTin."))


def test_a_bulletin_that_a_recording_stands_in_for_is_one_item() -> None:
    script = parse_script("a.txt", "---\ntieu_de: Tin\nban_thu: a.m4a\n---\n## Một\n\nMột.\n\n## Hai\n\nHai.".encode())
    assert [item.title for item in items_of(script)] == ["Tin"]


def test_a_script_may_open_with_a_chime_and_be_said_twice() -> None:
    script = parse_script("a.txt", "---\nmo_dau: chuong\nlap: 2 lần\n---\nTin.".encode())
    assert (script.opening, script.repeat) == ("chuong", 2)


@pytest.mark.parametrize("value", ["0", "11", "hai", "-1", "1.5"])
def test_a_number_of_repeats_that_is_none_is_a_fault(value: str) -> None:
    assert "“lap”" in _fault(f"---\nlap: {value}\n---\nTin.").message


def test_row_of_dashes_inside_a_text_is_no_front_matter() -> None:
    assert parse_script("a.txt", "Tin một\n---\nTin hai".encode()).body == "Tin một\n---\nTin hai"


# --- bulletins --------------------------------------------------------------------------------------------------------


def test_script_without_headings_is_one_item(script: Script) -> None:
    assert items_of(script) == (ScriptItem(title=script.title, body=script.body),)


def test_bulletin_is_split_at_its_headings() -> None:
    bulletin = parse_script(
        "a.txt", "---\ntieu_de: Bản tin\n---\n## Tin một\nMột.\n\nHai.\n## Tin hai\n\nBa.\n".encode()
    )
    assert items_of(bulletin) == (
        ScriptItem(title="Tin một", body="Một.\n\nHai."),
        ScriptItem(title="Tin hai", body="Ba."),
    )


def test_words_before_the_first_heading_are_said_too() -> None:
    bulletin = parse_script("a.txt", "---\ntieu_de: Bản tin\n---\nKính chào.\n## Tin một\nMột.".encode())
    assert items_of(bulletin)[0] == ScriptItem(title="Bản tin", body="Kính chào.")


def test_only_two_hashes_and_a_space_at_the_head_of_a_line_split() -> None:
    script = parse_script("a.txt", "# Tin\nGiá ## 5.\n###Ba\n##Bốn\n".encode())
    assert len(items_of(script)) == 1


def test_items_without_words_or_name_are_all_named_with_their_lines() -> None:
    faults = _faults("---\nloai: tin\n---\n## Tin một\n\n## Tin hai\nHai.\n## \nBa.\n")
    assert [fault.line for fault in faults] == [4, 8]
    assert "Tin một" in faults[0].message


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n \n", codecs.BOM_UTF8, b"---\nloai: tin\n---\n\n"])
def test_text_without_words_is_refused(data: bytes) -> None:
    assert "trống" in _fault(data).message


def test_byte_that_is_no_utf8_is_named_with_its_line() -> None:
    fault = _fault("Dòng một\nDòng hai: ".encode() + b"\xe1bc")
    assert fault.line == 2
    assert "byte thứ 24 (0xE1)" in fault.message
    assert "UTF-8" in fault.remedy


def test_position_of_the_bad_byte_counts_the_byte_order_mark() -> None:
    assert "byte thứ 5 (0xFF)" in _fault(codecs.BOM_UTF8 + b"a\xff").message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_recognised(encoding: str) -> None:
    fault = _fault(("\ufeff" if encoding != "utf-16" else "").encode(encoding) + "Tin trong xã".encode(encoding))
    assert "UTF-16" in fault.message


@pytest.mark.parametrize("data", [b"Tin\nm\x00t", b"\0" * 500_000, b"Tin\n\x07"])
def test_control_characters_are_refused(data: bytes) -> None:
    assert "ký tự điều khiển" in _fault(data).message


def test_ten_megabytes_of_zeros_are_refused_by_their_size() -> None:
    assert "quá 1 MB" in _fault(b"\0" * 10_000_000).message


def test_script_of_just_a_megabyte_is_read() -> None:
    data = b"a" * MAX_SCRIPT_BYTES
    assert len(parse_script("a.txt", data).body) == MAX_SCRIPT_BYTES
    assert "quá 1 MB" in _fault(data + b"a").message


def test_all_faults_of_the_front_matter_come_at_once_in_order() -> None:
    faults = _faults(
        "---\ntieude: Tin\nloai: bai\ntu: 31/02/2026\nden: mai\n"
        "ban_thu: ../../x.mp3\nvan_ban: [1, 2]\nloai: tin\n---\nTin.\n"
    )
    assert [fault.line for fault in faults] == [2, 3, 4, 5, 6, 7, 8]
    assert "“tieu_de”" in faults[0].remedy
    assert "“bài”" in faults[1].remedy
    assert "31/02/2026" in faults[2].message
    assert "scripts_content" in faults[4].message


def test_fault_names_its_column() -> None:
    assert (_fault("---\nloai:   baif\n---\nTin.").column, _fault("---\nlai: tin\n---\nTin.").column) == (9, 1)


def test_last_day_before_the_first_is_a_fault() -> None:
    fault = _fault("---\ntu: 10/10/2026\nden: 09/10/2026\n---\nTin.")
    assert (fault.line, "đứng trước" in fault.message) == (3, True)


@pytest.mark.parametrize("value", ["/etc/passwd", "C:\\\\nhac.mp3", "..\\\\nhac.mp3", "a/../../b.mp3"])
def test_recording_outside_the_library_is_refused(value: str) -> None:
    assert "ban_thu" in _fault(f'---\nban_thu: "{value}"\n---\nTin.').message


@pytest.mark.parametrize(
    "block",
    [
        "tieu_de: a: b",
        "\ttieu_de: a",
        "tieu_de: 'a",
        "- tin",
        "tin",
        "{",
        "[" * 20_000,
        "a: &x [*x]",
        "&a : *a",
        "? [a]: b",
    ],
)
def test_front_matter_that_is_no_list_of_keys_is_refused(block: str) -> None:
    faults = _faults(f"---\n{block}\n---\nTin.")
    assert all(fault.line is not None and fault.line >= 2 for fault in faults)


def test_front_matter_without_an_end_is_refused() -> None:
    fault = _fault("---\ntieu_de: Tin\n\nTin.\n")
    assert (fault.line, "“---”" in fault.remedy) == (1, True)


def test_front_matter_is_blanked_without_moving_the_words() -> None:
    text = "---\ntieu_de: Tin\n---\nXin chào bà con.\n"

    blanked = front_matter_blanked(text)

    assert blanked.strip() == "Xin chào bà con."
    assert blanked.index("Xin") == text.index("Xin")


def test_a_rule_in_the_middle_of_a_text_is_no_front_matter() -> None:
    text = "Xin chào.\n---\nHết.\n---\n"

    assert front_matter_blanked(text) == text
