"""One small fault after another in the code, each tried with the tests that reach it.

    python benchmarks/mutations.py biology --each 8 --seed 1        # eight faults of each module
    python benchmarks/mutations.py biology/dosing.py --each 100
    python benchmarks/mutations.py labs --each 4 --only labs

Cosmic Ray knows the faults: a number one higher or lower, another operator, a comparison turned or
moved by its boundary, a loop that does nothing, a decorator left out; strings that are read (no
docstring, no key of a table) are added here. First each test file is run once under coverage, so
that a fault is tried only with the files that reach its line, those named after the module first.
Nothing on disk is changed: each fault is handed to a fork's ``import``, which is why this needs
Linux or macOS. docs/mutations.md tells what was found.
"""

import argparse
import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path

import coverage
import parso
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[1]
# Not asked: what starts programs, draws, or runs notebooks (they would take hours and notice by
# chance); a figure or a lab is tried with --only figures or --only labs, beside no other tests.
FAR = re.compile(
    r"test_(house|figures|labs|lesson|notebooks|contributing|teaching|layers|fuzz|api|calibration"
    r"|references|records|claims_table|kept|asking|site|primer|hidden|bridge)"
)
CREDIBLE = re.compile(
    r"core/(ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|Pow_Mul)"
    r"|ReplaceComparisonOperator_(Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_Gt|Gt_Lt|Eq_NotEq|NotEq_Eq"
    r"|LtE_GtE|GtE_LtE|Is_IsNot|IsNot_Is)|ReplaceUnaryOperator_Delete_\w+|AddNot"
    r"|Replace(True|False|And|Or|Break|Continue)\w+|NumberReplacer|ZeroIterationForLoop)$"
)
SECONDS = 90  # of processor time for one fault; a fault that makes the tests run on is noticed


class OtherWords(Operator):
    """A string that somebody reads gets another word; docstrings and names stay as they are."""

    def mutation_positions(self, node):
        read = node.type in ("string", "fstring_string") and " " in node.value
        if read and node.parent.type not in ("simple_stmt", "file_input"):  # no docstring
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        if node.type == "fstring_string":
            node.value = node.value.replace(" ", " XX ", 1)
            return node
        return parso.python.tree.String(
            node.value.replace(" ", " XX ", 1), node.start_pos, node.prefix
        )

    @classmethod
    def examples(cls):
        return ()


OPERATORS = {name: get_operator(name) for name in operator_names() if CREDIBLE.match(name)}
OPERATORS["words"] = OtherWords


def faults(path):
    """``(operator's name, occurrence, line)`` of every fault that the file can have."""
    tree = get_ast(path.read_text(encoding="utf-8"))
    for name, operator in OPERATORS.items():
        own = operator()
        places = (place for node in ast_nodes(tree) for place in own.mutation_positions(node))
        yield from ((name, number, place[0][0]) for number, place in enumerate(places))


def in_a_fork(work, seconds=SECONDS):
    """What ``work()`` returns in a fork, or the text "ran on" if it took all its time."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            told = io.StringIO()
            with redirect_stdout(told), redirect_stderr(told):
                result = work()
            with os.fdopen(writing, "w") as pipe:
                json.dump(result, pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else "ran on"


def run_tests(files):
    """pytest's exit code for some test files, in this process."""
    return int(pytest.main(["-q", "-x", "-n0", "-p", "no:cacheprovider", *files]))


def reached(test, package):
    """The lines that a test file reaches, by module, and its seconds of processor time."""

    def work():
        watch = coverage.Coverage(data_file=None, source=[str(package)], config_file=False)
        begin = time.process_time()
        watch.start()
        code = run_tests([test])
        watch.stop()
        data = watch.get_data()
        lines = {name: sorted(data.lines(name)) for name in data.measured_files()}
        return {"lines": lines, "seconds": time.process_time() - begin, "code": code}

    return in_a_fork(work, 10 * SECONDS)  # watched, a test takes several times as long


class Given(SourceFileLoader):
    """Loads one module from other source than its file's."""

    def __init__(self, name, path, source):
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname):
        return compile(self.source, self.path, "exec", dont_inherit=True)


class Finder:
    """Hands the faulty source to ``import``, once the module is asked for."""

    def __init__(self, path, source):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        self.name = name.removesuffix(".__init__")
        self.loader = Given(self.name, str(path), source)

    def find_spec(self, name, path=None, target=None):
        from importlib.util import spec_from_loader

        return spec_from_loader(name, self.loader) if name == self.name else None


def stem(path):
    """The part of a module's name by which one finds its tests."""
    return path.stem.removesuffix("_equations")


def bears_its_name(test, path):
    """Whether a test file is one that a reader of the module would open: it has the module's name
    or the first words of it (``test_cohort`` for ``cohort_batch``), or that of its folder; or its
    name in the plural (``test_figures_drawings``)."""
    room, *folders, _ = path.relative_to(ROOT / "bonelab").parts
    name = f"_{Path(test).stem}_".replace(f"_{room}_", "_")
    words = stem(path).split("_")
    first = ["_".join(words[:end]) for end in range(1, len(words) + 1)]
    own = any(f"_{word}_" in name for word in (stem(path), f"{stem(path)}s"))
    return own or name.removeprefix("_test_")[:-1] in [*first, *folders]


def nearest(path, tests):
    """The test files that bear a module's name; where there are none, those that speak of it.

    What a function may be given (``@door``) is kept in words by ``test_arguments``; what labs
    offer, say and ask for by ``test_labs_words``, ``test_labs_sentences`` and ``test_labs_goals``;
    what every picture draws by ``test_figures_layout``. These are asked whatever ``--only`` says.
    """
    named = [test for test in tests if bears_its_name(test, path)]
    if not named:
        word = re.compile(rf"\b{path.stem}\b")
        named = [test for test in tests if word.search((ROOT / test).read_text(encoding="utf-8"))]
    kept = [("arguments", "@door(" in path.read_text(encoding="utf-8"))]
    in_labs = path.parent.name == "labs"
    kept += [(f"labs_{words}", in_labs) for words in ("words", "sentences", "goals")]
    in_figures = path.parent.name == "figures"
    kept += [(f"figures_{looks}", in_figures) for looks in ("scenes", "layout")]
    more = [f"tests/test_{name}.py" for name, asked in kept if asked]
    return [*named, *(test for test in more if (ROOT / test).is_file() and test not in named)]


def try_fault(path, name, number, tests):
    """ "noticed", "survived", "no test" or "not run" for one fault."""
    source = mutate_code(path.read_text(encoding="utf-8"), OPERATORS[name](), number)
    if not tests:
        return "no test"

    first = sorted(tests, key=lambda test: not bears_its_name(test, path))

    def work():
        sys.meta_path.insert(0, Finder(path, source))
        return run_tests(first)  # in one run: a second one in a process finds no plugins

    code = in_a_fork(work)
    if code == pytest.ExitCode.USAGE_ERROR:  # no test was run, so none has noticed
        return "not run"
    return "survived" if code == 0 else "noticed"


def try_in_a_copy(path, source, tests):
    """The same for what other threads or a second Python run: the fault is written into a copy."""
    with tempfile.TemporaryDirectory() as copy:
        for part in ("bonelab", "tests", "pyproject.toml", "conftest.py"):
            place = ROOT / part
            (shutil.copytree if place.is_dir() else shutil.copy)(place, Path(copy) / part)
        (Path(copy) / path.relative_to(ROOT)).write_text(source, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", *tests]
        environment = os.environ | {"PYTHONPATH": copy}
        try:
            done = subprocess.run(
                command, cwd=copy, env=environment, capture_output=True, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return "noticed"  # somebody waits for what never comes
    return "survived" if done.returncode == 0 else "noticed"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "where", nargs="+", help="rooms or files of bonelab/: biology, biology/dosing.py"
    )
    parser.add_argument("--each", type=int, default=8, help="faults of each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", help="part of the names of further test files, such as figures")
    parser.add_argument("--only", help="part of the names of the only test files, such as labs")
    parser.add_argument(
        "--near", action="store_true", help="only the tests that bear the module's name"
    )
    parser.add_argument("--kept", type=Path, help="keep what the tests reach in this file")
    parser.add_argument(
        "--copied", action="store_true", help="write faults into a copy: for threads and processes"
    )
    options = parser.parse_args()
    for name in ("numpy", "scipy.integrate", "scipy.optimize", "pandas", "matplotlib.pyplot",
                 "hypothesis", "pint", "nbval", "ipywidgets", "nbformat", "psutil"):  # fmt: skip
        import_module(name)
    if not options.near:
        os.environ["BONELAB_DRAW_ANEW"] = "1"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    places = [ROOT / "bonelab" / where for where in options.where]
    modules = [
        path
        for place in places
        for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))
    ]
    tests = [
        str(test.relative_to(ROOT))
        for test in sorted((ROOT / "tests").glob("test_*.py"))
        if asked_for(test.name, options)
    ]
    kept = options.kept and options.kept.is_file()
    told = json.loads(options.kept.read_text()) if kept else {}
    for test in [] if options.near else tests:
        if test not in told:
            told[test] = reached(test, ROOT / "bonelab")
            if told[test] == "ran on" or told[test]["code"]:
                print(f"{test} does not pass by itself and is left out", flush=True)
                told[test] = {"lines": {}, "seconds": 0, "code": 1}
            if options.kept:
                options.kept.write_text(json.dumps(told))
    counts = defaultdict(lambda: defaultdict(int))
    for path in modules:
        every = list(faults(path))
        dice = random.Random(f"{options.seed} {path.name}")
        chosen = dice.sample(every, min(options.each, len(every)))
        room = str(path.relative_to(ROOT / "bonelab"))
        near = nearest(path, tests)
        for name, number, line in chosen:
            asked = near if options.near else files_for(path, line, told)
            if options.copied:
                source = mutate_code(path.read_text(encoding="utf-8"), OPERATORS[name](), number)
                result = try_in_a_copy(path, source, asked)
            else:
                result = try_fault(path, name, number, asked)
            counts[room][result] += 1
            if result != "noticed":
                print(f"{result}: {room}:{line} {name} {number}", flush=True)
        print(f"{room}: {dict(counts[room])} of {len(every)}", flush=True)
    noticed = sum(count["noticed"] for count in counts.values())
    tried = sum(sum(count.values()) for count in counts.values())
    print(f"{noticed} of {tried} noticed, {100 * (1 - noticed / max(1, tried)):.1f} % unnoticed")


def asked_for(test, options):
    """Whether the options want a test file of this name."""
    if options.only:
        return options.only in test
    return not FAR.match(test) or bool(options.tests and options.tests in test)


def files_for(path, line, told):
    """The test files that reach a line, or its module where the line runs at import; the nearest
    first, then the fastest."""
    here = {test: set(own["lines"].get(str(path), ())) for test, own in told.items()}
    some = [lines for lines in here.values() if lines]
    everywhere = set.intersection(*some) if some else set()
    asked = [test for test, lines in here.items() if line in lines]
    if not asked:  # a line that the tracer does not tell, such as the second of a long statement
        asked = [test for test, lines in here.items() if len(lines - everywhere) > 0]
    return sorted(asked, key=lambda test: (not bears_its_name(test, path), told[test]["seconds"]))


if __name__ == "__main__":
    main()
