"""The primer's small check: it answers at once, gives no marks, and frightens nobody.

    step = bl.primer()
    twice = dose * ___
    step(1, twice)

While a blank ``___`` stands in a cell, the cell says so in words, and whatever needs the blank is
left out; an error shows its last line alone, so *Run All Cells* never ends in a page of red.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from types import FunctionType
from typing import Any

from bonelab.parameters import door, refuse


@dataclass(frozen=True)
class Step:
    """What is right (``right(answer)``), what is said then, and what to say to known slips."""

    right: Callable
    praise: str
    slips: tuple = ()  # (slip(answer), words), the first that fits
    otherwise: str = ""

    def words(self, answer):
        """The verdict on an answer, in words."""
        if _fits(self.right, answer):
            return f"✓ Right. {self.praise}"
        fitting = (words for slip, words in self.slips if _fits(slip, answer))
        return f"Not yet. {next(fitting, self.otherwise)}"


def _fits(test, answer):
    """``test(answer)``; an answer of another kind does not fit."""
    try:
        return bool(test(answer))
    except Exception:
        return False


def is_near(value):
    """A test for a number within a thousandth of ``value``."""

    def near(answer):
        number = isinstance(answer, Real) and not isinstance(answer, bool)
        return number and abs(answer - value) <= 1e-3 * abs(value)

    return near


def _course():
    import bonelab as bl

    return bl


def _at_the_end(name):
    """The rate that step 4 reads, from a run of its own."""
    bl = _course()
    return bl.simulate(bl.woman(30).with_(RANKL=2), years=3).final[name]


STEPS = {
    1: Step(
        is_near(100), "A name can be used like the number that it stands for.",
        ((is_near(50), "That is the dose itself. Multiply it: dose * 2."),
         (is_near(25), "That is half of the dose. A star means times: dose * 2.")),
        "Twice the dose is wanted: write dose * 2, with a star for times.",
    ),
    2: Step(
        lambda woman: woman.name == "a woman of 65",
        "What stands in the brackets tells the call what you want.",
        ((lambda woman: woman.name == "a woman of 30",
          "She is still 30. Write 65 for the blank."),),
        "A woman of 65 is wanted: write the number 65 for the blank.",
    ),
    3: Step(
        lambda mixture: is_near(10 / 60)(mixture.total),
        "The library has read your unit and turned 10 ng/ml into nM.",
        ((lambda mixture: is_near(50 / 60)(mixture.total), "These are still 50 ng/ml."),
         (lambda mixture: is_near(10)(mixture.total),
          "That was read as 10 nM. Keep the unit ng/ml inside the quotation marks.")),
        "10 ng/ml is wanted: write 10 for the blank, inside the quotation marks.",
    ),
    4: Step(
        lambda value: is_near(_at_the_end("resorption"))(value),
        "run.final is read with the name of a curve in quotation marks and square brackets.",
        ((lambda value: is_near(_at_the_end("formation"))(value),
          "That is formation. Write resorption for the blank."),),
        "Write the word resorption for the blank, inside the quotation marks.",
    ),
    5: Step(
        lambda doses: list(doses) == [2.5, 10, 50],
        "Python writes two and a half with a point. A comma would have made two entries of it.",
        ((lambda doses: list(doses) == [2, 5, 10, 50],
          "The comma has made two entries, 2 and 5. Write 2.5, with a point."),),
        "The list should begin with two and a half: write 2.5 for the blank.",
    ),
    6: Step(
        lambda halves: [float(half) for half in halves] == [1, 5, 25],
        "The indented line ran three times, once for each dose.",
        ((lambda halves: [float(half) for half in halves] == [2, 10, 50],
          "These are the doses themselves. Divide: dose / 2."),
         (lambda halves: [float(half) for half in halves] == [4, 20, 100],
          "These are doubled. A slash divides: dose / 2.")),
        "Half of each dose is wanted: write dose / 2 for the blank.",
    ),
    7: Step(
        lambda twice: isinstance(twice, FunctionType) and [twice(4), twice(2.5)] == [8, 5],
        "You have made a call of your own.",
        ((lambda twice: not callable(twice), "Hand over the name alone, twice, without brackets."),
         (lambda twice: twice(4) is None, "It gives nothing back. Begin the line with return."),
         (lambda twice: twice(4) == 2, "This halves. A star multiplies: x * 2.")),
        "twice(4) should be 8: write x * 2 after return.",
    ),
    8: Step(
        lambda picture: "dose" in picture.axes[0].get_xlabel().lower()
        and "ng/ml" in picture.axes[0].get_xlabel().replace(" ", "").lower(),
        "An axis with a name and a unit can be read by others, too.",
        ((lambda picture: "dose" in picture.axes[0].get_xlabel().lower(),
          "Add the unit, so that a reader knows how much 50 is: dose (ng/ml)."),),
        "Write what the axis shows, and its unit: dose (ng/ml).",
    ),
}  # fmt: skip


def step(number, answer):
    """Say whether the answer to a step of the primer is right, and why."""
    if number not in STEPS:
        refuse("number", number, f"the steps of the primer are 1 to {max(STEPS)}.")
    print(STEPS[number].words(answer))


@door("bl.primer")
def primer() -> Any:
    """Open the primer: blanks are told in words, errors are short.

    Returns
    -------
    function
        ``step(number, answer)`` says whether the answer to a step is right, and why.

    Examples
    --------
    >>> step = bl.primer()
    >>> step(1, 2 * 50)
    ✓ Right. A name can be used like the number that it stands for.
    """
    module = sys.modules.get("IPython")
    if shell := module and module.get_ipython():
        import bonelab.course.marks  # noqa: F401  tells which blanks of a cell are still open

        shell.InteractiveTB.set_mode(mode="Minimal")
        shell.run_line_magic("colors", "nocolor")  # red on JupyterLab's pink is hard to read
    return step
