"""The learner's answers, as a check sees them: always across a table, as plain data.

``serve`` sits on the learner's side and replies to requests about the names there. ``Answers`` sits
on the other side and asks. In a notebook both are in one process; while grading there is a wall
and a pipe between them. Either way a check handles fresh copies, never the learner's own objects.
"""

import contextlib
import io
import linecache
import warnings

from bonelab.grading import usual_slips
from bonelab.grading.plain_data import Function, encode
from bonelab.grading.plain_reading import decode
from bonelab.grading.subject import NOTHING

OWN_NUMBER = "my_number"  # what learners call the number that deals them theirs, in every set
MISSING = type("Missing", (), {"__repr__": lambda self: "missing"})()


class Blank(str):
    """Stands in for an answer whose cell still has a blank: the words about it."""


class LearnerError(Exception):
    """The learner's own code raised; the message says where."""


class CellStopped(LearnerError):
    """The cell that should have made an answer stopped; the message says with what, and where."""


class Expression(str):
    """Code of the subject's library, such as ``np.sqrt(2)``, that stands for an argument."""


# ---- the learner's side ---------------------------------------------------------------------


def serve(namespace, request, subject=NOTHING, stopped=None):
    """Reply to one request, ``{"get": name}`` or ``{"call": name, "args": .., "kwargs": ..}``."""
    kinds = subject.kinds
    name = request.get("get", request.get("call"))
    if stopped is not None and (words := stopped.blank(name, namespace)):
        return {"blank": words}
    if stopped is not None and (error := stopped.error(name, namespace)):
        return {"error": error}
    if stopped is not None and (words := usual_slips.in_capitals(name, namespace)):
        return {"blank": words}
    if "get" in request:
        return {"value": encode(namespace[name], kinds)} if name in namespace else {"missing": True}
    try:
        args = [_argument(a, subject) for a in request["args"]]
        kwargs = {name: _argument(a, subject) for name, a in request["kwargs"].items()}
        with quiet():
            return {"value": encode(namespace[request["call"]](*args, **kwargs), kinds)}
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return {"error": describe_error(error, namespace)}


def _argument(data, subject):
    if isinstance(data, dict) and "@expression" in data:
        return eval(data["@expression"], subject.library())
    return decode(data, subject.kinds)


@contextlib.contextmanager
def quiet():
    """No printing, no warnings: a check shows its own words only."""
    nowhere = io.StringIO()
    with (
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def describe_error(error, namespace):
    """Type, message and the last of the learner's own lines that an error passed through."""
    line, code = 0, ""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals is namespace:
            line = trace.tb_lineno
            code = linecache.getline(trace.tb_frame.f_code.co_filename, line).strip()
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and not code:
        line, code = error.lineno or 0, (error.text or "").strip()
    try:
        message = str(error)
    except Exception:
        message = ""
    name = type(error).__name__
    return {"type": name, "message": message[:1000], "line": line, "code": code[:1000]}


def error_text(error):
    """An error from ``describe_error`` in one line of moderate length, whatever it holds."""
    kind, message, code = (
        " ".join(str(error.get(k, "")).split()) for k in ("type", "message", "code")
    )
    text = kind[:60] or "an error"
    if message:
        text += f": {message[:300]}"
    if code:
        slip = usual_slips.in_line(kind, code, message)
        shown = f"{code[:200]}; {slip}" if slip else code[:200]
        text += f" (line {str(error.get('line'))[:9]}: {shown})"
    return text


# ---- the check's side -----------------------------------------------------------------------


class Answers:
    """The learner's names, read through ``ask(request) -> reply``."""

    def __init__(self, ask, kinds=()):
        self._ask, self._kinds = ask, kinds

    def get(self, name):
        """A fresh plain value, a Call for a function, a Blank, or MISSING."""
        reply = self._ask({"get": name})
        if "blank" in reply:
            return Blank(" ".join(str(reply["blank"]).split())[:600])
        if reply.get("missing"):
            return MISSING
        if "error" in reply:
            raise CellStopped(error_text(dict(reply["error"])))
        value = decode(reply.get("value"), self._kinds)
        return self._call(name, value.stub) if isinstance(value, Function) else value

    def _call(self, name, stub):
        return Call(self._ask, name, stub, self._kinds)


class Call:
    """Stands in for a learner's function: calls across, and brings back plain data."""

    def __init__(self, ask, name, stub=False, kinds=()):
        self._ask, self.name, self.stub, self._kinds = ask, name, stub, kinds

    def __call__(self, *args, **kwargs):
        reply = self._ask(
            {
                "call": self.name,
                "args": [self._outgoing(a) for a in args],
                "kwargs": {name: self._outgoing(a) for name, a in kwargs.items()},
            }
        )
        if "error" in reply:
            raise LearnerError(error_text(dict(reply["error"])))
        return decode(reply.get("value"), self._kinds)

    def _outgoing(self, value):
        if isinstance(value, Expression):
            return {"@expression": str(value)}
        return encode(value, self._kinds)

    def __repr__(self):
        return f"the function {self.name}"


def answers_in(namespace, subject=NOTHING, stopped=None):
    """The answers in a namespace of this very process, where some cells may have stopped."""
    return Answers(lambda request: serve(namespace, request, subject, stopped), subject.kinds)
