"""The private environment ``.venv``: made once beside pyproject.toml, checked at every start.

Standard library only. The folder counts as finished when it holds the marker
``bonelab-ready.json``, which keeps a hash of what was installed; changed dependencies are
therefore noticed. While the environment is being made it holds ``bonelab-unfinished`` instead,
so that a set-up that was cut short is recognised and made again.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

READY = "bonelab-ready.json"
UNFINISHED = "bonelab-unfinished"

_NO_NETWORK = re.compile(
    r"name resolution|getaddrinfo|nodename nor servname|Name or service not known|dns error"
    r"|NewConnectionError|Failed to establish a new connection|error sending request"
    r"|Connection (refused|reset|timed out)|Network is unreachable|ConnectTimeout|ReadTimeout"
    r"|Could not connect|Failed to fetch|from versions: none|tunnel connection failed",
    re.IGNORECASE,
)
_NO_TRUST = re.compile(r"CERTIFICATE_VERIFY_FAILED|UnknownIssuer|invalid peer certificate")
_NO_SPACE = re.compile(r"No space left on device|Errno 28|not enough space|os error 28", re.I)


class SetupError(Exception):
    """The environment could not be made; the message says what to do."""


def say(text: str) -> None:
    print(f"bonelab: {text}", flush=True)


class Environment:
    """The folder ``.venv`` of one checkout."""

    def __init__(self, root: Path):
        self.root = root
        self.folder = root / ".venv"
        inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        self.python = self.folder / inside

    def is_running(self) -> bool:
        """Is this very process running in the environment?"""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def wanted(self) -> str:
        """Hash of everything in pyproject.toml that decides what gets installed, and where."""
        data = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        project = data["project"]
        wheel = data.get("tool", {}).get("hatch", {}).get("build", {}).get("targets", {})
        parts = [
            str(self.root.resolve()),
            data.get("build-system"),
            project.get("dependencies"),
            project.get("optional-dependencies"),
            project.get("scripts"),
            wheel,
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def installed(self) -> dict:
        """What the marker says: ``{"wanted": hash, "extras": [...]}``, or ``{}``."""
        try:
            return json.loads((self.folder / READY).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def state(self, extras=()) -> str:
        """``missing``, ``half-made``, ``not ours``, ``broken``, ``stale`` or ``ready``."""
        if not os.path.lexists(self.folder):
            return "missing"
        if (self.folder / UNFINISHED).exists():
            return "half-made"
        marker = self.installed()
        if not self.python.exists():
            return "half-made" if marker else "broken"
        if not marker:
            return "not ours"
        same = marker.get("wanted") == self.wanted()
        return "ready" if same and set(extras) <= set(marker.get("extras", ())) else "stale"

    def ensure(self, extras=()) -> None:
        """Make or refresh what is missing, or raise SetupError and leave nothing half made."""
        state = self.state(extras)
        if state == "ready":
            return
        try:
            if state == "broken":
                raise SetupError(
                    f"the folder {self.folder} does not hold a working Python, and bonelab did "
                    f"not make it.\nDelete or rename it, then start again."
                )
            if state in ("stale", "not ours"):
                say(
                    "the course's requirements have changed; refreshing .venv ..."
                    if state == "stale"
                    else "adding the course to the .venv that is here ..."
                )
                self._install(extras)
            else:
                self._make(extras, again=state == "half-made")
        except OSError as error:
            raise SetupError(_explain_os_error(error, self.root)) from error

    def _make(self, extras, again: bool) -> None:
        with_pip = importlib.util.find_spec("ensurepip") is not None
        if not with_pip and find_uv() is None:
            raise SetupError(_no_venv_module())
        if again:
            self._refuse_if_being_made()
            say("an earlier set-up was cut short; starting it again")
            shutil.rmtree(self.folder)
        say("first start: making a private environment in .venv (once; a few minutes) ...")
        try:
            self.folder.mkdir()
            (self.folder / UNFINISHED).write_text(str(os.getpid()), encoding="utf-8")
            command = [base_python(), "-m", "venv", str(self.folder)]
            run(command if with_pip else [*command, "--without-pip"], "making the environment")
            self._install(extras)
        except BaseException:  # Ctrl-C too: nothing half made stays behind
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _refuse_if_being_made(self) -> None:
        if os.name == "nt":  # no harmless way to ask whether a process lives
            return
        try:
            maker = int((self.folder / UNFINISHED).read_text(encoding="utf-8"))
            os.kill(maker, 0)
        except (OSError, ValueError):
            return
        raise SetupError(
            f"another bonelab (process {maker}) is setting up {self.folder} right now.\n"
            "Wait until it has finished, then start again. If nothing else is running, delete "
            "that folder."
        )

    def _install(self, extras) -> None:
        extras = sorted(set(extras) | set(self.installed().get("extras", ())))
        target = f"{self.root}[{','.join(extras)}]" if extras else str(self.root)
        failure = SetupError(f"{self.folder} has no pip. Delete that folder, then start again.")
        for name, install in self._installers():
            try:
                run(
                    [*install, "--editable", target],
                    f"installing JupyterLab and the simulation libraries with {name}",
                )
                break
            except SetupError as error:  # uv may not know this network's mirror; pip may
                failure = error
        else:
            raise failure
        marker = {"wanted": self.wanted(), "extras": extras}
        (self.folder / READY).write_text(json.dumps(marker), encoding="utf-8")
        (self.folder / UNFINISHED).unlink(missing_ok=True)
        say("the environment is ready")

    def _installers(self) -> Iterator[tuple[str, list[str]]]:
        python = str(self.python)
        if uv := find_uv():
            # Compiled at once, as pip does: processes that may not write would each compile anew.
            yield "uv", [uv, "pip", "install", "--python", python, "--compile-bytecode"]
        packages = ("lib/python3.*/site-packages/pip", "Lib/site-packages/pip")
        if any(True for pattern in packages for _ in self.folder.glob(pattern)):
            yield "pip", [python, "-m", "pip", "install"]


def find_uv() -> str | None:
    return shutil.which("uv")


def base_python() -> str:
    """The Python that environments are made from, also when this one runs in an environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def run(command: list[str], what: str) -> None:
    """Run one long step, showing its latest line; raise SetupError that says why it failed."""
    say(f"{what} ...")
    settings = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    settings.setdefault("UV_SYSTEM_CERTS", "1")  # schools that inspect traffic add their own
    settings.pop("PYTHONHOME", None)
    lines = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=settings,
    ) as process:
        for line in process.stdout or ():
            lines.append(line.strip())
            _progress(lines[-1], len(lines))
    if sys.stdout.isatty():
        _progress("", 0)
    if process.returncode:
        raise SetupError(_explain_failure(what, "\n".join(lines)))


def _progress(line: str, count: int) -> None:
    """One line that keeps changing on a terminal; a sign of life now and then in a log."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        print("\r" + f"  {line}"[:width].ljust(width), end="\r", flush=True)
    elif count % 25 == 0:
        print(f"  {line[:90]}", flush=True)


def _explain_failure(what: str, output: str) -> str:
    if _NO_SPACE.search(output):
        return _disk_full()
    if _NO_TRUST.search(output):
        return (
            "the package index answered with a certificate that this computer does not trust,\n"
            "as behind a school's or company's firewall. Ask its helpers for the certificate file, "
            "set\nSSL_CERT_FILE and PIP_CERT to it, then start again."
        )
    if _NO_NETWORK.search(output):
        return (
            "the package index cannot be reached, so nothing could be installed.\n"
            "Check the network (a browser may have to log in to this Wi-Fi first; a proxy is set "
            "with HTTPS_PROXY), then start again. Only the first start needs the network."
        )
    tail = "\n".join("    " + line for line in output.splitlines()[-15:])
    return f"{what} failed. The last lines were:\n{tail}\nStart again, or show this to a helper."


def _explain_os_error(error: OSError, root: Path) -> str:
    if error.errno == errno.ENOSPC:
        return _disk_full()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"cannot write in {error.filename or root}.\n"
            "Move the course to a folder of your own, then start again there."
        )
    return f"{error}.\nStart again, or show this to a helper."


def _disk_full() -> str:
    return (
        "the disk is full. The environment needs about 1 GB.\n"
        "Free some space, then start again. Nothing half made was left behind."
    )


def _no_venv_module() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"this Python ({sys.executable}) comes without the parts that make environments.\n"
        f"On Debian and Ubuntu:  sudo apt install python3-venv   (or python{version}-venv)\n"
        "Then start again. (Having uv installed works as well.)"
    )
