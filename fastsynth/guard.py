"""typeguard, without the library for mocks and the network stack that comes with it.

typeguard lets every mock pass, and so imports `unittest.mock`, which imports
asyncio and ssl. A program that makes no mocks has none to let pass: typeguard
gets the class of mocks when somebody else has imported it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Final

NAMES: Final = ("unittest", "unittest.mock")


class NoMock:
    """Stands for the class of mocks while there can be none."""


def imported() -> Any:
    """Import typeguard, with a stand-in for the library for mocks unless that is there already."""
    if "typeguard" not in sys.modules and not any(name in sys.modules for name in NAMES):
        stand_ins = {name: ModuleType(name) for name in NAMES}
        stand_ins["unittest"].__path__ = []
        stand_ins["unittest.mock"].__dict__["Mock"] = NoMock
        sys.modules.update(stand_ins)
        try:
            import typeguard  # noqa: PLC0415 - with the stand-ins in place
        finally:
            for name in NAMES:
                del sys.modules[name]
    else:
        import typeguard  # noqa: PLC0415 - likewise
    return typeguard


def meet_mocks(typeguard: Any) -> None:
    """Give typeguard the class of mocks if there can be one by now."""
    if typeguard.Mock is NoMock and (mocks := sys.modules.get("unittest.mock")) is not None:
        typeguard.Mock = mocks.Mock
