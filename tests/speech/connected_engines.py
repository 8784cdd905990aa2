"""Engines of `may_doc` that speak through the loopback service: one over HTTP, one as a program that asks it."""

from __future__ import annotations

import sys
from pathlib import Path

from speech.loopback_service import LoopbackService

from broadcaster.clock import Clock
from broadcaster.config.load import parse_schedule
from broadcaster.speech.engines.command_line import CommandEngine
from broadcaster.speech.engines.web_service import WebEngine

_PROGRAM = """
import http.client, json, sys
line = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
line.request("POST", "/doc", json.dumps({"text": sys.stdin.buffer.read().decode()}))
answer = line.getresponse()
sound = answer.read()
if answer.status != 200:
    sys.exit(4)
sys.stdout.buffer.write(sound)
"""


def over_http(service: LoopbackService, *, patience: str = "60 giây", clock: Clock | None = None) -> WebEngine:
    """Asks once and no more."""
    text = f"""
xa: {{hd: {{ten: Xã Hoằng Đạo}}}}
may_doc:
  qua-mang:
    kieu: http
    url: "http://127.0.0.1:{service.port}/doc"
    gui_json: {{text: "{{text}}"}}
    giong: {{nu: Nữ (qua mạng)}}
    toi_da_ky_tu: 5000
    cho: {patience}
    thu_lai: 0
"""
    settings = parse_schedule(text).engines["qua-mang"]
    assert settings.kind == "http"
    return WebEngine(settings, service.notes, clock=clock)


def as_program(service: LoopbackService, folder: Path, *, patience: str = "60 giây") -> CommandEngine:
    """Words by standard input, sound by standard output."""
    program = folder / "doc.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    text = f"""
xa: {{hd: {{ten: Xã Hoằng Đạo}}}}
may_doc:
  chuong-trinh:
    kieu: lenh
    chay: ['{sys.executable}', -I, -S, '{program}', '{service.port}']
    giong: {{nu: Nữ (chương trình)}}
    toi_da_ky_tu: 5000
    cho: {patience}
"""
    settings = parse_schedule(text).engines["chuong-trinh"]
    assert settings.kind == "lenh"
    return CommandEngine(settings, folder)
