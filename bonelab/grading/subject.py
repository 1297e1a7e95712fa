"""What a course hands in, so that grading need not know what the course is about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True)
class AnswerKind:
    """Objects of the course's own that may be answers: how they become plain data, and back."""

    tag: str
    belongs: Callable[[object], bool]
    describe: Callable[[object], dict]  # in the learner's process
    rebuild: Callable[[dict], object]  # on the check's side


@dataclass(frozen=True)
class TaughtSubject:
    """``name`` is where a learner's process finds this very object: ``package.module:NAME``."""

    name: str = ""
    kinds: tuple[AnswerKind, ...] = ()
    libraries: dict[str, str] = field(default_factory=dict)  # {"np": "numpy"}, for expressions
    refusals: tuple[type[Exception], ...] = ()  # their words are written for learners
    # (text, unit, molecule) -> the number, or ValueError; (unit, molecule) -> {other unit: numbers}
    quantity: Callable[[str, str, str], float] | None = None
    units_alike: Callable[[str, str], dict[str, tuple[float, ...]]] | None = None
    # (kind, id) -> the question as the course asks it, or None; kind: "predictions" or "checks"
    asked: Callable[[str, str], dict | None] | None = None
    course: str = ""  # the package that learners import
    solutions: Path | None = None
    exercises: Path | None = None

    def library(self):
        """The names that an expression may use."""
        return {name: import_module(module) for name, module in self.libraries.items()}


NOTHING = TaughtSubject()


def find(name):
    """The TaughtSubject called ``name``; "" is a subject that hands in nothing."""
    if not name:
        return NOTHING
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
