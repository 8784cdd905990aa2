from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.errors import WrongUsage
from broadcaster.model.as_run import LogRow, Outcome, OutcomeReason
from broadcaster.reports.names import CommuneNames, StationNames
from broadcaster.reports.period import parse_period
from broadcaster.reports.report import report_kinds, write_report

RowFactory = Callable[..., LogRow]
Writer = Callable[..., Path]
GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 11, 2, 8, 0, tzinfo=VIETNAM)


@pytest.fixture
def write(tmp_path: Path, station: StationNames) -> Writer:
    def written(kind: str, rows: list[LogRow], *, ending: str = ".json", **asked: Any) -> Path:
        values = {"period": parse_period("2026-10"), "directive": None, "commune": None, "station": station, "at": AT}
        return write_report(kind, rows=rows, **(values | {"out": tmp_path / f"bao-cao{ending}"} | asked))

    return written


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def texts(report: dict[str, Any]) -> str:
    return json.dumps(report["document"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "kind", "asked"),
    [
        ("periodic-commune", "periodic", {"commune": "hoang-dao", "period": parse_period("2026-H2")}),
        ("directive", "directive", {"directive": "244/CĐSQG-CSS", "period": parse_period("10/10/2026..11/10/2026")}),
        ("empty", "periodic", {"commune": "nam-sam-son", "period": parse_period("2026-H1")}),
    ],
)
def test_the_same_rows_give_the_same_report(
    write: Writer, two_days: list[LogRow], name: str, kind: str, asked: dict[str, Any]
) -> None:
    """BROADCASTER_UPDATE_GOLDEN=1 writes the files anew: read their diff before it is committed."""
    made = write(kind, two_days, **asked).read_text("utf-8")
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("BROADCASTER_UPDATE_GOLDEN"):
        golden.write_text(made, "utf-8")
    assert made == golden.read_text("utf-8")


def test_both_kinds_are_found() -> None:
    assert [kind.key for kind in report_kinds()] == ["directive", "periodic"]


def test_every_figure_names_the_rows_behind_it(write: Writer, two_days: list[LogRow]) -> None:
    total = read(write("periodic", two_days))["figures"]["total"]
    assert total["plays"] == {"value": 7, "seqs": [1, 2, 3, 4, 5, 7, 11, 12]}
    assert total["relay_s"] == {"value": 1800, "seqs": [1]}
    assert total["own_s"] == {"value": 1428, "seqs": [3, 4, 5, 7, 11, 12]}


def test_percentages_carry_numerator_and_denominator(write: Writer, two_days: list[LogRow]) -> None:
    figures = read(write("periodic", two_days))["figures"]
    assert figures["clusters_with_plays"] == {"numerator": 3, "denominator": 5, "percent": 60.0}
    assert figures["communes_with_plays"] == {"numerator": 2, "denominator": 3, "percent": 66.67}
    assert figures["total"]["plays_of_airings"] == {"numerator": 7, "denominator": 11, "percent": 63.64}


def test_a_commune_without_rows_stands_in_the_appendix_with_zeros(write: Writer, two_days: list[LogRow]) -> None:
    report = read(write("periodic", two_days))
    rows = report["document"]["appendices"][0]["blocks"][0]["rows"]
    printed = [[cell if isinstance(cell, str) else cell["text"] for cell in row["cells"]] for row in rows]
    assert printed[2] == [
        "3", "Phường Nam Sầm Sơn", "–", "0", "0", "0", "0", "0 phút 0 giây", "0 phút 0 giây", "–", "0/2", "0%", "–",
    ]  # fmt: skip


def test_the_columns_of_the_appendix_add_up_as_printed(write: Writer, two_days: list[LogRow]) -> None:
    rows = read(write("periodic", two_days))["document"]["appendices"][0]["blocks"][0]["rows"]
    *communes, shared, total = rows
    assert total["kind"] == "total"
    assert shared["cells"][1] == "Trừ tin, bài phát ở nhiều xã"
    for column in (6, 7, 8):
        assert sum(row["cells"][column]["value"] for row in communes) == total["cells"][column]["value"]
    for column in (3, 4, 5):
        taken_off = int(shared["cells"][column].replace("−", "-"))
        assert sum(row["cells"][column]["value"] for row in communes) + taken_off == total["cells"][column]["value"]


def test_the_list_of_plays_adds_up_to_the_airtime(write: Writer, two_days: list[LogRow]) -> None:
    report = read(write("periodic", two_days))
    table = report["document"]["appendices"][1]["blocks"][0]
    *lines, total = table["rows"]
    assert len(lines) == report["figures"]["total"]["plays"]["value"]
    assert sum(line["cells"][5]["value"] for line in lines) == report["figures"]["total"]["airtime_s"]["value"]
    assert total["cells"][5]["text"] == "53 phút 48 giây"
    assert lines[1]["cells"][2] == "05:30:00 – 05:34:05"
    assert lines[1]["cells"][6] == "2\n3"


def test_what_did_not_play_is_listed_with_its_reason_and_never_as_a_play(write: Writer, two_days: list[LogRow]) -> None:
    report = read(write("periodic", two_days))
    played, not_played = report["document"]["appendices"][1:3]
    assert "Làng chài" not in json.dumps(played, ensure_ascii=False)
    reasons = [row["cells"][5] for row in not_played["blocks"][0]["rows"]]
    assert reasons == [
        "phát không thành công: đầu ra loa gặp lỗi",
        "phát dở dang: đài dừng đột ngột (mất điện hoặc máy tắt)",
        "không phát: đài không hoạt động vào giờ phát",
        "không phát: bài chưa được duyệt",
        "đã hủy: đã rút khỏi lịch phát",
    ]


def test_an_empty_period_says_plainly_that_nothing_aired(write: Writer) -> None:
    report = read(write("periodic", []))
    assert "không ghi nhận lượt phát nào" in texts(report)
    assert [appendix["number"] for appendix in report["document"]["appendices"]] == ["I"]
    assert report["figures"]["total"]["plays"] == {"value": 0, "seqs": []}


def test_a_period_in_which_all_was_missed_says_both(write: Writer, row: RowFactory) -> None:
    missed = row(outcome=Outcome.MISSED, reason=OutcomeReason.NO_DEVICE, played_s=0.0)
    text = texts(read(write("periodic", [missed])))
    assert "không ghi nhận lượt phát nào" in text
    assert "không có thiết bị âm thanh" in text
    assert "1/1 (100%)" in text


def test_simulated_rows_are_named_as_left_out(write: Writer, row: RowFactory) -> None:
    report = read(write("periodic", [row(simulated=True)]))
    assert report["figures"]["simulated_rows_left_out"] == 1
    assert "Đã loại 1 dòng nhật ký chạy mô phỏng." in texts(report)


def test_what_only_a_person_can_write_is_left_as_a_blank(write: Writer, two_days: list[LogRow]) -> None:
    text = texts(read(write("periodic", two_days)))
    for prompt in ("những việc đã làm tốt", "nhiệm vụ trọng tâm", "kiến nghị, đề xuất với cấp trên"):
        assert f"[… {prompt}" in text
    assert "Số:\u00a0" in text
    assert "[Họ và tên]" in text


def test_an_office_over_several_communes_is_not_given_an_invented_name(write: Writer, two_days: list[LogRow]) -> None:
    document = read(write("periodic", two_days))["document"]
    assert document["issuer"] == ["[TÊN CƠ QUAN BÁO CÁO]"]
    assert document["place_and_date"] == "Thanh Hóa, ngày 02 tháng 11 năm 2026"


def test_a_commune_reports_under_its_own_name(write: Writer, two_days: list[LogRow]) -> None:
    document = read(write("periodic", two_days, commune="nam-sam-son"))["document"]
    assert document["issuer"] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG NAM SẦM SƠN"]
    assert document["place_and_date"] == "Nam Sầm Sơn, ngày 02 tháng 11 năm 2026"
    assert document["closing"].endswith("của Ủy ban nhân dân phường Nam Sầm Sơn./.")


def test_a_station_of_one_commune_needs_no_commune_named(write: Writer, row: RowFactory) -> None:
    one = StationNames(communes={"hoang-dao": CommuneNames(name="Xã Hoằng Đạo", clusters={"trung-tam": "Loa"})})
    assert read(write("periodic", [row()], station=one))["document"]["number"].endswith("/BC-UBND")


def test_a_cluster_that_left_the_schedule_still_counts_in_the_total(write: Writer, row: RowFactory) -> None:
    report = read(write("periodic", [row(cluster="loa-cu")], commune="hoang-dao"))
    assert report["figures"]["clusters_with_plays"] == {"numerator": 1, "denominator": 3, "percent": 33.33}


def test_a_directive_report_counts_only_that_directive(write: Writer, two_days: list[LogRow]) -> None:
    report = read(write("directive", two_days, directive="12/KH-UBND"))
    assert report["figures"]["total"]["plays"] == {"value": 1, "seqs": [11]}
    assert "Văn bản số 12/KH-UBND" in texts(report)


def test_a_directive_that_nothing_was_aired_for_is_reported_so(write: Writer, two_days: list[LogRow]) -> None:
    assert "không ghi nhận lượt phát nào" in texts(read(write("directive", two_days, directive="99/XYZ")))


@pytest.mark.parametrize("directive", [None, "", "  "])
def test_a_directive_report_asks_for_its_directive(write: Writer, directive: str | None) -> None:
    with pytest.raises(WrongUsage, match="cần số văn bản chỉ đạo"):
        write("directive", [], directive=directive)


def test_an_unknown_kind_is_refused_with_those_there_are(write: Writer) -> None:
    with pytest.raises(WrongUsage, match="Không có loại báo cáo “royalty”") as refused:
        write("royalty", [])
    assert "periodic" in refused.value.remedy


def test_a_mistyped_commune_is_no_empty_report(write: Writer, two_days: list[LogRow], tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="Không có xã “hoang-da0”") as refused:
        write("periodic", two_days, commune="hoang-da0")
    assert "hoang-dao" in refused.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".xlsx", ".pdf", ".txt"])
def test_endings_of_later_versions_are_refused_and_nothing_is_written(
    write: Writer, ending: str, tmp_path: Path
) -> None:
    with pytest.raises(WrongUsage, match=r"\.docx hoặc \.json"):
        write("periodic", [], ending=ending)
    assert list(tmp_path.iterdir()) == []
