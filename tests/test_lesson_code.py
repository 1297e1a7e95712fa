"""What stands open in a lesson is little, and of kinds that were taught."""

import ast
import re
from collections import Counter

import pytest
from lesson_runs import LAST, NAMES, NUMBERS, lesson
from notebook_rules import source

from bonelab.course.asking.bank import questions

# The first lesson in which a construct may stand open; what is not here is never asked to be read.
TAUGHT = {
    "Module": 0, "Expr": 0, "Load": 0, "Store": 0, "Import": 0, "alias": 0,
    "Name": 0, "Assign": 0, "Constant": 0, "BinOp": 0, "Add": 0, "Sub": 0, "Mult": 0, "Div": 0,
    "UnaryOp": 0, "USub": 0, "Call": 0, "keyword": 0, "Attribute": 0, "Subscript": 0,
    "List": 0, "For": 1, "Tuple": 1, "Pow": 3, "FunctionDef": 6, "arguments": 6, "arg": 6,
    "Return": 6,
}  # fmt: skip
MOST = 25


@pytest.fixture(params=NUMBERS, ids=lambda number: NAMES[number])
def each(request):
    """One lesson after the other."""
    return lesson(request.param)


def opened(told):
    """The code that a reader sees without a click, cell by cell."""
    for cell in told.notebook["cells"]:
        folded = cell["metadata"].get("jupyter", {}).get("source_hidden", False)
        if cell["cell_type"] == "code" and not folded:
            yield cell["id"], source(cell)


def lines_of(code):
    """The lines that are more than a comment or nothing."""
    return [line for line in code.splitlines() if line.strip() and line.strip()[0] != "#"]


def test_few_lines_stand_open(each):
    open_lines = [line for _, code in opened(each) for line in lines_of(code)]
    assert len(open_lines) <= MOST, "\n".join(open_lines)


def test_a_cell_that_a_learner_changes_does_not_hold_up_the_others(each):
    """With this tag JupyterLab goes on below a cell that stopped, so that "run all" wakes the labs
    and answers of a lesson, whatever was tried in it the evening before."""
    tagged = {
        cell["id"]
        for cell in each.notebook["cells"]
        if "raises-exception" in cell["metadata"].get("tags", ())
    }
    own = {"your-turn", "numbers-fusion", "column", "power", "your-mouse", "size-yours"}
    assert tagged == own & {cell["id"] for cell in each.notebook["cells"]} != set()


def test_open_lines_are_of_kinds_that_were_taught(each):
    for name, code in opened(each):
        for node in ast.walk(ast.parse(code)):
            kind = type(node).__name__
            assert TAUGHT.get(kind, LAST + 1) <= each.number, f"{name}: {kind} is not taught yet"
            if kind == "Subscript":
                assert isinstance(node.slice, ast.Constant | ast.Name), f"{name}: a slice"
            if kind == "For":
                assert len(node.body) + len(node.orelse) == 1, f"{name}: one line in a loop"
            if kind == "Name":
                assert node.id != "np" or each.number >= 7, f"{name}: np comes in lesson 7"


def test_a_lesson_welcomes_back(each):
    first = "".join(source(cell) for cell in each.notebook["cells"][:2])
    assert re.search(r"Coming back\? Run all", first)


# ---- questions -----------------------------------------------------------------------------------


def shares_of_right_options(numbers):
    """Places of the right options, how many are the longest and the shortest, over checks."""
    places, longest, shortest, count = Counter(), 0, 0, 0
    for number in numbers:
        for entry in questions(number)["check"].values():
            options = entry["options"]
            right = next(i for i, option in enumerate(options) if option.get("right"))
            places[right] += 1
            lengths = [len(one["text"]) for one in options]
            longest += lengths[right] == max(lengths)
            shortest += lengths[right] == min(lengths)
            count += 1
    return places, longest, shortest, count


def test_right_options_are_spread_over_places_and_lengths():
    places, longest, shortest, count = shares_of_right_options(NUMBERS)
    assert all(0.25 <= places[place] / count <= 0.42 for place in range(3)), places
    for told, many in (("longest", longest), ("shortest", shortest)):
        assert 0.2 <= many / count <= 0.42, f"{many} of {count} right options are the {told}"
