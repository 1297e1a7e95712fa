"""The lessons with Python in the browser: JupyterLite beside the pages, nothing to install.

The kernel is Pyodide. Its core and the libraries of numbers (numpy, scipy, matplotlib, pandas) come
from the address that the kernel knows by default, or, for closed networks, from a folder that holds
a whole Pyodide distribution; the course itself is served as a wheel from the site.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from bonelab.course import course_folders

INSTALL = "%pip install -q bonelab  # once in each notebook: it fetches the course's library"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"


def build(out: Path, work: Path, pyodide: Path | None = None, wheels=()) -> Path:
    """Write ``out/lite``; return it. ``work`` is a folder for what is only needed meanwhile.

    pyodide : a folder with ``pyodide.mjs`` and the packages of its lock, copied into the site
    wheels : further wheels that the site is to serve itself
    """
    lite = out / "lite"
    shutil.rmtree(lite, ignore_errors=True)
    contents = work / "contents"
    write_contents(contents)
    command = [
        sys.executable, "-m", "jupyterlite_core.app", "build", "--contents", str(contents),
        "--lite-dir", str(work / "lite"), "--output-dir", str(lite), "--apps", "lab",
        "--apps", "notebooks",
    ]  # fmt: skip
    for wheel in (wheel_of_the_course(work), *wheels):
        command += ["--piplite-wheels", str(wheel)]
    (work / "lite").mkdir(exist_ok=True)
    run(command, "JupyterLite could not be built", cwd=work / "lite")
    for path in lite.rglob("*.map"):  # for those who debug JupyterLab itself; half of the size
        path.unlink()
    if pyodide is not None:
        serve_pyodide(lite, pyodide)
    return lite


def run(command, problem, cwd):
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    if done.returncode:
        raise RuntimeError(f"{problem}:\n{(done.stdout + done.stderr)[-2000:]}")


def wheel_of_the_course(work: Path) -> Path:
    """Build the wheel from the checkout."""
    root = course_folders.checkout()
    if root is None:
        raise RuntimeError("The site with Python inside is made from the source of the course.")
    folder = work / "dist"
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        "The wheel could not be built", cwd=root)  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    return wheel


def write_contents(folder: Path) -> None:
    """Lessons and exercises, each with a first cell that fetches the course."""
    for shelf in ("lessons", "exercises"):
        (folder / shelf).mkdir(parents=True)
        for path in sorted((course_folders.material() / shelf).glob("*.ipynb")):
            text = with_first_cell(path.read_text(encoding="utf-8"))
            (folder / shelf / path.name).write_text(text, encoding="utf-8")


def with_first_cell(notebook: str) -> str:
    """The notebook for the kernel of the browser, with the cell that installs the course."""
    book = json.loads(notebook)
    book["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)"}
    first = book["cells"][0] | {"cell_type": "code", "id": "install", "source": INSTALL}
    first |= {"metadata": {}, "outputs": [], "execution_count": None}
    book["cells"].insert(1, first)
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def serve_pyodide(lite: Path, pyodide: Path) -> None:
    """Copy a Pyodide distribution into the site, and let every page take it from there."""
    shutil.copytree(pyodide, lite / "static" / "pyodide", dirs_exist_ok=True)
    config = lite / "jupyter-lite.json"
    whole = json.loads(config.read_text(encoding="utf-8"))
    settings = whole.setdefault("jupyter-config-data", {}).setdefault("litePluginSettings", {})
    settings.setdefault(KERNEL, {})["pyodideUrl"] = "./static/pyodide/pyodide.mjs"
    config.write_text(json.dumps(whole, indent=2), encoding="utf-8")
