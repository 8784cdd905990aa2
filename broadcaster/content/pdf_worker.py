"""A PDF's words, read in a process of its own: `python -m broadcaster.content.pdf_worker LIMIT < FILE`, JSON out.

PDFium takes whatever a file's streams unpack to: 3 KB of bomb came to 3 GB, 200 KB of text operators to 7 GB and 37 s.
Here it has a bounded address space, and whoever started it a clock. Nothing but a JSON object comes back.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MAX_ADDRESS_SPACE = 800_000_000
"""Bytes; a 200-page report needs a fifth of it."""
MAX_PAGES = 500


def pages_of(data: bytes, *, max_characters: int) -> dict[str, Any]:
    """`{"pages": [{"text", "picture"}]}`, or `{"fault"}`: encrypted, broken, long, missing (the library)."""
    try:
        import pypdfium2
        from pypdfium2 import raw
    except ModuleNotFoundError:
        return {"fault": "missing"}
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"fault": "encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "broken"}
    pages: list[dict[str, Any]] = []
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            return {"fault": "broken"}
        characters += text_page.count_chars()
        if characters > max_characters or index >= MAX_PAGES:
            return {"fault": "long"}
        picture = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        pages.append({"text": text_page.get_text_range(), "picture": picture})
    return {"pages": pages}


def main() -> None:
    """Standard input to standard output, within bounds."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESS_SPACE, MAX_ADDRESS_SPACE))
    result = pages_of(sys.stdin.buffer.read(), max_characters=int(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    main()
