"""The base of every setting in schedule.yaml."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Setting(BaseModel):
    """Unknown keys are faults; values never change after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
