"""Write ``docs/glossary.md``, ``docs/symbols.md`` and the badges of the README from the data.

python3 -m bonelab.course.reference_pages            # write all
python3 -m bonelab.course.reference_pages --check    # change nothing, tell what is stale
"""

import argparse
import re
import sys
import tomllib
from itertools import groupby, takewhile

from bonelab import __version__
from bonelab.course import course_folders
from bonelab.course.glossary import terms, variables
from bonelab.parameters import load, rooms

TABLES = course_folders.PACKAGE / "parameters" / "tables"

MADE = (
    "<!-- Made by python3 -m bonelab.course.reference_pages. Change its sources, not this page. -->"
)
GREEK = "alpha|beta|gamma|delta|theta|lambda|xi|rho|sigma|tau|chi"


def main(argv=None):
    """Write (or with ``--check`` compare) the pages; return 1 if one is stale."""
    docs = course_folders.material() / "docs"
    fresh = {docs / name: text for name, text in pages().items()}
    return bring_up_to_date(fresh, argv, __doc__, "bonelab.course.reference_pages")


def bring_up_to_date(fresh, argv, about, module):
    """Write the files of ``fresh`` (path -> text) that differ, or with ``--check`` tell them."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is stale")
    options = parser.parse_args(argv)
    stale = 0
    for path, text in fresh.items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if options.check:
            print(f"stale: {path}; run python3 -m {module}")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"written: {path}")
    return 1 if options.check and stale else 0


def pages():
    """File name -> text of each page."""
    badges = {f"images/badge-{name}.svg": badge(name, text) for name, text in facts().items()}
    return {"glossary.md": glossary_page(), "symbols.md": symbols_page(), **badges}


def facts():
    """What the badges say: true here and now, without asking any server."""
    text = (course_folders.material() / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    return {
        "version": __version__,
        "python": project["requires-python"].removeprefix(">=") + " or newer",
        "licence": project["license"].replace(" AND ", ", ").replace("CC-BY", "CC BY"),
    }


def badge(name, text):
    """A small picture of a word and a fact; widths are those of 11 pixels of a plain letter."""
    left, right = (7 * len(words) + 12 for words in (name, text))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img"'
        f' aria-label="{name}: {text}">\n'
        f'<rect width="{left}" height="20" fill="#444"/>\n'
        f'<rect x="{left}" width="{right}" height="20" fill="#1f5fa8"/>\n'
        '<g fill="#fff" text-anchor="middle" font-family="sans-serif" font-size="11">\n'
        f'<text x="{left / 2:g}" y="14">{name}</text>\n'
        f'<text x="{left + right / 2:g}" y="14">{text}</text>\n'
        "</g>\n</svg>\n"
    )


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
