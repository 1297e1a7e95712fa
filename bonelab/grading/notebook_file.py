"""Read a notebook that somebody handed in, with care."""

import json
import os
import stat
import warnings
from dataclasses import dataclass, field

LARGEST = 30_000_000  # bytes in one notebook
LONGEST = 500_000  # characters in one cell
MOST_TEXT = 3_000_000  # in all its cells
MOST_CELLS = 2000
# Links are not followed, pipes not waited for (flags that Windows lacks are nothing there).
READING = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    READING |= getattr(os, _flag, 0)


class Unreadable(Exception):
    """The file is no notebook; the message says what it is instead."""


@dataclass
class NotebookCell:
    """One cell; ``grade_id`` is nbgrader's name for it, or "". Where a human marks the answer,
    as in an essay, ``points`` says for how much."""

    type: str
    source: str
    id: str
    grade_id: str
    points: float = 0.0


@dataclass
class Notebook:
    """The cells of a file, and what a teacher should know about it."""

    cells: list[NotebookCell]
    language: str = "python"
    remarks: list[str] = field(default_factory=list)


def read_notebook(path):
    """The Notebook at ``path``. Raises Unreadable."""
    text, remarks = _read_text(path)
    if not text.strip():
        raise Unreadable("the file is empty")
    try:
        content = _mended(json.loads(text.strip("\0 \t\r\n")), remarks)
        notebook = content if "cells" in content else _of_today(content)
    except Unreadable:
        raise
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is cut off or damaged (line {error.lineno})") from None
    except RecursionError:
        raise Unreadable("the file is nested too deeply to be a notebook") from None
    except Exception as error:
        raise Unreadable(f"it cannot be read as one ({type(error).__name__})") from None
    try:
        cells = [_cell(raw) for raw in notebook["cells"]]
        for cell in cells:
            if len(cell.source) > LONGEST:
                cell.source = ""
                remarks.append("a cell of more than 500 000 characters was left out")
    except Exception as error:
        raise Unreadable(f"the notebook is damaged ({type(error).__name__})") from None
    if sum(len(cell.source) for cell in cells) > MOST_TEXT:
        raise Unreadable(f"it holds more than {MOST_TEXT // 1_000_000} million characters of text")
    kernel, info = (notebook["metadata"].get(name) for name in ("kernelspec", "language_info"))
    language = kernel.get("language") if isinstance(kernel, dict) else None
    if not language and isinstance(info, dict):
        language = info.get("name")
    return Notebook(cells, str(language or "python"), remarks)


def _of_today(content):
    """A notebook of a format before 4, in that of today."""
    import nbformat  # takes a second, and is seldom needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the old format is read all the same
        return nbformat.reads(json.dumps(content), as_version=4)


def _mended(content, remarks):
    """A notebook with what other programs leave out or spoil, so that its cells can be read."""
    if isinstance(content, list) and content and all(isinstance(c, dict) for c in content):
        content = content[0] if "cells" in content[0] else {"cells": content}
    if not isinstance(content, dict) or not {"cells", "worksheets"} & content.keys():
        raise Unreadable("there are no cells in it")
    if "cells" not in content:  # of a format before 4
        return content
    cells = content["cells"]
    if isinstance(cells, dict):
        cells = list(cells.values())
    kept = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    if len(kept) > MOST_CELLS:
        raise Unreadable(f"it has more than {MOST_CELLS} cells")
    if len(kept) < len(cells or ()):
        remarks.append("what was no cell was left out")
    return {
        "metadata": content["metadata"] if isinstance(content.get("metadata"), dict) else {},
        "cells": [_mended_cell(cell) for cell in kept],
    }


def _mended_cell(cell):
    kind = str(cell.get("cell_type", "code")).lower()
    metadata = cell.get("metadata")
    identity = {"id": str(cell["id"])} if isinstance(cell.get("id"), (str, int)) else {}
    mended = {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": _text_of(cell.get("source", cell.get("input"))),
        **identity,
    }
    return mended | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _text_of(source):
    """The text of a cell, however its lines were kept."""
    if isinstance(source, list):
        return "".join(map(_text_of, source))
    return source if isinstance(source, str) else ""


def read_bytes(path):
    """Its content; a link, a pipe or a giant is refused before it is opened."""
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
        return file.read(LARGEST)


def _read_text(path):
    content = read_bytes(path)
    encoding = json.detect_encoding(content)
    if encoding != "utf-8":
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
    return NotebookCell(
        str(raw.get("cell_type", "")),
        "".join(source) if isinstance(source, list) else str(source),
        str(raw.get("id", "")),
        name if isinstance(name, str) else "",
        _points(nbgrader) if isinstance(nbgrader, dict) else 0.0,
    )


def _points(nbgrader):
    """What an answer is worth that a human marks: nbgrader calls it graded and a solution."""
    points = nbgrader.get("points", 0)
    by_hand = nbgrader.get("grade") is True and nbgrader.get("solution") is True
    return float(points) if by_hand and isinstance(points, int | float) else 0.0
