"""The one kind of error a learner meets: it names the argument, the value and what is right."""

import reprlib
from typing import Any, NoReturn

from .names import closest, same_name

MOST_LISTED = 8  # entries of a list in a message


class BonelabError(ValueError):
    """Something asked of bonelab that cannot be right; the message says what would be."""


class ArgumentError(BonelabError, TypeError):
    """A call with too many, too few or unknown arguments; the message says what there is."""


class _Short(reprlib.Repr):
    """Values as a message shows them: short, on one line, without addresses in memory."""

    def __init__(self):
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = 60

    def repr_instance(self, value, level):
        if isinstance(value, type):
            return f"the class {value.__name__}"
        if callable(value) and hasattr(value, "__name__"):
            return f"the function {value.__name__}"
        item = getattr(value, "item", None)
        if callable(item) and getattr(value, "shape", None) == ():  # a numpy number
            return self.repr1(item(), level)
        words = " ".join(super().repr_instance(value, level).split())
        return f"a value of type {type(value).__name__}" if " at 0x" in words else words


shown = _Short().repr


def refuse(argument: str, value: Any, right: str, fault: str = "does not work") -> NoReturn:
    """Raise the error that names the argument, its value and what would be right."""
    raise BonelabError(f"{argument} = {shown(value)} {fault}: {right}")


def listed(names: Any) -> str:
    """The ``names`` as a sentence lists them: the first eight, and how many more there are.

    Examples
    --------
    >>> bl.parameters.listed(["RANKL", "RANK", "OPG"])
    'RANKL, RANK, OPG'
    """
    names = [str(name) for name in names]
    more = len(names) - MOST_LISTED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:-more])} … and {more} more"


def no_name(owner: str, name: str, names: Any) -> AttributeError:
    """The error for ``owner.name``, which does not exist: the nearest of ``names``, and the list.

    Examples
    --------
    >>> print(bl.parameters.no_name("bl", "Denosumb", ["denosumab", "rapamycin"]))
    bl has no name 'Denosumb'. Did you mean 'denosumab'? It has: denosumab, rapamycin.
    """
    if name.startswith("_"):  # Python and its tools ask for these; nobody wants a list
        return AttributeError(name)
    words = {str(each): str(each) for each in names}
    near = same_name(name, words) or closest(name, words)
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    return AttributeError(f"{owner} has no name {name!r}.{hint} It has: {listed(words)}.")


def one_of(argument: str, value: Any, allowed: Any, also: Any = ()) -> Any:
    """The one of ``allowed`` that ``value`` means; otherwise say which names there are.

    Capitals, blanks and kinds of dashes do not matter where only one name can be meant. ``also``
    is {other spelling: name}, ``argument`` the word for the error message. Use what comes back,
    which may be spelled otherwise than ``value``.

    Examples
    --------
    >>> bl.parameters.one_of("molecule", "opg", ["RANKL", "RANK", "OPG"])
    'OPG'
    """
    allowed, also = list(allowed), dict(also)
    if isinstance(value, str | bool | int):
        for name in allowed:
            if type(name) is type(value) and name == value:
                return name
    hint = ""
    if isinstance(value, str):
        words = {name: name for name in allowed if isinstance(name, str)}
        spelled = same_name(value, words | also)
        if len(spelled) == 1:
            return spelled[0]
        near = spelled or closest(value, words | also)
        hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise BonelabError(
        f"{argument} = {shown(value)} is not known.{hint} Choose from: {listed(allowed)}."
    )
