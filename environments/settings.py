"""The shape that every group of settings shares."""

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """Immutable, and closed: a misspelt key is an error, never a silent default."""

    model_config = ConfigDict(frozen=True, extra="forbid")
