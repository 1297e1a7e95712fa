"""``bonelab check NOTEBOOK``: run one's own notebook from top to bottom and show every check.

No sandbox and no solutions: it is one's own code, and the checks are those in the notebook.
"""

import argparse
import sys
from pathlib import Path


def main(argv):
    """Return 0 if every question has all the marks that a self-check can give."""
    parser = argparse.ArgumentParser(prog="bonelab check", description=__doc__)
    parser.add_argument("notebook", type=Path)
    path = parser.parse_args(argv).notebook
    from bonelab.course import marks
    from bonelab.course.answers import error_text
    from bonelab.course.grade.cells import Cells
    from bonelab.course.grade.submission import Unreadable, read_notebook

    try:
        cells, _, remarks = read_notebook(path)
    except Unreadable as problem:
        print(f"bonelab check: {path}: {problem}", file=sys.stderr)
        return 2
    print(*remarks, sep="\n", end="\n" if remarks else "")
    runner, complete, found = Cells(), True, 0
    for cell in cells:
        if cell["type"] != "code":
            continue
        marks._grading["last"] = None
        error = runner.run(cell["source"], cell["grade_id"])
        if error:
            complete = False
            print(f"The cell {cell['grade_id'] or cell['id']} stopped with {error_text(error)}")
        if check := marks._grading["last"]:
            found += 1
            complete &= check.got + check.undecided >= check.points
    print(*runner.notes, sep="\n", end="\n" if runner.notes else "")
    if not found:
        print(f"bonelab check: {path} has no check cell", file=sys.stderr)
        return 2
    return 0 if complete else 1
