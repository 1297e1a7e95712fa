"""Plain data: all that may pass from a learner's code to a check.

Numbers, text, lists, arrays, tables, described figures and the numbers of a Run are written as
JSON and read back as fresh, ordinary objects. Whatever else an answer may be, only its type's name
crosses. The same two functions serve the check in a notebook and the grader, so that an answer
looks the same to both.
"""

import base64
import dis
import math
import numbers
import sys
from dataclasses import dataclass, fields, is_dataclass
from types import SimpleNamespace

MOST_ITEMS = 200_000  # in one answer
MOST_BYTES = 16_000_000  # in one array
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


def encode(value):
    """``value`` as JSON-ready data; never raises for an odd value, only describes it."""
    try:
        return _encode(value, _Budget())
    except RecursionError:
        return {"@opaque": "something nested too deeply"}
    except Exception as error:
        return {"@opaque": f"{type(value).__name__} ({type(error).__name__} when looked at)"}


class _Budget:
    def __init__(self):
        self.left = MOST_ITEMS

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
        return _array(numpy, value, budget)
    if pandas and isinstance(value, pandas.DataFrame):
        return {"@dict": [[str(c), _array(numpy, value[c].to_numpy(), budget)] for c in value]}
    if pandas and isinstance(value, (pandas.Series, pandas.Index)):
        return _array(numpy, value.to_numpy(), budget)
    if isinstance(value, numbers.Complex):  # Fraction is one, Decimal below is not
        return _real(float(value)) if isinstance(value, numbers.Real) else _complex(value)
    if kind_of(value) == "decimal.Decimal":
        return _real(float(value))
    if kind_of(value).startswith("bonelab.") and type(value).__name__ == "Run":
        return {"@run": _encode(_run(value), budget)}
    figure = _figure(value)
    if figure is not None:
        return {"@figure": _encode(figure, budget)}
    if is_dataclass(value) and not isinstance(value, type):
        content = {f.name: getattr(value, f.name) for f in fields(value)}
        return {"@record": [type(value).__name__, _encode(content, budget)]}
    if callable(value):
        return {"@function": is_stub(value)}
    return {"@opaque": type(value).__name__}


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


def _run(run):
    names = ("kind", "time_unit", "subject", "treatment", "status")
    content = {name: str(getattr(run, name)) for name in names}
    content |= {name: dict(getattr(run, name)) for name in ("series", "units", "facts")}
    return content | {"time": run.time}


def _figure(value):
    """What a figure (or one panel of it) shows, in words and numbers; None for anything else."""
    if "matplotlib.figure" not in sys.modules:
        return None
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if kind_of(value) == "bonelab.figures.drawings.Drawing":
        value = value.figure
    if isinstance(value, Axes):
        return [_panel(value)]
    if isinstance(value, FigureBase):
        return [_panel(axes) for axes in value.axes]
    return None


def _panel(axes):
    legend = axes.get_legend()
    return {
        "title": axes.get_title(),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "xlim": list(axes.get_xlim()),
        "ylim": list(axes.get_ylim()),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [
            {"label": str(line.get_label()), "x": line.get_xdata(), "y": line.get_ydata()}
            for line in axes.get_lines()
        ],
        "points": [{"xy": dots.get_offsets().data} for dots in axes.collections[:20]],
        "bars": [
            float(patch.get_height()) for patch in axes.patches if hasattr(patch, "get_height")
        ],
    }


# ---- and back -------------------------------------------------------------------------------


def decode(data):
    """The value that ``encode`` described; raises Unreadable for anything else."""
    try:
        return _decode(data)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"{type(error).__name__} while reading an answer") from None


def _decode(data):
    if isinstance(data, (str, list)) and len(data) > MOST_ITEMS:
        raise Unreadable("too long")
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if isinstance(data, list):
        return [_decode(item) for item in data]
    if not isinstance(data, dict) or len(data) != 1:
        raise Unreadable("not plain data")
    [(tag, content)] = data.items()
    reader = _READERS.get(tag)
    if reader is None:
        raise Unreadable("not plain data")
    return reader(content)


def _read_array(content):
    import numpy

    dtype, shape, text = content
    if dtype not in ("|b1", "<i8", "<f8", "<c16") or len(text) > 2 * MOST_BYTES:
        raise Unreadable("not an array")
    return numpy.frombuffer(base64.b64decode(text), dtype=dtype).reshape(shape).copy()


def _read_float(content):
    if content not in ("nan", "inf", "-inf"):
        raise Unreadable("not a number")
    return float(content)


def _read_dict(content):
    return {_key(_decode(key)): _decode(value) for key, value in content}


def _key(key):
    return tuple(map(_key, key)) if isinstance(key, list) else key


def _read_run(content):
    from bonelab.simulation import Run

    return Run(**_read_dict(content["@dict"]))


def _read_figure(content):
    panels = [SimpleNamespace(**panel) for panel in _decode(content)]
    for panel in panels:
        panel.lines = [SimpleNamespace(**line) for line in panel.lines]
        panel.points = [SimpleNamespace(**dots) for dots in panel.points]
    return SimpleNamespace(axes=panels)


def _read_record(content):
    name, values = content
    return SimpleNamespace(**{**_decode(values), "record": str(name)})


_READERS = {
    "@ellipsis": lambda content: ...,
    "@float": _read_float,
    "@complex": lambda content: complex(*map(_decode, content)),
    "@dict": _read_dict,
    "@array": _read_array,
    "@run": _read_run,
    "@figure": _read_figure,
    "@record": _read_record,
    "@function": lambda content: Function(stub=bool(content)),
    "@opaque": lambda content: Opaque(" ".join(str(content).split())[:80]),
}
