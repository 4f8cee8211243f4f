"""What `import fastsynth` does, in order, and when it does nothing."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING, Final

from fastsynth import node, roots
from fastsynth.bytecode import Bytecode
from fastsynth.cache import Cache, location
from fastsynth.messages import UnexpectedError, fall_back, refuse

if TYPE_CHECKING:
    from fastsynth.channel import Channel

running: Final[list[Channel]] = []
"""The conversation of this program, when there is one."""

RARELY: Final = (100_000, 50, 50)  # bindings are a million objects that stay; looking for garbage among them finds none


def install() -> None:
    """Make the imports that follow fast, or say in one line why they are not."""
    if os.environ.get("FASTSYNTH", "").lower() == "off" or sys.argv[:1] == ["-m"]:
        return  # `python -m fastsynth` only asks about it
    try:
        check()
        kernel_program = node.find_program()
    except UnexpectedError as reason:
        fall_back(reason)
        return
    executable = node.find_node(os.environ)
    if executable is None:
        refuse(
            "CDKTF cannot run",
            f"no Node at {os.environ.get('JSII_NODE', 'node')}",
            hint=node.HOW_TO_GET_NODE,
        )
    cache = Cache(location())
    kernel = node.start(executable, kernel_program, os.environ, cache)
    from fastsynth import channel, foresight, hints, parts  # noqa: PLC0415 - they import jsii, which takes as long as Node to start

    program = foresight.program()
    conversation = channel.Channel(kernel, None if program is None else foresight.Foresight(cache, program))
    channel.stand_in(conversation)
    running.append(conversation)
    hints.prepare()
    parts.tell_jsii()
    bytecode = Bytecode(cache)
    sys.meta_path.insert(0, roots.Finder(bytecode, conversation.announce))
    gc.set_threshold(*RARELY)
    atexit.register(finish, cache, bytecode)


def release() -> None:
    """Let Node end beside what a program still does after its last synthesis, instead of when the program ends.

    Nothing happens where CDKTF runs plainly. Whatever is asked of CDKTF afterwards is refused with a message.
    """
    for conversation in running:
        conversation.release()


def as_before() -> bool:
    """Tell whether the program has so far asked CDKTF for what it asked in its last run, and got the same answers.

    Then it will most likely synthesise the same again. Never true where CDKTF runs plainly.
    """
    return any(conversation.as_before for conversation in running)


def finish(cache: Cache, bytecode: Bytecode) -> None:
    """Keep what was compiled, and the cache within its limit; it has grown only if something new was written to it."""
    bytecode.keep()
    if cache.wrote:
        cache.trim()


def check(system: str = os.name) -> None:
    """Refuse a machine on which the shortcuts were not tested."""
    if system != "posix":
        raise UnexpectedError(f"not tested on {system}")
    if "JSII_RUNTIME" in os.environ:
        raise UnexpectedError("JSII_RUNTIME names another kernel")
    early = sorted(name for name in sys.modules if name == "cdktf" or name.startswith(roots.PREFIX))
    if early:
        raise UnexpectedError(f"{early[0]} was imported before fastsynth")
