"""Values as YAML on one line, quoted only where they must be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import yaml
from yaml.nodes import MappingNode, ScalarNode

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What an edit may write: texts as people type them, lists and mappings of them."""


def rendered(value: Value, *, like: str | None = None) -> str:
    """The value in one line; `like` is the quotation mark (`'` or `"`) that the replaced text had."""
    if isinstance(value, str):
        return _scalar(value, like)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key, None)}: {rendered(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(rendered(item) for item in value) + "]"


def _scalar(text: str, like: str | None) -> str:
    if like == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if like is None and _is_plain(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    """Whether YAML reads just this text where it stands bare, as a key or a value, inside brackets."""
    if text != " ".join(text.split()) or text in {"", "~", "null", "Null", "NULL"}:
        return False
    try:
        root = yaml.compose(f"{{{text}: {text}}}", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    return (
        isinstance(root, MappingNode)
        and len(root.value) == 1
        and all(isinstance(node, ScalarNode) and node.value == text and not node.style for node in root.value[0])
    )
