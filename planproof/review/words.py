"""Values in the words of a review: short, on one line, and a secret never."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planproof.document import ABSENT, Sensitive, Unknown
from planproof.reports.view import shown

if TYPE_CHECKING:
    from planproof.review.masking import Mask

LONGEST = 60


def said(value: Any, mask: Mask) -> str:
    """A value in a sentence, its secrets covered before it is shortened; what only AWS knows is said to be so."""
    if value is ABSENT or value is None:
        return "nothing"
    if isinstance(value, Unknown):
        return "known after apply"
    if isinstance(value, Sensitive):
        return "(sensitive)"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = mask(value if isinstance(value, str) else json.dumps(value, default=repr, sort_keys=True))
    text = shown(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def listed(names: list[str] | tuple[str, ...], most: int = 4) -> str:
    """Names with commas and a last `and`; the many others as a number."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    if len(names) < 2:  # noqa: PLR2004 - one name has no `and`
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
