"""``bonelab check NOTEBOOK``: run one's own notebook from top to bottom and show every check.

No sandbox and no solutions: it is one's own code, and the checks are those in the notebook.
"""

import argparse
import ast
import sys
from pathlib import Path


def main(argv, subject):
    """Return 0 if every question has all the marks that a self-check can give."""
    parser = argparse.ArgumentParser(prog="bonelab check", description=__doc__)
    parser.add_argument("notebook", type=Path)
    path = parser.parse_args(argv).notebook
    from bonelab.grading.notebook_file import Unreadable, read_notebook

    try:
        notebook = read_notebook(path)
    except Unreadable as problem:
        print(f"bonelab check: {path}: {problem}", file=sys.stderr)
        return 2
    print(*notebook.remarks, sep="\n", end="\n" if notebook.remarks else "")
    complete, found = _run(notebook, subject)
    if not found:
        print(f"bonelab check: {path} has no check cell", file=sys.stderr)
        return 2
    return 0 if complete else 1


def _run(notebook, subject):
    """Run all cells; ``(are all marks there, how many checks were found)``."""
    from bonelab.grading.answer_exchange import describe_error, error_text
    from bonelab.grading.cell_runner import Cells
    from bonelab.grading.home_checks import HomeChecks

    runner, complete, found, run = Cells(), True, 0, []
    home = HomeChecks(subject, runner.namespace)
    for cell in notebook.cells:
        if cell.type != "code":
            continue
        for source, is_check in _parts(cell.source):
            if not is_check:
                error = runner.run(source, cell.grade_id)
            else:
                try:
                    check, error = home.run(source, run), None
                    found += 1
                    complete &= check.got + check.undecided >= check.points
                except Exception as problem:
                    error = describe_error(problem, {})
            if error:
                complete = False
                print(f"The cell {cell.grade_id or cell.id} stopped with {error_text(error)}")
        run.append(cell.source)
    print(*runner.notes, sep="\n", end="\n" if runner.notes else "")
    return complete, found


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
