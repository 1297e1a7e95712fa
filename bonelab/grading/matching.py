"""Find a student's answers in the notebook that came back, however it was treated.

The checks and the given cells are always those of the source; from the submission only answers are
taken, found by nbgrader's name of the cell, else by the cell's own id, else by what it contains.
"""

import ast
import re
from dataclasses import dataclass, field

from bonelab.grading.exercise_source import (
    ANSWER,
    CHECK,
    ESSAY,
    GIVEN,
    TEXT,
    WRITE_HERE,
    WROTE_HERE,
    Cell,
)
from bonelab.grading.names_in_code import names_bound

LONG = 400  # characters of answers that nobody writes twice
TELLING = 40  # characters of a text that stands in no other notebook
WORD_FOR_WORD = "its answers are word for word those of the solution"
SEALS_USED = "works with the seals of answers"
A_CHECK = re.compile(r"marks\.check\(\s*[\"'](\d+\.\d+[a-z]?)[\"']")
SEALS = re.compile(r"sealed:[0-9a-f]{6}|\bfingerprints\b|\bseal\s*\(")  # no exercise asks for them
HEADING = re.compile(r"^## {1,9}\W{0,9}(?:Question |Exercise )?(\d{1,3}\.\d{1,3})", re.M)


@dataclass(frozen=True)
class Step:
    """Run ``source`` on the learner's side, or (if ``check``) mark an item."""

    source: str
    item: str  # where the report tells what became of it, or ""
    label: str
    check: Cell | None = None
    given: bool = False


@dataclass
class Plan:
    """What to do with one submission, and what a teacher should know about it."""

    steps: list = field(default_factory=list)
    essays: dict = field(default_factory=dict)  # item -> the student's text
    remarks: list = field(default_factory=list)
    matched: int = 0  # cells of the exercise's questions that were found
    belongs: bool = False  # to this exercise, by more than a few names that it shares
    is_solution: bool = False  # it holds what only the solution has
    untouched: bool = False

    def remark(self, words):
        if words not in self.remarks and len(self.remarks) < 30:
            self.remarks.append(words)


def match(exercise, cells):
    """The Plan for a submission with these ``cells`` (from notebook_file.read_notebook)."""
    plan = Plan()
    owners = _owners(exercise, cells, plan)
    plan.matched = sum(1 for owner in owners if owner and owner.question)
    plan.belongs = _belongs(exercise, cells, owners)
    _essays(exercise, cells, owners, plan)
    plan.is_solution = any(_squeeze(cell.source) in exercise.secret for cell in cells)
    _compare_with_source(cells, owners, plan)
    for cell, owner in zip(cells, owners, strict=True):
        theirs = owner is None or owner.kind == ANSWER
        if theirs and cell.type == "code" and SEALS.search(cell.source):
            name = owner.id if owner else "beside the answers"
            plan.remark(f"the cell {name} {SEALS_USED}")
    placed = []  # (position in the source or None, Step)
    for cell, owner in zip(cells, owners, strict=True):
        placed += [(owner, step) for step in _steps(exercise, cell, owner, plan)]
    for given in exercise.of_kind(GIVEN):
        if not any(owner is given for owner, _ in placed):
            placed.insert(_place(exercise, given, placed), (given, _given_step(given)))
            plan.remark(f"the given cell {given.id} was missing; the original was used")
    for check in exercise.of_kind(CHECK):
        _insert_check(exercise, check, placed)
    plan.steps = [step for _, step in placed if step.source or step.check]
    for cell in exercise.of_kind(ANSWER):
        if cell.question and not any(owner is cell for owner in owners):
            plan.remark(f"the answer cell {cell.id} is missing or could not be recognised")
    return plan


def _belongs(exercise, cells, owners):
    """Is it work on this exercise? One cell that only this exercise has says so; where all of them
    were rewritten, names that most of its answers give. A lesson has some of these names too."""
    texts = {_squeeze(cell.source) for cell in exercise.of_kind(TEXT)}
    for cell, owner in zip(cells, owners, strict=True):
        text = _squeeze(cell.source)
        if len(text) > TELLING and text in texts:
            return True
        if owner and owner.question:
            named = owner.id in (cell.grade_id, cell.id) or owner.cell_id == cell.id
            if named or owner.kind == CHECK or text == _squeeze(owner.visible) != "...":
                return True
    answered = sum(1 for owner in owners if owner and owner.kind == ANSWER)
    return answered >= len([cell for cell in exercise.of_kind(ANSWER) if cell.question]) / 2


def _compare_with_source(cells, owners, plan):
    """Has nobody touched it? Or are all answers word for word those of the solution?"""
    answers = [
        (_squeeze(cell.source), owner)
        for cell, owner in zip(cells, owners, strict=True)
        if owner and owner.kind == ANSWER and owner.question
    ]
    others = [cell for cell, owner in zip(cells, owners, strict=True) if owner is None]
    plan.untouched = (
        bool(answers)
        and all(text == _squeeze(owner.visible) for text, owner in answers)
        and not any(plan.essays.values())
        and not any(cell.type == "code" and cell.source.strip() for cell in others)
    )
    free = [(text, owner) for text, owner in answers if not owner.is_half_filled]  # else all alike
    alike = [text for text, owner in free if _bare(text) == _bare(_squeeze(owner.source))]
    if len(alike) == len(free) > 2 and sum(map(len, alike)) > LONG:
        plan.remark(WORD_FOR_WORD)


def _bare(text):
    """Without the markers of a solution."""
    return re.sub(r"###(BEGIN|END)SOLUTION", "", text)


# ---- which cell of the source is this? ------------------------------------------------------


def _owners(exercise, cells, plan):
    owners = [None] * len(cells)
    by_name = {cell.id: cell for cell in exercise.cells}
    by_id = {cell.cell_id: cell for cell in exercise.cells if cell.cell_id}
    for index, cell in enumerate(cells):
        owners[index] = by_name.get(cell.grade_id) if cell.grade_id else None
    seen = [owner.id for owner in owners if owner]
    for name in sorted({name for name in seen if seen.count(name) > 1}):
        plan.remark(f"the cell {name} occurs {seen.count(name)} times; all were run, in order")
    for index, cell in enumerate(cells):
        if not owners[index]:
            original = by_id.get(cell.id)
            if original is None or original in owners:
                original = _by_content(exercise, cell, owners)
            owners[index] = original
    if not any(cell.grade_id for cell in cells) and any(owners):
        plan.remark("the notebook has lost its metadata; cells were recognised by their content")
    return owners


def _by_content(exercise, cell, owners):
    if cell.type != "code":
        return None
    asked = A_CHECK.search(cell.source)
    text = _squeeze(cell.source)
    names = names_bound(cell.source)
    for source in exercise.of_kind(GIVEN, ANSWER, CHECK):
        if source.kind == CHECK and asked and asked[1] == source.item:
            return source
        if source.kind in (GIVEN, ANSWER) and text == _squeeze(source.visible):
            return source
        if source.kind == ANSWER and not asked:
            wanted = names_bound(source.visible) | names_bound(source.source)
            if names & wanted and source not in owners:
                return source
    return None


def _squeeze(text):
    return "".join(text.split())


def _place(exercise, given, placed):
    """Where a missing given cell belongs: before the first cell that came after it."""
    later = exercise.cells[exercise.cells.index(given) + 1 :]
    for position, (owner, _) in enumerate(placed):
        if owner in later:
            return position
    return len(placed)


# ---- what to run ----------------------------------------------------------------------------


def _steps(exercise, cell, owner, plan):
    """The steps for one cell of the submission; a check's own place holds an empty step."""
    source = cell.source
    if owner is None:
        return [Step(source, "", "extra")] if cell.type == "code" else []
    if owner.kind == ANSWER:
        if cell.type != "code":
            plan.remark(f"the answer cell {owner.id} was no longer a code cell; it was run as code")
        return [Step(source, exercise.told_under(owner), owner.id)]
    if owner.kind == GIVEN:
        rest = _leftover(source, owner, plan)
        return [_given_step(owner), Step(rest, "", owner.id)]
    if owner.kind == CHECK:
        rest = _leftover(source, owner, plan)
        return [Step(rest, owner.item, owner.id)]
    return []


def _given_step(given):
    return Step(given.source, "", given.id, given=True)


def _leftover(source, owner, plan):
    """What a student added to a cell that was not theirs: it runs, but replaces nothing given."""
    original = owner.visible
    if _squeeze(source) in (_squeeze(original), _squeeze(owner.source)):
        return ""
    plan.remark(f"the cell {owner.id} was changed; the original was used, and additions beside it")
    lines = [line for line in source.split("\n") if not re.match(r"\s*[%!]", line)]
    taken = names_bound(original) | {"check", "marks"}
    try:
        known = {ast.dump(statement) for statement in ast.parse(original).body}
        kept = [
            ast.unparse(statement)
            for statement in ast.parse("\n".join(lines)).body
            if ast.dump(statement) not in known and not _mentions(statement, taken)
        ]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return "\n".join(kept)


def _mentions(statement, names):
    return any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(statement)) or bool(
        names_bound(ast.unparse(statement)) & names
    )


def _insert_check(exercise, check, placed):
    """An item is marked where its check stands, but never before the answers to its question that
    come before it in the source have run."""
    before = exercise.cells[: exercise.cells.index(check)]
    answers = [
        position
        for position, (owner, _) in enumerate(placed)
        if owner in before and owner.kind == ANSWER and owner.question == check.question
    ]
    copies = [position for position, (owner, _) in enumerate(placed) if owner is check]
    after = max([*answers[-1:], *copies[:1]], default=len(placed) - 1)
    placed.insert(after + 1, (None, Step("", check.item, check.id, check)))


# ---- words ----------------------------------------------------------------------------------


def _essays(exercise, cells, owners, plan):
    given = {_squeeze(cell.source) for cell in exercise.of_kind(TEXT)}
    for essay in exercise.of_kind(ESSAY):
        texts = [cell.source for cell, owner in zip(cells, owners, strict=True) if owner is essay]
        if not texts:
            texts = _below_heading(essay.question, cells, owners, given)
        texts = map(_own_words, texts)
        plan.essays[essay.item] = "\n\n".join(filter(None, texts))[:20_000]


def _own_words(text):
    """Without the line that says where to write; some write below it, and leave it there."""
    return text.replace(WRITE_HERE, "").replace(WROTE_HERE, "").strip()


def _below_heading(question, cells, owners, given):
    texts, inside = [], False
    for cell, owner in zip(cells, owners, strict=True):
        if heading := HEADING.search(cell.source):
            inside = heading[1] == question
        theirs = owner is None and cell.type == "markdown"
        if inside and theirs and _squeeze(cell.source) not in given:
            texts.append(HEADING.sub("", cell.source))
    return texts
