"""A cell that stopped with an error: what it did not make is never judged by the value before."""

import subprocess
import sys
import textwrap

import pytest

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import (
    MISSING,
    CellStopped,
    LearnerError,
    answers_in,
    error_text,
)
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_cell import Marks
from bonelab.grading.stopped_cells import StoppedCells

CASES = {
    "an error": "half = 1 / 0",
    "an error in a function": "half = f(0)",
    "a name that is not there": "half = nothing",
    "an error further up": "1 / 0\nhalf = 4",
    "a loop that stops": "for half in (1, 2):\n    1 / 0",
    "no Python": "half = = 2",
    "no Python further down": "half = 2\nother = (",
    "a function that is not made": "def half(x):\n    return x\n  bad",
    "several at once": "half, other = 1 / 0, 2",
    "added to": "half += 1 / 0",
    "raised": "raise KeyboardInterrupt\nhalf = 2",
}


class Notebook:
    """Cells run one after the other, as a notebook runs them."""

    def __init__(self):
        self.names, self.stopped = {"f": lambda x: 1 / x}, StoppedCells()

    def run(self, source):
        error = None
        try:
            exec(compile(source, "<cell>", "exec"), self.names)
        except BaseException as problem:
            error = problem
        self.stopped.ran(source, self.names, error)

    def get(self, name):
        return answers_in(self.names, BONE, self.stopped).get(name)


@pytest.fixture
def notebook():
    notebook = Notebook()
    notebook.run("half = 0.5\nother = 1\ndef twice(x):\n    return 2 * x")
    return notebook


@pytest.mark.parametrize("source", CASES.values(), ids=CASES)
def test_a_first_try_that_stopped_is_told_with_what_and_where(source):
    notebook = Notebook()
    notebook.run(source)
    with pytest.raises(CellStopped, match=r"Error|Interrupt"):
        notebook.get("half")
    notebook.run("half = 0.25")
    assert notebook.get("half") == 0.25


def test_no_python_is_told_of_whatever_the_cell_would_have_made():
    notebook = Notebook()
    notebook.run("first, half = 3 ng/ml, 4")
    for name in ("first", "half"):
        with pytest.raises(CellStopped, match="SyntaxError"):
            notebook.get(name)
    assert notebook.get("third") is MISSING
    assert notebook.get("f")(2) == 0.5


@pytest.mark.parametrize("source", CASES.values(), ids=CASES)
def test_the_value_from_before_is_not_judged(notebook, source):
    assert notebook.get("half") == 0.5
    notebook.run(source)
    with pytest.raises(LearnerError, match=r"Error|Interrupt"):
        notebook.get("half")
    notebook.run("half = 0.25")
    assert notebook.get("half") == 0.25


def test_a_blank_that_was_filled_with_no_python_is_a_blank_no_more():
    notebook = Notebook()
    notebook.run("made = ___")
    assert "There is still a blank" in notebook.get("made")
    notebook.run("made = 1 x 2")
    assert notebook.stopped.blank("made", notebook.names) == ""


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("half = f(x=1,5, y=2)", "if the comma parts a decimal number, write a point instead"),
        ("half = 65.6%", "write the number without its percent sign"),
        ("half = 3 nM", "a number with its unit stands in quotation marks"),
        ("half = f(start=12 months)", "a number with its unit stands in quotation marks"),
        ("half = 0,04", "if the comma parts a decimal number, write a point instead"),
        ("half = f(opg=0,04)", "if the comma parts a decimal number, write a point instead"),
        ("half = 0705", "a number does not begin with a zero: leave the zero out"),
        ("half = 07.05.2004", "a number has one point at most: write a date with digits alone"),
        ("half = 7.5.", "a number has one point at most: write a date with digits alone"),
        ("half = 3 : 4", "division is written /, not :"),
        ("half = 2 x 3", "times is written *"),
        ("half = f(my number)", "a name has no blank: my_number"),
        ("half = lambda a: a +", ""),
        ("half = '05", "a text ends with a quotation mark, as it began"),
        ("half = „halved“", 'quotation marks are straight: "so"'),
        ("half = “0.5”", 'quotation marks are straight: "so"'),
        ("half = −0.5", "minus is written -"),
        ("half = 3²", "a power is written **, as in 3**2"),
        ("half = 7.5 6", ""),
        ("half = [1, 2", ""),
        ("half = 5 if", ""),
    ],
)
def test_a_decimal_comma_and_a_percent_sign_are_told(notebook, code, hint):
    notebook.run(code)
    with pytest.raises(LearnerError) as told:
        notebook.get("half")
    assert str(told.value).endswith(f"; {hint})" if hint else f"{code})")


@pytest.mark.parametrize("chosen", ["7, 5", "'7.5'", "'7 May'", "[7]", "None"])
def test_a_number_of_ones_own_that_is_no_whole_number_is_told(chosen):
    cells = Cells()
    told = error_text(cells.run(f"my_number = {chosen}\nhalf = int(my_number)"))
    words = "a whole number is needed, written with digits alone: no point, no comma, no words"
    assert told.endswith(f"; {words})")


def test_a_power_as_on_paper_is_told():
    told = error_text(Cells().run("half = 3 ^ 0.5"))
    assert told.endswith("; a power is written **, as in 3**2)")


def test_a_line_of_a_loop_that_is_not_moved_in_is_told():
    told = error_text(Cells().run("for half in [1, 2]:\nprint(half)"))
    assert told.endswith("; a line that is repeated is moved in by four spaces)")


def test_a_comma_at_which_python_stops_only_when_it_works_it_out_is_told():
    told = error_text(Cells().run("half = 3**0,5 / (0,15 * 2)"))
    assert told.endswith("; if a comma parts a decimal number, write a point instead)")


def test_a_list_that_a_stopped_loop_was_to_fill_is_not_made():
    notebook = Notebook()
    notebook.run(
        "before, half = [], []\nbefore.append(1)\nfor x in [1, 2]:\n    half.append(x / 0)"
    )
    with pytest.raises(CellStopped, match="ZeroDivisionError"):
        notebook.get("half")
    assert notebook.get("before") == [1], "what was done above the error is as good as ever"
    notebook.run("half = []\nfor x in [1, 2]:\n    half.append(x)")
    assert notebook.get("half") == [1, 2]


@pytest.mark.parametrize(
    ("pair", "told"), [((16, 5), "16.5."), ((0.75, 5), "write a point instead.")]
)
def test_two_numbers_for_one_are_told_of_the_comma(pair, told):
    checked = Marks(answers_in({"x": pair}, BONE), BONE).check("77.1", 1)
    checked.number("x", 16.5)
    assert checked.results[0].text.endswith(told)


def test_a_word_without_quotation_marks_is_told():
    error = {"type": "NameError", "message": "no osteoclast", "line": 1, "code": "a = osteoclast"}
    assert error_text(error).endswith(
        "(line 1: a = osteoclast; a word needs quotation marks, and a name needs the cell that "
        "makes it to be run)"
    )


def test_an_answer_in_other_capitals_is_told(notebook):
    notebook.run("Asked = 5")
    assert "You have made Asked, but the answer is called asked" in notebook.get("asked")
    notebook.run("asked = ...")
    assert "capital letters count" in notebook.get("asked")
    notebook.run("asked = 6")
    assert notebook.get("asked") == 6


def test_what_stands_above_the_error_counts(notebook):
    notebook.run("half = 0.25\nother = 1 / 0")
    assert notebook.get("half") == 0.25
    with pytest.raises(LearnerError, match="ZeroDivisionError"):
        notebook.get("other")


def test_the_same_value_again_counts(notebook):
    notebook.run("other = 1 / 0")
    notebook.run("other = 1")
    assert notebook.get("other") == 1


def test_a_function_from_before_is_not_called(notebook):
    function = notebook.get("twice")
    assert function(3) == 6
    notebook.run("def twice(x:\n    return 3 * x")
    with pytest.raises(LearnerError):
        notebook.get("twice")
    with pytest.raises(LearnerError):
        function(3)


@pytest.mark.parametrize("line", ["half = dose / 2", "half = 2 + dose", "half = float(dose)"])
def test_dots_of_an_earlier_answer_are_told_in_words(line):
    cells = Cells()
    cells.run("dose = ...")
    assert "its own answer has not been filled in yet" in error_text(cells.run(line))


def test_a_value_that_came_some_other_way_counts(notebook):
    notebook.run("half = 1 / 0")
    notebook.run("globals()['half'] = 0.75")
    assert notebook.get("half") == 0.75


def test_an_error_elsewhere_leaves_the_answer_alone(notebook):
    notebook.run("1 / 0")
    notebook.run("if half == 2:\n    pass\nnothing")
    assert notebook.get("half") == 0.5


def test_in_a_notebook_the_check_says_that_the_cell_stopped(tmp_path):
    """The real thing: IPython runs the cells, and the check of an exercise judges them."""
    script = """
        from IPython.core.interactiveshell import InteractiveShell
        shell = InteractiveShell.instance()
        import sys
        sys.modules["__main__"].__dict__.update(shell.user_ns)
        shell.user_ns = vars(sys.modules["__main__"])
        shell.run_cell("from bonelab.course import marks")
        check = 'check = marks.check("1.1", points=1)\\ncheck.number("half", 0.5)\\ncheck.score()'
        first = ("half = ...\\n...", "half = 3 nM", check)
        for cell in (*first, "half = 0.5", check, "half = 1 / 0", check, "half = 0.5", check):
            print("::", cell.splitlines()[0])
            shell.run_cell(cell)
    """
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True,
        cwd=tmp_path,
    ).stdout  # fmt: skip
    untold, first, second, third = (part for part in told.split("::") if "Question 1.1" in part)
    assert "Ellipsis" not in told
    assert "0 of 1" in untold
    assert "your cell stopped with SyntaxError" in " ".join(untold.split())
    assert "(line 1: half = 3 nM; a number with its unit stands in quotation marks)" in " ".join(
        untold.split()
    )
    assert "1 of 1" in first
    assert "0 of 1" in second
    assert "your cell stopped with ZeroDivisionError" in " ".join(second.split())
    assert "1 of 1" in third
