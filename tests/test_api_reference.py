"""The reference of the library: what ``help()`` shows, and that its examples do what they say."""

import doctest
import inspect
from types import ModuleType

import pytest

import bonelab as bl

# These need a learner, or a drawing or a lab's page; they are tested where they stand.
ELSEWHERE = ("bl.draw.", "bl.labs.", "bl.check", "bl.predict", "bl.reveal")
# With these an author declares and refuses arguments; they mean nothing outside a module.
FOR_AUTHORS = ("bl.parameters.door", "bl.parameters.refuse", "bl.parameters.uncalled")


def members(path, module):
    """``(path, function)`` of what a module offers, and of the modules in it."""
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, ModuleType):
            yield from members(f"{path}.{name}", value)
        elif inspect.isroutine(value):
            yield f"{path}.{name}", value


FUNCTIONS = dict(members("bl", bl))
SHOWN = {path: f for path, f in FUNCTIONS.items() if not path.startswith(ELSEWHERE + FOR_AUTHORS)}


@pytest.mark.parametrize("path", SHOWN)
def test_every_argument_is_explained(path):
    function = SHOWN[path]
    words = inspect.getdoc(function)
    missing = [name for name in inspect.signature(function).parameters if name not in words]
    assert missing == []
    assert len(words.splitlines()[0]) > 10


@pytest.mark.parametrize("path", SHOWN)
def test_every_example_does_what_it_says(path):
    function = SHOWN[path]
    (example,) = doctest.DocTestFinder(recurse=False).find(
        inspect.unwrap(function), path, globs={"bl": bl}
    )
    assert example.examples, "it needs an example: >>> bl...."
    assert path.rpartition(".")[2] in inspect.getdoc(function).partition(">>>")[2]
    said = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=said.append)
    assert "".join(said) == ""


@pytest.mark.parametrize("name", [n for n in bl.__all__ if isinstance(getattr(bl, n), ModuleType)])
def test_completion_shows_what_is_meant(name):
    """Tab shows what stands in ``__all__``; modules that were imported for use do not."""
    module = getattr(bl, name)
    strangers = [
        member
        for member in module.__all__
        if isinstance(getattr(module, member), ModuleType)
        and not getattr(module, member).__name__.startswith("bonelab.")
    ]
    assert strangers == []
    assert set(module.__all__) <= set(dir(module))
