"""Languages under every name that offices write."""

from __future__ import annotations

import pytest

from broadcaster.config.languages import NAMES, language_code, language_name


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("vi", "vi"),
        ("vi-VN", "vi"),
        ("vn", "vi"),
        ("Tiếng Việt", "vi"),
        ("Mông", "hmn"),
        ("tiếng H'Mông", "hmn"),
        ("hmn", "hmn"),
        ("Ê Đê", "rad"),
        ("Êđê", "rad"),
        ("rad", "rad"),
        ("Khmer", "km"),
        ("khơ-me", "km"),
        ("tiếng dân tộc Thái", "tai"),
        ("Vân Kiều", "bru"),
        ("Ba-na", "bdq"),
    ],
)
def test_names_and_codes_mean_one_language(written: str, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize("written", ["tiếng Chứt", "xyz"])
def test_a_language_that_nobody_listed_stays_as_it_is_written(written: str) -> None:
    assert language_code(written) == written == language_name(written)


def test_every_name_leads_back_to_a_code_of_that_name() -> None:
    for code, name in NAMES.items():
        assert language_code(code) == code
        assert language_name(language_code(name)) == name
