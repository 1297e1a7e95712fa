"""What every file of the project keeps to, and what a reader expects to find."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bonelab import __version__

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 300

# The brackets keep the patterns from finding themselves.
RULES = {
    "the host of a package registry": re.compile(
        r"py[p]i\.org|python[h]osted\.org|registry\.[n]pmjs|(deb|security)\.[d]ebian"
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.])(/[w]ork/|/[f]arm/|/[r]oot/|/opt/[d]ev\b|/bash_[j]obs|/tmp/[t]eam)"
    ),
    "a word of the workshop": re.compile(
        r"\b(as an [a]i|language [m]odel|[c]laude|[s]ubagent|(this|previous) [s]ession)\b",
        re.IGNORECASE,
    ),
}


def tracked() -> list[Path]:
    """The project's own files: those git knows, or all outside environments without git."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    except OSError:
        listed = ""
    if not listed:  # an unpacked archive
        ours = ("bonelab", "lessons", "exercises", "solutions", "tests", "docs", "benchmarks")
        return [path for name in ours for path in (ROOT / name).rglob("*") if path.is_file()]
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked()


def test_no_file_names_a_registry_or_a_machine():
    faults = []
    for path in FILES:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for what, pattern in RULES.items():
            if match := pattern.search(text):
                line = text.count("\n", 0, match.start()) + 1
                faults.append(f"{path.relative_to(ROOT)}:{line}: {what}: {match[0]}")
    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        "https://{}.org".format("py" + "pi"),
        "in /{}/x".format("ro" + "ot"),
        "As an {}".format("A" + "I"),
    ],
)
def test_the_rules_find_what_they_forbid(text):
    assert any(pattern.search(text) for pattern in RULES.values())


def test_no_module_outgrows_its_concept():
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in FILES
        if path.suffix == ".py" and path.is_relative_to(ROOT / "bonelab")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]
    assert long == []


# Modules whose tests stand in a file of several: equations and experiments of one model together.
TESTED_IN = {
    "test_beyond_bone": "calcium_equations fever_equations immune_equations vesicle_equations "
    "calcium fever immune vesicles",
    "test_published": "komarova2003_equations lemaire2004_equations pivonka2008_equations "
    "komarova2003 lemaire2004 pivonka2008 schedule",
    "test_dishes": "forward reverse reverse_dish_well",
    "test_claims_tissue": "tissue observe subject_tissue",
    "test_treatment": "treatments daily_treatments",
    "test_accuracy": "drug_supply",
    "test_cohort": "cohort_batch cohort_result histories",
    "test_mystery": "mystery_menu",
    "test_trial_measurement": "trial trial_repeats",
    "test_doors": "run errors kinds",
    "test_summaries": "summaries_beyond_bone summaries_published summaries_tissue",
    "test_quantities": "amounts names numerals",
    "test_parameters": "table",
    "test_api_reference": "argument_types",
    "test_figures_molecules": "cells",
    "test_figures_crosslinking_picture": "crosslinkers",
    "test_figures_pathways": "diagram",
    "test_figures_drawings": "drawing",
}


ROOMS = ("numerics", "parameters", "biology", "simulation", "figures", "labs")


def named_after(room, name):
    """The files of tests that one would open for a module: of its name, or those of several."""
    elsewhere = {name: file for file, names in TESTED_IN.items() for name in names.split()}
    asked = [elsewhere[name]] if name in elsewhere else [f"test_{name}", f"test_{room}_{name}"]
    return [file for each in asked if (file := ROOT / "tests" / f"{each}.py").is_file()]


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_has_tests_that_one_finds_by_its_name(room):
    modules = [p.stem for p in (ROOT / "bonelab" / room).rglob("*.py") if p.stem != "__init__"]
    assert len(modules) > (0 if room == "numerics" else 9)
    assert [name for name in modules if not named_after(room, name)] == []


def test_a_module_without_tests_of_its_name_would_be_found():
    assert named_after("figures", "no_such_picture") == []
    assert [file.name for file in named_after("figures", "cells")] == ["test_figures_molecules.py"]
    assert [file.name for file in named_after("labs", "rest")] == ["test_labs_rest.py"]


def test_tests_that_stand_in_a_file_of_several_speak_of_modules_there_are():
    modules = {path.stem for room in ROOMS for path in (ROOT / "bonelab" / room).rglob("*.py")}
    named = {name for names in TESTED_IN.values() for name in names.split()}
    assert named - modules == set()


def test_no_two_modules_have_the_same_file_name():
    modules = [path for path in FILES if path.suffix == ".py" and ROOT / "bonelab" in path.parents]
    names = Counter(path.name for path in modules if not path.name.startswith("__"))
    assert [name for name, times in names.items() if times > 1] == []


def test_no_two_files_of_tests_have_the_same_name():
    """pytest imports them by their bare names: the second would not be collected."""
    tests = [path.name for path in FILES if path.name.startswith("test_") and path.suffix == ".py"]
    assert [name for name, times in Counter(tests).items() if times > 1] == []


@pytest.mark.parametrize("action", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_code_and_notebooks_are_tidy(action):
    checked = [str(path) for path in FILES if path.suffix in (".py", ".ipynb")]
    command = [
        sys.executable,
        "-m",
        "ruff",
        *action,
        "--no-cache",
        "--quiet",
        "--force-exclude",
        *checked,
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_annotations_are_true():
    result = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_first_lessons_are_there():
    numbers = {path.name[:2] for path in (ROOT / "lessons").glob("*.ipynb")}
    assert {"00", "01", "02"} <= numbers


def test_nothing_of_the_students_is_tracked():
    for path in FILES:
        parts = path.relative_to(ROOT).parts
        made = {"bonelab-work", ".venv", "__pycache__", ".ipynb_checkpoints", ".mypy_cache"}
        assert not made & set(parts), path


def test_the_readme_names_the_commands_and_every_file_it_links():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("python3 -m bonelab ", "python3 -m bonelab test", "bonelab doctor"):
        assert command in text
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
        assert (ROOT / target).exists(), target


PAGES = ("CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md", "SUPPORT.md")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_contributors_links_what_there_is(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
        assert (ROOT / target).exists(), target
    for path in re.findall(r"`((?:bonelab|tests|docs|\.ci|\.github)/[\w./-]*)`", text):
        # N stands for a lesson's number
        assert (ROOT / path.replace("_N.", "_1.").replace("-N.", "-1.")).exists(), path


def test_the_page_on_the_code_names_files_and_rooms_that_exist():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)`", text)
    assert len(named) > 40
    assert [
        path for path in named if not any((at / path).is_file() for at in (ROOT / "bonelab", ROOT))
    ] == []
    rooms = {path.name for path in (ROOT / "bonelab").iterdir() if (path / "__init__.py").is_file()}
    assert {room for room in rooms if not re.search(rf"\b{room}\b", text)} == set()


def test_the_badges_of_the_readme_say_what_is_true():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"!\[([^\]]+)\]\((docs/images/badge-\w+\.svg)\)", text))
    assert f"version {__version__}" in said
    for path in said.values():
        assert (ROOT / path).is_file()
    assert "example.org" not in text  # a placeholder, which stands in pyproject.toml alone


def test_the_hosts_files_can_be_read():
    import yaml

    files = [*(ROOT / ".github").rglob("*.yml"), ROOT / ".pre-commit-config.yaml"]
    assert {"tests.yml", "biology.yml", "bug.yml", "lesson.yml"} <= {path.name for path in files}
    for path in files:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.parent.name == "ISSUE_TEMPLATE" and path.name != "config.yml":
            assert all(told[part] for part in ("name", "description", "body")), path.name
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))[
        "jobs"
    ]
    commands = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    assert "bash .ci/run" in commands
    lanes = jobs["lanes"]["strategy"]["matrix"]["lane"]
    told = (ROOT / ".ci" / "lane").read_text(encoding="utf-8")
    assert all(re.search(rf"^#   bash \.ci/lane {lane} ", told, re.M) for lane in lanes)


def test_the_licence_covers_code_and_text():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in text
    assert "Creative Commons Attribution 4.0 International" in text
