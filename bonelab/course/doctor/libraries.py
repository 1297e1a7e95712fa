"""The libraries (there, new enough, able to load, from the right place) and JupyterLab's parts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from bonelab.course import course_folders, server
from bonelab.course.doctor.finding import Finding

# What a lesson needs of a library: some load only when they are used.
USED = {"numpy": "numpy.linalg", "scipy": "scipy.integrate", "matplotlib": "matplotlib.pyplot"}
TRY_TO_LOAD = """
import importlib, json, sys
for name in sys.argv[1:]:
    try:
        file, error = getattr(importlib.import_module(name), "__file__", "") or "", ""
    except BaseException as problem:
        file, error = "", f"{type(problem).__name__}: {problem}"
    print(json.dumps([name, file, error]), flush=True)
"""
MANAGER = "@jupyter-widgets/jupyterlab-manager"
PLUGINS = (
    MANAGER,
    *(
        f"@jupyterlab/{part}-extension"
        for part in ("notebook", "rendermime", "mathjax", "codemirror", "docmanager", "filebrowser")
    ),
)


def findings(private: bool) -> Iterator[Finding]:
    """``private``: this Python is in the course's own environment, and so is every library."""
    again = "delete .venv and start bonelab again" if private else "install bonelab again"
    wanted = requirements()
    loaded = try_to_load([USED.get(name, name) for name in wanted])
    for name, least in wanted.items():
        file, error = loaded[USED.get(name, name)]
        finding = library(name, least, file, error, private=private)
        yield finding if finding.fine else finding._replace(words=f"{finding.words}: {again}")
    yield widget_manager(again)
    yield plugins()
    yield from written_by_jupyter()
    yield news()


def requirements() -> dict[str, str]:
    """Name -> lowest version of every library that the lessons need."""
    root = course_folders.checkout()
    if root:
        text = (root / "pyproject.toml").read_text(encoding="utf-8")
        lines = tomllib.loads(text)["project"]["dependencies"]
    else:
        try:
            required = metadata.requires("bonelab") or ()
        except metadata.PackageNotFoundError:  # an unpacked wheel
            required = [f"{name}>=0" for name in ("jupyterlab", "ipywidgets", "ipykernel", *USED)]
        lines = [line for line in required if "extra ==" not in line]
    pairs = (re.match(r"([\w.-]+)>=([\d.]+)", line) for line in lines)
    return {pair[1]: pair[2] for pair in pairs if pair}


def try_to_load(modules: list[str]) -> dict[str, tuple[str, str]]:
    """Module -> (its file, what went wrong), each loaded in one Python beside this one."""
    loaded = dict.fromkeys(modules, ("", "Python itself crashes when it is loaded"))
    with tempfile.TemporaryDirectory() as nowhere:
        finished = subprocess.run(
            [sys.executable, "-P", "-c", TRY_TO_LOAD, *modules],
            cwd=nowhere,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    for line in finished.stdout.splitlines():
        if line.startswith("["):
            name, file, error = json.loads(line)
            loaded[name] = file, error
    return loaded


def library(name: str, least: str, file: str, error: str, *, private: bool) -> Finding:
    """One library, of which ``file`` was loaded, or not because of ``error``."""
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(False, name, "is not installed")
    if error:
        return Finding(False, name, f"{version} is there but cannot load ({error[:200]})")
    if numbers(version) < numbers(least):
        return Finding(False, name, f"{version} is older than {least}, which the lessons need")
    if private and file and Path(sys.prefix).resolve() not in Path(file).resolve().parents:
        words = f"is taken from {file}, not from {sys.prefix}. Unset PYTHONPATH; if that is not it"
        return Finding(False, name, words)
    return Finding(True, name, version)


def numbers(version: str) -> tuple[int, ...]:
    """The numbers at the head of a version, without zeros at its end: 8.1.0 and 8.1 are one."""
    head = re.match(r"[\d.]*", version)
    parts = [int(number) for number in (head[0] if head else "").split(".") if number]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def widget_manager(again: str) -> Finding:
    """The part of JupyterLab that shows our labs, as the browser would get it."""
    folders = [Path(folder) for folder in jupyter_folders()]
    packages = [
        path for path in (folder / MANAGER / "package.json" for folder in folders) if path.is_file()
    ]
    if not packages:
        return Finding(False, "widgets", f"the widget extension is missing: {again}")
    version = json.loads(packages[0].read_text(encoding="utf-8"))["version"]
    if numbers(version) < (5,):
        words = f"JupyterLab takes an old widget extension ({version}) from {packages[0].parent}"
        return Finding(False, "widgets", f"{words}: delete that folder")
    return Finding(True, "widgets", f"JupyterLab's widget extension {version} is there")


@contextmanager
def server_variables() -> Iterator[None]:
    """The variables that our server sets, while JupyterLab is asked what it would do."""
    before = dict(os.environ)
    os.environ.update(server.environment(course_folders.work()))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def jupyter_folders() -> list[str]:
    """Where JupyterLab looks for extensions, the first first; as our server lets it look."""
    try:
        with server_variables():
            from jupyter_core.paths import jupyter_path

            return jupyter_path("labextensions")
    except ImportError:
        return [str(Path(sys.prefix, "share/jupyter/labextensions"))]


def plugins() -> Finding:
    """Parts of JupyterLab that somebody switched off on this computer."""
    what = "plug-ins"
    try:
        with server_variables():
            from jupyterlab.commands import get_app_dir
            from jupyterlab_server.config import get_page_config

            settings = str(Path(get_app_dir(), "settings"))
            switched_off = get_page_config(jupyter_folders(), settings)["disabledExtensions"]
    except Exception as error:
        return Finding(False, what, f"JupyterLab's settings cannot be read ({error})")
    missed = [name for name in switched_off if name.partition(":")[0] in PLUGINS]
    if missed:
        words = f"{', '.join(missed[:8])} of JupyterLab is switched off: in {sys.prefix} run"
        return Finding(False, what, f"{words} jupyter labextension enable {missed[0]}")
    return Finding(True, what, "no part of JupyterLab that the lessons need is switched off")


def written_by_jupyter() -> Iterator[Finding]:
    """Folders outside the course that Jupyter must be able to write to."""
    from bonelab.course.doctor.computer import writing

    try:
        from jupyter_core.paths import jupyter_data_dir, jupyter_runtime_dir
    except ImportError:
        return
    yield writing("runtime folder", Path(jupyter_runtime_dir()))
    yield writing("data folder", Path(jupyter_data_dir()))


def news() -> Finding:
    path = Path(sys.prefix, "share/jupyter/lab/settings/overrides.d/bonelab.json")
    words = "switched off" if path.is_file() else "may pop up at the first start; answer No"
    return Finding(True, "Jupyter news", words)
