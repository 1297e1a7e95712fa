"""The student's own copy of the lessons and exercises. A file that exists is never written to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bonelab.course.course_folders import NotFound

SHELVES = ("lessons", "exercises")
COPIED = ".bonelab-copied.json"  # hash of each file as the course shipped it when it was copied


class WorkingCopy:
    """The folder ``bonelab-work``, with ``lessons/`` and ``exercises/`` in it."""

    def __init__(self, material: Path, folder: Path):
        self.material = material
        self.folder = folder

    def shipped(self) -> Iterator[Path]:
        """Every file of the course that a student gets, relative to the material's folder."""
        for shelf in SHELVES:
            for path in sorted((self.material / shelf).rglob("*")):
                relative = path.relative_to(self.material)
                hidden = any(part.startswith((".", "__")) for part in relative.parts)
                if path.is_file() and not hidden and path.name != "README.md":
                    yield relative

    def add_missing(self) -> list[Path]:
        """Copy what is not there yet; return those files of the student's that are out of date."""
        copied, outdated = self._read_copied(), []
        for relative in self.shipped():
            content = (self.material / relative).read_bytes()
            key, digest = relative.as_posix(), hashlib.sha256(content).hexdigest()
            if write_new(self.folder / relative, content):
                copied[key] = digest
            elif copied.get(key, digest) != digest:
                outdated.append(relative)
        (self.folder / COPIED).write_text(json.dumps(copied, indent=1), encoding="utf-8")
        return outdated

    def _read_copied(self) -> dict[str, str]:
        try:
            return json.loads((self.folder / COPIED).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def notebooks(self) -> list[Path]:
        return [path for path in self.shipped() if path.suffix == ".ipynb"]

    def first(self) -> Path | None:
        """The first lesson, or None when there is none yet."""
        return next((path for path in self.notebooks() if path.parts[0] == "lessons"), None)

    def begun(self, shelf: str) -> list[Path]:
        """The student's own notebooks of a shelf that are not as the course ships them."""
        return [
            self.folder / path
            for path in self.notebooks()
            if path.parts[0] == shelf and (self.folder / path).is_file()
            if (self.folder / path).read_bytes() != (self.material / path).read_bytes()
        ]

    def find(self, name: str, shelf: str = "lessons") -> Path:
        """The notebook that ``name`` means: "1", "01", "opg", "exercises/2" or a file's path.

        A name without a shelf is looked for on ``shelf``.
        """
        given, _, wanted = name.replace("\\", "/").rpartition("/")
        shelf = given.rpartition("/")[2] or shelf
        wanted = wanted.removesuffix(".ipynb").lower()
        on_shelf = [path for path in self.notebooks() if path.parts[0] == shelf]
        if wanted.isdigit():
            matches = [path for path in on_shelf if number_of(path) == int(wanted)]
        else:
            matches = [path for path in on_shelf if wanted == path.stem.lower()]
            matches = matches or [path for path in on_shelf if wanted in path.stem.lower()]
        if len(matches) == 1:
            return matches[0]
        names = "\n".join(
            f"  {path.as_posix()}" for path in matches or on_shelf or self.notebooks()
        )
        kind = "exercise" if shelf == "exercises" else "lesson"
        problem = "means more than one notebook" if matches else f"is no {kind} of this course"
        raise NotFound(f"{name!r} {problem}. Choose one of:\n{names}")

    def fresh(self, relative: Path) -> Path:
        """Write a new copy beside the student's own, under the next free name, and return it."""
        content = (self.material / relative).read_bytes()
        if write_new(self.folder / relative, content):
            return relative
        for number in count(2):
            candidate = relative.with_stem(f"{relative.stem}-{number}")
            if write_new(self.folder / candidate, content):
                return candidate
        raise AssertionError("count() does not end")


def number_of(path: Path) -> int | None:
    """The number in a notebook's name: 3 for ``03_genes`` and for ``set_03_genes``."""
    first = path.stem.removeprefix("set_").split("_")[0]
    return int(first) if first.isdigit() else None


def write_new(path: Path, content: bytes) -> bool:
    """Write a file that does not exist yet; False, and nothing touched, where one exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("xb")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(content)
    except BaseException:  # a full disk leaves no truncated notebook
        path.unlink(missing_ok=True)
        raise
    return True


def prepare(material: Path, folder: Path) -> WorkingCopy:
    """Bring the student's folder up to date without touching a file that is there."""
    copy = WorkingCopy(material, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for relative in copy.add_missing():
        print(
            f"bonelab: the course has a newer {relative.as_posix()}; yours is kept.\n"
            f"         A new copy beside it: bonelab open --fresh {relative.with_suffix('')}"
        )
    return copy
