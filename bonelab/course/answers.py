"""The learner's answers, as a check sees them: always across a table, as plain data.

``serve`` sits on the learner's side and replies to requests about the names there. ``Answers`` sits
on the other side and asks. In a notebook both are in one process; while grading there is a wall
and a pipe between them. Either way a check handles fresh copies, never the learner's own objects.
"""

import contextlib
import io
import linecache
import warnings

from bonelab.course.plain import Function, decode, encode

MISSING = type("Missing", (), {"__repr__": lambda self: "missing"})()


class LearnerError(Exception):
    """The learner's own code raised; the message says where."""


class Expression(str):
    """Library code such as ``bl.woman(age=65)`` that stands for an argument."""


# ---- the learner's side ---------------------------------------------------------------------


def serve(namespace, request):
    """Reply to one request, ``{"get": name}`` or ``{"call": name, "args": .., "kwargs": ..}``."""
    if "get" in request:
        name = request["get"]
        return {"value": encode(namespace[name])} if name in namespace else {"missing": True}
    try:
        args = [_argument(a) for a in request["args"]]
        kwargs = {name: _argument(a) for name, a in request["kwargs"].items()}
        with quiet():
            return {"value": encode(namespace[request["call"]](*args, **kwargs))}
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return {"error": describe_error(error, namespace)}


def _argument(data):
    if isinstance(data, dict) and "@expression" in data:
        import numpy

        import bonelab

        return eval(data["@expression"], {"bl": bonelab, "np": numpy})
    return decode(data)


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
        text += f" (line {str(error.get('line'))[:9]}: {code[:200]})"
    return text


# ---- the check's side -----------------------------------------------------------------------


class Answers:
    """The learner's names, read through ``ask(request) -> reply``."""

    def __init__(self, ask):
        self._ask = ask

    def get(self, name):
        """A fresh plain value, a Call for a function, or MISSING."""
        reply = self._ask({"get": name})
        if reply.get("missing"):
            return MISSING
        value = decode(reply.get("value"))
        return Call(self._ask, name, value.stub) if isinstance(value, Function) else value


class Call:
    """Stands in for a learner's function: calls across, and brings back plain data."""

    def __init__(self, ask, name, stub=False):
        self._ask, self.name, self.stub = ask, name, stub

    def __call__(self, *args, **kwargs):
        reply = self._ask(
            {
                "call": self.name,
                "args": [_outgoing(a) for a in args],
                "kwargs": {name: _outgoing(a) for name, a in kwargs.items()},
            }
        )
        if "error" in reply:
            raise LearnerError(error_text(dict(reply["error"])))
        return decode(reply.get("value"))

    def __repr__(self):
        return f"the function {self.name}"


def _outgoing(value):
    return {"@expression": str(value)} if isinstance(value, Expression) else encode(value)


def answers_in(namespace):
    """The answers in a namespace of this very process."""
    return Answers(lambda request: serve(namespace, request))
