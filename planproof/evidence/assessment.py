"""Judges the inputs that lie in a folder of evidence: the same answer on every machine, whenever it is asked."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec.structs import replace

import planproof
from planproof import settings as settings_file
from planproof import waivers as waiver_file
from planproof.checking import check
from planproof.evidence.inputs import FOLDER, documents
from planproof.evidence.model import Evidence, Input
from planproof.evidence.requirements import requirement
from planproof.evidence.results import CATALOGUE, results
from planproof.frameworks import frameworks
from planproof.reports.view import clean
from planproof.settings import Settings

JUDGING: Final = frozenset({".py", ".json", ".csv", ".j2"})


def assess(folder: Path, as_of: date) -> Evidence:
    """What the inputs in the folder show on that day."""
    inputs = folder / FOLDER
    settings = Settings()
    if (inputs / settings_file.FILE).is_file():
        settings = replace(settings_file.read(inputs / settings_file.FILE), source=settings_file.FILE)
    waivers = tuple(replace(one, source=waiver_file.FILE) for one in waiver_file.near(inputs))
    report = check(documents(folder), as_of=as_of, settings=settings, waivers=waivers, folder=inputs)
    found = results(report, folder)
    environments = tuple(one.name for one in report.documents)
    (catalogue,) = (one for one in frameworks() if one.id == CATALOGUE)
    return Evidence(
        as_of=as_of.isoformat(),
        version=planproof.__version__,
        rule_set=rule_set(),
        framework=f"{catalogue.name} {catalogue.version}",
        source=catalogue.source,
        inputs=tuple(
            Input(file.relative_to(folder).as_posix(), sha256(file.read_bytes()).hexdigest())
            for file in sorted(inputs.rglob("*"))
            if file.is_file()
        ),
        environments=environments,
        requirements=tuple(
            requirement(number, text, found, environments) for number, text in catalogue.controls.items()
        ),
        rules=tuple(one for one in found if one.asked),
        notes=tuple(clean(note).replace(f"{folder.as_posix()}/", "") for note in report.notes),
    )


@cache
def rule_set() -> str:
    """The version of everything that judges: one hash over the files of this package."""
    root = Path(planproof.__file__).parent
    total = sha256()
    for file in sorted(root.rglob("*"), key=lambda one: one.relative_to(root).as_posix()):
        if file.suffix in JUDGING and file.is_file():
            total.update(f"{file.relative_to(root).as_posix()} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
