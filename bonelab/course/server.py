"""The JupyterLab server that a student's browser talks to: this computer only, nothing remote."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

# Larger type for a lecture room; written where JupyterLab looks for a user's own settings.
PROJECTOR = {
    "@jupyterlab/apputils-extension/themes.jupyterlab-settings": {
        "overrides": {
            "code-font-size": "18px",
            "content-font-size1": "20px",
            "ui-font-size1": "15px",
        }
    },
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
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
    if projector:
        settings = folder / ".bonelab-projector"
        write_settings(settings)
        os.environ["JUPYTERLAB_SETTINGS_DIR"] = str(settings)
    # A kernel of the same name that somebody once installed for the user must not win.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    page = f"/{'doc' if projector else 'lab'}" + (
        f"/tree/{quote(document.as_posix())}" if document else ""
    )
    options = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url={page}",
        "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
        "--ServerApp.log_level=WARN",
    ]
    if port is not None:
        options.append(f"--ServerApp.port={port}")
    if not browser:
        options.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return [sys.executable, "-m", "jupyterlab", *options]


def write_settings(folder: Path) -> None:
    for name, values in PROJECTOR.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values, indent=2), encoding="utf-8")
