"""A small set with half-filled cells and a bonus, and what learners may make of it."""

import nbformat


def _cell(kind, source, grade_id, points=None, **flags):
    cell = nbformat.v4.new_code_cell(source) if kind == "code" else nbformat.v4.new_markdown_cell()
    cell.source, cell.id = source, grade_id
    settings = {"grade": False, "solution": False, "locked": False, "task": False} | flags
    if points is not None:
        settings["points"] = points
    cell.metadata["nbgrader"] = {"grade_id": grade_id, "schema_version": 3, **settings}
    return cell


def _words(source, name):
    cell = nbformat.v4.new_markdown_cell(source)
    cell.id = name
    return cell


def _check(name, points, lines, rungs):
    bonus = ", bonus=True" if rungs.startswith("B") else ""
    source = f'check = marks.check("{name}", points={points}{bonus})\n{lines}\ncheck.score()'
    grade_id = f"check-{name.replace('.', '_')}"
    cell = _cell("code", source, grade_id, points=points, grade=True, locked=True)
    cell.metadata["bonelab"] = {"objectives": ["77.1"], "rungs": rungs}
    return cell


READINGS = """doses = [1, 2, 10]  # blank: 10
shares = []
for dose in doses:
    shares.append(dose / (dose + 1))  # blank: + after (dose
first = shares[0]
label = "dose (nM)"  # blank: nM"""
OPEN_READINGS = """doses = [1, 2, ___]
shares = []
for dose in doses:
    shares.append(dose / (dose ___ 1))
first = shares[0]
label = "dose (___)\""""


def solution():
    """The notebook of the set, as its author keeps it."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["bonelab"] = {"lesson": 77, "minutes": 17, "objectives": {"77.1": "fill in"}}
    notebook.cells = [
        _words("# Set 77\n\nTwo questions.", "title"),
        _cell("code", "from bonelab.course import marks", "given-setup", locked=True),
        _words("## 77.1 Readings", "text-77_1"),
        _cell("code", READINGS, "answer-77_1", solution=True),
        _check(
            "77.1",
            3,
            'check.numbers("shares", [0.5, 2 / 3, 10 / 11])\n'
            'check.number("first", 0.5)\n'
            'check.choice("label", "dose (nM)", options=["dose (nM)", "dose (ng/ml)"])',
            "F2 C1",
        ),
        _words("## 77.2 Bonus: a function", "text-77_2"),
        _cell(
            "code",
            "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION",
            "answer-77_2",
            solution=True,
        ),
        _check("77.2", 2, 'check.function("half", [4], lambda x: x / 2, points=2)', "B2"),
    ]
    return notebook


def write(folder):
    """Put the solution into ``folder``; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "set_77_half_filled.ipynb"
    nbformat.write(solution(), path)
    return path
