"""`python -m tests.review.generate [NAME... | --missing]`: makes the stored plans anew, or some of them.

It deploys dev, staging and prod to an emulated account each (some 15 minutes), makes the
plan of no change of each, then one plan for every change (ten seconds each, two at once),
stores what is different from the plan of no change, and proves that reading it gives
back exactly what Terraform printed. A change that Terraform refuses stops nothing; it
is told at the end, with exit code 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from delivery.cdktf import say
from delivery.toolchain import WORK
from tests.review.generate.account import Account, deployed
from tests.review.generate.change import UNREFRESHED, Change
from tests.review.generate.changes import CHANGES
from tests.review.generate.store import base_file, keep, keep_base, stored
from tests.review.generate.terraform import Refused, Workshop, earlier

AT_ONCE = 2
MISSING = "--missing"
PLACE = WORK / "plans"


def main(names: list[str]) -> int:
    """Make the plans; gives the exit code."""
    by_name = {change.name: change for change in CHANGES}
    if names == [MISSING]:
        names = [name for name in by_name if not stored(name)]
    wanted = [by_name[name] for name in names] if names else list(CHANGES)
    environments = tuple(sorted({change.environment for change in wanted}))
    with deployed(environments, PLACE / "deployment") as accounts:
        workshops = {name: _workshop(account) for name, account in accounts.items()}
        for name, workshop in workshops.items():
            if not names or not base_file(name).exists():
                keep_base(name, workshop.plan("base", workshop.account.stack, UNREFRESHED, state=workshop.state))
                say(f"base of {name}")
        refused = [*_undisturbed(wanted, workshops), *_disturbed(wanted, workshops)]
    for refusal in refused:
        say(str(refusal))
    say(f"{len(wanted) - len(refused)} plans made, {len(refused)} refused")
    return 1 if refused else 0


def _workshop(account: Account) -> Workshop:
    workshop = Workshop(account=account, folder=PLACE / account.environment)
    if not (os.environ.get("EMULATOR_URL") and workshop.prepared):
        workshop.prepare()
    return workshop


def _undisturbed(wanted: list[Change], workshops: dict[str, Workshop]) -> Iterator[Refused]:
    """Two at once: nothing is done to the accounts meanwhile."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda change: _make(change, workshops), [c for c in wanted if c.deed is None])
        yield from (refusal for refusal in results if refusal)


def _disturbed(wanted: list[Change], workshops: dict[str, Workshop]) -> Iterator[Refused]:
    """One after the other: each finds the account as it was deployed, but for its own deed."""
    for change in wanted:
        if change.deed is not None:
            account = workshops[change.environment].account
            undo = change.deed(account.client, account.stack)
            try:
                if refusal := _make(change, workshops):
                    yield refusal
            finally:
                undo()


def _make(change: Change, workshops: dict[str, Workshop]) -> Refused | None:
    workshop = workshops[change.environment]
    stack = workshop.account.stack.copy()
    state = None if change.from_nothing else earlier(workshop.state, stack, change.earlier)
    try:
        change.edit(stack)
        plan = workshop.plan(change.name, stack, change.arguments, state=state)
    except Refused as refusal:
        return refusal
    if change.from_nothing:
        keep_base(change.base, plan)
    keep(change, plan)
    say(change.name)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
