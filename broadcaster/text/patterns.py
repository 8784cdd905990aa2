"""Regular expressions that are compiled when they are first needed: a hundred of them cost 40 ms of every start."""

from __future__ import annotations

import re
from typing import Any, cast

SMALL = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
CAPITAL = SMALL.upper()
"""For character classes: the letters of the Vietnamese alphabet."""
METHODS = ("match", "fullmatch", "search", "findall", "finditer", "split", "sub")


class _Uncompiled:
    """Takes over the compiled pattern's methods at the first call; after that a call costs what it always did."""

    def __init__(self, written: str) -> None:
        self._written = written

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._written)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(written: str) -> re.Pattern[str]:
    """The pattern, not yet compiled; of its attributes only the methods that read text are there."""
    return cast("re.Pattern[str]", _Uncompiled(written))
