"""Engines are found by themselves; a voice's key means one voice, or says which ones there are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import broadcaster.speech.engines
from broadcaster.errors import SpeechFault
from broadcaster.speech.registry import engines, voice_of


def test_the_embedded_engine_and_gtts_are_there(tmp_path: Path) -> None:
    assert {"espeak-ng", "gtts"} <= set(engines(tmp_path))


def test_a_new_file_is_a_new_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "quiet.py").write_text(
        "from broadcaster.testing import SilentEngine\n\ndef engine(folder):\n    return SilentEngine()\n"
    )
    monkeypatch.setattr(broadcaster.speech.engines, "__path__", [*broadcaster.speech.engines.__path__, str(tmp_path)])
    try:
        assert voice_of("silent:tone", engines(tmp_path)).title
    finally:
        sys.modules.pop("broadcaster.speech.engines.quiet", None)


def test_finding_engines_imports_nothing_heavy(tmp_path: Path) -> None:
    """They are all imported to be discovered, also by commands that never speak."""
    program = """
import sys
import broadcaster.speech.engines
from broadcaster.plugins import modules_in
modules_in(broadcaster.speech.engines)
heavy = {"numpy", "gtts", "requests", "pydub", "espeakng_loader", "piper", "onnxruntime", "pydantic", "filelock"}
print(*sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("key", "means"),
    [
        (None, "espeak-ng:vi+f2"),
        ("", "espeak-ng:vi+f2"),
        ("espeak-ng", "espeak-ng:vi+f2"),
        ("espeak-ng:vi+m3", "espeak-ng:vi+m3"),
        (" gtts:vi ", "gtts:vi"),
        ("gtts", "gtts:vi"),
    ],
)
def test_a_key_means_a_voice(tmp_path: Path, key: str | None, means: str) -> None:
    assert voice_of(key, engines(tmp_path)).key == means


@pytest.mark.parametrize(
    ("key", "guess"),
    [
        ("espeak:vi+f2", "espeak-ng"),
        ("gttss:vi", "gtts"),
        ("espeak-ng:vi+f", "espeak-ng:vi+f2"),
        ("espeak-ng:vi m3", "espeak-ng:vi+m3"),
        ("gtts:vn", "gtts:vi"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path, key: str, guess: str) -> None:
    with pytest.raises(SpeechFault) as fault:
        voice_of(key, engines(tmp_path))
    assert fault.value.remedy.startswith(f"Có phải ý bạn là {guess}")


def test_a_name_like_nothing_lists_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(SpeechFault) as fault:
        voice_of("xyz", engines(tmp_path))
    assert fault.value.remedy == "Hiện có: espeak-ng, gtts, piper."
