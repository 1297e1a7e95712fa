"""``python tests/pyodide_folder.py FOLDER``: Pyodide's core, and what its kernel needs to start.

The core is an npm package in the version that the kernel expects; the kernel's own requirements are
pure Python and come, in the versions of Pyodide's lock, from the package index. numpy and the like
are built for the browser in neither place, so that notebooks which need them cannot run from here.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
from importlib.metadata import files
from pathlib import Path

KERNEL_NEEDS = ("micropip", "ipython", "jedi")
SERVED = ("comm",)  # not in the lock: the site serves it


def main(folder):
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"pyodide@{version()}"],
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout.split()[-1]  # fmt: skip
    with tarfile.open(folder / packed) as archive:
        for member in archive:
            member.name = member.name.removeprefix("package/")
            archive.extract(member, folder, filter="data")
    lock = folder / "pyodide-lock.json"
    told = json.loads(lock.read_text(encoding="utf-8"))
    for name in sorted(closure(told["packages"])):
        entry = told["packages"][name]
        download(f"{name}=={entry['version']}", folder)
        entry["sha256"] = hashlib.sha256((folder / entry["file_name"]).read_bytes()).hexdigest()
    lock.write_text(json.dumps(told), encoding="utf-8")
    for name in SERVED:
        download(name, folder / "served")


def version():
    """The version of Pyodide that the installed kernel loads."""
    for path in files("jupyterlite-pyodide-kernel"):
        if path.suffix == ".js" and "static" in path.parts:
            found = re.search(r"pyodide/v(\d+\.\d+\.\d+)/", path.locate().read_text("utf-8"))
            if found:
                return found[1]
    raise SystemExit("the kernel names no version of Pyodide")


def closure(packages):
    """What the kernel needs, with all that this needs, as the lock spells it."""
    spelled = {name.replace("_", "-"): name for name in packages}
    found, todo = set(), [*KERNEL_NEEDS]
    while todo:
        name = spelled.get(todo.pop().replace("_", "-"))
        if name and name not in found:
            found.add(name)
            todo += packages[name].get("depends", [])
    return found


def download(requirement, folder):
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
         "--python-version", "3.14", "--dest", str(folder), requirement],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
