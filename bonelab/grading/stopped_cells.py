"""What a cell that stopped with an error, or is half filled, did not make: a check never judges the
value from before.

A name counts as not made when its statement did not come to its end in the cell that was run last
for it. What the statements above the error made is as good as ever.
"""

import ast
import re

from bonelab.grading import blanks
from bonelab.grading.answer_exchange import MISSING, describe_error
from bonelab.grading.names_in_code import bound_in, names_bound

_BINDING = re.compile(r"^\s*(?:(?:async\s+)?def\s+|class\s+)?(\w+)\s*(?:[:(]|=(?!=)|[-+*/]=)", re.M)


class StoppedCells:
    """Remembers, for one notebook, which names still hold a value from before an error."""

    def __init__(self):
        self._old = {}  # name -> (the value it still holds, the error)
        self._blank = {}  # name -> (the value it still holds, the words about the blank)

    def ran(self, source, namespace, error=None):
        """A cell was run, and stopped with ``error`` or came to its end."""
        source, left = blanks.take_out(source)
        for name in names_bound(source):
            self._blank.pop(name, None)
        if isinstance(error, SyntaxError) and not left:  # filled, though not yet with Python
            for name in re.findall(r"\w+", source):
                self._blank.pop(name, None)
        for one in left:
            for name in one.names:
                self._blank[name] = namespace.get(name, MISSING), one.words
        if error is None:
            for name in names_bound(source):
                self._old.pop(name, None)
            return
        message = describe_error(error, namespace)
        done, left = _parted(source, _line(error, namespace))
        for name in done - left:
            self._old.pop(name, None)
        for name in left | (_words(source, error) - namespace.keys()):
            self._old[name] = namespace.get(name, MISSING), message

    def blank(self, name, namespace):
        """The words about the blank that kept ``name`` from being made, or ""."""
        value, words = self._blank.get(name, (MISSING, ""))
        return words if namespace.get(name, MISSING) is value else ""

    def error(self, name, namespace):
        """The error that kept ``name`` from being made, or None where it was made."""
        value, message = self._old.get(name, (None, None))
        return message if message and namespace.get(name, MISSING) is value else None


def _line(error, namespace):
    """The line of the cell itself, outside its functions, at which it stopped (0: none ran)."""
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals is namespace and frame.f_code.co_name == "<module>":
            return trace.tb_lineno
        trace = trace.tb_next
    return 0


def _words(source, error):
    """All names in a cell that is no Python: which of them it would have made nobody can say."""
    return set(re.findall(r"[^\W\d]\w*", source)) if isinstance(error, SyntaxError) else set()


def _parted(source, line):
    """Names bound above ``line``, and those bound by its statement and the ones below, or changed
    there: a list that a loop was to fill is not made when the loop stops."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(), set(_BINDING.findall(source))
    above = [statement for statement in body if statement.end_lineno < line]
    below = body[len(above) :]
    begun = {name for statement in below for name in blanks.changed(statement)}
    return bound_in(above), bound_in(below) | (begun & bound_in(above))
