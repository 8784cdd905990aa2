"""JSON Schema of schedule.yaml, written from the models: what an editor offers and underlines while the office types.

Walks the table of models in `keys`, so that a new key or a new model is in it by itself. A kind of value that says
nothing of its look (`shapes`) is left free: the schema never refuses what the loader takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, BeforeValidator, TypeAdapter, WithJsonSchema
from pydantic.fields import FieldInfo

from broadcaster.config.composing import NotYaml, compose
from broadcaster.config.document import plain
from broadcaster.config.keys import DERIVED, HIDDEN, MAY_BE_EMPTY, MODELS
from broadcaster.config.schedule import Schedule
from broadcaster.config.setting import Setting
from broadcaster.config.shapes import KEY
from broadcaster.config.stations import OutputSettings

Json = dict[str, Any]
REFERENCE = "#/definitions/"
KEPT = {"type", "enum", "const", "minimum", "maximum", "minLength", "pattern"}
OPEN = (OutputSettings,)
"""Models that take keys of their kinds' own."""


def editor_schema() -> Json:
    """The whole schema (draft-07, which editors of YAML know best)."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Lịch phát sóng (schedule.yaml)",
        **_object(Schedule, ""),
        "definitions": {model.__name__: _object(model, pattern) for pattern, model in reversed(MODELS) if pattern},
    }


def _object(model: type[Setting], pattern: str) -> Json:
    variants = list(_variants(model, pattern))
    if variants:
        return {"anyOf": variants}
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    fields = {key: field for key, field in fields.items() if key not in HIDDEN}
    required = [key for key, field in fields.items() if field.is_required() and key not in DERIVED]
    properties = {key: _property(key, field, pattern) for key, field in fields.items()}
    described: Json = {"type": "object", "properties": properties}
    if model not in OPEN:
        described["additionalProperties"] = False
    if required:
        described["required"] = required
    extra = model.model_config.get("json_schema_extra")
    return described | extra if isinstance(extra, dict) else described


def _variants(model: type[Setting], pattern: str) -> Iterator[Json]:
    """Models that stand at `pattern` in place of this one, by their kind, as pydantic names them in its paths."""
    for other, variant in MODELS:
        step = other.removeprefix(f"{pattern}/")
        if step != other and "/" not in step and step not in "*#" and issubclass(variant, model):
            yield {"$ref": REFERENCE + variant.__name__}


def _property(key: str, field: FieldInfo, pattern: str) -> Json:
    path = f"{pattern}/{key}" if pattern else key
    forms = _nested(path)
    leaf = _look(field.annotation, tuple(field.metadata)) if not forms or _takes_more(field) else {}
    described = {"anyOf": [*forms, *([leaf] if leaf else [])]} if forms else leaf
    if len(described.get("anyOf", ())) == 1:
        described = described["anyOf"][0]
    if "$ref" in described:
        described = {"allOf": [described]}
    if not pattern and key in MAY_BE_EMPTY:
        described = {"anyOf": [described, {"type": "null"}]}
    title = {"title": field.title} if field.title else {}
    examples = [_example(example) for example in field.examples or ()]
    return title | described | ({"examples": examples} if examples else {})


def _takes_more(field: FieldInfo) -> bool:
    """Whether a value beside its models' forms says of itself what it looks like."""
    return any(isinstance(part, WithJsonSchema) for part in field.metadata)


def _nested(path: str) -> list[Json]:
    """The forms in which models stand below `path`: by the office's own keys, in lists, or alone."""
    stands: dict[type[Setting], list[str]] = {}
    for pattern, model in MODELS:
        steps = pattern.removeprefix(path).strip("/").split("/") if pattern.startswith(path) else ["?"]
        rest = pattern[len(path) :]
        if (not rest or rest.startswith("/")) and set(steps) <= {"*", "#", ""}:
            stands.setdefault(model, [step for step in steps if step])
    return _wrapped([(steps, {"$ref": REFERENCE + model.__name__}) for model, steps in stands.items()])


def _wrapped(forms: list[tuple[list[str], Json]]) -> list[Json]:
    """The schemas of what stands behind these steps: one for all that the office has keys of its own for."""
    alone = [inner for steps, inner in forms if not steps]
    below = [(steps[1:], inner) for steps, inner in forms if steps[:1] == ["*"]]
    if below:
        keyed = _wrapped(below)
        held = {"anyOf": keyed} if len(keyed) > 1 else keyed[0]
        alone.append({"type": "object", "additionalProperties": held, "propertyNames": {"pattern": f"^({KEY})$"}})
    for steps, inner in forms:
        if steps[:1] == ["#"]:
            (held,) = _wrapped([(steps[1:], inner)])
            named = steps[1:2] == ["*"]
            item = {"anyOf": [{"type": "string"}, held | {"maxProperties": 1}]} if named else held
            alone.append({"type": "array", "items": item})
    return alone


def _look(annotation: Any, metadata: tuple[Any, ...]) -> Json:
    """What a value without models looks like; nothing where a parser reads it and does not say what it takes."""
    told = next((part for part in metadata if isinstance(part, WithJsonSchema)), None)
    if told is not None:
        return dict(told.json_schema or {})
    if any(isinstance(part, BeforeValidator) for part in metadata):
        return {}
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _look(inner[0], (*metadata, *inner[1:]))
    if origin in {Union, UnionType}:
        forms = [_look(each, metadata) for each in inner if each is not type(None)]
        return forms[0] if len(forms) == 1 else {}
    if origin in {dict, tuple}:
        kind, items, item = ("object", "additionalProperties", 1) if origin is dict else ("array", "items", 0)
        return {"type": kind, items: _look(inner[item], ())}
    return {} if origin is not Literal and _holds_models(annotation) else _plain_schema(annotation, metadata)


def _holds_models(annotation: Any) -> bool:
    return not isinstance(annotation, type) or issubclass(annotation, BaseModel)


def _plain_schema(annotation: Any, metadata: tuple[Any, ...]) -> Json:
    """What pydantic itself says of a number, a choice, a text."""
    form = {key: value for key, value in TypeAdapter(annotation).json_schema().items() if key in KEPT}
    if form.get("type") == "string" and not form.keys() & {"enum", "const", "pattern"}:
        form["type"] = ["string", "number"]
    lowest = [{"minimum": limit.ge} for limit in metadata if isinstance(limit, Ge)]
    highest = [{"maximum": limit.le} for limit in metadata if isinstance(limit, Le)]
    return {key: value for part in (form, *lowest, *highest) for key, value in part.items()}


def _example(text: str) -> Any:
    try:
        value = plain(compose(text, file=""))
    except NotYaml:
        return text
    return int(value) if isinstance(value, str) and value.isdigit() and not text.startswith('"') else value
