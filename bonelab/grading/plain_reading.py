"""Read plain data, as ``plain_data`` writes them, from a process that nobody trusts."""

import base64
import math
from types import SimpleNamespace

from bonelab.grading.plain_data import MOST_BYTES, MOST_ITEMS, Function, Opaque, Unreadable

SLACK = 1e-6
PANEL = {"title", "xlabel", "ylabel", "xscale", "yscale", "xlim", "ylim", "legend", "lines", "bars"}


def decode(data, kinds=()):
    """The value that ``encode`` described; raises Unreadable for anything else."""
    own = {f"@{kind.tag}": kind for kind in kinds}
    try:
        return _decode(data, own)
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


def _decode(data, own):
    if isinstance(data, (str, list)) and len(data) > MOST_ITEMS:
        raise Unreadable("too long")
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if isinstance(data, list):
        return [_decode(item, own) for item in data]
    if not isinstance(data, dict) or len(data) != 1:
        raise Unreadable("not plain data")
    [(tag, content)] = data.items()
    if tag in own:
        return own[tag].rebuild(_read_dict(content["@dict"], own))
    reader = _READERS.get(tag)
    if reader is None:
        raise Unreadable("not plain data")
    return reader(content, own)


def _read_array(content, own):
    import numpy

    dtype, shape, text = content
    if dtype not in ("|b1", "<i8", "<f8", "<c16") or len(text) > 2 * MOST_BYTES:
        raise Unreadable("not an array")
    return numpy.frombuffer(base64.b64decode(text), dtype=dtype).reshape(shape).copy()


def _read_float(content, own):
    if content not in ("nan", "inf", "-inf"):
        raise Unreadable("not a number")
    return float(content)


def _read_dict(content, own):
    return {_key(_decode(key, own)): _decode(value, own) for key, value in content}


def _key(key):
    return tuple(map(_key, key)) if isinstance(key, list) else key


def _read_figure(content, own):
    told = _decode(content, own)
    if any(panel.keys() != PANEL for panel in told):
        raise Unreadable("not a figure")  # half of one could pass the checks that look at that half
    panels = [SimpleNamespace(**panel) for panel in told]
    for panel in panels:
        panel.lines = [SimpleNamespace(**line) for line in panel.lines]
    return SimpleNamespace(axes=panels)


def _read_record(content, own):
    name, values = content
    return SimpleNamespace(**{**_decode(values, own), "record": str(name)})


_READERS = {
    "@ellipsis": lambda content, own: ...,
    "@float": _read_float,
    "@complex": lambda content, own: complex(*(_decode(part, own) for part in content)),
    "@dict": _read_dict,
    "@array": _read_array,
    "@figure": _read_figure,
    "@record": _read_record,
    "@function": lambda content, own: Function(stub=bool(content)),
    "@opaque": lambda content, own: Opaque(" ".join(str(content).split())[:80]),
}
