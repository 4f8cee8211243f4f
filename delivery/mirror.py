"""Where Terraform finds the provider on a machine without its registry.

A mirror is a folder that holds `registry.terraform.io/hashicorp/aws/<version>`.
It is looked for in the places that Terraform implies, in TF_PLUGIN_CACHE_DIR and in
folders directly below /opt and /usr/local/share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import isdir
from pathlib import Path

PROVIDER = Path("registry.terraform.io/hashicorp/aws")
VERSION = "5.100.0"
"""The provider that the pinned bindings are made for."""

PARENTS = (Path("/opt"), Path("/usr/local/share"))

CONFIGURATION = """\
disable_checkpoint = true
provider_installation {{
  filesystem_mirror {{
    path    = "{mirror}"
    include = ["registry.terraform.io/hashicorp/aws"]
  }}
  direct {{
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }}
}}
"""


def find(variables: Mapping[str, str], parents: tuple[Path, ...] = PARENTS) -> Path | None:
    """The first mirror that holds the pinned provider, if this machine has one."""
    return next((place for place in _places(variables, parents) if _holds(place)), None)


def configure(variables: Mapping[str, str], file: Path, parents: tuple[Path, ...] = PARENTS) -> dict[str, str]:
    """The variables that make Terraform use the mirror; none where it is not needed.

    A configuration that the person wrote is left alone, where Terraform would read
    it: TF_CLI_CONFIG_FILE, which may name a file that does not exist, or else ~/.terraformrc.
    """
    if Path(variables.get("TF_CLI_CONFIG_FILE") or _home(variables) / ".terraformrc").is_file():
        return {}
    mirror = find(variables, parents)
    if mirror is None:
        return {}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(CONFIGURATION.format(mirror=mirror.as_posix()), encoding="utf-8")
    return {"TF_CLI_CONFIG_FILE": str(file)}


def _places(variables: Mapping[str, str], parents: tuple[Path, ...]) -> Iterator[Path]:
    home = _home(variables)
    yield home / ".terraform.d/plugins"
    yield Path(variables.get("XDG_DATA_HOME") or home / ".local/share") / "terraform/plugins"
    yield Path("/usr/local/share/terraform/plugins")
    yield Path("/usr/share/terraform/plugins")
    if cache := variables.get("TF_PLUGIN_CACHE_DIR"):
        yield Path(cache)
    for parent in parents:
        yield from sorted(parent.glob("*"))  # a folder that may not be read has none


def _holds(place: Path) -> bool:
    return isdir(place / PROVIDER / VERSION)  # noqa: PTH112 - Path.is_dir raises where a folder may not be entered


def _home(variables: Mapping[str, str]) -> Path:
    return Path(variables.get("HOME", "~")).expanduser()
