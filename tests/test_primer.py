"""The primer: every step answers at once, a blank is told in words, and nothing ends in red."""

import ast
import json
import re
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel
from notebook_rules import source

import bonelab as bl
from bonelab.course.primer import STEPS
from bonelab.grading.blanks import BLANK

ROOT = Path(__file__).parents[1]
CELLS = [
    cell
    for cell in json.loads((ROOT / "lessons" / "primer.ipynb").read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]
BLANKS = {cell["id"]: source(cell) for cell in CELLS if BLANK in source(cell)}
FILLED = {
    "name-blank": "dose * 2",
    "call-blank": "65",
    "text-blank": "10",
    "run-blank": "resorption",
    "list-blank": "2.5",
    "loop-blank": "dose / 2",
    "function-blank": "x * 2",
    "plot-blank": "dose (ng/ml)",
}
SLIPS = {  # what a beginner writes -> words of the answer
    "name-blank": {"dose": "the dose itself", "dose / 2": "times", "dose + 1": "star"},
    "call-blank": {"30": "still 30", "56": "65"},
    "text-blank": {"50": "still 50", "5": "inside the quotation marks"},
    "run-blank": {"formation": "That is formation", "occupancy": "resorption"},
    "list-blank": {"2,5": "point", "25": "2.5"},
    "loop-blank": {"dose": "doses themselves", "dose * 2": "doubled", "1": "dose / 2"},
    "function-blank": {"x / 2": "halves", "x": "x * 2", "print(x)": "return"},
    "plot-blank": {"dose": "unit", "ng": "dose (ng/ml)"},
}


@pytest.fixture(scope="module")
def notebook():
    """A kernel in which every cell of the primer was run once as it is shipped."""
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=600)
    said = {cell["id"]: ran(client, source(cell)) for cell in CELLS}
    yield client, said
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def ran(client, code):
    """``(what is printed, what is raised)`` by a cell."""
    printed, errors = [], []

    def hear(message):
        content = message["content"]
        printed.append(content.get("text", "") if message["msg_type"] == "stream" else "")
        errors.extend(content["traceback"] if message["msg_type"] == "error" else ())

    client.execute_interactive(code, timeout=600, output_hook=hear)
    return "".join(printed), "\n".join(errors)


def test_each_step_has_one_cell_with_one_blank():
    asked = {
        re.search(r"^step\((\d+)", code, re.M)[1]: code.count(BLANK) for code in BLANKS.values()
    }
    assert asked == {str(number): 1 for number in STEPS}
    assert set(BLANKS) == set(FILLED) == set(SLIPS)


def test_as_shipped_it_tells_each_blank_and_one_error_only(notebook):
    for cell in CELLS:
        printed, error = notebook[1][cell["id"]]
        assert (BLANK in printed) == (cell["id"] in BLANKS), cell["id"]
        assert bool(error) == (cell["id"] == "text-apples"), cell["id"]
        assert "Not yet" not in printed, "a blank is no wrong answer"


def test_a_cell_that_a_reader_may_spoil_does_not_hold_up_the_others():
    spoilt = {"text-apples", "loop-shown", "function-shown", *BLANKS}
    for cell in CELLS:
        goes_on = "raises-exception" in cell["metadata"].get("tags", ())
        assert goes_on == (cell["id"] in spoilt), cell["id"]


def test_the_error_that_is_shown_on_purpose_is_short(notebook):
    error = notebook[1]["text-apples"][1]
    assert "'apples', does not fit here" in error
    assert len(error.splitlines()) == 1
    assert "\x1b" not in error, "red on JupyterLab's pink is below 4.5:1"


def fill(name, text):
    return BLANKS[name].replace(BLANK, text)


@pytest.mark.parametrize("name", FILLED)
def test_a_blank_that_is_filled_in_is_right(notebook, name):
    printed, error = ran(notebook[0], fill(name, FILLED[name]))
    assert (printed[:8], error) == ("✓ Right.", "")


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, slips in SLIPS.items() for t in slips])
def test_a_slip_is_answered_in_words(notebook, name, text):
    printed, error = ran(notebook[0], fill(name, text))
    assert "Not yet." in printed
    assert SLIPS[name][text] in printed
    assert error == ""


@pytest.mark.parametrize("number", STEPS)
def test_no_kind_of_answer_breaks_a_step(number, capsys):
    for answer in (None, ..., "65", [1, "x"], {}, float("nan"), True, len, bl):
        bl.primer()(number, answer)
        assert capsys.readouterr().out.startswith("Not yet. ")


def test_a_step_that_does_not_exist_is_told():
    with pytest.raises(bl.BonelabError, match="1 to 8"):
        bl.primer()(9, 1)


def test_the_primer_shows_each_construct_that_it_promises():
    kinds = {type(node).__name__ for cell in CELLS for node in ast.walk(ast.parse(source(cell)))}
    assert {"Assign", "Call", "keyword", "List", "For", "FunctionDef", "Return"} <= kinds
