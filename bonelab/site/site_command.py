"""``bonelab site OUT``: the course as a folder of pages for any web server or memory stick."""

import argparse
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bonelab.course import course_folders


def main(argv) -> int:
    """Build the site; print where it is, how large, and what it took."""
    options = parser().parse_args(argv)
    from . import handouts, lite, sphinx_project  # help needs nothing installed

    out, started = options.out.resolve(), time.perf_counter()
    if out.exists() and any(out.iterdir()) and not (out / "_static" / "bonelab.js").is_file():
        print(
            f"bonelab: {out} is not empty and holds no site of this course; choose another folder."
        )
        return 1
    chosen = lessons(options.lessons)
    with tempfile.TemporaryDirectory(prefix="bonelab-site-") as folder:
        source = Path(folder)
        pictures = source / "_static" / "pictures"
        pictures.mkdir(parents=True)
        pages = run_all(chosen, pictures, options.processes)
        sphinx_project.write_project(source, pages, with_lite=options.lite)
        sphinx_project.build(source, out)
        if options.lite:
            lite.build(out, source, options.pyodide, wheels_in(options.wheels))
    printed = [] if options.no_pdf else handouts.print_all(out, pages)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    seconds = time.perf_counter() - started
    print(f"{out}: {len(pages)} lessons, {size / 1e6:.1f} MB, {seconds:.0f} s")
    if not printed and not options.no_pdf:
        print("No handouts: printing needs Chromium, Chrome or Edge on this computer.")
    return 0


def parser():
    made = argparse.ArgumentParser(prog="bonelab site", description=__doc__)
    made.add_argument("out", type=Path, help="the folder to write")
    made.add_argument("--lessons", nargs="*", default=None, metavar="NAME", help="only these")
    made.add_argument("--no-pdf", action="store_true", help="no handouts")
    made.add_argument("--lite", action="store_true", help="Python in the browser, with JupyterLite")
    made.add_argument("--pyodide", type=Path, help="for closed networks: a whole Pyodide, a folder")
    made.add_argument("--wheels", type=Path, help="a folder of further wheels for --lite")
    made.add_argument("--processes", type=int, default=2, help="lessons that run at once")
    return made


def wheels_in(folder):
    """The wheels of a folder; none without one."""
    return sorted(folder.resolve().glob("*.whl")) if folder else []


def lessons(wanted):
    """The notebooks of the lessons, in order."""
    every = sorted((course_folders.material() / "lessons").glob("*.ipynb"), key=in_order)
    if wanted is None:
        return every
    return [path for path in every if any(name in path.stem for name in wanted)]


def in_order(path):
    """The primer stands behind lesson 0."""
    return "00_y" if path.stem == "primer" else path.stem


def run_all(paths, pictures, processes):
    """Pages by name. Each lesson runs in a process of its own: none sees another's names."""
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), max_tasks_per_child=1)
    with pool:
        made = pool.map(one, paths, [pictures] * len(paths))
        return {path.stem: text for path, text in zip(paths, made, strict=True)}


def one(path, pictures):
    import os

    import matplotlib

    os.chdir(pictures)  # nobody's answers stand there: a page begins unanswered
    os.environ["TQDM_DISABLE"] = "1"  # bars of several lessons at once would be a heap

    from .pages import lesson_page
    from .pictures import Pictures

    matplotlib.use("Agg")
    return lesson_page(path, Pictures(pictures))


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
