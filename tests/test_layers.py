"""The staircase: every room imports downwards only, and importing bonelab loads nothing heavy."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import bonelab

PACKAGE = Path(bonelab.__file__).parent
# Each room may import those before it.
ROOMS = (
    "numerics",
    "parameters",
    "biology",
    "simulation",
    "calibration",
    "figures",
    "course/asking",  # what labs and lessons ask stands below the labs, the commands above them
    "labs",
    "grading",
    "course",
    "site",
)
# Upward imports that are made inside a function, at the moment a reader asks for a picture.
LAZY = {("simulation", "figures")}
# The standard library alone, at any depth: these run before the environment exists.
BARE = {"__main__.py", "course/doctor/computer.py", "course/doctor/libraries.py",
        "course/doctor/rehearsal.py", "course/doctor/__init__.py", "course/doctor/finding.py",
        *(f"course/{name}.py" for name in ("cli", "commands", "console", "environment",
                                           "course_folders", "handout", "right_python", "server",
                                           "working_copy", "labs_alone"))}  # fmt: skip
HEAVY = ("numpy", "scipy", "matplotlib", "ipywidgets", "IPython", "pandas", "pint")

FILES = sorted(PACKAGE.rglob("*.py"))


# Where files are: the standard library alone, and every room may ask.
GROUND = {"bonelab.course.course_folders", "bonelab.course.working_copy"}


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return room(parts[:-1]) if len(parts) > 1 else ""


def room(parts) -> str:
    """The room that a module such as ``("course", "asking", "bank")`` belongs to."""
    two = "/".join(parts[:2])
    return two if two in ROOMS else parts[0]


def imports(path: Path):
    """``(module, is it at the top level?)`` for every import in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        top = node in tree.body
        if isinstance(node, ast.Import):
            yield from ((alias.name, top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = path.relative_to(PACKAGE.parent).parent.parts
                package = package[: len(package) - node.level + 1]
                base = ".".join([*package, *filter(None, [base])])
            yield base, top
            yield from ((f"{base}.{alias.name}", top) for alias in node.names)


def test_the_grader_knows_nothing_of_the_house_around_it():
    """It could leave as a package of its own: whatever is of bone is handed in."""
    own = [path for path in FILES if room_of(path) == "grading"]
    assert len(own) > 20
    for path in own:
        for module, _ in imports(path):
            alien = module.split(".")[0] == "bonelab" and module.split(".")[1:2] != ["grading"]
            assert not alien, f"{path.name} imports {module}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = set(node.value.lower().split())
                assert not words & {"rankl", "rank", "opg", "osteoclast"}, f"{path.name}: {words}"


def test_every_room_has_its_place_on_the_staircase():
    assert {room_of(path) for path in FILES} - {""} <= set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    here = room_of(path)
    if not here:  # __init__ and __main__ export lazily
        return
    for module, top in imports(path):
        parts = module.split(".")
        if parts[0] != "bonelab" or len(parts) < 2 or parts[1] not in ROOMS:
            continue
        if parts[1:] == ["course"] or any(module.startswith(name) for name in GROUND):
            continue
        there = room(parts[1:])
        down = ROOMS.index(there) <= ROOMS.index(here)
        assert down or ((here, there) in LAZY and not top), f"{here} imports {module}"


@pytest.mark.parametrize("name", sorted(BARE))
def test_what_runs_before_the_environment_needs_only_python(name):
    for module, top in imports(PACKAGE / name):
        first = module.split(".")[0]
        if top:
            assert first in sys.stdlib_module_names or first == "bonelab", module


@pytest.mark.parametrize(
    "statement",
    ["import bonelab", "import bonelab.__main__", "import bonelab.course.cli"],
)
def test_importing_loads_nothing_heavy(statement):
    code = f"import sys\n{statement}\nprint(*[m for m in {HEAVY} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.stdout.strip(), result.stderr) == ("", "")


def test_every_public_name_resolves():
    for name in bonelab.__all__:
        assert getattr(bonelab, name) is not None, name
    assert set(bonelab.__all__) <= set(dir(bonelab))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_all_of_a_module_resolves(path):
    declares = any(
        isinstance(node, ast.Assign)
        and any(getattr(t, "id", "") == "__all__" for t in node.targets)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
    )
    if declares:
        dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        module = import_module(dotted.removesuffix(".__init__"))
        assert [name for name in module.__all__ if not hasattr(module, name)] == []


def makes_a_lab(path: Path) -> bool:
    """Whether a module calls ``Lab(...)``, which its readers then want to find."""
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    return any(getattr(call.func, "id", "") == "Lab" for call in calls)


def test_every_lab_stands_in_the_registry_of_labs():
    from bonelab.labs import LABS

    registered = {place.partition(":")[0].rpartition(".")[2] for place in LABS.values()}
    made = {path.stem for path in (PACKAGE / "labs").glob("*.py") if makes_a_lab(path)}
    assert made == registered, "bonelab/labs/__init__.py: a line in LABS for each lab"


def test_an_unknown_name_says_what_there_is():
    with pytest.raises(AttributeError, match=r"bonelab has no name 'forwards'.*forward"):
        bonelab.forwards  # noqa: B018
