"""The words of Word's runs, whichever font they were typed in: `.VnTime` and `VNI-Times` hold other letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from broadcaster.content.encodings import TOO_LITTLE, share_of_syllables
from broadcaster.content.extract import SyllableTest
from broadcaster.content.legacy_fonts import UNKNOWN, from_tcvn3, from_vni

_TCVN3_FONT = re.compile(r"\.?Vn[A-Z]\w*", re.ASCII)
_VNI_FONT = re.compile(r"VNI[- ].*", re.IGNORECASE)
_UNICODE = re.compile("[đĩũơư\u1ea0-\u1ef9]", re.IGNORECASE)
"""Letters that neither old encoding has as they stand: typed in Unicode after all."""
_PRIVATE = range(0xF020, 0xF100)
"""Where Word keeps the letters of symbol fonts."""
_LONGEST_CHAIN = 20
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """What a paragraph's style and those it is based on say."""

    name: str = ""
    is_heading: bool = False
    font: str | None = None
    numbering: Any | None = None


class RunReader:
    """Reads the runs of one document; remembers which fonts it had to convert."""

    def __init__(self, document: Any, is_syllable: SyllableTest) -> None:
        self.is_syllable = is_syllable
        self.converted: set[str] = set()
        root = document.styles.element
        self._styles = {item.get(qn("w:styleId")): item for item in root.findall(qn("w:style"))}
        self._default = next(
            (name for name, item in self._styles.items() if _is_default(item)),
            None,
        )
        fonts = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._font = _font_in(fonts)
        self._known: dict[str | None, ParagraphStyle] = {}

    def style_of(self, paragraph: Any) -> ParagraphStyle:
        """The paragraph's style."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style_id = named.get(qn("w:val")) if named is not None else self._default
        if style_id not in self._known:
            self._known[style_id] = self._style(style_id)
        return self._known[style_id]

    def text_of(self, paragraph: Any) -> str:
        """Its words, converted where the font asks for it; deletions and hidden text are none."""
        style = self.style_of(paragraph)
        return "".join(self._run(run, style) for run in _runs_of(paragraph))

    def _run(self, run: Any, style: ParagraphStyle) -> str:
        properties = run.find(qn("w:rPr"))
        font = _font_in(properties) or self._run_style_font(properties) or style.font or self._font or ""
        text = "".join(_pieces_of(run, legacy=bool(_TCVN3_FONT.fullmatch(font))))
        if not text or (text.isascii() and not _capitals(font)):
            return text
        return self._converted(text, font)

    def _converted(self, text: str, font: str) -> str:
        if _UNICODE.search(text):
            return text
        if _TCVN3_FONT.fullmatch(font):
            self.converted.add(font)
            return from_tcvn3(text, capitals=_capitals(font))
        if _VNI_FONT.fullmatch(font):
            read = from_vni(text)
            as_it_stands, _ = share_of_syllables(text, None, self.is_syllable)
            if UNKNOWN not in read or as_it_stands < TOO_LITTLE:
                self.converted.add(font)
                return read
        return text

    def _run_style_font(self, properties: Any) -> str | None:
        named = properties.find(qn("w:rStyle")) if properties is not None else None
        return self._style(named.get(qn("w:val"))).font if named is not None else None

    def _style(self, style_id: str | None) -> ParagraphStyle:
        """The style with what it takes over from those that it is based on."""
        chain = list(self._chain(style_id))
        names = [_value(item, "w:name") or "" for item in chain]
        numberings = (item.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for item in chain)
        fonts = (_font_in(item.find(qn("w:rPr"))) for item in chain)
        return ParagraphStyle(
            name=names[0] if names else "",
            is_heading=any(name.lower().startswith(("heading", "title")) for name in names),
            font=next((font for font in fonts if font), None),
            numbering=next((numbering for numbering in numberings if numbering is not None), None),
        )

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        for _ in range(_LONGEST_CHAIN):
            item = self._styles.get(style_id)
            if item is None:
                return
            yield item
            style_id = _value(item, "w:basedOn")


def fonts_note(fonts: Collection[str]) -> str:
    """What the operator is told of old fonts."""
    return f"Chữ theo phông cũ ({', '.join(sorted(fonts))}) đã chuyển sang Unicode; hãy đọc lại kỹ."


def _runs_of(paragraph: Any) -> Iterator[Any]:
    """Runs wherever they hang (links, insertions, smart tags), except deleted ones and those of text boxes."""
    skipped = {qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr")}
    for child in paragraph:
        if child.tag == qn("w:r"):
            if child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is None:
                yield child
        elif child.tag not in skipped:
            yield from _runs_of(child)


def _pieces_of(run: Any, *, legacy: bool) -> Iterator[str]:
    for child in run:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "t":
            yield "".join(chr(ord(c) - 0xF000) if ord(c) in _PRIVATE and legacy else c for c in child.text or "")
        elif name == "softHyphen":
            # TCVN3 has ư at 0xAD, where others have the soft hyphen
            yield "\u00ad" if legacy else ""
        elif name == "sym" and legacy:
            code = int(child.get(qn("w:char"), "0020"), 16)
            yield chr(code - 0xF000 if code in _PRIVATE else code)
        else:
            yield _BREAKS.get(name, "")


def _font_in(properties: Any | None) -> str | None:
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    if fonts is None:
        return None
    name: str | None = fonts.get(qn("w:hAnsi")) or fonts.get(qn("w:ascii"))
    return name


def _is_default(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")


def _capitals(font: str) -> bool:
    """`.VnTimeH`: small letters that look like capitals."""
    return bool(_TCVN3_FONT.fullmatch(font)) and font.rstrip().endswith("H")


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(qn(name))
    value: str | None = None if child is None else child.get(qn("w:val"))
    return value
