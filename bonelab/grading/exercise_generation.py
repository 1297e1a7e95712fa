"""``bonelab exercises``: make ``exercises/`` from ``solutions/`` with nbgrader's preprocessors.

The same solution always gives the same bytes. nbgrader is needed here only, by authors.
"""

import argparse
import sys
from pathlib import Path

CONFIG = Path(__file__).with_name("nbgrader_config.py")
NEEDS_A_COURSE = ("IncludeHeaderFooter", "SaveCells")  # header files and the gradebook


def main(argv, solutions, exercises):
    """Write (or with ``--check`` compare) every exercise; return 1 if one is stale."""
    parser = argparse.ArgumentParser(prog="bonelab exercises", description=__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, help="solutions (default: all)")
    parser.add_argument("--solutions", type=Path, default=solutions)
    parser.add_argument("--exercises", type=Path, default=exercises)
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is stale")
    options = parser.parse_args(argv)
    solutions = options.notebooks or sorted(options.solutions.glob("*.ipynb"))
    if not solutions:
        print(f"bonelab: no solutions (*.ipynb) in {options.solutions}", file=sys.stderr)
        return 1
    stale = 0
    for solution in solutions:
        exercise = options.exercises / solution.name
        try:
            text = generate(solution)
        except ValueError as problem:  # a mark of a blank that is not clear
            print(f"bonelab exercises: {solution.name}, cell {problem}", file=sys.stderr)
            return 1
        if exercise.is_file() and exercise.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if options.check:
            print(f"stale: {exercise}; run bonelab exercises")
        else:
            exercise.parent.mkdir(parents=True, exist_ok=True)
            exercise.write_text(text, encoding="utf-8", newline="\n")
            print(f"written: {exercise}")
    return 1 if options.check and stale else 0


def generate(solution):
    """The text of the exercise notebook that belongs to the ``solution`` (a path)."""
    import nbformat

    notebook, resources = nbformat.read(solution, as_version=4), {}
    for preprocessor in _preprocessors():
        notebook, resources = preprocessor(notebook, resources)
    notebook.metadata.pop("language_info", None)
    return nbformat.writes(notebook) + "\n"


def _preprocessors():
    from importlib import import_module

    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader(CONFIG.name, path=str(CONFIG.parent)).load_config()
    for path in config.GenerateAssignment.preprocessors:
        module, _, name = path.rpartition(".")
        if name not in NEEDS_A_COURSE:
            preprocessor = getattr(import_module(module), name)(config=config)
            preprocessor.enabled = True
            yield preprocessor
