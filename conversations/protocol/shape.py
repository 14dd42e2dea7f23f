"""What all commands, views and events have in common: no field that is not named here, and no change."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
