"""A check cell runs in a room of its own: among the given names, never among the learner's.

What a check defines stays there, and what a learner defines reaches it through ``Answers`` only.
The notebook at home and the grader both call ``run_check``, so that they cannot disagree.
"""

import ast
from dataclasses import dataclass, field
from types import ModuleType

from bonelab.grading.answer_exchange import MISSING, Answers, Blank, CellStopped, Expression
from bonelab.grading.check_tests import Check
from bonelab.grading.comparison import named, when
from bonelab.grading.fingerprints import seal, seed
from bonelab.grading.names_in_code import names_bound, names_read
from bonelab.grading.plain_data import encode
from bonelab.grading.plain_reading import alike, decode
from bonelab.grading.subject import NOTHING, TaughtSubject


@dataclass
class Marks:
    """What a check cell calls ``marks``: whose answers they are, and which checks were made."""

    answers: Answers
    subject: TaughtSubject = NOTHING
    student: str = ""
    key: str = ""
    notes: list = field(default_factory=list)
    finished: list = field(default_factory=list)

    def check(self, question, points, bonus=False):
        """Start the check of ``question`` (such as "1.2"), which is worth ``points`` in all."""
        finish = self.finished.append
        check = Check(question, points, self.answers, self.subject, finish, bonus)
        check.notes = list(self.notes)
        return check

    def exam_seed(self, question):
        """A number for hidden tests: differs per student and class key, unknown to students."""
        return seed(self.key, self.student, question)

    expr = Expression
    nudge = staticmethod(named)
    seal = staticmethod(seal)
    seed = staticmethod(seed)
    when = when


def run_check(code, source, names, marks):
    """Run the check cell ``source`` (compiled: ``code``) among the given ``names``; its Check."""
    marks.notes += [
        f"Note: {name} was given, and the notebook has changed it; this check uses the given one."
        for name in overwritten(source, names, marks)
    ]
    exec(code, {**names, "__name__": "check_cell", "marks": marks})
    if not marks.finished:
        raise ValueError("a check cell does not end in check.score()")
    return marks.finished[-1]


def overwritten(source, names, marks):
    """The given names that a check reads and that have another value in the learner's notebook."""
    kinds = marks.subject.kinds
    for name in sorted((names_read(source) - names_bound(source)) & names.keys()):
        given = names[name]
        if isinstance(given, (ModuleType, type)) or name.startswith("__"):
            continue
        try:
            answer = marks.answers.get(name)
            if answer is MISSING or isinstance(answer, Blank):
                continue
            if not alike(encode(answer, kinds), _as_it_arrives(given, kinds)):
                yield name
        except CellStopped:  # the check itself tells of it
            continue
        except Exception:  # nothing that can be read as plain data
            yield name


def _as_it_arrives(value, kinds):
    """``value`` after the way that an answer takes."""
    sent = encode(value, kinds)
    is_function = isinstance(sent, dict) and "@function" in sent
    return sent if is_function else encode(decode(sent, kinds), kinds)


def part_cell(tree):
    """The statements of a cell before, in and after its check: ``check = marks.check(...)`` to
    ``check.score()``. Whoever typed an answer into a check cell has it run as an answer."""
    body = tree.body
    start = next((n for n, statement in enumerate(body) if _starts(statement)), None)
    if start is None:
        return body, [], []
    ends = [n for n, statement in enumerate(body) if n > start and _ends(statement)]
    end = ends[-1] + 1 if ends else len(body)
    return body[:start], body[start:end], body[end:]


def _starts(statement):
    return isinstance(statement, ast.Assign) and _calls(statement.value, "marks", "check")


def _ends(statement):
    return isinstance(statement, ast.Expr) and _calls(statement.value, "check", "score")


def _calls(node, owner, method):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == owner
    )
