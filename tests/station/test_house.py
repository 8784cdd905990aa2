"""The files beside schedule.yaml that say how this office reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.errors import WorkspaceFault
from broadcaster.station.house import Houses, house_in


def write(folder: Path, **files: str) -> None:
    names = {"lexicon": "lexicon.tsv", "commune": "lexicon.hoang-dao.tsv", "style": "cach-doc.tsv"}
    for name, text in files.items():
        (folder / names[name]).write_text(text, encoding="utf-8")


def test_a_folder_without_such_files_reads_plainly(tmp_path: Path) -> None:
    assert house_in(tmp_path).read("Eo Gió ngày 2/9").text == "Eo Gió ngày hai tháng chín"


def test_lexicon_and_style_are_both_heard(tmp_path: Path) -> None:
    write(tmp_path, lexicon="CHXD\tcửa hàng xăng dầu", style="mung\tmùng")
    assert (
        house_in(tmp_path).read("CHXD đóng cửa ngày 2/9").text == "cửa hàng xăng dầu đóng cửa ngày mùng hai tháng chín"
    )


def test_a_communes_words_are_for_its_own_scripts(tmp_path: Path) -> None:
    write(tmp_path, lexicon="Eo Gió\teo gió", commune="Eo Gió\teo dó")
    houses = Houses(tmp_path, frozenset({"hoang-dao", "hoang-truong"}))
    assert houses.for_script("ban-tin/hoang-dao/2026-10-10.txt").read("Eo Gió").text == "eo dó"
    assert houses.for_script("ban-tin/mau.txt").read("Eo Gió").text == "eo gió"
    assert houses.of("hoang-dao").read("Eo Gió").text == "eo dó"


def test_a_commune_reads_as_the_office_until_it_has_words_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, lexicon="Eo Gió\teo gió")
    houses = Houses(tmp_path, frozenset({"hoang-dao", "hoang-truong"}))
    assert houses.of("hoang-dao").read("Eo Gió").text == "eo gió"
    write(tmp_path, commune="Eo Gió\teo dó")
    assert houses.of("hoang-dao").read("Eo Gió").text == "eo dó"
    assert houses.of("hoang-truong").read("Eo Gió").text == "eo gió"


def test_a_station_of_one_commune_reads_everything_by_its_words(tmp_path: Path) -> None:
    write(tmp_path, commune="Eo Gió\teo dó")
    assert Houses(tmp_path, frozenset({"hoang-dao"})).for_script("ban-tin/mau.txt").read("Eo Gió").text == "eo dó"


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, lexicon="sai", commune="CH\t5", style="x\ty")
    with pytest.raises(WorkspaceFault) as caught:
        house_in(tmp_path, "hoang-dao")
    assert [fault.place for fault in caught.value.faults] == [
        "cach-doc.tsv:1", "lexicon.tsv:1", "lexicon.hoang-dao.tsv:1",
    ]  # fmt: skip


def test_a_file_in_an_old_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicon.tsv").write_bytes("Eo Gió\teo gió".encode("cp1258"))
    with pytest.raises(WorkspaceFault) as caught:
        house_in(tmp_path)
    assert "UTF-8" in caught.value.faults[0].message


def test_an_example_that_is_said_otherwise_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, lexicon="CH\tcửa hàng\tCH 2 => cửa hàng hai\nNM\tnhà máy\tNM 3 => nhà máy số ba")
    (fault,) = Houses(tmp_path, frozenset({"hoang-dao"})).faults()
    assert fault.place == "lexicon.tsv:2"
    assert "nhà máy ba" in fault.message


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    houses = Houses(tmp_path, frozenset({"hoang-dao"}))
    assert houses.of(None).read("CHXD").flags
    write(tmp_path, lexicon="CHXD\tcửa hàng xăng dầu")
    assert houses.of(None).read("CHXD").text == "cửa hàng xăng dầu"


def test_a_file_broken_while_the_station_runs_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, lexicon="CHXD\tcửa hàng xăng dầu")
    houses = Houses(tmp_path, frozenset({"hoang-dao"}))
    houses.of(None)
    write(tmp_path, lexicon="CHXD không có phím Tab")
    assert houses.of(None).read("CHXD").text == "cửa hàng xăng dầu"
    assert [fault.place for fault in houses.faults()] == ["lexicon.tsv:1"]
