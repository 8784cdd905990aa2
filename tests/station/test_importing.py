"""Documents become scripts of a real workspace: all of them or none, with what the operator is to see."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from content.paper import ARTICLE, BODY, LETTER, PAGE, pdf, tcvn3, word

from broadcaster.content.script import parse_script
from broadcaster.errors import WorkspaceFault
from broadcaster.model.script import ScriptKind
from broadcaster.station.importing import import_documents, propose_directives
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create

LONG = "Sổ tay phòng bệnh\n\n" + "\n\n".join(f"{number}. {BODY} {ARTICLE}" for number in range(1, 25))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    workspace = create(tmp_path / "đài thử", scripts=())
    with open_station(workspace.folder) as opened:
        yield opened


def _file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _scripts(station: Station) -> set[str]:
    return set(station.library.paths())


def test_documents_of_every_kind_become_drafts(station: Station, tmp_path: Path) -> None:
    files = [
        _file(tmp_path, "a.txt", f"Bài một\n{BODY}"),
        _file(tmp_path, "b.md", f"# Bài hai\n\n{BODY}"),
        word(tmp_path / "c.docx", "Bài ba", BODY),
        pdf(tmp_path / "d.pdf", f"Bài bốn.\n{BODY}"),
        _file(tmp_path, "e.html", PAGE),
        _file(tmp_path, "f.txt", tcvn3(f"Bài sáu\n{BODY}").encode("cp1252")),
    ]
    imported = import_documents(station, files, author="Lê Thị Hòa", folder="nhap")
    paths = [script.said.script.path for one in imported for script in one.scripts]
    assert paths == [
        *("nhap/bai-mot.txt", "nhap/bai-hai.txt", "nhap/bai-ba.txt", "nhap/bai-bon.txt"),
        *("nhap/xa-hoang-dao-ra-quan-lam-ve-sinh.txt", "nhap/bai-sau.txt"),
    ]
    assert all(BODY in one.draft.body for one in imported if one.source.suffix != ".html")
    assert {script.said.script.author for one in imported for script in one.scripts} == {"Lê Thị Hòa"}


def test_long_text_becomes_a_series_in_a_folder_of_its_own(station: Station, tmp_path: Path) -> None:
    (one,) = import_documents(
        station,
        [_file(tmp_path, "so-tay.txt", LONG)],
        author="A",
        kind=ScriptKind.REPORTAGE,
        directive="244/CĐSQG-CSS",
        campaign="Mùa hè",
    )
    count = len(one.scripts)
    assert count > 2
    for number, script in enumerate((script.said.script for script in one.scripts), 1):
        assert script.path == f"so-tay-phong-benh/{number:02d}.txt"
        assert script.title.startswith(f"Sổ tay phòng bệnh (phần {number}/{count})")
        assert script.body.startswith(f"Sổ tay phòng bệnh. Phần {number}/{count}.")
        assert (script.kind, script.directive, script.campaign) == (ScriptKind.REPORTAGE, "244/CĐSQG-CSS", "Mùa hè")
    assert all(120 <= script.estimated_s <= 270 for script in one.scripts)


def test_whole_and_series_can_be_asked_for(station: Station, tmp_path: Path) -> None:
    long, short = _file(tmp_path, "dai.txt", LONG), _file(tmp_path, "ngan.txt", f"Ngắn\n{BODY}")
    (whole,) = import_documents(station, [long], author="A", series=False)
    assert [script.said.script.path for script in whole.scripts] == ["so-tay-phong-benh.txt"]
    (alone,) = import_documents(station, [short], author="A", series=True)
    assert [script.said.script.path for script in alone.scripts] == ["ngan.txt"]


def test_bulletin_is_not_divided_by_itself(station: Station, tmp_path: Path) -> None:
    items = "\n\n".join(f"## Tin {number}\n\n{BODY} {ARTICLE}" for number in range(1, 13))
    (one,) = import_documents(station, [_file(tmp_path, "ban-tin.md", items)], author="A")
    assert len(one.scripts) == 1


def test_letter_gives_its_number_to_its_script(station: Station, tmp_path: Path) -> None:
    (one,) = import_documents(station, [_file(tmp_path, "thu.txt", LETTER)], author="A")
    script = one.scripts[0].said.script
    assert (script.directive, script.kind) == ("15/VHTT", ScriptKind.ARTICLE)
    notice = LETTER.replace("V/v tuyên truyền phòng, chống\ncháy rừng mùa khô", "").replace(
        "Kính gửi:", "THÔNG BÁO\nLịch phát loa\n\nKính gửi:"
    )
    (told,) = import_documents(station, [_file(tmp_path, "tb.txt", notice)], author="A")
    assert (told.draft.title, told.scripts[0].said.script.kind) == ("Thông báo lịch phát loa", ScriptKind.ANNOUNCEMENT)


def test_notice_that_a_commune_typed_is_an_announcement(station: Station, tmp_path: Path) -> None:
    (one,) = import_documents(station, [_file(tmp_path, "tb.txt", f"Thông báo lịch tiêm\n\n{BODY}")], author="A")
    assert one.scripts[0].said.script.kind is ScriptKind.ANNOUNCEMENT


def test_review_marks_what_nobody_can_read(station: Station, tmp_path: Path) -> None:
    (one,) = import_documents(station, [_file(tmp_path, "a.txt", f"Tin một\n{BODY} Sống tronmg sạch.")], author="A")
    review = one.scripts[0].review
    assert "⟦tronmg" in review
    assert BODY in review


@pytest.mark.parametrize(
    "bad",
    [
        ("quet.pdf", b"%PDF-1.4 hong"),
        ("macro.docm", b"PK\x03\x04"),
        ("nhi-phan.txt", b"\x00\x01\x02" * 100),
        ("lon.txt", b"a" * 20_000_000),
        ("tron.txt", f"{BODY}\n".encode() + tcvn3(BODY).encode("cp1252")),
        ("menu.html", b"<ul><li><a href=x>Trang</a></li></ul>"),
        ("thieu.txt", None),
    ],
)
def test_third_file_that_is_bad_leaves_nothing_behind(
    station: Station, tmp_path: Path, bad: tuple[str, bytes | None]
) -> None:
    name, data = bad
    third = tmp_path / name if data is None else _file(tmp_path, name, data)
    files = [_file(tmp_path, "a.txt", f"Bài một\n{BODY}"), _file(tmp_path, "b.txt", LONG), third]
    before = _scripts(station)
    with pytest.raises(WorkspaceFault) as told:
        import_documents(station, files, author="A")
    assert _scripts(station) == before
    (fault,) = told.value.faults
    assert name in str(fault.file)
    assert fault.message
    assert fault.remedy
    assert "Không tệp nào được nhập" in told.value.message


def test_faults_of_all_files_are_told_at_once(station: Station, tmp_path: Path) -> None:
    files = [_file(tmp_path, "a.txt", b"\0\0"), _file(tmp_path, "b.txt", f"Tin\n{BODY}"), tmp_path / "thieu.docx"]
    with pytest.raises(WorkspaceFault) as told:
        import_documents(station, files, author="A")
    assert len(told.value.faults) == 2


def test_nothing_is_overwritten_and_nothing_half_saved(station: Station, tmp_path: Path) -> None:
    first, second = _file(tmp_path, "a.txt", f"Bài một\n{BODY}"), _file(tmp_path, "b.txt", f"Bài hai\n{BODY}")
    import_documents(station, [second], author="A")
    before = _scripts(station)
    with pytest.raises(WorkspaceFault, match="Chưa lưu bài nào"):
        import_documents(station, [first, second], author="A")
    assert _scripts(station) == before


def test_two_documents_of_one_name_stay_two(station: Station, tmp_path: Path) -> None:
    files = [_file(tmp_path, name, f"Thông tin\n{BODY}") for name in ("a.txt", "b.txt", "c.txt")]
    imported = import_documents(station, files, author="A")
    paths = [one.scripts[0].said.script.path for one in imported]
    assert paths == ["thong-tin.txt", "thong-tin-2.txt", "thong-tin-3.txt"]


def test_what_is_no_letter_proposes_nothing(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceFault, match="Chưa nhận ra văn bản chỉ đạo"):
        propose_directives([_file(tmp_path, "a.txt", ARTICLE)])


# --- the command ------------------------------------------------------------------------------------------------------


def _run(station: Station, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadcaster", "--workspace", str(station.workspace.folder), "import", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


def test_command_shows_what_it_stripped_divided_and_doubts(station: Station, tmp_path: Path) -> None:
    text = f"A- A A+ | Chia sẻ\n{LONG}\n\nSống tronmg sạch.\n\nLượt xem: 43\n"
    done = _run(station, str(_file(tmp_path, "a.txt", text)), "--by", "Lê Thị Hòa")
    assert done.returncode == 0, done.stderr
    for told in ("Lượt xem: 43  [số lượt xem]", "đã chia thành", "01.txt", "⟦tronmg", "Bước tiếp theo"):
        assert told in done.stdout


def test_command_gives_json(station: Station, tmp_path: Path) -> None:
    done = _run(station, str(_file(tmp_path, "thu.txt", LETTER)), "--by", "A", "--json")
    (one,) = json.loads(done.stdout)
    assert one["scripts"][0]["script"] == one["script"]
    assert {"text": "- Lưu: VT.", "reason": "nơi nhận"} in one["stripped"]
    assert one["proposal"]["directive"]["number"] == "15/VHTT"


def test_directive_is_shown_and_stored_nowhere(station: Station, tmp_path: Path) -> None:
    before = {file for file in station.workspace.folder.rglob("*") if file.is_file()}
    letter = str(_file(tmp_path, "thu.txt", LETTER))
    shown = _run(station, letter, "--directive")
    assert shown.returncode == 0, shown.stderr
    assert "chưa ghi vào sổ" in shown.stderr
    for told in ("15/VHTT", "hạn cuối 24/03/2026", "«Số: 15/VHTT»", "412/SVHTTDL-TTBC (văn bản gốc)"):
        assert told in shown.stdout
    (as_json,) = json.loads(_run(station, letter, "--directive", "--json").stdout)
    assert as_json["stored"] is False
    assert as_json["directive"]["deadlines"][0]["last_day"] == "2026-03-24"
    assert {file for file in station.workspace.folder.rglob("*") if file.is_file()} == before


def test_author_is_asked_for_where_scripts_are_made(station: Station, tmp_path: Path) -> None:
    done = _run(station, str(_file(tmp_path, "a.txt", BODY)))
    assert done.returncode == 2
    assert "--by" in done.stderr


def test_script_made_by_import_is_a_script(station: Station, tmp_path: Path) -> None:
    import_documents(station, [_file(tmp_path, "thu.txt", LETTER)], author="A")
    (path,) = [path for path in _scripts(station) if path.startswith("tuyen-truyen")]
    data = (station.library.folder / path).read_bytes()
    assert parse_script(path, data).title == "Tuyên truyền phòng, chống cháy rừng mùa khô"
