"""schedule.yaml → types, and every fault with its place."""

from __future__ import annotations

import random
import re
import time as wall
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from broadcaster.config import reading
from broadcaster.config.load import load_schedule, parse_schedule
from broadcaster.config.schedule import Schedule
from broadcaster.errors import Fault, WorkspaceFault

WHOLE = """\
phien_ban: 1
mui_gio: Asia/Ho_Chi_Minh
tinh: Thanh Hóa
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    ma: "01234"
    loi_xuong: Đây là Đài truyền thanh xã Hoằng Đạo
    gioi_han: 60 phút/khung
    loa:
      trung-tam: {ten: Loa trung tâm, dau_ra: loa-may}
      thon-1: {ten: Thôn 1, dau_ra: truyen}
  hoang-truong: {ten: Xã Hoằng Trường, ma: 02345, loa: {ubnd: {ten: Loa UBND, dau_ra: loa-may}}}
nhom:
  ven-bien: [hoang-truong]
khung_gio:
  sang: 05:00-06:30
  chieu: 17:00-18:00
gio_yen_tinh: [11:30-13:30, 21:00-05:00]
am_luong: {muc: -16 LUFS, dinh: -1.5 dBTP, theo_khung: {sang: -20 LUFS}}
dau_ra:
  loa-may: {kieu: sound-card}
  truyen: {kieu: icecast, url: "http://127.0.0.1:8000/hoang-dao.mp3", dien_thoai: 0912345678}
nguon:
  vov1: {ten: VOV1, url: "http://may-tiep-song.example/vov1", du_phong: tinh, het_han: 31/12/2027}
  tinh: {ten: Đài tỉnh, url: "http://may-tiep-song.example/tinh"}
chuong_trinh:
  ban-tin: [nhac-hieu, loi-xuong, muc-luc, {noi_dung: {nhac_cat: nhac-cat, nhac_nen: nhac-nen}}, loi-chao, nhac-ket]
  thong-bao: [chuong, loi-xuong, {noi_dung: {lap: 2}}, loi-chao]
lich:
  - ten: Tiếp sóng thời sự VOV1
    tiep_song: vov1
    gio: 05:00
    dai: 30 phút
  - ten: Bản tin xã
    bai: ban-tin/{xa}/{ngay}.txt
    chuong_trinh: ban-tin
    gio: [05:30, 17:30]
    dai: tối đa 15 phút
    thu: T2-T7
    uu_tien: 60
  - ten: Lịch tiêm chủng mở rộng
    bai: thong-bao/tiem-chung.txt
    gio: 17:45
    ngay: [10/10/2026, 24/10/2026]
    noi_phat: [hoang-dao, ven-bien]
  - ten: Vệ sinh môi trường ngày rằm, mùng một
    bai: thong-bao/ve-sinh.txt
    gio: 17:50
    am_lich: [mùng 1, rằm]
chien_dich:
  - ten: 17 điểm khác nhau
    van_ban: 244/CĐSQG-CSS
    bai: [17-diem/01.txt, 17-diem/02.txt]
    tu: 24/03/2026
    den: 24/04/2026
    chi_tieu: 2 lượt/ngày
    khung: [sang, chieu]
    cach_nhau: 3 giờ
    luan_phien: lần lượt
    dai: 5 phút
ngoai_le:
  - ten: Tết Nguyên đán
    am_lich: giao thừa - mùng 3 tháng 1
    chi_phat: [tiếp sóng]
    them: [{ten: Chúc Tết, bai: tet/chuc-tet.txt, gio: 05:40}]
  - ten: Quốc tang
    bat: false
    tu: 01/01/2027
    den: 02/01/2027
    chi_phat: [tiếp sóng]
    tat_nhac: true
khan_cap: {lap: "3 lần, cách 10 phút", mau: {mua-lu: khan-cap/mua-lu.txt}}
"""


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(WorkspaceFault) as caught:
        parse_schedule(text)
    assert caught.value.exit_code == 3
    return caught.value.faults


def said(text: str) -> list[tuple[int | None, int | None, str]]:
    return [(fault.line, fault.column, fault.message) for fault in faults_of(text)]


def test_a_whole_schedule_is_read_into_types() -> None:
    schedule = parse_schedule(WHOLE)
    commune = schedule.communes["hoang-dao"]
    assert commune.code == "01234" and schedule.communes["hoang-truong"].code == "02345"
    assert commune.limit == timedelta(hours=1)
    assert [(cluster.key, cluster.output) for cluster in commune.clusters] == [
        ("trung-tam", "loa-may"),
        ("thon-1", "truyen"),
    ]
    assert [(window.name, window.start) for window in schedule.windows] == [("sang", time(5)), ("chieu", time(17))]
    assert schedule.loudness.by_window == {"sang": -20.0}
    assert schedule.sources["vov1"].expires == date(2027, 12, 31)
    part = schedule.templates["ban-tin"].parts[3]
    assert (part.name, part.stinger, part.bed, part.repeat) == ("noi_dung", "nhac-cat", "nhac-nen", 1)
    bulletin = schedule.entries[1]
    assert (bulletin.key, bulletin.times, bulletin.priority) == ("ban-tin-xa", (time(5, 30), time(17, 30)), 60)
    assert bulletin.weekdays == frozenset(range(6))
    assert schedule.campaigns[0].per_day == 2
    assert schedule.exceptions[0].add[0].key == "chuc-tet"
    assert not schedule.exceptions[1].on
    assert schedule.emergency is not None and schedule.emergency.repetition.times == 3


def test_times_codes_and_phone_numbers_stay_text() -> None:
    schedule = parse_schedule(WHOLE)
    assert schedule.outputs["truyen"].options["dien_thoai"] == "0912345678"
    assert schedule.entries[2].times == (time(17, 45),)


def test_an_output_of_any_kind_with_any_options_is_read() -> None:
    schedule = parse_schedule(WHOLE.replace("{kieu: sound-card}", "{kieu: ve-tinh, tan_so: 17.5, muc: {a: [1]}}"))
    assert schedule.outputs["loa-may"].kind == "ve-tinh"
    assert schedule.outputs["loa-may"].options == {"tan_so": "17.5", "muc": {"a": ["1"]}}


def test_one_value_may_stand_for_a_list() -> None:
    text = WHOLE.replace("gio: [05:30, 17:30]", "gio: 05:30, 17:30").replace("[hoang-dao, ven-bien]", "ven-bien")
    schedule = parse_schedule(text.replace("am_lich: [mùng 1, rằm]", "am_lich: mùng 1, rằm"))
    assert schedule == parse_schedule(WHOLE).model_copy(update={"entries": schedule.entries})
    assert schedule.entries[1].times == (time(5, 30), time(17, 30))
    assert schedule.entries[2].include == ("ven-bien",)
    assert len(schedule.entries[3].lunar) == 2


def test_decomposed_vietnamese_is_the_same_name() -> None:
    import unicodedata

    assert parse_schedule(unicodedata.normalize("NFD", WHOLE)) == parse_schedule(WHOLE)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    file = tmp_path / "schedule.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert load_schedule(file) == parse_schedule(WHOLE)


def test_a_changed_schedule_is_refused_not_obeyed() -> None:
    schedule = parse_schedule(WHOLE)
    with pytest.raises(ValueError, match="frozen"):
        schedule.province = "Nghệ An"  # type: ignore[misc]


CASES: list[tuple[str, str, int, int, str, str]] = [
    ("tinh: Thanh Hóa", "tỉnh: Thanh Hóa", 3, 1, "tỉnh", "tinh"),
    ("phien_ban: 1", "phien_ban: 2", 1, 12, "phien_ban", "1"),
    ("mui_gio: Asia/Ho_Chi_Minh", "mui_gio: UTC", 2, 10, "mui_gio", "Asia/Ho_Chi_Minh"),
    ('ma: "01234"', 'ma: "1234"', 7, 9, "5 chữ số", "14842"),
    ("gioi_han: 60 phút/khung", "gioi_han: 60", 9, 15, "thời lượng", "60 phút"),
    ("gioi_han: 60 phút/khung", "kieu_loa: loa kèn", 9, 15, "loa nén, loa cột, trong nhà hoặc không", "loa nén"),
    ("dau_ra: truyen}", "dau_ra: truyn}", 12, 37, "truyn", "truyen"),
    ("ven-bien: [hoang-truong]", "ven-bien: [hoang-trong]", 15, 14, "hoang-trong", "hoang-truong"),
    ("ven-bien: [hoang-truong]", "ven-bien: [ven-bien]", 15, 3, "ven-bien → ven-bien", "vòng"),
    ("nhom:\n", "nhom:\n  hoang-dao: [hoang-truong]\n", 15, 3, "trùng tên", "nhom-hoang-dao"),
    ("chieu: 17:00-18:00", "chieu: 06:00-18:00", 18, 10, "chồng lên", "chung phút"),
    ("chieu: 17:00-18:00", "chieu: 17h-18h", 18, 10, "18h", "18:00"),
    ("11:30-13:30,", "11:30-11:30,", 19, 16, "0 phút", "khác"),
    ("theo_khung: {sang:", "theo_khung: {sag:", 20, 57, "sag", "sang"),
    ("muc: -16 LUFS", "muc: 16 LUFS", 20, 17, "16 LUFS", "LUFS"),
    ("{kieu: sound-card}", "{}", 22, 3, "kieu", "auto"),
    ("du_phong: tinh", "du_phong: tính-nhà", 25, 73, "tính-nhà", "tinh"),
    ("het_han: 31/12/2027", "het_han: 31/11/2027", 25, 88, "30 ngày", "30"),
    ("{lap: 2}", "{lap: hai}", 29, 51, "số nguyên", "2"),
    ("{lap: 2}", "{lặp: 2}", 29, 46, "lặp", "lap"),
    ("tiep_song: vov1", "tiep_song: vov", 32, 16, "vov", "vov1"),
    ("    dai: 30 phút\n", "", 31, 5, "thiếu thời lượng", "dai: 30 phút"),
    ("gio: 05:00\n", "gio: 5h\n", 33, 10, "5h", "05:00"),
    ("    gio: 05:00\n", "", 31, 5, "Thiếu “gio”", "gio: 05:30"),
    ("tiep_song: vov1\n", "tiep_song: vov1\n    bai: a.txt\n", 33, 5, "cả bai và tiep_song", "Giữ một"),
    ("    tiep_song: vov1\n", "", 31, 5, "không có gì để phát", "bai"),
    ("chuong_trinh: ban-tin\n", "chuong_trinh: bantin\n", 37, 19, "bantin", "ban-tin"),
    ("thu: T2-T7", "thu: T2-T8", 40, 10, "t8", "T2-T7"),
    ("uu_tien: 60", "uu_tien: 100", 41, 14, "99", "60"),
    ("uu_tien: 60", "uu_tien:", 41, 5, "trống", "60"),
    ("{ngay}.txt", "{ngày}.txt", 36, 10, "{ngày}", "{ngay}"),
    ("24/10/2026]", "24/10]", 45, 24, "thiếu năm", "24/10/2026"),
    ("[hoang-dao, ven-bien]", "[hoang-dau, ven-bien]", 46, 16, "hoang-dau", "hoang-dao"),
    ("am_lich: [mùng 1, rằm]", "am_lich: [mùng 1, ngày 31]", 50, 23, "ngày 31", "30"),
    ("den: 24/04/2026", "den: 24/02/2026", 56, 10, "sớm hơn", "năm"),
    ("chi_tieu: 2 lượt/ngày", "chi_tieu: 2", 57, 15, "chỉ tiêu", "2 lượt/ngày"),
    ("khung: [sang, chieu]", "khung: [sang, chiều]", 58, 19, "chiều", "chieu"),
    ("luan_phien: lần lượt", "luan_phien: ngẫu nhiên", 60, 17, "lần lượt", "lần lượt"),
    ("    am_lich: giao thừa - mùng 3 tháng 1\n", "", 63, 5, "không ghi ngày", "am_lich"),
    ("    chi_phat: [tiếp sóng]\n    them", "    chi_phat: [tiếp xóng]\n    them", 65, 16, "tiếp xóng", "tiếp sóng"),
    ("bat: false", "bat: fasle", 68, 10, "fasle", "false"),
    ("ten: Chúc Tết,", "ten: Bản tin xã,", 66, 18, "ban-tin-xa", "ban-tin-xa-2"),
    ("3 lần, cách 10 phút", "3 lần", 73, 17, "3 lần", "cách 10 phút"),
    ("    thu: T2-T7", "    thu: T2-T7\n    thu: CN", 41, 5, "hai lần", "Giữ một lần"),
    ("noi_phat: [hoang-dao, ven-bien]", "noi_phat: tất cả", 46, 15, "tất cả", "xóa cả dòng noi_phat"),
    ("ma: 02345", 'ma: "01234"', 13, 44, "đã ghi cho xã “hoang-dao” ở dòng 7", "Mỗi xã một mã"),
    ("{ten: Thôn 1, dau_ra: truyen}", "{ten: Thôn 1}", 12, 7, "Thiếu “dau_ra”", "Thêm dòng dau_ra: loa-may"),
    (
        "loa: {ubnd: {ten: Loa UBND, dau_ra: loa-may}}",
        "loa: [{ten: UBND, dau_ra: loa-may}]",
        13,
        56,
        "gạch",
        "trung-tam",
    ),
    ("gio_yen_tinh: [11", "GIỜ YÊN: loa tắt\ngio_yen_tinh: [11", 19, 1, "GIỜ YÊN", "ghi chú thì đặt dấu #"),
    ("gio: 17:45", "gio:\u00a017:45", 44, 5, "dấu cách đặc biệt", "gio: 17:45"),
    ("  - ten: Lịch tiêm", "  - ten: 'Lịch tiêm", 42, 10, "Dấu ngoặc đơn", "'Lịch tiêm chủng mở rộng'"),
    ("  hoang-truong: {", "  - hoang-truong:\n    {", 13, 3, "thừa dấu gạch", "Bỏ dấu gạch: hoang-truong:"),
    ("    gio: 17:45\n", "     gio: 17:45\n", 44, 6, "thụt lề sai", "thẳng cột"),
    ("    gio: [05:30, 17:30]\n", "     gio: [05:30, 17:30]\n", 38, 6, "thụt lề sai", "thẳng cột"),
]


@pytest.mark.parametrize("case", CASES, ids=[case[1] for case in CASES])
def test_a_mistake_is_told_with_its_place_and_its_remedy(case: tuple[str, str, int, int, str, str]) -> None:
    right, wrong, line, column, message, remedy = case
    assert right in WHOLE
    faults = faults_of(WHOLE.replace(right, wrong, 1))
    assert len(faults) == 1, faults
    assert (faults[0].line, faults[0].column) == (line, column)
    assert message in faults[0].message + faults[0].remedy
    assert remedy in faults[0].remedy


def test_every_mistake_of_a_file_is_told_in_one_run() -> None:
    text = WHOLE
    for right, wrong in (
        ("gio: 17:45", "gio: 17h45"),
        ("ngay: [10/10/2026", "ngay: [31/11/2026"),
        ("tiep_song: vov1", "tiep_song: vov9"),
        ("thu: T2-T7", "thú: T2-T7"),
        ("khung: [sang", "khung: [sáng"),
    ):
        text = text.replace(right, wrong)
    lines = [line for line, _, _ in said(text)]
    assert lines == sorted(lines)
    assert lines == [32, 40, 44, 45, 58]


def test_faults_say_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "schedule.yaml"
    file.write_text(WHOLE.replace("17:45", "17h45"), encoding="utf-8")
    with pytest.raises(WorkspaceFault) as caught:
        load_schedule(file)
    assert str(caught.value.faults[0]).startswith(f"{file}:44:10: Không hiểu giờ “17h45”.\n  → Viết 17:45")


def test_a_missing_space_after_a_colon_is_recognised() -> None:
    fault = faults_of(WHOLE.replace("{ten: Chúc Tết, bai:", "{ten: Chúc Tết, uu_tien:60, bai:"))[0]
    assert "dấu cách" in fault.remedy and "uu_tien: 60" in fault.remedy


def test_emptied_windows_are_refused_since_they_would_open_the_whole_day() -> None:
    text = re.sub(r"khung_gio:\n  sang.*\n  chieu.*\n", "khung_gio:\n", WHOLE)
    assert (16, 1, "“khung_gio” đang để trống.") in said(text)


def test_emptied_lists_of_items_are_empty() -> None:
    text = WHOLE[: WHOLE.index("ngoai_le:")] + "ngoai_le:\n"
    assert parse_schedule(text).exceptions == ()


VALUES = [
    "",
    "x",
    "[]",
    "{}",
    "[x, [y]]",
    "{x: {y: z}}",
    "17h30",
    "-1",
    "true",
    "'",
    "&a",
    "*a",
    "0",
    "mùng 1",
    "[{}]",
    "null",
]


@pytest.mark.parametrize("seed", range(80))
def test_any_value_anywhere_is_read_or_told_but_never_crashes(seed: int) -> None:
    dice = random.Random(seed)
    lines = WHOLE.splitlines()
    for _ in range(dice.randint(1, 3)):
        number = dice.randrange(len(lines))
        lines[number] = re.sub(r"(: |- )[^\n]*$", lambda match: match[1] + dice.choice(VALUES), lines[number])
    try:
        parse_schedule("\n".join(lines))
    except WorkspaceFault as error:
        assert error.faults
        assert all(fault.message and fault.remedy and fault.line for fault in error.faults)


YAML_CASES = [
    ("lich:\n\t- ten: A\n\t  gio: 05:30\n", [(2, 1), (3, 1)], "Tab"),
    ("xa:\n    a: {ten: A}\n  b: {ten: B}\n", [(3, 3)], "thụt lề"),
    ("xa: {a: {ten: A}\nlich: []\n", [(1, 5)], "Ngoặc"),
    ('tinh: "Thanh Hóa\nxa: {}\n', [(1, 7)], "ngoặc kép"),
    ("xa:\n  a\n  b: 1\n", [(3, 4)], "hai chấm"),
    ("tinh: Thanh Hóa: Hoằng Hóa\n", [(1, 7)], "hai chấm"),
    ("tinh: @abc\n", [(1, 7)], "ngoặc kép"),
    ("tinh: *abc\n", [(1, 7)], "ngoặc kép"),
    ("- a\n- b\n", [(1, 1)], "lịch mẫu"),
    ("chỉ là chữ\n", [(1, 1)], "lịch mẫu"),
    ("", [(1, 1)], "broadcaster init"),
    ("# chỉ ghi chú\n", [(1, 1)], "broadcaster init"),
    ("tinh: a\x00b\n", [(1, 8)], "bản sao lưu"),
    ("[a]: b\n", [(1, 1)], "[ và {"),
]


@pytest.mark.parametrize(("text", "places", "remedy"), YAML_CASES)
def test_broken_yaml_is_told_in_vietnamese(text: str, places: list[tuple[int, int]], remedy: str) -> None:
    faults = faults_of(text)
    assert [(fault.line, fault.column) for fault in faults][: len(places)] == places, "before what is wrong besides"
    assert remedy in faults[0].message + faults[0].remedy
    assert not re.search(r"\b(expected|found|while|token)\b", faults[0].message + faults[0].remedy)


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    text += "".join(f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    started = wall.process_time()
    assert "&" in faults_of(text)[0].message
    assert wall.process_time() - started < 20


def test_endless_nesting_is_refused() -> None:
    assert "quá sâu" in faults_of("a: &a [*a]\n")[0].message
    assert "quá sâu" in faults_of("{a: " * 3000)[0].message


def test_a_few_aliases_are_a_convenience() -> None:
    text = WHOLE.replace("khung: [sang, chieu]", "khung: &khung [sang, chieu]")
    assert parse_schedule(text.replace("    thu: T2-T7\n", "    thu: &ngay_thuong T2-T7\n")) == parse_schedule(WHOLE)


def _fault_of_file(path: Path) -> Fault:
    with pytest.raises(WorkspaceFault) as caught:
        load_schedule(path)
    return caught.value.faults[0]


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    fault = _fault_of_file(tmp_path / "schedule.yaml")
    assert "broadcaster init" in fault.remedy and fault.file == str(tmp_path / "schedule.yaml")


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "schedule.yaml").mkdir()
    assert "Không mở được" in _fault_of_file(tmp_path / "schedule.yaml").message


@pytest.mark.parametrize("data", [WHOLE.encode("utf-16"), WHOLE.encode()[:70] + b"\xff\xfe", b"\x00" * 50])
def test_what_is_not_utf8_text_is_told(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "schedule.yaml"
    file.write_bytes(data)
    assert _fault_of_file(file).remedy


def test_the_byte_that_is_not_utf8_is_pointed_at(tmp_path: Path) -> None:
    file = tmp_path / "schedule.yaml"
    file.write_bytes("tinh: Thanh Hóa\nten: Hoằng ".encode() + b"\xd0" + b"\n")
    fault = _fault_of_file(file)
    assert (fault.line, fault.column) == (2, 12)


def test_a_file_too_large_to_be_a_schedule_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "schedule.yaml"
    file.write_bytes(b"a" * (reading.MAX_BYTES + 1))
    assert "MB" in _fault_of_file(file).message


def test_the_repositorys_own_schedule_is_right_and_names_only_scripts_that_are_there() -> None:
    root = Path(__file__).parents[2]
    schedule: Schedule = load_schedule(root / "schedule.yaml")
    assert len(schedule.communes) == 3
    entries = [*schedule.entries, *(entry for days in schedule.exceptions for entry in days.add)]
    scripts = [entry.script for entry in entries if entry.script]
    scripts += [script for campaign in schedule.campaigns for script in campaign.scripts]
    scripts += schedule.emergency.templates.values() if schedule.emergency else ()
    assert [script for script in scripts if not (root / "scripts_content" / script).is_file()] == []
