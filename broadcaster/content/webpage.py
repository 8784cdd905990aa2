"""The article of a web page, and everything around it as what was left out.

trafilatura finds the article; it may also lose a paragraph of it. So the page is read twice: what trafilatura took says
where the article begins and ends, and between the two every block stays that is not plainly a menu or a list of links.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from broadcaster.content.encodings import decode
from broadcaster.content.extract import Extract, Stripped, SyllableTest, refuse_long, refused
from broadcaster.content.signature import is_name

_INLINE_DATA = re.compile(rb"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s%]{200,}")
_HIDDEN = frozenset(
    ["script", "style", "noscript", "template", "head", "svg", "select", "option", "iframe", "object", "button"]
)
_BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tfoot", "tr", "ul"),
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CHROME_TAGS = frozenset(["nav", "footer", "aside", "header"])
_CHROME_NAMES = re.compile(
    r"(^|[\s_-])(menu|nav|navbar|breadcrumbs?|footer|header|sidebar|related|tin-?lien-?quan|banner|share|social|comments?|pager"
    r"|pagination|copyright|toolbar|tools|quangcao|advert\w*|lien-?ket|thong-?ke|login)([\s_-]|$)",
    re.IGNORECASE,
)
_MOSTLY_LINKS = 0.6
"""Of a block's characters; above it the block is a way elsewhere, not a text."""
_SENTENCE_WORDS = 8
_FRAME = "phần khung của trang web (menu, liên kết, chân trang)"
_WRITER = "tên người viết"
_OUTSIDE = "nằm ngoài phần bài mà máy nhận ra; hãy kiểm tra"
_COPY_IT = "Mở trang, chép riêng phần bài vào một tệp .txt hoặc .docx rồi nhập tệp đó."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A line of the page, how much of it is links, and whether it lies in something that is chrome by its name."""

    text: str
    linked: int = 0
    chrome: bool = False
    heading: bool = False
    mark: str = ""
    """`- ` or `1. `: what a list puts before the text."""

    @property
    def is_frame(self) -> bool:
        return self.chrome or self.linked > len(self.text) * _MOSTLY_LINKS

    @property
    def is_sentence(self) -> bool:
        words = self.text.split()
        return len(words) >= _SENTENCE_WORDS or (
            len(words) > _SENTENCE_WORDS // 2 and self.text.endswith((".", "!", "?"))
        )


def read_page(path: Path, data: bytes, *, is_syllable: SyllableTest) -> Extract:
    """The article. Raises `WorkspaceFault` for a page without any."""
    html = _decoded(path, _html_part(path, data) if path.suffix.lower() in (".mht", ".mhtml") else data, is_syllable)
    blocks = _blocks(path, html)
    refuse_long(path, sum(len(block.text) for block in blocks))
    first, last = _article(html, blocks)
    inside = {number for number in range(first, last + 1) if not blocks[number].is_frame}
    if not any(blocks[number].is_sentence for number in inside):
        raise refused(path, "trang web chỉ có menu và liên kết, không có bài nào để đọc.", _COPY_IT)
    stripped = [
        Stripped(text=block.text, reason=_OUTSIDE if block.is_sentence and not block.is_frame else _FRAME)
        for number, block in enumerate(blocks)
        if number not in inside
    ]
    by = _byline(blocks, sorted(inside))
    stripped += [Stripped(text=blocks[number].text, reason=_WRITER) for number in by]
    return Extract(lines=tuple(_lines(blocks, sorted(inside.difference(by)))), stripped=tuple(stripped))


def _byline(blocks: Sequence[_Block], inside: Sequence[int]) -> tuple[int, ...]:
    """Who wrote the article: a name alone, below its last sentence."""
    *_, above, last = (None, *(blocks[number] for number in inside))
    ended = above is not None and above.text.endswith((".", "!", "?", "”"))
    return (inside[-1],) if ended and last is not None and not last.mark and is_name(last.text) else ()


def _lines(blocks: Sequence[_Block], inside: Sequence[int]) -> Iterator[str]:
    for number in inside:
        block = blocks[number]
        yield from ("", block.text, "") if block.heading else (block.mark + block.text,)


def _html_part(path: Path, data: bytes) -> bytes:
    """The page in a web archive (.mht)."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        content = parts[0].get_payload(decode=True) if parts and isinstance(parts[0], EmailMessage) else None
    except (MessageError, ValueError, LookupError, AttributeError) as error:
        raise refused(path, "tệp lưu trang web (.mht) đã hỏng.", _COPY_IT) from error
    if not isinstance(content, bytes) or not content.strip():
        raise refused(path, "tệp .mht không chứa trang web nào.", _COPY_IT)
    return content


def _decoded(path: Path, data: bytes, is_syllable: SyllableTest) -> str:
    """What the page declares is believed only where the letters agree."""
    slim = _INLINE_DATA.sub(b"", data)
    return decode(slim, name=str(path), is_syllable=is_syllable).text


def _blocks(path: Path, html: str) -> list[_Block]:
    from lxml import etree
    from lxml import html as lxml_html

    try:
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", html))
    except (etree.ParserError, ValueError) as error:
        raise refused(path, "tệp không phải trang web, hoặc trống.", _COPY_IT) from error
    return [block for block in _PageReader().read(root) if block.text]


class _PageReader:
    """Walks a page without recursion: pages come nested thousands deep."""

    def __init__(self) -> None:
        self.done: list[_Block] = []
        self.parts: list[str] = []
        self.linked = 0
        self.mark = ""
        self.items: dict[Any, int] = {}

    def read(self, root: Any) -> list[_Block]:
        stack: list[tuple[Any, bool, bool, bool]] = [(root, False, False, False)]
        while stack:
            element, closing, chrome, link = stack.pop()
            if closing:
                self._leave(element, chrome=chrome)
                self._text(element.tail, link=link)
                continue
            tag = element.tag if isinstance(element.tag, str) else ""
            if not tag or tag in _HIDDEN or _is_invisible(element):
                self._text(element.tail, link=link)
                continue
            inner_chrome = chrome or tag in _CHROME_TAGS or _is_chrome(element)
            inner_link = link or tag == "a"
            if tag in _BLOCKS or tag == "br":
                self._end(chrome=chrome)
            if tag == "li":
                self.mark = self._item_mark(element)
            stack.append((element, True, inner_chrome, link))
            self._text(element.text, link=inner_link)
            stack += [(child, False, inner_chrome, inner_link) for child in reversed(element)]
        self._end(chrome=False)
        return self.done

    def _text(self, text: str | None, *, link: bool) -> None:
        if text:
            self.parts.append(text)
            self.linked += len("".join(text.split())) if link else 0

    def _leave(self, element: Any, *, chrome: bool) -> None:
        if element.tag in _BLOCKS:
            self._end(chrome=chrome, heading=element.tag in _HEADINGS)

    def _item_mark(self, item: Any) -> str:
        """Browsers count the items of an `ol` themselves: the numbers stand in no text."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        start = parent.get("start", "")
        count = self.items.get(parent, int(start) - 1 if start.isdecimal() else 0) + 1
        self.items[parent] = count
        return f"{count}. "

    def _end(self, *, chrome: bool, heading: bool = False) -> None:
        text = " ".join("".join(self.parts).split())
        if text:
            self.done.append(
                _Block(
                    text=unicodedata.normalize("NFC", text),
                    linked=self.linked,
                    chrome=chrome,
                    heading=heading,
                    mark=self.mark,
                )
            )
            self.mark = ""
        self.parts, self.linked = [], 0


def _is_chrome(element: Any) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return _CHROME_NAMES.search(names) is not None


def _is_invisible(element: Any) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _article(html: str, blocks: Sequence[_Block]) -> tuple[int, int]:
    """The numbers of its first and last block by trafilatura's account, headings above it included."""
    import trafilatura

    taken = trafilatura.extract(html, include_comments=False, include_tables=True, favor_recall=True)
    sought = _bare(taken or "")
    found = [number for number, block in enumerate(blocks) if not block.is_frame and _bare(block.text) in sought]
    if not found:
        return 0, len(blocks) - 1
    first = found[0]
    above = [number for number in range(first) if blocks[number].heading and not blocks[number].is_frame]
    return (above[-1] if above else first), found[-1]


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum())
