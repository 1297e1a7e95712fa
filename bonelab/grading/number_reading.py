"""Read a number, or several, out of whatever an answer is; or say in words what is there instead.

The reading of a text such as "3 ng/ml" is the subject's, see subject.TaughtSubject.quantity.
"""

import math
from dataclasses import dataclass

from bonelab.grading.answer_exchange import Call
from bonelab.grading.plain_data import Opaque
from bonelab.grading.usual_slips import in_decimals

SHARE = ("share", "0 to 1")  # units that mean a number between 0 and 1
LISTED = 4  # names of a dictionary that a message tells


@dataclass(frozen=True)
class Asked:
    """What a part asks for: the unit, and the reader of texts that the subject hands in."""

    unit: str = ""
    molecule: str = ""
    quantity: object = None

    def read(self, text):
        """The number in a text; raises ValueError (with the reason, in words) if there is none."""
        if self.quantity:
            return self.quantity(text, self.unit, self.molecule)
        return float(text)


def number(value, asked):
    """A float, or the words for what is there instead."""
    if value is None:
        return "gives nothing back; does it end in return?"
    for _ in range(3):  # one number in a list is a number
        value = value[0] if isinstance(value, list) and len(value) == 1 else value
    if getattr(value, "size", 0) == 1 and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, complex) and value.imag == 0:
        value = value.real
    if isinstance(value, str):
        return _number_in_text(value, asked)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else f"is {value}, which is not a number."
    if isinstance(value, Call):
        return "is a function; call it with its arguments, so that a number is left."
    return f"is {what(value)}; one number is asked for.{in_decimals(value)}"


def _number_in_text(text, asked):
    wanted = "a bare number is asked for" + (f", in {asked.unit}" if asked.unit else "")
    try:
        read = float(asked.read(text))
    except Exception as reason:
        trouble = str(reason).strip().rstrip(".")
        because = f" ({trouble})" if trouble and asked.quantity else ""
        return f"is text, {show(text)}; {wanted}{because}."
    return read if math.isfinite(read) else f"is text, {show(text)}; {wanted}."


def numbers(value, asked, most=200_000):
    """A flat or rectangular array of floats, or the words for what is there instead."""
    import numpy as np

    if isinstance(value, dict) and len(value) == 1:  # a table of one column
        [value] = value.values()
    if not isinstance(value, (list, np.ndarray)):
        return f"is {what(value)}; a list of numbers is asked for."
    read = np.asarray(_flat(value, asked, [most]), object)
    if words := next((one for one in read.ravel().tolist() if isinstance(one, str)), None):
        return f"holds something else than numbers: one entry {words}"
    try:
        read = read.astype(float)
    except (TypeError, ValueError):  # its rows are not of one length
        return f"is {what(value)}; a list of numbers is asked for."
    return read.ravel() if max(read.shape, default=0) == read.size else read


def _flat(value, asked, left):
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("too many numbers")
    if isinstance(value, dict):
        pairs = [f"{show(key)}: {show(part)}" for key, part in list(value.items())[:LISTED]]
        return "{" + ", ".join([*pairs, *["..."] * (len(value) > LISTED)]) + "}"
    if isinstance(value, list) or getattr(value, "ndim", 0):
        if getattr(value, "dtype", None) is not None and value.dtype.kind in "iuf":
            return (
                value.astype(float).tolist()
                if _finite(value)
                else [_flat(v, asked, left) for v in value.tolist()]
            )
        return [_flat(item, asked, left) for item in value]
    return number(value, asked)


def _finite(array):
    import numpy as np

    return bool(np.isfinite(array).all())


def what(value):
    """What an answer is, for a message: "a list of 3 numbers", "a figure"."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return f"text, {show(value)}" if value else "an empty text"
    if isinstance(value, (int, float)):
        return f"the number {show(value)}"
    if isinstance(value, complex):
        return "a complex number"
    if isinstance(value, Call):
        return "a function"
    if isinstance(value, Opaque):
        return with_article(value.type_name)
    if isinstance(value, dict):
        names = ", ".join(map(show, list(value)[:LISTED]))
        return f"a table or dictionary with {names}" if value else "an empty dictionary"
    if isinstance(value, list):
        return _what_list(value)
    if hasattr(value, "ndim"):
        return _what_array(value)
    if hasattr(value, "axes"):
        return "a figure" if value.axes else "an empty figure"
    if hasattr(value, "record"):
        return with_article(value.record)
    return with_article(type(value).__name__)


def _what_list(items):
    if not items:
        return "an empty list"
    kinds = {_one_of(item) for item in items}
    many = kinds.pop() if len(kinds) == 1 else "different things"
    return f"a list of {len(items)} {many if len(items) > 1 else many.removesuffix('s')}"


def _one_of(item):
    if isinstance(item, str):
        return "texts"
    if isinstance(item, (int, float)) and not isinstance(item, bool):
        return "numbers"
    return "lists" if isinstance(item, list) or getattr(item, "ndim", 0) else "other things"


def _what_array(array):
    if array.ndim <= 1:
        kind = "number" if array.dtype.kind in "iufc" else "True or False"
        return f"a list of {counted(array.size, kind)}" if array.size else "an empty list"
    if array.ndim == 2:
        rows, columns = array.shape
        return f"a table of {counted(rows, 'row')} and {counted(columns, 'column')}"
    return f"a block of {array.size} numbers in {array.ndim} directions"


def counted(number, noun):
    return f"{number} {noun}" if number == 1 or " " in noun else f"{number} {noun}s"


def with_article(noun):
    if noun.startswith(("a ", "an ", "something", "bytes")):
        return noun
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def with_unit(value, unit):
    """A number as a message tells it: "3 nM", "12%", "0.4"."""
    if unit in SHARE:
        return show(value)
    return f"{show(value)}{'' if unit.startswith('%') else ' '}{unit}".strip()


def show(value):
    """A value as a message tells it, in short."""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        pairs = [f"{show(key)}: {show(item)}" for key, item in list(value.items())[:LISTED]]
        return "{" + ", ".join([*pairs, *["..."] * (len(value) > LISTED)]) + "}"
    if isinstance(value, list) or getattr(value, "ndim", 0):
        items = list(value[:4]) if len(value) else []
        more = ", ..." if len(value) > 4 else ""
        return f"[{', '.join(map(show, items))}{more}]"
    if isinstance(value, (str, int, complex)) or value is None:
        text = repr(value)
        return text if len(text) <= 60 else text[:57] + "..."
    return what(value)
