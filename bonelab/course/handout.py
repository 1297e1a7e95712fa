"""``bonelab handout``: one ZIP with what a teacher gives to students, on any platform.

Lessons, exercises, the library that runs them and a file to double-click for each system. Never a
solution, a test or a proof. The same course gives the same bytes.
"""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bonelab.course import course_folders, working_copy

TOP = "bonelab-course"
START = Path(__file__).parent / "start_files"
BESIDE = ("LICENSE", "CITATION.cff", "pyproject.toml")  # and a README for students, in START
DOCS = ("students-exercises.md", "kept-answers.md", "glossary.md", "symbols.md")
EXECUTABLE = (".sh", ".command")
THEN = (2026, 1, 1, 0, 0, 0)  # one date for every file: the same course is the same ZIP


def main(argv: list[str]) -> int:
    """Write the ZIP; say what is in it."""
    options = parser().parse_args(argv)
    root = course_folders.checkout()
    if root is None:
        print("bonelab: a handout is made from the source of the course, not from a wheel.")
        return 1
    sets = chosen(root, options.sets)
    if isinstance(sets, str):
        print(f"bonelab: {sets}")
        return 2
    files = sorted([*course_files(root), *sets])
    write(options.out, root, files)
    size = options.out.stat().st_size / 1e6
    lessons = sum(path.parent.name == "lessons" for path in files) - 1  # and a README
    print(
        f"{options.out}: {lessons} lessons, {len(sets)} exercise sets, no solution; {size:.1f} MB"
    )
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="bonelab handout", description=__doc__.splitlines()[0])
    made.add_argument("sets", nargs="*", metavar="SET", help="exercise sets by number; all without")
    made.add_argument("--out", type=Path, default=Path("bonelab-course.zip"), metavar="FILE.zip")
    return made


def chosen(root: Path, numbers: list[str]) -> list[Path] | str:
    """The exercise sets with these numbers (all for none), or a sentence on what there is not."""
    every = sorted((root / "exercises").glob("set_*.ipynb"))
    if not numbers:
        return every
    numbers_of = ((working_copy.number_of(path), path) for path in every)
    by_number = {number: path for number, path in numbers_of if number is not None}
    wrong = [text for text in numbers if not text.isdecimal() or int(text) not in by_number]
    if wrong:
        return f"there is no exercise set {wrong[0]!r}. The sets are 0 to {max(by_number)}."
    return [by_number[number] for number in sorted({int(text) for text in numbers})]


def course_files(root: Path) -> Iterator[Path]:
    """Everything but exercises: the lessons, the library, a few pages of documentation."""
    for folder in ("bonelab", "lessons"):
        for path in sorted((root / folder).rglob("*")):
            parts = path.relative_to(root).parts
            hidden = any(part.startswith((".", "__pycache__")) for part in parts)
            if path.is_file() and not hidden:
                yield path
    yield from (root / name for name in BESIDE)
    yield from (root / "docs" / name for name in DOCS)


def write(out: Path, root: Path, files: list[Path]) -> None:
    """The ZIP, under one folder, with the files to double-click on top."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(START.iterdir()):
            add(packed, f"{TOP}/{path.name}", path)
        for path in files:
            add(packed, f"{TOP}/{path.relative_to(root).as_posix()}", path)


def add(packed: zipfile.ZipFile, name: str, path: Path) -> None:
    """One file, with its right to be started and without its date."""
    entry = zipfile.ZipInfo(name, THEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o755 if path.suffix in EXECUTABLE else 0o644) << 16
    entry.create_system = 3  # Unix: only there the rights above are read
    packed.writestr(entry, path.read_bytes())
