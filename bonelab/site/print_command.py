"""``bonelab print LESSON``: one page with what a learner has of a lesson, answers included.

The learner's own notebook is run with the learner's own answers: guesses beside what the run
gives, the answers to the checks with their feedback, every lab as it was left. The page is one HTML
file that needs nothing else, and a PDF where the computer has a browser that can print.
"""

import argparse
import os
import sys
import tempfile
from html import escape
from pathlib import Path

from bonelab.course import course_folders, working_copy


def main(argv) -> int:
    """Write the page beside the learner's notebooks; say where it is."""
    options = parser().parse_args(argv)
    copy = working_copy.prepare(course_folders.material(), course_folders.work())
    notebook = copy.folder / copy.find(options.lesson)
    os.environ.setdefault("BONELAB_ANSWERS", str(copy.folder / "answers.json"))
    out = (options.out or copy.folder / "print" / f"{notebook.stem}.html").resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(notebook.parent))  # as in the notebook's kernel
    os.chdir(notebook.parent)
    out.write_text(paper(notebook), encoding="utf-8")
    print(f"bonelab: {out}")
    print_pdf(out)
    return 0


def parser():
    made = argparse.ArgumentParser(prog="bonelab print", description=__doc__.split("\n")[0])
    made.add_argument("lesson", help="a number or a name, e.g. 1, opg, exercises/2")
    made.add_argument("--out", type=Path, metavar="FILE.html", help="where to write it")
    return made


def print_pdf(out):
    """The same as a PDF, or a sentence on how to make one."""
    from . import handouts

    program = handouts.browser()
    if program is None:
        print("bonelab: to have it on paper, open this file in a browser and print it from there.")
    else:
        print(f"bonelab: {handouts.print_page(program, out, out.with_suffix('.pdf'))}")


def paper(notebook) -> str:
    """The page as one HTML file with its pictures inside."""
    import matplotlib

    from .lesson_run import run_cells
    from .pages import read
    from .templates import render

    matplotlib.use("Agg")
    cells = read(notebook)
    shown = iter(run_cells([source for kind, source, _ in cells if kind == "code"]))
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, source, folded in cells:
            if kind == "markdown":
                parts.append(markdown(source))
                continue
            if not folded:
                parts.append(f"<pre class='bl-code'>{escape(source)}</pre>")
            parts += on_paper(next(shown), folder)
    return render("paper.html", title=notebook.stem, parts=parts, style=style())


def style():
    return (Path(__file__).parent / "static" / "paper.css").read_text(encoding="utf-8")


def markdown(source):
    """Words of a cell as HTML, its mathematics as MathML; folds stand open on paper."""
    import mistune

    from .paper_math import mathematics

    made = mistune.create_markdown(escape=False, plugins=["table"])(mathematics(source))
    return made.replace("<details>", "<details open>")


def on_paper(shown, folder):
    """What a cell shows: the learner's answers for a question, one picture for a lab."""
    from bonelab.course.asking.checks import Check, Prediction
    from bonelab.course.asking.reveal import Reveal
    from bonelab.labs.factory import Lab

    from .pictures import Pictures
    from .things import html_of, text_html

    if shown.text.strip():
        yield text_html(shown.text)
    for thing in shown.things:
        if isinstance(thing, Lab):
            yield f"<div class='bl-box'>{thing.still_html}</div>"
        elif isinstance(thing, Check | Prediction):
            yield f"<div class='bl-box'>{lines(thing.words)}</div>"
        elif isinstance(thing, Reveal):
            yield f"<div class='bl-box'>{thing.still_html}"
            if thing.open:
                for part in thing.things:
                    yield inside(html_of(part, Pictures(folder)), folder)
            yield "</div>"
        else:
            yield inside(html_of(thing, Pictures(folder)), folder)


def lines(words):
    return "".join(f"<p>{escape(line)}</p>" for line in words.split("\n"))


def inside(html, folder):
    """Pictures that stand in files become part of the page."""
    import re
    from base64 import b64encode

    def packed(match):
        data = b64encode((Path(folder) / match[1]).read_bytes()).decode()
        return f'src="data:image/webp;base64,{data}"'

    return re.sub(r'src="\.\./_static/pictures/([^"]+)"', packed, html)
