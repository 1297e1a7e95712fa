"""``bonelab check``: run one's own notebooks from top to bottom and show every check.

No sandbox and no solutions: it is one's own code, and the checks are those in the notebook.
"""

import ast
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class SelfCheck:
    """What the checks of one notebook said, and what they cannot say."""

    checks: list = field(default_factory=list)
    essays: list = field(default_factory=list)  # (question, points)
    stopped: int = 0  # cells that ended in an error

    @property
    def complete(self):
        """Has every question all the marks that a self-check can give?"""
        full = all(c.got + c.undecided >= c.points for c in self.checks if not c.bonus)
        return full and not self.stopped

    def total(self):
        """The sum, and who decides about the rest."""
        counted = [_sum(c for c in self.checks if c.bonus is bonus) for bonus in (False, True)]
        (got, points), (extra, extra_points) = counted
        bonus = f", bonus {extra:g} of {extra_points:g}" if extra_points else ""
        lines = [f"Total: {got:g} of {points:g} marks{bonus}."]
        if undecided := sum(check.undecided for check in self.checks):
            lines.append(f"{undecided:g} more are decided when your work is graded.")
        if self.essays:
            named = ", ".join(f"{question} ({points:g} marks)" for question, points in self.essays)
            lines.append(f"Not checked here, since a person reads it: {named}.")
        return " ".join(lines)


def _sum(checks):
    """``(marks, out of)``."""
    checks = list(checks)
    return sum(check.got for check in checks), sum(check.points for check in checks)


def main(argv, subject):
    """Check each of the files ``argv``; 0 if nothing is missing, 1 if something is, 2 if one
    cannot be checked."""
    from bonelab.grading.notebook_file import Unreadable, read_notebook

    code, all_of_them = 0, SelfCheck()
    for path in map(Path, argv):
        if len(argv) > 1:
            print(f"== {path.name} ==")
        try:
            notebook = read_notebook(path)
        except Unreadable as problem:
            print(f"bonelab check: {path}: {problem}", file=sys.stderr)
            code = 2
            continue
        print(*notebook.remarks, sep="\n", end="\n" if notebook.remarks else "")
        result = _run(notebook, subject)
        if not result.checks:
            print(f"bonelab check: {path} has no check cell", file=sys.stderr)
            code = 2
            continue
        print(result.total())
        all_of_them.checks += result.checks
        code = max(code, 0 if result.complete else 1)
    if len(argv) > 1 and all_of_them.checks:
        print("== All of them ==", all_of_them.total(), sep="\n")
    return code


def _run(notebook, subject):
    """Run all cells and show what each check says."""
    from bonelab.grading.answer_exchange import describe_error, error_text
    from bonelab.grading.cell_runner import Cells
    from bonelab.grading.home_checks import HomeChecks

    runner, result, run = Cells(), SelfCheck(), []
    home = HomeChecks(subject, runner.namespace, runner.stopped)
    for cell in notebook.cells:
        if cell.points:
            result.essays.append((_question(cell), cell.points))
        if cell.type != "code":
            continue
        for source, is_check in _parts(cell.source):
            error = None
            if not is_check:
                error = runner.run(source, cell.grade_id)
            else:
                try:
                    result.checks.append(home.run(source, run))
                except Exception as problem:
                    error = describe_error(problem, {})
            if error:
                result.stopped += 1
                print(f"The cell {cell.grade_id or cell.id} stopped with {error_text(error)}")
        run.append(cell.source)
    print(*runner.notes, sep="\n", end="\n" if runner.notes else "")
    return result


def _question(cell):
    """The question in a cell's name: 1.7 of ``essay-1_7``."""
    return cell.grade_id.rpartition("-")[2].replace("_", ".") or cell.id


def _parts(source):
    """``(text, is it a check?)`` for the parts of a cell, as a notebook would run them."""
    from bonelab.grading.check_cell import part_cell

    try:
        before, check, after = part_cell(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [(source, False)]  # lines for IPython, or an error that it will tell
    if not check:
        return [(source, False)]
    texts = [ast.unparse(ast.Module(part, [])) for part in (before, check, after)]
    return [(text, n == 1) for n, text in enumerate(texts) if text]
