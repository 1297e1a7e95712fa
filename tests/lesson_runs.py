"""Run a lesson's code in this process, every cell twice, and read its prose.

nbval runs the same notebooks in real kernels; here the questions are others: does a cell that is
run twice give the same answer, what do the numbers of the prose come to, and what is seen before a
question is answered?
"""

import ast
import io
import json
import re
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import hidden_answers
import matplotlib
from matplotlib import pyplot
from notebook_rules import cells, source

import bonelab as bl
from bonelab.course.asking import answers_file

HERE = Path(__file__).parent
ROOT = HERE.parent
LESSONS = ROOT / "lessons"
BY_NUMBER = {
    int(path.name[:2]): path for path in sorted(LESSONS.glob("[0-9][0-9]_*.ipynb"))
}  # a notebook without a number, such as a primer, is no lesson of the sequence
NAMES = {number: path.stem for number, path in BY_NUMBER.items()}
NUMBERS = tuple(NAMES)
LAST = max(NUMBERS)
# Pages that say in words how many lessons there are.
COUNTING = (
    "lessons/README.md", "bonelab/course/start_files/README.md", "paper.md", "docs/standards.md",
    "docs/teaching.md", "benchmarks/README.md",
)  # fmt: skip


def count_in_words(lessons):
    """A number of lessons as such a page says it."""
    return ("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")[lessons - 12]


class Lesson:
    """One lesson: its cells, its prose, its questions, and the namespace after a run."""

    def __init__(self, path):
        self.path = path
        self.notebook = json.loads(path.read_text(encoding="utf-8"))
        self.told = self.notebook["metadata"]["bonelab"]
        self.number = self.told["lesson"]
        self.code = [source(cell) for cell in cells(self.notebook, "code")]
        self.markdown = self.without()
        self._ran = None
        self.said = {}  # by cell of code, the text below it; filled by run()

    def cell(self, name):
        """The source of the cell with this id."""
        return next(source(cell) for cell in self.notebook["cells"] if cell["id"] == name)

    def without(self, *names):
        """All markdown but that of the cells with these ids."""
        kept = [cell for cell in cells(self.notebook, "markdown") if cell["id"] not in names]
        return "\n\n".join(map(source, kept))

    def called(self, function):
        """The ids in ``bl.check("1.2")`` or ``bl.predict("1.1")``, in order, without repeats."""
        ids = re.findall(rf'bl\.{function}\("([^"]+)"\)', "\n".join(self.code))
        return list(dict.fromkeys(ids))

    def labs(self):
        """The labs that the lesson shows, as built, in order."""
        names = re.findall(r"bl\.labs\.(\w+)\(", "\n".join(self.code))
        return [getattr(bl.labs, name)() for name in dict.fromkeys(names)]

    def run(self):
        """``(namespace, changed, asked)``: the names after the run, the cells that changed, and
        the predictions with all that a reader sees before each, on an evening of their own."""
        if self._ran is None:
            kept, answers_file._session = answers_file._session, answers_file.Kept()
            try:
                namespace, changed = {"__name__": "lesson"}, {}
                run = self._noting(run_twice(self.notebook["cells"], namespace, changed))
                self._ran = namespace, changed, tuple(hidden_answers.walk(run))
            finally:
                answers_file._session = kept
        return self._ran

    def _noting(self, run):
        """Keep what is read below each cell as the run passes it."""
        for cell, given in run:
            if given is not None:
                self.said[cell["id"]] = as_text(given) + as_table(given)
            yield cell, given


@cache
def lesson(number):
    """The lesson with this number."""
    return Lesson(BY_NUMBER[number])


def run_twice(notebook_cells, namespace, changed):
    """Run each cell of code and at once again; gather the cells that answered otherwise.

    Between the two each cell is handed over with what it gave first: what it printed, its last
    expression and its figures. A cell of prose is handed over with None.
    """
    matplotlib.use("Agg")
    for cell in notebook_cells:
        if cell["cell_type"] != "code":
            yield cell, None
            continue
        given = ran(source(cell), namespace)
        first = as_text(given)
        yield cell, given
        try:
            second = as_text(ran(source(cell), namespace))
        except Exception as problem:
            second = repr(problem)
        if first != second:
            changed[cell["id"]] = (first, second)


def ran(code, namespace):
    """What a cell prints, its last expression, and the figures that are shown below it."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), namespace)
        value = last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")  # as a notebook does when it has shown them
    return printed.getvalue(), value, figures


def as_text(given):
    """What a reader sees below the cell, as text: what it prints, then its last expression."""
    printed, value, _ = given
    return printed + shown(value)


def as_table(given):
    """What the last expression says as HTML, without tags and drawings."""
    html = getattr(given[1], "_repr_html_", lambda: None)() or ""
    return re.sub(r"<(svg|style|script)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)


def shown(value):
    """The last expression as text, without what differs from object to object by nature."""
    if value is None:
        return ""
    if type(value).__repr__ is object.__repr__:
        return type(value).__name__
    return re.sub(r"0x[0-9a-f]+|IPY_MODEL_\w+", "", repr(value))


def marked(markdown):
    """The words that stand in bold, in italics or in a heading, one piece a line."""
    bold = re.findall(r"\*\*([^*]+)\*\*", markdown)
    italic = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", markdown)
    return "\n".join(bold + italic + re.findall(r"^#+ (.*)$", markdown, re.MULTILINE))
