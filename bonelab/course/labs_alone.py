"""The labs of one lesson and nothing else, for a lecture room: served by Voila, without code."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
from pathlib import Path

from bonelab.course import server
from bonelab.course.environment import SetupError

LAB = re.compile(r"\bbl\.labs\.\w+\(")
# Voila's own page asks another host for icons that no lab shows; the browser is told not to.
ALLOWED = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: ws: wss:"
MISSING = (
    "the labs alone are shown by Voila, which is not installed here. "
    "Install it with: python3 -m pip install voila"
)


def write(folder: Path, lesson: Path) -> Path:
    """Write the labs of ``lesson`` beside the settings of the projector; return the file."""
    book = json.loads(lesson.read_text(encoding="utf-8"))
    sources = [(cell["cell_type"], "".join(cell["source"])) for cell in book["cells"]]
    labs = [source for kind, source in sources if kind == "code" and LAB.search(source)]
    if not labs:
        raise SetupError(f"{lesson.name} has no lab; show it whole, without --labs.")
    title = sources[0][1].splitlines()[0]
    cells = [_cell("title", "markdown", source=title)]
    for number, source in enumerate(labs, start=1):
        source = f"import bonelab as bl\n\n{source}"
        cells.append(
            _cell(f"lab-{number}", "code", source=source, outputs=[], execution_count=None)
        )
    path = folder / server.PROJECTOR_FOLDER / "labs" / lesson.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(book | {"cells": cells}, ensure_ascii=False), encoding="utf-8")
    return path


def _cell(name, kind, **rest):
    return {"cell_type": kind, "id": name, "metadata": {}, **rest}


def command(
    folder: Path, lesson: Path, *, port: int | None = None, browser: bool = True
) -> list[str]:
    """The command line that shows the labs of ``lesson``, a file, and opens a browser."""
    if importlib.util.find_spec("voila") is None:
        raise SetupError(MISSING)
    os.environ.update(server.environment(folder, projector=True))
    headers = {"headers": {"Content-Security-Policy": ALLOWED}}
    options = ["--Voila.ip=127.0.0.1", "--VoilaConfiguration.show_margins=False"]
    options.append(f"--Voila.tornado_settings={headers}")
    if port is not None:
        options.append(f"--Voila.port={port}")
    if not browser:
        options.append("--no-browser")
    return [sys.executable, "-P", "-m", "voila", str(write(folder, lesson)), *options]
