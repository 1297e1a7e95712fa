"""Run a lesson in this process and hand over what each cell shows, as the objects themselves.

A page needs the lab, not a picture of its widgets; so no kernel stands between.
"""

import ast
import io
from contextlib import redirect_stdout
from dataclasses import dataclass, field

from bonelab.grading import blanks


@dataclass
class Shown:
    """What one code cell put out: printed text, figures left open, and its last value."""

    text: str = ""
    things: list = field(default_factory=list)


def run_cells(sources):
    """Run the cells in order, in one namespace; return a :class:`Shown` for each.

    An error ends nothing: it is shown as its last line, as in a notebook that goes on. A cell with
    blanks tells them and runs without what waits for them."""
    namespace = {"__name__": "__main__"}
    return [run_cell(source, namespace) for source in sources]


def run_cell(source, namespace):
    shown, printed = Shown(), io.StringIO()
    source, left = blanks.take_out(source)
    with redirect_stdout(printed):
        for words in dict.fromkeys(one.words for one in left if one.is_blank):
            print(words)
        try:
            value = value_of(source, namespace)
        except Exception as problem:
            print(f"{type(problem).__name__}: {problem}")
            value = None
    shown.text = printed.getvalue()
    shown.things = [*figures(), *([] if value is None else [value])]
    return shown


def value_of(source, namespace):
    """Execute a cell; return the value of its last line if that is an expression."""
    tree = ast.parse(source)
    quiet = source.rstrip().endswith(";")
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    if last is None:
        return None
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
    return None if quiet else value


def figures():
    """The pyplot figures that a cell left open, which a notebook would show below it."""
    from matplotlib import pyplot

    left = [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")
    return left
