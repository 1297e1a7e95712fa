"""Run notebook cells in plain Python, as a notebook would, without a kernel."""

import ast
import builtins
import inspect
import linecache
import re
import sys
import types

from bonelab.grading import blanks
from bonelab.grading.answer_exchange import describe_error
from bonelab.grading.stopped_cells import StoppedCells

MAGIC = re.compile(r"^\s*(?:[%!?]|\w.*\?\s*$|.*=\s*[%!])", re.M)


class Cells:
    """One learner's namespace, in which cells run one after the other."""

    def __init__(self):
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.namespace = vars(module)
        self.stopped = StoppedCells()
        self.notes = []  # what was asked for and not done, in words
        self._count = 0
        shell = _Shell(self)
        builtins.get_ipython = lambda: shell
        builtins.exit = builtins.quit = sys.exit  # as in a notebook, where the site module has run
        builtins.display = lambda *objects, **options: None
        builtins.input = self._no_input
        builtins.help = sys.breakpointhook = lambda *arguments, **options: None
        # the learner's lines only
        self.namespace["__builtins__"] = builtins

    def run(self, source, label=""):
        """Run one cell; return None, or a description of the error that stopped it."""
        self._count += 1
        filename = f"<cell {self._count} {label}>"
        try:
            code = _without_magic(source) if MAGIC.search(source) else source
            code, _ = blanks.take_out(code)
            linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
            code = compile(code, filename, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            waits = eval(code, self.namespace)
            if code.co_flags & inspect.CO_COROUTINE:
                import asyncio

                asyncio.run(waits)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self.stopped.ran(source, self.namespace, error)
            return describe_error(error, self.namespace)
        finally:
            _close_figures()
        self.stopped.ran(source, self.namespace)
        return None

    def note(self, words):
        if words not in self.notes and len(self.notes) < 20:
            self.notes.append(words)

    def _no_input(self, prompt=""):
        self.note("input() was used; while grading nobody is there to answer")
        raise EOFError("input() has nobody to answer it while grading")


class _Shell:
    """What ``%``, ``!`` and ``?`` lines turn into: timing runs the code, the rest is noted."""

    def __init__(self, cells):
        self._cells = cells

    def run_line_magic(self, name, line, **options):
        if name in ("time", "timeit", "prun"):
            code = re.sub(r"^(-\S+\s+(\d+\s+)?)+", "", line)
            exec(compile(code, f"<%{name}>", "exec"), self._cells.namespace)
        elif name not in ("matplotlib", "config", "load_ext", "autoreload", "pinfo", "pinfo2"):
            self._cells.note(f"the line %{name} was left out")

    def run_cell_magic(self, name, line, cell):
        if name in ("time", "timeit", "capture", "prun"):
            exec(compile(cell, f"<%%{name}>", "exec"), self._cells.namespace)
        else:
            self._cells.note(f"a cell that starts with %%{name} was left out")

    def system(self, command):
        self._cells.note("a shell line (!) was left out")

    def getoutput(self, command, *args, **options):
        self._cells.note("a shell line (!) was left out")
        return []

    def __getattr__(self, name):
        return lambda *args, **options: None


def _without_magic(source):
    """IPython's own reading of magics, as calls of get_ipython()."""
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(source)


def _close_figures():
    """A notebook shows and closes its figures after each cell; a figure that was kept stays."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot:
        pyplot.close("all")
