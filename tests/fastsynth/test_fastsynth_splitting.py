"""A module taken apart as text is the module that Python's parser sees, or is left to the parser."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from types import CodeType

import pytest

from fastsynth.parts import split
from fastsynth.splitting import Text, compiled, outline, parsed

NAMESPACES = ("alb_listener", "cloudwatch_metric_alarm", "ecs_service", "sqs_queue", "vpc_endpoint")
HAZARDS = {
    "a text that goes on in the first column": "class A:\n    text = '''\nclass B:\n    '''\n",
    "a list that ends in the first column": "class A:\n    value = [\n1,\n]\n    other = 2\n",
    "lines of another system": "class A:\r\n    one = 1\r\n\r\n    two = 2\r\n",
    "another encoding": "# -*- coding: latin-1 -*-\nclass A:\n    text = '\xe9'\n",
    "an encoding in the second line": "#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\nclass A:\n    pass\n",
    "a byte order mark": "\ufeffclass A:\n    pass\n",
    "a mistake": "class A:\n    pass\n\nvalue = \n",
}
"""What cannot be taken apart as text, each for a reason of its own."""

AS_TEXT = {
    "decorators of several lines": "@decorated(\n    name=['one'],\n)\n@other\nclass A:\n    pass\n",
    "a signature of several lines": "def stub(\n    *,\n    value: int,\n) -> None:\n    pass\n",
    "no line at the end": "class A:\n    pass\n\n\ndef last(): return 1",
    "the rest between them": "import os\nclass A:\n    pass\nif os.sep:\n    class B:\n        pass\nclass C: pass\n",
    "a coroutine": "async def wait():\n    pass\n\n\nclass A:\n    pass\n",
    "text in quotes": 'class A:\n    """One.\n\n    class B:\n        pass\n    """\n',
    "words beyond ASCII": "class A:\n    text = '\xe9'\n\n\nclass B:\n    pass\n",
    "twice": "class A:\n    one = 1\nfirst = A\nclass A:\n    two = 2\n",
    "given anew": "class A:\n    one = 1\nfor A in (1, 2):\n    pass\nclass B:\n    pass\n",
}


def inner(code: CodeType) -> list[CodeType]:
    """What a module's code defines; equal when names, numbers of lines and instructions are."""
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def same(source: bytes, path: str) -> bool:
    """Whether text and parser agree on every name and all code. Must have been taken apart as text."""
    found, (whole, parts) = outline(source, path), parsed(source, path)
    assert found is not None
    assert set(found.texts) == set(parts)
    for name, part in parts.items():
        code = compiled(source, Text(*found.texts[name]), path)
        assert code is not None
        assert inner(code) == inner(part)
    return found.whole == whole


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_bindings_are_as_the_parser_sees_them(namespace: str) -> None:
    """Users' bindings are taken apart in a tenth of a second, and to the instruction as Python would."""
    provider = find_spec("cdktf_cdktf_provider_aws")
    assert provider is not None
    assert provider.origin is not None
    file = Path(provider.origin).parent / namespace / "__init__.py"

    assert same(file.read_bytes(), str(file))


@pytest.mark.parametrize("source", AS_TEXT.values(), ids=AS_TEXT)
def test_forms_of_code_are_as_the_parser_sees_them(source: str) -> None:
    """Another version of the generator may lay out its code in another way."""
    assert same(source.encode(), "module.py")


@pytest.mark.parametrize("source", HAZARDS.values(), ids=HAZARDS)
def test_what_text_cannot_tell_is_left_to_the_parser(source: str) -> None:
    """It takes longer, and is never wrong."""
    assert outline(source.encode("latin-1" if "latin-1" in source else "utf-8"), "module.py") is None


def test_a_class_that_turns_out_to_be_longer_is_left_to_the_parser() -> None:
    """A line that goes on in the first column looks like one of its own until the class is used."""
    source = b"class A:\n    value = \\\n1\n"
    parts = split(source, "module.py", lambda: source)
    names: dict[str, object] = {}

    assert outline(source, "module.py") is not None
    exec(parts.part("A"), names)  # noqa: S102 - the class above
    assert getattr(names["A"], "value", None) == 1


def test_an_error_names_the_line_of_the_file() -> None:
    """A traceback that ends in a binding leads to the right place."""
    source = b"import os\n\n\nclass A:\n    def fail(self):\n        return 1 / 0\n"
    names: dict[str, type] = {}
    exec(split(source, "module.py", lambda: source).part("A"), names)  # noqa: S102 - the class above

    with pytest.raises(ZeroDivisionError) as failed:
        names["A"]().fail()

    last = failed.traceback[-1]
    assert (str(last.path).rpartition("/")[2], last.lineno + 1) == ("module.py", 6)
