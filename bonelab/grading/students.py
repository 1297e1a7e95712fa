"""Whose work it is: names and numbers as the platforms write them into files and folders.

One student stays one, however the name was written down; two of one name are told apart by the
number that the platform gave them.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field, replace

WORD = r"[^\W_]"
MOODLE = re.compile(  # those of no group have no number where groups hand in together
    r"^(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_[a-z]+(?:_(?P<file>.*))?$", re.S
)
GROUP = re.compile(  # what tells a group's name from a person's: a number, a letter, such a word
    r"\d|^\w$|\b(?:group|gruppe|groupe|grupo|gruppo|groep|team|[ée]quipe|equipo|squadra|section|"
    r"class|klasse|tutorium|seminar|\w+gruppe)\b",
    re.I,
)
ANONYMOUS = {"participant", "teilnehmer", "teilnehmerin", "participante", "partecipante",
             "deelnemer", "deltaker", "deltagare"}  # fmt: skip
SEVERAL = 3  # names that all begin as a group's might, before an unknown word is taken for one
DATE = r"(?:19|20)\d\d_\d\d?_\d\d?(?!\d)"
CANVAS = re.compile(
    rf"^(?P<name>[^_\s]+|\S+?(?=_(?:late_)?\d{{3,}}_\d{{3,}}_))_(?P<late>late_)?(?!{DATE})"
    r"(?P<id>\d+)_(?P<submission>\d+)_(?P<file>.+)$",
    re.I | re.S,
)
SAKAI = re.compile(r"^(?P<name>[^()]+,[^()]+)\((?P<id>[^()\s]+)\)$", re.S)
BLACKBOARD = re.compile(
    r"^(?P<task>.+)_(?P<name>[^_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+))?$", re.S
)
CLASSROOM = re.compile(r"^(?P<name>.+?) [-\u2013] (?P<file>.+)$", re.S)
COPY = r"(?:copy of|kopie von|copie de|copia de)\s+"
COPIED = r"[\s_-]+(?:copy|kopie|copie|copia)\s?\d*(?:\s*\(\d+\))?$"
AGAIN = re.compile(r"\s*\(\d+\)$")  # what browsers add to a second file of one name
SET = r"(?:set_?\d\d?(?:_[a-z_]+?)?|0\d_[a-z_]+?)"
NUMBERED = r"(?:[\s_-]*(?:\(\d+\)|-\d+))?"
LONGEST = 80  # characters of a name


@dataclass(frozen=True)
class Owner:
    """What a file's place says of its student. ``key`` is the same for the same student."""

    key: str
    name: str
    ids: dict = field(default_factory=dict)
    when: str = ""  # as the platform wrote it
    late: bool | None = None  # what the platform marks, without a moment; None if it marks nothing


def owner_of(parts, exercises=()):
    """The Owner of the file at ``parts``: the names of its folders, and its own. ``exercises`` are
    the names of exercise sets, which students' files carry."""
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        stem = _stem(part) if last else part
        if match := MOODLE.match(stem):
            return _owner(match["name"], {"Moodle participant": match["id"]} if match["id"] else {})
        if match := CANVAS.match(stem):  # a file, or what was in a ZIP file of that name
            ids = {"Canvas user": match["id"], "Canvas submission": match["submission"]}
            late = bool(match["late"])
            return _owner(match["name"], ids, known_by=match["id"], late=late)
        if not last and (match := SAKAI.match(part)):
            return _owner(match["name"], {"Sakai user": match["id"]}, known_by=match["id"])
        if match := BLACKBOARD.match(stem):
            return _owner(match["name"], {"Blackboard user": match["name"]}, when=match["when"])
    if len(parts) > 1:
        return _owner(parts[0], {})
    stem = _stem(parts[0])
    match = CLASSROOM.match(stem)
    if match and _bare(match["file"], exercises) == "":
        return _owner(match["name"], {})
    return _owner(_bare(stem, exercises) or stem, {})


def _owner(name, ids, known_by="", when="", late=None):
    number = known_by or ids.get("Moodle participant", "")
    key = f"number {number}" if number else f"name {_folded(name)}"
    return Owner(key, printable(name), ids, when, late)


def without_groups(owners):
    """The owners, where Moodle put the name of a group before theirs ("Gruppe 1-Ada Lovelace", up
    to Moodle 4.0), or in its place (later), or nobody's name ("Participant", with a number). The
    group becomes a column."""
    numbered = {one.key: one.name for one in owners if "Moodle participant" in one.ids}
    firsts = [name.partition("-")[0] for name in numbered.values() if "-" in name]
    shared = len(set(firsts)) < len(firsts) == len(numbered) >= SEVERAL
    for one in owners:
        if one.key not in numbered:
            yield one
            continue
        group, name = _parted(one.name, shared)
        number, ids = one.ids["Moodle participant"], one.ids
        if not group and GROUP.search(name):  # all of it is a group's
            ids = {"Moodle group": name, "Moodle group number": number}
            yield replace(one, key=f"group {number}", ids=ids)
            continue
        ids = {"Moodle group": group, **ids} if group else ids
        unnamed = _folded(name) in ANONYMOUS
        yield replace(one, name=f"{name} {number}" if unnamed else name, ids=ids)


def _parted(name, shared):
    """``(group, student)``. A group's name may hold a hyphen, and so may a student's."""
    parts = name.split("-")
    telling = [place for place, part in enumerate(parts[:-1], 1) if GROUP.search(part.strip())]
    end = max(telling, default=1 if shared else 0)
    return "-".join(parts[:end]).strip(), "-".join(parts[end:]).strip()


def name_in(file, exercises=()):
    """The student's name that the name of a file seems to be, or ""."""
    bare = _bare(_stem(file), exercises)
    words = set(re.findall(rf"{WORD}+", bare.lower()))
    return "" if words & ORDINARY or bare.isdigit() else _folded(bare)


def is_receipt(file):
    """What a platform adds of its own: Blackboard's text for each attempt, tables of the class."""
    if file.lower() in RECEIPTS:
        return True
    match = BLACKBOARD.match(_stem(file))
    return bool(match and not match["file"] and file.lower().endswith(".txt"))


RECEIPTS = {"grades.csv", "timestamp.txt", "submission_metadata.yml"}  # of Sakai and Gradescope
ORDINARY = {  # words in the names of files that are nobody's name
    *("copy", "final", "new", "old", "homework", "exercise", "exercises", "notebook", "untitled"),
    *("my", "solution", "solutions", "answer", "answers", "set", "submission", "assignment"),
    *("version", "try", "attempt", "backup", "draft", "test", "lesson", "primer", "v1", "v2", "v3"),
    *("kopie", "neu", "alt", "aufgabe", "versuch", "abgabe", "week", "hand", "in", "part"),
}


def _stem(name):
    return re.sub(r"\.(ipynb|json|txt|zip)$", "", name, flags=re.I)


def _bare(stem, exercises):
    """What is left of a file's name without that of the exercise."""
    names = sorted(map(re.escape, exercises), key=len, reverse=True)
    pattern = rf"[\s_-]*(?:{COPY})?(?:{'|'.join([*names, SET])}){NUMBERED}$"
    bare = re.sub(pattern, "", re.sub(COPIED, "", stem, flags=re.I), flags=re.I)
    if set(re.findall(rf"{WORD}+", bare.lower())) & ORDINARY:  # a copy of anybody's
        bare = re.sub(pattern, "", stem, flags=re.I)
    bare = re.sub(rf"^(?:{COPY})", "", bare, flags=re.I)
    return bare.strip(" _-")


def _folded(name):
    """The same for all ways to write a name; only blanks are ignored, not other empty letters."""
    return re.sub(" +", " ", unicodedata.normalize("NFC", as_text(name)).casefold()).strip(" ")


def as_text(name):
    """A file's name as text, also if its bytes are not UTF-8 (then they are read as Latin-1)."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        try:
            name = name.encode("utf-8", "surrogateescape").decode("latin-1")
        except UnicodeEncodeError:  # half a character that no file system has
            name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def printable(name):
    """A name that stands in one line of any file or terminal and cannot colour or hide anything."""
    text = "".join(c if c.isprintable() else " " for c in as_text(name))
    return " ".join(text.split())[:LONGEST] or "without a name"


def not_again(owners, exercises=()):
    """The owners, where a name that ends in "(1)" beside the same name without it is the same one.
    Where there is no such name, or none of a person, the number is what tells them apart: files
    called homework may have come from anybody."""
    known = {one.key: one.name for one in owners}
    for one in owners:
        key = AGAIN.sub("", one.key)
        known_too = key in known and not one.ids and name_in(known[key], exercises)
        yield replace(one, key=key, name=known[key]) if known_too else one


def told_apart(owners):
    """``{key: name}`` for all owners, no two alike: number or a fingerprint is added if need be."""
    names, taken = {}, {}
    for one in owners:
        names.setdefault(one.key, (one.name, _number(one)))
        taken.setdefault(_folded(one.name), set()).add(one.key)
    return {
        key: name if len(taken[_folded(name)]) == 1 else f"{name} {number or _mark(key)}"
        for key, (name, number) in names.items()
    }


def _number(owner):
    return owner.ids.get("Moodle participant") or owner.ids.get("Canvas user") or ""


def _mark(key):
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:6]
