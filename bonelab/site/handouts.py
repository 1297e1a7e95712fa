"""Each lesson as a PDF, printed by the browser that is on this computer."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge",
            "chrome", "microsoft-edge")  # fmt: skip
MAC = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
       "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
       "/Applications/Chromium.app/Contents/MacOS/Chromium")  # fmt: skip
PATIENCE = 180  # seconds for one page


def browser():
    """A browser that can print without a window, or None."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program:
        return program
    windows = [
        Path(os.environ[base]) / rest
        for base in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if base in os.environ
        for rest in (
            "Google/Chrome/Application/chrome.exe",
            "Microsoft/Edge/Application/msedge.exe",
        )
    ]
    return next((str(path) for path in [*map(Path, MAC), *windows] if path.is_file()), None)


def print_all(out: Path, names) -> list[Path]:
    """``out/handouts/NAME.pdf`` for each page ``out/lessons/NAME.html``; [] without a browser."""
    program = browser()
    if program is None:
        return []
    (out / "handouts").mkdir(exist_ok=True)
    return [
        print_page(program, out / "lessons" / f"{name}.html", out / "handouts" / f"{name}.pdf")
        for name in names
    ]


def print_page(program, page: Path, pdf: Path) -> Path:
    """Print one HTML file. The browser gets a profile of its own, which is thrown away."""
    with tempfile.TemporaryDirectory(prefix="bonelab-print-") as profile:
        command = [program, "--headless", "--disable-gpu", f"--user-data-dir={profile}",
                   "--no-pdf-header-footer", "--run-all-compositor-stages-before-draw",
                   "--virtual-time-budget=4000", f"--print-to-pdf={pdf}",
                   page.resolve().as_uri()]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # a browser refuses to run as root otherwise
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return pdf
