"""Where things are: in a checkout, and where only the wheel is installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
WORK = "bonelab-work"


class NotFound(Exception):
    """No such lesson; the message lists those there are."""


def checkout() -> Path | None:
    """The root of the checkout that this code runs from, or None for an installed wheel."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "lessons").is_dir() else None


def material() -> Path:
    """The folder that holds ``lessons/`` and ``exercises/`` as the course ships them."""
    return checkout() or PACKAGE / "course" / "material"


def work() -> Path:
    """The student's own folder: beside the checkout's lessons, else in the current folder."""
    base = checkout() or Path.cwd()
    return base if base.name == WORK else base / WORK
