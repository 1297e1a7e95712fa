"""Read plain data, as ``plain_data`` writes them, from a process that nobody trusts."""

import base64
import math
from types import SimpleNamespace

from bonelab.grading.plain_data import MOST_BYTES, MOST_ITEMS, Function, Opaque, Unreadable

SLACK = 1e-6
PANEL = {"title", "xlabel", "ylabel", "xscale", "yscale", "xlim", "ylim", "legend", "lines", "bars"}


def decode(data, kinds=()):
    """The value that ``encode`` described; raises Unreadable for anything else."""
    by_tag = {f"@{kind.tag}": kind for kind in kinds}
    try:
        return _decode(data, by_tag)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"{type(error).__name__} while reading an answer") from None


def alike(one, other):
    """Do two descriptions tell the same value? Two processes that compute the same may differ in
    the last digits, so numbers may differ by a millionth."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=SLACK)
    if isinstance(one, dict) and isinstance(other, dict):
        if "@array" in one and "@array" in other:
            return _alike_arrays(one["@array"], other["@array"])
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and one == other


def _alike_arrays(one, other):
    import numpy

    if one == other:
        return True
    if one[:2] != other[:2]:
        return False
    mine, theirs = _read_array(one, {}), _read_array(other, {})
    size = numpy.nanmax(numpy.abs(mine), initial=0, where=numpy.isfinite(mine))
    return numpy.allclose(mine, theirs, rtol=SLACK, atol=SLACK * size, equal_nan=True)


def _decode(data, kinds):
    if isinstance(data, (str, list)) and len(data) > MOST_ITEMS:
        raise Unreadable("too long")
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if isinstance(data, list):
        return [_decode(item, kinds) for item in data]
    if not isinstance(data, dict) or len(data) != 1:
        raise Unreadable("not plain data")
    [(tag, content)] = data.items()
    if tag in kinds:
        return kinds[tag].rebuild(_read_dict(content["@dict"], kinds))
    reader = _READERS.get(tag)
    if reader is None:
        raise Unreadable("not plain data")
    return reader(content, kinds)


def _read_array(content, kinds):
    import numpy

    dtype, shape, text = content
    if dtype not in ("|b1", "<i8", "<f8", "<c16") or len(text) > 2 * MOST_BYTES:
        raise Unreadable("not an array")
    return numpy.frombuffer(base64.b64decode(text), dtype=dtype).reshape(shape).copy()


def _read_float(content, kinds):
    if content not in ("nan", "inf", "-inf"):
        raise Unreadable("not a number")
    return float(content)


def _read_dict(content, kinds):
    return {_key(_decode(key, kinds)): _decode(value, kinds) for key, value in content}


def _key(key):
    return tuple(map(_key, key)) if isinstance(key, list) else key


def _read_figure(content, kinds):
    described = _decode(content, kinds)
    if any(panel.keys() != PANEL for panel in described):
        raise Unreadable("not a figure")  # half of one could pass the checks that look at that half
    panels = [SimpleNamespace(**panel) for panel in described]
    for panel in panels:
        panel.lines = [SimpleNamespace(**line) for line in panel.lines]
    return SimpleNamespace(axes=panels)


def _read_record(content, kinds):
    name, values = content
    return SimpleNamespace(**{**_decode(values, kinds), "record": str(name)})


_READERS = {
    "@ellipsis": lambda content, kinds: ...,
    "@float": _read_float,
    "@complex": lambda content, kinds: complex(*(_decode(part, kinds) for part in content)),
    "@dict": _read_dict,
    "@array": _read_array,
    "@figure": _read_figure,
    "@record": _read_record,
    "@function": lambda content, kinds: Function(stub=bool(content)),
    "@opaque": lambda content, kinds: Opaque(" ".join(str(content).split())[:80]),
}
