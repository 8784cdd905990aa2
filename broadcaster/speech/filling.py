"""Words into the templates of a connected engine: each shape with its own escapes, and never twice.

A text that holds `{key}` or `{voice}` itself stays as it is: only the template's own placeholders are filled.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import requests

from broadcaster.config.engines import PLACEHOLDER, HttpEngineSettings

RATE = "rate"


def filled(template: str, words: Mapping[str, str], *, escaped: Callable[[str], str] = str) -> str:
    """`template` with every placeholder replaced by its escaped word."""
    return PLACEHOLDER.sub(lambda found: escaped(words[found[1]]) if found[1] in words else found[0], template)


def request_of(settings: HttpEngineSettings, words: Mapping[str, str]) -> requests.Request:
    """The request that asks for `words["text"]`."""
    body, content_type = _body(settings, words)
    headers = {"Content-Type": content_type} if content_type else {}
    return requests.Request(
        settings.method,
        filled(settings.url, words, escaped=lambda word: quote(word, safe="")),
        headers=headers | headers_of(settings, words),
        data=body,
    )


def headers_of(settings: HttpEngineSettings, words: Mapping[str, str]) -> dict[str, str]:
    return {name: filled(text, words) for name, text in settings.headers.items()}


def _body(settings: HttpEngineSettings, words: Mapping[str, str]) -> tuple[bytes | dict[str, str] | None, str | None]:
    if settings.json_body is not None:
        text = json.dumps(_json_filled(settings.json_body, words), ensure_ascii=False)
        return text.encode(), "application/json; charset=utf-8"
    if settings.form is not None:
        return {name: filled(text, words) for name, text in settings.form.items()}, None
    if settings.text_body is not None:
        is_xml = settings.text_body.lstrip().startswith("<")
        text = filled(settings.text_body, words, escaped=_xml_escaped if is_xml else str)
        return text.encode(), "application/xml; charset=utf-8" if is_xml else "text/plain; charset=utf-8"
    return None, None


def _json_filled(template: Any, words: Mapping[str, str]) -> Any:
    """Filled before it becomes JSON, so that no word can break out; a lone `{rate}` is a number."""
    if isinstance(template, dict):
        return {key: _json_filled(item, words) for key, item in template.items()}
    if isinstance(template, list):
        return [_json_filled(item, words) for item in template]
    if template == f"{{{RATE}}}":
        return float(words[RATE])
    return filled(template, words) if isinstance(template, str) else template


def _xml_escaped(word: str) -> str:
    return escape(word, {'"': "&quot;", "'": "&apos;"})
