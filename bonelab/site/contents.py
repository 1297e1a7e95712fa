"""The first page of the site, and which page stands where in the list beside every page.

A learner sees lessons, exercises and what one looks up; what is for teachers and for those who
change the course stands behind one line each, on a page of its own.
"""

import re

WELCOME = """# bonelab: learn bone biology by simulating it

RANKL, its receptor RANK and the decoy OPG decide how much bone is removed and how much is built.
In these lessons you first guess, then move a simulation, and then read why. On this site the labs
move along settings that were computed beforehand, and your answers stay in your own browser. To
set every control to any value, open the same lessons as notebooks: the first lesson tells how.
"""
LEARNERS = (
    "docs/glossary", "docs/symbols", "docs/students-exercises", "docs/kept-answers",
    "docs/claims", "docs/calibration-notes", "docs/calibration", "docs/published-models",
    "docs/accessibility", "reference", "SUPPORT",
)  # fmt: skip
TEACHERS = ("docs/teach", "docs/publishing", "docs/where-it-runs", "docs/writing-")  # beginnings
FOR_TEACHERS = """# For teachers

How to teach with the course, minute by minute, how a class is graded, and how the course gets to
people: as a ZIP, a site, on paper or from a server.
"""
FOR_DEVELOPERS = """# For developers

How the code is built, tested and released, and how to change it.
"""


def first_pages(lessons, exercises, texts) -> dict[str, str]:
    """The pages ``index``, ``teachers`` and ``developers`` with their lists.

    lessons, exercises : names of notebooks, in order
    texts : the other pages, as paths without a suffix
    """
    texts = sorted(texts, key=numbers_by_size)
    learners = [name for name in LEARNERS if name in texts]
    teachers = [name for name in texts if name.startswith(TEACHERS)]
    developers = [name for name in texts if name not in {*learners, *teachers}]
    pages = {}
    if teachers:
        pages["teachers"] = f"{FOR_TEACHERS}\n{tree('', teachers)}"
    if developers:
        pages["developers"] = f"{FOR_DEVELOPERS}\n{tree('', developers)}"
    trees = {
        "Lessons": [f"lessons/{name}" for name in lessons],
        "Exercises": [f"exercises/{name}" for name in exercises],
        "Look up": learners,
        "Behind the course": list(pages),
    }
    blocks = "\n".join(tree(caption, names) for caption, names in trees.items() if names)
    first = next(iter(lessons), None)  # of a few lessons only, lesson 0 may not be one
    begin = f"Begin with [the first lesson](lessons/{first}.md).\n" if first else ""
    return {"index": f"{WELCOME}\n{begin}\n{blocks}"} | pages


def tree(caption, names):
    """A list of pages, as Sphinx reads it."""
    head = f":caption: {caption}\n" if caption else ""
    return f"```{{toctree}}\n{head}:maxdepth: 1\n\n" + "\n".join(names) + "\n```\n"


def numbers_by_size(name):
    """A key for sorting that puts lesson-2 before lesson-10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
