"""What may be given to each function, in words: its range, what it means, and what is left out.

The words, ranges and defaults that ``help()`` shows were read and found good and are kept in
``arguments.json``. After a change that is meant, read them and write them anew::

    PYTHONPATH=.:tests python -c "import test_arguments as t; t.write()"
"""

import inspect
import json
from pathlib import Path

import pytest
from test_api_reference import DOORS, FUNCTIONS

KEPT = Path(__file__).with_name("arguments.json")
DRAWN = {path: f for path, f in FUNCTIONS.items() if path.startswith("bl.draw.")}
WITH_ARGUMENTS = {path: f for path, f in (DOORS | DRAWN).items() if getattr(f, "arguments", ())}


def told(function):
    """{argument: [what may be given, what it means and from where to where, other spellings]}."""
    given = inspect.signature(function).parameters
    return {
        name: [
            kind.expects,
            " ".join(kind.explained),
            _default(given.get(name)),
            *(f"{other} = {meant}" for other, meant in _also(kind).items()),
        ]
        for name, kind in function.arguments.items()
    }


def _default(parameter):
    left_out = inspect.Parameter.empty if parameter is None else parameter.default
    return "" if left_out in (inspect.Parameter.empty, None) else f"default {left_out!r}"


def _also(kind):
    also = getattr(kind, "also", {})
    return also if isinstance(also, dict) else {}


def write():
    """Keep what ``help()`` says now."""
    kept = {path: told(function) for path, function in sorted(WITH_ARGUMENTS.items())}
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.mark.parametrize("path", WITH_ARGUMENTS)
def test_arguments_mean_what_they_meant(path):
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert path in kept, "new: read its help(), then write arguments.json anew (head of this file)"
    assert told(WITH_ARGUMENTS[path]) == kept[path]


def test_what_is_kept_belongs_to_a_function():
    assert set(json.loads(KEPT.read_text(encoding="utf-8"))) == set(WITH_ARGUMENTS)
