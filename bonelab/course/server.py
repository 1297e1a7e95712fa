"""The JupyterLab server that a student's browser talks to: this computer only, nothing remote."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

# Jupyter reads these before the user's own settings, and only while the lessons are open: nbgrader,
# which tests and authors need, adds no menu and no buttons; kernels encrypt what they are sent.
SETTINGS = Path(__file__).with_name("jupyter")

# For a lecture room: larger type and nothing but the lesson. These are files that JupyterLab
# reads, relative to a folder of our own, so that the teacher's usual settings stay as they are.
PROJECTOR_FOLDER = ".bonelab-projector"
_HIDDEN = {"collapsed": True, "visible": False}
PROJECTOR = {
    "settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings": {
        "overrides": {
            "code-font-size": "18px",
            "content-font-size1": "20px",
            "ui-font-size1": "15px",
        }
    },
    "settings/@jupyterlab/statusbar-extension/plugin.jupyterlab-settings": {"visible": False},
    "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {
        "codeCellConfig": {"lineNumbers": False, "lineWrap": True}
    },
    "workspaces/default-37a8.jupyterlab-workspace": {
        "data": {"layout-restorer:data": {"left": _HIDDEN, "right": _HIDDEN}},
        "metadata": {"id": "default"},
    },
}


def command(
    folder: Path,
    document: Path | None,
    *,
    port: int | None = None,
    browser: bool = True,
    projector: bool = False,
) -> list[str]:
    """The command line that serves ``folder`` and opens ``document`` (relative to it)."""
    os.environ.update(environment(folder, projector=projector))
    if projector:
        write_settings(folder / PROJECTOR_FOLDER)
    page = f"/{'doc' if projector else 'lab'}" + (
        f"/tree/{quote(document.as_posix())}" if document else ""
    )
    options = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url={page}",
        "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
        "--LabApp.extension_manager=readonly",  # nothing asks the network
        "--Application.log_level=ERROR",
    ]
    if port is not None:
        options.append(f"--ServerApp.port={port}")
    if not browser:
        options.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return [sys.executable, "-P", "-m", "jupyterlab", *options]


def environment(folder: Path, *, projector: bool = False) -> dict[str, str]:
    """The variables that the server of the lessons in ``folder`` gets, and its kernels with it."""
    jupyter_folder = folder / (PROJECTOR_FOLDER if projector else ".bonelab-jupyterlab")
    further = os.environ.get("JUPYTER_CONFIG_PATH", "")
    variables = {
        # A kernel of the same name that somebody once installed for the user must not win.
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, [str(SETTINGS), further])),
        # Tabs that are open in the user's other folders have no business here.
        "JUPYTERLAB_WORKSPACES_DIR": str(jupyter_folder / "workspaces"),
    }
    if projector:
        variables["JUPYTERLAB_SETTINGS_DIR"] = str(jupyter_folder / "settings")
        variables["BONELAB_PROJECTOR"] = "1"  # for the labs, which are larger then
    return variables


def write_settings(folder: Path) -> None:
    for name, values in PROJECTOR.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values, indent=2), encoding="utf-8")
