"""The door of an experiment: its arguments are declared once, and everything else follows.

    @door("bl.beyond_bone.fever",
        rankl=Quantity("RANKL", "RANKL injected into the brain at time 0"),
        hours=Quantity("culture", "length of the run", unit="hour"),
    )
    def fever(rankl="1 nM", hours=24): ...

From the declaration follow the checking and conversion of what is given (the function sees plain
numbers in the declared unit), the words of every error, the table in the docstring, and on the
result the arguments and the code that makes it again.
"""

import inspect
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, wraps
from types import MappingProxyType

from .errors import ArgumentError, listed
from .names import closest

_ORDER = ("Parameters", "Returns", "Raises", "Examples")
_HEADING = re.compile(rf"^({'|'.join(_ORDER)})\n-+\n", re.MULTILINE)
_REFUSED = "where one of these cannot be read, or lies outside its range; it says what is right"
_STARS = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
_PASSED_ON = tuple(_STARS)


def door(path="", /, **kinds):
    """Declare the arguments of a public function, or of a method (no ``path``): name -> kind."""

    def declare(function):
        the_door = _Door(function, path, kinds)

        @wraps(function)
        def checked(*args, **kwargs):
            return the_door.enter(args, kwargs)

        checked.path = the_door.name
        checked.arguments = MappingProxyType(kinds)
        checked.__doc__ = the_door.documented()
        return checked

    return declare


class _Door:
    """One function behind its door, with what its signature says of the arguments."""

    def __init__(self, function, path, kinds):
        self.function, self.path, self.kinds = function, path, kinds
        self.name = path or f".{function.__name__}"
        self.signature = inspect.signature(function)
        self.parameters = {n: p for n, p in self.signature.parameters.items() if n != "self"}
        missing = set(self.parameters).symmetric_difference(kinds)
        if missing:
            raise TypeError(f"{function.__qualname__}: arguments and kinds differ: {missing}")
        named = {n: p for n, p in self.parameters.items() if p.kind not in _PASSED_ON}
        self.named_kinds = {n: kinds[n] for n in named}
        self.usual = {n: p.default for n, p in named.items() if p.default is not p.empty}
        self.first = [n for n, p in named.items() if p.kind is p.POSITIONAL_OR_KEYWORD]

    @cached_property
    def defaults(self):
        """What the function sees of arguments that are left out."""
        return {n: _read(self.kinds[n], n, value, self.usual) for n, value in self.usual.items()}

    def enter(self, args, kwargs):
        """Read the arguments, call the function, and label what comes out with its code."""
        given = self._bound(args, kwargs)
        owner = {"self": given.pop("self")} if "self" in given else {}
        places, rest, rest_given = self._passed_on(given)
        values = self.defaults | {
            n: _read(self.kinds[n], n, value, self.usual) for n, value in given.items()
        }
        if places:  # what comes before them goes by place, too
            places = (*(values.pop(n) for n in self.first if n in values), *places)
        result = self.function(*owner.values(), *places, **values, **rest)
        start = self.path or f"{getattr(owner.get('self'), 'code', '')}{self.name}"
        if "code" not in getattr(result, "__dict__", ()) or start[0] == ".":
            return result  # nothing that has a code, or one that its maker gave it
        named = self._worth_writing(given) | rest_given
        return _labelled(result, f"{start}({_spelled(named, self.named_kinds)})", values)

    def _bound(self, args, kwargs):
        """The arguments by name, as they were given."""
        try:
            return self.signature.bind(*args, **kwargs).arguments
        except TypeError as problem:
            words = _wrong_call(self.name, self.parameters, kwargs, problem)
            raise ArgumentError(words) from None

    def _passed_on(self, given):
        """Take ``*places`` and ``**rest`` out of what is given: read, and the latter as given."""
        places, rest, rest_given = (), {}, {}
        for n in tuple(given):
            if self.parameters[n].kind is inspect.Parameter.VAR_POSITIONAL:
                places = self.kinds[n].read(n, given.pop(n))
            elif self.parameters[n].kind is inspect.Parameter.VAR_KEYWORD:
                rest_given = given.pop(n)
                rest = self.kinds[n].read(n, rest_given)
        return places, rest, rest_given

    def _worth_writing(self, given):
        """The arguments that the code of a result shows: what differs from the default, and what
        its kind always shows."""
        return {
            n: given.get(n, self.usual.get(n))
            for n, kind in self.named_kinds.items()
            if (n in given and (n not in self.usual or _differs(given[n], self.usual[n])))
            or (kind.shown and given.get(n, self.usual.get(n)) is not None)
        }

    def documented(self):
        """The docstring with the table of arguments."""
        gives = self.signature.return_annotation
        if not isinstance(gives, str):
            gives = str(gives) if hasattr(gives, "__args__") else getattr(gives, "__name__", "")
        return _documented(self.function.__doc__, self.parameters, self.kinds, gives)


def _read(kind, name, value, usual):
    if value is None and not kind.reads_none and usual.get(name, ...) is None:
        return None  # left out
    return kind.read(name, value)


def _differs(value, default):
    return type(value) is not type(default) or code(value) != code(default)


def _labelled(result, text, values):
    """The result with the code that makes it, and a Run also with its arguments."""
    kept, result = result, object.__new__(type(result))
    result.__dict__.update(kept.__dict__)  # what is kept for the next caller stays as it is
    variable = getattr(result, "variable", "")
    object.__setattr__(result, "code", f"{variable} = {text}" if variable else text)
    if hasattr(result, "arguments"):
        object.__setattr__(result, "arguments", MappingProxyType(values))
    return result


def _spelled(values, kinds):
    """Arguments as written in a call; leading ones that need no name go without it."""
    places = dict(zip(kinds, values, strict=False))
    unnamed = [n for n, m in places.items() if n == m and kinds[n].unnamed]
    return ", ".join(
        code(value) if name in unnamed else f"{name}={code(value)}"
        for name, value in values.items()
    )


def code(value):
    """A value as one writes it in a notebook that knows nothing but ``bl``."""
    spelled = getattr(value, "code", None)
    if isinstance(spelled, str) and spelled:
        return spelled.partition(" = ")[2] if getattr(value, "variable", "") else spelled
    if hasattr(value, "tolist"):  # numpy numbers and arrays, pandas series
        value = value.tolist()
    if isinstance(value, Decimal | Fraction):
        value = float(value)
    if isinstance(value, float) and value in (float("inf"), -float("inf")):
        return f"float('{value}')"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{code(k)}: {code(v)}' for k, v in value.items())}}}"
    if type(value) is tuple:
        return f"({', '.join(map(code, value))}{',' * (len(value) == 1)})"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(code, value))}]"
    return repr(str(value)) if isinstance(value, str) else repr(value)


def _wrong_call(name, parameters, kwargs, problem):
    """Why a call has the wrong arguments, in words."""
    takes = f"It takes {listed(parameters)}." if parameters else "It takes no argument."
    for wrong in kwargs:
        if wrong not in parameters:
            near = closest(wrong, {each: each for each in parameters})
            hint = f" Did you mean {near[0]!r}?" if near else ""
            return f"{name}(...) has no argument {wrong!r}.{hint} {takes}"
    by_place = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD
    first = [n for n, p in parameters.items() if p.kind in by_place]
    required = [n for n in first if parameters[n].default is inspect.Parameter.empty]
    if "missing" in str(problem):
        return f"{name}(...) needs {listed(required)}. {takes}"
    if "multiple values" in str(problem):
        return f"{name}(...) was given one argument twice: by its place and by its name. {takes}"
    return (
        f"{name}(...) was given too many arguments: at most {len(first)} go without a name. {takes}"
    )


def _documented(text, parameters, kinds, gives):
    """The docstring with what follows from the declaration: arguments, result and errors."""
    if text is None:  # python -OO
        return None
    head, *parts = _HEADING.split(inspect.cleandoc(text))
    said = dict(zip(parts[::2], parts[1::2], strict=True))
    table = []
    for name, parameter in parameters.items():
        star = _STARS.get(parameter.kind, "")
        default = ""
        if parameter.default not in (parameter.empty, None):
            default = f", default {parameter.default!r}"
        table += [f"{star}{name} : {kinds[name].expects}{default}"]
        table += [f"    {line}" for line in kinds[name].explained]
    if table:
        said["Parameters"] = "\n".join(table)
        said.setdefault("Raises", f"BonelabError\n    {_REFUSED}")
    if gives not in ("", "Any", "None"):
        said.setdefault("Returns", gives)
    sections = [
        f"{name}\n{'-' * len(name)}\n{said[name].strip()}" for name in _ORDER if name in said
    ]
    whole = "\n\n".join([head.strip(), *sections])
    return (
        "\n".join(f"    {line}" if line else "" for line in whole.split("\n")).lstrip() + "\n    "
    )
