"""The provider, where the machine has it: Terraform is told, unless the person has told it already."""

from __future__ import annotations

from pathlib import Path

import pytest

from delivery.mirror import PARENTS, PROVIDER, VERSION, configure, find

PINNED = PROVIDER / VERSION


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The variables of a person with an empty home."""
    (tmp_path / "home").mkdir()
    return {"HOME": str(tmp_path / "home")}


def mirror(folder: Path, version: str = VERSION) -> Path:
    """A folder that holds the provider."""
    (folder / PROVIDER / version).mkdir(parents=True)
    return folder


def test_a_mirror_in_the_home_is_found(home: dict[str, str], tmp_path: Path) -> None:
    """The places that Terraform implies come first, in its order."""
    second = mirror(tmp_path / "home/.local/share/terraform/plugins")
    assert find(home, ()) == second
    first = mirror(tmp_path / "home/.terraform.d/plugins")
    assert find(home, ()) == first


def test_a_mirror_in_the_data_folder_is_found(home: dict[str, str], tmp_path: Path) -> None:
    """XDG_DATA_HOME takes the place of ~/.local/share."""
    mirror(tmp_path / "home/.local/share/terraform/plugins")
    data = mirror(tmp_path / "data/terraform/plugins")

    assert find({**home, "XDG_DATA_HOME": str(tmp_path / "data")}, ()) == data


def test_a_plugin_cache_is_found(home: dict[str, str], tmp_path: Path) -> None:
    """What was downloaded once is used again."""
    cache = mirror(tmp_path / "cache")

    assert find({**home, "TF_PLUGIN_CACHE_DIR": str(cache)}, ()) == cache


def test_a_mirror_below_a_known_folder_is_found(home: dict[str, str], tmp_path: Path) -> None:
    """A mirror that the machine's owner put below /opt, is found; of two, the first by name."""
    mirror(tmp_path / "opt/old", version="5.99.1")
    (tmp_path / "opt/a-file").write_text("")
    mirror(tmp_path / "opt/z")
    first = mirror(tmp_path / "opt/m")

    assert find(home, (tmp_path / "nowhere", tmp_path / "opt")) == first
    assert (Path("/opt"), Path("/usr/local/share")) == PARENTS


def test_another_version_is_no_mirror(home: dict[str, str], tmp_path: Path) -> None:
    """A provider that the bindings were not made for is not taken."""
    mirror(tmp_path / "opt/old", version="5.99.1")

    assert find(home, (tmp_path / "opt",)) is None
    assert configure(home, tmp_path / "made.tfrc", (tmp_path / "opt",)) == {}
    assert not (tmp_path / "made.tfrc").exists()


def test_a_place_that_cannot_be_looked_at_is_passed_over(home: dict[str, str], tmp_path: Path) -> None:
    """A folder the person may not enter, or a name that cannot be one, ends nothing."""
    found = mirror(tmp_path / "opt/m")

    assert find({**home, "TF_PLUGIN_CACHE_DIR": "x" * 5000}, (tmp_path / "opt",)) == found


@pytest.mark.parametrize("theirs", [{}, {"TF_CLI_CONFIG_FILE": "/nowhere/at/all"}, {"TF_CLI_CONFIG_FILE": ""}])
def test_terraform_is_told_of_the_mirror(theirs: dict[str, str], home: dict[str, str], tmp_path: Path) -> None:
    """Without a registry `cdktf deploy` works; TF_CLI_CONFIG_FILE may name a file that does not exist."""
    opt = mirror(tmp_path / "opt/m")
    file = tmp_path / "made/terraform.tfrc"

    assert configure({**home, **theirs}, file, (tmp_path / "opt",)) == {"TF_CLI_CONFIG_FILE": str(file)}
    assert file.read_text() == (
        "disable_checkpoint = true\n"
        "provider_installation {\n"
        "  filesystem_mirror {\n"
        f'    path    = "{opt}"\n'
        '    include = ["registry.terraform.io/hashicorp/aws"]\n'
        "  }\n"
        "  direct {\n"
        '    exclude = ["registry.terraform.io/hashicorp/aws"]\n'
        "  }\n"
        "}\n"
    )


@pytest.mark.parametrize("named", [True, False])
def test_a_persons_configuration_is_left_alone(named: bool, home: dict[str, str], tmp_path: Path) -> None:  # noqa: FBT001 - pytest's
    """Credentials and mirrors that a person set up stay in force, wherever Terraform would read them."""
    mirror(tmp_path / "opt/m")
    theirs = tmp_path / ("mine.tfrc" if named else "home/.terraformrc")
    theirs.write_text("disable_checkpoint = true\n")
    variables = {**home, "TF_CLI_CONFIG_FILE": str(theirs)} if named else home

    assert configure(variables, tmp_path / "made.tfrc", (tmp_path / "opt",)) == {}
    assert not (tmp_path / "made.tfrc").exists()
    assert theirs.read_text() == "disable_checkpoint = true\n"
