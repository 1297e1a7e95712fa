"""CONTRIBUTING works: in a copy of the tree every recipe is followed, and what it names passes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import recipes
from test_house_rules import FILES

ROOT = Path(__file__).parents[1]
NO_GRAMMAR = "tests/no_grammar"  # see there
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# Of the files that the recipes name, the tests that a new thing adds to or could break.
CHOSEN = (
    "added or reference_pages or complete or worked or numbered or one_notebook "
    "or says_what_it_takes or editors_see or agrees_with_some_finding "
    "or has_a_record or registry_of_labs"
)
# The commands of the recipes, in this Python and not in an environment of the copy. That the sets
# that were there come from their solutions is held by grading/test_exercises.py.
MAKE = f"""
from bonelab.course import exercises, lesson_heads, reference_pages
assert reference_pages.main(["--check"]) == 1
print("STALE ABOVE")
assert not reference_pages.main([]) and not lesson_heads.main([])
assert not exercises.main(["solutions/set_{recipes.NAME}.ipynb"])
"""


def test_files():
    """The test files that the recipes' commands name, and the notebooks that they add."""
    commands = re.findall(r"^python -m bonelab test (.+?)(?:  +#.*)?$", TEXT, re.M)
    named = {word for command in commands for word in command.split() if word.endswith(".py")}
    added = [f"lessons/{recipes.NAME}.ipynb", f"exercises/set_{recipes.NAME}.ipynb"]
    return [*sorted(named), *added]


test_files.__test__ = False


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the tree in which every recipe was followed."""
    if os.name == "nt":
        pytest.skip("exercises are made from solutions with nbgrader, on POSIX")
    root = tmp_path_factory.mktemp("tree")
    for path in FILES:
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)  # with its time, by which Python knows what is compiled already
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            (target.parent / "__pycache__").mkdir(exist_ok=True)
            shutil.copy2(compiled, target.parent / "__pycache__")
    for recipe in recipes.RECIPES:
        recipe(root)
    return root


def run(tree, *words):
    return subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tree), str(tree / NO_GRAMMAR)])},
        capture_output=True,
        text=True,
    )


def test_every_recipe_is_followed():
    headings = " ".join(re.findall(r"^## Add (.*)$", TEXT, re.M))
    assert [r.__name__ for r in recipes.RECIPES if r.__name__ not in headings] == []


def test_what_the_recipes_name_passes_when_they_were_followed(tree):
    made = run(tree, "-c", MAKE)
    assert made.returncode == 0, made.stderr
    stale = made.stdout.partition("STALE ABOVE")[0]
    assert "symbols.md" in stale, "a new number must make the page stale"
    tested = run(
        tree, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-k", CHOSEN, *test_files()
    )
    assert tested.returncode == 0, tested.stdout[-6000:]
    told = re.search(r"(\d+) passed", tested.stdout)
    assert int(told[1]) > 40
