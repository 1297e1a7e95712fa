"""What students hand in: find the files, tell whose they are, read them with care."""

import json
import os
import re
import stat
import warnings
from dataclasses import dataclass
from pathlib import Path

import nbformat

LARGEST = 30_000_000  # bytes in one notebook
LONGEST = 500_000  # characters in one cell
MOST_CELLS = 2000
# Links are not followed, pipes not waited for (flags that Windows lacks are nothing there).
READING = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    READING |= getattr(os, _flag, 0)
MOODLE = re.compile(r"_(\d+)_assignsubmission_[a-z]+_?$")
CANVAS = re.compile(r"^([a-z]+)_(?:late_)?(\d+)_\d+_", re.I)
IGNORED = {".ipynb_checkpoints", "__MACOSX", ".git", "__pycache__"}


@dataclass(frozen=True)
class Submission:
    """One file that a student handed in."""

    student: str
    path: Path


class Unreadable(Exception):
    """The file is no notebook; the message says what it is instead."""


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


def read_notebook(path):
    """``(cells, language, remarks)`` of the notebook at ``path``: each cell a plain dict with
    ``type``, ``source``, ``id``, ``grade_id`` and ``question``. Raises Unreadable."""
    text, remarks = _read_text(path)
    if not text.strip():
        raise Unreadable("the file is empty")
    try:
        if len(json.loads(text).get("cells", ())) > MOST_CELLS:
            raise Unreadable(f"it has more than {MOST_CELLS} cells")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on old formats, which are read all the same
            notebook = nbformat.reads(text, as_version=4)
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("the file is nested too deeply to be a notebook") from None
    except Exception as error:
        raise Unreadable(f"it cannot be read as one ({type(error).__name__})") from None
    try:
        cells = [_cell(raw) for raw in notebook.cells]
        for cell in cells:
            if len(cell["source"]) > LONGEST:
                cell["source"] = ""
                remarks.append("a cell of more than 500 000 characters was left out")
    except Exception as error:
        raise Unreadable(f"the notebook is damaged ({type(error).__name__})") from None
    kernel, info = (notebook.metadata.get(name) for name in ("kernelspec", "language_info"))
    language = kernel.get("language") if isinstance(kernel, dict) else None
    if not language and isinstance(info, dict):
        language = info.get("name")
    return cells, str(language or "python"), remarks


def _read_text(path):
    """Its text; a link, a pipe or a giant is refused before it is opened."""
    try:
        handle = os.open(path, READING)
    except OSError as error:
        why = "a link; links are not followed" if os.path.islink(path) else error.strerror
        raise Unreadable(f"the file cannot be opened ({why})") from None
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable("this is not a regular file")
        if facts.st_size > LARGEST:
            raise Unreadable(f"the file is larger than {LARGEST // 1_000_000} MB")
        content = file.read(LARGEST)
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), []
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return content.decode("latin-1"), ["the file is not in UTF-8; it was read as Latin-1"]


def _cell(raw):
    metadata = raw.get("metadata") or {}
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    source = raw.get("source", "")
    return {
        "type": str(raw.get("cell_type", "")),
        "source": "".join(source) if isinstance(source, list) else str(source),
        "id": str(raw.get("id", "")),
        "grade_id": name if isinstance(name, str) else "",
    }
