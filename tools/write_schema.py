"""Writes schedule.schema.json from the models: python tools/write_schema.py"""

from __future__ import annotations

import json
from pathlib import Path

from broadcaster.config.editor_schema import editor_schema

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    text = json.dumps(editor_schema(), ensure_ascii=False, indent=1) + "\n"
    (ROOT / "schedule.schema.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
