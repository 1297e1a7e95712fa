"""Plain data: all that may pass from a learner's code to a check.

Numbers, text, lists, arrays, tables, described figures and what a subject hands in are written as
JSON here, and read back by ``plain_reading`` as fresh, ordinary objects. Whatever else an answer
may be, only its type's name crosses. The same two functions serve the check in a notebook and the
grader, so that an answer looks the same to both.
"""

import base64
import dis
import math
import numbers
import sys
from array import array
from collections import UserList, deque
from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass, fields, is_dataclass
from itertools import islice
from types import SimpleNamespace

from bonelab.grading.figure_description import describe_figure, holds_several

MOST_ITEMS = 200_000  # in one answer
MOST_BYTES = 16_000_000  # in one array
MOST_DRAINED, MOST_KEPT = 10_000, 20  # items of an iterator, iterators that are remembered
SEVERAL = (range, deque, array, memoryview, UserList, KeysView, ValuesView, ItemsView)
DOES_NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}


@dataclass(frozen=True)
class Function:
    """The learner's answer is something to call; ``stub`` if its body is still ``...``."""

    stub: bool = False


@dataclass(frozen=True)
class Opaque:
    """An answer of a kind that no check can look into."""

    type_name: str


class Unreadable(ValueError):
    """Not plain data as ``encode`` writes it."""


def encode(value, kinds=()):
    """``value`` as JSON-ready data; never raises for an odd value, only describes it. ``kinds``
    are the subject's own (see subject.AnswerKind)."""
    try:
        return _encode(value, _Budget(kinds))
    except RecursionError:
        return {"@opaque": "something nested too deeply"}
    except OverflowError:
        return {"@opaque": "something very long"}
    except Exception:
        return {"@opaque": f"{type(value).__name__} that cannot be looked at"}


class _Budget:
    def __init__(self, kinds):
        self.left, self.kinds = MOST_ITEMS, kinds

    def spend(self):
        self.left -= 1
        if self.left < 0:
            raise OverflowError("too many items")


def _encode(value, budget):
    budget.spend()
    kind = type(value)
    if value is None or kind is bool:
        return value
    if value is ...:
        return {"@ellipsis": 0}
    if isinstance(value, str):
        return str.__str__(value)[:MOST_ITEMS]
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value) if int(value).bit_length() < 1000 else {"@opaque": "a huge whole number"}
    if isinstance(value, float):
        return _real(float(value))
    if isinstance(value, (dict, list, tuple)) and (drawn := _drawn(value)):
        return {"@figure": _encode(drawn, budget)}
    if isinstance(value, dict):
        pairs = [[_encode(k, budget), _encode(v, budget)] for k, v in value.items()]
        return {"@dict": pairs}
    if isinstance(value, (list, tuple)):
        return [_encode(item, budget) for item in value]
    if isinstance(value, (set, frozenset)):
        return [_encode(item, budget) for item in sorted(value, key=repr)]
    return _encode_library(value, budget)


def _encode_library(value, budget):
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy and isinstance(value, numpy.floating):  # a longdouble's item() is one again
        return _real(float(value))
    if numpy and isinstance(value, numpy.generic):
        return _encode(value.item(), budget)
    if numpy and isinstance(value, numpy.ndarray):
        if isinstance(value, numpy.ma.MaskedArray) and value.dtype.kind in "iuf":
            value = value.astype(float).filled(math.nan)  # a masked value is none
        if value.dtype.kind == "O" and (drawn := _drawn(value)):
            return {"@figure": _encode(drawn, budget)}
        return _array(numpy, value, budget)
    if pandas and isinstance(value, pandas.DataFrame):
        return {"@dict": [[str(c), _array(numpy, value[c].to_numpy(), budget)] for c in value]}
    if pandas and isinstance(value, (pandas.Series, pandas.Index)):
        return _array(numpy, value.to_numpy(), budget)
    if isinstance(value, numbers.Complex):  # Fraction is one, Decimal below is not
        return _real(float(value)) if isinstance(value, numbers.Real) else _complex(value)
    if kind_of(value) == "decimal.Decimal":
        return _real(float(value))
    for kind in budget.kinds:
        if kind.belongs(value):
            return {f"@{kind.tag}": _encode(kind.describe(value), budget)}
    figure = describe_figure(value)
    if figure is not None:
        return {"@figure": _encode(figure, budget)}
    if isinstance(value, SEVERAL):
        return _encode(list(islice(value, MOST_ITEMS + 1)), budget)
    if isinstance(value, Mapping):
        return _encode(dict(value), budget)
    if isinstance(value, Iterator):
        return _encode(_drained(value), budget)
    if isinstance(value, SimpleNamespace):
        return {"@record": ["namespace", _encode(vars(value), budget)]}
    if is_dataclass(value) and not isinstance(value, type):
        content = {f.name: getattr(value, f.name) for f in fields(value)}
        return {"@record": [type(value).__name__, _encode(content, budget)]}
    if callable(value):
        return {"@function": is_stub(value)}
    return {"@opaque": type(value).__name__}


def _drawn(several):
    """What a list or table of lines or axes shows; None for every other."""
    first = next(iter(several.values() if isinstance(several, dict) else several), None)
    if holds_several(first):
        first = next(iter(first), None)
    drawn = "matplotlib" in str(type(first)) or "matplotlib.figure" in str(type(_figure(first)))
    return describe_figure(several) if drawn else None


def _figure(thing):
    try:
        return getattr(thing, "figure", None)
    except Exception:
        return None


_drained_before: list[tuple] = []  # (iterator, what it gave): it gives everything once only


def _drained(iterator):
    for other, items in _drained_before:
        if other is iterator:
            return items
    items = list(islice(iterator, MOST_DRAINED))
    _drained_before.append((iterator, items))
    del _drained_before[:-MOST_KEPT]
    return items


def kind_of(value):
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _real(number):
    return number if math.isfinite(number) else {"@float": repr(number)}


def _complex(value):
    number = complex(value)
    return {"@complex": [_real(number.real), _real(number.imag)]}


def _array(numpy, array, budget):
    if array.dtype.kind not in "biufc":
        return _encode(array.tolist(), budget)
    if array.nbytes > MOST_BYTES:
        return {"@opaque": "a very large array"}
    dtype = {"b": "|b1", "c": "<c16", "f": "<f8"}.get(array.dtype.kind, "<i8")
    content = numpy.ascontiguousarray(array, dtype=dtype)
    return {
        "@array": [dtype, list(array.shape), base64.b64encode(content.tobytes()).decode("ascii")]
    }


def is_stub(function):
    """Is this a function whose body is still ``...`` (docstring and arguments aside)?"""
    code = getattr(function, "__code__", None)
    if code is None or not set(map(type, code.co_consts)) <= {str, type(None), type(...)}:
        return False
    return {step.opname for step in dis.get_instructions(code)} <= DOES_NOTHING
