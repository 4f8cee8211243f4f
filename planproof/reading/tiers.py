"""Which environments have what costs and protects most: all but the first that planproof.yaml names.

The first environment is for experiments without real data, as `planproof.yaml` orders them; what every other
one has may be absent there. Without an order nobody can tell, and the answer is undecided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.document import Document
    from planproof.settings import Settings

UNORDERED: Final = "planproof.yaml does not say whether this environment is the one for experiments"


def protected(documents: Mapping[str, Document], settings: Settings) -> Iterator[tuple[Document, bool | None]]:
    """Each document, and whether it is an environment with protection; None when no order says so."""
    order = settings.environments
    for name, document in documents.items():
        yield document, (name != order[0] or len(order) == 1) if name in order else None
