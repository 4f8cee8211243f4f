"""The parameter with which each database engine refuses clients without TLS, and its value when nobody sets it.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html (PostgreSQL from 15 on)
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html (Aurora from 17 on)
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html (MySQL from 9.7 on)
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html (MariaDB from 11.8 on)
https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html (Redshift from 2.0 on)
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

Version = tuple[int, ...]


class Switch(Struct, frozen=True):
    """The parameter, and the first version in which it is on by itself; none when it never is."""

    parameter: str
    since: Version | None = None


SWITCHES: Final = {
    "aurora-postgresql": Switch("rds.force_ssl", (17,)),
    "aurora-mysql": Switch("require_secure_transport"),
    "postgres": Switch("rds.force_ssl", (15,)),
    "mysql": Switch("require_secure_transport", (9, 7)),
    "mariadb": Switch("require_secure_transport", (11, 8)),
    "sqlserver": Switch("rds.force_ssl"),
    "docdb": Switch("tls", ()),
    "redshift": Switch("require_ssl", (2,)),
}
OFF: Final = frozenset({"0", "off", "false", "disabled"})
NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")


def switch_of(engine: str) -> Switch | None:
    """The switch of an engine such as `mysql`, or of a family of parameters such as `mysql8.0`."""
    return next((switch for start, switch in SWITCHES.items() if engine.startswith(start)), None)


def version_of(text: str) -> Version:
    """The numbers of a version or of a family of parameters; none when it names no version."""
    found = NUMBER.search(text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def forced_by_itself(switch: Switch, version: Version) -> bool | None:
    """Whether a version refuses clients without TLS when nobody tells it to; None when the version decides."""
    if not switch.since:
        return switch.since is not None
    return version >= switch.since if version else None
