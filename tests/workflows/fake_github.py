"""A `gh` of ours: comments and issues of one repository in a file, by the commands that the workflows use."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.delivery.fake_programs import program

GH = """\
import json, os, re, sys
file = os.environ["GITHUB"]
state = json.load(open(file))
arguments = sys.argv[1:]
def option(name, default=None):
    return arguments[arguments.index(name) + 1] if name in arguments else default
def fields():
    pairs = [arguments[at + 1].split("=", 1) for at, one in enumerate(arguments) if one in ("--field", "--raw-field")]
    return {key: open(value[1:]).read() if value.startswith("@") else value for key, value in pairs}
quoted = re.findall(r'"([^"]*)"', option("--jq", ""))
if arguments[0] == "api":
    path = next(one for one in arguments[1:] if one.startswith("repos/"))
    method = option("--method", "GET")
    state["calls"].append([method, path])
    if method == "GET" and path.endswith("/comments"):
        login, marker = quoted
        for one in state["comments"]:
            if one["user"] == login and one["body"].startswith(marker):
                print(one["id"])
    elif method == "POST" and path.endswith("/comments"):
        number = len(state["comments"]) + 1
        state["comments"].append({"id": number, "user": "github-actions[bot]", "body": fields()["body"]})
    elif method == "PATCH":
        (one,) = (one for one in state["comments"] if one["id"] == int(path.rsplit("/", 1)[1]))
        one["body"] = fields()["body"]
    elif path.endswith("/sarifs"):
        state["sarifs"].append(fields())
    else:
        sys.exit(f"unknown call: {arguments}")
elif arguments[:2] == ["issue", "list"]:
    for one in state["issues"]:
        if one["state"] == "open" and one["title"] == quoted[0]:
            print(one["number"])
elif arguments[0] == "issue":
    if arguments[1] == "create":
        number = len(state["issues"]) + 1
        state["issues"].append({"number": number, "title": option("--title"), "state": "open"})
    else:
        number = int(arguments[2])
    issue = state["issues"][number - 1]
    if arguments[1] == "close":
        issue["state"] = "closed"
    else:
        issue["body"] = open(option("--body-file")).read()
else:
    sys.exit(f"unknown command: {arguments}")
json.dump(state, open(file, "w"))
"""


class GitHub:
    """One repository, and a folder in which the steps of a job run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder.parent / "github.json"
        self._bin = folder.parent / "bin"
        program(self._bin / "gh", GH)
        folder.mkdir()
        self._file.write_text(json.dumps({"comments": [], "issues": [], "sarifs": [], "calls": []}))

    @property
    def state(self) -> dict[str, Any]:
        """What is there."""
        found: dict[str, Any] = json.loads(self._file.read_text())
        return found

    def has(self, kind: str, thing: dict[str, Any]) -> None:
        """Let something be there."""
        self._file.write_text(json.dumps({**self.state, kind: [*self.state[kind], thing]}))

    def run(self, script: str, **variables: str) -> None:
        """Run a step as GitHub does: `shell: bash` means these options."""
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env={"PATH": f"{self._bin}:/usr/bin:/bin", "GITHUB": str(self._file), **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
