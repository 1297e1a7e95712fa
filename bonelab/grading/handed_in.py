"""What students hand in: find the files, tell whose they are."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

MOODLE = re.compile(r"_(\d+)_assignsubmission_[a-z]+_?$")
CANVAS = re.compile(r"^([a-z]+)_(?:late_)?(\d+)_\d+_", re.I)
IGNORED = {".ipynb_checkpoints", "__MACOSX", ".git", "__pycache__"}


@dataclass(frozen=True)
class Submission:
    """One file that a student handed in."""

    student: str
    path: Path
    ids: dict = field(default_factory=dict)
    when: str = ""
    remarks: tuple = ()


def find_submissions(folder, but=None):
    """All files in ``folder`` (but not in the folder ``but``), by student: ``alice.ipynb``,
    ``alice/anything.ipynb``, or the layouts of nbgrader, Moodle and Canvas. Links are never
    followed, and two students of one name are told apart by the number that the platform gave."""
    folder, found, but = Path(folder), [], but and os.path.realpath(but)
    if folder.is_file():
        return [Submission(_student_of_file(folder.stem), folder)]
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if name not in IGNORED and os.path.realpath(Path(above, name)) != but
        )
        for name in sorted(files):
            path = Path(above, name)
            if name.startswith((".", "~")) or name in ("Thumbs.db", "timestamp.txt"):
                continue
            parts = path.relative_to(folder).parts
            student = _student_of_file(path.stem) if len(parts) == 1 else _student_of_folder(parts)
            found.append(Submission(_printable(student), path))
    met = {one.path.relative_to(folder).parts[0] for one in found}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in met | IGNORED and os.path.realpath(path) != but:
            found.append(Submission(_printable(_student_of_folder([path.name])), path))
    return _told_apart(found)


def _told_apart(found):
    numbers = {}
    for one in found:
        numbers.setdefault(one.student, set()).add(_number_of(one.path))
    return [
        Submission(f"{one.student} {_number_of(one.path)}".strip(), one.path)
        if len(numbers[one.student]) > 1
        else one
        for one in found
    ]


def _number_of(path):
    """The number that Moodle or Canvas gave a student, or ""."""
    moodle = [m for part in path.parts if (m := MOODLE.search(part))]
    canvas = CANVAS.match(path.stem)
    return moodle[0][1] if moodle else canvas[2] if canvas else ""


def _printable(name):
    """A name that can be written to any file, even if it is not text."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _student_of_folder(parts):
    # Moodle: "Ada Lovelace_1234_assignsubmission_file_/..."
    for part in parts:  # perhaps in a folder around all
        if MOODLE.search(part):
            return MOODLE.sub("", part).strip() or part
    return parts[0]


def _student_of_file(stem):
    # Canvas: "lovelaceada_LATE_1234_5678_set_01_forward_signalling-1"
    canvas = CANVAS.match(stem)
    if canvas:
        return canvas[1]
    bare = re.sub(r"[\s_-]*(set_\d\d|0\d)_[a-z_]+(\s*\(\d+\))?$", "", stem, flags=re.I).strip(" _-")
    return bare or stem
