"""Write ``docs/glossary.md`` and ``docs/symbols.md`` from the glossary and the parameter tables.

python3 -m bonelab.course.reference_pages            # write both
python3 -m bonelab.course.reference_pages --check    # change nothing, tell what is stale
"""

import argparse
import re
import sys
from itertools import groupby, takewhile

from bonelab.course import places
from bonelab.course.glossary import terms, variables
from bonelab.parameters import load, rooms

TABLES = places.PACKAGE / "parameters" / "tables"

MADE = (
    "<!-- Made by python3 -m bonelab.course.reference_pages. Change its sources, not this page. -->"
)
GREEK = "alpha|beta|gamma|delta|theta|lambda|xi|rho|sigma|tau|chi"


def main(argv=None):
    """Write (or with ``--check`` compare) both pages; return 1 if one is stale."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is stale")
    options = parser.parse_args(argv)
    stale = 0
    for name, text in pages().items():
        page = places.material() / "docs" / name
        if page.is_file() and page.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if options.check:
            print(f"stale: {page}; run python3 -m bonelab.course.reference_pages")
        else:
            page.write_text(text, encoding="utf-8", newline="\n")
            print(f"written: {page}")
    return 1 if options.check and stale else 0


def pages():
    """File name -> text of each page."""
    return {"glossary.md": glossary_page(), "symbols.md": symbols_page()}


def glossary_page():
    """Every word of the course, by the alphabet, with the lesson that explains it."""
    rows = sorted(terms(), key=lambda term: term.term.casefold())
    lines = [
        "# Glossary",
        MADE,
        "The words of the course and the lesson that explains each. In a notebook:"
        ' `bl.glossary("Kd")`, or `bl.glossary(lesson=1)` for the words of one lesson.',
        table(
            ("term", "meaning", "lesson"), [(f"**{t.term}**", t.definition, t.lesson) for t in rows]
        ),
        "See also the [symbols](symbols.md).",
    ]
    return "\n\n".join(lines) + "\n"


def symbols_page():
    """The symbols of the lessons' equations, then every number of the model, room by room."""
    parts = [
        "# Symbols",
        MADE,
        "Quantities that change in a run, as the lessons write them, and below them every number"
        " of the model. Each number has a *status*: measured, fitted to published data, or assumed."
        ' In a notebook: `bl.parameters.load("binding")`. Words: [glossary](glossary.md).',
    ]
    for lesson, group in groupby(variables(), key=lambda variable: variable.lesson):
        rows = [(f"${v.symbol}$", v.meaning, v.unit) for v in group]
        parts += [f"## Lesson {lesson}", table(("symbol", "meaning", "unit"), rows)]
    for room in rooms():
        rows = [
            (tex(r.symbol), r.meaning, number(r.value), r.unit, r.status, f"`{r.name}`")
            for r in load(room).records().values()
        ]
        head = ("symbol", "meaning", "value", "unit", "status", "name in code")
        parts += [f"## Numbers: {room.replace('_', ' ')}", leading_words(room), table(head, rows)]
    return "\n\n".join(parts) + "\n"


def leading_words(room):
    """The comment at the head of a parameter table: what its numbers are for."""
    lines = (TABLES / f"{room}.toml").read_text(encoding="utf-8").splitlines()
    return " ".join(line.lstrip("# ") for line in takewhile(lambda x: x.startswith("#"), lines))


def table(head, rows):
    """A table of Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(escaped, line))} |" for line in lines)


def number(value):
    """Four digits, and no power of ten where a reader would not write one."""
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def escaped(cell):
    return str(cell).replace("|", "\\|").replace("\n", " ")


def tex(symbol):
    """``tau_OPG`` -> ``$\\tau_{\\mathrm{OPG}}$``: several letters together stand upright."""
    name, _, below = symbol.partition("_")
    if re.fullmatch(GREEK, name):
        name = f"\\{name}"
    elif len(name) > 1 and name.isalpha():
        name = f"\\mathrm{{{name}}}"
    below, _, above = below.partition("^")
    below = f"_{{\\mathrm{{{below}}}}}" if len(below) > 1 else f"_{below}" * bool(below)
    return f"${name}{below}{f'^{above}' * bool(above)}$"


if __name__ == "__main__":
    sys.exit(main())
