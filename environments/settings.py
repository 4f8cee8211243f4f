"""The shape that every group of settings shares."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError


class Settings(BaseModel):
    """Immutable, and closed: a misspelt key is an error, never a silent default."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def true_is_no_number(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse `true` for a number and a number for `true`: Python takes the one for the other."""
        expected = cls.model_fields[str(info.field_name)].annotation
        if isinstance(value, bool) and _is_number(expected):
            raise PydanticCustomError("number_type", "Input should be a number")
        if expected is bool and isinstance(value, int | float) and not isinstance(value, bool):
            raise PydanticCustomError("bool_type", "Input should be true or false")
        return value


def _is_number(expected: Any) -> bool:
    if get_origin(expected) is Literal:
        return all(isinstance(choice, int) for choice in get_args(expected))
    return expected in (int, float)


def _each_once(values: tuple[Item, ...]) -> tuple[Item, ...]:
    twice = sorted({str(value) for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands twice")
    return values


Item = TypeVar("Item")
Each = Annotated[tuple[Item, ...], AfterValidator(_each_once), Field(json_schema_extra={"uniqueItems": True})]
"""A list in which everything stands once."""
