"""The reference of the library: what ``help()`` shows, and that its examples do what they say."""

import ast
import doctest
import importlib.util
import inspect
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

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
def test_result_and_errors_are_told(path):
    function, words = SHOWN[path], inspect.getdoc(SHOWN[path])
    gives = inspect.signature(inspect.unwrap(function)).return_annotation
    assert "Returns\n-------\n" in words or gives in (Any, None) or not hasattr(function, "path")
    if inspect.signature(function).parameters and hasattr(function, "path"):
        assert "Raises\n------\nBonelabError" in words
    for name in re.findall(r"`bonelab\.([\w.]+)`", words):
        assert importlib.util.find_spec(f"bonelab.{name}"), name


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


# ---- sources, units and shapes -------------------------------------------------------------------

ROOMS = [Path(bl.__file__).with_name(room) for room in ("biology", "simulation")]
EQUATIONS = {
    str(path.relative_to(path.parents[2])): words
    for room in ROOMS
    for path in room.rglob("*.py")
    if ".. math::" in (words := ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "")
}
AUTHORS = r"[A-Z][\w-]+( et al\.| and \w+| & \w+)?"
SOURCE = re.compile(rf"{AUTHORS},?\s\(?(19|20)\d\d\)?|bonelab's own|assumed")
# What is given back where it is not a number, a text or an object of one subject.
ARRAYS = ("Competition", "Crosslinking", "Response", "Steady", "VesicleSizes", "DataFrame")
WORDS = {"%": "percent", "percent": "%", "day": "days"}  # a unit as a docstring says it


@pytest.mark.parametrize("path", EQUATIONS)
def test_equations_name_their_source(path):
    assert len(EQUATIONS) > 15
    assert SOURCE.search(EQUATIONS[path])


def given_back(path):
    """What the docstring says of the result, in one line."""
    text = inspect.getdoc(SHOWN[path]).partition("Returns\n-------\n")[2].partition("\n\n")[0]
    return " ".join(text.split())


def named(kind):
    """The functions that give something of a kind."""
    given = {
        path: inspect.signature(inspect.unwrap(f)).return_annotation for path, f in SHOWN.items()
    }
    given = {path: g if isinstance(g, str) else g.__name__ for path, g in given.items() if g}
    return [path for path, gives in given.items() if gives.rpartition(".")[2] == kind]


@pytest.mark.parametrize("path", [path for kind in ARRAYS for path in named(kind)])
def test_shapes_of_arrays_are_told(path):
    assert re.search(r"shape|one value per|one row|one column", given_back(path))


@pytest.mark.parametrize("path", named("Run"))
def test_series_and_units_of_a_run_are_told(path):
    words = given_back(path)
    run = SHOWN[path]()
    assert f"in {run.time_unit}s" in words
    if run.kind != "tissue":  # whose series are those that labs and pictures name
        flat = words.casefold()
        assert [n for n in run.names if n.casefold().split()[-1] not in flat] == []
        units = {unit for unit in run.units.values() if unit != "1"}
        assert [u for u in units if u not in words and WORDS.get(u, u) not in words] == []


# ---- annotations ---------------------------------------------------------------------------------


def nouns():
    """The classes of what the library gives, by name."""
    from bonelab.biology.binding import Competition
    from bonelab.biology.crosslinking import Crosslinking
    from bonelab.biology.published_trials import Trial as PublishedTrial
    from bonelab.biology.regulation import Regulator, Regulators
    from bonelab.biology.subjects import Subject
    from bonelab.biology.treatment import Treatment
    from bonelab.course.asking.checks import Check, Prediction
    from bonelab.course.asking.reveal import Reveal
    from bonelab.figures.drawing import Drawing
    from bonelab.simulation.beyond_bone import VesicleSizes
    from bonelab.simulation.cohort import Cohort
    from bonelab.simulation.cohort_result import CohortRun
    from bonelab.simulation.compare import Comparison
    from bonelab.simulation.ensemble import Bands
    from bonelab.simulation.mystery import MysteryPatient, Score
    from bonelab.simulation.reverse import Response
    from bonelab.simulation.trial import Trial

    kinds = [
        *(Bands, Check, Cohort, CohortRun, Comparison, Competition, Crosslinking, Drawing),
        *(MysteryPatient, Prediction, PublishedTrial, Regulator, Regulators, Response, Reveal),
        *(bl.Run, Score, Subject, Treatment, Trial, VesicleSizes),
    ]
    return {f"{kind.__module__}.{kind.__qualname__}": kind for kind in kinds}


def methods():
    """Everything that can be called or read on what the library gives: ``{name: function}``."""
    for path, kind in nouns().items():
        for name, member in vars(kind).items():
            bare = getattr(member, "fget", None) or getattr(member, "func", None)
            bare = bare or getattr(member, "__func__", member)
            if not name.startswith("_") and inspect.isfunction(bare):
                yield f"{path}.{name}", inspect.unwrap(bare)


CALLED = {path: inspect.unwrap(f) for path, f in FUNCTIONS.items() if "bl.labs." not in path}
CALLED |= dict(methods())
ANNOTATED = {path: f for path, f in CALLED.items() if not path.startswith(FOR_AUTHORS)}


def test_what_is_public_says_what_it_takes_and_gives():
    """Editors show it, and mypy (a test of its own) holds the inside against it."""
    assert len(ANNOTATED) > 170
    bare = [
        f"{path}: {name}"
        for path, function in ANNOTATED.items()
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.annotation is parameter.empty and name not in ("self", "cls")
    ]
    bare += [
        f"{path}: what it returns"
        for path, function in ANNOTATED.items()
        if inspect.signature(function).return_annotation is inspect.Signature.empty
    ]
    assert bare == []


def test_editors_see_the_names_that_are_loaded_late():
    """The imports for type checkers in ``bonelab/__init__.py`` are those of its table."""
    tree = ast.parse(inspect.getsource(bl))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    shown = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in block.body
        for alias in node.names
    }
    late = {}
    for name, place in bl._EXPORTS.items():
        module, _, attribute = place.partition(":")
        late[name] = (module, attribute) if attribute else tuple(module.rsplit(".", 1))
    assert shown == late


@pytest.mark.parametrize("path", nouns())
def test_a_noun_and_what_it_can_do_are_explained(path):
    kind = nouns()[path]
    assert inspect.getdoc(kind)
    silent = [name for name, f in methods() if name.startswith(f"{path}.") and not f.__doc__]
    assert silent == []


# ---- spelling ------------------------------------------------------------------------------------

RARE = {"transgene", "partitions", "behaviour", "holder", "dosed", "lysed", "faded"}  # right


def words_of(text):
    """The words of a text; a capital at the beginning does not matter, others do."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return {word.lower() if word[1:].islower() else word for word in words}


@pytest.fixture(scope="module")
def known():
    """Words that stand in two files or more: what is misspelled stands in one."""
    root = Path(bl.__file__).parents[1]
    texts = [*(root / "docs").rglob("*.md"), *(root / "lessons").glob("*.ipynb")]
    texts += [p for kind in ("*.py", "*.toml") for p in (root / "bonelab").rglob(kind)]
    times = Counter(word for path in texts for word in words_of(path.read_text("utf-8")))
    return RARE | {word for word, files in times.items() if files > 1}


DOORS = SHOWN | {
    f"{path}.{name}": member
    for path, kind in nouns().items()
    for name, member in vars(kind).items()
}


@pytest.mark.parametrize("path", [p for p, f in DOORS.items() if getattr(f, "arguments", ())])
def test_arguments_are_explained_in_words_of_the_course(path, known):
    said = " ".join(" ".join(kind.explained) for kind in DOORS[path].arguments.values())
    assert words_of(said) - known == set()
