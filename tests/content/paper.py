"""Documents of every kind, made on the spot: letters in Word and PDF, pages of the web, texts in old encodings."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fpdf import FPDF

BODY = "Trạm y tế xã mời người cao tuổi đến khám sức khỏe vào sáng thứ Bảy, từ 7 giờ đến 11 giờ 30 phút."
LETTER = """UBND HUYỆN TÂN SƠN
PHÒNG VĂN HÓA VÀ THÔNG TIN
-------
Số: 15/VHTT
V/v tuyên truyền phòng, chống
cháy rừng mùa khô

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Tân Sơn, ngày 05 tháng 3 năm 2026

Kính gửi:
- Ủy ban nhân dân các xã;
- Hạt Kiểm lâm huyện.

Thực hiện Công văn số 412/SVHTTDL-TTBC ngày 02/3/2026 của Sở Văn hóa, Thể thao và Du lịch về phòng cháy, Phòng đề nghị:

1. Các xã phát trên loa mỗi ngày hai lượt bài tuyên truyền (gửi kèm theo).

2. Hạt Kiểm lâm cử người hướng dẫn
- các tổ bảo vệ rừng;
- các hộ nhận khoán.

3. Báo cáo số lượt phát về Phòng trước ngày 25/3/2026 để tổng hợp./.

Nơi nhận:
- Như trên;
- Lưu: VT.

TRƯỞNG PHÒNG

Trần Văn Bình
"""
ARTICLE = """Sáng 17/10/2026, Ủy ban nhân dân xã tổ chức lễ ra quân tổng vệ sinh môi trường.
Tham gia có 120 đoàn viên, hội viên các đoàn thể trong xã.
Các lực lượng đã thu gom 5 tấn rác, khơi thông 1.200 m mương thoát nước và phát quang 3 km đường thôn."""
MENU = """<div id="menu"><ul><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li>
<li><a href="/tt">Tin tức và sự kiện trong xã</a></li><li><a href="/vb">Văn bản chỉ đạo điều hành</a></li></ul></div>"""
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tin</title>
<script>var a = "không đọc";</script></head>
<body>{MENU}
<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/tt">Tin tức</a></div>
<h1>Xã Hoằng Đạo ra quân làm vệ sinh</h1><div>Thứ bảy, 18/10/2026 | 08:30</div>
<div class="noi-dung">{"".join(f"<p>{line}</p>" for line in ARTICLE.splitlines())}
<ol><li>Thôn 1 quét đường;</li><li>Thôn 2 trồng hoa.</li></ol></div>
<div>Lượt xem: 43</div>
<div class="related"><h4>Tin liên quan</h4><ul><li><a href="#">Hội nghị tiếp xúc cử tri</a></li></ul></div>
<div class="footer">Bản quyền thuộc về UBND xã Hoằng Đạo. Điện thoại: 0237 3123 456.</div></body></html>"""

TCVN3_PAIRS = (
    ("à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ", "µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ®"),
    ("è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị", "Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö × Ý Ø Ü Þ"),
    ("ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ", "ß ã á â ä « å è æ ç é ¬ ê í ë ì î"),
    ("ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ", "ï ó ñ ò ô \u00ad õ ø ö ÷ ù ú ý û ü þ"),
    ("Ă Â Đ Ê Ô Ơ Ư", "¡ ¢ § £ ¤ ¥ ¦"),
)
"""Letter and what stands in its place in Windows-1252, as typists of “.VnTime” know them."""
VNI_PAIRS = (
    ("à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ", "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ"),
    ("è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị", "eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò"),
    ("ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ", "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï"),
    ("ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ", "uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"),
)


def tcvn3(text: str) -> str:
    """As it was typed in .VnTime; capitals with a tone had to be small."""
    table = _table(TCVN3_PAIRS)
    return "".join(table.get(letter, table.get(letter.lower(), letter)) for letter in text)


def vni(text: str) -> str:
    """As it was typed in VNI-Times."""
    table = _table(VNI_PAIRS)
    return "".join(table.get(c) or (table[c.lower()].upper() if c.lower() in table else c) for c in text)


def windows_1258(text: str) -> bytes:
    """As Windows stores it: vowels whole, most tones as marks of their own."""
    import unicodedata

    parts = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        vowel = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        parts.append((vowel + tones).encode("cp1258"))
    return b"".join(parts)


def _table(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    return {
        letter: typed
        for letters, written in pairs
        for letter, typed in zip(letters.split(), written.split(" "), strict=True)
    }


def word(path: Path, *lines: str, font: str | None = None) -> Path:
    """A Word document of plain paragraphs."""
    document = Document()
    for line in lines:
        run = document.add_paragraph().add_run(line)
        if font:
            run.font.name = font
    document.save(str(path))
    return path


def blank_font(folder: Path) -> Path:
    """A font with an empty glyph for every letter used here: PDFs need one, and none may be expected on a machine."""
    letters = sorted({*LETTER, *ARTICLE, *BODY, *map(chr, range(32, 127))} - {"\n"})
    names = {ord(letter): f"u{ord(letter):04X}" for letter in letters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (400, 500), (400, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Blank", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 3_800_000_000
    path = folder / "blank.ttf"
    builder.save(str(path))
    return path


def pdf(path: Path, *pages: str, password: str | None = None, picture: bool = False, foot: bool = False) -> Path:
    """A PDF with these pages, wrapped at the page's width; `foot` numbers them, `picture` adds a scanned one."""
    document = FPDF()
    document.add_font("Blank", fname=str(blank_font(path.parent)))
    document.set_font("Blank", size=10)
    for number, text in enumerate(pages, 1):
        document.add_page()
        for line in text.splitlines():
            document.multi_cell(0, 5, line or " ", new_x="LMARGIN", new_y="NEXT")
        if foot:
            document.set_y(-20)
            document.cell(0, 5, str(number), align="C")
    if picture:
        document.add_page()
        document.image(_png(), w=100)
    if password is not None:
        document.set_encryption(owner_password="chu", user_password=password)
    document.output(str(path))
    return path


def _png() -> bytes:
    """A small grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    size = 8
    rows = b"".join(b"\0" + bytes([128] * size) for _ in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def bomb_pdf(path: Path) -> Path:
    """A few kilobytes that unpack to a gigabyte of spaces."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 1_000_000) for _ in range(1_000)) + packer.flush()
    stream = zlib.compress(once, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%b\nendstream" % (len(stream), stream),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(
        b"%bxref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (data, table, len(data))
    )
    return path


def xml(fragment: str) -> Any:
    """A piece of WordprocessingML."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    head, _, rest = fragment.partition(">")
    head, closing = (head[:-1], "/") if head.endswith("/") else (head, "")
    return parse_xml(f"{head} {nsdecls('w')}{closing}>{rest}")
