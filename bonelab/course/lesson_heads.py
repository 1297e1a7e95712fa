"""The cell below a lesson's title: its contents, the version, the licence, the source.

python3 -m bonelab.course.lesson_heads            # write them into every lesson
python3 -m bonelab.course.lesson_heads --check    # change nothing, tell what is stale
"""

import json
import re

from bonelab.course import course_folders
from bonelab.course.reference_pages import bring_up_to_date, facts

CELL = "about"


def main(argv=None):
    """Write (or with ``--check`` compare) the cells; return 1 if one is stale."""
    paths = sorted((course_folders.material() / "lessons").glob("*.ipynb"))
    fresh = {path: with_head(path.read_text(encoding="utf-8")) for path in paths}
    return bring_up_to_date(fresh, argv, __doc__, "bonelab.course.lesson_heads")


def with_head(text):
    """The notebook, as JSON text, with a fresh head in second place."""
    book = json.loads(text)
    cells = [cell for cell in book["cells"] if cell["id"] != CELL]
    head_cell = {"cell_type": "markdown", "id": CELL, "metadata": {}, "source": head(cells)}
    book["cells"] = [cells[0], head_cell, *cells[1:]]
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def head(cells):
    """Contents as a numbered list, then what it is and whose, folded away."""
    titles = [
        title
        for cell in cells
        if cell["cell_type"] == "markdown"
        for title in re.findall(r"^## \d+ · (.+)$", "".join(cell["source"]), re.M)
    ]
    known = facts()
    contents = "\n".join(f"{i}. {title}" for i, title in enumerate(titles, start=1))
    return (
        "<details><summary>Contents, version, licence</summary>\n\n"
        f"{contents}\n\n"
        f"bonelab {known['version']}, by the bonelab developers. Licence: {known['licence']} "
        "(code MIT, text and figures CC BY 4.0). Source: `lessons/` and `bonelab/` in the folder "
        "of the course.\n"
        "</details>"
    )


if __name__ == "__main__":
    import sys

    sys.exit(main())
