"""What students hand in: which files there are, whose they are, and which of them can be graded."""

import contextlib
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from bonelab.grading.notebook_file import Unreadable, read_bytes
from bonelab.grading.safe_walk import NOTEBOOK_ENDINGS, walk
from bonelab.grading.students import (
    is_receipt,
    name_in,
    not_again,
    owner_of,
    printable,
    told_apart,
    without_groups,
)

MARKED_LATE = "the platform marks it as late, and not by how much: with --late one day counts"
MOST_NOTEBOOKS = 40  # of one student
FEW = 3  # other files that are named one by one
TRY = re.compile(r"(?i)\W*(try|attempt|versuch|final|version|v|new|old|draft|resub\w*)?\W*\d*\W*")
SETS = re.compile(rb"marks\.check\(\s*\\?[\"'](\d+)\.")


@dataclass(frozen=True)
class Submission:
    """One file that a student handed in; or several others, which are only told (``trouble``)."""

    student: str
    path: Path
    name: str = ""  # of the file, as it can be shown
    place: str = ""  # the names of its folders and its own
    ids: dict = field(default_factory=dict)
    when: str = ""
    trouble: str = ""
    remarks: tuple = ()
    late: bool | None = None  # what the platform marks where it tells no moment


def find_submissions(folder, but=None, exercises=()):
    """All that lies in ``folder`` (but not in the folder ``but``), by student, in order.

    Understood are ``alice.ipynb``, ``alice/anything.ipynb``, ZIP files of these, and the layouts of
    nbgrader, Moodle, Canvas, Blackboard and Google Classroom. Links are never followed.
    """
    entries = list(walk(folder, but))
    levels = _needless_levels(entries, exercises)
    owned = []  # (owner, entry, remark)
    for entry in entries:
        drop = max((len(level) for level in levels if _within(entry, level)), default=0)
        parts = (*entry.parts[drop:], "") if entry.is_folder else entry.parts[drop:]
        if not is_receipt(entry.name):
            owned.append((owner_of(parts, exercises), entry, levels.get(entry.parts[:drop], "")))
    owners = not_again(list(without_groups([owner for owner, *_ in owned])), exercises)
    owned = [(owner, *rest) for owner, (_, *rest) in zip(owners, owned, strict=True)]
    names = told_apart(sorted((owner for owner, *_ in owned), key=lambda one: one.key))
    by_student = defaultdict(list)
    for owner, entry, remark in _dated_by_their_zip(owned, exercises):
        by_student[names[owner.key]].append((owner, entry, remark))
    return [
        submission
        for student in sorted(by_student)
        for submission in _of_student(student, by_student[student])
    ]


def _dated_by_their_zip(owned, exercises):
    """What a student packed was handed in when the ZIP was, whatever the dates in it say. Those in
    a platform's own ZIP, which holds several students or tells their numbers, are the platform's.
    """
    owners = defaultdict(set)
    for owner, entry, _ in owned:
        inside = entry.parts[len(entry.packed_in) - 1 :]
        owners[entry.packed_in] |= {owner.key} | set(owner_of(inside, exercises).ids)
    for owner, entry, remark in owned:
        dated = entry.packed_in and len(owners[entry.packed_in]) == 1
        yield owner, replace(entry, when=entry.packed_when) if dated else entry, remark


# ---- levels of folders that say nothing of a student ----------------------------------------


def _needless_levels(entries, exercises):
    """Folders that hold several students' work, ``{parts: remark}``: a level too many."""
    around = _folders_around(entries)
    while around and not _holds_several(entries, around[-1][:-1], exercises, 2):
        around.pop()
    levels = dict.fromkeys(around, "")
    here = around[-1] if around else ()
    for top in sorted({e.parts[: len(here) + 1] for e in entries if len(e.parts) > len(here) + 1}):
        inside = [entry for entry in entries if entry.parts[: len(top)] == top]
        if here == top[: len(here)] and _holds_several(inside, top[:-1], exercises, 3):
            remark = f"the folder {printable(top[-1])} holds work of several; it was taken apart"
            by_number = any(owner_of(entry.parts, exercises).ids for entry in inside)
            levels[top] = "" if by_number else remark
    return levels


def _folders_around(entries):
    """The folders that lie around everything, one in the other: ``[(a,), (a, b)]``."""
    around, here = [], ()
    while True:
        tops = {entry.parts[len(here) : len(here) + 1] for entry in entries}
        if len(tops) != 1 or any(len(entry.parts) < len(here) + 2 for entry in entries):
            return around
        here = (*here, *tops.pop())
        around.append(here)


def _holds_several(entries, above, exercises, names):
    """Does the one folder in ``above`` hold the work of several students? So many ``names`` of
    notebooks of one set, side by side in it, are enough to say so."""
    deep = len(above) + 1
    notebooks = [e for e in entries if e.name.lower().endswith(".ipynb") and len(e.parts) > deep]
    if any(owner_of((*e.parts[len(above) : deep], ""), exercises).ids for e in entries):
        return False  # the platform says whose it is
    if any(owner_of(e.parts[deep:], exercises).ids for e in notebooks):
        return True
    within = defaultdict(set)  # the same set, in which of its folders?
    beside = defaultdict(set)  # and under which names of files that lie in it?
    for entry in notebooks:
        asks = _set_of(entry)
        if len(entry.parts) > deep + 1:
            within[asks or entry.name].add(entry.parts[deep])
        elif name := name_in(entry.name, exercises):
            beside[asks].add(name)
    folders = any(
        len([name for name in inside if not TRY.fullmatch(name)]) > 1 for inside in within.values()
    )
    return folders or any(len(inside) >= names for asks, inside in beside.items() if asks)


def _set_of(entry):
    """The number of the set that a notebook belongs to, as its check cells say; "" if none."""
    return "" if entry.trouble else _number_in(entry.path)


@cache
def _number_in(path):
    with contextlib.suppress(Unreadable):
        numbers = Counter(SETS.findall(read_bytes(path))).most_common(1)
        return numbers[0][0].decode() if numbers else ""
    return ""


def _within(entry, level):
    return entry.parts[: len(level)] == level and len(entry.parts) > len(level)


# ---- the work of one student ----------------------------------------------------------------


def _of_student(student, owned):
    """Its notebooks one by one, and one word on all other files."""
    owned = sorted(
        owned, key=lambda one: tuple(part.encode("utf-8", "replace") for part in one[1].parts)
    )
    notebooks, others = [], []
    for owner, entry, remark in owned:
        good = not entry.is_folder and entry.name.lower().endswith(NOTEBOOK_ENDINGS)
        name, place = printable(entry.name), "/".join(map(printable, entry.parts))
        late = MARKED_LATE if owner.late else ""
        remarks = tuple(filter(None, (remark, late)))
        submission = Submission(
            student, entry.path, name, place, owner.ids, _when(owner, entry), entry.trouble,
            remarks, owner.late,
        )  # fmt: skip
        (notebooks if good and not entry.trouble else others).append((submission, entry))
    for submission, _ in notebooks[:MOST_NOTEBOOKS]:
        yield submission
    others += notebooks[MOST_NOTEBOOKS:]
    if len(notebooks) > MOST_NOTEBOOKS:
        trouble = f"more than {MOST_NOTEBOOKS} notebooks; the rest was not graded"
        yield replace(notebooks[0][0], trouble=trouble)
    named = others if len(others) <= FEW else []
    for submission, entry in named:
        yield submission if submission.trouble else replace(submission, trouble=_what(entry))
    if others and not named:
        submission, _ = others[0]
        shown = ", ".join(one.name for one, _ in others[:FEW])
        trouble = f"not a notebook: {len(others)} other files, such as {shown}"
        yield replace(submission, name=f"{len(others)} other files", trouble=trouble)


def _what(entry):
    if entry.is_folder:
        return "no notebook in this folder"
    ending = printable(entry.path.suffix)[:12] if entry.path.suffix else "nothing"
    return f"not a notebook: a file that ends in {ending}"


def _when(owner, entry):
    """When it was handed in, as the platform says, else as the file does: 2026-11-30 12:00:05."""
    if owner.when:
        day, clock = owner.when[:10], owner.when[11:].replace("-", ":")
        return f"{day} {clock}"
    stamp = entry.path.parent / "timestamp.txt"  # nbgrader's; elsewhere a student may have put it
    with contextlib.suppress(OSError, ValueError):
        if not owner.ids and stamp.is_file() and not stamp.is_symlink():
            return stamp.read_text(encoding="utf-8")[:19].strip()
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(entry.when)) if entry.when else ""
