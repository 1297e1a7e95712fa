"""A notebook as one page of Markdown (MyST): its words, its code, and what its cells show."""

import json
import re
from pathlib import Path

from .lesson_run import run_cells
from .things import html_of, text_html

CHECKS = re.compile(r"^check = marks\.check\(", re.M)
COMING_BACK = re.compile(r"\*Coming back\? Run all; your answers return\.\*[^\n]*(\n[^\n]+)*")


def lesson_page(path, pictures) -> str:
    """Run a lesson and return its page."""
    cells = read(path)
    codes = [source for kind, source, _ in cells if kind == "code"]
    shown = iter(run_cells(codes))
    parts = []
    for kind, source, folded in cells:
        if kind == "markdown":
            parts.append(linked(here(source, path)))
            continue
        parts.append(code_block(source, folded))
        parts.append(output_block(next(shown), pictures))
    return page(path, parts)


def exercise_page(path) -> str:
    """An exercise as it is handed out, to read; it is worked on in the notebook."""
    parts = []
    for kind, source, _ in read(path):
        if kind == "markdown":
            parts.append(linked(source))
        elif not CHECKS.search(source):
            parts.append(code_block(source, folded=False))
    return page(path, parts)


def read(path):
    """``(kind, source, folded)`` of every cell that is not empty."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    every = [
        (
            cell["cell_type"],
            "".join(cell["source"]),
            bool(cell["metadata"].get("jupyter", {}).get("source_hidden")),
        )
        for cell in notebook["cells"]
    ]
    return [cell for cell in every if cell[1].strip()]


def page(path, parts):
    """The page, with a link to the notebook itself below its title."""
    name = Path(path).name
    title, _, rest = parts[0].partition("\n")
    here = f"[This page as a notebook to work in: {{download}}`{name} <{name}>`]"
    return "\n\n".join([title, here.strip("[]"), rest.strip(), *filter(None, parts[1:])]) + "\n"


def here(source, path):
    """What a notebook says about coming back, as it is on a page."""
    keeps = "bl.check(" in Path(path).read_text(encoding="utf-8")
    kept = "*Coming back? This browser has kept your answers.*" if keeps else ""
    return COMING_BACK.sub(kept, source)


def linked(source):
    """Links between notebooks become links between pages."""
    return re.sub(r"\]\((?!https?:)([^)#]+)\.ipynb", r"](\1.md", source)


def code_block(source, folded):
    """Code as a reader sees it in the notebook: open, or folded away.

    A cell that only calls for a question shows the question; its call says nothing more."""
    if re.fullmatch(r'bl\.(check|predict)\("[\d.]+"\)', source.strip()):
        return ""
    block = f"```python\n{source.rstrip()}\n```"
    if not folded:
        return block
    opened = '<details class="bl-folded"><summary>The code of this step</summary>'
    return f"{opened}\n\n{block}\n\n</details>"


def output_block(shown, pictures):
    """What a cell put out, as one raw block."""
    html = [text_html(shown.text)] if shown.text.strip() else []
    html += [html_of(thing, pictures) for thing in shown.things]
    return "```{raw} html\n" + "\n".join(html) + "\n```" if html else ""
