"""The schema that editors complete and underline by says what the loader says, as far as a schema can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from config.seeded_mistakes import MISTAKES
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from broadcaster.config.editor_schema import editor_schema
from broadcaster.config.load import parse_schedule

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "schedule.yaml").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "schedule.schema.json").read_text(encoding="utf-8"))


def as_editors_read(text: str) -> Any:
    """YAML 1.2's own values: 05:30 a text, 60 a number, false no text."""
    return YAML(typ="safe", pure=True).load(text)


def complaints(text: str) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(as_editors_read(text))]


def test_the_schema_of_the_repository_is_current() -> None:
    assert editor_schema() == SCHEMA, "schedule.schema.json is out of date; write it anew: python tools/write_schema.py"


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_the_first_line_of_the_sample_points_to_it() -> None:
    assert SAMPLE.startswith("# yaml-language-server: $schema=./schedule.schema.json\n")


def test_the_sample_schedule_is_right_by_it() -> None:
    assert complaints(SAMPLE) == []


def test_it_sees_at_least_fifteen_of_the_seeded_mistakes() -> None:
    caught = []
    for mistake in MISTAKES:
        try:
            if complaints(mistake.made_in(SAMPLE)):
                caught.append(mistake.name)
        except YAMLError:
            continue

    assert len(caught) >= 15
    assert {"a mistyped key", "a spoken time", "a weekday T8", "both a script and a relay"} <= set(caught)
    assert "31 November" not in caught, "how many days a month has is beyond a schema"


HEAD = "xa: {a: {ten: A}}\nnguon: {vov1: {ten: V, url: 'http://127.0.0.1:9/x'}}\n"
ENTRY = f"{HEAD}lich:\n  - {{ten: T, bai: a.txt, gio: 05:30}}\n"


@pytest.mark.parametrize(
    "line",
    [
        "{ten: T, bai: a.txt, gio: '5:30, 17:30:05'}",
        "{ten: 2026, bai: a.txt, gio: [05:30, 17:30], doi: 0, dai: Tối đa 90 giây}",
        "{ten: T, bai: a.txt, gio: 05:30, thu: 'thứ hai, chủ nhật', tre_toi_da: 0 phút}",
        "{ten: T, bai: a.txt, gio: 05:30, thu: [T2-T6, CN], ngay: 1/2/2027 – 5/2/2027}",
        "{ten: T, bai: a.txt, gio: 05:30, am_lich: [rằm tháng giêng, mồng 1, ngày 3 đến rằm]}",
        "{ten: T, tiep_song: vov1, gio: 05:30, dai: 1 giờ 30 phút, noi_phat: a, uu_tien: 99}",
    ],
)
def test_what_the_loader_takes_is_not_underlined(line: str) -> None:
    text = ENTRY.replace("{ten: T, bai: a.txt, gio: 05:30}", line)
    parse_schedule(text)

    assert complaints(text) == []


@pytest.mark.parametrize(
    "section", ["doi_gio: {T: 06:00}", "doi_gio: [{ten: T, gio: 06:00}]", "bat: tắt", "tat_nhac: true"]
)
def test_exceptions_in_every_form_are_not_underlined(section: str) -> None:
    text = f"{ENTRY}ngoai_le:\n  - ten: N\n    ngay: 10/10/2026\n    {section}\n"
    parse_schedule(text)

    assert complaints(text) == []


@pytest.mark.parametrize(
    "template",
    [
        "[nhac, {noi_dung: {lap: 2}}]",
        "{phan: [nhac, noi_dung]}",
        "{dai_mong_muon: 10 phút, dai_toi_da: 12 phút, phan: [noi_dung, {nhac: {tuy_chon: co}}]}",
    ],
)
def test_templates_in_either_form_are_not_underlined_beside_each_other(template: str) -> None:
    text = f"{ENTRY}chuong_trinh: {{dau: [chuong, noi_dung], sau: {template}}}\n"
    parse_schedule(text)

    assert complaints(text) == []


def test_a_template_with_a_mistyped_key_is_underlined() -> None:
    assert complaints(f"{ENTRY}chuong_trinh: {{ngan: {{dai_toi_đa: 5 phút, phan: [noi_dung]}}}}\n")


def test_every_key_has_a_vietnamese_title_and_an_example() -> None:
    models = [SCHEMA, *SCHEMA["definitions"].values()]
    keys = [(key, told) for model in models for key, told in model.get("properties", {}).items()]

    assert [key for key, told in keys if not told.get("title") or not told.get("examples")] == []


def test_completion_offers_nothing_that_is_not_typed() -> None:
    models = [SCHEMA, *SCHEMA["definitions"].values()]

    assert {"key", "options"} & {key for model in models for key in model.get("properties", {})} == set()
