"""The handlers are found by being there, and each file says what it follows."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from botocore.session import get_session

from emulator import services
from emulator.handler import AwsError, Handler

PAGES = re.compile(r"^Pages: (https://docs\.aws\.amazon\.com/\S+<Action>\.html)$", re.MULTILINE)
MODULES = services.modules()


def file_name(module: ModuleType) -> str:
    """Name a test after the file."""
    return module.__name__.rpartition(".")[2]


@pytest.mark.parametrize("module", MODULES, ids=file_name)
def test_every_file_names_the_pages_it_follows(module: ModuleType) -> None:
    """A reader can check each answer against AWS's own reference."""
    pages = re.findall(
        r"^Pages: (https://docs\.aws\.amazon\.com/\S+<Action>\.html)$", module.__doc__ or "", re.MULTILINE
    )

    assert len(pages) == 1


@pytest.mark.parametrize("module", MODULES, ids=file_name)
def test_every_file_answers_actions_that_exist(module: ModuleType) -> None:
    """A handler for a misspelt action would never be asked, and the gap would stay open."""
    handlers = list(services.handlers_of(module))
    assert handlers, "the file answers nothing"
    for handler in handlers:
        known = set(get_session().get_service_model(handler.service).operation_names)
        assert set(handler.operations) <= known
        assert handler.answer.__doc__


def test_all_handlers_are_found() -> None:
    """A file that is added to the folder is in use; nothing else needs to be edited."""
    found = services.load()

    assert len(found) == sum(len(handler.operations) for m in MODULES for handler in services.handlers_of(m))
    assert ("backup", "CreateBackupSelection") in found


def test_action_is_answered_by_one_handler() -> None:
    """Two answers to one action would depend on the order of files."""
    handler = Handler(service="sqs", operations=("CreateQueue",), answer=lambda _: None)

    with pytest.raises(ValueError, match=r"^sqs CreateQueue has two handlers$"):
        services.by_action([handler, handler])


def test_error_reads_as_code_and_message() -> None:
    """In a log an error says both which and why."""
    assert str(AwsError("NoSuchBucket", "it is gone")) == "NoSuchBucket: it is gone"
