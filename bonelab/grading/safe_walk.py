"""All files that were handed in, wherever they lie: in folders, or in ZIP files within them.

Nothing here follows a link, climbs out of a folder, or lets one odd entry stop the others. A ZIP
file is read member by member, with bounds on number and size; what it holds is copied under names
of our own.
"""

import os
import stat
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bonelab.grading.notebook_file import LARGEST

DEEPEST = 12  # folders within folders
MOST_MEMBERS = 20_000  # of the ZIP files of one student, and of any one ZIP file
MOST_BYTES = 300_000_000  # out of the ZIP files of one student
NOTEBOOK_ENDINGS = (".ipynb", ".json", ".txt")  # some browsers add the latter two
IGNORED_FOLDERS = {"__MACOSX", "__pycache__", "node_modules", "site-packages", "$RECYCLE.BIN"}
IGNORED_FILES = {"Thumbs.db", "desktop.ini", "timestamp.txt"}


@dataclass(frozen=True)
class Entry:
    """One file (or empty folder). ``parts`` is where it lay; ``path`` is where it can be read."""

    parts: tuple[str, ...]
    path: Path
    when: float = 0.0  # seconds since 1970
    trouble: str = ""  # why it cannot be read, in words
    is_folder: bool = False
    packed_in: tuple[str, ...] = ()  # the ZIP file that it came out of, and when that was made
    packed_when: float = 0.0

    @property
    def name(self):
        return self.parts[-1]


class _Room:
    """How much may still come out of the ZIP files of one student, those within them included."""

    def __init__(self):
        self._bytes, self._members = {}, {}

    def left(self, student):
        if self._members.get(student, 0) >= MOST_MEMBERS:
            return 0
        return max(0, MOST_BYTES - self._bytes.get(student, 0))

    def take(self, student, size):
        self._members[student] = self._members.get(student, 0) + 1
        self._bytes[student] = self._bytes.get(student, 0) + size


def walk(folder: str | Path, but: str | Path | None = None) -> Iterator[Entry]:
    """Every entry in ``folder`` (or the ZIP file of that name), but not those in ``but``."""
    folder, room = Path(folder), _Room()
    kept_out = os.path.realpath(but) if but else ""
    if folder.is_file():
        entry = Entry((folder.name,), folder, _when(folder))
        yield from _unpacked(entry, room, flat=True)
        return
    todo: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    while todo:
        here, parts = todo.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda one: os.fsencode(one.name))
        except OSError as error:
            yield Entry(parts or (folder.name,), here, trouble=_why(error), is_folder=True)
            continue
        folders = []
        empty = True
        for one in entries:
            place = (*parts, one.name)
            if one.is_dir(follow_symlinks=False):
                if ignored(one.name) or os.path.realpath(one.path) == kept_out:
                    continue
                empty = False
                if len(place) > DEEPEST:
                    yield Entry(place, Path(one.path), trouble="folders nested too deeply")
                else:
                    folders.append((Path(one.path), place))
            elif not ignored(one.name):
                empty = False
                yield from _unpacked(Entry(place, Path(one.path), _when(one.path)), room)
        if empty and parts:
            yield Entry(parts, here, is_folder=True)
        todo += reversed(folders)


class Damaged(Exception):
    """A member of a ZIP file cannot be read."""


def ignored(name):
    """Files and folders that programs make, not students."""
    hidden = name.startswith((".", "~$")) and not name.startswith("..")
    return hidden or name in IGNORED_FOLDERS | IGNORED_FILES


def _unpacked(entry, room, flat=False):
    """The entry, or what is in it if it is a ZIP file; ``flat``: as if unpacked on the spot, the
    first part of a member's path being the student's."""
    if not entry.name.lower().endswith(".zip") or entry.path.is_symlink():
        yield entry
        return
    within = () if flat else (*entry.parts[:-1], entry.name[:-4])
    try:
        if not stat.S_ISREG(entry.path.lstat().st_mode):
            yield entry
            return
        with zipfile.ZipFile(entry.path) as archive:
            members = _members(archive, within, entry, room, "" if flat else entry.parts[0])
            yield from members if flat else _packed(members, entry.parts, entry.when)
    except Exception as error:  # of the many kinds that damage to a ZIP raises
        parts = within or entry.parts
        yield Entry((*parts, entry.name), entry.path, trouble=f"a damaged ZIP ({_why(error)})")


def _packed(entries, zip_file, when):
    for entry in entries:
        yield entry if entry.packed_in else replace(entry, packed_in=zip_file, packed_when=when)


def _members(archive, within, entry, room, student, innermost=False):
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        yield Entry((*within, entry.name), entry.path, trouble="a ZIP of too many files")
        return
    folder = None
    for number, member in enumerate(members):
        parts = tuple(PurePosixPath(member.filename.replace("\\", "/")).parts)
        if member.is_dir() or not parts or any(map(ignored, parts[:-1])) or ignored(parts[-1]):
            if parts and ".." in parts:
                yield _refused(within, entry, "a path that climbs out of its folder")
            continue
        if parts[0] == "/" or ".." in parts or ":" in parts[0] or len(parts) > DEEPEST:
            yield _refused(within, entry, "a path that climbs out of its folder or is too deep")
            continue
        place, when = (*within, *parts), _moment(member)
        if stat.S_ISLNK(member.external_attr >> 16):
            yield Entry(place, entry.path, when, "a link; links are not followed")
        elif member.flag_bits & 1:
            yield Entry(place, entry.path, when, "a member locked with a password")
        elif not place[-1].lower().endswith((*NOTEBOOK_ENDINGS, ".zip")):
            yield Entry(place, entry.path / place[-1], when)
        elif place[-1].lower().endswith(".zip"):
            if innermost:  # a ZIP that holds itself would never end
                yield Entry(place, entry.path, when, "a ZIP in a ZIP in a ZIP; it was not opened")
                continue
            yield from _inner(archive, member, place, when, room, student or parts[0])
        else:
            owner = student or parts[0]
            try:
                content = _read(archive, member, min(room.left(owner), LARGEST))
            except Damaged:
                yield Entry(place, entry.path, when, "damaged within its ZIP")
                continue
            if content is None:
                yield Entry(place, entry.path, when, "a file that is too large")
                continue
            room.take(owner, len(content))
            folder = folder or _keep()
            path = folder / f"{number}{PurePosixPath(place[-1]).suffix.lower()}"
            path.write_bytes(content)
            yield Entry(place, path, when)


def _inner(archive, member, place, when, room, student):
    """A ZIP within a ZIP, as platforms send what students packed; none within that."""
    try:
        content = _read(archive, member, min(room.left(student), LARGEST))
    except Damaged:
        yield Entry(place, Path(archive.filename or ""), when, "damaged within its ZIP")
        return
    if content is None:
        yield Entry(place, Path(archive.filename or ""), when, "a ZIP that is too large")
        return
    room.take(student, len(content))
    path = _keep() / "inner.zip"
    path.write_bytes(content)
    try:
        with zipfile.ZipFile(path) as inner:
            within, entry = (*place[:-1], place[-1][:-4]), Entry((place[-1],), path, when)
            members = _members(inner, within, entry, room, student, innermost=True)
            yield from _packed(members, place, when)
    except Exception as error:  # see above
        yield Entry(place, path, when, f"a damaged ZIP ({_why(error)})")


def _refused(within, entry, why):
    return Entry((*within, entry.name), entry.path, trouble=f"{why}, in the ZIP")


def _read(archive, member, most):
    """The content of a member, or None if it is larger than ``most``, whatever it says it is.
    Raises Damaged."""
    if member.file_size > most:
        return None
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except Exception as error:  # zlib, lzma and the others have errors of their own
        raise Damaged from error
    return content if len(content) <= most else None


_kept: list[
    tempfile.TemporaryDirectory
] = []  # folders of copies, which last as long as this process


def _keep():
    _kept.append(tempfile.TemporaryDirectory(prefix="handed-in-"))
    return Path(_kept[-1].name)


def _when(path):
    try:
        return os.lstat(path).st_mtime
    except OSError:
        return 0.0


def _moment(member):
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _why(error):
    return getattr(error, "strerror", None) or type(error).__name__
