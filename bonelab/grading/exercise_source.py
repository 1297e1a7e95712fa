"""A solution notebook, read as the source of an exercise: what is given, asked, checked, marked."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from bonelab.grading import blanks
from bonelab.grading.names_in_code import names_bound, names_read

LONG = 120  # characters of an essay that nobody writes twice
# What an exercise says where an essay belongs. A click selects a cell of text, a double-click opens
# it, and after either JupyterLab takes letters for commands; after Enter they are written.
WRITE_HERE = (
    "*Click this line and press Enter; then put your answer in its place, in your own words. "
    "Shift + Enter ends it.*"
)
WROTE_HERE = "*Write your answer here, in your own words.*"  # in exercises of before
RUNGS = "CNLFSEB"  # choose, by hand, lab or table, fill blanks, own lines, essay, bonus
GIVEN, ANSWER, CHECK, ESSAY, TEXT = "given", "answer", "check", "essay", "text"


@dataclass(frozen=True)
class Cell:
    """One cell of the source. ``visible`` is its text in the exercise that students get."""

    kind: str
    id: str  # nbgrader's grade_id, or the cell's own id
    question: str  # "1.2", or "" for cells that belong to no question
    part: str  # "a" for a part of a question that is checked in parts, else ""
    source: str
    visible: str
    points: float = 0
    locked: bool = False
    objectives: tuple = ()
    cell_id: str = ""
    is_code: bool = True
    rungs: dict = field(default_factory=dict)  # {"N": 2, "C": 1}: marks by kind of work

    @property
    def item(self):
        """What the cell's marks are booked under: "1.2", or "1.2a" for a part of a question."""
        return self.question + self.part

    @property
    def is_bonus(self):
        """Do its marks count beyond the total of the set?"""
        return "B" in self.rungs

    @property
    def is_half_filled(self):
        """Does it mark blanks, for students to fill in?"""
        return self.kind == ANSWER and blanks.has_marks(self.source)

    @property
    def has_hidden_tests(self):
        return self.kind == CHECK and self.visible != self.source


@dataclass(frozen=True)
class Exercise:
    """A whole exercise set."""

    name: str  # set_01_forward_signalling
    title: str
    cells: tuple
    objectives: dict = field(default_factory=dict)
    titles: dict = field(default_factory=dict)  # question -> the words of its heading
    secret: frozenset = frozenset()  # texts that stand in the solution only, without blanks

    def of_kind(self, *kinds):
        return [cell for cell in self.cells if cell.kind in kinds]

    @property
    def items(self):
        """The cells that carry marks, in order: checks and essays."""
        return self.of_kind(CHECK, ESSAY)

    @property
    def questions(self):
        """The numbers of its questions, in order; each may have several items."""
        return list(dict.fromkeys(cell.question for cell in self.items))

    def told_under(self, cell):
        """The item whose findings tell what ``cell`` did: its own, or the first of its question."""
        items = [other.item for other in self.items if other.question == cell.question]
        return cell.item if cell.item in items else next(iter(items), "")

    @property
    def points(self):
        """All marks of the set but those of the bonus."""
        return sum(cell.points for cell in self.items if not cell.is_bonus)

    @property
    def bonus(self):
        return sum(cell.points for cell in self.items if cell.is_bonus)


def read_exercise(path):
    """Read ``path``, a solution notebook in nbgrader's format; raises ValueError if it is not."""
    path = Path(path)
    notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    cells, titles, title, secret = [], {}, path.stem, set()
    for raw in notebook["cells"]:
        cell = _cell(raw)
        if cell is None:
            secret.add(_squeeze(raw["source"]))
            continue
        words = cell.kind == ESSAY and len(cell.source) > LONG
        if cell.has_hidden_tests or cell.is_half_filled or words:
            secret.add(_squeeze(cell.source))
        for words in re.findall(r"^## +(.+)$", cell.source, re.M) if cell.kind == TEXT else ():
            if number := re.match(r"\W*(?:Question |Exercise )?(\d+\.\d+)\W*", words):
                titles[number[1]] = words[number.end() :].strip()
        if cell.kind == TEXT and (heading := re.search(r"^# +(.+)$", cell.source, re.M)):
            title = heading[1].strip()
        cells.append(cell)
    exercise = Exercise(
        path.stem,
        title,
        tuple(cells),
        notebook["metadata"].get("bonelab", {}).get("objectives", {}),
        titles,
        frozenset(secret),
    )
    if not exercise.items:
        raise ValueError(f"{path.name} has no cell that carries marks")
    items = [cell.item for cell in exercise.items]
    for item in items:
        if items.count(item) > 1:
            raise ValueError(f"{path.name}: two cells carry the marks of {item or 'no question'}")
    return exercise


def _squeeze(text):
    return "".join("".join(text).split())


def _cell(raw):
    """A Cell, or None for an explanation, which only the solution shows."""
    metadata = raw.get("metadata", {})
    if "solution" in metadata.get("tags", ()):
        return None
    source, ours = "".join(raw["source"]), metadata.get("bonelab", {})
    nbgrader = metadata.get("nbgrader", {})
    is_code = raw["cell_type"] == "code"
    graded, solution = nbgrader.get("grade", False), nbgrader.get("solution", False)
    if graded:
        kind = ESSAY if solution else CHECK
    elif is_code:
        kind = ANSWER if solution else GIVEN
    else:
        kind = TEXT
    name = nbgrader.get("grade_id") or raw.get("id", "")
    number = re.search(r"(\d+)_(\d+)(?:([a-z])(?![a-z]))?", nbgrader.get("grade_id", ""))
    points = float(nbgrader.get("points", 0)) if graded else 0
    return Cell(
        kind=kind,
        id=name,
        question=f"{number[1]}.{number[2]}" if number else "",
        part=(number[3] or "") if number else "",
        source=source,
        visible=_visible(kind, source),
        points=points,
        locked=nbgrader.get("locked", False),
        objectives=tuple(ours.get("objectives", ())),
        cell_id=raw.get("id", ""),
        is_code=is_code,
        rungs=_rungs(ours.get("rungs", ""), points, name),
    )


def _rungs(text, points, name):
    """``{"N": 2, "C": 1}`` from "N2 C1"; raises ValueError if they are not the cell's points."""
    steps = re.findall(rf"([{RUNGS}])(\d+(?:\.\d+)?)(?:\s|$)", text)
    rungs = {letter: float(marks) for letter, marks in steps}
    asked = len(text.split())
    if text and (asked != len(rungs) or sum(rungs.values()) != points):
        kinds = ", ".join(RUNGS)
        raise ValueError(f"{name}: the rungs {text!r} are not {points:g} marks of {kinds}")
    if "B" in rungs and len(rungs) > 1:
        raise ValueError(f"{name}: a bonus stands in a cell of its own, not as {text!r}")
    return rungs


def _visible(kind, source):
    if kind == CHECK:
        return _replace_region(source, "HIDDEN TESTS", None)
    if kind == ANSWER:
        cleared = _replace_region(source, "SOLUTION", "...")
        if blanks.has_marks(cleared):
            return blanks.cut(cleared)
        return "..." if cleared == source else cleared
    return "" if kind == ESSAY else source


def _replace_region(source, marker, stub):
    """nbgrader's rule: everything from ``BEGIN marker`` to ``END marker`` makes room for a stub."""
    lines, inside = [], False
    for line in source.split("\n"):
        if f"BEGIN {marker}" in line:
            inside = True
            if stub is not None:
                lines.append(line[: len(line) - len(line.lstrip())] + stub)
        elif f"END {marker}" in line:
            inside = False
        elif not inside:
            lines.append(line)
    if inside:
        raise ValueError(f"BEGIN {marker} without END {marker}")
    return "\n".join(lines)


def rubric(essay):
    """The rubric of an essay cell: ``[(marks, words)]`` from lines ``- 2: names TRAF6``."""
    lines = re.findall(r"^[-*] +(\d+(?:\.\d+)?) *(?:marks?|points?)?: +(.+)$", essay.source, re.M)
    return [(float(marks), words.strip()) for marks, words in lines]


def given_for_checks(exercise, checks=None):
    """The given cells that define what the ``checks`` read (all, unless some are named): those that
    stand before them and need no answer."""
    checks = exercise.of_kind(CHECK) if checks is None else checks
    last = max((exercise.cells.index(cell) for cell in checks), default=0)
    asked, usable = set(), []
    for cell in exercise.cells[:last]:
        if cell.kind not in (ANSWER, GIVEN):
            continue
        if cell.kind == ANSWER or names_read(cell.source) & asked:
            asked |= names_bound(cell.source)
        else:
            usable.append(cell)
    needed = set().union(*(names_read(cell.source) for cell in checks))
    chosen = []
    for cell in reversed(usable):
        if names_bound(cell.source) & needed:
            chosen.append(cell)
            needed |= names_read(cell.source)
    return chosen[::-1]
