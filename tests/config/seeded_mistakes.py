"""What people get wrong in schedule.yaml: each slip of the hand put into the sample schedule, and what must be said.

Written from what offices do, before looking at what the program says. `at` is a piece of the line that is to blame, in
the file as the slip leaves it; `remedy` is what the advice must contain to be of use.
"""

from __future__ import annotations

from dataclasses import dataclass

Changes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One slip, the line to blame, and a phrase of the right advice."""

    name: str
    changes: Changes
    at: str
    remedy: str

    def made_in(self, text: str) -> str:
        for right, wrong in self.changes:
            if text.count(right) == 0:
                raise AssertionError(f"{self.name}: the sample schedule no longer has {right!r}")
            text = text.replace(right, wrong, 1)
        return text

    def line_in(self, text: str, *, sample: str) -> int:
        """Where `at` stands in the text with the mistake, counted from 1: in a line that the sample has not, if any."""
        lines = [number for number, line in enumerate(text.split("\n"), start=1) if self.at in line]
        if len(lines) > 1:
            lines = [number for number in lines if text.split("\n")[number - 1] not in sample.split("\n")]
        if len(lines) != 1:
            raise AssertionError(f"{self.name}: {self.at!r} stands in {len(lines)} lines, not in one")
        return lines[0]


def slip(name: str, right: str, wrong: str, *, at: str, remedy: str) -> Mistake:
    return Mistake(name=name, changes=((right, wrong),), at=at, remedy=remedy)


RELAY = "    tiep_song: vov1\n    gio: 05:00\n    dai: 30 phút\n"
BULLETIN = "    gio: [05:30, 17:30]\n    dai: tối đa 15 phút\n"
VACCINES = "    ngay: [10/10/2026, 24/10/2026]\n"
DENGUE = "    thu: T3, T6\n    tu: 01/06/2026\n    den: 31/12/2026\n"
QUIZ = "    gio: 11:05\n    thu: T7\n"
CLEANING = "    gio: 18:05\n    am_lich: [mùng 1, rằm]\n"
CHIEU = "khung_gio:\n  sang: 05:00-06:30\n  trua: 11:00-11:30\n  chieu: 17:00-18:30\n"

SYNTAX = (
    slip("a key one space short", RELAY, RELAY.replace("    gio", "   gio"), at="   gio: 05:00", remedy="Thụt"),
    slip("a key two spaces too far", RELAY, RELAY.replace("    gio", "      gio"), at="gio: 05:00", remedy="Thụt"),
    slip("a dash out of its column", "  - ten: Bản tin xã", " - ten: Bản tin xã", at="ten: Bản tin xã", remedy="Thụt"),
    slip("a tab for an indent", RELAY, RELAY.replace("    gio", "\tgio"), at="\tgio", remedy="dấu cách"),
    slip("a tab after spaces", RELAY, RELAY.replace("    dai", "  \tdai"), at="\tdai", remedy="dấu cách"),
    slip(
        "no-break spaces from a web page",
        RELAY,
        RELAY.replace("    gio", "\u00a0\u00a0\u00a0\u00a0gio"),
        at="\u00a0gio",
        remedy="dấu cách",
    ),
    slip("no colon", RELAY, RELAY.replace("dai: 30", "dai 30"), at="dai 30 phút", remedy="dai: 30 phút"),
    slip("no space after the colon", RELAY, RELAY.replace("gio: ", "gio:"), at="gio:05:00", remedy="gio: 05:00"),
    slip("no space after the last colon", RELAY, RELAY.replace("dai: ", "dai:"), at="dai:30 phút", remedy="dai: 30"),
    slip("a full-width colon", RELAY, RELAY.replace("gio: ", "gio："), at="gio：", remedy="hai chấm"),
    slip("an equals sign", RELAY, RELAY.replace("gio: ", "gio = "), at="gio = 05:00", remedy="hai chấm"),
    slip("a quote that is not closed", 'ma: "14842" ', 'ma: "14842 ', at='ma: "14842 ', remedy="Đóng"),
    slip("a bracket that is not closed", "17:30]\n    dai", "17:30\n    dai", at="gio: [05:30, 17:30", remedy="]"),
    slip(
        "a brace that is not closed",
        "dau_ra: loa-may}",
        "dau_ra: loa-may",
        at="trung-tam: {ten: Loa trung tâm",
        remedy="}",
    ),
    slip("a bracket too many", "gio: [05:30, 17:30]", "gio: [05:30, 17:30]]", at="17:30]]", remedy="ngoặc"),
    slip("a dash from a word processor", "  - ten: Bản tin xã", "  – ten: Bản tin xã", at="– ten:", remedy="gạch"),
    slip("no space after the dash", "  - ten: Bản tin xã", "  -ten: Bản tin xã", at="-ten: Bản tin xã", remedy="- ten"),
    slip("no dash at all", "  - ten: Bản tin xã", "    ten: Bản tin xã", at="ten: Bản tin xã", remedy="- ten"),
    slip(
        "a colon in a title", "ten: Bản tin xã\n", "ten: Bản tin: buổi sáng\n", at="Bản tin: buổi", remedy="ngoặc kép"
    ),
    slip("a title that begins with #", "ten: Bản tin xã\n", "ten: #1 Bản tin\n", at="#1 Bản tin", remedy="ngoặc kép"),
    slip("a title that begins with *", "ten: Bản tin xã\n", "ten: *Bản tin*\n", at="*Bản tin*", remedy="ngoặc kép"),
    slip("a title that begins with @", "ten: Bản tin xã\n", "ten: @Bản tin\n", at="@Bản tin", remedy="ngoặc kép"),
    slip("smart quotes around a code", 'ma: "14842" ', "ma: “14842” ", at="“14842”", remedy='"14842"'),
    slip(
        "smart quotes around an address",
        'url: "http://may-tiep-song.example/tinh"',
        "url: “http://may-tiep-song.example/tinh”",
        at="“http",
        remedy='"http://may-tiep-song.example/tinh"',
    ),
    slip("a line of a merge", BULLETIN, "<<<<<<< HEAD\n" + BULLETIN, at="<<<<<<<", remedy="Xóa"),
    slip("a line of words", BULLETIN, BULLETIN + "nhớ sửa lại giờ\n", at="nhớ sửa", remedy="#"),
    slip("a backslash in quotes", "tinh: Thanh Hóa", 'tinh: "C:\\dai"', at="C:\\dai", remedy="\\"),
    slip("a control character", "tinh: Thanh Hóa", "tinh: Thanh\x07Hóa", at="Thanh\x07", remedy="xóa ký tự"),
)

KEYS = (
    slip("an accented key", BULLETIN, BULLETIN.replace("gio:", "giờ:"), at="giờ:", remedy="“gio”"),
    slip("a mistyped key", "    thu: T2-T7\n", "    thuu: T2-T7\n", at="thuu:", remedy="“thu”"),
    slip("another word for a key", RELAY, RELAY.replace("dai:", "thoi_luong:"), at="thoi_luong:", remedy="“dai”"),
    slip("a key in capitals", BULLETIN, BULLETIN.replace("gio:", "GIO:"), at="GIO:", remedy="“gio”"),
    slip("a mistyped section", "\nchien_dich:\n", "\nchiendich:\n", at="chiendich:", remedy="“chien_dich”"),
    slip("a key twice", BULLETIN, BULLETIN + "    gio: 18:20\n", at="gio: 18:20", remedy="một lần"),
    slip("a section twice", "\nchien_dich:\n", "\nlich: # thêm\n", at="lich: # thêm", remedy="một lần"),
    slip("a key without its value", BULLETIN, "    gio:\n    dai: tối đa 15 phút\n", at="    gio:", remedy="05:30"),
    slip("an entry without a time", BULLETIN, "    dai: tối đa 15 phút\n", at="ten: Bản tin xã", remedy="gio: 05:30"),
    slip("a campaign without an end", "    den: 31/03/2027\n", "", at="ten: 17 điểm", remedy="den:"),
    slip(
        "a relay without a length",
        RELAY,
        RELAY.replace("    dai: 30 phút\n", ""),
        at="thời sự VOV1",
        remedy="dai: 30 phút",
    ),
    slip("both a script and a relay", RELAY, RELAY + "    bai: bai/a.txt\n", at="bai: bai/a.txt", remedy="Giữ một"),
    slip("neither a script nor a relay", "    tiep_song: vov1\n", "", at="thời sự VOV1", remedy="bai:"),
    slip("two entries of one name", "ten: Tiếp sóng Đài tỉnh", "ten: Bản tin xã ", at="ten: Bản tin xã ", remedy="ma:"),
)

VALUES = (
    slip("a spoken time", "[05:30, 17:30]", "[05:30, 17h30]", at="17h30", remedy="17:30"),
    slip("a time with a comma", "[05:30, 17:30]", "[05:30, 17,30]", at="17,30", remedy="17:30"),
    slip("a time with a full stop", "gio: 11:05", "gio: 11.05", at="11.05", remedy="11:05"),
    slip("a time without a colon", "gio: 11:05", "gio: 1105", at="1105", remedy="11:05"),
    slip("an afternoon's hour", "gio: 11:05", "gio: 5h30 chiều", at="5h30 chiều", remedy="17:30"),
    slip("an English afternoon", "gio: 11:05", "gio: 5:30 PM", at="5:30 PM", remedy="17:30"),
    slip("midnight as 24:00", "gio: 11:05", "gio: 24:00", at="24:00", remedy="23:59"),
    slip("an hour that no day has", "gio: 11:05", "gio: 25:10", at="25:10", remedy="23:59"),
    slip("a minute of one digit", "gio: 11:05", "gio: 5:3", at="5:3", remedy="05:30"),
    slip("a date without a year", "24/10/2026]", "24/10]", at="24/10]", remedy="24/10/2026"),
    slip("a year of two digits", "24/10/2026]", "24/10/26]", at="24/10/26]", remedy="24/10/2026"),
    slip("an American date", "24/10/2026]", "10/24/2026]", at="10/24/2026", remedy="24/10/2026"),
    slip("an international date", "24/10/2026]", "2026-10-24]", at="2026-10-24", remedy="24/10/2026"),
    slip("31 November", "24/10/2026]", "31/11/2026]", at="31/11/2026", remedy="30"),
    slip("29 February of a common year", "24/10/2026]", "29/02/2027]", at="29/02/2027", remedy="28"),
    slip(
        "dates back to front",
        "[08/10/2026-10/10/2026]",
        "[10/10/2026-08/10/2026]",
        at="10/10/2026-08/10/2026",
        remedy="08/10/2026-10/10/2026",
    ),
    slip("an end before the start", "den: 31/08/2027", "den: 31/08/2026", at="den: 31/08/2026", remedy="năm"),
    slip(
        "a lunar date like a solar one",
        CLEANING,
        "    gio: 18:05\n    am_lich: 30/2\n",
        at="30/2",
        remedy="ngày 30 tháng 2",
    ),
    slip("a lunar day 31", CLEANING, CLEANING.replace("rằm", "ngày 31"), at="ngày 31", remedy="30"),
    slip("mùng 15", CLEANING, CLEANING.replace("rằm", "mùng 15"), at="mùng 15", remedy="ngày 15"),
    slip("a weekday T8", "    thu: T2-T7", "    thu: T2-T8", at="T2-T8", remedy="CN"),
    slip("weekdays in English", "    thu: T2-T7", "    thu: Mon-Sat", at="Mon-Sat", remedy="T2"),
    slip("a length without its unit", RELAY, RELAY.replace("30 phút", "30"), at="dai: 30", remedy="30 phút"),
    slip("an English length", RELAY, RELAY.replace("30 phút", "30 min"), at="30 min", remedy="30 phút"),
    slip("a length like a time", RELAY, RELAY.replace("30 phút", "00:30"), at="dai: 00:30", remedy="30 phút"),
    slip(
        "hours with a decimal comma", RELAY, RELAY.replace("30 phút", "1,5 giờ"), at="1,5 giờ", remedy="1 giờ 30 phút"
    ),
    slip("a negative length", RELAY, RELAY.replace("30 phút", "-5 phút"), at="-5 phút", remedy="phút"),
    slip("a length of nothing", RELAY, RELAY.replace("30 phút", "0 phút"), at="dai: 0 phút", remedy="từ 1 giây"),
    slip(
        "an unaccented cap",
        BULLETIN,
        BULLETIN.replace("tối đa 15 phút", "toi da 15 phut"),
        at="toi da",
        remedy="tối đa 15 phút",
    ),
    slip(
        "a limit without its unit",
        "gioi_han: 60 phút/khung   ",
        "gioi_han: 60   ",
        at="gioi_han: 60   ",
        remedy="60 phút",
    ),
    slip("the priority of emergencies", "uu_tien: 65", "uu_tien: 100", at="uu_tien: 100", remedy="99"),
    slip("a priority in words", "uu_tien: 65", "uu_tien: cao", at="uu_tien: cao", remedy="99"),
    slip("a loudness in percent", "muc: -16 LUFS", "muc: 80%", at="80%", remedy="LUFS"),
    slip("a quota of nothing", "chi_tieu: 2 lượt/ngày", "chi_tieu: 0 lượt/ngày", at="0 lượt/ngày", remedy="lượt/ngày"),
    slip("a quota a week", "chi_tieu: 2 lượt/ngày", "chi_tieu: 2 lượt/tuần", at="lượt/tuần", remedy="lượt/ngày"),
    slip("a code of four digits", 'ma: "14845"', 'ma: "1484"', at='"1484"', remedy="5 chữ số"),
    slip("a mistyped false", "bat: false", "bat: fasle", at="fasle", remedy="false"),
    slip("a list for one value", 'ma: "14845"', 'ma: ["14845"]', at='["14845"]', remedy='ma: "14845"'),
    slip(
        "one cluster by its name",
        "thon-1: {ten: Loa thôn 1, dau_ra: tep-thon-1}",
        "thon-1: tep-thon-1",
        at="thon-1: tep-thon-1",
        remedy="dau_ra",
    ),
    slip(
        "a backslash in a path",
        "thong-bao/tiem-chung.txt",
        "thong-bao\\tiem-chung.txt",
        at="thong-bao\\",
        remedy="thong-bao/tiem-chung.txt",
    ),
    slip(
        "a path out of the folder",
        "bai: thong-bao/tiem-chung.txt",
        "bai: ../tiem-chung.txt",
        at="../",
        remedy="scripts_content/",
    ),
    slip("an unknown place holder", "bai: ban-tin/mau.txt ", "bai: ban-tin/{ngày}.txt ", at="{ngày}", remedy="{ngay}"),
    slip("another time zone", "mui_gio: Asia/Ho_Chi_Minh", "mui_gio: GMT+7", at="GMT+7", remedy="Asia/Ho_Chi_Minh"),
    slip("a spoken window", "sang: 05:00-06:30", "sang: 5h-6h30", at="5h-6h30", remedy="05:00-06:30"),
)

NAMES = (
    slip(
        "an unknown commune",
        "noi_phat: hoang-truong",
        "noi_phat: hoang-truog",
        at="hoang-truog",
        remedy="“hoang-truong”",
    ),
    slip(
        "a commune by its title",
        "noi_phat: hoang-truong",
        "noi_phat: Xã Hoằng Trường",
        at="noi_phat: Xã",
        remedy="“hoang-truong”",
    ),
    slip("an unknown group", "[hoang-dao, ven-bien]", "[hoang-dao, ven-bein]", at="ven-bein", remedy="“ven-bien”"),
    slip(
        "an unknown member of a group",
        "[hoang-truong, hoang-tien]",
        "[hoang-truong, hoang-tin]",
        at="hoang-tin]",
        remedy="“hoang-tien”",
    ),
    slip(
        "groups in a circle",
        "  ven-bien: [hoang-truong, hoang-tien]",
        "  ven-bien: [hoang-truong, ca-huyen]\n  ca-huyen: [hoang-dao, ven-bien]",
        at="ven-bien: [hoang-truong, ca-huyen]",
        remedy="vòng",
    ),
    slip("an unknown template", "chuong_trinh: ngan", "chuong_trinh: ngn", at="ngn", remedy="“ngan”"),
    slip("an unknown jingle", "  ngan: [chuong, noi_dung]", "  ngan: [chuog, noi_dung]", at="chuog", remedy="“chuong”"),
    slip("an unknown stinger", "nhac_cat: nhac-cat", "nhac_cat: nhac-cắt", at="nhac-cắt", remedy="“nhac-cat”"),
    slip(
        "a template without contents",
        "  ngan: [chuong, noi_dung]",
        "  ngan: [chuong]",
        at="ngan: [chuong]",
        remedy="noi_dung",
    ),
    slip(
        "a part's name for a template's parts",
        "  ngan: [chuong, noi_dung]",
        "  ngan: {dai_toi_da: 5 phút, phần: [chuong, noi_dung]}",
        at="phần: [chuong",
        remedy="“phan”",
    ),
    slip(
        "a window louder than speech can be under its peak",
        "theo_khung: {sang: -18 LUFS}}",
        "theo_khung: {sang: -9 LUFS}}",
        at="{muc: -16 LUFS",
        remedy="Ghi sang từ -14 LUFS trở xuống",
    ),
    slip(
        "a template's length without its unit",
        "  ngan: [chuong, noi_dung]",
        "  ngan: {dai_toi_da: 5, phan: [chuong, noi_dung]}",
        at="dai_toi_da: 5,",
        remedy="5 phút",
    ),
    slip(
        "a mistyped key of a template",
        "  ngan: [chuong, noi_dung]",
        "  ngan: {dai_mong_muốn: 5 phút, phan: [chuong, noi_dung]}",
        at="dai_mong_muốn",
        remedy="“dai_mong_muon”",
    ),
    slip(
        "a template that wants more than it allows",
        "  ngan: [chuong, noi_dung]",
        "  ngan: {dai_mong_muon: 6 phút, dai_toi_da: 5 phút, phan: [chuong, noi_dung]}",
        at="dai_mong_muon: 6 phút",
        remedy="tăng dai_toi_da từ 6 phút",
    ),
    slip(
        "a template without its parts",
        "  ngan: [chuong, noi_dung]",
        "  ngan: {dai_toi_da: 5 phút}",
        at="ngan: {dai_toi_da",
        remedy="phan:",
    ),
    slip(
        "music that is optional by a number",
        "  ngan: [chuong, noi_dung]",
        "  ngan: [{nhac-hieu: {tuy_chon: 1}}, noi_dung]",
        at="tuy_chon: 1",
        remedy="true",
    ),
    slip(
        "words that are optional",
        "  ngan: [chuong, noi_dung]",
        "  ngan: [chuong, {noi_dung: {tuy_chon: có}}]",
        at="tuy_chon: có",
        remedy="Bỏ tuy_chon",
    ),
    slip(
        "an unknown output", "dau_ra: tep-thon-1}", "dau_ra: tep-thon1}", at="dau_ra: tep-thon1}", remedy="tep-thon-1"
    ),
    slip(
        "an unknown kind of output",
        "loa-may: {kieu: auto}",
        "loa-may: {kieu: souncard}",
        at="souncard",
        remedy="sound-card",
    ),
    slip("an unknown source", "tiep_song: vov1", "tiep_song: vov", at="tiep_song: vov", remedy="“vov1”"),
    slip("a source that replaces itself", "du_phong: tinh", "du_phong: vov1", at="du_phong: vov1", remedy="tinh"),
    slip("an unknown window", "khung: [sang, chieu]", "khung: [sáng, chieu]", at="[sáng", remedy="“sang”"),
    slip("an unknown window's loudness", "{sang: -18 LUFS}", "{sag: -18 LUFS}", at="sag:", remedy="“sang”"),
    slip(
        "an exception for no entry",
        "doi_gio: {Bản tin xã:",
        "doi_gio: {Bản tin:",
        at="{Bản tin:",
        remedy="“Bản tin xã”",
    ),
    slip(
        "an exception for no kind",
        "chi_phat: [tiếp sóng]             #",
        "chi_phat: [tiếp xóng]             #",
        at="xóng",
        remedy="“tiếp sóng”",
    ),
    slip("an exception on no date", "    ngay: 02/09/2027\n", "", at="ten: Quốc khánh", remedy="ngay:"),
    slip(
        "an unknown voice",
        "tinh: Thanh Hóa\n",
        "tinh: Thanh Hóa\ngiong: espeak-ng:vi+f22\n",
        at="giong: espeak-ng:vi+f22",
        remedy="vi+f2",
    ),
    slip(
        "a script that is not there",
        "bai: thong-bao/tiem-chung.txt",
        "bai: thong-bao/tiem-chug.txt",
        at="tiem-chug",
        remedy="thong-bao/tiem-chung.txt",
    ),
    slip(
        "an emergency text that is not there",
        "mua-lu: khan-cap/mua-lu.txt",
        "mua-lu: khan-cap/mua-lut.txt",
        at="mua-lut",
        remedy="khan-cap/mua-lu.txt",
    ),
    slip(
        "a campaign's script that is not there",
        "17-diem/06.txt]",
        "17-diem/66.txt]",
        at="17-diem/66.txt",
        remedy="17-diem/06.txt",
    ),
)

SENSE = (
    slip(
        "windows that overlap",
        "  trua: 11:00-11:30\n  chieu: 17:00-18:30\n#",
        "  trua: 06:00-11:30\n  chieu: 17:00-18:30\n#",
        at="trua: 06:00",
        remedy="chung phút",
    ),
    slip(
        "a commune's windows that overlap",
        "      trua: 11:00-11:30",
        "      trua: 06:00-11:30",
        at="trua: 06:00",
        remedy="chung phút",
    ),
    slip(
        "a window back to front", "  sang: 05:00-06:30", "  sang: 06:30-05:00", at="06:30-05:00", remedy="05:00-06:30"
    ),
    slip("the relay set for 03:15", "gio: 05:00", "gio: 03:15", at="gio: 03:15", remedy="khung"),
    slip("an entry outside every window", "gio: 11:05", "gio: 14:05", at="gio: 14:05", remedy="khung"),
    Mistake(
        name="an entry in quiet hours",
        changes=(
            ("  trua: 11:00-11:30\n  chieu: 17:00-18:30\n#", "  trua: 11:00-12:00\n  chieu: 17:00-18:30\n#"),
            ("gio: 11:05", "gio: 11:40"),
        ),
        at="gio: 11:40",
        remedy="giờ yên tĩnh",
    ),
    slip("an entry longer than any window", "dai: 20 phút", "dai: 3 giờ", at="dai: 3 giờ", remedy="khung"),
    slip("an entry that ends too late", "gio: 11:05", "gio: 11:29", at="gio: 11:29", remedy="khung"),
    slip("an entry over its window's limit", "dai: 20 phút", "dai: 65 phút", at="dai: 65 phút", remedy="gioi_han"),
    slip(
        "dates outside the period",
        VACCINES,
        VACCINES + "    tu: 01/11/2026\n",
        at="ngay: [10/10/2026, 24",
        remedy="01/11/2026",
    ),
    slip(
        "a weekday that its dates never have",
        VACCINES,
        VACCINES + "    thu: Chủ nhật\n",
        at="thu: Chủ nhật",
        remedy="T7",
    ),
    slip(
        "a lunar day that no month of the period has",
        CLEANING,
        "    gio: 18:05\n    am_lich: rằm\n    tu: 01/12/2026\n    den: 10/12/2026\n",
        at="am_lich: rằm",
        remedy="den",
    ),
    slip(
        "an entry that airs nowhere",
        "    noi_phat: hoang-truong\n",
        "    noi_phat: hoang-truong\n    tru: ven-bien\n",
        at="tru: ven-bien",
        remedy="tru",
    ),
    slip(
        "a campaign too spaced for its quota",
        "cach_nhau: 3 giờ ",
        "cach_nhau: 14 giờ ",
        at="cach_nhau: 14 giờ",
        remedy="cach_nhau",
    ),
    slip(
        "a campaign without room for its quota",
        "chi_tieu: 2 lượt/ngày",
        "chi_tieu: 40 lượt/ngày",
        at="chi_tieu: 40",
        remedy="chi_tieu",
    ),
    slip("a campaign longer than any window", "dai: tối đa 5 phút", "dai: 2 giờ", at="dai: 2 giờ", remedy="khung"),
    slip("a campaign in windows that nobody has", "khung: [sang, chieu]", "khung: []", at="khung: []", remedy="khung"),
    slip(
        "a cap that the text exceeds",
        "dai: tối đa 15 phút\n    thu: T2",
        "dai: tối đa 20 giây\n    thu: T2",
        at="dai: tối đa 20 giây",
        remedy="Rút ngắn",
    ),
    slip(
        "a source that expired",
        "het_han: 31/12/2027",
        "het_han: 31/12/2025",
        at="het_han: 31/12/2025",
        remedy="het_han",
    ),
    slip(
        "two clusters on one sound card",
        "dau_ra: tep-thon-1}",
        "dau_ra: loa-may}",
        at="thon-1: {ten: Loa thôn 1, dau_ra: loa-may}",
        remedy="đầu ra riêng",
    ),
)

HABITS = (
    slip("a commune without its colon", "  hoang-dao:\n", "  hoang-dao\n", at="  hoang-dao", remedy="hoang-dao:"),
    slip(
        "the last commune without its colon",
        "  hoang-tien:\n",
        "  hoang-tien\n",
        at="  hoang-tien",
        remedy="hoang-tien:",
    ),
    slip("a source without its colon", "  vov1:\n", "  vov1\n", at="  vov1", remedy="vov1:"),
    slip("a section without its colon", "\nlich:\n", "\nlich\n", at="lich", remedy="lich:"),
    slip(
        "a window without its colon", "  sang: 05:00-06:30", "  sang 05:00-06:30", at="sang 05:00", remedy="sang: 05:00"
    ),
    slip("a cluster without its colon", "  trung-tam: {", "  trung-tam {", at="trung-tam {", remedy="trung-tam: {"),
    slip("a commune under its title", "  hoang-dao:\n", "  Hoằng Đạo:\n", at="  Hoằng Đạo:", remedy="hoang-dao"),
    slip(
        "items numbered by Word", "  - ten: Bản tin xã", "  1. ten: Bản tin xã", at="1. ten", remedy="- ten: Bản tin xã"
    ),
    slip(
        "items lettered by Word", "  - ten: Bản tin xã", "  a) ten: Bản tin xã", at="a) ten", remedy="- ten: Bản tin xã"
    ),
    slip(
        "the first item without its dash",
        "ngoai_le:\n  - ten",
        "ngoai_le:\n    ten",
        at="ten: Tết",
        remedy="- ten: Tết",
    ),
    slip(
        "its dash rubbed out", "lich:\n  - ten", "lich:\n  ten", at="ten: Tiếp sóng thời sự", remedy="- ten: Tiếp sóng"
    ),
    slip(
        "the only item without its dash",
        "chien_dich:\n  - ten",
        "chien_dich:\n    ten",
        at="ten: 17",
        remedy="- ten: 17",
    ),
    slip(
        "a dash within an item", RELAY, RELAY.replace("    gio", "    - gio"), at="- gio: 05:00", remedy="Bỏ dấu gạch"
    ),
    Mistake(
        name="dashes before names",
        changes=tuple((f"  {key}:\n", f"  - {key}:\n") for key in ("hoang-dao", "hoang-truong", "hoang-tien")),
        at="  - hoang-dao:",
        remedy="Bỏ dấu gạch",
    ),
    slip("a dash before one name", "  ban-tin: [nhac", "  - ban-tin: [nhac", at="- ban-tin", remedy="Bỏ dấu gạch"),
    Mistake(
        name="a whole item shifted to the right",
        changes=(("  - ten: Bản tin xã\n    bai", "   - ten: Bản tin xã\n     bai"),),
        at="   - ten: Bản tin xã",
        remedy="Thụt",
    ),
    slip("a list in round brackets", "[05:30, 17:30]", "(05:30, 17:30)", at="(05:30", remedy="[05:30, 17:30]"),
    slip("two commas in a row", "[05:30, 17:30]", "[05:30,, 17:30]", at=",,", remedy="[05:30, 17:30]"),
    slip("a comma behind a time", RELAY, RELAY.replace("05:00", "05:00,"), at="05:00,", remedy="phẩy thừa: 05:00"),
    slip("a semicolon behind a time", RELAY, RELAY.replace("05:00", "05:00;"), at="05:00;", remedy="Viết 05:00"),
    slip("a full stop behind a length", RELAY, RELAY.replace("30 phút", "30 phút."), at="30 phút.", remedy="30 phút"),
    slip("curved quotes around a time", RELAY, RELAY.replace("05:00", "“05:00”"), at="“05:00”", remedy="Viết 05:00"),
    slip("a full-width colon in a time", RELAY, RELAY.replace("05:00", "05：00"), at="05：00", remedy="Viết 05:00"),
    slip("two colons", RELAY, RELAY.replace("gio:", "gio::"), at="gio::", remedy="Chỉ một dấu hai chấm"),
    slip("a time as Excel keeps it", "gio: 17:50", "gio: 0.743055", at="0.743055", remedy="17:50"),
    slip("a date as Excel keeps it", "tu: 05/12/2026", "tu: 46361", at="46361", remedy="05/12/2026"),
    slip("a date with its year first", VACCINES, "    ngay: 2026/10/24\n", at="2026/10/24", remedy="24/10/2026"),
    slip("such a date that is none", VACCINES, "    ngay: 2026/11/31\n", at="2026/11/31", remedy="30 ngày"),
    slip("a mark of byte order within", "\nlich:\n", "\n\ufefflich:\n", at="\ufefflich", remedy="gõ lại: lich:"),
    slip(
        "a quote closed by a curved one",
        'url: "http://may-tiep-song.example/tinh"',
        'url: "http://may-tiep-song.example/tinh”',
        at="tinh”",
        remedy='"http://may-tiep-song.example/tinh"',
    ),
    slip(
        "a title that begins in brackets",
        "ten: Phòng, chống sốt",
        "ten: [Gấp] Chống sốt",
        at="[Gấp]",
        remedy='"[Gấp] Chống',
    ),
    slip(
        "a title that begins in quotes",
        "ten: Phòng, chống sốt",
        'ten: "Chống" sốt',
        at='"Chống"',
        remedy='\'"Chống" sốt',
    ),
    slip(
        "a title that begins with ?", "ten: Phòng, chống sốt", "ten: ? Chống sốt", at="? Chống", remedy='"? Chống sốt'
    ),
    slip(
        "a title that begins with -", "ten: Phòng, chống sốt", "ten: - Chống sốt", at=": - Chống", remedy='"- Chống sốt'
    ),
    slip("one value in brackets", "tu: 05/12/2026", "tu: [05/12/2026]", at="tu: [05/12", remedy="tu: 05/12/2026"),
    slip(
        "windows without names", CHIEU, "khung_gio: [05:00-06:30]\n", at="khung_gio: [05:00", remedy="khung_gio: {sang:"
    ),
    slip(
        "a wrapped sentence",
        "Hoằng Đạo, tỉnh Thanh Hóa.\n",
        "Hoằng Đạo,\ntỉnh Thanh.\n",
        at="tỉnh Thanh.",
        remedy="nối",
    ),
    slip("a line drawn across", "\nlich:\n", "\n----------\nlich:\n", at="----------", remedy="Xóa"),
    slip("a fence copied along", "\nlich:\n", "\n```yaml\nlich:\n", at="```", remedy="Xóa"),
    slip(
        "no comma between two places",
        "[hoang-dao, ven-bien]",
        "[hoang-dao ven-bien]",
        at="dao ven",
        remedy="hoang-dao, ven",
    ),
    slip(
        "a path of this machine",
        "bai: thong-bao/tiem-chung.txt",
        "bai: C:\\tiem.txt",
        at="C:",
        remedy="trong scripts_content",
    ),
    slip(
        "a lunar day said at length",
        CLEANING,
        CLEANING.replace("[mùng 1, rằm]", "15 âm lịch"),
        at="15 âm",
        remedy="rằm",
    ),
    slip(
        "a lunar month by its name",
        CLEANING,
        CLEANING.replace("[mùng 1, rằm]", "23 tháng Chạp"),
        at="Chạp",
        remedy="ngày 23",
    ),
)
"""Of Word, Notepad and Excel, and of hands that have written letters on them all day."""

MISTAKES = (*SYNTAX, *KEYS, *VALUES, *NAMES, *SENSE, *HABITS)
