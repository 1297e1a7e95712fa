"""The answers of one learner, in one small file that survives the night.

``answers.json`` stands in the learner's own folder, beside ``lessons/`` and ``exercises/``. It is
readable, it names nobody, and it is written whole or not at all: into a file beside it which then
takes its place, under a lock that several kernels share. ``docs/kept-answers.md`` describes it.

    kept = answers()
    kept.put("predictions", "1.1", {"answer": 40.0, "unit": "%"})
    kept.get("predictions", "1.1")["answer"]

Where there is no learner's folder (a script, a test, the course's own lessons) nothing is written:
the answers then live as long as the Python session.
"""

import json
import os
import sys
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bonelab.course import course_folders
from bonelab.course.working_copy import COPIED

SCHEMA = 1
NAME = "answers.json"
KINDS = ("predictions", "checks", "labs", "parts")
ABOUT = (
    "Answers given in the course bonelab: predictions, checks, settings of labs, and how each part "
    "of an exercise went at first. "
    "Show them with: python3 -m bonelab answers. They are yours, and they name nobody."
)
PATIENCE = 5.0  # seconds to wait for another kernel that is writing


class Kept:
    """Entries by kind and id. With a ``path`` they are mirrored in that file."""

    def __init__(self, path=None):
        self.path = path and Path(path)
        self.trouble = ""  # what went wrong with the file, in one sentence for the learner
        self._entries = {kind: {} for kind in KINDS}
        self._stamp = None  # of the file as last read or written
        self._guard = threading.RLock()
        self._listeners = []

    # -- reading ---
    def get(self, kind, id):
        """A copy of the entry, or None."""
        with self._guard:
            self._refresh()
            entry = self._entries[kind].get(id)
            return None if entry is None else json.loads(json.dumps(entry))

    def all(self, kind):
        """Every entry of one kind, by id."""
        with self._guard:
            self._refresh()
            return json.loads(json.dumps(self._entries[kind]))

    # -- writing ---
    def put(self, kind, id, entry):
        """Keep an entry (a dict of plain data); None forgets it. Tells those who listen."""
        if entry is not None:
            entry = json.loads(json.dumps(entry)) | {"when": _now()}
        with self._guard:
            self._change(lambda entries: _set(entries[kind], id, entry))
        for listener in list(self._listeners):
            listener(kind, id)

    def clear(self):
        """Forget everything."""
        with self._guard:
            self._change(lambda entries: [entries[kind].clear() for kind in KINDS])

    def listen(self, listener):
        """Call ``listener(kind, id)`` after every change made in this kernel."""
        self._listeners.append(listener)

    # -- the file ---
    def _change(self, change):
        """Apply a change to what the file holds now, and write it."""
        if self.path is None:
            change(self._entries)
            return
        try:
            with self._locked():
                readable = self._read()
                change(self._entries)
                if readable:
                    self._write()
        except OSError as problem:
            change(self._entries)  # the running kernel remembers, whatever the disk says
            self.trouble = (
                f"Your answers could not be written to {self.path} ({problem.strerror or problem}),"
                " so they last only until this notebook is closed."
            )

    @contextmanager
    def _locked(self):
        from filelock import FileLock, Timeout

        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=PATIENCE)
        try:
            with lock:
                yield
        except Timeout as problem:
            raise OSError(None, "another notebook is busy with the file") from problem

    def _refresh(self):
        """Read the file again when another kernel has written it."""
        if self.path is not None:
            with suppress(OSError):
                self._read()

    def _read(self):
        """Take over what the file holds; False when it must not be written to."""
        stamp = _stamp(self.path)
        if stamp == self._stamp:
            return True
        if stamp is None:  # no file yet, or it was taken away
            self._stamp = None
            return True
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            schema, entries = data["schema"], {kind: dict(data.get(kind, {})) for kind in KINDS}
            if not all(isinstance(e, dict) for some in entries.values() for e in some.values()):
                raise ValueError("an entry is no table")
        except (ValueError, KeyError, TypeError, AttributeError):
            self._set_aside()
            return True
        if schema != SCHEMA:
            self.trouble = (
                f"{self.path} was written by another version of bonelab. It is left as it is, "
                "so today's answers last only until this notebook is closed."
            )
            return False
        self._entries, self._stamp = entries, stamp
        return True

    def _set_aside(self):
        """Move a file that cannot be read out of the way, never over another one."""
        number = 1
        while (aside := self.path.with_name(f"answers-unreadable-{number}.json")).exists():
            number += 1
        os.replace(self.path, aside)
        self._stamp = None
        self.trouble = (
            f"The file with your earlier answers could not be read. It is kept as {aside.name}, "
            "and a new one was begun."
        )

    def _write(self):
        """Write beside the file, then put the new one in its place: whole or not at all."""
        text = json.dumps(
            {"about": ABOUT, "schema": SCHEMA, **self._entries}, indent=1, ensure_ascii=False
        )
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self.path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        self._stamp = _stamp(self.path)


def _set(entries, id, entry):
    if entry is None:
        entries.pop(id, None)
    else:
        entries[id] = entry


def _now():
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def _stamp(path):
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


# -- where it stands -------------------------------------------------------------------------------


def place():
    """The file of the running kernel, or None: only a notebook that somebody works in has one.

    ``BONELAB_ANSWERS`` names another file, or is ``off``.
    """
    setting = os.environ.get("BONELAB_ANSWERS", "")
    if setting:
        return None if setting.lower() in ("off", "0", "no") else Path(setting).expanduser()
    return of_folder(Path.cwd()) if worked_in() else None


def of_folder(folder):
    """The file that belongs to the notebooks of ``folder``."""
    for parent in (folder, *folder.parents):
        if parent.name == course_folders.WORK or (parent / COPIED).is_file():
            return parent / NAME
    root = course_folders.checkout()
    if root is not None and folder.is_relative_to(root):
        return course_folders.work() / NAME  # beside the lessons, as `bonelab open` does
    work = folder / course_folders.WORK
    return (work if work.is_dir() else folder) / NAME


def worked_in():
    """True in the kernel of a notebook that is open in a browser or an editor."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if getattr(shell, "kernel", None) is None:
        return False
    return "JPY_SESSION_NAME" in os.environ or "__vsc_ipynb_file__" in shell.user_ns


_session = None


def answers():
    """The answers of the running kernel."""
    global _session
    if _session is None:
        _session = Kept(place())
    return _session
