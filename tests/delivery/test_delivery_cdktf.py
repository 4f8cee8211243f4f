"""What cdktf says, passed on as it comes, and its failures as messages a person can act on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from delivery.cdktf import FAILURES, emulated, explain, run, say
from delivery.toolchain import ROOT, Toolchain
from messages import UserError
from tests.delivery.fake_programs import program, saying


def tools(script: Path, **variables: str) -> Toolchain:
    """A toolchain whose cdktf is this program."""
    return Toolchain(cdktf=(str(script),), terraform="terraform", variables=variables)


AWS: dict[str, str] = {}
"""The variables of a deployment to AWS, which is the target where none is named."""

EMULATOR = {"TARGET": "emulator"}

GONE = (
    "nothing answers at the target",
    "see that the network, the proxy and the VPN of this machine let AWS through; then run the same command again",
)
SAID = {
    "Error acquiring the state lock": (
        "the state of staging is locked",
        "wait for the other deployment; if it is dead: terraform force-unlock ID in the stack's folder",
    ),
    "No valid credential sources found": (
        "there are no AWS credentials",
        "set AWS_PROFILE, or log in with: aws sso login",
    ),
    "ExpiredToken": ("the AWS credentials have expired", "log in again, for example with: aws sso login"),
    "AWS account ID not allowed": (
        "these credentials belong to another account",
        "choose the profile of the account that the environment's YAML names",
    ),
    "NoSuchBucket": (
        "the state bucket of staging does not exist",
        "make it first: make deploy ENV=staging-state",
    ),
    "Could not find stack": ("there is no stack staging", "see the environments in environments/"),
    "Plugin did not respond": (
        "the AWS provider ended by itself",
        "when memory is short it is the first to go: close other programs, then run the same command again",
    ),
    "connection refused": GONE,
    "read: connection reset by peer": GONE,
    "write: broken pipe": GONE,
    '": EOF': GONE,
    '": unexpected EOF': GONE,
    "server closed idle connection": GONE,
    "Failed to query available provider packages": (
        "Terraform cannot get the AWS provider",
        "connect to a network that reaches a provider registry, or keep a mirror where docs/emulator.md says",
    ),
}


def test_every_failure_is_here() -> None:
    """The table above has every sign that is looked for, so that no message is unread."""
    assert [failure.sign for failure in FAILURES] == list(SAID)


@pytest.mark.parametrize("sign", SAID)
def test_a_known_failure_says_what_to_do(sign: str) -> None:
    """Of hundreds of lines with colours and frames, the person gets the one that counts and the next step."""
    where, hint = SAID[sign]
    output = f"staging  Initializing\n\x1b[31m\u2502\x1b[0m Error: {sign}: details \u2502\nstaging  more\n"

    assert str(explain("staging", output, AWS)) == f"{where}\n  Error: {sign}: details\n\nhint: {hint}"


@pytest.mark.parametrize("sign", [sign for sign, told in SAID.items() if told == GONE])
def test_only_an_emulator_is_to_be_started(sign: str) -> None:
    """Whoever deploys to the emulator may have forgotten to start it; on AWS that hint would send people astray."""
    said = str(explain("staging", f"Error: {sign}\n", EMULATOR))

    assert said == f"{GONE[0]}\n  Error: {sign}\n\nhint: start the emulator: make emulator"


def test_the_target_is_that_of_the_deployment(tmp_path: Path) -> None:
    """What failed was sent where the deployment's own variables say."""
    refusing = saying(tmp_path / "cdktf", "Error: dial tcp: connection refused\n", code=1)
    told = []
    for variables in (AWS, EMULATOR):
        with pytest.raises(UserError) as refused:
            run(tools(refusing, **variables), "dev", [], io.StringIO())
        told.append(str(refused.value).rsplit("hint: ", 1)[1])

    assert told == [GONE[1], "start the emulator: make emulator"]


def test_a_crashed_provider_is_not_taken_for_a_missing_target() -> None:
    """Terraform tells of a dead plugin with an EOF too; starting an emulator would not help that person."""
    output = 'Error: Plugin did not respond\n\nThe plugin encountered an error, rpc error: desc = "reading": EOF\n'

    assert str(explain("staging", output, AWS)).startswith("the AWS provider ended by itself\n")


def test_a_lock_says_whose_it_is() -> None:
    """Who holds the lock, since when, and its number for force-unlock."""
    output = (
        "staging  \u2577\n\u2502 Error: Error acquiring the state lock\n\u2502 \n\u2502 Lock Info:\n"
        "\u2502   ID:        4f2c\n\u2502   Path:      staging\n\u2502   Operation: OperationTypeApply\n"
        "\u2502   Who:       ana@laptop\n\u2502   Version:   1.11.4\n\u2502   Created:   2026-11-23 10:00\n\u2575\n"
    )

    assert str(explain("staging", output, AWS)) == (
        "the state of staging is locked\n"
        "  Error: Error acquiring the state lock\n"
        "  ID:        4f2c\n"
        "  Operation: OperationTypeApply\n"
        "  Who:       ana@laptop\n"
        "  Created:   2026-11-23 10:00\n\n"
        "hint: wait for the other deployment; if it is dead: terraform force-unlock ID in the stack's folder"
    )


def test_a_long_line_is_cut() -> None:
    """One line of a request with its headers does not fill the screen."""
    said = str(explain("staging", "ExpiredToken " + "x" * 1000, AWS)).splitlines()

    assert said[1] == "  ExpiredToken " + "x" * 187


def test_an_unknown_failure_shows_its_end() -> None:
    """What nobody foresaw is shown by its last twelve lines, without colours and blank lines."""
    output = "".join(f"\x1b[1mline {number}\x1b[0m\n\n" for number in range(20))
    lines = "".join(f"  line {number}\n" for number in range(8, 20))

    assert str(explain("staging", output, AWS)) == (
        f"staging was not deployed\n{lines}\nhint: the first error above is the cause; mend it, try again"
    )


def test_a_silent_failure_is_a_message_too() -> None:
    """A cdktf that dies without a word is told as well."""
    assert str(explain("staging", "", AWS)) == (
        "staging was not deployed\n\nhint: the first error above is the cause; mend it, try again"
    )


def test_output_is_passed_on_line_by_line(tmp_path: Path) -> None:
    """A person sees a deployment go on; standard error and bytes that are no text are part of it."""
    script = program(
        tmp_path / "cdktf",
        "import os, sys\nos.write(1, b'one\\n')\nos.write(2, b'two \\xff\\n')\n"
        "os.write(1, repr((sys.argv[1:], os.getcwd(), dict(os.environ).get('A'), os.read(0, 1))).encode())\n",
    )
    sink = io.StringIO()

    run(tools(script, A="b"), "staging", ["deploy", "staging"], sink)

    assert sink.getvalue() == f"one\ntwo \ufffd\n{(['deploy', 'staging'], str(ROOT), 'b', b'')!r}"


def test_a_failure_of_cdktf_is_a_message(tmp_path: Path) -> None:
    """The exit code of cdktf decides, and the whole output has been passed on."""
    sink = io.StringIO()

    with pytest.raises(UserError) as refused:
        run(tools(saying(tmp_path / "cdktf", "ExpiredToken: no\n", code=1)), "dev", [], sink)

    assert str(refused.value) == (
        "the AWS credentials have expired\n  ExpiredToken: no\n\nhint: log in again, for example with: aws sso login"
    )
    assert sink.getvalue() == "ExpiredToken: no\n"


def test_the_sign_of_a_failure_in_a_success_is_none(tmp_path: Path) -> None:
    """A deployment that succeeds is a success, whatever a resource is called."""
    run(tools(saying(tmp_path / "cdktf", "NoSuchBucket\n")), "dev", [], io.StringIO())


def test_an_emulated_deployment_knows_no_real_credentials() -> None:
    """What goes to the emulator can reach no real account, by any variable."""
    variables = {"AWS_PROFILE": "prod", "AWS_SECRET_ACCESS_KEY": "x", "PATH": "/bin", "TARGET": "aws"}

    assert emulated(variables, "http://127.0.0.1:1", "222222222222") == {
        "PATH": "/bin",
        "TARGET": "emulator",
        "EMULATOR_URL": "http://127.0.0.1:1",
        "AWS_ACCESS_KEY_ID": "222222222222",
        "AWS_SECRET_ACCESS_KEY": "emulated",
    }


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Output that is read by a program stays clean."""
    say("a word")

    assert capsys.readouterr() == ("", "a word\n")
